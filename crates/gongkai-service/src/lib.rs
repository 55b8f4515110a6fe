#![doc = include_str!("../README.md")]

pub mod law;
pub mod report;
