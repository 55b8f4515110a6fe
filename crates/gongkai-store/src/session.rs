//! Signed-in browsers and links that work once.

use gongkai_model::ids::OfficerId;
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::Error;
use crate::entity::people::{one_time_link, session};
use crate::store::{On, Store, Tx};
use crate::time::{maybe_moment, micros, moment};

/// A signed-in browser. The secret in its cookie is kept as a hash alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the secret.
    pub hash: String,
    /// Who signed in.
    pub officer: OfficerId,
    /// What every form of this session carries.
    pub csrf: String,
    /// `full`, `totp` (the second factor is still to come) or `change` (the password must be changed first).
    pub stage: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// What the browser calls itself.
    pub agent: String,
}

/// A link that works once: the first set-up, or a new account's first password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeLink {
    /// SHA-256 of the secret.
    pub hash: String,
    /// Whose password it sets; none for the first set-up.
    pub officer: Option<OfficerId>,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

fn value(row: session::Model) -> Result<Session, Error> {
    Ok(Session {
        hash: row.hash,
        officer: OfficerId(row.officer_id),
        csrf: row.csrf,
        stage: row.stage,
        created_at: moment(row.created_at)?,
        seen_at: moment(row.seen_at)?,
        expires_at: moment(row.expires_at)?,
        agent: row.agent,
    })
}

impl Store {
    /// The session of a secret's hash.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn session(&self, hash: &str) -> Result<Option<Session>, Error> {
        session::Entity::find_by_id(hash.to_owned()).one(self.connection()).await?.map(value).transpose()
    }

    /// The sessions of an officer, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn sessions(&self, officer: OfficerId) -> Result<Vec<Session>, Error> {
        session::Entity::find()
            .filter(session::Column::OfficerId.eq(officer.0))
            .order_by_desc(session::Column::SeenAt)
            .all(self.connection())
            .await?
            .into_iter()
            .map(value)
            .collect()
    }
}

impl Tx {
    /// Adds a session.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_session(&self, one: &Session) -> Result<(), Error> {
        session::ActiveModel {
            hash: Set(one.hash.clone()),
            officer_id: Set(one.officer.0),
            csrf: Set(one.csrf.clone()),
            stage: Set(one.stage.clone()),
            created_at: Set(micros(one.created_at)),
            seen_at: Set(micros(one.seen_at)),
            expires_at: Set(micros(one.expires_at)),
            agent: Set(one.agent.clone()),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }

    /// Notes that a session was used, and what stage it has reached.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn touch_session(&self, hash: &str, stage: &str, now: Timestamp) -> Result<(), Error> {
        session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(micros(now)))
            .col_expr(session::Column::Stage, Expr::value(stage))
            .filter(session::Column::Hash.eq(hash))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Ends one session.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_session(&self, hash: &str) -> Result<(), Error> {
        session::Entity::delete_by_id(hash.to_owned()).exec(self.connection()).await?;
        Ok(())
    }

    /// Ends all sessions of an officer but one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_sessions(&self, officer: OfficerId, except: &str) -> Result<u64, Error> {
        let done = session::Entity::delete_many()
            .filter(session::Column::OfficerId.eq(officer.0))
            .filter(session::Column::Hash.ne(except))
            .exec(self.connection())
            .await?;
        Ok(done.rows_affected)
    }

    /// Ends the sessions whose time is over.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_expired_sessions(&self, now: Timestamp) -> Result<u64, Error> {
        let done = session::Entity::delete_many()
            .filter(session::Column::ExpiresAt.lt(micros(now)))
            .exec(self.connection())
            .await?;
        Ok(done.rows_affected)
    }

    /// Adds a link that works once.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_link(&self, link: &OneTimeLink) -> Result<(), Error> {
        one_time_link::ActiveModel {
            hash: Set(link.hash.clone()),
            officer_id: Set(link.officer.map(|id| id.0)),
            expires_at: Set(micros(link.expires_at)),
            used_at: Set(link.used_at.map(micros)),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }

    /// The link of a secret's hash.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn link(&self, hash: &str) -> Result<Option<OneTimeLink>, Error> {
        let Some(row) = one_time_link::Entity::find_by_id(hash.to_owned()).one(self.connection()).await? else {
            return Ok(None);
        };
        Ok(Some(OneTimeLink {
            hash: row.hash,
            officer: row.officer_id.map(OfficerId),
            expires_at: moment(row.expires_at)?,
            used_at: maybe_moment(row.used_at)?,
        }))
    }

    /// Uses a link up.
    ///
    /// # Errors
    /// It was used meanwhile.
    pub async fn use_link(&self, hash: &str, now: Timestamp) -> Result<(), Error> {
        let done = one_time_link::Entity::update_many()
            .col_expr(one_time_link::Column::UsedAt, Expr::value(micros(now)))
            .filter(one_time_link::Column::Hash.eq(hash))
            .filter(one_time_link::Column::UsedAt.is_null())
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Drops the links of an officer that were not used, or those of the first set-up.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn delete_links(&self, officer: Option<OfficerId>) -> Result<(), Error> {
        let mut query = one_time_link::Entity::delete_many();
        query = match officer {
            Some(id) => query.filter(one_time_link::Column::OfficerId.eq(id.0)),
            None => query.filter(one_time_link::Column::OfficerId.is_null()),
        };
        query.exec(self.connection()).await?;
        Ok(())
    }
}
