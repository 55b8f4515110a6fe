//! Periods that are left out of a count: their union, never their sum.

use jiff::civil::Date;

/// A period left out: from the day after `after` up to and with `until`. The day something was sent still counts,
/// counting goes on the day after it was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pause {
    /// The last day that still counts.
    pub after: Date,
    /// The last day that does not count.
    pub until: Date,
}

/// A period ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("不计入期限的时间从{after}到{until}，结束早于开始。请核对两个日期")]
pub struct PauseError {
    /// The day it begins after.
    pub after: Date,
    /// The day it ends.
    pub until: Date,
}

/// Periods left out, in order and apart from each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pauses(Vec<Pause>);

impl Pauses {
    /// Nothing left out.
    pub fn none() -> Self {
        Self::default()
    }

    /// The union of periods in any order.
    ///
    /// # Errors
    /// A period that ends before it begins.
    pub fn union(periods: impl IntoIterator<Item = (Date, Date)>) -> Result<Self, PauseError> {
        let mut all = Vec::new();
        for (after, until) in periods {
            if until < after {
                return Err(PauseError { after, until });
            }
            if until > after {
                all.push(Pause { after, until });
            }
        }
        all.sort_unstable();
        let mut joined: Vec<Pause> = Vec::with_capacity(all.len());
        for pause in all {
            match joined.last_mut() {
                Some(last) if pause.after <= last.until => last.until = last.until.max(pause.until),
                _ => joined.push(pause),
            }
        }
        Ok(Self(joined))
    }

    /// The periods, in order, none touching another.
    pub fn iter(&self) -> impl Iterator<Item = Pause> {
        self.0.iter().copied()
    }

    /// Whether a day is left out.
    pub fn holds(&self, day: Date) -> bool {
        let at = self.0.partition_point(|pause| pause.until < day);
        self.0.get(at).is_some_and(|pause| pause.after < day)
    }
}
