//! Files beside a text: taken in, looked through, given out.

use std::io::Read;

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, EditionId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::State;
use gongkai_store::{Attachment, BlobHash, EditionRecord};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::extract::{Extracted, picture};
use super::services::{Actor, Services};
use super::{Fault, text};

/// A file as it came.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The name it came with; a path in it is cut off.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A file as pages show it.
#[derive(Debug, Clone)]
pub struct AttachmentView {
    /// The file.
    pub file: Attachment,
    /// Its size in words.
    pub size: String,
}

/// What to do about pictures in a file.
pub(super) const LOOK: &str =
    "图片里的文字程序读不出来：打开文件，核对有没有个人信息和内部标志，把核对结果写进处理意见";
/// The kind of job that takes a file away after a backup.
pub(super) const FORGET: &str = "forget";
/// How long a backup is waited for before a file is looked at again.
const HELD: SignedDuration = SignedDuration::from_mins(10);
/// The largest upload.
pub(super) const LARGEST: usize = 50 << 20;
/// The most files beside one text.
const MOST: usize = 30;

impl AttachmentView {
    pub(super) fn new(file: Attachment) -> Self {
        let size = words(file.bytes);
        Self { file, size }
    }
}

/// A size in words.
pub(super) fn words(bytes: i64) -> String {
    let bytes = u64::try_from(bytes).unwrap_or(0);
    match bytes {
        0..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes >> 20, (bytes % (1 << 20)) * 10 / (1 << 20)),
    }
}

/// The last part of a name, without what no file system or header should see.
pub(super) fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\u{202e}' | '\u{200f}'))
        .collect();
    let kept = kept.trim().trim_start_matches('.').trim();
    let count = kept.chars().count();
    if kept.is_empty() {
        "未命名".to_owned()
    } else if count > 100 {
        // The ending must stay.
        kept.chars().skip(count - 100).collect()
    } else {
        kept.to_owned()
    }
}

/// The ending of a name, in lower case.
pub(super) fn suffix(name: &str) -> String {
    name.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase()).unwrap_or_default()
}

impl Services {
    /// Stores an upload and reads it.
    pub(super) async fn take_in(&self, upload: &Upload) -> Result<(Extracted, BlobHash), Fault> {
        if upload.bytes.is_empty() {
            return Err(Fault::field("file", "文件是空的，请检查是否上传完整"));
        }
        if upload.bytes.len() > LARGEST {
            return Err(Fault::field("file", "文件超过50 MB，请压缩图片或拆分后再上传"));
        }
        let extracted = self.extract(upload.bytes.clone(), &suffix(&clean_name(&upload.name))).await?;
        // What is refused is not kept.
        let kept = extracted.error.is_empty() || !picture(&upload.bytes).is_empty();
        let hash = if kept { self.store.blobs().put(&upload.bytes).await? } else { BlobHash::of(&upload.bytes) };
        Ok((extracted, hash))
    }

    /// Adds a file to a draft. Names in the properties of Office files are taken off; anything else that does not show is
    /// found by the checks and stops publication.
    ///
    /// # Errors
    /// The file cannot be read or is of a kind that is not offered; the edition is not a draft.
    pub async fn attach(&self, now: Timestamp, actor: &Actor, id: EditionId, upload: Upload) -> Result<String, Fault> {
        let mut stored = Vec::new();
        let done = self.attach_noting(now, actor, id, upload, &mut stored).await;
        // What was put down on the way and belongs to nothing, such as the file before its authors were taken off.
        self.forget(now, &stored).await?;
        done
    }

