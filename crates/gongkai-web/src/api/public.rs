//! What is public, for programs; no token is needed.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gongkai_service::platform::Fault;
use serde::Deserialize;
use serde_json::{Value, json};

use super::ApiFault;
use crate::portal::search::typed;
use crate::state::Web;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    agency: String,
    after: String,
}

/// A page of the public items.
pub(crate) async fn items(State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, ApiFault> {
    Ok(Json(web.services.open_json(&asked.agency, &asked.after).await?).into_response())
}

/// A public item with its proof.
pub(crate) async fn item(State(web): State<Web>, Path(id): Path<String>) -> Result<Response, ApiFault> {
    let id = id.parse().map_err(|_not_an_id| ApiFault(Fault::NotFound))?;
    if let Err(tombstone) = web.services.item(id).await? {
        let told = json!({
            "id": id.to_string(),
            "index_no": tombstone.index_no,
            "withdrawn_at": tombstone.withdrawn_at.to_string(),
            "reason": tombstone.reason,
        });
        let error = json!({ "message": "这条信息已撤下", "fields": [] });
        return Ok((StatusCode::GONE, Json(json!({ "error": error, "withdrawn": told }))).into_response());
    }
    Ok(Json(web.services.item_json(id).await?).into_response())
}

/// The hash of an audit record, for whoever compares a proof with the chain.
pub(crate) async fn audit(State(web): State<Web>, Path(sequence): Path<String>) -> Result<Response, ApiFault> {
    let number = sequence.parse().map_err(|_not_a_number| ApiFault(Fault::NotFound))?;
    let hash = web.services.audit_hash(number).await?;
    Ok(Json(json!({ "sequence": number, "hash": hash })).into_response())
}

/// Searches what is public.
pub(crate) async fn search(
    State(web): State<Web>,
    Query(raw): Query<Vec<(String, String)>>,
) -> Result<Response, ApiFault> {
    let found = web.services.search(&typed(raw)).await?;
    if !found.problems.is_empty() {
        return Err(ApiFault(Fault::Invalid(found.problems)));
    }
    let text = |pieces: &[(String, bool)]| pieces.iter().map(|(text, _)| text.as_str()).collect::<String>();
    let items: Vec<Value> = found
        .items
        .iter()
        .map(|item| {
            json!({
                "id": item.row.publication.to_string(),
                "index_no": item.row.index_no,
                "title": item.row.title,
                "doc_no": item.row.doc_no,
                "issuing_organ": item.agency_name,
                "published_on": item.published_on.to_string(),
                "passage": text(&item.passage),
                "in_attachment": item.in_attachment,
            })
        })
        .collect();
    Ok(Json(
        json!({ "total": found.total, "more": found.more, "page": found.page, "pages": found.pages, "items": items }),
    )
    .into_response())
}
