//! Fills the cells of the three tables from tokens.

mod applications;
mod proactive;
mod proceedings;
mod unglue;

use gongkai_law::{CellRef, Edition, ProactiveField};
use rust_decimal::Decimal;

pub(crate) use self::applications::read_applications;
pub(crate) use self::proactive::read_proactive;
pub(crate) use self::proceedings::read_proceedings;
use super::matching::{Match, Wanted, repeats, unmatched};
use super::row::{RowValues, row_values};
use super::token::{Token, TokenKind};
use crate::fold::key;
use crate::report::{Cell, NoticeCode, Report};
use crate::value::{Shape, Unit, Value};

/// Which items a table covers: from the first label to the last value.
pub(crate) type Extent = Option<(usize, usize)>;

/// What one table gave.
#[derive(Debug, Default)]
pub(crate) struct TableReading {
    pub extent: Extent,
    /// The edition its own rows and headers speak for.
    pub edition: Option<Edition>,
}

fn extent(tokens: &[Token], matches: &[Match]) -> Extent {
    let first = matches.iter().filter_map(|m| tokens.get(m.label_from)).map(|t| t.item).min()?;
    let last = matches.iter().filter_map(|m| tokens.get(m.to.saturating_sub(1).max(m.label))).map(|t| t.item).max()?;
    Some((first, last))
}

/// Puts one token into a cell, with notices about how it is printed.
pub(crate) fn put(report: &mut Report, cell: CellRef, token: Option<&Token>) {
    let Some(token) = token else {
        report.cells.insert(cell, Cell::default());
        return;
    };
    let path = cell.to_string();
    let signed = matches!(cell, CellRef::Proactive(_, ProactiveField::Change));
    let mut number = token.value.number;
    match token.value.shape {
        Shape::Plain => {}
        Shape::Decorated => {
            number = convert(cell, token.value);
            let doubled = token.text.matches(['-', '－', '—', '–']).count() > 1;
            if !signed || doubled || !matches!(token.text.chars().next(), Some('-' | '+')) {
                report.notice(
                    NoticeCode::ValueDecorated,
                    path,
                    token.place.clone(),
                    format!(
                        "单元格写作“{}”，按{}读取",
                        token.text,
                        number.map_or_else(|| "空".to_owned(), |n| n.to_string())
                    ),
                );
            }
        }
        Shape::Dash => report.notice(
            NoticeCode::ValueDash,
            path,
            token.place.clone(),
            format!("单元格写作“{}”，不是数字，按未填处理", token.text),
        ),
        Shape::Blank => {
            report.notice(NoticeCode::ValueBlank, path, token.place.clone(), "单元格为空，按未填处理");
        }
        Shape::Odd => report.notice(
            NoticeCode::ValueOdd,
            path,
            token.place.clone(),
            format!("单元格写作“{}”，读不出数字", token.text),
        ),
    }
    report.cells.insert(cell, Cell { value: number, raw: token.text.clone(), place: token.place.clone() });
}

/// Converts a number with a unit to the unit of the cell (万元 or 元).
fn convert(cell: CellRef, value: Value) -> Option<Decimal> {
    let number = value.number?;
    let in_ten_thousands = matches!(cell, CellRef::Proactive(_, ProactiveField::Amount10kYuan));
    let in_yuan = matches!(cell, CellRef::Proactive(_, ProactiveField::AmountYuan));
    let ten_thousand = Decimal::from(10_000);
    Some(match value.unit {
        Unit::Yuan if in_ten_thousands => (number / ten_thousand).normalize(),
        Unit::TenThousandYuan if in_yuan => (number * ten_thousand).normalize(),
        Unit::HundredMillionYuan if in_yuan => (number * ten_thousand * ten_thousand).normalize(),
        Unit::HundredMillionYuan if in_ten_thousands => (number * ten_thousand).normalize(),
        Unit::None | Unit::Count | Unit::Yuan | Unit::TenThousandYuan | Unit::HundredMillionYuan => number,
    })
}

/// Puts the cells of one row whose columns are `cells`.
fn put_row(
    report: &mut Report,
    tokens: &[Token],
    matched: &Match,
    cells: &[CellRef],
    columns: Option<&[usize]>,
) -> RowValues {
    let values = row_values(tokens, matched.from, matched.to, cells.len(), columns);
    match &values {
        RowValues::Cells(assigned) => {
            for (cell, token) in cells.iter().zip(assigned) {
                put(report, *cell, token.and_then(|at| tokens.get(at)));
            }
        }
        RowValues::Nothing | RowValues::Single(_) | RowValues::Unclear | RowValues::Glued(_) => {
            for cell in cells {
                report.cells.insert(*cell, Cell::default());
            }
        }
    }
    values
}

