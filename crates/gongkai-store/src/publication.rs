//! Publications: the identity with its index number.

use gongkai_model::ids::{AgencyId, EditionId, PublicationId};
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::Error;
use crate::entity::publication::{edition, public_change, publication};
use crate::store::{On, Store, Tx};
use crate::time::{maybe_moment, micros, moment};

/// The identity that keeps its index number through all editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The identity.
    pub id: PublicationId,
    /// The agency.
    pub agency: AgencyId,
    /// 索引号, once it was given.
    pub index_no: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it first became public; never changed.
    pub first_published_at: Option<Timestamp>,
    /// What names it in a file it was imported from.
    pub imported_as: Option<String>,
}

fn value(row: publication::Model) -> Result<Publication, Error> {
    Ok(Publication {
        id: PublicationId(row.id),
        agency: AgencyId(row.unit_id),
        index_no: row.index_no,
        created_at: moment(row.created_at)?,
        first_published_at: maybe_moment(row.first_published_at)?,
        imported_as: row.imported_as,
    })
}

async fn one(on: &impl On, id: PublicationId) -> Result<Option<Publication>, Error> {
    publication::Entity::find_by_id(id.0).one(on.connection()).await?.map(value).transpose()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// A publication by its identity.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn publication(&self, id: PublicationId) -> Result<Option<Publication>, Error> {
                one(self, id).await
            }
        }
    )*};
}

reading!(Store, Tx);

impl Store {
    /// What an agency has under the same number, or the same title: titles and states, at most three.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn same_name(
        &self,
        agency: AgencyId,
        own: PublicationId,
        title: &str,
        doc_no: Option<&str>,
    ) -> Result<Vec<(EditionId, String, String)>, Error> {
        use edition::Column as C;
        // Each has an index of its own; asked for together, the database would walk through everything.
        let of = |column: C, value: &str| {
            edition::Entity::find()
                .select_only()
                .column(C::Id)
                .column(C::Title)
                .column(C::State)
                .filter(C::UnitId.eq(agency.0))
                .filter(column.eq(value))
                .filter(C::PublicationId.ne(own.0))
                // Of what is kept apart not even the title is told.
                .filter(C::SecretMark.eq(false))
                .limit(10)
                .into_tuple::<(uuid::Uuid, String, String)>()
                .all(self.connection())
        };
        let mut rows = of(C::Title, title).await?;
        if let Some(number) = doc_no {
            rows.extend(of(C::DocNo, number).await?);
        }
        rows.retain(|(_, _, state)| state != "superseded" && state != "discarded");
        rows.sort();
        rows.dedup();
        rows.truncate(3);
        Ok(rows.into_iter().map(|(id, title, state)| (EditionId(id), title, state)).collect())
    }

    /// Some publications by their identities.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn publications(
        &self,
        ids: &[PublicationId],
    ) -> Result<std::collections::BTreeMap<PublicationId, Publication>, Error> {
        publication::Entity::find()
            .filter(publication::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .all(self.connection())
            .await?
            .into_iter()
            .map(|row| value(row).map(|one| (one.id, one)))
            .collect()
    }

    /// The publication with an index number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn publication_by_index(&self, index_no: &str) -> Result<Option<Publication>, Error> {
        publication::Entity::find()
            .filter(publication::Column::IndexNo.eq(index_no))
            .one(self.connection())
            .await?
            .map(value)
            .transpose()
    }
}

impl Tx {
    /// Adds a publication.
    ///
    /// # Errors
    /// It exists, or was imported before.
    pub async fn insert_publication(&self, one: &Publication) -> Result<(), Error> {
        publication::ActiveModel {
            id: Set(one.id.0),
            unit_id: Set(one.agency.0),
            index_no: Set(one.index_no.clone()),
            created_at: Set(micros(one.created_at)),
            first_published_at: Set(one.first_published_at.map(micros)),
            imported_as: Set(one.imported_as.clone()),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }

    /// Gives a publication its number and its first day in public; neither is ever changed.
    ///
    /// # Errors
    /// It has them already, or the number is taken.
    pub async fn set_public(&self, id: PublicationId, index_no: &str, at: Timestamp) -> Result<(), Error> {
        let done = publication::Entity::update_many()
            .col_expr(publication::Column::IndexNo, Expr::value(index_no))
            .col_expr(publication::Column::FirstPublishedAt, Expr::value(micros(at)))
            .filter(publication::Column::Id.eq(id.0))
            .filter(publication::Column::FirstPublishedAt.is_null())
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Whether a publication of this agency was imported under this name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_imported(&self, agency: AgencyId, imported_as: &str) -> Result<bool, Error> {
        let found = publication::Entity::find()
            .filter(publication::Column::UnitId.eq(agency.0))
            .filter(publication::Column::ImportedAs.eq(imported_as))
            .one(self.connection())
            .await?;
        Ok(found.is_some())
    }

    /// Tells followers that a publication changed for the public.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn note_change(&self, id: PublicationId, at: Timestamp) -> Result<i64, Error> {
        let sequence = self.next_serial("change").await?;
        let row = public_change::ActiveModel {
            sequence: Set(sequence),
            publication_id: Set(id.0),
            changed_at: Set(micros(at)),
        };
        public_change::Entity::insert(row).exec_without_returning(self.connection()).await?;
        Ok(sequence)
    }
}
