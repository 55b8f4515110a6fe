#![doc = include_str!("../README.md")]

pub mod marked;

mod manuscript;
mod place;
mod table;

pub use manuscript::{Block, Manuscript, Paragraph, Side};
pub use place::{Bounds, Place};
pub use table::{Cell, Table};
