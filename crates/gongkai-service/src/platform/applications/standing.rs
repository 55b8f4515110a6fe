//! Where an application stands, worked out of its steps.

use gongkai_calendar::Calendar;
use gongkai_law::Outcome;
use gongkai_model::Refusal;
use gongkai_model::application::clock::{self, History, State, Timeline};
use gongkai_store::{ApplicationRecord, Standing, StepRecord};
use jiff::civil::Date;

use crate::platform::Fault;

/// The code of a state, for lists.
pub(super) fn code(state: State) -> &'static str {
    match state {
        State::Arrived => "arrived",
        State::Running => "running",
        State::AwaitingCorrection { .. } => "awaiting_correction",
        State::AwaitingFee { .. } => "awaiting_fee",
        State::Delayed { .. } => "delayed",
        State::Concluded { .. } => "concluded",
        State::Reopened { .. } => "reopened",
    }
}

/// The states in which something is still to be done.
pub(super) const OPEN: [&str; 6] = ["arrived", "running", "awaiting_correction", "awaiting_fee", "delayed", "reopened"];

/// What people call a state.
fn label(code: &str) -> &'static str {
    match code {
        "arrived" => "待确认收到",
        "running" => "正在办理",
        "awaiting_correction" => "等待补正",
        "awaiting_fee" => "等待缴费",
        "delayed" => "延迟答复",
        "reopened" => "重新办理",
        "concluded" => "已答复",
        _ => "",
    }
}

/// What people call where an application stands: what ended without a reply was not answered.
pub(super) fn named(standing: &Standing) -> &'static str {
    match standing.outcome {
        Some(Outcome::Withdrawn) => "已撤回",
        Some(Outcome::CorrectionAbandoned | Outcome::FeeUnpaid) => "视为放弃",
        _ => label(&standing.state),
    }
}

/// Whether an application ended with a reply: withdrawn or abandoned is not answered.
pub(super) fn was_answered(standing: &Standing) -> bool {
    !matches!(standing.outcome, None | Some(Outcome::Withdrawn | Outcome::CorrectionAbandoned | Outcome::FeeUnpaid))
}

/// A step that the law refuses, as the office is told.
pub(super) fn refused(refusal: clock::Refusal) -> Fault {
    let told = Refusal::new(refusal.message, refusal.way_out);
    match refusal.article {
        Some(article) => told.by(article.to_string()).into(),
        None => told.into(),
    }
}

/// The history of an application.
///
/// # Errors
/// Its steps do not follow one another as the law says: somebody has changed the database.
pub(super) fn history(calendar: &Calendar, record: &ApplicationRecord, steps: &[StepRecord]) -> Result<History, Fault> {
    history_since(calendar, record.arrival, steps.iter().map(|step| step.event))
}

/// The history of what came in some way.
///
/// # Errors
/// Its steps do not follow one another as the law says: somebody has changed the database.
pub(super) fn history_since(
    calendar: &Calendar,
    arrival: clock::Arrival,
    events: impl IntoIterator<Item = clock::Event>,
) -> Result<History, Fault> {
    let mut events: Vec<clock::Event> = events.into_iter().collect();
    let mut history = History::new(arrival);
    for event in &events {
        match history.with(*event, calendar) {
            Ok(next) => history = next,
            Err(_under_this_calendar) => {
                // What was in time when it was noted stays so, whatever notice of days off came after.
                events.sort_by_key(|event| event.date());
                return History::noted(arrival, events, calendar)
                    .map_err(|refusal| Fault::Failed(format!("申请的步骤前后不符：{refusal}")));
            }
        }
    }
    Ok(history)
}

/// Where a history leads, seen from a day.
///
/// # Errors
/// A term leaves the calendar.
pub(super) fn of(calendar: &Calendar, history: &History, today: Date) -> Result<(Timeline, Standing), Fault> {
    let timeline = Timeline::replay(history, calendar).map_err(refused)?;
    let due = timeline.due(today, calendar).map_err(refused)?;
    let (concluded, outcome) = match timeline.state {
        State::Concluded { outcome, on } => (Some(on), Some(outcome)),
        State::Arrived
        | State::Running
        | State::AwaitingCorrection { .. }
        | State::AwaitingFee { .. }
        | State::Delayed { .. }
        | State::Reopened { .. } => (None, None),
    };
    // While the applicant is to act, the day that matters is the last one to do so.
    let awaited = match timeline.state {
        State::AwaitingCorrection { until } | State::AwaitingFee { until } => Some(until),
        State::Arrived | State::Running | State::Delayed { .. } | State::Concluded { .. } | State::Reopened { .. } => {
            None
        }
    };
    let standing = Standing {
        state: code(timeline.state).to_owned(),
        due: due.map(|due| due.on).or(awaited),
        projected: due.is_some_and(|due| due.projected),
        provisional: due.is_some_and(|due| due.provisional),
        received: timeline.receipt,
        concluded,
        outcome,
        counted: timeline.first_end,
        in_time: timeline.first_in_time,
    };
    Ok((timeline, standing))
}

/// The history of an application that has just come in.
pub(super) fn history_of(arrival: clock::Arrival) -> History {
    History::new(arrival)
}
