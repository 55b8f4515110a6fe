//! What a browser posts: fields and files, with the proof that the form is ours.

use std::collections::BTreeMap;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use gongkai_service::platform::{LARGEST_PUBLIC, Viewer};
use subtle::ConstantTimeEq;

use crate::failure;
use crate::office::resume;

/// A file that was posted.
#[derive(Debug, Clone)]
pub(crate) struct PostedFile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// What was posted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Posted {
    pub(crate) fields: BTreeMap<String, Vec<String>>,
    pub(crate) file: Option<PostedFile>,
}

/// The most a form without files may hold: a long text and what stands around it.
const FORM: usize = 4 << 20;
/// The most parts a form with files may have; no page has half as many.
const PARTS: usize = 1_000;
/// The most a form with a file may hold.
pub(crate) const UPLOAD: usize = 52 << 20;

impl Posted {
    /// A field; empty where it was not posted.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.fields.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values of a field.
    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// A number; 0 where it is none.
    pub(crate) fn number(&self, name: &str) -> i32 {
        self.get(name).trim().parse().unwrap_or(0)
    }
}

fn too_large() -> Response {
    failure::page(
        StatusCode::PAYLOAD_TOO_LARGE,
        "文件不能超过50 MB，文字不能超过4 MB。请压缩图片或拆分后再上传。",
        "/office",
    )
}

/// Why a form with files did not come whole.
fn unfinished(broken: &axum::extract::multipart::MultipartError) -> Response {
    if broken.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    failure::page(StatusCode::BAD_REQUEST, "上传没有完成，请检查网络后重新上传。", "/office")
}

/// Decodes `a=b&c=d`.
fn pairs(body: &str) -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for pair in body.split('&').filter(|pair| !pair.is_empty()).take(5_000) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        out.entry(decode(name)).or_default().push(decode(value));
    }
    out
}

/// Decodes `%E4%BD%A0+a`.
pub(crate) fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => out.push(b' '),
            b'%' => {
                let rest = bytes.clone();
                let digits: Vec<u8> = rest.take(2).collect();
                let value = std::str::from_utf8(&digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
                match value.filter(|_| digits.len() == 2) {
                    Some(value) => {
                        out.push(value);
                        bytes.nth(1);
                    }
                    None => out.push(b'%'),
                }
            }
            other => out.push(other),
        }
    }
    visible(&String::from_utf8_lossy(&out))
}

/// Text without the characters that no form can show.
fn visible(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\n' | '\r' | '\t') || !c.is_control()).collect()
}

/// How many forms of people who are not signed in are read at once, and how long one may take.
static STRANGERS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(16);
const STRANGER: std::time::Duration = std::time::Duration::from_mins(1);
/// How many files of applicants are read at once.
static APPLICANTS: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(6);

/// Whether a page is one of an applicant, who has no account: the guard has looked at where the request comes from.
fn is_of_applicants(path: &str) -> bool {
    path == "/track" || path.starts_with("/track/") || (path.starts_with("/agencies/") && path.contains("/apply"))
}

/// Whether an applicant sends a file there.
fn takes_files(path: &str) -> bool {
    path == "/track/act"
        || (path.starts_with("/agencies/") && (path.ends_with("/apply/files") || path.contains("/apply/papers")))
}

/// How many forms with large files are read at once; the others wait for their turn.
static LARGE: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(4);

/// A place for reading a large request; none is needed for a small one.
pub(crate) async fn place(headers: &HeaderMap) -> Option<tokio::sync::SemaphorePermit<'static>> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if length.is_none_or(|length: usize| length > FORM) { LARGE.acquire().await.ok() } else { None }
}

/// What somebody posts who is not signed in: no more than a form without files, but for the pages of applications, where one
/// file of the size of a photograph is taken at a time.
async fn read_stranger(request: Request) -> Result<Posted, Response> {
    let with_file = takes_files(request.uri().path())
        && request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|media| media.as_bytes().starts_with(b"multipart/form-data"));
    let (places, most) = if with_file { (&APPLICANTS, LARGEST_PUBLIC + FORM) } else { (&STRANGERS, FORM) };
    let Ok(_place) = places.try_acquire() else {
        return Err(failure::page(StatusCode::SERVICE_UNAVAILABLE, "现在提交的人太多，请过一分钟再试。", "/"));
    };
    match tokio::time::timeout(STRANGER, read(request, most)).await {
        Ok(read) => read,
        Err(_late) => Err(failure::page(StatusCode::REQUEST_TIMEOUT, "上传没有完成，请检查网络后重新提交。", "/")),
    }
}

