//! 合并答复: one letter answers several applications of one applicant. Each of them is still counted by itself, has its own outcome and
//! its own clock, and keeps a copy of the letter as its own.

use gongkai_model::Refusal;
use gongkai_model::application::clock::{ConsultationKind, Event, Irregularity};
use gongkai_model::application::{Outcome, PaperPurpose};
use gongkai_model::ids::{ApplicationId, LetterId};
use gongkai_store::{ApplicationRecord, CasePaper, LetterRecord, LetterSignature, LetterState, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::super::consult::PartyView;
use super::super::{access, standing, steps};
use super::LetterContent;
use super::serve::{Service, named};
use super::view::written;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, Upload, written_date};

/// The most applications that are answered along with another.
pub(super) const MOST: usize = 20;

/// An application that the same letter may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joinable {
    /// Its identity.
    pub id: ApplicationId,
    /// Its number.
    pub registration_no: String,
    /// The day of its receipt.
    pub received: Date,
    /// What it asks for.
    pub wanted: String,
}

impl Joinable {
    /// How a letter names it.
    fn named(&self) -> String {
        format!(
            "{}收到的申请（登记编号：{}），申请公开：{}",
            written_date(self.received),
            self.registration_no,
            self.wanted
        )
    }
}

/// A copy of a letter for an application that it answers too, ready to be kept.
pub(super) struct Copy {
    record: ApplicationRecord,
    letter: LetterRecord,
    signatures: Vec<LetterSignature>,
    papers: Vec<CasePaper>,
    outcome: Outcome,
}

impl Services {
    /// An application as a letter to another names it. The other is of the same applicant: by the number of the paper and by the name, since a
    /// number may be mistyped, and what another person asks for is nobody else's business.
    ///
    /// # Errors
    /// Why it cannot be answered along with the other, in words.
    async fn joinable(
        &self,
        (main, name): (&ApplicationRecord, &str),
        other: &ApplicationRecord,
        outcome: Outcome,
        today: Date,
    ) -> Result<Result<Joinable, Refusal>, Fault> {
        let number = other.registration_no.clone().unwrap_or_else(|| "没有编号的一件".to_owned());
        let no = |why: &str, way_out: &str| Ok(Err(Refusal::new(format!("{number}{why}"), way_out)));
        let Some(received) = other.standing.received.filter(|_| other.registration_no.is_some()) else {
            return no("尚未确认收到，现在不能答复", "取消勾选这一件，单独办理");
        };
        let form = steps::opened(self, other).await?;
        if form.name.trim() != name.trim() {
            return no("申请人的姓名（名称）与本件不同", "核对登记的证件号码；不是同一申请人的，分别答复");
        }
        if other.section != main.section {
            return no("与本件没有交办给同一科室", "由各自的科室负责人签署：分别答复，或者先交办给同一科室");
        }
        let noted = self.store.steps(other.id).await?;
        let calendar = self.calendar();
        let event = Event::Replied { outcome, served: today };
        let Ok(history) = standing::history(&calendar, other, &noted)?.with(event, &calendar) else {
            return no("现在不能答复（正在补正、征求意见或者已经办结）", "取消勾选这一件，单独办理");
        };
        let irregularities = standing::of(&calendar, &history, today)?.0.irregularities;
        if irregularities.contains(&Irregularity::ThirdPartyNotConsulted) {
            return no("没有征求第三方意见的记录", "先征求第三方意见，或者分别答复");
        }
        if outcome == Outcome::Duplicate && !self.was_answered_before(other).await? {
            return no("以前没有已经答复的申请，不是重复申请", "取消勾选这一件，单独办理");
        }
        Ok(Ok(Joinable { id: other.id, registration_no: number, received, wanted: form.wanted_line() }))
    }

    /// Whether the same applicant had an answer before this application came in.
    async fn was_answered_before(&self, record: &ApplicationRecord) -> Result<bool, Fault> {
        let Some(key) = &record.identity_key else { return Ok(false) };
        let all = self.store.applications_of(record.agency, key, 51).await?;
        Ok(all.iter().any(|one| {
            one.id != record.id && standing::was_answered(&one.standing) && one.arrival.on <= record.arrival.on
        }))
    }