    async fn attach_noting(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        upload: Upload,
        stored: &mut Vec<BlobHash>,
    ) -> Result<String, Fault> {
        let record = self.editable(actor, id).await?;
        let name = clean_name(&upload.name);
        let is_picture = !picture(&upload.bytes).is_empty();
        let mut upload = upload;
        let mut note = String::new();
        let (mut extracted, mut hash) = self.take_in(&upload).await?;
        stored.push(hash.clone());
        if !extracted.error.is_empty() && !is_picture {
            return Err(Fault::field("file", extracted.error));
        }
        let names_somebody = |one: &Extracted| one.hidden.iter().any(|(label, _)| label.starts_with("作者"));
        if names_somebody(&extracted)
            && let Some(clean) = gongkai_ingest::without_authors(&upload.bytes)
        {
            upload.bytes = clean;
            (extracted, hash) = self.take_in(&upload).await?;
            stored.push(hash.clone());
            note = "已去掉文件属性里的作者和单位".to_owned();
        }
        let written = extracted.whole();
        let text = if written.is_empty() { None } else { Some(self.store.blobs().put(written.as_bytes()).await?) };
        stored.extend(text.clone());
        let mut hidden: Vec<String> =
            extracted.hidden.iter().map(|(label, advice)| format!("{label}\t{advice}")).collect();
        // What a program has not read, a person must look at (D13).
        if let Some(pictures) = extracted.pictures().filter(|_| !written.is_empty()) {
            hidden.push(format!("{pictures}\t{LOOK}\tunread"));
        }
        let tx = self.store.begin().await?;
        let known = tx.attachments(id).await?;
        if known.len() >= MOST {
            return Err(Fault::field("file", "附件已有30个，请合并后再上传"));
        }
        if known.iter().any(|one| one.public && one.hash == hash && one.name == name) {
            // The same file twice changes nothing.
            return Ok(note);
        }
        let file = Attachment {
            id: Uuid::now_v7(),
            edition: id,
            position: known.iter().map(|one| one.position).max().unwrap_or(0) + 1,
            name,
            media: if is_picture { picture(&upload.bytes).to_owned() } else { extracted.media },
            bytes: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
            hash,
            public: true,
            text,
            hidden: hidden.join("\n"),
        };
        tx.insert_attachment(&file).await?;
        let marked = super::check::marked_lines(&format!("{}\n{written}", file.name))
            || gongkai_model::publication::check::has_secret_mark(&gongkai_manuscript::marked::parse(&written));
        let record = EditionRecord { secret_mark: record.secret_mark || marked, ..record };
        self.rehash(&tx, now, actor, record).await?;
        self.record(&tx, now, actor, "edition.attach", &id.to_string(), &format!("sha256={}", file.hash)).await?;
        self.put_again(&[(&file.hash, &upload.bytes)]).await?;
        if let Some(text) = &file.text {
            self.put_again(&[(text, written.as_bytes())]).await?;
        }
        tx.commit().await?;
        Ok(note)
    }

    /// Offers the file that a draft came from to the public too; it is looked through like any other.
    ///
    /// # Errors
    /// The draft came from no file; as [`Services::attach`].
    pub async fn attach_source(&self, now: Timestamp, actor: &Actor, id: EditionId) -> Result<String, Fault> {
        self.editable(actor, id).await?;
        let files = self.store.attachments(id).await?;
        let source = files.into_iter().find(|one| !one.public).ok_or(Fault::NotFound)?;
        let bytes = self.store.blobs().get(&source.hash).await?;
        self.attach(now, actor, id, Upload { name: source.name, bytes }).await
    }

    /// Takes a file off a draft.
    ///
    /// # Errors
    /// The edition is not a draft, or has no such file.
    pub async fn detach(&self, now: Timestamp, actor: &Actor, id: EditionId, file: Uuid) -> Result<(), Fault> {
        let record = self.editable(actor, id).await?;
        let tx = self.store.begin().await?;
        let known = tx.attachments(id).await?;
        let Some(gone) = known.iter().find(|one| one.id == file && one.public) else { return Err(Fault::NotFound) };
        tx.delete_attachment(gone.id).await?;
        self.rehash(&tx, now, actor, record).await?;
        self.record(&tx, now, actor, "edition.detach", &id.to_string(), &format!("sha256={}", gone.hash)).await?;
        tx.commit().await?;
        self.forget(now, &[Some(gone.hash.clone()), gone.text.clone()].into_iter().flatten().collect::<Vec<_>>()).await
    }

