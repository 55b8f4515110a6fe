//! What the public sees.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use gongkai_model::ids::{AgencyId, EditionId, PublicationId};
use gongkai_model::publication::{Attribute, Genre, State, Validity, catalog};
use gongkai_search::{Order, Query};
use gongkai_store::{EditionRecord, PublicFilter, PublicRow, Tombstone};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::file::AttachmentView;
use super::services::Services;
use super::text::{Offered, body_html};
use super::{Fault, clock};

/// How many items are public in each agency and leaf, and since when the latest.
#[derive(Debug, Default)]
pub struct Counts(BTreeMap<(AgencyId, String), (u64, Timestamp)>);

impl Counts {
    /// Of one agency and leaf; `None` where there is nothing.
    pub fn of(&self, agency: AgencyId, leaf: &str) -> Option<(u64, Timestamp)> {
        self.0.get(&(agency, leaf.to_owned())).copied()
    }

    /// Of a leaf in one agency, or in all.
    pub fn leaf(&self, agency: Option<AgencyId>, leaf: &str) -> u64 {
        let fits = |key: &(AgencyId, String)| agency.is_none_or(|agency| key.0 == agency) && key.1 == leaf;
        self.0.iter().filter(|(key, _)| fits(key)).map(|(_, (count, _))| count).sum()
    }

    /// When the newest item of one agency, or of all, became public.
    pub fn latest(&self, agency: Option<AgencyId>) -> Option<Timestamp> {
        self.0.iter().filter(|(key, _)| agency.is_none_or(|agency| key.0 == agency)).map(|(_, (_, at))| *at).max()
    }

    /// Of one agency, or of all.
    pub fn total(&self, agency: Option<AgencyId>) -> u64 {
        self.0.iter().filter(|(key, _)| agency.is_none_or(|agency| key.0 == agency)).map(|(_, (count, _))| count).sum()
    }
}

/// An item in a list.
#[derive(Debug, Clone)]
pub struct ItemSummary {
    /// The item.
    pub row: PublicRow,
    /// The name of the agency when the item was formed.
    pub agency_name: String,
    /// The code of the agency.
    pub agency_code: String,
    /// 体裁 in words.
    pub genre: &'static str,
    /// 有效性 in words.
    pub validity: &'static str,
    /// What the leaf is called.
    pub leaf: &'static str,
    /// The day it became public.
    pub published_on: Date,
    /// The title in pieces, with what was searched for.
    pub marked_title: Vec<(String, bool)>,
    /// A passage in pieces, with what was searched for.
    pub passage: Vec<(String, bool)>,
    /// Whether the passage stands in an attachment.
    pub in_attachment: bool,
}

/// A page of a list.
#[derive(Debug, Clone, Default)]
pub struct ListPage {
    /// The items.
    pub items: Vec<ItemSummary>,
    /// What asks for the next page; empty on the last.
    pub next: String,
}

/// An edition that was public, or is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEdition {
    /// Its number, from 1.
    pub number: i32,
    /// When it became public.
    pub at: Timestamp,
    /// What it changed, for the public.
    pub note: String,
    /// When and why it was withdrawn.
    pub withdrawn: Option<(Timestamp, String)>,
}

/// An item with everything its page shows.
#[derive(Debug, Clone)]
pub struct ItemPage {
    /// The version that is public.
    pub record: EditionRecord,
    /// 索引号.
    pub index_no: String,
    /// 发布机构: its name when the item was formed.
    pub agency_name: String,
    /// Its code.
    pub agency_code: String,
    /// When the item first became public.
    pub first_published_at: Timestamp,
    /// The text.
    pub html: String,
    /// The files.
    pub attachments: Vec<AttachmentView>,
    /// The item that this one explains.
    pub explains: Option<(PublicationId, String)>,
    /// The items that explain this one.
    pub explained_by: Vec<(PublicationId, String)>,
    /// The versions before: number, since when, what changed.
    pub history: Vec<PastEdition>,
}

/// What is searched for, as typed.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct SearchInput {
    /// Words.
    pub q: String,
    /// The code of an agency.
    pub agency: String,
    /// The code of a leaf.
    pub node: String,
    /// A theme.
    pub theme: String,
    /// The code of a kind.
    pub genre: String,
    /// The code of a validity.
    pub validity: String,
    /// From this day.
    pub from: String,
    /// To this day, inclusive.
    pub to: String,
    /// `date` for the latest first.
    pub sort: String,
    /// Which page, from 1.
    pub page: usize,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct SearchPage {
    /// How many items fit, counted as far as five hundred.
    pub total: usize,
    /// Whether more fit: the question wants narrowing.
    pub more: bool,
    /// The items of the page.
    pub items: Vec<ItemSummary>,
    /// Which page.
    pub page: usize,
    /// How many pages can be asked for.
    pub pages: usize,
    /// What is wrong with the question, field and sentence.
    pub problems: Vec<(String, String)>,
}

