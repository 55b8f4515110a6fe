//! Invented facts for every letter: to look at the wording, and for tests.

use std::collections::BTreeMap;

use gongkai_law::{LetterKind, Outcome};
use jiff::civil::{Date, date};

use crate::{Fact, LetterRequest, Service, Value, Withheld, optional, required};

#[expect(clippy::match_same_arms, reason = "a line for each fact")]
fn value(fact: Fact) -> Value {
    use Fact as F;
    let day = |year, month, day| Value::Date(date(year, month, day));
    let text = |text: &str| Value::Text(text.to_owned());
    match fact {
        F::OrganName => text("示例市示例局"),
        F::DocumentNumber => text("示公开〔2026〕12号"),
        F::FormedOn => day(2026, 3, 5),
        F::Applicant => text("张某"),
        F::Recipient => text("示例设备有限公司"),
        F::ReceivedOn => day(2026, 2, 2),
        F::Channel => text("互联网"),
        F::RegistrationNumber => text("2026-0007"),
        F::Description => text("2025年度示例路改造工程的验收材料"),
        F::Contact => text("示例市示例局办公室，示例市示例路1号，022-12345678"),
        F::ThirdParty => text("示例设备有限公司"),
        F::Articles | F::WithheldParts | F::FeeStandard | F::FeeCalculation | F::RemedyBasis | F::ThisLetter => {
            text("")
        }
        F::ReconsiderationOrgan => text("示例市人民政府"),
        F::SuperiorDepartment => text("示例省示例厅"),
        F::OnlineChannel => text("https://fy.example.gov.cn"),
        F::Court => text("示例区人民法院"),
        F::ReplyDue => day(2026, 3, 6),
        F::QueryCode => text("K7P4-2MQX"),
        F::CorrectionItems => Value::List(vec![
            "请写明所需信息的名称、文号，或者便于查询的其他特征；目前的描述涉及多个标段，无法确定。".to_owned(),
            "请写明获取信息的方式和途径。".to_owned(),
        ]),
        F::CorrectionDue => day(2026, 2, 27),
        F::CorrectionNotifiedOn => day(2026, 2, 6),
        F::ExtensionReason => text("所涉材料数量较多，需要逐件审查"),
        F::ApprovedOn => day(2026, 3, 4),
        F::ExtensionDays => text("20"),
        F::NewReplyDue => day(2026, 4, 3),
        F::ProvisionalNote => text("下一年放假安排公布后，以重新计算的为准"),
        F::ReasonItems => text("短期内提出大量申请的原因，以及各件申请之间的关系"),
        F::ConsultedMatter => text("2025年度示例路改造工程设备采购合同"),
        F::AffectedReason => text("合同中载有设备的技术参数和报价构成，可能属于商业秘密"),
        F::ConsultedQuestion => text("该合同是否可以公开，不宜公开的部分及理由"),
        F::JointMaking => text("是"),
        F::AnswerDue => day(2026, 2, 27),
        F::ConsulteeKind => text("第三方"),
        F::ConsultationSentOn => day(2026, 2, 9),
        F::FeeMode => text("按量计收"),
        F::FeeOrdinal => text("11"),
        F::FeePages => text("250"),
        F::FeeAmount => text("4700元"),
        F::FeePaymentWay => text("凭缴款通知到示例银行缴入示例市财政非税收入账户"),
        F::ApplicationCounts => text("2026年1月至2月，您（贵单位）向本机关提出政府信息公开申请86件"),
        F::ReasonDue => day(2026, 2, 27),
        F::DelayReason => text("需要检索和审查的材料跨越三个年度"),
        F::ProvisionWay => text("电子邮件"),
        F::FormReason => text("原件为大幅图纸，复制可能损坏载体"),
        F::AccessWay => text("示例市示例局门户网站“政府信息公开—法定主动公开内容—重大建设项目”，2025年12月18日发布"),
        F::AccessTime => text("工作日上午9时至11时"),
        F::DisclosedContent => text("设备采购合同的标的、数量和总价"),
        F::DisclosureReason => text("该项目使用财政资金，不公开可能对公共利益造成重大影响"),
        F::DisclosedOn => day(2026, 3, 20),
        F::DisclosedPart => text("工程验收报告正文（附件）"),
        F::ClassificationBasis => text("原件标有密级，定密责任人审核记录齐全"),
        F::Reason => text("经逐件审查，符合上述情形"),
        F::ProhibitingProvision => text("《中华人民共和国税收征收管理法》第八条"),
        F::EndangeredInterest => text("公共安全"),
        F::ConsultationResult => text("本机关书面征求了第三方的意见，第三方不同意公开并说明了理由"),
        F::InternalKind => text("内部工作流程"),
        F::ProcessKind => text("请示报告"),
        F::CaseFile => text("2025年第18号行政处罚案卷"),
        F::SearchedSystems => text("公文管理系统、档案室2023—2025年卷宗"),
        F::SearchedKeywords => text("“示例路”“改造”“验收”"),
        F::SearchedPeriod => text("2023年1月1日至2026年2月2日"),
        F::SearchedBy => text("档案室李某"),
        F::SearchedOn => day(2026, 2, 12),
        F::ResponsibleOrgan => text("示例市住房和城乡建设局"),
        F::ResponsibleOrganContact => text("022-87654321"),
        F::EarlierNumber => text("示公开〔2025〕41号"),
        F::EarlierRepliedOn => day(2025, 11, 6),
        F::InquiryBasis => text("《不动产登记暂行条例》"),
        F::InquiryPlace => text("示例市不动产登记中心"),
        F::UnclearPoint => text("补正后的申请仍未写明工程标段和材料的名称"),
        F::PetitionChannel => text("示例市信访局或者12345政务服务便民热线"),
        F::PublishedWork => text("《示例市统计年鉴2025》"),
        F::ApplicantReason => text("个人研究需要"),
        F::Unreasonable => text("申请的内容多为同一事项的重复，与所称研究没有关联"),
        F::HeldInformation => text("2025年11月6日本机关提供的验收报告"),
        F::OtherChannel => text("本机关咨询电话022-12345678"),
        F::FeeNotifiedOn => day(2026, 2, 5),
        F::FeeDue => day(2026, 3, 11),
        F::Archives => text("示例市国家档案馆"),
        F::RectificationResult => text("您的登记信息中“职业”一项已经更正为“教师”"),
        F::RectificationDecision => text("予以更正"),
        F::WithdrawnOn => day(2026, 2, 12),
        F::WithdrawalStatement => text("已经从网站获取所需信息，撤回申请"),
        F::AssistedMatter => text("检索2025年度示例路改造工程的验收材料"),
        F::AssistanceDue => day(2026, 2, 13),
        F::Suggestion => text("历年道路改造工程的验收结论"),
        F::SuggestionResult => text("该信息可以主动公开，将于2026年3月底前在门户网站公开"),
    }
}

