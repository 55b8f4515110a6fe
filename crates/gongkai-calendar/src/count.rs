//! Counting working days: by prefix sums, so that a long term costs what a short one costs.

use jiff::civil::Date;

use crate::{Calendar, Day, OutOfRange, Pauses};

/// A day after the start of a term and why it counts or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedDay {
    /// The day.
    pub date: Date,
    /// Whether it counts.
    pub counts: bool,
    /// What the day is by the calendar.
    pub day: Day,
    /// Whether a pause left it out.
    pub paused: bool,
    /// Whether its year is provisional.
    pub provisional: bool,
}

impl Calendar {
    /// Whether a day is worked.
    ///
    /// # Errors
    /// A date outside 2008–2099.
    pub fn is_workday(&self, day: Date) -> Result<bool, OutOfRange> {
        let index = Self::index(day)?;
        let at = |i: usize| self.before.get(i).copied().unwrap_or_default();
        Ok(at(index + 1) > at(index))
    }

    /// The working days up to and with a day.
    fn rank(&self, day: Date) -> Result<u32, OutOfRange> {
        let index = Self::index(day)?;
        self.before.get(index + 1).copied().ok_or(OutOfRange::Date(day))
    }

    /// The n-th working day after `start`, leaving out the pauses. The start itself is day 0; a term of 0 days ends
    /// on its start.
    ///
    /// Basis: 《民法典》第二百零一条 and 《民事诉讼法》第八十五条: the day a term begins does not count.
    ///
    /// # Errors
    /// A date or a term outside 2008–2099.
    pub fn add_workdays(&self, start: Date, days: u32, pauses: &Pauses) -> Result<Date, OutOfRange> {
        if days == 0 {
            Self::index(start)?;
            return Ok(start);
        }
        let mut rank = self.rank(start)?.saturating_add(days);
        let nth = |rank: u32| {
            let at = usize::try_from(rank - 1).map_err(|_| OutOfRange::Term(start))?;
            let index = self.worked.get(at).copied().ok_or(OutOfRange::Term(start))?;
            Self::date_at(index, start)
        };
        let mut due = nth(rank)?;
        for pause in pauses.iter() {
            if pause.until <= start {
                continue;
            }
            if due <= pause.after {
                break;
            }
            let left_out = self.rank(pause.until)?.saturating_sub(self.rank(pause.after.max(start))?);
            rank = rank.saturating_add(left_out);
            due = nth(rank)?;
        }
        Ok(due)
    }

    /// The working days after `after` up to and with `until`, leaving out the pauses; 0 where `until` is not later.
    ///
    /// # Errors
    /// A date outside 2008–2099.
    pub fn count_workdays(&self, after: Date, until: Date, pauses: &Pauses) -> Result<u32, OutOfRange> {
        let mut count = self.rank(until)?.saturating_sub(self.rank(after)?);
        for pause in pauses.iter() {
            let (from, to) = (pause.after.max(after), pause.until.min(until));
            if to > from {
                count = count.saturating_sub(self.rank(to)? - self.rank(from)?);
            }
        }
        Ok(count)
    }

    /// The n-th working day before a day: when to be reminded.
    ///
    /// # Errors
    /// A date or a term outside 2008–2099.
    pub fn workdays_before(&self, day: Date, days: u32) -> Result<Date, OutOfRange> {
        if days == 0 {
            Self::index(day)?;
            return Ok(day);
        }
        let index = Self::index(day)?;
        let before = self.before.get(index).copied().unwrap_or_default();
        let at = before.checked_sub(days).ok_or(OutOfRange::Term(day))?;
        let at = usize::try_from(at).map_err(|_| OutOfRange::Term(day))?;
        Self::date_at(self.worked.get(at).copied().ok_or(OutOfRange::Term(day))?, day)
    }

    /// The day itself if it is worked, else the next working day: where a term of natural days ends.
    ///
    /// Basis: 《民事诉讼法》第八十五条, 《民法典》第二百零三条.
    ///
    /// # Errors
    /// A date outside 2008–2099.
    pub fn roll_forward(&self, day: Date) -> Result<Date, OutOfRange> {
        if self.is_workday(day)? { Ok(day) } else { self.add_workdays(day, 1, &Pauses::none()) }
    }

    /// Every day after `start` up to and with `until`, each with its reason.
    ///
    /// # Errors
    /// A date outside 2008–2099.
    pub fn explain(&self, start: Date, until: Date, pauses: &Pauses) -> Result<Vec<CountedDay>, OutOfRange> {
        Self::index(start)?;
        Self::index(until)?;
        let days = start.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day <= until);
        Ok(days
            .map(|date| {
                let day = self.kind(date);
                let paused = pauses.holds(date);
                let provisional = self.is_provisional(date.yesterday().unwrap_or(date), date);
                CountedDay { date, counts: day.is_worked() && !paused, day, paused, provisional }
            })
            .collect())
    }
}
