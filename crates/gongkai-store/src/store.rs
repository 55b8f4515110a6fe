//! The connection: one writer and several readers on SQLite, one pool on PostgreSQL.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use crate::group::Group;
use crate::migration::Migrations;
use crate::{Blobs, Error};

/// Where things are kept.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The data folder: files, and the database where none is named.
    pub folder: PathBuf,
    /// The address of a PostgreSQL database; `None` for SQLite in the data folder.
    pub database: Option<String>,
    /// How many connections may read at once.
    pub readers: u32,
}

impl Settings {
    /// SQLite and files in one folder.
    pub fn embedded(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), database: None, readers: 4 }
    }
}

/// What the platform keeps.
#[derive(Debug, Clone)]
pub struct Store {
    read: DatabaseConnection,
    write: DatabaseConnection,
    blobs: Blobs,
    group: Group,
}

/// A transaction: everything in it happens, or nothing.
#[derive(Debug)]
pub struct Tx(DatabaseTransaction);

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Store {}
    impl Sealed for super::Tx {}
}

/// What can be read from: the store, or a transaction with its own changes.
pub trait On: sealed::Sealed + Sync {
    /// The kind of connection below.
    #[doc(hidden)]
    type Connection: ConnectionTrait;
    /// The connection below.
    #[doc(hidden)]
    fn connection(&self) -> &Self::Connection;
}

impl On for Store {
    type Connection = DatabaseConnection;
    fn connection(&self) -> &DatabaseConnection {
        &self.read
    }
}

impl On for Tx {
    type Connection = DatabaseTransaction;
    fn connection(&self) -> &DatabaseTransaction {
        &self.0
    }
}

fn sqlite(folder: &Path, connections: u32) -> ConnectOptions {
    let path = folder.join("gongkai.sqlite");
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display()));
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false)
        // An embedded connection does not break while it lies idle; asking it costs as much as the statement itself.
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(30))
        .map_sqlx_sqlite_opts(move |options| {
            options
                .filename(&path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(20))
                .foreign_keys(true)
                .pragma("cache_size", "-16000")
                .pragma("wal_autocheckpoint", "2000")
                .statement_cache_capacity(200)
        });
    options
}

/// Makes the data folder where it is missing, for the owner alone: it holds hashes of passwords and drafts.
async fn make_private(folder: &Path) -> Result<(), Error> {
    if tokio::fs::try_exists(folder).await? {
        return Ok(());
    }
    let mut maker = tokio::fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    maker.mode(0o700);
    Ok(maker.create(folder).await?)
}

async fn begin(write: &DatabaseConnection) -> Result<Tx, Error> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(Tx(write.begin_with_options(options).await?))
}

impl Store {
    /// Opens a data folder, making it where it is missing. Changes no table: see [`Store::migrate`].
    ///
    /// # Errors
    /// The folder cannot be written, or the database does not answer.
    pub async fn open(settings: &Settings) -> Result<Self, Error> {
        make_private(&settings.folder).await?;
        let blobs = Blobs::open(&settings.folder.join("files")).await?;
        let (read, write) = if let Some(address) = &settings.database {
            let mut options = ConnectOptions::new(address.clone());
            options
                .max_connections(settings.readers.max(2) * 2)
                .sqlx_logging(false)
                .acquire_timeout(Duration::from_secs(15));
            let pool = Database::connect(options).await?;
            (pool.clone(), pool)
        } else {
            // The writer first: it makes the file and turns on the journal.
            let write = Database::connect(sqlite(&settings.folder, 1)).await?;
            let read = Database::connect(sqlite(&settings.folder, settings.readers.max(1))).await?;
            (read, write)
        };
        let (group, gathered) = Group::new();
        let writer = write.clone();
        tokio::spawn(gathered.run(async move || begin(&writer).await));
        Ok(Self { read, write, blobs, group })
    }

    pub(crate) fn group(&self) -> &Group {
        &self.group
    }

    /// Brings the tables to the present shape; does nothing where they have it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn migrate(&self) -> Result<(), Error> {
        Ok(Migrations::up(&self.write, None).await?)
    }

    /// Takes every table away; for tests of the steps.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn unmigrate(&self) -> Result<(), Error> {
        Ok(Migrations::down(&self.write, None).await?)
    }

    /// How many steps are still to be taken.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn pending_migrations(&self) -> Result<usize, Error> {
        Ok(Migrations::get_pending_migrations(&self.write).await?.len())
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), Error> {
        self.read.ping().await?;
        Ok(self.write.ping().await?)
    }

    /// Whether the database is embedded.
    pub fn is_embedded(&self) -> bool {
        self.write.get_database_backend() == DatabaseBackend::Sqlite
    }

    /// The files.
    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// Begins a transaction. On SQLite it waits for the writer before it.
    ///
    /// # Errors
    /// The database does not answer in time.
    pub async fn begin(&self) -> Result<Tx, Error> {
        begin(&self.write).await
    }

    /// Begins a transaction that only reads, and sees one moment throughout.
    ///
    /// # Errors
    /// The database does not answer in time.
    pub async fn snapshot(&self) -> Result<Tx, Error> {
        let options = TransactionOptions {
            isolation_level: (!self.is_embedded()).then_some(sea_orm::IsolationLevel::RepeatableRead),
            ..TransactionOptions::default()
        };
        Ok(Tx(self.read.begin_with_options(options).await?))
    }

    /// Closes the connections, after what is under way.
    ///
    /// # Errors
    /// The database does not let go.
    pub async fn close(self) -> Result<(), Error> {
        self.read.clone().close().await?;
        Ok(self.write.close().await?)
    }
}

impl Tx {
    /// Makes the changes last. When this returns, they are on the disk.
    ///
    /// # Errors
    /// The database refuses; then nothing has happened.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.0.commit().await?)
    }

    /// Undoes the changes.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn rollback(self) -> Result<(), Error> {
        Ok(self.0.rollback().await?)
    }
}

/// Rows of some agencies, or of all.
pub(crate) fn among<C: sea_orm::ColumnTrait>(
    column: C,
    units: Option<&[gongkai_model::ids::AgencyId]>,
) -> sea_orm::Condition {
    sea_orm::Condition::all().add_option(units.map(|units| column.is_in(units.iter().map(|one| one.0))))
}
