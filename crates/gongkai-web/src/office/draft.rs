//! Drafting: a new publication, the form, the files.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_model::ids::{EditionId, PublicationId};
use gongkai_model::publication::{Attribute, Channel, Genre, Ground, Validity, catalog};
use gongkai_service::platform::{Difference, DraftInput, EditionView, Fault, NewDraft, Upload, Viewer, now};
use uuid::Uuid;

use super::frame::{Done, Frame, Problems, go};
use super::merge;
use crate::assets;
use crate::failure::{self, Failure};
use crate::portal::item::download;
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/new.html")]
struct NewPage {
    frame: Frame,
    id: String,
    text: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "office/edit.html")]
struct EditPage {
    frame: Frame,
    id: String,
    version: i32,
    number: i32,
    input: DraftInput,
    view: EditionView,
    problems: Problems,
    /// What the fields held when the form was opened.
    was: String,
    /// Where somebody else has saved meanwhile: how their text differs from what was typed.
    differences: Vec<Difference>,
    branches: Vec<&'static catalog::Branch>,
    genres: Vec<(&'static str, &'static str)>,
    attributes: Vec<(&'static str, &'static str)>,
    validities: Vec<(&'static str, &'static str)>,
    grounds: Vec<(&'static str, &'static str)>,
    /// The channels beside the website.
    channels: Vec<(&'static str, &'static str)>,
    themes: [&'static str; 22],
    has_editor: bool,
}

impl EditPage {
    fn appears_in(&self, channel: &&str) -> bool {
        self.input.channels.split(';').any(|one| one == *channel)
    }
}

/// The identity in an address.
pub(crate) fn edition_id(text: &str) -> Result<EditionId, Failure> {
    text.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))
}

/// The page for a new publication.
pub(crate) async fn new_page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
) -> Result<Response, Failure> {
    let page = NewPage {
        frame: Frame::new(&web, &viewer, "items"),
        id: Uuid::now_v7().to_string(),
        text: String::new(),
        problems: Problems::default(),
    };
    Ok(Html(page.render()?).into_response())
}

/// Begins a publication.
pub(crate) async fn create(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id: PublicationId = posted.get("id").parse().unwrap_or_else(|_not_an_id| PublicationId(Uuid::now_v7()));
    let text = posted.get("text").to_owned();
    let new = match posted.file {
        Some(file) => NewDraft::File(Upload { name: file.name, bytes: file.bytes }),
        None => NewDraft::Text(text.clone()),
    };
    match web.services.create(now(), &viewer.actor, id, new).await {
        Ok(edition) => {
            let apart = web.services.view(now(), &viewer.actor, edition).await?.record.secret_mark;
            Ok(if apart {
                go(&format!("/office/editions/{edition}"), "stopped")
            } else {
                go(&format!("/office/editions/{edition}/edit"), "created")
            })
        }
        Err(fault) => {
            let status = failure::status(&fault);
            let problems = Problems::of(fault)?;
            let page = NewPage { frame: Frame::new(&web, &viewer, "items"), id: id.to_string(), text, problems };
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

fn form(
    web: &Web,
    viewer: &Viewer,
    view: EditionView,
    input: DraftInput,
    version: i32,
    problems: Problems,
) -> EditPage {
    let directory = web.services.directory();
    let turned_on = directory.get(view.record.agency).map(|one| one.settings.branches.clone()).unwrap_or_default();
    let now = DraftInput::of(&view.record, view.explains.as_ref().map(|(index, _)| index.as_str()));
    EditPage {
        was: merge::marks(&now),
        frame: Frame::new(web, viewer, "items"),
        id: view.record.id.to_string(),
        version,
        number: view.record.number,
        problems,
        differences: Vec::new(),
        branches: catalog::BRANCHES
            .iter()
            .filter(|branch| {
                !branch.optional
                    || turned_on.iter().any(|code| code == branch.code)
                    || branch.leaves.iter().any(|leaf| leaf.code == input.catalog_node)
            })
            .collect(),
        genres: Genre::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        attributes: Attribute::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        validities: Validity::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        grounds: Ground::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        channels: Channel::ALL
            .iter()
            .filter(|one| **one != Channel::Website)
            .map(|one| (one.code(), one.label()))
            .collect(),
        themes: catalog::THEMES,
        input,
        view,
        has_editor: assets::has_editor(),
    }
}

/// The form of a draft.
pub(crate) async fn edit_page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let view = web.services.view(now(), &viewer.actor, edition_id(&id)?).await?;
    if !view.may_edit {
        return Ok(Redirect::to(&format!("/office/editions/{id}")).into_response());
    }
    let input = DraftInput::of(&view.record, view.explains.as_ref().map(|(index, _)| index.as_str()));
    let version = view.record.version;
    let mut page = form(&web, &viewer, view, input, version, Problems::default());
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

fn typed(posted: &Posted) -> DraftInput {
    let get = |name: &str| posted.get(name).to_owned();
    DraftInput {
        title: get("title"),
        doc_no: get("doc_no"),
        formed_on: get("formed_on"),
        theme: get("theme"),
        genre: get("genre"),
        catalog_node: get("catalog_node"),
        attribute: get("attribute"),
        attribute_reason: get("attribute_reason"),
        ground: get("ground"),
        channels: posted.all("channels").join(";"),
        counts_from: get("counts_from"),
        validity: get("validity"),
        summary: get("summary"),
        keywords: get("keywords"),
        change_note: get("change_note"),
        review_by: get("review_by"),
        effective_on: get("effective_on"),
        repealed_on: get("repealed_on"),
        explains: get("explains"),
        body: get("body"),
    }
}

/// Saves a draft. Whoever comes second is shown the difference, and keeps what was typed.
pub(crate) async fn save(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let edition = edition_id(&id)?;
    let input = typed(&posted);
    match web.services.save(now(), &viewer.actor, edition, posted.number("version"), &input).await {
        Ok(_version) => {
            let apart = web.services.view(now(), &viewer.actor, edition).await?.record.secret_mark;
            Ok(go(&format!("/office/editions/{id}"), if apart { "stopped" } else { "saved" }))
        }
        Err(fault) => {
            let conflict = matches!(fault, Fault::Conflict);
            let status = failure::status(&fault);
            let view = web.services.view(now(), &viewer.actor, edition).await?;
            // After a conflict the next save is meant: it goes over what the person has now seen.
            let version = if conflict { view.record.version } else { posted.number("version") };
            let theirs = DraftInput::of(&view.record, view.explains.as_ref().map(|(index, _)| index.as_str()));
            let problems = Problems::of(fault)?;
            let was = posted.get("was").to_owned();
            let input = if conflict { merge::merged(&input, &was, &theirs) } else { input };
            let mut page = form(&web, &viewer, view, input, version, problems);
            if conflict {
                page.differences = web.services.differences(&theirs.told(), &page.input.told());
            } else {
                page.was = was;
            }
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// A file, for the office.
pub(crate) async fn file(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path((id, _name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let id = id.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))?;
    let (file, bytes) = web.services.office_file(&viewer.actor, id).await?;
    let response = download(&file.name, &file.media, bytes, false);
    if response.status() == StatusCode::OK { Ok(response) } else { Err(Failure::Fault(Fault::NotFound)) }
}
