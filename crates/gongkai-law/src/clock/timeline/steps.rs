//! Steps that stop, restart or move the clock: correction E2–E4, extension E9, fee E10–E12, reason and delay E13.

use gongkai_calendar::Calendar;
use jiff::civil::Date;

use super::{State, Timeline};
use crate::clock::{Approval, Irregularity, MOST_EXTENSION, Refusal};
use crate::{Article, Instrument, Outcome, Term};

impl Timeline {
    pub(super) fn notify_correction(&mut self, sent: Date, until: Date, calendar: &Calendar) -> Result<(), Refusal> {
        let article = Article::regulation(30);
        if let Some(earlier) = self.correction_notice {
            return Err(Refusal::new(
                format!("已于{earlier}告知过一次补正，不能再次要求补正"),
                article,
                "补正应一次性告知；补正后仍不明确的，以“补正后申请内容仍不明确”答复",
            ));
        }
        let start = self.running("补正告知", article)?;
        if until <= sent {
            return Err(Refusal::new(format!("补正期限{until}不晚于告知日{sent}"), article, "给申请人合理的补正期限"));
        }
        let limit = Term::CorrectionNotice.due(self.receipt.unwrap_or(start), calendar)?;
        if sent > limit {
            self.irregularities.push(Irregularity::LateCorrectionNotice { limit });
        }
        self.original_due = Some(self.due_before(sent, calendar)?);
        self.correction_notice = Some(sent);
        self.clock_start = None;
        self.state = State::AwaitingCorrection { until };
        Ok(())
    }

    pub(super) fn correct(&mut self, on: Date, justified_delay: bool) -> Result<(), Refusal> {
        let article = Article::regulation(30);
        let State::AwaitingCorrection { until } = self.state else {
            return Err(self.wrong_state("收到补正", article, "先登记补正告知"));
        };
        if on > until && !justified_delay {
            return Err(Refusal::new(
                format!("补正于{on}收到，超过期限{until}且没有正当理由，视为放弃申请"),
                article,
                "登记逾期不补正；补正的内容作为新的申请登记",
            ));
        }
        self.corrected = true;
        self.restart(on);
        Ok(())
    }

    pub(super) fn lapse_correction(&mut self, on: Date) -> Result<(), Refusal> {
        let article = Article::regulation(30);
        let State::AwaitingCorrection { until } = self.state else {
            return Err(self.wrong_state("逾期不补正", article, "只有等待补正的申请可以视为放弃"));
        };
        if on <= until {
            return Err(Refusal::new(format!("补正期限{until}尚未届满"), article, "期限届满的次日起才能视为放弃"));
        }
        self.state = State::Concluded { outcome: Outcome::CorrectionAbandoned, on };
        Ok(())
    }

    pub(super) fn extend(
        &mut self,
        days: u32,
        approval: Approval,
        notified: Date,
        calendar: &Calendar,
    ) -> Result<(), Refusal> {
        let article = Article::regulation(33).paragraph(2);
        self.running("延期答复", article)?;
        if let Some(days) = self.extension {
            return Err(Refusal::new(format!("已经延期{days}个工作日"), article, "答复期限只能延长一次"));
        }
        if !(1..=MOST_EXTENSION).contains(&days) {
            return Err(Refusal::new(format!("延期{days}个工作日"), article, "延长的期限最短1个、最长20个工作日"));
        }
        if approval != Approval::DisclosureOfficeHead {
            return Err(Refusal::new(
                "延期没有经过政府信息公开工作机构负责人同意",
                article,
                "请政府信息公开工作机构负责人审批后再告知申请人",
            ));
        }
        let due = self.due_before(notified, calendar)?;
        if notified > due && !self.in_time {
            return Err(Refusal::new(
                format!("延期告知的日期{notified}晚于答复期限{due}"),
                article,
                "期限届满后不能再延期，请尽快答复",
            ));
        }
        self.extension = Some(days);
        Ok(())
    }

