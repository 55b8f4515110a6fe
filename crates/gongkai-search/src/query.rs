//! Asking the index.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use gongkai_model::ids::{AgencyId, PublicationId};
use jiff::Timestamp;
use tantivy::query::{AllQuery, BooleanQuery, EnableScoring, Occur, Query as Ask, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

use crate::newest::{Newest, Span};
use crate::passage::{head, marked, passage, words};
use crate::segment::needed;
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
    /// Words, separated by spaces; all must occur. In quotation marks a space parts nothing. A word longer than four
    /// characters is found by its runs of four: a text that holds them all, apart, is found too.
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
pub const MOST: usize = 500;

/// The most words that are weighed one by one; of more, only heads count that hold them all.
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
        let (total, more, places) = self.places(&searcher, query, &words, need)?;
        let mut hits = Vec::with_capacity(limit);
        for at in places.into_iter().take(need).skip(query.offset) {
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

    /// How many fit, whether there are more, and those that fit in their order, at least the first `need`.
    fn places(
        &self,
        searcher: &Searcher,
        query: &Query,
        words: &[String],
        need: usize,
    ) -> Result<(usize, bool, Vec<DocAddress>), Error> {
        let micros = |at: Option<Timestamp>| at.map(Timestamp::as_microsecond);
        let span = Span { from: micros(query.from), until: micros(query.until) };
        let Some(must) = self.asked(self.fields.all, query, words) else { return Ok((0, false, Vec::new())) };
        let mut newest: Vec<DocAddress> = Newest::new(searcher, &*must, span)?.take(MOST + 1).collect();
        let more = newest.len() > MOST;
        newest.truncate(MOST);
        let total = newest.len();
        if query.order == Order::Newest || words.is_empty() {
            return Ok((total, more, newest));
        }
        let mut places = Vec::new();
        // What is not among the latest may still hold every word in its title; many words are not weighed one by one.
        if (more || words.len() > WEIGHED)
            && let Some(in_head) = self.asked(self.fields.head, query, words)
        {
            places.extend(Newest::new(searcher, &*in_head, span)?.take(need));
        }
        if places.len() < need && words.len() <= WEIGHED {
            newest = self.weighed(searcher, newest, words)?;
        }
        let seen: BTreeSet<DocAddress> = places.iter().copied().collect();
        places.extend(newest.into_iter().filter(|at| !seen.contains(at)));
        Ok((total, more, places))
    }

    /// Those that hold more of the words in their title or number before those that hold fewer, else in the order they came.
    fn weighed(
        &self,
        searcher: &Searcher,
        places: Vec<DocAddress>,
        words: &[String],
    ) -> Result<Vec<DocAddress>, Error> {
        let mut heavy: Vec<(DocAddress, usize, usize)> =
            places.into_iter().enumerate().map(|(rank, at)| (at, 0, rank)).collect();
        heavy.sort_unstable();
        for word in words {
            let Some(in_head) = held(self.fields.head, std::slice::from_ref(word)) else { continue };
            let weight = in_head.weight(EnableScoring::disabled_from_searcher(searcher))?;
            for part in heavy.chunk_by_mut(|one, other| one.0.segment_ord == other.0.segment_ord) {
                let Some(segment) = part.first().map(|(at, ..)| at.segment_ord) else { continue };
                let mut holding = weight.scorer(searcher.segment_reader(segment), 1.0)?;
                for (at, count, _) in part {
                    if holding.doc() < at.doc_id {
                        holding.seek(at.doc_id);
                    }
                    *count += usize::from(holding.doc() == at.doc_id);
                }
            }
        }
        heavy.sort_unstable_by_key(|(_, count, rank)| (Reverse(*count), *rank));
        Ok(heavy.into_iter().map(|(at, ..)| at).collect())
    }

    /// Titles that begin or go on like what is being typed, at most `limit`.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<String>, Error> {
        let searcher = self.reader.searcher();
        let limit = limit.clamp(1, 20);
        let Some(asked) = held(self.fields.title, &[typed.trim().to_owned()]) else { return Ok(Vec::new()) };
        let mut out: Vec<String> = Vec::new();
        // Many items may bear one title: a few more than are wanted are looked at.
        for at in Newest::new(&searcher, &*asked, Span::default())?.take(limit * 2) {
            let document: TantivyDocument = searcher.doc(at)?;
            if let Some(title) = document.get_first(self.fields.title).and_then(|value| value.as_str())
                && !out.iter().any(|known| known == title)
            {
                out.push(title.to_owned());
            }
        }
        out.truncate(limit);
        Ok(out)
    }

    /// Each word in a field, and the filters. Without words: the filters alone. `None` where nothing can fit.
    fn asked(&self, field: Field, query: &Query, words: &[String]) -> Option<Box<dyn Ask>> {
        let mut parts = self.filters(query);
        match held(field, words) {
            Some(words) => parts.push(words),
            // Punctuation alone asks for nothing that could be found.
            None if !query.words.trim().is_empty() => return None,
            None => {}
        }
        Some(if parts.is_empty() { Box::new(AllQuery) } else { all_of(parts) })
    }

    fn filters(&self, query: &Query) -> Vec<Box<dyn Ask>> {
        let agency = query.agency.map(|id| id.to_string());
        [
            (self.fields.agency, agency.as_ref()),
            (self.fields.node, query.catalog_node.as_ref()),
            (self.fields.theme, query.theme.as_ref()),
            (self.fields.genre, query.genre.as_ref()),
            (self.fields.validity, query.validity.as_ref()),
        ]
        .into_iter()
        .filter_map(|(field, value)| value.filter(|value| !value.is_empty()).map(|value| term(field, value)))
        .collect()
    }
}

fn term(field: Field, value: &str) -> Box<dyn Ask> {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

fn all_of(parts: Vec<Box<dyn Ask>>) -> Box<dyn Ask> {
    Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Must, part)).collect()))
}

/// What holds every run that the words need; `None` where they need none.
fn held(field: Field, words: &[String]) -> Option<Box<dyn Ask>> {
    let runs: Vec<Box<dyn Ask>> = words.iter().flat_map(|word| needed(word)).map(|run| term(field, &run)).collect();
    (!runs.is_empty()).then(|| all_of(runs))
}

#[cfg(test)]
mod tests;
