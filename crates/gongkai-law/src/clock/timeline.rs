//! The course of one application: which step is possible, what it changes, when the reply is due.

use gongkai_calendar::{Calendar, Pauses};
use jiff::civil::Date;

use super::{
    Answer, Approval, Arrival, ConsultationId, ConsultationKind, Event, Irregularity, MOST_EXTENSION, REPLY_DAYS,
    Refusal,
};
use crate::{Article, Instrument, Outcome, Term};

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It came in; receipt is not confirmed.
    Arrived,
    /// The clock runs.
    Running,
    /// The applicant is to correct it; the clock is void.
    AwaitingCorrection {
        /// The last day to correct.
        until: Date,
    },
    /// The fee is to be paid; the clock is stopped.
    AwaitingFee {
        /// The last day to pay.
        until: Date,
    },
    /// The reply is put off (条例 第三十五条).
    Delayed {
        /// To this day.
        until: Date,
    },
    /// It has ended.
    Concluded {
        /// The outcome.
        outcome: Outcome,
        /// The day of service.
        on: Date,
    },
    /// A new reply is ordered.
    Reopened {
        /// The day set.
        due: Date,
    },
}

impl State {
    fn label(self) -> &'static str {
        match self {
            Self::Arrived => "尚未确认收到",
            Self::Running => "正在办理",
            Self::AwaitingCorrection { .. } => "等待补正",
            Self::AwaitingFee { .. } => "等待缴费",
            Self::Delayed { .. } => "延迟答复",
            Self::Concluded { .. } => "已经办结",
            Self::Reopened { .. } => "重新办理",
        }
    }
}

/// A consultation and how far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consultation {
    /// Its number.
    pub id: ConsultationId,
    /// Whom.
    pub kind: ConsultationKind,
    /// The day of sending: the last day that counts against the organ.
    pub sent: Date,
    /// The last day to answer, once it is known.
    pub limit: Option<Date>,
    /// The day it ended and how.
    pub closed: Option<(Date, Answer)>,
    /// Opened after the reply was due: it moves nothing.
    pub without_effect: bool,
}

/// The day a reply is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub on: Date,
    /// A consultation is open: the earliest possible day, as if it ended today.
    pub projected: bool,
    /// It rests on a year whose days off are not announced yet.
    pub provisional: bool,
}

/// What has happened so far, in the order of the days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The arrival.
    pub arrival: Arrival,
    events: Vec<Event>,
}

impl History {
    /// An application that has just come in.
    pub fn new(arrival: Arrival) -> Self {
        Self { arrival, events: Vec::new() }
    }

    /// The events, in the order of their days.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The history with one more event, at its place by its day: after others of the same day.
    ///
    /// # Errors
    /// The event, or one that follows it, is not possible then.
    pub fn with(&self, event: Event, calendar: &Calendar) -> Result<Self, Refusal> {
        let at = self.events.partition_point(|other| other.date() <= event.date());
        let mut events = self.events.clone();
        events.insert(at, event);
        let history = Self { arrival: self.arrival, events };
        Timeline::replay(&history, calendar)?;
        Ok(history)
    }
}

/// The course of an application after its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// Where it stands.
    pub state: State,
    /// The day of receipt: the first one, whatever came after.
    pub receipt: Option<Date>,
    /// The day the running clock started; void while a correction is awaited.
    pub clock_start: Option<Date>,
    /// The extension of the running clock.
    pub extension: Option<u32>,
    /// The consultations, closed ones of former clocks left out.
    pub consultations: Vec<Consultation>,
    /// The correction notice: the day of sending; one for each application.
    pub correction_notice: Option<Date>,
    /// What the reply would have been due on before the correction notice voided the clock.
    pub original_due: Option<Date>,
    /// The reason for many applications: asked for, received.
    pub reason: (Option<Date>, Option<Date>),
    /// Breaches on record.
    pub irregularities: Vec<Irregularity>,
    arrival: Arrival,
    corrected: bool,
    third_party_consulted: bool,
    last: Option<Date>,
}

impl Timeline {
    /// Goes through a history.
    ///
    /// # Errors
    /// The first step that is not possible.
    pub fn replay(history: &History, calendar: &Calendar) -> Result<Self, Refusal> {
        let mut timeline = Self {
            state: State::Arrived,
            receipt: None,
            clock_start: None,
            extension: None,
            consultations: Vec::new(),
            correction_notice: None,
            original_due: None,
            reason: (None, None),
            irregularities: Vec::new(),
            arrival: history.arrival,
            corrected: false,
            third_party_consulted: false,
            last: None,
        };
        for event in history.events() {
            timeline.apply(*event, calendar)?;
        }
        Ok(timeline)
    }

