//! 依申请公开 in the office: the list, taking in, the case, its letters.

pub(crate) mod acts;
pub(crate) mod case;
mod history;
pub(crate) mod intake;
pub(crate) mod letter;
pub(crate) mod list;

use gongkai_model::ids::{ApplicationId, LetterId};
use gongkai_service::platform::Fault;
use jiff::civil::Date;

use crate::failure::Failure;

/// The application an address names.
fn application_id(text: &str) -> Result<ApplicationId, Failure> {
    text.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))
}

/// The letter an address names.
fn letter_id(text: &str) -> Result<LetterId, Failure> {
    text.parse().map_err(|_not_an_id| Failure::Fault(Fault::NotFound))
}

/// A day that was typed into a field.
pub(crate) fn day(field: &str, text: &str) -> Result<Date, Fault> {
    text.trim().parse().map_err(|_no_day| Fault::field(field, "请填写日期，写成2026-01-09的样子"))
}
