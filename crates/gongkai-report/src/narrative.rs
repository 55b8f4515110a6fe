//! The text of a report as sentences and as the facts they state.

mod agency;
mod breakdown;
mod fact;
mod sentence;

pub use self::agency::{AgencyKind, AgencyLevel};
pub(crate) use self::breakdown::{Breakdown, breakdowns};
pub(crate) use self::fact::{Fact, FactKind, facts};
pub(crate) use self::sentence::{Sentence, sentences};

use crate::fold::{compact, fold, without_spaces};
use crate::report::Report;

/// A report with its text taken apart once, ready for every rule.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The report.
    pub report: &'a Report,
    /// The preamble, folded and without white space.
    pub(crate) preamble: String,
    /// The text of each section (1 to 6), folded and without white space.
    pub(crate) sections: Vec<(u8, String)>,
    /// What stands under the text.
    pub(crate) closing: String,
    /// The title.
    pub(crate) title: String,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) breakdowns: Vec<Breakdown>,
    /// What kind of agency reports.
    pub agency: AgencyKind,
}

impl<'a> Subject<'a> {
    /// Takes the text of a report apart.
    pub fn new(report: &'a Report) -> Self {
        let preamble = fold(&report.preamble);
        let folded: Vec<(u8, String)> =
            report.sections.iter().map(|section| (section.number, fold(&section.text))).collect();
        let texts = folded.iter().map(|(number, text)| (*number, text.as_str()));
        let sentences = sentences(std::iter::once((0, preamble.as_str())).chain(texts));
        let facts = facts(&sentences);
        let breakdowns = breakdowns(&sentences);
        Self {
            report,
            preamble: without_spaces(&preamble),
            sections: folded.iter().map(|(number, text)| (*number, without_spaces(text))).collect(),
            closing: compact(&report.closing),
            title: compact(report.title.as_deref().unwrap_or_default()),
            sentences,
            facts,
            breakdowns,
            agency: AgencyKind::of(report.agency.as_deref().unwrap_or_default()),
        }
    }

    /// The folded text of a section; empty if it is not there.
    pub(crate) fn section(&self, number: u8) -> &str {
        self.sections.iter().find(|(n, _)| *n == number).map_or("", |(_, text)| text)
    }

    /// The facts of a kind, in order of the text.
    pub(crate) fn facts_of(&self, kind: FactKind) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.kind == kind)
    }

    /// The facts one sentence states; they stand in the order of the text.
    pub(crate) fn facts_in(&self, sentence: usize) -> &[Fact] {
        let from = self.facts.partition_point(|fact| fact.sentence < sentence);
        let to = self.facts.partition_point(|fact| fact.sentence <= sentence);
        self.facts.get(from..to).unwrap_or_default()
    }

    /// Every folded text of the report: preamble, sections, closing.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (u8, &str)> {
        std::iter::once((0, self.preamble.as_str()))
            .chain(self.sections.iter().map(|(number, text)| (*number, text.as_str())))
            .chain(std::iter::once((7, self.closing.as_str())))
    }
}
