#![doc = include_str!("../README.md")]

mod index;
mod newest;
mod passage;
mod query;
mod segment;

pub use index::{Entry, Index};
pub use query::{Found, Hit, MOST, Order, Query};

/// Why the index could not be used.
#[derive(Debug, thiserror::Error)]
#[error("检索索引出错：{0}")]
pub struct Error(pub String);

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        Self(error.to_string())
    }
}
