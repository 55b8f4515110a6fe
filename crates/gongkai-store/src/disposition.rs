//! What officers decided about findings.

use gongkai_model::ids::{OfficerId, PublicationId};
use gongkai_model::publication::check::Disposition;
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::Error;
use crate::entity::publication::disposition;
use crate::store::{On, Store, Tx};
use crate::time::{micros, moment};

/// What an officer decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispositionRecord {
    /// What names the finding.
    pub fingerprint: String,
    /// The decision.
    pub disposition: Disposition,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub officer: OfficerId,
    /// When.
    pub at: Timestamp,
}

async fn settled(on: &impl On, id: PublicationId) -> Result<Vec<DispositionRecord>, Error> {
    disposition::Entity::find()
        .filter(disposition::Column::PublicationId.eq(id.0))
        .all(on.connection())
        .await?
        .into_iter()
        .map(|row| {
            Ok(DispositionRecord {
                disposition: Disposition::from_code(&row.verdict).ok_or_else(|| Error::Broken(row.verdict.clone()))?,
                fingerprint: row.fingerprint,
                reason: row.reason,
                officer: OfficerId(row.officer_id),
                at: moment(row.decided_at)?,
            })
        })
        .collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// The decisions about the findings of a publication.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn dispositions(&self, id: PublicationId) -> Result<Vec<DispositionRecord>, Error> {
                settled(self, id).await
            }
        }
    )*};
}

reading!(Store, Tx);

impl Tx {
    /// Keeps what was decided about a finding; the latest decision holds.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn put_disposition(&self, id: PublicationId, one: &DispositionRecord) -> Result<(), Error> {
        let row = disposition::ActiveModel {
            publication_id: Set(id.0),
            fingerprint: Set(one.fingerprint.clone()),
            verdict: Set(one.disposition.code().to_owned()),
            reason: Set(one.reason.clone()),
            officer_id: Set(one.officer.0),
            decided_at: Set(micros(one.at)),
        };
        let again = OnConflict::columns([disposition::Column::PublicationId, disposition::Column::Fingerprint])
            .update_columns([
                disposition::Column::Verdict,
                disposition::Column::Reason,
                disposition::Column::OfficerId,
                disposition::Column::DecidedAt,
            ])
            .to_owned();
        disposition::Entity::insert(row).on_conflict(again).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Takes a decision about a finding back.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_disposition(&self, id: PublicationId, fingerprint: &str) -> Result<(), Error> {
        disposition::Entity::delete_by_id((id.0, fingerprint.to_owned())).exec(self.connection()).await?;
        Ok(())
    }
}
