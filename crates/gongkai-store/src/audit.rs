//! The chain of audit records.

use gongkai_model::audit::{GENESIS, Record};
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Statement,
};

use crate::Error;
use crate::entity::system::audit;
use crate::group::AuditEntry;
use crate::setting::counting;
use crate::store::{On, Store, Tx};
use crate::time::{micros, moment};

/// The name of the counter that gives records their numbers, one transaction after the other.
const COUNTER: &str = "audit";

/// Which records to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditFilter<'a> {
    /// Only those before this number.
    pub before: Option<u64>,
    /// Only those about this.
    pub subject: Option<&'a str>,
    /// Only those of these.
    pub actors: Option<&'a [String]>,
    /// Only this act.
    pub act: Option<&'a str>,
    /// Only those before this moment.
    pub until: Option<Timestamp>,
    /// How many at most.
    pub limit: u64,
}

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
    ) -> Result<(), Error> {
        let own = |text: &str| text.to_owned();
        let entry = AuditEntry { at, actor: own(actor), act: own(act), subject: own(subject), detail: own(detail) };
        self.append_audits(std::iter::once(&entry)).await
    }

    /// Waits until this transaction is the only one that adds to the chain; until it ends, no other act is committed.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn wait_for_turn(&self) -> Result<(), Error> {
        self.next_serials(COUNTER, 0).await.map(|_last| ())
    }

    /// Adds records to the chain, one after the other, with as many statements as for one.
    ///
    /// # Errors
    /// The database refuses, or the last record is missing.
    pub async fn append_audits(&self, entries: impl ExactSizeIterator<Item = &AuditEntry>) -> Result<(), Error> {
        let many = i64::try_from(entries.len()).map_err(|_wide| Error::Broken(COUNTER.to_owned()))?;
        if many == 0 {
            return Ok(());
        }
        // The counter gives way to one transaction after the other; only behind it may the last record be read.
        let last = self.next_serials(COUNTER, many).await?;
        let before = u64::try_from(last - many).map_err(|_negative| Error::Broken(COUNTER.to_owned()))?;
        let previous = if before == 0 {
            GENESIS.to_owned()
        } else {
            audit::Entity::find_by_id(last - many)
                .one(self.connection())
                .await?
                .ok_or_else(|| Error::Broken(format!("审计记录 {before} 不见了")))?
                .hash
        };
        let rows = rows(before, previous, entries)?;
        audit::Entity::insert_many(rows).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// The statements that add records to the chain of an embedded database, where this transaction holds the only pen: the
    /// counter, and a row for each.
    pub(crate) async fn next_records_embedded(
        &self,
        entries: impl ExactSizeIterator<Item = &AuditEntry>,
    ) -> Result<Vec<Statement>, Error> {
        let backend = DatabaseBackend::Sqlite;
        let head = "SELECT serial.last AS last, audit.hash AS hash FROM serial \
                    LEFT JOIN audit ON audit.sequence = serial.last WHERE serial.name = ?";
        let asked = Statement::from_sql_and_values(backend, head, [COUNTER.into()]);
        let (last, previous) = match self.connection().query_one_raw(asked).await? {
            None => (0, GENESIS.to_owned()),
            Some(row) => {
                let last: i64 = row.try_get("", "last")?;
                let hash: Option<String> = row.try_get("", "hash")?;
                (last, hash.ok_or_else(|| Error::Broken(format!("审计记录 {last} 不见了")))?)
            }
        };
        let before = u64::try_from(last).map_err(|_negative| Error::Broken(COUNTER.to_owned()))?;
        let many = i64::try_from(entries.len()).map_err(|_wide| Error::Broken(COUNTER.to_owned()))?;
        let mut out = vec![counting(backend, COUNTER, many)];
        for row in rows(before, previous, entries)? {
            out.push(audit::Entity::insert(row).build(backend));
        }
        Ok(out)
    }
}

/// The rows of records that follow one another.
fn rows<'a>(
    mut before: u64,
    mut previous: String,
    entries: impl Iterator<Item = &'a AuditEntry>,
) -> Result<Vec<audit::ActiveModel>, Error> {
    let mut rows = Vec::new();
    for entry in entries {
        let record =
            Record::after(before, &previous, entry.at, &entry.actor, &entry.act, &entry.subject, &entry.detail);
        (before, previous) = (record.sequence, record.hash.clone());
        rows.push(audit::ActiveModel {
            sequence: Set(i64::try_from(record.sequence).map_err(|_wide| Error::Broken(COUNTER.to_owned()))?),
            at: Set(micros(record.at)),
            actor: Set(record.actor),
            act: Set(record.act),
            subject: Set(record.subject),
            detail: Set(record.detail),
            previous: Set(record.previous),
            hash: Set(record.hash),
        });
    }
    Ok(rows)
}

impl Store {
    /// The record of a number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_record(&self, sequence: u64) -> Result<Option<Record>, Error> {
        let Ok(sequence) = i64::try_from(sequence) else { return Ok(None) };
        audit::Entity::find_by_id(sequence).one(self.connection()).await?.map(value).transpose()
    }

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
        self.audit_of(&AuditFilter { before: sequence, subject, actors, limit, ..AuditFilter::default() }).await
    }

    /// All records of one subject, the earliest first, but for savings of a draft, which may be many.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_about(&self, subject: &str) -> Result<Vec<Record>, Error> {
        audit::Entity::find()
            .filter(audit::Column::Subject.eq(subject))
            .filter(audit::Column::Act.ne("edition.save"))
            .order_by_asc(audit::Column::Sequence)
            .all(self.connection())
            .await?
            .into_iter()
            .map(value)
            .collect()
    }

    /// Records as a filter asks for them, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn audit_of(&self, filter: &AuditFilter<'_>) -> Result<Vec<Record>, Error> {
        let AuditFilter { before: sequence, subject, actors, act, until, limit } = *filter;
        let mut query = audit::Entity::find().order_by_desc(audit::Column::Sequence).limit(limit);
        if let Some(sequence) = sequence {
            let before = i64::try_from(sequence).unwrap_or(i64::MAX);
            query = query.filter(audit::Column::Sequence.lt(before));
        }
        if let Some(subject) = subject {
            query = query.filter(audit::Column::Subject.eq(subject));
        }
        if let Some(act) = act {
            query = query.filter(audit::Column::Act.eq(act));
        }
        if let Some(until) = until {
            query = query.filter(audit::Column::At.lt(micros(until)));
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
