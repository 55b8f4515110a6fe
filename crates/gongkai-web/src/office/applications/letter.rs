//! The page of a letter: its facts, how it will look, who signs, how it was served.

use askama::Template;
use axum::Extension;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request, State};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::application::{Outcome, PaperPurpose, ServiceWay};
use gongkai_model::ids::{LetterId, OfficerId};
use gongkai_model::officer::Role;
use gongkai_service::platform::{
    Difference, Fault, LetterContent, LetterPage, LetterService, LetterState, Offered, Upload, Viewer, WithheldPart,
    local_date, now, written_moment,
};

use super::{day, letter_id};
use crate::failure::{self, Failure};
use crate::office::frame::{Done, Frame, Problems, go};
use crate::portal::item::download;
use crate::posted::Posted;
use crate::routes::named;
use crate::state::Web;

#[derive(Template)]
#[template(path = "office/letter.html")]
struct View {
    frame: Frame,
    id: LetterId,
    page: LetterPage,
    content: LetterContent,
    problems: Problems,
    posted: Posted,
    /// Kind of block and text, as it will look.
    blocks: Vec<(&'static str, String)>,
    wording: Option<String>,
    ways: Vec<(&'static str, &'static str, &'static str)>,
    grounds: Vec<(&'static str, &'static str)>,
    today: String,
    mail: String,
}

impl View {
    fn name(&self, id: &OfficerId) -> &str {
        self.page.names.get(id).map_or("", String::as_str)
    }

    fn moment(at: &jiff::Timestamp) -> String {
        written_moment(*at)
    }

    fn state(&self) -> LetterState {
        self.page.letter.record.state
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn has_signed(&self, role: &Role) -> bool {
        let round = self.page.letter.record.round;
        self.page
            .letter
            .signatures
            .iter()
            .map(|one| &one.signature)
            .any(|one| one.round == round && one.approved && one.role == *role)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands over references")]
    fn waits_for(&self, role: &Role) -> bool {
        self.page.letter.waits_for == Some(*role)
    }

    /// Whether it waits for the secrecy review.
    fn for_secrecy(&self) -> bool {
        self.waits_for(&Role::SecrecyReviewer)
    }

    fn is_open(&self) -> bool {
        matches!(self.state(), LetterState::Draft | LetterState::InReview | LetterState::Signed)
    }

    /// Rows of the parts withheld: those there are and some empty ones.
    fn parts(&self) -> Vec<WithheldPart> {
        let mut parts = self.content.withheld.clone();
        parts.resize((parts.len() + 2).max(5), WithheldPart::default());
        parts
    }

    fn has_parts(&self) -> bool {
        self.page.letter.record.outcome == Some(Outcome::Partial)
    }

    fn given(&self) -> Vec<&gongkai_service::platform::PaperView> {
        self.page
            .case
            .papers
            .iter()
            .filter(|one| one.letter == Some(self.id) && one.purpose == PaperPurpose::Given)
            .collect()
    }

    fn proofs(&self) -> Vec<&gongkai_service::platform::PaperView> {
        self.page
            .case
            .papers
            .iter()
            .filter(|one| one.letter == Some(self.id) && one.purpose == PaperPurpose::Proof)
            .collect()
    }

    fn value(&self, name: &str) -> &str {
        self.content.facts.get(name).map_or("", String::as_str)
    }

    fn has(&self, name: &str, choice: &str) -> bool {
        self.value(name).split('、').any(|one| one == choice)
    }
}

async fn view(
    web: &Web,
    viewer: &Viewer,
    id: LetterId,
    problems: Problems,
    typed: (Posted, Option<LetterContent>),
) -> Result<View, Failure> {
    let page = web.services.letter_page(now(), &viewer.actor, id).await?;
    let blocks = page.blocks();
    let wording = if page.may_write { web.services.wording(now(), &page).await } else { None };
    let applicant = page.letter.record.kind.goes_to_applicant();
    let (posted, content) = (typed.0, typed.1.unwrap_or_else(|| page.content.clone()));
    Ok(View {
        frame: Frame::new(web, viewer, "applications"),
        id,
        content,
        problems,
        posted,
        blocks,
        wording,
        ways: ServiceWay::ALL
            .iter()
            .filter(|way| applicant || **way != ServiceWay::Portal)
            .map(|way| (way.code(), way.label(), way.proof()))
            .collect(),
        grounds: Outcome::ALL
            .into_iter()
            .filter(|one| one.withholds() || matches!(one, Outcome::StatutoryInquiry | Outcome::NotGovernmentInfo))
            .map(|one| (one.code(), one.label()))
            .collect(),
        today: local_date(now()).to_string(),
        mail: if applicant { page.case.form.email.clone() } else { String::new() },
        page,
    })
}

/// The page.
pub(crate) async fn page(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let mut page = view(&web, &viewer, letter_id(&id)?, Problems::default(), (Posted::default(), None)).await?;
    page.frame = page.frame.done(&done.done);
    Ok(Html(page.render()?).into_response())
}

/// A letter as Word or PDF.
pub(crate) async fn file(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (as_what, ending, media) = match name.as_str() {
        "letter.pdf" => (Offered::Pdf, "pdf", "application/pdf"),
        "letter.docx" => {
            (Offered::Docx, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
        }
        _ => return Err(Failure::Fault(Fault::NotFound)),
    };
    let (name, bytes) = web.services.letter_file(now(), &viewer.actor, letter_id(&id)?, as_what).await?;
    Ok(download(&format!("{name}.{ending}"), media, bytes, false))
}

/// What every act is given.
pub(crate) struct OnLetter {
    web: Web,
    viewer: Viewer,
    id: LetterId,
    posted: Posted,
    named: Vec<(String, String)>,
}

impl FromRequest<Web> for OnLetter {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Extension(viewer) =
            Extension::<Viewer>::from_request_parts(&mut parts, web).await.map_err(IntoResponse::into_response)?;
        let Path(all) = Path::<Vec<(String, String)>>::from_request_parts(&mut parts, web)
            .await
            .map_err(IntoResponse::into_response)?;
        let id = letter_id(named(&all, "id")).map_err(IntoResponse::into_response)?;
        let posted = Posted::from_request(Request::from_parts(parts, body), web).await?;
        Ok(Self { web: web.clone(), viewer, id, posted, named: all })
    }
}

impl OnLetter {
    fn version(&self) -> i32 {
        self.posted.number("version")
    }

    fn upload(&self) -> Option<Upload> {
        self.posted.file.as_ref().map(|file| Upload { name: file.name.clone(), bytes: file.bytes.clone() })
    }

    /// What was typed into the fields of the letter.
    fn content(&self) -> LetterContent {
        let posted = &self.posted;
        let facts = posted
            .fields
            .iter()
            .filter_map(|(name, values)| {
                let fact = name.strip_prefix("fact.")?;
                Some((fact.to_owned(), values.join("、")))
            })
            .collect();
        let whats = posted.all("what").iter().zip(posted.all("ground")).zip(posted.all("reason"));
        let withheld = whats
            .map(|((what, ground), reason)| WithheldPart {
                what: what.clone(),
                ground: ground.clone(),
                reason: reason.clone(),
            })
            .collect();
        let body = posted.get("body");
        LetterContent {
            facts,
            withheld,
            joined: posted.all("joined").iter().filter_map(|id| id.parse().ok()).collect(),
            hidden: posted.get("hidden").lines().map(str::to_owned).collect(),
            body: (posted.get("own") == "yes" && !body.trim().is_empty()).then(|| body.to_owned()),
        }
    }

    /// Keeps what was typed beside a file, where the page sent it along. Gives the version that the next act is of.
    async fn kept(&self) -> Result<i32, Fault> {
        if self.posted.get("facts").is_empty() {
            return Ok(self.version());
        }
        self.web.services.save_letter(now(), &self.viewer.actor, self.id, self.version(), &self.content()).await?;
        Ok(self.version() + 1)
    }

    async fn end(self, outcome: Result<(), Fault>, done: &str, keep: bool) -> Result<Response, Failure> {
        match outcome {
            Ok(()) => Ok(go(&format!("/office/letters/{}", self.id), done)),
            Err(fault) => {
                let status = failure::status(&fault);
                let problems = Problems::of(fault)?;
                let content = keep.then(|| self.content());
                let page = view(&self.web, &self.viewer, self.id, problems, (self.posted, content)).await?;
                Ok((status, Html(page.render()?)).into_response())
            }
        }
    }
}

/// Keeps what was written; with `submit`, sends it to be signed at once.
pub(crate) async fn save(on: OnLetter) -> Result<Response, Failure> {
    let content = on.content();
    let services = on.web.services.clone();
    let mut saved = services.save_letter(now(), &on.viewer.actor, on.id, on.version(), &content).await;
    let mut version = on.version() + 1;
    // A file that was chosen and not uploaded goes along.
    if saved.is_ok()
        && let Some(upload) = on.upload().filter(|file| !file.name.is_empty())
    {
        saved = services.attach_to_letter(now(), &on.viewer.actor, on.id, version, &upload).await;
        version += 1;
    }
    if saved.is_ok() && on.posted.get("act") == "submit" {
        let sent = services.submit_letter(now(), &on.viewer.actor, on.id, version).await;
        return on.end(sent, "letter_submitted", false).await;
    }
    on.end(saved, "saved", true).await
}

/// Sends it to be signed.
pub(crate) async fn submit(on: OnLetter) -> Result<Response, Failure> {
    let done = on.web.services.submit_letter(now(), &on.viewer.actor, on.id, on.version()).await;
    on.end(done, "letter_submitted", false).await
}

/// Takes it back.
pub(crate) async fn recall(on: OnLetter) -> Result<Response, Failure> {
    let done = on.web.services.recall_letter(now(), &on.viewer.actor, on.id, on.version()).await;
    on.end(done, "letter_recalled", false).await
}

/// Throws it away.
pub(crate) async fn void(on: OnLetter) -> Result<Response, Failure> {
    let done = on.web.services.void_letter(now(), &on.viewer.actor, on.id, on.version()).await;
    on.end(done, "letter_void", false).await
}

/// Signs it, or gives it back.
pub(crate) async fn review(on: OnLetter) -> Result<Response, Failure> {
    let approved = on.posted.get("verdict") == "sign";
    let comment = on.posted.get("comment");
    let services = &on.web.services;
    let done = services.review_letter(now(), &on.viewer.actor, on.id, (on.version(), approved), comment).await;
    on.end(done, if approved { "passed" } else { "returned" }, false).await
}

/// Adds a file that goes with it.
pub(crate) async fn attach(on: OnLetter) -> Result<Response, Failure> {
    let outcome = async {
        let chosen = on.upload().filter(|file| !file.name.is_empty());
        let upload = chosen.ok_or_else(|| Fault::field("file", "请先选择文件"))?;
        let version = on.kept().await?;
        on.web.services.attach_to_letter(now(), &on.viewer.actor, on.id, version, &upload).await
    };
    let done = outcome.await;
    on.end(done, "attached", true).await
}

/// Takes a file off.
pub(crate) async fn detach(on: OnLetter) -> Result<Response, Failure> {
    let outcome = async {
        let file = named(&on.named, "file").parse().map_err(|_no_id| Fault::NotFound)?;
        let version = on.kept().await?;
        on.web.services.detach_from_letter(now(), &on.viewer.actor, on.id, version, file).await
    };
    let done = outcome.await;
    on.end(done, "detached", true).await
}

/// Notes that it was served.
pub(crate) async fn serve(on: OnLetter) -> Result<Response, Failure> {
    let outcome = async {
        let way = ServiceWay::from_code(on.posted.get("way")).ok_or_else(|| Fault::field("way", "请选择送达方式"))?;
        let service =
            LetterService { way, on: day("on", on.posted.get("on"))?, proof: on.posted.get("proof").to_owned() };
        let file = on.upload();
        let services = &on.web.services;
        services.serve_letter(now(), &on.viewer.actor, on.id, on.version(), &service, file.as_ref()).await
    };
    let outcome = outcome.await;
    on.end(outcome, "served", false).await
}
