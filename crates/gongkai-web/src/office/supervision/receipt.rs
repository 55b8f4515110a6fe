//! A report as it was received.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{Fault, ReceiptPage, ReceiptState, Viewer, now, written_moment};
use gongkai_service::report::Level;
use uuid::Uuid;

use crate::failure::Failure;
use crate::office::frame::{Done, Frame, Problems};
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/report_receipt.html")]
pub(super) struct Page {
    frame: Frame,
    id: Uuid,
    view: ReceiptPage,
    problems: Problems,
    posted: Posted,
}

impl Page {
    fn typed(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn level_class(level: &Level) -> &'static str {
        match level {
            Level::Error => "bad",
            Level::Warning => "soon",
            Level::Notice => "info",
        }
    }

    fn moment(at: &jiff::Timestamp) -> String {
        written_moment(*at)
    }

    /// Whether it can still be decided about.
    fn is_current(&self) -> bool {
        self.view.receipt.line.state != ReceiptState::Replaced
    }

    /// Whether single findings can be decided about.
    fn decides(&self) -> bool {
        matches!(self.view.receipt.line.state, ReceiptState::Received | ReceiptState::Returned)
    }

    fn left(&self) -> usize {
        self.view.findings.iter().filter(|one| one.is_open_error()).count()
    }

    fn class(&self) -> &'static str {
        match self.view.receipt.line.state {
            ReceiptState::Received => "info",
            ReceiptState::Accepted => "good",
            ReceiptState::Returned => "bad",
            ReceiptState::Replaced => "",
        }
    }
}

pub(super) async fn render(
    web: &Web,
    viewer: &Viewer,
    id: Uuid,
    (problems, posted): (Problems, Posted),
) -> Result<Page, Failure> {
    let view = web.services.receipt_page(now(), &viewer.actor, id).await?;
    Ok(Page { frame: Frame::new(web, viewer, "reports"), id, view, problems, posted })
}

/// The report with its tables, text and findings.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_odd| Fault::NotFound)?;
    let mut page = render(&web, &viewer, id, Default::default()).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// The file it came as.
pub(crate) async fn download(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_odd| Fault::NotFound)?;
    let (name, bytes) = web.services.receipt_file(&viewer.actor, id).await?;
    Ok(crate::portal::item::download(&name, "application/octet-stream", bytes, false))
}
