//! What a rule found.

use gongkai_law::CellRef;
use rust_decimal::Decimal;

use super::rule::rule;
use crate::report::Level;

/// A finding: what is wrong, where, what was expected, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id of the rule, e.g. `R071`.
    pub rule: &'static str,
    /// How weighty it is.
    pub level: Level,
    /// The cells it concerns, the likeliest cause first.
    pub cells: Vec<CellRef>,
    /// The one cell that explains this and other broken sums.
    pub culprit: Option<CellRef>,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What is wrong and where, in a sentence.
    pub message: String,
    /// What to do.
    pub advice: String,
}

impl Finding {
    /// A finding of a rule, at the level of the rule.
    pub(crate) fn new(id: &'static str, message: impl Into<String>) -> Self {
        Self {
            rule: id,
            level: rule(id).map_or(Level::Notice, |rule| rule.level),
            cells: Vec::new(),
            culprit: None,
            found: String::new(),
            expected: String::new(),
            message: message.into(),
            advice: String::new(),
        }
    }

    pub(crate) fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    pub(crate) fn cell(mut self, cell: CellRef) -> Self {
        self.cells.push(cell);
        self
    }

    pub(crate) fn cells(mut self, cells: impl IntoIterator<Item = CellRef>) -> Self {
        self.cells.extend(cells);
        self
    }

    pub(crate) fn found(mut self, found: impl std::fmt::Display) -> Self {
        self.found = format!("{found}");
        self
    }

    pub(crate) fn expected(mut self, expected: impl std::fmt::Display) -> Self {
        self.expected = format!("{expected}");
        self
    }

    pub(crate) fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }
}

/// Findings as they are collected.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    pub(crate) fn has(&self, rule: &str) -> bool {
        self.list.iter().any(|finding| finding.rule == rule)
    }

    /// Weightiest first; of one level, by rule.
    pub(crate) fn sorted(mut self) -> Vec<Finding> {
        self.list.sort_by(|a, b| {
            b.level.cmp(&a.level).then(b.culprit.is_some().cmp(&a.culprit.is_some())).then(a.rule.cmp(b.rule))
        });
        self.list
    }
}

/// A number as a person writes it.
pub(crate) fn figure(value: Option<Decimal>) -> String {
    value.map_or_else(|| "未填".to_owned(), |value| value.normalize().to_string())
}
