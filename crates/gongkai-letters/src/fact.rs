//! The facts that letters state, by the names that templates use.

use gongkai_law::LetterKind;
use jiff::civil::Date;

/// A fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// 机关名称.
    OrganName,
    /// 文号.
    DocumentNumber,
    /// 成文日期.
    FormedOn,
    /// 申请人.
    Applicant,
    /// 收件人.
    Recipient,
    /// 收到日期.
    ReceivedOn,
    /// 渠道.
    Channel,
    /// 登记编号.
    RegistrationNumber,
    /// 申请内容.
    Description,
    /// 联系方式.
    Contact,
    /// 条款.
    Articles,
    /// 复议机关.
    ReconsiderationOrgan,
    /// 上一级主管部门.
    SuperiorDepartment,
    /// 网上渠道.
    OnlineChannel,
    /// 管辖法院.
    Court,
    /// 答复期限.
    ReplyDue,
    /// 查询码.
    QueryCode,
    /// 补正事项.
    CorrectionItems,
    /// 补正期限.
    CorrectionDue,
    /// 补正告知日期.
    CorrectionNotifiedOn,
    /// 延期理由.
    ExtensionReason,
    /// 负责人同意日期.
    ApprovedOn,
    /// 延期工作日数.
    ExtensionDays,
    /// 新答复期限.
    NewReplyDue,
    /// 征求事项.
    ConsultedMatter,
    /// 涉及理由.
    AffectedReason,
    /// 征求问题.
    ConsultedQuestion,
    /// 共同制作.
    JointMaking,
    /// 答复时限.
    AnswerDue,
    /// 征求对象类别.
    ConsulteeKind,
    /// 征求发出日期.
    ConsultationSentOn,
    /// 收费标准.
    FeeStandard,
    /// 收费计算.
    FeeCalculation,
    /// 收费金额.
    FeeAmount,
    /// 缴费方式.
    FeePaymentWay,
    /// 申请数量情况.
    ApplicationCounts,
    /// 说明期限.
    ReasonDue,
    /// 延迟理由.
    DelayReason,
    /// 提供方式.
    ProvisionWay,
    /// 形式说明.
    FormReason,
    /// 获取途径.
    AccessWay,
    /// 公开内容.
    DisclosedContent,
    /// 公开理由.
    DisclosureReason,
    /// 公开日期.
    DisclosedOn,
    /// 公开部分.
    DisclosedPart,
    /// 不予公开部分.
    WithheldParts,
    /// 定密依据.
    ClassificationBasis,
    /// 理由.
    Reason,
    /// 禁止公开依据.
    ProhibitingProvision,
    /// 危及情形.
    EndangeredInterest,
    /// 征求意见情况.
    ConsultationResult,
    /// 内部事务种类.
    InternalKind,
    /// 过程性种类.
    ProcessKind,
    /// 案卷名称.
    CaseFile,
    /// 检索范围.
    SearchedSystems,
    /// 检索关键词.
    SearchedKeywords,
    /// 检索时间段.
    SearchedPeriod,
    /// 检索人.
    SearchedBy,
    /// 检索日期.
    SearchedOn,
    /// 负责机关.
    ResponsibleOrgan,
    /// 负责机关联系方式.
    ResponsibleOrganContact,
    /// 原文号.
    EarlierNumber,
    /// 原答复日期.
    EarlierRepliedOn,
    /// 查询依据.
    InquiryBasis,
    /// 查询去处.
    InquiryPlace,
    /// 不明确之处.
    UnclearPoint,
    /// 反映渠道.
    PetitionChannel,
    /// 出版物名称.
    PublishedWork,
    /// 申请人说明的理由.
    ApplicantReason,
    /// 不合理之处.
    Unreasonable,
    /// 已持有信息.
    HeldInformation,
    /// 其他渠道.
    OtherChannel,
    /// 收费通知日期.
    FeeNotifiedOn,
    /// 缴费期限.
    FeeDue,
    /// 档案馆名称.
    Archives,
    /// 更正结果.
    RectificationResult,
    /// 撤回日期.
    WithdrawnOn,
    /// 撤回说明.
    WithdrawalStatement,
    /// 协办事项.
    AssistedMatter,
    /// 协办时限.
    AssistanceDue,
    /// 建议内容.
    Suggestion,
    /// 处理结果.
    SuggestionResult,
}

