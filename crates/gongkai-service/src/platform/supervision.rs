//! The supervising office (政府信息公开工作主管部门): receives the reports of its agencies, checks each on arrival, decides, sums them, compares
//! them over years and agencies (条例 第四十七条、第四十九条).

mod alike;
mod cells;
mod decide;
mod exempt;
mod filing;
mod history;
mod paper;
mod receive;
mod scores;
mod statistics;
mod sum;
mod view;

pub use alike::Alike;
pub use filing::{FiledReport, Filing};
pub use history::AgencyYears;
pub use scores::{Score, ScoreRules};
pub use statistics::{Compared, Outlier, Share};
pub use sum::{Contribution, SumPage, Summed};
pub use view::{ReceiptFinding, ReceiptPage, Reporting, ReportingPage, Standing};

pub(in crate::platform) use view::has_to_report;
