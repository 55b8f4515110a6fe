//! Drafting: new publications, saving, new editions, giving up.

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use gongkai_model::officer::Act;
use gongkai_model::publication::{Edition, State};
use gongkai_store::{Attachment, AuditEntry, EditionRecord, Publication, ReceiptState};
use jiff::Timestamp;
use uuid::Uuid;

use super::extract::Extracted;
use super::file::{Upload, clean_name};
use super::services::{Actor, Services};
use super::{Fault, clock, text};

mod form;
mod manuscript;
mod view;

pub use form::DraftInput;
pub(super) use form::REVIEW_YEARS;
pub(super) use manuscript::overview;
pub use view::EditionView;

pub(super) use form::LONGEST;
use manuscript::{hidden_in_source, suggested, told_of_source};

/// How a publication begins.
#[derive(Debug, Clone)]
pub enum NewDraft {
    /// From a file.
    File(Upload),
    /// From typed or pasted text.
    Text(String),
    /// From a form that holds everything.
    Form(Box<DraftInput>),
}

/// The file a draft came from.
struct Source {
    name: String,
    media: String,
    hash: gongkai_store::BlobHash,
    content: Vec<u8>,
    /// What it hides, as the checks tell it.
    hidden: String,
    /// The text beside its body.
    beside: Option<(gongkai_store::BlobHash, String)>,
}

impl Services {
    /// Begins a publication. The same `id` twice gives the same draft: a form sent twice makes one.
    ///
    /// # Errors
    /// The file cannot be read; the person may not draft.
    pub async fn create(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: PublicationId,
        new: NewDraft,
    ) -> Result<EditionId, Fault> {
        let agency = actor.agency();
        actor.need(Act::Draft, agency)?;
        self.must_be_open(agency)?;
        if let Some(known) = self.store.publication(id).await? {
            let editions = self.store.editions(id).await?;
            let first = editions.last().filter(|_| known.agency == agency);
            return first.map(|one| one.id).ok_or(Fault::NotFound);
        }
        let mut source = None;
        let extracted = match new {
            NewDraft::Form(input) => return self.create_draft(now, actor, id, &input, None, false).await,
            NewDraft::File(upload) => {
                let (mut extracted, hash) = self.take_in(&upload).await?;
                if !extracted.error.is_empty() {
                    return Err(Fault::field("file", extracted.error));
                }
                let hidden = hidden_in_source(&extracted.hidden);
                let shown = if hidden.is_empty() { None } else { self.read_shown(&upload).await? };
                let left_out = shown.is_some();
                if let Some(shown) = shown {
                    extracted = Extracted { media: extracted.media, ..shown };
                }
                let hidden = told_of_source(&hidden, left_out, extracted.pictures());
                let beside = if extracted.beside.is_empty() {
                    None
                } else {
                    Some((self.store.blobs().put(extracted.beside.as_bytes()).await?, extracted.beside.clone()))
                };
                source = Some(Source {
                    name: clean_name(&upload.name),
                    media: extracted.media.clone(),
                    hash,
                    content: upload.bytes,
                    hidden,
                    beside,
                });
                extracted
            }
            NewDraft::Text(text) => {
                if text.trim().is_empty() {
                    return Err(Fault::field("text", "请选择文件，或粘贴正文"));
                }
                if text.chars().count() > LONGEST {
                    return Err(Fault::field("text", "正文超过二十万字，请把附表改作附件"));
                }
                self.extract(text.into_bytes(), "txt").await?
            }
        };
        if !extracted.error.is_empty() {
            return Err(Fault::field("text", extracted.error));
        }
        let name = source.as_ref().map(|one| one.name.as_str()).unwrap_or_default();
        let beside_marked = super::check::marked_lines(&format!("{name}\n{}", extracted.beside));
        self.create_draft(now, actor, id, &suggested(&extracted), source, beside_marked).await
    }

