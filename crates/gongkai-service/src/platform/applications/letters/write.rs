//! A letter is written, given files, thrown away.

use gongkai_letters::{Composed, Fact, LetterError, Templates, compose};
use gongkai_model::Refusal;
use gongkai_model::application::clock::ConsultationKind;
use gongkai_model::application::{PaperPurpose, asks};
use gongkai_model::ids::LetterId;
use gongkai_store::{ApplicationRecord, LetterRecord, LetterState, Tx};
use jiff::Timestamp;
use uuid::Uuid;

use super::super::{ApplicationView, access};
use super::LetterContent;
use super::facts::Making;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, Upload, clock};

/// What a letter that cannot be made lacks, as the office is told.
pub(super) fn told(error: &LetterError) -> Fault {
    match error {
        LetterError::Missing(_, facts) => Fault::Invalid(
            facts
                .iter()
                // Worked out from what else is asked for.
                .filter(|fact| facts.len() == 1 || !["收费金额", "当月件次"].contains(&fact.as_str()))
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
        let mut composed = compose(&templates, &request, &self.calendar()).map_err(|error| told(&error))?;
        if let Some(body) = &making.content.body {
            // The clock goes by the facts: days and sums stand in the letter as they are kept.
            let kept: Vec<String> = request
                .facts
                .iter()
                .filter(|(fact, _)| {
                    fact.is_date() && **fact != Fact::FormedOn || matches!(fact, Fact::FeeAmount | Fact::ExtensionDays)
                })
                .map(|(_, value)| value.text())
                .collect();
            super::view::rewrite(&mut composed, body, (&request.hidden, &kept))?;
        }
        Ok(composed)
    }

    /// Who is asked in a letter: number and kind.
    pub(super) fn asked(view: &ApplicationView, consultation: Option<u16>) -> Option<(u16, ConsultationKind)> {
        view.parties.iter().find(|one| Some(one.number) == consultation).map(|one| (one.number, one.kind))
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
        let today = clock::local_date(now);
        self.must_join(actor, &record, (letter.outcome, &content.joined), today).await?;
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
        // Whom nobody has asked is not one who was asked.
        if let Some(number) = letter.consultation.filter(|_| asks(letter.kind)) {
            tx.delete_consultation(record.id, number).await?;
        }
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
        if !letter.writers.contains(&actor.id()) {
            letter.writers.push(actor.id());
        }
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
