//! Accounts and the roles their persons hold.

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::org::{UnitKind, check_name};
use gongkai_store::{Account, RoleRecord, Tx};
use jiff::Timestamp;
use uuid::Uuid;

use super::account::check_login;
use super::services::{Actor, Services};
use super::{Fault, clock};

/// An account to be made.
#[derive(Debug, Clone, Default)]
pub struct NewOfficer {
    /// The sign-in name.
    pub login: String,
    /// The name.
    pub name: String,
    /// 职务.
    pub post: String,
    /// The section (科室) within the agency.
    pub section: Option<AgencyId>,
    /// The roles.
    pub roles: Vec<Role>,
}

/// An account as administrators see it.
#[derive(Debug, Clone)]
pub struct OfficerView {
    /// The account.
    pub account: Account,
    /// The roles that hold today or later, and those of the past.
    pub roles: Vec<RoleRecord>,
}

/// Roles that must not meet in one person, and why.
pub(super) fn incompatible(roles: &[Role]) -> Option<&'static str> {
    let has = |role: Role| roles.contains(&role);
    let content = [Role::Drafter, Role::SectionHead, Role::SecrecyReviewer, Role::DivisionLeader, Role::Principal]
        .into_iter()
        .any(has);
    if has(Role::Administrator) && (content || has(Role::Publisher)) {
        return Some("管理员不参与起草、审核和发布");
    }
    if has(Role::Auditor) && (has(Role::Administrator) || content || has(Role::Publisher)) {
        return Some("审计员不兼任其他角色");
    }
    (has(Role::SecrecyReviewer) && has(Role::Drafter)).then_some("同一人不能既起草又做保密审查")
}

impl Services {
    /// The accounts of an agency.
    ///
    /// # Errors
    /// The person may not see them.
    pub async fn officers(&self, actor: &Actor, agency: AgencyId) -> Result<Vec<OfficerView>, Fault> {
        actor.need(Act::Administer, agency)?;
        let roles = self.store.roles_of_agency(agency).await?;
        let accounts = self.store.accounts(Some(agency)).await?;
        Ok(accounts
            .into_iter()
            .map(|account| OfficerView {
                roles: roles.iter().filter(|role| role.officer == account.id).cloned().collect(),
                account,
            })
            .collect())
    }

