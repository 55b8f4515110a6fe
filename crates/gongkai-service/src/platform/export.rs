//! Everything public as data: JSON and CSV, page by page; one item with its proof.

use gongkai_model::ids::PublicationId;
use serde_json::{Value, json};

use super::Fault;
use super::portal::ItemSummary;
use super::services::Services;

/// The columns of the open data, in order.
const COLUMNS: [&str; 14] = [
    "index_no",
    "title",
    "doc_no",
    "issuing_organ",
    "formed_on",
    "published_on",
    "theme",
    "genre",
    "catalog_node",
    "catalog_label",
    "validity",
    "summary",
    "edition",
    "id",
];

fn row(item: &ItemSummary) -> [String; 14] {
    let one = &item.row;
    [
        one.index_no.clone(),
        one.title.clone(),
        one.doc_no.clone().unwrap_or_default(),
        item.agency_name.clone(),
        one.formed_on.to_string(),
        super::clock::local_date(one.first_published_at).to_string(),
        one.theme.clone(),
        item.genre.to_owned(),
        one.catalog_node.clone(),
        item.leaf.to_owned(),
        item.validity.to_owned(),
        one.summary.clone(),
        one.number.to_string(),
        one.publication.to_string(),
    ]
}

/// A place in the list that cannot be read is no place: whoever collects page by page would begin anew for ever.
fn known_cursor(after: &str) -> Result<(), Fault> {
    if after.is_empty() || super::portal::read_cursor(after).is_some() {
        return Ok(());
    }
    Err(Fault::field("after", "after 应原样取自上一页的 next"))
}

impl Services {
    /// A page of everything public as JSON: `items`, and `next` for the page after.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn open_json(&self, agency: &str, after: &str) -> Result<Value, Fault> {
        let agency = self.open_agency(agency)?;
        known_cursor(after)?;
        let page = self.list(agency, None, after, 500).await?;
        let items: Vec<Value> = page
            .items
            .iter()
            .map(|item| {
                Value::Object(COLUMNS.iter().map(|name| (*name).to_owned()).zip(row(item).map(Value::from)).collect())
            })
            .collect();
        Ok(json!({ "schema": "gongkai.items/1", "items": items, "next": page.next }))
    }

    /// A piece of everything public as CSV, and what asks for the next: `after` is empty for the first, which begins with a mark
    /// (so that Excel reads it) and the names of the columns. The pieces one after the other are the whole file.
    ///
    /// # Errors
    /// The database does not answer; there is no such agency.
    pub async fn open_csv(&self, agency: &str, after: &str) -> Result<(Vec<u8>, String), Fault> {
        let agency = self.open_agency(agency)?;
        known_cursor(after)?;
        let page = self.list(agency, None, after, 2_000).await?;
        let head = if after.is_empty() { "\u{feff}" } else { "" };
        let mut out = csv::Writer::from_writer(head.as_bytes().to_vec());
        let failed = |error: csv::Error| Fault::Failed(error.to_string());
        if after.is_empty() {
            out.write_record(COLUMNS).map_err(failed)?;
        }
        for item in &page.items {
            // A cell that a spreadsheet would take for a formula is shown as text.
            let cells = row(item)
                .map(|cell| if cell.starts_with(['=', '+', '-', '@', '\t']) { format!("'{cell}") } else { cell });
            out.write_record(cells).map_err(failed)?;
        }
        let bytes = out.into_inner().map_err(|error| Fault::Failed(error.to_string()))?;
        Ok((bytes, page.next))
    }

    fn open_agency(&self, code: &str) -> Result<Option<gongkai_model::ids::AgencyId>, Fault> {
        if code.is_empty() {
            return Ok(None);
        }
        self.directory().by_code(code).map(|agency| Some(agency.id)).ok_or(Fault::NotFound)
    }

    /// One public item as JSON: elements, text, files, and the audit records that prove it: who signed what hash, when.
    ///
    /// # Errors
    /// There is none.
    pub async fn item_json(&self, id: PublicationId) -> Result<Value, Fault> {
        let Ok(page) = self.item(id).await? else { return Err(Fault::NotFound) };
        let records = self.proof(&page.record.id.to_string()).await?;
        let proof: Vec<Value> = records
            .iter()
            .map(|record| {
                json!({
                    "sequence": record.sequence,
                    "at": record.at.to_string(),
                    "actor": record.actor,
                    "act": record.act,
                    "subject": record.subject,
                    "detail": record.detail,
                    "previous": record.previous,
                    "hash": record.hash,
                })
            })
            .collect();
        let metadata = &page.record.metadata;
        let public: Vec<gongkai_store::Attachment> = page.attachments.iter().map(|one| one.file.clone()).collect();
        let content_fields = super::text::content_fields(metadata, &page.record.extras, &page.record.body, &public);
        let files: Vec<Value> = page
            .attachments
            .iter()
            .map(|one| json!({ "id": one.file.id.to_string(), "name": one.file.name, "sha256": one.file.hash.as_str(), "bytes": one.file.bytes }))
            .collect();
        Ok(json!({
            "schema": "gongkai.item/1",
            "id": id.to_string(),
            "index_no": page.index_no,
            "title": metadata.title,
            "doc_no": metadata.doc_no,
            "issuing_organ": page.agency_name,
            "formed_on": metadata.formed_on.to_string(),
            "published_on": super::clock::local_date(page.first_published_at).to_string(),
            "theme": metadata.theme,
            "genre": metadata.genre.label(),
            "genre_code": metadata.genre.code(),
            "catalog_node": metadata.catalog_node,
            "validity": metadata.validity.map(gongkai_model::publication::Validity::label),
            "validity_code": metadata.validity.map_or("", gongkai_model::publication::Validity::code),
            "summary": metadata.summary,
            "keywords": metadata.keywords,
            "change_note": page.record.extras.change_note,
            "edition": page.record.number,
            "text": page.record.body,
            "attachments": files,
            "content_fields": content_fields,
            "content_sm3": page.record.edition.content,
            "proof": proof,
        }))
    }
}
