//! Integration tests of the calendar.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case must fail")]

mod counting;
mod official;
mod plans;
