//! Atom feeds, the sitemap for search engines, robots.txt.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use gongkai_service::platform::{Agency, Fault, ItemSummary};
use serde::Deserialize;

use super::home::find;
use super::kept::of_media;
use crate::failure::Failure;
use crate::state::Web;

fn xml(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn root(web: &Web, headers: &HeaderMap) -> String {
    let set = web.services.directory().site.address.trim_end_matches('/').to_owned();
    if !set.is_empty() {
        return set;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("{}://{}", if web.settings.secure { "https" } else { "http" }, xml(host))
}

fn entry(root: &str, item: &ItemSummary) -> String {
    let one = &item.row;
    format!(
        "<entry><id>urn:uuid:{}</id><title>{}</title><link href=\"{root}/items/{}\"/><updated>{}</updated><published>{}</published><author><name>{}</name></author><category term=\"{}\" label=\"{}\"/><summary>{}</summary></entry>\n",
        one.publication,
        xml(&one.title),
        one.publication,
        one.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        one.first_published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        xml(&item.agency_name),
        xml(&one.catalog_node),
        xml(item.leaf),
        xml(&one.summary),
    )
}

async fn feed(web: &Web, headers: &HeaderMap, since: u64, agency: Option<Agency>) -> Result<Response, Failure> {
    let root = root(web, headers);
    let path =
        agency.as_ref().map_or_else(|| "/feed.atom".to_owned(), |one| format!("/agencies/{}/feed.atom", one.code));
    of_media(web, headers, since, format!("{root}{path}"), "application/atom+xml; charset=utf-8", async {
        let id = agency.as_ref().map(|one| one.id);
        let items = web.services.list(id, None, "", 50).await?.items;
        let title = agency.as_ref().map_or_else(|| web.services.directory().site_name(), |one| format!("{}政府信息公开", one.name));
        let updated = items.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |one| one.row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        let entries: String = items.iter().map(|item| entry(&root, item)).collect();
        Ok(format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\"><id>{root}{path}</id><title>{}</title><link rel=\"self\" href=\"{root}{path}\"/><link href=\"{root}/\"/><updated>{updated}</updated>\n{entries}</feed>\n",
            xml(&title)
        ))
    })
    .await
}

/// The feed of all agencies.
pub(crate) async fn all(State(web): State<Web>, headers: HeaderMap) -> Result<Response, Failure> {
    feed(&web, &headers, web.services.generation(), None).await
}

/// The feed of an agency.
pub(crate) async fn agency(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let since = web.services.generation();
    let one = find(&web.services.directory(), &code)?.clone();
    feed(&web, &headers, since, Some(one)).await
}

/// How many items one map holds; the rules of site maps allow fifty thousand.
const MAPPED: usize = 20_000;

#[derive(Debug, Deserialize)]
pub(crate) struct Part {
    part: Option<String>,
}

/// For search engines: the list of maps; with `part` the columns (`pages`) or the items after a place in the list.
pub(crate) async fn sitemap(
    State(web): State<Web>,
    headers: HeaderMap,
    Query(asked): Query<Part>,
) -> Result<Response, Failure> {
    let since = web.services.generation();
    let root = root(&web, &headers);
    let part = asked.part.unwrap_or_default();
    let key = format!("{root}/sitemap.xml {part}");
    match part.as_str() {
        "" => of_media(&web, &headers, since, key, MEDIA, maps(&web, &root)).await,
        "pages" => of_media(&web, &headers, since, key, MEDIA, async { Ok(columns(&web, &root)) }).await,
        // Large and seldom asked for: not kept in memory.
        after => {
            let items =
                items(&web, &root, after.strip_prefix("items.").ok_or(Failure::Fault(Fault::NotFound))?).await?;
            Ok(([(header::CONTENT_TYPE, MEDIA)], items).into_response())
        }
    }
}

const MEDIA: &str = "application/xml; charset=utf-8";
const XML: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

async fn maps(web: &Web, root: &str) -> Result<String, Failure> {
    let mut out = format!("{XML}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    out.push_str(&format!("<sitemap><loc>{root}/sitemap.xml?part=pages</loc></sitemap>\n"));
    for start in web.services.list_starts(MAPPED).await? {
        out.push_str(&format!("<sitemap><loc>{root}/sitemap.xml?part=items.{}</loc></sitemap>\n", xml(&start)));
    }
    out.push_str("</sitemapindex>\n");
    Ok(out)
}

fn columns(web: &Web, root: &str) -> String {
    let mut out = format!("{XML}<urlset xmlns=\"{NAMESPACE}\">\n<url><loc>{root}/</loc></url>\n");
    for agency in web.services.directory().open_agencies() {
        for path in ["", "/guide", "/rules", "/content", "/reports"] {
            out.push_str(&format!("<url><loc>{root}/agencies/{}{path}</loc></url>\n", xml(&agency.code)));
        }
    }
    out.push_str("</urlset>\n");
    out
}

async fn items(web: &Web, root: &str, after: &str) -> Result<String, Failure> {
    let mut out = format!("{XML}<urlset xmlns=\"{NAMESPACE}\">\n");
    for item in web.services.list(None, None, after, MAPPED).await?.items {
        let day = item.published_on;
        out.push_str(&format!("<url><loc>{root}/items/{}</loc><lastmod>{day}</lastmod></url>\n", item.row.publication));
    }
    out.push_str("</urlset>\n");
    Ok(out)
}

/// What robots may read: all that is public.
pub(crate) async fn robots(State(web): State<Web>, headers: HeaderMap) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /office\nDisallow: /api\nDisallow: /search\nSitemap: {}/sitemap.xml\n",
        root(&web, &headers)
    );
    let mut response = text.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
