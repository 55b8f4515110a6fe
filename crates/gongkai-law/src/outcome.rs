//! How an application can end: the row it is counted in, the articles it rests on, the letter that tells it, the remedy.

use crate::{ApplicationRow, Article, Edition, Instrument, LetterKind};

/// What the applicant may do against a letter (复议法 第二十三条, 公开解释 第一条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remedy {
    /// The letter disposes of nothing.
    None,
    /// Reconsideration first, then a suit (复议前置).
    ReconsiderationFirst,
    /// Reconsideration or a suit.
    Either,
    /// Reconsideration first against the part withheld, either against the rest.
    Mixed,
}

/// The outcome of a concluded application: exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// 已主动公开，告知获取方式和途径.
    GrantedAlreadyPublic,
    /// 予以公开，提供或者告知方式、途径和时间.
    GrantedProvided,
    /// 部分公开.
    Partial,
    /// 国家秘密.
    StateSecret,
    /// 法律、行政法规禁止公开.
    ProhibitedByLaw,
    /// 三安全一稳定.
    EndangersSecurityStability,
    /// 第三方合法权益.
    ThirdPartyRights,
    /// 内部事务信息.
    InternalAffairs,
    /// 过程性信息.
    ProcessInfo,
    /// 行政执法案卷.
    EnforcementFile,
    /// 行政查询事项.
    StatutoryInquiry,
    /// 信息不存在.
    NotExist,
    /// 非本机关负责公开.
    NotThisOrgan,
    /// 没有现成信息，需要加工、分析.
    NeedsCreation,
    /// 补正后仍不明确.
    UnclearAfterCorrection,
    /// 信访、投诉、举报.
    Petition,
    /// 重复申请.
    Duplicate,
    /// 公开出版物.
    PublishedWork,
    /// 无正当理由大量反复申请.
    Excessive,
    /// 要求确认或者重新出具.
    ConfirmOrReissue,
    /// 逾期不补正.
    CorrectionAbandoned,
    /// 逾期未缴费.
    FeeUnpaid,
    /// 撤回.
    Withdrawn,
    /// 非政府信息.
    NotGovernmentInfo,
    /// 党务信息.
    PartyAffairs,
    /// 已移交档案馆.
    TransferredToArchives,
    /// 其他.
    OtherReason,
}

impl Outcome {
    /// Every outcome, in the order of the form.
    pub const ALL: [Self; 27] = [
        Self::GrantedAlreadyPublic,
        Self::GrantedProvided,
        Self::Partial,
        Self::StateSecret,
        Self::ProhibitedByLaw,
        Self::EndangersSecurityStability,
        Self::ThirdPartyRights,
        Self::InternalAffairs,
        Self::ProcessInfo,
        Self::EnforcementFile,
        Self::StatutoryInquiry,
        Self::NotExist,
        Self::NotThisOrgan,
        Self::NeedsCreation,
        Self::UnclearAfterCorrection,
        Self::Petition,
        Self::Duplicate,
        Self::PublishedWork,
        Self::Excessive,
        Self::ConfirmOrReissue,
        Self::CorrectionAbandoned,
        Self::FeeUnpaid,
        Self::Withdrawn,
        Self::NotGovernmentInfo,
        Self::PartyAffairs,
        Self::TransferredToArchives,
        Self::OtherReason,
    ];

