//! Asking the index.

use gongkai_model::ids::{AgencyId, PublicationId};
use jiff::Timestamp;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query as Ask, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{DocAddress, Order as Direction, TantivyDocument, Term};

use crate::segment::cut;
use crate::{Error, Index};

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// What fits best first.
    #[default]
    Relevance,
    /// The latest first.
    Newest,
}

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Words, separated by spaces; all must occur. In quotation marks: as they stand.
    pub words: String,
    /// Of this agency alone.
    pub agency: Option<AgencyId>,
    /// Of this leaf alone.
    pub catalog_node: Option<String>,
    /// Of this theme alone.
    pub theme: Option<String>,
    /// Of this kind alone.
    pub genre: Option<String>,
    /// With this validity alone.
    pub validity: Option<String>,
    /// Published at this moment or later.
    pub from: Option<Timestamp>,
    /// Published before this moment.
    pub until: Option<Timestamp>,
    /// The order.
    pub order: Order,
    /// How many to leave out.
    pub offset: usize,
    /// How many to give, at most 100.
    pub limit: usize,
}

/// An item that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The item.
    pub publication: PublicationId,
    /// The title in pieces: the text, and whether it was asked for.
    pub title: Vec<(String, bool)>,
    /// A passage of the text in pieces.
    pub passage: Vec<(String, bool)>,
    /// Whether the passage stands in an attachment.
    pub in_attachment: bool,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// How many items fit.
    pub total: usize,
    /// Those asked for.
    pub hits: Vec<Hit>,
}

/// How much weightier a word in the title is than in the text.
const TITLE: f32 = 6.0;
const NUMBER: f32 = 8.0;

impl Index {
    /// The items that fit.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Found, Error> {
        let searcher = self.reader.searcher();
        let words = self.words(&query.words);
        let filters = self.filters(query);
        let mut parts: Vec<(Occur, Box<dyn Ask>)> = vec![(Occur::Must, words.box_clone())];
        parts.extend(filters.into_iter().map(|filter| {
            let unweighted: Box<dyn Ask> = Box::new(BoostQuery::new(filter, 0.0));
            (Occur::Must, unweighted)
        }));
        let asked = BooleanQuery::new(parts);
        let limit = query.limit.clamp(1, 100);
        // Deeper pages are of no use to a reader, and dear.
        let offset = query.offset.min(10_000);
        let top = TopDocs::with_limit(limit).and_offset(offset);
        let (total, places): (usize, Vec<DocAddress>) = match query.order {
            Order::Relevance => {
                let (total, found) = searcher.search(&asked, &(Count, top.order_by_score()))?;
                (total, found.into_iter().map(|(_, at)| at).collect())
            }
            Order::Newest => {
                let order = top.order_by_fast_field::<i64>("published", Direction::Desc);
                let (total, found) = searcher.search(&asked, &(Count, order))?;
                (total, found.into_iter().map(|(_, at)| at).collect())
            }
        };
        let passages = [self.fields.title, self.fields.body, self.fields.attachments]
            .map(|field| SnippetGenerator::create(&searcher, &*words, field));
        let [title, body, attachments] = passages;
        let (title, mut body, mut attachments) = (title?, body?, attachments?);
        body.set_max_num_chars(120);
        attachments.set_max_num_chars(120);
        let mut hits = Vec::with_capacity(places.len());
        for at in places {
            let document: TantivyDocument = searcher.doc(at)?;
            let text = |field: Field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or("");
            let Ok(publication) = text(self.fields.id).parse() else { continue };
            let mut passage = pieces(&body, text(self.fields.body));
            let mut in_attachment = false;
            if !passage.iter().any(|(_, asked)| *asked) {
                let other = pieces(&attachments, text(self.fields.attachments));
                if other.iter().any(|(_, asked)| *asked) {
                    (passage, in_attachment) = (other, true);
                }
            }
            hits.push(Hit { publication, title: whole(&title, text(self.fields.title)), passage, in_attachment });
        }
        Ok(Found { total, hits })
    }

    /// Titles that begin or go on like what is being typed, at most `limit`.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<String>, Error> {
        let searcher = self.reader.searcher();
        let Some(asked) = phrase(self.fields.title, typed.trim()) else { return Ok(Vec::new()) };
        let order = TopDocs::with_limit(limit.clamp(1, 20)).order_by_fast_field::<i64>("published", Direction::Desc);
        let found = searcher.search(&*asked, &order)?;
        let mut out: Vec<String> = Vec::new();
        for (_, at) in found {
            let document: TantivyDocument = searcher.doc(at)?;
            if let Some(title) = document.get_first(self.fields.title).and_then(|value| value.as_str())
                && !out.iter().any(|known| known == title)
            {
                out.push(title.to_owned());
            }
        }
        Ok(out)
    }

    /// Every word in some field; nothing typed asks for everything.
    fn words(&self, typed: &str) -> Box<dyn Ask> {
        let mut all: Vec<(Occur, Box<dyn Ask>)> = Vec::new();
        let cleaned: String =
            typed.chars().take(200).map(|c| if matches!(c, '“' | '”' | '"') { '"' } else { c }).collect();
        for (at, part) in cleaned.split('"').enumerate() {
            // Every second part stood between quotation marks.
            let words: Vec<&str> = if at % 2 == 1 { vec![part] } else { part.split_whitespace().collect() };
            for word in words {
                let fields = [
                    (self.fields.title, TITLE),
                    (self.fields.number, NUMBER),
                    (self.fields.body, 1.0),
                    (self.fields.attachments, 0.5),
                ];
                let each: Vec<(Occur, Box<dyn Ask>)> = fields
                    .into_iter()
                    .filter_map(|(field, weight)| {
                        let asked: Box<dyn Ask> = Box::new(BoostQuery::new(phrase(field, word)?, weight));
                        Some((Occur::Should, asked))
                    })
                    .collect();
                if !each.is_empty() {
                    all.push((Occur::Must, Box::new(BooleanQuery::new(each))));
                }
            }
        }
        if !all.is_empty() {
            return Box::new(BooleanQuery::new(all));
        }
        if typed.trim().is_empty() { Box::new(AllQuery) } else { Box::new(EmptyQuery) }
    }

    fn filters(&self, query: &Query) -> Vec<Box<dyn Ask>> {
        let mut out: Vec<Box<dyn Ask>> = Vec::new();
        let agency = query.agency.map(|id| id.to_string());
        for (field, value) in [
            (self.fields.agency, agency.as_ref()),
            (self.fields.node, query.catalog_node.as_ref()),
            (self.fields.theme, query.theme.as_ref()),
            (self.fields.genre, query.genre.as_ref()),
            (self.fields.validity, query.validity.as_ref()),
        ] {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                out.push(Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic)));
            }
        }
        if query.from.is_some() || query.until.is_some() {
            let bound =
                |at: Option<Timestamp>| at.map(|at| Term::from_field_i64(self.fields.published, at.as_microsecond()));
            let lower = bound(query.from).map_or(std::ops::Bound::Unbounded, std::ops::Bound::Included);
            let upper = bound(query.until).map_or(std::ops::Bound::Unbounded, std::ops::Bound::Excluded);
            out.push(Box::new(RangeQuery::new(lower, upper)));
        }
        out
    }
}

