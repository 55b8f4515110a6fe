//! Pages kept in memory: rendered once for each state of what is public.

use std::future::Future;
use std::sync::atomic::Ordering;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::failure::Failure;
use crate::state::{Kept, Web};

const PAGE: &str = "text/html; charset=utf-8";

/// The page of an address, out of memory where it is still right, else rendered and kept.
pub(crate) async fn kept<F>(web: &Web, headers: &HeaderMap, key: String, render: F) -> Result<Response, Failure>
where
    F: Future<Output = Result<String, Failure>>,
{
    of_media(web, headers, key, PAGE, render).await
}

/// As [`kept`], of another media type.
pub(crate) async fn of_media<F>(
    web: &Web,
    headers: &HeaderMap,
    key: String,
    media: &'static str,
    render: F,
) -> Result<Response, Failure>
where
    F: Future<Output = Result<String, Failure>>,
{
    let generation = web.services.generation();
    if let Some(page) = web.pages.get(&key).filter(|page| page.generation == generation) {
        web.meters.kept.fetch_add(1, Ordering::Relaxed);
        return Ok(answer(&page, headers));
    }
    let bytes = Bytes::from(render.await?);
    let page = Kept { generation, media, tag: tag(&bytes).into(), bytes };
    web.pages.insert(key, page.clone());
    Ok(answer(&page, headers))
}

/// A mark of the content: the same bytes, the same mark (FNV-1a).
fn tag(bytes: &[u8]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for chunk in bytes {
        hash = (hash ^ u64::from(*chunk)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("\"{hash:016x}-{:x}\"", bytes.len())
}

fn answer(page: &Kept, headers: &HeaderMap) -> Response {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if known == Some(&*page.tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(page.bytes.clone()).into_response()
    };
    let own = response.headers_mut();
    own.insert(header::CONTENT_TYPE, HeaderValue::from_static(page.media));
    // Asked again each time: what was withdrawn must be gone at once.
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    own.insert(header::VARY, HeaderValue::from_static("cookie"));
    if let Ok(value) = HeaderValue::from_str(&page.tag) {
        own.insert(header::ETAG, value);
    }
    response
}
