#![doc = include_str!("../README.md")]

mod layout;
mod reports;

pub use layout::{Layout, lay_out, lines};
pub use reports::{any_report, balanced_report, sample_report, sample_report_2019};
