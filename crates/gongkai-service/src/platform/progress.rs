//! How far a long work has come, for whoever waits at a terminal.

use std::sync::atomic::{AtomicU64, Ordering};

/// Pieces done, and of how many where that is known.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    of: AtomicU64,
}

impl Progress {
    /// So many more pieces are to come.
    pub(super) fn expect(&self, pieces: usize) {
        self.of.fetch_add(u64::try_from(pieces).unwrap_or(0), Ordering::Relaxed);
    }

    /// One piece is done.
    pub(super) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Pieces done, and how many there are; 0 where nobody knows.
    pub fn now(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed))
    }
}
