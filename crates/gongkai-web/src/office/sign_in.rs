//! Signing in and out, the second factor, the first set-up, links for a first password.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_service::platform::{Fault, SetUp, Stage, Viewer, now};
use serde::Deserialize;

use super::frame::Problems;
use super::resume;
use crate::assets;
use crate::failure::{self, Failure};
use crate::guard::COOKIE;
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/login.html")]
struct LoginPage {
    site: String,
    version: &'static str,
    next: String,
    login: String,
    problems: Problems,
    done: &'static str,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Next {
    next: String,
    done: String,
}

/// Only into the office.
fn inside(next: &str) -> String {
    let fits = next.starts_with("/office") && !next.contains(['\\', '\r', '\n']) && !next.starts_with("/office/log");
    if fits { next.to_owned() } else { "/office".to_owned() }
}

fn session_cookie(web: &Web, secret: &str, seconds: u32) -> Option<HeaderValue> {
    let secure = if web.settings.secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{COOKIE}={secret}; Path=/office; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"
    ))
    .ok()
}

/// The page to sign in.
pub(crate) async fn page(State(web): State<Web>, Query(query): Query<Next>) -> Result<Response, Failure> {
    let done = match query.done.as_str() {
        "set" => "密码已设置，请登录",
        "out" => "已退出",
        _ => "",
    };
    let site = web.services.directory().site_name();
    let view = LoginPage {
        site,
        version: assets::VERSION,
        next: inside(&query.next),
        login: String::new(),
        problems: Problems::default(),
        done,
    };
    Ok(Html(view.render()?).into_response())
}

/// Signs in.
pub(crate) async fn post(State(web): State<Web>, headers: HeaderMap, posted: Posted) -> Result<Response, Failure> {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let resumed = posted.get("resume").to_owned();
    let signed = web.services.sign_in(now(), posted.get("login"), posted.get("password").to_owned(), agent).await;
    let signed = match signed {
        Ok(signed) => signed,
        Err(_wrong) if resumed.starts_with("/office/") => {
            return Ok(resume::once_more(&resumed, &posted, "登录名或密码不对。您填写的内容仍保留在这一页"));
        }
        Err(fault) => {
            let status = failure::status(&fault);
            let view = LoginPage {
                site: web.services.directory().site_name(),
                version: assets::VERSION,
                next: inside(posted.get("next")),
                login: posted.get("login").to_owned(),
                problems: Problems::of(fault)?,
                done: "",
            };
            return Ok((status, Html(view.render()?)).into_response());
        }
    };
    let next = match signed.stage {
        Stage::Full => inside(posted.get("next")),
        Stage::SecondFactor => "/office/code".to_owned(),
        Stage::NewPassword => "/office/password".to_owned(),
    };
    let mut response = if resumed.starts_with("/office/") {
        let viewer = web.services.viewer(now(), &signed.secret).await?;
        let csrf = viewer.map(|viewer| viewer.csrf).unwrap_or_default();
        resume::go_on(&resumed, &posted, csrf, signed.stage)
    } else {
        Redirect::to(&next).into_response()
    };
    if let Some(cookie) = session_cookie(&web, &signed.secret, 12 * 3600) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Signs out.
pub(crate) async fn out(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    _posted: Posted,
) -> Result<Response, Failure> {
    web.services.sign_out(now(), &viewer).await?;
    let mut response = Redirect::to("/office/login?done=out").into_response();
    if let Some(cookie) = session_cookie(&web, "", 0) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "office/code.html")]
struct CodePage {
    version: &'static str,
    csrf: String,
    problems: Problems,
}

/// The page for the code of the second factor.
pub(crate) async fn code_page(Extension(viewer): Extension<Viewer>) -> Result<Response, Failure> {
    if viewer.stage != Stage::SecondFactor {
        return Ok(Redirect::to("/office").into_response());
    }
    Ok(Html(CodePage { version: assets::VERSION, csrf: viewer.csrf, problems: Problems::default() }.render()?)
        .into_response())
}

/// Gives the code.
pub(crate) async fn code(State(web): State<Web>, headers: HeaderMap, posted: Posted) -> Result<Response, Failure> {
    // The address is limited like a sign-in, so the guard has not looked for the session.
    let viewer = match crate::guard::cookie(&headers, COOKIE) {
        Some(secret) => web.services.viewer(now(), secret).await?,
        None => None,
    };
    let Some(viewer) = viewer.filter(|viewer| viewer.stage == Stage::SecondFactor && viewer.csrf == posted.get("csrf"))
    else {
        return Ok(Redirect::to("/office/login").into_response());
    };
    let resumed = posted.get("resume").to_owned();
    let outcome = web.services.second_factor(now(), &viewer, posted.get("code")).await;
    if resumed.starts_with("/office/") {
        return Ok(match outcome {
            Ok(stage) => resume::go_on(&resumed, &posted, viewer.csrf, stage),
            // After too many wrong codes the session is over, and the name is asked for again.
            Err(_wrong) => match web.services.viewer_of(now(), &viewer).await? {
                Some(viewer) => resume::code_again(&resumed, &posted, viewer.csrf),
                None => resume::once_more(&resumed, &posted, "请重新登录。您填写的内容仍保留在这一页"),
            },
        });
    }
    match outcome {
        Ok(Stage::NewPassword) => Ok(Redirect::to("/office/password").into_response()),
        Ok(_) => Ok(Redirect::to("/office").into_response()),
        Err(fault) => {
            let status = failure::status(&fault);
            let view = CodePage { version: assets::VERSION, csrf: viewer.csrf, problems: Problems::of(fault)? };
            Ok((status, Html(view.render()?)).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "office/setup.html")]
struct SetupPage {
    version: &'static str,
    secret: String,
    /// Whose password it is; empty for the first set-up.
    person: String,
    input: SetUp,
    problems: Problems,
}

/// The page behind a link that works once.
pub(crate) async fn setup_page(State(web): State<Web>, Path(secret): Path<String>) -> Result<Response, Failure> {
    let person = web.services.look_at_link(&secret, now()).await?;
    let view =
        SetupPage { version: assets::VERSION, secret, person, input: SetUp::default(), problems: Problems::default() };
    Ok(Html(view.render()?).into_response())
}

/// Uses the link.
pub(crate) async fn setup(
    State(web): State<Web>,
    Path(secret): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let person = web.services.look_at_link(&secret, now()).await?;
    let input = SetUp {
        office: posted.get("office").to_owned(),
        code: posted.get("code").to_owned(),
        name: posted.get("name").to_owned(),
        login: posted.get("login").to_owned(),
        password: posted.get("password").to_owned(),
    };
    let again = posted.get("again") == input.password;
    let outcome = if !again {
        Err(Fault::field("again", "两次输入的密码不一样"))
    } else if person.is_empty() {
        web.services.set_up(now(), &secret, input.clone()).await
    } else {
        web.services.set_password_by_link(now(), &secret, input.password.clone()).await
    };
    match outcome {
        Ok(()) => Ok(Redirect::to("/office/login?done=set").into_response()),
        Err(fault) => {
            let problems = Problems::of(fault)?;
            let view = SetupPage { version: assets::VERSION, secret, person, input, problems };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(view.render()?)).into_response())
        }
    }
}