    /// The periods that do not count: closed consultations, and open ones up to `today` (条例 第三十三条第三款). The
    /// union, never the sum.
    pub fn pauses(&self, today: Date) -> Pauses {
        let periods =
            self.consultations.iter().filter(|consultation| !consultation.without_effect).map(|consultation| {
                let until = consultation.closed.map_or(today, |(on, _)| on);
                (consultation.sent, until.max(consultation.sent))
            });
        // No period ends before it begins, so the union cannot fail.
        Pauses::union(periods).unwrap_or_default()
    }

    /// Whether a consultation is open.
    pub fn is_consulting(&self) -> bool {
        self.consultations.iter().any(|consultation| consultation.closed.is_none() && !consultation.without_effect)
    }

    /// The day the reply is due, seen from `today`; `None` where no reply period runs.
    ///
    /// # Errors
    /// A term that leaves the calendar.
    pub fn due(&self, today: Date, calendar: &Calendar) -> Result<Option<Due>, Refusal> {
        match self.state {
            State::Arrived | State::AwaitingCorrection { .. } | State::AwaitingFee { .. } | State::Concluded { .. } => {
                Ok(None)
            }
            State::Delayed { until: on } | State::Reopened { due: on } => {
                Ok(Some(Due { on, projected: false, provisional: false }))
            }
            State::Running => self.running_due(today, calendar),
        }
    }

    fn running_due(&self, today: Date, calendar: &Calendar) -> Result<Option<Due>, Refusal> {
        let Some(start) = self.clock_start else { return Ok(None) };
        let days = REPLY_DAYS + self.extension.unwrap_or(0);
        let on = calendar.add_workdays(start, days, &self.pauses(today))?;
        Ok(Some(Due { on, projected: self.is_consulting(), provisional: calendar.is_provisional(start, on) }))
    }

    fn apply(&mut self, event: Event, calendar: &Calendar) -> Result<(), Refusal> {
        let day = event.date();
        if day < self.arrival.on {
            return Err(Refusal::new(
                format!("{}的日期{day}早于收到申请的日期{}", event.label(), self.arrival.on),
                Article::regulation(31),
                "核对两个日期",
            ));
        }
        if let Some(last) = self.last.filter(|last| day < *last) {
            return Err(Refusal::plain(
                format!("{}的日期{day}早于上一步的日期{last}", event.label()),
                "按日期先后登记",
            ));
        }
        match event {
            Event::Confirmed { on } => self.confirm(on, calendar)?,
            Event::CorrectionNotified { sent, until } => self.notify_correction(sent, until, calendar)?,
            Event::Corrected { on, justified_delay } => self.correct(on, justified_delay)?,
            Event::CorrectionLapsed { on } => self.lapse_correction(on)?,
            Event::ConsultationOpened { id, kind, sent, limit } => self.consult(id, kind, sent, limit, calendar)?,
            Event::ConsultationReceived { id, on } => self.consultation_received(id, on, calendar)?,
            Event::ConsultationClosed { id, on, answer } => self.close_consultation(id, on, answer)?,
            Event::Extended { days, approval, notified } => self.extend(days, approval, notified, calendar)?,
            Event::FeeNotified { received } => self.notify_fee(received, calendar)?,
            Event::FeePaid { on } => self.pay(on)?,
            Event::FeeLapsed { on } => self.lapse_fee(on)?,
            Event::ReasonRequested { on } => self.ask_reason(on)?,
            Event::ReasonReceived { on } => self.receive_reason(on)?,
            Event::Delayed { notified, until } => self.delay(notified, until, calendar)?,
            Event::Withdrawn { on } => self.withdraw(on)?,
            Event::Replied { outcome, served } => self.reply(outcome, served, calendar)?,
            Event::Reopened { on, due } => self.reopen(on, due)?,
        }
        self.last = Some(day);
        Ok(())
    }

    fn wrong_state(&self, event: &str, article: Article, way_out: &str) -> Refusal {
        Refusal::new(format!("申请{}，不能登记{event}", self.state.label()), article, way_out)
    }

    fn running(&self, event: &str, article: Article) -> Result<Date, Refusal> {
        match (self.state, self.clock_start) {
            (State::Running, Some(start)) => Ok(start),
            _ => Err(self.wrong_state(event, article, "只有正在办理、期限正在计算的申请可以；先核对已登记的步骤")),
        }
    }

    /// The day the reply is due before the step of `today`.
    fn due_before(&self, today: Date, calendar: &Calendar) -> Result<Date, Refusal> {
        Ok(self.running_due(today, calendar)?.map_or(today, |due| due.on))
    }

