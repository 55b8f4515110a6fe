//! 不予公开台账: what is withheld, by the day of the next review; each with its reviews.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::application::WithheldState;
use gongkai_model::publication::Attribute;
use gongkai_service::platform::{DeskRow, Fault, Reassessed, Viewer, WithheldRecord, WithheldView, local_date, now};
use jiff::civil::Date;
use serde::Deserialize;
use uuid::Uuid;

use super::applications::day;
use super::frame::{Done, Frame, Problems, go};
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/withheld.html")]
struct ListPage {
    frame: Frame,
    state: WithheldState,
    states: Vec<(&'static str, &'static str)>,
    lines: Vec<WithheldRecord>,
    /// What was settled at its source, where that is looked at.
    source: Option<Vec<(DeskRow, &'static str)>>,
    today: Date,
}

#[derive(Template)]
#[template(path = "office/withheld_one.html")]
struct OnePage {
    frame: Frame,
    id: Uuid,
    view: WithheldView,
    problems: Problems,
    posted: Posted,
    results: Vec<(&'static str, &'static str)>,
}

impl OnePage {
    fn typed(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    fn is_over(&self) -> bool {
        matches!(self.view.record.state, WithheldState::Published | WithheldState::Replaced)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    state: String,
}

/// The most that a list shows.
const SHOWN: u64 = 300;

/// The register.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let state = WithheldState::from_code(&asked.state).unwrap_or(WithheldState::Kept);
    let source = match asked.state.as_str() {
        "source" => Some(web.services.withheld_at_source(&viewer.actor, SHOWN).await?),
        _ => None,
    };
    let named = |row: DeskRow| {
        let label = Attribute::from_code(&row.attribute).map_or("", Attribute::label);
        (row, label)
    };
    let view = ListPage {
        source: source.map(|rows| rows.into_iter().map(named).collect()),
        frame: Frame::new(&web, &viewer, "withheld"),
        state,
        states: WithheldState::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        lines: web.services.withheld_list(&viewer.actor, state, SHOWN).await?,
        today: local_date(now()),
    };
    Ok(Html(view.render()?).into_response())
}

async fn view(
    web: &Web,
    viewer: &Viewer,
    id: Uuid,
    (problems, posted): (Problems, Posted),
) -> Result<OnePage, Failure> {
    let view = web.services.withheld_view(&viewer.actor, id).await?;
    let state = view.record.state;
    let results = WithheldState::ALL
        .iter()
        .filter(|one| **one != WithheldState::Replaced)
        .filter(|one| **one != WithheldState::Published || state == WithheldState::ToPublish)
        .map(|one| (one.code(), one.label()))
        .collect();
    Ok(OnePage { frame: Frame::new(web, viewer, "withheld"), id, view, problems, posted, results })
}

fn id_of(text: &str) -> Result<Uuid, Failure> {
    text.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))
}

/// One of the register.
pub(crate) async fn one(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut page = view(&web, &viewer, id_of(&id)?, (Problems::default(), Posted::default())).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// Decides about it.
pub(crate) async fn review(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = id_of(&id)?;
    let outcome = async {
        let maybe = |field: &str| match posted.get(field).trim() {
            "" => Ok(None),
            text => day(field, text).map(Some),
        };
        let decided = Reassessed {
            result: WithheldState::from_code(posted.get("result"))
                .ok_or_else(|| Fault::field("result", "请选择评估的结果"))?,
            reason: posted.get("reason").to_owned(),
            next_review_on: maybe("next_review_on")?,
            hint_on: maybe("hint_on")?,
        };
        web.services.reassess(now(), &viewer.actor, id, posted.number("version"), &decided).await
    };
    match outcome.await {
        Ok(()) => Ok(go(&format!("/office/withheld/{id}"), "reassessed")),
        Err(fault) => {
            let status = failure::status(&fault);
            let page = view(&web, &viewer, id, (Problems::of(fault)?, posted)).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}