/// The day of each letter, and of its service: within the course of an application received on 2026-02-02 and due on
/// 2026-03-06, or later where a step before it moved the due day.
fn day_of(kind: LetterKind) -> Date {
    use LetterKind as L;
    match kind {
        L::L01 => date(2026, 2, 2),
        L::L31 => date(2026, 2, 4),
        L::L02 => date(2026, 2, 6),
        L::L05 | L::L06 | L::L07 => date(2026, 2, 9),
        L::L09 => date(2026, 2, 10),
        L::L30 => date(2026, 2, 13),
        L::L03 => date(2026, 3, 2),
        L::L08 => date(2026, 3, 3),
        // After a consultation or a correction.
        L::L13 | L::L14 | L::L15d | L::L21 => date(2026, 3, 9),
        L::L27 => date(2026, 3, 12),
        _ => date(2026, 3, 5),
    }
}

/// The facts of a letter: all it needs, and of those it may state the ones that go together.
fn facts_of(kind: LetterKind) -> BTreeMap<Fact, Value> {
    let left_out: &[Fact] = match kind {
        LetterKind::L06 => &[Fact::JointMaking],
        LetterKind::L08 => &[Fact::FeeOrdinal],
        LetterKind::L11 => &[Fact::AccessWay, Fact::AccessTime],
        LetterKind::L29 => &[Fact::Reason, Fact::ResponsibleOrgan, Fact::ResponsibleOrganContact],
        _ => &[],
    };
    let remedy: &[Fact] = if kind.has_remedy() { &[Fact::ReconsiderationOrgan, Fact::Court] } else { &[] };
    required(kind)
        .into_iter()
        .chain(optional(kind))
        .chain(remedy.iter().copied())
        .filter(|fact| !fact.is_derived() && !left_out.contains(fact))
        .map(|fact| (fact, value(fact)))
        .collect()
}

/// A request for each letter, in the order of the numbers, with invented facts.
pub fn sample_requests() -> Vec<LetterRequest> {
    LetterKind::ALL
        .into_iter()
        .map(|kind| {
            let mut facts = facts_of(kind);
            facts.insert(Fact::FormedOn, Value::Date(day_of(kind)));
            if kind == LetterKind::L06 {
                facts.insert(Fact::Recipient, Value::Text("示例市住房和城乡建设局".to_owned()));
            }
            if kind == LetterKind::L10 {
                facts.insert(Fact::NewReplyDue, Value::Date(date(2026, 5, 29)));
            }
            if kind == LetterKind::L31 {
                facts.insert(Fact::Recipient, Value::Text("工程管理科".to_owned()));
            }
            let withheld = if kind == LetterKind::L14 {
                vec![Withheld {
                    what: "附表三中的报价构成".to_owned(),
                    ground: Outcome::ThirdPartyRights,
                    reason: "公开会损害第三方的商业秘密，第三方不同意公开".to_owned(),
                }]
            } else {
                Vec::new()
            };
            LetterRequest {
                kind,
                served: day_of(kind),
                service: Service::Internet,
                facts,
                withheld,
                hidden: Vec::new(),
            }
        })
        .collect()
}