    /// Takes those of some files away that no version names any more; while a backup is being made, when it is over. Nobody
    /// else commits meanwhile: who names one of them comes before, and it stays, or after, and has put it there again.
    pub(super) async fn forget(&self, now: Timestamp, hashes: &[BlobHash]) -> Result<(), Fault> {
        if hashes.is_empty() {
            return Ok(());
        }
        let tx = self.store.begin().await?;
        tx.wait_for_turn().await?;
        let held = self.store.blobs().is_held().await?;
        for hash in hashes {
            if held {
                tx.enqueue(FORGET, hash.as_str(), now.checked_add(HELD).unwrap_or(now)).await?;
            } else if !tx.is_used(hash).await? {
                self.store.blobs().remove(hash).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Puts down once more, behind everybody else's acts, what a transaction is about to name.
    pub(super) async fn put_again(&self, files: &[(&BlobHash, &[u8])]) -> Result<(), Fault> {
        for (hash, bytes) in files {
            let put = self.store.blobs().put(bytes).await?;
            debug_assert_eq!(&put, *hash, "a file is named by its hash");
        }
        Ok(())
    }

    /// Binds an edition to its files as they are now; signatures over other files are void.
    pub(super) async fn rehash(
        &self,
        tx: &gongkai_store::Tx,
        now: Timestamp,
        actor: &Actor,
        mut record: EditionRecord,
    ) -> Result<(), Fault> {
        let files = tx.attachments(record.id).await?;
        let content = text::content_hash(&record.metadata, &record.extras, &record.body, &files);
        record.edition.edit(content, actor.id())?;
        record.updated_at = now;
        Ok(tx.update_edition(&record).await?)
    }

    /// An edition that the person may change.
    pub(super) async fn editable(&self, actor: &Actor, id: EditionId) -> Result<EditionRecord, Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Draft, record.agency)?;
        self.must_be_let_in(actor, &record)?;
        // What is kept apart stays as it was found until the secrecy reviewer has looked at it.
        Self::must_not_be_kept_apart(&record)?;
        if let Some(report) = self.report_in(&record).await? {
            return Err(Self::made_elsewhere(report.year));
        }
        if record.edition.state == State::Draft {
            Ok(record)
        } else {
            Err(Refusal::new(format!("{}，不能改动", record.edition.state.label()), "需要修改时，请审核人退回").into())
        }
    }

    /// The bytes of a file of an agency's draft or public item, for an officer.
    ///
    /// # Errors
    /// There is none, or the person may not see it.
    pub async fn office_file(&self, actor: &Actor, id: Uuid) -> Result<(Attachment, Vec<u8>), Fault> {
        let file = self.store.attachment(id).await?.ok_or(Fault::NotFound)?;
        let record = self.store.edition(file.edition).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Look, self.directory().answering(record.agency))?;
        let answering = self.directory().answering(record.agency);
        if record.secret_mark && !actor.may(Act::Review(Role::SecrecyReviewer), answering) {
            return Err(Refusal::new(
                "稿件带有国家秘密标志，文件已暂停查看和下载",
                "由保密审查员核实；已下载的立即停止传阅",
            )
            .by("《保守国家秘密法》第三十五条")
            .into());
        }
        let bytes = self.store.blobs().get(&file.hash).await?;
        Ok((file, bytes))
    }

    /// The bytes of a file of what is public now.
    ///
    /// # Errors
    /// There is none.
    pub async fn public_file(&self, id: Uuid) -> Result<(Attachment, Vec<u8>, AgencyId), Fault> {
        let file = self.store.attachment(id).await?.filter(|file| file.public).ok_or(Fault::NotFound)?;
        let record = self.store.edition(file.edition).await?.ok_or(Fault::NotFound)?;
        if !super::portal::is_public(&record) {
            return Err(Fault::NotFound);
        }
        let bytes = self.store.blobs().get(&file.hash).await?;
        Ok((file, bytes, record.agency))
    }
}

/// Reads a whole gzip or plain stream with a bound; used where files come packed.
pub(super) fn read_bounded(mut from: impl Read, most: u64) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let read = from.by_ref().take(most + 1).read_to_end(&mut out)?;
    if u64::try_from(read).unwrap_or(u64::MAX) > most {
        return Err(std::io::Error::other("太大"));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_no_paths_and_no_tricks() {
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("C:\\我的文档\\附件1.xlsx"), "附件1.xlsx");
        assert_eq!(clean_name(".."), "未命名");
        assert_eq!(clean_name("a\u{202e}xslx.exe\r\nX: y"), "axslx.exeX y");
        assert_eq!(clean_name(&format!("{}.pdf", "长".repeat(300))).chars().count(), 100);
    }
}
