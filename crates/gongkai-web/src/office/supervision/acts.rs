//! A report is filed from outside; a finding, a report is decided about.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_service::platform::{Fault, Filing, Upload, Viewer, now};

use super::{Asked, receipt, render};
use crate::failure::{self, Failure};
use crate::office::frame::Problems;
use crate::posted::Posted;
use crate::state::Web;

/// Files a report that came as a file.
pub(crate) async fn file(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    mut posted: Posted,
) -> Result<Response, Failure> {
    let filed = match posted.file.take().filter(|file| !file.bytes.is_empty()) {
        Some(file) => {
            let upload = Upload { name: file.name, bytes: file.bytes };
            let filing = Filing {
                agency: posted.get("agency"),
                known: posted.get("known") == "yes",
                came: posted.get("came"),
                year: posted.get("year").parse().ok(),
            };
            web.services.file_report(now(), &viewer.actor, &filing, upload).await
        }
        None => Err(Fault::field("file", "选择报告的文件")),
    };
    match filed {
        Ok(filed) => Ok(Redirect::to(&format!("/office/reports/{}?done=report_filed", filed.id)).into_response()),
        Err(fault) => list(&web, &viewer, posted, Err(fault)).await,
    }
}

/// Decides about a finding or a report.
pub(crate) async fn act(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_odd| Fault::NotFound)?;
    let (services, actor, version) = (&web.services, &viewer.actor, posted.number("version"));
    let outcome = match posted.get("act") {
        "passes" | "mend" => {
            let decided = (posted.get("finding"), posted.get("act") == "passes");
            services.decide_finding(now(), actor, id, decided, posted.get("reason")).await.map(|()| "verdict")
        }
        "accept" => services.accept_report(now(), actor, id, version).await.map(|()| "report_accepted"),
        "return" => {
            services.return_report(now(), actor, id, version, posted.get("reason")).await.map(|()| "report_returned")
        }
        _ => Err(Fault::NotFound),
    };
    match outcome {
        Ok(done) => Ok(Redirect::to(&format!("/office/reports/{id}?done={done}")).into_response()),
        Err(fault) => {
            let status = failure::status(&fault);
            let page = receipt::render(&web, &viewer, id, (Problems::of(fault)?, posted)).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// Says that an agency does not have to report, or that it has to after all.
pub(crate) async fn exempt(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let year = super::report_year(posted.get("year"))?;
    let said = (posted.get("agency"), posted.get("reason"));
    let outcome = web.services.exempt_agency(now(), &viewer.actor, year, said).await;
    list(&web, &viewer, posted, outcome.map(|()| "exempt")).await
}

/// Finds in order whatever has come without an open error.
pub(crate) async fn accept_all(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let year = super::report_year(posted.get("year"))?;
    let outcome = web.services.accept_all(now(), &viewer.actor, year).await;
    list(&web, &viewer, posted, outcome.map(|_many| "report_accepted")).await
}

/// Back to the list of the year, with what was done or why not.
async fn list(
    web: &Web,
    viewer: &Viewer,
    posted: Posted,
    outcome: Result<&'static str, Fault>,
) -> Result<Response, Failure> {
    let year = posted.get("year").to_owned();
    match outcome {
        Ok(done) => Ok(Redirect::to(&format!("/office/reports?year={year}&done={done}")).into_response()),
        Err(fault) => {
            let status = failure::status(&fault);
            let asked = Asked { year, ..Asked::default() };
            let page = render(web, viewer, &asked, (Problems::of(fault)?, posted)).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}
