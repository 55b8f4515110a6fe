//! Drafts with a mark of a national secret are kept apart: the secrecy reviewer releases them, or empties them for good. Secret
//! documents are never entered in this system (保密法 第三十五条).

use gongkai_model::Refusal;
use gongkai_model::ids::EditionId;
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::State;
use gongkai_store::{BlobHash, DeskRow, EditionRecord};
use jiff::Timestamp;

use super::draft::REVIEW_YEARS;
use super::services::{Actor, Services};
use super::{Fault, text};

/// What stands in lists for those who may not open it.
const APART: &str = "（稿件带有国家秘密标志，已暂停）";
/// What stands where the content was.
const EMPTIED: &str = "（内容已由保密审查员清除）";

/// Rows as a person may see them: of what is kept apart not even the title, unless the person wrote it or reviews secrecy.
pub(super) fn veiled(rows: &mut [DeskRow], actor: &Actor) {
    for row in rows.iter_mut().filter(|row| row.secret_mark) {
        let may = actor.may(Act::Review(Role::SecrecyReviewer), row.agency) || super::desk::wrote(row, actor.id());
        if !may {
            APART.clone_into(&mut row.title);
        }
    }
}

impl Services {
    /// # Errors
    /// It is kept apart.
    pub(super) fn must_not_be_kept_apart(record: &EditionRecord) -> Result<(), Fault> {
        if record.secret_mark {
            return Err(Refusal::new("稿件带有国家秘密标志，已暂停", "由保密审查员核实后解除暂停，或者清除内容")
                .by("《保守国家秘密法》第三十五条")
                .into());
        }
        Ok(())
    }

    /// What is kept apart is opened and changed by those who wrote it and by secrecy reviewers alone.
    ///
    /// # Errors
    /// It is kept apart from this person.
    pub(super) fn must_be_let_in(&self, actor: &Actor, record: &EditionRecord) -> Result<(), Fault> {
        let reviews = || actor.may(Act::Review(Role::SecrecyReviewer), self.directory().answering(record.agency));
        if !record.secret_mark || record.edition.authors.contains(&actor.id()) || reviews() {
            return Ok(());
        }
        Err(Refusal::new("稿件带有国家秘密标志，已暂停查看", "由保密审查员核实")
            .by("《保守国家秘密法》第三十五条")
            .into())
    }

