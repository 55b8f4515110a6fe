//! The clock of an application: dated events in, states and due dates out.
//!
//! The past is a list of [`Event`]s. [`Timeline::replay`] goes through it and refuses the first step that the law
//! does not allow; every due date is derived from what is left, never stored.

mod alarm;
mod event;
mod explain;
mod receipt;
mod refusal;
mod timeline;

pub use alarm::Alarm;
pub use event::{Answer, Approval, ConsultationId, ConsultationKind, Event};
pub use explain::ExplainedDay;
pub use receipt::{Arrival, Channel};
pub use refusal::{Irregularity, Refusal};
pub use timeline::{Consultation, Due, History, State, Timeline};

/// Working days for a reply (条例 第三十三条第二款).
pub const REPLY_DAYS: u32 = 20;
/// The longest extension in working days (条例 第三十三条第二款).
pub const MOST_EXTENSION: u32 = 20;