/// A run of tokens in a field; a lone Chinese character is looked for only where it stands alone.
fn phrase(field: Field, text: &str) -> Option<Box<dyn Ask>> {
    let mut terms: Vec<(usize, Term)> =
        cut(text).into_iter().map(|token| (token.position, Term::from_field_text(field, &token.text))).collect();
    match terms.len() {
        0 => None,
        1 => terms.pop().map(|(_, term)| -> Box<dyn Ask> {
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqsAndPositions))
        }),
        _ => Some(Box::new(PhraseQuery::new_with_offset(terms))),
    }
}

/// A passage in pieces: what was asked for, and what stands between. Neighbouring pieces are joined.
fn pieces(generator: &SnippetGenerator, text: &str) -> Vec<(String, bool)> {
    let snippet = generator.snippet(text);
    if snippet.fragment().is_empty() {
        let head: String = text.chars().take(100).collect();
        return if head.is_empty() { Vec::new() } else { vec![(head, false)] };
    }
    marked(snippet.fragment(), snippet.highlighted())
}

/// A whole title in pieces.
fn whole(generator: &SnippetGenerator, title: &str) -> Vec<(String, bool)> {
    let snippet = generator.snippet(title);
    if snippet.fragment().len() < title.len() {
        return vec![(title.to_owned(), false)];
    }
    marked(snippet.fragment(), snippet.highlighted())
}

fn marked(text: &str, ranges: &[std::ops::Range<usize>]) -> Vec<(String, bool)> {
    let mut joined: Vec<std::ops::Range<usize>> = Vec::new();
    let mut sorted = ranges.to_vec();
    sorted.sort_by_key(|range| (range.start, range.end));
    for range in sorted {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    let mut out = Vec::new();
    let mut at = 0;
    let mut push = |from: usize, to: usize, asked: bool| {
        if let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) {
            out.push((part.to_owned(), asked));
        }
    };
    for range in joined {
        push(at, range.start, false);
        push(range.start, range.end, true);
        at = range.end;
    }
    push(at, text.len(), false);
    out
}

#[cfg(test)]
mod tests;
