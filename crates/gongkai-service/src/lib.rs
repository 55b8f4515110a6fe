#![doc = include_str!("../README.md")]

pub mod law;
pub mod letters;
pub mod report;
