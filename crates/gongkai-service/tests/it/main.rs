//! Integration tests of the acts on reports.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot set up its case must fail")]

mod fixtures;
mod hostile;
mod mutation;
mod platform;
mod round_trip;
