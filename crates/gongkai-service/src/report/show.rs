//! Reports, papers and findings as plain text, CSV and lists.

use gongkai_manuscript::{Block, Manuscript};
use gongkai_report::check::{RULES, Scope};
use gongkai_report::render::render;
use serde_json::{Value, json};

use super::check::Checked;
use super::place::place_text;
use super::{AggregateReport, ReadReport};

/// A manuscript as plain text: tables with their cells apart by bars.
pub fn manuscript_as_text(manuscript: &Manuscript) -> String {
    let mut out = String::new();
    for block in &manuscript.blocks {
        match block {
            Block::Title(text) => out.push_str(&format!("{}\n\n", text.text)),
            Block::Heading(_, text) => out.push_str(&format!("\n{}\n", text.text)),
            Block::Paragraph(text) | Block::Line(_, text) => out.push_str(&format!("{}\n", text.text)),
            Block::Table(table) => {
                for row in 0..table.row_count() {
                    let cells: Vec<&str> =
                        table.cells.iter().filter(|cell| cell.row == row).map(|cell| cell.text.as_str()).collect();
                    out.push_str(&format!("{} |\n", cells.join(" | ")));
                }
            }
            Block::PageBreak => {}
        }
    }
    out
}

/// What was read, for a person: source, identity, the report, then what the reader noticed.
pub fn set_as_text(read: &ReadReport) -> String {
    let report = &read.report;
    let or = |text: Option<String>| text.unwrap_or_else(|| "（没有读到）".to_owned());
    let mut out = format!(
        "文件：{}（{}）\n格式：{}　年度：{}　机关：{}\n\n",
        read.source.file,
        read.source.format,
        report.form.code().map_or("不明".to_owned(), |code| if code == "older" {
            "2019年以前".to_owned()
        } else {
            format!("{code}年")
        }),
        or(report.year.map(|year| year.to_string())),
        or(report.agency.clone()),
    );
    out.push_str(&manuscript_as_text(&render(report)));
    if !report.notices.is_empty() {
        out.push_str("\n读取时注意到：\n");
        for notice in &report.notices {
            let place = place_text(&notice.place);
            let place = if place.is_empty() { String::new() } else { format!("（{place}）") };
            out.push_str(&format!("- {}{place}\n", notice.message));
        }
    }
    out
}

/// All findings as CSV, a row each; a file that cannot be read has a row too.
///
/// # Errors
/// The writer refused.
pub fn findings_to_csv(checked: &[Checked]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "file", "agency", "year", "rule", "level", "cells", "culprit", "found", "expected", "message", "advice", "law",
    ])?;
    for one in checked {
        let agency = one.agency.clone().unwrap_or_default();
        let year = one.year.map(|year| year.to_string()).unwrap_or_default();
        match &one.outcome {
            Ok(findings) => {
                for finding in findings {
                    let cells: Vec<String> = finding.cells.iter().map(ToString::to_string).collect();
                    let culprit = finding.culprit.map(|cell| cell.to_string()).unwrap_or_default();
                    let safe = [&finding.found, &finding.expected].map(|text| plain(text));
                    writer.write_record([
                        one.file.as_str(),
                        &agency,
                        &year,
                        finding.rule,
                        finding.level.code(),
                        &cells.join(";"),
                        &culprit,
                        &safe[0],
                        &safe[1],
                        &finding.message,
                        &finding.advice,
                        &finding.law,
                    ])?;
                }
            }
            Err(error) => {
                writer.write_record([
                    one.file.as_str(),
                    &agency,
                    &year,
                    "",
                    "unreadable",
                    "",
                    "",
                    "",
                    "",
                    error,
                    "",
                    "",
                ])?;
            }
        }
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Text that a workbook would take for a formula gets an apostrophe in front.
fn plain(text: &str) -> String {
    let number = text
        .strip_prefix(['-', '+'])
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || c == '.'));
    if text.starts_with(['=', '+', '-', '@']) && !number { format!("'{text}") } else { text.to_owned() }
}

/// The rules as JSON.
pub fn rules_to_json() -> Value {
    RULES
        .iter()
        .map(|rule| {
            let scope = match rule.scope {
                Scope::All => "all",
                Scope::Tables => "tables",
                Scope::Only(edition) => edition.code(),
                Scope::Set => "set",
            };
            let basis = rule.basis.map(|(instrument, article)| format!("{}{article}", instrument.short_name()));
            json!({ "id": rule.id, "level": rule.level.code(), "scope": scope, "title": rule.title, "basis": basis, "also": rule.also })
        })
        .collect()
}

impl AggregateReport {
    /// Who is in the sum, who is missing, who fails, for a terminal.
    pub fn summary(&self, reports: &[ReadReport]) -> String {
        let paper = self.paper(reports);
        let mut shown = String::new();
        let mut within = false;
        for block in &paper.blocks {
            match block {
                Block::Heading(_, text) => within = text.text.starts_with("四、"),
                Block::Paragraph(text) if within || shown.is_empty() => shown.push_str(&format!("{}\n", text.text)),
                Block::Title(_) | Block::Paragraph(_) | Block::Line(..) | Block::Table(_) | Block::PageBreak => {}
            }
        }
        shown
    }
}
