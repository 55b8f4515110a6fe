//! Writing the 公开指南, and its way through the reviews.

use std::collections::BTreeMap;

use askama::Template;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::{Attribute, catalog};
use gongkai_service::platform::{Fault, Guide, GuideProposal, Viewer, local_date, now};

use super::frame::{Done, Frame, Problems, go};
use super::opinion::{self, OpinionForm};
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/guide.html")]
struct GuidePage {
    frame: Frame,
    /// What the form shows, or what is public where the person does not write.
    guide: Guide,
    notes: Vec<(&'static str, &'static str, String)>,
    version: i32,
    problems: Problems,
    may_write: bool,
    /// What is on its way.
    proposal: Option<GuideProposal>,
    /// Who wrote and signed it.
    people: String,
    /// What it changes: label, before, after.
    changes: Vec<(String, String, String)>,
    may_sign: Option<Role>,
    opinion: OpinionForm,
    waits_for: &'static str,
    history: Vec<String>,
}

fn labelled(guide: &Guide) -> Vec<(&'static str, &str)> {
    guide.required().into_iter().chain(guide.further()).map(|(_, label, text)| (label, text)).collect()
}

/// What a proposal changes against what is public.
fn changes(now: &Guide, notes: &BTreeMap<String, String>, next: &GuideProposal) -> Vec<(String, String, String)> {
    let mut out: Vec<(String, String, String)> = labelled(now)
        .into_iter()
        .zip(labelled(&next.guide))
        .filter(|((_, old), (_, new))| old != new)
        .map(|((label, old), (_, new))| (label.to_owned(), old.to_owned(), new.to_owned()))
        .collect();
    for leaf in catalog::BRANCHES.iter().flat_map(|branch| branch.leaves) {
        let text = |notes: &BTreeMap<String, String>| notes.get(leaf.code).cloned().unwrap_or_default();
        let (old, new) = (text(notes), text(&next.notes));
        if old != new {
            out.push((format!("栏目“{}”的说明", leaf.label), old, new));
        }
    }
    out
}

async fn view(
    web: &Web,
    viewer: &Viewer,
    typed: Option<(Guide, BTreeMap<String, String>)>,
) -> Result<GuidePage, Failure> {
    let agency = viewer.actor.agency();
    let public = web.services.guide(agency).await?;
    let public_notes = web.services.directory().get(agency).map(|one| one.settings.notes.clone()).unwrap_or_default();
    let (proposal, version) = web.services.guide_proposal(agency).await?;
    let names = web.services.officer_names().await?;
    let name = |id: uuid::Uuid| names.get(&OfficerId(id)).cloned().unwrap_or_default();
    let next = proposal.as_ref().and_then(GuideProposal::next);
    let section = proposal.as_ref().and_then(|one| one.section.map(AgencyId));
    let touched = proposal.as_ref().is_some_and(|one| one.is_touched_by(viewer.actor.id()));
    let may_write = viewer.actor.may(Act::Draft, agency);
    let changes = proposal.as_ref().map(|one| changes(&public, &public_notes, one)).unwrap_or_default();
    let people = proposal.as_ref().map(|one| {
        let signed: Vec<String> = one
            .signed
            .iter()
            .map(|one| match one.standing_for {
                Some(whom) => format!("{}（代{}）", name(one.officer), name(whom)),
                None => name(one.officer),
            })
            .collect();
        let signed = if signed.is_empty() {
            "还没有人签署".to_owned()
        } else {
            format!("{}已签署", signed.join("、"))
        };
        format!("{}起草，{signed}", name(one.author))
    });
    let (guide, notes) = match (typed, &proposal) {
        (Some(typed), _) => typed,
        (None, Some(one)) if may_write => (one.guide.clone(), one.notes.clone()),
        _ => (public, public_notes),
    };
    let history = web.services.guide_history(agency).await?;
    Ok(GuidePage {
        frame: Frame::new(web, viewer, "guide"),
        notes: catalog::BRANCHES
            .iter()
            .flat_map(|branch| branch.leaves)
            .map(|leaf| (leaf.code, leaf.label, notes.get(leaf.code).cloned().unwrap_or_default()))
            .collect(),
        guide,
        version,
        problems: Problems::default(),
        may_write,
        people: people.unwrap_or_default(),
        changes,
        may_sign: next.filter(|role| viewer.actor.officer.signs(*role, section).is_some() && !touched),
        opinion: OpinionForm::default(),
        waits_for: next.map_or("", Role::label),
        proposal,
        history: history.into_iter().map(|one| one.reviewed_on).collect(),
    })
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut page = view(&web, &viewer, None).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// Proposes it.
pub(crate) async fn save(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let get = |name: &str| posted.get(name).replace("\r\n", "\n").trim().to_owned();
    let guide = Guide {
        classes: get("classes"),
        arrangement: get("arrangement"),
        access: get("access"),
        office: get("office"),
        address: get("address"),
        hours: get("hours"),
        phone: get("phone"),
        fax: get("fax"),
        online: get("online"),
        apply: get("apply"),
        flow: get("flow"),
        fees: get("fees"),
        remedy: get("remedy"),
        reviewed_on: String::new(),
    };
    let today = local_date(now());
    let notes: BTreeMap<String, String> = catalog::BRANCHES
        .iter()
        .flat_map(|branch| branch.leaves)
        .filter_map(|leaf| {
            let text = posted.get(&format!("note.{}", leaf.code)).trim();
            let dated = if text.ends_with('）') { text.to_owned() } else { format!("{text}（{today}）") };
            (!text.is_empty()).then(|| (leaf.code.to_owned(), dated.chars().take(200).collect()))
        })
        .collect();
    let outcome =
        web.services.propose_guide(now(), &viewer.actor, posted.number("version"), guide.clone(), notes.clone()).await;
    match outcome {
        Ok(()) => Ok(go("/office/guide", "proposed")),
        Err(fault) => wrong(&web, &viewer, fault, Some((guide, notes))).await,
    }
}

/// Signs it, or gives it back.
pub(crate) async fn review(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    posted: Posted,
) -> Result<Response, Failure> {
    let passed = posted.get("verdict") == "passed";
    let version = posted.number("version");
    let outcome = match opinion::decision(&posted, Attribute::Proactive) {
        Ok(decision) => web.services.sign_guide(now(), &viewer.actor, version, decision).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(()) => Ok(go("/office/guide", if passed { "passed" } else { "returned" })),
        Err(fault) => {
            let status = failure::status(&fault);
            let problems = Problems::of(fault)?;
            let mut page = view(&web, &viewer, None).await?;
            (page.problems, page.opinion) = (problems, OpinionForm::of(&posted));
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

async fn wrong(
    web: &Web,
    viewer: &Viewer,
    fault: Fault,
    typed: Option<(Guide, BTreeMap<String, String>)>,
) -> Result<Response, Failure> {
    let status = failure::status(&fault);
    let problems = Problems::of(fault)?;
    let mut page = view(web, viewer, typed).await?;
    page.problems = problems;
    Ok((status, Html(page.render()?)).into_response())
}
