//! The index on the disk, its writer and its readers.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use gongkai_model::ids::{AgencyId, PublicationId};
use jiff::Timestamp;
use jiff::civil::Date;
use tantivy::indexer::LogMergePolicy;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexSettings, IndexSortByField, IndexWriter, Order, ReloadPolicy, TantivyDocument, Term};

use crate::Error;
use crate::newest::PUBLISHED;
use crate::segment::Grams;

/// What is found of a public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The item.
    pub publication: PublicationId,
    /// The agency.
    pub agency: AgencyId,
    /// 标题.
    pub title: String,
    /// 发文字号.
    pub doc_no: String,
    /// 索引号.
    pub index_no: String,
    /// 组配分类.
    pub catalog_node: String,
    /// 主题分类.
    pub theme: String,
    /// 体裁分类.
    pub genre: String,
    /// 有效性; empty where there is none.
    pub validity: String,
    /// 成文日期.
    pub formed_on: Date,
    /// 发布日期.
    pub published_at: Timestamp,
    /// The text.
    pub body: String,
    /// The text of attachments.
    pub attachments: String,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) agency: Field,
    pub(crate) node: Field,
    pub(crate) theme: Field,
    pub(crate) genre: Field,
    pub(crate) validity: Field,
    pub(crate) published: Field,
    pub(crate) title: Field,
    pub(crate) head: Field,
    pub(crate) all: Field,
    pub(crate) body: Field,
    pub(crate) attachments: Field,
}

/// The index.
pub struct Index {
    pub(crate) inner: tantivy::Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    writer: Mutex<Option<IndexWriter>>,
    folder: PathBuf,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// The name of the way of cutting, in the schema. A change of the way or of the fields wants a new name: the index is then
/// filled again.
const RUNS: &str = "runs-3";

/// How many bytes of stored text are pressed together, and unpacked for one of them.
const BLOCK: usize = 4_096;

/// Every question walks through every segment: four of about the same size become one.
fn few_segments() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(4);
    policy.set_level_log_size(2.0);
    policy.set_del_docs_ratio_before_merge(0.3);
    policy
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let runs = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(RUNS)
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false),
    );
    let kept = TextOptions::default().set_stored();
    let fields = Fields {
        id: builder.add_text_field("id", STRING | STORED),
        agency: builder.add_text_field("agency", STRING | FAST),
        node: builder.add_text_field("node", STRING | FAST),
        theme: builder.add_text_field("theme", STRING | FAST),
        genre: builder.add_text_field("genre", STRING | FAST),
        validity: builder.add_text_field("validity", STRING | FAST),
        published: builder.add_i64_field(PUBLISHED, INDEXED | FAST | STORED),
        title: builder.add_text_field("title", runs.clone().set_stored()),
        head: builder.add_text_field("head", runs.clone()),
        all: builder.add_text_field("all", runs),
        body: builder.add_text_field("body", kept.clone()),
        attachments: builder.add_text_field("attachments", kept),
    };
    (builder.build(), fields)
}

impl Index {
    /// Looks at the index of a folder and changes nothing of it; where there is none of this shape, nothing is found.
    ///
    /// # Errors
    /// Memory refuses.
    pub fn look(folder: &Path) -> Result<Self, Error> {
        let (schema, fields) = schema();
        let known = tantivy::Index::open_in_dir(folder).ok().filter(|index| index.schema() == schema);
        Self::with(known.unwrap_or_else(|| tantivy::Index::create_in_ram(schema)), fields, folder)
    }

