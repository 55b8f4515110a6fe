//! Taking the newest of what fits, and counting up to a bound: what it costs does not grow with how much fits.
//!
//! Segments hold their documents in the order of publication, the latest first; so the first that fit are the latest that fit.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TERMINATED};

/// The field that segments are sorted by.
pub(crate) const PUBLISHED: &str = "published";

/// The latest `need` that fit, and how many fit, as far as `most`.
#[derive(Debug, Clone)]
pub(crate) struct Newest {
    need: usize,
    most: usize,
    counted: Arc<AtomicUsize>,
}

impl Newest {
    pub(crate) fn new(need: usize, most: usize) -> Self {
        Self { need, most, counted: Arc::default() }
    }

    /// How many fitted, of those that were looked at; at least `most` says that there may be more.
    pub(crate) fn counted(&self) -> usize {
        self.counted.load(Ordering::Relaxed)
    }
}

/// A document with the moment of its publication.
type Place = (i64, DocAddress);

/// Only what the trait asks for: segments are walked by [`Newest::collect_segment`] itself.
#[derive(Debug)]
pub(crate) struct Unused;

impl SegmentCollector for Unused {
    type Fruit = Vec<Place>;

    fn collect(&mut self, _doc: DocId, _score: Score) {}

    fn harvest(self) -> Vec<Place> {
        Vec::new()
    }
}

impl Collector for Newest {
    type Fruit = Vec<DocAddress>;
    type Child = Unused;

    fn for_segment(&self, _segment: SegmentOrdinal, _reader: &SegmentReader) -> tantivy::Result<Unused> {
        Ok(Unused)
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Place>> {
        let published = reader.fast_fields().i64(PUBLISHED)?;
        let mut fitting = weight.scorer(reader, 1.0)?;
        let mut out = Vec::new();
        let mut doc = fitting.doc();
        while doc != TERMINATED {
            if reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                let counted = self.counted.fetch_add(1, Ordering::Relaxed) + 1;
                if out.len() < self.need {
                    out.push((published.first(doc).unwrap_or(i64::MIN), DocAddress::new(segment, doc)));
                }
                if out.len() >= self.need && counted >= self.most {
                    break;
                }
            }
            doc = fitting.advance();
        }
        Ok(out)
    }

    fn merge_fruits(&self, segments: Vec<Vec<Place>>) -> tantivy::Result<Vec<DocAddress>> {
        let mut all: Vec<Place> = segments.into_iter().flatten().collect();
        all.sort_by_key(|(at, place)| (std::cmp::Reverse(*at), *place));
        all.truncate(self.need);
        Ok(all.into_iter().map(|(_, place)| place).collect())
    }
}
