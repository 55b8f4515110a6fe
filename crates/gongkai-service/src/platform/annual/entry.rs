//! A figure of the ledger as words name it: its row, its column, its month.

use gongkai_law::{Edition, ProactiveField, ProactiveItem};
use gongkai_report::ledger::{cell, figure};
use jiff::civil::Date;
use rust_decimal::Decimal;

/// A row, a column, and the figure in them.
pub(in crate::platform) type NamedFigure = (ProactiveItem, ProactiveField, Decimal);

/// Whether words are what the form prints, whatever brackets and spaces stand in them.
fn same(label: &str, words: &str) -> bool {
    let bare = |text: &str| {
        let text = text.split(['（', '(']).next().unwrap_or(text);
        text.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    bare(label) == bare(words)
}

/// The row, column and figure that words name, for a year; or what is wrong with each.
pub(in crate::platform) fn entry_figure(
    year: i16,
    item: &str,
    field: &str,
    value: &str,
) -> Result<NamedFigure, Vec<(&'static str, String)>> {
    let mut wrong = Vec::new();
    // The code, or what the form of that year prints.
    let form = Edition::for_year(year);
    let row = ProactiveItem::ALL.into_iter().find(|one| one.code() == item).or_else(|| {
        let form = form?;
        ProactiveItem::of(form).iter().copied().find(|one| same(one.label(form), item))
    });
    let column = ProactiveField::ALL.into_iter().find(|one| one.code() == field).or_else(|| {
        let form = form?;
        row?.fields(form).iter().copied().find(|one| same(one.label(form), field))
    });
    if row.is_none() {
        let all: Vec<&str> = ProactiveItem::ALL.iter().map(|one| one.code()).collect();
        wrong.push(("item", format!("没有“{item}”，应为 {}", all.join("、"))));
    }
    if column.is_none() {
        let all: Vec<&str> = ProactiveField::ALL.iter().map(|one| one.code()).collect();
        wrong.push(("field", format!("没有“{field}”，应为 {}", all.join("、"))));
    }
    let (Some(row), Some(column)) = (row, column) else { return Err(wrong) };
    if let Err(why) = cell(year, row, column) {
        wrong.push(("field", why));
    }
    match figure(column, value) {
        Ok(number) if wrong.is_empty() => Ok((row, column, number)),
        Ok(_) => Err(wrong),
        Err(why) => {
            wrong.push(("value", why));
            Err(wrong)
        }
    }
}

/// A figure that says how things stand on a day is entered for the whole year.
pub(in crate::platform) fn whole_year(field: ProactiveField, month: Option<i8>) -> Result<(), String> {
    if field.is_stock() && month.is_some() {
        let edition = if field == ProactiveField::InForce { Edition::F2021 } else { Edition::F2019 };
        return Err(format!("“{}”是年末的数，不按月登记：月份空着", field.label(edition)));
    }
    Ok(())
}

/// A month that has not begun has no figures yet.
pub(in crate::platform) fn has_begun(year: i16, month: Option<i8>, today: Date) -> Result<(), String> {
    match month {
        Some(month) if (year, month) > (today.year(), today.month()) => Err(format!("{year}年{month}月还没有到")),
        Some(_) | None => Ok(()),
    }
}

/// The month that a text names; none for the whole year.
pub(super) fn month(text: &str) -> Result<Option<i8>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let number = text.trim().parse::<i8>().ok().filter(|month| (1..=12).contains(month));
    number.map(Some).ok_or_else(|| format!("月份“{}”应为1至12，全年的数空着", text.trim()))
}
