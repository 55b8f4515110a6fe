//! The six sections and the title of the report.

/// What the title of a report ends with.
pub const TITLE_SUFFIX: &str = "政府信息公开工作年度报告";

/// A section of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// 一、总体情况.
    Overview,
    /// 二、主动公开政府信息情况.
    Proactive,
    /// 三、收到和处理政府信息公开申请情况.
    Applications,
    /// 四、政府信息公开行政复议、行政诉讼情况.
    Proceedings,
    /// 五、存在的主要问题及改进情况.
    Problems,
    /// 六、其他需要报告的事项.
    OtherMatters,
}

impl Section {
    /// The six sections, in order.
    pub const ALL: [Self; 6] =
        [Self::Overview, Self::Proactive, Self::Applications, Self::Proceedings, Self::Problems, Self::OtherMatters];
    /// The five parts that section one must cover (年报格式2021 一（一）).
    pub const OVERVIEW_PARTS: [&'static str; 5] =
        ["主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障"];

    /// Its number, from 1.
    pub fn number(self) -> u8 {
        match self {
            Self::Overview => 1,
            Self::Proactive => 2,
            Self::Applications => 3,
            Self::Proceedings => 4,
            Self::Problems => 5,
            Self::OtherMatters => 6,
        }
    }

    /// The section with this number; `None` outside 1 to 6.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.number() == number)
    }

    /// The Chinese numeral of its heading.
    pub fn numeral(self) -> char {
        match self {
            Self::Overview => '一',
            Self::Proactive => '二',
            Self::Applications => '三',
            Self::Proceedings => '四',
            Self::Problems => '五',
            Self::OtherMatters => '六',
        }
    }

    /// The heading without its numeral.
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => "总体情况",
            Self::Proactive => "主动公开政府信息情况",
            Self::Applications => "收到和处理政府信息公开申请情况",
            Self::Proceedings => "政府信息公开行政复议、行政诉讼情况",
            Self::Problems => "存在的主要问题及改进情况",
            Self::OtherMatters => "其他需要报告的事项",
        }
    }

    /// The heading as the form prints it.
    pub fn heading(self) -> String {
        format!("{}、{}", self.numeral(), self.title())
    }
}
