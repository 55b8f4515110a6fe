//! An agency over the years, beside all agencies together.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{AgencyYears, Compared, Share, Viewer};

use super::Bar;
use crate::failure::Failure;
use crate::office::frame::Frame;
use crate::state::Web;

/// A year, with the share of the agency and of all.
type Year = (i16, Option<Share>, Option<Share>);

#[derive(Template)]
#[template(path = "office/agency_years.html")]
struct Page {
    frame: Frame,
    view: AgencyYears,
    bars: Vec<Bar>,
    compared: Vec<(Compared, Vec<Year>)>,
}

impl Page {
    #[expect(clippy::ref_option, reason = "a template hands over references")]
    fn number(value: &Option<i64>) -> String {
        value.map_or("—".to_owned(), |value| value.to_string())
    }

    #[expect(clippy::ref_option, reason = "a template hands over references")]
    fn share(value: &Option<Share>) -> String {
        value.map_or("—".to_owned(), Share::percent)
    }
}

/// The reports of an agency over the years.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let view = web.services.agency_years(&viewer.actor, &code).await?;
    let received = view.years.iter().map(|(line, _)| (line.year, line.key.new_received));
    let bars = super::bars(received.collect::<Vec<_>>());
    let compared = Compared::ALL.into_iter().map(|one| (one, view.shares(one))).collect();
    let page = Page { frame: Frame::new(&web, &viewer, "reports"), bars, compared, view };
    Ok(Html(page.render()?).into_response())
}
