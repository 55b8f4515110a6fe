//! What the checker finds in a report, what it is known by, and what the agency explained.

use std::collections::BTreeMap;

use gongkai_report::Level;
use gongkai_report::check::{Finding, rule};
use gongkai_store::{AnnualReport, BlobHash};
use serde::{Deserialize, Serialize};

use crate::platform::Fault;

/// A finding with what was said about it.
#[derive(Debug, Clone)]
pub struct ReportFinding {
    /// The finding.
    pub finding: Finding,
    /// What it is known by while its inputs stay the same.
    pub fingerprint: String,
    /// Whether an explanation lets the report go on.
    pub explainable: bool,
    /// The explanation and who gave it.
    pub explained: Option<(String, String)>,
}

impl ReportFinding {
    /// Whether it holds the report up.
    pub fn holds_up(&self) -> bool {
        self.finding.level == Level::Error && self.explained.is_none()
    }
}

/// An explanation as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Explanation {
    pub(super) words: String,
    pub(super) officer: String,
}

/// What a finding is known by while what it rests on stays the same.
pub(in crate::platform) fn fingerprint(finding: &Finding) -> String {
    let cells: Vec<String> = finding.cells.iter().map(ToString::to_string).collect();
    known_by([finding.rule, &cells.join(","), &finding.found, &finding.expected, &finding.message])
}

/// The same out of its rule, its cells, what was found, what was expected, the message.
pub(in crate::platform) fn known_by(parts: [&str; 5]) -> String {
    let all = parts.join("\u{1f}");
    BlobHash::of(all.as_bytes()).to_string().chars().take(16).collect()
}

pub(super) fn explanations(report: Option<&AnnualReport>) -> Result<BTreeMap<String, Explanation>, Fault> {
    match report.map(|one| one.explained.as_str()).filter(|json| !json.is_empty()) {
        Some(json) => serde_json::from_str(json).map_err(|error| Fault::Failed(error.to_string())),
        None => Ok(BTreeMap::new()),
    }
}

/// What an agency explained, by what the finding is known by.
pub(in crate::platform) fn told_explanations(json: &str) -> Result<BTreeMap<String, String>, Fault> {
    if json.is_empty() {
        return Ok(BTreeMap::new());
    }
    let all: BTreeMap<String, Explanation> =
        serde_json::from_str(json).map_err(|error| Fault::Failed(error.to_string()))?;
    Ok(all.into_iter().map(|(mark, one)| (mark, one.words)).collect())
}

/// Whether a rule lets the report go on with a written explanation (domain 4.6: K7, K8; K9 and K10 may break for good reasons).
pub(super) fn is_explainable(id: &str) -> bool {
    rule(id).is_some_and(|rule| matches!(rule.also, "K7" | "K8" | "K9" | "K10"))
}
