//! Integration tests of the acts on reports.

mod fixtures;
mod hostile;
mod mutation;
mod round_trip;
