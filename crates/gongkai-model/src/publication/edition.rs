//! One version of a publication and the way it goes: draft, review, publication, withdrawal.
//!
//! Every signature binds to the hash of the content it saw. An edit takes the edition back to draft and voids them.

use jiff::Timestamp;

use super::Chain;
use crate::Refusal;
use crate::ids::OfficerId;
use crate::officer::Role;

/// What a reviewer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Agreed.
    Passed,
    /// Given back with reasons.
    Returned,
}

/// A signature at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Which submission it answers, from 1.
    pub round: u32,
    /// The step, from 0.
    pub step: usize,
    /// The role it was given in.
    pub role: Role,
    /// Who signed.
    pub officer: OfficerId,
    /// When.
    pub at: Timestamp,
    /// What was decided.
    pub verdict: Verdict,
    /// The words; compulsory when giving back.
    pub comment: String,
    /// The hash of the content that was read.
    pub content: String,
}

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
        }
    }
}

/// One version: its drafter, its content by hash, its signatures, its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Who drafted it.
    pub drafter: OfficerId,
    /// The chain that held when it was submitted.
    pub chain: Chain,
    /// The hash of title, metadata, text and attachments.
    pub content: String,
    /// How often it was submitted.
    pub round: u32,
    /// All signatures, the voided ones too, in order of time.
    pub signatures: Vec<Signature>,
    /// Where it stands.
    pub state: State,
}

impl Edition {
    /// A new draft.
    pub fn new(drafter: OfficerId, chain: Chain, content: String) -> Self {
        Self { drafter, chain, content, round: 0, signatures: Vec::new(), state: State::Draft }
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

    /// Takes another content. Reviews that were open or done are void.
    ///
    /// # Errors
    /// It is public, replaced or withdrawn: a change of these is a new edition.
    pub fn edit(&mut self, content: String) -> Result<(), Refusal> {
        match self.state {
            State::Draft | State::InReview { .. } | State::Approved { .. } => {
                if self.content != content {
                    self.content = content;
                    self.state = State::Draft;
                }
                Ok(())
            }
            State::Published { .. } | State::Superseded | State::Withdrawn { .. } => Err(Refusal::new(
                format!("{}的版本不能修改", self.state.label()),
                "请新建一个版本，写明修改说明，经审核后代替它",
            )),
        }
    }

    /// Goes to the first reviewer. `open` is the number of findings that still block.
    ///
    /// # Errors
    /// It is not a draft; findings block.
    pub fn submit(&mut self, open: usize) -> Result<(), Refusal> {
        if self.state != State::Draft {
            return Err(Refusal::new(format!("{}，不能提交", self.state.label()), ""));
        }
        if open > 0 {
            return Err(Refusal::new(format!("还有{open}处必须处理的问题"), "逐一改正，或写明处理意见后再提交")
                .by("《政府信息公开条例》第十五条、第十七条"));
        }
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
        role: Role,
        verdict: Verdict,
        comment: &str,
        seen: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let State::InReview { step } = self.state else {
            return Err(Refusal::new(format!("{}，没有待审的步骤", self.state.label()), "刷新页面查看现在的状态"));
        };
        let steps = self.chain.steps();
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
        if officer == self.drafter {
            return Err(Refusal::new("起草人不能审核自己起草的内容", "请同角色的其他人审核，或由管理员设置代理人"));
        }
        if self.holding().iter().any(|signature| signature.officer == officer) {
            return Err(Refusal::new("您已在前面的步骤签署", "同一内容的每一步由不同的人审核"));
        }
        if verdict == Verdict::Returned && comment.trim().is_empty() {
            return Err(Refusal::new("退回没有写理由", "写明要改什么"));
        }
        self.signatures.push(Signature {
            round: self.round,
            step,
            role,
            officer,
            at: now,
            verdict,
            comment: comment.trim().to_owned(),
            content: seen.to_owned(),
        });
        self.state = match verdict {
            Verdict::Returned => State::Draft,
            Verdict::Passed if step + 1 < steps.len() => State::InReview { step: step + 1 },
            Verdict::Passed => State::Approved { publish_at: None },
        };
        Ok(())
    }

    /// Sets the time of publication of what is approved.
    ///
    /// # Errors
    /// It is not approved; the time has passed.
    pub fn schedule(&mut self, at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
        if !matches!(self.state, State::Approved { .. }) {
            return Err(Refusal::new(format!("{}，不能定时发布", self.state.label()), "审核通过后再设置"));
        }
        if at <= now {
            return Err(Refusal::new("定时发布的时间已经过去", "另选将来的时间，或立即发布"));
        }
        self.state = State::Approved { publish_at: Some(at) };
        Ok(())
    }

    /// Becomes public.
    ///
    /// # Errors
    /// Not every step has signed this very content, the secrecy review among them; findings block on the last look.
    pub fn publish(&mut self, open: usize, now: Timestamp) -> Result<(), Refusal> {
        if !matches!(self.state, State::Approved { .. }) {
            return Err(Refusal::new(format!("{}，不能发布", self.state.label()), "经全部审核后再发布")
                .by("《政府信息公开条例》第十七条"));
        }
        let signed = self.holding();
        let complete = self
            .chain
            .steps()
            .iter()
            .enumerate()
            .all(|(at, step)| signed.iter().any(|signature| signature.step == at && signature.role == step.role));
        if !complete {
            return Err(Refusal::new("签署不全或签署之后内容有改动", "重新提交审核").by("《政府信息公开条例》第十七条"));
        }
        if open > 0 {
            return Err(Refusal::new(format!("发布前复查又发现{open}处必须处理的问题"), "退回修改"));
        }
        self.state = State::Published { at: now };
        Ok(())
    }

    /// Is taken down; a notice with the reason stays.
    ///
    /// # Errors
    /// It is not public; no reason is given.
    pub fn withdraw(&mut self, reason: &str, now: Timestamp) -> Result<(), Refusal> {
        if !matches!(self.state, State::Published { .. }) {
            return Err(Refusal::new(format!("{}，没有可以撤下的内容", self.state.label()), ""));
        }
        if reason.trim().chars().count() < 4 {
            return Err(Refusal::new("没有写明撤下的理由", "写一句公众看得懂的理由"));
        }
        self.state = State::Withdrawn { at: now, reason: reason.trim().to_owned() };
        Ok(())
    }
}

#[cfg(test)]
mod tests;
