//! What the supervising office sees of all agencies, and which columns are not kept up.

use std::collections::BTreeMap;

use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_model::publication::metadata::UNKNOWN_DAY;
use gongkai_model::publication::{Freshness, Tally, catalog};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::platform::applications::open_states;
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
    /// The day of its newest public item.
    pub latest: Option<Date>,
    /// Applications that are open, and those past their day.
    pub applications: (i64, i64),
    /// Columns that are not kept up.
    pub columns: Tally,
}

/// A column that is not kept up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanting {
    /// What the column is called.
    pub label: &'static str,
    /// How it stands.
    pub state: Freshness,
    /// That in words, with the day of its newest item.
    pub what: String,
}

/// The columns of an agency that are not kept up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The columns, in the order of the catalogue.
    pub rows: Vec<Wanting>,
    /// How an inspection would count them.
    pub tally: Tally,
}

impl Services {
    /// The columns of an agency that are not kept up: empty, or without anything new for too long (检查指标).
    /// A column on which the agency noted that it has no such function is not counted.
    pub(super) async fn columns(&self, today: Date, agency: AgencyId) -> Result<Columns, Fault> {
        let directory = self.directory();
        let Some(one) = directory.get(agency) else { return Ok(Columns::default()) };
        let counts = self.counts().await?;
        let mut out = Columns::default();
        for branch in catalog::BRANCHES
            .iter()
            .filter(|branch| !branch.optional || one.settings.branches.iter().any(|code| code == branch.code))
        {
            for leaf in branch.leaves.iter().filter(|leaf| !one.settings.notes.contains_key(leaf.code)) {
                let latest = counts.of(agency, leaf.code).map(|(_, latest)| clock::local_date(latest));
                let state = Freshness::of(leaf, latest, today);
                let latest = latest.unwrap_or(today);
                let what = match state {
                    Freshness::Fresh => continue,
                    Freshness::Empty => "空白栏目：发布信息，或注明本机关无此项职能".to_owned(),
                    Freshness::Stale { age, limit } => format!("{age}天没有更新，应不超过{limit}天（最近{latest}）"),
                    Freshness::DueSoon { age, limit } => format!("{age}天没有更新，快到{limit}天的上限"),
                };
                out.tally.add(state);
                out.rows.push(Wanting { label: leaf.label, state, what });
            }
        }
        Ok(out)
    }

    /// How many columns of an agency are not kept up.
    pub(in crate::platform) async fn columns_tally(&self, today: Date, agency: AgencyId) -> Result<i64, Fault> {
        let tally = self.columns(today, agency).await?.tally;
        Ok(i64::try_from(tally.wanting()).unwrap_or(i64::MAX))
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
                .then(|| {
                    let government = self.directory().is_government(row.agency);
                    term::due(&self.calendar(), government, &row.catalog_node, (row.formed_on, row.counts_from))
                })
                .flatten();
            *overdue += usize::from(due.is_some_and(|due| due < today));
        }
        let applications = self.store.open_applications(&self.directory().agency_ids(), &open_states(), today).await?;
        for agency in self.directory().open_agencies() {
            let (open, overdue) = waiting.get(&agency.id).copied().unwrap_or_default();
            let unsigned = self.store.unsettled(agency.id, today).await?;
            out.push(Glance {
                agency: agency.id,
                total: counts.total(Some(agency.id)),
                latest: counts.latest(Some(agency.id)).map(clock::local_date),
                month: self.month(now, agency.id).await?,
                overdue,
                open,
                unsigned: unsigned.iter().filter(|row| row.urgent && !row.urgent_settled).count(),
                applications: applications.get(&agency.id).copied().unwrap_or_default(),
                columns: self.columns(today, agency.id).await?.tally,
            });
        }
        Ok(out)
    }
}
