//! Walking through what fits, the latest first: who stops after a page has paid for a page, however much fits.
//!
//! Segments hold their documents in the order of publication, the latest first; the walk takes from each in turn whichever comes
//! next. A span of time is a span of documents for the same reason.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::columnar::Column;
use tantivy::fastfield::AliveBitSet;
use tantivy::query::{EnableScoring, Query, Scorer};
use tantivy::{DocAddress, DocId, Searcher, TERMINATED};

/// The field that segments are sorted by.
pub(crate) const PUBLISHED: &str = "published";

/// A span of moments in microseconds: from the first on, before the second.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Span {
    pub(crate) from: Option<i64>,
    pub(crate) until: Option<i64>,
}

/// What fits, the latest first.
pub(crate) struct Newest {
    next: BinaryHeap<Head>,
}

/// The next document of a segment.
struct Head {
    at: i64,
    place: DocAddress,
    end: DocId,
    fitting: Box<dyn Scorer>,
    published: Column<i64>,
    alive: Option<AliveBitSet>,
}

impl Head {
    /// Goes to the first document from the present one on that was not taken out; `false` at the end.
    fn settle(&mut self) -> bool {
        let mut doc = self.fitting.doc();
        while doc < self.end && self.alive.as_ref().is_some_and(|alive| !alive.is_alive(doc)) {
            doc = self.fitting.advance();
        }
        if doc >= self.end {
            return false;
        }
        self.at = moment(&self.published, doc);
        self.place.doc_id = doc;
        true
    }

    fn rank(&self) -> (i64, Reverse<DocAddress>) {
        (self.at, Reverse(self.place))
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for Head {}

fn moment(published: &Column<i64>, doc: DocId) -> i64 {
    published.first(doc).unwrap_or(i64::MIN)
}

/// The first document that was published before a moment, among documents whose latest come first.
fn first_before(published: &Column<i64>, documents: DocId, bound: i64) -> DocId {
    let (mut low, mut high) = (0, documents);
    while low < high {
        let middle = low + (high - low) / 2;
        if moment(published, middle) >= bound { low = middle + 1 } else { high = middle }
    }
    low
}

impl Newest {
    /// Begins the walk.
    pub(crate) fn new(searcher: &Searcher, query: &dyn Query, span: Span) -> tantivy::Result<Self> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut next = BinaryHeap::new();
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let published = reader.fast_fields().i64(PUBLISHED)?;
            let bound = |at: i64| first_before(&published, reader.max_doc(), at);
            let (start, end) = (span.until.map_or(0, bound), span.from.map_or(reader.max_doc(), bound));
            let mut fitting = weight.scorer(reader, 1.0)?;
            if fitting.doc() < start {
                fitting.seek(start);
            }
            let place = DocAddress::new(segment, TERMINATED);
            let alive = reader.alive_bitset().cloned();
            let mut head = Head { at: i64::MIN, place, end, fitting, published, alive };
            if head.settle() {
                next.push(head);
            }
        }
        Ok(Self { next })
    }
}

impl Iterator for Newest {
    type Item = DocAddress;

    fn next(&mut self) -> Option<DocAddress> {
        let mut head = self.next.peek_mut()?;
        let place = head.place;
        head.fitting.advance();
        if !head.settle() {
            PeekMut::pop(head);
        }
        Some(place)
    }
}
