//! A report as a manuscript in the official form: what typesetting and export start from.

use gongkai_law::{
    ApplicantColumn, ApplicationRow, CellRef, Edition, ProactiveBlock, ProactiveField, ProceedingColumn,
    ProceedingGroup, RowGroup, Section, TITLE_SUFFIX,
};
use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Table};
use rust_decimal::Decimal;

use crate::report::Report;

/// The title as the form wants it: agency, year, 政府信息公开工作年度报告.
pub fn official_title(agency: Option<&str>, year: Option<i16>) -> String {
    let year = year.map(|year| format!("{year}年")).unwrap_or_default();
    format!("{}{year}{TITLE_SUFFIX}", agency.unwrap_or_default())
}

fn text(text: &str) -> Paragraph {
    Paragraph::new(text, Place::None)
}

/// A number as printed in a cell; nothing where the report prints nothing.
fn figure(report: &Report, cell: CellRef) -> String {
    let Some(value) = report.value(cell) else { return String::new() };
    let plain = value.normalize();
    match cell {
        CellRef::Proactive(_, ProactiveField::AmountYuan) if plain != Decimal::ZERO => format!("{plain}元"),
        _ => plain.to_string(),
    }
}

/// A table under construction.
#[derive(Default)]
struct Grid {
    table: Table,
    row: usize,
}

impl Grid {
    fn cell(&mut self, column: usize, text: impl Into<String>, rows: usize, columns: usize, header: bool) {
        let mut cell = Cell::new(self.row, column, text, Place::None).spanning(rows, columns);
        cell.header = header;
        self.table.cells.push(cell);
    }

    fn finish(mut self, caption: &str, header_rows: usize, widths: &[u16]) -> Block {
        self.table.cells.sort_by_key(|cell| (cell.row, cell.column));
        caption.clone_into(&mut self.table.caption);
        self.table.header_rows = header_rows;
        self.table.widths = widths.to_vec();
        Block::Table(self.table)
    }
}

/// The edition a block of table 2 is printed in: that of its cells, else that of the report.
fn block_edition(report: &Report, block: ProactiveBlock, main: Edition) -> Edition {
    for edition in [main, Edition::F2021, Edition::F2019] {
        let printed = block.items(edition).iter().any(|item| {
            block.fields(edition).iter().any(|field| report.cells.contains_key(&CellRef::Proactive(*item, *field)))
        });
        if printed {
            return edition;
        }
    }
    main
}

/// Table 2.
pub fn proactive_table(report: &Report) -> Block {
    let main = report.edition();
    let mut grid = Grid::default();
    for &block in ProactiveBlock::of(main) {
        let edition = block_edition(report, block, main);
        let fields = block.fields(edition);
        grid.cell(0, block.label(), 1, 4, true);
        grid.row += 1;
        let spans: &[(usize, usize)] = match fields.len() {
            1 => &[(1, 3)],
            2 => &[(1, 1), (2, 2)],
            _ => &[(1, 1), (2, 1), (3, 1)],
        };
        grid.cell(0, ProactiveField::CONTENT_LABEL, 1, 1, true);
        for (field, (column, span)) in fields.iter().zip(spans) {
            grid.cell(*column, field.label(edition), 1, *span, true);
        }
        grid.row += 1;
        for item in block.items(edition) {
            grid.cell(0, item.label(edition), 1, 1, true);
            for (field, (column, span)) in fields.iter().zip(spans) {
                grid.cell(*column, figure(report, CellRef::Proactive(*item, *field)), 1, *span, false);
            }
            grid.row += 1;
        }
    }
    grid.finish("主动公开政府信息情况", 0, &[36, 30, 30, 30])
}

/// The edition table 3 is printed in: one row of 其他处理 or three.
fn applications_edition(report: &Report) -> Edition {
    if report.has_application_row(ApplicationRow::Other) {
        return Edition::F2019;
    }
    if report.has_application_row(ApplicationRow::OtherOtherReason) {
        return Edition::F2021;
    }
    report.edition()
}

