//! The acts on published annual reports.

mod check;
mod json;
mod read;

pub use check::{Checked, Counts, check_reports, checked_to_json, finding_to_json};
pub use gongkai_report::check::{Finding, RULES, Rule, rule};
pub use gongkai_report::{Level, Report};
pub use json::{report_from_json, report_to_json};
pub use read::{Error, ReadReport, Source, read_bytes};
