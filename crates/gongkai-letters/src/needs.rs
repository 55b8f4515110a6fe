//! Which facts each letter needs, and which it may state.

use gongkai_law::LetterKind;

use crate::Fact;

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
        L::L08 => &[F::FeeMode, F::FeeAmount, F::FeePaymentWay],
        L::L09 => &[F::ApplicationCounts, F::ReasonItems, F::ReasonDue],
        L::L10 => &[F::DelayReason, F::NewReplyDue],
        L::L11 => &[],
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
        L::L29 => &[F::RectificationDecision],
        L::L30 => &[F::WithdrawnOn, F::WithdrawalStatement],
        L::L31 => &[F::AssistedMatter, F::AssistanceDue],
        L::L32 => &[F::Suggestion, F::SuggestionResult, F::Reason],
    };
    let mut all: Vec<Fact> = match kind {
        // A suggestion and a rectification come without an application of the usual kind.
        L::L32 => vec![F::OrganName, F::DocumentNumber, F::FormedOn, F::Applicant, F::Contact],
        L::L29 => TO_APPLICANT.iter().copied().filter(|fact| *fact != F::Channel).collect(),
        kind if kind.goes_to_applicant() => TO_APPLICANT.to_vec(),
        _ => TO_OTHERS.to_vec(),
    };
    all.extend(own);
    all
}

/// Groups of facts of which one must be given in full: 条例 第三十四条 or a limit, 第三十六条第二项.
pub(crate) fn alternatives(kind: LetterKind) -> &'static [&'static [Fact]] {
    match kind {
        LetterKind::L06 => &[&[Fact::JointMaking], &[Fact::AnswerDue]],
        LetterKind::L11 => &[&[Fact::ProvisionWay], &[Fact::AccessWay, Fact::AccessTime]],
        _ => &[],
    }
}

/// Facts that a letter's templates must print wherever they are given: beside those required, the alternatives, what
/// the system writes, and what a decision brings with it.
pub(crate) fn stated(kind: LetterKind) -> Vec<Fact> {
    use Fact as F;
    let more: &[Fact] = match kind {
        LetterKind::L08 => &[F::FeeStandard, F::FeeCalculation],
        LetterKind::L17 => &[F::ResponsibleOrgan, F::ResponsibleOrganContact],
        LetterKind::L29 => &[F::RectificationResult, F::Reason, F::ResponsibleOrgan],
        _ => &[],
    };
    alternatives(kind).iter().flat_map(|group| group.iter()).chain(more).copied().collect()
}

/// The facts a letter may state beside those it cannot do without.
pub fn optional(kind: LetterKind) -> Vec<Fact> {
    use Fact as F;
    use LetterKind as L;
    let own: &[Fact] = match kind {
        L::L04 => &[F::ProvisionalNote],
        L::L06 => &[F::JointMaking, F::AnswerDue],
        L::L08 => &[F::FeeOrdinal, F::FeePages],
        L::L11 => &[F::ProvisionWay, F::AccessWay, F::AccessTime, F::FormReason],
        L::L17 => &[F::ResponsibleOrgan, F::ResponsibleOrganContact],
        L::L07 | L::L14 | L::L15d => &[F::ThirdParty],
        L::L22 => &[F::PetitionChannel],
        L::L26 => &[F::OtherChannel],
        L::L29 => &[F::RectificationResult, F::Reason, F::ResponsibleOrgan, F::ResponsibleOrganContact],
        _ => &[],
    };
    let remedy: &[Fact] = if kind.has_remedy() { &[F::OnlineChannel, F::SuperiorDepartment] } else { &[] };
    own.iter().chain(remedy).copied().collect()
}
