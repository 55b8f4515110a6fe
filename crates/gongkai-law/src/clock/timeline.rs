//! The course of one application: which step is possible, what it changes, when the reply is due.

mod consultation;
mod end;
mod steps;

use gongkai_calendar::{Calendar, Pauses};
use jiff::civil::Date;

use super::{Answer, Arrival, ConsultationId, ConsultationKind, Event, Irregularity, REPLY_DAYS, Refusal};
use crate::{Article, Outcome};

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

impl Consultation {
    /// The last day it leaves out, seen from `today`: the day it ended; while it is open `today`, but never a day after
    /// its limit, when silence ends it (条例 第三十二条, 第三十四条).
    pub fn end(&self, today: Date) -> Date {
        let open = || self.limit.map_or(today, |limit| limit.min(today));
        self.closed.map_or_else(open, |(on, _)| on).max(self.sent)
    }

    /// Whether it is open and another day of waiting still moves the due day.
    fn still_moves(&self, today: Date) -> bool {
        self.closed.is_none() && !self.without_effect && self.limit.is_none_or(|limit| today < limit)
    }
}

/// The day a reply is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub on: Date,
    /// A consultation is open and its limit has not come: the earliest possible day, as if it ended today.
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
    /// Which of them were noted under an earlier calendar.
    noted: Vec<bool>,
}

impl History {
    /// An application that has just come in.
    pub fn new(arrival: Arrival) -> Self {
        Self { arrival, events: Vec::new(), noted: Vec::new() }
    }

    /// Steps that were noted when another calendar was in force: what was in time by it has happened, and stands. That they follow one
    /// another is looked at all the same; terms that still run count by the calendar of today.
    ///
    /// # Errors
    /// The steps do not follow one another, under whatever calendar.
    pub fn noted(arrival: Arrival, events: Vec<Event>, calendar: &Calendar) -> Result<Self, Refusal> {
        let history = Self { arrival, noted: vec![true; events.len()], events };
        Timeline::replay(&history, calendar)?;
        Ok(history)
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
        let (mut events, mut noted) = (self.events.clone(), self.noted.clone());
        events.insert(at, event);
        noted.insert(at, false);
        let history = Self { arrival: self.arrival, events, noted };
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
    /// How and when it ended for the first time, whatever was ordered afterwards: a new reply by order makes no new case, and the
    /// first result stays in the report of its year.
    pub first_end: Option<(Outcome, Date)>,
    /// Whether that end was in time; not known of one out of an earlier register.
    pub first_in_time: Option<bool>,
    /// Breaches on record.
    pub irregularities: Vec<Irregularity>,
    arrival: Arrival,
    corrected: bool,
    third_party_consulted: bool,
    last: Option<Date>,
    /// The step that is gone through was noted under an earlier calendar: in time then is in time.
    in_time: bool,
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
            first_end: None,
            first_in_time: None,
            irregularities: Vec::new(),
            arrival: history.arrival,
            corrected: false,
            third_party_consulted: false,
            last: None,
            in_time: false,
        };
        for (event, noted) in history.events.iter().zip(&history.noted) {
            timeline.in_time = *noted;
            timeline.apply(*event, calendar)?;
        }
        timeline.in_time = false;
        Ok(timeline)
    }

    /// The periods that do not count: closed consultations, and open ones up to `today` or to their limit (条例
    /// 第三十三条第三款). The union, never the sum.
    pub fn pauses(&self, today: Date) -> Pauses {
        let periods = self
            .consultations
            .iter()
            .filter(|consultation| !consultation.without_effect)
            .map(|consultation| (consultation.sent, consultation.end(today)));
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
        let projected = self.consultations.iter().any(|consultation| consultation.still_moves(today));
        Ok(Some(Due { on, projected, provisional: calendar.is_provisional(start, on) }))
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
            Event::Registered { outcome, served } => self.register(outcome, served)?,
            Event::Reopened { on, due } => self.reopen(on, due, calendar)?,
        }
        if let State::Concluded { outcome, on } = self.state
            && self.first_end.is_none()
        {
            self.first_end = Some((outcome, on));
            let late = self.irregularities.iter().any(|one| matches!(one, Irregularity::LateReply { .. }));
            self.first_in_time = (!matches!(event, Event::Registered { .. })).then_some(!late);
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
}
