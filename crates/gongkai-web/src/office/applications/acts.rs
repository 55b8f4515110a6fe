//! What is done on the page of a case. Every act comes back to the page, or shows it again with what went wrong.

use axum::Extension;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::response::{Html, IntoResponse, Response};
use gongkai_model::application::clock::{ConsultationId, Event};
use gongkai_model::application::{LetterKind, NoteKind, Outcome, PaperPurpose, Row};
use gongkai_model::ids::ApplicationId;
use gongkai_service::platform::{
    ANSWERS, Answered, CONSULTED, Fault, NewLetter, NoteText, Party, Upload, Viewer, WithheldPart, now,
};
use uuid::Uuid;

use super::intake::receipt;
use super::{application_id, case, day};
use crate::failure::{self, Failure};
use crate::office::frame::{Problems, go};
use crate::posted::Posted;
use crate::routes::named;
use crate::state::Web;

/// What every act is given.
pub(crate) struct OnCase {
    web: Web,
    viewer: Viewer,
    id: ApplicationId,
    posted: Posted,
    named: Vec<(String, String)>,
}

impl OnCase {
    fn get(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    fn version(&self) -> i32 {
        self.posted.number("version")
    }

    fn upload(&self) -> Option<Upload> {
        self.posted.file.as_ref().map(|file| Upload { name: file.name.clone(), bytes: file.bytes.clone() })
    }

    async fn end(self, outcome: Result<(), Fault>, done: &str) -> Result<Response, Failure> {
        match outcome {
            Ok(()) => Ok(go(&format!("/office/applications/{}", self.id), done)),
            Err(fault) => {
                let status = failure::status(&fault);
                let problems = Problems::of(fault)?;
                let page = case::view(&self.web, &self.viewer, self.id, (problems, self.posted)).await?;
                Ok((status, Html(askama::Template::render(&page)?)).into_response())
            }
        }
    }
}

impl FromRequest<Web> for OnCase {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Extension(viewer) =
            Extension::<Viewer>::from_request_parts(&mut parts, web).await.map_err(IntoResponse::into_response)?;
        let Path(all) = Path::<Vec<(String, String)>>::from_request_parts(&mut parts, web)
            .await
            .map_err(IntoResponse::into_response)?;
        let id = application_id(named(&all, "id")).map_err(IntoResponse::into_response)?;
        let posted = Posted::from_request(Request::from_parts(parts, body), web).await?;
        Ok(Self { web: web.clone(), viewer, id, posted, named: all })
    }
}

/// The number of a consultation.
fn number(text: &str) -> Result<u16, Fault> {
    text.trim().parse().map_err(|_no_number| Fault::NotFound)
}

/// A step that needs no letter.
pub(crate) async fn step(on: OnCase) -> Result<Response, Failure> {
    let services = on.web.services.clone();
    let outcome = async {
        if on.get("kind") == "mistake" {
            let (actor, reason) = (&on.viewer.actor, on.get("mistake_reason"));
            return services.take_back_step(now(), actor, on.id, on.version(), reason).await;
        }
        let day_of = day("on", on.get("on"))?;
        let words = on.get("words");
        let (actor, version) = (&on.viewer.actor, on.version());
        let plain = |event: Event| services.note_step(now(), actor, on.id, version, (event, words));
        let said =
            |event: Event, kind: NoteKind| services.note_said(now(), actor, on.id, version, (event, kind), words);
        match on.get("kind") {
            "confirmed" if words.trim().is_empty() => {
                Err(Fault::field("words", "请写明怎样与申请人确认的，例如电话、时间、通话人"))
            }
            "confirmed" => plain(Event::Confirmed { on: day_of }).await,
            "corrected" => {
                let justified_delay = on.get("justified") == "yes";
                said(Event::Corrected { on: day_of, justified_delay }, NoteKind::Correction).await
            }
            "received" => {
                let id = ConsultationId(number(on.get("consultation"))?);
                plain(Event::ConsultationReceived { id, on: day_of }).await
            }
            "fee_paid" => plain(Event::FeePaid { on: day_of }).await,
            "reason" => said(Event::ReasonReceived { on: day_of }, NoteKind::Reason).await,
            "withdrawn" => said(Event::Withdrawn { on: day_of }, NoteKind::Withdrawal).await,
            "reopened" => {
                let (scan, due) = (on.upload(), day("due", on.get("due"))?);
                services.note_order(now(), actor, on.id, version, (day_of, due), (words, scan.as_ref())).await
            }
            "replied" => {
                let outcome =
                    Outcome::parse(on.get("outcome")).ok_or_else(|| Fault::field("outcome", "请选择答复的结果"))?;
                let scan = on.upload();
                let said = (words, scan.as_ref());
                let parts = withheld(&on);
                services.note_reply_elsewhere(now(), actor, on.id, version, (outcome, day_of), &parts, said).await
            }
            "fee_notified" => plain(Event::FeeNotified { received: day_of }).await,
            "elsewhere" if words.trim().is_empty() => Err(Fault::field("words", "请写明文书的文号和送达方式")),
            "elsewhere" if on.get("step") == "consultation_opened" => {
                let kind = CONSULTED.iter().find(|(_, code, _)| *code == on.get("consulted")).map(|(one, ..)| *one);
                let kind = kind.ok_or_else(|| Fault::field("consulted", "请选择征求谁的意见"))?;
                let until = match on.get("until").trim() {
                    "" => None,
                    text => Some(day("until", text)?),
                };
                let party = Party { name: on.get("party").trim().to_owned(), ..Party::default() };
                services
                    .note_asked_elsewhere(now(), actor, on.id, version, (kind, day_of, until), (&party, words))
                    .await
            }
            "elsewhere" => plain(elsewhere(&on, day_of)?).await,
            _ => Err(Fault::NotFound),
        }
    };
    let outcome = outcome.await;
    on.end(outcome, "step").await
}

