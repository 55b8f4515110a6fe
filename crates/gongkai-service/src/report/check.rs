//! Checks reports and gives findings a shape for files.

use gongkai_report::check::{Finding, check, check_set};
use gongkai_report::{Level, Subject};
use serde_json::{Map, Value, json};

use super::ReadReport;

/// Checks reports together. With `previous`, each report is compared with it as last year's of the same agency;
/// otherwise earlier years are looked for among the reports themselves.
pub fn check_reports(reports: &[ReadReport], previous: Option<&ReadReport>) -> Vec<Vec<Finding>> {
    let subjects: Vec<Subject<'_>> = reports.iter().map(|read| Subject::new(&read.report)).collect();
    match previous {
        Some(previous) => {
            let previous = Subject::new(&previous.report);
            subjects.iter().map(|subject| check(subject, Some(&previous))).collect()
        }
        None => check_set(&subjects),
    }
}

/// The JSON of a finding.
pub fn finding_to_json(finding: &Finding) -> Value {
    let mut map = Map::new();
    map.insert("rule".into(), finding.rule.into());
    map.insert("level".into(), finding.level.code().into());
    map.insert("cells".into(), finding.cells.iter().map(|cell| Value::String(cell.to_string())).collect());
    if let Some(culprit) = finding.culprit {
        map.insert("culprit".into(), culprit.to_string().into());
    }
    for (key, text) in [
        ("found", &finding.found),
        ("expected", &finding.expected),
        ("message", &finding.message),
        ("advice", &finding.advice),
        ("law", &finding.law),
    ] {
        map.insert(key.into(), text.as_str().into());
    }
    Value::Object(map)
}

/// How many findings there are of each level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notices.
    pub notices: usize,
}

impl Counts {
    /// Counts findings by level.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Notice => counts.notices += 1,
            }
        }
        counts
    }

    /// The sum of two counts.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            notices: self.notices + other.notices,
        }
    }
}

/// A file that was checked, or why it could not be.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The name of the file.
    pub file: String,
    /// The agency and year, where the report names them.
    pub agency: Option<String>,
    /// The report year.
    pub year: Option<i16>,
    /// The findings, or why the file could not be read.
    pub outcome: Result<Vec<Finding>, String>,
}

/// The JSON of a check of some files.
pub fn checked_to_json(checked: &[Checked]) -> Value {
    let mut total = Counts::default();
    let mut unreadable = 0;
    let reports: Vec<Value> = checked
        .iter()
        .map(|one| match &one.outcome {
            Ok(findings) => {
                total = total.and(Counts::of(findings));
                json!({
                    "file": one.file,
                    "agency": one.agency,
                    "year": one.year,
                    "findings": findings.iter().map(finding_to_json).collect::<Vec<_>>(),
                })
            }
            Err(error) => {
                unreadable += 1;
                json!({ "file": one.file, "error": error, "findings": [] })
            }
        })
        .collect();
    json!({
        "reports": reports,
        "summary": {
            "files": checked.len(),
            "errors": total.errors,
            "warnings": total.warnings,
            "notices": total.notices,
            "unreadable": unreadable,
        },
    })
}
