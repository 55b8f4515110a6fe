//! 政府信息公开指南 of an agency.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use gongkai_service::platform::Guide;

use super::home::find;
use super::kept::kept;
use super::shell::{Shell, is_large};
use crate::failure::Failure;
use crate::state::Web;

#[derive(Template)]
#[template(path = "portal/guide.html")]
struct GuidePage {
    shell: Shell,
    guide: Guide,
    written: bool,
}

/// The guide.
pub(crate) async fn page(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let since = web.services.generation();
    let directory = web.services.directory();
    let one = find(&directory, &code)?.clone();
    let large = is_large(&headers);
    let here = format!("/agencies/{}/guide", one.code);
    kept(&web, &headers, since, format!("{here} {large}"), async {
        let guide = web.services.guide(one.id).await?;
        let shell = Shell::new(&directory, Some(&one), large, &here, "guide");
        let written = !guide.reviewed_on.is_empty();
        Ok(GuidePage { shell, guide, written }.render()?)
    })
    .await
}
