//! Work for later: written in the transaction that wants it, done at least once.

use jiff::{SignedDuration, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, PaginatorTrait, QueryFilter, Statement};
use uuid::Uuid;

use crate::Error;
use crate::entity::system::job;
use crate::store::{On, Store, Tx};
use crate::time::micros;

/// A piece of work that was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its identity.
    pub id: Uuid,
    /// What is to be done, as a code.
    pub kind: String,
    /// To what.
    pub subject: String,
    /// Which attempt this is, from 1.
    pub attempts: i32,
}

/// How long a claim lasts; then the work is given to another.
const LEASE: SignedDuration = SignedDuration::from_secs(120);

impl Tx {
    /// Asks for work, not before a moment.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn enqueue(&self, kind: &str, subject: &str, run_at: Timestamp) -> Result<(), Error> {
        let row = job::ActiveModel {
            id: Set(Uuid::now_v7()),
            kind: Set(kind.to_owned()),
            subject: Set(subject.to_owned()),
            run_at: Set(micros(run_at)),
            attempts: Set(0),
            lease_until: Set(None),
            done_at: Set(None),
            fault: Set(String::new()),
        };
        job::Entity::insert(row).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Claims work that is due, at most `limit` pieces. The condition stands twice, so that no piece is claimed twice.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn claim_jobs(&self, now: Timestamp, limit: u32) -> Result<Vec<Job>, Error> {
        let backend = self.connection().get_database_backend();
        let (marks, skip) = match backend {
            DatabaseBackend::Postgres => (["$1", "$2"], " FOR UPDATE SKIP LOCKED"),
            _ => (["?1", "?2"], ""),
        };
        let free =
            format!("done_at IS NULL AND run_at <= {0} AND (lease_until IS NULL OR lease_until < {0})", marks[1]);
        let sql = format!(
            "UPDATE job SET lease_until = {}, attempts = attempts + 1 WHERE id IN \
             (SELECT id FROM job WHERE {free} ORDER BY run_at, id LIMIT {limit}{skip}) AND {free} \
             RETURNING id, kind, subject, attempts",
            marks[0]
        );
        let until = now.checked_add(LEASE).map_err(|error| Error::Broken(error.to_string()))?;
        let rows = self
            .connection()
            .query_all_raw(Statement::from_sql_and_values(backend, sql, [micros(until).into(), micros(now).into()]))
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Job {
                    id: row.try_get("", "id")?,
                    kind: row.try_get("", "kind")?,
                    subject: row.try_get("", "subject")?,
                    attempts: row.try_get("", "attempts")?,
                })
            })
            .collect()
    }

    /// Marks work as done.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn finish_job(&self, id: Uuid, now: Timestamp) -> Result<(), Error> {
        job::Entity::update_many()
            .col_expr(job::Column::DoneAt, Expr::value(micros(now)))
            .filter(job::Column::Id.eq(id))
            .exec(self.connection())
            .await?;
        Ok(())
    }

    /// Puts work back, with what went wrong and when to try again.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn postpone_job(&self, id: Uuid, fault: &str, again: Timestamp) -> Result<(), Error> {
        job::Entity::update_many()
            .col_expr(job::Column::LeaseUntil, Expr::value(None::<i64>))
            .col_expr(job::Column::RunAt, Expr::value(micros(again)))
            .col_expr(job::Column::Fault, Expr::value(fault))
            .filter(job::Column::Id.eq(id))
            .exec(self.connection())
            .await?;
        Ok(())
    }
}

impl Store {
    /// How many pieces of work wait, and how many of these have failed at least once.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn job_counts(&self) -> Result<(u64, u64), Error> {
        let open = job::Entity::find().filter(job::Column::DoneAt.is_null());
        let waiting = open.clone().count(self.connection()).await?;
        let failing = open.filter(job::Column::Fault.ne("")).count(self.connection()).await?;
        Ok((waiting, failing))
    }
}
