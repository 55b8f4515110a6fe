//! Sessions, passwords, the second factor, the first set-up.

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::Role;
use gongkai_model::org::{Name, Unit, UnitKind, check_code, check_index_code, check_name};
use gongkai_store::{Account, OneTimeLink, RoleRecord, Tx, UnitRecord};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::services::{Actor, Services};
use super::{Fault, clock, secret};

mod factor;
mod password;
mod session;

/// How far a sign-in has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Signed in.
    Full,
    /// The code of the second factor is still to come.
    SecondFactor,
    /// The password must be changed first.
    NewPassword,
}

impl Stage {
    fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::SecondFactor => "totp",
            Self::NewPassword => "change",
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "full" => Self::Full,
            "totp" => Self::SecondFactor,
            _ => Self::NewPassword,
        }
    }
}

/// A new session: the secret goes into the cookie and is stored nowhere.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The secret.
    pub secret: String,
    /// How far it has come.
    pub stage: Stage,
}

/// Who sits at a browser.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// What names the session.
    pub session: String,
    /// What every form carries.
    pub csrf: String,
    /// How far the sign-in has come.
    pub stage: Stage,
    /// The person.
    pub actor: Actor,
    /// The sign-in name.
    pub login: String,
    /// Whether a second factor is set up.
    pub has_totp: bool,
}

/// What the first person types.
#[derive(Debug, Clone, Default)]
pub struct SetUp {
    /// The supervising office's full name.
    pub office: String,
    /// Its code.
    pub code: String,
    /// The person's name.
    pub name: String,
    /// The sign-in name.
    pub login: String,
    /// The password.
    pub password: String,
}

/// No sign-in for this long after five failures in a row.
const LOCKED: SignedDuration = SignedDuration::from_mins(15);
const FAILURES: i32 = 5;
/// A session that nobody uses ends after this.
const IDLE: SignedDuration = SignedDuration::from_hours(2);
/// A session ends after this in any case.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// A link for a first password holds this long.
const INVITATION: SignedDuration = SignedDuration::from_hours(72);

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// A sign-in name as it may be stored.
pub(super) fn check_login(text: &str) -> Result<String, Fault> {
    let login = text.trim().to_lowercase();
    let fits = (3..=40).contains(&login.chars().count())
        && login.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if fits { Ok(login) } else { Err(Fault::field("login", "登录名用3至40个小写字母、数字或 . - _")) }
}

