//! 政府信息公开指南 with the fields that article 12 asks for.

use std::collections::BTreeMap;

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::{Chain, Decision, Edition, SecrecyOpinion, Signature, State, Verdict, catalog, check};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::directory::read;
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
    /// The way of an application, a step a line: 流程图.
    pub flow: String,
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
    pub fn further(&self) -> [(&'static str, &'static str, &str); 4] {
        [
            ("apply", "依申请公开", &self.apply),
            ("flow", "依申请公开流程图", &self.flow),
            ("fees", "收费", &self.fees),
            ("remedy", "监督和救济", &self.remedy),
        ]
    }

    fn missing(&self) -> Vec<(String, String)> {
        self.required()
            .into_iter()
            .filter(|(_, _, text)| text.trim().is_empty())
            .map(|(name, label, _)| (name.to_owned(), format!("请填写{label}（《政府信息公开条例》第十二条）")))
            .collect()
    }
}

/// A signature under a proposed guide, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GuideSignature {
    /// Who signed.
    pub officer: Uuid,
    /// For whom, where the person stood in for another.
    pub standing_for: Option<Uuid>,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// The code of the role.
    pub role: String,
    /// Whether it agrees; else it gives back, or waits for an answer.
    pub passed: bool,
    /// The words.
    pub comment: String,
    /// The conclusion of the secrecy review with its basis and concerns; empty at other steps.
    pub secrecy: [String; 3],
}

/// A guide, and what is said of columns without content, on the way to the public. It goes through the chain of reviews of the
/// agency like everything else that becomes public (条例 第十七条): the rules of [`Edition`] hold for it too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GuideProposal {
    /// The guide as it shall be.
    pub guide: Guide,
    /// 栏目说明, by leaf of the catalogue.
    pub notes: BTreeMap<String, String>,
    /// Who wrote it.
    pub author: Uuid,
    /// The section of the author.
    pub section: Option<Uuid>,
    /// The codes of the roles that are to sign, in order.
    pub chain: String,
    /// The signatures that hold, in the order of the chain.
    pub signed: Vec<GuideSignature>,
    /// Why it was given back; empty while it is on its way.
    pub returned: String,
}

impl GuideProposal {
    /// The role that is to sign next; none where it was given back.
    pub fn next(&self) -> Option<Role> {
        let passed = self.signed.iter().filter(|one| one.passed).count();
        let role = self.chain.split_whitespace().nth(passed).and_then(Role::from_code);
        role.filter(|_| self.returned.is_empty())
    }

    /// Whether a person wrote it or has signed it.
    pub fn is_touched_by(&self, officer: OfficerId) -> bool {
        self.author == officer.0 || self.signed.iter().any(|one| one.officer == officer.0 && one.passed)
    }

    /// The hash that signatures bind to.
    fn content(&self) -> Result<String, Fault> {
        Ok(gongkai_model::audit::sm3_hex(json(&(&self.guide, &self.notes))?.as_bytes()))
    }

    /// The same as an edition, so that its rules decide.
    fn edition(&self) -> Result<Edition, Fault> {
        let content = self.content()?;
        let mut edition = Edition::new(OfficerId(self.author), Chain::from_codes(&self.chain)?, content.clone());
        edition.round = 1;
        let mut step = 0;
        for one in &self.signed {
            let [result, basis, concerns] = &one.secrecy;
            edition.signatures.push(Signature {
                round: 1,
                step,
                role: Role::from_code(&one.role).ok_or(Fault::NotFound)?,
                officer: OfficerId(one.officer),
                standing_for: one.standing_for.map(OfficerId),
                at: Timestamp::from_microsecond(one.at).unwrap_or_default(),
                verdict: if one.passed { Verdict::Passed } else { Verdict::Referred },
                comment: one.comment.clone(),
                content: content.clone(),
                secrecy: SecrecyOpinion::stored(result, basis, concerns),
            });
            step += usize::from(one.passed);
        }
        edition.state = State::InReview { step };
        Ok(edition)
    }
}

