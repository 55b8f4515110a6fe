//! How an application ends, and starts again by order: E5 and E14–E16.

use gongkai_calendar::Calendar;
use jiff::civil::Date;

use super::{State, Timeline};
use crate::clock::{Irregularity, Refusal};
use crate::{Article, Instrument, Outcome};

impl Timeline {
    pub(super) fn withdraw(&mut self, on: Date) -> Result<(), Refusal> {
        if matches!(self.state, State::Concluded { .. }) {
            return Err(Refusal::plain("申请已经办结，不能撤回", "核对已登记的步骤"));
        }
        self.state = State::Concluded { outcome: Outcome::Withdrawn, on };
        Ok(())
    }

    pub(super) fn reply(&mut self, outcome: Outcome, served: Date, calendar: &Calendar) -> Result<(), Refusal> {
        let article = Article::regulation(33);
        match self.state {
            State::Running | State::Delayed { .. } | State::Reopened { .. } => {}
            State::Arrived => return Err(self.wrong_state("答复", article, "先确认收到申请")),
            State::AwaitingCorrection { .. } => {
                return Err(self.wrong_state("答复", article, "先登记收到补正；逾期不补正的登记视为放弃"));
            }
            State::AwaitingFee { .. } => {
                return Err(self.wrong_state("答复", article, "先登记缴费；逾期未缴费的登记视为放弃"));
            }
            State::Concluded { .. } => {
                return Err(self.wrong_state("答复", article, "复议决定或者判决责令重新答复的，先登记责令重新答复"));
            }
        }
        if self.is_consulting() {
            return Err(Refusal::new(
                "征求意见尚未结束，不能答复",
                article.paragraph(3),
                "登记收到的意见或者期满未答复；不再等待的，登记撤回征求意见",
            ));
        }
        self.outcome_is_open(outcome)?;
        if outcome == Outcome::ThirdPartyRights && !self.third_party_consulted {
            self.irregularities.push(Irregularity::ThirdPartyNotConsulted);
        }
        if let Some(due) = self.due(served, calendar)?.filter(|due| served > due.on) {
            self.irregularities.push(Irregularity::LateReply { due: due.on });
        }
        self.state = State::Concluded { outcome, on: served };
        Ok(())
    }

    /// An end out of an earlier register: the first and only step after receipt, since nothing else of it is known.
    pub(super) fn register(&mut self, outcome: Outcome, on: Date) -> Result<(), Refusal> {
        let untouched = self.correction_notice.is_none()
            && self.extension.is_none()
            && self.consultations.is_empty()
            && self.reason.0.is_none()
            && !self.corrected;
        if self.state != State::Running || !untouched {
            return Err(Refusal::plain("已有办理步骤的申请，不能按台账登记办结", "登记答复"));
        }
        self.state = State::Concluded { outcome, on };
        Ok(())
    }

    /// Outcomes that need a step before them.
    fn outcome_is_open(&self, outcome: Outcome) -> Result<(), Refusal> {
        let refused = |message: &str, article: Article, way_out: &str| Err(Refusal::new(message, article, way_out));
        match outcome {
            Outcome::CorrectionAbandoned => {
                refused("逾期不补正不是答复", Article::regulation(30), "补正期限届满后登记逾期不补正")
            }
            Outcome::FeeUnpaid => {
                refused("逾期未缴费不是答复", Article::of(Instrument::FeeMeasures, 6), "缴费期限届满后登记逾期未缴费")
            }
            Outcome::Withdrawn => refused("撤回不是答复", Article::regulation(33), "登记申请人撤回"),
            Outcome::UnclearAfterCorrection if !self.corrected => {
                refused("申请没有经过补正，不能以补正后仍不明确答复", Article::regulation(30), "先告知申请人补正")
            }
            Outcome::Excessive if self.reason.0.is_none() => refused(
                "没有要求申请人说明理由，不能以大量反复申请不予处理",
                Article::regulation(35),
                "先要求申请人说明理由",
            ),
            Outcome::UnclearAfterCorrection
            | Outcome::Excessive
            | Outcome::GrantedAlreadyPublic
            | Outcome::GrantedProvided
            | Outcome::Partial
            | Outcome::StateSecret
            | Outcome::ProhibitedByLaw
            | Outcome::EndangersSecurityStability
            | Outcome::ThirdPartyRights
            | Outcome::InternalAffairs
            | Outcome::ProcessInfo
            | Outcome::EnforcementFile
            | Outcome::StatutoryInquiry
            | Outcome::NotExist
            | Outcome::NotThisOrgan
            | Outcome::NeedsCreation
            | Outcome::Petition
            | Outcome::Duplicate
            | Outcome::PublishedWork
            | Outcome::ConfirmOrReissue
            | Outcome::NotGovernmentInfo
            | Outcome::PartyAffairs
            | Outcome::TransferredToArchives
            | Outcome::OtherReason => Ok(()),
        }
    }

    /// A new reply is ordered: of an application that has ended, or of one whose reply is overdue, since silence can be challenged too
    /// (公开解释 第二条).
    pub(super) fn reopen(&mut self, on: Date, due: Date, calendar: &Calendar) -> Result<(), Refusal> {
        let article = Article::of(Instrument::ReconsiderationLaw, 64);
        if !matches!(self.state, State::Concluded { .. }) {
            match self.due(on, calendar)?.filter(|missed| missed.on < on) {
                None if self.in_time => {}
                Some(missed) => self.irregularities.push(Irregularity::LateReply { due: missed.on }),
                None => {
                    return Err(self.wrong_state("责令重新答复", article, "只有已经办结或者逾期没有答复的申请可以"));
                }
            }
        }
        if due < on {
            return Err(Refusal::new(
                format!("重新答复的期限{due}早于收到文书的日期{on}"),
                article,
                "按复议决定书或者判决书写明的期限登记",
            ));
        }
        self.consultations.clear();
        self.state = State::Reopened { due };
        Ok(())
    }
}
