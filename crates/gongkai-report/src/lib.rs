#![doc = include_str!("../README.md")]
#![deny(clippy::float_arithmetic)]

pub mod aggregate;
pub mod bound;
pub mod check;
pub mod compare;
pub mod compile;
pub mod draft;
pub mod fold;
pub mod ledger;
mod narrative;
pub mod read;
pub mod render;
pub mod report;
pub mod tally;
pub mod value;

pub use narrative::{AgencyKind, AgencyLevel, Subject};
pub use read::read;
pub use report::{Cell, FormKind, Level, Notice, NoticeCode, Period, Report, SectionText};
