//! The chain of audit records.

use gongkai_model::audit::{GENESIS, Record};
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Error;
use crate::entity::system::audit;
use crate::store::{On, Store, Tx};
use crate::time::{micros, moment};

/// The name of the counter that gives records their numbers, one transaction after the other.
const COUNTER: &str = "audit";

fn value(row: audit::Model) -> Result<Record, Error> {
    Ok(Record {
        sequence: u64::try_from(row.sequence).map_err(|_negative| Error::Broken("audit".to_owned()))?,
        at: moment(row.at)?,
        actor: row.actor,
        act: row.act,
        subject: row.subject,
        detail: row.detail,
        previous: row.previous,
        hash: row.hash,
    })
}

impl Tx {
    /// Adds a record to the chain. Do this last: on PostgreSQL other acts wait from here to the end of the transaction.
    ///
    /// # Errors
    /// The database refuses, or the last record is missing.
    pub async fn append_audit(
        &self,
        at: Timestamp,
        actor: &str,
        act: &str,
        subject: &str,
        detail: &str,
    ) -> Result<Record, Error> {
        let sequence = self.next_serial(COUNTER).await?;
        let before = u64::try_from(sequence - 1).map_err(|_negative| Error::Broken(COUNTER.to_owned()))?;
        let previous = if before == 0 {
            GENESIS.to_owned()
        } else {
            audit::Entity::find_by_id(sequence - 1)
                .one(self.connection())
                .await?
                .ok_or_else(|| Error::Broken(format!("审计记录 {before} 不见了")))?
                .hash
        };
        let record = Record::after(before, &previous, at, actor, act, subject, detail);
        let row = audit::ActiveModel {
            sequence: Set(sequence),
            at: Set(micros(record.at)),
            actor: Set(record.actor.clone()),
            act: Set(record.act.clone()),
            subject: Set(record.subject.clone()),
            detail: Set(record.detail.clone()),
            previous: Set(record.previous.clone()),
            hash: Set(record.hash.clone()),
        };
        audit::Entity::insert(row).exec_without_returning(self.connection()).await?;
        Ok(record)
    }
}

impl Store {
    /// Records after a number, in order, at most `limit`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_after(&self, sequence: u64, limit: u64) -> Result<Vec<Record>, Error> {
        let after = i64::try_from(sequence).map_err(|_wide| Error::Broken("audit".to_owned()))?;
        audit::Entity::find()
            .filter(audit::Column::Sequence.gt(after))
            .order_by_asc(audit::Column::Sequence)
            .limit(limit)
            .all(self.connection())
            .await?
            .into_iter()
            .map(value)
            .collect()
    }

    /// Records before a number, the latest first; of one subject where one is given, of some actors where they are given.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_before(
        &self,
        sequence: Option<u64>,
        subject: Option<&str>,
        actors: Option<&[String]>,
        limit: u64,
    ) -> Result<Vec<Record>, Error> {
        let mut query = audit::Entity::find().order_by_desc(audit::Column::Sequence).limit(limit);
        if let Some(sequence) = sequence {
            let before = i64::try_from(sequence).unwrap_or(i64::MAX);
            query = query.filter(audit::Column::Sequence.lt(before));
        }
        if let Some(subject) = subject {
            query = query.filter(audit::Column::Subject.eq(subject));
        }
        if let Some(actors) = actors {
            query = query.filter(audit::Column::Actor.is_in(actors.iter().map(String::as_str)));
        }
        query.all(self.connection()).await?.into_iter().map(value).collect()
    }

    /// The number that the counter has reached: what the last record must have.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_count(&self) -> Result<u64, Error> {
        let last = crate::setting::serial(self, COUNTER).await?;
        u64::try_from(last).map_err(|_negative| Error::Broken(COUNTER.to_owned()))
    }
}
