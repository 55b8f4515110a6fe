//! The list of applications: without personal data, filtered in the address.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::application::ApplicantColumn;
use gongkai_model::ids::ApplicationId;
use gongkai_model::officer::{Act, Role};
use gongkai_service::platform::{ApplicationFilter, ApplicationRecord, Fault, Viewer, local_date, now};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use crate::failure::Failure;
use crate::office::frame::{Done, Frame, go};
use crate::office::resume::encode;
use crate::portal::item::download;
use crate::posted::Posted;
use crate::state::Web;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    state: String,
    after: String,
}

/// The tabs: code, name, the states in it.
const TABS: [(&str, &str, &[&str]); 6] = [
    ("", "全部", &[]),
    ("open", "在办", &["arrived", "running", "awaiting_correction", "awaiting_fee", "delayed", "reopened"]),
    ("arrived", "待确认收到", &["arrived"]),
    ("running", "办理中", &["running", "delayed", "reopened"]),
    ("waiting", "等申请人", &["awaiting_correction", "awaiting_fee"]),
    ("concluded", "已办结", &["concluded"]),
];

pub(crate) struct Line {
    row: ApplicationRecord,
    state: &'static str,
    class: &'static str,
    section: String,
}

impl Line {
    fn outcome(&self) -> &'static str {
        self.row.standing.outcome.map_or("", gongkai_model::application::Outcome::label)
    }

    fn kind(&self) -> &'static str {
        self.row.kind.label()
    }
}

#[derive(Template)]
#[template(path = "office/applications.html")]
struct ListPage {
    frame: Frame,
    asked: Asked,
    tabs: Vec<(&'static str, &'static str)>,
    lines: Vec<Line>,
    next: String,
    tally: (i64, i64, i64),
    /// Whether the person handles the cases; others see where they stand.
    handles: bool,
    /// How many cases may be erased, for whoever may do it.
    erasable: usize,
}

/// How a state is marked.
fn class(row: &ApplicationRecord, today: Date) -> &'static str {
    let open = row.standing.concluded.is_none();
    match row.standing.due {
        Some(due) if open && due < today => "bad",
        _ if row.standing.state == "arrived" => "soon",
        _ if open => "info",
        _ => "good",
    }
}

fn line(web: &Web, row: ApplicationRecord, today: Date) -> Line {
    let directory = web.services.directory();
    Line {
        state: web.services.application_state(&row.standing),
        class: class(&row, today),
        section: row.section.map(|id| directory.name(id).to_owned()).unwrap_or_default(),
        row,
    }
}

const PAGE: usize = 50;
const EXPORTED: u64 = 100_000;

fn filter(asked: &Asked) -> ApplicationFilter {
    let states = TABS.iter().find(|(code, ..)| *code == asked.state).map(|(.., states)| states.to_vec());
    ApplicationFilter { states: states.unwrap_or_default(), ..ApplicationFilter::default() }
}

/// The list.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let before = asked.after.split_once('.').and_then(|(at, id)| {
        Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse::<ApplicationId>().ok()?))
    });
    let filter = ApplicationFilter { before, limit: u64::try_from(PAGE + 1).unwrap_or(51), ..filter(&asked) };
    let mut rows = web.services.applications_list(&viewer.actor, filter).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map_or_else(String::new, |last| {
        format!("state={}&after={}.{}", encode(&asked.state), last.arrived_at.as_microsecond(), last.id)
    });
    let today = local_date(now());
    let tally = web.services.page_tally(now(), &viewer.actor).await?;
    let erases = viewer.actor.holds(Role::DisclosureOfficeHead);
    let erasable = if erases { web.services.cases_to_erase(now(), &viewer.actor).await?.len() } else { 0 };
    let view = ListPage {
        erasable,
        handles: viewer.actor.may(Act::Handle, viewer.actor.agency()),
        frame: Frame::new(&web, &viewer, "applications").done(&done.done),
        tabs: TABS.iter().map(|(code, label, _)| (*code, *label)).collect(),
        lines: rows.into_iter().map(|row| line(&web, row, today)).collect(),
        asked,
        next,
        tally,
    };
    Ok(Html(view.render()?).into_response())
}

/// Erases the personal data of cases whose time of keeping is over.
pub(crate) async fn erase(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    _posted: Posted,
) -> Result<Response, Failure> {
    web.services.erase_cases(now(), &viewer.actor).await?;
    Ok(go("/office/applications", "erased"))
}

/// The list as it is filtered, as CSV: category and counts, no personal data (domain 2.6).
pub(crate) async fn export(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let filter = ApplicationFilter { limit: EXPORTED, ..filter(&asked) };
    let rows = web.services.applications_list(&viewer.actor, filter).await?;
    let failed = |error: csv::Error| Failure::Fault(Fault::Failed(error.to_string()));
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record([
        "登记编号",
        "申请人类别",
        "渠道",
        "所需信息",
        "收到日期",
        "状态",
        "期限",
        "结果",
        "办结日期",
        "承办科室",
    ])
    .map_err(failed)?;
    let today = local_date(now());
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    for one in rows.into_iter().map(|row| line(&web, row, today)) {
        let subject = &one.row.subject;
        // A cell that a spreadsheet would take for a formula is shown as text.
        let subject =
            if subject.starts_with(['=', '+', '-', '@', '\t']) { format!("'{subject}") } else { subject.clone() };
        out.write_record([
            one.row.registration_no.as_deref().unwrap_or_default(),
            ApplicantColumn::label(one.row.kind),
            one.row.arrival.channel.label(),
            &subject,
            &day(one.row.standing.received),
            one.state,
            &day(one.row.standing.due),
            one.outcome(),
            &day(one.row.standing.concluded),
            &one.section,
        ])
        .map_err(failed)?;
    }
    let bytes = out.into_inner().map_err(|error| Failure::Fault(Fault::Failed(error.to_string())))?;
    Ok(download("申请清单.csv", "text/csv; charset=utf-8", bytes, false))
}
