//! Table 3: rows by label, columns by order or by the heads of the grid.

use std::sync::LazyLock;

use gongkai_law::{ApplicantColumn, ApplicationRow, CellRef, Edition};
use gongkai_manuscript::Place;
use rust_decimal::Decimal;

use super::unglue::unglue_rows;
use super::{TableReading, extent, note_label, note_others, note_unclear, put, put_row};
use crate::fold::key;
use crate::read::matching::{Match, Wanted, match_rows};
use crate::read::row::RowValues;
use crate::read::token::{Token, TokenKind};
use crate::report::{NoticeCode, Report};

/// The rows of table 3 with the spellings of their labels.
static WANTED: LazyLock<Vec<Wanted>> = LazyLock::new(application_wanted);

fn application_wanted() -> Vec<Wanted> {
    ApplicationRow::ALL
        .iter()
        .map(|row| {
            let mut keys = vec![key(row.label())];
            let more: &[&str] = match row {
                ApplicationRow::Partial => &["二部分公开"],
                ApplicationRow::OtherCorrectionAbandoned => &[
                    "1逾期不补正",
                    "1申请人无正当理由逾期不补正",
                    "1申请人逾期不补正行政机关不再处理其政府信息公开申请",
                ],
                ApplicationRow::OtherFeeUnpaid => {
                    &["2逾期不缴费", "2申请人逾期未按收费通知要求缴纳费用", "2逾期未缴费"]
                }
                ApplicationRow::NewReceived => &["本年新收政府信息公开申请数量"],
                ApplicationRow::CarriedIn => &["上年结转政府信息公开申请数量"],
                ApplicationRow::CarriedOut => &["结转下年度继续办理"],
                ApplicationRow::DeniedEndangersSecurityStability => &["3危及3安全1稳定"],
                _ => &[],
            };
            keys.extend(more.iter().map(|text| (*text).to_owned()));
            let may_be_bare = !matches!(row, ApplicationRow::Other | ApplicationRow::TotalConcluded);
            Wanted { keys, counts: &[7], may_be_bare }
        })
        .collect()
}

/// A table with the grid columns of its seven value columns.
type HeadColumns = (usize, Vec<usize>);

/// The grid columns of the seven value columns of each table that prints its heads (a table goes on over pages).
fn applicant_columns(tokens: &[Token]) -> Vec<HeadColumns> {
    let mut found: Vec<(usize, Vec<Option<usize>>)> = Vec::new();
    for token in tokens {
        let (Some((table, column)), TokenKind::Label) = (token.grid, token.kind) else { continue };
        let Some(index) = ApplicantColumn::ALL.iter().position(|applicant| token.key == applicant.label()) else {
            continue;
        };
        if found.last().is_none_or(|(other, _)| *other != table) {
            found.push((table, vec![None; 7]));
        }
        if let Some(slot @ None) = found.last_mut().and_then(|(_, columns)| columns.get_mut(index)) {
            *slot = Some(column);
        }
    }
    found
        .into_iter()
        .filter_map(|(table, columns)| {
            let columns: Option<Vec<usize>> = columns.into_iter().collect();
            columns.filter(|columns| columns.is_sorted_by(|a, b| a < b)).map(|columns| (table, columns))
        })
        .collect()
}

