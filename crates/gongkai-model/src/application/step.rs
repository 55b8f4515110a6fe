//! A step of an application as it is kept: flat, in words and days; and back.

use gongkai_law::Outcome;
use gongkai_law::clock::{Answer, Approval, ConsultationId, ConsultationKind, Event};
use jiff::civil::Date;

/// A step as a row holds it. What a step does not have is blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which step.
    pub kind: &'static str,
    /// Its day.
    pub on: Date,
    /// The last day it sets, such as that of a correction.
    pub until: Option<Date>,
    /// The number of the consultation it belongs to.
    pub consultation: Option<u16>,
    /// Working days of an extension.
    pub days: Option<u32>,
    /// Whom, how, with whose approval, with which outcome.
    pub word: &'static str,
    /// Whether a delay was justified.
    pub justified: bool,
}

/// A row that says no step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("申请的步骤“{kind}”读不出来：{what}")]
pub struct StepError {
    /// The step it claims to be.
    pub kind: String,
    /// What is wrong.
    pub what: &'static str,
}

fn kind_word(kind: ConsultationKind) -> &'static str {
    match kind {
        ConsultationKind::ThirdParty => "third_party",
        ConsultationKind::JointMaker => "joint_maker",
        ConsultationKind::OtherOrgan => "other_organ",
    }
}

fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Agreed => "agreed",
        Answer::Objected => "objected",
        Answer::Silent => "silent",
        Answer::Cancelled => "cancelled",
    }
}

impl From<Event> for Step {
    fn from(event: Event) -> Self {
        let plain = Self {
            kind: "",
            on: event.date(),
            until: None,
            consultation: None,
            days: None,
            word: "",
            justified: false,
        };
        match event {
            Event::Confirmed { .. } => Self { kind: "confirmed", ..plain },
            Event::CorrectionNotified { until, .. } => {
                Self { kind: "correction_notified", until: Some(until), ..plain }
            }
            Event::Corrected { justified_delay, .. } => Self { kind: "corrected", justified: justified_delay, ..plain },
            Event::CorrectionLapsed { .. } => Self { kind: "correction_lapsed", ..plain },
            Event::ConsultationOpened { id, kind, limit, .. } => Self {
                kind: "consultation_opened",
                until: limit,
                consultation: Some(id.0),
                word: kind_word(kind),
                ..plain
            },
            Event::ConsultationReceived { id, .. } => {
                Self { kind: "consultation_received", consultation: Some(id.0), ..plain }
            }
            Event::ConsultationClosed { id, answer, .. } => {
                Self { kind: "consultation_closed", consultation: Some(id.0), word: answer_word(answer), ..plain }
            }
            Event::Extended { days, approval, .. } => {
                let word = match approval {
                    Approval::DisclosureOfficeHead => "disclosure_office_head",
                    Approval::Other => "other",
                };
                Self { kind: "extended", days: Some(days), word, ..plain }
            }
            Event::FeeNotified { .. } => Self { kind: "fee_notified", ..plain },
            Event::FeePaid { .. } => Self { kind: "fee_paid", ..plain },
            Event::FeeLapsed { .. } => Self { kind: "fee_lapsed", ..plain },
            Event::ReasonRequested { .. } => Self { kind: "reason_requested", ..plain },
            Event::ReasonReceived { .. } => Self { kind: "reason_received", ..plain },
            Event::Delayed { until, .. } => Self { kind: "delayed", until: Some(until), ..plain },
            Event::Withdrawn { .. } => Self { kind: "withdrawn", ..plain },
            Event::Replied { outcome, .. } => Self { kind: "replied", word: outcome.code(), ..plain },
            Event::Registered { outcome, .. } => Self { kind: "registered", word: outcome.code(), ..plain },
            Event::Reopened { due, .. } => Self { kind: "reopened", until: Some(due), ..plain },
        }
    }
}

/// What a row says, before it is known to be a step.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// As [`Step::kind`].
    pub kind: &'a str,
    /// As [`Step::on`].
    pub on: Date,
    /// As [`Step::until`].
    pub until: Option<Date>,
    /// As [`Step::consultation`].
    pub consultation: Option<u16>,
    /// As [`Step::days`].
    pub days: Option<u32>,
    /// As [`Step::word`].
    pub word: &'a str,
    /// As [`Step::justified`].
    pub justified: bool,
}

