//! The second factor (TOTP, RFC 6238).

use gongkai_model::Refusal;
use jiff::Timestamp;

use super::{Stage, Viewer, count_failure, is_locked};
use crate::platform::services::Services;
use crate::platform::{Fault, secret};

impl Services {
    /// Gives the code of the second factor.
    ///
    /// # Errors
    /// It is wrong or was used; after five failures the account is locked.
    pub async fn second_factor(&self, now: Timestamp, viewer: &Viewer, code: &str) -> Result<Stage, Fault> {
        let tx = self.store.begin().await?;
        let mut account = tx.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        if is_locked(&account, now) {
            return Err(Fault::TooOften("连续输错五次，账号暂停登录15分钟".to_owned()));
        }
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let step = account.totp.as_ref().and_then(|totp| secret::totp_step(totp, code, seconds));
        let step = step.and_then(|step| i64::try_from(step).ok()).filter(|step| *step > account.totp_step);
        let Some(step) = step else {
            if count_failure(&tx, &mut account, now).await? {
                tx.delete_session(&viewer.session).await?;
            }
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

    /// Turns the second factor on; wants the password, and a first code as proof.
    ///
    /// # Errors
    /// The password is wrong, the code does not fit, or one is on already.
    pub async fn enable_second_factor(
        &self,
        now: Timestamp,
        viewer: &Viewer,
        password: String,
        totp: &str,
        code: &str,
    ) -> Result<(), Fault> {
        self.prove_password(now, viewer, password, "password").await?;
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let Some(step) = secret::totp_step(totp, code, seconds).and_then(|step| i64::try_from(step).ok()) else {
            return Err(Fault::field("code", "验证码不对。请确认手机时间准确，再输入现在的六位数字"));
        };
        let tx = self.store.begin().await?;
        let mut account = tx.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        if account.totp.is_some() {
            return Err(Refusal::new("两步验证已经启用", "换手机时先停用，再重新启用").into());
        }
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
        self.prove_password(now, viewer, password, "password").await?;
        let tx = self.store.begin().await?;
        let mut account = tx.account(viewer.actor.id()).await?.ok_or(Fault::NotFound)?;
        account.totp = None;
        tx.update_account(&account).await?;
        let id = account.id.to_string();
        self.record(&tx, now, &viewer.actor, "officer.totp_off", &id, "").await?;
        self.commit_rights(tx).await
    }
}
