//! The figures of a received report in one line, in the order of its form; and those that lists ask for.

use std::collections::BTreeMap;

use gongkai_law::{ApplicantColumn, ApplicationRow, CellRef, Edition, ProceedingColumn, ProceedingGroup, RowGroup};
use gongkai_report::Report;
use gongkai_store::KeyFigures;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The figures of a report as one line: the edition, then each figure of the form; blank where it prints none.
pub(super) fn line(report: &Report) -> String {
    let edition = report.edition();
    let values: Vec<String> = CellRef::of(edition)
        .into_iter()
        .map(|cell| report.value(cell).map(|value| value.normalize().to_string()).unwrap_or_default())
        .collect();
    format!("{}:{}", edition.code(), values.join(","))
}

/// The figures of a line; none where it is broken.
pub(super) fn read(line: &str) -> Option<(Edition, BTreeMap<CellRef, Decimal>)> {
    let (code, values) = line.split_once(':')?;
    let edition = Edition::from_code(code)?;
    let cells = CellRef::of(edition);
    let mut out = BTreeMap::new();
    let mut many = 0;
    for (cell, value) in cells.iter().zip(values.split(',')) {
        many += 1;
        if !value.is_empty() {
            out.insert(*cell, value.parse().ok()?);
        }
    }
    (many == cells.len()).then_some((edition, out))
}

/// The figures that lists ask for; none where the report does not print them.
pub(super) fn key(report: &Report) -> KeyFigures {
    let whole = |value: Decimal| value.to_i64();
    let row = |row: ApplicationRow| report.application(row, ApplicantColumn::Total).and_then(whole);
    let group = |group: RowGroup| {
        let rows = ApplicationRow::results(report.edition()).iter().filter(|row| row.group() == Some(group));
        let values: Vec<Decimal> = rows.filter_map(|row| report.application(*row, ApplicantColumn::Total)).collect();
        if values.is_empty() { None } else { whole(values.iter().sum()) }
    };
    let proceedings = |column: ProceedingColumn| {
        let values: Vec<Decimal> =
            ProceedingGroup::ALL.iter().filter_map(|group| report.proceeding(*group, column)).collect();
        if values.is_empty() { None } else { whole(values.iter().sum()) }
    };
    KeyFigures {
        new_received: row(ApplicationRow::NewReceived),
        carried_in: row(ApplicationRow::CarriedIn),
        concluded: row(ApplicationRow::TotalConcluded),
        carried_out: row(ApplicationRow::CarriedOut),
        granted: row(ApplicationRow::Granted),
        partial: row(ApplicationRow::Partial),
        denied: group(RowGroup::Denied),
        unable: group(RowGroup::Unable),
        disputes: proceedings(ProceedingColumn::Total),
        overturned: proceedings(ProceedingColumn::Overturned),
    }
}

#[cfg(test)]
mod tests {
    use gongkai_report::Cell;

    use super::*;

    #[test]
    fn a_line_holds_every_figure_and_tells_blank_from_zero() {
        let mut report = crate::report::template(Edition::F2021, 2024, "示例局");
        for (number, cell) in (0_i64..).zip(CellRef::of(Edition::F2021)).skip(3) {
            report.cells.insert(cell, Cell::of(Decimal::from(number)));
        }
        let line = line(&report);
        let (edition, cells) = read(&line).unwrap();
        assert_eq!((edition, cells.len()), (Edition::F2021, CellRef::of(edition).len() - 3));
        assert!(cells.iter().all(|(cell, value)| report.value(*cell) == Some(*value)));
        for broken in ["", "2021", "2021:1,2", "2030:1", "2021:x"] {
            assert_eq!(read(broken), None, "{broken}");
        }
        assert_eq!(
            key(&report).granted,
            Some(report.application(ApplicationRow::Granted, ApplicantColumn::Total).unwrap().to_i64().unwrap())
        );
    }
}
