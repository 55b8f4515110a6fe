//! Which single cell, changed to which value, repairs all broken sums.

use gongkai_law::{ApplicantColumn, ApplicationRow, CellRef};
use rust_decimal::Decimal;

use super::applications::{self, Equation};
use super::finding::{Findings, figure};
use super::proceedings;
use crate::report::Report;

/// A cell whose change repairs every broken sum it stands in, and breaks none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Repair {
    cell: CellRef,
    value: Decimal,
    /// The broken equations it repairs.
    equations: Vec<usize>,
}

/// The change that makes all equations of a cell hold, if one does.
fn repair(cell: CellRef, all: &[Equation], residues: &[Decimal], report: &Report) -> Option<Repair> {
    let mut change: Option<Decimal> = None;
    let mut mended = Vec::new();
    for (index, (equation, residue)) in all.iter().zip(residues).enumerate() {
        let needed = if equation.left.contains(&cell) {
            -*residue
        } else if equation.right.contains(&cell) {
            *residue
        } else {
            continue;
        };
        // An equation that holds would break.
        if needed.is_zero() || change.is_some_and(|change| change != needed) {
            return None;
        }
        change = Some(needed);
        mended.push(index);
    }
    let value = report.value(cell).unwrap_or_default() + change?;
    (value >= Decimal::ZERO).then_some(Repair { cell, value, equations: mended })
}

/// Repairs that together mend every broken equation, each equation by just one of them; `None` if there is no
/// such set or more than one.
fn repairs(report: &Report) -> Vec<Repair> {
    let mut all = applications::equations(report);
    all.extend(proceedings::equations(report));
    let residues: Vec<Decimal> = all.iter().map(|equation| equation.residue(report).unwrap_or_default()).collect();
    let broken: Vec<usize> =
        residues.iter().enumerate().filter(|(_, residue)| !residue.is_zero()).map(|(at, _)| at).collect();
    if broken.len() < 2 {
        return Vec::new();
    }
    let mut candidates: Vec<Repair> = Vec::new();
    for at in &broken {
        for cell in all.get(*at).into_iter().flat_map(|equation| equation.left.iter().chain(&equation.right)) {
            if candidates.iter().all(|other| other.cell != *cell)
                && let Some(found) = repair(*cell, &all, &residues, report)
                && found.equations.len() >= 2
            {
                candidates.push(found);
            }
        }
    }
    // Each broken sum must point to one cell only.
    candidates
        .iter()
        .filter(|candidate| {
            candidate
                .equations
                .iter()
                .all(|equation| candidates.iter().filter(|other| other.equations.contains(equation)).count() == 1)
        })
        .cloned()
        .collect()
}

/// What kind of slip turns the right value into the printed one.
fn slip(report: &Report, cell: CellRef, printed: Decimal, right: Decimal) -> Option<&'static str> {
    let (a, b) = (printed.normalize().to_string(), right.normalize().to_string());
    let digits = |text: &str| {
        let mut digits: Vec<char> = text.chars().collect();
        digits.sort_unstable();
        digits
    };
    if a.len() == b.len() && a != b && digits(&a) == digits(&b) {
        return Some("像是数字颠倒");
    }
    let without_one = |long: &str, short: &str| {
        long.len() == short.len() + 1
            && (0..long.len())
                .any(|skip| long.char_indices().filter(|(at, _)| *at != skip).map(|(_, c)| c).eq(short.chars()))
    };
    if without_one(&b, &a) && b.len() > 1 && a != "0" {
        return Some("像是漏了一位数字");
    }
    if without_one(&a, &b) && a.len() > 1 && b != "0" {
        return Some("像是多了一位数字");
    }
    let CellRef::Application(row, column) = cell else { return None };
    let neighbour = |by: i32| -> Option<Decimal> {
        let at = i32::try_from(ApplicationRow::ALL.iter().position(|other| *other == row)?).ok()? + by;
        let other = ApplicationRow::ALL.get(usize::try_from(at).ok()?)?;
        report.application(*other, column)
    };
    if !printed.is_zero() && [neighbour(-1), neighbour(1)].contains(&Some(printed)) {
        return Some("与相邻行的数相同，像是错填了一行");
    }
    let beside = |by: i32| -> Option<Decimal> {
        let at = i32::try_from(column.index()).ok()? + by;
        let other = ApplicantColumn::ALL.get(usize::try_from(at).ok()?)?;
        report.application(row, *other)
    };
    if !printed.is_zero() && [beside(-1), beside(1)].contains(&Some(printed)) {
        return Some("与相邻列的数相同，像是错填了一列");
    }
    None
}

/// Two repairs that only exchange or move a value between neighbours are a shifted row.
fn shifted(report: &Report, found: &[Repair]) -> Option<&'static str> {
    let [first, second] = found else { return None };
    let swapped = report.value(first.cell) == Some(second.value) && report.value(second.cell) == Some(first.value);
    swapped.then_some("两格的数互换，像是错填了一行")
}

/// Names the culprits in the findings they explain.
pub(super) fn name(report: &Report, out: &mut Findings) {
    // Nothing to explain where every sum holds.
    if !["R070", "R071", "R072", "R075", "R090", "R091"].iter().any(|rule| out.has(rule)) {
        return;
    }
    let found = repairs(report);
    if found.is_empty() {
        return;
    }
    let mut all = applications::equations(report);
    all.extend(proceedings::equations(report));
    let moved = shifted(report, &found);
    for repair in &found {
        let printed = report.value(repair.cell);
        let like = moved.or_else(|| slip(report, repair.cell, printed.unwrap_or_default(), repair.value));
        let explained: Vec<&Equation> = repair.equations.iter().filter_map(|at| all.get(*at)).collect();
        let advice = format!(
            "最可能是{}：由{}改为{}，{}处不平的合计全部相符{}",
            repair.cell.name(report.edition()),
            figure(printed),
            repair.value.normalize(),
            repair.equations.len(),
            like.map(|like| format!("（{like}）")).unwrap_or_default(),
        );
        for finding in &mut out.list {
            let about = explained.iter().any(|equation| {
                let same_rule = finding.rule == equation.rule || matches!(finding.rule, "R075" | "R091");
                same_rule && equation.right.first().is_some_and(|cell| finding.cells.contains(cell))
            });
            if about && finding.culprit.is_none() {
                finding.culprit = Some(repair.cell);
                finding.cells.retain(|cell| *cell != repair.cell);
                finding.cells.insert(0, repair.cell);
                finding.advice.clone_from(&advice);
            }
        }
    }
}