impl Services {
    /// The guide of an agency that is public; an empty one where none was ever approved.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn guide(&self, agency: AgencyId) -> Result<Guide, Fault> {
        let known = self.store.setting(&format!("guide:{agency}")).await?;
        read_or_empty(known)
    }

    /// The guide that is on its way, with its version; none where nothing is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn guide_proposal(&self, agency: AgencyId) -> Result<(Option<GuideProposal>, i32), Fault> {
        Ok(match self.store.setting(&format!("guide-proposal:{agency}")).await? {
            Some(one) => (read(&one.value)?, one.version),
            None => (None, 0),
        })
    }

    /// The guides that were public, the latest first: from when, and the text.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn guide_history(&self, agency: AgencyId) -> Result<Vec<Guide>, Fault> {
        let known = self.store.setting(&format!("guide-history:{agency}")).await?;
        read_or_empty(known)
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
        self.must_be_open(agency)?;
        let wrong = self.guide_faults(agency, &guide, &notes);
        if !wrong.is_empty() {
            return Err(Fault::Invalid(wrong));
        }
        let settings = self.directory().get(agency).map(|one| one.settings.clone()).unwrap_or_default();
        let proposal = GuideProposal {
            guide,
            notes,
            author: actor.id().0,
            section: self.section_of(actor.id()).await?.map(|id| id.0),
            chain: settings.chain().codes(),
            signed: Vec::new(),
            returned: String::new(),
        };
        self.keep_proposal(now, actor, version, Some(&proposal), "guide.propose").await
    }

    /// What keeps a guide and notes from being public: what the law asks for and is not there, what must not be public.
    fn guide_faults(&self, agency: AgencyId, guide: &Guide, notes: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let mut wrong = guide.missing();
        let texts = guide.required().into_iter().chain(guide.further()).map(|(name, _, text)| (name.to_owned(), text));
        let said = notes.iter().map(|(leaf, text)| (format!("note.{leaf}"), text.as_str()));
        let checks = self.check_settings(agency);
        for (field, text) in texts.chain(said) {
            if text.chars().count() > 5_000 {
                wrong.push((field.clone(), "不超过5000字".to_owned()));
            }
            let hits = check::scan("", &gongkai_manuscript::marked::parse(text), &checks);
            if let Some(hit) = hits.iter().find(|hit| hit.blocks()) {
                wrong.push((field, format!("{}（{}）：{}", hit.detector.label(), hit.shown, hit.advice)));
            }
        }
        if let Some(leaf) = notes.keys().find(|leaf| catalog::find(leaf).is_none()) {
            wrong.push(("notes".to_owned(), format!("没有“{leaf}”这个栏目")));
        }
        wrong
    }

    /// Signs at the open step, or gives back with reasons. The last signature makes guide and notes public.
    ///
    /// # Errors
    /// Nothing waits; as [`Edition::review`].
    pub async fn sign_guide(
        &self,
        now: Timestamp,
        actor: &Actor,
        version: i32,
        decision: Decision,
    ) -> Result<(), Fault> {
        let agency = actor.agency();
        let (proposal, _) = self.guide_proposal(agency).await?;
        let waiting = proposal.and_then(|one| one.next().map(|role| (one, role)));
        let (mut proposal, role) = waiting.ok_or_else(|| Refusal::new("没有等待审核的指南", "刷新页面查看"))?;
        actor.need(Act::Review(role), agency)?;
        let grant = actor.officer.signs(role, proposal.section.map(AgencyId)).ok_or(Fault::Forbidden)?;
        let mut edition = proposal.edition()?;
        let seen = edition.content.clone();
        edition.review(actor.id(), grant, decision, &seen, now)?;
        let Some(last) = edition.signatures.last() else { return Err(Fault::NotFound) };
        let secrecy = last.secrecy.as_ref();
        if secrecy.is_some_and(SecrecyOpinion::finds_secret) {
            // What touches a national secret is not kept; the drafter begins again from what is public.
            proposal.guide = self.guide(agency).await?;
            proposal.notes = self.directory().get(agency).map(|one| one.settings.notes.clone()).unwrap_or_default();
            proposal.signed.clear();
            "保密审查员认为提交的内容涉及国家秘密，本系统不保留，已清除；这里是现在公开的文本。报有关部门确定不涉密的，重新起草提交"
                .clone_into(&mut proposal.returned);
            return self.keep_proposal(now, actor, version, Some(&proposal), "guide.destroy").await;
        }
        if last.verdict == Verdict::Returned {
            last.comment.clone_into(&mut proposal.returned);
            proposal.signed.clear();
            return self.keep_proposal(now, actor, version, Some(&proposal), "guide.return").await;
        }
        proposal.signed.push(GuideSignature {
            officer: last.officer.0,
            standing_for: last.standing_for.map(|id| id.0),
            at: last.at.as_microsecond(),
            role: role.code().to_owned(),
            passed: last.verdict == Verdict::Passed,
            comment: last.comment.clone(),
            secrecy: secrecy.map_or_else(Default::default, |said| {
                [said.result.code().to_owned(), said.basis.clone(), said.concern_codes()]
            }),
        });
        if proposal.next().is_some() {
            return self.keep_proposal(now, actor, version, Some(&proposal), "guide.sign").await;
        }
        // Looked through once more on the day: numbers and terms may have been added since.
        if let Some((_, why)) = self.guide_faults(agency, &proposal.guide, &proposal.notes).into_iter().next() {
            return Err(Refusal::new(format!("不能公开：{why}"), "退回起草人修改").into());
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
        let mut settings: super::AgencySettings = read(&unit.settings)?;
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

fn read_or_empty<T: DeserializeOwned + Default>(known: Option<gongkai_store::Setting>) -> Result<T, Fault> {
    known.map_or_else(|| Ok(T::default()), |one| read(&one.value))
}

fn json<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Failed(error.to_string()))
}
