//! What was taken down wrongly, or has been corrected by the applicant, is put right in the register: what stood there before is kept as
//! a note.

use gongkai_model::Refusal;
use gongkai_model::application::NoteKind;
use gongkai_model::ids::ApplicationId;
use gongkai_model::officer::Act;
use jiff::Timestamp;

use super::ApplicationForm;
use super::notes::{self, NoteText};
use super::steps::opened;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// The fields by the names of the form.
fn fields(form: &ApplicationForm) -> [(&'static str, &str); 18] {
    [
        ("类别", &form.kind),
        ("姓名、名称", &form.name),
        ("证件", &form.id_document),
        ("证件号码", &form.id_number),
        ("法定代表人", &form.legal_representative),
        ("联系人", &form.contact),
        ("电话", &form.phone),
        ("地址", &form.address),
        ("邮政编码", &form.postcode),
        ("电子邮箱", &form.email),
        ("代理人", &form.agent_name),
        ("代理人证件号码", &form.agent_id_number),
        ("代理人电话", &form.agent_phone),
        ("信息名称", &form.title),
        ("文号", &form.doc_no),
        ("描述", &form.description),
        ("载体", &form.carrier),
        ("获取方式", &form.route),
    ]
}

impl Services {
    /// Puts right what an application says. The days stay: they are what they were.
    ///
    /// # Errors
    /// Nothing was changed; a field has a wrong shape; there is no reason; somebody else has acted; the person may not.
    pub async fn amend_application(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        (form, reason): (&ApplicationForm, &str),
    ) -> Result<(), Fault> {
        let mut record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        if record.erased_on.is_some() {
            return Err(Refusal::new("个人信息已经清除，不能更正", "").into());
        }
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > 500 {
            return Err(Fault::field("amend_reason", "请写明为什么更正，不超过500字"));
        }
        let before = opened(self, &record).await?;
        let form = form.tidy();
        let (applicant, _) = form.read().map_err(Fault::Invalid)?;
        let changed: Vec<String> = fields(&before)
            .iter()
            .zip(fields(&form))
            .filter(|((_, was), (_, is))| was != is)
            .map(|((label, was), _)| format!("{label}原为“{was}”"))
            .collect();
        if changed.is_empty() && before.needs_assistance == form.needs_assistance {
            return Err(Fault::field("amend_reason", "没有改动"));
        }
        let vault = self.vault().await?;
        let plain = serde_json::to_string(&form).map_err(|error| Fault::Failed(error.to_string()))?;
        record.version = version;
        record.kind = applicant.kind;
        record.sealed = vault.seal(id.0, &plain)?;
        record.identity_key = applicant.identity().map(|one| vault.known_by(&one)).transpose()?;
        record.shown_name = applicant.masked_name();
        record.subject = form.shown();
        record.subject_key = form.subject_key();
        record.updated_at = now;
        let said = format!("更正登记：{reason}\n{}", changed.join("；"));
        let text = NoteText { text: said.chars().take(3_000).collect(), ..NoteText::default() };
        let today = clock::local_date(now);
        let note = notes::sealed(vault, now, id, (NoteKind::Remark, today), Some(actor.id()), &text)?;
        let tx = self.store.begin().await?;
        tx.update_application(&record).await?;
        tx.insert_case_note(&note).await?;
        let detail = format!("fields={}\nkind={}", changed.len(), record.kind.code());
        self.record(&tx, now, actor, "application.amend", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }
}
