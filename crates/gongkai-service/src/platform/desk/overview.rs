//! What the supervising office sees of all agencies, and which columns are not kept up.

use std::collections::BTreeMap;

use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_model::publication::catalog;
use gongkai_model::publication::metadata::UNKNOWN_DAY;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock, term};

/// An agency as the supervising office sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// The agency.
    pub agency: AgencyId,
    /// Public items.
    pub total: u64,
    /// Made public this month, and planned.
    pub month: (u64, u16),
    /// On their way.
    pub open: usize,
    /// On their way after the last day of their term (条例 第二十六条).
    pub overdue: usize,
    /// Public on the urgent way, with signatures still to come.
    pub unsigned: usize,
    /// Columns that are not kept up.
    pub stale: usize,
}

impl Services {
    /// The columns of an agency that are not kept up: empty, or without anything new for too long (检查指标 V3、V4、S2).
    pub(super) async fn stale(&self, today: Date, agency: AgencyId) -> Result<Vec<(String, String)>, Fault> {
        let directory = self.directory();
        let Some(one) = directory.get(agency) else { return Ok(Vec::new()) };
        let counts = self.counts().await?;
        let mut out = Vec::new();
        for branch in catalog::BRANCHES
            .iter()
            .filter(|branch| !branch.optional || one.settings.branches.iter().any(|code| code == branch.code))
        {
            for leaf in branch.leaves {
                if one.settings.notes.contains_key(leaf.code) {
                    continue;
                }
                match (counts.of(agency, leaf.code), leaf.fresh_days) {
                    (None, _) => {
                        out.push((leaf.label.to_owned(), "空白栏目：发布信息，或注明本机关无此项职能".to_owned()));
                    }
                    (Some((_, latest)), Some(days)) => {
                        let day = clock::local_date(latest);
                        let age = (today - day).get_days();
                        if age > i32::from(days) {
                            out.push((
                                leaf.label.to_owned(),
                                format!("{age}天没有更新，应不超过{days}天（最近{day}）"),
                            ));
                        } else if age * 5 > i32::from(days) * 4 {
                            out.push((leaf.label.to_owned(), format!("{age}天没有更新，快到{days}天的上限")));
                        }
                    }
                    (Some(_), None) => {}
                }
            }
        }
        Ok(out)
    }

    /// What the supervising office sees of each agency.
    ///
    /// # Errors
    /// The person does not supervise.
    pub async fn overview(&self, now: Timestamp, actor: &Actor) -> Result<Vec<Glance>, Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let today = clock::local_date(now);
        let counts = self.counts().await?;
        let mut out = Vec::new();
        let mut waiting: BTreeMap<AgencyId, (usize, usize)> = BTreeMap::new();
        for row in self.store.under_way().await? {
            let (open, overdue) = waiting.entry(row.agency).or_default();
            *open += 1;
            let due = (row.proactive && row.formed_on != UNKNOWN_DAY)
                .then(|| term::due(&row.catalog_node, row.counts_from.unwrap_or(row.formed_on)))
                .flatten();
            *overdue += usize::from(due.is_some_and(|due| due < today));
        }
        for agency in self.directory().open_agencies() {
            let (open, overdue) = waiting.get(&agency.id).copied().unwrap_or_default();
            let unsigned = self.store.unsettled(agency.id, today).await?;
            out.push(Glance {
                agency: agency.id,
                total: counts.total(Some(agency.id)),
                month: self.month(now, agency.id).await?,
                overdue,
                open,
                unsigned: unsigned.iter().filter(|row| row.urgent && !row.urgent_settled).count(),
                stale: self.stale(today, agency.id).await?.len(),
            });
        }
        Ok(out)
    }
}
