//! An application while its applicant writes it on the public page: kept sealed, opened by a secret in the browser alone, forgotten
//! after a week. The files that were added go with it.

use gongkai_model::Refusal;
use gongkai_model::application::{PaperPurpose, QueryCode};
use gongkai_model::ids::{AgencyId, ApplicationId};
use gongkai_store::ApplicationDraft;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::form::ApplicationForm;
use super::intake::Received;
use super::papers::PaperView;
use crate::platform::services::Services;
use crate::platform::vault::Vault;
use crate::platform::{Fault, Upload, clock, secret};

/// What became of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Sealed {
    form: ApplicationForm,
    /// The code, once it was sent.
    code: String,
}

/// A draft as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftView {
    /// Its identity.
    pub id: ApplicationId,
    /// The organ it will go to.
    pub agency: AgencyId,
    /// What was written.
    pub form: ApplicationForm,
    /// The files.
    pub papers: Vec<PaperView>,
    /// The code by which it is followed, once it was sent.
    pub code: String,
}

/// A draft that its secret has opened, as it lies in the database: read once, and sent from there.
#[derive(Debug)]
pub struct OpenDraft {
    row: ApplicationDraft,
    sealed: Sealed,
}

impl OpenDraft {
    /// Its identity.
    pub fn id(&self) -> ApplicationId {
        self.row.id
    }

    /// The organ it will go to.
    pub fn agency(&self) -> AgencyId {
        self.row.agency
    }

    /// What was written.
    pub fn form(&self) -> &ApplicationForm {
        &self.sealed.form
    }

    /// Whether it was sent already.
    pub fn is_sent(&self) -> bool {
        !self.sealed.code.is_empty()
    }
}

/// How long a draft is kept that nobody touches; and one that was sent, so that its receipt can be shown again.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A draft as it is kept once it was sent, with the code of its application.
pub(super) fn sent(
    vault: &Vault,
    row: &ApplicationDraft,
    form: &ApplicationForm,
    code: &QueryCode,
    now: Timestamp,
) -> Result<ApplicationDraft, Fault> {
    let content = Sealed { form: form.clone(), code: code.to_string() };
    let plain = serde_json::to_string(&content).map_err(|error| Fault::Failed(error.to_string()))?;
    Ok(ApplicationDraft { sealed: vault.seal(row.id.0, &plain)?, updated_at: now, ..row.clone() })
}

impl Services {
    /// Begins a draft: its identity and the secret that opens it.
    ///
    /// # Errors
    /// The organ is no more.
    pub async fn begin_draft(&self, now: Timestamp, agency: AgencyId) -> Result<(ApplicationId, String), Fault> {
        self.must_be_open(agency)?;
        let id = ApplicationId(Uuid::now_v7());
        let key = secret::random();
        self.put_draft(now, (id, agency), &secret::hash(&key), (&Sealed::default(), None)).await?;
        Ok((id, key))
    }

    async fn put_draft(
        &self,
        now: Timestamp,
        (id, agency): (ApplicationId, AgencyId),
        secret_hash: &str,
        (content, was): (&Sealed, Option<&str>),
    ) -> Result<(), Fault> {
        let plain = serde_json::to_string(content).map_err(|error| Fault::Failed(error.to_string()))?;
        let sealed = self.vault().await?.seal(id.0, &plain)?;
        let row = ApplicationDraft { id, agency, secret_hash: secret_hash.to_owned(), sealed, updated_at: now };
        let tx = self.store.begin().await?;
        match was {
            Some(was) => tx.update_application_draft(&row, was).await?,
            None => tx.put_application_draft(&row).await?,
        }
        Ok(tx.commit().await?)
    }

    async fn draft_row(&self, id: ApplicationId, key: &str) -> Result<(ApplicationDraft, Sealed), Fault> {
        let row = self.store.application_draft(id).await?.ok_or(Fault::NotFound)?;
        if secret::hash(key) != row.secret_hash {
            return Err(Fault::NotFound);
        }
        let plain = self.vault().await?.unseal(id.0, &row.sealed)?;
        let sealed = serde_json::from_str(&plain).map_err(|error| Fault::Failed(error.to_string()))?;
        Ok((row, sealed))
    }

    /// A draft, opened by its secret.
    ///
    /// # Errors
    /// There is none, or another secret opens it.
    pub async fn draft_of(&self, id: ApplicationId, key: &str) -> Result<DraftView, Fault> {
        let (row, sealed) = self.draft_row(id, key).await?;
        let vault = self.vault().await?;
        let papers = self.store.papers(id).await?;
        let papers = papers.iter().map(|one| PaperView::of(vault, one)).collect::<Result<Vec<_>, _>>()?;
        Ok(DraftView { id, agency: row.agency, form: sealed.form, papers, code: sealed.code })
    }

