//! Signing in and out, sessions, and who sits behind one.

use gongkai_model::ids::OfficerId;
use gongkai_model::officer::{Grant, Officer};
use gongkai_model::org::UnitKind;
use gongkai_store::{Account, Session, Tx};
use jiff::{SignedDuration, Timestamp};

use super::{IDLE, LONGEST, SignedIn, Stage, Viewer, count_failure, is_locked, later};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock, secret};

impl Services {
    /// Signs in with a name and a password. Says the same whatever is wrong.
    ///
    /// # Errors
    /// Name or password are wrong, or the account is locked.
    pub async fn sign_in(&self, now: Timestamp, login: &str, password: String, agent: &str) -> Result<SignedIn, Fault> {
        let login = login.trim().to_lowercase();
        let account = self.store.account_by_login(&login).await?;
        let stored = account.as_ref().filter(|one| !one.disabled).and_then(|one| one.password.clone());
        let right = secret::verify_password(password, stored).await?;
        let tx = self.store.begin().await?;
        let Some(mut account) = tx.account_by_login(&login).await? else {
            return Err(wrong_password());
        };
        // A locked account answers as a wrong password does: neither the name nor the password is given away.
        if is_locked(&account, now) {
            return Err(wrong_password());
        }
        if !right {
            count_failure(&tx, &mut account, now).await?;
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

    /// The same person after an act, while the session still stands.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn viewer_of(&self, now: Timestamp, viewer: &Viewer) -> Result<Option<Viewer>, Fault> {
        let session = self.store.session(&viewer.session).await?;
        Ok(session.filter(|one| one.expires_at > now).map(|_one| viewer.clone()))
    }

    /// A person with the roles of a day. A substitution holds only while the other person has the role.
    pub(in crate::platform) async fn actor_of(&self, account: &Account, now: Timestamp) -> Result<Actor, Fault> {
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
    pub async fn sign_out(&self, now: Timestamp, viewer: &Viewer) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        tx.delete_session(&viewer.session).await?;
        let id = viewer.actor.id().to_string();
        tx.append_audit(now, &id, "officer.sign_out", &id, "").await?;
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
    Fault::field("password", "登录名或密码不对。连续输错五次，账号暂停登录15分钟；忘记密码请联系本单位管理员")
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
