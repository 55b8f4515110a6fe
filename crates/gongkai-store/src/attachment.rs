//! Files beside a text: what is known of them; their content is kept by hash.

use gongkai_model::ids::EditionId;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::entity::publication::attachment;
use crate::store::{On, Store, Tx};
use crate::{BlobHash, Error};

/// A file beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The identity.
    pub id: Uuid,
    /// The version it belongs to.
    pub edition: EditionId,
    /// Its place, from 1.
    pub position: i32,
    /// The name people see.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its content.
    pub hash: BlobHash,
    /// Its size.
    pub bytes: i64,
    /// Whether the public gets it; the file that a draft came from is kept for the office alone.
    pub public: bool,
    /// Its text as marked text, for the checks and the search; none where it has none.
    pub text: Option<BlobHash>,
    /// What it carries beside what shows, a line each; empty where nothing was found.
    pub hidden: String,
}

fn file(row: attachment::Model) -> Result<Attachment, Error> {
    Ok(Attachment {
        id: row.id,
        edition: EditionId(row.edition_id),
        position: row.position,
        name: row.name,
        media: row.media,
        hash: row.hash.parse()?,
        bytes: row.bytes,
        public: row.public,
        text: row.text_hash.map(|hash| hash.parse()).transpose()?,
        hidden: row.hidden,
    })
}

async fn files(on: &impl On, id: EditionId) -> Result<Vec<Attachment>, Error> {
    attachment::Entity::find()
        .filter(attachment::Column::EditionId.eq(id.0))
        .order_by_asc(attachment::Column::Position)
        .all(on.connection())
        .await?
        .into_iter()
        .map(file)
        .collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// The files of a version, in order.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn attachments(&self, id: EditionId) -> Result<Vec<Attachment>, Error> {
                files(self, id).await
            }
        }
    )*};
}

reading!(Store, Tx);

impl Store {
    /// The files of several versions, in order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn attachments_of(&self, editions: &[EditionId]) -> Result<Vec<Attachment>, Error> {
        attachment::Entity::find()
            .filter(attachment::Column::EditionId.is_in(editions.iter().map(|one| one.0)))
            .order_by_asc(attachment::Column::Position)
            .all(self.connection())
            .await?
            .into_iter()
            .map(file)
            .collect()
    }

    /// A file by its identity.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn attachment(&self, id: Uuid) -> Result<Option<Attachment>, Error> {
        attachment::Entity::find_by_id(id).one(self.connection()).await?.map(file).transpose()
    }
}

impl Tx {
    /// Whether a file in the store belongs to any attachment, as it came or as its text, to an application, or to a report that was received.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_used(&self, hash: &BlobHash) -> Result<bool, Error> {
        use attachment::Column as C;
        let asked = sea_orm::Condition::any().add(C::Hash.eq(hash.as_str())).add(C::TextHash.eq(hash.as_str()));
        Ok(attachment::Entity::find().filter(asked).one(self.connection()).await?.is_some()
            || self.is_paper(hash).await?
            || self.is_report(hash).await?)
    }

    /// Adds a file to a version.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_attachment(&self, one: &Attachment) -> Result<(), Error> {
        attachment::ActiveModel {
            id: Set(one.id),
            edition_id: Set(one.edition.0),
            position: Set(one.position),
            name: Set(one.name.clone()),
            media: Set(one.media.clone()),
            hash: Set(one.hash.as_str().to_owned()),
            bytes: Set(one.bytes),
            public: Set(one.public),
            text_hash: Set(one.text.as_ref().map(ToString::to_string)),
            hidden: Set(one.hidden.clone()),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }

    /// Takes a file off a version; its bytes stay.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_attachment(&self, id: Uuid) -> Result<(), Error> {
        attachment::Entity::delete_by_id(id).exec(self.connection()).await?;
        Ok(())
    }
}
