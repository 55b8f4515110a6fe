//! What those who were asked answered, and the steps that bring words with them.

use gongkai_model::Refusal;
use gongkai_model::application::clock::{Answer, Event};
use gongkai_model::application::{NoteKind, Outcome, PaperPurpose};
use gongkai_model::ids::{ApplicationId, OfficerId};
use gongkai_model::officer::{Act, Role};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::consult::PartyView;
use super::letters::WithheldPart;
use super::notes::{self, NoteText};
use super::steps::told;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, Upload};

/// How a consultation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The number of the consultation.
    pub number: u16,
    /// On which day.
    pub on: Date,
    /// How.
    pub answer: Answer,
    /// In words: reasons, conditions.
    pub words: String,
    /// The part that may be disclosed, where the answer is for a part.
    pub agreed_part: String,
}

/// What a partial disclosure keeps back: each part with its ground, since each enters the register by itself (条例 第三十七条).
fn parts_of(withheld: &[WithheldPart]) -> Result<Vec<(Outcome, String)>, Fault> {
    let mut out = Vec::new();
    for one in withheld.iter().filter(|one| !one.what.trim().is_empty() || !one.ground.is_empty()) {
        let ground = Outcome::parse(&one.ground).filter(|ground| ground.withholds());
        let ground = ground.ok_or_else(|| Fault::field("parts", "每一处不公开的内容都要选依据"))?;
        if one.what.trim().is_empty() || one.what.chars().count() > 400 {
            return Err(Fault::field("parts", "每一处不公开的内容都要写明是什么，不超过400字"));
        }
        out.push((ground, one.what.trim().to_owned()));
    }
    if out.is_empty() {
        return Err(Fault::field("parts", "部分公开的，请写明不公开的内容和依据：它们进入不予公开台账"));
    }
    Ok(out)
}

