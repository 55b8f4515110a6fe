//! 表二台账: figures entered by section and month, made void, with their sums.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_service::platform::{Fault, LedgerInput, LedgerOrigin, LedgerPage, Viewer, local_date, now};
use serde::Deserialize;

use super::frame::{Done, Frame, Problems};
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/ledger.html")]
struct Page {
    frame: Frame,
    view: LedgerPage,
    problems: Problems,
    posted: Posted,
    /// Cells to choose from: path without its table, label.
    cells: Vec<(String, String)>,
    /// Whether nothing says some of the cells.
    blank: usize,
}

impl Page {
    fn typed(&self, name: &str) -> &str {
        self.posted.get(name)
    }
}

/// Which year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) year: String,
}

/// The year that was asked for; the one that ends or has just ended where none was.
pub(crate) fn year_of(text: &str) -> Result<i16, Fault> {
    if text.trim().is_empty() {
        let today = local_date(now());
        // In spring the report of the year before is made.
        return Ok(if today.month() <= 3 { today.year() - 1 } else { today.year() });
    }
    text.trim().parse().map_err(|_odd| Fault::field("year", format!("“{}”不是年度", text.trim())))
}

async fn render(
    web: &Web,
    viewer: &Viewer,
    year: i16,
    (problems, posted): (Problems, Posted),
) -> Result<Page, Failure> {
    let view = web.services.ledger_page(now(), &viewer.actor, year).await?;
    let name = |cell: &gongkai_service::platform::CellRef| {
        let path = cell.to_string();
        (
            path.trim_start_matches("proactive.").to_owned(),
            cell.name(view.edition).trim_start_matches("表二").to_owned(),
        )
    };
    let cells = view.sums.iter().map(|(cell, _)| name(cell)).collect();
    let blank = view.sums.iter().filter(|(cell, sum)| sum.is_none() && !view.said.contains_key(cell)).count();
    Ok(Page { frame: Frame::new(web, viewer, "ledger"), cells, blank, view, problems, posted })
}

/// The ledger of a year.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut page = render(&web, &viewer, year_of(&asked.year)?, Default::default()).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// Enters a figure, or zeros where nothing is said; makes a figure void.
pub(crate) async fn act(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let year = year_of(posted.get("year"))?;
    let (services, actor) = (&web.services, &viewer.actor);
    let outcome = match posted.get("act") {
        "enter" => {
            let input = LedgerInput {
                month: posted.get("month").to_owned(),
                section: posted.get("section").to_owned(),
                cell: posted.get("cell").to_owned(),
                value: posted.get("value").to_owned(),
                source: posted.get("source").to_owned(),
            };
            let entered = services.enter_figures(now(), actor, year, LedgerOrigin::Entered, &[input]).await;
            entered.map(|many| if many == 0 { "figure_known" } else { "figure" })
        }
        "zeros" => services.enter_zeros(now(), actor, year).await.map(|_many| "figure"),
        "void" => match posted.get("id").parse() {
            Ok(id) => services.void_figure(now(), actor, year, id, posted.get("reason")).await.map(|()| "figure_void"),
            Err(_) => Err(Fault::NotFound),
        },
        _ => Err(Fault::NotFound),
    };
    match outcome {
        Ok(done) => Ok(Redirect::to(&format!("/office/ledger?year={year}&done={done}")).into_response()),
        Err(fault) => {
            let status = failure::status(&fault);
            let page = render(&web, &viewer, year, (Problems::of(fault)?, posted)).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// Brings figures in out of a file.
pub(crate) async fn upload(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    mut posted: Posted,
) -> Result<Response, Failure> {
    let year = year_of(posted.get("year"))?;
    let outcome = match posted.file.take().filter(|file| !file.bytes.is_empty()) {
        Some(file) => web.services.upload_ledger(now(), &viewer.actor, (&file.name, &file.bytes)).await,
        None => Err(Fault::field("file", "选择台账的文件")),
    };
    match outcome {
        Ok(many) => {
            let done = if many == 0 { "figure_known" } else { "figure" };
            Ok(Redirect::to(&format!("/office/ledger?year={year}&done={done}")).into_response())
        }
        Err(fault) => {
            let status = failure::status(&fault);
            let page = render(&web, &viewer, year, (Problems::of(fault)?, posted)).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// The cells of a year as a file to be filled in.
pub(crate) async fn template(
    State(web): State<Web>,
    Extension(_viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let year = year_of(&asked.year)?;
    let bytes = web.services.ledger_template(now(), year)?;
    Ok(crate::portal::item::download(&format!("{year}年表二台账.csv"), "text/csv; charset=utf-8", bytes, false))
}
