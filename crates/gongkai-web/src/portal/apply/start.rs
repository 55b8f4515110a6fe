//! Before the first question: which organ, which other ways there are, a draft that is already there.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_service::platform::{AgencySettings, Fault, now};

use super::{opened, with_key};
use crate::failure::Failure;
use crate::portal::home::find;
use crate::portal::shell::{Shell, agencies, is_large};
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "portal/apply_all.html")]
struct AllPage {
    shell: Shell,
    agencies: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "portal/apply_start.html")]
struct StartPage {
    shell: Shell,
    code: String,
    name: String,
    settings: AgencySettings,
    /// What was asked for in the draft that is there; none where there is none.
    draft: Option<String>,
    /// Whether it was sent.
    sent: bool,
}

/// The organs to which one can apply.
pub(crate) async fn all(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let shell = Shell::new(&directory, None, is_large(&headers), "/apply", "apply");
    Ok(Html(AllPage { shell, agencies: agencies(&directory) }.render()?).into_response())
}

/// The page before the first question.
pub(crate) async fn start(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let one = find(&directory, &code)?;
    let shell =
        Shell::new(&directory, Some(one), is_large(&headers), &format!("/agencies/{}/apply", one.code), "apply");
    let (mut draft, mut sent) = (None, false);
    if let Some((id, key)) = opened(&headers)
        && let Ok(view) = web.services.draft_of(id, &key).await
        && view.agency == one.id
    {
        sent = !view.code.is_empty();
        draft = Some(view.form.wanted_line());
    }
    let page = StartPage {
        shell,
        code: one.code.clone(),
        name: one.name.clone(),
        settings: one.settings.clone(),
        draft,
        sent,
    };
    Ok(Html(page.render()?).into_response())
}

/// Begins a draft, in the place of one that is there.
pub(crate) async fn begin(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
    _posted: Posted,
) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let one = find(&directory, &code)?;
    if one.is_closed {
        return Err(Failure::Fault(Fault::NotFound));
    }
    forget(&web, &headers).await?;
    let (id, key) = web.services.begin_draft(now(), one.id).await?;
    web.services.count_on_page(now(), one.id, "begun").await?;
    let to = Redirect::to(&format!("/agencies/{}/apply/what", one.code)).into_response();
    Ok(with_key(to, &one.code, Some((id, &key)), web.settings.secure))
}

/// Throws away the draft of this browser.
async fn forget(web: &Web, headers: &HeaderMap) -> Result<(), Failure> {
    if let Some((id, key)) = opened(headers) {
        match web.services.drop_draft(now(), id, &key).await {
            Ok(()) | Err(Fault::NotFound) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(())
}

/// Throws the draft away.
pub(crate) async fn drop_draft(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
    _posted: Posted,
) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let one = find(&directory, &code)?;
    forget(&web, &headers).await?;
    let to = Redirect::to(&format!("/agencies/{}/apply", one.code)).into_response();
    Ok(with_key(to, &one.code, None, web.settings.secure))
}
