//! Passwords: set by a link, changed, checked once more before what is delicate.

use gongkai_model::ids::OfficerId;
use gongkai_model::officer::Act;
use gongkai_store::Account;
use jiff::Timestamp;

use super::{Stage, Viewer, count_failure, is_locked, live};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, secret};

impl Services {
    /// Sets a password with a link; every session of the person ends.
    ///
    /// # Errors
    /// The link does not work; the password is weak.
    pub async fn set_password_by_link(&self, now: Timestamp, link: &str, password: String) -> Result<(), Fault> {
        if let Some(weak) = secret::weakness(&password, &self.login_of_link(now, link).await?) {
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
        tx.revoke_tokens(id, now).await?;
        tx.append_audit(now, &id.to_string(), "officer.password", &id.to_string(), "by=link").await?;
        self.commit_rights(tx).await
    }

    /// The sign-in name of the person whose password a link sets.
    async fn login_of_link(&self, now: Timestamp, link: &str) -> Result<String, Fault> {
        let tx = self.store.snapshot().await?;
        let id = live(&tx, link, now).await?.officer.ok_or(Fault::NotFound)?;
        Ok(tx.account(id).await?.ok_or(Fault::NotFound)?.login)
    }

    /// Asks for the password once more. Wrong ones count as they do when signing in.
    pub(super) async fn prove_password(
        &self,
        now: Timestamp,
        viewer: &Viewer,
        password: String,
        field: &str,
    ) -> Result<(), Fault> {
        let account = self.store.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        let right = secret::verify_password(password, account.password).await?;
        let tx = self.store.begin().await?;
        let mut account = tx.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        if is_locked(&account, now) {
            return Err(Fault::TooOften("密码连续输错五次，15分钟后再试".to_owned()));
        }
        if right {
            return Ok(());
        }
        if count_failure(&tx, &mut account, now).await? {
            tx.delete_session(&viewer.session).await?;
        }
        self.commit_rights(tx).await?;
        Err(Fault::field(field, "密码不对"))
    }

    /// Asks a person to change the password at the next sign-in, and ends the sessions.
    ///
    /// # Errors
    /// The person may not.
    pub async fn force_password_change(&self, now: Timestamp, actor: &Actor, id: OfficerId) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        let mut account: Account = tx.account(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Administer, account.agency)?;
        account.must_change = true;
        tx.update_account(&account).await?;
        tx.delete_sessions(id, "").await?;
        self.record(&tx, now, actor, "officer.must_change", &id.to_string(), "").await?;
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
        // Whoever has not given the second code knows the password alone.
        if viewer.stage == Stage::SecondFactor {
            return Err(Fault::Forbidden);
        }
        let account = self.store.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        if old == new {
            return Err(Fault::field("new", "新密码与原密码相同"));
        }
        if let Some(weak) = secret::weakness(&new, &account.login) {
            return Err(Fault::field("new", weak));
        }
        self.prove_password(now, viewer, old, "old").await?;
        let hashed = secret::hash_password(new).await?;
        let tx = self.store.begin().await?;
        let mut account = tx.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        account.password = Some(hashed);
        account.must_change = false;
        tx.update_account(&account).await?;
        tx.delete_sessions(account.id, &viewer.session).await?;
        // Whoever knew the old one may have made tokens with it.
        tx.revoke_tokens(account.id, now).await?;
        tx.touch_session(&viewer.session, Stage::Full.code(), now).await?;
        let id = account.id.to_string();
        self.record(&tx, now, &viewer.actor, "officer.password", &id, "by=self").await?;
        self.commit_rights(tx).await
    }
}
