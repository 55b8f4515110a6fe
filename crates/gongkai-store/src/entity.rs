//! The tables as rows. Timestamps are microseconds since 1970 in UTC, so that both databases keep the same number.

pub(crate) mod annual;
#[expect(clippy::module_inception, reason = "the module of a table bears its name")]
pub(crate) mod application;
pub(crate) mod casework;
#[expect(clippy::module_inception, reason = "the module of a table bears its name")]
pub(crate) mod dispute;
pub(crate) mod people;
#[expect(clippy::module_inception, reason = "the module of a table bears its name")]
pub(crate) mod publication;
pub(crate) mod system;
