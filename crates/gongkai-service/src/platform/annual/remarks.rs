//! What people should look at in the ledger before they rely on its sums.

use gongkai_law::Edition;
use gongkai_model::ids::AgencyId;
use gongkai_report::ledger::gaps;
use gongkai_store::LedgerEntry;
use jiff::Timestamp;
use jiff::civil::Date;

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
