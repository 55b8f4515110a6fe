//! Everything public as data.

use askama::Template;
use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use futures_util::StreamExt as _;
use gongkai_service::platform::Fault;
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

/// A page of the figures of annual reports as JSON.
pub(crate) async fn reports_json(State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    Ok(Json(web.services.open_reports_json(&asked.agency, &asked.after).await?).into_response())
}

/// What is written out piece by piece.
#[derive(Debug, Clone, Copy)]
enum Whole {
    /// Every public item.
    Items,
    /// Every figure of the annual reports.
    Figures,
}

impl Whole {
    /// A piece of it, and what asks for the next.
    async fn piece(self, web: &Web, agency: &str, after: &str) -> Result<(Vec<u8>, String), Fault> {
        match self {
            Self::Items => web.services.open_csv(agency, after).await,
            Self::Figures => web.services.open_reports_csv(agency, after).await,
        }
    }

    fn file(self) -> &'static str {
        match self {
            Self::Items => "政府信息.csv",
            Self::Figures => "年度报告数据.csv",
        }
    }
}

/// The figures of annual reports as CSV.
pub(crate) async fn reports_csv(State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    piecewise(web, asked, Whole::Figures).await
}

/// All items as CSV.
pub(crate) async fn csv(State(web): State<Web>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    piecewise(web, asked, Whole::Items).await
}

/// A file that is made while it is sent: however much there is, only one piece is in memory.
async fn piecewise(web: Web, asked: Asked, whole: Whole) -> Result<Response, Failure> {
    let first = whole.piece(&web, &asked.agency, "").await?;
    let pieces = futures_util::stream::unfold(Some(Ok(first)), move |state| {
        let (web, agency) = (web.clone(), asked.agency.clone());
        async move {
            let (bytes, next) = match state? {
                Ok(piece) => piece,
                Err(fault) => return Some((Err(std::io::Error::other(Fault::to_string(&fault))), None)),
            };
            let following = if next.is_empty() { None } else { Some(whole.piece(&web, &agency, &next).await) };
            Some((Ok(Bytes::from(bytes)), following))
        }
    });
    let mut response = download(whole.file(), "text/csv; charset=utf-8", Vec::new(), false);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    // Compression asks once more after the end.
    *response.body_mut() = Body::from_stream(pieces.fuse());
    Ok(response)
}
