//! The checks D1–D15 over an edition: its text, its metadata, its files.

use std::collections::BTreeMap;

use gongkai_manuscript::{Manuscript, marked};
use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, EditionId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::check::{self, Detector, Disposition, Hit, Weight};
use gongkai_model::publication::{Attribute, State};
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

/// The place of the text itself.
const BODY: &str = "正文";
/// The place of what the file of a draft hides.
const SOURCE: &str = "上传的原稿";

/// A line that was noted of a file: label, advice, and `warn` where it only wants a look, `unread` where it was not read.
fn hidden_hit(line: &str, file: &Attachment) -> Hit {
    let mut parts = line.split('\t');
    let (label, advice, kind) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    Hit {
        detector: if kind == "unread" { Detector::Unread } else { Detector::HiddenData },
        weight: if kind == "warn" { Weight::Warn } else { Weight::Block },
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
    /// Whether it stands in a paragraph or a cell of the text itself, and is not settled.
    pub fn is_in_text(&self) -> bool {
        self.place == BODY && self.hit.piece > 0 && self.settled.is_none()
    }

    /// Whether the program can hide its middle: a number in the text itself.
    pub fn can_be_masked(&self) -> bool {
        self.place == BODY
            && self.hit.piece > 0
            && matches!(self.hit.detector, Detector::Identity | Detector::Mobile | Detector::BankCard)
    }

    /// Whether a decision is another's than the author's (条例 第十五条; 个人信息保护法 第三十四条).
    pub fn is_for_others(&self) -> bool {
        self.hit.blocks()
            && matches!(
                self.hit.detector,
                Detector::Identity | Detector::BankCard | Detector::Passport | Detector::SecretMark
            )
    }

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

/// The note above 版记, such as （此件不予公开）, must say what the attribute says (源头认定): then it is right where it stands.
fn attribute_notes(record: &EditionRecord, out: &mut Vec<(String, Hit)>) {
    let attribute = record.metadata.attribute;
    let says = |shown: &str| match shown {
        "此件不公开" | "此件不予公开" => Some(Attribute::Withheld),
        "此件依申请公开" => Some(Attribute::OnRequest),
        _ => None,
    };
    out.retain(|(_, hit)| hit.detector != Detector::InternalMark || says(&hit.shown) != Some(attribute));
    if attribute == Attribute::Proactive {
        return;
    }
    let body = marked::parse(&record.body);
    let noted = body.paragraphs().any(|one| one.text.contains("此件公开发布"));
    if noted {
        out.push((
            "正文".to_owned(),
            Hit {
                detector: Detector::InternalMark,
                weight: Weight::Block,
                shown: "此件公开发布".to_owned(),
                around: String::new(),
                piece: 0,
                source: record.edition.content.clone(),
                advice: format!("与公开属性“{}”不一致：改属性，或改正文里的标注", attribute.label()),
            },
        ));
    }
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

    /// What an agency adds to the detectors, with the dictionary of the installation.
    pub(super) fn check_settings(&self, agency: AgencyId) -> check::Settings {
        let mine = self.directory().get(agency).map(|agency| agency.settings.clone()).unwrap_or_default();
        check::Settings {
            contacts: mine.contacts.iter().chain([&mine.phone]).cloned().collect(),
            terms: (*self.terms()).clone(),
            hosts: mine.hosts,
        }
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
        pieces.push((BODY.to_owned(), head, marked::parse(&record.body)));
        let mut out = Vec::new();
        for file in attachments.iter().filter(|file| !file.public) {
            for line in file.hidden.lines() {
                out.push((SOURCE.to_owned(), hidden_hit(line, file)));
            }
            // Headers and notes of the manuscript are not in the text; a mark of secrecy there speaks of the text all the same.
            if let Some(hash) = &file.text {
                let beside = String::from_utf8_lossy(&self.store.blobs().get(hash).await?).into_owned();
                let marks = check::scan("", &marked::parse(&beside), &check::Settings::default())
                    .into_iter()
                    .filter(|hit| matches!(hit.detector, Detector::SecretMark | Detector::InternalMark));
                out.extend(marks.map(|hit| (SOURCE.to_owned(), hit)));
            }
        }
        for file in attachments.iter().filter(|file| file.public) {
            let text = match &file.text {
                Some(hash) => String::from_utf8_lossy(&self.store.blobs().get(hash).await?).into_owned(),
                None => String::new(),
            };
            pieces.push((format!("附件“{}”", file.name), file.name.clone(), marked::parse(&text)));
            for line in file.hidden.lines() {
                out.push((format!("附件“{}”", file.name), hidden_hit(line, file)));
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
                        advice: super::file::LOOK.to_owned(),
                    },
                ));
            }
        }
        let settings = self.check_settings(record.agency);
        let scanned = tokio::task::spawn_blocking(move || {
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
        attribute_notes(record, &mut out);
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
        // The table keeps the decision that holds; the chain keeps every one, with its reason.
        let detail = format!(
            "detector={}\nverdict={}\nplace={}\nfinding={fingerprint}\nreason={}",
            finding.hit.detector.code(),
            disposition.code(),
            finding.place,
            reason.trim().replace('\n', " ")
        );
        if record.help_wanted && !record.edition.authors.contains(&actor.id()) {
            let left = findings.iter().any(|one| one.is_open() && one.fingerprint != fingerprint);
            tx.set_help_wanted(id, left).await?;
        }
        self.record(&tx, now, actor, "finding.settle", &record.publication.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Asks the head of the section and the secrecy reviewer to decide about what the author may not decide alone.
    ///
    /// # Errors
    /// It is no draft, or nothing is open.
    pub async fn ask_for_decision(&self, now: Timestamp, actor: &Actor, id: EditionId) -> Result<(), Fault> {
        let record = self.editable(actor, id).await?;
        let attachments = self.store.attachments(id).await?;
        let settled = self.store.dispositions(record.publication).await?;
        if open(&self.find(&record, &attachments, &settled).await?) == 0 {
            return Err(Refusal::new("没有待处理的问题", "刷新页面查看现在的检查结果").into());
        }
        let tx = self.store.begin().await?;
        tx.set_help_wanted(id, true).await?;
        self.record(&tx, now, actor, "finding.ask", &id.to_string(), "").await?;
        Ok(tx.commit().await?)
    }

    /// Hides the middle of a number of a person in the text, as the rule for its kind says (§10.1: identity numbers keep four and
    /// two characters, telephones three and four, cards the last four).
    ///
    /// # Errors
    /// The finding is gone, is not in the text, or is no number; somebody else changed the draft.
    pub async fn mask(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: EditionId,
        version: i32,
        fingerprint: &str,
    ) -> Result<(), Fault> {
        let record = self.editable(actor, id).await?;
        if record.version != version {
            return Err(Fault::Conflict);
        }
        let attachments = self.store.attachments(id).await?;
        let settled = self.store.dispositions(record.publication).await?;
        let findings = self.find(&record, &attachments, &settled).await?;
        let gone = || Refusal::new("这处问题已经不在了", "刷新页面查看现在的检查结果");
        let finding = findings.iter().find(|one| one.fingerprint == fingerprint).ok_or_else(gone)?;
        if !finding.can_be_masked() {
            return Err(Refusal::new("这处不能由程序遮蔽", "在正文或文件里改").into());
        }
        let mut manuscript = marked::parse(&record.body);
        check::mask(&mut manuscript, &finding.hit).ok_or_else(gone)?;
        let mut input = super::DraftInput::of(&record, None);
        if let Some(other) = record.extras.explains {
            input.explains = self.store.publication(other).await?.and_then(|one| one.index_no).unwrap_or_default();
        }
        input.body = marked::write(&manuscript);
        self.save(now, actor, id, version, &input).await?;
        Ok(())
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
        if secret_mark(&findings) {
            tx.set_secret_mark(id, true).await?;
        }
        let detail = format!("finding={fingerprint}");
        self.record(&tx, now, actor, "finding.reopen", &record.publication.to_string(), &detail).await?;
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
