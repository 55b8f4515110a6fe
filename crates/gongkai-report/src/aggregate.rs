//! One form out of the reports of many agencies, every figure with the reports it comes from.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, Edition};
use rust_decimal::Decimal;

use crate::report::{Cell, FormKind, Period, Report};

/// Why a report is not part of the sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Excluded {
    /// It is for another year than most.
    OtherYear(Option<i16>),
    /// It is on another edition of the form than most.
    OtherForm(FormKind),
    /// The same agency and year is there already: the report (by index) that is counted.
    Repeated(usize),
    /// It has no tables.
    NoTables,
}

/// The sum of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// The summed form; its cells hold the sums.
    pub report: Report,
    /// For each cell, the reports (by index) that give a value, with the value.
    pub contributions: BTreeMap<CellRef, Vec<(usize, Decimal)>>,
    /// For each cell, the reports (by index) that print it without a value.
    pub blanks: BTreeMap<CellRef, Vec<usize>>,
    /// The reports that are part of the sum, by index.
    pub included: Vec<usize>,
    /// The reports that are not, with the reason.
    pub excluded: Vec<(usize, Excluded)>,
}

/// The most frequent value; the later one where two are as frequent.
fn most<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(value, count)| (*count, *value)).map(|(value, _)| value)
}

/// Sums reports into one form. Only reports of the year and edition that most have are added; a sum over no value
/// stays empty. Of several reports of one agency and year the first without errors is added; `faulty` tells which have
/// some, by index.
pub fn aggregate(reports: &[&Report], name: &str, faulty: &dyn Fn(usize) -> bool) -> Aggregate {
    let year = most(reports.iter().filter_map(|report| report.year));
    let same_year = |report: &&&Report| report.year == year;
    let edition = most(
        reports.iter().filter(same_year).filter(|r| !r.cells.is_empty()).filter_map(|report| report.form.edition()),
    )
    .or_else(|| year.and_then(Edition::for_year))
    .unwrap_or(Edition::F2021);
    let mut included: Vec<usize> = Vec::new();
    let mut excluded: Vec<(usize, Excluded)> = Vec::new();
    let mut order: Vec<(usize, &&Report)> = reports.iter().enumerate().collect();
    order.sort_by_key(|(index, _)| faulty(*index));
    for (index, report) in order {
        let repeated = included.iter().copied().find(|at| {
            reports.get(*at).is_some_and(|other| {
                other.agency.is_some() && other.agency == report.agency && other.year == report.year
            })
        });
        let reason = if report.year != year {
            Some(Excluded::OtherYear(report.year))
        } else if report.cells.is_empty() {
            Some(Excluded::NoTables)
        } else if report.form != FormKind::Edition(edition) {
            Some(Excluded::OtherForm(report.form))
        } else {
            repeated.map(Excluded::Repeated)
        };
        match reason {
            Some(reason) => excluded.push((index, reason)),
            None => included.push(index),
        }
    }
    included.sort_unstable();
    excluded.sort_unstable_by_key(|(index, _)| *index);
    let mut contributions: BTreeMap<CellRef, Vec<(usize, Decimal)>> = BTreeMap::new();
    let mut blanks: BTreeMap<CellRef, Vec<usize>> = BTreeMap::new();
    for index in &included {
        let Some(report) = reports.get(*index) else { continue };
        for (cell, found) in &report.cells {
            match found.value {
                Some(value) => contributions.entry(*cell).or_default().push((*index, value)),
                None => blanks.entry(*cell).or_default().push(*index),
            }
        }
    }
    let mut cells: BTreeMap<CellRef, Cell> =
        CellRef::of(edition).into_iter().map(|cell| (cell, Cell::default())).collect();
    for (cell, values) in &contributions {
        let sum: Decimal = values.iter().map(|(_, value)| *value).sum();
        cells.insert(*cell, Cell::of(sum.normalize()));
    }
    let report = Report {
        form: FormKind::Edition(edition),
        year,
        agency: Some(name.to_owned()),
        title: Some(format!(
            "{name}{}政府信息公开工作年度报告数据汇总表",
            year.map(|y| format!("{y}年")).unwrap_or_default()
        )),
        period: year
            .map(|year| Period {
                from: jiff::civil::Date::new(year, 1, 1).ok(),
                to: jiff::civil::Date::new(year, 12, 31).ok(),
            })
            .unwrap_or_default(),
        cells,
        ..Report::default()
    };
    Aggregate { report, contributions, blanks, included, excluded }
}
