//! Table 4: reconsideration and litigation.

/// A group of five columns of table 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProceedingGroup {
    /// 行政复议.
    Reconsideration,
    /// 行政诉讼 › 未经复议直接起诉.
    DirectSuit,
    /// 行政诉讼 › 复议后起诉.
    SuitAfterReconsideration,
}

/// A column within a group of table 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProceedingColumn {
    /// 结果维持.
    Upheld,
    /// 结果纠正.
    Overturned,
    /// 其他结果.
    OtherResult,
    /// 尚未审结.
    Pending,
    /// 总计.
    Total,
}

impl ProceedingGroup {
    /// The three groups, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Reconsideration, Self::DirectSuit, Self::SuitAfterReconsideration];
    /// The heading over both suit groups.
    pub const LITIGATION_LABEL: &'static str = "行政诉讼";

    /// The identifier of the glossary.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reconsideration => "reconsideration",
            Self::DirectSuit => "direct_suit",
            Self::SuitAfterReconsideration => "suit_after_reconsideration",
        }
    }

    /// The label printed on the form.
    pub fn label(self) -> &'static str {
        match self {
            Self::Reconsideration => "行政复议",
            Self::DirectSuit => "未经复议直接起诉",
            Self::SuitAfterReconsideration => "复议后起诉",
        }
    }

    /// Its place in the form, from 0.
    pub fn index(self) -> usize {
        match self {
            Self::Reconsideration => 0,
            Self::DirectSuit => 1,
            Self::SuitAfterReconsideration => 2,
        }
    }
}

impl ProceedingColumn {
    /// The five columns, in the order of the form.
    pub const ALL: [Self; 5] = [Self::Upheld, Self::Overturned, Self::OtherResult, Self::Pending, Self::Total];
    /// The four columns that the total adds up.
    pub const PARTS: [Self; 4] = [Self::Upheld, Self::Overturned, Self::OtherResult, Self::Pending];

    /// The identifier of the glossary.
    pub fn code(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Overturned => "overturned",
            Self::OtherResult => "other_result",
            Self::Pending => "pending",
            Self::Total => "total",
        }
    }

    /// The label printed on the form.
    pub fn label(self) -> &'static str {
        match self {
            Self::Upheld => "结果维持",
            Self::Overturned => "结果纠正",
            Self::OtherResult => "其他结果",
            Self::Pending => "尚未审结",
            Self::Total => "总计",
        }
    }

    /// Its place in the group, from 0.
    pub fn index(self) -> usize {
        match self {
            Self::Upheld => 0,
            Self::Overturned => 1,
            Self::OtherResult => 2,
            Self::Pending => 3,
            Self::Total => 4,
        }
    }
}
