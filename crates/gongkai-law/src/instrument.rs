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
    /// 公开解释, 法释〔2025〕8号, in force 2025-06-01.
    DisclosureInterpretation,
    /// 《中华人民共和国行政诉讼法》 (2017 revision).
    LitigationLaw,
    /// 行诉解释, 法释〔2018〕1号.
    LitigationInterpretation,
    /// 《中华人民共和国民法典》.
    CivilCode,
    /// 《中华人民共和国民事诉讼法》.
    CivilProcedureLaw,
    /// 放假办法, 4th revision 2024-11-10.
    HolidayRules,
    /// 期限解释, 国办公开办函〔2015〕207号.
    TermInterpretation,
    /// 送达解释, 国办公开办函〔2016〕235号.
    ServiceInterpretation,
    /// 机构改革解释, 国办公开办函〔2019〕14号.
    ReorganisationInterpretation,
    /// 《中华人民共和国预算法》.
    BudgetLaw,
    /// 《中华人民共和国档案法》.
    ArchivesLaw,
    /// 《中华人民共和国行政处罚法》.
    PenaltyLaw,
    /// 《中华人民共和国保守国家秘密法》 (2024 revision).
    SecretsLaw,
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
            Self::DisclosureInterpretation => {
                "《最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释》（法释〔2025〕8号）"
            }
            Self::LitigationLaw => "《行政诉讼法》",
            Self::LitigationInterpretation => {
                "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》（法释〔2018〕1号）"
            }
            Self::CivilCode => "《民法典》",
            Self::CivilProcedureLaw => "《民事诉讼法》",
            Self::HolidayRules => "《全国年节及纪念日放假办法》",
            Self::TermInterpretation => "国办公开办函〔2015〕207号",
            Self::ServiceInterpretation => "国办公开办函〔2016〕235号",
            Self::ReorganisationInterpretation => "国办公开办函〔2019〕14号",
            Self::BudgetLaw => "《预算法》",
            Self::ArchivesLaw => "《档案法》",
            Self::PenaltyLaw => "《行政处罚法》",
            Self::SecretsLaw => "《保守国家秘密法》",
        }
    }

    /// The name as letters cite it: with 中华人民共和国 where the law bears it.
    pub fn full_name(self) -> &'static str {
        match self {
            Self::Regulation => "《中华人民共和国政府信息公开条例》",
            Self::PersonalInformationLaw => "《中华人民共和国个人信息保护法》",
            Self::ReconsiderationLaw => "《中华人民共和国行政复议法》",
            Self::LitigationLaw => "《中华人民共和国行政诉讼法》",
            Self::CivilCode => "《中华人民共和国民法典》",
            Self::CivilProcedureLaw => "《中华人民共和国民事诉讼法》",
            Self::BudgetLaw => "《中华人民共和国预算法》",
            Self::ArchivesLaw => "《中华人民共和国档案法》",
            Self::PenaltyLaw => "《中华人民共和国行政处罚法》",
            Self::SecretsLaw => "《中华人民共和国保守国家秘密法》",
            Self::Form2019
            | Self::Form2021
            | Self::FeeMeasures
            | Self::FillingNotes
            | Self::DisclosureInterpretation
            | Self::LitigationInterpretation
            | Self::HolidayRules
            | Self::TermInterpretation
            | Self::ServiceInterpretation
            | Self::ReorganisationInterpretation => self.short_name(),
        }
    }
}
