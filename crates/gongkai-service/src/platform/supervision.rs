//! The supervising office (政府信息公开工作主管部门): receives the reports of its agencies, checks each on arrival, decides, sums them, compares
//! them over years and agencies (条例 第四十七条、第四十九条).

mod cells;
mod decide;
mod paper;
mod receive;
mod scores;
mod statistics;
mod sum;
mod view;

pub use paper::Alike;
pub use receive::FiledReport;
pub use scores::{Score, ScoreRules};
pub use statistics::{Compared, Outlier, Share};
pub use sum::{Contribution, SumPage};
pub use view::{ReceiptFinding, ReceiptPage, Reporting, ReportingPage, Standing};
