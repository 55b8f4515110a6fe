//! Applications: a row for lists and clocks, the sealed personal data, the steps.

mod counted;
mod find;
mod moved;
mod stand;
mod write;

pub use moved::{MoveRecord, NamedRow};
pub use stand::StandingRow;

pub(crate) use write::added;

use gongkai_model::application::clock::{Arrival, Channel, Event};
use gongkai_model::application::{ApplicantColumn, Outcome, Row, Step};
use gongkai_model::ids::{AgencyId, ApplicationId, OfficerId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::Date as RowDay;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::Error;
use crate::entity::application::{application, application_step};
use crate::store::{On, Store, Tx};
use crate::time::{day, maybe_day, maybe_row_day, micros, moment, row_day};

/// Where an application stands, as it was last worked out of its steps: for lists, never for decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The code of the state.
    pub state: String,
    /// The day the reply is due.
    pub due: Option<Date>,
    /// A consultation is open: the day may move.
    pub projected: bool,
    /// It rests on a year whose days off are not announced.
    pub provisional: bool,
    /// The day of receipt.
    pub received: Option<Date>,
    /// The day it ended.
    pub concluded: Option<Date>,
    /// With what.
    pub outcome: Option<Outcome>,
    /// The end that the annual report counts, and its day: the first one, whatever was ordered afterwards.
    pub counted: Option<(Outcome, Date)>,
    /// Whether that end was in time; not known of what came out of an earlier register.
    pub in_time: Option<bool>,
}

/// An application as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRecord {
    /// Its identity.
    pub id: ApplicationId,
    /// The organ that received it.
    pub agency: AgencyId,
    /// The number, once receipt is confirmed.
    pub registration_no: Option<String>,
    /// The hash of the code by which the applicant follows it.
    pub query_hash: String,
    /// How and when it came in.
    pub arrival: Arrival,
    /// The moment it came in.
    pub arrived_at: Timestamp,
    /// The column of table 3.
    pub kind: ApplicantColumn,
    /// A keyed hash of the applicant's identity; none where it is not known.
    pub identity_key: Option<String>,
    /// The applicant and what is wanted, sealed.
    pub sealed: String,
    /// The name as lists show it.
    pub shown_name: String,
    /// What is wanted as lists show it.
    pub subject: String,
    /// By what the same wanted information is known again.
    pub subject_key: Option<String>,
    /// The section that handles it.
    pub section: Option<AgencyId>,
    /// Who handles it.
    pub handler: Option<OfficerId>,
    /// By when the section or the person is to be done: the organ's own term.
    pub internal_due: Option<Date>,
    /// The application it was split from.
    pub parent: Option<ApplicationId>,
    /// What names the row of the register it was brought in from.
    pub imported_as: Option<String>,
    /// The day its personal data were erased.
    pub erased_on: Option<Date>,
    /// Where it stands.
    pub standing: Standing,
    /// When it was last touched.
    pub updated_at: Timestamp,
    /// The number of its last change.
    pub version: i32,
}

/// A step with who noted it and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRecord {
    /// The step of the law.
    pub event: Event,
    /// When it was noted.
    pub noted_at: Timestamp,
    /// Who noted it; none for the applicant or the clock.
    pub officer: Option<OfficerId>,
    /// How, with whom, why: sealed.
    pub note: Option<String>,
}

/// Which applications to list.
#[derive(Debug, Clone, Default)]
pub struct ApplicationFilter {
    /// Of this agency.
    pub agency: Option<AgencyId>,
    /// In one of these states; all where empty.
    pub states: Vec<&'static str>,
    /// That came in before this place.
    pub before: Option<(Timestamp, ApplicationId)>,
    /// At most so many.
    pub limit: u64,
}

fn broken(what: &str) -> Error {
    Error::Broken(format!("application {what}"))
}

fn record(row: application::Model) -> Result<ApplicationRecord, Error> {
    let channel = Channel::parse(&row.channel).ok_or_else(|| broken(&row.channel))?;
    let kind = ApplicantColumn::KINDS.into_iter().find(|kind| kind.code() == row.kind);
    let named = |code: &Option<String>| match code {
        Some(code) => Outcome::parse(code).ok_or_else(|| broken(code)).map(Some),
        None => Ok(None),
    };
    let outcome = named(&row.outcome)?;
    let counted = named(&row.counted_outcome)?.zip(maybe_day(row.counted_on)?);
    Ok(ApplicationRecord {
        id: ApplicationId(row.id),
        agency: AgencyId(row.unit_id),
        registration_no: row.registration_no,
        query_hash: row.query_hash,
        arrival: Arrival { channel, on: day(row.arrived_on)? },
        arrived_at: moment(row.arrived_at)?,
        kind: kind.ok_or_else(|| broken(&row.kind))?,
        identity_key: row.identity_key,
        sealed: row.sealed,
        shown_name: row.shown_name,
        subject: row.subject,
        subject_key: row.subject_key,
        section: row.section_id.map(AgencyId),
        handler: row.handler_id.map(OfficerId),
        internal_due: maybe_day(row.internal_due_on)?,
        parent: row.parent_id.map(ApplicationId),
        imported_as: row.imported_as,
        erased_on: maybe_day(row.erased_on)?,
        standing: Standing {
            state: row.state,
            due: maybe_day(row.due_on)?,
            projected: row.due_projected,
            provisional: row.due_provisional,
            received: maybe_day(row.received_on)?,
            concluded: maybe_day(row.concluded_on)?,
            outcome,
            counted,
            in_time: row.counted_late.map(|late| !late),
        },
        updated_at: moment(row.updated_at)?,
        version: row.version,
    })
}

