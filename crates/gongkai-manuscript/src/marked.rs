//! Marked text: a manuscript as lines that a person can type, store and compare.
//!
//! A line is a paragraph. `# ` to `#### ` begin headings, `[左]`, `[中]`, `[右]` lines at a side. Lines that begin with `|`
//! are the rows of a table; `|---|` ends its head; a cell `←` belongs to the cell at its left, `↑` to the one above; `⏎`
//! breaks a line within a cell; `[表]` before a table names it. A backslash at the beginning of a line, or before `|`,
//! takes the meaning away.

use crate::{Block, Cell, Manuscript, Paragraph, Place, Side, Table};

const SIDES: [(&str, Side); 3] = [("[左]", Side::Left), ("[中]", Side::Center), ("[右]", Side::Right)];
const CAPTION: &str = "[表]";

/// The text of a manuscript. Titles become headings of the first level; page breaks are left out.
pub fn write(manuscript: &Manuscript) -> String {
    let mut out = String::new();
    for block in &manuscript.blocks {
        match block {
            Block::Title(text) => line(&mut out, "# ", &text.text),
            Block::Heading(level, text) => {
                let marks = "#".repeat(usize::from((*level).clamp(1, 4)));
                line(&mut out, &format!("{marks} "), &text.text);
            }
            Block::Paragraph(text) => paragraph(&mut out, &text.text),
            Block::Line(side, text) => {
                let mark = SIDES.iter().find(|(_, other)| other == side).map_or("", |(mark, _)| mark);
                line(&mut out, mark, &text.text);
            }
            Block::Table(one) => table(&mut out, one),
            Block::PageBreak => {}
        }
    }
    out
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line(out: &mut String, mark: &str, text: &str) {
    let text = flat(text);
    if !text.is_empty() {
        out.push_str(mark);
        out.push_str(&text);
        out.push('\n');
    }
}

fn is_marked(text: &str) -> bool {
    text.starts_with(['#', '|', '\\'])
        || text.starts_with(CAPTION)
        || SIDES.iter().any(|(mark, _)| text.starts_with(mark))
}

fn paragraph(out: &mut String, text: &str) {
    for part in text.lines() {
        let part = flat(part);
        if is_marked(&part) {
            out.push('\\');
        }
        line(out, "", &part);
    }
}

fn table(out: &mut String, table: &Table) {
    let (rows, columns) = (table.row_count(), table.column_count());
    if rows == 0 || columns == 0 {
        return;
    }
    let mut grid = vec![vec![String::new(); columns]; rows];
    for cell in &table.cells {
        for row in cell.row..cell.row.saturating_add(cell.row_span.max(1)).min(rows) {
            for column in cell.column..cell.column.saturating_add(cell.column_span.max(1)).min(columns) {
                let text = match (row == cell.row, column == cell.column) {
                    (true, true) => escape(&cell.text),
                    (_, false) => "←".to_owned(),
                    (false, true) => "↑".to_owned(),
                };
                if let Some(place) = grid.get_mut(row).and_then(|row| row.get_mut(column)) {
                    *place = text;
                }
            }
        }
    }
    if !table.caption.trim().is_empty() {
        line(out, CAPTION, &table.caption);
    }
    for (at, row) in grid.iter().enumerate() {
        out.push_str(&format!("| {} |\n", row.join(" | ")));
        if at + 1 == table.header_rows {
            out.push_str(&format!("|{}\n", "---|".repeat(columns)));
        }
    }
    // Two tables in a row stay two.
    out.push('\n');
}

fn escape(text: &str) -> String {
    let joined = text.lines().map(flat).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("⏎");
    let plain = joined.replace('\\', "\\\\").replace('|', "\\|");
    if matches!(plain.as_str(), "←" | "↑") { format!("\\{plain}") } else { plain }
}

/// The manuscript of a text. Every text is one: what has no mark is a paragraph.
pub fn parse(text: &str) -> Manuscript {
    let mut blocks = Vec::new();
    let mut rows: Vec<&str> = Vec::new();
    let mut caption = String::new();
    for (number, raw) in (1_u32..).zip(text.lines()) {
        let one = raw.trim();
        if one.starts_with('|') {
            rows.push(one);
            continue;
        }
        finish(&mut blocks, &mut rows, &mut caption);
        if one.is_empty() {
            continue;
        }
        let place = Place::Line(number);
        if let Some(name) = one.strip_prefix(CAPTION) {
            name.trim().clone_into(&mut caption);
        } else if let Some((side, rest)) =
            SIDES.iter().find_map(|(mark, side)| one.strip_prefix(mark).map(|rest| (*side, rest)))
        {
            blocks.push(Block::Line(side, Paragraph::new(rest.trim(), place)));
        } else if let Some((level, rest)) = heading(one) {
            blocks.push(Block::Heading(level, Paragraph::new(rest, place)));
        } else {
            let plain = one.strip_prefix('\\').unwrap_or(one);
            blocks.push(Block::Paragraph(Paragraph::new(plain, place)));
        }
    }
    finish(&mut blocks, &mut rows, &mut caption);
    Manuscript { blocks }
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let rest = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - rest.len()).ok()?;
    let title = rest.strip_prefix(' ')?.trim();
    ((1..=4).contains(&level) && !title.is_empty()).then_some((level, title))
}

