//! Where open applications stand, read and kept many at a time: for a new day, or a calendar that has changed.

use std::collections::BTreeMap;

use gongkai_model::application::Outcome;
use gongkai_model::application::clock::{Arrival, Channel};
use gongkai_model::ids::{AgencyId, ApplicationId};
use sea_orm::prelude::{Date as RowDay, Uuid};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

use super::{Standing, broken};
use crate::Error;
use crate::entity::application::application;
use crate::store::{On, Store, Tx};
use crate::time::{day, maybe_day, maybe_row_day};

/// Where an application stands, and what it is worked out of besides its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRow {
    /// The application.
    pub id: ApplicationId,
    /// The number of its last change.
    pub version: i32,
    /// How and when it came in.
    pub arrival: Arrival,
    /// Where it stands.
    pub standing: Standing,
}

#[derive(FromQueryResult)]
struct Narrow {
    id: Uuid,
    version: i32,
    channel: String,
    arrived_on: RowDay,
    state: String,
    due_on: Option<RowDay>,
    due_projected: bool,
    due_provisional: bool,
    received_on: Option<RowDay>,
    concluded_on: Option<RowDay>,
    outcome: Option<String>,
}

impl Narrow {
    fn row(self) -> Result<StandingRow, Error> {
        let channel = Channel::parse(&self.channel).ok_or_else(|| broken(&self.channel))?;
        let outcome = match &self.outcome {
            Some(code) => Some(Outcome::parse(code).ok_or_else(|| broken(code))?),
            None => None,
        };
        Ok(StandingRow {
            id: ApplicationId(self.id),
            version: self.version,
            arrival: Arrival { channel, on: day(self.arrived_on)? },
            standing: Standing {
                state: self.state,
                due: maybe_day(self.due_on)?,
                projected: self.due_projected,
                provisional: self.due_provisional,
                received: maybe_day(self.received_on)?,
                concluded: maybe_day(self.concluded_on)?,
                outcome,
            },
        })
    }
}

impl Store {
    /// Where the applications of an agency in some states stand; without what they say.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn standings(&self, agency: AgencyId, states: &[&'static str]) -> Result<Vec<StandingRow>, Error> {
        use application::Column as C;
        let found = application::Entity::find()
            .select_only()
            .columns([C::Id, C::Version, C::Channel, C::ArrivedOn, C::State, C::DueOn, C::DueProjected])
            .columns([C::DueProvisional, C::ReceivedOn, C::ConcludedOn, C::Outcome])
            .filter(C::UnitId.eq(agency.0))
            .filter(C::State.is_in(states.iter().copied()));
        found.into_model::<Narrow>().all(self.connection()).await?.into_iter().map(Narrow::row).collect()
    }
}

/// How many are kept by one statement.
const AT_ONCE: usize = 400;

impl Tx {
    /// Keeps where applications stand now, each with where it stood: those that come to stand alike by one statement. One that somebody has changed meanwhile
    /// is left alone: what was noted then is newer. Gives those that were kept.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn update_standings(&self, all: &[(Standing, StandingRow)]) -> Result<Vec<ApplicationId>, Error> {
        let mut alike: BTreeMap<_, Vec<&StandingRow>> = BTreeMap::new();
        for (before, row) in all {
            let one = &row.standing;
            // What does not change is not written: its indexes stay as they are.
            let moves = one.state != before.state;
            alike
                .entry((one.state.as_str(), one.due, one.projected, one.provisional, row.version, moves))
                .or_default()
                .push(row);
        }
        let mut kept = Vec::with_capacity(all.len());
        for ((.., moves), rows) in &alike {
            for some in rows.chunks(AT_ONCE) {
                if self.update_alike(some, *moves).await? == some.len() {
                    kept.extend(some.iter().map(|row| row.id));
                    continue;
                }
                // Some were changed by others. Keeping the same again touches those that were kept, and tells which they are.
                for row in some {
                    if self.update_alike(std::slice::from_ref(row), *moves).await? == 1 {
                        kept.push(row.id);
                    }
                }
            }
        }
        Ok(kept)
    }

    /// Keeps the standing of the first for all of some that have the same number of changes. Gives how many there were.
    async fn update_alike(&self, rows: &[&StandingRow], moves: bool) -> Result<usize, Error> {
        use application::Column as C;
        let Some(first) = rows.first() else { return Ok(0) };
        let standing = &first.standing;
        let mut update = application::Entity::update_many()
            .col_expr(C::DueOn, Expr::value(maybe_row_day(standing.due)?))
            .col_expr(C::DueProjected, Expr::value(standing.projected))
            .col_expr(C::DueProvisional, Expr::value(standing.provisional))
            .filter(C::Id.is_in(rows.iter().map(|row| row.id.0)))
            .filter(C::Version.eq(first.version));
        if moves {
            update = update.col_expr(C::State, Expr::value(standing.state.clone()));
        }
        let done = update.exec(self.connection()).await?;
        Ok(usize::try_from(done.rows_affected).unwrap_or(usize::MAX))
    }
}
