//! Table 4: fifteen values behind three groups of heads.

use gongkai_law::{CellRef, ProceedingColumn, ProceedingGroup};
use rust_decimal::Decimal;

use super::{TableReading, put_row};
use crate::read::matching::Match;
use crate::read::row::{RowValues, cuts};
use crate::read::token::{Token, TokenKind};
use crate::report::{Cell, NoticeCode, Report};

pub(crate) fn read_proceedings(report: &mut Report, tokens: &[Token], within: &dyn Fn(usize) -> bool) -> TableReading {
    let mut best: Option<(usize, usize, usize, usize)> = None;
    let mut index = 0;
    while index < tokens.len() {
        let Some((heads_from, from)) = head_run(tokens, index) else {
            index += 1;
            continue;
        };
        let mut to = from;
        while tokens.get(to).is_some_and(|token| token.kind != TokenKind::Label) {
            to += 1;
        }
        let numbers = tokens
            .get(from..to)
            .unwrap_or(&[])
            .iter()
            .filter(|t| matches!(t.kind, TokenKind::Value | TokenKind::Glued))
            .count();
        let weight = numbers * 2 + usize::from(within(from)) * 10 + usize::from(numbers == 15) * 20;
        if best.is_none_or(|(_, _, _, other)| weight > other) {
            best = Some((heads_from, from, to, weight));
        }
        index = to.max(index + 1);
    }
    let Some((heads_from, mut from, to, _)) = best else { return TableReading::default() };
    // A lone bar before the row of values is no cell of it, as long as fifteen cells follow.
    while to - from > 15
        && tokens.get(from).is_some_and(|token| token.kind == TokenKind::HardBlank && token.grid.is_none())
    {
        from += 1;
    }
    let first_item = tokens.get(heads_from).map_or(0, |token| token.item);
    let last_item = tokens.get(to.saturating_sub(1)).map_or(first_item, |token| token.item);
    let cells: Vec<CellRef> = ProceedingGroup::ALL
        .iter()
        .flat_map(|group| ProceedingColumn::ALL.map(|column| CellRef::Proceeding(*group, column)))
        .collect();
    let found = Match { wanted: 0, label_from: heads_from, label: from.saturating_sub(1), from, to, score: 1000 };
    let place = tokens.get(from).or_else(|| tokens.get(heads_from)).map(|t| t.place.clone()).unwrap_or_default();
    match put_row(report, tokens, &found, &cells, None) {
        RowValues::Cells(_) => {}
        RowValues::Glued(at) | RowValues::Single(at) => split_fifteen(report, tokens, at, &cells),
        RowValues::Nothing => {
            report.notice(NoticeCode::RowUnclear, "proceedings", place, "表四只有表头，没有数据，按未填处理");
        }
        RowValues::Unclear => {
            let printed: Vec<&str> =
                tokens.get(from..to).unwrap_or(&[]).iter().map(|t| t.text.as_str()).filter(|t| !t.is_empty()).collect();
            report.notice(
                NoticeCode::RowUnclear,
                "proceedings",
                place,
                format!("表四应有15个数，读到{}个（{}），无法确定各列，按未填处理", printed.len(), printed.join("、")),
            );
        }
    }
    TableReading { extent: Some((first_item, last_item)), edition: None }
}

/// A run of labels that holds the heads of table 4 and ends at `from`.
fn head_run(tokens: &[Token], index: usize) -> Option<(usize, usize)> {
    let start = tokens.get(index)?;
    if start.kind != TokenKind::Label
        || !(start.key.ends_with("行政复议") && start.key.chars().count() <= 6
            || start.key.starts_with("行政复议行政诉讼")
            || start.key.starts_with("结果"))
    {
        return None;
    }
    let (mut at, mut text) = (index, String::new());
    while let Some(token) = tokens.get(at) {
        match token.kind {
            TokenKind::Label => text.push_str(&token.key),
            TokenKind::HardBlank | TokenKind::SoftBlank => {}
            TokenKind::Value | TokenKind::Glued => break,
        }
        at += 1;
        if at - index > 90 {
            return None;
        }
    }
    let split: usize = text.matches('结').count();
    let known = text.contains("结果维持") && (text.contains("尚未审结") || text.contains("总计"))
        || split >= 9 && text.contains('尚');
    // Blank cells between the heads and the first value belong to the values.
    let mut from = at;
    while from > index && tokens.get(from - 1).is_some_and(|t| t.kind != TokenKind::Label) {
        from -= 1;
    }
    known.then_some((index, from))
}

/// Fifteen glued digits: one for each cell, or cut group by group with the sums of the form.
fn split_fifteen(report: &mut Report, tokens: &[Token], at: usize, cells: &[CellRef]) {
    let Some(token) = tokens.get(at) else { return };
    let digits: String = token.text.chars().filter(char::is_ascii_digit).collect();
    let sums =
        |n: &[u64]| n.chunks(5).all(|group| group.iter().take(4).sum::<u64>() == group.last().copied().unwrap_or(0));
    if let [only] = cuts(&digits, 15, 2, &sums).as_slice() {
        for (cell, number) in cells.iter().zip(only) {
            report.cells.insert(
                *cell,
                Cell { value: Some(Decimal::from(*number)), raw: token.text.clone(), place: token.place.clone() },
            );
        }
        report.notice(
            NoticeCode::GluedSplit,
            "proceedings",
            token.place.clone(),
            format!("表四数字连写为“{}”，已按合计拆开", token.text),
        );
        return;
    }
    report.notice(
        NoticeCode::GluedUnclear,
        "proceedings",
        token.place.clone(),
        format!("表四数字连写为“{}”，无法唯一拆开，按未填处理", token.text),
    );
}