    /// The reply under way to another application of the applicant that answers this one along with it: the number of that application.
    pub(in crate::platform::applications) async fn answered_along(
        &self,
        record: &ApplicationRecord,
        others: &[ApplicationRecord],
    ) -> Result<Option<(LetterId, String)>, Fault> {
        for other in others.iter().filter(|one| one.id != record.id && one.standing.outcome.is_none()) {
            for letter in self.store.letters(other.id).await? {
                let under_way =
                    letter.outcome.is_some() && !matches!(letter.state, LetterState::Served | LetterState::Void);
                if under_way && self.content_of(&letter).await?.joined.contains(&record.id) {
                    return Ok(Some((letter.id, other.registration_no.clone().unwrap_or_default())));
                }
            }
        }
        Ok(None)
    }

    /// The other applications of the same applicant that a reply may answer along with its own.
    pub(super) async fn joinables(
        &self,
        record: &ApplicationRecord,
        outcome: Option<Outcome>,
        today: Date,
    ) -> Result<Vec<Joinable>, Fault> {
        let (Some(key), Some(outcome)) = (&record.identity_key, outcome) else { return Ok(Vec::new()) };
        let name = steps::opened(self, record).await?.name;
        let mut out = Vec::new();
        for other in self.store.applications_of(record.agency, key, 51).await? {
            if other.id == record.id || other.standing.outcome.is_some() || out.len() >= MOST {
                continue;
            }
            out.extend(self.joinable((record, &name), &other, outcome, today).await?);
        }
        Ok(out)
    }

    /// What a letter says of the other applications that it answers, empty where there are none; the third parties of those, who are not
    /// to be named; whether one of them wants its reply through the internet.
    pub(super) async fn joined_words(&self, joined: &[ApplicationId]) -> Result<(String, Vec<String>, bool), Fault> {
        let vault = self.vault().await?;
        let (mut out, mut third, mut internet) = (Vec::new(), Vec::new(), false);
        for id in joined {
            let other = self.store.application(*id).await?.ok_or(Fault::NotFound)?;
            let form = steps::opened(self, &other).await?;
            internet |= matches!(form.route.as_str(), "email" | "download");
            for row in self.store.consultations(*id).await? {
                let party = PartyView::of(vault, &row)?;
                if party.kind == ConsultationKind::ThirdParty {
                    third.push(party.party.name);
                }
            }
            let wanted = form.wanted_line();
            let received = other.standing.received.unwrap_or(other.arrival.on);
            let number = other.registration_no.clone().unwrap_or_default();
            out.push(Joinable { id: *id, registration_no: number, received, wanted }.named());
        }
        let words = if out.is_empty() {
            String::new()
        } else {
            format!("；本机关一并答复下列申请：{}", out.join("；"))
        };
        Ok((words, third, internet))
    }

    /// # Errors
    /// One of the applications is of another applicant, cannot be answered today, or has a reply of its own under way; the person
    /// does not work on it.
    pub(super) async fn must_join(
        &self,
        actor: &Actor,
        record: &ApplicationRecord,
        (outcome, joined): (Option<Outcome>, &[ApplicationId]),
        today: Date,
    ) -> Result<(), Fault> {
        for id in joined {
            access::must_work_on(actor, &self.store.application(*id).await?.ok_or(Fault::NotFound)?)?;
        }
        self.still_joins(record, (outcome, joined), today).await
    }

    /// Looked at when it is written, signed and served: meanwhile an application may have been corrected, given to another section, ended.
    ///
    /// # Errors
    /// One of the applications is of another applicant, cannot be answered on that day, or has a reply of its own under way.
    pub(super) async fn still_joins(
        &self,
        record: &ApplicationRecord,
        (outcome, joined): (Option<Outcome>, &[ApplicationId]),
        today: Date,
    ) -> Result<(), Fault> {
        if joined.len() > MOST {
            return Err(Fault::field("joined", format!("一份答复最多一并答复{MOST}件申请")));
        }
        let name = match joined {
            [] => return Ok(()),
            _ => steps::opened(self, record).await?.name,
        };
        for id in joined {
            let other = self.store.application(*id).await?.ok_or(Fault::NotFound)?;
            let same = other.agency == record.agency
                && other.id != record.id
                && record.identity_key.is_some()
                && other.identity_key == record.identity_key;
            let Some(outcome) = outcome.filter(|_| same) else {
                return Err(Fault::field("joined", "只能一并答复同一申请人向本机关提出的其他申请"));
            };
            let number = other.registration_no.as_deref().unwrap_or("没有编号的一件");
            self.joinable((record, &name), &other, outcome, today).await??;
            let under_way = |one: &LetterRecord| {
                one.outcome.is_some() && !matches!(one.state, LetterState::Served | LetterState::Void)
            };
            if self.store.letters(*id).await?.iter().any(under_way) {
                let what = format!("{number}另有一份答复正在办理");
                return Err(Refusal::new(what, "先作废那一份，或者取消勾选").into());
            }
        }
        Ok(())
    }

