//! 政府信息公开指南 with the fields that article 12 asks for.

use gongkai_model::ids::AgencyId;
use gongkai_model::officer::{Act, Role};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::services::{Actor, Services};
use super::{Fault, clock};

/// The guide of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Guide {
    /// 政府信息的分类.
    pub classes: String,
    /// 编排体系.
    pub arrangement: String,
    /// 获取方式.
    pub access: String,
    /// 政府信息公开工作机构的名称.
    pub office: String,
    /// 办公地址.
    pub address: String,
    /// 办公时间.
    pub hours: String,
    /// 联系电话.
    pub phone: String,
    /// 传真号码.
    pub fax: String,
    /// 互联网联系方式.
    pub online: String,
    /// How to apply.
    pub apply: String,
    /// Fees.
    pub fees: String,
    /// Remedies.
    pub remedy: String,
    /// When it was last looked at, as `2026-01-09`.
    pub reviewed_on: String,
}

impl Guide {
    /// The fields that the law asks for, with label and text.
    pub fn required(&self) -> [(&'static str, &'static str, &str); 9] {
        [
            ("classes", "政府信息的分类", &self.classes),
            ("arrangement", "编排体系", &self.arrangement),
            ("access", "获取方式", &self.access),
            ("office", "政府信息公开工作机构的名称", &self.office),
            ("address", "办公地址", &self.address),
            ("hours", "办公时间", &self.hours),
            ("phone", "联系电话", &self.phone),
            ("fax", "传真号码", &self.fax),
            ("online", "互联网联系方式", &self.online),
        ]
    }

    /// The further fields, with label and text.
    pub fn further(&self) -> [(&'static str, &'static str, &str); 3] {
        [("apply", "依申请公开", &self.apply), ("fees", "收费", &self.fees), ("remedy", "监督和救济", &self.remedy)]
    }

    fn missing(&self) -> Vec<(String, String)> {
        self.required()
            .into_iter()
            .filter(|(_, _, text)| text.trim().is_empty())
            .map(|(name, label, _)| (name.to_owned(), format!("请填写{label}（《政府信息公开条例》第十二条）")))
            .collect()
    }
}

impl Services {
    /// The guide of an agency with its version; an empty one where none was written.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn guide(&self, agency: AgencyId) -> Result<(Guide, i32), Fault> {
        Ok(match self.store.setting(&format!("guide:{agency}")).await? {
            Some(one) => (serde_json::from_str(&one.value).unwrap_or_default(), one.version),
            None => (Guide::default(), 0),
        })
    }

    /// Keeps the guide.
    ///
    /// # Errors
    /// A field that the law asks for is empty; somebody else changed it since `version`.
    pub async fn set_guide(&self, now: Timestamp, actor: &Actor, version: i32, mut guide: Guide) -> Result<(), Fault> {
        let agency = actor.agency();
        if !actor.holds(Role::SectionHead) && !actor.holds(Role::DivisionLeader) {
            actor.need(Act::Administer, agency)?;
        }
        let mut wrong = guide.missing();
        for (name, _, text) in guide.required().iter().chain(&guide.further()) {
            if text.chars().count() > 5_000 {
                wrong.push(((*name).to_owned(), "不超过5000字".to_owned()));
            }
        }
        if !wrong.is_empty() {
            return Err(Fault::Invalid(wrong));
        }
        guide.reviewed_on = clock::local_date(now).to_string();
        let value = serde_json::to_string(&guide).map_err(|error| Fault::Failed(error.to_string()))?;
        let tx = self.store.begin().await?;
        tx.put_setting(&format!("guide:{agency}"), &value, version).await?;
        let digest = super::secret::sha256(value.as_bytes());
        self.record(&tx, now, actor, "guide.save", &agency.to_string(), &format!("sha256={digest}")).await?;
        tx.commit().await?;
        self.changed();
        Ok(())
    }
}
