//! One version of a publication and the way it goes: draft, review, publication, withdrawal.
//!
//! The urgent way: public after the secrecy review alone, with a reason; the other steps sign afterwards or object.
//!
//! Every signature binds to the hash of the content it saw. An edit takes the edition back to draft and voids them.

mod ending;
mod signature;

use jiff::Timestamp;

use super::{Chain, SecrecyResult, Step};
use crate::Refusal;
use crate::ids::OfficerId;
use crate::officer::{Grant, Role};

pub use signature::{Decision, Signature, Verdict};

/// Where an edition stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// Waiting for a signature at a step.
    InReview {
        /// The step, from 0.
        step: usize,
    },
    /// Every step has signed.
    Approved {
        /// When it is to be published; at once where nothing is set.
        publish_at: Option<Timestamp>,
    },
    /// Public.
    Published {
        /// Since when; never changed (a forged date of publication is a veto item).
        at: Timestamp,
    },
    /// A later edition is public.
    Superseded,
    /// No longer public; a notice with the reason stands in its place.
    Withdrawn {
        /// When.
        at: Timestamp,
        /// Why, for the public.
        reason: String,
    },
    /// Decided not to be published: its attribute is another than 主动公开.
    Closed,
    /// Given up before it was ever public.
    Discarded,
}

impl State {
    /// The code that is stored.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview { .. } => "in_review",
            Self::Approved { .. } => "approved",
            Self::Published { .. } => "published",
            Self::Superseded => "superseded",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Closed => "closed",
            Self::Discarded => "discarded",
        }
    }

    /// What people call it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Draft => "起草中",
            Self::InReview { .. } => "审核中",
            Self::Approved { .. } => "待发布",
            Self::Published { .. } => "已发布",
            Self::Superseded => "已被新版本代替",
            Self::Withdrawn { .. } => "已撤下",
            Self::Closed => "已定属性，不发布",
            Self::Discarded => "已放弃",
        }
    }
}

/// One version: its drafter, its content by hash, its signatures, its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Who wrote in it, the drafter first.
    pub authors: Vec<OfficerId>,
    /// The chain that held when it was submitted.
    pub chain: Chain,
    /// The hash of title, metadata, text and attachments.
    pub content: String,
    /// How often it was submitted.
    pub round: u32,
    /// Why it may be public before every step has signed; empty on the ordinary way.
    pub urgent: String,
    /// All signatures, the voided ones too, in order of time.
    pub signatures: Vec<Signature>,
    /// Where it stands.
    pub state: State,
}

impl Edition {
    /// A new draft.
    pub fn new(drafter: OfficerId, chain: Chain, content: String) -> Self {
        Self {
            authors: vec![drafter],
            chain,
            content,
            round: 0,
            urgent: String::new(),
            signatures: Vec::new(),
            state: State::Draft,
        }
    }

    /// The signatures that hold: those of the last submission, over the content as it is.
    pub fn holding(&self) -> Vec<&Signature> {
        self.signatures
            .iter()
            .filter(|signature| {
                signature.round == self.round
                    && signature.verdict == Verdict::Passed
                    && signature.content == self.content
                    && self.state != State::Draft
            })
            .collect()
    }

