//! Slips over several cells of table 3: a row moved by one column, two neighbours exchanged.

use gongkai_law::{ApplicantColumn as C, ApplicationRow as R, CellRef};
use rust_decimal::Decimal;

use super::{Repair, Sums};
use crate::report::Report;

/// Every slip over several cells that mends at least two broken sums and breaks none.
pub(super) fn shifts(report: &Report, sums: &Sums) -> Vec<Repair> {
    let rows: Vec<R> = R::ALL.into_iter().filter(|row| report.has_application_row(*row)).collect();
    let cell = |row, column| CellRef::Application(row, column);
    let value = |cell| report.value(cell).unwrap_or_default();
    let mut tried: Vec<(&'static str, Vec<(CellRef, Decimal)>)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let printed: Vec<Decimal> = C::ALL.iter().map(|column| value(cell(*row, *column))).collect();
        if let [first, rest @ ..] = printed.as_slice()
            && first.is_zero()
        {
            let moved: Vec<Decimal> = rest.iter().copied().chain([rest.iter().sum()]).collect();
            tried.push(("这一行像是整体右移一格", whole(*row, &moved)));
        }
        if let [parts @ .., total, last] = printed.as_slice()
            && last.is_zero()
        {
            let lost = *total - parts.iter().sum::<Decimal>();
            let moved: Vec<Decimal> = [lost].into_iter().chain(parts.iter().copied()).chain([*total]).collect();
            tried.push(("这一行像是整体左移一格", whole(*row, &moved)));
        }
        for (column, next) in C::ALL.iter().zip(C::ALL.iter().skip(1)) {
            let (a, b) = (cell(*row, *column), cell(*row, *next));
            tried.push(("两格的数像是与相邻列互换", vec![(a, value(b)), (b, value(a))]));
        }
        let Some(next) = rows.get(at + 1) else { continue };
        for column in C::ALL {
            let (a, b) = (cell(*row, column), cell(*next, column));
            tried.push(("两格的数像是与相邻行互换", vec![(a, value(b)), (b, value(a))]));
        }
    }
    let all: Vec<Repair> = tried.into_iter().filter_map(|(slip, changes)| mends(report, sums, slip, changes)).collect();
    // Totals follow from their parts: where the parts exchanged explain the same, the totals were not exchanged.
    let of_totals =
        |one: &Repair| one.changes.iter().all(|(cell, _)| matches!(cell, CellRef::Application(_, C::Total)));
    let better = |one: &Repair| all.iter().any(|other| !of_totals(other) && other.equations == one.equations);
    all.iter().filter(|one| !of_totals(one) || !better(one)).cloned().collect()
}

fn whole(row: R, values: &[Decimal]) -> Vec<(CellRef, Decimal)> {
    C::ALL.iter().zip(values).map(|(column, value)| (CellRef::Application(row, *column), *value)).collect()
}

/// The slip as a repair, if all sums its cells stand in hold afterwards and two or more did not before.
fn mends(report: &Report, sums: &Sums, slip: &'static str, changes: Vec<(CellRef, Decimal)>) -> Option<Repair> {
    let changed = changes.iter().any(|(cell, value)| report.value(*cell).unwrap_or_default() != *value);
    if !changed || changes.iter().any(|(_, value)| *value < Decimal::ZERO) {
        return None;
    }
    let value = |cell: CellRef| {
        changes.iter().find(|(other, _)| *other == cell).map(|(_, value)| *value).or_else(|| report.value(cell))
    };
    let mut equations = Vec::new();
    for (at, (equation, residue)) in sums.all.iter().zip(&sums.residues).enumerate() {
        if !changes.iter().any(|(cell, _)| equation.holds(*cell)) {
            continue;
        }
        if !equation.residue_of(&value).unwrap_or_default().is_zero() {
            return None;
        }
        if !residue.is_zero() {
            equations.push(at);
        }
    }
    (equations.len() >= 2).then_some(Repair { changes, equations, slip: Some(slip) })
}
