//! The router with a real platform behind it: who may do what, and what strangers try.
#![expect(clippy::unwrap_used, reason = "a test that cannot set up its case must fail")]

mod access;
mod applications;
mod client;
mod doors;
mod forms;
mod interface;
mod interface_acts;
mod sending;
