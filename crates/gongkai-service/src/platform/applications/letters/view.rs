//! A letter as pages show it and as a file; the text that was signed, kept as it is.

use std::collections::BTreeMap;

use gongkai_letters::Composed;
use gongkai_manuscript::{Block, Manuscript, Paragraph, Place, Side};
use gongkai_model::Refusal;
use gongkai_model::application::ServiceWay;
use gongkai_model::application::clock::ConsultationKind;
use gongkai_model::ids::{ApplicationId, LetterId, OfficerId};
use gongkai_model::officer::Role;
use gongkai_model::publication::check;
use gongkai_store::{LetterRecord, LetterSignature, LetterState};
use jiff::Timestamp;

use super::super::{ApplicationView, access};
use super::review::making;
use super::{FactField, Joinable, LetterContent};
use crate::platform::review::{Difference, compare};
use crate::platform::services::{Actor, Services};
use crate::platform::text::Offered;
use crate::platform::vault::Vault;
use crate::platform::{Fault, clock};

/// A signature as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureView {
    /// The signature.
    pub signature: LetterSignature,
    /// The words, opened.
    pub comment: String,
}

/// A letter in the list of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterView {
    /// The row.
    pub record: LetterRecord,
    /// The role whose signature it waits for.
    pub waits_for: Option<Role>,
    /// The signatures.
    pub signatures: Vec<SignatureView>,
    /// The proof of service.
    pub proof: String,
}

impl LetterView {
    /// Its title.
    pub fn title(&self) -> &'static str {
        self.record.kind.title()
    }

    /// How it was served.
    pub fn way(&self) -> &'static str {
        self.record.service.as_deref().and_then(ServiceWay::from_code).map_or("", ServiceWay::label)
    }

    /// A row with what is sealed in it opened.
    pub(in super::super) fn of(
        vault: &Vault,
        record: LetterRecord,
        signatures: Vec<LetterSignature>,
    ) -> Result<Self, Fault> {
        let waits_for = access::next_signer(&record, &signatures);
        let open = |text: &str| if text.is_empty() { Ok(String::new()) } else { vault.unseal(record.id.0, text) };
        let proof = open(&record.proof)?;
        let signatures = signatures
            .into_iter()
            .map(|signature| Ok(SignatureView { comment: open(&signature.comment)?, signature }))
            .collect::<Result<_, Fault>>()?;
        Ok(Self { record, waits_for, signatures, proof })
    }
}

/// A letter with all that its page shows.
#[derive(Debug, Clone)]
pub struct LetterPage {
    /// The case.
    pub case: ApplicationView,
    /// The letter.
    pub letter: LetterView,
    /// What is written in it.
    pub content: LetterContent,
    /// Its fields.
    pub fields: Vec<FactField>,
    /// While it is written, the other applications of the applicant that it may answer too.
    pub joinable: Vec<Joinable>,
    /// As it will look, or looked when it was signed; none where something is missing.
    pub manuscript: Option<Manuscript>,
    /// What is missing or wrong: field and sentence.
    pub missing: Vec<(String, String)>,
    /// How the text differs from the wording of the template; empty where it does not.
    pub differences: Vec<Difference>,
    /// Numbers of persons in the text that are not the applicant's own.
    pub personal: Vec<String>,
    /// The names of people.
    pub names: BTreeMap<OfficerId, String>,
    /// Whether the person works on the case.
    pub works: bool,
    /// Whether the person may write.
    pub may_write: bool,
    /// Whether it is the person's turn to sign.
    pub may_sign: bool,
    /// Whether the person may serve it.
    pub may_serve: bool,
}

/// The blocks of a letter: the kind of each and its text.
fn blocks(manuscript: &Manuscript) -> Vec<(&'static str, String)> {
    let told = |block: &Block| match block {
        Block::Title(one) => Some(("title", one.text.clone())),
        Block::Heading(_, one) => Some(("heading", one.text.clone())),
        Block::Paragraph(one) => Some(("paragraph", one.text.clone())),
        Block::Line(Side::Left, one) => Some(("left", one.text.clone())),
        Block::Line(Side::Center, one) => Some(("center", one.text.clone())),
        Block::Line(Side::Right, one) => Some(("right", one.text.clone())),
        Block::Table(_) | Block::PageBreak => None,
    };
    manuscript.blocks.iter().filter_map(told).collect()
}

impl LetterPage {
    /// The letter as it will look: the kind of each block and its text; empty where something is missing.
    pub fn blocks(&self) -> Vec<(&'static str, String)> {
        self.manuscript.as_ref().map(blocks).unwrap_or_default()
    }
}

/// A manuscript as it is kept.
pub(super) fn written(manuscript: &Manuscript) -> Result<String, Fault> {
    serde_json::to_string(&blocks(manuscript)).map_err(|error| Fault::Failed(error.to_string()))
}

