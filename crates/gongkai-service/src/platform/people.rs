//! Units, accounts, roles, substitutions.

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::org::{Name, Unit, UnitKind, check_code, check_name};
use gongkai_model::publication::Chain;
use gongkai_model::publication::check::Terms;
use gongkai_store::{Account, RoleRecord, Tx, UnitRecord};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::account::check_login;
use super::directory::{AgencySettings, SiteSettings};
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
fn incompatible(roles: &[Role]) -> Option<&'static str> {
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
    /// Adds a unit. From the command line `actor` is none.
    ///
    /// # Errors
    /// The code or the name cannot be used; the unit above does not exist.
    pub async fn add_unit(
        &self,
        now: Timestamp,
        actor: Option<&Actor>,
        code: &str,
        name: &str,
        kind: UnitKind,
        parent: Option<AgencyId>,
    ) -> Result<AgencyId, Fault> {
        if let Some(actor) = actor {
            actor.need(Act::Administer, parent.unwrap_or(actor.agency()))?;
        }
        let code = check_code(code).map_err(|refusal| Fault::field("code", refusal.to_string()))?;
        let name = check_name(name).map_err(|refusal| Fault::field("name", refusal.to_string()))?;
        let directory = self.directory();
        if parent.is_some_and(|parent| directory.get(parent).is_none()) {
            return Err(Fault::field("parent", "没有这个上级机构"));
        }
        let id = AgencyId(Uuid::now_v7());
        let position = i32::try_from(directory.units().count()).unwrap_or(i32::MAX);
        let record = UnitRecord {
            unit: Unit {
                id,
                code: code.clone(),
                kind,
                parent,
                names: vec![Name { from: clock::local_date(now), text: name }],
                closed_on: None,
            },
            successor: None,
            position,
            settings: "{}".to_owned(),
            version: 1,
        };
        let tx = self.store.begin().await?;
        match tx.insert_unit(&record).await {
            Err(gongkai_store::Error::Duplicate(_)) => {
                return Err(Fault::field("code", format!("机构代码“{code}”已经用过，请换一个")));
            }
            other => other?,
        }
        let who = actor.map_or_else(|| "operator".to_owned(), |actor| actor.id().to_string());
        tx.append_audit(now, &who, "unit.create", &id.to_string(), &format!("code={code}")).await?;
        self.commit_rights(tx).await?;
        self.refresh(now).await?;
        Ok(id)
    }

    /// Adds an agency from the command line, below another where one is named.
    ///
    /// # Errors
    /// As [`Services::add_unit`].
    pub async fn add_agency(
        &self,
        now: Timestamp,
        code: &str,
        name: &str,
        parent: Option<AgencyId>,
    ) -> Result<AgencyId, Fault> {
        self.add_unit(now, None, code, name, UnitKind::Agency, parent).await
    }

    /// Gives a unit a new name from a day on; the earlier name stays for the days before.
    ///
    /// # Errors
    /// The name or the day cannot be used.
    pub async fn rename_unit(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: AgencyId,
        name: &str,
        from: Date,
    ) -> Result<(), Fault> {
        actor.need(Act::Administer, id)?;
        let tx = self.store.begin().await?;
        let mut record = unit(&tx, id).await?;
        record.unit.rename(name, from)?;
        if let Some(added) = record.unit.names.last() {
            tx.insert_unit_name(id, added).await?;
        }
        tx.update_unit(&record).await?;
        self.record(&tx, now, actor, "unit.rename", &id.to_string(), &format!("from={from}")).await?;
        self.commit_rights(tx).await?;
        self.refresh(now).await
    }

    /// Closes a unit from a day on; another takes over, where one is named. Its publications stay under its name.
    ///
    /// # Errors
    /// It is closed already, or would take over from itself.
    pub async fn close_unit(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: AgencyId,
        on: Date,
        successor: Option<AgencyId>,
    ) -> Result<(), Fault> {
        actor.need(Act::Administer, id)?;
        if !actor.over_all {
            return Err(Fault::Forbidden);
        }
        if id == actor.agency() {
            return Err(Refusal::new("主管部门不能撤销自己", "由下一个主管部门办理").into());
        }
        let tx = self.store.begin().await?;
        let mut record = unit(&tx, id).await?;
        if record.unit.closed_on.is_some_and(|day| day <= clock::local_date(now)) {
            return Err(Refusal::new("这个机构已经撤销", "撤销之日以前可以改日期").into());
        }
        if successor == Some(id) || successor.is_some_and(|other| self.directory().get(other).is_none()) {
            return Err(Fault::field("successor", "请选择另一个机构作为职责承接机关"));
        }
        record.unit.closed_on = Some(on);
        record.successor = successor;
        tx.update_unit(&record).await?;
        self.record(&tx, now, actor, "unit.close", &id.to_string(), &format!("on={on}")).await?;
        self.commit_rights(tx).await?;
        self.refresh(now).await
    }

    /// Keeps the settings of an agency.
    ///
    /// # Errors
    /// The chain cannot be used; somebody else changed them.
    pub async fn set_agency(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: AgencyId,
        version: i32,
        settings: &AgencySettings,
    ) -> Result<(), Fault> {
        actor.need(Act::Administer, id)?;
        Chain::from_codes(&settings.chain).map_err(|refusal| Fault::field("chain", refusal.to_string()))?;
        if settings.monthly > 1_000 {
            return Err(Fault::field("monthly", "每月计划条数不超过1000"));
        }
        let tx = self.store.begin().await?;
        let mut record = unit(&tx, id).await?;
        let old: AgencySettings = serde_json::from_str(&record.settings).unwrap_or_default();
        let chain_changed = old.chain != settings.chain;
        // What columns say goes through the reviews with the guide.
        let kept = AgencySettings { notes: old.notes, ..settings.clone() };
        record.settings = serde_json::to_string(&kept).map_err(|error| Fault::Failed(error.to_string()))?;
        record.version = version;
        tx.update_unit(&record).await?;
        let detail = if chain_changed { format!("chain={}", settings.chain) } else { String::new() };
        self.record(&tx, now, actor, "unit.settings", &id.to_string(), &detail).await?;
        self.commit_rights(tx).await?;
        self.refresh(now).await
    }

    /// The settings of the whole installation, with their version.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn site(&self) -> Result<(SiteSettings, i32), Fault> {
        Ok(match self.store.setting("site").await? {
            Some(one) => (serde_json::from_str(&one.value).unwrap_or_default(), one.version),
            None => (SiteSettings::default(), 0),
        })
    }

    /// Keeps the settings of the whole installation.
    ///
    /// # Errors
    /// The dictionary cannot be read; somebody else changed them.
    pub async fn set_site(
        &self,
        now: Timestamp,
        actor: &Actor,
        version: i32,
        site: &SiteSettings,
    ) -> Result<(), Fault> {
        if !(actor.over_all && actor.holds(Role::Administrator)) {
            return Err(Fault::Forbidden);
        }
        Terms::parse(&site.terms).map_err(|message| Fault::field("terms", message))?;
        for (field, address) in
            [("address", &site.address), ("party_mark", &site.party_mark), ("error_report", &site.error_report)]
        {
            if !address.is_empty() && !address.starts_with("https://") && !address.starts_with("http://") {
                return Err(Fault::field(field, "网址以 https:// 开头"));
            }
        }
        let value = serde_json::to_string(site).map_err(|error| Fault::Failed(error.to_string()))?;
        let tx = self.store.begin().await?;
        tx.put_setting("site", &value, version).await?;
        self.record(&tx, now, actor, "site.settings", "site", "").await?;
        self.commit_rights(tx).await?;
        self.refresh(now).await
    }

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
        if let Some(why) = incompatible(&new.roles) {
            return Err(Fault::field("roles", why));
        }
        if tx.account_by_login(&login).await?.is_some() {
            return Err(Fault::field("login", format!("登录名“{login}”已经有人使用，请换一个")));
        }
        let id = OfficerId(Uuid::now_v7());
        tx.insert_account(&Account {
            id,
            agency,
            section: None,
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

    /// Changes which roles a person holds from today on.
    ///
    /// # Errors
    /// The roles must not meet in one person.
    pub async fn set_roles(&self, now: Timestamp, actor: &Actor, id: OfficerId, roles: &[Role]) -> Result<(), Fault> {
        let account = self.store.account(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Administer, account.agency)?;
        if let Some(why) = incompatible(roles) {
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

    /// Lets a person stand in for another, for some days, in the roles of the other that sign.
    ///
    /// # Errors
    /// They are the same, of different agencies, or the days are the wrong way round.
    pub async fn substitute(
        &self,
        now: Timestamp,
        actor: &Actor,
        away: OfficerId,
        stand_in: OfficerId,
        from: Date,
        until: Date,
    ) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        let (Some(one), Some(other)) = (tx.account(away).await?, tx.account(stand_in).await?) else {
            return Err(Fault::NotFound);
        };
        actor.need(Act::Administer, one.agency)?;
        if away == stand_in || one.agency != other.agency {
            return Err(Fault::field("stand_in", "代理人应是同一机关的另一人"));
        }
        if until < from || until < clock::local_date(now) {
            return Err(Fault::field("until", "结束日期不早于开始日期和今天"));
        }
        let today = clock::local_date(now);
        let holds = |list: &[RoleRecord]| -> Vec<Role> {
            list.iter().filter(|one| one.standing_for.is_none() && one.holds_on(today)).map(|one| one.role).collect()
        };
        let held = tx.roles(stand_in).await?;
        let own = holds(&held);
        // What the person stands in for already within these days counts too.
        let mut together = own.clone();
        for one in held.iter().filter(|one| one.standing_for.is_some() && one.from <= until) {
            if one.until.is_none_or(|last| last >= from) && !together.contains(&one.role) {
                together.push(one.role);
            }
        }
        let mut given = Vec::new();
        for role in holds(&tx.roles(away).await?) {
            // Accounts and the audit chain are no matter of a day's absence.
            if together.contains(&role) || matches!(role, Role::Administrator | Role::Auditor) {
                continue;
            }
            together.push(role);
            if incompatible(&together).is_some() {
                together.pop();
                continue;
            }
            tx.insert_role(&RoleRecord {
                id: Uuid::now_v7(),
                officer: stand_in,
                role,
                from,
                until: Some(until),
                standing_for: Some(away),
            })
            .await?;
            given.push(role.code());
        }
        if given.is_empty() {
            return Err(Fault::field("stand_in", "没有可以代理的角色：对方已有同样的角色，或角色之间不能兼任"));
        }
        let detail = format!("for={away}\nfrom={from}\nuntil={until}\nroles={}", given.join(" "));
        self.record(&tx, now, actor, "officer.substitute", &stand_in.to_string(), &detail).await?;
        self.commit_rights(tx).await
    }

    /// Ends the days on which others stand in for a person, from today on.
    ///
    /// # Errors
    /// Nobody stands in for the person.
    pub async fn end_substitution(&self, now: Timestamp, actor: &Actor, away: OfficerId) -> Result<(), Fault> {
        let today = clock::local_date(now);
        let account = self.store.account(away).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Administer, account.agency)?;
        let open: Vec<RoleRecord> = self
            .store
            .roles_of_agency(account.agency)
            .await?
            .into_iter()
            .filter(|one| one.standing_for == Some(away) && one.until.is_none_or(|until| until >= today))
            .collect();
        if open.is_empty() {
            return Err(Refusal::new("现在没有人代理这位同事", "").into());
        }
        let tx = self.store.begin().await?;
        for one in &open {
            tx.end_role(one.id, today.yesterday().unwrap_or(today)).await?;
        }
        self.record(&tx, now, actor, "officer.substitute_end", &away.to_string(), "").await?;
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

pub(super) async fn unit(tx: &Tx, id: AgencyId) -> Result<UnitRecord, Fault> {
    tx.units().await?.into_iter().find(|record| record.unit.id == id).ok_or(Fault::NotFound)
}
