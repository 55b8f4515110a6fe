//! 政府信息公开保密审查表: what was asked, what each step said, on one sheet to print and file.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::publication::{Concern, Ground, Verdict};
use gongkai_service::platform::{EditionView, Viewer, now, written_moment};

use super::draft::edition_id;
use super::edition::signer;
use super::frame::Frame;
use crate::failure::Failure;
use crate::state::Web;

/// What a step said.
struct Opinion {
    step: &'static str,
    said: String,
    who: String,
    when: String,
}

#[derive(Template)]
#[template(path = "office/secrecy_form.html")]
struct FormPage {
    frame: Frame,
    id: String,
    title: String,
    doc_no: String,
    agency: String,
    author: String,
    attribute: String,
    channels: String,
    summary: String,
    files: String,
    /// What the secrecy reviewer was asked about, and whether it is touched; none while it was not answered.
    concerns: Vec<(&'static str, Option<bool>)>,
    opinions: Vec<Opinion>,
    /// What the checks found and what was decided.
    checks: String,
    submitted: String,
    content: String,
}

/// The findings in a sentence.
fn checked(view: &EditionView) -> String {
    let settled: Vec<String> = view
        .findings
        .iter()
        .filter_map(|one| {
            let said = one.settled.as_ref()?;
            Some(format!(
                "{}（{}）：{}，{}",
                one.hit.detector.label(),
                one.hit.shown,
                said.disposition.label(),
                said.reason
            ))
        })
        .collect();
    let open = view.findings.iter().filter(|one| one.is_open()).count();
    match (view.findings.len(), open) {
        (0, _) => "没有发现个人信息、内部标志、隐藏内容等问题".to_owned(),
        (many, 0) if settled.is_empty() => format!("{many}处提示，没有必须处理的"),
        (many, open) => format!("{many}处，{open}处待处理。{}", settled.join("；")),
    }
}

/// The sheet of the last submission.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let view = web.services.view(now(), &viewer.actor, edition_id(&id)?).await?;
    let (metadata, edition) = (&view.record.metadata, &view.record.edition);
    let name = |id: &gongkai_model::ids::OfficerId| view.names.get(id).cloned().unwrap_or_default();
    let steps = edition.steps();
    let opinions = edition
        .signatures
        .iter()
        .filter(|one| one.round == edition.round)
        .map(|one| {
            let verdict = match one.verdict {
                Verdict::Passed => "同意",
                Verdict::Returned => "退回",
                Verdict::Referred => "报请确定",
            };
            let said = one
                .secrecy
                .as_ref()
                .map_or_else(|| verdict.to_owned(), |said| format!("{}。依据：{}", said.result.label(), said.basis));
            let comment = if one.comment.is_empty() { String::new() } else { format!("。{}", one.comment) };
            Opinion {
                step: steps.get(one.step).map_or("审核", |step| step.label()),
                said: format!("{said}{comment}"),
                who: signer(&view, one),
                when: written_moment(one.at),
            }
        })
        .collect();
    let answered = edition.holding().into_iter().find_map(|one| one.secrecy.clone());
    let page = FormPage {
        frame: Frame::new(&web, &viewer, "items"),
        title: metadata.title.clone(),
        doc_no: metadata.doc_no.clone().unwrap_or_else(|| "无".to_owned()),
        agency: format!("{}{}", view.agency_name, view.section_name),
        author: edition.authors.iter().map(name).collect::<Vec<_>>().join("、"),
        attribute: match metadata.ground.map(Ground::label) {
            Some(ground) => format!("{}：{ground}。{}", metadata.attribute.label(), metadata.attribute_reason),
            None => metadata.attribute.label().to_owned(),
        },
        channels: view.record.extras.channels.iter().map(|one| one.label()).collect::<Vec<_>>().join("、"),
        summary: if metadata.summary.is_empty() {
            "（未填写，见正文）".to_owned()
        } else {
            metadata.summary.clone()
        },
        files: view.attachments.iter().map(|one| one.file.name.clone()).collect::<Vec<_>>().join("、"),
        concerns: Concern::ALL
            .iter()
            .map(|one| (one.label(), answered.as_ref().map(|said| said.concerns.contains(one))))
            .collect(),
        opinions,
        checks: checked(&view),
        submitted: view.record.submitted_at.map(|at| format!("{}提交", written_moment(at))).unwrap_or_default(),
        content: edition.content.clone(),
        id,
    };
    Ok(Html(page.render()?).into_response())
}
