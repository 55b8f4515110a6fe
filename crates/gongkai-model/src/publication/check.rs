//! The checks before publication, D1–D15: personal numbers, marks of secrecy, internal marks, terms, links.
//!
//! Pure over text: the same text gives the same hits. A hit never shows a whole number of a person.

mod links;
mod marks;
mod mask;
mod number;
mod personal;
mod terms;

pub use marks::{has_secret_mark, is_secret_mark};
pub use mask::mask;
pub use number::{is_bank_card, is_credit_code, is_identity, is_old_identity};
pub use terms::{Severity, Terms};

use gongkai_manuscript::{Block, Manuscript};

/// What a detector looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detector {
    /// D1 居民身份证.
    Identity,
    /// D2 old identity numbers.
    OldIdentity,
    /// D3 mobile numbers.
    Mobile,
    /// D4 landlines.
    Landline,
    /// D5 bank cards.
    BankCard,
    /// D6 passports and travel permits.
    Passport,
    /// D8 other personal data.
    OtherPersonal,
    /// D9 sensitive kinds (个人信息保护法 第二十八条).
    SensitiveKind,
    /// D10 marks of national secrets.
    SecretMark,
    /// D11 internal marks.
    InternalMark,
    /// D12 hidden data of a file.
    HiddenData,
    /// A picture or a scanned paper: no program reads it here, a person must.
    Unread,
    /// D14 错敏词.
    Term,
    /// D15 links.
    Link,
    /// Results of an audit that speak of a listed company: it is told five days before (审计法实施条例 第三十三条).
    ListedCompany,
}

impl Detector {
    /// Every detector. D7 (统一社会信用代码) serves D1 and D5 and hits nothing by itself; D13 is these over every sheet.
    pub const ALL: [Self; 15] = [
        Self::Identity,
        Self::OldIdentity,
        Self::Mobile,
        Self::Landline,
        Self::BankCard,
        Self::Passport,
        Self::OtherPersonal,
        Self::SensitiveKind,
        Self::SecretMark,
        Self::InternalMark,
        Self::HiddenData,
        Self::Unread,
        Self::Term,
        Self::Link,
        Self::ListedCompany,
    ];

    /// The code in files and pages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Identity => "D1",
            Self::OldIdentity => "D2",
            Self::Mobile => "D3",
            Self::Landline => "D4",
            Self::BankCard => "D5",
            Self::Passport => "D6",
            Self::OtherPersonal => "D8",
            Self::SensitiveKind => "D9",
            Self::SecretMark => "D10",
            Self::InternalMark => "D11",
            Self::HiddenData => "D12",
            Self::Unread => "D13",
            Self::Term => "D14",
            Self::Link => "D15",
            Self::ListedCompany => "G1",
        }
    }

    /// The detector with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|detector| detector.code() == code)
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Identity => "居民身份证号码",
            Self::OldIdentity => "15位身份证号码",
            Self::Mobile => "手机号码",
            Self::Landline => "固定电话",
            Self::BankCard => "银行卡号",
            Self::Passport => "护照、通行证号码",
            Self::OtherPersonal => "其他个人信息",
            Self::SensitiveKind => "敏感个人信息",
            Self::SecretMark => "国家秘密标志",
            Self::InternalMark => "内部标志",
            Self::HiddenData => "隐藏内容",
            Self::Unread => "读不出文字的文件",
            Self::Term => "错敏词",
            Self::Link => "外部链接",
            Self::ListedCompany => "涉及上市公司的审计结果",
        }
    }
}

/// How weighty a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// For information.
    Info,
    /// Wants a look.
    Warn,
    /// Publication is refused while it is open.
    Block,
}

impl Weight {
    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }

    /// The weight with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Info, Self::Warn, Self::Block].into_iter().find(|weight| weight.code() == code)
    }
}

/// Something found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What was looked for.
    pub detector: Detector,
    /// How weighty it is here.
    pub weight: Weight,
    /// What was found, with the middle of personal numbers hidden; of secrets the mark alone.
    pub shown: String,
    /// The text around it, masked likewise; empty for secrets.
    pub around: String,
    /// The paragraph or cell, from 1, in order of the text; 0 for the title and the file itself.
    pub piece: usize,
    /// What names the paragraph, or the file, as it was when this was found: a decision holds for that alone.
    pub source: String,
    /// What is wrong and what to do.
    pub advice: String,
}

