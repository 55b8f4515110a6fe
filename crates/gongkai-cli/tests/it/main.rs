//! The command as a user runs it.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the command must fail")]

mod browser;
mod city;
mod law;
mod letters;
mod platform;
mod reports;
mod run;
mod serving;