    /// The steps in the order they are asked for. On the urgent way the secrecy review comes first: nothing is ever public
    /// without it.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = self.chain.steps().to_vec();
        if !self.urgent.is_empty() {
            steps.sort_by_key(|step| step.role != Role::SecrecyReviewer);
        }
        steps
    }

    /// The referral that is not answered yet: whom the secrecy reviewer asked about this content, and what.
    pub fn referral(&self) -> Option<&Signature> {
        let last = self.signatures.iter().rev().find(|one| one.role == Role::SecrecyReviewer)?;
        let open = last.verdict == Verdict::Referred && last.round == self.round && last.content == self.content;
        (open && self.open_step().is_some()).then_some(last)
    }

    /// The step that waits for a signature: before publication, or after it on the urgent way.
    pub fn open_step(&self) -> Option<usize> {
        match self.state {
            State::InReview { step } => Some(step),
            State::Published { .. } if !self.urgent.is_empty() && !self.is_objected() => {
                let signed = self.holding().len();
                (signed < self.chain.steps().len()).then_some(signed)
            }
            State::Published { .. }
            | State::Draft
            | State::Approved { .. }
            | State::Superseded
            | State::Withdrawn { .. }
            | State::Closed
            | State::Discarded => None,
        }
    }

    /// Whether a later step refused what was published on the urgent way: it must be taken down or replaced.
    pub fn is_objected(&self) -> bool {
        matches!(self.state, State::Published { .. })
            && self
                .signatures
                .iter()
                .any(|signature| signature.round == self.round && signature.verdict == Verdict::Returned)
    }

    /// Takes another content. Reviews that were open or done are void.
    ///
    /// # Errors
    /// It is public, replaced or withdrawn: a change of these is a new edition.
    pub fn edit(&mut self, content: String, by: OfficerId) -> Result<(), Refusal> {
        match self.state {
            State::Draft | State::InReview { .. } | State::Approved { .. } => {
                if self.content != content {
                    self.content = content;
                    self.state = State::Draft;
                    if !self.authors.contains(&by) {
                        self.authors.push(by);
                    }
                }
                Ok(())
            }
            State::Published { .. }
            | State::Superseded
            | State::Withdrawn { .. }
            | State::Closed
            | State::Discarded => Err(Refusal::new(
                format!("{}的版本不能修改", self.state.label()),
                "请新建一个版本，写明修改说明，经审核后代替它",
            )),
        }
    }

    /// Goes to the first reviewer. `open` is the number of findings that still block.
    ///
    /// # Errors
    /// It is not a draft; findings block; a reason for the urgent way says nothing. `urgent` is empty on the ordinary way.
    pub fn submit(&mut self, open: usize, urgent: &str) -> Result<(), Refusal> {
        let urgent = urgent.trim();
        if self.state != State::Draft {
            return Err(Refusal::new(format!("{}，不能提交", self.state.label()), ""));
        }
        if open > 0 {
            return Err(Refusal::new(format!("还有{open}处必须处理的问题"), "逐一改正，或写明处理意见后再提交")
                .by("《政府信息公开条例》第十五条、第十七条"));
        }
        if !urgent.is_empty() && urgent.chars().count() < 6 {
            return Err(Refusal::new("紧急发布的理由太短", "写明为什么不能等全部审核完成，例如突发事件的预警信息"));
        }
        urgent.clone_into(&mut self.urgent);
        self.round += 1;
        self.state = State::InReview { step: 0 };
        Ok(())
    }

    /// Signs or gives back at the step that is open. `seen` is the hash of what the reviewer had before the eyes.
    ///
    /// # Errors
    /// No step is open; the role is another; the content has changed meanwhile; the reviewer drafted it or signed another
    /// step; a return without reasons.
    pub fn review(
        &mut self,
        officer: OfficerId,
        grant: Grant,
        decision: Decision,
        seen: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let Some(step) = self.open_step() else {
            return Err(Refusal::new(format!("{}，没有待审的步骤", self.state.label()), "刷新页面查看现在的状态"));
        };
        let role = grant.role;
        let steps = self.steps();
        let Some(open) = steps.get(step) else { return Err(Refusal::new("审核步骤不存在", "联系管理员")) };
        if open.role != role {
            return Err(Refusal::new(
                format!("现在是“{}”，应由{}签署", open.label(), open.role.label()),
                "等轮到您时再签署",
            ));
        }
        if seen != self.content {
            return Err(Refusal::new("您打开之后内容有了改动", "重新查看改动后的内容再签署"));
        }
        if self.authors.contains(&officer) {
            return Err(Refusal::new(
                "起草人不能审核自己起草或修改过的内容",
                "请同角色的其他人审核，或由管理员设置代理人",
            ));
        }
        if self.holding().iter().any(|signature| signature.officer == officer) {
            return Err(Refusal::new("您已在前面的步骤签署", "同一内容的每一步由不同的人审核"));
        }
        let Decision { mut verdict, mut comment, secrecy } = decision;
        if let Some(opinion) = &secrecy {
            if opinion.result == SecrecyResult::AfterRemoval && self.removed_since(seen) {
                verdict = Verdict::Passed;
            }
            if opinion.result == SecrecyResult::NotPublic && comment.trim().is_empty() {
                comment = format!("不予公开，依据：{}", opinion.basis);
            }
        }
        if verdict == Verdict::Returned
            && comment.trim().is_empty()
            && secrecy.as_ref().is_some_and(|opinion| opinion.result == SecrecyResult::AfterRemoval)
        {
            return Err(Refusal::new("没有写明要删减什么", "写明删去哪些内容；起草人删去后重新提交，再签“删减后公开”"));
        }
        if verdict == Verdict::Returned && comment.trim().is_empty() {
            return Err(Refusal::new("退回没有写理由", "写明要改什么"));
        }
        if verdict == Verdict::Referred && comment.trim().chars().count() < 4 {
            return Err(Refusal::new("报请确定没有写明", "写明报哪个主管部门或保密行政管理部门、问的是什么")
                .by("《政府信息公开条例》第十七条第三款"));
        }
        if (role == Role::SecrecyReviewer) != secrecy.is_some() && verdict != Verdict::Returned {
            return Err(Refusal::new("保密审查没有结论", "从可公开、删减后公开、不予公开、报请确定中选一项")
                .by("《政府信息公开条例》第十七条"));
        }
        self.signatures.push(Signature {
            round: self.round,
            step,
            role,
            officer,
            standing_for: grant.standing_for,
            at: now,
            verdict,
            comment: comment.trim().to_owned(),
            content: seen.to_owned(),
            secrecy,
        });
        if !matches!(self.state, State::Published { .. }) {
            self.state = match verdict {
                Verdict::Returned => State::Draft,
                Verdict::Referred => State::InReview { step },
                Verdict::Passed if step + 1 < steps.len() => State::InReview { step: step + 1 },
                Verdict::Passed => State::Approved { publish_at: None },
            };
        }
        Ok(())
    }

    /// Whether the secrecy reviewer had asked to take something out, and the text is another since.
    fn removed_since(&self, content: &str) -> bool {
        let asked = self.signatures.iter().rev().find(|one| {
            one.verdict == Verdict::Returned
                && one.secrecy.as_ref().is_some_and(|said| said.result == SecrecyResult::AfterRemoval)
        });
        asked.is_some_and(|one| one.content != content)
    }

    /// Has something taken out by the secrecy reviewer: signatures over the other content are void, and whoever takes out has
    /// written nothing.
    ///
    /// # Errors
    /// It is public, or at its end.
    pub fn redact(&mut self, content: String) -> Result<(), Refusal> {
        if !matches!(self.state, State::Draft | State::InReview { .. } | State::Approved { .. }) {
            return Err(Refusal::new(format!("{}，不能清除", self.state.label()), ""));
        }
        self.content = content;
        self.state = State::Draft;
        Ok(())
    }

    /// Is taken back to the draft before it is public: by the drafter, or by the publisher who sees that something is wrong.
    ///
    /// # Errors
    /// It is not on its way; no reason is given.
    pub fn recall(&mut self, reason: &str) -> Result<(), Refusal> {
        if !matches!(self.state, State::InReview { .. } | State::Approved { .. }) {
            return Err(Refusal::new(format!("{}，不能收回修改", self.state.label()), ""));
        }
        if reason.trim().chars().count() < 2 {
            return Err(Refusal::new("没有写明为什么收回", "写一句理由，会记入审核过程"));
        }
        self.state = State::Draft;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
