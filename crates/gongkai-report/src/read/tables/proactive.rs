//! Table 2: blocks of article 20, each with the columns of its own edition.

use std::sync::LazyLock;

use gongkai_law::{CellRef, Edition, ProactiveBlock, ProactiveField, ProactiveItem};
use rust_decimal::Decimal;

use super::{TableReading, extent, note_label, note_others, note_unclear, put_row};
use crate::fold::key;
use crate::read::matching::{Match, Wanted, match_rows};
use crate::read::row::{RowValues, cuts};
use crate::read::token::{Token, TokenKind};
use crate::report::{Cell, NoticeCode, Report};
use crate::value::{Unit, read_value};

/// The rows of table 2 with the spellings of their labels.
static WANTED: LazyLock<Vec<Wanted>> = LazyLock::new(proactive_wanted);

fn proactive_wanted() -> Vec<Wanted> {
    ProactiveItem::ALL
        .iter()
        .map(|item| {
            let mut keys = vec![key(item.label(Edition::F2021))];
            if *item == ProactiveItem::NormativeDocuments {
                keys.push(key(item.label(Edition::F2019)));
            }
            if *item == ProactiveItem::OtherServices {
                keys.push("其他对外管理服务".to_owned());
            }
            let counts: &'static [usize] = match item.block() {
                ProactiveBlock::Rules => &[3],
                ProactiveBlock::Licensing | ProactiveBlock::Enforcement => &[1, 3],
                ProactiveBlock::Charges => &[1, 2],
                ProactiveBlock::Purchases => &[2],
            };
            Wanted { keys, counts, may_be_bare: true }
        })
        .collect()
}

/// Which edition the column heads of a block speak for.
fn block_edition(block: ProactiveBlock, heads: &str, numbers: usize) -> Option<Edition> {
    let has = |text: &str| heads.contains(text);
    let (old, new) = match block {
        ProactiveBlock::Rules => (
            has("新制作") || has("新公开") || has("对外公开") || has("制作数量") || has("公开数量"),
            has("制发") || has("废止") || has("现行有效") || has("发件"),
        ),
        ProactiveBlock::Licensing | ProactiveBlock::Enforcement => (
            has("上一年") || has("项目数量") || has("增减"),
            has("本年处理决定") || has("处理决定数量") && !has("上一年"),
        ),
        ProactiveBlock::Charges => (has("上一年") || has("增减"), has("收费金额") || has("万元")),
        ProactiveBlock::Purchases => (true, false),
    };
    match (old, new) {
        (true, false) => Some(Edition::F2019),
        (false, true) => Some(Edition::F2021),
        _ => match (block, numbers) {
            (ProactiveBlock::Licensing | ProactiveBlock::Enforcement, 3) | (ProactiveBlock::Charges, 2) => {
                Some(Edition::F2019)
            }
            (ProactiveBlock::Licensing | ProactiveBlock::Enforcement | ProactiveBlock::Charges, 1) => {
                Some(Edition::F2021)
            }
            _ => None,
        },
    }
}