/// What a fact is filled with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A day.
    Date(Date),
    /// Several items, each a line of its own.
    List(Vec<String>),
}

impl Value {
    /// Whether nothing is written in it.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Date(_) => false,
            Self::List(items) => items.iter().all(|item| item.trim().is_empty()),
        }
    }

    /// In running text.
    pub(crate) fn inline(&self) -> String {
        match self {
            // A template closes the sentence itself.
            Self::Text(text) => text.trim().trim_end_matches(['。', '；']).to_owned(),
            Self::Date(day) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
            Self::List(items) => items.join("；"),
        }
    }
}

impl Fact {
    /// Every fact.
    pub const ALL: &[Self] = &[
        Self::OrganName,
        Self::DocumentNumber,
        Self::FormedOn,
        Self::Applicant,
        Self::Recipient,
        Self::ReceivedOn,
        Self::Channel,
        Self::RegistrationNumber,
        Self::Description,
        Self::Contact,
        Self::Articles,
        Self::ReconsiderationOrgan,
        Self::SuperiorDepartment,
        Self::OnlineChannel,
        Self::Court,
        Self::ReplyDue,
        Self::QueryCode,
        Self::CorrectionItems,
        Self::CorrectionDue,
        Self::CorrectionNotifiedOn,
        Self::ExtensionReason,
        Self::ApprovedOn,
        Self::ExtensionDays,
        Self::NewReplyDue,
        Self::ConsultedMatter,
        Self::AffectedReason,
        Self::ConsultedQuestion,
        Self::JointMaking,
        Self::AnswerDue,
        Self::ConsulteeKind,
        Self::ConsultationSentOn,
        Self::FeeStandard,
        Self::FeeCalculation,
        Self::FeeAmount,
        Self::FeePaymentWay,
        Self::ApplicationCounts,
        Self::ReasonDue,
        Self::DelayReason,
        Self::ProvisionWay,
        Self::FormReason,
        Self::AccessWay,
        Self::DisclosedContent,
        Self::DisclosureReason,
        Self::DisclosedOn,
        Self::DisclosedPart,
        Self::WithheldParts,
        Self::ClassificationBasis,
        Self::Reason,
        Self::ProhibitingProvision,
        Self::EndangeredInterest,
        Self::ConsultationResult,
        Self::InternalKind,
        Self::ProcessKind,
        Self::CaseFile,
        Self::SearchedSystems,
        Self::SearchedKeywords,
        Self::SearchedPeriod,
        Self::SearchedBy,
        Self::SearchedOn,
        Self::ResponsibleOrgan,
        Self::ResponsibleOrganContact,
        Self::EarlierNumber,
        Self::EarlierRepliedOn,
        Self::InquiryBasis,
        Self::InquiryPlace,
        Self::UnclearPoint,
        Self::PetitionChannel,
        Self::PublishedWork,
        Self::ApplicantReason,
        Self::Unreasonable,
        Self::HeldInformation,
        Self::OtherChannel,
        Self::FeeNotifiedOn,
        Self::FeeDue,
        Self::Archives,
        Self::RectificationResult,
        Self::WithdrawnOn,
        Self::WithdrawalStatement,
        Self::AssistedMatter,
        Self::AssistanceDue,
        Self::Suggestion,
        Self::SuggestionResult,
    ];