impl Hit {
    /// Whether publication waits for it.
    pub fn blocks(&self) -> bool {
        self.weight == Weight::Block
    }

    /// What names the hit in the same text again: detector, what was found and how often it stood before.
    pub fn fingerprint(&self, nth: usize) -> String {
        let told = [self.detector.code(), &self.shown, &self.around, &self.source].join("\n");
        crate::audit::sm3_hex(format!("{told}\n{nth}").as_bytes())
    }
}

/// What an officer decides about a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disposition {
    /// 误报.
    FalsePositive,
    /// 依法应当公开: with the basis.
    LawfulWithBasis,
}

impl Disposition {
    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::FalsePositive => "false_positive",
            Self::LawfulWithBasis => "lawful_with_basis",
        }
    }

    /// The disposition with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::FalsePositive, Self::LawfulWithBasis].into_iter().find(|one| one.code() == code)
    }

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::FalsePositive => "误报",
            Self::LawfulWithBasis => "有依据公开",
        }
    }
}

/// What an installation adds to the detectors: data, not code.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Numbers that are the office's own and may be published.
    pub contacts: Vec<String>,
    /// 错敏词, with what to write instead.
    pub terms: Terms,
    /// Host names that may be linked to; `gov.cn` always may.
    pub hosts: Vec<String>,
}

/// The hits in one piece of text.
pub fn scan_text(text: &str, settings: &Settings) -> Vec<Hit> {
    scan_piece(text, 0, settings)
}

fn scan_piece(text: &str, piece: usize, settings: &Settings) -> Vec<Hit> {
    let folded = number::half_width(text);
    let mut out = Vec::new();
    personal::scan(&folded, piece, settings, &mut out);
    marks::scan(&folded, piece, &mut out);
    terms::scan(text, piece, &settings.terms, &mut out);
    links::scan(&folded, piece, &settings.hosts, &mut out);
    named(text, &mut out);
    out
}

/// Binds hits to the very text they were found in: another number behind the same mask is another finding.
fn named(text: &str, hits: &mut [Hit]) {
    if hits.iter().any(|hit| hit.source.is_empty()) {
        let source = crate::audit::sm3_hex(text.as_bytes());
        for hit in hits.iter_mut().filter(|hit| hit.source.is_empty()) {
            hit.source.clone_from(&source);
        }
    }
}

/// The paragraphs and cells of a manuscript in order: number from 1, text, whether it is a cell.
fn pieces(manuscript: &Manuscript) -> impl Iterator<Item = (usize, &str, bool)> {
    manuscript
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Title(paragraph)
            | Block::Heading(_, paragraph)
            | Block::Paragraph(paragraph)
            | Block::Line(_, paragraph) => vec![(paragraph.text.as_str(), false)],
            Block::Table(table) => table.cells.iter().map(|cell| (cell.text.as_str(), true)).collect(),
            Block::PageBreak => Vec::new(),
        })
        .enumerate()
        .map(|(at, (text, in_cell))| (at + 1, text, in_cell))
}

/// The hits of a title and a manuscript, in order of the text.
pub fn scan(title: &str, manuscript: &Manuscript, settings: &Settings) -> Vec<Hit> {
    let mut out = scan_piece(title, 0, settings);
    for line in title.lines() {
        marks::lone(line, 0, true, &mut out);
    }
    named(title, &mut out);
    for (piece, text, in_cell) in pieces(manuscript) {
        let mut found = scan_piece(text, piece, settings);
        marks::lone(text, piece, in_cell, &mut found);
        named(text, &mut found);
        out.extend(found);
    }
    out
}

/// The words around a match, with every long run of digits hidden.
fn around(text: &str, from: usize, to: usize) -> String {
    let before: Vec<char> = text.get(..from).unwrap_or("").chars().rev().take(10).collect();
    let after = text.get(to..).unwrap_or("").chars().take(10);
    let plain: String = before.into_iter().rev().chain("▮".chars()).chain(after).collect();
    number::without_long_numbers(&plain)
}

#[cfg(test)]
mod tests;