    async fn create_draft(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: PublicationId,
        input: &DraftInput,
        source: Option<Source>,
        beside_marked: bool,
    ) -> Result<EditionId, Fault> {
        let agency = actor.agency();
        let (metadata, mut extras, body) = input.parse()?;
        extras.explains = self.explained(input.explains.trim(), id).await?;
        let chain = self.directory().get(agency).map(|one| one.settings.chain()).unwrap_or_default();
        let content = text::content_hash(&metadata, &extras, &body, &[]);
        let secret_mark = beside_marked || super::check::marked(&metadata, &extras.change_note, &body);
        let edition = EditionRecord {
            id: EditionId(Uuid::now_v7()),
            publication: id,
            agency,
            section: self.section_of(actor.id()).await?,
            number: 1,
            edition: Edition::new(actor.id(), chain, content),
            metadata,
            extras,
            body,
            submitted_at: None,
            updated_at: now,
            published_at: None,
            version: 1,
            secret_mark,
            help_wanted: false,
            withdrawn: None,
        };
        let tx = self.store.begin().await?;
        if tx.publication(id).await?.is_some() {
            // The same form came twice at once; the other one was first.
            tx.rollback().await?;
            let editions = self.store.editions(id).await?;
            return editions.last().filter(|one| one.agency == agency).map(|one| one.id).ok_or(Fault::NotFound);
        }
        let inserted = tx
            .insert_publication(&Publication {
                id,
                agency,
                index_no: None,
                created_at: now,
                first_published_at: None,
                imported_as: None,
            })
            .await;
        if let Err(gongkai_store::Error::Duplicate(_)) = inserted {
            // On PostgreSQL the other one may have been first by less than a look.
            tx.rollback().await?;
            let editions = self.store.editions(id).await?;
            return editions.last().filter(|one| one.agency == agency).map(|one| one.id).ok_or(Fault::NotFound);
        }
        inserted?;
        tx.insert_edition(&edition).await?;
        if let Some(Source { name, media, hash, content, hidden, beside }) = &source {
            let own = |text: &String| text.clone();
            tx.insert_attachment(&Attachment {
                id: Uuid::now_v7(),
                edition: edition.id,
                position: 0,
                name: own(name),
                media: own(media),
                hash: hash.clone(),
                bytes: i64::try_from(content.len()).unwrap_or(i64::MAX),
                public: false,
                text: beside.as_ref().map(|(hash, _)| hash.clone()),
                hidden: own(hidden),
            })
            .await?;
        }
        self.record(&tx, now, actor, "edition.create", &edition.id.to_string(), &format!("publication={id}")).await?;
        if secret_mark {
            self.record(&tx, now, actor, "edition.quarantine", &edition.id.to_string(), "").await?;
        }
        if let Some(Source { hash, content, beside, .. }) = &source {
            self.put_again(&[(hash, content)]).await?;
            if let Some((hash, text)) = beside {
                self.put_again(&[(hash, text.as_bytes())]).await?;
            }
        }
        tx.commit().await?;
        Ok(edition.id)
    }

    /// Saves a draft. Signatures over another content are void. Gives the number that the next change must name.
    ///
    /// # Errors
    /// Fields are wrong; somebody else changed it since `version`; it is not a draft.
    pub async fn save(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        version: i32,
        input: &DraftInput,
    ) -> Result<i32, Fault> {
        let (record, files) = tokio::join!(self.editable(actor, id), self.store.attachments(id));
        let (mut record, files) = (record?, files?);
        let (metadata, mut extras, body) = input.parse()?;
        extras.explains = self.explained(input.explains.trim(), record.publication).await?;
        let content = text::content_hash(&metadata, &extras, &body, &files);
        let review_changed =
            (record.extras.review_by, record.extras.counts_from) != (extras.review_by, extras.counts_from);
        if record.version != version {
            let same = record.edition.content == content && !review_changed;
            return if same { Ok(record.version) } else { Err(Fault::Conflict) };
        }
        if record.edition.content == content && !review_changed {
            return Ok(record.version);
        }
        let before = record.clone();
        let found = super::check::marked(&metadata, &extras.change_note, &body);
        (record.metadata, record.extras, record.body) = (metadata, extras, body);
        if found {
            // A mark that the secrecy reviewer has cleared is none.
            record.secret_mark = self.carries_secret_mark(&record, &files).await?;
        }
        record.edition.edit(content, actor.id())?;
        record.updated_at = now;
        let entry = AuditEntry {
            at: now,
            actor: actor.id().to_string(),
            act: "edition.save".to_owned(),
            subject: id.to_string(),
            detail: format!("content={}", record.edition.content),
        };
        self.store.together(self.store.draft_change(&before, &record)?, entry).await?;
        Ok(record.version + 1)
    }

    /// The section a person serves in, while there is one.
    pub(super) async fn section_of(&self, id: OfficerId) -> Result<Option<AgencyId>, Fault> {
        let section = self.store.account(id).await?.and_then(|account| account.section);
        Ok(section.filter(|id| self.directory().get(*id).is_some_and(|one| !one.is_closed)))
    }

    async fn explained(&self, index_no: &str, own: PublicationId) -> Result<Option<PublicationId>, Fault> {
        if index_no.is_empty() {
            return Ok(None);
        }
        let found = self.store.publication_by_index(index_no).await?;
        match found.filter(|one| one.id != own) {
            Some(one) => Ok(Some(one.id)),
            None => Err(Fault::field("explains", format!("没有索引号为“{index_no}”的已公开信息，请核对"))),
        }
    }