    /// The code of files and interfaces.
    pub fn code(self) -> &'static str {
        match self {
            Self::GrantedAlreadyPublic => "granted_already_public",
            Self::GrantedProvided => "granted_provided",
            Self::Partial => "partial",
            Self::StateSecret => "state_secret",
            Self::ProhibitedByLaw => "prohibited_by_law",
            Self::EndangersSecurityStability => "endangers_security_stability",
            Self::ThirdPartyRights => "third_party_rights",
            Self::InternalAffairs => "internal_affairs",
            Self::ProcessInfo => "process_info",
            Self::EnforcementFile => "enforcement_file",
            Self::StatutoryInquiry => "statutory_inquiry",
            Self::NotExist => "not_exist",
            Self::NotThisOrgan => "not_this_organ",
            Self::NeedsCreation => "needs_creation",
            Self::UnclearAfterCorrection => "unclear_after_correction",
            Self::Petition => "petition",
            Self::Duplicate => "duplicate",
            Self::PublishedWork => "published_work",
            Self::Excessive => "excessive",
            Self::ConfirmOrReissue => "confirm_or_reissue",
            Self::CorrectionAbandoned => "correction_abandoned",
            Self::FeeUnpaid => "fee_unpaid",
            Self::Withdrawn => "withdrawn",
            Self::NotGovernmentInfo => "not_government_info",
            Self::PartyAffairs => "party_affairs",
            Self::TransferredToArchives => "transferred_to_archives",
            Self::OtherReason => "other_reason",
        }
    }

    /// The outcome of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// The name officers use.
    pub fn label(self) -> &'static str {
        match self {
            Self::GrantedAlreadyPublic => "已主动公开，告知途径",
            Self::GrantedProvided => "予以公开",
            Self::Partial => "部分公开",
            Self::StateSecret => "属于国家秘密",
            Self::ProhibitedByLaw => "法律、行政法规禁止公开",
            Self::EndangersSecurityStability => "危及“三安全一稳定”",
            Self::ThirdPartyRights => "保护第三方合法权益",
            Self::InternalAffairs => "属于内部事务信息",
            Self::ProcessInfo => "属于过程性信息",
            Self::EnforcementFile => "属于行政执法案卷",
            Self::StatutoryInquiry => "属于行政查询事项",
            Self::NotExist => "信息不存在",
            Self::NotThisOrgan => "不属于本机关负责公开",
            Self::NeedsCreation => "没有现成信息，需要另行制作",
            Self::UnclearAfterCorrection => "补正后仍不明确",
            Self::Petition => "信访、投诉、举报类申请",
            Self::Duplicate => "重复申请",
            Self::PublishedWork => "公开出版物",
            Self::Excessive => "无正当理由大量反复申请",
            Self::ConfirmOrReissue => "要求确认或重新出具已获取信息",
            Self::CorrectionAbandoned => "逾期不补正",
            Self::FeeUnpaid => "逾期未缴费",
            Self::Withdrawn => "申请人撤回",
            Self::NotGovernmentInfo => "不属于政府信息",
            Self::PartyAffairs => "属于党务信息",
            Self::TransferredToArchives => "已移交国家档案馆",
            Self::OtherReason => "其他",
        }
    }

    /// The row of table 3 it is counted in.
    pub fn row(self, edition: Edition) -> ApplicationRow {
        use ApplicationRow as R;
        let other = |row: R| if edition == Edition::F2019 { R::Other } else { row };
        match self {
            Self::GrantedAlreadyPublic | Self::GrantedProvided => R::Granted,
            Self::Partial => R::Partial,
            Self::StateSecret => R::DeniedStateSecret,
            Self::ProhibitedByLaw => R::DeniedProhibitedByLaw,
            Self::EndangersSecurityStability => R::DeniedEndangersSecurityStability,
            Self::ThirdPartyRights => R::DeniedThirdPartyRights,
            Self::InternalAffairs => R::DeniedInternalAffairs,
            Self::ProcessInfo => R::DeniedProcessInfo,
            Self::EnforcementFile => R::DeniedEnforcementFile,
            Self::StatutoryInquiry => R::DeniedStatutoryInquiry,
            // Two replies that differ in law share a row of the form.
            Self::NotExist | Self::NotThisOrgan => R::UnableNotHeld,
            Self::NeedsCreation => R::UnableNeedsCreation,
            Self::UnclearAfterCorrection => R::UnableUnclearAfterCorrection,
            Self::Petition => R::RefusedPetition,
            Self::Duplicate => R::RefusedDuplicate,
            Self::PublishedWork => R::RefusedPublishedWork,
            Self::Excessive => R::RefusedExcessive,
            Self::ConfirmOrReissue => R::RefusedConfirmOrReissue,
            Self::CorrectionAbandoned => other(R::OtherCorrectionAbandoned),
            Self::FeeUnpaid => other(R::OtherFeeUnpaid),
            Self::Withdrawn
            | Self::NotGovernmentInfo
            | Self::PartyAffairs
            | Self::TransferredToArchives
            | Self::OtherReason => other(R::OtherOtherReason),
        }
    }

    /// The articles a letter with this outcome cites; empty where the officer names them.
    pub fn articles(self) -> Vec<Article> {
        let reply = |item: u8| Article::regulation(36).item(item);
        match self {
            Self::GrantedAlreadyPublic => vec![reply(1)],
            Self::GrantedProvided => vec![reply(2)],
            Self::Partial => vec![Article::regulation(37)],
            Self::StateSecret | Self::ProhibitedByLaw | Self::EndangersSecurityStability => {
                vec![Article::regulation(14), reply(3)]
            }
            Self::ThirdPartyRights => vec![Article::regulation(15), Article::regulation(32), reply(3)],
            Self::InternalAffairs => vec![Article::regulation(16).paragraph(1), reply(3)],
            Self::ProcessInfo | Self::EnforcementFile => vec![Article::regulation(16).paragraph(2), reply(3)],
            Self::StatutoryInquiry => vec![reply(7)],
            Self::NotExist => vec![reply(4)],
            Self::NotThisOrgan => vec![Article::regulation(10), reply(5)],
            Self::NeedsCreation => vec![Article::regulation(38)],
            Self::UnclearAfterCorrection | Self::CorrectionAbandoned => vec![Article::regulation(30)],
            Self::Petition => vec![Article::regulation(39).paragraph(1)],
            Self::Duplicate => vec![reply(6)],
            Self::PublishedWork => vec![Article::regulation(39).paragraph(2)],
            Self::Excessive => vec![Article::regulation(35)],
            Self::ConfirmOrReissue => vec![Article::regulation(2), Article::regulation(38)],
            Self::FeeUnpaid => vec![Article::regulation(42), Article::of(Instrument::FeeMeasures, 6)],
            Self::NotGovernmentInfo | Self::PartyAffairs => vec![Article::regulation(2)],
            Self::TransferredToArchives => LetterKind::L28.articles().to_vec(),
            Self::Withdrawn | Self::OtherReason => Vec::new(),
        }
    }

    /// The letter that tells it; an outcome of another kind has none of the letters with fixed wording.
    pub fn letter(self) -> Option<LetterKind> {
        use LetterKind as L;
        Some(match self {
            Self::GrantedAlreadyPublic => L::L12,
            Self::GrantedProvided => L::L11,
            Self::Partial => L::L14,
            Self::StateSecret => L::L15a,
            Self::ProhibitedByLaw => L::L15b,
            Self::EndangersSecurityStability => L::L15c,
            Self::ThirdPartyRights => L::L15d,
            Self::InternalAffairs => L::L15e,
            Self::ProcessInfo => L::L15f,
            Self::EnforcementFile => L::L15g,
            Self::StatutoryInquiry => L::L19,
            Self::NotExist => L::L16,
            Self::NotThisOrgan => L::L17,
            Self::NeedsCreation => L::L20,
            Self::UnclearAfterCorrection => L::L21,
            Self::Petition => L::L22,
            Self::Duplicate => L::L18,
            Self::PublishedWork => L::L23,
            Self::Excessive => L::L24,
            Self::ConfirmOrReissue => L::L25,
            Self::CorrectionAbandoned => L::L03,
            Self::FeeUnpaid => L::L27,
            Self::Withdrawn => L::L30,
            Self::NotGovernmentInfo | Self::PartyAffairs => L::L26,
            Self::TransferredToArchives => L::L28,
            Self::OtherReason => return None,
        })
    }

    /// Whether it withholds on one of the grounds of 条例 第十四、十五、十六条.
    pub fn withholds(self) -> bool {
        match self {
            Self::StateSecret
            | Self::ProhibitedByLaw
            | Self::EndangersSecurityStability
            | Self::ThirdPartyRights
            | Self::InternalAffairs
            | Self::ProcessInfo
            | Self::EnforcementFile => true,
            Self::GrantedAlreadyPublic
            | Self::GrantedProvided
            | Self::Partial
            | Self::StatutoryInquiry
            | Self::NotExist
            | Self::NotThisOrgan
            | Self::NeedsCreation
            | Self::UnclearAfterCorrection
            | Self::Petition
            | Self::Duplicate
            | Self::PublishedWork
            | Self::Excessive
            | Self::ConfirmOrReissue
            | Self::CorrectionAbandoned
            | Self::FeeUnpaid
            | Self::Withdrawn
            | Self::NotGovernmentInfo
            | Self::PartyAffairs
            | Self::TransferredToArchives
            | Self::OtherReason => false,
        }
    }

    /// The remedy against it; `parts` are the grounds of a partial disclosure.
    ///
    /// Only 条例 第十四、十五、十六条 bring mandatory reconsideration (公开解释 第一条): row 8 of 不予公开, statutory
    /// inquiry, does not.
    pub fn remedy(self, parts: &[Self]) -> Remedy {
        if self == Self::Withdrawn {
            Remedy::None
        } else if self == Self::Partial && parts.iter().any(|part| part.withholds()) {
            Remedy::Mixed
        } else if self.withholds() {
            Remedy::ReconsiderationFirst
        } else {
            Remedy::Either
        }
    }
}
