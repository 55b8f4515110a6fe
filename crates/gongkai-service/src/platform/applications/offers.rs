//! What the law allows to do with an application today, and what each step would do to its clock: said before it is done.

use gongkai_calendar::{Calendar, Pauses};
use gongkai_law::Term;
use gongkai_model::application::Outcome;
use gongkai_model::application::clock::{
    Approval, ConsultationId, ConsultationKind, Event, History, MOST_EXTENSION, State, Timeline,
};
use jiff::civil::Date;

use super::standing;
use crate::platform::{Fault, clock};

/// What is possible, each with what it does to the clock; none where it is not possible.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offers {
    /// Confirm receipt (第三十一条).
    pub confirm: Option<String>,
    /// Ask for a correction (第三十条).
    pub correction: Option<String>,
    /// A correction came in.
    pub corrected: Option<String>,
    /// No correction came in time: tell that it is not handled any more.
    pub correction_lapsed: Option<String>,
    /// Ask somebody (第三十二至三十四条).
    pub consult: Option<String>,
    /// Extend (第三十三条第二款).
    pub extend: Option<String>,
    /// Ask for the fee (收费办法).
    pub fee: Option<String>,
    /// The fee was paid.
    pub fee_paid: Option<String>,
    /// The fee was not paid in time.
    pub fee_lapsed: Option<String>,
    /// Ask for the reason of so many applications (第三十五条).
    pub ask_reason: Option<String>,
    /// The reason came in.
    pub reason: Option<String>,
    /// Put the reply off (第三十五条).
    pub delay: Option<String>,
    /// Reply (第三十六条).
    pub reply: Option<String>,
    /// The applicant withdraws.
    pub withdraw: Option<String>,
    /// Confirm the withdrawal in writing.
    pub confirm_withdrawal: Option<String>,
    /// A new reply is ordered (复议法 第六十四条).
    pub reopen: Option<String>,
    /// What is not possible any more, and why.
    pub impossible: Vec<String>,
}

fn written(day: Date) -> String {
    clock::written_date(day)
}

struct Asking<'a> {
    history: &'a History,
    today: Date,
    calendar: &'a Calendar,
}

impl Asking<'_> {
    /// Where the application would stand after a step; the sentence of the law where it is not possible.
    fn after(&self, event: Event) -> Result<Timeline, String> {
        let history = self.history.with(event, self.calendar).map_err(|refusal| refusal.message)?;
        Timeline::replay(&history, self.calendar).map_err(|refusal| refusal.message)
    }

    fn due(&self, timeline: &Timeline) -> Option<Date> {
        timeline.due(self.today, self.calendar).ok().flatten().map(|due| due.on)
    }

    /// A step, with a sentence made of the due day after it.
    fn step(&self, event: Event, told: impl Fn(Option<Date>) -> String) -> Option<String> {
        self.after(event).ok().map(|timeline| told(self.due(&timeline)))
    }
}

impl Offers {
    /// What is possible today.
    ///
    /// # Errors
    /// A term leaves the calendar.
    pub(super) fn of(calendar: &Calendar, history: &History, timeline: &Timeline, today: Date) -> Result<Self, Fault> {
        let ask = Asking { history, today, calendar };
        let soon =
            calendar.add_workdays(today, 10, &Pauses::none()).map_err(|error| Fault::Failed(error.to_string()))?;
        let until = |due: Option<Date>| due.map_or_else(String::new, |day| format!("答复期限到{}", written(day)));
        let mut out = Self {
            confirm: ask.step(Event::Confirmed { on: today }, |due| {
                format!("以确认之日为收到之日；今天确认的，{}", until(due))
            }),
            withdraw: ask.step(Event::Withdrawn { on: today }, |_| "结束办理，计入“其他处理”".to_owned()),
            reply: ask.step(Event::Replied { outcome: Outcome::GrantedProvided, served: today }, |_| {
                "选结果，生成答复书；审核签发并送达后办结".to_owned()
            }),
            corrected: ask.step(Event::Corrected { on: today, justified_delay: false }, |due| {
                format!("期限重新起算；今天收到的，{}", until(due))
            }),
            correction_lapsed: ask
                .step(Event::CorrectionLapsed { on: today }, |_| "视为放弃申请，告知后不再处理".to_owned()),
            fee_paid: ask.step(Event::FeePaid { on: today }, |due| {
                format!("期限自缴费次日重新计算；今天缴费的，{}", until(due))
            }),
            fee_lapsed: ask.step(Event::FeeLapsed { on: today }, |_| "视为放弃申请，告知后不再处理".to_owned()),
            fee: ask.step(Event::FeeNotified { received: today }, |_| "期限停止，缴费次日起重新计算".to_owned()),
            ask_reason: ask.step(Event::ReasonRequested { on: today }, |_| "期限照常计算".to_owned()),
            reason: ask.step(Event::ReasonReceived { on: today }, |_| "期限照常计算".to_owned()),
            ..Self::default()
        };
        match ask.after(Event::CorrectionNotified { sent: today, until: soon }) {
            Ok(_) => {
                let limit = timeline.receipt.and_then(|day| Term::CorrectionNotice.due(day, calendar).ok());
                let limit = match limit {
                    Some(limit) if limit < today => {
                        format!("应当在{}以前告知，已经迟了，会记为违规", written(limit))
                    }
                    Some(limit) => format!("应当在{}以前告知", written(limit)),
                    None => String::new(),
                };
                out.correction = Some(format!("只能要求一次；期限作废，收到补正后重新起算20个工作日。{limit}"));
            }
            Err(why) if timeline.state == State::Running => out.impossible.push(format!("不能要求补正：{why}")),
            Err(_) => {}
        }
        let extended =
            Event::Extended { days: MOST_EXTENSION, approval: Approval::DisclosureOfficeHead, notified: today };
        match ask.after(extended) {
            Ok(after) => {
                let latest = ask.due(&after).map_or_else(String::new, |day| format!("，最晚到{}", written(day)));
                out.extend = Some(format!("最多20个工作日，只能一次，须公开办负责人同意{latest}"));
            }
            Err(why) if timeline.state == State::Running => out.impossible.push(format!("不能延期：{why}")),
            Err(_) => {}
        }
        let free = timeline.consultations.iter().map(|one| one.id.0).max().unwrap_or(0).saturating_add(1);
        let opened = Event::ConsultationOpened {
            id: ConsultationId(free.max(1_000)),
            kind: ConsultationKind::ThirdParty,
            sent: today,
            limit: None,
        };
        if ask.after(opened).is_ok() {
            out.consult = Some("发出征求意见书的次日起，到收到意见或者期满，不计入期限".to_owned());
        }
        if let Some(day) = timeline.due(today, calendar).map_err(standing::refused)?
            && let Some(later) = day.on.tomorrow().ok().filter(|_| timeline.reason.1.is_some())
        {
            out.delay = ask.step(Event::Delayed { notified: today, until: later }, |_| {
                "理由合理但不能按期答复的，确定合理的延迟答复日期".to_owned()
            });
        }
        // An order may follow a reply, or silence.
        out.reopen = ask.step(Event::Reopened { on: today, due: today }, |_| {
            "复议决定或者判决责令重新答复的，按文书写明的期限重新办理；由公开办负责人登记".to_owned()
        });
        if let State::Concluded { outcome, .. } = timeline.state {
            out.confirm_withdrawal = (outcome == Outcome::Withdrawn).then(|| "书面确认申请人撤回".to_owned());
        }
        Ok(out)
    }
}
