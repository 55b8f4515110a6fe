//! What is done with a report: its text, its figures, the way out.

use axum::Extension;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_service::platform::{AdjustmentInput, Fault, ReportText, Viewer, now};

use super::{Part, render};
use crate::failure::{self, Failure};
use crate::office::frame::Problems;
use crate::office::ledger::year_of;
use crate::posted::Posted;
use crate::state::Web;

/// One act; the page it came from again where it was refused.
pub(crate) async fn act(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let year = year_of(posted.get("year"))?;
    let (services, actor, now) = (&web.services, &viewer.actor, now());
    let version = posted.number("version");
    let (part, outcome) = match posted.get("act") {
        "save" => {
            let text = ReportText {
                preamble: posted.get("preamble").to_owned(),
                overview: posted.get("overview").to_owned(),
                problems: posted.get("problems").to_owned(),
                other: posted.get("other").to_owned(),
                ..ReportText::default()
            };
            (Part::Text, services.save_report(now, actor, year, version, text).await.map(|()| "saved"))
        }
        "adjust" => {
            let input = AdjustmentInput {
                cell: posted.get("cell").to_owned(),
                amount: posted.get("amount").to_owned(),
                reason: posted.get("reason").to_owned(),
                paper: posted.get("paper").to_owned(),
            };
            (Part::Figures, services.adjust(now, actor, year, &input).await.map(|()| "adjusted"))
        }
        "unadjust" => {
            let outcome = match posted.get("id").parse() {
                Ok(id) => services.take_adjustment_back(now, actor, year, id, posted.get("reason")).await,
                Err(_) => Err(Fault::NotFound),
            };
            (Part::Figures, outcome.map(|()| "unadjusted"))
        }
        "explain" => {
            let said = (posted.get("finding"), posted.get("words"));
            (Part::Way, services.explain_finding(now, actor, year, version, said).await.map(|()| "explained"))
        }
        "fix" => (Part::Way, services.fix_report(now, actor, year, version).await.map(|_edition| "submitted")),
        "submit" => (Part::Way, services.submit_report(now, actor, year).await.map(|()| "report_submitted")),
        "recall" => {
            (Part::Way, services.recall_report(now, actor, year, posted.get("reason")).await.map(|()| "recalled"))
        }
        "correct" => {
            (Part::Way, services.correct_report(now, actor, year, posted.get("reason")).await.map(|()| "correcting"))
        }
        _ => (Part::Figures, Err(Fault::NotFound)),
    };
    match outcome {
        Ok(done) => {
            let path = format!("/office/report?year={year}&part={}&done={done}", part.code());
            Ok(Redirect::to(&path).into_response())
        }
        Err(fault) => {
            let status = failure::status(&fault);
            let page = render(&web, &viewer, (year, part), (Problems::of(fault)?, posted)).await?;
            Ok((status, Html(askama::Template::render(&page)?)).into_response())
        }
    }
}
