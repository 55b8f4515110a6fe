//! One paper that asks for several things is split (一事一申请): every part is an application with a number of its own, received on
//! the same day.

use gongkai_model::Refusal;
use gongkai_model::application::clock::{Event, State};
use gongkai_model::application::{NoteKind, PaperPurpose, QueryCode};
use gongkai_model::ids::ApplicationId;
use gongkai_model::officer::Act;
use gongkai_store::{ApplicationRecord, StepRecord};
use jiff::Timestamp;
use rand::RngExt;
use uuid::Uuid;

use super::notes::{self, NoteText};
use super::{ApplicationForm, standing, steps};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, Upload, clock, secret};

/// The most parts of one paper.
const MOST: usize = 50;

impl Services {
    /// Splits an application: the first part stays under its number, every other gets a number and a code of its own. The words of
    /// the whole are kept as a note.
    ///
    /// # Errors
    /// There is but one part; a step was made already; somebody else has acted; the person may not.
    pub async fn split_application(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        parts: &[String],
    ) -> Result<Vec<(String, QueryCode)>, Fault> {
        let parts: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        let Some((first, others)) = parts.split_first().filter(|(_, others)| !others.is_empty()) else {
            return Err(Fault::field("parts", "至少写两件，每件一行"));
        };
        if parts.len() > MOST || parts.iter().any(|part| part.chars().count() > 200) {
            return Err(Fault::field("parts", format!("最多{MOST}件，每件不超过200字")));
        }
        let mut record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        let noted = self.store.steps(id).await?;
        let history = standing::history(&self.calendar(), &record, &noted)?;
        let today = clock::local_date(now);
        let (timeline, _) = standing::of(&self.calendar(), &history, today)?;
        let (State::Running, [Event::Confirmed { on }]) = (timeline.state, history.events()) else {
            return Err(Refusal::new("只有刚登记、还没有办理步骤的申请可以拆分", "已经办理的，作为一件答复").into());
        };
        let event = Event::Confirmed { on: *on };
        let form = steps::opened(self, &record).await?;
        let vault = self.vault().await?;
        let part_of = |text: &str| ApplicationForm {
            title: text.to_owned(),
            doc_no: String::new(),
            description: String::new(),
            ..form.clone()
        };
        let seal = |id: ApplicationId, form: &ApplicationForm| -> Result<String, Fault> {
            let text = serde_json::to_string(form).map_err(|error| Fault::Failed(error.to_string()))?;
            vault.seal(id.0, &text)
        };
        let whole =
            NoteText { text: format!("拆分前的申请内容：{}", form.wanted_line()), ..NoteText::default() };
        let note = notes::sealed(vault, now, id, (NoteKind::Remark, today), Some(actor.id()), &whole)?;
        let kept = part_of(first);
        // Each part is a case of its own: what the applicant brought lies in every one.
        let brought: Vec<_> =
            self.store.papers(id).await?.into_iter().filter(|one| one.purpose != PaperPurpose::Found.code()).collect();
        record.version = version;
        record.sealed = seal(id, &kept)?;
        record.subject = kept.shown();
        record.subject_key = kept.subject_key();
        record.updated_at = now;
        let children: Vec<ApplicationId> = others.iter().map(|_| ApplicationId(Uuid::now_v7())).collect();
        let mut copies = Vec::new();
        for new in &children {
            for paper in &brought {
                let (name, _, bytes) = self.open_paper(paper).await?;
                let purpose = PaperPurpose::from_code(&paper.purpose).unwrap_or(PaperPurpose::Attachment);
                copies.push(
                    self.seal_paper(now, *new, purpose, &Upload { name, bytes }, paper.officer.or(Some(actor.id())))
                        .await?,
                );
            }
        }
        let tx = self.store.begin().await?;
        tx.update_application(&record).await?;
        tx.insert_case_note(&note).await?;
        let mut out = Vec::new();
        for (text, new) in others.iter().zip(children) {
            let form = part_of(text);
            let code = QueryCode::of(rand::rng().random());
            let number = self.number(&tx, record.agency, *on).await?;
            let child = ApplicationRecord {
                id: new,
                registration_no: Some(number.clone()),
                query_hash: secret::hash(code.plain()),
                sealed: seal(new, &form)?,
                subject: form.shown(),
                subject_key: form.subject_key(),
                parent: Some(id),
                version: 1,
                ..record.clone()
            };
            tx.insert_application(&child).await?;
            let step = StepRecord { event, noted_at: now, officer: Some(actor.id()), note: None };
            tx.insert_step(new, &step).await?;
            self.record(&tx, now, actor, "application.split", &new.to_string(), &format!("from={id}")).await?;
            out.push((number, code));
        }
        for copy in &copies {
            tx.insert_paper(copy).await?;
        }
        let detail = format!("parts={}", parts.len());
        self.record(&tx, now, actor, "application.split", &id.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(out)
    }
}
