//! What a rule found.

use std::collections::BTreeMap;

use gongkai_law::CellRef;
use rust_decimal::Decimal;

use super::rule::rule;
use crate::report::{FormKind, Level};

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
    /// What the rule follows from; empty for arithmetic and language.
    pub law: String,
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
            law: String::new(),
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

/// How many findings of one rule are listed for one report. No report has so many; a made-up file may.
const LISTED: usize = 200;

/// Findings as they are collected.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
    counts: BTreeMap<&'static str, usize>,
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Finding) {
        let count = self.counts.entry(finding.rule).or_default();
        *count += 1;
        if *count <= LISTED {
            self.list.push(finding);
        }
    }

    pub(crate) fn has(&self, rule: &str) -> bool {
        self.counts.contains_key(rule)
    }

    /// Says of each rule with more findings than are listed how many there are.
    fn tell_of_more(&mut self) {
        for (rule, count) in self.counts.iter().filter(|(_, count)| **count > LISTED) {
            if let Some(last) = self.list.iter_mut().rev().find(|finding| finding.rule == *rule) {
                last.message.push_str(&format!("（同类问题共{count}处，只列出{LISTED}处）"));
            }
        }
    }

    /// Weightiest first; of one level, by rule. Only of rules that bind this form,
    /// each with its law.
    pub(crate) fn sorted(mut self, form: FormKind) -> Vec<Finding> {
        self.tell_of_more();
        self.list.retain(|finding| rule(finding.rule).is_none_or(|rule| rule.binds(form)));
        for finding in &mut self.list {
            finding.law = rule(finding.rule).map(|rule| rule.law(form)).unwrap_or_default();
        }
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
