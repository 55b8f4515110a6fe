//! Sets reports in the official form, in every format, and makes empty forms.

use gongkai_law::{CellRef, Edition, Section};
use gongkai_manuscript::Manuscript;
use gongkai_report::render::{official_title, render};
use gongkai_report::{Cell, FormKind, Period, Report, SectionText};
use gongkai_typeset::Fonts;
use jiff::civil::Date;

/// A format in which something can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Word.
    Docx,
    /// PDF/A-2a and PDF/UA-1.
    Pdf,
    /// A web page.
    Html,
    /// A workbook.
    Xlsx,
    /// Markdown.
    Markdown,
    /// CSV.
    Csv,
    /// The JSON of a report.
    Json,
}

impl Target {
    /// The format that a file name asks for.
    pub fn of_name(name: &str) -> Option<Self> {
        let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase())?;
        Some(match suffix.as_str() {
            "docx" => Self::Docx,
            "pdf" => Self::Pdf,
            "html" | "htm" => Self::Html,
            "xlsx" => Self::Xlsx,
            "md" => Self::Markdown,
            "csv" => Self::Csv,
            "json" => Self::Json,
            _ => return None,
        })
    }
}

/// Sets a manuscript. `fonts` are asked for only where they are needed.
///
/// # Errors
/// A character has no font; there are no fonts; the format holds no manuscript.
pub fn set(
    manuscript: &Manuscript,
    title: &str,
    year: Option<i16>,
    target: Target,
    fonts: &dyn Fn() -> Fonts,
) -> Result<Vec<u8>, gongkai_typeset::Error> {
    match target {
        Target::Docx => gongkai_typeset::docx(manuscript, title),
        Target::Pdf => gongkai_typeset::pdf(manuscript, title, year, &fonts()),
        Target::Html => Ok(gongkai_typeset::html(manuscript, title).into_bytes()),
        Target::Xlsx => gongkai_typeset::xlsx(manuscript, "正文"),
        Target::Markdown => Ok(gongkai_typeset::markdown(manuscript).into_bytes()),
        Target::Csv => gongkai_typeset::csv(manuscript),
        Target::Json => Err(gongkai_typeset::Error::Writing("这种内容没有 JSON 格式".to_owned())),
    }
}

/// The most paragraphs that are set: some five hundred pages, within 512 MB of memory.
const MOST_PARAGRAPHS: usize = 10_000;

/// Sets a report in the official form.
///
/// # Errors
/// As [`set`]; the text has more than ten thousand paragraphs.
pub fn render_report(
    read: &super::ReadReport,
    target: Target,
    fonts: &dyn Fn() -> Fonts,
) -> Result<Vec<u8>, gongkai_typeset::Error> {
    if target == Target::Json {
        let mut text = super::report_to_json(read).to_string();
        text.push('\n');
        return Ok(text.into_bytes());
    }
    let report = &read.report;
    let lines = |text: &str| text.split('\n').count();
    let paragraphs = lines(&report.preamble)
        + report.sections.iter().map(|section| lines(&section.text)).sum::<usize>()
        + lines(&report.closing);
    if paragraphs > MOST_PARAGRAPHS {
        return Err(gongkai_typeset::Error::TooLong(paragraphs));
    }
    let title = report.title.clone().unwrap_or_else(|| official_title(report.agency.as_deref(), report.year));
    set(&render(report), &title, report.year, target, fonts)
}

/// An empty form: every cell of the edition blank, headings, preamble and the five parts of section one in place.
pub fn template(edition: Edition, year: i16, agency: &str) -> Report {
    let sections = Section::ALL
        .into_iter()
        .map(|section| {
            let text = match section {
                Section::Overview => Section::OVERVIEW_PARTS
                    .iter()
                    .zip("一二三四五".chars())
                    .map(|(part, numeral)| format!("（{numeral}）{part}"))
                    .collect::<Vec<_>>()
                    .join("\n"),
                _ => String::new(),
            };
            SectionText { number: section.number(), title: section.heading(), text, ..SectionText::default() }
        })
        .collect();
    Report {
        form: FormKind::Edition(edition),
        year: Some(year),
        agency: Some(agency.to_owned()),
        title: Some(official_title(Some(agency), Some(year))),
        period: Period { from: Date::new(year, 1, 1).ok(), to: Date::new(year, 12, 31).ok() },
        preamble: format!(
            "本报告根据《中华人民共和国政府信息公开条例》第五十条和《{}》（{}）编制。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
            edition.notice_title(),
            edition.notice_number(),
        ),
        sections,
        cells: CellRef::of(edition).into_iter().map(|cell| (cell, Cell::default())).collect(),
        ..Report::default()
    }
}