    fn with(inner: tantivy::Index, fields: Fields, folder: &Path) -> Result<Self, Error> {
        inner.tokenizers().register(RUNS, TextAnalyzer::builder(Grams).build());
        let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { inner, reader, fields, writer: Mutex::new(None), folder: folder.to_path_buf() })
    }

    /// Opens the index of a folder. One of another shape, or a damaged one, is thrown away: it is filled again.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let (schema, fields) = schema();
        std::fs::create_dir_all(folder).map_err(|error| Error(error.to_string()))?;
        let settings = IndexSettings {
            sort_by_field: Some(IndexSortByField { field: PUBLISHED.to_owned(), order: Order::Desc }),
            docstore_blocksize: BLOCK,
            ..IndexSettings::default()
        };
        let opened = tantivy::Index::open_in_dir(folder)
            .ok()
            .filter(|index| index.schema() == schema && *index.settings() == settings);
        let inner = if let Some(index) = opened {
            index
        } else {
            std::fs::remove_dir_all(folder).map_err(|error| Error(error.to_string()))?;
            std::fs::create_dir_all(folder).map_err(|error| Error(error.to_string()))?;
            tantivy::Index::builder().schema(schema).settings(settings).create_in_dir(folder)?
        };
        Self::with(inner, fields, folder)
    }

    /// The number of the last change that is in the index; 0 for an empty one.
    pub fn position(&self) -> i64 {
        let payload = self.inner.load_metas().ok().and_then(|metas| metas.payload);
        payload.and_then(|payload| payload.parse().ok()).unwrap_or(0)
    }

    /// How many items are in the index.
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes changes in: entries to add or replace, items to take out. `position` is the number of the last of them.
    ///
    /// # Errors
    /// The disk refuses; nothing is taken in then.
    pub fn apply(&self, entries: &[Entry], gone: &[PublicationId], position: i64) -> Result<(), Error> {
        let mut slot = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.is_none() {
            let writer = self.inner.writer_with_num_threads(1, 30_000_000)?;
            writer.set_merge_policy(Box::new(few_segments()));
            *slot = Some(writer);
        }
        let Some(writer) = slot.as_mut() else { return Err(Error("没有写入者".to_owned())) };
        let done = self.fill(writer, entries, gone, position);
        if done.is_err() {
            // A writer that failed is not used again.
            *slot = None;
        }
        done?;
        drop(slot);
        self.reader.reload()?;
        Ok(())
    }

    fn fill(
        &self,
        writer: &mut IndexWriter,
        entries: &[Entry],
        gone: &[PublicationId],
        position: i64,
    ) -> Result<(), Error> {
        let ids = gone.iter().copied().chain(entries.iter().map(|entry| entry.publication));
        for id in ids {
            writer.delete_term(Term::from_field_text(self.fields.id, &id.to_string()));
        }
        for entry in entries {
            writer.add_document(self.document(entry))?;
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&position.to_string());
        commit.commit()?;
        Ok(())
    }

    fn document(&self, entry: &Entry) -> TantivyDocument {
        let fields = &self.fields;
        let mut out = TantivyDocument::default();
        out.add_text(fields.id, entry.publication.to_string());
        out.add_text(fields.agency, entry.agency.to_string());
        out.add_text(fields.node, &entry.catalog_node);
        out.add_text(fields.theme, &entry.theme);
        out.add_text(fields.genre, &entry.genre);
        out.add_text(fields.validity, &entry.validity);
        out.add_i64(fields.published, entry.published_at.as_microsecond());
        out.add_text(fields.title, &entry.title);
        // A line break keeps runs from reaching over what does not belong together.
        let head = [&entry.title, &entry.doc_no, &entry.index_no].map(String::as_str).join("\n");
        out.add_text(fields.all, [&head, &entry.body, &entry.attachments].map(String::as_str).join("\n"));
        out.add_text(fields.head, head);
        out.add_text(fields.body, &entry.body);
        out.add_text(fields.attachments, &entry.attachments);
        out
    }

    /// Lets go of the writer and its memory. After a large filling everything is put into one segment first.
    ///
    /// # Errors
    /// The disk refuses; what was taken in stays.
    pub fn rest(&self, filled: bool) -> Result<(), Error> {
        let mut slot = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(mut writer) = slot.take() else { return Ok(()) };
        let parts = self.inner.searchable_segment_ids()?;
        if filled && parts.len() > 1 {
            writer.wait_merging_threads()?;
            writer = self.inner.writer_with_num_threads(1, 30_000_000)?;
            writer.merge(&self.inner.searchable_segment_ids()?).wait()?;
        }
        writer.wait_merging_threads()?;
        drop(slot);
        self.reader.reload()?;
        Ok(())
    }
}
