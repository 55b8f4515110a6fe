//! Several small acts in one commit.
//!
//! A durable commit and the hops to the driver's thread cost far more than the statements of a small act. While one commit is
//! under way the acts of other people gather here; the next commit takes them all. Each act still happens wholly or not at all,
//! and is answered only when it is on the disk: where one of them fails, the common transaction is undone and each is done by
//! itself.

use std::pin::Pin;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

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

/// The changes of an act. May be run more than once, each time in a transaction of its own.
pub type Act = Box<dyn for<'a> Fn(&'a Tx) -> ActFuture<'a> + Send + Sync>;

/// An act under way.
pub type ActFuture<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

struct Waiting {
    act: Act,
    entry: AuditEntry,
    answer: oneshot::Sender<Result<(), Error>>,
}

/// Where acts gather.
#[derive(Debug, Clone)]
pub(crate) struct Group(mpsc::Sender<Waiting>);

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Waiting").field(&self.entry).finish()
    }
}

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
    for one in batch {
        (one.act)(&tx).await?;
    }
    tx.append_audits(batch.iter().map(|one| &one.entry)).await?;
    tx.commit().await
}

impl Store {
    /// Does an act and writes its audit record, together with the acts of others that wait at the same time. When this returns,
    /// it is on the disk. An act whose caller has gone away is still done.
    ///
    /// # Errors
    /// What the act says; then nothing of it has happened.
    pub async fn together(&self, act: Act, entry: AuditEntry) -> Result<(), Error> {
        let (answer, answered) = oneshot::channel();
        let gone = || Error::Database("写入已经停止".to_owned());
        self.group().0.send(Waiting { act, entry, answer }).await.map_err(|_closed| gone())?;
        answered.await.map_err(|_closed| gone())?
    }
}
