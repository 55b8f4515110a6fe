//! Drafts of the public page, and how often published information was enough.

use gongkai_model::ids::{AgencyId, ApplicationId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, Insert, QueryFilter, QuerySelect, QueryTrait};

use crate::Error;
use crate::application::ApplicationRecord;
use crate::entity::casework::{application_draft, apply_tally};
use crate::group::Change;
use crate::store::{On, Store, Tx};
use crate::time::{micros, moment, row_day};

/// An application that is being written by its applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationDraft {
    /// Its identity; the application takes it over.
    pub id: ApplicationId,
    /// The organ it will go to.
    pub agency: AgencyId,
    /// The hash of the secret in the applicant's browser.
    pub secret_hash: String,
    /// What was written, sealed.
    pub sealed: String,
    /// When it was last touched.
    pub updated_at: Timestamp,
}

fn draft(row: application_draft::Model) -> Result<ApplicationDraft, Error> {
    Ok(ApplicationDraft {
        id: ApplicationId(row.id),
        agency: AgencyId(row.unit_id),
        secret_hash: row.secret_hash,
        sealed: row.sealed,
        updated_at: moment(row.updated_at)?,
    })
}

impl Store {
    /// A draft by its identity.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn application_draft(&self, id: ApplicationId) -> Result<Option<ApplicationDraft>, Error> {
        application_draft::Entity::find_by_id(id.0).one(self.connection()).await?.map(draft).transpose()
    }

    /// Drafts that nobody has touched since a moment, at most `limit`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn drafts_before(&self, at: Timestamp, limit: u64) -> Result<Vec<ApplicationDraft>, Error> {
        application_draft::Entity::find()
            .filter(application_draft::Column::UpdatedAt.lt(micros(at)))
            .limit(limit)
            .all(self.connection())
            .await?
            .into_iter()
            .map(draft)
            .collect()
    }

    /// How often something happened on the page of applications of an agency from one day to another, both included.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn tally(&self, agency: AgencyId, what: &str, from: Date, to: Date) -> Result<i64, Error> {
        let sum: Option<i64> = apply_tally::Entity::find()
            .select_only()
            .column_as(Expr::col(apply_tally::Column::Count).sum().cast_as("bigint"), "sum")
            .filter(apply_tally::Column::UnitId.eq(agency.0))
            .filter(apply_tally::Column::What.eq(what))
            .filter(apply_tally::Column::OnDay.between(row_day(from)?, row_day(to)?))
            .into_tuple()
            .one(self.connection())
            .await?
            .flatten();
        Ok(sum.unwrap_or(0))
    }
}

/// A draft as it is to be kept, new or again.
fn kept(one: &ApplicationDraft) -> Insert<application_draft::ActiveModel> {
    let row = application_draft::ActiveModel {
        id: Set(one.id.0),
        unit_id: Set(one.agency.0),
        secret_hash: Set(one.secret_hash.clone()),
        sealed: Set(one.sealed.clone()),
        updated_at: Set(micros(one.updated_at)),
    };
    let again = OnConflict::column(application_draft::Column::Id)
        .update_columns([application_draft::Column::Sealed, application_draft::Column::UpdatedAt])
        .to_owned();
    application_draft::Entity::insert(row).on_conflict(again)
}

/// One more of what happens on the page of applications.
fn counted(agency: AgencyId, day: Date, what: &str) -> Result<Insert<apply_tally::ActiveModel>, Error> {
    let row = apply_tally::ActiveModel {
        unit_id: Set(agency.0),
        on_day: Set(row_day(day)?),
        what: Set(what.to_owned()),
        count: Set(1),
    };
    let again =
        OnConflict::columns([apply_tally::Column::UnitId, apply_tally::Column::OnDay, apply_tally::Column::What])
            .value(apply_tally::Column::Count, Expr::col((apply_tally::Entity, apply_tally::Column::Count)).add(1))
            .to_owned();
    Ok(apply_tally::Entity::insert(row).on_conflict(again))
}

impl Store {
    /// What sends an application from the public page: the application, the draft that keeps its code, one more that was sent.
    ///
    /// # Errors
    /// A value does not fit its column.
    pub fn sending_change(
        &self,
        record: &ApplicationRecord,
        draft: &ApplicationDraft,
        day: Date,
    ) -> Result<Change, Error> {
        let backend = self.connection().get_database_backend();
        Ok(Change::new(vec![
            crate::application::added(record)?.build(backend),
            kept(draft).build(backend),
            counted(record.agency, day, "sent")?.build(backend),
        ]))
    }
}

impl Tx {
    /// Replaces what was kept of a draft, if it is still what was read: what was sent meanwhile keeps its code.
    ///
    /// # Errors
    /// [`Error::Conflict`]: it was changed meanwhile.
    pub async fn update_application_draft(&self, one: &ApplicationDraft, was: &str) -> Result<(), Error> {
        use application_draft::Column as C;
        let done = application_draft::Entity::update_many()
            .col_expr(C::Sealed, Expr::value(one.sealed.clone()))
            .col_expr(C::UpdatedAt, Expr::value(micros(one.updated_at)))
            .filter(C::Id.eq(one.id.0))
            .filter(C::Sealed.eq(was))
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Says that a draft was touched; what is kept of it stays.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn touch_application_draft(&self, id: ApplicationId, at: Timestamp) -> Result<(), Error> {
        application_draft::Entity::update_many()
            .col_expr(application_draft::Column::UpdatedAt, Expr::value(micros(at)))
            .filter(application_draft::Column::Id.eq(id.0))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Keeps a draft that is begun.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn put_application_draft(&self, one: &ApplicationDraft) -> Result<(), Error> {
        kept(one).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_application_draft(&self, id: ApplicationId) -> Result<(), Error> {
        application_draft::Entity::delete_by_id(id.0).exec(self.connection()).await?;
        Ok(())
    }

    /// Counts that something happened on the page of applications.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn count_on_page(&self, agency: AgencyId, day: Date, what: &str) -> Result<(), Error> {
        counted(agency, day, what)?.exec_without_returning(self.connection()).await?;
        Ok(())
    }
}
