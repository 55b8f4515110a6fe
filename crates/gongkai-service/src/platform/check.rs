//! The checks D1–D15 over an edition: its text, its metadata, its files.

use std::collections::BTreeMap;

use gongkai_manuscript::{Manuscript, marked};
use gongkai_model::ids::AgencyId;
use gongkai_model::publication::check::{self, Detector, Hit, Weight};
use gongkai_model::publication::{Attribute, Metadata};
use gongkai_store::{Attachment, DispositionRecord, EditionRecord};

use super::Fault;
use super::services::Services;

mod decide;

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
                Detector::Identity | Detector::BankCard | Detector::Passport | Detector::Mobile | Detector::SecretMark
            )
    }

    /// Whether it is a mark of a national secret: the secrecy reviewer's alone (保密法 第三十五条).
    pub fn is_of_secrets(&self) -> bool {
        self.hit.detector == Detector::SecretMark
    }

    /// Whether a decision can clear it: a file that the public gets must be cleaned, no decision helps there.
    pub fn can_be_settled(&self) -> bool {
        self.hit.detector != Detector::HiddenData || self.place == SOURCE
    }
}

/// The elements of a text that the checks read with it, a line each.
pub(super) fn head(metadata: &Metadata, change_note: &str) -> String {
    [
        metadata.title.as_str(),
        metadata.doc_no.as_deref().unwrap_or(""),
        &metadata.summary,
        &metadata.keywords,
        &metadata.attribute_reason,
        change_note,
    ]
    .join("\n")
}

/// Whether a text or what is said of it may carry a mark of a national secret: what is found is then looked at in full.
pub(super) fn marked(metadata: &Metadata, change_note: &str, body: &str) -> bool {
    marked_lines(&head(metadata, change_note)) || check::has_secret_mark(&marked::parse(body))
}

/// Whether any of some lines carries a mark of a national secret.
pub(super) fn marked_lines(lines: &str) -> bool {
    lines.lines().any(check::is_secret_mark)
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

/// The column of what an audit found.
const AUDIT_RESULTS: &str = "A15-1";

/// The gate before results of an audit that may speak of a listed company: it is told of them five days before they are
/// published (审计法实施条例 第三十三条). `pieces` are everything that will be read.
fn listed_company(record: &EditionRecord, pieces: &[(String, String, Manuscript)]) -> Option<(String, Hit)> {
    const NAMES: [&str; 4] = ["上市公司", "证券代码", "股票代码", "股份有限公司"];
    if record.metadata.catalog_node != AUDIT_RESULTS {
        return None;
    }
    let texts: Vec<String> =
        pieces.iter().map(|(_, title, text)| format!("{title}\n{}", marked::write(text))).collect();
    let shown = NAMES.iter().find(|name| texts.iter().any(|text| text.contains(*name)))?;
    Some((
        "正文和附件".to_owned(),
        Hit {
            detector: Detector::ListedCompany,
            weight: Weight::Block,
            shown: (*shown).to_owned(),
            around: String::new(),
            piece: 0,
            source: String::new(),
            advice: "审计结果涉及上市公司的，应在公布的5日前告知该公司（《审计法实施条例》第三十三条）：写处理意见，写明哪天、怎样告知；不涉及的写明"
                .to_owned(),
        },
    ))
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
        let head = head(&record.metadata, &record.extras.change_note);
        pieces.push((BODY.to_owned(), head, marked::parse(&record.body)));
        let mut out = Vec::new();
        for file in attachments.iter().filter(|file| !file.public) {
            for line in file.hidden.lines() {
                out.push((SOURCE.to_owned(), hidden_hit(line, file)));
            }
            // Its name, headers and notes are not in the text; a mark of secrecy there speaks of the text all the same.
            let beside = match &file.text {
                Some(hash) => String::from_utf8_lossy(&self.store.blobs().get(hash).await?).into_owned(),
                None => String::new(),
            };
            let marks = check::scan(&file.name, &marked::parse(&beside), &check::Settings::default())
                .into_iter()
                .filter(|hit| matches!(hit.detector, Detector::SecretMark | Detector::InternalMark));
            out.extend(marks.map(|hit| (SOURCE.to_owned(), hit)));
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
        let listed = listed_company(record, &pieces);
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
        out.extend(listed);
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
}
