//! What every act needs, opened once.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use gongkai_calendar::Calendar;
use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::{Act, Grant, Officer, Role, may};
use gongkai_model::publication::check::Terms;
use gongkai_search::Index;
use gongkai_store::{Store, Tx};
use jiff::Timestamp;
use tokio::sync::Notify;

use super::directory::{Directory, SiteSettings, read};
use super::mail::MailSettings;
use super::progress::Progress;
use super::token::Programs;
use super::vault::Vault;
use super::{Fault, clock};

/// Where the platform keeps things, and what it uses.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data folder.
    pub data: PathBuf,
    /// The address of a PostgreSQL database; `None` for SQLite in the data folder.
    pub database: Option<String>,
    /// The program that reads uploads in a process of its own; `None` reads them in this process, for tests.
    pub reader: Option<PathBuf>,
    /// Whether this process fills the search index; the others look at it, and change nothing of it.
    pub fills_index: bool,
}

/// Everything an act needs.
#[derive(Debug)]
pub struct Services {
    pub(super) store: Store,
    pub(super) index: Arc<Index>,
    pub(super) options: Options,
    directory: RwLock<Arc<Directory>>,
    terms: RwLock<Arc<Terms>>,
    calendar: RwLock<Arc<Calendar>>,
    /// The units and settings as they were last read, to see whether they changed.
    seen: RwLock<String>,
    /// Wakes the follower of changes and the worker.
    pub(super) wake: Notify,
    /// Rises with every change that the public can see; pages kept in memory hold for one value.
    generation: std::sync::atomic::AtomicU64,
    pub(super) counts: RwLock<Option<Arc<super::portal::Counts>>>,
    pub(super) programs: Programs,
    pub(super) progress: Progress,
    vault: std::sync::OnceLock<Vault>,
    pub(super) mail: std::sync::OnceLock<MailSettings>,
}

/// A person who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person, with the roles of today.
    pub officer: Officer,
    /// Whether the person's unit supervises all agencies.
    pub over_all: bool,
}

impl Actor {
    /// Whether the person may do an act at an agency.
    pub fn may(&self, act: Act, agency: AgencyId) -> bool {
        may(&self.officer, act, agency, self.over_all)
    }

    /// # Errors
    /// The person may not.
    pub(super) fn need(&self, act: Act, agency: AgencyId) -> Result<(), Fault> {
        if self.may(act, agency) { Ok(()) } else { Err(Fault::Forbidden) }
    }

    /// The identity.
    pub fn id(&self) -> OfficerId {
        self.officer.id
    }

    /// The own agency.
    pub fn agency(&self) -> AgencyId {
        self.officer.agency
    }

    /// By what the person signs at a step of an edition; none where the person may not.
    pub(super) fn signs(&self, role: Role, edition: &gongkai_store::EditionRecord) -> Option<Grant> {
        let grant = self.officer.signs(role, edition.section);
        grant.filter(|_| self.may(Act::Review(role), edition.agency))
    }

    /// Whether the person holds a role.
    pub fn holds(&self, role: Role) -> bool {
        self.officer.holds(role)
    }
}

/// The search index of this very database. One that was filled from another, or that knows changes which this one has not (an
/// older state was restored), is thrown away and filled again.
async fn open_index(store: &Store, data: &std::path::Path) -> Result<Index, Fault> {
    let own = store.audit_record(1).await?.map(|first| first.hash).unwrap_or_default();
    let last = store.last_change().await?;
    let (folder, note) = (data.join("search"), data.join("search-of.txt"));
    let open = move || -> Result<Index, Fault> {
        let failed = |error: std::io::Error| Fault::Failed(format!("检索索引打不开：{error}"));
        let filled_from = std::fs::read_to_string(&note).unwrap_or_default();
        let mut index = Index::open(&folder)?;
        let strange = !filled_from.trim().is_empty() && filled_from.trim() != own;
        if strange || index.position() > last {
            drop(index);
            std::fs::remove_dir_all(&folder).map_err(failed)?;
            index = Index::open(&folder)?;
        }
        if !own.is_empty() && filled_from.trim() != own {
            std::fs::write(&note, format!("{own}\n")).map_err(failed)?;
        }
        Ok(index)
    };
    tokio::task::spawn_blocking(open).await.map_err(|error| Fault::Failed(error.to_string()))?
}

