//! Markdown and CSV.

use gongkai_manuscript::{Block, Manuscript};

use crate::Error;
use crate::rows::grid;

/// Escapes what Markdown would take for marks at the start of a line or within a cell.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '|' | '\\' | '`' | '*' | '_' | '<') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// A Markdown text with pipe tables. Cells merged on the form repeat their label in every row they cover.
pub fn markdown(manuscript: &Manuscript) -> String {
    let mut out = String::new();
    for block in &manuscript.blocks {
        match block {
            Block::Title(text) => out.push_str(&format!("# {}\n\n", plain(&text.text))),
            Block::Heading(level, text) => {
                out.push_str(&format!("{} {}\n\n", "#".repeat(usize::from(*level) + 1), plain(&text.text)));
            }
            Block::Paragraph(text) | Block::Line(_, text) => {
                out.push_str(&format!("{}\n\n", plain(&text.text)));
            }
            Block::Table(table) => {
                let rows = grid(table, |cell| if cell.header { &cell.text } else { "" });
                for (index, row) in rows.iter().enumerate() {
                    let cells: Vec<String> = row.iter().map(|text| plain(text)).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                    if index == 0 {
                        out.push_str(&format!("|{}\n", " --- |".repeat(row.len())));
                    }
                }
                out.push('\n');
            }
            Block::PageBreak => {}
        }
    }
    out
}

/// CSV as a workbook shows it: text in the first column, tables on their grid. With a mark for Excel.
///
/// # Errors
/// The writer refused.
pub fn csv(manuscript: &Manuscript) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let failed = |error: csv::Error| Error::Writing(error.to_string());
    for block in &manuscript.blocks {
        match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(_, text) => {
                writer.write_record([text.text.as_str()]).map_err(failed)?;
            }
            Block::Table(table) => {
                for row in grid(table, |_| "") {
                    writer.write_record(row).map_err(failed)?;
                }
            }
            Block::PageBreak => {}
        }
    }
    writer.into_inner().map_err(|error| Error::Writing(error.to_string()))
}
