//! The page of an edition: its text, findings, signatures, and the acts that are possible now.

mod act;
pub(crate) mod acts;
pub(crate) mod changes;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::ids::{EditionId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::check::Weight;
use gongkai_model::publication::metadata::UNKNOWN_DAY;
use gongkai_model::publication::{SecrecyOpinion, Signature, State as EditionState, Verdict, catalog};
use gongkai_service::platform::{EditionView, Fault, Viewer, now, written_date, written_moment};

use super::draft::edition_id;
use super::frame::{Done, Frame, Problems};
use super::list::state_label;
use super::opinion::OpinionForm;
use crate::failure::{self, Failure};
use crate::posted::Posted;
use crate::state::Web;

/// A step of the chain as the page shows it.
pub(crate) struct StepView {
    pub(crate) label: &'static str,
    pub(crate) role: &'static str,
    /// `done`, `open` or `later`.
    pub(crate) state: &'static str,
    pub(crate) who: String,
    pub(crate) when: String,
    pub(crate) comment: String,
    pub(crate) hash: String,
    /// The conclusion of the secrecy review with its basis.
    pub(crate) conclusion: String,
}

#[derive(Template)]
#[template(path = "office/edition.html")]
struct EditionPage {
    frame: Frame,
    view: EditionView,
    id: String,
    state: &'static str,
    state_class: &'static str,
    state_note: String,
    leaf: String,
    formed: String,
    due: String,
    steps: Vec<StepView>,
    returned: Vec<(String, String, String)>,
    authors: String,
    blocking: usize,
    problems: Problems,
    /// What was typed into a form that did not go through.
    comment: String,
    opinion: OpinionForm,
    publish_at: String,
    is_public: bool,
    /// Why it takes the urgent way; empty on the ordinary one.
    urgent: String,
    /// From which day its term counts, where that is not the day of the paper.
    counts_from: String,
    /// Whether a time of publication can be set.
    may_schedule: bool,
    /// Whether the person reviews secrecy here.
    reviews_secrecy: bool,
    /// When and why the edition before it was taken down.
    withdrawn_before: String,
    may_settle: bool,
    has_earlier: bool,
    short: String,
    referred: String,
    may_release: bool,
    is_author: bool,
    wants_others: bool,
    may_confirm: bool,
    review_by: String,
    channels: String,
    ground: &'static str,
    checker: String,
    checked: String,
}

fn steps(view: &EditionView) -> Vec<StepView> {
    let edition = &view.record.edition;
    let open = edition.open_step();
    let holding = edition.holding();
    edition
        .steps()
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let signed = holding.iter().find(|one| one.step == at);
            StepView {
                label: step.label(),
                role: step.role.label(),
                state: if signed.is_some() {
                    "done"
                } else if open == Some(at) {
                    "open"
                } else {
                    "later"
                },
                who: signed.map(|one| signer(view, one)).unwrap_or_default(),
                when: signed.map(|one| written_moment(one.at)).unwrap_or_default(),
                comment: signed.map(|one| one.comment.clone()).unwrap_or_default(),
                conclusion: signed.and_then(|one| one.secrecy.as_ref()).map(concluded).unwrap_or_default(),
                hash: signed.map(|one| one.content.chars().take(12).collect()).unwrap_or_default(),
            }
        })
        .collect()
}

/// Who signed; with "代" and the name of the person who was away, where it was a stand-in.
pub(super) fn signer(view: &EditionView, signature: &Signature) -> String {
    let name = |id: &OfficerId| view.names.get(id).cloned().unwrap_or_default();
    match &signature.standing_for {
        Some(whom) => format!("{}（代{}）", name(&signature.officer), name(whom)),
        None => name(&signature.officer),
    }
}

/// A conclusion in words.
fn concluded(opinion: &SecrecyOpinion) -> String {
    let touched: Vec<&str> = opinion.concerns.iter().map(|one| one.label()).collect();
    let touched = if touched.is_empty() { String::new() } else { format!("；涉及{}", touched.join("、")) };
    format!("{}（依据：{}{touched}）", opinion.result.label(), opinion.basis)
}

/// What a person typed into the form that did not go through.
#[derive(Default)]
struct Typed {
    comment: String,
    opinion: OpinionForm,
    publish_at: String,
}

