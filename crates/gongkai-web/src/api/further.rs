//! Further acts of the office for programs: files, findings, new editions, taking back, the check of the public page.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use gongkai_model::publication::check::Disposition;
use gongkai_service::platform::{Actor, Fault, Upload, now};
use serde::Deserialize;

use super::ApiFault;
use super::office::{edition, parse, shown};
use crate::state::Web;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonInput {
    reason: String,
}

/// Takes back to the draft what is on its way.
pub(crate) async fn recall(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let (id, input): (_, ReasonInput) = (edition(&id)?, parse(&body)?);
    web.services.recall(now(), &actor, id, &input.reason).await?;
    shown(&web, &actor, id, StatusCode::OK).await
}

/// Begins the next edition of the publication of an edition.
pub(crate) async fn renew(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Response, ApiFault> {
    let publication = web.services.view(now(), &actor, edition(&id)?).await?.record.publication;
    let next = web.services.renew(now(), &actor, publication).await?;
    shown(&web, &actor, next, StatusCode::CREATED).await
}

/// Gives a draft up.
pub(crate) async fn discard(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
) -> Result<Response, ApiFault> {
    let id = edition(&id)?;
    web.services.discard(now(), &actor, id).await?;
    shown(&web, &actor, id, StatusCode::OK).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SettleInput {
    /// What names the finding.
    fingerprint: String,
    /// `false_positive` or `lawful_with_basis`; empty takes the decision back.
    #[serde(default)]
    disposition: String,
    #[serde(default)]
    reason: String,
}

/// Decides about a finding, or takes the decision back.
pub(crate) async fn settle(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let (id, input): (_, SettleInput) = (edition(&id)?, parse(&body)?);
    if input.disposition.is_empty() {
        web.services.unsettle(now(), &actor, id, &input.fingerprint).await?;
    } else {
        let disposition = Disposition::from_code(&input.disposition)
            .ok_or_else(|| ApiFault(Fault::field("disposition", "没有这种处理意见")))?;
        web.services.settle(now(), &actor, id, &input.fingerprint, disposition, &input.reason).await?;
    }
    shown(&web, &actor, id, StatusCode::OK).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    #[serde(default)]
    name: String,
}

/// Adds a file to a draft: the body of the request is the file, `name` in the query its name.
pub(crate) async fn attach(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    Query(named): Query<Named>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let id = edition(&id)?;
    if named.name.trim().is_empty() {
        return Err(ApiFault(Fault::field("name", "在查询参数 name 里写明文件名")));
    }
    web.services.attach(now(), &actor, id, Upload { name: named.name, bytes: body.to_vec() }).await?;
    shown(&web, &actor, id, StatusCode::CREATED).await
}

/// Takes a file off a draft.
pub(crate) async fn detach(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, ApiFault> {
    let (id, file) = (edition(&id)?, file.parse().map_err(|_not_an_id| ApiFault(Fault::NotFound))?);
    web.services.detach(now(), &actor, id, file).await?;
    shown(&web, &actor, id, StatusCode::OK).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckInput {
    /// Whether the page shows what was approved.
    right: bool,
    #[serde(default)]
    note: String,
}

/// Records what the checker found of the public page.
pub(crate) async fn check(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiFault> {
    let (id, input): (_, CheckInput) = (edition(&id)?, parse(&body)?);
    web.services.inspect(now(), &actor, id, input.right, &input.note).await?;
    shown(&web, &actor, id, StatusCode::OK).await
}
