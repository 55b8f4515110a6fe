//! Table 3: applications received and handled.

use crate::Edition;

/// A numeric column of table 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ApplicantColumn {
    /// 自然人.
    NaturalPerson,
    /// 商业企业.
    Business,
    /// 科研机构.
    Research,
    /// 社会公益组织.
    PublicWelfare,
    /// 法律服务机构.
    LegalService,
    /// 其他.
    OtherOrg,
    /// 总计.
    Total,
}

impl ApplicantColumn {
    /// All seven columns, in the order of the form.
    pub const ALL: [Self; 7] = [
        Self::NaturalPerson,
        Self::Business,
        Self::Research,
        Self::PublicWelfare,
        Self::LegalService,
        Self::OtherOrg,
        Self::Total,
    ];
    /// The six columns of applicants, without the total.
    pub const KINDS: [Self; 6] =
        [Self::NaturalPerson, Self::Business, Self::Research, Self::PublicWelfare, Self::LegalService, Self::OtherOrg];

    /// Its place in the form, from 0.
    pub fn index(self) -> usize {
        match self {
            Self::NaturalPerson => 0,
            Self::Business => 1,
            Self::Research => 2,
            Self::PublicWelfare => 3,
            Self::LegalService => 4,
            Self::OtherOrg => 5,
            Self::Total => 6,
        }
    }

    /// The identifier of the glossary.
    pub fn code(self) -> &'static str {
        match self {
            Self::NaturalPerson => "natural_person",
            Self::Business => "business",
            Self::Research => "research",
            Self::PublicWelfare => "public_welfare",
            Self::LegalService => "legal_service",
            Self::OtherOrg => "other_org",
            Self::Total => "total",
        }
    }

    /// The label printed on the form.
    pub fn label(self) -> &'static str {
        match self {
            Self::NaturalPerson => "自然人",
            Self::Business => "商业企业",
            Self::Research => "科研机构",
            Self::PublicWelfare => "社会公益组织",
            Self::LegalService => "法律服务机构",
            Self::OtherOrg => "其他",
            Self::Total => "总计",
        }
    }
}

/// A group of result rows under 三、本年度办理结果.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowGroup {
    /// （三）不予公开.
    Denied,
    /// （四）无法提供.
    Unable,
    /// （五）不予处理.
    Refused,
    /// （六）其他处理 (three rows, 2021 edition only).
    Other,
}

impl RowGroup {
    /// The label printed on the form.
    pub fn label(self) -> &'static str {
        match self {
            Self::Denied => "（三）不予公开",
            Self::Unable => "（四）无法提供",
            Self::Refused => "（五）不予处理",
            Self::Other => "（六）其他处理",
        }
    }
}

/// A row of table 3, of either edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the label of each row is its documentation, see `label`")]
pub enum ApplicationRow {
    NewReceived,
    CarriedIn,
    Granted,
    Partial,
    DeniedStateSecret,
    DeniedProhibitedByLaw,
    DeniedEndangersSecurityStability,
    DeniedThirdPartyRights,
    DeniedInternalAffairs,
    DeniedProcessInfo,
    DeniedEnforcementFile,
    DeniedStatutoryInquiry,
    UnableNotHeld,
    UnableNeedsCreation,
    UnableUnclearAfterCorrection,
    RefusedPetition,
    RefusedDuplicate,
    RefusedPublishedWork,
    RefusedExcessive,
    RefusedConfirmOrReissue,
    /// （六）其他处理 as one row: 2019 edition.
    Other,
    OtherCorrectionAbandoned,
    OtherFeeUnpaid,
    OtherOtherReason,
    TotalConcluded,
    CarriedOut,
}

use ApplicationRow as R;

