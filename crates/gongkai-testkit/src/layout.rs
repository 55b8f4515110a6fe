//! The layouts in which the text of a published report reaches a reader (part 1 of the survey of real reports).

use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Table};

/// A layout of tables in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One row a line; merged cells become bare pipes at the end.
    PipeRow,
    /// The same, each line begins with a pipe.
    PipeLead,
    /// One cell a line, a pipe behind it; padding alone on a line.
    PipeCell,
    /// Cell and pipe on alternating lines.
    PipeOwnLine,
    /// The same with a lone pipe before each row.
    PipeOwnLineLeading,
    /// White space of the source kept around each value.
    PipeWrap,
    /// One cell a line, a blank line between.
    CellBlank,
    /// One cell a line.
    CellLine,
    /// Tabs before each cell, a blank line between rows.
    TabCell,
    /// Cells of a row glued together.
    Glued,
    /// The whole article on one line, cells apart by spaces.
    RunOn,
    /// The same with pipes, after a run of empty pipes.
    RunOnPipes,
    /// Only the total column of table 3 is filled.
    TotalOnly,
    /// Labels broken over two lines.
    SplitLabels,
    /// Columns by spaces, the label broken around its numbers, page numbers within.
    PdfLayout,
    /// Labels and numbers apart by single spaces, one row a line.
    PdfSpace,
    /// Full-width digits and spaces.
    FullWidth,
}

impl Layout {
    /// All layouts from which every cell can be read.
    pub const COMPLETE: [Self; 14] = [
        Self::PipeRow,
        Self::PipeLead,
        Self::PipeCell,
        Self::PipeOwnLine,
        Self::PipeOwnLineLeading,
        Self::PipeWrap,
        Self::CellBlank,
        Self::CellLine,
        Self::TabCell,
        Self::RunOn,
        Self::RunOnPipes,
        Self::SplitLabels,
        Self::PdfSpace,
        Self::FullWidth,
    ];
}

fn rows(table: &Table) -> Vec<Vec<&Cell>> {
    let mut rows: Vec<Vec<&Cell>> = vec![Vec::new(); table.row_count()];
    for cell in &table.cells {
        if let Some(row) = rows.get_mut(cell.row) {
            row.push(cell);
        }
    }
    rows
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_digit() { char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap_or(c) } else { c })
        .collect()
}

fn is_value(cell: &Cell) -> bool {
    !cell.header
}

/// Breaks a label in two lines.
fn halves(text: &str) -> (String, String) {
    let count = text.chars().count();
    let middle = count / 2;
    (text.chars().take(middle).collect(), text.chars().skip(middle).collect())
}

