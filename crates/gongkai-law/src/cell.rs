//! A name for every cell of the three tables.

use std::fmt;

use crate::{
    ApplicantColumn, ApplicationRow, Edition, ProactiveField, ProactiveItem, ProceedingColumn, ProceedingGroup,
};

/// One cell of the statutory tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellRef {
    /// A cell of table 2.
    Proactive(ProactiveItem, ProactiveField),
    /// A cell of table 3.
    Application(ApplicationRow, ApplicantColumn),
    /// A cell of table 4.
    Proceeding(ProceedingGroup, ProceedingColumn),
}

impl CellRef {
    /// Every cell that `edition` prints, in the order of the form.
    pub fn of(edition: Edition) -> Vec<Self> {
        let mut cells = Vec::with_capacity(220);
        for &item in ProactiveItem::of(edition) {
            cells.extend(item.fields(edition).iter().map(|&field| Self::Proactive(item, field)));
        }
        for &row in ApplicationRow::of(edition) {
            cells.extend(ApplicantColumn::ALL.map(|column| Self::Application(row, column)));
        }
        for group in ProceedingGroup::ALL {
            cells.extend(ProceedingColumn::ALL.map(|column| Self::Proceeding(group, column)));
        }
        cells
    }

    /// The cell of a path such as `applications.granted.business`; `None` if there is none.
    pub fn parse(path: &str) -> Option<Self> {
        let (table, rest) = path.split_once('.')?;
        let (row, column) = rest.rsplit_once('.')?;
        match table {
            "proactive" => Some(Self::Proactive(
                ProactiveItem::ALL.into_iter().find(|item| item.code() == row)?,
                ProactiveField::ALL.into_iter().find(|field| field.code() == column)?,
            )),
            "applications" => Some(Self::Application(
                ApplicationRow::ALL.into_iter().find(|item| item.code() == row)?,
                ApplicantColumn::ALL.into_iter().find(|item| item.code() == column)?,
            )),
            "proceedings" => Some(Self::Proceeding(
                ProceedingGroup::ALL.into_iter().find(|group| group.code() == row)?,
                ProceedingColumn::ALL.into_iter().find(|item| item.code() == column)?,
            )),
            _ => None,
        }
    }

    /// The number of its table: 2, 3 or 4.
    pub fn table(self) -> u8 {
        match self {
            Self::Proactive(..) => 2,
            Self::Application(..) => 3,
            Self::Proceeding(..) => 4,
        }
    }

    /// How a reader would name the cell, in Chinese.
    pub fn name(self, edition: Edition) -> String {
        match self {
            Self::Proactive(item, field) => {
                format!("表二“{}”的“{}”", item.label(edition), field.label(edition))
            }
            Self::Application(row, column) => {
                let label = if row == ApplicationRow::Partial { "（二）部分公开" } else { row.label() };
                match row.group() {
                    Some(group) => {
                        format!("表三“{}{}”行“{}”列", group.label(), label, column.label())
                    }
                    None => format!("表三“{}”行“{}”列", label, column.label()),
                }
            }
            Self::Proceeding(group, column) => {
                format!("表四“{}”的“{}”", group.label(), column.label())
            }
        }
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Proactive(item, field) => write!(f, "proactive.{}.{}", item.code(), field.code()),
            Self::Application(row, column) => {
                write!(f, "applications.{}.{}", row.code(), column.code())
            }
            Self::Proceeding(group, column) => {
                write!(f, "proceedings.{}.{}", group.code(), column.code())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_found_again_by_its_path() {
        for edition in [Edition::F2019, Edition::F2021] {
            for cell in CellRef::of(edition) {
                assert_eq!(CellRef::parse(&cell.to_string()), Some(cell));
            }
        }
    }

    #[test]
    fn forms_have_the_size_the_notices_print() {
        // 年报格式2021: 10 + 25 × 7 + 15; 年报格式2019: 22 + 23 × 7 + 15.
        assert_eq!(CellRef::of(Edition::F2021).len(), 10 + 25 * 7 + 15);
        assert_eq!(CellRef::of(Edition::F2019).len(), 22 + 23 * 7 + 15);
    }

    #[test]
    fn unknown_paths_are_refused() {
        for path in ["", "applications", "applications.granted", "proactive.fees.total", "x.y.z"] {
            assert_eq!(CellRef::parse(path), None, "{path}");
        }
    }
}
