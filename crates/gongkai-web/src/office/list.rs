//! The list of an agency's publications.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State as Shared};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_model::ids::EditionId;
use gongkai_model::officer::Role;
use gongkai_model::publication::metadata::UNKNOWN_DAY;
use gongkai_model::publication::{Attribute, State, catalog};
use gongkai_service::platform::{DeskFilter, DeskRow, Fault, Viewer, now, written_moment};
use jiff::Timestamp;
use serde::Deserialize;

use super::frame::{Done, Frame};
use super::resume::encode;
use crate::failure::Failure;
use crate::portal::item::download;
use crate::posted::Posted;
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
    /// When it is to become public, or by when it must be.
    pub(crate) note: String,
}

#[derive(Template)]
#[template(path = "office/list.html")]
struct ListPage {
    frame: Frame,
    asked: Asked,
    states: [(&'static str, &'static str); 7],
    lines: Vec<Line>,
    next: String,
    agency_name: String,
    /// Whether the person may publish several at once.
    may_publish: bool,
    /// The agencies that this one has taken over: code and name.
    taken_over: Vec<(String, String)>,
}

const STATES: [(&str, &str); 7] = [
    ("", "全部"),
    ("draft", "起草中"),
    ("in_review", "审核中"),
    ("approved", "待发布"),
    ("published", "已发布"),
    ("withdrawn", "已撤下"),
    ("closed", "已定不公开"),
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
        "closed" => ("已定不公开", ""),
        _ => ("已放弃", ""),
    }
}

const PAGE: usize = 30;

fn line(web: &Web, row: DeskRow) -> Line {
    let (state, class) = state_label(&row.state);
    Line {
        state,
        class,
        leaf: catalog::find(&row.catalog_node).map_or("", |(_, leaf)| leaf.label),
        when: written_moment(row.updated_at),
        note: match (row.publish_at, web.services.last_day(&row)) {
            (Some(at), _) if row.state == "approved" => format!("定于{}发布", written_moment(at)),
            (_, Some(day)) if matches!(row.state.as_str(), "draft" | "in_review" | "approved") => {
                format!("最迟{day}公开")
            }
            _ => String::new(),
        },
        row,
    }
}

/// What the list is filtered by, without the page.
fn filter(web: &Web, asked: &Asked) -> DeskFilter {
    let state = STATES.iter().find(|(code, _)| *code == asked.state && !code.is_empty());
    DeskFilter {
        agency: web.services.directory().by_code(&asked.agency).map(|one| one.id),
        states: state.map(|(code, _)| vec![*code]).unwrap_or_default(),
        without: if state.is_none() { vec!["superseded", "discarded"] } else { Vec::new() },
        title: asked.q.chars().take(100).collect(),
        ..DeskFilter::default()
    }
}

/// The most lines of an exported list.
const EXPORTED: u64 = 20_000;

/// The list as it is filtered, as CSV.
pub(crate) async fn export(
    Shared(web): Shared<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let filter = DeskFilter { limit: EXPORTED, ..filter(&web, &asked) };
    let rows = web.services.editions_list(&viewer.actor, filter).await?;
    let failed = |error: csv::Error| Failure::Fault(Fault::Failed(error.to_string()));
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(["标题", "版本", "栏目", "公开属性", "状态", "成文日期", "最近改动", "发布时间"])
        .map_err(failed)?;
    for one in rows.into_iter().map(|row| line(&web, row)) {
        let title = &one.row.title;
        // A cell that a spreadsheet would take for a formula is shown as text.
        let title = if title.starts_with(['=', '+', '-', '@', '\t']) { format!("'{title}") } else { title.clone() };
        let attribute = Attribute::from_code(&one.row.attribute).map_or("", Attribute::label);
        let formed = Some(one.row.formed_on).filter(|day| *day != UNKNOWN_DAY).map(|day| day.to_string());
        out.write_record([
            title.as_str(),
            &one.row.number.to_string(),
            one.leaf,
            attribute,
            one.state,
            &formed.unwrap_or_default(),
            &one.when,
            &one.row.published_at.map(written_moment).unwrap_or_default(),
        ])
        .map_err(failed)?;
    }
    let bytes = out.into_inner().map_err(|error| Failure::Fault(Fault::Failed(error.to_string())))?;
    Ok(download("稿件清单.csv", "text/csv; charset=utf-8", bytes, false))
}

#[derive(Template)]
#[template(path = "office/bulk.html")]
struct BulkPage {
    frame: Frame,
    /// Identity, title, and what became of it: none where it is public now.
    rows: Vec<(String, String, Option<String>)>,
}

/// Publishes what was chosen in the list, each by itself; says of each what became of it.
pub(crate) async fn publish(
    Shared(web): Shared<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let mut rows: Vec<(String, String, Option<String>)> = Vec::new();
    for id in posted.all("chosen").iter().take(PAGE) {
        if rows.iter().any(|(known, ..)| known == id) {
            continue;
        }
        let Ok(edition) = id.parse::<EditionId>() else { continue };
        let title = match web.services.view(now(), &viewer.actor, edition).await {
            Ok(view) => {
                if let State::Approved { publish_at: Some(at) } = view.record.edition.state {
                    let why = format!("已定于{}发布，没有改成立即发布。要改的，打开后取消定时", written_moment(at));
                    rows.push((id.clone(), view.record.metadata.title, Some(why)));
                    continue;
                }
                view.record.metadata.title
            }
            Err(fault) => {
                rows.push((id.clone(), "（打不开的稿件）".to_owned(), Some(fault.to_string())));
                continue;
            }
        };
        let outcome = web.services.publish(now(), &viewer.actor, edition).await;
        rows.push((id.clone(), title, outcome.err().map(|fault| fault.to_string())));
    }
    if rows.is_empty() {
        return Ok(Redirect::to("/office/items?state=approved&done=none_chosen").into_response());
    }
    Ok(Html(BulkPage { frame: Frame::new(&web, &viewer, "items"), rows }.render()?).into_response())
}

/// The list.
pub(crate) async fn page(
    Shared(web): Shared<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let agency = directory.by_code(&asked.agency).map(|one| one.id);
    let before = asked.after.split_once('.').and_then(|(at, id)| {
        let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
        Some((at, id.parse::<EditionId>().ok()?))
    });
    let filter = DeskFilter { before, limit: u64::try_from(PAGE + 1).unwrap_or(31), ..filter(&web, &asked) };
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
    let lines: Vec<Line> = rows.into_iter().map(|row| line(&web, row)).collect();
    let agency_name = agency.map(|id| directory.name(id).to_owned()).unwrap_or_default();
    let view = ListPage {
        frame: Frame::new(&web, &viewer, "items").done(&done.done),
        asked,
        states: STATES,
        may_publish: viewer.actor.holds(Role::Publisher) && lines.iter().any(|one| one.row.state == "approved"),
        taken_over: directory
            .predecessors(viewer.actor.agency())
            .map(|one| (one.code.clone(), one.name.clone()))
            .collect(),
        lines,
        next,
        agency_name,
    };
    Ok(Html(view.render()?).into_response())
}