    /// The name that templates use.
    pub fn name(self) -> &'static str {
        match self {
            Self::OrganName => "机关名称",
            Self::DocumentNumber => "文号",
            Self::FormedOn => "成文日期",
            Self::Applicant => "申请人",
            Self::Recipient => "收件人",
            Self::ReceivedOn => "收到日期",
            Self::Channel => "渠道",
            Self::RegistrationNumber => "登记编号",
            Self::Description => "申请内容",
            Self::Contact => "联系方式",
            Self::Articles => "条款",
            Self::ReconsiderationOrgan => "复议机关",
            Self::SuperiorDepartment => "上一级主管部门",
            Self::OnlineChannel => "网上渠道",
            Self::Court => "管辖法院",
            Self::ReplyDue => "答复期限",
            Self::QueryCode => "查询码",
            Self::CorrectionItems => "补正事项",
            Self::CorrectionDue => "补正期限",
            Self::CorrectionNotifiedOn => "补正告知日期",
            Self::ExtensionReason => "延期理由",
            Self::ApprovedOn => "负责人同意日期",
            Self::ExtensionDays => "延期工作日数",
            Self::NewReplyDue => "新答复期限",
            Self::ConsultedMatter => "征求事项",
            Self::AffectedReason => "涉及理由",
            Self::ConsultedQuestion => "征求问题",
            Self::JointMaking => "共同制作",
            Self::AnswerDue => "答复时限",
            Self::ConsulteeKind => "征求对象类别",
            Self::ConsultationSentOn => "征求发出日期",
            Self::FeeStandard => "收费标准",
            Self::FeeCalculation => "收费计算",
            Self::FeeAmount => "收费金额",
            Self::FeePaymentWay => "缴费方式",
            Self::ApplicationCounts => "申请数量情况",
            Self::ReasonDue => "说明期限",
            Self::DelayReason => "延迟理由",
            Self::ProvisionWay => "提供方式",
            Self::FormReason => "形式说明",
            Self::AccessWay => "获取途径",
            Self::DisclosedContent => "公开内容",
            Self::DisclosureReason => "公开理由",
            Self::DisclosedOn => "公开日期",
            Self::DisclosedPart => "公开部分",
            Self::WithheldParts => "不予公开部分",
            Self::ClassificationBasis => "定密依据",
            Self::Reason => "理由",
            Self::ProhibitingProvision => "禁止公开依据",
            Self::EndangeredInterest => "危及情形",
            Self::ConsultationResult => "征求意见情况",
            Self::InternalKind => "内部事务种类",
            Self::ProcessKind => "过程性种类",
            Self::CaseFile => "案卷名称",
            Self::SearchedSystems => "检索范围",
            Self::SearchedKeywords => "检索关键词",
            Self::SearchedPeriod => "检索时间段",
            Self::SearchedBy => "检索人",
            Self::SearchedOn => "检索日期",
            Self::ResponsibleOrgan => "负责机关",
            Self::ResponsibleOrganContact => "负责机关联系方式",
            Self::EarlierNumber => "原文号",
            Self::EarlierRepliedOn => "原答复日期",
            Self::InquiryBasis => "查询依据",
            Self::InquiryPlace => "查询去处",
            Self::UnclearPoint => "不明确之处",
            Self::PetitionChannel => "反映渠道",
            Self::PublishedWork => "出版物名称",
            Self::ApplicantReason => "申请人说明的理由",
            Self::Unreasonable => "不合理之处",
            Self::HeldInformation => "已持有信息",
            Self::OtherChannel => "其他渠道",
            Self::FeeNotifiedOn => "收费通知日期",
            Self::FeeDue => "缴费期限",
            Self::Archives => "档案馆名称",
            Self::RectificationResult => "更正结果",
            Self::WithdrawnOn => "撤回日期",
            Self::WithdrawalStatement => "撤回说明",
            Self::AssistedMatter => "协办事项",
            Self::AssistanceDue => "协办时限",
            Self::Suggestion => "建议内容",
            Self::SuggestionResult => "处理结果",
        }
    }

    /// Whether it is a day.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Self::FormedOn
                | Self::ReceivedOn
                | Self::ReplyDue
                | Self::CorrectionDue
                | Self::CorrectionNotifiedOn
                | Self::ApprovedOn
                | Self::NewReplyDue
                | Self::AnswerDue
                | Self::ConsultationSentOn
                | Self::ReasonDue
                | Self::DisclosedOn
                | Self::SearchedOn
                | Self::EarlierRepliedOn
                | Self::FeeNotifiedOn
                | Self::FeeDue
                | Self::WithdrawnOn
                | Self::AssistanceDue
        )
    }

    /// The fact of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fact| fact.name() == name)
    }
}

/// Facts of every letter to an applicant: 条例 第二十九条, 第三十三条, and the common parts of a letter.
const TO_APPLICANT: [Fact; 9] = [
    Fact::OrganName,
    Fact::DocumentNumber,
    Fact::FormedOn,
    Fact::Applicant,
    Fact::ReceivedOn,
    Fact::Channel,
    Fact::RegistrationNumber,
    Fact::Description,
    Fact::Contact,
];

