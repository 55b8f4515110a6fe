//! The reading page of an item, its files, the notice where one was withdrawn.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_model::ids::PublicationId;
use gongkai_model::publication::catalog;
use gongkai_service::platform::{Fault, ItemPage, written_date, written_moment, written_publication};

use super::kept::{found, kept};
use super::shell::{Shell, is_large};
use crate::failure::Failure;
use crate::office::resume::encode;
use crate::state::Web;

#[derive(Template)]
#[template(path = "portal/item.html")]
struct ReadingPage {
    shell: Shell,
    item: ItemPage,
    id: String,
    leaf: &'static str,
    crumbs: Vec<(String, &'static str)>,
    genre: &'static str,
    validity: &'static str,
    formed: String,
    first: String,
    updated: String,
    effective: String,
    repealed: String,
    history: Vec<(i32, String, String, String)>,
}

#[derive(Template)]
#[template(path = "portal/tombstone.html")]
struct TombstonePage {
    shell: Shell,
    index_no: String,
    agency: String,
    withdrawn: String,
    reason: String,
}

/// The reading page.
pub(crate) async fn page(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PublicationId = id.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))?;
    let large = is_large(&headers);
    let since = web.services.generation();
    let directory = web.services.directory();
    let key = format!("/items/{id} {large}");
    // A withdrawn item is not kept: it has another status.
    if let Some(page) = found(&web, &headers, since, &key) {
        return Ok(page);
    }
    match web.services.item(id).await? {
        Err(tombstone) => {
            let agency = directory.get(tombstone.agency);
            let page = TombstonePage {
                shell: Shell::new(&directory, agency, large, &format!("/items/{id}"), ""),
                index_no: tombstone.index_no,
                agency: agency.map(|one| one.name.clone()).unwrap_or_default(),
                withdrawn: written_moment(tombstone.withdrawn_at),
                reason: tombstone.reason,
            };
            Ok((StatusCode::GONE, Html(page.render()?)).into_response())
        }
        Ok(item) => {
            kept(&web, &headers, since, key, async move {
                let metadata = &item.record.metadata;
                let agency = directory.get(item.record.agency);
                let day = |day: Option<jiff::civil::Date>| day.map(written_date).unwrap_or_default();
                let view = ReadingPage {
                    shell: Shell::new(
                        &directory,
                        agency,
                        large,
                        &format!("/items/{id}"),
                        column(&metadata.catalog_node),
                    ),
                    id: id.to_string(),
                    leaf: catalog::find(&metadata.catalog_node).map_or("", |(_, leaf)| leaf.label),
                    crumbs: crumbs(&item.agency_code, &metadata.catalog_node),
                    genre: metadata.genre.label(),
                    validity: metadata.validity.map_or("", gongkai_model::publication::Validity::label),
                    formed: written_date(metadata.formed_on),
                    first: written_publication(item.first_published_at),
                    updated: if item.record.number > 1 {
                        item.record.published_at.map(written_publication).unwrap_or_default()
                    } else {
                        String::new()
                    },
                    effective: day(item.record.extras.effective_on),
                    repealed: day(item.record.extras.repealed_on),
                    history: item
                        .history
                        .iter()
                        .map(|one| {
                            let gone = one.withdrawn.as_ref();
                            let gone = gone.map(|(at, why)| format!("{}撤下：{why}", written_moment(*at)));
                            (one.number, written_publication(one.at), one.note.clone(), gone.unwrap_or_default())
                        })
                        .collect(),
                    item,
                };
                Ok(view.render()?)
            })
            .await
        }
    }
}

/// The column of a leaf.
fn column(node: &str) -> &'static str {
    match node {
        catalog::RULES => "rules",
        catalog::ANNUAL_REPORTS => "reports",
        _ => "content",
    }
}

/// Where an item stands: its column, and within the statutory content its leaf.
fn crumbs(agency: &str, node: &str) -> Vec<(String, &'static str)> {
    let base = format!("/agencies/{agency}");
    match catalog::find(node) {
        Some((_, leaf)) if leaf.code == catalog::RULES => vec![(format!("{base}/rules"), "政府信息公开制度")],
        Some((_, leaf)) if leaf.code == catalog::ANNUAL_REPORTS => {
            vec![(format!("{base}/reports"), "政府信息公开年报")]
        }
        Some((_, leaf)) => {
            vec![(format!("{base}/content"), "法定主动公开内容"), (format!("{base}/content/{}", leaf.code), leaf.label)]
        }
        None => vec![(format!("{base}/content"), "法定主动公开内容")],
    }
}

#[derive(Template)]
#[template(path = "portal/record.html")]
struct RecordPage {
    shell: Shell,
    id: String,
    title: String,
    index_no: String,
    content: String,
    /// What was done, in which role, when, and the number of the record.
    steps: Vec<(String, String, String, u64)>,
}

/// How an item became public, for people; the data beside it are for programs.
pub(crate) async fn record(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: PublicationId = id.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))?;
    let large = is_large(&headers);
    let since = web.services.generation();
    let directory = web.services.directory();
    kept(&web, &headers, since, format!("/items/{id}/record {large}"), async {
        let Ok(item) = web.services.item(id).await? else { return Err(Failure::Fault(Fault::NotFound)) };
        let agency = directory.get(item.record.agency);
        let steps = web.services.public_record(item.record.id).await?;
        let page = RecordPage {
            shell: Shell::new(
                &directory,
                agency,
                large,
                &format!("/items/{id}/record"),
                column(&item.record.metadata.catalog_node),
            ),
            id: id.to_string(),
            title: item.record.metadata.title.clone(),
            index_no: item.index_no.clone(),
            content: item.record.edition.content.clone(),
            steps: steps.into_iter().map(|one| (one.what, one.role, written_moment(one.at), one.sequence)).collect(),
        };
        Ok(page.render()?)
    })
    .await
}

/// The item of an index number, by its two parts.
pub(crate) async fn by_index(
    State(web): State<Web>,
    Path((code, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id = web.services.item_by_index(&format!("{code}/{number}")).await?;
    Ok(Redirect::temporary(&format!("/items/{id}")).into_response())
}

/// A file to be saved under a name.
pub(crate) fn download(name: &str, media: &str, bytes: Vec<u8>, inline: bool) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let kind = if inline { "inline" } else { "attachment" };
    let disposition = format!("{kind}; filename*=UTF-8''{}", encode(name));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(media).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    // Whatever it is, it runs nothing here.
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// An item as Word, PDF or data.
pub(crate) async fn file(
    State(web): State<Web>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id: PublicationId = id.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))?;
    if name == "data.json" {
        let value = web.services.item_json(id).await?;
        return Ok(axum::Json(value).into_response());
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let Some((title, bytes)) = web.services.item_file(id, ending).await? else {
        return Err(Failure::Fault(Fault::NotFound));
    };
    let media = match ending {
        "pdf" => "application/pdf",
        _ => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    };
    Ok(download(&format!("{title}.{ending}"), media, bytes, false))
}

/// A file beside an item.
pub(crate) async fn attachment(
    State(web): State<Web>,
    Path((id, _name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))?;
    let (file, bytes, _agency) = web.services.public_file(id).await?;
    let picture = file.media.starts_with("image/");
    Ok(download(&file.name, &file.media, bytes, picture))
}
