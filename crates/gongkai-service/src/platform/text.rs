//! The text of an edition: its hash, its pages and files.

use gongkai_manuscript::{Block, Manuscript, Paragraph, Place, Side, marked};
use gongkai_model::audit::sm3_hex;
use gongkai_model::publication::{Channel, Metadata};
use gongkai_store::{Attachment, EditionRecord, Extras};

use super::Fault;
use super::services::Services;

/// The hash that signatures bind to: every element that the public will see, the text and the files. Each field is
/// preceded by its length, so that no two contents share a spelling.
pub(super) fn content_hash(metadata: &Metadata, extras: &Extras, body: &str, attachments: &[Attachment]) -> String {
    let mut text = String::new();
    for field in content_fields(metadata, extras, body, attachments) {
        text.push_str(&format!("{}:{field}\n", field.len()));
    }
    sm3_hex(text.as_bytes())
}

/// Where an item is to appear, as it is hashed: the website alone has always been spelled so.
fn channels(channels: &[Channel]) -> String {
    match channels {
        [Channel::Website] => "网站".to_owned(),
        several => several.iter().map(|one| one.code()).collect::<Vec<_>>().join(";"),
    }
}

/// What the fields that are hashed are, in order; what follows them is `counts_from=`, `ground=`, and names and hashes of files.
pub(super) const FIELDS: [&str; 17] = [
    "title",
    "doc_no",
    "formed_on",
    "theme",
    "genre_code",
    "catalog_node",
    "attribute",
    "attribute_reason",
    "validity_code",
    "summary",
    "keywords",
    "change_note",
    "effective_on",
    "repealed_on",
    "channels",
    "explains",
    "text",
];

/// The fields that are hashed, in order.
pub(super) fn content_fields(
    metadata: &Metadata,
    extras: &Extras,
    body: &str,
    attachments: &[Attachment],
) -> Vec<String> {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut fields: Vec<String> = vec![
        metadata.title.clone(),
        metadata.doc_no.clone().unwrap_or_default(),
        metadata.formed_on.to_string(),
        metadata.theme.clone(),
        metadata.genre.code().to_owned(),
        metadata.catalog_node.clone(),
        metadata.attribute.code().to_owned(),
        metadata.attribute_reason.clone(),
        metadata.validity.map(|one| one.code().to_owned()).unwrap_or_default(),
        metadata.summary.clone(),
        metadata.keywords.clone(),
        extras.change_note.clone(),
        day(extras.effective_on),
        day(extras.repealed_on),
        channels(&extras.channels),
        extras.explains.map(|id| id.to_string()).unwrap_or_default(),
        body.to_owned(),
    ];
    fields.extend(extras.counts_from.map(|day| format!("counts_from={day}")));
    fields.extend(metadata.ground.map(|one| format!("ground={}", one.code())));
    for file in attachments.iter().filter(|file| file.public) {
        fields.push(file.name.clone());
        fields.push(file.hash.to_string());
    }
    fields
}

/// The text as the body of a page: headings, paragraphs, tables; everything escaped.
pub(super) fn body_html(body: &str) -> String {
    gongkai_typeset::fragment(&marked::parse(body))
}

/// The same for the office: pieces in which something was found stand out and can be gone to.
pub(super) fn preview_html(body: &str, marked_pieces: &std::collections::BTreeSet<usize>) -> String {
    gongkai_typeset::fragment_marked(&marked::parse(body), marked_pieces)
}

/// The words of a text, for the search.
pub(super) fn plain(body: &str) -> String {
    let manuscript = marked::parse(body);
    let mut out = String::new();
    for block in &manuscript.blocks {
        match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(_, text) => {
                out.push_str(&text.text);
                out.push('\n');
            }
            Block::Table(table) => {
                for cell in &table.cells {
                    out.push_str(&cell.text);
                    out.push(' ');
                }
                out.push('\n');
            }
            Block::PageBreak => {}
        }
    }
    out
}

/// The whole document, title first.
pub(super) fn document(record: &EditionRecord) -> Manuscript {
    let mut blocks = vec![Block::Title(Paragraph::new(record.metadata.title.clone(), Place::None))];
    if let Some(number) = &record.metadata.doc_no {
        blocks.push(Block::Line(Side::Center, Paragraph::new(number.clone(), Place::None)));
    }
    let body = marked::parse(&record.body);
    blocks.extend(body.blocks);
    Manuscript { blocks }
}

/// A kind of file that an item or a letter is offered as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    /// Word.
    Docx,
    /// PDF.
    Pdf,
}

impl Services {
    /// Sets an edition as a file: what was signed, and nothing that does not show.
    pub(super) async fn set_edition(&self, record: &EditionRecord, as_what: Offered) -> Result<Vec<u8>, Fault> {
        let year = record.metadata.formed_on.year();
        self.set_manuscript(document(record), record.metadata.title.clone(), Some(year), as_what).await
    }

    /// Sets a manuscript as a file.
    pub(super) async fn set_manuscript(
        &self,
        manuscript: Manuscript,
        title: String,
        year: Option<i16>,
        as_what: Offered,
    ) -> Result<Vec<u8>, Fault> {
        let set = move || match as_what {
            Offered::Docx => gongkai_typeset::docx(&manuscript, &title),
            Offered::Pdf => gongkai_typeset::pdf(&manuscript, &title, year, fonts()),
        };
        tokio::task::spawn_blocking(set)
            .await
            .map_err(|error| Fault::Failed(error.to_string()))?
            .map_err(|error| Fault::Failed(error.to_string()))
    }
}

/// The fonts of the system, loaded once.
pub(super) fn fonts() -> &'static gongkai_typeset::Fonts {
    static FONTS: std::sync::OnceLock<gongkai_typeset::Fonts> = std::sync::OnceLock::new();
    FONTS.get_or_init(|| {
        let folders = gongkai_typeset::font_folders(None);
        gongkai_typeset::Fonts::from_files(font_files(&folders))
    })
}

/// Whether the system has fonts with which a Chinese PDF can be set.
pub fn has_fonts() -> bool {
    fonts().missing("政府信息公开").is_empty() && !fonts().is_empty()
}

/// The font files of folders that the writer knows.
fn font_files(folders: &[std::path::PathBuf]) -> Vec<Vec<u8>> {
    let mut paths: Vec<std::path::PathBuf> = Vec::new();
    let mut waiting: Vec<(std::path::PathBuf, usize)> = folders.iter().map(|folder| (folder.clone(), 0)).collect();
    while let Some((folder, depth)) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() && depth < 6 {
                waiting.push((path, depth + 1));
            } else if gongkai_typeset::Fonts::is_known_file(&entry.file_name().to_string_lossy()) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.dedup();
    paths.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_escapes_what_was_typed() {
        let html = body_html("<script>alert(1)</script>\n# 标题 <b>\n| a<i> | b |\n|---|---|\n| 1 | 2 |\n");
        assert!(!html.contains("<script>") && !html.contains("<b>") && !html.contains("<i>"), "{html}");
        assert!(html.contains("<h2>") && html.contains("scope=\"col\""), "{html}");
    }
}
