//! The questions, one a page, and the receipt.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use gongkai_model::application::{ApplicantColumn, Carrier, IdDocument, PaperPurpose, Route};
use gongkai_service::platform::{ApplicationForm, DraftView, Fault, ItemSummary, Upload, now};
use serde::Deserialize;

use super::suggest::looked_for;
use super::{opened, proof};
use crate::failure::{self, Failure};
use crate::office::frame::Problems;
use crate::portal::home::find;
use crate::portal::shell::{Shell, is_large};
use crate::posted::Posted;
use crate::state::Web;

/// The questions in order: name in the address, what is asked.
const STEPS: [(&str, &str); 8] = [
    ("what", "您需要什么信息"),
    ("found", "看看是不是已经公开"),
    ("how", "您想怎样取得"),
    ("who", "谁来申请"),
    ("identity", "申请人的姓名和身份证明"),
    ("contact", "怎样联系您"),
    ("files", "附件和代理"),
    ("check", "核对并提交"),
];

/// The fields of each question.
fn fields(step: &str) -> &'static [&'static str] {
    match step {
        "what" => &["title", "doc_no", "description"],
        "how" => &["carrier", "route"],
        "who" => &["kind"],
        "identity" => &["name", "id_document", "id_number", "legal_representative", "contact"],
        "contact" => &["phone", "email", "address", "postcode", "needs_assistance"],
        "files" => &["agent_name", "agent_id_number", "agent_phone"],
        _ => &[],
    }
}

#[derive(Template)]
#[template(path = "portal/apply.html")]
struct ApplyPage {
    shell: Shell,
    code: String,
    organ: String,
    step: &'static str,
    question: &'static str,
    number: usize,
    form: ApplicationForm,
    draft: DraftView,
    problems: Problems,
    /// Whether to come back to the last page afterwards.
    back: bool,
    /// What the browser has to work out before it may send; empty where nothing.
    challenge: String,
    bits: u32,
    found: Vec<ItemSummary>,
    kinds: [(&'static str, &'static str, &'static str); 6],
    documents: Vec<(&'static str, &'static str)>,
    carriers: Vec<(&'static str, &'static str)>,
    routes: Vec<(&'static str, &'static str)>,
    purposes: [(&'static str, &'static str); 3],
}

impl ApplyPage {
    fn person(&self) -> bool {
        self.form.kind == ApplicantColumn::NaturalPerson.code()
    }

    fn is(&self, step: &str) -> bool {
        self.step == step
    }

    /// The word of a code in a list.
    fn word(list: &[(&'static str, &'static str)], code: &str) -> &'static str {
        list.iter().find(|(known, _)| *known == code).map_or("未选择", |(_, word)| *word)
    }

    fn kind_word(&self) -> &'static str {
        self.kinds.iter().find(|(code, ..)| *code == self.form.kind).map_or("未选择", |(_, word, _)| *word)
    }

    fn carrier_word(&self) -> &'static str {
        Self::word(&self.carriers, &self.form.carrier)
    }

    fn route_word(&self) -> &'static str {
        Self::word(&self.routes, &self.form.route)
    }

    fn document_word(&self) -> &'static str {
        Self::word(&self.documents, &self.form.id_document)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    back: String,
}

fn step_of(name: &str) -> Option<(usize, &'static str, &'static str)> {
    STEPS.iter().enumerate().find(|(_, (known, _))| *known == name).map(|(at, (step, asks))| (at, *step, *asks))
}

/// The kinds of applicants, in plain words.
const KINDS: [(&str, &str, &str); 6] = [
    ("natural_person", "我自己（自然人）", "个人申请，也可以由他人代理"),
    ("business", "商业企业", "公司、合伙企业、个人独资企业等"),
    ("research", "科研机构", "高等学校、研究院所等"),
    ("public_welfare", "社会公益组织", "社会团体、基金会、社会服务机构等"),
    ("legal_service", "法律服务机构", "律师事务所以自己的名义申请的；受人委托的，选委托人的性质"),
    ("other_org", "其他单位", "以上都不是的"),
];

async fn view(
    web: &Web,
    headers: &HeaderMap,
    code: &str,
    step: (usize, &'static str, &'static str),
    draft: DraftView,
    problems: Problems,
    back: bool,
) -> Result<ApplyPage, Failure> {
    let directory = web.services.directory();
    let one = find(&directory, code)?;
    let (at, step, question) = step;
    let here = format!("/agencies/{}/apply/{step}", one.code);
    let found = if step == "found" { looked_for(web, &one.code, &one.name, &draft.form).await } else { Vec::new() };
    Ok(ApplyPage {
        shell: Shell::new(&directory, Some(one), is_large(headers), &here, "apply"),
        code: one.code.clone(),
        organ: one.name.clone(),
        step,
        question,
        number: at + 1,
        form: draft.form.clone(),
        draft,
        problems,
        back,
        challenge: String::new(),
        bits: proof::BITS,
        found,
        kinds: KINDS,
        documents: IdDocument::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        carriers: Carrier::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        routes: Route::ALL.iter().map(|one| (one.code(), one.label())).collect(),
        purposes: [PaperPurpose::Identity, PaperPurpose::Authority, PaperPurpose::Attachment]
            .map(|one| (one.code(), one.label())),
    })
}