    /// Makes the copies of a letter about to be served: text, proof, signatures and files, sealed anew for each application.
    pub(super) async fn copies(
        &self,
        now: Timestamp,
        actor: &Actor,
        (letter, content): (&LetterRecord, &LetterContent),
        service: &Service,
    ) -> Result<Vec<Copy>, Fault> {
        let Some(outcome) = letter.outcome.filter(|_| !content.joined.is_empty()) else { return Ok(Vec::new()) };
        let vault = self.vault().await?;
        let text = written(&self.signed_text(letter).await?)?;
        let signatures = self.store.letter_signatures(letter.id).await?;
        let papers = self.store.papers(letter.application).await?;
        let given = PaperPurpose::Given.code();
        let mut out = Vec::new();
        for id in &content.joined {
            let record = self.store.application(*id).await?.ok_or(Fault::NotFound)?;
            access::must_work_on(actor, &record)?;
            // Each applicant has named a way, also where it is the same person: what may go to one by the portal may not go to another.
            let form = steps::opened(self, &record).await?;
            named(service, &form, record.arrival.channel).map_err(|fault| {
                let number = record.registration_no.as_deref().unwrap_or_default();
                Fault::field("way", format!("一并答复的{number}：{fault}"))
            })?;
            let own = LetterId(Uuid::now_v7());
            let again = |sealed: &str| match sealed {
                "" => Ok(String::new()),
                sealed => vault.seal(own.0, &vault.unseal(letter.id.0, sealed)?),
            };
            let there = self.store.letters(*id).await?.len();
            let copy = LetterRecord {
                id: own,
                application: *id,
                position: u16::try_from(there + 1).map_err(|_many| Fault::Failed("文书太多".to_owned()))?,
                sealed: again(&letter.sealed)?,
                text: Some(vault.seal(own.0, &text)?),
                proof: again(&letter.proof)?,
                joined_to: Some(letter.id),
                version: 1,
                ..letter.clone()
            };
            let signatures = signatures
                .iter()
                .map(|one| Ok(LetterSignature { comment: again(&one.comment)?, ..one.clone() }))
                .collect::<Result<_, Fault>>()?;
            let mut files = Vec::new();
            for paper in papers.iter().filter(|one| one.letter == Some(letter.id) && one.purpose == given) {
                let (name, _, bytes) = self.open_paper(paper).await?;
                let upload = Upload { name, bytes };
                let mut file = self.seal_paper(now, *id, PaperPurpose::Given, &upload, paper.officer).await?;
                file.letter = Some(own);
                files.push(file);
            }
            out.push(Copy { record, letter: copy, signatures, papers: files, outcome });
        }
        Ok(out)
    }

    /// Keeps the copies and answers their applications, in the transaction that serves the letter.
    ///
    /// # Errors
    /// One of the applications cannot be answered on that day, or somebody else has acted on it: then nothing is served.
    pub(super) async fn serve_copies(
        &self,
        tx: &Tx,
        now: Timestamp,
        actor: &Actor,
        (copies, content): (Vec<Copy>, &LetterContent),
        served: Date,
    ) -> Result<(), Fault> {
        for copy in copies {
            let number = copy.record.registration_no.clone().unwrap_or_default();
            tx.insert_letter(&copy.letter).await?;
            for signature in &copy.signatures {
                tx.insert_letter_signature(copy.letter.id, signature).await?;
            }
            for paper in &copy.papers {
                tx.insert_paper(paper).await?;
            }
            self.register_withheld(tx, &copy.record, &copy.letter, content, served).await?;
            let id = copy.record.id.to_string();
            let event = Event::Replied { outcome: copy.outcome, served };
            self.step(tx, now, copy.record, event, (Some(actor.id()), "")).await.map_err(|fault| match fault {
                Fault::Refused(refusal) => {
                    Fault::Refused(Refusal { what: format!("一并答复的{number}：{}", refusal.what), ..refusal })
                }
                other => other,
            })?;
            let joined_to = copy.letter.joined_to.map(|one| one.to_string()).unwrap_or_default();
            let detail =
                format!("letter={}\njoined_to={joined_to}\non={served}\n{}", copy.letter.id, steps::told(event));
            self.record(tx, now, actor, "letter.serve", &id, &detail).await?;
        }
        Ok(())
    }
}
