//! How an edition ends its way: scheduled, public, settled, given up, replaced, taken down.

use jiff::Timestamp;

use super::{Edition, State};
use crate::Refusal;
use crate::publication::Step;

impl Edition {
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

    /// Takes the time of publication back: the publisher decides anew.
    ///
    /// # Errors
    /// No time is set.
    pub fn unschedule(&mut self) -> Result<(), Refusal> {
        if !matches!(self.state, State::Approved { publish_at: Some(_) }) {
            return Err(Refusal::new(format!("{}，没有设置定时", self.state.label()), "刷新页面查看现在的状态"));
        }
        self.state = State::Approved { publish_at: None };
        Ok(())
    }

    /// Becomes public.
    ///
    /// # Errors
    /// Not every step has signed this very content, the secrecy review among them; findings block on the last look.
    pub fn publish(&mut self, open: usize, now: Timestamp) -> Result<(), Refusal> {
        let urgent = matches!(self.state, State::InReview { .. }) && !self.urgent.is_empty();
        if !urgent && !matches!(self.state, State::Approved { .. }) {
            return Err(Refusal::new(format!("{}，不能发布", self.state.label()), "经全部审核后再发布")
                .by("《政府信息公开条例》第十七条"));
        }
        let signed = self.holding();
        let has =
            |at: usize, step: &Step| signed.iter().any(|signature| signature.step == at && signature.role == step.role);
        let steps = self.steps();
        // On the urgent way the first step is the secrecy review.
        let needed = if urgent { 1 } else { steps.len() };
        if !steps.iter().enumerate().take(needed).all(|(at, step)| has(at, step)) {
            return Err(Refusal::new("签署不全或签署之后内容有改动", "重新提交审核").by("《政府信息公开条例》第十七条"));
        }
        if open > 0 {
            return Err(Refusal::new(format!("发布前复查又发现{open}处必须处理的问题"), "退回修改"));
        }
        self.state = State::Published { at: now };
        Ok(())
    }

    /// Is settled without publication, because its attribute is another than 主动公开.
    ///
    /// # Errors
    /// Not every step has signed.
    pub fn close(&mut self) -> Result<(), Refusal> {
        if !matches!(self.state, State::Approved { .. }) {
            return Err(Refusal::new(format!("{}，属性还没有审定", self.state.label()), "经全部审核后再办理"));
        }
        self.state = State::Closed;
        Ok(())
    }

    /// Is given up.
    ///
    /// # Errors
    /// It was public, or is being reviewed.
    pub fn discard(&mut self) -> Result<(), Refusal> {
        if self.state != State::Draft {
            return Err(Refusal::new(format!("{}，不能放弃", self.state.label()), "审核中的请先由审核人退回"));
        }
        self.state = State::Discarded;
        Ok(())
    }

    /// Is emptied for good, because it holds what must never stand here (保密法). It was never public.
    ///
    /// # Errors
    /// It is or was public.
    pub fn destroy(&mut self, content: String) -> Result<(), Refusal> {
        if !matches!(self.state, State::Draft | State::InReview { .. } | State::Approved { .. } | State::Discarded) {
            return Err(Refusal::new(
                format!("{}，不能清除", self.state.label()),
                "已公开的先撤下，并立即报告保密行政管理部门",
            ));
        }
        self.content = content;
        self.state = State::Discarded;
        Ok(())
    }

    /// Gives place to a later edition that became public. What was withdrawn keeps its notice: when and why.
    ///
    /// # Errors
    /// It is not public.
    pub fn supersede(&mut self) -> Result<(), Refusal> {
        if !matches!(self.state, State::Published { .. } | State::Withdrawn { .. }) {
            return Err(Refusal::new(format!("{}，不能被代替", self.state.label()), ""));
        }
        self.state = State::Superseded;
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
