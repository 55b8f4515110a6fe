//! The checks D1–D15 over an edition: its text, its metadata, its files.

use std::collections::BTreeMap;

use gongkai_manuscript::{Manuscript, marked};
use gongkai_model::Refusal;
use gongkai_model::ids::EditionId;
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::State;
use gongkai_model::publication::check::{self, Detector, Disposition, Hit, Weight};
use gongkai_store::{Attachment, DispositionRecord, EditionRecord};
use jiff::Timestamp;

use super::Fault;
use super::services::{Actor, Services};

/// A finding with what was decided about it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What was found.
    pub hit: Hit,
    /// Where: `正文`, or the name of a file.
    pub place: String,
    /// What names it while text and place are the same.
    pub fingerprint: String,
    /// What was decided.
    pub settled: Option<DispositionRecord>,
}

impl Finding {
    /// Whether publication waits for it.
    pub fn is_open(&self) -> bool {
        self.hit.blocks() && self.settled.is_none()
    }
}

/// The place of what the file of a draft hides.
const SOURCE: &str = "上传的原稿";

fn hidden_hit(label: &str, advice: &str, file: &Attachment) -> Hit {
    Hit {
        detector: Detector::HiddenData,
        weight: Weight::Block,
        shown: label.to_owned(),
        around: String::new(),
        piece: 0,
        source: file.hash.to_string(),
        advice: advice.to_owned(),
    }
}

/// How many findings still block.
pub(super) fn open(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.is_open()).count()
}

impl Finding {
    /// Whether a decision can clear it: a file that the public gets must be cleaned, no decision helps there.
    pub fn can_be_settled(&self) -> bool {
        self.hit.detector != Detector::HiddenData || self.place == SOURCE
    }
}

/// Whether pieces of text may carry a mark of a national secret: what is found is then looked at in full.
pub(super) fn marked(pieces: &[&str]) -> bool {
    pieces.iter().any(|piece| check::has_secret_mark(piece))
}

/// Whether a mark of a national secret is found and nobody has cleared it.
fn secret_mark(findings: &[Finding]) -> bool {
    findings.iter().any(|one| one.hit.detector == Detector::SecretMark && one.is_open())
}

impl Services {
    /// Whether an edition carries a mark of a national secret that nobody has cleared: it is kept apart then.
    pub(super) async fn carries_secret_mark(
        &self,
        record: &EditionRecord,
        attachments: &[Attachment],
    ) -> Result<bool, Fault> {
        let settled = self.store.dispositions(record.publication).await?;
        Ok(secret_mark(&self.find(record, attachments, &settled).await?))
    }

    /// The findings of an edition, as the text and the files are now.
    pub(super) async fn find(
        &self,
        record: &EditionRecord,
        attachments: &[Attachment],
        settled: &[DispositionRecord],
    ) -> Result<Vec<Finding>, Fault> {
        let mut pieces: Vec<(String, String, Manuscript)> = Vec::new();
        let metadata = &record.metadata;
        let head =
            [metadata.title.as_str(), &metadata.summary, &metadata.keywords, &record.extras.change_note].join("\n");
        pieces.push(("正文".to_owned(), head, marked::parse(&record.body)));
        let mut out = Vec::new();
        for file in attachments.iter().filter(|file| !file.public) {
            for line in file.hidden.lines() {
                let mut parts = line.split('\t');
                let (label, advice) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
                let mut hit = hidden_hit(label, advice, file);
                if parts.next() == Some("warn") {
                    hit.weight = Weight::Warn;
                }
                out.push((SOURCE.to_owned(), hit));
            }
        }
        for file in attachments.iter().filter(|file| file.public) {
            let text = match &file.text {
                Some(hash) => String::from_utf8_lossy(&self.store.blobs().get(hash).await?).into_owned(),
                None => String::new(),
            };
            pieces.push((format!("附件“{}”", file.name), file.name.clone(), marked::parse(&text)));
            for line in file.hidden.lines() {
                let (label, advice) = line.split_once('\t').unwrap_or((line, ""));
                out.push((format!("附件“{}”", file.name), hidden_hit(label, advice, file)));
            }
            if text.trim().is_empty() {
                out.push((
                    format!("附件“{}”", file.name),
                    Hit {
                        detector: Detector::Unread,
                        weight: Weight::Block,
                        shown: file.name.clone(),
                        around: String::new(),
                        piece: 0,
                        source: file.hash.to_string(),
                        advice:
                            "图片里的文字程序读不出来：打开文件，核对有没有个人信息和内部标志，把核对结果写进处理意见"
                                .to_owned(),
                    },
                ));
            }
        }
        let directory = self.directory();
        let mine = directory.get(record.agency).map(|agency| agency.settings.clone()).unwrap_or_default();
        let terms = self.terms();
        let scanned = tokio::task::spawn_blocking(move || {
            let settings = check::Settings {
                contacts: mine.contacts.iter().chain([&mine.phone]).cloned().collect(),
                terms: (*terms).clone(),
                hosts: mine.hosts,
            };
            pieces
                .into_iter()
                .flat_map(|(place, title, manuscript)| {
                    let hits = check::scan(&title, &manuscript, &settings);
                    hits.into_iter().map(move |hit| (place.clone(), hit)).collect::<Vec<_>>()
                })
                .collect::<Vec<_>>()
        })
        .await
        .map_err(|error| Fault::Failed(error.to_string()))?;
        out.extend(scanned);
        out.sort_by_key(|(_, hit)| std::cmp::Reverse(hit.weight));
        let mut seen: BTreeMap<(String, String, String, String), usize> = BTreeMap::new();
        Ok(out
            .into_iter()
            .map(|(place, hit)| {
                let key = (place.clone(), hit.detector.code().to_owned(), hit.shown.clone(), hit.around.clone());
                let nth = seen.entry(key).or_default();
                let fingerprint =
                    gongkai_model::audit::sm3_hex(format!("{place}\n{}", hit.fingerprint(*nth)).as_bytes());
                *nth += 1;
                let settled = settled.iter().find(|one| one.fingerprint == fingerprint).cloned();
                Finding { hit, place, fingerprint, settled }
            })
            .collect())
    }

