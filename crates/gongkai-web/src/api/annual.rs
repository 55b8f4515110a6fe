//! The ledger of table 2 and the figures of a year for programs: another system sends its counts month by month.

use axum::Extension;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use gongkai_service::platform::{Actor, Fault, LedgerInput, LedgerOrigin, now};
use serde::Deserialize;
use serde_json::{Value, json};

use super::ApiFault;
use super::call::{Answer, parse};
use crate::office::ledger::{Asked, year_of};
use crate::state::Web;

/// The most figures of one request.
const MOST: usize = 1_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Entry {
    section: String,
    month: Option<i8>,
    item: String,
    field: String,
    value: String,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ledger {
    year: i16,
    entries: Vec<Entry>,
}

/// The ledger of a year: what was entered, void figures too.
pub(crate) async fn ledger(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = web.services.ledger_page(now(), &actor, year_of(&asked.year)?).await?;
    let entries: Vec<Value> = page
        .lines
        .iter()
        .map(|line| {
            let one = &line.entry;
            json!({
                "id": one.id.to_string(),
                "section": line.section,
                "month": one.month,
                "item": one.item.code(),
                "field": one.field.code(),
                "value": one.value.to_string(),
                "source": one.source,
                "origin": one.origin.code(),
                "at": one.at.to_string(),
                "void": one.void.as_ref().map(|void| void.reason.clone()),
            })
        })
        .collect();
    Ok(Json(json!({ "year": page.year, "entries": entries })).into_response())
}

/// Enters figures: all of them or none; what was entered before changes nothing.
pub(crate) async fn enter(State(web): State<Web>, Extension(actor): Extension<Actor>, body: Bytes) -> Answer {
    let sent: Ledger = parse(&body)?;
    if sent.entries.is_empty() || sent.entries.len() > MOST {
        return Err(ApiFault(Fault::field("entries", "一次登记1至1000笔")));
    }
    let inputs: Vec<LedgerInput> = sent
        .entries
        .into_iter()
        .map(|one| LedgerInput {
            month: one.month.map(|month| month.to_string()).unwrap_or_default(),
            section: one.section,
            cell: format!("{}.{}", one.item, one.field),
            value: one.value,
            source: one.source,
        })
        .collect();
    let many = inputs.len();
    let added = web.services.enter_figures(now(), &actor, sent.year, LedgerOrigin::Sent, &inputs).await?;
    let status = if added > 0 { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(json!({ "added": added, "known": many - added }))).into_response())
}

/// The figures of a year as they stand now, each with where it comes from.
pub(crate) async fn figures(
    State(web): State<Web>,
    Extension(actor): Extension<Actor>,
    Path(year): Path<String>,
) -> Answer {
    let year = year.parse().map_err(|_odd| ApiFault(Fault::NotFound))?;
    let page = web.services.report_page(now(), &actor, actor.agency(), year).await?;
    Ok(Json(page.figures.to_json()).into_response())
}
