//! Tokens for programs: an officer's own rights, or fewer.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use gongkai_model::officer::Officer;
use gongkai_store::ApiToken;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::services::{Actor, Services};
use super::{Fault, secret};

/// What a token may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Reads what the officer may see.
    Read,
    /// Drafts and submits.
    Draft,
    /// Signs.
    Review,
    /// Publishes and takes down.
    Publish,
    /// Handles applications and sees whose they are.
    Handle,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] = [Self::Read, Self::Draft, Self::Review, Self::Publish, Self::Handle];

    /// The code that is stored and sent.
    pub fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Draft => "draft",
            Self::Review => "review",
            Self::Publish => "publish",
            Self::Handle => "handle",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "查看",
            Self::Draft => "起草、修改、提交",
            Self::Review => "审核签署",
            Self::Publish => "发布、撤下",
            Self::Handle => "办理申请（含申请人信息）",
        }
    }

    /// The scope with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A token that was made: the secret is shown once.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What a program sends.
    pub secret: String,
}

/// A program that acts with a token.
#[derive(Debug, Clone)]
pub struct TokenActor {
    /// The officer in whose name it acts.
    pub actor: Actor,
    /// What it may do.
    pub scopes: Vec<Scope>,
}

/// How long a program that was looked up is known.
const KNOWN_FOR: SignedDuration = SignedDuration::from_secs(1);

/// The programs that were looked up within the last second.
#[derive(Debug, Default)]
pub(super) struct Programs {
    known: Mutex<BTreeMap<String, (Timestamp, TokenActor)>>,
    round: AtomicU64,
}

impl Programs {
    fn get(&self, hash: &str, now: Timestamp) -> Option<TokenActor> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, found) = known.get(hash)?;
        let age = now.duration_since(*since);
        (!age.is_negative() && age < KNOWN_FOR).then(|| found.clone())
    }

    fn round(&self) -> u64 {
        self.round.load(Ordering::Acquire)
    }

    /// Keeps what was looked up, unless rights have changed since the looking began.
    fn keep(&self, hash: String, now: Timestamp, round: u64, found: TokenActor) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if self.round() == round {
            known.retain(|_, (since, _)| now.duration_since(*since).abs() < KNOWN_FOR);
            known.insert(hash, (now, found));
        }
    }

    /// Forgets everybody: somebody's rights may have changed.
    pub(super) fn forget(&self) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        self.round.fetch_add(1, Ordering::AcqRel);
        known.clear();
    }
}

impl Services {
    /// Makes a token for a number of days.
    ///
    /// # Errors
    /// No name, no scope, or more than a year.
    pub async fn new_token(
        &self,
        now: Timestamp,
        actor: &Actor,
        name: &str,
        scopes: &[Scope],
        days: i64,
    ) -> Result<NewToken, Fault> {
        let name = name.trim();
        let mut wrong = Vec::new();
        if !(2..=60).contains(&name.chars().count()) {
            wrong.push(("name".to_owned(), "写明用途，2至60个字".to_owned()));
        }
        if scopes.is_empty() {
            wrong.push(("scopes".to_owned(), "至少选一项权限".to_owned()));
        }
        if !(1..=366).contains(&days) {
            wrong.push(("days".to_owned(), "有效期为1至366天".to_owned()));
        }
        if !wrong.is_empty() {
            return Err(Fault::Invalid(wrong));
        }
        let secret = format!("gk_{}", secret::random());
        let codes: Vec<&str> = scopes.iter().map(|one| one.code()).collect();
        let token = ApiToken {
            id: Uuid::now_v7(),
            officer: actor.id(),
            name: name.to_owned(),
            hash: secret::hash(&secret),
            scopes: codes.join(" "),
            created_at: now,
            expires_at: now.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(now),
            revoked_at: None,
        };
        let tx = self.store.begin().await?;
        tx.insert_token(&token).await?;
        let detail = format!("scopes={}", token.scopes);
        self.record(&tx, now, actor, "token.create", &token.id.to_string(), &detail).await?;
        self.commit_rights(tx).await?;
        Ok(NewToken { secret })
    }

    /// The own tokens.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn tokens(&self, actor: &Actor) -> Result<Vec<ApiToken>, Fault> {
        Ok(self.store.tokens(actor.id()).await?)
    }

    /// Takes a token back.
    ///
    /// # Errors
    /// It is not the person's, or was taken back.
    pub async fn revoke_token(&self, now: Timestamp, actor: &Actor, id: Uuid) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        tx.revoke_token(actor.id(), id, now).await?;
        self.record(&tx, now, actor, "token.revoke", &id.to_string(), "").await?;
        self.commit_rights(tx).await
    }

    /// Who acts with a token; `None` where it does not hold. A program that sends many requests is looked up once a second:
    /// a token taken back by another process ends at most a second later, one taken back by this process at once.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn token_actor(&self, now: Timestamp, secret: &str) -> Result<Option<TokenActor>, Fault> {
        let hash = secret::hash(secret);
        if let Some(known) = self.programs.get(&hash, now) {
            return Ok(Some(known));
        }
        let round = self.programs.round();
        let found = self.look_up(now, &hash).await?;
        if let Some(found) = &found {
            self.programs.keep(hash, now, round, found.clone());
        }
        Ok(found)
    }

    async fn look_up(&self, now: Timestamp, hash: &str) -> Result<Option<TokenActor>, Fault> {
        let Some((token, account)) = self.store.token(hash).await? else { return Ok(None) };
        if token.revoked_at.is_some() || token.expires_at <= now || account.disabled {
            return Ok(None);
        }
        let actor = self.actor_of(&account, now).await?;
        let scopes = token.scopes.split_whitespace().filter_map(Scope::from_code).collect();
        let officer = Officer { name: format!("{}（{}）", actor.officer.name, token.name), ..actor.officer };
        Ok(Some(TokenActor { actor: Actor { officer, ..actor }, scopes }))
    }
}
