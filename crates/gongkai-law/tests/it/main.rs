//! Integration tests of the law.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case must fail")]

mod examples;
mod sequences;
mod steps;