/// Table 3.
pub fn applications_table(report: &Report) -> Block {
    let edition = applications_edition(report);
    let mut grid = Grid::default();
    grid.cell(0, ApplicationRow::CORNER_NOTE, 3, 3, true);
    grid.cell(3, "申请人情况", 1, 7, true);
    grid.row = 1;
    grid.cell(3, ApplicantColumn::NaturalPerson.label(), 2, 1, true);
    grid.cell(4, "法人或其他组织", 1, 5, true);
    grid.cell(9, ApplicantColumn::Total.label(), 2, 1, true);
    grid.row = 2;
    for (index, column) in ApplicantColumn::KINDS.iter().skip(1).enumerate() {
        grid.cell(4 + index, column.label(), 1, 1, true);
    }
    grid.row = 3;
    let results = ApplicationRow::results(edition).len() + 1;
    for &row in ApplicationRow::of(edition) {
        let in_results = row.is_result() || row == ApplicationRow::TotalConcluded;
        if row == ApplicationRow::Granted {
            grid.cell(0, ApplicationRow::RESULTS_HEADING, results, 1, true);
        }
        match row.group() {
            Some(group) => {
                if first_of_group(edition, row, group) {
                    let size = ApplicationRow::of(edition).iter().filter(|r| r.group() == Some(group)).count();
                    grid.cell(1, group.label(), size, 1, true);
                }
                grid.cell(2, row.label(), 1, 1, true);
            }
            None if in_results => grid.cell(1, row.label(), 1, 2, true),
            None => grid.cell(0, row.label(), 1, 3, true),
        }
        for (index, column) in ApplicantColumn::ALL.iter().enumerate() {
            grid.cell(3 + index, figure(report, CellRef::Application(row, *column)), 1, 1, false);
        }
        grid.row += 1;
    }
    grid.finish("收到和处理政府信息公开申请情况", 3, &[8, 20, 47, 11, 11, 11, 12, 12, 11, 11])
}

fn first_of_group(edition: Edition, row: ApplicationRow, group: RowGroup) -> bool {
    ApplicationRow::of(edition).iter().find(|other| other.group() == Some(group)) == Some(&row)
}

/// Table 4.
pub fn proceedings_table(report: &Report) -> Block {
    let mut grid = Grid::default();
    grid.cell(0, ProceedingGroup::Reconsideration.label(), 1, 5, true);
    grid.cell(5, ProceedingGroup::LITIGATION_LABEL, 1, 10, true);
    grid.row = 1;
    for (index, column) in ProceedingColumn::ALL.iter().enumerate() {
        grid.cell(index, column.label(), 2, 1, true);
    }
    grid.cell(5, ProceedingGroup::DirectSuit.label(), 1, 5, true);
    grid.cell(10, ProceedingGroup::SuitAfterReconsideration.label(), 1, 5, true);
    grid.row = 2;
    for group in 1..3 {
        for (index, column) in ProceedingColumn::ALL.iter().enumerate() {
            grid.cell(group * 5 + index, column.label(), 1, 1, true);
        }
    }
    grid.row = 3;
    for (group, name) in ProceedingGroup::ALL.iter().enumerate() {
        for (index, column) in ProceedingColumn::ALL.iter().enumerate() {
            grid.cell(group * 5 + index, figure(report, CellRef::Proceeding(*name, *column)), 1, 1, false);
        }
    }
    grid.finish("政府信息公开行政复议、行政诉讼情况", 3, &[10; 15])
}

/// The whole report in the official form.
///
/// Sections carry the official headings whatever the source wrote; a section that is missing stands with its heading.
pub fn render(report: &Report) -> Manuscript {
    let title = report.title.clone().unwrap_or_else(|| official_title(report.agency.as_deref(), report.year));
    let mut blocks = vec![Block::Title(text(&title))];
    let push_text = |blocks: &mut Vec<Block>, body: &str| {
        blocks.extend(body.lines().filter(|line| !line.trim().is_empty()).map(|line| Block::Paragraph(text(line))));
    };
    push_text(&mut blocks, &report.preamble);
    if report.form.edition().is_none() && report.cells.is_empty() && !report.sections.is_empty() {
        // A form from before 2019 has its own chapters and no tables.
        for section in &report.sections {
            blocks.push(Block::Heading(1, text(&section.title)));
            push_text(&mut blocks, &section.text);
        }
        push_text(&mut blocks, &report.closing);
        return Manuscript { blocks };
    }
    for section in Section::ALL {
        blocks.push(Block::Heading(1, text(&section.heading())));
        push_text(&mut blocks, report.section_text(section.number()));
        match section {
            Section::Proactive => blocks.push(proactive_table(report)),
            Section::Applications => blocks.push(applications_table(report)),
            Section::Proceedings => blocks.push(proceedings_table(report)),
            Section::Overview | Section::Problems | Section::OtherMatters => {}
        }
    }
    push_text(&mut blocks, &report.closing);
    Manuscript { blocks }
}
