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
///
/// `since` is [`gongkai_service::platform::Services::generation`] as it was before anything of the page was read: what changes
/// while the page is made belongs to a later generation, and the page is made anew.
pub(crate) async fn kept<F>(
    web: &Web,
    headers: &HeaderMap,
    since: u64,
    key: String,
    render: F,
) -> Result<Response, Failure>
where
    F: Future<Output = Result<String, Failure>>,
{
    of_media(web, headers, since, key, PAGE, render).await
}

/// As [`kept`], of another media type.
pub(crate) async fn of_media<F>(
    web: &Web,
    headers: &HeaderMap,
    since: u64,
    key: String,
    media: &'static str,
    render: F,
) -> Result<Response, Failure>
where
    F: Future<Output = Result<String, Failure>>,
{
    if let Some(page) = found(web, headers, since, &key) {
        return Ok(page);
    }
    let bytes = Bytes::from(render.await?);
    let page = Kept { generation: since, media, tag: tag(&bytes).into(), bytes };
    web.pages.insert(key, page.clone());
    Ok(answer(&page, headers))
}

/// The page in memory, where it is of this generation or a later one.
pub(crate) fn found(web: &Web, headers: &HeaderMap, since: u64, key: &str) -> Option<Response> {
    let page = web.pages.get(key).filter(|page| page.generation >= since)?;
    web.meters.kept.fetch_add(1, Ordering::Relaxed);
    Some(answer(&page, headers))
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
