//! Reads a published report from the bytes of a file.

use gongkai_ingest::{Format, Limits, ingest, sniff};
use gongkai_manuscript::Place;
use gongkai_report::{FormKind, NoticeCode, Report};
use sha2::{Digest, Sha256};

/// The file a report was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name as it was given.
    pub file: String,
    /// The code of its kind, e.g. `pdf`.
    pub format: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A report with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadReport {
    /// The file.
    pub source: Source,
    /// What was read.
    pub report: Report,
}

/// Why a file could not be read as a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file itself cannot be read.
    #[error("{0}")]
    File(#[from] gongkai_ingest::Error),
    /// The JSON is not that of a report.
    #[error("JSON 数据有误：{0}")]
    Json(String),
    /// Nothing in the text speaks of such a report.
    #[error("文件里没有政府信息公开年度报告的标题、章节或表格，不是年度报告。请确认文件是否正确")]
    NotAReport,
}

/// The largest JSON of a report, in bytes. A real one has less than a hundred thousand.
const LARGEST_JSON: usize = 8 << 20;

/// Characters and lines of the text of a report.
fn size(report: &Report) -> (usize, usize) {
    let sections = report.sections.iter().flat_map(|section| [section.title.as_str(), section.text.as_str()]);
    let notices = report.notices.iter().flat_map(|notice| [notice.subject.as_str(), notice.message.as_str()]);
    sections
        .chain(notices)
        .chain(report.cells.values().map(|cell| cell.raw.as_str()))
        .chain([report.preamble.as_str(), report.closing.as_str(), report.title.as_deref().unwrap_or_default()])
        .fold((0, 0), |(characters, lines), text| (characters + text.chars().count(), lines + text.split('\n').count()))
}

/// The SHA-256 of bytes, in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        _ = write!(out, "{byte:02x}");
        out
    })
}

/// The ending of a file name, without the dot.
fn suffix(name: &str) -> Option<&str> {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.rsplit_once('.').map(|(_, suffix)| suffix).filter(|suffix| !suffix.is_empty() && suffix.len() <= 8)
}

/// Reads a report. The same bytes always give the same result.
///
/// # Errors
/// The file is too large, encrypted, broken, of another kind, or no report.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<ReadReport, Error> {
    let limits = Limits::default();
    if bytes.len() > limits.file_bytes || bytes.is_empty() {
        ingest(bytes, None, &limits)?;
    }
    let source =
        |format: Format| Source { file: name.to_owned(), format: format.code().to_owned(), sha256: sha256(bytes) };
    if sniff(bytes, suffix(name))? == Format::Json {
        if bytes.len() > LARGEST_JSON {
            return Err(Error::Json(format!("有 {} MB，超过上限 8 MB", bytes.len() >> 20)));
        }
        let text = gongkai_ingest::decode(bytes)?;
        let report = super::report_from_json(&text).map_err(Error::Json)?;
        let (characters, lines) = size(&report);
        if characters > limits.characters || lines > limits.pieces {
            return Err(Error::Json("文字超过四十万字或三万段，不是一份年度报告".to_owned()));
        }
        return Ok(ReadReport { source: source(Format::Json), report });
    }
    let read = ingest(bytes, suffix(name), &limits)?;
    let mut report = gongkai_report::read(&read.manuscript);
    for notice in read.notices {
        report.notice(NoticeCode::FileNotice, "", Place::None, notice);
    }
    if is_nothing(&report) {
        return Err(Error::NotAReport);
    }
    Ok(ReadReport { source: source(read.format), report })
}

/// Neither title, tables nor sections, and no word of disclosure.
fn is_nothing(report: &Report) -> bool {
    let speaks = |text: &str| {
        let text = gongkai_report::fold::compact(text);
        text.contains("信息公开") || text.contains("政务公开")
    };
    report.title.is_none()
        && report.cells.is_empty()
        && (report.sections.len() < 3 || report.form == FormKind::Unknown)
        && !speaks(&report.preamble)
        && !report.sections.iter().any(|section| speaks(&section.text) || speaks(&section.title))
}
