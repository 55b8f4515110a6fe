//! Days of applications that have moved, and what names those applications without saying whose they are.

use gongkai_model::ids::{AgencyId, ApplicationId, OfficerId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::{Date as RowDay, Uuid};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Error;
use crate::entity::application::{application, application_move};
use crate::store::{On, Store, Tx};
use crate::time::{day, maybe_day, maybe_row_day, micros, moment};

/// What names an application: no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRow {
    /// Which.
    pub id: ApplicationId,
    /// The agency that answers.
    pub agency: AgencyId,
    /// The number; none before receipt is confirmed.
    pub number: Option<String>,
    /// The day it came in.
    pub arrived: Date,
    /// Who holds it.
    pub handler: Option<OfficerId>,
}

/// A day that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveRecord {
    /// Of which application.
    pub application: ApplicationId,
    /// The agency that answers.
    pub agency: AgencyId,
    /// The day before.
    pub before: Option<Date>,
    /// The day now.
    pub now: Option<Date>,
    /// When that was found.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct Narrow {
    id: Uuid,
    unit_id: Uuid,
    registration_no: Option<String>,
    arrived_on: RowDay,
    handler_id: Option<Uuid>,
}

impl Store {
    /// What names some applications, in no order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn named(&self, ids: &[ApplicationId]) -> Result<Vec<NamedRow>, Error> {
        use application::Column as C;
        let mut out = Vec::with_capacity(ids.len());
        for some in ids.chunks(500) {
            let found = application::Entity::find()
                .select_only()
                .columns([C::Id, C::UnitId, C::RegistrationNo, C::ArrivedOn, C::HandlerId])
                .filter(C::Id.is_in(some.iter().map(|id| id.0)));
            for row in found.into_model::<Narrow>().all(self.connection()).await? {
                out.push(NamedRow {
                    id: ApplicationId(row.id),
                    agency: AgencyId(row.unit_id),
                    number: row.registration_no,
                    arrived: day(row.arrived_on)?,
                    handler: row.handler_id.map(OfficerId),
                });
            }
        }
        Ok(out)
    }

    /// The days that moved in some agencies since a moment, the latest first, at most `limit`; and how many there are.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn moves(
        &self,
        agencies: &[AgencyId],
        since: Timestamp,
        limit: u64,
    ) -> Result<(Vec<MoveRecord>, u64), Error> {
        use application_move::Column as C;
        let found = application_move::Entity::find()
            .filter(C::UnitId.is_in(agencies.iter().map(|one| one.0)))
            .filter(C::At.gte(micros(since)));
        let count = found.clone().count(self.connection()).await?;
        let rows = found.order_by_desc(C::At).order_by_asc(C::Id).limit(limit).all(self.connection()).await?;
        let rows = rows.into_iter().map(|row| {
            Ok(MoveRecord {
                application: ApplicationId(row.application_id),
                agency: AgencyId(row.unit_id),
                before: maybe_day(row.before_on)?,
                now: maybe_day(row.now_on)?,
                at: moment(row.at)?,
            })
        });
        Ok((rows.collect::<Result<_, Error>>()?, count))
    }
}

impl Tx {
    /// Keeps days that moved.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_moves(&self, all: &[MoveRecord]) -> Result<(), Error> {
        for some in all.chunks(400) {
            let mut rows = Vec::with_capacity(some.len());
            for one in some {
                rows.push(application_move::ActiveModel {
                    id: Set(Uuid::now_v7()),
                    application_id: Set(one.application.0),
                    unit_id: Set(one.agency.0),
                    before_on: Set(maybe_row_day(one.before)?),
                    now_on: Set(maybe_row_day(one.now)?),
                    at: Set(micros(one.at)),
                });
            }
            application_move::Entity::insert_many(rows).exec_without_returning(self.connection()).await?;
        }
        Ok(())
    }

    /// Forgets the days that moved before a moment.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn forget_moves(&self, before: Timestamp) -> Result<(), Error> {
        application_move::Entity::delete_many()
            .filter(application_move::Column::At.lt(micros(before)))
            .exec(self.connection())
            .await?;
        Ok(())
    }
}
