//! From cases to the cells of tables 3 and 4. Every cell knows its cases, and the tables balance by construction.

use std::collections::BTreeMap;

use gongkai_law::{
    ApplicantColumn, ApplicationRow, CellRef, Disposition, Edition, Outcome, ProceedingColumn, ProceedingGroup,
};
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

    fn add(&mut self, cell: CellRef, id: &Id) {
        self.cells.entry(cell).or_default().push(id.clone());
    }

    fn application(&mut self, row: ApplicationRow, applicant: ApplicantColumn, id: &Id) {
        self.add(CellRef::Application(row, applicant), id);
        self.add(CellRef::Application(row, ApplicantColumn::Total), id);
    }
}

/// Counts the cases of a report year.
///
/// New: received in the year. Carried in: received before and open when it began. Results: served in the year.
/// Carried out: open when it ended. Table 4: the column of the year it ended in, pending while it has not.
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
        let served = fact.concluded.map(|(_, day)| day);
        if fact.applicant == ApplicantColumn::Total {
            return Err(TallyError::NoApplicant(fact.id.clone()));
        }
        if served.is_some_and(|day| day < fact.received) {
            return Err(TallyError::EndsBeforeItBegins(fact.id.clone()));
        }
        let ended_before = served.is_some_and(|day| day.year() < year);
        if fact.received.year() > year || ended_before {
            continue;
        }
        let row = if fact.received.year() == year { ApplicationRow::NewReceived } else { ApplicationRow::CarriedIn };
        out.application(row, fact.applicant, &fact.id);
        match fact.concluded.filter(|(_, day)| day.year() == year) {
            Some((outcome, _)) => {
                out.application(outcome.row(edition), fact.applicant, &fact.id);
                out.application(ApplicationRow::TotalConcluded, fact.applicant, &fact.id);
            }
            None => out.application(ApplicationRow::CarriedOut, fact.applicant, &fact.id),
        }
    }
    for fact in proceedings {
        if fact.ended.is_some_and(|(_, day)| day < fact.accepted) {
            return Err(TallyError::EndsBeforeItBegins(fact.id.clone()));
        }
        let of_court = fact.group != ProceedingGroup::Reconsideration;
        if fact.ended.is_some_and(|(end, _)| end.by_court() != of_court) {
            return Err(TallyError::WrongEnd(fact.id.clone()));
        }
        let ended_before = fact.ended.is_some_and(|(_, day)| day.year() < year);
        if fact.accepted.year() > year || ended_before || fact.part == Part::ReconsiderationOrgan {
            continue;
        }
        let column = match fact.ended.filter(|(_, day)| day.year() == year) {
            Some((end, _)) => end.column(),
            None => Some(ProceedingColumn::Pending),
        };
        if let Some(column) = column {
            out.add(CellRef::Proceeding(fact.group, column), &fact.id);
            out.add(CellRef::Proceeding(fact.group, ProceedingColumn::Total), &fact.id);
        }
    }
    Ok(out)
}