pub(crate) fn read_proactive(
    report: &mut Report,
    tokens: &[Token],
    year: Option<i16>,
    within: &dyn Fn(usize) -> bool,
) -> TableReading {
    let wanted: &[Wanted] = &WANTED;
    let matches: Vec<Match> = match_rows(tokens, wanted, within);
    let with_values = matches.iter().filter(|m| m.to > m.from).count();
    if with_values < 2 {
        return TableReading::default();
    }
    let mut editions: Vec<(ProactiveBlock, Edition)> = Vec::new();
    let mut previous_end = matches.first().map_or(0, |m| m.label_from.saturating_sub(14));
    let mut heads_by_block: Vec<(ProactiveBlock, Option<Edition>)> = Vec::new();
    for matched in &matches {
        let Some(item) = ProactiveItem::ALL.get(matched.wanted) else { continue };
        let block = item.block();
        let heads: String =
            tokens.get(previous_end..matched.label).unwrap_or(&[]).iter().map(|t| t.key.as_str()).collect();
        let numbers = count_numbers(tokens, matched);
        let inherited = heads_by_block.iter().rev().find(|(b, _)| *b == block).and_then(|(_, e)| *e);
        let edition = inherited.or_else(|| block_edition(block, &heads, numbers));
        heads_by_block.push((block, edition));
        if let Some(edition) = edition
            && !editions.iter().any(|(b, _)| *b == block)
            && block != ProactiveBlock::Purchases
        {
            editions.push((block, edition));
        }
        previous_end = matched.to;
    }
    let main = majority(&editions).or_else(|| year.and_then(Edition::for_year)).unwrap_or(Edition::F2021);
    if editions.iter().any(|(_, edition)| *edition != main) {
        let told: Vec<String> =
            editions.iter().map(|(block, edition)| format!("{}用{}年格式", block.label(), edition.code())).collect();
        report.notice(
            NoticeCode::EditionsMixed,
            "table2",
            place_of(tokens, &matches),
            format!("表二各部分格式不一：{}", told.join("，")),
        );
    }
    for (matched, (block, edition)) in matches.iter().zip(&heads_by_block) {
        let Some(item) = ProactiveItem::ALL.get(matched.wanted) else { continue };
        let edition = if *block == ProactiveBlock::Purchases { Edition::F2019 } else { edition.unwrap_or(main) };
        let cells: Vec<CellRef> = item.fields(edition).iter().map(|field| CellRef::Proactive(*item, *field)).collect();
        if cells.is_empty() {
            // 其他对外管理服务事项 under a 2021 heading: keep what the 2019 form would call it.
            continue;
        }
        match put_row(report, tokens, matched, &cells, None) {
            RowValues::Cells(_) => {}
            RowValues::Glued(at) => split_plain(report, tokens, at, &cells),
            RowValues::Single(_) | RowValues::Nothing | RowValues::Unclear => {
                note_unclear(report, tokens, matched, item.label(edition), &format!("proactive.{}", item.code()));
            }
        }
        note_label(report, tokens, matched, item.label(edition), &format!("proactive.{}", item.code()));
    }
    note_missing_unit(report);
    note_others(report, tokens, wanted, &matches, 2);
    TableReading { extent: extent(tokens, &matches), edition: Some(main) }
}

fn count_numbers(tokens: &[Token], matched: &Match) -> usize {
    tokens
        .get(matched.from..matched.to)
        .unwrap_or(&[])
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Value | TokenKind::Glued))
        .count()
}

fn majority(editions: &[(ProactiveBlock, Edition)]) -> Option<Edition> {
    let old = editions.iter().filter(|(_, e)| *e == Edition::F2019).count();
    let new = editions.len() - old;
    match old.cmp(&new) {
        std::cmp::Ordering::Greater => Some(Edition::F2019),
        std::cmp::Ordering::Less => Some(Edition::F2021),
        std::cmp::Ordering::Equal => editions.last().map(|(_, edition)| *edition),
    }
}

fn place_of(tokens: &[Token], matches: &[Match]) -> gongkai_manuscript::Place {
    matches.first().and_then(|m| tokens.get(m.label)).map(|t| t.place.clone()).unwrap_or_default()
}

fn note_missing_unit(report: &mut Report) {
    let cell = CellRef::Proactive(ProactiveItem::Procurement, ProactiveField::AmountYuan);
    let Some(found) = report.cells.get(&cell) else { return };
    if found.value.is_some_and(|n| !n.is_zero()) && read_value(&found.raw).unit == Unit::None {
        let (place, raw) = (found.place.clone(), found.raw.clone());
        report.notice(
            NoticeCode::ValueDecorated,
            cell.to_string(),
            place,
            format!("采购总金额“{raw}”没有写单位，按元读取"),
        );
    }
}

/// Glued digits of table 2: only one digit for each column can be told apart.
fn split_plain(report: &mut Report, tokens: &[Token], at: usize, cells: &[CellRef]) {
    let Some(token) = tokens.get(at) else { return };
    let found = cuts(&token.text, cells.len(), 2, &|_| true);
    if let [only] = found.as_slice() {
        for (cell, number) in cells.iter().zip(only) {
            report.cells.insert(
                *cell,
                Cell { value: Some(Decimal::from(*number)), raw: token.text.clone(), place: token.place.clone() },
            );
        }
        report.notice(
            NoticeCode::GluedSplit,
            "",
            token.place.clone(),
            format!("数字连写为“{}”，已按列拆开", token.text),
        );
    } else {
        report.notice(
            NoticeCode::GluedUnclear,
            "",
            token.place.clone(),
            format!("数字连写为“{}”，无法唯一拆开，按未填处理", token.text),
        );
    }
}
