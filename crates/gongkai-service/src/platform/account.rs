//! Signing in and out, passwords, the second factor, the first set-up.

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::{Grant, Officer, Role};
use gongkai_model::org::{Name, Unit, UnitKind, check_code, check_name};
use gongkai_store::{Account, OneTimeLink, RoleRecord, Session, Tx, UnitRecord};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::services::{Actor, Services};
use super::{Fault, clock, secret};

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
        let code = check_code(&input.code).map_err(|refusal| note("code", refusal.to_string()));
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

    /// Sets a password with a link; every session of the person ends.
    ///
    /// # Errors
    /// The link does not work; the password is weak.
    pub async fn set_password_by_link(&self, now: Timestamp, link: &str, password: String) -> Result<(), Fault> {
        if let Some(weak) = secret::weakness(&password, "") {
            return Err(Fault::field("password", weak));
        }
        let hashed = secret::hash_password(password).await?;
        let tx = self.store.begin().await?;
        let link = live(&tx, link, now).await?;
        let id = link.officer.ok_or(Fault::NotFound)?;
        let mut account = tx.account(id).await?.ok_or(Fault::NotFound)?;
        tx.use_link(&link.hash, now).await?;
        account.password = Some(hashed);
        account.must_change = false;
        account.failures = 0;
        account.locked_until = None;
        tx.update_account(&account).await?;
        tx.delete_sessions(id, "").await?;
        tx.append_audit(now, &id.to_string(), "officer.password", &id.to_string(), "by=link").await?;
        self.commit_rights(tx).await
    }

    /// Signs in with a name and a password. Says the same whatever is wrong.
    ///
    /// # Errors
    /// Name or password are wrong, or the account is locked.
    pub async fn sign_in(&self, now: Timestamp, login: &str, password: String, agent: &str) -> Result<SignedIn, Fault> {
        let login = login.trim().to_lowercase();
        let account = self.store.account_by_login(&login).await?;
        let stored = account.as_ref().filter(|one| !one.disabled).and_then(|one| one.password.clone());
        let locked = account.as_ref().is_some_and(|one| one.locked_until.is_some_and(|until| until > now));
        let right = secret::verify_password(password, stored).await?;
        if locked {
            return Err(Fault::TooOften("连续输错五次，账号暂停登录15分钟。忘记密码请联系本单位管理员".to_owned()));
        }
        let tx = self.store.begin().await?;
        let Some(mut account) = tx.account_by_login(&login).await? else {
            return Err(wrong_password());
        };
        if !right {
            account.failures += 1;
            if account.failures >= FAILURES {
                account.failures = 0;
                account.locked_until = Some(later(now, LOCKED));
                let id = account.id.to_string();
                tx.append_audit(now, &id, "officer.locked", &id, "").await?;
            }
            tx.update_account(&account).await?;
            self.commit_rights(tx).await?;
            return Err(wrong_password());
        }
        if account.totp.is_none() {
            // Where a second factor is still to come, its wrong codes go on counting.
            account.failures = 0;
        }
        account.locked_until = None;
        tx.update_account(&account).await?;
        let stage = match (&account.totp, account.must_change) {
            (Some(_), _) => Stage::SecondFactor,
            (None, true) => Stage::NewPassword,
            (None, false) => Stage::Full,
        };
        let signed = open_session(&tx, now, account.id, stage, agent).await?;
        let id = account.id.to_string();
        tx.append_audit(now, &id, "officer.sign_in", &id, "").await?;
        self.commit_rights(tx).await?;
        Ok(signed)
    }

    /// Gives the code of the second factor.
    ///
    /// # Errors
    /// It is wrong or was used; after five failures the account is locked.
    pub async fn second_factor(&self, now: Timestamp, viewer: &Viewer, code: &str) -> Result<Stage, Fault> {
        let tx = self.store.begin().await?;
        let mut account = tx.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        if account.locked_until.is_some_and(|until| until > now) {
            return Err(Fault::TooOften("连续输错五次，账号暂停登录15分钟".to_owned()));
        }
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let step = account.totp.as_ref().and_then(|totp| secret::totp_step(totp, code, seconds));
        let step = step.and_then(|step| i64::try_from(step).ok()).filter(|step| *step > account.totp_step);
        let Some(step) = step else {
            account.failures += 1;
            if account.failures >= FAILURES {
                account.failures = 0;
                account.locked_until = Some(later(now, LOCKED));
                tx.delete_session(&viewer.session).await?;
            }
            tx.update_account(&account).await?;
            self.commit_rights(tx).await?;
            return Err(Fault::field("code", "验证码不对或已经用过。请看手机上现在的六位数字"));
        };
        account.totp_step = step;
        account.failures = 0;
        tx.update_account(&account).await?;
        let stage = if account.must_change { Stage::NewPassword } else { Stage::Full };
        tx.touch_session(&viewer.session, stage.code(), now).await?;
        self.commit_rights(tx).await?;
        Ok(stage)
    }

    /// A secret for the second factor, to be shown to the person and given back with a first code.
    pub fn new_second_factor(&self) -> String {
        secret::totp_secret()
    }

    /// Turns the second factor on, with a first code as proof.
    ///
    /// # Errors
    /// The code does not fit.
    pub async fn enable_second_factor(
        &self,
        now: Timestamp,
        viewer: &Viewer,
        totp: &str,
        code: &str,
    ) -> Result<(), Fault> {
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let Some(step) = secret::totp_step(totp, code, seconds).and_then(|step| i64::try_from(step).ok()) else {
            return Err(Fault::field("code", "验证码不对。请确认手机时间准确，再输入现在的六位数字"));
        };
        let tx = self.store.begin().await?;
        let mut account = tx.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        account.totp = Some(totp.to_owned());
        account.totp_step = step;
        tx.update_account(&account).await?;
        let id = account.id.to_string();
        self.record(&tx, now, &viewer.actor, "officer.totp_on", &id, "").await?;
        self.commit_rights(tx).await
    }

    /// Turns the second factor off; wants the password.
    ///
    /// # Errors
    /// The password is wrong.
    pub async fn disable_second_factor(&self, now: Timestamp, viewer: &Viewer, password: String) -> Result<(), Fault> {
        let account = self.store.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        if !secret::verify_password(password, account.password.clone()).await? {
            return Err(Fault::field("password", "密码不对"));
        }
        let tx = self.store.begin().await?;
        let mut account = tx.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        account.totp = None;
        tx.update_account(&account).await?;
        let id = account.id.to_string();
        self.record(&tx, now, &viewer.actor, "officer.totp_off", &id, "").await?;
        self.commit_rights(tx).await
    }

    /// Changes the own password; other sessions end.
    ///
    /// # Errors
    /// The old one is wrong, the new one weak or the same.
    pub async fn change_password(
        &self,
        now: Timestamp,
        viewer: &Viewer,
        old: String,
        new: String,
    ) -> Result<(), Fault> {
        let account = self.store.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        if old == new {
            return Err(Fault::field("new", "新密码与原密码相同"));
        }
        if let Some(weak) = secret::weakness(&new, &account.login) {
            return Err(Fault::field("new", weak));
        }
        if !secret::verify_password(old, account.password).await? {
            return Err(Fault::field("old", "原密码不对"));
        }
        let hashed = secret::hash_password(new).await?;
        let tx = self.store.begin().await?;
        let mut account = tx.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        account.password = Some(hashed);
        account.must_change = false;
        tx.update_account(&account).await?;
        tx.delete_sessions(account.id, &viewer.session).await?;
        tx.touch_session(&viewer.session, Stage::Full.code(), now).await?;
        let id = account.id.to_string();
        self.record(&tx, now, &viewer.actor, "officer.password", &id, "by=self").await?;
        self.commit_rights(tx).await
    }

    /// Who sits behind a cookie; `None` where the session is over.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn viewer(&self, now: Timestamp, secret: &str) -> Result<Option<Viewer>, Fault> {
        let hash = secret::hash(secret);
        let Some(session) = self.store.session(&hash).await? else { return Ok(None) };
        if session.expires_at <= now || later(session.seen_at, IDLE) <= now {
            return Ok(None);
        }
        let Some(account) = self.store.account(session.officer).await?.filter(|one| !one.disabled) else {
            return Ok(None);
        };
        // A use a minute is enough to know that the session lives.
        if later(session.seen_at, SignedDuration::from_mins(1)) <= now {
            let tx = self.store.begin().await?;
            tx.touch_session(&hash, &session.stage, now).await?;
            self.commit_rights(tx).await?;
        }
        let actor = self.actor_of(&account, now).await?;
        Ok(Some(Viewer {
            session: hash,
            csrf: session.csrf,
            stage: Stage::from_code(&session.stage),
            actor,
            login: account.login,
            has_totp: account.totp.is_some(),
        }))
    }

    /// A person with the roles of a day. A substitution holds only while the other person has the role.
    pub(super) async fn actor_of(&self, account: &Account, now: Timestamp) -> Result<Actor, Fault> {
        let today = clock::local_date(now);
        let directory = self.directory();
        let mut grants: Vec<Grant> = Vec::new();
        for record in self.store.roles(account.id).await? {
            if !record.holds_on(today) {
                continue;
            }
            let mut section = account.section;
            if let Some(other) = record.standing_for {
                let held = self.store.roles(other).await?;
                if !held.iter().any(|one| one.role == record.role && one.standing_for.is_none() && one.holds_on(today))
                {
                    continue;
                }
                section = self.store.account(other).await?.and_then(|other| other.section);
            }
            let section = section.filter(|id| directory.get(*id).is_some_and(|one| !one.is_closed));
            grants.push(Grant { role: record.role, section, standing_for: record.standing_for });
        }
        grants.sort_by_key(|grant| grant.standing_for.is_some());
        let over_all = directory.get(account.agency).is_some_and(|agency| agency.kind == UnitKind::SupervisingOffice);
        Ok(Actor {
            officer: Officer { id: account.id, name: account.name.clone(), agency: account.agency, grants },
            over_all,
        })
    }

    /// Signs out.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn sign_out(&self, viewer: &Viewer) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        tx.delete_session(&viewer.session).await?;
        self.commit_rights(tx).await
    }

    /// The own sessions, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn sessions(&self, viewer: &Viewer) -> Result<Vec<Session>, Fault> {
        Ok(self.store.sessions(viewer.actor.id()).await?)
    }

    /// Ends every session of the person but this one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn end_other_sessions(&self, now: Timestamp, viewer: &Viewer) -> Result<u64, Fault> {
        let tx = self.store.begin().await?;
        let ended = tx.delete_sessions(viewer.actor.id(), &viewer.session).await?;
        let id = viewer.actor.id().to_string();
        self.record(&tx, now, &viewer.actor, "officer.sessions_ended", &id, "").await?;
        self.commit_rights(tx).await?;
        Ok(ended)
    }
}

fn wrong_password() -> Fault {
    Fault::field("password", "登录名或密码不对。连续输错五次，账号暂停登录15分钟")
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

async fn open_session(
    tx: &Tx,
    now: Timestamp,
    officer: OfficerId,
    stage: Stage,
    agent: &str,
) -> Result<SignedIn, Fault> {
    let secret = secret::random();
    tx.insert_session(&Session {
        hash: secret::hash(&secret),
        officer,
        csrf: secret::random(),
        stage: stage.code().to_owned(),
        created_at: now,
        seen_at: now,
        expires_at: later(now, LONGEST),
        agent: agent.chars().filter(|c| !c.is_control()).take(200).collect(),
    })
    .await?;
    Ok(SignedIn { secret, stage })
}