    /// Starts the clock anew: a full period, nothing extended, nothing left out but consultations still open.
    fn restart(&mut self, start: Date) {
        self.clock_start = Some(start);
        self.extension = None;
        self.consultations.retain(|consultation| consultation.closed.is_none());
        self.state = State::Running;
    }

    fn confirm(&mut self, on: Date, calendar: &Calendar) -> Result<(), Refusal> {
        if self.state != State::Arrived {
            return Err(self.wrong_state("确认收到", self.arrival.channel.article(), "收到日期只登记一次"));
        }
        let receipt = self.arrival.receipt_date(on)?;
        self.irregularities.extend(self.arrival.irregularity(on, calendar)?);
        self.receipt = Some(receipt);
        self.restart(receipt);
        Ok(())
    }

    fn notify_correction(&mut self, sent: Date, until: Date, calendar: &Calendar) -> Result<(), Refusal> {
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

    fn correct(&mut self, on: Date, justified_delay: bool) -> Result<(), Refusal> {
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

    fn lapse_correction(&mut self, on: Date) -> Result<(), Refusal> {
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

    fn consult(
        &mut self,
        id: ConsultationId,
        kind: ConsultationKind,
        sent: Date,
        limit: Option<Date>,
        calendar: &Calendar,
    ) -> Result<(), Refusal> {
        let article = match kind {
            ConsultationKind::ThirdParty => Article::regulation(32),
            ConsultationKind::JointMaker => Article::regulation(34),
            ConsultationKind::OtherOrgan => Article::regulation(33).paragraph(3),
        };
        self.running("征求意见", article)?;
        if self.consultations.iter().any(|consultation| consultation.id == id) {
            return Err(Refusal::new(format!("第{}次征求意见已经登记", id.0), article, "同一次征求意见只登记一次"));
        }
        if let Some(limit) = limit.filter(|limit| *limit < sent) {
            return Err(Refusal::new(format!("答复意见的期限{limit}早于发出日{sent}"), article, "核对两个日期"));
        }
        if kind != ConsultationKind::OtherOrgan && limit.is_some() {
            return Err(Refusal::new(
                "第三方和共同制作机关的答复期限由条例规定",
                article,
                "不填期限；登记对方收到的日期后自动算出15个工作日",
            ));
        }
        let due = self.due_before(sent, calendar)?;
        let without_effect = sent > due;
        if without_effect {
            self.irregularities.push(Irregularity::LateConsultation { due });
        }
        self.third_party_consulted |= kind == ConsultationKind::ThirdParty;
        self.consultations.push(Consultation { id, kind, sent, limit, closed: None, without_effect });
        Ok(())
    }

    fn open_consultation(&mut self, id: ConsultationId, event: &str) -> Result<&mut Consultation, Refusal> {
        let article = Article::regulation(33).paragraph(3);
        if !matches!(self.state, State::Running) {
            return Err(self.wrong_state(event, article, "核对已登记的步骤"));
        }
        match self.consultations.iter_mut().find(|consultation| consultation.id == id) {
            None => Err(Refusal::new(format!("没有第{}次征求意见", id.0), article, "先登记发出征求意见书")),
            Some(consultation) if consultation.closed.is_some() => {
                Err(Refusal::new(format!("第{}次征求意见已经结束", id.0), article, "核对编号"))
            }
            Some(consultation) => Ok(consultation),
        }
    }

    fn consultation_received(&mut self, id: ConsultationId, on: Date, calendar: &Calendar) -> Result<(), Refusal> {
        let consultation = self.open_consultation(id, "对方收到征求意见书")?;
        let term = match consultation.kind {
            ConsultationKind::ThirdParty => Term::ThirdPartyAnswer,
            ConsultationKind::JointMaker => Term::JointMakerAnswer,
            ConsultationKind::OtherOrgan => return Ok(()),
        };
        if consultation.limit.is_some() {
            return Err(Refusal::new(
                format!("第{}次征求意见的收到日期已经登记", id.0),
                term.article(),
                "同一次征求意见只登记一次收到日期",
            ));
        }
        consultation.limit = Some(term.due(on, calendar)?);
        Ok(())
    }

    fn close_consultation(&mut self, id: ConsultationId, on: Date, answer: Answer) -> Result<(), Refusal> {
        let article = Article::regulation(33).paragraph(3);
        let consultation = self.open_consultation(id, "征求意见结束")?;
        match (answer, consultation.limit) {
            (Answer::Silent, None) => {
                return Err(Refusal::new(
                    "不知道对方何时收到征求意见书，不能认定逾期未答复",
                    article,
                    "先登记对方收到的日期；不再等待的，登记撤回征求意见",
                ));
            }
            (Answer::Silent, Some(limit)) if on != limit => {
                return Err(Refusal::new(
                    format!("逾期未答复的，征求意见在期满日{limit}结束，不是{on}"),
                    article,
                    format!("结束日期登记为{limit}"),
                ));
            }
            (Answer::Agreed | Answer::Objected | Answer::Cancelled, Some(limit)) if on > limit => {
                return Err(Refusal::new(
                    format!("期限{limit}届满后收到的意见不再扣除时间"),
                    article,
                    format!("按逾期未答复于{limit}结束；意见可以作为参考"),
                ));
            }
            (Answer::Silent | Answer::Agreed | Answer::Objected | Answer::Cancelled, _) => {}
        }
        consultation.closed = Some((on, answer));
        Ok(())
    }

    fn extend(&mut self, days: u32, approval: Approval, notified: Date, calendar: &Calendar) -> Result<(), Refusal> {
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
        if notified > due {
            return Err(Refusal::new(
                format!("延期告知的日期{notified}晚于答复期限{due}"),
                article,
                "期限届满后不能再延期，请尽快答复",
            ));
        }
        self.extension = Some(days);
        Ok(())
    }

    fn notify_fee(&mut self, received: Date, calendar: &Calendar) -> Result<(), Refusal> {
        let article = Article::of(Instrument::FeeMeasures, 6);
        self.running("收费通知", article)?;
        let due = self.due_before(received, calendar)?;
        if received > due {
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

    fn pay(&mut self, on: Date) -> Result<(), Refusal> {
        let article = Article::of(Instrument::FeeMeasures, 6);
        let State::AwaitingFee { until } = self.state else {
            return Err(self.wrong_state("缴费", article, "先登记收费通知"));
        };
        if on > until {
            return Err(Refusal::new(
                format!("缴费日期{on}超过期限{until}，视为放弃申请"),
                article,
                "登记逾期未缴费；款项退回申请人",
            ));
        }
        self.restart(on);
        Ok(())
    }

    fn lapse_fee(&mut self, on: Date) -> Result<(), Refusal> {
        let article = Article::of(Instrument::FeeMeasures, 6);
        let State::AwaitingFee { until } = self.state else {
            return Err(self.wrong_state("逾期未缴费", article, "只有等待缴费的申请可以视为放弃"));
        };
        if on <= until {
            return Err(Refusal::new(format!("缴费期限{until}尚未届满"), article, "期限届满的次日起才能视为放弃"));
        }
        self.state = State::Concluded { outcome: Outcome::FeeUnpaid, on };
        Ok(())
    }

    fn ask_reason(&mut self, on: Date) -> Result<(), Refusal> {
        let article = Article::regulation(35);
        self.running("要求说明理由", article)?;
        if let Some(earlier) = self.reason.0 {
            return Err(Refusal::new(format!("已于{earlier}要求说明理由"), article, "根据已有的理由决定"));
        }
        self.reason.0 = Some(on);
        Ok(())
    }

    fn receive_reason(&mut self, on: Date) -> Result<(), Refusal> {
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

    fn delay(&mut self, notified: Date, until: Date, calendar: &Calendar) -> Result<(), Refusal> {
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
        if notified > due {
            return Err(Refusal::new(
                format!("延迟答复告知的日期{notified}晚于答复期限{due}"),
                article,
                "期限届满后不能再延迟，请尽快答复",
            ));
        }
        if until <= due {
            return Err(Refusal::new(
                format!("延迟到的日期{until}不晚于原来的答复期限{due}"),
                article,
                "填写晚于原期限的合理日期",
            ));
        }
        self.state = State::Delayed { until };
        Ok(())
    }

    fn withdraw(&mut self, on: Date) -> Result<(), Refusal> {
        if matches!(self.state, State::Concluded { .. }) {
            return Err(Refusal::plain("申请已经办结，不能撤回", "核对已登记的步骤"));
        }
        self.state = State::Concluded { outcome: Outcome::Withdrawn, on };
        Ok(())
    }

    fn reply(&mut self, outcome: Outcome, served: Date, calendar: &Calendar) -> Result<(), Refusal> {
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

    fn reopen(&mut self, on: Date, due: Date) -> Result<(), Refusal> {
        let article = Article::of(Instrument::ReconsiderationLaw, 64);
        if !matches!(self.state, State::Concluded { .. }) {
            return Err(self.wrong_state("责令重新答复", article, "只有已经办结的申请可以"));
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