/// The draft of this browser for an organ; where there is none, the page before the first question.
async fn draft_for(
    web: &Web,
    headers: &HeaderMap,
    code: &str,
) -> Result<Result<(DraftView, String), Response>, Failure> {
    let directory = web.services.directory();
    let one = find(&directory, code)?;
    let away = || Redirect::to(&format!("/agencies/{}/apply", one.code)).into_response();
    let Some((id, key)) = opened(headers) else { return Ok(Err(away())) };
    match web.services.draft_of(id, &key).await {
        Ok(view) if view.agency != one.id => Ok(Err(away())),
        Ok(view) if !view.code.is_empty() => {
            Ok(Err(Redirect::to(&format!("/agencies/{}/apply/receipt", one.code)).into_response()))
        }
        Ok(view) => Ok(Ok((view, key))),
        Err(Fault::NotFound) => Ok(Err(away())),
        Err(fault) => Err(fault.into()),
    }
}

/// The last page again, after sending has failed: with what is wrong, or with the work that the browser has to do first.
pub(super) async fn again(
    web: &Web,
    headers: &HeaderMap,
    code: &str,
    problems: Problems,
    status: StatusCode,
    challenge: &str,
) -> Result<Response, Failure> {
    let step = step_of("check").ok_or(Failure::Fault(Fault::NotFound))?;
    let (draft, _) = match draft_for(web, headers, code).await? {
        Ok(found) => found,
        Err(away) => return Ok(away),
    };
    let mut page = view(web, headers, code, step, draft, problems, false).await?;
    challenge.clone_into(&mut page.challenge);
    Ok((status, Html(page.render()?)).into_response())
}

