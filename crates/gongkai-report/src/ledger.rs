//! The ledger of table 2: which figures may be entered, what they add up to.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, Edition, Measure, ProactiveField, ProactiveItem};
use rust_decimal::Decimal;

use crate::value::{Shape, read_value};

/// A figure of table 2 as it was entered. `Of` says for which section; its default stands for the whole agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure<Id, Of> {
    /// What it is known by.
    pub id: Id,
    /// For which part of the agency.
    pub of: Of,
    /// The month; none for the whole year.
    pub month: Option<i8>,
    /// The row.
    pub item: ProactiveItem,
    /// The column.
    pub field: ProactiveField,
    /// The figure.
    pub value: Decimal,
}

/// What becomes of a figure beside those that are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fit<Id> {
    /// It is new.
    New,
    /// The same stands there already.
    Known(Id),
    /// It contradicts one that is there; the reason for people.
    Contradicts(Id, String),
}

/// The cell that a row and a column of a year's form name.
///
/// # Errors
/// The form of that year has no such cell; the sentence says which it has.
pub fn cell(year: i16, item: ProactiveItem, field: ProactiveField) -> Result<CellRef, String> {
    let Some(edition) = Edition::for_year(year) else {
        return Err(format!("{year}年的年度报告没有规定的表格，台账从2019年起登记"));
    };
    if item.fields(edition).contains(&field) && ProactiveItem::of(edition).contains(&item) {
        return Ok(CellRef::Proactive(item, field));
    }
    let name = item.label(edition);
    if !ProactiveItem::of(edition).contains(&item) {
        return Err(format!("{year}年的格式没有“{name}”一行：核对年度，或者删去这一行"));
    }
    let has: Vec<&str> = item.fields(edition).iter().map(|one| one.code()).collect();
    Err(format!(
        "{year}年的格式里“{name}”没有{}（{}），有的是{}：核对年度",
        field.label(edition),
        field.code(),
        has.join("、")
    ))
}

/// The figure that a text states for a column.
///
/// # Errors
/// It is no number, or none that the column can hold; the sentence says what to write.
pub fn figure(field: ProactiveField, text: &str) -> Result<Decimal, String> {
    let read = read_value(text);
    let Some(number) = read.number.filter(|_| matches!(read.shape, Shape::Plain | Shape::Decorated)) else {
        return Err(match read.shape {
            Shape::Blank => "没有数：没有发生的写0，还不知道的先不登记".to_owned(),
            Shape::Dash => format!("“{}”不是数：没有发生的写0", text.trim()),
            Shape::Plain | Shape::Decorated | Shape::Odd => {
                format!("“{}”不是数：只写数字", text.trim().chars().take(20).collect::<String>())
            }
        });
    };
    if read.unit != crate::value::Unit::None {
        return Err(format!("“{}”带有单位：只写数字，单位见表头", text.trim()));
    }
    let measure = field.measure();
    if number.is_sign_negative() && !number.is_zero() && measure != Measure::Difference {
        return Err(format!("“{}”是负数，这一栏不能是负数", text.trim()));
    }
    let number = number.normalize();
    if number.scale() > measure.decimals() {
        return Err(match measure {
            Measure::Count | Measure::Difference => format!("“{}”不是整数", text.trim()),
            Measure::Yuan => format!("“{}”精确到分，至多两位小数", text.trim()),
            Measure::TenThousandYuan => format!("“{}”以万元计，至多六位小数", text.trim()),
        });
    }
    Ok(number)
}

/// Looks at a figure beside those of its year that are there: one for each cell, section and month; a year that is entered by months is not
/// entered as a whole too, nor an agency by sections and as a whole.
pub fn fit<Id: Clone, Of: PartialEq + Default>(there: &[Figure<Id, Of>], new: &Figure<Id, Of>) -> Fit<Id> {
    let whole = Of::default();
    for one in there.iter().filter(|one| one.item == new.item && one.field == new.field) {
        if one.of != new.of {
            // The agency and its parts would be counted twice.
            if one.of == whole || new.of == whole {
                let (by, again) = if one.of == whole { ("全机关", "按科室") } else { ("按科室", "全机关") };
                let why = format!("已{by}登记（{}），再{again}登记会重复计算：只用一种，原来的先作废", one.value);
                return Fit::Contradicts(one.id.clone(), why);
            }
            continue;
        }
        if one.month == new.month {
            return if one.value == new.value {
                Fit::Known(one.id.clone())
            } else {
                let why = format!("已登记为{}，与现在的{}不同：原来的有误，先作废它", one.value, new.value);
                Fit::Contradicts(one.id.clone(), why)
            };
        }
        if one.month.is_none() || new.month.is_none() {
            let why = match one.month {
                Some(month) => format!("已按月登记（{month}月为{}），再登记全年的数会重复计算", one.value),
                None => format!("已登记全年的数{}，再按月登记会重复计算：改按月登记的，先作废全年的数", one.value),
            };
            return Fit::Contradicts(one.id.clone(), why);
        }
    }
    Fit::New
}

/// What the figures of a year add up to, each sum with what it is made of.
pub fn sums<Id: Clone, Of>(figures: &[Figure<Id, Of>]) -> BTreeMap<CellRef, (Decimal, Vec<Id>)> {
    let mut out: BTreeMap<CellRef, (Decimal, Vec<Id>)> = BTreeMap::new();
    for one in figures {
        let (sum, parts) = out.entry(CellRef::Proactive(one.item, one.field)).or_default();
        *sum = sum.saturating_add(one.value);
        parts.push(one.id.clone());
    }
    out
}

