//! What people should look at in the ledger before they rely on its sums.

use gongkai_law::{CellRef, Edition, ProactiveField};
use gongkai_model::ids::AgencyId;
use gongkai_report::ledger::gaps;
use gongkai_store::LedgerEntry;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::figures::Figures;
use super::ledger::{figure_of, label};
use crate::platform::clock;
use crate::platform::services::Services;

/// How many months of a year are over.
fn over(year: i16, today: Date) -> i8 {
    match today.year() {
        present if present > year => 12,
        present if present < year => 0,
        _ => today.month() - 1,
    }
}

/// From how many 万元 on a year's fees are told: 12,500 元 typed as 万元 are more than a hundred million.
const FEES: i64 = 10_000;

/// Figures of table 2 that are ten times those of the year before, or a tenth; and fees that look like 元.
pub(super) fn magnitudes(figures: &Figures) -> Vec<String> {
    let mut out = Vec::new();
    for (cell, value) in figures.adjusted.iter().filter(|(cell, _)| cell.table() == 2) {
        let before = figures.year_before().and_then(|last| last.value(*cell)).filter(|last| *last > Decimal::TEN);
        if let Some(before) = before
            && (*value >= before.saturating_mul(Decimal::TEN) || value.saturating_mul(Decimal::TEN) <= before)
        {
            let name = cell.name(figures.edition);
            out.push(format!("{name}是{value}，上年是{before}，相差十倍以上：核对有没有错位、漏登"));
        }
        if matches!(cell, CellRef::Proactive(_, ProactiveField::Amount10kYuan)) && *value >= FEES.into() {
            out.push(format!("{}是{value}万元：核对是不是把元当作万元", cell.name(figures.edition)));
        }
    }
    out
}

impl Services {
    /// Months that are over and not entered where others are, and figures for a whole year that were entered before it was over.
    pub(super) fn remarks_on(
        &self,
        now: Timestamp,
        (agency, year, edition): (AgencyId, i16, Edition),
        entries: &[LedgerEntry],
    ) -> Vec<String> {
        let directory = self.directory();
        let figures: Vec<_> = entries.iter().map(figure_of).collect();
        let named =
            |section: Option<AgencyId>| section.map(|id| format!("（{}）", directory.name(id))).unwrap_or_default();
        let mut out: Vec<String> = gaps(&figures, over(year, clock::local_date(now)))
            .into_iter()
            .map(|gap| {
                let months: Vec<String> = gap.months.iter().map(ToString::to_string).collect();
                let what = label(edition, gap.item, gap.field).replace('　', "·");
                format!(
                    "{what}{}按月登记，没有登记{}月：没有发生的不用登记，漏登的补上",
                    named(gap.of),
                    months.join("、")
                )
            })
            .collect();
        let early = |one: &&LedgerEntry| {
            one.month.is_none() && !one.field.is_stock() && clock::local_date(one.at).year() <= year
        };
        out.extend(entries.iter().filter(early).map(|one| {
            let what = label(edition, one.item, one.field).replace('　', "·");
            let day = clock::local_date(one.at);
            format!(
                "{what}{}的全年数{}是{day}登记的，那时{year}年还没有结束：核对，有变动的作废后重新登记",
                named(one.section),
                one.value
            )
        }));
        let merged: Vec<&str> =
            self.reporting_units(agency, year).into_iter().skip(1).map(|id| directory.name(id)).collect();
        if !merged.is_empty() {
            out.push(format!("数据包括已经并入的机关：{}（国办公开办函〔2019〕14号）", merged.join("、")));
        }
        out
    }
}