const F2019: [R; 23] = [
    R::NewReceived,
    R::CarriedIn,
    R::Granted,
    R::Partial,
    R::DeniedStateSecret,
    R::DeniedProhibitedByLaw,
    R::DeniedEndangersSecurityStability,
    R::DeniedThirdPartyRights,
    R::DeniedInternalAffairs,
    R::DeniedProcessInfo,
    R::DeniedEnforcementFile,
    R::DeniedStatutoryInquiry,
    R::UnableNotHeld,
    R::UnableNeedsCreation,
    R::UnableUnclearAfterCorrection,
    R::RefusedPetition,
    R::RefusedDuplicate,
    R::RefusedPublishedWork,
    R::RefusedExcessive,
    R::RefusedConfirmOrReissue,
    R::Other,
    R::TotalConcluded,
    R::CarriedOut,
];

const F2021: [R; 25] = [
    R::NewReceived,
    R::CarriedIn,
    R::Granted,
    R::Partial,
    R::DeniedStateSecret,
    R::DeniedProhibitedByLaw,
    R::DeniedEndangersSecurityStability,
    R::DeniedThirdPartyRights,
    R::DeniedInternalAffairs,
    R::DeniedProcessInfo,
    R::DeniedEnforcementFile,
    R::DeniedStatutoryInquiry,
    R::UnableNotHeld,
    R::UnableNeedsCreation,
    R::UnableUnclearAfterCorrection,
    R::RefusedPetition,
    R::RefusedDuplicate,
    R::RefusedPublishedWork,
    R::RefusedExcessive,
    R::RefusedConfirmOrReissue,
    R::OtherCorrectionAbandoned,
    R::OtherFeeUnpaid,
    R::OtherOtherReason,
    R::TotalConcluded,
    R::CarriedOut,
];

const ALL: [R; 26] = [
    R::NewReceived,
    R::CarriedIn,
    R::Granted,
    R::Partial,
    R::DeniedStateSecret,
    R::DeniedProhibitedByLaw,
    R::DeniedEndangersSecurityStability,
    R::DeniedThirdPartyRights,
    R::DeniedInternalAffairs,
    R::DeniedProcessInfo,
    R::DeniedEnforcementFile,
    R::DeniedStatutoryInquiry,
    R::UnableNotHeld,
    R::UnableNeedsCreation,
    R::UnableUnclearAfterCorrection,
    R::RefusedPetition,
    R::RefusedDuplicate,
    R::RefusedPublishedWork,
    R::RefusedExcessive,
    R::RefusedConfirmOrReissue,
    R::Other,
    R::OtherCorrectionAbandoned,
    R::OtherFeeUnpaid,
    R::OtherOtherReason,
    R::TotalConcluded,
    R::CarriedOut,
];

impl ApplicationRow {
    /// Every row of both editions, in the order of the form.
    pub const ALL: [Self; 26] = ALL;

