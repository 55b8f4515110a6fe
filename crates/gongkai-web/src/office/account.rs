//! The own account: password, second factor, sessions, tokens.

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use gongkai_service::platform::{Scope, Stage, Viewer, now, written_moment};

use super::frame::{Done, Frame, Problems, go};
use crate::failure::Failure;
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/account.html")]
struct AccountPage {
    frame: Frame,
    login: String,
    has_totp: bool,
    totp_secret: String,
    totp_picture: String,
    sessions: Vec<(String, String, String, bool)>,
    tokens: Vec<(String, String, String, String, &'static str)>,
    scopes: Vec<(&'static str, &'static str)>,
    new_token: String,
    /// Where reminders go.
    mail: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "office/password.html")]
struct PasswordPage {
    frame: Frame,
    problems: Problems,
    forced: bool,
}

async fn view(
    web: &Web,
    viewer: &Viewer,
    done: &str,
    problems: Problems,
    new_token: String,
    secret: String,
) -> Result<AccountPage, Failure> {
    let sessions = web.services.sessions(viewer).await?;
    let tokens = web.services.tokens(&viewer.actor).await?;
    let moment = now();
    let totp_secret = if viewer.has_totp {
        String::new()
    } else if secret.is_empty() {
        web.services.new_second_factor()
    } else {
        secret
    };
    Ok(AccountPage {
        frame: Frame::new(web, viewer, "account").done(done),
        login: viewer.login.clone(),
        has_totp: viewer.has_totp,
        totp_picture: if totp_secret.is_empty() { String::new() } else { picture(&viewer.login, &totp_secret) },
        totp_secret,
        sessions: sessions
            .iter()
            .map(|one| {
                (
                    written_moment(one.created_at),
                    written_moment(one.seen_at),
                    one.agent.clone(),
                    one.hash == viewer.session,
                )
            })
            .collect(),
        tokens: tokens
            .iter()
            .map(|one| {
                let state = if one.revoked_at.is_some() {
                    "已作废"
                } else if one.expires_at <= moment {
                    "已过期"
                } else {
                    "有效"
                };
                let scopes = one
                    .scopes
                    .split_whitespace()
                    .filter_map(Scope::from_code)
                    .map(Scope::label)
                    .collect::<Vec<_>>()
                    .join("、");
                (one.id.to_string(), one.name.clone(), scopes, written_moment(one.expires_at), state)
            })
            .collect(),
        scopes: Scope::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        new_token,
        mail: web.services.own_mail(&viewer.actor).await?,
        problems,
    })
}

/// The secret of the second factor as a picture for a telephone.
fn picture(login: &str, secret: &str) -> String {
    let link = format!("otpauth://totp/Gongkai:{login}?secret={secret}&issuer=Gongkai");
    qrcode::QrCode::new(link.as_bytes()).map_or_else(
        |_too_long| String::new(),
        |code| {
            let drawn = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(180, 180).build();
            // The drawing stands within the page.
            drawn.split_once("?>").map_or(drawn.clone(), |(_, rest)| rest.to_owned())
        },
    )
}

/// The own account.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let page = view(&web, &viewer, &done.done, Problems::default(), String::new(), String::new()).await?;
    Ok(Html(page.render()?).into_response())
}

/// Where reminders go by mail.
pub(crate) async fn mail(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    match web.services.set_own_mail(now(), &viewer.actor, posted.get("mail")).await {
        Ok(()) => Ok(go("/office/account", "saved")),
        Err(fault) => again(&web, &viewer, fault, String::new()).await,
    }
}

async fn again(
    web: &Web,
    viewer: &Viewer,
    fault: gongkai_service::platform::Fault,
    secret: String,
) -> Result<Response, Failure> {
    let page = view(web, viewer, "", Problems::of(fault)?, String::new(), secret).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// The page for a new password.
pub(crate) async fn password_page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
) -> Result<Response, Failure> {
    if viewer.stage == Stage::SecondFactor {
        return Ok(axum::response::Redirect::to("/office/code").into_response());
    }
    let forced = viewer.stage != Stage::Full;
    Ok(Html(
        PasswordPage { frame: Frame::new(&web, &viewer, "account"), problems: Problems::default(), forced }.render()?,
    )
    .into_response())
}

/// Changes the password.
pub(crate) async fn password(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let new = posted.get("new").to_owned();
    let outcome = if posted.get("again") == new {
        web.services.change_password(now(), &viewer, posted.get("old").to_owned(), new).await
    } else {
        Err(gongkai_service::platform::Fault::field("again", "两次输入的新密码不一样"))
    };
    match outcome {
        Ok(()) => Ok(go("/office/account", "password")),
        Err(fault) => {
            let forced = viewer.stage != Stage::Full;
            let page =
                PasswordPage { frame: Frame::new(&web, &viewer, "account"), problems: Problems::of(fault)?, forced };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
    }
}

/// Turns the second factor on or off.
pub(crate) async fn totp(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (secret, password) = (posted.get("secret").to_owned(), posted.get("password").to_owned());
    let (outcome, done) = if posted.get("act") == "off" {
        (web.services.disable_second_factor(now(), &viewer, password).await, "totp_off")
    } else {
        (web.services.enable_second_factor(now(), &viewer, password, &secret, posted.get("code")).await, "totp_on")
    };
    match outcome {
        Ok(()) => Ok(go("/office/account", done)),
        Err(fault) => again(&web, &viewer, fault, secret).await,
    }
}

/// Ends the other sessions.
pub(crate) async fn sessions(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    _posted: Posted,
) -> Result<Response, Failure> {
    web.services.end_other_sessions(now(), &viewer).await?;
    Ok(go("/office/account", "sessions"))
}

/// Makes a token, or takes one back.
pub(crate) async fn tokens(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    if let Ok(id) = posted.get("revoke").parse() {
        web.services.revoke_token(now(), &viewer.actor, id).await?;
        return Ok(go("/office/account", "revoked"));
    }
    let scopes: Vec<Scope> = posted.all("scopes").iter().filter_map(|code| Scope::from_code(code)).collect();
    let days = i64::from(posted.number("days"));
    match web.services.new_token(now(), &viewer.actor, posted.get("name"), &scopes, days).await {
        Ok(token) => {
            let page = view(&web, &viewer, "", Problems::default(), token.secret, String::new()).await?;
            Ok(Html(page.render()?).into_response())
        }
        Err(fault) => again(&web, &viewer, fault, String::new()).await,
    }
}