/// What a partial disclosure made elsewhere keeps back.
fn withheld(on: &OnCase) -> Vec<WithheldPart> {
    let rows = on.posted.all("what").iter().zip(on.posted.all("ground"));
    rows.map(|(what, ground)| WithheldPart { what: what.clone(), ground: ground.clone(), reason: String::new() })
        .collect()
}

/// A step whose letter was made and served on paper, outside of this program.
fn elsewhere(on: &OnCase, day_of: jiff::civil::Date) -> Result<Event, Fault> {
    let until = match on.get("until").trim() {
        "" => None,
        text => Some(day("until", text)?),
    };
    let step = on.get("step");
    if matches!(step, "correction_notified" | "delayed") && until.is_none() {
        return Err(Fault::field("until", "请填写补正期限、延迟到的日期"));
    }
    if step == "extended" && on.get("days").trim().parse::<u32>().is_err() {
        return Err(Fault::field("days", "请填写延期的工作日数，例如 20"));
    }
    let row = Row {
        kind: step,
        on: day_of,
        until,
        consultation: None,
        days: on.get("days").trim().parse().ok(),
        word: if on.get("step") == "extended" { "disclosure_office_head" } else { "" },
        justified: false,
    };
    row.event().map_err(|error| Fault::field("step", error.to_string()))
}

/// How a consultation ended.
pub(crate) async fn answer(on: OnCase) -> Result<Response, Failure> {
    let outcome = async {
        let answer = ANSWERS.iter().find(|(_, code, _)| *code == on.get("answer")).map(|(one, ..)| *one);
        let answered = Answered {
            number: number(on.get("consultation"))?,
            on: day("on", on.get("on"))?,
            answer: answer.ok_or_else(|| Fault::field("answer", "请选择征求意见的结果"))?,
            words: on.get("words").to_owned(),
            agreed_part: on.get("agreed_part").to_owned(),
        };
        let slip = on.upload();
        let services = &on.web.services;
        services.note_answer(now(), &on.viewer.actor, on.id, on.version(), &answered, slip.as_ref()).await
    };
    let outcome = outcome.await;
    on.end(outcome, "answered").await
}

/// Gives the case to a section, or to a person; or a new code to the applicant.
pub(crate) async fn assign(on: OnCase) -> Result<Response, Failure> {
    let services = &on.web.services;
    if on.get("act") == "code" {
        return match services.renew_code(now(), &on.viewer.actor, on.id, on.version()).await {
            Ok(code) => {
                let view = services.application(now(), &on.viewer.actor, on.id).await?;
                let number = view.record.registration_no.unwrap_or_default();
                receipt(&on.web, &on.viewer, on.id, vec![(number, code.to_string())], "原来的查询码已经作废").await
            }
            Err(fault) => on.end(Err(fault), "").await,
        };
    }
    let outcome = async {
        let maybe = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let section = match maybe(on.get("section")) {
            Some(id) => Some(id.parse().map_err(|_no_id| Fault::field("section", "没有这个科室"))?),
            None => None,
        };
        let handler = match maybe(on.get("handler")) {
            Some(id) => Some(id.parse().map_err(|_no_id| Fault::field("handler", "没有这个人"))?),
            None => None,
        };
        let by = match maybe(on.get("internal_due")) {
            Some(text) => Some(day("internal_due", &text)?),
            None => None,
        };
        services.assign_application(now(), &on.viewer.actor, on.id, on.version(), (section, handler, by)).await
    };
    let outcome = outcome.await;
    on.end(outcome, "assigned").await
}

