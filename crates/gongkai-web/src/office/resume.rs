//! A form that was sent when the session was over: nothing typed is lost.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::Viewer;

use crate::posted::Posted;

/// Text for use within an address.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether a path belongs to pages before signing in.
pub(crate) fn is_before_sign_in(path: &str) -> bool {
    path == "/office/login" || path == "/office/code" || path.starts_with("/office/setup/")
}

#[derive(Template)]
#[template(path = "office/resume.html")]
struct ResumePage {
    path: String,
    fields: Vec<(String, String)>,
    had_file: bool,
    signed_in: bool,
    csrf: String,
    problem: &'static str,
    version: &'static str,
}

fn fields(posted: &Posted) -> Vec<(String, String)> {
    posted
        .fields
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "csrf" | "login" | "password" | "old" | "new" | "code"))
        .flat_map(|(name, values)| values.iter().map(move |value| (name.clone(), value.clone())))
        .collect()
}

/// Asks to sign in, and keeps what was typed on the page.
pub(crate) fn page(path: &str, posted: &Posted) -> Response {
    show(StatusCode::UNAUTHORIZED, path, fields(posted), posted.file.is_some(), None, "")
}

/// The same after a sign-in that failed.
pub(crate) fn once_more(path: &str, posted: &Posted, problem: &'static str) -> Response {
    show(StatusCode::UNPROCESSABLE_ENTITY, path, kept(posted), !posted.get("had_file").is_empty(), None, problem)
}

/// What was typed, once more, to be sent by the person who is signed in now.
pub(crate) fn again(path: &str, posted: &Posted, viewer: &Viewer) -> Response {
    show(StatusCode::CONFLICT, path, fields(posted), posted.file.is_some(), Some(viewer.csrf.clone()), "")
}

/// What was typed before signing in, to be sent now.
pub(crate) fn go_on(path: &str, posted: &Posted, csrf: String) -> Response {
    show(StatusCode::OK, path, kept(posted), !posted.get("had_file").is_empty(), Some(csrf), "")
}

/// The fields that the sign-in page carried along.
fn kept(posted: &Posted) -> Vec<(String, String)> {
    posted
        .fields
        .iter()
        .filter_map(|(name, values)| name.strip_prefix("kept.").map(|name| (name, values)))
        .flat_map(|(name, values)| values.iter().map(move |value| (name.to_owned(), value.clone())))
        .collect()
}

fn show(
    status: StatusCode,
    path: &str,
    fields: Vec<(String, String)>,
    had_file: bool,
    csrf: Option<String>,
    problem: &'static str,
) -> Response {
    let signed_in = csrf.is_some();
    let page = ResumePage {
        path: path.to_owned(),
        fields,
        had_file,
        signed_in,
        csrf: csrf.unwrap_or_default(),
        problem,
        version: crate::assets::VERSION,
    };
    (status, Html(page.render().unwrap_or_default())).into_response()
}