    async fn kept_apart(&self, actor: &Actor, id: EditionId, reason: &str) -> Result<EditionRecord, Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Review(Role::SecrecyReviewer), self.directory().answering(record.agency))?;
        if !record.secret_mark {
            return Err(Refusal::new("稿件没有暂停", "刷新页面查看现在的状态").into());
        }
        if reason.trim().chars().count() < 4 {
            return Err(Fault::field("apart", "写明核实的结果，会记入审计"));
        }
        Ok(record)
    }

    /// Lets a draft that was kept apart go on.
    ///
    /// # Errors
    /// A mark still stands in it; no reason is given; the person is no secrecy reviewer.
    pub async fn release(&self, now: Timestamp, actor: &Actor, id: EditionId, reason: &str) -> Result<(), Fault> {
        let record = self.kept_apart(actor, id, reason).await?;
        let files = self.store.attachments(id).await?;
        if self.carries_secret_mark(&record, &files).await? {
            return Err(Refusal::new(
                "稿件或文件里还有国家秘密标志",
                "不是真的标志的，先在检查结果里写处理意见；确是涉密内容的，清除内容",
            )
            .by("《保守国家秘密法》第三十五条")
            .into());
        }
        let tx = self.store.begin().await?;
        tx.set_secret_mark(id, false).await?;
        let detail = format!("reason={}", reason.trim().replace('\n', " "));
        self.record(&tx, now, actor, "edition.release", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Takes one file of a draft that was kept apart away for good; the rest stays as it was found, and kept apart.
    ///
    /// # Errors
    /// There is no such file; no reason is given; the person is no secrecy reviewer.
    pub async fn clear_file(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        file: uuid::Uuid,
        reason: &str,
    ) -> Result<(), Fault> {
        let mut record = self.kept_apart(actor, id, reason).await?;
        let tx = self.store.begin().await?;
        let files = tx.attachments(id).await?;
        let gone = files.iter().find(|one| one.id == file).cloned().ok_or(Fault::NotFound)?;
        tx.delete_attachment(gone.id).await?;
        let left: Vec<_> = files.into_iter().filter(|one| one.id != file).collect();
        record.edition.redact(text::content_hash(&record.metadata, &record.extras, &record.body, &left))?;
        record.updated_at = now;
        tx.update_edition(&record).await?;
        let detail = format!("sha256={}\nreason={}", gone.hash, reason.trim().replace('\n', " "));
        self.record(&tx, now, actor, "edition.clear_file", &id.to_string(), &detail).await?;
        tx.commit().await?;
        self.forget(now, &[Some(gone.hash), gone.text].into_iter().flatten().collect::<Vec<_>>()).await
    }

    /// Empties a draft that was kept apart: text, metadata, files and what was kept of its submissions are gone for good. That it
    /// was there, who wrote it, and who emptied it stays in the audit chain. Backups made before still hold it.
    ///
    /// # Errors
    /// It is public; no reason is given; the person is no secrecy reviewer.
    pub async fn destroy(&self, now: Timestamp, actor: &Actor, id: EditionId, reason: &str) -> Result<(), Fault> {
        let mut record = self.kept_apart(actor, id, reason).await?;
        let files = self.store.attachments(id).await?;
        let submitted = self.store.audit_about(&id.to_string()).await?;
        let mut hashes: Vec<BlobHash> = files.iter().map(|file| file.hash.clone()).collect();
        hashes.extend(files.iter().filter_map(|file| file.text.clone()));
        hashes.extend(
            submitted
                .iter()
                .flat_map(|one| one.detail.lines())
                // Files that were taken off again, and copies that took the place of others, are named in the chain.
                .filter_map(|line| {
                    let (name, hash) = line.split_once('=')?;
                    matches!(name, "text" | "sha256" | "from" | "to").then(|| hash.parse().ok()).flatten()
                }),
        );
        // What was decided about its findings goes with them; of what is public besides, the decisions stay.
        let settled = self.store.dispositions(record.publication).await?;
        let alone = self.store.editions(record.publication).await?.len() == 1;
        let found = self.find(&record, &files, &settled).await?;
        let gone: Vec<&str> = settled
            .iter()
            .map(|one| one.fingerprint.as_str())
            .filter(|one| alone || found.iter().any(|finding| finding.fingerprint == *one))
            .collect();
        let metadata = &mut record.metadata;
        EMPTIED.clone_into(&mut metadata.title);
        metadata.doc_no = None;
        for field in [&mut metadata.summary, &mut metadata.keywords, &mut metadata.attribute_reason] {
            field.clear();
        }
        record.body.clear();
        record.extras = gongkai_store::Extras { channels: record.extras.channels.clone(), ..Default::default() };
        let content = text::content_hash(&record.metadata, &record.extras, &record.body, &[]);
        record.edition.destroy(content)?;
        record.secret_mark = false;
        record.updated_at = now;
        let tx = self.store.begin().await?;
        for file in &files {
            tx.delete_attachment(file.id).await?;
        }
        tx.update_edition(&record).await?;
        tx.clear_comments(id).await?;
        for fingerprint in gone {
            tx.delete_disposition(record.publication, fingerprint).await?;
        }
        let detail = format!("reason={}\nfiles={}", reason.trim().replace('\n', " "), files.len());
        self.record(&tx, now, actor, "edition.destroy", &id.to_string(), &detail).await?;
        tx.commit().await?;
        self.forget(now, &hashes).await
    }

    /// Confirms that what is public, or what was withheld, was looked at again and stays as it is; `next` is the day of the next
    /// look, none where there is to be none.
    ///
    /// # Errors
    /// It is neither public nor settled; the day is not to come.
    pub async fn confirm(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        next: Option<jiff::civil::Date>,
    ) -> Result<(), Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Draft, self.directory().answering(record.agency))?;
        if !matches!(record.edition.state, State::Published { .. } | State::Closed) {
            return Err(Refusal::new(format!("{}，不用复核", record.edition.state.label()), "").into());
        }
        let today = super::clock::local_date(now);
        if next.is_some_and(|day| day <= today) {
            return Err(Fault::field("review_by", "下次复核的日期应在今天以后"));
        }
        if next.is_some_and(|day| day.year() > today.year().saturating_add(REVIEW_YEARS)) {
            return Err(Fault::field("review_by", format!("下次复核在{REVIEW_YEARS}年以后，请核对年份")));
        }
        let tx = self.store.begin().await?;
        tx.set_review_by(id, next).await?;
        let next = next.map(|day| day.to_string()).unwrap_or_default();
        self.record(&tx, now, actor, "edition.confirm", &id.to_string(), &format!("next={next}")).await?;
        Ok(tx.commit().await?)
    }
}
