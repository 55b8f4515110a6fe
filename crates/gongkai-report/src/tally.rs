//! From cases to the cells of tables 3 and 4. Every cell knows its cases, and the tables balance by construction.

mod class;

pub use class::{Class, count};

use std::collections::BTreeMap;

use gongkai_law::{ApplicantColumn, CellRef, Disposition, Edition, Outcome, ProceedingGroup};
use jiff::civil::Date;

/// What table 3 has to know of an application. One registered application is one case, however many sign it, however
/// many letters answer it; each part of one that was split is a case of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationFact<Id> {
    /// The case.
    pub id: Id,
    /// The applicant's column.
    pub applicant: ApplicantColumn,
    /// The day of the first receipt; a later correction does not make it new again.
    pub received: Date,
    /// The final outcome and the day it was served; `None` while it is open, whatever it waits for.
    pub concluded: Option<(Outcome, Date)>,
}

/// The organ's part in a proceeding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// It did what is challenged: it counts the case.
    OriginalOrgan,
    /// It reconsidered and is sued together with the original organ, which alone counts the case (填报解释).
    ReconsiderationOrgan,
}

/// What table 4 has to know of a reconsideration or a suit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProceedingFact<Id> {
    /// The case.
    pub id: Id,
    /// Which group.
    pub group: ProceedingGroup,
    /// The day it was accepted.
    pub accepted: Date,
    /// How it ended, and when that took effect.
    pub ended: Option<(Disposition, Date)>,
    /// The organ's part.
    pub part: Part,
}

/// A fact that cannot be: it is named, nothing is counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TallyError<Id> {
    /// An applicant in the column of totals.
    #[error("案件没有申请人类别")]
    NoApplicant(Id),
    /// It ended before it began.
    #[error("案件的办结日期早于收到日期")]
    EndsBeforeItBegins(Id),
    /// A suit ended by a reconsideration decision, or the other way round.
    #[error("案件的结果与类别不符：复议案件按复议结果、诉讼案件按判决或者裁定登记")]
    WrongEnd(Id),
}

/// The cells of a year with the cases that each counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<Id> {
    /// The form.
    pub edition: Edition,
    cells: BTreeMap<CellRef, Vec<Id>>,
}

impl<Id: Clone> Tally<Id> {
    /// The count of a cell.
    pub fn count(&self, cell: CellRef) -> usize {
        self.cells.get(&cell).map_or(0, Vec::len)
    }

    /// The cases of a cell.
    pub fn cases(&self, cell: CellRef) -> &[Id] {
        self.cells.get(&cell).map_or(&[], Vec::as_slice)
    }

    /// Every cell of tables 3 and 4 of the form, in its order, zeros too.
    pub fn cells(&self) -> impl Iterator<Item = (CellRef, usize)> {
        CellRef::of(self.edition).into_iter().filter(|cell| cell.table() != 2).map(|cell| (cell, self.count(cell)))
    }

    fn add(&mut self, cells: &[CellRef], id: &Id) {
        for cell in cells {
            self.cells.entry(*cell).or_default().push(id.clone());
        }
    }
}

/// Counts the cases of a report year, as [`Class::cells`] says for each.
///
/// # Errors
/// The first fact that cannot be.
pub fn tally<Id: Clone>(
    year: i16,
    edition: Edition,
    applications: &[ApplicationFact<Id>],
    proceedings: &[ProceedingFact<Id>],
) -> Result<Tally<Id>, TallyError<Id>> {
    let mut out = Tally { edition, cells: BTreeMap::new() };
    for fact in applications {
        if fact.applicant == ApplicantColumn::Total {
            return Err(TallyError::NoApplicant(fact.id.clone()));
        }
        if fact.concluded.is_some_and(|(_, day)| day < fact.received) {
            return Err(TallyError::EndsBeforeItBegins(fact.id.clone()));
        }
        let class = Class::Application {
            applicant: fact.applicant,
            received: fact.received.year(),
            ended: fact.concluded.map(|(outcome, day)| (outcome, day.year())),
        };
        out.add(&class.cells(year, edition), &fact.id);
    }
    for fact in proceedings {
        if fact.ended.is_some_and(|(_, day)| day < fact.accepted) {
            return Err(TallyError::EndsBeforeItBegins(fact.id.clone()));
        }
        let of_court = fact.group != ProceedingGroup::Reconsideration;
        if fact.ended.is_some_and(|(end, _)| end.by_court() != of_court) {
            return Err(TallyError::WrongEnd(fact.id.clone()));
        }
        if fact.part == Part::ReconsiderationOrgan {
            continue;
        }
        let class = Class::Proceeding {
            group: fact.group,
            accepted: fact.accepted.year(),
            ended: fact.ended.map(|(end, day)| (end.column(), day.year())),
        };
        out.add(&class.cells(year, edition), &fact.id);
    }
    Ok(out)
}