    /// Decides about a finding: it is a false alarm, or it is published with a basis.
    ///
    /// # Errors
    /// The finding is gone; no reason is given; marks of secrets are the secrecy reviewer's alone, hidden data nobody's.
    pub async fn settle(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        fingerprint: &str,
        disposition: Disposition,
        reason: &str,
    ) -> Result<(), Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        let attachments = self.store.attachments(id).await?;
        let settled = self.store.dispositions(record.publication).await?;
        let mut findings = self.find(&record, &attachments, &settled).await?;
        let at = findings.iter().position(|finding| finding.fingerprint == fingerprint);
        let finding = at
            .and_then(|at| findings.get(at).cloned())
            .ok_or_else(|| Refusal::new("这处问题已经不在了", "刷新页面查看现在的检查结果"))?;
        must_be_open_to_decisions(&record)?;
        let by_secrecy = actor.may(Act::Review(Role::SecrecyReviewer), record.agency);
        let by_head = actor.may(Act::Review(Role::SectionHead), record.agency);
        if !by_secrecy && !by_head {
            actor.need(Act::Draft, record.agency)?;
        }
        match finding.hit.detector {
            Detector::SecretMark if !by_secrecy => {
                return Err(Refusal::new("国家秘密标志只能由保密审查员处理", "立即停止传阅，报本单位保密工作机构")
                    .by("《保守国家秘密法》第三十五条")
                    .into());
            }
            Detector::HiddenData if !finding.can_be_settled() => {
                return Err(Refusal::new("带有隐藏内容的文件不能公开", "按提示清除后重新上传").into());
            }
            Detector::Identity | Detector::BankCard | Detector::Passport
                if finding.hit.blocks() && record.edition.authors.contains(&actor.id()) =>
            {
                return Err(Refusal::new(
                    format!("{}的处理意见不能由起草人自己写", finding.hit.detector.label()),
                    "删去或遮蔽这些号码；确有依据公开的，请科室负责人或保密审查员核对后写处理意见",
                )
                .by("《政府信息公开条例》第十五条、《个人信息保护法》第三十四条")
                .into());
            }
            Detector::Identity
            | Detector::OldIdentity
            | Detector::Mobile
            | Detector::Landline
            | Detector::BankCard
            | Detector::Passport
            | Detector::OtherPersonal
            | Detector::SensitiveKind
            | Detector::SecretMark
            | Detector::InternalMark
            | Detector::HiddenData
            | Detector::Unread
            | Detector::Term
            | Detector::Link => {}
        }
        if reason.trim().chars().count() < 4 {
            return Err(Fault::field("reason", "写明理由；有依据公开的，写明法律、法规或规定的名称和条文"));
        }
        let decided = DispositionRecord {
            fingerprint: fingerprint.to_owned(),
            disposition,
            reason: reason.trim().to_owned(),
            officer: actor.id(),
            at: now,
        };
        let tx = self.store.begin().await?;
        tx.put_disposition(record.publication, &decided).await?;
        if finding.hit.detector == Detector::SecretMark {
            for one in findings.iter_mut().filter(|one| one.fingerprint == fingerprint) {
                one.settled = Some(decided.clone());
            }
            tx.set_secret_mark(id, secret_mark(&findings)).await?;
        }
        let detail = format!("detector={}\nverdict={}", finding.hit.detector.code(), disposition.code());
        self.record(&tx, now, actor, "finding.settle", &record.publication.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Takes a decision about a finding back.
    ///
    /// # Errors
    /// The person may not.
    pub async fn unsettle(&self, now: Timestamp, actor: &Actor, id: EditionId, fingerprint: &str) -> Result<(), Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        let reviews = [Role::SecrecyReviewer, Role::SectionHead];
        if !reviews.iter().any(|role| actor.may(Act::Review(*role), record.agency)) {
            actor.need(Act::Draft, record.agency)?;
        }
        must_be_open_to_decisions(&record)?;
        let attachments = self.store.attachments(id).await?;
        let mut settled = self.store.dispositions(record.publication).await?;
        settled.retain(|one| one.fingerprint != fingerprint);
        let findings = self.find(&record, &attachments, &settled).await?;
        let tx = self.store.begin().await?;
        tx.delete_disposition(record.publication, fingerprint).await?;
        tx.set_secret_mark(id, secret_mark(&findings)).await?;
        self.record(&tx, now, actor, "finding.reopen", &record.publication.to_string(), "").await?;
        Ok(tx.commit().await?)
    }
}

/// Decisions are made before every step has signed: afterwards they would change what was signed.
fn must_be_open_to_decisions(record: &EditionRecord) -> Result<(), Refusal> {
    if matches!(record.edition.state, State::Draft | State::InReview { .. }) {
        return Ok(());
    }
    Err(Refusal::new(
        format!("{}，处理意见不能再改", record.edition.state.label()),
        "需要改的，退回起草人或修改成新版本",
    ))
}
