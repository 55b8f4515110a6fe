//! Units with their names and settings, and the settings of the whole installation.

use gongkai_model::Refusal;
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::{Act, Role};
use gongkai_model::org::{Name, Unit, UnitKind, check_code, check_index_code, check_name};
use gongkai_model::publication::Chain;
use gongkai_model::publication::check::Terms;
use gongkai_store::{Tx, UnitRecord};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::directory::{AgencySettings, SiteSettings, read};
use super::services::{Actor, Services};
use super::{Fault, clock};

impl Services {
    /// The agency that manages a unit: that of a section, else the unit itself.
    fn owner(&self, id: AgencyId) -> Result<AgencyId, Fault> {
        let directory = self.directory();
        let one = directory.get(id).ok_or(Fault::NotFound)?;
        Ok(one.parent.filter(|_| one.kind == UnitKind::Section).unwrap_or(id))
    }

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
        if kind != UnitKind::Section {
            check_index_code(&code).map_err(|refusal| Fault::field("code", refusal.to_string()))?;
        }
        let name = check_name(name).map_err(|refusal| Fault::field("name", refusal.to_string()))?;
        let directory = self.directory();
        if parent.is_some_and(|parent| directory.get(parent).is_none()) {
            return Err(Fault::field("parent", "没有这个上级机构"));
        }
        if kind != UnitKind::Section
            && let Some(known) = directory.open_agencies().find(|one| one.name == name)
        {
            let why = format!("已有同名的机构（代码{}），请用全称分清", known.code);
            return Err(Fault::field("name", why));
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
        actor.need(Act::Administer, self.owner(id)?)?;
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
        actor.need(Act::Administer, self.owner(id)?)?;
        let section = self.directory().get(id).is_some_and(|one| one.kind == UnitKind::Section);
        if !section && !actor.over_all {
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
        let sister = |other| self.directory().get(other).is_some_and(|one| one.parent == record.unit.parent);
        if section && successor.is_some_and(|other| !sister(other)) {
            return Err(Fault::field("successor", "科室的职责由同一机关的科室承接"));
        }
        let unfinished = self.store.under_way().await?.iter().filter(|row| row.agency == id).count();
        if !section && unfinished > 0 && on <= clock::local_date(now) {
            return Err(Refusal::new(
                format!(
                    "{}还有{unfinished}件没有办结的稿件，撤销后就没有人能办",
                    record.unit.name_on(clock::local_date(now))
                ),
                "先发布或作废这些稿件（带国家秘密标志的由保密审查员处理），或者把撤销日期定在以后",
            )
            .into());
        }
        record.unit.closed_on = Some(on);
        record.successor = successor;
        tx.update_unit(&record).await?;
        self.record(&tx, now, actor, "unit.close", &id.to_string(), &format!("on={on}")).await?;
        self.commit_rights(tx).await?;
        self.refresh(now).await
    }

    /// Takes back a new name whose day has not come.
    ///
    /// # Errors
    /// None is to come: a name that has held stays in the history.
    pub async fn cancel_rename(&self, now: Timestamp, actor: &Actor, id: AgencyId) -> Result<(), Fault> {
        actor.need(Act::Administer, self.owner(id)?)?;
        let tx = self.store.begin().await?;
        let mut record = unit(&tx, id).await?;
        let Some(dropped) = record.unit.cancel_rename(clock::local_date(now))? else { return Err(Fault::NotFound) };
        tx.delete_unit_name(id, dropped.from).await?;
        tx.update_unit(&record).await?;
        let detail = format!("from={}", dropped.from);
        self.record(&tx, now, actor, "unit.rename_cancel", &id.to_string(), &detail).await?;
        self.commit_rights(tx).await?;
        self.refresh(now).await
    }

    /// Opens a closed unit again, or takes back a closure to come. What its successor published meanwhile stays the successor's.
    ///
    /// # Errors
    /// It is not closed.
    pub async fn reopen_unit(&self, now: Timestamp, actor: &Actor, id: AgencyId) -> Result<(), Fault> {
        actor.need(Act::Administer, self.owner(id)?)?;
        let tx = self.store.begin().await?;
        let mut record = unit(&tx, id).await?;
        if record.unit.kind != UnitKind::Section && !actor.over_all {
            return Err(Fault::Forbidden);
        }
        let Some(day) = record.unit.closed_on else {
            return Err(Refusal::new("这个机构没有撤销", "刷新页面查看现在的状态").into());
        };
        record.unit.closed_on = None;
        record.successor = None;
        tx.update_unit(&record).await?;
        self.record(&tx, now, actor, "unit.reopen", &id.to_string(), &format!("closed_on={day}")).await?;
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
        actor.need(Act::Administer, self.owner(id)?)?;
        Chain::from_codes(&settings.chain).map_err(|refusal| Fault::field("chain", refusal.to_string()))?;
        if settings.monthly > 1_000 {
            return Err(Fault::field("monthly", "每月计划条数不超过1000"));
        }
        if !(1..=30).contains(&settings.urgent_days) {
            return Err(Fault::field("urgent_days", "紧急发布的补签期限为1至30个工作日"));
        }
        if !(3..=30).contains(&settings.correction_days) {
            return Err(Fault::field("correction_days", "补正期限为3至30个工作日"));
        }
        if !(1..=100).contains(&settings.keep_years) {
            return Err(Fault::field("keep_years", "案卷的个人信息保存1至100年"));
        }
        if !settings.letter_series.is_empty() {
            gongkai_letters::NumberSeries::parse(&settings.letter_series)
                .map_err(|error| Fault::field("letter_series", error.to_string()))?;
        }
        let tx = self.store.begin().await?;
        let mut record = unit(&tx, id).await?;
        let old: AgencySettings = read(&record.settings)?;
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
            Some(one) => (read(&one.value)?, one.version),
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
        if !(0..24).contains(&site.mail.from) || !(site.mail.from + 1..=24).contains(&site.mail.until) {
            return Err(Fault::field("mail_from", "发邮件的时间写整点：从0至23点，到比它晚的钟点，最晚24点"));
        }
        // 条例 第四十九条: not after 31 January.
        let by_law = |day: Date| day.month() == 1;
        if !site.report_day.is_empty() && !site.report_day(2027).is_some_and(by_law) {
            return Err(Fault::field("report_day", "年度报告的报送期限写月和日，不晚于法定的1月31日，例如 01-26"));
        }
        let value = serde_json::to_string(site).map_err(|error| Fault::Failed(error.to_string()))?;
        let tx = self.store.begin().await?;
        tx.put_setting("site", &value, version).await?;
        self.record(&tx, now, actor, "site.settings", "site", "").await?;
        self.commit_rights(tx).await?;
        self.refresh(now).await
    }
}

pub(super) async fn unit(tx: &Tx, id: AgencyId) -> Result<UnitRecord, Fault> {
    tx.units().await?.into_iter().find(|record| record.unit.id == id).ok_or(Fault::NotFound)
}
