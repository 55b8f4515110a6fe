//! Which cell, or which slip over several cells, changed to which value, repairs all broken sums.

mod shift;

use gongkai_law::{ApplicantColumn, ApplicationRow, CellRef};
use rust_decimal::Decimal;

use self::shift::shifts;
use super::applications::{self, Equation};
use super::finding::{Finding, Findings, figure};
use super::proceedings;
use crate::report::{Cell, Report};

/// A change of one cell, or of some that one slip explains, that repairs every broken sum they stand in and breaks none.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Repair {
    /// The cells with their right values.
    changes: Vec<(CellRef, Decimal)>,
    /// The broken equations it repairs.
    equations: Vec<usize>,
    /// The slip, where it is one over several cells.
    slip: Option<&'static str>,
}

/// The equations of a report with what is left over in each.
struct Sums {
    all: Vec<Equation>,
    residues: Vec<Decimal>,
}

impl Sums {
    fn of(report: &Report) -> Self {
        let mut all = applications::equations(report);
        all.extend(proceedings::equations(report));
        let residues = all.iter().map(|equation| equation.residue(report).unwrap_or_default()).collect();
        Self { all, residues }
    }

    fn broken(&self) -> Vec<usize> {
        self.residues.iter().enumerate().filter(|(_, residue)| !residue.is_zero()).map(|(at, _)| at).collect()
    }
}

/// The change of one cell that makes all its equations hold, if one does.
fn repair(cell: CellRef, sums: &Sums, report: &Report) -> Option<Repair> {
    let mut change: Option<Decimal> = None;
    let mut mended = Vec::new();
    for (index, (equation, residue)) in sums.all.iter().zip(&sums.residues).enumerate() {
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
    (value >= Decimal::ZERO).then_some(Repair { changes: vec![(cell, value)], equations: mended, slip: None })
}

/// Repairs that mend broken equations, each equation by just one of them. A slip over several cells comes first where
/// it mends more than cells by themselves do.
fn repairs(report: &Report, sums: &Sums) -> Vec<Repair> {
    let broken = sums.broken();
    if broken.len() < 2 {
        return Vec::new();
    }
    let mut candidates: Vec<Repair> = Vec::new();
    for at in &broken {
        for cell in sums.all.get(*at).into_iter().flat_map(|equation| equation.left.iter().chain(&equation.right)) {
            if candidates.iter().all(|other| other.changes.first().is_none_or(|(known, _)| known != cell))
                && let Some(found) = repair(*cell, sums, report)
                && found.equations.len() >= 2
            {
                candidates.push(found);
            }
        }
    }
    let single = unambiguous(&candidates);
    let several = unambiguous(&shifts(report, sums));
    let mended = |list: &[Repair]| list.iter().map(|repair| repair.equations.len()).sum::<usize>();
    if mended(&several) > mended(&single) { several } else { single }
}

/// Those of which each broken sum points to one only.
fn unambiguous(candidates: &[Repair]) -> Vec<Repair> {
    let others = |equation: &usize| candidates.iter().filter(|other| other.equations.contains(equation)).count();
    candidates.iter().filter(|one| one.equations.iter().all(|equation| others(equation) == 1)).cloned().collect()
}

/// What kind of slip turns the right value into the printed one.
fn slip(report: &Report, cell: CellRef, printed: Decimal, right: Decimal) -> Option<&'static str> {
    let (a, b) = (printed.normalize().to_string(), right.normalize().to_string());
    if printed == -right {
        return Some("像是多了负号");
    }
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
fn exchanged(report: &Report, found: &[Repair]) -> Option<&'static str> {
    let [first, second] = found else { return None };
    let ([(a, right_a)], [(b, right_b)]) = (first.changes.as_slice(), second.changes.as_slice()) else { return None };
    let swapped = report.value(*a) == Some(*right_b) && report.value(*b) == Some(*right_a);
    swapped.then_some("两格的数互换，像是错填了一行")
}

/// What a report prints in cells, for a reader.
fn printed(report: &Report, cells: &[CellRef]) -> String {
    let shown = |cell: &CellRef| match report.cells.get(cell) {
        Some(found) if found.value.is_none() && !found.raw.trim().is_empty() => found.raw.trim().to_owned(),
        found => figure(found.and_then(|found| found.value)),
    };
    cells.iter().map(shown).collect::<Vec<_>>().join("、")
}

/// What to say of the findings that a repair explains.
struct Verdict {
    cells: Vec<CellRef>,
    found: String,
    expected: String,
    advice: String,
}

