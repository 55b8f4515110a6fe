//! The instruments that rules cite.

/// A legal instrument, as cited by rules and letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Instrument {
    /// 《中华人民共和国政府信息公开条例》 (State Council Decree 711, in force 2019-05-15).
    Regulation,
    /// 年报格式2019, 国办公开办函〔2019〕60号.
    Form2019,
    /// 年报格式2021, 国办公开办函〔2021〕30号.
    Form2021,
    /// 《政府信息公开信息处理费管理办法》, 国办函〔2020〕109号.
    FeeMeasures,
    /// 填报解释, 国办公开办函〔2016〕201号.
    FillingNotes,
    /// 《中华人民共和国个人信息保护法》.
    PersonalInformationLaw,
    /// 《中华人民共和国行政复议法》 (2023 revision).
    ReconsiderationLaw,
}

impl Instrument {
    /// The short name used in messages.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Regulation => "《政府信息公开条例》",
            Self::Form2019 => "年度报告格式（国办公开办函〔2019〕60号）",
            Self::Form2021 => "年度报告格式（国办公开办函〔2021〕30号）",
            Self::FeeMeasures => "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
            Self::FillingNotes => "填报解释（国办公开办函〔2016〕201号）",
            Self::PersonalInformationLaw => "《个人信息保护法》",
            Self::ReconsiderationLaw => "《行政复议法》",
        }
    }
}