    /// Begins the next edition of what is public or was withdrawn, with the same text.
    ///
    /// # Errors
    /// One is under way already; nothing was ever public.
    pub async fn renew(&self, now: Timestamp, actor: &Actor, id: PublicationId) -> Result<EditionId, Fault> {
        let publication = self.store.publication(id).await?.ok_or(Fault::NotFound)?;
        // What an agency published before its end is kept up by the one that took over, in its own name.
        let agency = self.directory().answering(publication.agency);
        actor.need(Act::Draft, agency)?;
        let editions = self.store.editions(id).await?;
        let Some(last) = editions.first() else { return Err(Fault::NotFound) };
        if let Some(report) = self.report_in(last).await? {
            return Err(Self::made_elsewhere(report.year));
        }
        if let Some(open) = editions
            .iter()
            .find(|one| matches!(one.edition.state, State::Draft | State::InReview { .. } | State::Approved { .. }))
        {
            return Ok(open.id);
        }
        let base = editions
            .iter()
            .find(|one| matches!(one.edition.state, State::Published { .. } | State::Withdrawn { .. } | State::Closed))
            .ok_or_else(|| Refusal::new("没有可以修改的版本", ""))?;
        let chain = self.directory().get(agency).map(|one| one.settings.chain()).unwrap_or_default();
        let mut next = base.clone();
        next.agency = agency;
        next.section = self.section_of(actor.id()).await?;
        next.id = EditionId(Uuid::now_v7());
        next.number = last.number + 1;
        next.extras.change_note = String::new();
        // 条例 第二十六条: the term of a change counts from the day of the change; the drafter puts the true day here.
        next.extras.counts_from = Some(clock::local_date(now));
        next.submitted_at = None;
        next.withdrawn = None;
        next.help_wanted = false;
        next.published_at = None;
        next.updated_at = now;
        let files: Vec<Attachment> =
            self.store.attachments(base.id).await?.into_iter().filter(|file| file.public).collect();
        let content = text::content_hash(&next.metadata, &next.extras, &next.body, &files);
        next.edition = Edition::new(actor.id(), chain, content);
        let tx = self.store.begin().await?;
        tx.insert_edition(&next).await?;
        for file in files {
            tx.insert_attachment(&Attachment { id: Uuid::now_v7(), edition: next.id, ..file }).await?;
        }
        self.record(&tx, now, actor, "edition.renew", &next.id.to_string(), &format!("publication={id}")).await?;
        tx.commit().await?;
        Ok(next.id)
    }

    /// Gives a draft up; it stays in the audit chain.
    ///
    /// # Errors
    /// It is not a draft.
    pub async fn discard(&self, now: Timestamp, actor: &Actor, id: EditionId) -> Result<(), Fault> {
        let mut record = self.editable(actor, id).await?;
        record.edition.discard()?;
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_edition(&record).await?;
        self.record(&tx, now, actor, "edition.discard", &id.to_string(), "").await?;
        Ok(tx.commit().await?)
    }

    /// Takes back what is on its way, to be changed: the drafter while it is reviewed, the publisher what is approved.
    ///
    /// # Errors
    /// It is not on its way; no reason is given.
    pub async fn recall(&self, now: Timestamp, actor: &Actor, id: EditionId, reason: &str) -> Result<(), Fault> {
        let mut record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        let approved = matches!(record.edition.state, State::Approved { .. });
        // What an agency left unfinished is ended by the one that took over.
        let agency = self.directory().answering(record.agency);
        if !(approved && actor.may(Act::Publish, agency)) {
            actor.need(self.writing(&record).await?, agency)?;
        }
        if let Some(report) = self.report_in(&record).await?
            && report.submitted.is_some()
            && self
                .fate_of_report(report.agency, report.year)
                .await?
                .is_some_and(|one| one.line.state != ReceiptState::Returned)
        {
            let why = "报告已经报送主管部门，不能收回：主管部门审的就是这一份";
            return Err(Refusal::new(why, "请主管部门退回以后修改，或者公开以后建立更正版本").into());
        }
        record.edition.recall(reason)?;
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_edition(&record).await?;
        self.record(&tx, now, actor, "edition.recall", &id.to_string(), &format!("reason={}", reason.trim())).await?;
        Ok(tx.commit().await?)
    }

    /// The agency of an edition; for the access check.
    ///
    /// # Errors
    /// There is none.
    pub async fn agency_of(&self, id: EditionId) -> Result<AgencyId, Fault> {
        Ok(self.store.edition(id).await?.ok_or(Fault::NotFound)?.agency)
    }
}
