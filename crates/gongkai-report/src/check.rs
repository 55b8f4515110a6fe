//! Checks a report against the rules: form, identity, law, arithmetic, text against tables, years, sets.
//!
//! A rule is data (`rule`), its test is a function over a [`Subject`]. Findings never change a report.

#[macro_use]
mod patterns;

mod applications;
mod basis;
mod culprit;
mod finding;
mod growth;
mod identity;
mod language;
pub(crate) mod likeness;
mod pairs;
mod percent;
mod proactive;
mod proceedings;
mod rule;
mod set;
mod share;
mod structure;
mod sums;
mod text;
mod unreadable;

pub use self::finding::Finding;
pub use self::rule::{RULES, Rule, Scope, rule};
pub use self::set::check_set;

use self::finding::Findings;
use crate::narrative::Subject;

/// Checks one report; with last year's report of the same agency, across both years too.
///
/// Findings come weightiest first, then in the order of the rules.
pub fn check(subject: &Subject<'_>, previous: Option<&Subject<'_>>) -> Vec<Finding> {
    let mut out = collect(subject, previous);
    culprit::name(subject.report, &mut out, &|right| collect(&Subject::new(right), previous));
    out.sorted(subject.report.form)
}

/// What all rules find, each by itself.
fn collect(subject: &Subject<'_>, previous: Option<&Subject<'_>>) -> Findings {
    let mut out = Findings::default();
    structure::check(subject, &mut out);
    identity::check(subject, &mut out);
    basis::check(subject, &mut out);
    proactive::check(subject, &mut out);
    applications::check(subject, &mut out);
    proceedings::check(subject, previous, &mut out);
    unreadable::check(subject, &mut out);
    text::check(subject, &mut out);
    sums::check(subject, &mut out);
    language::check(subject, &mut out);
    if let Some(previous) = previous {
        pairs::check(subject, previous, &mut out);
    }
    out
}
