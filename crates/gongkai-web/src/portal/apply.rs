//! 依申请公开: the form, a question a page; what was written is kept as a draft that this browser alone opens.

mod form;
mod proof;
mod send;
mod start;
mod suggest;

pub(crate) use form::{drop_file, enough, files, page, save};
pub(crate) use send::{receipt, send};
pub(crate) use start::{all, begin, drop_draft, start};

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use gongkai_model::ids::ApplicationId;

use crate::guard::cookie;

/// The cookie that opens the draft.
const COOKIE: &str = "draft";

/// The draft that a browser opens: its identity and the secret.
fn opened(headers: &HeaderMap) -> Option<(ApplicationId, String)> {
    let (id, key) = cookie(headers, COOKIE)?.split_once('.')?;
    Some((id.parse().ok()?, key.to_owned()))
}

/// A response that gives the browser the key of a draft, or takes it away.
///
/// The key holds for the pages of one organ: a draft to another stays where it is.
fn with_key(mut response: Response, code: &str, draft: Option<(ApplicationId, &str)>, secure: bool) -> Response {
    let (value, age) = match draft {
        Some((id, key)) => (format!("{id}.{key}"), 7 * 24 * 3600),
        None => (String::new(), 0),
    };
    let secure = if secure { "; Secure" } else { "" };
    let line = format!("{COOKIE}={value}; Path=/agencies/{code}/apply; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    if let Ok(value) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
