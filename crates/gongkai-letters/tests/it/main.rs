//! Integration tests of the letters.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case must fail")]

mod facts;
mod letters;
mod templates;
