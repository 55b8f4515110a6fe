//! Applications and their steps are written, within a transaction.

use gongkai_model::ids::ApplicationId;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, Insert, QueryFilter, QuerySelect};

use super::{ApplicationRecord, StepRecord, active, active_step};
use crate::Error;
use crate::entity::application::{application, application_step};
use crate::register_count::Counts;
use crate::store::{On, Tx};

/// A new application.
pub(crate) fn added(record: &ApplicationRecord) -> Result<Insert<application::ActiveModel>, Error> {
    Ok(application::Entity::insert(active(record)?))
}

impl Tx {
    /// Adds an application.
    ///
    /// # Errors
    /// The database refuses; number or code exist.
    pub async fn insert_application(&self, record: &ApplicationRecord) -> Result<(), Error> {
        added(record)?.exec_without_returning(self.connection()).await?;
        let mut counts = Counts::default();
        counts.add_application(record);
        self.write_counts(counts).await
    }

    /// Adds many applications with their steps, in few statements: for what is brought in.
    ///
    /// # Errors
    /// The database refuses; a number exists.
    pub async fn insert_applications(&self, all: &[(ApplicationRecord, Vec<StepRecord>)]) -> Result<(), Error> {
        let mut counts = Counts::default();
        for some in all.chunks(400) {
            for (record, _) in some {
                counts.add_application(record);
            }
            let rows = some.iter().map(|(record, _)| active(record)).collect::<Result<Vec<_>, _>>()?;
            application::Entity::insert_many(rows).exec_without_returning(self.connection()).await?;
            let mut steps = Vec::new();
            for (record, noted) in some {
                for (at, one) in (1..).zip(noted) {
                    steps.push(active_step(record.id, at, one)?);
                }
            }
            if !steps.is_empty() {
                application_step::Entity::insert_many(steps).exec_without_returning(self.connection()).await?;
            }
        }
        self.write_counts(counts).await
    }

    /// Changes an application whose number is still that of the record; its number rises by one.
    ///
    /// # Errors
    /// [`Error::Conflict`]: somebody else changed it.
    pub async fn update_application(&self, record: &ApplicationRecord) -> Result<(), Error> {
        use application::Column as C;
        let mut counts = Counts::default();
        counts.add(record.agency, self.counted_now(record.id).await?, -1);
        counts.add_application(record);
        let mut row = active(record)?;
        row.version = Set(record.version + 1);
        let done = application::Entity::update_many()
            .set(row)
            .filter(C::Id.eq(record.id.0))
            .filter(C::Version.eq(record.version))
            .exec(self.connection())
            .await?;
        if done.rows_affected != 1 {
            return Err(Error::Conflict);
        }
        self.write_counts(counts).await
    }

    /// Adds a step after those there are.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_step(&self, id: ApplicationId, one: &StepRecord) -> Result<(), Error> {
        let row = active_step(id, self.last_position(id).await?.unwrap_or(0) + 1, one)?;
        application_step::Entity::insert(row).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Takes the last step away.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_last_step(&self, id: ApplicationId) -> Result<(), Error> {
        if let Some(last) = self.last_position(id).await? {
            application_step::Entity::delete_by_id((id.0, last)).exec(self.connection()).await?;
        }
        Ok(())
    }

    async fn last_position(&self, id: ApplicationId) -> Result<Option<i32>, Error> {
        Ok(application_step::Entity::find()
            .select_only()
            .column_as(Expr::col(application_step::Column::Position).max(), "last")
            .filter(application_step::Column::ApplicationId.eq(id.0))
            .into_tuple()
            .one(self.connection())
            .await?
            .flatten())
    }
}