/// Facts of every other letter.
const TO_OTHERS: [Fact; 5] = [Fact::OrganName, Fact::DocumentNumber, Fact::FormedOn, Fact::Recipient, Fact::Contact];

/// Whether a letter goes to the applicant.
pub(crate) fn goes_to_applicant(kind: LetterKind) -> bool {
    !matches!(kind, LetterKind::L05 | LetterKind::L06 | LetterKind::L13 | LetterKind::L31)
}

/// The facts a letter cannot do without, beside those of its remedy paragraph.
#[expect(clippy::match_same_arms, reason = "a line for each letter")]
pub fn required(kind: LetterKind) -> Vec<Fact> {
    use Fact as F;
    use LetterKind as L;
    let own: &[Fact] = match kind {
        L::L01 => &[F::ReplyDue, F::QueryCode],
        L::L02 => &[F::CorrectionItems, F::CorrectionDue],
        L::L03 => &[F::CorrectionNotifiedOn, F::CorrectionDue],
        L::L04 => &[F::ExtensionReason, F::ApprovedOn, F::ExtensionDays, F::NewReplyDue],
        L::L05 => &[F::ConsultedMatter, F::AffectedReason],
        L::L06 => &[F::ConsultedMatter, F::ConsultedQuestion],
        L::L07 => &[F::ConsulteeKind, F::ConsultationSentOn],
        L::L08 => &[F::FeeStandard, F::FeeCalculation, F::FeeAmount, F::FeePaymentWay],
        L::L09 => &[F::ApplicationCounts, F::ReasonDue],
        L::L10 => &[F::DelayReason, F::NewReplyDue],
        L::L11 => &[F::ProvisionWay],
        L::L12 => &[F::AccessWay],
        L::L13 => &[F::DisclosedContent, F::DisclosureReason, F::DisclosedOn],
        L::L14 => &[F::DisclosedPart, F::WithheldParts],
        L::L15a => &[F::ClassificationBasis, F::Reason],
        L::L15b => &[F::ProhibitingProvision, F::Reason],
        L::L15c => &[F::EndangeredInterest, F::Reason],
        L::L15d => &[F::ConsultationResult, F::Reason],
        L::L15e => &[F::InternalKind, F::Reason],
        L::L15f => &[F::ProcessKind, F::Reason],
        L::L15g => &[F::CaseFile, F::Reason],
        L::L16 => &[F::SearchedSystems, F::SearchedKeywords, F::SearchedPeriod, F::SearchedBy, F::SearchedOn],
        L::L17 => &[F::Reason],
        L::L18 => &[F::EarlierNumber, F::EarlierRepliedOn],
        L::L19 => &[F::InquiryBasis, F::InquiryPlace],
        L::L20 => &[F::Reason],
        L::L21 => &[F::CorrectionNotifiedOn, F::UnclearPoint],
        L::L22 => &[F::Reason],
        L::L23 => &[F::PublishedWork, F::AccessWay],
        L::L24 => &[F::ApplicationCounts, F::ApplicantReason, F::Unreasonable],
        L::L25 => &[F::HeldInformation],
        L::L26 => &[F::Reason],
        L::L27 => &[F::FeeNotifiedOn, F::FeeDue],
        L::L28 => &[F::Archives],
        L::L29 => &[F::RectificationResult],
        L::L30 => &[F::WithdrawnOn, F::WithdrawalStatement],
        L::L31 => &[F::AssistedMatter, F::AssistanceDue],
        L::L32 => &[F::Suggestion, F::SuggestionResult, F::Reason],
    };
    let mut all: Vec<Fact> = match kind {
        // A suggestion and a rectification come without an application of the usual kind.
        L::L32 => vec![F::OrganName, F::DocumentNumber, F::FormedOn, F::Applicant, F::Contact],
        L::L29 => TO_APPLICANT.iter().copied().filter(|fact| *fact != F::Channel).collect(),
        kind if goes_to_applicant(kind) => TO_APPLICANT.to_vec(),
        _ => TO_OTHERS.to_vec(),
    };
    all.extend(own);
    all
}
