//! The facts that letters state, by the names that templates use.

use jiff::civil::Date;

/// How a fact is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Words, or several items.
    Text,
    /// A day.
    Day,
    /// Written by the system from other facts.
    Derived,
}

macro_rules! facts {
    ($($variant:ident $name:literal $shape:ident,)*) => {
        /// A fact.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fact {
            $(
                #[doc = $name]
                $variant,
            )*
        }

        impl Fact {
            /// Every fact.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name that templates use.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            fn shape(self) -> Shape {
                match self {
                    $(Self::$variant => Shape::$shape,)*
                }
            }
        }
    };
}

facts! {
    OrganName "机关名称" Text,
    DocumentNumber "文号" Text,
    FormedOn "成文日期" Day,
    Applicant "申请人" Text,
    Recipient "收件人" Text,
    ThirdParty "第三方名称" Text,
    ReceivedOn "收到日期" Day,
    Channel "渠道" Text,
    RegistrationNumber "登记编号" Text,
    Description "申请内容" Text,
    Contact "联系方式" Text,
    Articles "条款" Derived,
    ReconsiderationOrgan "复议机关" Text,
    SuperiorDepartment "上一级主管部门" Text,
    OnlineChannel "网上渠道" Text,
    Court "管辖法院" Text,
    RemedyBasis "救济依据" Derived,
    ThisLetter "本文书" Derived,
    ReplyDue "答复期限" Day,
    QueryCode "查询码" Text,
    CorrectionItems "补正事项" Text,
    CorrectionDue "补正期限" Day,
    CorrectionNotifiedOn "补正告知日期" Day,
    ExtensionReason "延期理由" Text,
    ApprovedOn "负责人同意日期" Day,
    ExtensionDays "延期工作日数" Text,
    NewReplyDue "新答复期限" Day,
    ProvisionalNote "暂定说明" Text,
    ConsultedMatter "征求事项" Text,
    AffectedReason "涉及理由" Text,
    ConsultedQuestion "征求问题" Text,
    JointMaking "共同制作" Text,
    AnswerDue "答复时限" Day,
    ConsulteeKind "征求对象类别" Text,
    ConsultationSentOn "征求发出日期" Day,
    FeeStandard "收费标准" Derived,
    FeeCalculation "收费计算" Derived,
    FeeAmount "收费金额" Text,
    FeePaymentWay "缴费方式" Text,
    FeeMode "收费方式" Text,
    FeeOrdinal "当月件次" Text,
    FeePages "收费页数" Text,
    ApplicationCounts "申请数量情况" Text,
    ReasonDue "说明期限" Day,
    ReasonItems "说明事项" Text,
    DelayReason "延迟理由" Text,
    ProvisionWay "提供方式" Text,
    FormReason "形式说明" Text,
    AccessWay "获取途径" Text,
    AccessTime "获取时间" Text,
    DisclosedContent "公开内容" Text,
    DisclosureReason "公开理由" Text,
    DisclosedOn "公开日期" Day,
    DisclosedPart "公开部分" Text,
    WithheldParts "不予公开部分" Derived,
    ClassificationBasis "定密依据" Text,
    Reason "理由" Text,
    ProhibitingProvision "禁止公开依据" Text,
    EndangeredInterest "危及情形" Text,
    ConsultationResult "征求意见情况" Text,
    InternalKind "内部事务种类" Text,
    ProcessKind "过程性种类" Text,
    CaseFile "案卷名称" Text,
    SearchedSystems "检索范围" Text,
    SearchedKeywords "检索关键词" Text,
    SearchedPeriod "检索时间段" Text,
    SearchedBy "检索人" Text,
    SearchedOn "检索日期" Day,
    ResponsibleOrgan "负责机关" Text,
    ResponsibleOrganContact "负责机关联系方式" Text,
    EarlierNumber "原文号" Text,
    EarlierRepliedOn "原答复日期" Day,
    InquiryBasis "查询依据" Text,
    InquiryPlace "查询去处" Text,
    UnclearPoint "不明确之处" Text,
    PetitionChannel "反映渠道" Text,
    PublishedWork "出版物名称" Text,
    ApplicantReason "申请人说明的理由" Text,
    Unreasonable "不合理之处" Text,
    HeldInformation "已持有信息" Text,
    OtherChannel "其他渠道" Text,
    FeeNotifiedOn "收费通知日期" Day,
    FeeDue "缴费期限" Day,
    Archives "档案馆名称" Text,
    RectificationResult "更正结果" Text,
    RectificationDecision "更正决定" Text,
    WithdrawnOn "撤回日期" Day,
    WithdrawalStatement "撤回说明" Text,
    AssistedMatter "协办事项" Text,
    AssistanceDue "协办时限" Day,
    Suggestion "建议内容" Text,
    SuggestionResult "处理结果" Text,
}

impl Fact {
    /// Whether it is a day.
    pub fn is_date(self) -> bool {
        self.shape() == Shape::Day
    }

    /// Whether the system writes it from other facts, so that nobody may give it.
    pub fn is_derived(self) -> bool {
        self.shape() == Shape::Derived
    }

    /// The fact of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fact| fact.name() == name)
    }

    /// The words it may be filled with, where the law or the letter leaves a choice of a few.
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            // 条例 第十四条.
            Self::EndangeredInterest => &["国家安全", "公共安全", "经济安全", "社会稳定"],
            // 条例 第十六条第一款, 第二款.
            Self::InternalKind => &["人事管理", "后勤管理", "内部工作流程"],
            Self::ProcessKind => &["讨论记录", "过程稿", "磋商信函", "请示报告"],
            // 收费办法 第三条.
            Self::FeeMode => &["按件计收", "按量计收"],
            // 条例 第四十一条.
            Self::RectificationDecision => &["予以更正", "不予更正", "转送有权更正的机关"],
            Self::JointMaking => &["是", "否"],
            _ => &[],
        }
    }

    /// Whether several of its choices may stand together.
    pub(crate) fn several(self) -> bool {
        matches!(self, Self::EndangeredInterest | Self::InternalKind | Self::ProcessKind)
    }
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
    pub fn text(&self) -> String {
        self.inline()
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
