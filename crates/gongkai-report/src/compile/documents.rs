//! Rules and normative documents, counted by their days and their validity (条例 第二十条第一项; 年报格式 表二).

use std::collections::BTreeMap;

use gongkai_law::{ProactiveField, ProactiveItem};
use jiff::civil::Date;

/// Which row of table 2 a document stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// 规章.
    Regulation,
    /// 行政规范性文件.
    Normative,
}

impl DocumentKind {
    /// The row.
    pub fn item(self) -> ProactiveItem {
        match self {
            Self::Regulation => ProactiveItem::Regulations,
            Self::Normative => ProactiveItem::NormativeDocuments,
        }
    }
}

/// Whether a document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    InForce,
    /// It no longer holds, since this day where it is known: repealed.
    Repealed(Option<Date>),
    /// It no longer holds, since this day where it is known: lapsed.
    Lapsed(Option<Date>),
}

/// A document on the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its row.
    pub kind: DocumentKind,
    /// The day it was made.
    pub formed: Date,
    /// Whether it holds.
    pub standing: Standing,
    /// The day it became public; none where it did not.
    pub published: Option<Date>,
    /// Whether it is public now.
    pub is_public: bool,
}

/// What documents say about table 2.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Documents {
    figures: BTreeMap<(ProactiveItem, ProactiveField), i64>,
    known: BTreeMap<ProactiveItem, i64>,
}

impl Documents {
    /// A figure; none where documents do not say it: of a row that has no document at all it is not known whether there is none.
    pub fn figure(&self, item: ProactiveItem, field: ProactiveField) -> Option<i64> {
        (!self.is_empty(item)).then(|| self.figures.get(&(item, field)).copied().unwrap_or(0))
    }

    /// Whether there is no document of a row at all.
    pub fn is_empty(&self, item: ProactiveItem) -> bool {
        self.known.get(&item).copied().unwrap_or(0) == 0
    }
}

/// Counts the documents of a year as they stand on its last day, or on `today` while it runs.
pub fn documents(all: &[Document], year: i16, today: Date) -> Documents {
    let mut out = Documents::default();
    let end = Date::new(year, 12, 31).map_or(today, |end| end.min(today));
    for one in all {
        let item = one.kind.item();
        *out.known.entry(item).or_default() += 1;
        let mut add = |field: ProactiveField, counts: bool| {
            *out.figures.entry((item, field)).or_default() += i64::from(counts);
        };
        let made = one.formed.year() == year && one.formed <= end;
        add(ProactiveField::Issued, made);
        add(ProactiveField::Made, made);
        let ended = match one.standing {
            Standing::InForce => None,
            // Where the day is not known it has ended at some time: it is not in force.
            Standing::Repealed(day) | Standing::Lapsed(day) => Some(day.unwrap_or(one.formed)),
        };
        let repealed = matches!(one.standing, Standing::Repealed(Some(day)) if day.year() == year && day <= end);
        add(ProactiveField::Repealed, repealed);
        add(ProactiveField::InForce, one.formed <= end && ended.is_none_or(|day| day > end));
        add(ProactiveField::Published, one.published.is_some_and(|day| day.year() == year));
        add(ProactiveField::TotalPublished, one.is_public && one.published.is_some_and(|day| day <= end));
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_document_made_but_not_published_counts_as_made_alone() {
        // The report of a district bureau for 2019: one document made, none published.
        let one = Document {
            kind: DocumentKind::Normative,
            formed: date(2019, 6, 3),
            standing: Standing::InForce,
            published: None,
            is_public: false,
        };
        let found = documents(&[one], 2019, date(2020, 1, 9));
        let get = |field| found.figure(ProactiveItem::NormativeDocuments, field);
        assert_eq!(
            [ProactiveField::Made, ProactiveField::Published, ProactiveField::TotalPublished].map(get),
            [Some(1), Some(0), Some(0)]
        );
        assert_eq!(found.figure(ProactiveItem::Licences, ProactiveField::Decisions), None);
    }

    #[test]
    fn where_no_document_is_known_nothing_is_said() {
        let none = documents(&[], 2025, date(2026, 1, 9));
        assert_eq!(none.figure(ProactiveItem::NormativeDocuments, ProactiveField::InForce), None);
    }

    #[test]
    fn what_was_repealed_later_was_in_force_at_the_end_of_the_year() {
        let old = Document {
            kind: DocumentKind::Normative,
            formed: date(2018, 3, 1),
            standing: Standing::Repealed(Some(date(2025, 5, 1))),
            published: Some(date(2018, 3, 9)),
            is_public: true,
        };
        let new = Document { formed: date(2024, 2, 2), standing: Standing::InForce, ..old.clone() };
        let of = |year| documents(&[old.clone(), new.clone()], year, date(2026, 11, 29));
        let get = |year, field| of(year).figure(ProactiveItem::NormativeDocuments, field).unwrap();
        assert_eq!([2023, 2024, 2025].map(|year| get(year, ProactiveField::InForce)), [1, 2, 1]);
        assert_eq!([2023, 2024, 2025].map(|year| get(year, ProactiveField::Issued)), [0, 1, 0]);
        assert_eq!([2024, 2025].map(|year| get(year, ProactiveField::Repealed)), [0, 1]);
    }
}
