//! Applications for programs: the list without personal data, a case, taking in, every step of the law.

use axum::Extension;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_model::application::clock::Channel;
use gongkai_model::application::{Outcome, Row};
use gongkai_model::ids::ApplicationId;
use gongkai_service::platform::{
    Actor, ApplicationFilter, ApplicationForm, ApplicationRecord, ApplicationView, Fault, Intake, now,
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ApiFault;
use super::call::{Answer, parse};
use crate::state::Web;

fn listed(web: &Web, record: &ApplicationRecord) -> Value {
    let standing = &record.standing;
    json!({
        "id": record.id.to_string(),
        "version": record.version,
        "registration_no": record.registration_no,
        "applicant_kind": record.kind.code(),
        "channel": record.arrival.channel.code(),
        "arrived_on": record.arrival.on.to_string(),
        "subject": record.subject,
        "state": standing.state,
        "state_label": web.services.application_state(standing),
        "received_on": standing.received.map(|day| day.to_string()),
        "due_on": standing.due.map(|day| day.to_string()),
        "due_projected": standing.projected,
        "due_provisional": standing.provisional,
        "outcome": standing.outcome.map(Outcome::code),
        "concluded_on": standing.concluded.map(|day| day.to_string()),
    })
}

fn told(web: &Web, view: &ApplicationView) -> Value {
    let steps: Vec<Value> = view
        .steps
        .iter()
        .zip(&view.step_notes)
        .map(|(step, note)| {
            let said = gongkai_model::application::Step::from(step.event);
            json!({
                "kind": said.kind,
                "on": said.on.to_string(),
                "until": said.until.map(|day| day.to_string()),
                "consultation": said.consultation,
                "days": said.days,
                "word": said.word,
                "justified": said.justified,
                "note": note,
                "noted_at": step.noted_at.to_string(),
            })
        })
        .collect();
    let days: Vec<Value> = view
        .days
        .iter()
        .map(|day| json!({ "date": day.date.to_string(), "counts": day.counts, "number": day.number, "why": day.why }))
        .collect();
    let letters: Vec<Value> = view
        .letters
        .iter()
        .map(|one| {
            json!({
                "id": one.record.id.to_string(),
                "kind": one.record.kind.code(),
                "title": one.title(),
                "number": one.record.number,
                "state": one.record.state.code(),
                "served_on": one.record.served_on.map(|day| day.to_string()),
            })
        })
        .collect();
    let mut out = listed(web, &view.record);
    out["form"] = json!(view.form);
    out["missing"] = json!(view.missing.iter().map(|(_, sentence)| sentence).collect::<Vec<_>>());
    out["steps"] = json!(steps);
    out["days"] = json!(days);
    out["letters"] = json!(letters);
    out["irregularities"] = json!(view.timeline.irregularities.iter().map(|one| one.message()).collect::<Vec<_>>());
    out
}

fn id_of(text: &str) -> Result<ApplicationId, ApiFault> {
    text.parse().map_err(|_not_an_id| ApiFault(Fault::NotFound))
}

/// A day that was sent.
fn day(field: &str, text: &str) -> Result<Date, ApiFault> {
    text.parse().map_err(|_no_day| ApiFault(Fault::field(field, format!("“{text}”不是日期，写成2026-01-09的样子"))))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    state: String,
    after: String,
}

const PAGE: usize = 200;

/// The list, the latest first.
pub(crate) async fn list(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Query(asked): Query<Asked>,
) -> Answer {
    let known = ["arrived", "running", "awaiting_correction", "awaiting_fee", "delayed", "reopened", "concluded"];
    let state = known.into_iter().find(|one| *one == asked.state);
    if state.is_none() && !asked.state.is_empty() {
        return Err(ApiFault(Fault::field("state", format!("没有状态“{}”，应为{}", asked.state, known.join("、")))));
    }
    let before = asked.after.split_once('.').and_then(|(at, id)| {
        Some((jiff::Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse::<ApplicationId>().ok()?))
    });
    let filter = ApplicationFilter {
        states: state.into_iter().collect(),
        before,
        limit: u64::try_from(PAGE + 1).unwrap_or(201),
        ..ApplicationFilter::default()
    };
    let mut rows = web.services.applications_list(&actor, filter).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more);
    let next = next.map_or_else(String::new, |last| format!("{}.{}", last.arrived_at.as_microsecond(), last.id));
    let items: Vec<Value> = rows.iter().map(|row| listed(&web, row)).collect();
    Ok(Json(json!({ "items": items, "next": next })).into_response())
}

async fn shown(web: &Web, actor: &Actor, id: ApplicationId, status: StatusCode) -> Answer {
    let view = web.services.application(now(), actor, id).await?;
    Ok((status, Json(told(web, &view))).into_response())
}

/// A case. The opening is recorded.
pub(crate) async fn show(State(web): State<Web>, Extension(actor): Extension<Actor>, Path(id): Path<String>) -> Answer {
    shown(&web, &actor, id_of(&id)?, StatusCode::OK).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct IntakeInput {
    channel: String,
    on: String,
    form: ApplicationForm,
}

/// Takes an application in that came another way than by the public page.
pub(crate) async fn take_in(State(web): State<Web>, Extension(actor): Extension<Actor>, body: Bytes) -> Answer {
    let input: IntakeInput = parse(&body)?;
    let channel = Channel::parse(&input.channel).filter(|one| *one != Channel::Online);
    let channel = channel.ok_or_else(|| {
        let all: Vec<&str> =
            Channel::ALL.into_iter().filter(|one| *one != Channel::Online).map(Channel::code).collect();
        ApiFault(Fault::field("channel", format!("没有渠道“{}”，应为{}", input.channel, all.join("、"))))
    })?;
    let intake = Intake { channel, on: day("on", &input.on)?, form: input.form };
    let received = web.services.register_application(now(), &actor, &intake).await?;
    let view = web.services.application(now(), &actor, received.id).await?;
    let mut out = told(&web, &view);
    out["query_code"] = json!(received.code.to_string());
    Ok((StatusCode::CREATED, Json(out)).into_response())
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepInput {
    version: i32,
    kind: String,
    on: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    consultation: Option<u16>,
    #[serde(default)]
    days: Option<u32>,
    #[serde(default)]
    word: String,
    #[serde(default)]
    justified: bool,
    #[serde(default)]
    note: String,
}

/// Notes a step of the law.
pub(crate) async fn step(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    body: Bytes,
) -> Answer {
    let id = id_of(&id)?;
    let input: StepInput = parse(&body)?;
    let row = Row {
        kind: &input.kind,
        on: day("on", &input.on)?,
        until: if input.until.is_empty() { None } else { Some(day("until", &input.until)?) },
        consultation: input.consultation,
        days: input.days,
        word: &input.word,
        justified: input.justified,
    };
    let event = row.event().map_err(|error| ApiFault(Fault::field("kind", error.to_string())))?;
    if matches!(event, gongkai_model::application::clock::Event::Registered { .. }) {
        return Err(ApiFault(Fault::field("kind", "台账登记的办结只在导入时使用")));
    }
    web.services.note_step(now(), &actor, id, input.version, (event, &input.note)).await?;
    shown(&web, &actor, id, StatusCode::OK).await
}
