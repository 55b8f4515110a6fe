//! The clocks of all agencies as the supervising office sees them (条例 第三条、第四十六条): numbers and days, nothing of the person.

use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use jiff::Timestamp;
use jiff::civil::Date;

use super::working_days;
use crate::platform::applications::open_states;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// How many of an agency are looked at: those that are due first.
const MOST: u64 = 200;

/// An open application with its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenClock {
    /// The agency that is to answer.
    pub agency: AgencyId,
    /// The number; none before receipt is confirmed.
    pub number: Option<String>,
    /// The name of the state.
    pub state: &'static str,
    /// The day it came in.
    pub arrived: Date,
    /// The day it is due.
    pub due: Option<Date>,
    /// Working days left, negative after the day; none without a day.
    pub left: Option<i64>,
    /// A consultation is open: the day may move.
    pub projected: bool,
    /// It rests on days off that are not yet announced.
    pub provisional: bool,
    /// The reply is owed and its day has passed.
    pub late: bool,
}

/// Whether the agency owes the next step: the terms of applicants are their own.
fn answers(state: &str) -> bool {
    matches!(state, "running" | "reopened" | "delayed")
}

impl Services {
    /// The open applications of one agency, or of all, the earliest due first, at most 200; and how many there are.
    ///
    /// # Errors
    /// The person does not supervise.
    pub async fn clocks(
        &self,
        now: Timestamp,
        actor: &Actor,
        agency: Option<AgencyId>,
    ) -> Result<(Vec<OpenClock>, i64), Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let today = clock::local_date(now);
        let mut rows = Vec::new();
        let mut count = 0;
        let agencies = agency.map_or_else(|| self.directory().agency_ids(), |one| vec![one]);
        for (of, (open, _)) in self.store.open_applications(&agencies, &open_states(), today).await? {
            count += open;
            rows.extend(self.store.applications_due(of, &open_states(), MOST).await?);
        }
        rows.sort_by_key(|row| (row.standing.due.is_none(), row.standing.due, row.arrived_at));
        rows.truncate(usize::try_from(MOST).unwrap_or(200));
        let clocks = rows.into_iter().map(|row| {
            let due = row.standing.due;
            OpenClock {
                agency: row.agency,
                state: self.application_state(&row.standing),
                arrived: row.arrival.on,
                due,
                left: due.and_then(|due| working_days(&self.calendar(), today, due)),
                projected: row.standing.projected,
                provisional: row.standing.provisional,
                late: answers(&row.standing.state) && due.is_some_and(|due| due < today),
                number: row.registration_no,
            }
        });
        Ok((clocks.collect(), count))
    }
}
