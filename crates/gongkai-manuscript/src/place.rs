//! Where in the source a piece of content stands.

/// A rectangle on a page: left, top, right, bottom, in tenths of a point from the top left corner.
///
/// Tenths of a point keep places exact and comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bounds {
    /// Distance from the left edge of the page.
    pub left: i32,
    /// Distance from the top edge of the page.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Bottom edge.
    pub bottom: i32,
}

/// A place in the source. Numbers count from 1, as a reader would.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Place {
    /// Not known, or made by the program itself.
    #[default]
    None,
    /// A line of a text.
    Line(u32),
    /// A page of a PDF and the rectangle on it.
    Page {
        /// The page, from 1.
        page: u32,
        /// The rectangle.
        bounds: Bounds,
    },
    /// A cell of a worksheet, e.g. `B7`.
    Sheet {
        /// The name of the sheet.
        sheet: String,
        /// The cell in A1 notation.
        cell: String,
    },
    /// A cell of a table in a flowing document.
    TableCell {
        /// Which table of the document.
        table: u32,
        /// The row.
        row: u32,
        /// The cell within the row.
        column: u32,
    },
    /// A paragraph of a flowing document.
    Paragraph(u32),
    /// A value of a JSON file, by its path.
    Json(String),
}
