//! Asking the index.

use std::collections::BTreeSet;

use gongkai_model::ids::{AgencyId, PublicationId};
use jiff::Timestamp;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query as Ask, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, TantivyDocument, Term};

use crate::newest::Newest;
use crate::passage::{head, marked, passage, words};
use crate::segment::{cut, needed};
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
    /// Words, separated by spaces; all must occur. In quotation marks a space parts nothing. A word longer than three
    /// characters is found by its runs of three: a text that holds them all, apart, is found too.
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
    /// How many items fit, counted as far as [`MOST`].
    pub total: usize,
    /// Whether more fit than were counted.
    pub more: bool,
    /// Those asked for.
    pub hits: Vec<Hit>,
}

/// How many items are counted and given at most: who finds more than that narrows the question, nobody turns that many pages.
pub const MOST: usize = 1_000;

/// The most words that are weighed one by one; of more, titles count that hold them all.
const WEIGHED: usize = 4;

/// How many characters a passage has.
const PASSAGE: usize = 110;

impl Index {
    /// The items that fit.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Found, Error> {
        let searcher = self.reader.searcher();
        let words = words(&query.words);
        let limit = query.limit.clamp(1, 100);
        let need = query.offset.min(MOST).saturating_add(limit).min(MOST);
        let must = self.must(query, &words);
        let mut places: Vec<DocAddress> = Vec::new();
        let mut seen: BTreeSet<DocAddress> = BTreeSet::new();
        if query.order == Order::Relevance {
            for asked in self.weightier(&*must, &words) {
                if places.len() >= need {
                    break;
                }
                let found = searcher.search(&asked, &Newest::new(need, 0))?;
                places.extend(found.into_iter().filter(|at| seen.insert(*at)));
            }
        }
        let counting = Newest::new(need, MOST + 1);
        let found = searcher.search(&*must, &counting)?;
        places.extend(found.into_iter().filter(|at| seen.insert(*at)));
        let places = places.into_iter().take(need).skip(query.offset);
        let counted = counting.counted();
        let (total, more) = (counted.min(MOST), counted > MOST);
        let mut hits = Vec::with_capacity(limit);
        for at in places {
            let document: TantivyDocument = searcher.doc(at)?;
            let text = |field: Field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or("");
            let Ok(publication) = text(self.fields.id).parse() else { continue };
            let in_body = passage(text(self.fields.body), &words, PASSAGE);
            let in_files = match in_body {
                Some(_) => None,
                None => passage(text(self.fields.attachments), &words, PASSAGE),
            };
            let in_attachment = in_files.is_some();
            let head = || head(text(self.fields.body), PASSAGE);
            hits.push(Hit {
                publication,
                title: marked(text(self.fields.title), &words),
                passage: in_body.or(in_files).unwrap_or_else(head),
                in_attachment,
            });
        }
        Ok(Found { total, more, hits })
    }

    /// Titles that begin or go on like what is being typed, at most `limit`.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<String>, Error> {
        let searcher = self.reader.searcher();
        let Some(asked) = phrase(self.fields.title, typed.trim()) else { return Ok(Vec::new()) };
        let found = searcher.search(&*asked, &Newest::new(limit.clamp(1, 20), 0))?;
        let mut out: Vec<String> = Vec::new();
        for at in found {
            let document: TantivyDocument = searcher.doc(at)?;
            if let Some(title) = document.get_first(self.fields.title).and_then(|value| value.as_str())
                && !out.iter().any(|known| known == title)
            {
                out.push(title.to_owned());
            }
        }
        Ok(out)
    }

    /// What every item must have: each word somewhere, and the filters. Without words: the filters alone.
    fn must(&self, query: &Query, words: &[String]) -> Box<dyn Ask> {
        let mut parts: Vec<(Occur, Box<dyn Ask>)> = Vec::new();
        for word in words {
            for run in needed(word) {
                let term = Term::from_field_text(self.fields.all, &run);
                parts.push((Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
            }
        }
        if parts.is_empty() && !query.words.trim().is_empty() {
            // Punctuation alone asks for nothing that could be found.
            return Box::new(EmptyQuery);
        }
        parts.extend(self.filters(query).into_iter().map(|filter| (Occur::Must, filter)));
        if parts.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::new(parts)) }
    }

    /// What fits better than the rest, the best first: items whose title or number holds all the words, then all but one, and so
    /// on. Each holds those before it.
    fn weightier(&self, must: &dyn Ask, words: &[String]) -> Vec<BooleanQuery> {
        let heads: Vec<Box<dyn Ask>> = words
            .iter()
            .filter_map(|word| {
                let fields = [self.fields.title, self.fields.number];
                let either: Vec<_> =
                    fields.iter().filter_map(|field| phrase(*field, word)).map(|one| (Occur::Should, one)).collect();
                (!either.is_empty()).then(|| -> Box<dyn Ask> { Box::new(BooleanQuery::new(either)) })
            })
            .collect();
        let least = if heads.len() > WEIGHED { heads.len() } else { 1 };
        (least..=heads.len())
            .rev()
            .filter(|least| *least > 0)
            .map(|least| {
                let some = heads.iter().map(|one| (Occur::Should, one.box_clone())).collect();
                let in_head = BooleanQuery::with_minimum_required_clauses(some, least);
                BooleanQuery::new(vec![(Occur::Must, must.box_clone()), (Occur::Must, Box::new(in_head))])
            })
            .collect()
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

/// A run of tokens in a field, in their order.
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

#[cfg(test)]
mod tests;