impl Services {
    /// Notes how a consultation ended, with the slip as a file. Silence ends it on its last day, and means for a co-maker the
    /// opposite of what it means for a third party (条例 第三十二条, 第三十四条).
    ///
    /// # Errors
    /// The step is not possible; an objection has no reason; somebody else has acted; the person may not.
    pub async fn note_answer(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        answered: &Answered,
        slip: Option<&Upload>,
    ) -> Result<(), Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        if record.version != version {
            return Err(Fault::Conflict);
        }
        let words = answered.words.trim();
        if answered.answer == Answer::Objected && words.is_empty() {
            return Err(Fault::field(
                "words",
                "不同意公开的，请写明对方的理由：是否合理，是决定公开还是不公开的依据（条例第三十二条）",
            ));
        }
        if words.chars().count() > 3_000 || answered.agreed_part.chars().count() > 3_000 {
            return Err(Fault::field("words", "意见不超过3000字"));
        }
        let vault = self.vault().await?;
        let rows = self.store.consultations(id).await?;
        let row = rows.iter().find(|one| one.number == answered.number).ok_or(Fault::NotFound)?;
        let mut party = PartyView::of(vault, row)?;
        words.clone_into(&mut party.party.answered);
        answered.agreed_part.trim().clone_into(&mut party.party.agreed_part);
        let paper = match slip {
            Some(upload) => Some(self.seal_paper(now, id, PaperPurpose::Slip, upload, Some(actor.id())).await?),
            None => None,
        };
        let event = Event::ConsultationClosed { id: party.clock_id(), on: answered.on, answer: answered.answer };
        let tx = self.store.begin().await?;
        self.step(&tx, now, record, event, (Some(actor.id()), "")).await?;
        tx.put_consultation(&party.record(vault, id)?).await?;
        if let Some(paper) = &paper {
            tx.insert_paper(paper).await?;
        }
        self.record(&tx, now, actor, "application.step", &id.to_string(), &told(event)).await?;
        Ok(tx.commit().await?)
    }

    /// Notes a reply that was made outside of this program: the head of the disclosure office answers for it, its scan is kept, and what it
    /// withholds enters the register.
    ///
    /// # Errors
    /// The step is not possible; the scan is missing; the person is not the head of the disclosure office.
    pub async fn note_reply_elsewhere(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        (outcome, served): (Outcome, Date),
        withheld: &[WithheldPart],
        (words, scan): (&str, Option<&Upload>),
    ) -> Result<(), Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        if !actor.holds(Role::DisclosureOfficeHead) {
            return Err(Refusal::new("在别处作出的答复，由公开办负责人登记", "请负责人登记").into());
        }
        if record.version != version {
            return Err(Fault::Conflict);
        }
        if let Some(key) = &record.identity_key {
            let others = self.store.applications_of(record.agency, key, 51).await?;
            if let Some((_, number)) = self.answered_along(&record, &others).await? {
                let what = format!("{number}有一份正在办理的答复，一并答复这件申请");
                return Err(Refusal::new(what, "先办完那一份，或者在那一份里取消勾选").into());
            }
        }
        if words.trim().is_empty() {
            return Err(Fault::field("words", "请写明答复书的文号和送达方式"));
        }
        let parts: Vec<(Outcome, String)> = match outcome {
            Outcome::Partial => parts_of(withheld)?,
            other if other.withholds() => vec![(other, record.subject.clone())],
            _ => Vec::new(),
        };
        let scan = scan.ok_or_else(|| Fault::field("file", "请上传答复书的扫描件"))?;
        let paper = self.seal_paper(now, id, PaperPurpose::Replied, scan, Some(actor.id())).await?;
        let event = Event::Replied { outcome, served };
        let tx = self.store.begin().await?;
        self.step(&tx, now, record.clone(), event, (Some(actor.id()), words)).await?;
        tx.insert_paper(&paper).await?;
        tx.replace_withheld(id).await?;
        for (ground, part) in parts {
            super::withheld::enter(&tx, &record, None, (ground, part), served).await?;
        }
        self.record(&tx, now, actor, "application.step", &id.to_string(), &told(event)).await?;
        Ok(tx.commit().await?)
    }

    /// Notes that a new reply was ordered by a decision or judgment that is not among the disputes noted here: the head of the disclosure
    /// office answers for it, and its scan is kept.
    ///
    /// # Errors
    /// The step is not possible; the term is longer than a year; the paper is missing; the person is not the head of the disclosure office.
    pub async fn note_order(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        (on, due): (Date, Date),
        (words, scan): (&str, Option<&Upload>),
    ) -> Result<(), Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        if !actor.holds(Role::DisclosureOfficeHead) {
            return Err(Refusal::new("责令重新答复由公开办负责人登记", "请负责人连同决定书、判决书登记").into());
        }
        if record.version != version {
            return Err(Fault::Conflict);
        }
        if words.trim().is_empty() {
            return Err(Fault::field("words", "请写明复议决定书或者判决书的文号"));
        }
        if on.checked_add(1.year()).is_ok_and(|latest| due > latest) {
            return Err(Fault::field("due", format!("重新答复的期限{due}在一年以后，请按文书核对")));
        }
        let scan = scan.ok_or_else(|| Fault::field("file", "请上传决定书或者判决书的扫描件"))?;
        let paper = self.seal_paper(now, id, PaperPurpose::Attachment, scan, Some(actor.id())).await?;
        let event = Event::Reopened { on, due };
        let tx = self.store.begin().await?;
        self.step(&tx, now, record, event, (Some(actor.id()), words)).await?;
        tx.insert_paper(&paper).await?;
        self.record(&tx, now, actor, "application.step", &id.to_string(), &told(event)).await?;
        Ok(tx.commit().await?)
    }

    /// Notes a step together with what the applicant said: the reason of many applications, a withdrawal, a correction.
    ///
    /// # Errors
    /// The step is not possible; nothing was said; somebody else has acted; the person may not.
    pub async fn note_said(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        (event, kind): (Event, NoteKind),
        words: &str,
    ) -> Result<(), Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        if record.version != version {
            return Err(Fault::Conflict);
        }
        self.said(now, record, (event, kind), words, Some(actor.id()), &actor.id().to_string()).await
    }

    /// A step and the words that came with it, in one transaction.
    pub(super) async fn said(
        &self,
        now: Timestamp,
        record: gongkai_store::ApplicationRecord,
        (event, kind): (Event, NoteKind),
        words: &str,
        officer: Option<OfficerId>,
        by: &str,
    ) -> Result<(), Fault> {
        let words = words.trim();
        if words.is_empty() {
            return Err(Fault::field("words", "请写明内容"));
        }
        if words.chars().count() > 3_000 {
            return Err(Fault::field("words", "内容不超过3000字"));
        }
        let id = record.id;
        let text = NoteText { text: words.to_owned(), ..NoteText::default() };
        let note = notes::sealed(self.vault().await?, now, id, (kind, event.date()), officer, &text)?;
        let tx = self.store.begin().await?;
        self.step(&tx, now, record, event, (officer, "")).await?;
        tx.insert_case_note(&note).await?;
        tx.append_audit(now, by, "application.step", &id.to_string(), &told(event)).await?;
        Ok(tx.commit().await?)
    }
}
