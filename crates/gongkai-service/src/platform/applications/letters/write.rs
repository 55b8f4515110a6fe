//! A letter is begun, written, thrown away.

use gongkai_calendar::Calendar;
use gongkai_letters::{Composed, LetterError, Templates, compose};
use gongkai_model::Refusal;
use gongkai_model::application::clock::{ConsultationKind, Event};
use gongkai_model::application::{LetterKind, Outcome, PaperPurpose, is_reply, letter_chain};
use gongkai_model::ids::{ApplicationId, LetterId};
use gongkai_store::{ApplicationRecord, LetterRecord, LetterState, Tx};
use jiff::Timestamp;
use uuid::Uuid;

use super::super::consult::{Party, PartyView};
use super::super::{ApplicationView, access, standing};
use super::LetterContent;
use super::facts::{Making, event_of};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, Upload, clock};

/// Which letter to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewLetter {
    /// A letter that goes to the applicant and decides nothing.
    Plain(LetterKind),
    /// A reply with its outcome.
    Reply(Outcome),
    /// A question to somebody.
    Ask(ConsultationKind, Party),
    /// A letter about somebody who was asked: to the applicant (L07), or to the third party whom disclosure goes against (L13).
    About(LetterKind, u16),
}

/// The letters that are begun as they are.
const PLAIN: [LetterKind; 8] = [
    LetterKind::L02,
    LetterKind::L03,
    LetterKind::L04,
    LetterKind::L08,
    LetterKind::L09,
    LetterKind::L10,
    LetterKind::L27,
    LetterKind::L30,
];

/// What a letter that cannot be made lacks, as the office is told.
pub(super) fn told(error: &LetterError) -> Fault {
    match error {
        LetterError::Missing(_, facts) => Fault::Invalid(
            facts
                .iter()
                .map(|fact| {
                    let by_settings = ["联系方式", "复议机关", "网上渠道", "管辖法院"].contains(&fact.as_str());
                    let sentence = if by_settings {
                        format!("文书缺少{fact}：请管理员在“设置”里填写")
                    } else {
                        format!("请填写{fact}")
                    };
                    (fact.clone(), sentence)
                })
                .collect(),
        ),
        other => Fault::field("", other.to_string()),
    }
}

impl Services {
    /// A letter as it stands: composed from what the case knows and what is written.
    pub(super) async fn composed(&self, making: &Making<'_>) -> Result<Composed, Fault> {
        let request = self.letter_request(making).await?;
        let templates = Templates::standard().map_err(|error| Fault::Failed(error.to_string()))?;
        let mut composed = compose(&templates, &request, Calendar::official()).map_err(|error| told(&error))?;
        if let Some(body) = &making.content.body {
            super::view::rewrite(&mut composed, body, &request.hidden)?;
        }
        Ok(composed)
    }

    /// Who is asked in a letter: number and kind.
    pub(super) fn asked(view: &ApplicationView, consultation: Option<u16>) -> Option<(u16, ConsultationKind)> {
        view.parties.iter().find(|one| Some(one.number) == consultation).map(|one| (one.number, one.kind))
    }

