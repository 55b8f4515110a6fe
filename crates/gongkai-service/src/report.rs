//! The acts on published annual reports.

mod aggregate;
mod check;
mod compare;
mod json;
mod place;
mod read;
mod render;
mod show;

pub use aggregate::{AggregateReport, aggregate_reports};
pub use check::{Checked, Counts, check_reports, checked_to_json, finding_to_json};
pub use compare::{compare_reports, comparison_paper, comparison_to_json};
pub use gongkai_law::Edition;
pub use gongkai_report::check::{Finding, RULES, Rule, rule};
pub use gongkai_report::compare::Comparison;
pub use gongkai_report::{Level, Report};
pub use gongkai_typeset::{Error as TypesetError, Fonts, font_folders};
pub use json::{read_report_from_json, report_from_json, report_to_json};
pub use read::{Error, ReadReport, Source, read_bytes};
pub use render::{Target, render_report, set, template};
pub use show::{findings_to_csv, manuscript_as_text, rules_to_json, set_as_text};
