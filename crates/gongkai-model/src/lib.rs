#![doc = include_str!("../README.md")]

pub mod annual;
pub mod application;
pub mod audit;
mod codes;
pub mod ids;
pub mod officer;
pub mod org;
pub mod publication;

mod refusal;

pub use refusal::Refusal;
