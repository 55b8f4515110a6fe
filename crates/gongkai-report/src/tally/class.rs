//! Cases that are alike for the report, and the cells that each of them is counted in: the counting rules of tables 3 and 4
//! (domain 5.2, 5.3), once.

use std::collections::BTreeMap;

use gongkai_law::{ApplicantColumn, ApplicationRow, CellRef, Edition, Outcome, ProceedingColumn, ProceedingGroup};

/// Cases of one kind that began in the same year and ended alike in the same year: the report cannot tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Applications.
    Application {
        /// The applicant's column.
        applicant: ApplicantColumn,
        /// The year of the first receipt.
        received: i16,
        /// The first end and the year it was served in; `None` while it is open.
        ended: Option<(Outcome, i16)>,
    },
    /// Reconsiderations or suits that the organ counts.
    Proceeding {
        /// Which group.
        group: ProceedingGroup,
        /// The year it was accepted in.
        accepted: i16,
        /// The column of its end (none where table 4 has no place for it) and the year that took effect in.
        ended: Option<(Option<ProceedingColumn>, i16)>,
    },
}

impl Class {
    /// The cells of a year's report that count such a case.
    ///
    /// New: received in the year. Carried in: received before and open when it began. Results: served in the year.
    /// Carried out: open when it ended. Table 4: the column of the year it ended in, pending while it has not.
    pub fn cells(self, year: i16, edition: Edition) -> Vec<CellRef> {
        match self {
            Self::Application { applicant, received, ended } => {
                if received > year || ended.is_some_and(|(_, end)| end < year) {
                    return Vec::new();
                }
                let came = if received == year { ApplicationRow::NewReceived } else { ApplicationRow::CarriedIn };
                let mut rows = vec![came];
                match ended.filter(|(_, end)| *end == year) {
                    Some((outcome, _)) => rows.extend([outcome.row(edition), ApplicationRow::TotalConcluded]),
                    None => rows.push(ApplicationRow::CarriedOut),
                }
                rows.into_iter()
                    .flat_map(|row| [applicant, ApplicantColumn::Total].map(|column| CellRef::Application(row, column)))
                    .collect()
            }
            Self::Proceeding { group, accepted, ended } => {
                if accepted > year || ended.is_some_and(|(_, end)| end < year) {
                    return Vec::new();
                }
                let column = match ended.filter(|(_, end)| *end == year) {
                    Some((column, _)) => column,
                    None => Some(ProceedingColumn::Pending),
                };
                column.map_or_else(Vec::new, |column| {
                    [column, ProceedingColumn::Total].map(|column| CellRef::Proceeding(group, column)).to_vec()
                })
            }
        }
    }
}

/// The counts of a year's report, zeros too: every cell of tables 3 and 4 of the form. What there are of each class is counted, whole
/// numbers; a negative one takes away.
pub fn count(year: i16, edition: Edition, classes: &[(Class, i64)]) -> BTreeMap<CellRef, i64> {
    let mut out: BTreeMap<CellRef, i64> =
        CellRef::of(edition).into_iter().filter(|cell| cell.table() != 2).map(|cell| (cell, 0)).collect();
    for (class, many) in classes {
        for cell in class.cells(year, edition) {
            let value = out.entry(cell).or_default();
            *value = value.saturating_add(*many);
        }
    }
    out
}