    /// The rows that `edition` prints, in order.
    pub fn of(edition: Edition) -> &'static [Self] {
        match edition {
            Edition::F2019 => &F2019,
            Edition::F2021 => &F2021,
        }
    }

    /// The result rows of `edition`, that is those which （七）总计 adds up.
    pub fn results(edition: Edition) -> &'static [Self] {
        match edition {
            Edition::F2019 => F2019.get(2..21).unwrap_or(&[]),
            Edition::F2021 => F2021.get(2..23).unwrap_or(&[]),
        }
    }

    /// Whether the row holds a result that （七）总计 adds up.
    pub fn is_result(self) -> bool {
        !matches!(self, R::NewReceived | R::CarriedIn | R::TotalConcluded | R::CarriedOut)
    }

    /// The group the row stands in, if any.
    pub fn group(self) -> Option<RowGroup> {
        match self {
            R::DeniedStateSecret
            | R::DeniedProhibitedByLaw
            | R::DeniedEndangersSecurityStability
            | R::DeniedThirdPartyRights
            | R::DeniedInternalAffairs
            | R::DeniedProcessInfo
            | R::DeniedEnforcementFile
            | R::DeniedStatutoryInquiry => Some(RowGroup::Denied),
            R::UnableNotHeld | R::UnableNeedsCreation | R::UnableUnclearAfterCorrection => Some(RowGroup::Unable),
            R::RefusedPetition
            | R::RefusedDuplicate
            | R::RefusedPublishedWork
            | R::RefusedExcessive
            | R::RefusedConfirmOrReissue => Some(RowGroup::Refused),
            R::OtherCorrectionAbandoned | R::OtherFeeUnpaid | R::OtherOtherReason => Some(RowGroup::Other),
            R::NewReceived | R::CarriedIn | R::Granted | R::Partial | R::Other | R::TotalConcluded | R::CarriedOut => {
                None
            }
        }
    }

    /// The identifier used in files, e.g. `denied.state_secret`.
    pub fn code(self) -> &'static str {
        match self {
            R::NewReceived => "new_received",
            R::CarriedIn => "carried_in",
            R::Granted => "granted",
            R::Partial => "partial",
            R::DeniedStateSecret => "denied.state_secret",
            R::DeniedProhibitedByLaw => "denied.prohibited_by_law",
            R::DeniedEndangersSecurityStability => "denied.endangers_security_stability",
            R::DeniedThirdPartyRights => "denied.third_party_rights",
            R::DeniedInternalAffairs => "denied.internal_affairs",
            R::DeniedProcessInfo => "denied.process_info",
            R::DeniedEnforcementFile => "denied.enforcement_file",
            R::DeniedStatutoryInquiry => "denied.statutory_inquiry",
            R::UnableNotHeld => "unable.not_held",
            R::UnableNeedsCreation => "unable.needs_creation",
            R::UnableUnclearAfterCorrection => "unable.unclear_after_correction",
            R::RefusedPetition => "refused.petition",
            R::RefusedDuplicate => "refused.duplicate",
            R::RefusedPublishedWork => "refused.published_work",
            R::RefusedExcessive => "refused.excessive",
            R::RefusedConfirmOrReissue => "refused.confirm_or_reissue",
            R::Other => "other",
            R::OtherCorrectionAbandoned => "other.correction_abandoned",
            R::OtherFeeUnpaid => "other.fee_unpaid",
            R::OtherOtherReason => "other.other_reason",
            R::TotalConcluded => "total_concluded",
            R::CarriedOut => "carried_out",
        }
    }

    /// The label printed on the form, word for word.
    pub fn label(self) -> &'static str {
        match self {
            R::NewReceived => "一、本年新收政府信息公开申请数量",
            R::CarriedIn => "二、上年结转政府信息公开申请数量",
            R::Granted => "（一）予以公开",
            R::Partial => "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            R::DeniedStateSecret => "1.属于国家秘密",
            R::DeniedProhibitedByLaw => "2.其他法律行政法规禁止公开",
            R::DeniedEndangersSecurityStability => "3.危及“三安全一稳定”",
            R::DeniedThirdPartyRights => "4.保护第三方合法权益",
            R::DeniedInternalAffairs => "5.属于三类内部事务信息",
            R::DeniedProcessInfo => "6.属于四类过程性信息",
            R::DeniedEnforcementFile => "7.属于行政执法案卷",
            R::DeniedStatutoryInquiry => "8.属于行政查询事项",
            R::UnableNotHeld => "1.本机关不掌握相关政府信息",
            R::UnableNeedsCreation => "2.没有现成信息需要另行制作",
            R::UnableUnclearAfterCorrection => "3.补正后申请内容仍不明确",
            R::RefusedPetition => "1.信访举报投诉类申请",
            R::RefusedDuplicate => "2.重复申请",
            R::RefusedPublishedWork => "3.要求提供公开出版物",
            R::RefusedExcessive => "4.无正当理由大量反复申请",
            R::RefusedConfirmOrReissue => "5.要求行政机关确认或重新出具已获取信息",
            R::Other => "（六）其他处理",
            R::OtherCorrectionAbandoned => "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            R::OtherFeeUnpaid => "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            R::OtherOtherReason => "3.其他",
            R::TotalConcluded => "（七）总计",
            R::CarriedOut => "四、结转下年度继续办理",
        }
    }

    /// The heading that the form prints over the result rows.
    pub const RESULTS_HEADING: &'static str = "三、本年度办理结果";
    /// The note in the corner of the form.
    pub const CORNER_NOTE: &'static str = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）";
}
