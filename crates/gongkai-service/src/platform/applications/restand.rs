//! Working out anew where open applications stand: on a new day, or after the calendar has changed.

use std::collections::BTreeSet;

use gongkai_calendar::Calendar;
use gongkai_model::ids::ApplicationId;
use gongkai_store::StandingRow;
use jiff::Timestamp;
use jiff::civil::Date;

use super::standing;
use crate::platform::services::Services;
use crate::platform::{Fault, clock};

/// How many are read, worked out and kept together.
const LOT: usize = 4_000;

/// An application whose day has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub id: ApplicationId,
    /// The day before.
    pub before: Option<Date>,
    /// The day now.
    pub now: Option<Date>,
    /// It moves on with an open consultation.
    pub projected: bool,
}

impl Moved {
    /// None where the day stays, whatever else may have changed.
    fn of((before, now): &(StandingRow, StandingRow)) -> Option<Self> {
        let moved = Self { id: now.id, before: before.due, now: now.due, projected: now.projected };
        (moved.before != moved.now).then_some(moved)
    }
}

impl Services {
    /// Works out anew where the open applications of all agencies stand: on a new day, or after the calendar has changed. Gives
    /// those whose day has moved: which, the day before, the day now.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn restand(&self, now: Timestamp) -> Result<Vec<Moved>, Fault> {
        let (calendar, today) = (self.calendar(), clock::local_date(now));
        let mut moved = Vec::new();
        for agency in self.directory().agencies().map(|one| one.id).collect::<Vec<_>>() {
            let open = self.store.applications_in(agency, &standing::OPEN).await?;
            let mut lots = open.chunks(LOT);
            let mut changed = self.worked_out(&calendar, lots.next().unwrap_or_default(), today).await?;
            loop {
                // While these are written, the next are read.
                let lot = lots.next();
                let (kept, next) = tokio::try_join!(
                    self.keep_standings(&changed),
                    self.worked_out(&calendar, lot.unwrap_or_default(), today)
                )?;
                moved.extend(changed.iter().filter_map(Moved::of).filter(|one| kept.contains(&one.id)));
                if lot.is_none() {
                    break;
                }
                changed = next;
            }
        }
        Ok(moved)
    }

    /// The days that would move by another calendar; nothing is kept.
    ///
    /// # Errors
    /// The database does not answer.
    pub(in crate::platform) async fn would_move(
        &self,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<Vec<Moved>, Fault> {
        let today = clock::local_date(now);
        let mut moved = Vec::new();
        for agency in self.directory().agencies().map(|one| one.id).collect::<Vec<_>>() {
            for lot in self.store.applications_in(agency, &standing::OPEN).await?.chunks(LOT) {
                moved.extend(self.worked_out(calendar, lot, today).await?.iter().filter_map(Moved::of));
            }
        }
        Ok(moved)
    }

    /// Those of some applications that stand otherwise on a day than is kept: as is kept, and as they stand.
    async fn worked_out(
        &self,
        calendar: &Calendar,
        some: &[ApplicationId],
        today: Date,
    ) -> Result<Vec<(StandingRow, StandingRow)>, Fault> {
        let mut changed = Vec::new();
        for (row, events) in self.store.standings(some).await? {
            let history = standing::history_since(calendar, row.arrival, events);
            let stands = match history.and_then(|history| standing::of(calendar, &history, today)) {
                Ok((_, stands)) => stands,
                Err(fault) => {
                    // One case that does not hold together stops no other; whoever opens it is told.
                    tracing::error!(application = %row.id, %fault, "期限没有重新计算");
                    continue;
                }
            };
            let now = StandingRow {
                state: stands.state,
                due: stands.due,
                projected: stands.projected,
                provisional: stands.provisional,
                ..row.clone()
            };
            if now != row {
                changed.push((row, now));
            }
        }
        Ok(changed)
    }

    /// Keeps where applications stand now. Gives those that nobody has changed meanwhile.
    async fn keep_standings(&self, changed: &[(StandingRow, StandingRow)]) -> Result<BTreeSet<ApplicationId>, Fault> {
        if changed.is_empty() {
            return Ok(BTreeSet::new());
        }
        let tx = self.store.begin().await?;
        let kept = tx.update_standings(changed).await?.into_iter().collect();
        tx.commit().await?;
        Ok(kept)
    }
}
