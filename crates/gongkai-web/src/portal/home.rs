//! The first pages: of the site, of an agency; the map of the site; the display.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use gongkai_model::publication::catalog;
use gongkai_service::platform::{Agency, Fault, ItemSummary};
use serde::Deserialize;

use super::kept::kept;
use super::shell::{Shell, agencies, former, is_large};
use crate::failure::{self, Failure};
use crate::state::Web;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    shell: Shell,
    items: Vec<ItemSummary>,
    total: u64,
    agencies: Vec<(String, String, bool)>,
    former: Vec<(String, String, String)>,
    reports: Vec<ItemSummary>,
    common: Vec<(&'static str, &'static str)>,
    contact: Option<Contact>,
}

struct Contact {
    name: String,
    address: String,
    hours: String,
    phone: String,
}

/// Leaves that people ask for most, where they hold something.
const COMMON: [&str; 8] = ["A15-1", "A07-1", "A07-2", "A02-1", "A01-2", "A15-7", "A05-2", "A01-3"];

/// The first page of the site.
pub(crate) async fn site(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let large = is_large(&headers);
    kept(&web, &headers, web.services.generation(), format!("/ {large}"), home(&web, None, large)).await
}

/// The first page of an agency.
pub(crate) async fn agency(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let since = web.services.generation();
    let directory = web.services.directory();
    let one = find(&directory, &code)?.clone();
    let large = is_large(&headers);
    kept(&web, &headers, since, format!("/agencies/{} {large}", one.code), home(&web, Some(one), large)).await
}

/// The agency of a code in an address.
pub(crate) fn find<'a>(directory: &'a gongkai_service::platform::Directory, code: &str) -> Result<&'a Agency, Failure> {
    directory
        .by_code(code)
        .filter(|one| one.kind != gongkai_model::org::UnitKind::Section)
        .ok_or(Failure::Fault(Fault::NotFound))
}

async fn home(web: &Web, agency: Option<Agency>, large: bool) -> Result<String, Failure> {
    let directory = web.services.directory();
    let id = agency.as_ref().map(|one| one.id);
    let items = web.services.list(id, None, "", 12).await?.items;
    let reports = web.services.list(id, Some(catalog::ANNUAL_REPORTS), "", 6).await?.items;
    let counts = web.services.counts().await?;
    let common = COMMON
        .iter()
        .filter(|code| counts.leaf(id, code) > 0)
        .filter_map(|code| catalog::find(code).map(|(_, leaf)| (leaf.code, leaf.label)))
        .take(5)
        .collect();
    let here = agency.as_ref().map_or_else(|| "/".to_owned(), |one| format!("/agencies/{}", one.code));
    let contact = agency.as_ref().filter(|one| !one.settings.phone.is_empty()).map(|one| Contact {
        name: one.name.clone(),
        address: one.settings.address.clone(),
        hours: one.settings.hours.clone(),
        phone: one.settings.phone.clone(),
    });
    let page = HomePage {
        shell: Shell::new(&directory, agency.as_ref(), large, &here, "home"),
        items,
        total: counts.total(id),
        agencies: if agency.is_none() { agencies(&directory) } else { Vec::new() },
        former: if agency.is_none() { former(&directory) } else { Vec::new() },
        reports,
        common,
        contact,
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "portal/map.html")]
struct MapPage {
    shell: Shell,
    agencies: Vec<(String, String, bool)>,
    branches: &'static [catalog::Branch],
}

/// 站点地图.
pub(crate) async fn map(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    let large = is_large(&headers);
    let since = web.services.generation();
    let directory = web.services.directory();
    kept(&web, &headers, since, format!("/sitemap {large}"), async {
        let shell = Shell::new(&directory, None, large, "/sitemap", "map");
        Ok(MapPage { shell, agencies: agencies(&directory), branches: catalog::BRANCHES }.render()?)
    })
    .await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Display {
    #[serde(default)]
    size: String,
    #[serde(default)]
    back: String,
}

/// 长者模式 on or off; back to where the reader was.
pub(crate) async fn display(Query(asked): Query<Display>) -> Response {
    let value = if asked.size == "large" { "large" } else { "normal" };
    // Only back into this site.
    let inside =
        asked.back.starts_with('/') && !asked.back.starts_with("//") && !asked.back.contains(['\\', '\r', '\n']);
    let back = if inside { asked.back.as_str() } else { "/" };
    let mut response = Redirect::to(back).into_response();
    let cookie = format!("display={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// What no address leads to.
pub(crate) async fn missing(uri: axum::http::Uri) -> Response {
    if uri.path().starts_with("/api/") {
        let message = "没有这个接口，或不支持这种请求方法。见 /api/openapi.json";
        return crate::api::refusal(StatusCode::NOT_FOUND, message, &[]);
    }
    failure::page(StatusCode::NOT_FOUND, "网址可能写错了，或者内容已经移走。可以回到首页，用检索查找。", "/")
}
