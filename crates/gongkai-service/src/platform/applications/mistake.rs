//! A step that was noted wrongly is taken back: the last one alone, by the head of the disclosure office, with the reason kept.

use gongkai_model::Refusal;
use gongkai_model::application::NoteKind;
use gongkai_model::application::clock::Event;
use gongkai_model::ids::ApplicationId;
use gongkai_model::officer::{Act, Role};
use gongkai_store::{LetterState, StepRecord};
use jiff::Timestamp;

use super::notes::{self, NoteText};
use super::{ApplicationView, standing, steps};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

impl ApplicationView {
    /// The last step, where a slip of the pen can be taken back: what an applicant did, a served letter, a reply or a ruling has
    /// set stands.
    ///
    /// # Errors
    /// There is none, or it stands; the refusal says why.
    pub fn last_noted(&self) -> Result<&StepRecord, Refusal> {
        let Some(last) = self.steps.last() else {
            return Err(Refusal::new("还没有登记步骤", ""));
        };
        let what = format!("“{}”（{}）不能撤销", last.event.label(), last.event.date());
        if self.record.erased_on.is_some() {
            return Err(Refusal::new(what, "个人信息已经清除的申请不再改动"));
        }
        if last.officer.is_none() {
            return Err(Refusal::new(what, "是申请人自己提交的，或者系统按期限登记的"));
        }
        if matches!(last.event, Event::Replied { .. } | Event::Reopened { .. } | Event::Registered { .. }) {
            return Err(Refusal::new(what, "答复和责令重新答复已经对外生效：有错的，作出更正的答复，并写进记录"));
        }
        let served = self
            .letters
            .iter()
            .map(|one| &one.record)
            .any(|letter| letter.state == LetterState::Served && letter.updated_at == last.noted_at);
        if served {
            return Err(Refusal::new(what, "这一步来自已经送达的文书：有错的，另发文书更正"));
        }
        Ok(last)
    }
}

impl Services {
    /// Takes back the last step, because it was noted wrongly; what it said and why stays on the case and in the audit chain. The
    /// clock is as it was before. A number that was given stays.
    ///
    /// # Errors
    /// The step stands; there is no reason; somebody else has acted; the person is not the head of the disclosure office.
    pub async fn take_back_step(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        reason: &str,
    ) -> Result<(), Fault> {
        let view = self.opened_view(now, id).await?;
        actor.need(Act::Handle, view.record.agency)?;
        if !actor.holds(Role::DisclosureOfficeHead) {
            return Err(Refusal::new("登记错的步骤，由公开办负责人撤销", "请负责人撤销以后重新登记").into());
        }
        if view.record.version != version {
            return Err(Fault::Conflict);
        }
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > 500 {
            return Err(Fault::field("mistake_reason", "请写明哪里登记错了，不超过500字"));
        }
        let event = view.last_noted()?.event;
        let left = view.steps.get(..view.steps.len() - 1).unwrap_or_default();
        let today = clock::local_date(now);
        let mut record = view.record.clone();
        record.standing =
            standing::of(&self.calendar(), &standing::history(&self.calendar(), &record, left)?, today)?.1;
        record.updated_at = now;
        let words = format!("撤销登记的“{}”（{}）：{reason}", event.label(), event.date());
        let text = NoteText { text: words, ..NoteText::default() };
        let note = notes::sealed(self.vault().await?, now, id, (NoteKind::Remark, today), Some(actor.id()), &text)?;
        let tx = self.store.begin().await?;
        tx.update_application(&record).await?;
        tx.delete_last_step(id).await?;
        tx.insert_case_note(&note).await?;
        self.record(&tx, now, actor, "application.unstep", &id.to_string(), &steps::told(event)).await?;
        Ok(tx.commit().await?)
    }
}
