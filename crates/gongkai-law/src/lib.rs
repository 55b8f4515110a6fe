#![doc = include_str!("../README.md")]
#![deny(clippy::wildcard_enum_match_arm, clippy::float_arithmetic)]

mod application;
mod article;
mod cell;
pub mod clock;
mod disposition;
mod edition;
mod fee;
mod instrument;
mod letter;
mod outcome;
mod proactive;
mod proceeding;
mod remedy;
mod ruling;
mod section;
mod term;

pub use application::{ApplicantColumn, ApplicationRow, RowGroup};
pub use article::{Article, cite, numeral};
pub use cell::CellRef;
pub use disposition::Disposition;
pub use edition::Edition;
pub use fee::{Fee, FeeError, FeeStep, Yuan};
/// The calendar that terms are counted in.
pub use gongkai_calendar::Calendar;
pub use instrument::Instrument;
pub use letter::LetterKind;
pub use outcome::{Outcome, Remedy};
pub use proactive::{Measure, ProactiveBlock, ProactiveField, ProactiveItem};
pub use proceeding::{ProceedingColumn, ProceedingGroup};
pub use remedy::RemedyLaw;
pub use ruling::Ruling;
pub use section::{Section, TITLE_SUFFIX};
pub use term::{Length, Term, annual_report_due};
