//! Integration tests of the report crate.

mod layouts;
mod rules;
