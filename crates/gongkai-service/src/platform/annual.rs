//! The annual report of an agency, out of its work: the ledger of table 2, the figures in their four layers, the text, the way out.

mod adjust;
mod behind;
mod claims;
mod compiled;
mod entry;
mod facts;
mod figures;
mod finding;
mod government;
mod grid;
mod ledger;
mod open;
mod page;
mod remarks;
mod reminders;
mod stage;
mod text;
mod way;

pub use adjust::AdjustmentInput;
pub use behind::{Behind, BehindPage};
pub use figures::Figures;
pub use grid::{Grid, GridCell};
pub use ledger::{LedgerInput, LedgerLine, LedgerPage};

pub use finding::ReportFinding;
pub use open::PublicYear;
pub use page::ReportPage;
pub use stage::ReportStage;
pub use text::ReportText;

pub(in crate::platform) use finding::{fingerprint, known_by, told_explanations};
pub(in crate::platform) use grid::grids;
pub(in crate::platform) use page::assembled_of;
pub(in crate::platform) use way::report_chain;

pub(in crate::platform) use entry::{entry_figure, has_begun, whole_year};

use gongkai_law::Edition;
use gongkai_model::Refusal;
use jiff::Timestamp;

use super::{Fault, clock};

/// The edition of a report year that can be worked on today: from the first year of the national form to the present one.
///
/// # Errors
/// There is no report for that year.
pub(super) fn edition_of(year: i16, now: Timestamp) -> Result<Edition, Fault> {
    let present = clock::local_date(now).year();
    if year > present {
        let told = Refusal::new(format!("{year}年还没有到"), format!("写{present}年或更早的年度"));
        return Err(told.into());
    }
    Edition::for_year(year)
        .ok_or_else(|| Refusal::new(format!("{year}年的年度报告没有规定的表格"), "年度写2019年或以后的年度").into())
}
