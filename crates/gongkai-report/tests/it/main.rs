//! Integration tests of the report crate.
#![expect(
    clippy::unwrap_used,
    clippy::semicolon_if_nothing_returned,
    clippy::assigning_clones,
    reason = "a test that cannot set up its case must fail, and a case is one expression"
)]

mod cases;
mod cells;
mod correct;
mod culprits;
mod drafted;
mod government;
mod hostile;
mod layouts;
mod received;
mod rules;
mod tally;
mod wordings;