/// What an officer posts.
async fn read_officer(request: Request) -> Result<Posted, Response> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let _place = place(request.headers()).await;
    if length.is_some_and(|length: usize| length > UPLOAD) {
        return Err(too_large());
    }
    read(request, UPLOAD).await
}

async fn read(request: Request, most: usize) -> Result<Posted, Response> {
    let media =
        request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned();
    if media.starts_with("multipart/form-data") {
        let mut posted = Posted::default();
        let mut parts = Multipart::from_request(request, &()).await.map_err(IntoResponse::into_response)?;
        let (mut left, mut text_left) = (most, FORM);
        for number in 0.. {
            // Empty parts cost as well.
            if number == PARTS {
                return Err(failure::page(
                    StatusCode::BAD_REQUEST,
                    "表单里的项目太多，请从页面上的表单提交。",
                    "/office",
                ));
            }
            let part = match parts.next_field().await {
                Ok(Some(part)) => part,
                Ok(None) => break,
                Err(broken) => return Err(unfinished(&broken)),
            };
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let mut bytes = Vec::new();
            let mut part = part;
            loop {
                match part.chunk().await {
                    Ok(Some(chunk)) => {
                        left = left.checked_sub(chunk.len()).ok_or_else(too_large)?;
                        if file.is_none() {
                            text_left = text_left.checked_sub(chunk.len()).ok_or_else(too_large)?;
                        }
                        bytes.extend_from_slice(&chunk);
                    }
                    Ok(None) => break,
                    Err(broken) => return Err(unfinished(&broken)),
                }
            }
            match file {
                Some(file) if !file.is_empty() => posted.file = Some(PostedFile { name: file, bytes }),
                Some(_) => {}
                None => {
                    let text = visible(&String::from_utf8_lossy(&bytes));
                    posted.fields.entry(name).or_default().push(text);
                }
            }
        }
        return Ok(posted);
    }
    if media.starts_with("application/x-www-form-urlencoded") {
        let body = to_bytes(request.into_body(), FORM).await.map_err(|error| {
            // Either it is longer than a form may be, or it did not come whole.
            let long = std::error::Error::source(&error)
                .is_some_and(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>);
            if long {
                return too_large();
            }
            failure::page(StatusCode::REQUEST_TIMEOUT, "提交没有完成，请检查网络后重新提交。", "/office")
        })?;
        return Ok(Posted { fields: pairs(&String::from_utf8_lossy(&body)), file: None });
    }
    Err(failure::page(StatusCode::UNSUPPORTED_MEDIA_TYPE, "请从页面上的表单提交。", "/office"))
}

/// A page that asks to sign in and keeps what was posted.
pub(crate) async fn keep(request: Request) -> Response {
    let path = request.uri().path().to_owned();
    match read_stranger(request).await {
        Ok(posted) => resume::page(&path, &posted),
        Err(refused) => refused,
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Response> {
        let path = request.uri().path().to_owned();
        let viewer = request.extensions().get::<Viewer>().cloned();
        let posted = if viewer.is_some() && !is_of_applicants(&path) {
            read_officer(request).await?
        } else {
            read_stranger(request).await?
        };
        // Pages before signing in carry no session's mark; the guard has looked at where the request comes from.
        if resume::is_before_sign_in(&path) || is_of_applicants(&path) {
            return Ok(posted);
        }
        let Some(viewer) = viewer else { return Err(resume::page(&path, &posted)) };
        let sent = posted.get("csrf");
        if bool::from(sent.as_bytes().ct_eq(viewer.csrf.as_bytes())) {
            Ok(posted)
        } else if sent.is_empty() {
            Err(failure::page(StatusCode::FORBIDDEN, "这个请求不是从本系统的页面发出的，没有执行。", "/office"))
        } else {
            // Another session's form: what was typed is kept, and sent again with the right mark.
            Err(resume::again(&path, &posted, &viewer))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded() {
        let fields = pairs("a=%E4%BD%A0+%41&a=2&b=%zz&c");
        assert_eq!(fields["a"], ["你 A", "2"]);
        assert_eq!(fields["b"], ["%zz"]);
        assert_eq!(fields["c"], [""]);
    }
}
