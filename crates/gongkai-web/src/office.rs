//! The office: what officers see and do.

pub(crate) mod account;
pub(crate) mod applications;
pub(crate) mod audit;
pub(crate) mod calendar;
pub(crate) mod clocks;
pub(crate) mod days;
pub(crate) mod desk;
pub(crate) mod disputes;
pub(crate) mod draft;
pub(crate) mod edition;
pub(crate) mod frame;
pub(crate) mod guide;
pub(crate) mod ledger;
pub(crate) mod list;
mod merge;
pub(crate) mod opinion;
pub(crate) mod people;
pub(crate) mod report;
pub(crate) mod resume;
pub(crate) mod secrecy_form;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod supervision;
pub(crate) mod units;
pub(crate) mod withheld;
