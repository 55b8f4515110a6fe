//! A report as it was read or compiled: identity, tables, text.

use std::collections::BTreeMap;

use gongkai_law::{
    ApplicantColumn, ApplicationRow, CellRef, Edition, ProactiveField, ProactiveItem, ProceedingColumn, ProceedingGroup,
};
use gongkai_manuscript::Place;
use jiff::civil::Date;
use rust_decimal::Decimal;

/// Which form the tables of a report follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormKind {
    /// An edition with statutory tables.
    Edition(Edition),
    /// A form from before the 2019 revision, without the statutory tables.
    Older,
    /// No table and no other sign tells the form.
    Unknown,
}

impl FormKind {
    /// The code used in files; `None` where the form is not known.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Edition(edition) => Some(edition.code()),
            Self::Older => Some("older"),
            Self::Unknown => None,
        }
    }

    /// The edition, if the form has one.
    pub fn edition(self) -> Option<Edition> {
        match self {
            Self::Edition(edition) => Some(edition),
            Self::Older | Self::Unknown => None,
        }
    }
}

/// A cell that the report prints.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The number; `None` where the report prints nothing or no number. Never a zero that was not printed.
    pub value: Option<Decimal>,
    /// What the report prints, letter for letter.
    pub raw: String,
    /// Where it stands.
    pub place: Place,
}

impl Cell {
    /// A cell with a number that no source printed (compiled or computed).
    pub fn of(value: Decimal) -> Self {
        Self { value: Some(value), raw: value.to_string(), place: Place::None }
    }
}

/// The period that the figures cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// A section with its printed heading and its text without tables.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionText {
    /// The number, from 1.
    pub number: u8,
    /// The heading as printed.
    pub title: String,
    /// The paragraphs, joined by `\n`.
    pub text: String,
    /// Where the heading stands.
    pub place: Place,
}

/// How weighty a notice or finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// For information.
    Notice,
    /// A careful officer would look again.
    Warning,
    /// Wrong by the form, the law or arithmetic.
    Error,
}

impl Level {
    /// The code used in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The word shown to readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Notice => "提示",
            Self::Warning => "警告",
            Self::Error => "错误",
        }
    }
}

/// Something the reader noticed while reading. Not a judgement: rules judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What kind of thing, e.g. `blank_as_total_only`.
    pub code: NoticeCode,
    /// The cell or section it concerns; empty for the whole report.
    pub subject: String,
    /// Where it stands.
    pub place: Place,
    /// What was noticed, for a reader.
    pub message: String,
}

macro_rules! notice_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// The kinds of things a reader notices.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum NoticeCode { $($(#[$doc])* $name,)* }
        impl NoticeCode {
            /// The code used in files.
            pub fn code(self) -> &'static str { match self { $(Self::$name => $code,)* } }
            /// The kind with this code; `None` if unknown.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }
        }
    };
}

