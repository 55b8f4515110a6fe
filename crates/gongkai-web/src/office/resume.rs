//! A form that was sent when the session was over: nothing typed is lost.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{Stage, Viewer};

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

/// What is asked for before the form can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// Name and password.
    SignIn,
    /// The code of the second factor.
    Code,
    /// A new password, in another window.
    NewPassword,
    /// Nothing: it can be sent.
    Nothing,
}

#[derive(Template)]
#[template(path = "office/resume.html")]
struct ResumePage {
    path: String,
    fields: Vec<(String, String)>,
    had_file: bool,
    asks: Asks,
    csrf: String,
    problem: &'static str,
    version: &'static str,
}

impl ResumePage {
    fn before(&self) -> bool {
        matches!(self.asks, Asks::SignIn | Asks::Code)
    }

    fn action(&self) -> &str {
        match self.asks {
            Asks::SignIn => "/office/login",
            Asks::Code => "/office/code",
            Asks::NewPassword | Asks::Nothing => &self.path,
        }
    }

    fn title(&self) -> &'static str {
        match self.asks {
            Asks::SignIn => "登录已过期，请重新登录",
            Asks::Code => "两步验证",
            Asks::NewPassword => "请先更改密码",
            Asks::Nothing => "继续提交",
        }
    }
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
    let had_file = posted.file.is_some();
    show(StatusCode::UNAUTHORIZED, path, (fields(posted), had_file), (Asks::SignIn, String::new()), "")
}

/// The same after a sign-in that failed.
pub(crate) fn once_more(path: &str, posted: &Posted, problem: &'static str) -> Response {
    show(StatusCode::UNPROCESSABLE_ENTITY, path, kept(posted), (Asks::SignIn, String::new()), problem)
}

/// Asks for the code of the second factor again.
pub(crate) fn code_again(path: &str, posted: &Posted, csrf: String) -> Response {
    let problem = "验证码不对或已经用过。您填写的内容仍保留在这一页";
    show(StatusCode::UNPROCESSABLE_ENTITY, path, kept(posted), (Asks::Code, csrf), problem)
}

/// What was typed, once more, to be sent by the person who is signed in now.
pub(crate) fn again(path: &str, posted: &Posted, viewer: &Viewer) -> Response {
    let had_file = posted.file.is_some();
    show(StatusCode::CONFLICT, path, (fields(posted), had_file), (Asks::Nothing, viewer.csrf.clone()), "")
}

/// What was typed before signing in, to be sent now, or after what is still asked for.
pub(crate) fn go_on(path: &str, posted: &Posted, csrf: String, stage: Stage) -> Response {
    let asks = match stage {
        Stage::Full => Asks::Nothing,
        Stage::SecondFactor => Asks::Code,
        Stage::NewPassword => Asks::NewPassword,
    };
    show(StatusCode::OK, path, kept(posted), (asks, csrf), "")
}

/// The fields that the sign-in page carried along, and whether a file was among what was sent.
fn kept(posted: &Posted) -> (Vec<(String, String)>, bool) {
    let fields = posted
        .fields
        .iter()
        .filter_map(|(name, values)| name.strip_prefix("kept.").map(|name| (name, values)))
        .flat_map(|(name, values)| values.iter().map(move |value| (name.to_owned(), value.clone())))
        .collect();
    (fields, !posted.get("had_file").is_empty())
}

fn show(
    status: StatusCode,
    path: &str,
    (fields, had_file): (Vec<(String, String)>, bool),
    (asks, csrf): (Asks, String),
    problem: &'static str,
) -> Response {
    let version = crate::assets::VERSION;
    let page = ResumePage { path: path.to_owned(), fields, had_file, asks, csrf, problem, version };
    (status, Html(page.render().unwrap_or_default())).into_response()
}