/// How many items stand on a page.
pub(super) const PAGE: usize = 20;

/// Whether an edition is what the public sees.
pub(super) fn is_public(record: &EditionRecord) -> bool {
    matches!(record.edition.state, State::Published { .. }) && record.metadata.attribute == Attribute::Proactive
}

/// What asks for the page after an item.
fn cursor((at, id): (Timestamp, EditionId)) -> String {
    format!("{}.{id}", at.as_microsecond())
}

pub(super) fn read_cursor(text: &str) -> Option<(Timestamp, EditionId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse().ok()?))
}

impl Services {
    /// How many items are public where; counted once for each change.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn counts(&self) -> Result<Arc<Counts>, Fault> {
        if let Some(counts) = self.counts.read().unwrap_or_else(PoisonError::into_inner).clone() {
            return Ok(counts);
        }
        let generation = self.generation();
        let rows = self.store.public_counts().await?;
        let counts = Arc::new(Counts(rows.into_iter().map(|(unit, leaf, n, at)| ((unit, leaf), (n, at))).collect()));
        if generation == self.generation() {
            *self.counts.write().unwrap_or_else(PoisonError::into_inner) = Some(counts.clone());
        }
        Ok(counts)
    }

    fn summary(&self, row: PublicRow) -> ItemSummary {
        let directory = self.directory();
        let agency = directory.get(row.agency);
        ItemSummary {
            agency_name: agency.map(|agency| agency.unit.name_on(row.formed_on).to_owned()).unwrap_or_default(),
            agency_code: agency.map(|agency| agency.code.clone()).unwrap_or_default(),
            genre: Genre::from_code(&row.genre).map_or("", Genre::label),
            validity: row.validity.as_deref().and_then(Validity::from_code).map_or("", Validity::label),
            leaf: catalog::find(&row.catalog_node).map_or("", |(_, leaf)| leaf.label),
            published_on: clock::local_date(row.published_at),
            marked_title: vec![(row.title.clone(), false)],
            passage: if row.summary.is_empty() { Vec::new() } else { vec![(row.summary.clone(), false)] },
            in_attachment: false,
            row,
        }
    }

    /// Public items, the latest first, of an agency or all, of a leaf or all. `after` is what the page before gave.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn list(
        &self,
        agency: Option<AgencyId>,
        leaf: Option<&str>,
        after: &str,
        limit: usize,
    ) -> Result<ListPage, Fault> {
        let filter = PublicFilter {
            agency,
            node: leaf.map(str::to_owned),
            before: read_cursor(after),
            limit: u64::try_from(limit).unwrap_or(20) + 1,
        };
        let mut rows = self.store.public_list(&filter).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more {
            rows.last().map(|row| cursor((row.published_at, row.edition))).unwrap_or_default()
        } else {
            String::new()
        };
        Ok(ListPage { items: rows.into_iter().map(|row| self.summary(row)).collect(), next })
    }

    /// What asks for each part of the list of everything public, `every` items long.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn list_starts(&self, every: usize) -> Result<Vec<String>, Fault> {
        let starts = self.store.public_starts(u64::try_from(every).unwrap_or(u64::MAX)).await?;
        Ok(std::iter::once(String::new()).chain(starts.into_iter().map(cursor)).collect())
    }

    /// An item; `Err` with a notice in its place where it was withdrawn.
    ///
    /// # Errors
    /// There is none.
    pub async fn item(&self, id: PublicationId) -> Result<Result<ItemPage, Tombstone>, Fault> {
        let Some(record) = self.store.public_edition(id).await? else {
            return match self.store.tombstone(id).await? {
                Some(tombstone) => Ok(Err(tombstone)),
                None => Err(Fault::NotFound),
            };
        };
        let publication = self.store.publication(id).await?.ok_or(Fault::NotFound)?;
        let directory = self.directory();
        let agency = directory.get(record.agency);
        let attachments = self.store.attachments(record.id).await?;
        let explains = match record.extras.explains {
            Some(other) => self.store.public_rows(&[other]).await?.into_iter().next().map(|row| (other, row.title)),
            None => None,
        };
        let explained_by =
            self.store.explaining(id).await?.into_iter().map(|row| (row.publication, row.title)).collect();
        let mut history = Vec::new();
        if record.number > 1 {
            for other in self.store.editions(id).await? {
                if let Some(at) = other.published_at {
                    history.push(PastEdition {
                        number: other.number,
                        at,
                        note: other.extras.change_note,
                        withdrawn: other.withdrawn,
                    });
                }
            }
        }
        Ok(Ok(ItemPage {
            html: body_html(&record.body),
            index_no: publication.index_no.unwrap_or_default(),
            agency_name: agency.map(|one| one.unit.name_on(record.metadata.formed_on).to_owned()).unwrap_or_default(),
            agency_code: agency.map(|one| one.code.clone()).unwrap_or_default(),
            first_published_at: publication.first_published_at.unwrap_or_default(),
            attachments: attachments.into_iter().filter(|file| file.public).map(AttachmentView::new).collect(),
            explains,
            explained_by,
            history,
            record,
        }))
    }

    /// The item with an index number.
    ///
    /// # Errors
    /// There is none.
    pub async fn item_by_index(&self, index_no: &str) -> Result<PublicationId, Fault> {
        let found = self.store.publication_by_index(index_no).await?;
        found.map(|one| one.id).ok_or(Fault::NotFound)
    }

    /// An item as a Word or PDF file: what was signed, and nothing that does not show. `None` for another ending.
    ///
    /// # Errors
    /// There is none.
    pub async fn item_file(&self, id: PublicationId, ending: &str) -> Result<Option<(String, Vec<u8>)>, Fault> {
        let what = match ending {
            "docx" => Offered::Docx,
            "pdf" => Offered::Pdf,
            _ => return Ok(None),
        };
        let record = self.store.public_edition(id).await?.ok_or(Fault::NotFound)?;
        let bytes = self.set_edition(&record, what).await?;
        Ok(Some((record.metadata.title, bytes)))
    }

    /// Searches what is public.
    ///
    /// # Errors
    /// The index does not answer.
    pub async fn search(&self, input: &SearchInput) -> Result<SearchPage, Fault> {
        let mut problems = Vec::new();
        let mut day = |field: &str, text: &str| {
            let text = text.trim();
            if text.is_empty() {
                return None;
            }
            crate::law::parse_date(text).map_err(|message| problems.push((field.to_owned(), message))).ok()
        };
        let from = day("from", &input.from);
        let to = day("to", &input.to);
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            problems.push(("from".to_owned(), format!("起始日期{from}晚于截止日期{to}")));
        }
        let directory = self.directory();
        let agency = directory.by_code(&input.agency).map(|agency| agency.id);
        if agency.is_none() && !input.agency.is_empty() {
            problems.push(("agency".to_owned(), "没有这个机关".to_owned()));
        }
        let start = |day: Date| clock::at_local(day.at(0, 0, 0, 0));
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let page = input.page.clamp(1, 500);
        let query = Query {
            words: input.q.clone(),
            agency,
            catalog_node: some(&input.node),
            theme: some(&input.theme),
            genre: some(&input.genre),
            validity: some(&input.validity),
            from: from.and_then(start),
            until: to.and_then(|day| day.checked_add(1.day()).ok()).and_then(start),
            order: if input.sort == "date" || input.q.trim().is_empty() { Order::Newest } else { Order::Relevance },
            offset: (page - 1) * PAGE,
            limit: PAGE,
        };
        if !problems.is_empty() {
            return Ok(SearchPage { page, problems, ..SearchPage::default() });
        }
        let index = self.index.clone();
        let found = tokio::task::spawn_blocking(move || index.search(&query))
            .await
            .map_err(|error| Fault::Failed(error.to_string()))??;
        let ids: Vec<PublicationId> = found.hits.iter().map(|hit| hit.publication).collect();
        // The store says what is public now, whatever the index still holds.
        let mut rows: BTreeMap<PublicationId, PublicRow> =
            self.store.public_rows(&ids).await?.into_iter().map(|row| (row.publication, row)).collect();
        let items = found
            .hits
            .into_iter()
            .filter_map(|hit| {
                let mut item = self.summary(rows.remove(&hit.publication)?);
                item.marked_title = hit.title;
                item.passage = hit.passage;
                item.in_attachment = hit.in_attachment;
                Some(item)
            })
            .collect();
        let (total, more) = (found.total, found.more);
        Ok(SearchPage { total, more, items, page, pages: total.div_ceil(PAGE), problems })
    }

    /// Titles that go on like what is being typed.
    ///
    /// # Errors
    /// The index does not answer.
    pub async fn suggest(&self, typed: &str) -> Result<Vec<String>, Fault> {
        let typed: String = typed.chars().take(60).collect();
        let index = self.index.clone();
        Ok(tokio::task::spawn_blocking(move || index.suggest(&typed, 8))
            .await
            .map_err(|error| Fault::Failed(error.to_string()))??)
    }
}
