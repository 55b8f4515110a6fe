//! Style sheet and scripts, embedded in the program: nothing is fetched from elsewhere.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

const STYLE: &str = include_str!("../assets/gongkai.css");
const SCRIPT: &str = include_str!("../assets/gongkai.js");
const EDITOR: &str = include_str!(concat!(env!("OUT_DIR"), "/editor.js"));
const ICON: &str = include_str!("../assets/icon.svg");

/// A mark of the content, so that browsers may keep it for ever.
pub(crate) const VERSION: &str = env!("ASSETS_VERSION");

/// Whether the editor was bundled; without it the plain text field serves.
pub(crate) fn has_editor() -> bool {
    !EDITOR.is_empty()
}

pub(crate) async fn asset(Path(name): Path<String>) -> Response {
    let (media, text) = match name.as_str() {
        "gongkai.css" => ("text/css; charset=utf-8", STYLE),
        "gongkai.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "editor.js" => ("text/javascript; charset=utf-8", EDITOR),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}
