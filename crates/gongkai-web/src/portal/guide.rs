//! 政府信息公开指南 of an agency.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use gongkai_model::org::UnitKind;
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

#[derive(Template)]
#[template(path = "portal/guides.html")]
struct GuidesPage {
    shell: Shell,
    /// The government's own guide, where the supervising office has written one.
    own: Option<(String, Guide)>,
    agencies: Vec<(String, String, String)>,
}

/// The guides of all agencies; that of the government first.
pub(crate) async fn all(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let since = web.services.generation();
    let directory = web.services.directory();
    let large = is_large(&headers);
    kept(&web, &headers, since, format!("/guide {large}"), async {
        let (mut own, mut list) = (None, Vec::new());
        for one in directory.open_agencies() {
            let guide = web.services.guide(one.id).await?;
            let written =
                if guide.reviewed_on.is_empty() { "正在编写".to_owned() } else { guide.reviewed_on.clone() };
            list.push((one.code.clone(), one.name.clone(), written));
            if one.kind == UnitKind::SupervisingOffice && own.is_none() && !guide.reviewed_on.is_empty() {
                own = Some((one.name.clone(), guide));
            }
        }
        let shell = Shell::new(&directory, None, large, "/guide", "guide");
        Ok(GuidesPage { shell, own, agencies: list }.render()?)
    })
    .await
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
