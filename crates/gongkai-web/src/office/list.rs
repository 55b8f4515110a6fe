//! The list of an agency's publications.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::ids::EditionId;
use gongkai_model::publication::catalog;
use gongkai_service::platform::{DeskFilter, DeskRow, Viewer, written_moment};
use jiff::Timestamp;
use serde::Deserialize;

use super::frame::{Done, Frame};
use super::resume::encode;
use crate::failure::Failure;
use crate::state::Web;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    state: String,
    q: String,
    agency: String,
    after: String,
}

pub(crate) struct Line {
    pub(crate) row: DeskRow,
    pub(crate) state: &'static str,
    pub(crate) class: &'static str,
    pub(crate) leaf: &'static str,
    pub(crate) when: String,
}

#[derive(Template)]
#[template(path = "office/list.html")]
struct ListPage {
    frame: Frame,
    asked: Asked,
    states: [(&'static str, &'static str); 6],
    lines: Vec<Line>,
    next: String,
    agency_name: String,
}

const STATES: [(&str, &str); 6] = [
    ("", "全部"),
    ("draft", "起草中"),
    ("in_review", "审核中"),
    ("approved", "待发布"),
    ("published", "已发布"),
    ("withdrawn", "已撤下"),
];

/// What a state is called, and how it is marked.
pub(crate) fn state_label(code: &str) -> (&'static str, &'static str) {
    match code {
        "draft" => ("起草中", ""),
        "in_review" => ("审核中", "info"),
        "approved" => ("待发布", "soon"),
        "published" => ("已发布", "good"),
        "superseded" => ("已被新版本代替", ""),
        "withdrawn" => ("已撤下", "bad"),
        "closed" => ("已定属性，不发布", ""),
        _ => ("已放弃", ""),
    }
}

const PAGE: usize = 30;

/// The list.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let state = STATES.iter().find(|(code, _)| *code == asked.state && !code.is_empty());
    let directory = web.services.directory();
    let agency = directory.by_code(&asked.agency).map(|one| one.id);
    let before = asked.after.split_once('.').and_then(|(at, id)| {
        let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        Some((at, id.parse::<EditionId>().ok()?))
    });
    let filter = DeskFilter {
        agency,
        states: state.map_or_else(
            || vec!["draft", "in_review", "approved", "published", "withdrawn", "closed"],
            |(code, _)| vec![*code],
        ),
        title: asked.q.chars().take(100).collect(),
        before,
        limit: u64::try_from(PAGE + 1).unwrap_or(31),
        ..DeskFilter::default()
    };
    let mut rows = web.services.editions_list(&viewer.actor, filter).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map_or_else(String::new, |last| {
        format!(
            "state={}&q={}&agency={}&after={}.{}",
            encode(&asked.state),
            encode(&asked.q),
            encode(&asked.agency),
            last.updated_at.as_microsecond(),
            last.id
        )
    });
    let lines = rows
        .into_iter()
        .map(|row| {
            let (state, class) = state_label(&row.state);
            Line {
                state,
                class,
                leaf: catalog::find(&row.catalog_node).map_or("", |(_, leaf)| leaf.label),
                when: written_moment(row.updated_at),
                row,
            }
        })
        .collect();
    let agency_name = agency.map(|id| directory.name(id).to_owned()).unwrap_or_default();
    let view = ListPage {
        frame: Frame::new(&web, &viewer, "items").done(&done.done),
        asked,
        states: STATES,
        lines,
        next,
        agency_name,
    };
    Ok(Html(view.render()?).into_response())
}
