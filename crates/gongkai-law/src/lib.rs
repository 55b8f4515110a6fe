#![doc = include_str!("../README.md")]
#![deny(clippy::wildcard_enum_match_arm, clippy::float_arithmetic)]

mod application;
mod cell;
mod edition;
mod instrument;
mod proactive;
mod proceeding;
mod section;

pub use application::{ApplicantColumn, ApplicationRow, RowGroup};
pub use cell::CellRef;
pub use edition::Edition;
pub use instrument::Instrument;
pub use proactive::{ProactiveBlock, ProactiveField, ProactiveItem};
pub use proceeding::{ProceedingColumn, ProceedingGroup};
pub use section::{Section, TITLE_SUFFIX};