fn finish(blocks: &mut Vec<Block>, rows: &mut Vec<&str>, caption: &mut String) {
    if rows.is_empty() {
        return;
    }
    let mut header_rows = 0;
    let mut grid: Vec<Vec<String>> = Vec::new();
    for row in rows.drain(..) {
        let cells = split(row);
        let is_rule = !cells.is_empty()
            && cells.iter().all(|cell| {
                let cell = cell.trim();
                cell.len() >= 3 && cell.chars().all(|c| matches!(c, '-' | ':'))
            });
        if is_rule && header_rows == 0 && !grid.is_empty() {
            header_rows = grid.len();
        } else {
            grid.push(cells);
        }
    }
    if let Some(table) = assemble(&grid, header_rows, std::mem::take(caption)) {
        blocks.push(Block::Table(table));
    }
}

/// The raw cells of a row.
fn split(row: &str) -> Vec<String> {
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut escaped = false;
    for c in row.chars() {
        if escaped {
            // The backslash stays for the next step: it tells a typed arrow from a merged cell.
            cell.push('\\');
            cell.push(c);
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == '|' {
            cells.push(std::mem::take(&mut cell));
        } else {
            cell.push(c);
        }
    }
    if escaped {
        cell.push('\\');
    }
    if !cell.trim().is_empty() {
        cells.push(cell);
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        if c == '\\' && !escaped {
            escaped = true;
            continue;
        }
        out.push(if c == '⏎' && !escaped { '\n' } else { c });
        escaped = false;
    }
    out
}

/// How many rows and columns a table may have; more are left out.
const ROWS: usize = 2_000;
const COLUMNS: usize = 60;

fn assemble(grid: &[Vec<String>], header_rows: usize, caption: String) -> Option<Table> {
    let columns = grid.iter().map(Vec::len).max().unwrap_or(0).min(COLUMNS);
    let rows = grid.len().min(ROWS);
    if columns == 0 || rows == 0 {
        return None;
    }
    let at = |row: usize, column: usize| grid.get(row).and_then(|row| row.get(column)).map_or("", String::as_str);
    let mut taken = vec![vec![false; columns]; rows];
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            if taken.get(row).and_then(|row| row.get(column)).copied().unwrap_or(true) {
                continue;
            }
            let free =
                |row: usize, column: usize| taken.get(row).and_then(|row| row.get(column)).is_some_and(|taken| !taken);
            let mut wide = 1;
            while column + wide < columns && free(row, column + wide) && at(row, column + wide) == "←" {
                wide += 1;
            }
            let mut high = 1;
            while row + high < rows
                && free(row + high, column)
                && at(row + high, column) == "↑"
                && (1..wide).all(|more| free(row + high, column + more) && at(row + high, column + more) == "←")
            {
                high += 1;
            }
            for covered in taken.iter_mut().skip(row).take(high) {
                for one in covered.iter_mut().skip(column).take(wide) {
                    *one = true;
                }
            }
            let mut cell = Cell::new(row, column, unescape(at(row, column)), Place::None).spanning(high, wide);
            cell.header = row < header_rows;
            cells.push(cell);
        }
    }
    Some(Table { cells, caption, header_rows: header_rows.min(rows), widths: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_read_and_written_back() {
        let text = "# 一、总体情况\n正文第一段。\n[左]各科室：\n\\# 不是标题\n[表]收入\n| 项目 | 数量 | ← |\n| ↑ | 甲 | 乙 |\n\
                    |---|---|---|\n| 合计 | 1⏎2 | a\\|b |\n\n[右]示例局\n";
        let manuscript = parse(text);
        assert_eq!(write(&manuscript), text);
        let table = manuscript.tables().next().unwrap();
        assert_eq!((table.header_rows, table.caption.as_str(), table.column_count()), (2, "收入", 3));
        assert_eq!(table.cells[0].row_span, 2);
        assert_eq!(table.cells.last().unwrap().text, "a|b");
    }

    #[test]
    fn rough_input_is_read_as_far_as_it_goes() {
        for text in ["|", "||", "| a", "|---|", "← ↑", "| ← | ↑ |", "| a | b |\n| c |", "\\", "#", "# ", "[表]", "|\\"]
        {
            let again = write(&parse(text));
            assert_eq!(write(&parse(&again)), again, "{text:?}");
        }
    }
}