fn active(record: &ApplicationRecord) -> Result<application::ActiveModel, Error> {
    let standing = &record.standing;
    Ok(application::ActiveModel {
        id: Set(record.id.0),
        unit_id: Set(record.agency.0),
        registration_no: Set(record.registration_no.clone()),
        query_hash: Set(record.query_hash.clone()),
        channel: Set(record.arrival.channel.code().to_owned()),
        arrived_on: Set(row_day(record.arrival.on)?),
        arrived_at: Set(micros(record.arrived_at)),
        kind: Set(record.kind.code().to_owned()),
        identity_key: Set(record.identity_key.clone()),
        sealed: Set(record.sealed.clone()),
        shown_name: Set(record.shown_name.clone()),
        subject: Set(record.subject.clone()),
        subject_key: Set(record.subject_key.clone()),
        section_id: Set(record.section.map(|id| id.0)),
        handler_id: Set(record.handler.map(|id| id.0)),
        internal_due_on: Set(maybe_row_day(record.internal_due)?),
        parent_id: Set(record.parent.map(|id| id.0)),
        imported_as: Set(record.imported_as.clone()),
        erased_on: Set(maybe_row_day(record.erased_on)?),
        state: Set(standing.state.clone()),
        due_on: Set(maybe_row_day(standing.due)?),
        due_projected: Set(standing.projected),
        due_provisional: Set(standing.provisional),
        received_on: Set(maybe_row_day(standing.received)?),
        concluded_on: Set(maybe_row_day(standing.concluded)?),
        outcome: Set(standing.outcome.map(|one| one.code().to_owned())),
        counted_on: Set(maybe_row_day(standing.counted.map(|(_, on)| on))?),
        counted_late: Set(standing.in_time.map(|in_time| !in_time)),
        counted_outcome: Set(standing.counted.map(|(one, _)| one.code().to_owned())),
        updated_at: Set(micros(record.updated_at)),
        version: Set(record.version),
    })
}

fn active_step(id: ApplicationId, position: i32, one: &StepRecord) -> Result<application_step::ActiveModel, Error> {
    let said = Step::from(one.event);
    Ok(application_step::ActiveModel {
        application_id: Set(id.0),
        position: Set(position),
        kind: Set(said.kind.to_owned()),
        on_day: Set(row_day(said.on)?),
        until_day: Set(maybe_row_day(said.until)?),
        consultation: Set(said.consultation.map(i32::from)),
        days: Set(said.days.map(i32::try_from).transpose().map_err(|_wide| broken("step"))?),
        word: Set(said.word.to_owned()),
        justified: Set(said.justified),
        noted_at: Set(micros(one.noted_at)),
        officer_id: Set(one.officer.map(|id| id.0)),
        note: Set(one.note.clone()),
    })
}

/// What a step says: its word, its day and the one it runs to, the number of its consultation and of its days, its reason and whether that was accepted.
fn said(
    kind: &str,
    (on, until): (RowDay, Option<RowDay>),
    (consultation, days): (Option<i32>, Option<i32>),
    (word, justified): (&str, bool),
) -> Result<Event, Error> {
    let small = |number: Option<i32>| number.map(u32::try_from).transpose().map_err(|_negative| broken("step"));
    let consultation = small(consultation)?.map(u16::try_from).transpose().map_err(|_wide| broken("step"))?;
    let said = Row { kind, on: day(on)?, until: maybe_day(until)?, consultation, days: small(days)?, word, justified };
    said.event().map_err(|error| Error::Broken(error.to_string()))
}

fn step(row: &application_step::Model) -> Result<StepRecord, Error> {
    let event = said(&row.kind, (row.on_day, row.until_day), (row.consultation, row.days), (&row.word, row.justified))?;
    Ok(StepRecord {
        event,
        noted_at: moment(row.noted_at)?,
        officer: row.officer_id.map(OfficerId),
        note: row.note.clone(),
    })
}

async fn one(on: &impl On, id: ApplicationId) -> Result<Option<ApplicationRecord>, Error> {
    application::Entity::find_by_id(id.0).one(on.connection()).await?.map(record).transpose()
}

async fn steps(on: &impl On, id: ApplicationId) -> Result<Vec<StepRecord>, Error> {
    application_step::Entity::find()
        .filter(application_step::Column::ApplicationId.eq(id.0))
        .order_by_asc(application_step::Column::Position)
        .all(on.connection())
        .await?
        .iter()
        .map(step)
        .collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// An application by its identity.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn application(&self, id: ApplicationId) -> Result<Option<ApplicationRecord>, Error> {
                one(self, id).await
            }

            /// The steps of an application in the order they were noted.
            ///
            /// # Errors
            /// The database does not answer; a row says no step.
            pub async fn steps(&self, id: ApplicationId) -> Result<Vec<StepRecord>, Error> {
                steps(self, id).await
            }
        }
    )*};
}

reading!(Store, Tx);
