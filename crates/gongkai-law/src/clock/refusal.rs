//! Why a step is not possible, and what is on record against the office without stopping it.

use gongkai_calendar::{OutOfRange, PauseError};
use jiff::civil::Date;

use crate::Article;

/// A step that the law or the facts do not allow: what is wrong, the article, the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}。{way_out}", article.map(|a| format!("（{a}）")).unwrap_or_default())]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// The article it rests on, where one does.
    pub article: Option<Article>,
    /// What can be done instead.
    pub way_out: String,
}

impl Refusal {
    pub(super) fn new(message: impl Into<String>, article: Article, way_out: impl Into<String>) -> Self {
        Self { message: message.into(), article: Some(article), way_out: way_out.into() }
    }

    pub(super) fn plain(message: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self { message: message.into(), article: None, way_out: way_out.into() }
    }
}

impl From<OutOfRange> for Refusal {
    fn from(error: OutOfRange) -> Self {
        Self::plain(error.to_string(), "核对日期")
    }
}

impl From<PauseError> for Refusal {
    fn from(error: PauseError) -> Self {
        Self::plain(error.to_string(), "核对日期")
    }
}

/// A breach that is recorded and shown, but does not stop the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Irregularity {
    /// Receipt confirmed later than on the day of arrival (ordinary mail) or one working day later (other ways).
    LateConfirmation {
        /// The last day.
        limit: Date,
    },
    /// The correction notice was sent later than seven working days after receipt (条例 第三十条).
    LateCorrectionNotice {
        /// The last day.
        limit: Date,
    },
    /// A consultation was opened after the reply was due: it moves nothing (条例 第三十三条).
    LateConsultation {
        /// The day the reply was due.
        due: Date,
    },
    /// Refused for a third party's rights without consulting one (条例 第三十二条).
    ThirdPartyNotConsulted,
    /// The reply was served after it was due (条例 第三十三条).
    LateReply {
        /// The day it was due.
        due: Date,
    },
}

impl Irregularity {
    /// The sentence that is shown.
    pub fn message(self) -> String {
        match self {
            Self::LateConfirmation { limit } => format!("确认收到晚于{limit}"),
            Self::LateCorrectionNotice { limit } => {
                format!("补正告知晚于收到申请之日起7个工作日的最后一日{limit}（条例第三十条）")
            }
            Self::LateConsultation { due } => {
                format!("征求意见时答复期限已于{due}届满，不再扣除（条例第三十三条）")
            }
            Self::ThirdPartyNotConsulted => {
                "以第三方合法权益为由不予公开，但没有征求第三方意见的记录（条例第三十二条）".to_owned()
            }
            Self::LateReply { due } => format!("答复晚于期限{due}（条例第三十三条）"),
        }
    }
}
