//! What serving a letter is in law: the step it makes, on the day it is served.

use std::collections::BTreeMap;

use gongkai_letters::{Fact, Value};
use gongkai_model::application::clock::{Approval, ConsultationId, ConsultationKind, Event};
use gongkai_model::application::{LetterKind, Outcome};
use jiff::civil::Date;

use crate::platform::Fault;

/// The event that serving a letter is in law; none where it moves nothing.
///
/// # Errors
/// The letter sets a day that is not written in it.
pub(super) fn event_of(
    kind: LetterKind,
    outcome: Option<Outcome>,
    asked: Option<(u16, ConsultationKind)>,
    facts: &BTreeMap<Fact, Value>,
    on: Date,
) -> Result<Option<Event>, Fault> {
    let day = |fact: Fact| match facts.get(&fact) {
        Some(Value::Date(day)) => Ok(*day),
        Some(Value::Text(_) | Value::List(_)) | None => {
            Err(Fault::field(fact.name(), format!("请填写{}", fact.name())))
        }
    };
    Ok(match kind {
        LetterKind::L02 => Some(Event::CorrectionNotified { sent: on, until: day(Fact::CorrectionDue)? }),
        LetterKind::L03 => Some(Event::CorrectionLapsed { on }),
        LetterKind::L04 => {
            let days = match facts.get(&Fact::ExtensionDays) {
                Some(Value::Text(days)) => days.trim().parse().unwrap_or(0),
                _ => 0,
            };
            Some(Event::Extended { days, approval: Approval::DisclosureOfficeHead, notified: on })
        }
        LetterKind::L05 | LetterKind::L06 => {
            let (number, kind) = asked.ok_or(Fault::NotFound)?;
            let limit = (kind == ConsultationKind::OtherOrgan).then(|| day(Fact::AnswerDue)).transpose()?;
            Some(Event::ConsultationOpened { id: ConsultationId(number), kind, sent: on, limit })
        }
        LetterKind::L08 => Some(Event::FeeNotified { received: on }),
        LetterKind::L09 => Some(Event::ReasonRequested { on }),
        LetterKind::L10 => Some(Event::Delayed { notified: on, until: day(Fact::NewReplyDue)? }),
        LetterKind::L27 => Some(Event::FeeLapsed { on }),
        _ => outcome.map(|outcome| Event::Replied { outcome, served: on }),
    })
}