impl Verdict {
    fn of(report: &Report, repair: &Repair, moved: Option<&'static str>) -> Self {
        let cells: Vec<CellRef> = repair.changes.iter().map(|(cell, _)| *cell).collect();
        let found = printed(report, &cells);
        let right: Vec<String> = repair.changes.iter().map(|(_, value)| value.normalize().to_string()).collect();
        let expected = right.join("、");
        let mended = repair.equations.len();
        let name = |cell: Option<&CellRef>| cell.map(|cell| cell.name(report.edition())).unwrap_or_default();
        let advice = match (repair.slip, cells.as_slice()) {
            (Some(slip), all) => format!(
                "{slip}：{}至{}由{found}改为{expected}，{mended}处不平的合计全部相符",
                name(all.first()),
                name(all.last()),
            ),
            (None, all) => {
                let number = repair.changes.first().map(|(cell, value)| (*cell, *value));
                let like = moved.or_else(|| {
                    let (cell, right) = number?;
                    slip(report, cell, report.value(cell)?, right)
                });
                format!(
                    "最可能是{}：由{found}改为{expected}，{mended}处不平的合计全部相符{}",
                    name(all.first()),
                    like.map(|like| format!("（{like}）")).unwrap_or_default(),
                )
            }
        };
        Self { cells, found, expected, advice }
    }

    /// Puts the cause into a finding, with the figures of the cause.
    fn put(&self, finding: &mut Finding) {
        if let [only] = self.cells.as_slice() {
            finding.culprit = Some(*only);
        }
        finding.cells.retain(|cell| !self.cells.contains(cell));
        finding.cells.splice(0..0, self.cells.iter().copied());
        finding.found.clone_from(&self.found);
        finding.expected.clone_from(&self.expected);
        finding.advice.clone_from(&self.advice);
    }
}

/// Names the culprits in the findings they explain. `again` checks a report anew: what is no longer found once the
/// culprits are put right was their doing.
pub(super) fn name(report: &Report, out: &mut Findings, again: &dyn Fn(&Report) -> Findings) {
    // Nothing to explain where every sum holds.
    if !["R070", "R071", "R072", "R075", "R090", "R091"].iter().any(|rule| out.has(rule)) {
        return;
    }
    let sums = Sums::of(report);
    let found = repairs(report, &sums);
    if found.is_empty() {
        return;
    }
    let moved = exchanged(report, &found);
    let mut settled: Vec<bool> = vec![false; out.list.len()];
    let verdicts: Vec<Verdict> = found.iter().map(|repair| Verdict::of(report, repair, moved)).collect();
    for (repair, verdict) in found.iter().zip(&verdicts) {
        let explained: Vec<&Equation> = repair.equations.iter().filter_map(|at| sums.all.get(*at)).collect();
        for (finding, done) in out.list.iter_mut().zip(&mut settled) {
            let about = explained.iter().any(|equation| {
                let same_rule = finding.rule == equation.rule || matches!(finding.rule, "R075" | "R091");
                same_rule && equation.right.first().is_some_and(|cell| finding.cells.contains(cell))
            });
            if about && !*done {
                *done = true;
                verdict.put(finding);
            }
        }
    }
    others(report, &found, &verdicts, out, &settled, again);
}

/// Other findings about the cells put right: gone with the repair, or as they are after it.
fn others(
    report: &Report,
    found: &[Repair],
    verdicts: &[Verdict],
    out: &mut Findings,
    settled: &[bool],
    again: &dyn Fn(&Report) -> Findings,
) {
    let sum_rule = |rule: &str| matches!(rule, "R070" | "R071" | "R072" | "R075" | "R090" | "R091");
    let touches = |finding: &Finding, verdict: &Verdict| finding.cells.iter().any(|cell| verdict.cells.contains(cell));
    let open: Vec<usize> = out
        .list
        .iter()
        .zip(settled)
        .enumerate()
        .filter(|(_, (finding, done))| {
            !**done && !sum_rule(finding.rule) && verdicts.iter().any(|verdict| touches(finding, verdict))
        })
        .map(|(at, _)| at)
        .collect();
    if open.is_empty() {
        return;
    }
    let mut right = report.clone();
    for (cell, value) in found.iter().flat_map(|repair| &repair.changes) {
        right.cells.insert(*cell, Cell::of(*value));
    }
    let after = again(&right);
    for at in open {
        let Some(finding) = out.list.get_mut(at) else { continue };
        let still = after
            .list
            .iter()
            .find(|other| other.rule == finding.rule && other.cells.iter().any(|cell| finding.cells.contains(cell)));
        match (still, verdicts.iter().find(|verdict| touches(finding, verdict))) {
            (Some(still), _) => finding.clone_from(still),
            (None, Some(verdict)) => verdict.put(finding),
            (None, None) => {}
        }
    }
}
