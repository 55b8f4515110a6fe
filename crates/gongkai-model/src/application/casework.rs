//! What grows around an application: what its files are for, what is noted, how letters are served, who signs them.

use gongkai_law::{LetterKind, Outcome};

use crate::codes::codes;
use crate::officer::Role;

codes! {
    /// What a file of an application is for.
    PaperPurpose {
        /// 申请书原件的扫描件.
        Scan = "scan", "申请书扫描件";
        /// Proof of who applies.
        Identity = "identity", "身份证明";
        /// Authority of who acts for the applicant.
        Authority = "authority", "授权委托书";
        /// What the applicant added.
        Attachment = "attachment", "申请人的附件";
        /// What the applicant sent to correct.
        Correction = "correction", "补正材料";
        /// What those who were asked answered.
        Slip = "slip", "征求意见回执";
        /// What a search found; stays in the office.
        Found = "found", "检索材料（内部）";
        /// What is given with a reply.
        Given = "given", "随文书提供的附件";
        /// That a letter was served.
        Proof = "proof", "送达凭证";
        /// The reply, where it was made elsewhere.
        Replied = "replied", "在别处作出的答复书";
        /// A decision or judgment.
        Ruling = "ruling", "复议决定书、判决书";
    }
}

impl PaperPurpose {
    /// Whether the office may add a file for it by hand; the others come by their own ways.
    pub fn by_hand(self) -> bool {
        !matches!(self, Self::Given | Self::Replied)
    }
}

codes! {
    /// What is noted about an application.
    NoteKind {
        /// Where was searched, by what, by whom (条例 第三十六条第四项).
        Search = "search", "检索记录";
        /// A talk with the applicant, also one that did not come about (期限解释 第一条第二项).
        Contact = "contact", "联系记录";
        /// Anything else.
        Remark = "remark", "办理备注";
        /// What the applicant sent to correct (第三十条).
        Correction = "correction", "申请人补正";
        /// Why there are so many applications (第三十五条).
        Reason = "reason", "申请人说明理由";
        /// The applicant takes it back.
        Withdrawal = "withdrawal", "申请人撤回";
        /// The applicant suggests to publish (第四十四条第二款).
        Suggestion = "suggestion", "建议主动公开";
        /// The applicant complains (第四十七条).
        Complaint = "complaint", "申请人的意见";
        /// What an overturned decision taught.
        Lesson = "lesson", "纠正后的复盘";
    }
}

impl NoteKind {
    /// The kinds an officer writes.
    pub const OFFICE: [Self; 4] = [Self::Search, Self::Contact, Self::Remark, Self::Lesson];
}

codes! {
    /// How a letter was served.
    ServiceWay {
        /// Handed over; the receiver signs.
        Direct = "direct", "当面送达";
        /// Another organ handed it over.
        Entrusted = "entrusted", "委托送达";
        /// By the postal service; the day of posting counts (送达解释 第四项).
        Post = "post", "邮政寄送";
        /// To the address the applicant named.
        Email = "email", "电子邮件";
        /// On the page where the applicant follows the application.
        Portal = "portal", "查询页面下载";
    }
}

impl ServiceWay {
    /// What proves it, as the form asks for it.
    pub fn proof(self) -> &'static str {
        match self {
            Self::Direct => "签收人",
            Self::Entrusted => "受托机关和签收人",
            Self::Post => "邮政企业的交寄凭证号",
            Self::Email => "收件的电子邮箱",
            Self::Portal => "备注",
        }
    }

    /// Whether the letter goes through the internet (复议法 第二十二条第二款).
    pub fn is_internet(self) -> bool {
        matches!(self, Self::Email | Self::Portal)
    }
}

codes! {
    /// Where something withheld stands, and what a review of it decides (条例 第十八条).
    WithheldState {
        /// It stays withheld.
        Kept = "kept", "维持不公开";
        /// It is given on request.
        OnRequest = "on_request", "转为依申请公开";
        /// It is to be published.
        ToPublish = "to_publish", "转为主动公开";
        /// It was published.
        Published = "published", "已经主动公开";
        /// A new reply has taken its place.
        Replaced = "replaced", "已被新的答复代替";
    }
}

/// Whether a letter goes to somebody who is asked.
pub fn asks(kind: LetterKind) -> bool {
    matches!(kind, LetterKind::L05 | LetterKind::L06)
}

/// Whether a letter ends the application.
pub fn is_reply(kind: LetterKind) -> bool {
    Outcome::ALL.into_iter().any(|outcome| outcome.letter() == Some(kind) && !matches!(outcome, Outcome::Withdrawn))
}

/// Who signs a letter, in order. A reply goes the way of 先审后发 (条例 第十七条): the section that handled it, the disclosure
/// office, secrecy, the leader; every other letter is the head of the disclosure office's, as the extension must be (第三十三条第二款).
pub fn letter_chain(kind: LetterKind, by_section: bool) -> Vec<Role> {
    let lapsed = matches!(kind, LetterKind::L03 | LetterKind::L27);
    let decides = is_reply(kind) && !lapsed || kind == LetterKind::L13;
    match kind {
        LetterKind::L01 | LetterKind::L31 => Vec::new(),
        _ if decides => by_section
            .then_some(Role::SectionHead)
            .into_iter()
            .chain([Role::DisclosureOfficeHead, Role::SecrecyReviewer, Role::DivisionLeader])
            .collect(),
        _ => vec![Role::DisclosureOfficeHead],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_17_a_reply_is_reviewed_for_secrecy_and_signed_by_a_leader() {
        for outcome in Outcome::ALL {
            let Some(kind) = outcome.letter() else { continue };
            let chain = letter_chain(kind, true);
            let lapsed = matches!(outcome, Outcome::CorrectionAbandoned | Outcome::FeeUnpaid | Outcome::Withdrawn);
            assert_eq!(chain.contains(&Role::SecrecyReviewer), !lapsed, "{outcome:?}");
            assert_eq!(chain.first() == Some(&Role::SectionHead), !lapsed, "{outcome:?}");
            assert!(chain.contains(&Role::DisclosureOfficeHead), "{outcome:?}");
        }
    }

    #[test]
    fn article_33_an_extension_is_the_head_of_the_offices() {
        assert_eq!(letter_chain(LetterKind::L04, true), [Role::DisclosureOfficeHead]);
        assert!(!is_reply(LetterKind::L04) && is_reply(LetterKind::L14) && !is_reply(LetterKind::L30));
    }
}
