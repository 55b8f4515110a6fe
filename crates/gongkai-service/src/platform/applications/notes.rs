//! Notes of an application: searches, talks, remarks; what the applicant sent.

use gongkai_model::application::NoteKind;
use gongkai_model::ids::{ApplicationId, OfficerId};
use gongkai_store::CaseNote;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::access;
use crate::platform::services::{Actor, Services};
use crate::platform::vault::Vault;
use crate::platform::{Fault, clock};

/// What a note says. A search has all of it, others the text alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteText {
    /// In words.
    pub text: String,
    /// 检索范围: systems and archives.
    pub systems: String,
    /// 检索关键词.
    pub keywords: String,
    /// 检索时间段.
    pub period: String,
    /// 检索人.
    pub by: String,
}

/// A note as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteView {
    /// Its identity.
    pub id: Uuid,
    /// Its kind.
    pub kind: NoteKind,
    /// The day it is about.
    pub on: Date,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it; none for the applicant.
    pub officer: Option<OfficerId>,
    /// What it says.
    pub text: NoteText,
    /// It waits for the office.
    pub waits: bool,
}

/// The most characters of a note.
const LONGEST: usize = 3_000;

impl NoteView {
    pub(super) fn of(vault: &Vault, note: &CaseNote) -> Result<Self, Fault> {
        let text = vault.unseal(note.id, &note.sealed)?;
        Ok(Self {
            id: note.id,
            kind: NoteKind::from_code(&note.kind).unwrap_or(NoteKind::Remark),
            on: note.on,
            at: note.at,
            officer: note.officer,
            text: serde_json::from_str(&text).map_err(|error| Fault::Failed(error.to_string()))?,
            waits: note.waits,
        })
    }
}

/// A note ready for the database.
pub(super) fn sealed(
    vault: &Vault,
    now: Timestamp,
    application: ApplicationId,
    (kind, on): (NoteKind, Date),
    officer: Option<OfficerId>,
    text: &NoteText,
) -> Result<CaseNote, Fault> {
    let id = Uuid::now_v7();
    let plain = serde_json::to_string(text).map_err(|error| Fault::Failed(error.to_string()))?;
    Ok(CaseNote {
        id,
        application,
        kind: kind.code().to_owned(),
        on,
        at: now,
        officer,
        sealed: vault.seal(id, &plain)?,
        waits: false,
    })
}

/// # Errors
/// A field is blank that the kind needs, or too long.
fn looked_at(kind: NoteKind, text: &NoteText) -> Result<(), Fault> {
    let mut wrong = Vec::new();
    let fields: &[(&str, &str, &String, bool)] = &[
        ("note", "内容", &text.text, kind != NoteKind::Search),
        ("systems", "检索范围", &text.systems, kind == NoteKind::Search),
        ("keywords", "检索关键词", &text.keywords, kind == NoteKind::Search),
        ("period", "检索时间段", &text.period, kind == NoteKind::Search),
        ("by", "检索人", &text.by, kind == NoteKind::Search),
    ];
    for (field, label, value, needed) in fields {
        if *needed && value.trim().is_empty() {
            wrong.push(((*field).to_owned(), format!("请填写{label}")));
        } else if value.chars().count() > LONGEST {
            wrong.push(((*field).to_owned(), format!("{label}不超过{LONGEST}字")));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Fault::Invalid(wrong)) }
}

impl Services {
    /// Writes a note: a search with what 条例 第三十六条第四项 has to be proved by, a talk, a remark.
    ///
    /// # Errors
    /// Something is blank; the day has not come; the person does not work on the case.
    pub async fn add_note(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        (kind, on): (NoteKind, Date),
        text: &NoteText,
    ) -> Result<(), Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        access::must_work_on(actor, &record)?;
        if !NoteKind::OFFICE.contains(&kind) {
            return Err(Fault::field("kind", "请选择记录的种类"));
        }
        if on > clock::local_date(now) {
            return Err(Fault::field("on", "日期还没有到，请核对"));
        }
        if on < record.arrival.on {
            return Err(Fault::field("on", format!("日期早于收到申请的日期{}，请核对", record.arrival.on)));
        }
        looked_at(kind, text)?;
        let note = sealed(self.vault().await?, now, id, (kind, on), Some(actor.id()), text)?;
        let tx = self.store.begin().await?;
        tx.insert_case_note(&note).await?;
        let detail = format!("note={}\nkind={}\non={on}", note.id, kind.code());
        self.record(&tx, now, actor, "application.note", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Says that what an applicant sent was looked at.
    ///
    /// # Errors
    /// There is none; the person does not work on the case.
    pub async fn settle_note(&self, now: Timestamp, actor: &Actor, id: ApplicationId, note: Uuid) -> Result<(), Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        access::must_work_on(actor, &record)?;
        let tx = self.store.begin().await?;
        if !tx.case_notes(id).await?.iter().any(|one| one.id == note) {
            return Err(Fault::NotFound);
        }
        tx.settle_case_note(note).await?;
        self.record(&tx, now, actor, "application.note.seen", &id.to_string(), &format!("note={note}")).await?;
        Ok(tx.commit().await?)
    }
}