pub(crate) fn read_applications(report: &mut Report, tokens: &[Token], within: &dyn Fn(usize) -> bool) -> TableReading {
    let wanted: &[Wanted] = &WANTED;
    let matches = match_rows(tokens, wanted, within);
    if matches.iter().filter(|m| m.to > m.from).count() < 3 {
        return TableReading::default();
    }
    let heads = applicant_columns(tokens);
    let mut singles: Vec<(ApplicationRow, usize)> = Vec::new();
    let mut glued: Vec<(ApplicationRow, usize)> = Vec::new();
    let (mut full, mut unclear) = (0, 0);
    for matched in &matches {
        let Some(&row) = ApplicationRow::ALL.get(matched.wanted) else { continue };
        let cells = ApplicantColumn::ALL.map(|column| CellRef::Application(row, column));
        let subject = format!("applications.{}", row.code());
        let table = tokens.get(matched.label).and_then(|token| token.grid).map(|(table, _)| table);
        let columns = heads.iter().find(|(other, _)| Some(*other) == table).map(|(_, columns)| columns.as_slice());
        match put_row(report, tokens, matched, &cells, columns) {
            RowValues::Cells(_) => full += 1,
            RowValues::Single(at) => singles.push((row, at)),
            RowValues::Glued(at) => glued.push((row, at)),
            RowValues::Unclear => {
                unclear += 1;
                if !extra_by_sum(report, tokens, matched, &cells) {
                    note_unclear(report, tokens, matched, row.label(), &subject);
                }
            }
            RowValues::Nothing => note_unclear(report, tokens, matched, row.label(), &subject),
        }
        note_label(report, tokens, matched, row.label(), &subject);
    }
    total_only(report, tokens, &singles, full, unclear);
    unglue_rows(report, tokens, &glued);
    note_others(report, tokens, wanted, &matches, 3);
    let three =
        [ApplicationRow::OtherCorrectionAbandoned, ApplicationRow::OtherFeeUnpaid, ApplicationRow::OtherOtherReason]
            .iter()
            .filter(|row| report.has_application_row(**row))
            .count();
    let edition = if three >= 2 {
        Some(Edition::F2021)
    } else if report.has_application_row(ApplicationRow::Other) {
        Some(Edition::F2019)
    } else {
        None
    };
    TableReading { extent: extent(tokens, &matches), edition }
}

/// Only the total column is filled: one value in most rows, seven or none in the others.
fn total_only(report: &mut Report, tokens: &[Token], singles: &[(ApplicationRow, usize)], full: usize, unclear: usize) {
    let plausible = unclear == 0 && singles.len() >= 3 && singles.len() > full;
    for (row, at) in singles {
        let Some(token) = tokens.get(*at) else { continue };
        if plausible {
            put(report, CellRef::Application(*row, ApplicantColumn::Total), Some(token));
        } else {
            report.notice(
                NoticeCode::RowUnclear,
                format!("applications.{}", row.code()),
                token.place.clone(),
                format!("“{}”一行只有一个数“{}”，无法确定是哪一列，按未填处理", row.label(), token.text),
            );
        }
    }
    if plausible {
        report.notice(NoticeCode::TotalOnly, "table3", Place::None, "表三只填了“总计”列，其余各列未填");
    }
}

/// One value too many: drops the one without which the row sum holds, if there is just one such.
fn extra_by_sum(report: &mut Report, tokens: &[Token], matched: &Match, cells: &[CellRef; 7]) -> bool {
    let values: Vec<&Token> = tokens
        .get(matched.from..matched.to)
        .unwrap_or(&[])
        .iter()
        .filter(|token| token.kind == TokenKind::Value)
        .collect();
    if values.len() != 8 {
        return false;
    }
    let mut fitting: Vec<Vec<&Token>> = Vec::new();
    for skip in 0..8 {
        let kept: Vec<&Token> = values.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, t)| *t).collect();
        let numbers: Vec<Decimal> = kept.iter().filter_map(|t| t.value.number).collect();
        let same = |other: &Vec<&Token>| other.iter().zip(&kept).all(|(a, b)| a.value.number == b.value.number);
        if numbers.len() == 7
            && numbers.iter().take(6).sum::<Decimal>() == numbers.last().copied().unwrap_or_default()
            && !fitting.iter().any(same)
        {
            fitting.push(kept);
        }
    }
    let [only] = fitting.as_slice() else { return false };
    for (cell, token) in cells.iter().zip(only) {
        put(report, *cell, Some(token));
    }
    if let Some(token) = only.first() {
        report.notice(NoticeCode::ValueOdd, "", token.place.clone(), "该行多出一个数（可能是页码），已按横向合计去掉");
    }
    true
}
