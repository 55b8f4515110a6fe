//! Notes of an application: searches, talks, what the applicant sent; and who was asked.

use gongkai_model::ids::{AgencyId, ApplicationId, OfficerId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::small;
use crate::Error;
use crate::entity::casework::{case_consultation, case_note};
use crate::store::{On, Store, Tx};
use crate::time::{day, micros, moment, row_day};

/// A note of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseNote {
    /// Its identity.
    pub id: Uuid,
    /// The application.
    pub application: ApplicationId,
    /// The code of its kind.
    pub kind: String,
    /// The day it is about.
    pub on: Date,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it; none for the applicant.
    pub officer: Option<OfficerId>,
    /// What it says, sealed.
    pub sealed: String,
    /// It waits for the office to look at it.
    pub waits: bool,
}

/// Somebody who is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsultationRecord {
    /// Its identity.
    pub id: Uuid,
    /// The application.
    pub application: ApplicationId,
    /// Its number within the application.
    pub number: u16,
    /// The code of who is asked.
    pub kind: String,
    /// Name, address, what was asked and answered, sealed.
    pub sealed: String,
}

fn note(row: case_note::Model) -> Result<CaseNote, Error> {
    Ok(CaseNote {
        id: row.id,
        application: ApplicationId(row.application_id),
        kind: row.kind,
        on: day(row.on_day)?,
        at: moment(row.at)?,
        officer: row.officer_id.map(OfficerId),
        sealed: row.sealed,
        waits: row.waits,
    })
}

fn consultation(row: case_consultation::Model) -> Result<ConsultationRecord, Error> {
    Ok(ConsultationRecord {
        id: row.id,
        application: ApplicationId(row.application_id),
        number: small(row.number)?,
        kind: row.kind,
        sealed: row.sealed,
    })
}

async fn notes(on: &impl On, id: ApplicationId) -> Result<Vec<CaseNote>, Error> {
    case_note::Entity::find()
        .filter(case_note::Column::ApplicationId.eq(id.0))
        .order_by_asc(case_note::Column::At)
        .order_by_asc(case_note::Column::Id)
        .all(on.connection())
        .await?
        .into_iter()
        .map(note)
        .collect()
}

async fn consultations(on: &impl On, id: ApplicationId) -> Result<Vec<ConsultationRecord>, Error> {
    case_consultation::Entity::find()
        .filter(case_consultation::Column::ApplicationId.eq(id.0))
        .order_by_asc(case_consultation::Column::Number)
        .all(on.connection())
        .await?
        .into_iter()
        .map(consultation)
        .collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// The notes of an application, in the order in which they were written.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn case_notes(&self, id: ApplicationId) -> Result<Vec<CaseNote>, Error> {
                notes(self, id).await
            }

            /// Who is asked about an application, by number.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn consultations(&self, id: ApplicationId) -> Result<Vec<ConsultationRecord>, Error> {
                consultations(self, id).await
            }
        }
    )*};
}

reading!(Store, Tx);

impl Store {
    /// What applicants sent that waits for the office, the longest waiting first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn notes_waiting(&self, agency: AgencyId, limit: u64) -> Result<Vec<CaseNote>, Error> {
        use crate::entity::application::application;
        let of_agency = application::Entity::find()
            .select_only()
            .column(application::Column::Id)
            .filter(application::Column::UnitId.eq(agency.0));
        case_note::Entity::find()
            .filter(case_note::Column::Waits.eq(true))
            .filter(case_note::Column::ApplicationId.in_subquery(sea_orm::QueryTrait::into_query(of_agency)))
            .order_by_asc(case_note::Column::At)
            .limit(limit)
            .all(self.connection())
            .await?
            .into_iter()
            .map(note)
            .collect()
    }
}

impl Tx {
    /// Adds a note.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_case_note(&self, one: &CaseNote) -> Result<(), Error> {
        let row = case_note::ActiveModel {
            id: Set(one.id),
            application_id: Set(one.application.0),
            kind: Set(one.kind.clone()),
            on_day: Set(row_day(one.on)?),
            at: Set(micros(one.at)),
            officer_id: Set(one.officer.map(|id| id.0)),
            sealed: Set(one.sealed.clone()),
            waits: Set(one.waits),
        };
        case_note::Entity::insert(row).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Says that the office has looked at what an applicant sent.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn settle_case_note(&self, id: Uuid) -> Result<(), Error> {
        case_note::Entity::update_many()
            .col_expr(case_note::Column::Waits, Expr::value(false))
            .filter(case_note::Column::Id.eq(id))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Takes out whom nobody has asked after all.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_consultation(&self, id: ApplicationId, number: u16) -> Result<(), Error> {
        case_consultation::Entity::delete_many()
            .filter(case_consultation::Column::ApplicationId.eq(id.0))
            .filter(case_consultation::Column::Number.eq(i32::from(number)))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Keeps who is asked; what was kept of the same one is replaced.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn put_consultation(&self, one: &ConsultationRecord) -> Result<(), Error> {
        let row = case_consultation::ActiveModel {
            id: Set(one.id),
            application_id: Set(one.application.0),
            number: Set(i32::from(one.number)),
            kind: Set(one.kind.clone()),
            sealed: Set(one.sealed.clone()),
        };
        let again = sea_orm::sea_query::OnConflict::column(case_consultation::Column::Id)
            .update_column(case_consultation::Column::Sealed)
            .to_owned();
        case_consultation::Entity::insert(row).on_conflict(again).exec_without_returning(self.connection()).await?;
        Ok(())
    }
}
