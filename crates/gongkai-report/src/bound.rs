//! Numbers in a text that are bound to where they come from: `{新收申请}` stands for what table 3 says, whatever it comes to say. So text and
//! tables cannot disagree.

use std::collections::BTreeMap;

use gongkai_law::{
    ApplicantColumn, ApplicationRow, CellRef, Edition, ProactiveItem, ProceedingColumn, ProceedingGroup, RowGroup,
};
use rust_decimal::Decimal;

/// What people have to fill in before the report can go on stands in these brackets.
pub const OPEN: char = '【';
const CLOSE: char = '】';

/// The short name of a row of table 3.
fn row_name(row: ApplicationRow) -> String {
    match row {
        ApplicationRow::NewReceived => "新收申请".to_owned(),
        ApplicationRow::CarriedIn => "上年结转".to_owned(),
        ApplicationRow::Granted => "予以公开".to_owned(),
        ApplicationRow::Partial => "部分公开".to_owned(),
        ApplicationRow::Other => "其他处理".to_owned(),
        ApplicationRow::TotalConcluded => "办结".to_owned(),
        ApplicationRow::CarriedOut => "结转下年".to_owned(),
        ApplicationRow::DeniedStateSecret
        | ApplicationRow::DeniedProhibitedByLaw
        | ApplicationRow::DeniedEndangersSecurityStability
        | ApplicationRow::DeniedThirdPartyRights
        | ApplicationRow::DeniedInternalAffairs
        | ApplicationRow::DeniedProcessInfo
        | ApplicationRow::DeniedEnforcementFile
        | ApplicationRow::DeniedStatutoryInquiry
        | ApplicationRow::UnableNotHeld
        | ApplicationRow::UnableNeedsCreation
        | ApplicationRow::UnableUnclearAfterCorrection
        | ApplicationRow::RefusedPetition
        | ApplicationRow::RefusedDuplicate
        | ApplicationRow::RefusedPublishedWork
        | ApplicationRow::RefusedExcessive
        | ApplicationRow::RefusedConfirmOrReissue
        | ApplicationRow::OtherCorrectionAbandoned
        | ApplicationRow::OtherFeeUnpaid
        | ApplicationRow::OtherOtherReason => {
            let label = row.label();
            let plain = label.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let group = row.group().map(group_name).unwrap_or_default();
            format!("{group}·{plain}")
        }
    }
}

fn group_name(group: RowGroup) -> &'static str {
    match group {
        RowGroup::Denied => "不予公开",
        RowGroup::Unable => "无法提供",
        RowGroup::Refused => "不予处理",
        RowGroup::Other => "其他处理",
    }
}

/// The name by which a text speaks of a cell.
pub fn cell_name(edition: Edition, cell: CellRef) -> String {
    match cell {
        CellRef::Proactive(item, field) => format!("{}·{}", item.label(edition), short(field.label(edition))),
        CellRef::Application(row, ApplicantColumn::Total) => row_name(row),
        CellRef::Application(row, column) => format!("{}·{}", row_name(row), column.label()),
        CellRef::Proceeding(group, ProceedingColumn::Total) => group_of(group).to_owned(),
        CellRef::Proceeding(group, column) => format!("{}·{}", group_of(group), column.label()),
    }
}

/// A label without what is said in brackets.
fn short(label: &str) -> &str {
    label.split('（').next().unwrap_or(label)
}

fn group_of(group: ProceedingGroup) -> &'static str {
    match group {
        ProceedingGroup::Reconsideration => "行政复议",
        ProceedingGroup::DirectSuit => "直接起诉",
        ProceedingGroup::SuitAfterReconsideration => "复议后起诉",
    }
}

