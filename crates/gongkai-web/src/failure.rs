//! What a person sees when something did not happen.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::Fault;

/// A failure as a page.
#[derive(Debug)]
pub(crate) enum Failure {
    /// From an act.
    Fault(Fault),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::Fault(Fault::Failed(error.to_string()))
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    title: &'a str,
    message: &'a str,
    back: &'a str,
    back_label: &'a str,
}

/// The status of a fault.
pub(crate) fn status(fault: &Fault) -> StatusCode {
    match fault {
        Fault::Refused(_) | Fault::Conflict => StatusCode::CONFLICT,
        Fault::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Fault::NotFound => StatusCode::NOT_FOUND,
        Fault::Forbidden => StatusCode::FORBIDDEN,
        Fault::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
        Fault::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What is told of a fault: of what went wrong inside the program nothing but that.
pub(crate) fn told(fault: &Fault) -> String {
    match fault {
        Fault::Failed(_) => "程序内部出错，没有办成。请稍后再试；仍不行请联系系统管理员。".to_owned(),
        other => other.to_string(),
    }
}

/// The same for a program or a person, by the address that was asked.
pub(crate) fn answer(path: &str, status: StatusCode, message: &str, back: &str) -> Response {
    if path.starts_with("/api/") { crate::api::refusal(status, message, &[]) } else { page(status, message, back) }
}

/// A page that says what went wrong and where to go.
pub(crate) fn page(status: StatusCode, message: &str, back: &str) -> Response {
    let title = match status {
        StatusCode::NOT_FOUND => "没有找到这一页",
        StatusCode::FORBIDDEN => "不能打开这一页",
        StatusCode::TOO_MANY_REQUESTS => "请求过于频繁",
        StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => "没有办成",
        StatusCode::PAYLOAD_TOO_LARGE => "文件太大",
        _ => "出了问题",
    };
    let back_label = if back.starts_with("/office") { "回到工作台" } else { "回到首页" };
    let body = FailurePage { title, message, back, back_label }.render().unwrap_or_else(|_error| title.to_owned());
    let mut response = (status, Html(body)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Fault(fault) => {
                if let Fault::Failed(why) = &fault {
                    tracing::error!(why, "页面没有完成");
                }
                let message = match &fault {
                    Fault::NotFound => "网址可能写错了，或者内容已经移走。可以回到首页，用检索查找。".to_owned(),
                    other => told(other),
                };
                page(status(&fault), &message, "/")
            }
        }
    }
}