fn lay_table(table: &Table, layout: Layout, out: &mut String) {
    let columns = table.column_count();
    for row in rows(table) {
        let texts: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
        let covered: usize = row.iter().map(|cell| cell.column_span).sum();
        let padding = columns.saturating_sub(texts.len()).min(columns.saturating_sub(covered) + covered - texts.len());
        match layout {
            Layout::PipeRow | Layout::PipeLead => {
                let lead = if layout == Layout::PipeLead { "| " } else { "" };
                out.push_str(&format!("{lead}{} |{}\n", texts.join(" | "), "|".repeat(padding)));
            }
            Layout::PipeCell => {
                for text in &texts {
                    out.push_str(&format!("{text} |\n"));
                }
                if padding > 0 {
                    out.push_str(&format!("{}\n", "|".repeat(padding)));
                }
            }
            Layout::PipeOwnLine | Layout::PipeOwnLineLeading => {
                if layout == Layout::PipeOwnLineLeading {
                    out.push_str("|\n");
                }
                for text in &texts {
                    out.push_str(&format!("{text}\n|\n"));
                }
                for _ in 0..padding {
                    out.push_str("|\n");
                }
            }
            Layout::PipeWrap => {
                out.push('|');
                for text in &texts {
                    out.push_str(&format!("\n       {text}\n   |"));
                }
                out.push('\n');
            }
            Layout::CellBlank | Layout::CellLine | Layout::SplitLabels | Layout::FullWidth => {
                for cell in &row {
                    let text = match layout {
                        Layout::FullWidth => wide(&cell.text),
                        Layout::CellBlank if is_value(cell) => format!(" {}", cell.text),
                        _ => cell.text.clone(),
                    };
                    if layout == Layout::SplitLabels && !is_value(cell) && text.chars().count() >= 4 {
                        let (a, b) = halves(&text);
                        out.push_str(&format!("{a}\n{b}\n"));
                    } else {
                        out.push_str(&format!("{text}\n"));
                    }
                    if layout == Layout::CellBlank {
                        out.push('\n');
                    }
                }
            }
            Layout::TabCell => {
                for text in &texts {
                    out.push_str(&format!("\t{text}\n"));
                }
                out.push('\n');
            }
            Layout::Glued => {
                for text in &texts {
                    out.push_str(text);
                }
                out.push('\n');
            }
            Layout::RunOn => {
                for text in &texts {
                    out.push_str(text);
                    out.push(' ');
                }
            }
            Layout::RunOnPipes => {
                for text in &texts {
                    out.push_str(text);
                    out.push_str(" | ");
                }
            }
            Layout::TotalOnly => {
                let values = row.iter().filter(|cell| is_value(cell)).count();
                for (index, cell) in row.iter().enumerate() {
                    let last = index + 1 == row.len();
                    if !is_value(cell) || values != 7 || last {
                        out.push_str(&format!("{}\n", cell.text));
                    }
                }
            }
            Layout::PdfSpace => out.push_str(&format!("{}\n", texts.join(" "))),
            Layout::PdfLayout => lay_pdf_row(&row, out),
        }
    }
}

fn lay_pdf_row(row: &[&Cell], out: &mut String) {
    let values: Vec<&str> = row.iter().filter(|c| is_value(c)).map(|c| c.text.as_str()).collect();
    let labels: Vec<&str> = row.iter().filter(|c| !is_value(c)).map(|c| c.text.as_str()).collect();
    let label = labels.last().copied().unwrap_or("");
    for head in labels.iter().take(labels.len().saturating_sub(1)) {
        out.push_str(&format!("  {head}\n"));
    }
    let figures = values.iter().fold(String::new(), |all, value| all + "      " + value);
    if label.chars().count() > 16 && !values.is_empty() {
        let (a, b) = halves(label);
        out.push_str(&format!("              {a}\n                    {figures}\n              {b}\n"));
    } else {
        out.push_str(&format!("              {label}  {figures}\n"));
    }
}

/// The text of a manuscript with its tables laid out as `layout` says.
pub fn lay_out(manuscript: &Manuscript, layout: Layout) -> String {
    let mut out = String::new();
    if layout == Layout::RunOnPipes {
        out.push_str(&"|".repeat(300));
    }
    let end = if matches!(layout, Layout::RunOn | Layout::RunOnPipes) { " " } else { "\n" };
    let mut pages = 0;
    for block in &manuscript.blocks {
        match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(_, text) => {
                out.push_str(&text.text);
                out.push_str(if matches!(block, Block::Title(_)) && end == " " { "\n" } else { end });
            }
            Block::Table(table) => {
                if layout == Layout::PdfLayout {
                    pages += 1;
                    out.push_str(&format!("                              - {pages} -\n\u{c}"));
                }
                lay_table(table, layout, &mut out);
            }
            Block::PageBreak => {}
        }
    }
    out
}

/// Text as a reader of plain text files gives it: one paragraph a line, form feeds ending pages.
pub fn lines(text: &str) -> Manuscript {
    let mut blocks = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        for (page, part) in line.split('\u{c}').enumerate() {
            if page > 0 {
                blocks.push(Block::PageBreak);
            }
            blocks.push(Block::Paragraph(Paragraph::new(part, Place::Line(number))));
        }
    }
    Manuscript { blocks }
}