impl Services {
    /// A link for the first set-up, where nobody has an account yet. An earlier one stops working.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn first_link(&self, now: Timestamp) -> Result<Option<String>, Fault> {
        if self.store.account_count().await? > 0 {
            return Ok(None);
        }
        let secret = secret::random();
        let tx = self.store.begin().await?;
        tx.delete_links(None).await?;
        let link = OneTimeLink {
            hash: secret::hash(&secret),
            officer: None,
            expires_at: later(now, SignedDuration::from_hours(24)),
            used_at: None,
        };
        tx.insert_link(&link).await?;
        self.commit_rights(tx).await?;
        Ok(Some(secret))
    }

    /// What a link is for: the name of the person whose password it sets, or an empty name for the first set-up.
    ///
    /// # Errors
    /// It was used, is too old, or never was.
    pub async fn look_at_link(&self, secret: &str, now: Timestamp) -> Result<String, Fault> {
        let tx = self.store.snapshot().await?;
        let link = live(&tx, secret, now).await?;
        match link.officer {
            None => Ok(String::new()),
            Some(id) => Ok(tx.account(id).await?.ok_or(Fault::NotFound)?.name),
        }
    }

    /// The first set-up: the supervising office and its administrator.
    ///
    /// # Errors
    /// The link does not work; fields are wrong.
    pub async fn set_up(&self, now: Timestamp, link: &str, input: SetUp) -> Result<(), Fault> {
        let mut wrong = Vec::new();
        let mut note = |field: &str, message: String| wrong.push((field.to_owned(), message));
        let office = check_name(&input.office).map_err(|refusal| note("office", refusal.to_string()));
        let code = check_code(&input.code)
            .and_then(|code| check_index_code(&code).map(|()| code))
            .map_err(|refusal| note("code", refusal.to_string()));
        let name = check_name(&input.name).map_err(|_refusal| note("name", "请填写姓名，2至60个字".to_owned()));
        let login = check_login(&input.login).map_err(|fault| note("login", fault.to_string()));
        if let Some(weak) = secret::weakness(&input.password, &input.login) {
            note("password", weak);
        }
        let (Ok(office), Ok(code), Ok(name), Ok(login)) = (office, code, name, login) else {
            return Err(Fault::Invalid(wrong));
        };
        if !wrong.is_empty() {
            return Err(Fault::Invalid(wrong));
        }
        let password = secret::hash_password(input.password).await?;
        let tx = self.store.begin().await?;
        let link = live(&tx, link, now).await?;
        if link.officer.is_some() || tx.account_count().await? > 0 {
            return Err(Fault::NotFound);
        }
        tx.use_link(&link.hash, now).await?;
        let today = clock::local_date(now);
        // An agency may have been added from the command line before.
        let existing = tx.units().await?.into_iter().find(|record| record.unit.code == code);
        let agency = existing.as_ref().map_or_else(|| AgencyId(Uuid::now_v7()), |record| record.unit.id);
        if existing.is_none() {
            tx.insert_unit(&UnitRecord {
                unit: Unit {
                    id: agency,
                    code,
                    kind: UnitKind::SupervisingOffice,
                    parent: None,
                    names: vec![Name { from: today, text: office }],
                    closed_on: None,
                },
                successor: None,
                position: 0,
                settings: "{}".to_owned(),
                version: 1,
            })
            .await?;
        } else if let Some(mut known) = existing {
            // Added from the command line: it becomes what is set up here. Another name under its code is a slip of one of both.
            let called = known.unit.name_on(today);
            if called != office {
                let why = format!("这个代码的机构已经录入，名称是“{called}”：名称和代码有一个不对，请核对");
                return Err(Fault::Invalid(vec![("office".to_owned(), why)]));
            }
            known.unit.kind = UnitKind::SupervisingOffice;
            known.unit.parent = None;
            tx.update_unit(&known).await?;
        }
        let id = OfficerId(Uuid::now_v7());
        tx.insert_account(&Account {
            id,
            agency,
            section: None,
            login,
            name,
            post: String::new(),
            password: Some(password),
            totp: None,
            totp_step: 0,
            must_change: false,
            failures: 0,
            locked_until: None,
            disabled: false,
            mail: None,
            created_at: now,
            version: 1,
        })
        .await?;
        let role = RoleRecord {
            id: Uuid::now_v7(),
            officer: id,
            role: Role::Administrator,
            from: today,
            until: None,
            standing_for: None,
        };
        tx.insert_role(&role).await?;
        tx.append_audit(now, "system", "platform.set_up", &id.to_string(), "").await?;
        self.commit_rights(tx).await?;
        self.refresh(now).await
    }

    /// A link with which a person sets the first, or a forgotten, password.
    pub(super) async fn invite(&self, tx: &Tx, now: Timestamp, id: OfficerId) -> Result<String, Fault> {
        let secret = secret::random();
        tx.delete_links(Some(id)).await?;
        tx.insert_link(&OneTimeLink {
            hash: secret::hash(&secret),
            officer: Some(id),
            expires_at: later(now, INVITATION),
            used_at: None,
        })
        .await?;
        Ok(secret)
    }
}

async fn live(tx: &Tx, secret: &str, now: Timestamp) -> Result<OneTimeLink, Fault> {
    let link = tx.link(&secret::hash(secret)).await?;
    link.filter(|link| link.used_at.is_none() && link.expires_at > now).ok_or_else(|| {
        Fault::Refused(Refusal::new(
            "链接已经用过、过期或不完整",
            "请管理员重新生成链接；首次设置时重新启动程序会显示新的链接",
        ))
    })
}

/// Counts a wrong password or code. Whether the account is locked now: it takes no further one for a while.
async fn count_failure(tx: &Tx, account: &mut Account, now: Timestamp) -> Result<bool, Fault> {
    account.failures += 1;
    let locks = account.failures >= FAILURES;
    if locks {
        account.failures = 0;
        account.locked_until = Some(later(now, LOCKED));
        let id = account.id.to_string();
        tx.append_audit(now, &id, "officer.locked", &id, "").await?;
    }
    tx.update_account(account).await?;
    Ok(locks)
}

fn is_locked(account: &Account, now: Timestamp) -> bool {
    account.locked_until.is_some_and(|until| until > now)
}