    /// Keeps what was written so far. What is missing or wrong is looked at when it is sent.
    ///
    /// # Errors
    /// It was sent already; a field is longer than any may be.
    pub async fn keep_draft(
        &self,
        now: Timestamp,
        id: ApplicationId,
        key: &str,
        form: &ApplicationForm,
    ) -> Result<(), Fault> {
        let form = form.tidy();
        let long: Vec<_> = form.problems().into_iter().filter(|(_, message)| message.starts_with("不超过")).collect();
        if !long.is_empty() {
            return Err(Fault::Invalid(long));
        }
        // Two clicks are one answer: what was kept between is read again.
        let mut left = 3;
        loop {
            let (row, sealed) = self.draft_row(id, key).await?;
            must_be_unsent(&sealed)?;
            let content = (&Sealed { form: form.clone(), ..sealed }, Some(row.sealed.as_str()));
            match self.put_draft(now, (id, row.agency), &row.secret_hash, content).await {
                Err(Fault::Conflict) if left > 0 => left -= 1,
                other => return other,
            }
        }
    }

    /// Adds a file to a draft.
    ///
    /// # Errors
    /// The file is of no use; there are too many; it was sent already.
    pub async fn add_draft_paper(
        &self,
        now: Timestamp,
        id: ApplicationId,
        key: &str,
        purpose: PaperPurpose,
        upload: &Upload,
    ) -> Result<(), Fault> {
        let (_, sealed) = self.draft_row(id, key).await?;
        must_be_unsent(&sealed)?;
        if !matches!(purpose, PaperPurpose::Attachment | PaperPurpose::Identity | PaperPurpose::Authority) {
            return Err(Fault::field("purpose", "请选择文件的用途"));
        }
        let paper = self.seal_paper(now, id, purpose, upload, None).await?;
        let tx = self.store.begin().await?;
        tx.insert_paper(&paper).await?;
        tx.touch_application_draft(id, now).await?;
        Ok(tx.commit().await?)
    }

    /// Takes a file off a draft.
    ///
    /// # Errors
    /// There is none; it was sent already.
    pub async fn drop_draft_paper(
        &self,
        now: Timestamp,
        id: ApplicationId,
        key: &str,
        paper: Uuid,
    ) -> Result<(), Fault> {
        let (_, sealed) = self.draft_row(id, key).await?;
        must_be_unsent(&sealed)?;
        let papers = self.store.papers(id).await?;
        let gone = papers.iter().find(|one| one.id == paper).ok_or(Fault::NotFound)?;
        let tx = self.store.begin().await?;
        tx.delete_paper(paper).await?;
        tx.commit().await?;
        self.forget(now, std::slice::from_ref(&gone.hash)).await
    }

    /// Opens a draft in order to send it.
    ///
    /// # Errors
    /// There is none, or another secret opens it.
    pub async fn open_draft(&self, id: ApplicationId, key: &str) -> Result<OpenDraft, Fault> {
        let (row, sealed) = self.draft_row(id, key).await?;
        Ok(OpenDraft { row, sealed })
    }

    /// Sends a draft. Sent by two pages at once, it is one application: the identity is taken only once.
    ///
    /// # Errors
    /// It was sent already; something is missing or wrong.
    pub async fn send_draft(&self, now: Timestamp, draft: &OpenDraft) -> Result<Received, Fault> {
        let OpenDraft { row, sealed } = draft;
        must_be_unsent(sealed)?;
        if sealed.form.has_agent() {
            let papers = self.store.papers(row.id).await?;
            if !papers.iter().any(|one| one.purpose == PaperPurpose::Authority.code()) {
                return Err(Fault::field("file", "委托他人申请的，请上传授权委托书"));
            }
        }
        self.apply_as(now, row.agency, &sealed.form, Some(row)).await
    }

    /// Throws a draft away with its files.
    ///
    /// # Errors
    /// There is none.
    pub async fn drop_draft(&self, now: Timestamp, id: ApplicationId, key: &str) -> Result<(), Fault> {
        let (row, _) = self.draft_row(id, key).await?;
        self.forget_draft(now, &row).await
    }

    async fn forget_draft(&self, now: Timestamp, row: &ApplicationDraft) -> Result<(), Fault> {
        // The files of one that was sent belong to the application.
        let sent = self.store.application(row.id).await?.is_some();
        let papers = if sent { Vec::new() } else { self.store.papers(row.id).await? };
        let tx = self.store.begin().await?;
        for paper in &papers {
            tx.delete_paper(paper.id).await?;
        }
        tx.delete_application_draft(row.id).await?;
        tx.commit().await?;
        let hashes: Vec<_> = papers.into_iter().map(|one| one.hash).collect();
        self.forget(now, &hashes).await
    }

    /// Throws away what nobody has touched for a week. Gives how many.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn forget_drafts(&self, now: Timestamp) -> Result<usize, Fault> {
        let Ok(before) = now.checked_sub(KEPT) else { return Ok(0) };
        let mut done = 0;
        loop {
            let rows = self.store.drafts_before(before, 200).await?;
            if rows.is_empty() {
                return Ok(done);
            }
            for row in &rows {
                self.forget_draft(now, row).await?;
            }
            done += rows.len();
        }
    }

    /// Counts what happens on the page: suggestions that were shown, that were enough, applications that came nevertheless.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn count_on_page(&self, now: Timestamp, agency: AgencyId, what: &str) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        tx.count_on_page(agency, clock::local_date(now), what).await?;
        Ok(tx.commit().await?)
    }
}

fn must_be_unsent(sealed: &Sealed) -> Result<(), Fault> {
    if sealed.code.is_empty() {
        Ok(())
    } else {
        Err(Refusal::new("这件申请已经提交，不能再改", "要补充的，用查询码打开后联系承办机关").into())
    }
}