    /// Begins a letter. What the law does not allow today is not begun.
    ///
    /// # Errors
    /// The step is not possible; there is such a letter under way; the person does not work on the case.
    pub async fn begin_letter(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        new: &NewLetter,
    ) -> Result<LetterId, Fault> {
        let view = self.opened_view(now, id).await?;
        access::must_work_on(actor, &view.record)?;
        let today = clock::local_date(now);
        let (kind, outcome, consultation, party) = Self::planned(&view, new)?;
        let under_way = view.letters.iter().map(|one| &one.record).find(|one| {
            one.kind == kind
                && one.consultation == consultation
                && !matches!(one.state, LetterState::Served | LetterState::Void)
        });
        if let Some(other) = under_way {
            let what = format!("已有一份{}{}", kind.title(), other.state.label());
            return Err(Refusal::new(what, "先办完那一份，或者作废后再起草").into());
        }
        let replies = view.letters.iter().any(|one| {
            one.record.outcome.is_some() && !matches!(one.record.state, LetterState::Served | LetterState::Void)
        });
        if outcome.is_some() && replies {
            return Err(Refusal::new("已有一份答复正在办理", "先办完那一份，或者作废后再起草").into());
        }
        let content = self.first_content(&view, kind, today).await?;
        let facts = content.values(kind)?;
        let asked = match new {
            NewLetter::Ask(kind, _) => consultation.map(|number| (number, *kind)),
            NewLetter::Plain(_) | NewLetter::Reply(_) | NewLetter::About(..) => Self::asked(&view, consultation),
        };
        // A fact that is not written yet, such as the limit of another organ, is no reason to refuse the beginning.
        match event_of(kind, outcome, asked, &facts, today) {
            Ok(Some(Event::Extended { approval, notified, .. })) => {
                possible(&view, Event::Extended { days: 1, approval, notified })?;
            }
            Ok(Some(event)) => possible(&view, event)?,
            Ok(None) | Err(_) => {}
        }
        let letter_id = LetterId(Uuid::now_v7());
        let vault = self.vault().await?;
        let plain = serde_json::to_string(&content).map_err(|error| Fault::Failed(error.to_string()))?;
        let record = LetterRecord {
            id: letter_id,
            application: id,
            agency: view.record.agency,
            position: u16::try_from(view.letters.len() + 1).map_err(|_many| Fault::Failed("文书太多".to_owned()))?,
            kind,
            state: LetterState::Draft,
            chain: letter_chain(kind, view.record.section.is_some()),
            round: 0,
            number: None,
            consultation,
            outcome,
            sealed: vault.seal(letter_id.0, &plain)?,
            text: None,
            hash: content.hash(kind, &[])?,
            formed_on: None,
            served_on: None,
            service: None,
            proof: String::new(),
            author: actor.id(),
            created_at: now,
            updated_at: now,
            version: 1,
        };
        let tx = self.store.begin().await?;
        self.touch_case(&tx, now, &view.record).await?;
        if let Some(party) = party {
            tx.put_consultation(&party.record(vault, id)?).await?;
        }
        tx.insert_letter(&record).await?;
        let detail = format!("letter={letter_id}\nkind={}\noutcome={}", kind.code(), outcome.map_or("", Outcome::code));
        self.record(&tx, now, actor, "letter.begin", &id.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(letter_id)
    }

    /// Which letter is meant, with its outcome and whom it is about.
    #[expect(clippy::type_complexity, reason = "taken apart at once")]
    fn planned(
        view: &ApplicationView,
        new: &NewLetter,
    ) -> Result<(LetterKind, Option<Outcome>, Option<u16>, Option<PartyView>), Fault> {
        Ok(match new {
            NewLetter::Plain(kind) if PLAIN.contains(kind) => {
                let outcome = match kind {
                    LetterKind::L30 if view.record.standing.outcome != Some(Outcome::Withdrawn) => {
                        return Err(Refusal::new("申请人没有撤回", "先登记申请人撤回").into());
                    }
                    _ => None,
                };
                (*kind, outcome, None, None)
            }
            NewLetter::Plain(_) => return Err(Fault::field("letter", "请选择文书")),
            NewLetter::Reply(outcome) => {
                let kind = outcome.letter().filter(|kind| is_reply(*kind)).ok_or_else(|| {
                    Fault::field("outcome", "这种结果没有固定的文书：请在本机关的公文系统制作，再登记已作出的答复")
                })?;
                (kind, Some(*outcome), None, None)
            }
            NewLetter::Ask(kind, party) => {
                let mut wrong = Vec::new();
                for (field, value, label) in [("party", &party.name, "名称"), ("address", &party.address, "地址")] {
                    if value.trim().is_empty() {
                        wrong.push((field.to_owned(), format!("请填写被征求意见方的{label}")));
                    } else if value.chars().count() > 200 {
                        wrong.push((field.to_owned(), format!("{label}不超过200字")));
                    }
                }
                if *kind == ConsultationKind::ThirdParty && party.name.trim() == view.form.name.trim() {
                    wrong.push(("party".to_owned(), "第三方不能是申请人自己".to_owned()));
                }
                if !wrong.is_empty() {
                    return Err(Fault::Invalid(wrong));
                }
                let last = view.parties.iter().map(|one| one.number).max().unwrap_or(0);
                let number = last.checked_add(1).ok_or_else(|| Fault::Failed("征求意见太多".to_owned()))?;
                let letter = if *kind == ConsultationKind::ThirdParty { LetterKind::L05 } else { LetterKind::L06 };
                let party = PartyView { id: Uuid::now_v7(), number, kind: *kind, party: party.clone() };
                (letter, None, Some(number), Some(party))
            }
            NewLetter::About(kind, number) => {
                let there = Self::asked(view, Some(*number)).ok_or(Fault::NotFound)?;
                let third = there.1 == ConsultationKind::ThirdParty;
                if !matches!(kind, LetterKind::L07 | LetterKind::L13) || (*kind == LetterKind::L13 && !third) {
                    return Err(Fault::field("letter", "请选择文书"));
                }
                (*kind, None, Some(*number), None)
            }
        })
    }

    /// Keeps what was written into a letter that is a draft.
    ///
    /// # Errors
    /// A day is no day; it is no draft any more; somebody else changed it; the person does not work on the case.
    pub async fn save_letter(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: LetterId,
        version: i32,
        content: &LetterContent,
    ) -> Result<(), Fault> {
        let (mut letter, record) = self.letter_to_write(actor, id, version).await?;
        let content = content.clone().tidy(letter.kind);
        content.values(letter.kind)?;
        content.parts()?;
        if content.facts.values().chain(content.body.iter()).any(|text| text.chars().count() > 20_000)
            || content.withheld.len() > 200
        {
            return Err(Fault::field("", "内容太长，请精简"));
        }
        let vault = self.vault().await?;
        let plain = serde_json::to_string(&content).map_err(|error| Fault::Failed(error.to_string()))?;
        letter.sealed = vault.seal(id.0, &plain)?;
        letter.hash = content.hash(letter.kind, &self.given_with(&letter).await?)?;
        letter.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_letter(&letter).await?;
        let detail = format!("letter={id}\nhash={}", letter.hash);
        self.record(&tx, now, actor, "letter.save", &record.id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Adds a file that goes with a letter.
    ///
    /// # Errors
    /// The file is of no use; the letter is no draft any more.
    pub async fn attach_to_letter(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: LetterId,
        version: i32,
        upload: &Upload,
    ) -> Result<(), Fault> {
        let (mut letter, record) = self.letter_to_write(actor, id, version).await?;
        let mut paper = self.seal_paper(now, record.id, PaperPurpose::Given, upload, Some(actor.id())).await?;
        paper.letter = Some(id);
        let content = self.content_of(&letter).await?;
        let tx = self.store.begin().await?;
        tx.insert_paper(&paper).await?;
        letter.hash = content.hash(letter.kind, &files_of(&tx, &letter).await?)?;
        letter.updated_at = now;
        tx.update_letter(&letter).await?;
        let detail = format!("letter={id}\npaper={}\nsha256={}", paper.id, paper.hash);
        self.record(&tx, now, actor, "letter.attach", &record.id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Takes a file off a letter that is a draft.
    ///
    /// # Errors
    /// There is none; the letter is no draft any more.
    pub async fn detach_from_letter(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: LetterId,
        version: i32,
        paper: Uuid,
    ) -> Result<(), Fault> {
        let (mut letter, record) = self.letter_to_write(actor, id, version).await?;
        let there = self.store.papers(record.id).await?;
        let gone = there.iter().find(|one| one.id == paper && one.letter == Some(id)).ok_or(Fault::NotFound)?;
        let content = self.content_of(&letter).await?;
        let tx = self.store.begin().await?;
        tx.delete_paper(paper).await?;
        letter.hash = content.hash(letter.kind, &files_of(&tx, &letter).await?)?;
        letter.updated_at = now;
        tx.update_letter(&letter).await?;
        let detail = format!("letter={id}\npaper={paper}");
        self.record(&tx, now, actor, "letter.detach", &record.id.to_string(), &detail).await?;
        tx.commit().await?;
        self.forget(now, std::slice::from_ref(&gone.hash)).await
    }

    /// Throws a letter away that was not sent.
    ///
    /// # Errors
    /// It was sent; somebody else changed it; the person does not work on the case.
    pub async fn void_letter(&self, now: Timestamp, actor: &Actor, id: LetterId, version: i32) -> Result<(), Fault> {
        let mut letter = self.store.letter(id).await?.ok_or(Fault::NotFound)?;
        let record = self.store.application(letter.application).await?.ok_or(Fault::NotFound)?;
        access::must_work_on(actor, &record)?;
        match letter.state {
            LetterState::Draft | LetterState::InReview | LetterState::Signed => {}
            LetterState::Served | LetterState::Void => {
                return Err(Refusal::new(format!("文书{}，不能作废", letter.state.label()), "").into());
            }
        }
        letter.version = version;
        letter.state = LetterState::Void;
        letter.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_letter(&letter).await?;
        self.record(&tx, now, actor, "letter.void", &record.id.to_string(), &format!("letter={id}")).await?;
        Ok(tx.commit().await?)
    }

    async fn letter_to_write(
        &self,
        actor: &Actor,
        id: LetterId,
        version: i32,
    ) -> Result<(LetterRecord, ApplicationRecord), Fault> {
        let mut letter = self.store.letter(id).await?.ok_or(Fault::NotFound)?;
        let record = self.store.application(letter.application).await?.ok_or(Fault::NotFound)?;
        access::must_work_on(actor, &record)?;
        if letter.version != version {
            return Err(Fault::Conflict);
        }
        if letter.state != LetterState::Draft {
            return Err(Refusal::new(format!("文书{}，不能修改", letter.state.label()), "要修改的，先收回").into());
        }
        letter.version = version;
        Ok((letter, record))
    }

    /// What is written in a letter.
    pub(super) async fn content_of(&self, letter: &LetterRecord) -> Result<LetterContent, Fault> {
        let text = self.vault().await?.unseal(letter.id.0, &letter.sealed)?;
        serde_json::from_str(&text).map_err(|error| Fault::Failed(error.to_string()))
    }

    /// The hashes of the files that go with a letter.
    pub(super) async fn given_with(&self, letter: &LetterRecord) -> Result<Vec<String>, Fault> {
        let papers = self.store.papers(letter.application).await?;
        Ok(given(&papers, letter.id))
    }

    /// Says that a case has changed, so that whoever looks at an older state of it is told.
    pub(in super::super) async fn touch_case(
        &self,
        tx: &Tx,
        now: Timestamp,
        record: &ApplicationRecord,
    ) -> Result<(), Fault> {
        let mut record = record.clone();
        record.updated_at = now;
        Ok(tx.update_application(&record).await?)
    }
}

fn given(papers: &[gongkai_store::CasePaper], letter: LetterId) -> Vec<String> {
    let mine = papers.iter().filter(|one| one.letter == Some(letter) && one.purpose == PaperPurpose::Given.code());
    mine.map(|one| one.hash.to_string()).collect()
}

async fn files_of(tx: &Tx, letter: &LetterRecord) -> Result<Vec<String>, Fault> {
    Ok(given(&tx.papers(letter.application).await?, letter.id))
}

/// # Errors
/// The law does not allow the step.
pub(super) fn possible(view: &ApplicationView, event: Event) -> Result<(), Fault> {
    let history = standing::history(&view.record, &view.steps)?;
    history.with(event, Calendar::official()).map(|_history| ()).map_err(standing::refused)
}
