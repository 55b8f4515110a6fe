//! How much a reader may take on.

/// Bounds for reading one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The file itself, in bytes.
    pub file_bytes: usize,
    /// What all parts of an archive unpack to, in bytes.
    pub unpacked_bytes: usize,
    /// Characters of text.
    pub characters: usize,
    /// Lines, paragraphs and table cells.
    pub pieces: usize,
    /// Pages of a PDF.
    pub pages: usize,
}

impl Default for Limits {
    /// Far above any published report, far below what harms the machine.
    fn default() -> Self {
        Self { file_bytes: 100 << 20, unpacked_bytes: 96 << 20, characters: 400_000, pieces: 30_000, pages: 300 }
    }
}

/// The default bound on characters, for messages.
pub(crate) const CHARACTERS: &str = "四十万字";

/// Whole megabytes, for messages.
pub(crate) fn megabytes(bytes: usize) -> String {
    format!("{} MB", bytes >> 20)
}

/// Counts pieces and characters against the limits while a file is read.
#[derive(Debug)]
pub(crate) struct Meter {
    pieces: usize,
    characters: usize,
}

impl Meter {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { pieces: limits.pieces, characters: limits.characters }
    }

    /// Takes account of one more piece of text.
    pub(crate) fn take(&mut self, text: &str) -> Result<(), crate::Error> {
        self.pieces = self
            .pieces
            .checked_sub(1)
            .ok_or(crate::Error::TooLarge { what: "段落和单元格", limit: "三万个".to_owned() })?;
        // Bytes over three is a lower bound of characters that costs nothing.
        self.characters = self
            .characters
            .checked_sub(text.len() / 3)
            .ok_or(crate::Error::TooLarge { what: "文字", limit: CHARACTERS.to_owned() })?;
        Ok(())
    }
}