async fn show(
    web: &Web,
    viewer: &Viewer,
    id: EditionId,
    done: &str,
    problems: Problems,
    typed: Typed,
) -> Result<String, Failure> {
    let view = web.services.view(now(), &viewer.actor, id).await?;
    let edition = &view.record.edition;
    let (state, state_class) = state_label(edition.state.code());
    let state_note = match &edition.state {
        EditionState::Approved { publish_at: Some(at) } => format!("定于{}发布", written_moment(*at)),
        EditionState::Published { at } => format!("{}发布", written_moment(*at)),
        EditionState::Withdrawn { at, reason } => format!("{}撤下：{reason}", written_moment(*at)),
        EditionState::Draft
        | EditionState::InReview { .. }
        | EditionState::Approved { publish_at: None }
        | EditionState::Superseded
        | EditionState::Closed
        | EditionState::Discarded => String::new(),
    };
    let name = |id: &OfficerId| view.names.get(id).cloned().unwrap_or_else(|| "导入".to_owned());
    let returned = edition
        .signatures
        .iter()
        .rev()
        .filter(|one| one.verdict != Verdict::Passed)
        .map(|one| {
            let conclusion = one.secrecy.as_ref().map(|said| format!("{}。", concluded(said))).unwrap_or_default();
            (signer(&view, one), written_moment(one.at), format!("{conclusion}{}", one.comment))
        })
        .collect();
    let referred = edition.referral().map(|one| format!("{}已报请确定：{}", written_moment(one.at), one.comment));
    // Marks of secrets in a draft are the secrecy reviewer's to decide, before it is submitted.
    let may_clear = [Role::SecrecyReviewer, Role::SectionHead]
        .into_iter()
        .any(|role| viewer.actor.may(Act::Review(role), view.record.agency))
        && matches!(edition.state, EditionState::Draft | EditionState::InReview { .. });
    let page = EditionPage {
        frame: Frame::new(web, viewer, "items").done(done),
        id: id.to_string(),
        state,
        state_class,
        state_note,
        leaf: catalog::find(&view.record.metadata.catalog_node)
            .map_or_else(|| "未选择".to_owned(), |(branch, leaf)| format!("{} / {}", branch.label, leaf.label)),
        formed: if view.record.metadata.formed_on == UNKNOWN_DAY {
            String::new()
        } else {
            written_date(view.record.metadata.formed_on)
        },
        due: view.due.filter(|_| view.record.published_at.is_none()).map(written_date).unwrap_or_default(),
        steps: steps(&view),
        returned,
        authors: {
            let names = edition.authors.iter().map(name).collect::<Vec<_>>().join("、");
            if view.section_name.is_empty() { names } else { format!("{}　{names}", view.section_name) }
        },
        blocking: view.findings.iter().filter(|finding| finding.is_open()).count(),
        problems,
        comment: typed.comment,
        opinion: typed.opinion,
        publish_at: typed.publish_at,
        is_public: matches!(edition.state, EditionState::Published { .. }),
        may_schedule: matches!(edition.state, EditionState::Approved { .. }),
        reviews_secrecy: viewer.actor.may(Act::Review(Role::SecrecyReviewer), view.record.agency),
        urgent: edition.urgent.clone(),
        counts_from: view.record.extras.counts_from.map(written_date).unwrap_or_default(),
        withdrawn_before: view
            .withdrawn_before
            .as_ref()
            .map(|(at, why)| format!("前一版{}撤下：{why}", written_moment(*at)))
            .unwrap_or_default(),
        may_settle: view.may_edit || may_clear,
        is_author: edition.authors.contains(&viewer.actor.id()),
        wants_others: view.findings.iter().any(|one| one.is_open() && one.is_for_others()),
        may_release: view.record.secret_mark
            && viewer.actor.may(Act::Review(Role::SecrecyReviewer), view.record.agency),
        may_confirm: matches!(edition.state, EditionState::Published { .. } | EditionState::Closed)
            && view.record.extras.review_by.is_some()
            && viewer.actor.may(Act::Draft, view.record.agency),
        review_by: view.record.extras.review_by.map(written_date).unwrap_or_default(),
        has_earlier: view.record.number > 1,
        short: edition.content.chars().take(12).collect(),
        referred: referred.unwrap_or_default(),
        channels: view.record.extras.channels.iter().map(|one| one.label()).collect::<Vec<_>>().join("、"),
        ground: view.record.metadata.ground.map(gongkai_model::publication::Ground::label).unwrap_or_default(),
        checker: view.check.as_ref().map(|one| name(&one.officer)).unwrap_or_default(),
        checked: view.check.as_ref().map(|one| written_moment(one.at)).unwrap_or_default(),
        view,
    };
    Ok(page.render()?)
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    Ok(Html(show(&web, &viewer, edition_id(&id)?, &done.done, Problems::default(), Typed::default()).await?)
        .into_response())
}

/// The page again, with what went wrong and what was typed.
pub(crate) async fn with_problems(
    web: &Web,
    viewer: &Viewer,
    id: EditionId,
    fault: Fault,
    posted: &Posted,
) -> Result<Response, Failure> {
    let status = failure::status(&fault);
    let problems = Problems::of(fault)?;
    let comment = ["comment", "reason", "urgent"]
        .iter()
        .map(|name| posted.get(name))
        .find(|text| !text.is_empty())
        .unwrap_or("")
        .to_owned();
    let typed = Typed { comment, opinion: OpinionForm::of(posted), publish_at: posted.get("publish_at").to_owned() };
    Ok((status, Html(show(web, viewer, id, "", problems, typed).await?)).into_response())
}

/// How a finding is marked.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
pub(crate) fn weight(weight: &Weight) -> (&'static str, &'static str) {
    match weight {
        Weight::Block => ("必须处理", "bad"),
        Weight::Warn => ("请核对", "soon"),
        Weight::Info => ("提示", ""),
    }
}
