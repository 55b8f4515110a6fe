//! Rows whose digits are glued into one token: cut by the sums of the form.

use gongkai_law::{ApplicantColumn, ApplicationRow, CellRef};
use rust_decimal::Decimal;

use crate::read::row::cuts;
use crate::read::token::Token;
use crate::report::{Cell, NoticeCode, Report};

/// One way to read a glued row.
type Cut = Vec<u64>;

const MOST_CUTS: usize = 40;
const MOST_COMBINATIONS: usize = 20_000;

/// Splits glued rows of table 3 by the row sum; where several cuts fit, the column sums decide.
pub(super) fn unglue_rows(report: &mut Report, tokens: &[Token], glued: &[(ApplicationRow, usize)]) {
    let row_sum = |n: &[u64]| n.iter().take(6).sum::<u64>() == n.last().copied().unwrap_or(0);
    let mut fitting: Vec<(ApplicationRow, &Token, Vec<Cut>)> = glued
        .iter()
        .filter_map(|(row, at)| {
            let token = tokens.get(*at)?;
            Some((*row, token, cuts(&token.text, 7, MOST_CUTS, &row_sum)))
        })
        .collect();
    if let Some(choice) = decide_by_columns(report, &fitting) {
        for ((_, _, cuts), chosen) in fitting.iter_mut().zip(choice) {
            *cuts = cuts.get(chosen).cloned().into_iter().collect();
        }
    }
    for (row, token, found) in &fitting {
        let subject = format!("applications.{}", row.code());
        if let [only] = found.as_slice() {
            for (column, number) in ApplicantColumn::ALL.iter().zip(only) {
                let cell =
                    Cell { value: Some(Decimal::from(*number)), raw: token.text.clone(), place: token.place.clone() };
                report.cells.insert(CellRef::Application(*row, *column), cell);
            }
            report.notice(
                NoticeCode::GluedSplit,
                subject,
                token.place.clone(),
                format!("“{}”一行数字连写为“{}”，已按合计关系拆开", row.label(), token.text),
            );
        } else {
            report.notice(
                NoticeCode::GluedUnclear,
                subject,
                token.place.clone(),
                format!("“{}”一行数字连写为“{}”，无法唯一拆开，按未填处理", row.label(), token.text),
            );
        }
    }
}

/// The one combination of cuts with which every column balances; `None` if there is none or more than one.
fn decide_by_columns(report: &Report, fitting: &[(ApplicationRow, &Token, Vec<Cut>)]) -> Option<Vec<usize>> {
    if fitting.iter().all(|(_, _, cuts)| cuts.len() <= 1) || fitting.iter().any(|(_, _, cuts)| cuts.is_empty()) {
        return None;
    }
    let combinations = fitting.iter().try_fold(1_usize, |product, (_, _, cuts)| product.checked_mul(cuts.len()))?;
    if combinations > MOST_COMBINATIONS {
        return None;
    }
    let mut choice = vec![0_usize; fitting.len()];
    let mut found: Option<Vec<usize>> = None;
    for _ in 0..combinations {
        if balances(report, fitting, &choice) {
            if found.is_some() {
                return None;
            }
            found = Some(choice.clone());
        }
        for (slot, (_, _, cuts)) in choice.iter_mut().zip(fitting) {
            *slot += 1;
            if *slot < cuts.len() {
                break;
            }
            *slot = 0;
        }
    }
    found
}

fn balances(report: &Report, fitting: &[(ApplicationRow, &Token, Vec<Cut>)], choice: &[usize]) -> bool {
    ApplicantColumn::ALL.iter().all(|column| {
        let value = |row: ApplicationRow| -> Decimal {
            let glued = fitting.iter().zip(choice).find(|((other, _, _), _)| *other == row);
            match glued {
                Some(((_, _, cuts), chosen)) => {
                    let number = cuts.get(*chosen).and_then(|cut| cut.get(column.index())).copied().unwrap_or(0);
                    Decimal::from(number)
                }
                None => report.application(row, *column).unwrap_or_default(),
            }
        };
        let results: Decimal = ApplicationRow::ALL.iter().filter(|row| row.is_result()).map(|row| value(*row)).sum();
        let total = value(ApplicationRow::TotalConcluded);
        results == total
            && value(ApplicationRow::NewReceived) + value(ApplicationRow::CarriedIn)
                == total + value(ApplicationRow::CarriedOut)
    })
}
