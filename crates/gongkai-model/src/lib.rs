#![doc = include_str!("../README.md")]

pub mod audit;
pub mod ids;
pub mod officer;
pub mod org;
pub mod publication;

mod refusal;

pub use refusal::Refusal;
