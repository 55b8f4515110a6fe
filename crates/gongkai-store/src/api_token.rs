//! Tokens of programs that use the interface.

use gongkai_model::ids::OfficerId;
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Error;
use crate::entity::people::{api_token, officer};
use crate::officer::{Account, account};
use crate::store::{On, Store, Tx};
use crate::time::{maybe_moment, micros, moment};

/// A token; the secret is kept as a hash alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its identity.
    pub id: Uuid,
    /// The officer in whose name it acts: it can never do more.
    pub officer: OfficerId,
    /// What it is for.
    pub name: String,
    /// SHA-256 of the secret.
    pub hash: String,
    /// What it may do, separated by spaces.
    pub scopes: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

fn value(row: api_token::Model) -> Result<ApiToken, Error> {
    Ok(ApiToken {
        id: row.id,
        officer: OfficerId(row.officer_id),
        name: row.name,
        hash: row.hash,
        scopes: row.scopes,
        created_at: moment(row.created_at)?,
        expires_at: moment(row.expires_at)?,
        revoked_at: maybe_moment(row.revoked_at)?,
    })
}

impl Store {
    /// The token of a secret's hash, and the account it acts for.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn token(&self, hash: &str) -> Result<Option<(ApiToken, Account)>, Error> {
        let holder = api_token::Entity::belongs_to(officer::Entity)
            .from(api_token::Column::OfficerId)
            .to(officer::Column::Id)
            .into();
        let found = api_token::Entity::find()
            .join(JoinType::InnerJoin, holder)
            .select_also(officer::Entity)
            .filter(api_token::Column::Hash.eq(hash))
            .one(self.connection())
            .await?;
        let Some((token, Some(holder))) = found else { return Ok(None) };
        Ok(Some((value(token)?, account(holder)?)))
    }

    /// The tokens of an officer, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn tokens(&self, officer: OfficerId) -> Result<Vec<ApiToken>, Error> {
        api_token::Entity::find()
            .filter(api_token::Column::OfficerId.eq(officer.0))
            .order_by_desc(api_token::Column::CreatedAt)
            .all(self.connection())
            .await?
            .into_iter()
            .map(value)
            .collect()
    }
}

impl Tx {
    /// Adds a token.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_token(&self, one: &ApiToken) -> Result<(), Error> {
        api_token::ActiveModel {
            id: Set(one.id),
            officer_id: Set(one.officer.0),
            name: Set(one.name.clone()),
            hash: Set(one.hash.clone()),
            scopes: Set(one.scopes.clone()),
            created_at: Set(micros(one.created_at)),
            expires_at: Set(micros(one.expires_at)),
            revoked_at: Set(one.revoked_at.map(micros)),
        }
        .insert(self.connection())
        .await?;
        Ok(())
    }

    /// Takes a token back.
    ///
    /// # Errors
    /// The officer has no such token.
    pub async fn revoke_token(&self, officer: OfficerId, id: Uuid, now: Timestamp) -> Result<(), Error> {
        let done = api_token::Entity::update_many()
            .col_expr(api_token::Column::RevokedAt, Expr::value(micros(now)))
            .filter(api_token::Column::Id.eq(id))
            .filter(api_token::Column::OfficerId.eq(officer.0))
            .filter(api_token::Column::RevokedAt.is_null())
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Takes all tokens of an officer back.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn revoke_tokens(&self, officer: OfficerId, now: Timestamp) -> Result<(), Error> {
        api_token::Entity::update_many()
            .col_expr(api_token::Column::RevokedAt, Expr::value(micros(now)))
            .filter(api_token::Column::OfficerId.eq(officer.0))
            .filter(api_token::Column::RevokedAt.is_null())
            .exec(self.connection())
            .await?;
        Ok(())
    }
}
