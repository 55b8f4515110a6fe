//! All days from 2008 to 2099, each worked or not.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday, date};

use crate::plan::Mark;
use crate::statutory::statutory_days;
use crate::{Day, OFFICIAL_PLANS, Plan, PlanError};

/// The years a calendar covers. The Regulation is in force since 2008.
pub(crate) const YEARS: RangeInclusive<i16> = 2008..=2099;
const FIRST: Date = date(2008, 1, 1);

/// A date before 2008 or after 2099, or a count that leads there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OutOfRange {
    /// The date itself.
    #[error("日期{0}不在日历范围（2008年至2099年）内。请核对年份")]
    Date(Date),
    /// A term from this date on.
    #[error("从{0}起算的期限超出了日历范围（2008年至2099年）。请核对日期和天数")]
    Term(Date),
    /// A year.
    #[error("年份{0}不在日历范围（2008年至2099年）内")]
    Year(i16),
}

/// Whether a year's days off are settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// By a notice of the State Council.
    Official,
    /// Weekends and statutory days only: no notice is known.
    Provisional,
}

/// Working days of the years 2008–2099.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Set days with their names and the notice they come from; statutory days of provisional years have none.
    pub(crate) marks: BTreeMap<Date, (bool, String, Option<usize>)>,
    sources: Vec<String>,
    official: BTreeMap<i16, Vec<usize>>,
    /// `before[i]`: the working days before day `i`.
    pub(crate) before: Vec<u32>,
    /// The day of each working day, by its rank.
    pub(crate) worked: Vec<u32>,
    version: u64,
}

/// FNV-1a: the same plans give the same number on every machine.
fn fingerprint(texts: &[&str]) -> u64 {
    texts
        .iter()
        .flat_map(|text| text.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

static OFFICIAL: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::with_plans(&[]).unwrap_or_else(|_| Calendar::build(&[], 0)));

impl Calendar {
    /// The official years that are built in.
    pub fn official() -> &'static Self {
        &OFFICIAL
    }

    /// The official years that are built in and further plans: later ones win, a year given again is settled anew.
    ///
    /// # Errors
    /// The index of the plan that cannot be read, and why.
    pub fn with_plans(texts: &[&str]) -> Result<Self, (usize, PlanError)> {
        let mut plans: Vec<Plan> = Vec::new();
        for (_, text) in OFFICIAL_PLANS {
            plans.push(Plan::parse(text).map_err(|error| (0, error))?);
        }
        for (index, text) in texts.iter().enumerate() {
            plans.push(Plan::parse(text).map_err(|error| (index, error))?);
        }
        let all: Vec<&str> = OFFICIAL_PLANS.iter().map(|(_, text)| *text).chain(texts.iter().copied()).collect();
        Ok(Self::build(&plans, fingerprint(&all)))
    }

    fn build(plans: &[Plan], version: u64) -> Self {
        let mut calendar = Self {
            marks: BTreeMap::new(),
            sources: Vec::new(),
            official: BTreeMap::new(),
            before: Vec::new(),
            worked: Vec::new(),
            version,
        };
        // Overlays come last: they stand on what is settled.
        for plan in plans.iter().filter(|plan| plan.year.is_some()).chain(plans.iter().filter(|p| p.year.is_none())) {
            calendar.add(plan);
        }
        for year in YEARS.filter(|year| !calendar.official.contains_key(year)) {
            for (day, name) in statutory_days(year) {
                calendar.marks.entry(day).or_insert((true, name.to_owned(), None));
            }
        }
        let mut day = FIRST;
        let mut count = 0;
        while YEARS.contains(&day.year()) {
            calendar.before.push(count);
            if calendar.kind(day).is_worked() {
                calendar.worked.push(u32::try_from(calendar.before.len() - 1).unwrap_or(u32::MAX));
                count += 1;
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        calendar.before.push(count);
        calendar
    }

    fn add(&mut self, plan: &Plan) {
        let first = self.sources.len();
        self.sources.extend(plan.sources.iter().cloned());
        if let Some(year) = plan.year
            && let Some(replaced) = self.official.insert(year, (first..self.sources.len()).collect())
        {
            self.marks.retain(|_, (_, _, source)| source.is_none_or(|source| !replaced.contains(&source)));
        }
        for Mark { date, off, name, source } in &plan.marks {
            self.marks.insert(*date, (*off, name.clone(), Some(first + source)));
        }
    }

    pub(crate) fn kind(&self, day: Date) -> Day {
        match self.marks.get(&day) {
            Some((true, name, _)) => Day::Holiday(name.clone()),
            Some((false, name, _)) => Day::MakeUp(name.clone()),
            None if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) => Day::Weekend,
            None => Day::Workday,
        }
    }

    /// The number of a day, counted from the first of the calendar.
    pub(crate) fn index(day: Date) -> Result<usize, OutOfRange> {
        if !YEARS.contains(&day.year()) {
            return Err(OutOfRange::Date(day));
        }
        usize::try_from(day.duration_since(FIRST).as_hours() / 24).map_err(|_| OutOfRange::Date(day))
    }

    pub(crate) fn date_at(index: u32, start: Date) -> Result<Date, OutOfRange> {
        FIRST.checked_add(jiff::Span::new().days(index)).map_err(|_| OutOfRange::Term(start))
    }

    /// What a day is.
    ///
    /// # Errors
    /// A date outside 2008–2099.
    pub fn day(&self, day: Date) -> Result<Day, OutOfRange> {
        Self::index(day)?;
        Ok(self.kind(day))
    }

    /// The notice that set a day off or worked; `None` for plain days and statutory days of provisional years.
    pub fn source_of(&self, day: Date) -> Option<&str> {
        let (_, _, source) = self.marks.get(&day)?;
        self.sources.get((*source)?).map(String::as_str)
    }

    /// Whether a year is settled by a notice.
    ///
    /// # Errors
    /// A year outside 2008–2099.
    pub fn status(&self, year: i16) -> Result<Status, OutOfRange> {
        if !YEARS.contains(&year) {
            return Err(OutOfRange::Year(year));
        }
        Ok(if self.official.contains_key(&year) { Status::Official } else { Status::Provisional })
    }

    /// The notices that settle a year; none for a provisional year.
    pub fn sources(&self, year: i16) -> Vec<&str> {
        let indexes = self.official.get(&year).map_or(&[][..], Vec::as_slice);
        indexes.iter().filter_map(|index| self.sources.get(*index)).map(String::as_str).collect()
    }

    /// The working days of a year, in order.
    ///
    /// # Errors
    /// A year outside 2008–2099.
    pub fn workdays(&self, year: i16) -> Result<Vec<Date>, OutOfRange> {
        self.status(year)?;
        let days = date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
        Ok(days.filter(|day| self.kind(*day).is_worked()).collect())
    }

    /// Whether any day after `after` up to `until` lies in a provisional year.
    pub fn is_provisional(&self, after: Date, until: Date) -> bool {
        let first = after.tomorrow().map_or(after.year(), Date::year);
        (first..=until.year().max(first)).any(|year| !self.official.contains_key(&year))
    }

    /// A number that tells calendars with different plans apart, the same on every machine.
    pub fn version(&self) -> u64 {
        self.version
    }
}
