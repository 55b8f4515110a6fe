//! The annual report: the words of the law that its figures are kept in.

pub use gongkai_law::{
    ApplicantColumn, ApplicationRow, CellRef, Edition, Measure, Outcome, ProactiveField, ProactiveItem,
    ProceedingColumn, ProceedingGroup, Section, annual_report_due,
};
