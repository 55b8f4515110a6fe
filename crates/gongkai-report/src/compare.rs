//! What changed between reports: cells, and sentences carried over word for word.

use std::collections::BTreeSet;

use gongkai_law::CellRef;
use rust_decimal::Decimal;

use crate::check::likeness;
use crate::report::Report;

/// A cell that at least one of the reports prints, with its value in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRow {
    /// The cell.
    pub cell: CellRef,
    /// Its value in each report, in the order given; `None` where nothing is printed.
    pub values: Vec<Option<Decimal>>,
}

impl CellRow {
    /// Whether all reports that print the cell print the same.
    pub fn is_same(&self) -> bool {
        self.values.windows(2).all(|pair| pair.first() == pair.last())
    }
}

/// A section of two neighbouring reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionChange {
    /// The section, from 1.
    pub number: u8,
    /// How alike the texts are, in percent.
    pub alike: u32,
    /// Sentences that stand in both, word for word.
    pub carried_over: Vec<String>,
    /// Sentences of the later report alone.
    pub new: Vec<String>,
    /// Sentences of the earlier report alone.
    pub dropped: Vec<String>,
}

/// Reports side by side: the latest first, each compared with the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Every cell that a report prints.
    pub cells: Vec<CellRow>,
    /// For each neighbouring pair, its sections.
    pub sections: Vec<Vec<SectionChange>>,
}

fn sentences(text: &str) -> Vec<String> {
    text.split_inclusive(['。', '；', '！', '？', '\n'])
        .map(str::trim)
        .filter(|part| part.chars().count() >= 6)
        .map(str::to_owned)
        .collect()
}

fn section(number: u8, this: &str, last: &str) -> SectionChange {
    let spelt = |text: &str| crate::fold::key(text);
    let (now, then) = (sentences(this), sentences(last));
    let now_keys: BTreeSet<String> = now.iter().map(|s| spelt(s)).collect();
    let then_keys: BTreeSet<String> = then.iter().map(|s| spelt(s)).collect();
    let (carried_over, new) = now.into_iter().partition(|s| then_keys.contains(&spelt(s)));
    let dropped = then.into_iter().filter(|s| !now_keys.contains(&spelt(s))).collect();
    SectionChange { number, alike: likeness::percent(this, last), carried_over, new, dropped }
}

/// Puts reports side by side, in the order given (this year's first).
pub fn compare(reports: &[&Report]) -> Comparison {
    let mut all: BTreeSet<CellRef> = BTreeSet::new();
    for report in reports {
        all.extend(report.cells.keys().copied());
    }
    let cells = all
        .into_iter()
        .map(|cell| CellRow { cell, values: reports.iter().map(|report| report.value(cell)).collect() })
        .collect();
    let pairs = reports
        .windows(2)
        .filter_map(|pair| Some((pair.first()?, pair.last()?)))
        .map(|(this, last)| {
            (1..=6)
                .map(|number| section(number, this.section_text(number), last.section_text(number)))
                .filter(|change| {
                    !change.carried_over.is_empty() || !change.new.is_empty() || !change.dropped.is_empty()
                })
                .collect()
        })
        .collect();
    Comparison { cells, sections: pairs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::SectionText;

    #[test]
    fn sentences_are_carried_over_word_for_word() {
        let with = |text: &str| Report {
            sections: vec![SectionText { number: 5, text: text.to_owned(), ..SectionText::default() }],
            ..Report::default()
        };
        let (this, last) = (with("公开形式不够丰富。今年新增图解。"), with("公开形式不够丰富。栏目更新慢。"));
        let found = compare(&[&this, &last]);
        let five = &found.sections[0][0];
        assert_eq!(five.carried_over, ["公开形式不够丰富。"]);
        assert_eq!(five.new, ["今年新增图解。"]);
        assert_eq!(
            five.dropped,
            Vec::<String>::new().into_iter().chain(["栏目更新慢。".to_owned()]).collect::<Vec<_>>()
        );
    }
}
