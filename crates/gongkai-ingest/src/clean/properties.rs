//! The properties of Office files: author, last editor, company.

use std::io::{Cursor, Write};

/// The properties of a file without the names in them.
pub(super) fn plain(name: &str) -> Option<&'static str> {
    match name {
        "docprops/core.xml" => Some(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"/>",
        ),
        "docprops/app.xml" => Some(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>",
        ),
        "docprops/custom.xml" => Some(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>",
        ),
        _ => None,
    }
}

/// An Office file without the names in its properties; `None` where it is none.
pub fn without_authors(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at).ok()?;
        let name = file.name().ok()?.into_owned();
        if let Some(text) = plain(&name.to_ascii_lowercase()) {
            drop(file);
            let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
            out.start_file(name, options).ok()?;
            out.write_all(text.as_bytes()).ok()?;
        } else {
            out.raw_copy_file(file).ok()?;
        }
    }
    Some(out.finish().ok()?.into_inner())
}
