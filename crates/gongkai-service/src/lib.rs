#![doc = include_str!("../README.md")]

pub mod law;
pub mod letters;
pub mod platform;
pub mod report;
