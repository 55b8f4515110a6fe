//! 政府信息公开指南 with the fields that article 12 asks for.

use std::collections::BTreeMap;

use gongkai_model::Refusal;
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::{catalog, check};
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

/// A guide, and what is said of columns without content, on the way to the public. It goes through the chain of reviews of the
/// agency like everything else that becomes public (条例 第十七条).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GuideProposal {
    /// The guide as it shall be.
    pub guide: Guide,
    /// 栏目说明, by leaf of the catalogue.
    pub notes: BTreeMap<String, String>,
    /// Who wrote it.
    pub author: String,
    /// The codes of the roles that are to sign, in order.
    pub chain: String,
    /// Who has signed, and when, in the order of the chain.
    pub signed: Vec<(String, String)>,
    /// Why it was given back; empty while it is on its way.
    pub returned: String,
}

impl GuideProposal {
    /// The role that is to sign next; none where it was given back.
    pub fn next(&self) -> Option<Role> {
        let role = self.chain.split_whitespace().nth(self.signed.len()).and_then(Role::from_code);
        role.filter(|_| self.returned.is_empty())
    }

    fn is_signed_or_written_by(&self, officer: &str) -> bool {
        self.author == officer || self.signed.iter().any(|(one, _)| one == officer)
    }
}

impl Services {
    /// The guide of an agency that is public; an empty one where none was ever approved.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn guide(&self, agency: AgencyId) -> Result<Guide, Fault> {
        let known = self.store.setting(&format!("guide:{agency}")).await?;
        Ok(known.and_then(|one| serde_json::from_str(&one.value).ok()).unwrap_or_default())
    }

    /// The guide that is on its way, with its version; none where nothing is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn guide_proposal(&self, agency: AgencyId) -> Result<(Option<GuideProposal>, i32), Fault> {
        Ok(match self.store.setting(&format!("guide-proposal:{agency}")).await? {
            Some(one) => (serde_json::from_str(&one.value).unwrap_or_default(), one.version),
            None => (None, 0),
        })
    }

    /// The guides that were public, the latest first: from when, and the text.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn guide_history(&self, agency: AgencyId) -> Result<Vec<Guide>, Fault> {
        let known = self.store.setting(&format!("guide-history:{agency}")).await?;
        Ok(known.and_then(|one| serde_json::from_str(&one.value).ok()).unwrap_or_default())
    }

    /// Proposes a guide and notes on columns. It becomes public when the chain has signed; until then the former stays.
    ///
    /// # Errors
    /// A field that the law asks for is empty; a text holds what must not be public; somebody else changed it since `version`.
    pub async fn propose_guide(
        &self,
        now: Timestamp,
        actor: &Actor,
        version: i32,
        guide: Guide,
        notes: BTreeMap<String, String>,
    ) -> Result<(), Fault> {
        let agency = actor.agency();
        actor.need(Act::Draft, agency)?;
        let mut wrong = guide.missing();
        let texts = guide.required().into_iter().chain(guide.further()).map(|(name, _, text)| (name.to_owned(), text));
        let said = notes.iter().map(|(leaf, text)| (format!("note.{leaf}"), text.as_str()));
        let settings = self.directory().get(agency).map(|one| one.settings.clone()).unwrap_or_default();
        let checks = check::Settings {
            contacts: settings.contacts.iter().chain([&settings.phone]).cloned().collect(),
            terms: (*self.terms()).clone(),
            hosts: settings.hosts.clone(),
        };
        for (field, text) in texts.chain(said) {
            if text.chars().count() > 5_000 {
                wrong.push((field.clone(), "不超过5000字".to_owned()));
            }
            if let Some(hit) = check::scan_text(text, &checks).iter().find(|hit| hit.blocks()) {
                wrong.push((field, format!("{}（{}）：{}", hit.detector.label(), hit.shown, hit.advice)));
            }
        }
        if let Some(leaf) = notes.keys().find(|leaf| catalog::find(leaf).is_none()) {
            wrong.push(("notes".to_owned(), format!("没有“{leaf}”这个栏目")));
        }
        if !wrong.is_empty() {
            return Err(Fault::Invalid(wrong));
        }
        let proposal = GuideProposal {
            guide,
            notes,
            author: actor.id().to_string(),
            chain: settings.chain().codes(),
            signed: Vec::new(),
            returned: String::new(),
        };
        self.keep_proposal(now, actor, version, Some(&proposal), "guide.propose").await
    }

    /// Signs at the open step, or gives back with reasons. The last signature makes guide and notes public.
    ///
    /// # Errors
    /// Nothing waits; the role is another; the person wrote it or has signed; a return without reasons.
    pub async fn sign_guide(
        &self,
        now: Timestamp,
        actor: &Actor,
        version: i32,
        passed: bool,
        comment: &str,
    ) -> Result<(), Fault> {
        let agency = actor.agency();
        let (proposal, _) = self.guide_proposal(agency).await?;
        let waiting = proposal.and_then(|one| one.next().map(|role| (one, role)));
        let (mut proposal, role) = waiting.ok_or_else(|| Refusal::new("没有等待审核的指南", "刷新页面查看"))?;
        actor.need(Act::Review(role), agency)?;
        let own = actor.id().to_string();
        if proposal.is_signed_or_written_by(&own) {
            return Err(Refusal::new("起草人不能审核自己写的内容，每一步由不同的人审核", "请同角色的其他人审核").into());
        }
        if !passed {
            if comment.trim().chars().count() < 2 {
                return Err(Fault::field("comment", "退回没有写理由：写明要改什么"));
            }
            comment.trim().clone_into(&mut proposal.returned);
            proposal.signed.clear();
            return self.keep_proposal(now, actor, version, Some(&proposal), "guide.return").await;
        }
        proposal.signed.push((own, now.to_string()));
        if proposal.next().is_some() {
            return self.keep_proposal(now, actor, version, Some(&proposal), "guide.sign").await;
        }
        let mut guide = proposal.guide;
        guide.reviewed_on = clock::local_date(now).to_string();
        let mut history = self.guide_history(agency).await?;
        history.insert(0, guide.clone());
        let tx = self.store.begin().await?;
        for (name, value) in [("guide", json(&guide)?), ("guide-history", json(&history)?)] {
            let name = format!("{name}:{agency}");
            let known = tx.setting(&name).await?.map_or(0, |one| one.version);
            tx.put_setting(&name, &value, known).await?;
        }
        tx.put_setting(&format!("guide-proposal:{agency}"), "null", version).await?;
        let mut unit = super::org::unit(&tx, agency).await?;
        let mut settings: super::AgencySettings = serde_json::from_str(&unit.settings).unwrap_or_default();
        settings.notes = proposal.notes;
        unit.settings = json(&settings)?;
        tx.update_unit(&unit).await?;
        let digest = super::secret::sha256(json(&guide)?.as_bytes());
        self.record(&tx, now, actor, "guide.publish", &agency.to_string(), &format!("sha256={digest}")).await?;
        tx.commit().await?;
        self.refresh(now).await?;
        self.changed();
        Ok(())
    }

    async fn keep_proposal(
        &self,
        now: Timestamp,
        actor: &Actor,
        version: i32,
        proposal: Option<&GuideProposal>,
        act: &str,
    ) -> Result<(), Fault> {
        let agency = actor.agency();
        let value = json(&proposal)?;
        let tx = self.store.begin().await?;
        tx.put_setting(&format!("guide-proposal:{agency}"), &value, version).await?;
        let digest = super::secret::sha256(value.as_bytes());
        self.record(&tx, now, actor, act, &agency.to_string(), &format!("sha256={digest}")).await?;
        Ok(tx.commit().await?)
    }
}

fn json<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Failed(error.to_string()))
}
