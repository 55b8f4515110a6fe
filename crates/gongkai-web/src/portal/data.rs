//! Everything public as data.

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::item::download;
use super::shell::{Shell, agencies, is_large};
use crate::failure::Failure;
use crate::state::Web;

#[derive(Template)]
#[template(path = "portal/data.html")]
struct DataPage {
    shell: Shell,
    agencies: Vec<(String, String, bool)>,
    total: u64,
}

/// What there is, and how to get it.
pub(crate) async fn page(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let view = DataPage {
        shell: Shell::new(&directory, None, is_large(&headers), "/data", "data"),
        agencies: agencies(&directory),
        total: web.services.counts().await?.total(None),
    };
    Ok(Html(view.render()?).into_response())
}

#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    agency: String,
    #[serde(default)]
    after: String,
}

/// A page of the items as JSON.
pub(crate) async fn json(State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    Ok(Json(web.services.open_json(&asked.agency, &asked.after).await?).into_response())
}

/// A page of the items as CSV; what asks for the next page stands in the header `x-next`.
pub(crate) async fn csv(State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let (bytes, next) = web.services.open_csv(&asked.agency, &asked.after).await?;
    let mut response = download("政府信息.csv", "text/csv; charset=utf-8", bytes, false);
    if let Ok(value) = HeaderValue::from_str(&next) {
        response.headers_mut().insert("x-next", value);
    }
    Ok(response)
}