/// Every name that a text may use for a figure of the tables, with its value: the cells, and sums that the form does not print.
pub fn named(edition: Edition, cells: &BTreeMap<CellRef, Decimal>) -> BTreeMap<String, Decimal> {
    let mut out: BTreeMap<String, Decimal> =
        cells.iter().map(|(cell, value)| (cell_name(edition, *cell), *value)).collect();
    for group in [RowGroup::Denied, RowGroup::Unable, RowGroup::Refused, RowGroup::Other] {
        let rows = ApplicationRow::results(edition).iter().filter(|row| row.group() == Some(group));
        let values: Vec<Decimal> =
            rows.filter_map(|row| cells.get(&CellRef::Application(*row, ApplicantColumn::Total)).copied()).collect();
        if !values.is_empty() {
            out.insert(group_name(group).to_owned(), values.iter().sum());
        }
    }
    let suits: Vec<Decimal> = [ProceedingGroup::DirectSuit, ProceedingGroup::SuitAfterReconsideration]
        .iter()
        .filter_map(|group| cells.get(&CellRef::Proceeding(*group, ProceedingColumn::Total)).copied())
        .collect();
    if !suits.is_empty() {
        out.insert("行政诉讼".to_owned(), suits.iter().sum());
    }
    let overturned: Vec<Decimal> = ProceedingGroup::ALL
        .iter()
        .filter_map(|group| cells.get(&CellRef::Proceeding(*group, ProceedingColumn::Overturned)).copied())
        .collect();
    if !overturned.is_empty() {
        out.insert("被纠正".to_owned(), overturned.iter().sum());
    }
    out
}

/// What a text speaks of that it cannot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unbound {
    /// There is no number of that name.
    #[error("没有叫“{0}”的数，从右边的名称里选")]
    Unknown(String),
    /// A brace is opened and not closed.
    #[error("“{{{0}”的括号没有合上")]
    Open(String),
}

/// The names that a text uses, each as often as it does.
///
/// # Errors
/// A brace is not closed.
pub fn names(text: &str) -> Result<Vec<&str>, Unbound> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}').filter(|(name, _)| !name.contains(['{', '\n'])) else {
            return Err(Unbound::Open(after.chars().take(12).collect()));
        };
        out.push(name.trim());
        rest = behind;
    }
    Ok(out)
}

/// The text with every number in its place.
///
/// # Errors
/// The first name that says nothing.
pub fn resolve(text: &str, values: &BTreeMap<String, String>) -> Result<String, Unbound> {
    names(text)?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        let value = values.get(name.trim()).ok_or_else(|| Unbound::Unknown(name.trim().to_owned()))?;
        out.push_str(before);
        out.push_str(value);
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

/// What people still have to fill in.
pub fn left_open(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(OPEN) {
        let (what, behind) = after.split_once(CLOSE).unwrap_or((after, ""));
        out.push(what);
        rest = behind;
    }
    out
}

/// Whether documents of a row are spoken of at all.
pub(crate) fn has(cells: &BTreeMap<CellRef, Decimal>, edition: Edition, item: ProactiveItem) -> bool {
    let mut fields = item.fields(edition).iter();
    fields.any(|field| cells.get(&CellRef::Proactive(item, *field)).is_some_and(|value| !value.is_zero()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_of_both_forms_has_a_name_of_its_own() {
        for edition in [Edition::F2019, Edition::F2021] {
            let cells: BTreeMap<CellRef, Decimal> =
                CellRef::of(edition).into_iter().map(|cell| (cell, Decimal::ONE)).collect();
            let mut all: Vec<String> = cells.keys().map(|cell| cell_name(edition, *cell)).collect();
            all.sort();
            let many = all.len();
            all.dedup();
            assert_eq!(all.len(), many);
            let named = named(edition, &cells);
            assert!(all.iter().all(|name| named.contains_key(name) && !name.contains(['{', '}'])));
            assert_eq!(named.get("不予公开"), Some(&Decimal::from(8)));
        }
    }

    #[test]
    fn a_number_follows_its_table_and_a_name_without_a_number_is_refused() {
        let values = BTreeMap::from([("新收申请".to_owned(), "12".to_owned())]);
        assert_eq!(resolve("收到申请{新收申请}件，{ 新收申请 }件。", &values).unwrap(), "收到申请12件，12件。");
        assert_eq!(resolve("没有数。", &values).unwrap(), "没有数。");
        assert_eq!(resolve("{收到}件", &values), Err(Unbound::Unknown("收到".to_owned())));
        for broken in ["{新收申请件", "{新收{申请}", "{\n}"] {
            assert!(matches!(resolve(broken, &values), Err(Unbound::Open(_))), "{broken}");
        }
        assert_eq!(left_open("一【写明培训】二【改进】"), ["写明培训", "改进"]);
    }
}
