//! Whether the columns of an agency are kept up, and what an inspection would make of that: 《政府网站与政务新媒体检查指标》
//! (国办秘函〔2019〕19号), veto item 栏目不更新, and the scored item on 信息更新.

use jiff::civil::Date;

use super::catalog::Leaf;

/// How many columns without an update in their time veto a site (指标二：监测时间点前……更新量不达标的栏目5个以上).
pub const VETO_STALE: usize = 5;
/// How many empty columns veto a site.
pub const VETO_EMPTY: usize = 5;

/// How many days a site may show nothing new (单项否决：首页不更新，两周).
pub const VETO_SITE_DAYS: i32 = 14;

/// Days since anything new, where an inspection on that day would veto the site for it (首页不更新).
pub fn site_vetoed(newest: Option<Date>, today: Date) -> Option<i32> {
    newest.map(|newest| (today - newest).get_days()).filter(|age| *age > VETO_SITE_DAYS)
}

/// How well a column is kept up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Something new came in time, or nothing regular is expected.
    Fresh,
    /// More than four fifths of the time have passed.
    DueSoon {
        /// Days since the newest item.
        age: i32,
        /// Days it may take.
        limit: u16,
    },
    /// Nothing new for longer than the indicators allow.
    Stale {
        /// Days since the newest item.
        age: i32,
        /// Days it may take.
        limit: u16,
    },
    /// Nothing at all (空白栏目).
    Empty,
}

impl Freshness {
    /// How a column stands on a day, whose newest item became public on `latest`.
    pub fn of(leaf: &Leaf, latest: Option<Date>, today: Date) -> Self {
        let Some(latest) = latest else { return Self::Empty };
        let Some(limit) = leaf.fresh_days else { return Self::Fresh };
        let age = (today - latest).get_days();
        if age > i32::from(limit) {
            Self::Stale { age, limit }
        } else if age * 5 > i32::from(limit) * 4 {
            Self::DueSoon { age, limit }
        } else {
            Self::Fresh
        }
    }
}

/// How many columns are not kept up, as the veto item 栏目不更新 counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Nothing new for too long.
    pub stale: usize,
    /// Empty.
    pub empty: usize,
    /// Soon too long.
    pub due_soon: usize,
}

impl Tally {
    /// Counts one column in.
    pub fn add(&mut self, state: Freshness) {
        match state {
            Freshness::Fresh => {}
            Freshness::DueSoon { .. } => self.due_soon += 1,
            Freshness::Stale { .. } => self.stale += 1,
            Freshness::Empty => self.empty += 1,
        }
    }

    /// Columns that need something: empty, too old, or soon too old.
    pub fn wanting(&self) -> usize {
        self.stale + self.empty + self.due_soon
    }

    /// Whether an inspection on that day would veto (单项否决：栏目不更新).
    pub fn vetoes(&self) -> bool {
        self.stale >= VETO_STALE || self.empty >= VETO_EMPTY
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::publication::catalog;

    #[test]
    fn inspection_veto_a_column_is_fresh_due_soon_stale_or_empty() {
        let explained = catalog::find(catalog::EXPLANATIONS).unwrap().1;
        let state = |latest| Freshness::of(explained, latest, date(2026, 7, 3));
        assert_eq!(state(None), Freshness::Empty);
        assert_eq!(state(Some(date(2026, 1, 1))), Freshness::DueSoon { age: 183, limit: 183 });
        assert_eq!(state(Some(date(2025, 12, 31))), Freshness::Stale { age: 184, limit: 183 });
        assert_eq!(state(Some(date(2026, 2, 8))), Freshness::Fresh);
        let rules = catalog::find(catalog::RULES).unwrap().1;
        assert_eq!(Freshness::of(rules, Some(date(2019, 5, 15)), date(2026, 7, 3)), Freshness::Fresh);
    }

    #[test]
    fn inspection_veto_two_weeks_without_anything_new() {
        let vetoed = |newest| site_vetoed(newest, date(2026, 7, 15));
        assert_eq!(vetoed(Some(date(2026, 7, 1))), None);
        assert_eq!(vetoed(Some(date(2026, 6, 30))), Some(15));
        assert_eq!(vetoed(None), None);
    }

    #[test]
    fn inspection_veto_five_columns_without_an_update_or_five_empty_ones() {
        let mut tally = Tally::default();
        for _ in 0..4 {
            tally.add(Freshness::Empty);
            tally.add(Freshness::Stale { age: 200, limit: 183 });
            tally.add(Freshness::DueSoon { age: 170, limit: 183 });
        }
        assert_eq!((tally.wanting(), tally.vetoes()), (12, false));
        let mut one_more = tally;
        one_more.add(Freshness::Empty);
        assert!(one_more.vetoes());
        tally.add(Freshness::Stale { age: 184, limit: 183 });
        assert!(tally.vetoes());
    }
}
