//! Sending an application, and its receipt.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_model::application::clock::Channel;
use gongkai_service::platform::{Fault, now, written_date};

use super::form::again;
use super::{opened, proof};
use crate::failure::{self, Failure};
use crate::guard::Client;
use crate::limit::Kind;
use crate::office::frame::Problems;
use crate::portal::home::find;
use crate::portal::shell::{Shell, is_large};
use crate::posted::Posted;
use crate::state::Web;

/// Sends the application. Where many come from one address, the browser is asked to work first; where very many, it must wait.
pub(crate) async fn send(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
    Extension(Client(address)): Extension<Client>,
    posted: Posted,
) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let one = find(&directory, &code)?;
    let go = |to: &str| Redirect::to(&format!("/agencies/{}/apply{to}", one.code)).into_response();
    let Some((id, key)) = opened(&headers) else { return Ok(go("")) };
    let draft = match web.services.open_draft(id, &key).await {
        Ok(draft) if draft.agency() != one.id => return Ok(go("")),
        Ok(draft) if draft.is_sent() => return Ok(go("/receipt")),
        Ok(draft) => draft,
        Err(Fault::NotFound) => return Ok(go("")),
        Err(fault) => return Err(fault.into()),
    };
    if draft.form().problems().is_empty() {
        let challenge = proof::challenge(&key);
        if !proof::is_answer(&challenge, posted.get("proof")) && !web.limits.allows(Kind::Unproven, address) {
            return again(&web, &headers, &code, Problems::default(), StatusCode::TOO_MANY_REQUESTS, &challenge).await;
        }
        if !web.limits.allows(Kind::Submit, address) {
            let often =
                "这个网络地址一小时内提交的申请已经很多。草稿已经保存，请过一小时再提交；急用的，可以当面提交或者邮寄";
            return refused(&web, &headers, &code, Fault::TooOften(often.to_owned())).await;
        }
    }
    match web.services.send_draft(now(), &draft).await {
        Ok(_received) => Ok(go("/receipt")),
        Err(fault) => refused(&web, &headers, &code, fault).await,
    }
}

async fn refused(web: &Web, headers: &HeaderMap, code: &str, fault: Fault) -> Result<Response, Failure> {
    let status = failure::status(&fault);
    again(web, headers, code, Problems::of(fault)?, status, "").await
}

#[derive(Template)]
#[template(path = "portal/apply_receipt.html")]
struct ReceiptPage {
    shell: Shell,
    organ: String,
    phone: String,
    code: String,
    agency_code: String,
    wanted: String,
    name: String,
    on: String,
    rule: String,
}

/// The receipt, as long as the draft is kept in this browser.
pub(crate) async fn receipt(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let one = find(&directory, &code)?;
    let away = || Redirect::to(&format!("/agencies/{}/apply", one.code)).into_response();
    let Some((id, key)) = opened(&headers) else { return Ok(away()) };
    let draft = match web.services.draft_of(id, &key).await {
        Ok(draft) if !draft.code.is_empty() => draft,
        Ok(_) | Err(Fault::NotFound) => return Ok(away()),
        Err(fault) => return Err(fault.into()),
    };
    let following = web.services.follow_application(now(), &draft.code).await?;
    let here = format!("/agencies/{}/apply/receipt", one.code);
    let page = ReceiptPage {
        shell: Shell::new(&directory, Some(one), is_large(&headers), &here, "apply"),
        organ: one.name.clone(),
        phone: one.settings.phone.clone(),
        agency_code: one.code.clone(),
        code: draft.code,
        wanted: draft.form.wanted_line(),
        name: draft.form.name,
        on: written_date(following.arrived),
        rule: Channel::Online.article().to_string(),
    };
    Ok(Html(page.render()?).into_response())
}
