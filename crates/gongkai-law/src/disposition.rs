//! How a reconsideration or a suit ends, and where table 4 counts it.

use crate::{Article, Instrument, ProceedingColumn};

/// The end of a reconsideration or a suit in which the organ is respondent or defendant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disposition {
    /// 复议维持.
    Maintained,
    /// 驳回复议请求.
    RequestRejected,
    /// 复议变更.
    Modified,
    /// 复议撤销或者部分撤销.
    Revoked,
    /// 复议确认违法.
    ConfirmedIllegal,
    /// 复议责令履行.
    OrderedToPerform,
    /// 复议确认无效.
    ConfirmedInvalid,
    /// 未提出书面答复，视为没有证据而撤销等.
    RevokedWithoutEvidence,
    /// 复议终止（撤回、和解等）.
    Terminated,
    /// 复议调解.
    Mediated,
    /// 驳回复议申请.
    ApplicationRejected,
    /// 不予受理: not counted.
    NotAccepted,
    /// 判决驳回诉讼请求.
    ClaimDismissed,
    /// 判决撤销或者部分撤销.
    JudgmentRevoked,
    /// 判决责令履行.
    JudgmentOrdered,
    /// 判决确认违法或者无效.
    JudgmentIllegal,
    /// 判决变更.
    JudgmentModified,
    /// 撤诉.
    SuitWithdrawn,
    /// 裁定驳回起诉、不予立案.
    SuitRejected,
    /// 终结、移送等.
    SuitEnded,
}

impl Disposition {
    /// Every end.
    pub const ALL: [Self; 20] = [
        Self::Maintained,
        Self::RequestRejected,
        Self::Modified,
        Self::Revoked,
        Self::ConfirmedIllegal,
        Self::OrderedToPerform,
        Self::ConfirmedInvalid,
        Self::RevokedWithoutEvidence,
        Self::Terminated,
        Self::Mediated,
        Self::ApplicationRejected,
        Self::NotAccepted,
        Self::ClaimDismissed,
        Self::JudgmentRevoked,
        Self::JudgmentOrdered,
        Self::JudgmentIllegal,
        Self::JudgmentModified,
        Self::SuitWithdrawn,
        Self::SuitRejected,
        Self::SuitEnded,
    ];

    /// The column that counts it; `None` for 不予受理, which is no case.
    pub fn column(self) -> Option<ProceedingColumn> {
        match self {
            Self::Maintained | Self::RequestRejected | Self::ClaimDismissed => Some(ProceedingColumn::Upheld),
            Self::Modified
            | Self::Revoked
            | Self::ConfirmedIllegal
            | Self::OrderedToPerform
            | Self::ConfirmedInvalid
            | Self::RevokedWithoutEvidence
            | Self::JudgmentRevoked
            | Self::JudgmentOrdered
            | Self::JudgmentIllegal
            | Self::JudgmentModified => Some(ProceedingColumn::Overturned),
            Self::Terminated
            | Self::Mediated
            | Self::ApplicationRejected
            | Self::SuitWithdrawn
            | Self::SuitRejected
            | Self::SuitEnded => Some(ProceedingColumn::OtherResult),
            Self::NotAccepted => None,
        }
    }

    /// The article it rests on.
    pub fn article(self) -> Article {
        let review = |number| Article::of(Instrument::ReconsiderationLaw, number);
        let suit = |number| Article::of(Instrument::LitigationLaw, number);
        match self {
            Self::Maintained => review(68),
            Self::RequestRejected => review(69),
            Self::Modified => review(63),
            Self::Revoked => review(64),
            Self::ConfirmedIllegal => review(65),
            Self::OrderedToPerform => review(66),
            Self::ConfirmedInvalid => review(67),
            Self::RevokedWithoutEvidence => review(70),
            Self::Terminated => review(41),
            Self::Mediated => review(73),
            Self::ApplicationRejected => review(33),
            Self::NotAccepted => review(30),
            Self::ClaimDismissed => suit(69),
            Self::JudgmentRevoked => suit(70),
            Self::JudgmentOrdered => suit(72),
            Self::JudgmentIllegal => suit(74),
            Self::JudgmentModified => suit(77),
            Self::SuitWithdrawn => suit(62),
            Self::SuitRejected => suit(51),
            Self::SuitEnded => suit(101),
        }
    }

    /// Whether a court ended it.
    pub fn by_court(self) -> bool {
        self.article().instrument == Instrument::LitigationLaw
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_4_counts_each_end_in_one_column() {
        let of = |column| Disposition::ALL.into_iter().filter(|end| end.column() == Some(column)).count();
        assert_eq!(of(ProceedingColumn::Upheld), 3);
        assert_eq!(of(ProceedingColumn::Overturned), 10);
        assert_eq!(of(ProceedingColumn::OtherResult), 6);
        assert_eq!(Disposition::NotAccepted.column(), None, "复议法 第三十条: no case");
        assert_eq!(Disposition::ALL.into_iter().filter(|end| end.by_court()).count(), 8);
    }
}