/// Months that a cell which is entered by months has nothing for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap<Of> {
    /// For which part of the agency.
    pub of: Of,
    /// The row.
    pub item: ProactiveItem,
    /// The column.
    pub field: ProactiveField,
    /// The months, in order.
    pub months: Vec<i8>,
}

/// The months up to `over` that are not entered of what is entered by months: perhaps nothing happened in them, perhaps they were forgotten.
pub fn gaps<Id, Of: Clone + Ord>(figures: &[Figure<Id, Of>], over: i8) -> Vec<Gap<Of>> {
    let mut entered: BTreeMap<(CellRef, Of), (ProactiveItem, ProactiveField, Vec<i8>)> = BTreeMap::new();
    for one in figures {
        if let Some(month) = one.month {
            let key = (CellRef::Proactive(one.item, one.field), one.of.clone());
            entered.entry(key).or_insert_with(|| (one.item, one.field, Vec::new())).2.push(month);
        }
    }
    entered
        .into_iter()
        .map(|((_, of), (item, field, there))| {
            let months = (1..=over).filter(|month| !there.contains(month)).collect();
            Gap { of, item, field, months }
        })
        .filter(|gap| !gap.months.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: u8, month: Option<i8>, value: i64) -> Figure<u8, u8> {
        let (item, field) = (ProactiveItem::Licences, ProactiveField::Decisions);
        Figure { id, of: 0, month, item, field, value: Decimal::from(value) }
    }

    #[test]
    fn a_figure_is_a_number_of_its_column() {
        assert_eq!(figure(ProactiveField::Decisions, "1,204").unwrap(), Decimal::from(1204));
        assert_eq!(figure(ProactiveField::Change, "-3").unwrap(), Decimal::from(-3));
        assert_eq!(figure(ProactiveField::Amount10kYuan, "103.387900").unwrap().to_string(), "103.3879");
        assert_eq!(figure(ProactiveField::AmountYuan, "93571").unwrap(), Decimal::from(93571));
        for (field, text) in [
            (ProactiveField::Decisions, ""),
            (ProactiveField::Decisions, "/"),
            (ProactiveField::Decisions, "若干"),
            (ProactiveField::Decisions, "-1"),
            (ProactiveField::Decisions, "1.5"),
            (ProactiveField::AmountYuan, "1.234"),
            (ProactiveField::Amount10kYuan, "0.1234567"),
            (ProactiveField::AmountYuan, "93571元"),
            (ProactiveField::Issued, "2024-01-01"),
        ] {
            assert!(figure(field, text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_form_of_the_year_has_the_cell_or_says_which_it_has() {
        assert!(cell(2019, ProactiveItem::Procurement, ProactiveField::AmountYuan).is_ok());
        for (year, item, field, says) in [
            (2022, ProactiveItem::Procurement, ProactiveField::AmountYuan, "政府集中采购"),
            (2022, ProactiveItem::NormativeDocuments, ProactiveField::Made, "issued"),
            (2019, ProactiveItem::Fees, ProactiveField::Amount10kYuan, "prior_items"),
            (2018, ProactiveItem::Fees, ProactiveField::Change, "2019"),
        ] {
            assert!(cell(year, item, field).unwrap_err().contains(says), "{year}");
        }
    }

    #[test]
    fn the_same_figure_twice_is_known_and_another_one_contradicts() {
        let there = [one(1, Some(3), 5)];
        assert_eq!(fit(&there, &one(2, Some(4), 5)), Fit::New);
        assert_eq!(fit(&there, &one(2, Some(3), 5)), Fit::Known(1));
        assert!(matches!(fit(&there, &one(2, Some(3), 6)), Fit::Contradicts(1, _)));
        assert!(matches!(fit(&there, &one(2, None, 60)), Fit::Contradicts(1, _)));
        assert!(matches!(fit(&[one(1, None, 60)], &one(2, Some(3), 5)), Fit::Contradicts(1, _)));
        let of_section = Figure { of: 7, ..one(2, Some(4), 5) };
        assert!(matches!(fit(&there, &of_section), Fit::Contradicts(1, _)), "the agency and its section");
        assert!(matches!(fit(std::slice::from_ref(&of_section), &one(3, None, 60)), Fit::Contradicts(2, _)));
        assert_eq!(fit(&[of_section], &Figure { of: 8, ..one(3, Some(4), 5) }), Fit::New, "another section");
        let sum = sums(&[one(1, Some(3), 5), one(2, Some(4), 7)]);
        let cell = CellRef::Proactive(ProactiveItem::Licences, ProactiveField::Decisions);
        assert_eq!(sum.get(&cell), Some(&(Decimal::from(12), vec![1, 2])));
    }

    #[test]
    fn months_that_are_over_and_not_entered_are_named() {
        let figures = [one(1, Some(1), 3), one(2, Some(3), 0), Figure { of: 7, ..one(3, Some(4), 5) }];
        let found: Vec<(u8, Vec<i8>)> = gaps(&figures, 4).into_iter().map(|gap| (gap.of, gap.months)).collect();
        assert_eq!(found, [(0, vec![2, 4]), (7, vec![1, 2, 3])]);
        assert!(gaps(&figures[..2], 1).is_empty());
        assert!(gaps(&[one(1, None, 3)], 12).is_empty(), "a year as a whole has no months");
    }
}