/// A question.
pub(crate) async fn page(
    State(web): State<Web>,
    headers: HeaderMap,
    Path((code, step)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let step = step_of(&step).ok_or(Failure::Fault(Fault::NotFound))?;
    let (draft, _) = match draft_for(&web, &headers, &code).await? {
        Ok(found) => found,
        Err(away) => return Ok(away),
    };
    let agency = draft.agency;
    let page = view(&web, &headers, &code, step, draft, Problems::default(), asked.back == "check").await?;
    if step.1 == "found" {
        if page.found.is_empty() {
            return Ok(Redirect::to(&format!("/agencies/{code}/apply/how")).into_response());
        }
        web.services.count_on_page(now(), agency, "shown").await?;
    }
    Ok(Html(page.render()?).into_response())
}

/// What was answered to a question, put into the form.
fn answered(mut form: ApplicationForm, step: &str, posted: &Posted) -> ApplicationForm {
    let get = |name: &str| posted.get(name).to_owned();
    match step {
        "what" => (form.title, form.doc_no, form.description) = (get("title"), get("doc_no"), get("description")),
        "how" => (form.carrier, form.route) = (get("carrier"), get("route")),
        "who" => form.kind = get("kind"),
        "identity" => {
            (form.name, form.id_document, form.id_number) = (get("name"), get("id_document"), get("id_number"));
            (form.legal_representative, form.contact) = (get("legal_representative"), get("contact"));
        }
        "contact" => {
            (form.phone, form.email) = (get("phone"), get("email"));
            (form.address, form.postcode) = (get("address"), get("postcode"));
            form.needs_assistance = posted.get("needs_assistance") == "yes";
        }
        "files" => {
            (form.agent_name, form.agent_id_number) = (get("agent_name"), get("agent_id_number"));
            form.agent_phone = get("agent_phone");
        }
        _ => {}
    }
    form
}

/// Keeps an answer and goes to the next question; what is wrong with it is said at once.
pub(crate) async fn save(
    State(web): State<Web>,
    headers: HeaderMap,
    Path((code, step)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let step = step_of(&step).ok_or(Failure::Fault(Fault::NotFound))?;
    let (draft, key) = match draft_for(&web, &headers, &code).await? {
        Ok(found) => found,
        Err(away) => return Ok(away),
    };
    let back = posted.get("back") == "check";
    let form = answered(draft.form.clone(), step.1, &posted);
    let own = fields(step.1);
    let mut wrong: Vec<(String, String)> =
        form.problems().into_iter().filter(|(field, _)| own.contains(&field.as_str())).collect();
    match web.services.keep_draft(now(), draft.id, &key, &form).await {
        Ok(()) => {}
        Err(Fault::Invalid(list)) => {
            wrong.extend(list.into_iter().filter(|one| !wrong.contains(one)).collect::<Vec<_>>());
        }
        Err(fault) => return Err(fault.into()),
    }
    if step.1 == "files" {
        // A file that was chosen and not yet uploaded is taken with the rest.
        if let Some(file) = chosen(&posted) {
            match web.services.add_draft_paper(now(), draft.id, &key, purpose_of(&posted), &file).await {
                Ok(()) => {}
                Err(fault) => wrong.extend(Problems::of(fault)?.0),
            }
        }
    }
    let draft = match step.1 {
        "files" => web.services.draft_of(draft.id, &key).await?,
        _ => draft,
    };
    let authority = draft.papers.iter().any(|one| one.purpose == PaperPurpose::Authority);
    if step.1 == "files" && form.has_agent() && !authority {
        wrong.push(("file".to_owned(), "由他人代理的，请上传授权委托书".to_owned()));
    }
    if !wrong.is_empty() {
        let draft = DraftView { form, ..draft };
        let page = view(&web, &headers, &code, step, draft, Problems(wrong), back).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response());
    }
    let next = if back { "check" } else { STEPS.get(step.0 + 1).map_or("check", |(name, _)| *name) };
    Ok(Redirect::to(&format!("/agencies/{code}/apply/{next}")).into_response())
}

/// What is public is enough: the draft is kept for a week, the reader goes to the item.
pub(crate) async fn enough(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let directory = web.services.directory();
    let one = find(&directory, &code)?;
    if opened(&headers).is_some() {
        web.services.count_on_page(now(), one.id, "enough").await?;
    }
    let item: Result<gongkai_model::ids::PublicationId, _> = posted.get("item").parse();
    Ok(match item {
        Ok(id) => Redirect::to(&format!("/items/{id}")).into_response(),
        Err(_) => Redirect::to(&format!("/agencies/{}/apply/found", one.code)).into_response(),
    })
}

/// The file that was chosen; a browser sends an empty one where none was.
fn chosen(posted: &Posted) -> Option<Upload> {
    let file = posted.file.as_ref().filter(|file| !file.name.is_empty() || !file.bytes.is_empty())?;
    Some(Upload { name: file.name.clone(), bytes: file.bytes.clone() })
}

fn purpose_of(posted: &Posted) -> PaperPurpose {
    PaperPurpose::from_code(posted.get("purpose")).unwrap_or(PaperPurpose::Attachment)
}

/// Adds a file.
pub(crate) async fn files(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (draft, key) = match draft_for(&web, &headers, &code).await? {
        Ok(found) => found,
        Err(away) => return Ok(away),
    };
    // What was typed beside it is kept too.
    let form = answered(draft.form.clone(), "files", &posted);
    let done = async {
        web.services.keep_draft(now(), draft.id, &key, &form).await?;
        let file = chosen(&posted).ok_or_else(|| Fault::field("file", "请先选择文件"))?;
        web.services.add_draft_paper(now(), draft.id, &key, purpose_of(&posted), &file).await
    };
    let to_check = posted.get("back") == "check";
    let back = if to_check { "?back=check" } else { "" };
    match done.await {
        Ok(()) => Ok(Redirect::to(&format!("/agencies/{code}/apply/files{back}#papers")).into_response()),
        Err(fault) => {
            let status = failure::status(&fault);
            let step = step_of("files").ok_or(Failure::Fault(Fault::NotFound))?;
            let draft = DraftView { form, ..draft };
            let page = view(&web, &headers, &code, step, draft, Problems::of(fault)?, to_check).await?;
            Ok((status, Html(page.render()?)).into_response())
        }
    }
}

/// Takes a file off.
pub(crate) async fn drop_file(
    State(web): State<Web>,
    headers: HeaderMap,
    Path((code, file)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (draft, key) = match draft_for(&web, &headers, &code).await? {
        Ok(found) => found,
        Err(away) => return Ok(away),
    };
    let file = file.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))?;
    let form = answered(draft.form.clone(), "files", &posted);
    if web.services.keep_draft(now(), draft.id, &key, &form).await.is_err() {
        // What is too long is said when the page is answered; the file goes all the same.
        tracing::debug!("草稿的代理人信息没有保存");
    }
    web.services.drop_draft_paper(now(), draft.id, &key, file).await?;
    let back = if posted.get("back") == "check" { "?back=check" } else { "" };
    Ok(Redirect::to(&format!("/agencies/{code}/apply/files{back}#papers")).into_response())
}
