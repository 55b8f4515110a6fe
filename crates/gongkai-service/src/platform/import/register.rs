//! What the registers of applications and of disputes are read with: cells, days, rows, what stands in a file twice.

use std::collections::BTreeMap;

use gongkai_store::BlobHash;
use jiff::civil::Date;

use super::rows::{Shape, rows};
use super::{FORMULA, ImportOutcome, MOST, RefusedRow};
use crate::platform::Fault;

/// The cells of a row.
pub(super) type Cells = BTreeMap<String, String>;

pub(super) fn cell<'a>(cells: &'a Cells, name: &str) -> &'a str {
    let text = cells.get(name).map_or("", |text| text.trim());
    // What was written out by this program shows as text what a spreadsheet would take for a formula.
    match text.strip_prefix('\'') {
        Some(plain) if plain.starts_with(FORMULA) => plain,
        _ => text,
    }
}

/// A day of a cell: a spreadsheet may have added midnight to it.
pub(super) fn day(cells: &Cells, name: &str) -> Result<Date, String> {
    let text: String = cell(cells, name).chars().take(10).collect();
    crate::law::parse_date(&text).map_err(|why| format!("{name}：{why}"))
}

pub(super) fn maybe_day(cells: &Cells, name: &str) -> Result<Option<Date>, String> {
    if cell(cells, name).is_empty() { Ok(None) } else { day(cells, name).map(Some) }
}

/// What a row is known by: everything it says.
pub(super) fn mark(cells: &Cells, columns: &[&str]) -> String {
    let all: Vec<&str> = columns.iter().map(|name| cell(cells, name)).collect();
    BlobHash::of(all.join("\u{1f}").as_bytes()).to_string()
}

/// Words for a sentence: what may stand in a cell.
pub(super) fn words<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join("、")
}

pub(super) fn line(cells: &Cells, name: &str, most: usize, needed: bool) -> Result<String, String> {
    let text = cell(cells, name).split_whitespace().collect::<Vec<_>>().join(" ");
    if needed && text.is_empty() {
        return Err(format!("{name}：不能是空的"));
    }
    if text.chars().count() > most {
        return Err(format!("{name}：不超过{most}字"));
    }
    if text.chars().any(|c| c.is_control() || c == '\u{fffd}') {
        return Err(format!("{name}：有读不出来的字符，请检查文件的编码（UTF-8 或 GB18030）"));
    }
    Ok(text)
}

/// Puts what is right aside and what is wrong on the list.
pub(super) fn kept<T>(wrong: &mut Vec<String>, value: Result<T, String>) -> Option<T> {
    value.map_err(|why| wrong.push(why)).ok()
}

/// Rows that were read, and what is to be said of the others.
pub(super) fn read<T>(
    shape: &Shape,
    (name, bytes): (&str, &[u8]),
    one: impl Fn(&Cells) -> Result<T, String>,
) -> Result<(Vec<(usize, T)>, ImportOutcome), Fault> {
    let (raw, broken) = rows(shape, name, bytes).map_err(|message| Fault::field("file", message))?;
    if raw.len() > 5 * MOST {
        return Err(Fault::field("file", "一次最多导入一百万行，请拆分文件"));
    }
    let mut out = ImportOutcome { refused: broken, ..ImportOutcome::default() };
    let mut all = Vec::with_capacity(raw.len());
    for (row, cells) in raw {
        match one(&cells) {
            Ok(value) => all.push((row, value)),
            Err(why) => out.refused.push(RefusedRow { row, why }),
        }
    }
    Ok((all, out))
}

/// Takes out what says the same as an earlier row of the file, refuses a number that says something else.
pub(super) fn alone<T>(
    all: Vec<(usize, T)>,
    key: impl Fn(&T) -> (String, String),
    out: &mut ImportOutcome,
) -> Vec<(usize, T)> {
    let mut seen: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut left = Vec::with_capacity(all.len());
    for (row, value) in all {
        let (number, mark) = key(&value);
        match seen.get(&number) {
            Some((first, known)) if *known == mark => out.twice.push((row, *first)),
            Some((first, _)) => {
                let why = format!("编号“{number}”在第{first}行已有，内容不同");
                out.refused.push(RefusedRow { row, why });
            }
            None => {
                seen.insert(number, (row, mark));
                left.push((row, value));
            }
        }
    }
    left
}

/// All rows or none: whether there is something to be written, now that it is known which rows are new.
pub(super) fn ready(out: &mut ImportOutcome, fresh: usize, dry_run: bool) -> bool {
    out.refused.sort_by_key(|row| row.row);
    if !out.refused.is_empty() {
        return false;
    }
    out.added = fresh;
    !dry_run && fresh > 0
}
