//! Several small acts in one commit.
//!
//! A durable commit and the hops to the driver's thread cost far more than the statements of a small act. While one commit is
//! under way the acts of other people gather here; the next commit takes them all. Each act still happens wholly or not at all,
//! and is answered only when it is on the disk: where one of them fails, the common transaction is undone and each is done by
//! itself.

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use tokio::sync::{mpsc, oneshot};

use crate::store::On;
use crate::{Error, Store, Tx};

/// The most acts in one commit: what one answer may have to wait for.
const MOST: usize = 64;

/// What the audit chain says about an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who: an officer's identity, `system` or `operator`.
    pub actor: String,
    /// What was done.
    pub act: String,
    /// To what.
    pub subject: String,
    /// More, without personal data.
    pub detail: String,
}

/// The changes of a small act: statements each of which must touch exactly one row.
#[derive(Debug, Clone)]
pub struct Change(Vec<Statement>);

impl Change {
    pub(crate) fn new(statements: Vec<Statement>) -> Self {
        Self(statements)
    }
}

#[derive(Debug)]
struct Waiting {
    change: Change,
    entry: AuditEntry,
    answer: oneshot::Sender<Result<(), Error>>,
}

/// Where acts gather.
#[derive(Debug, Clone)]
pub(crate) struct Group(mpsc::Sender<Waiting>);

impl Group {
    /// A place to gather, and the work behind it, which ends when the last sender is gone.
    pub(crate) fn new() -> (Self, Gathered) {
        let (sender, receiver) = mpsc::channel(4 * MOST);
        (Self(sender), Gathered(receiver))
    }
}

/// The acts that have gathered.
#[derive(Debug)]
pub(crate) struct Gathered(mpsc::Receiver<Waiting>);

impl Gathered {
    /// Commits what gathers, until nobody can send any more.
    pub(crate) async fn run(mut self, begin: impl AsyncFn() -> Result<Tx, Error>) {
        let mut batch = Vec::with_capacity(MOST);
        while self.0.recv_many(&mut batch, MOST).await > 0 {
            if done(&begin, &batch).await.is_ok() {
                for one in batch.drain(..) {
                    drop(one.answer.send(Ok(())));
                }
                continue;
            }
            for one in batch.drain(..) {
                let alone = std::slice::from_ref(&one);
                let result = done(&begin, alone).await;
                drop(one.answer.send(result));
            }
        }
    }
}

/// Does acts and writes their records, in one transaction.
async fn done(begin: &impl AsyncFn() -> Result<Tx, Error>, batch: &[Waiting]) -> Result<(), Error> {
    let tx = begin().await?;
    let entries = batch.iter().map(|one| &one.entry);
    let statements = batch.iter().flat_map(|one| &one.change.0);
    if tx.connection().get_database_backend() == DatabaseBackend::Sqlite {
        // The embedded database takes any number of statements at once; each hop to its thread costs more than they do.
        let records = tx.next_records_embedded(entries).await?;
        let mut all: Vec<&Statement> = statements.collect();
        all.extend(&records);
        exactly(&tx, joined(&all), all.len()).await?;
    } else {
        for statement in statements {
            exactly(&tx, statement.clone(), 1).await?;
        }
        tx.append_audits(entries).await?;
    }
    tx.commit().await
}

async fn exactly(tx: &Tx, statement: Statement, rows: usize) -> Result<(), Error> {
    let touched = tx.connection().execute_raw(statement).await?.rows_affected();
    if usize::try_from(touched) == Ok(rows) { Ok(()) } else { Err(Error::Conflict) }
}

/// Several statements as one, their values one after the other.
fn joined(statements: &[&Statement]) -> Statement {
    let sql: Vec<&str> = statements.iter().map(|one| one.sql.as_str()).collect();
    let values = statements.iter().filter_map(|one| one.values.as_ref()).flat_map(|values| values.0.iter().cloned());
    Statement::from_sql_and_values(DatabaseBackend::Sqlite, sql.join(";"), values)
}

impl Store {
    /// Does an act and writes its audit record, together with the acts of others that wait at the same time. When this returns,
    /// it is on the disk. An act whose caller has gone away is still done.
    ///
    /// # Errors
    /// What the act says; then nothing of it has happened.
    pub async fn together(&self, change: Change, entry: AuditEntry) -> Result<(), Error> {
        let (answer, answered) = oneshot::channel();
        let gone = || Error::Database("写入已经停止".to_owned());
        self.group().0.send(Waiting { change, entry, answer }).await.map_err(|_closed| gone())?;
        answered.await.map_err(|_closed| gone())?
    }
}
