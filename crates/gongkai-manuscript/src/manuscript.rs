//! The whole content, block by block.

use crate::{Place, Table};

/// A run of text without line breaks of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// The text.
    pub text: String,
    /// Where it stands in the source.
    pub place: Place,
}

impl Paragraph {
    /// A paragraph with a place.
    pub fn new(text: impl Into<String>, place: Place) -> Self {
        Self { text: text.into(), place }
    }
}

/// Where a line stands that is no paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Flush left: the addressee.
    Left,
    /// In the middle: a document number.
    Center,
    /// On the right: name and date under a letter.
    Right,
}

/// A block of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title of the whole.
    Title(Paragraph),
    /// A heading of a level, from 1.
    Heading(u8, Paragraph),
    /// A paragraph. In a text of unknown layout, one line.
    Paragraph(Paragraph),
    /// A line that stands at a side: addressee, document number, signature.
    Line(Side, Paragraph),
    /// A table with a grid.
    Table(Table),
    /// The end of a page, in sources that have pages but no blocks.
    PageBreak,
}

/// The content of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manuscript {
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
}

impl Manuscript {
    /// The tables, in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Title(_) | Block::Heading(..) | Block::Paragraph(_) | Block::Line(..) | Block::PageBreak => None,
        })
    }

    /// The text of titles, headings and paragraphs with their places, in reading order.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Line(_, text) => Some(text),
            Block::Table(_) | Block::PageBreak => None,
        })
    }
}