/// Splits the application.
pub(crate) async fn split(on: OnCase) -> Result<Response, Failure> {
    let parts: Vec<String> = on.get("parts").lines().map(str::to_owned).collect();
    match on.web.services.split_application(now(), &on.viewer.actor, on.id, on.version(), &parts).await {
        Ok(codes) => {
            let codes = codes.into_iter().map(|(number, code)| (number, code.to_string())).collect();
            let note = "已经拆分。第一件沿用原来的编号和查询码；其余各件的编号和查询码如下，请告知申请人";
            receipt(&on.web, &on.viewer, on.id, codes, note).await
        }
        Err(fault) => on.end(Err(fault), "").await,
    }
}

/// Writes a note.
pub(crate) async fn note(on: OnCase) -> Result<Response, Failure> {
    let outcome = async {
        let kind = NoteKind::from_code(on.get("note_kind")).ok_or_else(|| Fault::field("note_kind", "请选择种类"))?;
        let text = NoteText {
            text: on.get("note").to_owned(),
            systems: on.get("systems").to_owned(),
            keywords: on.get("keywords").to_owned(),
            period: on.get("period").to_owned(),
            by: on.get("by").to_owned(),
        };
        let day = day("note_on", on.get("note_on"))?;
        on.web.services.add_note(now(), &on.viewer.actor, on.id, (kind, day), &text).await
    };
    let outcome = outcome.await;
    on.end(outcome, "noted").await
}

/// Says that what the applicant sent was looked at.
pub(crate) async fn seen(on: OnCase) -> Result<Response, Failure> {
    let outcome = async {
        let note: Uuid = named(&on.named, "note").parse().map_err(|_no_id| Fault::NotFound)?;
        on.web.services.settle_note(now(), &on.viewer.actor, on.id, note).await
    };
    let outcome = outcome.await;
    on.end(outcome, "seen").await
}

/// Adds a file.
pub(crate) async fn paper(on: OnCase) -> Result<Response, Failure> {
    let outcome = async {
        let purpose =
            PaperPurpose::from_code(on.get("purpose")).ok_or_else(|| Fault::field("purpose", "请选择用途"))?;
        let upload = on.upload().ok_or_else(|| Fault::field("file", "请先选择文件"))?;
        on.web.services.add_paper(now(), &on.viewer.actor, on.id, purpose, &upload).await
    };
    let outcome = outcome.await;
    on.end(outcome, "attached").await
}

/// Begins a letter.
pub(crate) async fn letter(on: OnCase) -> Result<Response, Failure> {
    let outcome = async {
        let new = match on.get("letter") {
            "reply" => {
                let outcome = Outcome::parse(on.get("outcome"));
                NewLetter::Reply(outcome.ok_or_else(|| Fault::field("outcome", "请选择答复的结果"))?)
            }
            "ask" => {
                let kind = CONSULTED.iter().find(|(_, code, _)| *code == on.get("consulted")).map(|(one, ..)| *one);
                let party = Party {
                    name: on.get("party").trim().to_owned(),
                    address: on.get("address").trim().to_owned(),
                    contact: on.get("contact").trim().to_owned(),
                    ..Party::default()
                };
                NewLetter::Ask(kind.ok_or_else(|| Fault::field("consulted", "请选择征求谁的意见"))?, party)
            }
            other => {
                let kind = LetterKind::parse(other).ok_or_else(|| Fault::field("letter", "请选择文书"))?;
                match on.get("consultation") {
                    "" => NewLetter::Plain(kind),
                    asked => NewLetter::About(kind, number(asked)?),
                }
            }
        };
        on.web.services.begin_letter(now(), &on.viewer.actor, on.id, &new).await
    };
    match outcome.await {
        Ok(letter) => Ok(go(&format!("/office/letters/{letter}"), "")),
        Err(fault) => on.end(Err(fault), "").await,
    }
}