impl Services {
    /// Opens the platform. The tables must have their present shape: `migrate` says whether to bring them to it.
    ///
    /// # Errors
    /// The folder or the database cannot be used; the tables are of an older shape.
    pub async fn open(options: Options, migrate: bool, now: Timestamp) -> Result<Arc<Self>, Fault> {
        let settings =
            gongkai_store::Settings { folder: options.data.clone(), database: options.database.clone(), readers: 4 };
        let store = Store::open(&settings).await?;
        if migrate {
            store.migrate().await?;
        } else if store.pending_migrations().await? > 0 {
            return Err(Refusal::new("数据库的表还是旧的样子", "先运行 gongkai migrate").into());
        }
        let index = if options.fills_index {
            open_index(&store, &options.data).await?
        } else {
            let folder = options.data.join("search");
            tokio::task::spawn_blocking(move || Index::look(&folder))
                .await
                .map_err(|error| Fault::Failed(error.to_string()))??
        };
        let services = Arc::new(Self {
            store,
            index: Arc::new(index),
            options,
            directory: RwLock::default(),
            terms: RwLock::default(),
            calendar: RwLock::new(Arc::new(Calendar::official().clone())),
            seen: RwLock::default(),
            wake: Notify::new(),
            generation: std::sync::atomic::AtomicU64::new(1),
            counts: RwLock::default(),
            programs: Programs::default(),
            progress: Progress::default(),
            vault: std::sync::OnceLock::new(),
            mail: std::sync::OnceLock::new(),
        });
        services.refresh(now).await?;
        Ok(services)
    }

    /// Reads the units and the site's settings anew.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn refresh(&self, now: Timestamp) -> Result<(), Fault> {
        let records = self.store.units().await?;
        let setting = self.store.setting("site").await?;
        let site: SiteSettings = match &setting {
            Some(setting) => read(&setting.value)?,
            None => SiteSettings::default(),
        };
        // Other processes change units too: the command line, another node. Pages stay kept while nothing has changed.
        let plans = self.store.setting("calendar").await?;
        let seen = format!("{} {:?} {:?} {:?}", clock::local_date(now), records, setting, plans);
        if *self.seen.read().unwrap_or_else(PoisonError::into_inner) == seen {
            return Ok(());
        }
        let terms = Terms::parse(&site.terms).map_err(|why| Fault::Failed(format!("错敏词词典已损坏：{why}")))?;
        let directory = Directory::new(records, site, clock::local_date(now))?;
        let calendar = super::calendar::in_force(plans.as_ref().map(|setting| setting.value.as_str()))?;
        *self.calendar.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(calendar);
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = seen;
        *self.directory.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(directory);
        *self.terms.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(terms);
        self.changed();
        Ok(())
    }

    /// The units as they were last read.
    pub fn directory(&self) -> Arc<Directory> {
        self.directory.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The working days: the years that are built in, and the notices that were entered since.
    pub fn calendar(&self) -> Arc<Calendar> {
        self.calendar.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn terms(&self) -> Arc<Terms> {
        self.terms.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A number that rises whenever a public page may look different.
    pub fn generation(&self) -> u64 {
        self.generation.load(std::sync::atomic::Ordering::Acquire)
    }

    /// Says that public pages may look different, and wakes the worker.
    pub(super) fn changed(&self) {
        self.forget_pages();
        self.wake.notify_waiters();
    }

    /// Says that public pages may look different.
    pub(super) fn forget_pages(&self) {
        self.generation.fetch_add(1, std::sync::atomic::Ordering::AcqRel);
        *self.counts.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether database and storage answer.
    ///
    /// # Errors
    /// Which does not.
    pub async fn ready(&self) -> Result<(), Fault> {
        self.store.ping().await?;
        Ok(self.store.blobs().ping().await?)
    }

    /// How many pieces of work wait and fail, and how far the search index is behind.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn backlog(&self) -> Result<(u64, u64, usize), Fault> {
        let (waiting, failing) = self.store.job_counts().await?;
        let behind = self.store.changes_after(self.index.position(), 1_000).await?.len();
        Ok((waiting, failing, behind))
    }

    /// What seals and opens the personal data of applicants; the key is read, or made, when it is first needed.
    ///
    /// # Errors
    /// The key file cannot be used, or is missing although data were sealed with it.
    pub(super) async fn vault(&self) -> Result<&Vault, Fault> {
        if self.vault.get().is_none() {
            // A new key opens nothing of what there is: whoever restored a backup has to bring the key.
            let fresh = !self.store.has_applications().await?;
            // Two at once read the same file.
            let _kept: Result<(), Vault> = self.vault.set(Vault::open(&self.options.data, None, fresh)?);
        }
        self.vault.get().ok_or_else(|| Fault::Failed("没有密钥".to_owned()))
    }

    /// How far a long work has come.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// How many items the search index holds.
    pub fn indexed(&self) -> u64 {
        self.index.len()
    }

    /// Ends the connections after what is under way.
    ///
    /// # Errors
    /// The database does not let go.
    pub async fn close(&self) -> Result<(), Fault> {
        // An index that could not be put in order is followed up at the next start.
        Self::grumble("index", self.index.rest(false).map_err(Fault::from));
        Ok(self.store.clone().close().await?)
    }

    /// Commits a change after which somebody may have other rights.
    pub(super) async fn commit_rights(&self, tx: Tx) -> Result<(), Fault> {
        tx.commit().await?;
        self.programs.forget();
        Ok(())
    }

    /// Adds the audit record of an act; the last thing in its transaction.
    pub(super) async fn record(
        &self,
        tx: &Tx,
        now: Timestamp,
        actor: &Actor,
        act: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), Fault> {
        tx.append_audit(now, &actor.id().to_string(), act, subject, detail).await?;
        Ok(())
    }
}
