//! The acts on published annual reports.

mod json;
mod read;

pub use json::{report_from_json, report_to_json};
pub use read::{Error, ReadReport, Source, read_bytes};
