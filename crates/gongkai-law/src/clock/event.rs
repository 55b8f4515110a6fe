//! The events E1–E16 of an application, each with its day.

use jiff::civil::Date;

use crate::Outcome;

/// A consultation within one application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConsultationId(pub u16);

/// Whom the organ asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsultationKind {
    /// A third party whose rights disclosure would touch (条例 第三十二条): silence leaves the decision to the organ.
    ThirdParty,
    /// A co-maker of the information (条例 第三十四条): silence agrees.
    JointMaker,
    /// Another organ (条例 第三十三条第三款): the letter sets the limit, the law sets none.
    OtherOrgan,
}

/// How a consultation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Disclosure is agreed to.
    Agreed,
    /// Disclosure is objected to, wholly or in part.
    Objected,
    /// Nothing came within the limit.
    Silent,
    /// The organ took its question back.
    Cancelled,
}

/// Who agreed to an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Approval {
    /// The head of the disclosure office, as the law requires.
    DisclosureOfficeHead,
    /// Someone else.
    Other,
}

/// What happened to an application, with its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// E1: receipt is confirmed; the clock starts.
    Confirmed {
        /// The day of receipt.
        on: Date,
    },
    /// E2: the applicant is told what to correct.
    CorrectionNotified {
        /// The day of sending.
        sent: Date,
        /// The last day to correct.
        until: Date,
    },
    /// E3: the corrected application came in; the clock starts anew.
    Corrected {
        /// The day of receipt.
        on: Date,
        /// A justified reason for coming after the limit.
        justified_delay: bool,
    },
    /// E4: nothing was corrected within the limit; the application is no longer handled.
    CorrectionLapsed {
        /// The day the letter was served.
        on: Date,
    },
    /// E6: somebody is asked.
    ConsultationOpened {
        /// Its number within the application.
        id: ConsultationId,
        /// Whom.
        kind: ConsultationKind,
        /// The day of sending.
        sent: Date,
        /// The limit set by the letter, for another organ.
        limit: Option<Date>,
    },
    /// E7: the one asked has received the letter; its term runs.
    ConsultationReceived {
        /// Its number.
        id: ConsultationId,
        /// The day.
        on: Date,
    },
    /// E8: an answer came, or the limit passed.
    ConsultationClosed {
        /// Its number.
        id: ConsultationId,
        /// The day.
        on: Date,
        /// How.
        answer: Answer,
    },
    /// E9: the reply period is extended.
    Extended {
        /// By so many working days.
        days: u32,
        /// With whose approval.
        approval: Approval,
        /// The day the applicant was told.
        notified: Date,
    },
    /// E10: the fee notice was received; the clock stops.
    FeeNotified {
        /// The day the applicant received it.
        received: Date,
    },
    /// E11: the fee is paid; the clock starts anew.
    FeePaid {
        /// The day.
        on: Date,
    },
    /// E12: the fee was not paid in time; the application is no longer handled.
    FeeLapsed {
        /// The day the letter was served.
        on: Date,
    },
    /// E13: the applicant is asked for the reason of so many applications; the clock goes on.
    ReasonRequested {
        /// The day.
        on: Date,
    },
    /// E13: the reason came in.
    ReasonReceived {
        /// The day.
        on: Date,
    },
    /// E13: the reason is accepted, the reply is put off to a day.
    Delayed {
        /// The day the applicant was told.
        notified: Date,
        /// The new day.
        until: Date,
    },
    /// E14: the applicant withdrew.
    Withdrawn {
        /// The day.
        on: Date,
    },
    /// E5 and E15: the reply.
    Replied {
        /// The outcome.
        outcome: Outcome,
        /// The day of service.
        served: Date,
    },
    /// An earlier register says that it has ended so: what was done in between is not known here.
    Registered {
        /// The outcome.
        outcome: Outcome,
        /// The day of service.
        served: Date,
    },
    /// E16: a reconsideration decision or judgment orders a new reply.
    Reopened {
        /// The day it was received.
        on: Date,
        /// The day it sets, counted as it says.
        due: Date,
    },
}

impl Event {
    /// Its day.
    pub fn date(self) -> Date {
        match self {
            Self::Confirmed { on }
            | Self::Corrected { on, .. }
            | Self::CorrectionLapsed { on }
            | Self::ConsultationReceived { on, .. }
            | Self::ConsultationClosed { on, .. }
            | Self::FeePaid { on }
            | Self::FeeLapsed { on }
            | Self::ReasonRequested { on }
            | Self::ReasonReceived { on }
            | Self::Withdrawn { on }
            | Self::Reopened { on, .. } => on,
            Self::CorrectionNotified { sent, .. } | Self::ConsultationOpened { sent, .. } => sent,
            Self::Extended { notified, .. } | Self::Delayed { notified, .. } => notified,
            Self::FeeNotified { received } => received,
            Self::Replied { served, .. } | Self::Registered { served, .. } => served,
        }
    }

    /// What it is called in messages.
    pub fn label(self) -> &'static str {
        match self {
            Self::Confirmed { .. } => "确认收到申请",
            Self::CorrectionNotified { .. } => "补正告知",
            Self::Corrected { .. } => "收到补正",
            Self::CorrectionLapsed { .. } => "逾期不补正",
            Self::ConsultationOpened { .. } => "征求意见",
            Self::ConsultationReceived { .. } => "被征求意见方收到征求意见书",
            Self::ConsultationClosed { .. } => "征求意见结束",
            Self::Extended { .. } => "延期答复",
            Self::FeeNotified { .. } => "收费通知",
            Self::FeePaid { .. } => "缴费",
            Self::FeeLapsed { .. } => "逾期未缴费",
            Self::ReasonRequested { .. } => "要求说明理由",
            Self::ReasonReceived { .. } => "收到理由说明",
            Self::Delayed { .. } => "延迟答复",
            Self::Withdrawn { .. } => "撤回",
            Self::Replied { .. } => "答复",
            Self::Registered { .. } => "台账登记的办结",
            Self::Reopened { .. } => "责令重新答复",
        }
    }
}