impl Row<'_> {
    fn wrong(&self, what: &'static str) -> StepError {
        StepError { kind: self.kind.to_owned(), what }
    }

    fn until(&self) -> Result<Date, StepError> {
        self.until.ok_or_else(|| self.wrong("没有期限的日期"))
    }

    fn id(&self) -> Result<ConsultationId, StepError> {
        self.consultation.map(ConsultationId).ok_or_else(|| self.wrong("没有征求意见的编号"))
    }

    fn asked(&self) -> Result<ConsultationKind, StepError> {
        match self.word {
            "third_party" => Ok(ConsultationKind::ThirdParty),
            "joint_maker" => Ok(ConsultationKind::JointMaker),
            "other_organ" => Ok(ConsultationKind::OtherOrgan),
            _ => Err(self.wrong("不知道征求谁的意见")),
        }
    }

    fn answer(&self) -> Result<Answer, StepError> {
        match self.word {
            "agreed" => Ok(Answer::Agreed),
            "objected" => Ok(Answer::Objected),
            "silent" => Ok(Answer::Silent),
            "cancelled" => Ok(Answer::Cancelled),
            _ => Err(self.wrong("不知道征求的结果")),
        }
    }

    /// The step of the law.
    ///
    /// # Errors
    /// The row says none, or lacks what the step needs.
    pub fn event(&self) -> Result<Event, StepError> {
        let on = self.on;
        Ok(match self.kind {
            "confirmed" => Event::Confirmed { on },
            "correction_notified" => Event::CorrectionNotified { sent: on, until: self.until()? },
            "corrected" => Event::Corrected { on, justified_delay: self.justified },
            "correction_lapsed" => Event::CorrectionLapsed { on },
            "consultation_opened" => {
                Event::ConsultationOpened { id: self.id()?, kind: self.asked()?, sent: on, limit: self.until }
            }
            "consultation_received" => Event::ConsultationReceived { id: self.id()?, on },
            "consultation_closed" => Event::ConsultationClosed { id: self.id()?, on, answer: self.answer()? },
            "extended" => {
                let approval = if self.word == "disclosure_office_head" {
                    Approval::DisclosureOfficeHead
                } else {
                    Approval::Other
                };
                let days = self.days.ok_or_else(|| self.wrong("没有延长的天数"))?;
                Event::Extended { days, approval, notified: on }
            }
            "fee_notified" => Event::FeeNotified { received: on },
            "fee_paid" => Event::FeePaid { on },
            "fee_lapsed" => Event::FeeLapsed { on },
            "reason_requested" => Event::ReasonRequested { on },
            "reason_received" => Event::ReasonReceived { on },
            "delayed" => Event::Delayed { notified: on, until: self.until()? },
            "withdrawn" => Event::Withdrawn { on },
            "replied" => {
                let outcome = Outcome::parse(self.word).ok_or_else(|| self.wrong("没有这种答复结果"))?;
                Event::Replied { outcome, served: on }
            }
            "registered" => {
                let outcome = Outcome::parse(self.word).ok_or_else(|| self.wrong("没有这种答复结果"))?;
                Event::Registered { outcome, served: on }
            }
            "reopened" => Event::Reopened { on, due: self.until()? },
            _ => return Err(self.wrong("没有这种步骤")),
        })
    }
}

impl Step {
    /// As a row, to be read back.
    pub fn row(&self) -> Row<'_> {
        let Self { kind, on, until, consultation, days, word, justified } = *self;
        Row { kind, on, until, consultation, days, word, justified }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_step_comes_back_as_it_went_in() {
        let (on, until) = (date(2026, 2, 2), date(2026, 3, 6));
        let id = ConsultationId(3);
        let mut all = vec![
            Event::Confirmed { on },
            Event::CorrectionNotified { sent: on, until },
            Event::Corrected { on, justified_delay: true },
            Event::Corrected { on, justified_delay: false },
            Event::CorrectionLapsed { on },
            Event::ConsultationReceived { id, on },
            Event::Extended { days: 20, approval: Approval::DisclosureOfficeHead, notified: on },
            Event::Extended { days: 1, approval: Approval::Other, notified: on },
            Event::FeeNotified { received: on },
            Event::FeePaid { on },
            Event::FeeLapsed { on },
            Event::ReasonRequested { on },
            Event::ReasonReceived { on },
            Event::Delayed { notified: on, until },
            Event::Withdrawn { on },
            Event::Reopened { on, due: until },
        ];
        for kind in [ConsultationKind::ThirdParty, ConsultationKind::JointMaker, ConsultationKind::OtherOrgan] {
            all.push(Event::ConsultationOpened { id, kind, sent: on, limit: None });
            all.push(Event::ConsultationOpened { id, kind, sent: on, limit: Some(until) });
        }
        for answer in [Answer::Agreed, Answer::Objected, Answer::Silent, Answer::Cancelled] {
            all.push(Event::ConsultationClosed { id, on, answer });
        }
        all.extend(Outcome::ALL.map(|outcome| Event::Replied { outcome, served: on }));
        for event in all {
            assert_eq!(Step::from(event).row().event(), Ok(event));
        }
    }

    #[test]
    fn a_row_that_says_no_step_is_told_of() {
        let step = Step::from(Event::Withdrawn { on: date(2026, 2, 2) });
        let row = step.row();
        for wrong in [
            Row { kind: "vanished", ..row },
            Row { kind: "delayed", ..row },
            Row { kind: "replied", word: "granted", ..row },
            Row { kind: "consultation_closed", consultation: Some(1), ..row },
            Row { kind: "extended", word: "other", ..row },
        ] {
            let told = wrong.event().unwrap_err().to_string();
            assert!(told.contains(wrong.kind) && told.contains("读不出来"), "{told}");
        }
    }
}