notice_codes! {
    /// A table of the form was not found.
    TableMissing = "table_missing",
    /// A row of the form was not found.
    RowMissing = "row_missing",
    /// A row was printed whose values could not be told apart.
    RowUnclear = "row_unclear",
    /// A row that the form does not have.
    RowExtra = "row_extra",
    /// A row of the form is printed twice.
    RowRepeated = "row_repeated",
    /// A label differs from the form.
    LabelDiffers = "label_differs",
    /// Blocks of the tables follow different editions.
    EditionsMixed = "editions_mixed",
    /// A table stands under another heading.
    TableMisplaced = "table_misplaced",
    /// A table is printed more than once.
    TableRepeated = "table_repeated",
    /// A cell holds a unit, a comma or a sign beside the number.
    ValueDecorated = "value_decorated",
    /// A cell holds `/`, `-` or the like instead of a number.
    ValueDash = "value_dash",
    /// A cell is blank.
    ValueBlank = "value_blank",
    /// A cell holds something that is no number.
    ValueOdd = "value_odd",
    /// Only the total column of table 3 is filled.
    TotalOnly = "total_only",
    /// Glued digits were split by the sums of the form.
    GluedSplit = "glued_split",
    /// Glued digits could not be split in one way only.
    GluedUnclear = "glued_unclear",
    /// Traditional characters were converted.
    TraditionalConverted = "traditional_converted",
    /// Phonetic glosses were removed.
    GlossesRemoved = "glosses_removed",
    /// Radicals or compatibility characters were replaced.
    RadicalsReplaced = "radicals_replaced",
    /// Characters seem to be lost in the source.
    CharactersLost = "characters_lost",
    /// The source shows signs of damage.
    SourceDamaged = "source_damaged",
    /// A section heading stands twice.
    SectionRepeated = "section_repeated",
    /// Sections are out of order.
    SectionsDisordered = "sections_disordered",
    /// The title stands twice with different content.
    TitleRepeated = "title_repeated",
    /// No title was found.
    TitleMissing = "title_missing",
    /// The file suffix does not fit the content.
    SuffixDiffers = "suffix_differs",
    /// Text stands on pages that could not be read (pictures).
    PictureOnly = "picture_only",
    /// The reader of the file has something to say.
    FileNotice = "file_notice",
    /// A report of a form from before 2019.
    OlderForm = "older_form",
    /// The section headings could not be found.
    SectionsMissing = "sections_missing",
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The form of its tables (that of table 2 where blocks disagree).
    pub form: FormKind,
    /// The report year.
    pub year: Option<i16>,
    /// The agency that reports, as the title names it.
    pub agency: Option<String>,
    /// The title, lines joined.
    pub title: Option<String>,
    /// The period the text states.
    pub period: Period,
    /// The day of publication that the page states, if any.
    pub published_on: Option<Date>,
    /// The text between the title and the first section.
    pub preamble: String,
    /// The sections in printed order.
    pub sections: Vec<SectionText>,
    /// Signature and date under the text, and whatever follows section six.
    pub closing: String,
    /// The cells that the report prints. A row it does not print has no cell.
    pub cells: BTreeMap<CellRef, Cell>,
    /// What the reader noticed.
    pub notices: Vec<Notice>,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            form: FormKind::Unknown,
            year: None,
            agency: None,
            title: None,
            period: Period::default(),
            published_on: None,
            preamble: String::new(),
            sections: Vec::new(),
            closing: String::new(),
            cells: BTreeMap::new(),
            notices: Vec::new(),
        }
    }
}

impl Report {
    /// The edition whose labels describe the tables: that of the form, else that of the year, else 2021.
    pub fn edition(&self) -> Edition {
        self.form.edition().or_else(|| self.year.and_then(Edition::for_year)).unwrap_or(Edition::F2021)
    }

    /// The number in a cell; `None` where nothing, or no number, is printed.
    pub fn value(&self, cell: CellRef) -> Option<Decimal> {
        self.cells.get(&cell)?.value
    }

    /// The number in a cell of table 3.
    pub fn application(&self, row: ApplicationRow, column: ApplicantColumn) -> Option<Decimal> {
        self.value(CellRef::Application(row, column))
    }

    /// The number in a cell of table 2.
    pub fn proactive(&self, item: ProactiveItem, field: ProactiveField) -> Option<Decimal> {
        self.value(CellRef::Proactive(item, field))
    }

    /// The number in a cell of table 4.
    pub fn proceeding(&self, group: ProceedingGroup, column: ProceedingColumn) -> Option<Decimal> {
        self.value(CellRef::Proceeding(group, column))
    }

    /// Whether the report prints this row of table 3.
    pub fn has_application_row(&self, row: ApplicationRow) -> bool {
        ApplicantColumn::ALL.iter().any(|&column| self.cells.contains_key(&CellRef::Application(row, column)))
    }

    /// Whether the report prints this row of table 2.
    pub fn has_proactive_item(&self, item: ProactiveItem) -> bool {
        ProactiveField::ALL.iter().any(|&field| self.cells.contains_key(&CellRef::Proactive(item, field)))
    }

    /// Whether any cell of a table (2, 3 or 4) is printed.
    pub fn has_table(&self, table: u8) -> bool {
        self.cells.keys().any(|cell| cell.table() == table)
    }

    /// The result rows of table 3 that this report prints.
    pub fn printed_result_rows(&self) -> Vec<ApplicationRow> {
        ApplicationRow::ALL.into_iter().filter(|row| row.is_result() && self.has_application_row(*row)).collect()
    }

    /// The text of a section; empty if it is not there.
    pub fn section_text(&self, number: u8) -> &str {
        self.sections.iter().find(|section| section.number == number).map_or("", |section| section.text.as_str())
    }

    /// The section with this number.
    pub fn section(&self, number: u8) -> Option<&SectionText> {
        self.sections.iter().find(|section| section.number == number)
    }

    /// Whether the reader noticed something of this kind.
    pub fn noticed(&self, code: NoticeCode) -> bool {
        self.notices.iter().any(|notice| notice.code == code)
    }

    /// Adds a notice.
    pub fn notice(&mut self, code: NoticeCode, subject: impl Into<String>, place: Place, message: impl Into<String>) {
        self.notices.push(Notice { code, subject: subject.into(), place, message: message.into() });
    }
}
