#![doc = include_str!("../README.md")]
#![deny(clippy::indexing_slicing)]

mod archive;
mod beside;
mod clean;
mod doc;
mod docx;
mod docx_sight;
mod error;
mod grid;
mod hidden;
mod html;
mod limits;
mod pdf;
mod sniff;
mod text;
mod xls_guard;
mod xlsx;
mod xml;

use gongkai_manuscript::Manuscript;

pub use beside::beside;
pub use clean::{Clean, clean, without_authors};
pub use error::Error;
pub use grid::{Grid, grids};
pub use hidden::{Hidden, HiddenKind, hidden, hidden_in_picture};
pub use limits::Limits;
pub use sniff::{Format, sniff};
pub use text::decode;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ingested {
    /// What kind of file it is.
    pub format: Format,
    /// Its content.
    pub manuscript: Manuscript,
    /// What the reader has to say about the file, for a person.
    pub notices: Vec<String>,
}

/// Reads the bytes of a file. `suffix` is the ending of its name, without the dot; content decides where they differ.
///
/// # Errors
/// Says why the file cannot be read: too large, encrypted, pictures only, broken, or another kind of file.
pub fn ingest(bytes: &[u8], suffix: Option<&str>, limits: &Limits) -> Result<Ingested, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if bytes.len() > limits.file_bytes {
        return Err(Error::TooLarge { what: "文件", limit: limits::megabytes(limits.file_bytes) });
    }
    let format = sniff(bytes, suffix)?;
    let mut notices = Vec::new();
    // Readers of foreign code may still panic on bytes nobody thought of; the caller gets an error.
    let read = || match format {
        Format::Text | Format::Markdown => text::read(bytes, limits),
        Format::Csv => text::read_csv(bytes, limits),
        Format::Html => html::read(bytes, limits),
        Format::Docx => docx::read(bytes, limits),
        Format::Doc => doc::read(bytes, limits),
        Format::Xlsx => xlsx::read_xlsx(bytes, limits),
        Format::Xls => xlsx::read_xls(bytes, limits),
        Format::Pdf => pdf::read(bytes, limits),
        Format::Json => Err(Error::Unsupported("JSON 数据")),
    };
    let (manuscript, more) = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .map_err(|_panic| Error::Broken("内部结构异常".to_owned()))??;
    notices.extend(more);
    if let Some(suffix) = suffix
        && !format.fits_suffix(suffix)
    {
        notices.push(format!("文件后缀是 .{suffix}，内容实际是 {}，按内容读取", format.label()));
    }
    if manuscript.blocks.is_empty() {
        return Err(Error::NoText);
    }
    Ok(Ingested { format, manuscript, notices })
}
