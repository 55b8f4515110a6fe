//! Files of an application: sealed before they are stored.

use gongkai_model::ids::{ApplicationId, LetterId, OfficerId};
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::entity::casework::case_paper;
use crate::store::{On, Store, Tx};
use crate::time::{micros, moment};
use crate::{BlobHash, Error};

/// A file of an application, of its draft, or of one of its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePaper {
    /// Its identity.
    pub id: Uuid,
    /// The application, or the draft that becomes one.
    pub application: ApplicationId,
    /// The letter it goes with, or proves the service of.
    pub letter: Option<LetterId>,
    /// The code of what it is for.
    pub purpose: String,
    /// Its name, sealed.
    pub name: String,
    /// What kind of file it is.
    pub media: String,
    /// The hash of its sealed bytes, under which they are stored.
    pub hash: BlobHash,
    /// The size before it was sealed.
    pub bytes: i64,
    /// When it came.
    pub added_at: Timestamp,
    /// Who brought it; none for the applicant.
    pub officer: Option<OfficerId>,
}

fn paper(row: case_paper::Model) -> Result<CasePaper, Error> {
    Ok(CasePaper {
        id: row.id,
        application: ApplicationId(row.application_id),
        letter: row.letter_id.map(LetterId),
        purpose: row.purpose,
        name: row.name,
        media: row.media,
        hash: row.hash.parse()?,
        bytes: row.bytes,
        added_at: moment(row.added_at)?,
        officer: row.officer_id.map(OfficerId),
    })
}

async fn of(on: &impl On, id: ApplicationId) -> Result<Vec<CasePaper>, Error> {
    case_paper::Entity::find()
        .filter(case_paper::Column::ApplicationId.eq(id.0))
        .order_by_asc(case_paper::Column::AddedAt)
        .order_by_asc(case_paper::Column::Id)
        .all(on.connection())
        .await?
        .into_iter()
        .map(paper)
        .collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// The files of an application, in the order in which they came.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn papers(&self, id: ApplicationId) -> Result<Vec<CasePaper>, Error> {
                of(self, id).await
            }
        }
    )*};
}

reading!(Store, Tx);

impl Store {
    /// A file by its identity.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn paper(&self, id: Uuid) -> Result<Option<CasePaper>, Error> {
        case_paper::Entity::find_by_id(id).one(self.connection()).await?.map(paper).transpose()
    }
}

impl Store {
    /// The files of all applications, each once.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn paper_hashes(&self) -> Result<Vec<String>, Error> {
        let all = case_paper::Entity::find().select_only().column(case_paper::Column::Hash).distinct();
        Ok(all.into_tuple().all(self.connection()).await?)
    }
}

impl Tx {
    /// Whether stored bytes belong to any file of an application.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_paper(&self, hash: &BlobHash) -> Result<bool, Error> {
        let found = case_paper::Entity::find().filter(case_paper::Column::Hash.eq(hash.as_str()));
        Ok(found.one(self.connection()).await?.is_some())
    }

    /// Adds a file.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_paper(&self, one: &CasePaper) -> Result<(), Error> {
        let row = case_paper::ActiveModel {
            id: Set(one.id),
            application_id: Set(one.application.0),
            letter_id: Set(one.letter.map(|id| id.0)),
            purpose: Set(one.purpose.clone()),
            name: Set(one.name.clone()),
            media: Set(one.media.clone()),
            hash: Set(one.hash.as_str().to_owned()),
            bytes: Set(one.bytes),
            added_at: Set(micros(one.added_at)),
            officer_id: Set(one.officer.map(|id| id.0)),
        };
        case_paper::Entity::insert(row).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Takes a file away; its bytes stay.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_paper(&self, id: Uuid) -> Result<(), Error> {
        case_paper::Entity::delete_by_id(id).exec(self.connection()).await?;
        Ok(())
    }
}
