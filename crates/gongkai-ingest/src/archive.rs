//! Zip archives with a bound on what they unpack to.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::limits::megabytes;
use crate::{Error, Format, Limits};

/// An opened archive.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    bytes: &'a [u8],
    left: usize,
    limit: usize,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        if zip.len() > 5_000 {
            return Err(Error::TooLarge { what: "压缩包内的文件", limit: "五千个".to_owned() });
        }
        Ok(Self { zip, bytes, left: limits.unpacked_bytes, limit: limits.unpacked_bytes })
    }

    /// The bytes of one part; `None` if there is no such part.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(&error)),
        };
        if file.encrypted() {
            return Err(Error::Encrypted);
        }
        let mut out = Vec::new();
        let bound = u64::try_from(self.left).unwrap_or(u64::MAX).saturating_add(1);
        file.take(bound).read_to_end(&mut out).map_err(|_error| Error::Broken("压缩的内容无法解开".to_owned()))?;
        let Some(left) = self.left.checked_sub(out.len()) else {
            return Err(Error::TooLarge { what: "解压后的内容", limit: megabytes(self.limit) });
        };
        self.left = left;
        Ok(Some(out))
    }

    /// One part as text (UTF-8, or UTF-16 with a mark).
    pub(crate) fn text_part(&mut self, name: &str) -> Result<Option<String>, Error> {
        match self.part(name)? {
            Some(bytes) => Ok(Some(crate::text::decode(&bytes)?)),
            None => Ok(None),
        }
    }

    /// Whether bytes stand before the archive, after it, or in its remark.
    pub(crate) fn has_more_than_its_parts(&self) -> bool {
        // The record at the end has 22 bytes where there is no remark.
        let ends = self.bytes.len().checked_sub(22).and_then(|at| self.bytes.get(at..));
        self.zip.offset() > 0
            || !self.zip.comment().is_empty()
            || ends.is_none_or(|end| !end.starts_with(b"PK\x05\x06"))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(std::borrow::Cow::into_owned).collect()
    }

    /// Unpacks everything once, to be sure that nothing unpacks beyond the limits.
    pub(crate) fn check_all(&mut self) -> Result<(), Error> {
        for name in self.names() {
            if name.ends_with('/') || name.contains("/media/") {
                continue;
            }
            self.part(&name)?;
        }
        Ok(())
    }
}

fn broken(error: &zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::UnsupportedArchive(text) if text.to_ascii_lowercase().contains("password") => {
            Error::Encrypted
        }
        _ => Error::Broken("压缩结构无法读取".to_owned()),
    }
}

/// Which kind of document a zip archive holds.
pub(crate) fn kind(bytes: &[u8]) -> Result<Format, Error> {
    let archive = Archive::open(bytes, &Limits::default())?;
    if archive.has("word/document.xml") {
        return Ok(Format::Docx);
    }
    if archive.has("xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    if archive.has("OFD.xml") {
        return Err(Error::Unsupported("OFD 版式文件，请转为 PDF"));
    }
    if archive.has("ppt/presentation.xml") {
        return Err(Error::Unsupported("演示文稿"));
    }
    if archive.has("content.xml") {
        return Err(Error::Unsupported("ODF 文档，请另存为 docx 或 xlsx"));
    }
    if archive.names().iter().any(|name| name.starts_with("word/")) {
        return Err(Error::Broken("缺少 word/document.xml".to_owned()));
    }
    Err(Error::Unsupported("压缩包，请先解压"))
}
