//! The sum of a year, and the reports behind each figure.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{Contribution, Fault, SumPage, Viewer};
use gongkai_service::report::Target;

use super::{Asked, report_year, years};
use crate::failure::Failure;
use crate::office::frame::Frame;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/report_sum.html")]
struct Page {
    frame: Frame,
    view: SumPage,
    years: Vec<i16>,
}

#[derive(Template)]
#[template(path = "office/report_parts.html")]
struct PartsPage {
    frame: Frame,
    year: i16,
    name: String,
    rows: Vec<Contribution>,
    blank: usize,
}

impl Page {
    /// What the address of the reports behind a figure begins with.
    fn link(&self) -> String {
        format!("/office/reports/parts?year={}&cell=", self.view.year)
    }
}

/// How many contributions are shown.
const SHOWN: usize = 300;

/// The sum.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let year = report_year(&asked.year)?;
    let view = web.services.sum_of_reports(&viewer.actor, year).await?;
    let page = Page { frame: Frame::new(&web, &viewer, "reports"), years: years(year, std::iter::empty()), view };
    Ok(Html(page.render()?).into_response())
}

/// The reports behind a figure.
pub(crate) async fn parts(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let year = report_year(&asked.year)?;
    let (name, mut rows) = web.services.parts_of_sum(&viewer.actor, year, &asked.cell).await?;
    let blank = rows.iter().filter(|one| one.value.is_none()).count();
    rows.retain(|one| one.value.is_some_and(|value| !value.is_zero()));
    rows.truncate(SHOWN);
    let page = PartsPage { frame: Frame::new(&web, &viewer, "reports"), year, name, rows, blank };
    Ok(Html(page.render()?).into_response())
}

/// The sum as a file.
pub(super) async fn download(web: &Web, viewer: &Viewer, year: i16, name: &str) -> Result<Response, Failure> {
    let (target, media) = match name {
        "sum.xlsx" => (Target::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "sum.docx" => (Target::Docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        "sum.pdf" => (Target::Pdf, "application/pdf"),
        "sum.json" => (Target::Json, "application/json"),
        _ => return Err(Failure::Fault(Fault::NotFound)),
    };
    let view = web.services.sum_of_reports(&viewer.actor, year).await?;
    let title = view.report.title.clone().unwrap_or_default();
    let bytes = web.services.set_report(view.report, target).await?;
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    Ok(crate::portal::item::download(&format!("{title}.{ending}"), media, bytes, false))
}
