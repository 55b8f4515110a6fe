//! The search index follows what is public, change by change.

use std::collections::BTreeSet;

use gongkai_model::ids::PublicationId;
use gongkai_search::Entry;

use super::Fault;
use super::services::Services;
use super::text::plain;

/// How many changes are taken in at once.
const BATCH: u64 = 500;

/// How many characters of text are taken in at once, and of one item at most: memory does not grow with what was published.
const TEXT: usize = 2_000_000;
const ITEM: usize = 400_000;

/// More items than this in one go are a filling: the index is put in order after it.
const FILLING: usize = 400;

impl Services {
    /// Takes in what has changed since the index was last written. Gives how many items.
    ///
    /// # Errors
    /// The database or the index does not answer; the next call begins at the same place.
    pub async fn follow(&self) -> Result<usize, Fault> {
        let mut taken = 0;
        loop {
            let changes = self.store.changes_after(self.index.position(), BATCH).await?;
            if changes.is_empty() {
                break;
            }
            let mut seen: BTreeSet<PublicationId> = BTreeSet::new();
            let (mut entries, mut gone, mut text, mut position) = (Vec::new(), Vec::new(), 0, 0);
            for (sequence, id) in changes {
                position = sequence;
                if !seen.insert(id) {
                    continue;
                }
                match self.entry(id).await? {
                    Some(entry) => {
                        text += entry.body.len() + entry.attachments.len();
                        entries.push(entry);
                    }
                    None => gone.push(id),
                }
                if text > TEXT {
                    break;
                }
            }
            let index = self.index.clone();
            tokio::task::spawn_blocking(move || index.apply(&entries, &gone, position))
                .await
                .map_err(|error| Fault::Failed(error.to_string()))??;
            taken += seen.len();
        }
        if taken > 0 {
            let (index, filled) = (self.index.clone(), taken > FILLING);
            tokio::task::spawn_blocking(move || index.rest(filled))
                .await
                .map_err(|error| Fault::Failed(error.to_string()))??;
        }
        Ok(taken)
    }

    /// What the index keeps of an item; `None` where it is not public.
    async fn entry(&self, id: PublicationId) -> Result<Option<Entry>, Fault> {
        let Some(record) = self.store.public_edition(id).await? else { return Ok(None) };
        let Some(publication) = self.store.publication(id).await? else { return Ok(None) };
        let mut attachments = String::new();
        for file in self.store.attachments(record.id).await?.into_iter().filter(|file| file.public) {
            attachments.push_str(&file.name);
            attachments.push('\n');
            if let Some(hash) = file.text.as_ref().filter(|_| attachments.len() < ITEM) {
                let bytes = self.store.blobs().get(hash).await?;
                attachments.push_str(&plain(&String::from_utf8_lossy(&bytes)));
            }
        }
        attachments.truncate(attachments.floor_char_boundary(ITEM));
        let metadata = record.metadata;
        Ok(Some(Entry {
            publication: id,
            agency: record.agency,
            title: metadata.title,
            doc_no: metadata.doc_no.unwrap_or_default(),
            index_no: publication.index_no.unwrap_or_default(),
            catalog_node: metadata.catalog_node,
            theme: metadata.theme,
            genre: metadata.genre.code().to_owned(),
            validity: metadata.validity.map(|one| one.code().to_owned()).unwrap_or_default(),
            formed_on: metadata.formed_on,
            published_at: record.published_at.unwrap_or_default(),
            body: format!("{}\n{}\n{}", metadata.summary, metadata.keywords, plain(&record.body)),
            attachments,
        }))
    }
}