    /// The people of the own agency: identity and name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn colleagues(&self, actor: &Actor) -> Result<Vec<(String, String)>, Fault> {
        let accounts = self.store.accounts(Some(actor.agency())).await?;
        Ok(accounts.into_iter().map(|one| (one.id.to_string(), one.name)).collect())
    }

    /// Names of officers by identity, for signatures and lists.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn officer_names(&self) -> Result<std::collections::BTreeMap<OfficerId, String>, Fault> {
        Ok(self.store.accounts(None).await?.into_iter().map(|one| (one.id, one.name)).collect())
    }

    /// Makes an account with its roles. Gives the secret of a link with which the person sets the password.
    ///
    /// # Errors
    /// Fields are wrong; the roles must not meet in one person.
    pub async fn add_officer(
        &self,
        now: Timestamp,
        actor: &Actor,
        agency: AgencyId,
        new: &NewOfficer,
    ) -> Result<(OfficerId, String), Fault> {
        actor.need(Act::Administer, agency)?;
        let tx = self.store.begin().await?;
        let id = self.insert_officer(&tx, now, agency, new, None).await?;
        let link = self.invite(&tx, now, id).await?;
        let roles: Vec<&str> = new.roles.iter().map(|role| role.code()).collect();
        self.record(&tx, now, actor, "officer.create", &id.to_string(), &format!("roles={}", roles.join(" "))).await?;
        self.commit_rights(tx).await?;
        Ok((id, link))
    }

    pub(super) async fn insert_officer(
        &self,
        tx: &Tx,
        now: Timestamp,
        agency: AgencyId,
        new: &NewOfficer,
        password: Option<String>,
    ) -> Result<OfficerId, Fault> {
        let login = check_login(&new.login)?;
        let name = check_name(&new.name).map_err(|_refusal| Fault::field("name", "请填写姓名，2至60个字"))?;
        if new.roles.is_empty() {
            return Err(Fault::field("roles", "至少选一个角色"));
        }
        if let Some(why) = incompatible(&new.roles).or_else(|| self.idle(agency, &new.roles)) {
            return Err(Fault::field("roles", why));
        }
        if tx.account_by_login(&login).await?.is_some() {
            return Err(Fault::field("login", format!("登录名“{login}”已经有人使用，请换一个")));
        }
        let id = OfficerId(Uuid::now_v7());
        tx.insert_account(&Account {
            id,
            agency,
            section: self.checked_section(agency, new.section)?,
            login,
            name,
            post: new.post.chars().filter(|c| !c.is_control()).take(60).collect(),
            password,
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
        for role in &new.roles {
            tx.insert_role(&RoleRecord {
                id: Uuid::now_v7(),
                officer: id,
                role: *role,
                from: clock::local_date(now),
                until: None,
                standing_for: None,
            })
            .await?;
        }
        Ok(id)
    }

    /// A role that has nothing to do at an agency, in words.
    fn idle(&self, agency: AgencyId, roles: &[Role]) -> Option<&'static str> {
        let supervises = self.directory().get(agency).is_some_and(|one| one.kind == UnitKind::SupervisingOffice);
        (roles.contains(&Role::Supervisor) && !supervises).then_some("主管部门工作人员只在政务公开主管部门设置")
    }

    /// A section as it may be noted of a person of an agency.
    fn checked_section(&self, agency: AgencyId, section: Option<AgencyId>) -> Result<Option<AgencyId>, Fault> {
        let Some(section) = section else { return Ok(None) };
        let directory = self.directory();
        let known = directory.sections(agency).any(|one| one.id == section && !one.is_closed);
        if known { Ok(Some(section)) } else { Err(Fault::field("section", "请选择本机关的科室")) }
    }

    /// Changes name, post and section of a person. What the person began stays with the section it was begun in.
    ///
    /// # Errors
    /// The name cannot be used; the section is not one of the agency.
    pub async fn set_officer(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: OfficerId,
        name: &str,
        post: &str,
        section: Option<AgencyId>,
    ) -> Result<(), Fault> {
        let name = check_name(name).map_err(|_refusal| Fault::field("name", "请填写姓名，2至60个字"))?;
        let tx = self.store.begin().await?;
        let mut account = tx.account(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Administer, account.agency)?;
        account.section = self.checked_section(account.agency, section)?;
        account.name = name;
        account.post = post.chars().filter(|c| !c.is_control()).take(60).collect();
        tx.update_account(&account).await?;
        let section = account.section.map(|id| id.to_string()).unwrap_or_default();
        self.record(&tx, now, actor, "officer.change", &id.to_string(), &format!("section={section}")).await?;
        self.commit_rights(tx).await
    }

    /// Changes which roles a person holds from today on.
    ///
    /// # Errors
    /// The roles must not meet in one person.
    pub async fn set_roles(&self, now: Timestamp, actor: &Actor, id: OfficerId, roles: &[Role]) -> Result<(), Fault> {
        let account = self.store.account(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Administer, account.agency)?;
        if let Some(why) = incompatible(roles).or_else(|| self.idle(account.agency, roles)) {
            return Err(Fault::field("roles", why));
        }
        if id == actor.id() && !roles.contains(&Role::Administrator) {
            return Err(Fault::field("roles", "不能取消自己的管理员角色，请另一位管理员办理"));
        }
        let today = clock::local_date(now);
        let tx = self.store.begin().await?;
        let held: Vec<RoleRecord> =
            tx.roles(id).await?.into_iter().filter(|one| one.standing_for.is_none() && one.holds_on(today)).collect();
        for gone in held.iter().filter(|one| !roles.contains(&one.role)) {
            tx.end_role(gone.id, today.yesterday().unwrap_or(today)).await?;
        }
        for role in roles.iter().filter(|role| !held.iter().any(|one| one.role == **role)) {
            let from = today;
            tx.insert_role(&RoleRecord {
                id: Uuid::now_v7(),
                officer: id,
                role: *role,
                from,
                until: None,
                standing_for: None,
            })
            .await?;
        }
        let codes: Vec<&str> = roles.iter().map(|role| role.code()).collect();
        self.record(&tx, now, actor, "officer.roles", &id.to_string(), &format!("roles={}", codes.join(" "))).await?;
        self.commit_rights(tx).await
    }

    /// A new link for a person who forgot the password; the second factor is taken off, sessions and tokens end.
    ///
    /// # Errors
    /// The person may not.
    pub async fn reset_officer(&self, now: Timestamp, actor: &Actor, id: OfficerId) -> Result<String, Fault> {
        let tx = self.store.begin().await?;
        let mut account = tx.account(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Administer, account.agency)?;
        account.password = None;
        account.totp = None;
        account.locked_until = None;
        account.failures = 0;
        tx.update_account(&account).await?;
        tx.delete_sessions(id, "").await?;
        tx.revoke_tokens(id, now).await?;
        let link = self.invite(&tx, now, id).await?;
        self.record(&tx, now, actor, "officer.reset", &id.to_string(), "").await?;
        self.commit_rights(tx).await?;
        Ok(link)
    }

    /// Closes an account, or opens it again.
    ///
    /// # Errors
    /// It is the own one.
    pub async fn set_disabled(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: OfficerId,
        disabled: bool,
    ) -> Result<(), Fault> {
        if id == actor.id() {
            return Err(Refusal::new("不能停用自己的账号", "请另一位管理员办理").into());
        }
        let tx = self.store.begin().await?;
        let mut account = tx.account(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Administer, account.agency)?;
        account.disabled = disabled;
        tx.update_account(&account).await?;
        if disabled {
            tx.delete_sessions(id, "").await?;
        }
        let act = if disabled { "officer.disable" } else { "officer.enable" };
        self.record(&tx, now, actor, act, &id.to_string(), "").await?;
        self.commit_rights(tx).await
    }
}
