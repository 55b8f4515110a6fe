//! Where open applications stand, read and kept many at a time: for a new day, or a calendar that has changed.

use std::collections::BTreeMap;

use gongkai_model::application::clock::{Arrival, Channel, Event};
use gongkai_model::ids::{AgencyId, ApplicationId};
use jiff::civil::Date;
use sea_orm::prelude::{Date as RowDay, Uuid};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect};

use super::{broken, said};
use crate::Error;
use crate::entity::application::{application, application_step};
use crate::store::{On, Store, Tx};
use crate::time::{day, maybe_day, maybe_row_day};

/// Where an open application stands, and what it is worked out of besides its steps. What the clock does not move (receipt, conclusion) is left out: each column
/// of a hundred thousand rows costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRow {
    /// The application.
    pub id: ApplicationId,
    /// The number of its last change.
    pub version: i32,
    /// How and when it came in.
    pub arrival: Arrival,
    /// The code of its state.
    pub state: String,
    /// The last day of the term that runs.
    pub due: Option<Date>,
    /// It moves on with an open consultation.
    pub projected: bool,
    /// It rests on days off that are not yet announced.
    pub provisional: bool,
}

/// An application with one of its steps, without who noted it and how; no step where nothing has happened.
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
    kind: Option<String>,
    on_day: Option<RowDay>,
    until_day: Option<RowDay>,
    consultation: Option<i32>,
    days: Option<i32>,
    word: Option<String>,
    justified: Option<bool>,
}

impl Narrow {
    fn event(&self) -> Result<Option<Event>, Error> {
        let (Some(kind), Some(on)) = (&self.kind, self.on_day) else { return Ok(None) };
        let word = (self.word.as_deref().unwrap_or_default(), self.justified.unwrap_or_default());
        said(kind, (on, self.until_day), (self.consultation, self.days), word).map(Some)
    }

    fn row(self) -> Result<StandingRow, Error> {
        let channel = Channel::parse(&self.channel).ok_or_else(|| broken(&self.channel))?;
        Ok(StandingRow {
            id: ApplicationId(self.id),
            version: self.version,
            arrival: Arrival { channel, on: day(self.arrived_on)? },
            state: self.state,
            due: maybe_day(self.due_on)?,
            projected: self.due_projected,
            provisional: self.due_provisional,
        })
    }
}

/// A step without who noted it and how.
#[derive(FromQueryResult)]
struct NarrowStep {
    application_id: Uuid,
    kind: String,
    on_day: RowDay,
    until_day: Option<RowDay>,
    consultation: Option<i32>,
    days: Option<i32>,
    word: String,
    justified: bool,
}

impl Store {
    /// The applications of an agency in some states, in the order in which they lie in the database: what is read and written together lies together.
    /// Answered by an index alone.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_in(
        &self,
        agency: AgencyId,
        states: &[&'static str],
    ) -> Result<Vec<ApplicationId>, Error> {
        use application::Column as C;
        let found = application::Entity::find()
            .select_only()
            .column(C::Id)
            .filter(C::UnitId.eq(agency.0))
            .filter(C::State.is_in(states.iter().copied()));
        let mut ids: Vec<Uuid> = found.into_tuple().all(self.connection()).await?;
        ids.sort_unstable();
        Ok(ids.into_iter().map(ApplicationId).collect())
    }

    /// Where some applications stand, and what happened in each in the order it was noted; without what they say.
    ///
    /// # Errors
    /// The database does not answer; a row says no step.
    pub async fn standings(&self, ids: &[ApplicationId]) -> Result<Vec<(StandingRow, Vec<Event>)>, Error> {
        use application::Column as C;
        use application_step::Column as S;
        let mut out: Vec<(StandingRow, Vec<Event>)> = Vec::with_capacity(ids.len());
        for some in ids.chunks(500) {
            let steps = application::Entity::belongs_to(application_step::Entity).from(C::Id).to(S::ApplicationId);
            let found = application::Entity::find()
                .select_only()
                .columns([C::Id, C::Version, C::Channel, C::ArrivedOn, C::State, C::DueOn, C::DueProjected])
                .column(C::DueProvisional)
                .columns([S::Kind, S::OnDay, S::UntilDay, S::Consultation, S::Days, S::Word, S::Justified])
                .join(JoinType::LeftJoin, steps.into())
                .filter(C::Id.is_in(some.iter().map(|id| id.0)))
                .order_by_asc(C::Id)
                .order_by_asc(S::Position);
            for row in found.into_model::<Narrow>().all(self.connection()).await? {
                let event = row.event()?;
                match out.last_mut() {
                    Some((last, events)) if last.id.0 == row.id => events.extend(event),
                    _ => out.push((row.row()?, event.into_iter().collect())),
                }
            }
        }
        Ok(out)
    }

    /// What happened in some applications, each in the order it was noted; without who noted it and how.
    ///
    /// # Errors
    /// The database does not answer; a row says no step.
    pub async fn events_of(&self, ids: &[ApplicationId]) -> Result<BTreeMap<ApplicationId, Vec<Event>>, Error> {
        use application_step::Column as C;
        let mut out: BTreeMap<ApplicationId, Vec<Event>> = BTreeMap::new();
        for some in ids.chunks(500) {
            let rows = application_step::Entity::find()
                .select_only()
                .columns([C::ApplicationId, C::Kind, C::OnDay, C::UntilDay, C::Consultation, C::Days, C::Word])
                .column(C::Justified)
                .filter(C::ApplicationId.is_in(some.iter().map(|id| id.0)))
                .order_by_asc(C::ApplicationId)
                .order_by_asc(C::Position);
            for row in rows.into_model::<NarrowStep>().all(self.connection()).await? {
                let said = said(
                    &row.kind,
                    (row.on_day, row.until_day),
                    (row.consultation, row.days),
                    (&row.word, row.justified),
                )?;
                out.entry(ApplicationId(row.application_id)).or_default().push(said);
            }
        }
        Ok(out)
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
    pub async fn update_standings(&self, all: &[(StandingRow, StandingRow)]) -> Result<Vec<ApplicationId>, Error> {
        let mut alike: BTreeMap<_, Vec<&StandingRow>> = BTreeMap::new();
        for (before, row) in all {
            // What does not change is not written: its indexes stay as they are.
            let moves = row.state != before.state;
            alike
                .entry((row.state.as_str(), row.due, row.projected, row.provisional, row.version, moves))
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
        let mut update = application::Entity::update_many()
            .col_expr(C::DueOn, Expr::value(maybe_row_day(first.due)?))
            .col_expr(C::DueProjected, Expr::value(first.projected))
            .col_expr(C::DueProvisional, Expr::value(first.provisional))
            .filter(C::Id.is_in(rows.iter().map(|row| row.id.0)))
            .filter(C::Version.eq(first.version));
        if moves {
            update = update.col_expr(C::State, Expr::value(first.state.clone()));
        }
        let done = update.exec(self.connection()).await?;
        Ok(usize::try_from(done.rows_affected).unwrap_or(usize::MAX))
    }
}
