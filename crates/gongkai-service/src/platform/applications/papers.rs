//! Files of an application: sealed, named for what they are, given only to those who may open the case.

use gongkai_model::application::PaperPurpose;
use gongkai_model::ids::{ApplicationId, LetterId, OfficerId};
use gongkai_store::CasePaper;
use jiff::Timestamp;
use uuid::Uuid;

use super::access;
use crate::platform::file::{clean_name, suffix, words};
use crate::platform::services::{Actor, Services};
use crate::platform::vault::Vault;
use crate::platform::{Fault, Upload};

/// A file as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperView {
    /// Its identity.
    pub id: Uuid,
    /// What it is for.
    pub purpose: PaperPurpose,
    /// Its name.
    pub name: String,
    /// Its size in words.
    pub size: String,
    /// The letter it goes with.
    pub letter: Option<LetterId>,
    /// When it came.
    pub added_at: Timestamp,
    /// Who brought it; none for the applicant.
    pub officer: Option<OfficerId>,
}

/// The most files of one application, and the largest of the office and of the public page.
const MOST: usize = 200;
const MOST_PUBLIC: usize = 10;
const LARGEST: usize = 50 << 20;
/// The largest file an applicant may add.
pub const LARGEST_PUBLIC: usize = 10 << 20;

/// What may be added: endings with their media and the bytes such a file begins with.
const KINDS: [(&str, &str, &[u8]); 11] = [
    ("pdf", "application/pdf", b"%PDF"),
    ("jpg", "image/jpeg", b"\xff\xd8\xff"),
    ("jpeg", "image/jpeg", b"\xff\xd8\xff"),
    ("png", "image/png", b"\x89PNG"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ("ofd", "application/ofd", b"PK"),
    ("doc", "application/msword", b"\xd0\xcf\x11\xe0"),
    ("wps", "application/msword", b"\xd0\xcf\x11\xe0"),
    ("tif", "image/tiff", b""),
    ("txt", "text/plain; charset=utf-8", b""),
];

/// What kind of file it is.
///
/// # Errors
/// It is empty, too large, of a kind nobody reads, or is not what its name says.
fn looked_at(upload: &Upload, largest: usize) -> Result<(String, &'static str), Fault> {
    let name = clean_name(&upload.name);
    if upload.bytes.is_empty() {
        return Err(Fault::field("file", "文件是空的，请检查是否上传完整"));
    }
    if upload.bytes.len() > largest {
        return Err(Fault::field("file", format!("文件超过{} MB，请压缩图片或者拆分后再上传", largest >> 20)));
    }
    let ending = suffix(&name);
    let Some((_, media, magic)) = KINDS.iter().find(|(known, ..)| *known == ending) else {
        return Err(Fault::field(
            "file",
            format!("“{name}”这种文件不能上传。可以是 PDF、OFD、Word、Excel、JPG、PNG、TIF 或者文本文件"),
        ));
    };
    if !upload.bytes.starts_with(magic) {
        return Err(Fault::field("file", format!("“{name}”的内容与扩展名不符，请用原来的程序重新保存后再上传")));
    }
    Ok((name, media))
}

impl PaperView {
    /// A file, its name opened.
    ///
    /// # Errors
    /// The name does not open.
    pub(super) fn of(vault: &Vault, paper: &CasePaper) -> Result<Self, Fault> {
        Ok(Self {
            id: paper.id,
            purpose: PaperPurpose::from_code(&paper.purpose).unwrap_or(PaperPurpose::Attachment),
            name: vault.unseal(paper.id, &paper.name)?,
            size: words(paper.bytes),
            letter: paper.letter,
            added_at: paper.added_at,
            officer: paper.officer,
        })
    }
}

impl Services {
    /// Seals and stores a file; what is given back is still to be put into the database.
    pub(super) async fn seal_paper(
        &self,
        now: Timestamp,
        application: ApplicationId,
        purpose: PaperPurpose,
        upload: &Upload,
        officer: Option<OfficerId>,
    ) -> Result<CasePaper, Fault> {
        let largest = if officer.is_some() { LARGEST } else { LARGEST_PUBLIC };
        let (name, media) = looked_at(upload, largest)?;
        let there = self.store.papers(application).await?;
        let most = if officer.is_some() { MOST } else { MOST_PUBLIC };
        if there.iter().filter(|one| officer.is_some() || one.officer.is_none()).count() >= most {
            return Err(Fault::field("file", format!("最多{most}个文件，请合并后再上传")));
        }
        let id = Uuid::now_v7();
        let vault = self.vault().await?;
        let hash = self.store.blobs().put(&vault.seal_bytes(id, &upload.bytes)?).await?;
        Ok(CasePaper {
            id,
            application,
            letter: None,
            purpose: purpose.code().to_owned(),
            name: vault.seal(id, &name)?,
            media: media.to_owned(),
            hash,
            bytes: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
            added_at: now,
            officer,
        })
    }

    /// Opens the bytes of a file.
    pub(super) async fn open_paper(&self, paper: &CasePaper) -> Result<(String, String, Vec<u8>), Fault> {
        let vault = self.vault().await?;
        let sealed = self.store.blobs().get(&paper.hash).await?;
        let bytes = vault.unseal_bytes(paper.id, &sealed)?;
        Ok((vault.unseal(paper.id, &paper.name)?, paper.media.clone(), bytes))
    }

    /// Adds a file to an application.
    ///
    /// # Errors
    /// The file is of no use; the person does not work on the case.
    pub async fn add_paper(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        purpose: PaperPurpose,
        upload: &Upload,
    ) -> Result<(), Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        access::must_work_on(actor, &record)?;
        if !purpose.by_hand() {
            return Err(Fault::field("purpose", "请选择文件的用途"));
        }
        let paper = self.seal_paper(now, id, purpose, upload, Some(actor.id())).await?;
        let tx = self.store.begin().await?;
        tx.insert_paper(&paper).await?;
        let detail = format!("paper={}\npurpose={}\nsha256={}", paper.id, purpose.code(), paper.hash);
        self.record(&tx, now, actor, "application.paper", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// A file of an application: name, media, content. The opening is recorded.
    ///
    /// # Errors
    /// There is none; the person may not open the case.
    pub async fn paper(&self, now: Timestamp, actor: &Actor, paper: Uuid) -> Result<(String, String, Vec<u8>), Fault> {
        let paper = self.store.paper(paper).await?.ok_or(Fault::NotFound)?;
        let record = self.store.application(paper.application).await?.ok_or(Fault::NotFound)?;
        let letters = self.store.letters(record.id).await?;
        self.must_open(actor, &record, &letters).await?;
        let opened = self.open_paper(&paper).await?;
        let tx = self.store.begin().await?;
        let detail = format!("paper={}", paper.id);
        self.record(&tx, now, actor, "application.paper.open", &record.id.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(opened)
    }
}