fn label_text(tokens: &[Token], matched: &Match) -> String {
    tokens
        .get(matched.label_from..=matched.label)
        .unwrap_or(&[])
        .iter()
        .filter(|token| token.kind == TokenKind::Label)
        .map(|token| token.text.as_str())
        .collect()
}

fn note_label(report: &mut Report, tokens: &[Token], matched: &Match, official: &str, subject: &str) {
    let printed = label_text(tokens, matched);
    if key(&printed) != key(official) && !key(&printed).ends_with(&key(official)) {
        let place = tokens.get(matched.label).map(|t| t.place.clone()).unwrap_or_default();
        report.notice(NoticeCode::LabelDiffers, subject, place, format!("行名写作“{printed}”，规定格式为“{official}”"));
    }
}

fn note_unclear(report: &mut Report, tokens: &[Token], matched: &Match, name: &str, subject: &str) {
    let printed: Vec<&str> = tokens
        .get(matched.from..matched.to)
        .unwrap_or(&[])
        .iter()
        .map(|token| token.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    let place = tokens.get(matched.label).map(|t| t.place.clone()).unwrap_or_default();
    let message = if printed.is_empty() {
        format!("“{name}”一行没有数据，按未填处理")
    } else {
        format!("“{name}”一行的数据“{}”与列数不符，无法确定各列，按未填处理", printed.join("、"))
    };
    report.notice(NoticeCode::RowUnclear, subject, place, message);
}

fn note_others(report: &mut Report, tokens: &[Token], wanted: &[Wanted], matches: &[Match], table: u8) {
    let again = repeats(tokens, wanted, matches);
    if again.len() * 2 > matches.len() && again.len() >= 3 {
        let place = again.first().and_then(|(_, at)| tokens.get(*at)).map(|t| t.place.clone()).unwrap_or_default();
        report.notice(
            NoticeCode::TableRepeated,
            format!("table{table}"),
            place,
            format!("表{}印了不止一次，读取其中一次", numeral(table)),
        );
    } else {
        for (_, at) in &again {
            if let Some(token) = tokens.get(*at)
                && matches.first().is_some_and(|m| m.label < *at)
                && matches.last().is_some_and(|m| m.label > *at)
            {
                report.notice(
                    NoticeCode::RowRepeated,
                    token.text.clone(),
                    token.place.clone(),
                    format!("“{}”一行印了不止一次", token.text),
                );
            }
        }
    }
    for (label, _, _) in unmatched(tokens, matches) {
        let Some(token) = tokens.get(label) else { continue };
        if again.iter().any(|(_, at)| *at == label) || is_header(&token.key) {
            continue;
        }
        report.notice(
            NoticeCode::RowExtra,
            token.text.clone(),
            token.place.clone(),
            format!("“{}”一行不是规定格式中的行", token.text),
        );
    }
}

fn numeral(table: u8) -> &'static str {
    match table {
        2 => "二",
        3 => "三",
        _ => "四",
    }
}

/// Whether a label belongs to the heads of the tables rather than to a row.
pub(crate) fn is_header(key: &str) -> bool {
    const HEADS: &[&str] = &[
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
        "本年处理决定数量",
        "处理决定数量",
        "本年新制作数量",
        "本年新公开数量",
        "对外公开总数量",
        "上一年项目数量",
        "本年增减",
        "采购项目数量",
        "采购总金额",
        "申请人情况",
        "自然人",
        "法人或其他组织",
        "总计",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "行政复议",
        "行政诉讼",
        "未经复议直接起诉",
        "复议后起诉",
        "结果维持",
        "结果纠正",
        "其他结果",
        "尚未审结",
        "本年新",
        "制作数量",
        "公开数量",
        "制发件数",
        "废止件数",
        "三本年度办理结果",
        "三不予公开",
        "四无法提供",
        "五不予处理",
        "六其他处理",
        "商业",
        "企业",
        "科研",
        "机构",
        "社会公益",
        "组织",
        "法律服务",
        "结果",
        "维持",
        "纠正",
        "其他结",
        "果",
        "尚未",
        "审结",
        "本年",
        "单位万元",
        "本年收费金额",
        "项",
        "件数",
        "数量",
    ];
    HEADS.contains(&key)
        || key.starts_with("第二十条")
        || key.starts_with("二十条第")
        || key.starts_with("本列数据")
        || key.starts_with("本年收费金额")
        || key.chars().count() == 1
}
