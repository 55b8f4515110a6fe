//! A copy of a file that holds what a reader sees, and nothing else (D12).
//!
//! Word files keep their form: revisions are accepted, comments, hidden text, names, embedded files go. Pictures lose what
//! cameras wrote into them. Of workbooks, old Office files and PDF only what shows is taken, to be set anew by the caller:
//! what was never copied cannot leak.

mod picture;
mod properties;
mod word;
mod workbook;

use gongkai_manuscript::Manuscript;

use crate::{Error, Format, Limits, doc, html, pdf, xlsx};

pub use properties::without_authors;

pub(crate) use picture::{has_location, without_notes};

/// A copy without what does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clean {
    /// The file itself, in its old form.
    File(Vec<u8>),
    /// What shows, to be set anew.
    Content {
        /// Text and tables.
        manuscript: Manuscript,
        /// How many pictures are not in it.
        pictures: usize,
    },
}

/// Makes the copy. `format` is `None` for a picture.
///
/// # Errors
/// As for reading; a kind of file that carries nothing hidden.
pub fn clean(bytes: &[u8], format: Option<Format>, limits: &Limits) -> Result<Clean, Error> {
    let make = || match format {
        None => without_notes(bytes).map(Clean::File).ok_or(Error::Unsupported("这种图片")),
        Some(Format::Docx) => word::clean(bytes, limits).map(Clean::File),
        Some(Format::Xlsx) => {
            let shown = workbook::shown(bytes, limits)?;
            let (manuscript, _) = xlsx::read_xlsx(&shown, limits)?;
            Ok(Clean::Content { manuscript, pictures: workbook::pictures(bytes, limits)? })
        }
        Some(Format::Xls) => {
            xlsx::read_xls(bytes, limits).map(|(manuscript, _)| Clean::Content { manuscript, pictures: 0 })
        }
        Some(Format::Doc) => doc::read(bytes, limits).map(|(manuscript, _)| Clean::Content { manuscript, pictures: 0 }),
        Some(Format::Pdf) => {
            pdf::read_shown(bytes, limits).map(|(manuscript, pictures)| Clean::Content { manuscript, pictures })
        }
        Some(Format::Html) => {
            html::read_shown(bytes, limits).map(|manuscript| Clean::Content { manuscript, pictures: 0 })
        }
        Some(Format::Text | Format::Markdown | Format::Csv | Format::Json) => {
            Err(Error::Unsupported("不带隐藏内容的文件，不需要清洁副本"))
        }
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(make))
        .map_err(|_panic| Error::Broken("内部结构异常".to_owned()))?
}

#[cfg(test)]
mod tests;
