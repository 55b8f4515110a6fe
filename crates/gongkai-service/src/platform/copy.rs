//! 清洁副本: a file that carries more than what shows gives way to a copy that does not (D12).

use gongkai_manuscript::marked;
use gongkai_model::Refusal;
use gongkai_model::ids::EditionId;
use gongkai_store::Attachment;
use jiff::Timestamp;
use uuid::Uuid;

use super::Fault;
use super::extract::{Copy, Extracted, picture};
use super::file::{Upload, suffix};
use super::services::{Actor, Services};

/// The ending that a copy gets: what is set anew comes in the present form of its kind.
fn ending(of: &str) -> &'static str {
    match of {
        "xls" | "xlsx" | "et" => "xlsx",
        "pdf" => "pdf",
        _ => "docx",
    }
}

/// A name with another ending.
fn renamed(name: &str, ending: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.{ending}")
}

impl Services {
    /// Puts a clean copy in the place of a file of a draft. The copy is looked through like any upload: what is still hidden
    /// keeps the file where it is.
    ///
    /// # Errors
    /// The edition is not a draft; no copy can be made of such a file.
    pub async fn replace_with_clean(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        file: Uuid,
    ) -> Result<(), Fault> {
        let record = self.editable(actor, id).await?;
        let known = self.store.attachments(id).await?;
        let old = known.into_iter().find(|one| one.id == file && one.public).ok_or(Fault::NotFound)?;
        if old.hidden.is_empty() {
            return Err(Refusal::new("这个文件没有隐藏内容", "不需要清洁副本").into());
        }
        let bytes = self.store.blobs().get(&old.hash).await?;
        let kind = suffix(&old.name);
        let no_copy =
            |why: String| Refusal::new(format!("做不出清洁副本：{why}"), "请在原稿里清除隐藏内容，再重新上传");
        let made = self.clean_copy(bytes, &kind).await?.map_err(no_copy)?;
        let (name, bytes) = match made {
            Copy::File(bytes) => (old.name.clone(), bytes),
            Copy::Text(text) => {
                let ending = ending(&kind);
                (renamed(&old.name, ending), self.set_text(text, old.name.clone(), ending).await?)
            }
        };
        let upload = Upload { name, bytes };
        let (extracted, hash) = self.take_in(&upload).await?;
        let is_picture = !picture(&upload.bytes).is_empty();
        if !extracted.error.is_empty() && !is_picture {
            return Err(no_copy(extracted.error).into());
        }
        if let Some((label, _)) = extracted.hidden.first() {
            return Err(no_copy(format!("副本里仍有{label}")).into());
        }
        let written = extracted.whole();
        let text = if written.is_empty() { None } else { Some(self.store.blobs().put(written.as_bytes()).await?) };
        let copy = Attachment {
            id: Uuid::now_v7(),
            media: if is_picture { picture(&upload.bytes).to_owned() } else { extracted.media },
            bytes: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
            name: upload.name.clone(),
            hash,
            text,
            hidden: String::new(),
            ..old.clone()
        };
        let tx = self.store.begin().await?;
        tx.delete_attachment(old.id).await?;
        tx.insert_attachment(&copy).await?;
        self.rehash(&tx, now, actor, record).await?;
        let detail = format!("from={}\nto={}", old.hash, copy.hash);
        self.record(&tx, now, actor, "edition.clean", &id.to_string(), &detail).await?;
        self.put_again(&[(&copy.hash, &upload.bytes)]).await?;
        if let Some(text) = &copy.text {
            self.put_again(&[(text, written.as_bytes())]).await?;
        }
        tx.commit().await?;
        self.forget(now, &[Some(old.hash), old.text].into_iter().flatten().collect::<Vec<_>>()).await
    }

    /// Reads what a file shows and nothing else; none where no clean copy can be made of it.
    pub(super) async fn read_shown(&self, upload: &Upload) -> Result<Option<Extracted>, Fault> {
        let kind = suffix(&upload.name);
        let Ok(made) = self.clean_copy(upload.bytes.clone(), &kind).await? else { return Ok(None) };
        let shown = match made {
            Copy::File(bytes) => self.extract(bytes, &kind).await?,
            Copy::Text(text) => super::extract::take_apart(marked::parse(&text)),
        };
        Ok(shown.error.is_empty().then_some(shown))
    }

    /// Sets marked text as a file.
    async fn set_text(&self, text: String, name: String, ending: &'static str) -> Result<Vec<u8>, Fault> {
        let title = renamed(&name, "").trim_end_matches('.').to_owned();
        let set = move || {
            let manuscript = marked::parse(&text);
            match ending {
                "xlsx" => gongkai_typeset::xlsx(&manuscript, "清洁副本"),
                "pdf" => gongkai_typeset::pdf(&manuscript, &title, None, super::text::fonts()),
                _ => gongkai_typeset::docx(&manuscript, &title),
            }
        };
        tokio::task::spawn_blocking(set)
            .await
            .map_err(|error| Fault::Failed(error.to_string()))?
            .map_err(|error| Fault::Failed(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_its_name_and_gets_the_present_form() {
        assert_eq!(renamed("附件1：名单.xls", ending("xls")), "附件1：名单.xlsx");
        assert_eq!(renamed("方案", ending("doc")), "方案.docx");
    }
}