/// What was kept, as a manuscript.
fn read(text: &str) -> Result<Manuscript, Fault> {
    let blocks: Vec<(String, String)> =
        serde_json::from_str(text).map_err(|error| Fault::Failed(format!("文书的正文读不出来：{error}")))?;
    let blocks = blocks
        .into_iter()
        .map(|(kind, text)| {
            let text = Paragraph::new(text, Place::None);
            match kind.as_str() {
                "title" => Block::Title(text),
                "heading" => Block::Heading(1, text),
                "left" => Block::Line(Side::Left, text),
                "center" => Block::Line(Side::Center, text),
                "right" => Block::Line(Side::Right, text),
                _ => Block::Paragraph(text),
            }
        })
        .collect();
    Ok(Manuscript { blocks })
}

/// The paragraphs of a letter, one on each line.
fn paragraphs(manuscript: &Manuscript) -> String {
    let texts = manuscript.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(one) => Some(one.text.as_str()),
        Block::Title(_) | Block::Heading(..) | Block::Line(..) | Block::Table(_) | Block::PageBreak => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// Puts the officer's own paragraphs in place of those of the template. What the law wants in the letter must still stand there:
/// the articles it cites, and the remedy word for word.
///
/// # Errors
/// Something of it is gone; a word stands there that must not be told.
pub(super) fn rewrite(
    composed: &mut Composed,
    body: &str,
    (hidden, kept): (&[String], &[String]),
) -> Result<(), Fault> {
    let before = paragraphs(&composed.manuscript);
    for line in before.lines().filter(|line| line.contains("申请行政复议") || line.contains("提起行政诉讼"))
    {
        if !body.contains(line) {
            return Err(Fault::field("body", format!("改写后的正文缺少救济途径的告知，请照原文保留：{line}")));
        }
    }
    for article in &composed.articles {
        let cited = gongkai_law::cite(std::slice::from_ref(article));
        let number = cited.split('》').next_back().unwrap_or(&cited).to_owned();
        if !body.contains(&number) {
            return Err(Fault::field("body", format!("改写后的正文没有引用{cited}，请保留依据的条文")));
        }
    }
    for word in hidden.iter().map(|word| word.trim()).filter(|word| word.chars().count() >= 2) {
        if body.contains(word) {
            return Err(Fault::field("body", "改写后的正文里有不应透露的内容（第三方、申请人或者不予公开的内容）"));
        }
    }
    for value in kept {
        if before.contains(value.as_str()) && !body.contains(value.as_str()) {
            return Err(Fault::field(
                "body",
                format!("改写后的正文里没有“{value}”：日期、数额照填写的事实保留，要改的改事实"),
            ));
        }
    }
    let own = body.lines().map(str::trim).filter(|line| !line.is_empty());
    let own: Vec<Block> = own.map(|line| Block::Paragraph(Paragraph::new(line, Place::None))).collect();
    let is_text = |block: &Block| matches!(block, Block::Paragraph(_));
    let first = composed.manuscript.blocks.iter().position(is_text).unwrap_or(0);
    let mut blocks = std::mem::take(&mut composed.manuscript.blocks);
    // The slip after the signature of a question stays as it is.
    let signature = blocks.iter().position(|block| matches!(block, Block::Line(Side::Right, _)));
    let rest = blocks.split_off(signature.unwrap_or(blocks.len()));
    blocks.retain(|block| !is_text(block));
    let at = first.min(blocks.len());
    blocks.splice(at..at, own);
    blocks.extend(rest);
    composed.manuscript.blocks = blocks;
    Ok(())
}

/// The paragraphs before the signature: those an officer may rewrite.
fn editable(manuscript: &Manuscript) -> String {
    let end = manuscript.blocks.iter().position(|block| matches!(block, Block::Line(Side::Right, _)));
    let blocks = manuscript.blocks.iter().take(end.unwrap_or(usize::MAX)).cloned().collect();
    paragraphs(&Manuscript { blocks })
}

/// Numbers of persons in a text that the applicant did not give.
fn strangers(manuscript: &Manuscript, case: &ApplicationView) -> Vec<String> {
    let text = paragraphs(manuscript);
    let form = &case.form;
    let own = [&form.id_number, &form.phone, &form.email, &form.agent_id_number, &form.agent_phone, &form.description];
    let mut found: Vec<String> = check::scan_text(&text, &check::Settings::default())
        .iter()
        .filter(|hit| hit.blocks() && !own.iter().any(|known| !known.is_empty() && known.contains(&hit.shown)))
        .map(|hit| format!("{}：{}", hit.detector.label(), hit.shown))
        .collect();
    found.dedup();
    found
}

impl Services {
    /// A letter with all that its page shows. The opening is recorded.
    ///
    /// # Errors
    /// There is none; the person may not open the case.
    pub async fn letter_page(&self, now: Timestamp, actor: &Actor, id: LetterId) -> Result<LetterPage, Fault> {
        let record = self.store.letter(id).await?.ok_or(Fault::NotFound)?;
        let case = self.application(now, actor, record.application).await?;
        if let Some(day) = case.record.erased_on {
            return Err(Refusal::new(format!("这件申请的个人信息已于{day}清除，文书不再保存"), "").into());
        }
        let letter = case.letters.iter().find(|one| one.record.id == id).cloned().ok_or(Fault::NotFound)?;
        let content = self.content_of(&record).await?;
        let today = clock::local_date(now);
        let joint =
            Self::asked(&case, record.consultation).is_some_and(|(_, kind)| kind == ConsultationKind::JointMaker);
        let (mut manuscript, mut missing, mut differences) = (None, Vec::new(), Vec::new());
        if record.text.is_some() {
            manuscript = Some(self.signed_text(&record).await?);
        } else {
            match self.composed(&making(&case, &record, &content, None, today)).await {
                Ok(composed) => manuscript = Some(composed.manuscript),
                Err(Fault::Invalid(list)) => missing = list,
                Err(Fault::Refused(refusal)) => missing = vec![(String::new(), refusal.to_string())],
                Err(other) => return Err(other),
            }
            if let Some(body) = &content.body {
                let plain = LetterContent { body: None, ..content.clone() };
                if let Ok(composed) = self.composed(&making(&case, &record, &plain, None, today)).await {
                    differences = compare(&editable(&composed.manuscript), body);
                }
            }
        }
        let works = access::works_on(actor, &case.record);
        let signs = letter.waits_for.is_some_and(|role| {
            actor.officer.signs(role, case.record.section).is_some()
                && actor.agency() == case.record.agency
                && !record.writers.contains(&actor.id())
                && !letter.signatures.iter().any(|one| {
                    one.signature.round == record.round && one.signature.approved && one.signature.officer == actor.id()
                })
        });
        let may_write = works && record.state == LetterState::Draft;
        let joinable = if may_write { self.joinables(&case.record, record.outcome, today).await? } else { Vec::new() };
        Ok(LetterPage {
            joinable,
            fields: content.fields(record.kind, joint),
            personal: manuscript.as_ref().map(|text| strangers(text, &case)).unwrap_or_default(),
            names: case.names.clone(),
            works,
            may_write,
            may_sign: signs,
            may_serve: record.state == LetterState::Signed
                && actor.may(gongkai_model::officer::Act::Handle, case.record.agency),
            case,
            letter,
            content,
            manuscript,
            missing,
            differences,
        })
    }

    /// The paragraphs of a letter by the template's wording, for whoever rewrites them; none where something is missing.
    pub async fn wording(&self, now: Timestamp, page: &LetterPage) -> Option<String> {
        let plain = LetterContent { body: None, ..page.content.clone() };
        let today = clock::local_date(now);
        let composed = self.composed(&making(&page.case, &page.letter.record, &plain, None, today)).await.ok()?;
        Some(editable(&composed.manuscript))
    }

    /// The text as it was signed.
    pub(in crate::platform) async fn signed_text(&self, record: &LetterRecord) -> Result<Manuscript, Fault> {
        let sealed = record.text.as_ref().ok_or(Fault::NotFound)?;
        read(&self.vault().await?.unseal(record.id.0, sealed)?)
    }

    /// A letter as a file: its name and content. What is not signed yet says so in the place of its number.
    ///
    /// # Errors
    /// Something is missing in it; the person may not open the case; a character has no font.
    pub async fn letter_file(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: LetterId,
        as_what: Offered,
    ) -> Result<(String, Vec<u8>), Fault> {
        let page = self.letter_page(now, actor, id).await?;
        let Some(manuscript) = page.manuscript else { return Err(Fault::Invalid(page.missing)) };
        let title = page.letter.title().to_owned();
        Ok((file_name(&page.letter.record), self.set_manuscript(manuscript, title, None, as_what).await?))
    }

    /// A letter that was served to the applicant, as a file.
    pub(in super::super) async fn served_file(
        &self,
        application: ApplicationId,
        id: LetterId,
    ) -> Result<(String, Vec<u8>), Fault> {
        let record = self.store.letter(id).await?.ok_or(Fault::NotFound)?;
        let served = record.state == LetterState::Served && record.kind.goes_to_applicant();
        if record.application != application || !served {
            return Err(Fault::NotFound);
        }
        let manuscript = self.signed_text(&record).await?;
        let title = record.kind.title().to_owned();
        Ok((file_name(&record), self.set_manuscript(manuscript, title, None, Offered::Pdf).await?))
    }
}

fn file_name(record: &LetterRecord) -> String {
    let number = record.number.clone().unwrap_or_else(|| "草稿".to_owned());
    format!("{}{number}", record.kind.title())
}