    pub(super) fn notify_fee(&mut self, received: Date, calendar: &Calendar) -> Result<(), Refusal> {
        let article = Article::of(Instrument::FeeMeasures, 6);
        self.running("收费通知", article)?;
        let due = self.due_before(received, calendar)?;
        if received > due && !self.in_time {
            return Err(Refusal::new(
                format!("收费通知送达的日期{received}晚于答复期限{due}"),
                article,
                "收费通知应在办理期限内送达；期限已过的不再收费，请尽快答复",
            ));
        }
        self.clock_start = None;
        self.state = State::AwaitingFee { until: Term::FeePayment.due(received, calendar)? };
        Ok(())
    }

    pub(super) fn pay(&mut self, on: Date) -> Result<(), Refusal> {
        let article = Article::of(Instrument::FeeMeasures, 6);
        let State::AwaitingFee { until } = self.state else {
            return Err(self.wrong_state("缴费", article, "先登记收费通知"));
        };
        if on > until && !self.in_time {
            return Err(Refusal::new(
                format!("缴费日期{on}超过期限{until}，视为放弃申请"),
                article,
                "登记逾期未缴费；款项退回申请人",
            ));
        }
        self.restart(on);
        Ok(())
    }

    pub(super) fn lapse_fee(&mut self, on: Date) -> Result<(), Refusal> {
        let article = Article::of(Instrument::FeeMeasures, 6);
        let State::AwaitingFee { until } = self.state else {
            return Err(self.wrong_state("逾期未缴费", article, "只有等待缴费的申请可以视为放弃"));
        };
        if on <= until && !self.in_time {
            return Err(Refusal::new(format!("缴费期限{until}尚未届满"), article, "期限届满的次日起才能视为放弃"));
        }
        self.state = State::Concluded { outcome: Outcome::FeeUnpaid, on };
        Ok(())
    }

    pub(super) fn ask_reason(&mut self, on: Date) -> Result<(), Refusal> {
        let article = Article::regulation(35);
        self.running("要求说明理由", article)?;
        if let Some(earlier) = self.reason.0 {
            return Err(Refusal::new(format!("已于{earlier}要求说明理由"), article, "根据已有的理由决定"));
        }
        self.reason.0 = Some(on);
        Ok(())
    }

    pub(super) fn receive_reason(&mut self, on: Date) -> Result<(), Refusal> {
        let article = Article::regulation(35);
        self.running("收到理由说明", article)?;
        match self.reason {
            (Some(_), None) => {
                self.reason.1 = Some(on);
                Ok(())
            }
            (None, _) => Err(Refusal::new("没有要求申请人说明理由", article, "先登记说明理由告知书")),
            (Some(_), Some(earlier)) => {
                Err(Refusal::new(format!("理由说明已于{earlier}收到"), article, "同一理由只登记一次"))
            }
        }
    }

    pub(super) fn delay(&mut self, notified: Date, until: Date, calendar: &Calendar) -> Result<(), Refusal> {
        let article = Article::regulation(35);
        self.running("延迟答复", article)?;
        if self.reason.1.is_none() {
            return Err(Refusal::new(
                "没有收到申请人的理由说明，不能延迟答复",
                article,
                "延迟答复用于申请数量、频次明显超过合理范围而理由合理的情形；其他情形请延期答复（条例第三十三条）",
            ));
        }
        let due = self.due_before(notified, calendar)?;
        if notified > due && !self.in_time {
            return Err(Refusal::new(
                format!("延迟答复告知的日期{notified}晚于答复期限{due}"),
                article,
                "期限届满后不能再延迟，请尽快答复",
            ));
        }
        if until <= due && !self.in_time {
            return Err(Refusal::new(
                format!("延迟到的日期{until}不晚于原来的答复期限{due}"),
                article,
                "填写晚于原期限的合理日期",
            ));
        }
        self.state = State::Delayed { until };
        Ok(())
    }
}
