//! The acts of the office, for programs with a token.

use axum::Extension;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use gongkai_model::ids::{EditionId, PublicationId};
use gongkai_model::publication::{Decision, Verdict};
use gongkai_service::platform::{Actor, DeskFilter, DraftInput, EditionView, Fault, NewDraft, now};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::ApiFault;
use super::call::{Answer, Call, parse, shown};
use crate::state::Web;

/// An edition as JSON.
pub(super) fn told(view: &EditionView) -> Value {
    let edition = &view.record.edition;
    let signatures: Vec<Value> = edition
        .signatures
        .iter()
        .map(|one| {
            json!({
                "round": one.round,
                "role": one.role.code(),
                "officer": one.officer.to_string(),
                "at": one.at.to_string(),
                "verdict": match one.verdict {
                    Verdict::Passed => "passed",
                    Verdict::Returned => "returned",
                    Verdict::Referred => "referred",
                },
                "secrecy": one.secrecy.as_ref().map(|said| json!({
                    "result": said.result.code(),
                    "basis": said.basis,
                    "concerns": said.concerns.iter().map(|one| one.code()).collect::<Vec<_>>(),
                })),
                "comment": one.comment,
                "content": one.content,
            })
        })
        .collect();
    let findings: Vec<Value> = view
        .findings
        .iter()
        .map(|one| {
            json!({
                "detector": one.hit.detector.code(),
                "weight": one.hit.weight.code(),
                "found": one.hit.shown,
                "place": one.place,
                "advice": one.hit.advice,
                "fingerprint": one.fingerprint,
                "settled": one.settled.as_ref().map(|settled| settled.disposition.code()),
            })
        })
        .collect();
    json!({
        "id": view.record.id.to_string(),
        "publication": view.record.publication.to_string(),
        "number": view.record.number,
        "version": view.record.version,
        "state": edition.state.code(),
        "kept_apart": view.record.secret_mark,
        "content": edition.content,
        "index_no": view.publication.index_no,
        "due": view.due.map(|day| day.to_string()),
        "draft": DraftInput::of(&view.record, view.explains.as_ref().map(|(index, _)| index.as_str())),
        "problems": view.problems.iter().map(|(field, message)| json!({ "field": field, "message": message })).collect::<Vec<_>>(),
        "findings": findings,
        "attachments": view.attachments.iter().map(|one| json!({ "id": one.file.id.to_string(), "name": one.file.name, "sha256": one.file.hash.as_str(), "bytes": one.file.bytes })).collect::<Vec<_>>(),
        "signatures": signatures,
        "may": {
            "edit": view.may_edit,
            "review": view.may_review.map(gongkai_model::officer::Role::code),
            "publish": view.may_publish,
            "recall": view.may_recall,
            "withdraw": view.may_withdraw,
            "inspect": view.may_inspect,
            "renew": view.may_renew,
        },
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    state: String,
    after: String,
}

/// How many editions an answer holds.
const PAGE: usize = 200;

pub(super) const STATES: [&str; 8] =
    ["draft", "in_review", "approved", "published", "superseded", "withdrawn", "closed", "discarded"];

/// A page of the editions of the officer's agency, the latest changed first.
pub(crate) async fn list(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Query(asked): Query<Asked>,
) -> Result<Response, ApiFault> {
    let state = STATES.iter().find(|code| **code == asked.state);
    if state.is_none() && !asked.state.is_empty() {
        return Err(ApiFault(Fault::field("state", "没有这种状态")));
    }
    let before = asked.after.split_once('.').and_then(|(at, id)| {
        Some((jiff::Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse::<EditionId>().ok()?))
    });
    if before.is_none() && !asked.after.is_empty() {
        return Err(ApiFault(Fault::field("after", "after 应原样取自上一页的 next")));
    }
    let filter = DeskFilter {
        states: state.map(|code| vec![*code]).unwrap_or_default(),
        before,
        limit: u64::try_from(PAGE + 1).unwrap_or(201),
        ..DeskFilter::default()
    };
    let mut rows = web.services.editions_list(&actor, filter).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| format!("{}.{}", row.updated_at.as_microsecond(), row.id));
    let items: Vec<Value> = rows
        .iter()
        .map(|row| json!({ "id": row.id.to_string(), "publication": row.publication.to_string(), "number": row.number, "title": row.title, "state": row.state, "version": row.version, "updated_at": row.updated_at.to_string() }))
        .collect();
    Ok(Json(json!({ "items": items, "next": next.unwrap_or_default() })).into_response())
}

/// One edition.
pub(crate) async fn show(call: Call) -> Answer {
    call.shown().await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewInput {
    /// The identity of the publication: sent twice, one is made.
    #[serde(default)]
    publication: Option<Uuid>,
    draft: DraftInput,
}

/// Begins a publication.
pub(crate) async fn create(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let input: NewInput = parse(&body)?;
    let id = PublicationId(input.publication.unwrap_or_else(Uuid::now_v7));
    let edition = web.services.create(now(), &actor, id, NewDraft::Form(Box::new(input.draft))).await?;
    shown(&web, &actor, edition, StatusCode::CREATED).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SaveInput {
    version: i32,
    draft: DraftInput,
}

/// Saves a draft. With `Prefer: return=minimal` the answer is the identity and the new version alone (RFC 7240).
pub(crate) async fn save(headers: HeaderMap, call: Call) -> Answer {
    let input: SaveInput = call.input()?;
    let version = call.services().save(now(), &call.actor, call.id, input.version, &input.draft).await?;
    if headers.get("prefer").is_some_and(|value| value.as_bytes() == b"return=minimal") {
        return Ok(Json(json!({ "id": call.id.to_string(), "version": version })).into_response());
    }
    call.done().await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SubmitInput {
    version: i32,
    #[serde(default)]
    urgent: String,
}

/// Sends to the first reviewer.
pub(crate) async fn submit(call: Call) -> Answer {
    let input: SubmitInput = call.input()?;
    call.services().submit(now(), &call.actor, call.id, input.version, &input.urgent).await?;
    call.done().await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewInput {
    verdict: String,
    #[serde(default)]
    comment: String,
    /// The hash of the content that was read.
    content: String,
    /// The conclusion of the secrecy review.
    #[serde(default)]
    result: String,
    #[serde(default)]
    basis: String,
    /// What is touched; none is said with an empty list, not by silence.
    #[serde(default)]
    concerns: Option<Vec<String>>,
}

/// Signs, or gives back.
pub(crate) async fn review(call: Call) -> Answer {
    let input: ReviewInput = call.input()?;
    if !input.result.is_empty() && input.concerns.is_none() {
        return Err(ApiFault(Fault::field("concerns", "写明涉及的事项；逐项核对均不涉及的，写空的列表 []")));
    }
    let concerns = input.concerns.unwrap_or_default();
    let attribute = call.services().view(now(), &call.actor, call.id).await?.record.metadata.attribute;
    let (said, secrecy) = ((&*input.verdict, &*input.result), (&*input.basis, &*concerns));
    let decision =
        Decision::read(said, secrecy, attribute, &input.comment).map_err(|refusal| ApiFault(refusal.into()))?;
    call.services().review(now(), &call.actor, call.id, decision, &input.content).await?;
    call.done().await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PublishInput {
    /// Local time; at once where it is empty.
    publish_at: String,
}

/// Publishes, at once or at a time.
pub(crate) async fn publish(call: Call) -> Answer {
    let input = if call.body.is_empty() { PublishInput::default() } else { call.input()? };
    if input.publish_at.is_empty() {
        call.services().publish(now(), &call.actor, call.id).await?;
    } else {
        call.services().schedule(now(), &call.actor, call.id, &input.publish_at).await?;
    }
    call.done().await
}
