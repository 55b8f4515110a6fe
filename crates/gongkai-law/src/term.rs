//! Terms beside the reply period: how long each is, of which days, and which article sets it.

use gongkai_calendar::{Calendar, OutOfRange, Pauses};
use jiff::civil::{Date, date};

use crate::{Article, Instrument};

/// How a term is counted. Working days and natural days never mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    /// 工作日: ends on a working day by construction.
    WorkDays(u32),
    /// 日: natural days; an end on a rest day moves to the next working day.
    NaturalDays(u32),
    /// 月: the same day of the month, or its last; an end on a rest day moves to the next working day.
    Months(u32),
}

/// A term that runs from an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// The reply to an application, from its receipt.
    Reply,
    /// The one notice of what to correct, from receipt.
    CorrectionNotice,
    /// The answer of a third party, from its receipt of the letter.
    ThirdPartyAnswer,
    /// The answer of a co-maker, from its receipt of the letter; silence agrees.
    JointMakerAnswer,
    /// Payment of the processing fee, from receipt of the notice.
    FeePayment,
    /// Publication of proactive information, from the day it was formed or changed.
    Publication,
    /// Publication of a department's budget or accounts, from approval.
    BudgetPublication,
    /// Withdrawal of a published penalty decision that was changed, revoked, found illegal or void, from that day.
    PenaltyWithdrawal,
    /// The application for reconsideration, from knowing of the act.
    ReconsiderationFiling,
    /// A suit after reconsideration, from receipt of the decision.
    SuitAfterReconsideration,
    /// A suit without reconsideration, from knowing of the act.
    DirectSuit,
    /// A suit against silence, from the end of the reply period.
    SuitAgainstSilence,
    /// The organ's answer in ordinary reconsideration, from receipt of the copy.
    ReconsiderationAnswer,
    /// The organ's answer in simplified reconsideration.
    SimplifiedReconsiderationAnswer,
    /// The decision in ordinary reconsideration, from acceptance.
    ReconsiderationDecision,
    /// The decision in ordinary reconsideration put off by the 30 days it may be, from acceptance.
    ReconsiderationDecisionExtended,
    /// The decision in simplified reconsideration.
    SimplifiedReconsiderationDecision,
    /// The organ's answer and evidence in a suit, from receipt of the copy.
    SuitAnswer,
    /// Feedback on a reconsideration organ's opinion, from its receipt.
    OpinionFeedback,
}

impl Term {
    /// Every term.
    pub const ALL: [Self; 19] = [
        Self::Reply,
        Self::CorrectionNotice,
        Self::ThirdPartyAnswer,
        Self::JointMakerAnswer,
        Self::FeePayment,
        Self::Publication,
        Self::BudgetPublication,
        Self::PenaltyWithdrawal,
        Self::ReconsiderationFiling,
        Self::SuitAfterReconsideration,
        Self::DirectSuit,
        Self::SuitAgainstSilence,
        Self::ReconsiderationAnswer,
        Self::SimplifiedReconsiderationAnswer,
        Self::ReconsiderationDecision,
        Self::ReconsiderationDecisionExtended,
        Self::SimplifiedReconsiderationDecision,
        Self::SuitAnswer,
        Self::OpinionFeedback,
    ];

    /// Its length.
    pub fn length(self) -> Length {
        match self {
            Self::Reply | Self::FeePayment | Self::Publication => Length::WorkDays(20),
            Self::CorrectionNotice => Length::WorkDays(7),
            Self::ThirdPartyAnswer | Self::JointMakerAnswer => Length::WorkDays(15),
            Self::ReconsiderationAnswer => Length::WorkDays(10),
            Self::SimplifiedReconsiderationAnswer => Length::WorkDays(5),
            Self::PenaltyWithdrawal => Length::WorkDays(3),
            Self::BudgetPublication => Length::NaturalDays(20),
            Self::ReconsiderationDecisionExtended => Length::NaturalDays(90),
            Self::ReconsiderationFiling | Self::ReconsiderationDecision | Self::OpinionFeedback => {
                Length::NaturalDays(60)
            }
            Self::SimplifiedReconsiderationDecision => Length::NaturalDays(30),
            Self::SuitAfterReconsideration | Self::SuitAnswer => Length::NaturalDays(15),
            Self::DirectSuit | Self::SuitAgainstSilence => Length::Months(6),
        }
    }

    /// The article that sets it.
    pub fn article(self) -> Article {
        use Instrument::{
            BudgetLaw, FeeMeasures, LitigationInterpretation, LitigationLaw, PenaltyLaw, ReconsiderationLaw,
        };
        match self {
            Self::Reply => Article::regulation(33).paragraph(2),
            Self::CorrectionNotice => Article::regulation(30),
            Self::ThirdPartyAnswer => Article::regulation(32),
            Self::JointMakerAnswer => Article::regulation(34),
            Self::FeePayment => Article::of(FeeMeasures, 6),
            Self::Publication => Article::regulation(26),
            Self::BudgetPublication => Article::of(BudgetLaw, 14),
            Self::PenaltyWithdrawal => Article::of(PenaltyLaw, 48),
            Self::ReconsiderationFiling => Article::of(ReconsiderationLaw, 20),
            Self::SuitAfterReconsideration => Article::of(LitigationLaw, 45),
            Self::DirectSuit => Article::of(LitigationLaw, 46),
            Self::SuitAgainstSilence => Article::of(LitigationInterpretation, 66),
            Self::ReconsiderationAnswer => Article::of(ReconsiderationLaw, 48),
            Self::SimplifiedReconsiderationAnswer => Article::of(ReconsiderationLaw, 54),
            Self::ReconsiderationDecision | Self::ReconsiderationDecisionExtended => {
                Article::of(ReconsiderationLaw, 62).paragraph(1)
            }
            Self::SimplifiedReconsiderationDecision => Article::of(ReconsiderationLaw, 62).paragraph(2),
            Self::SuitAnswer => Article::of(LitigationLaw, 67),
            Self::OpinionFeedback => Article::of(ReconsiderationLaw, 76),
        }
    }

    /// The last day of the term from an event on `from`.
    ///
    /// # Errors
    /// A date outside the calendar.
    pub fn due(self, from: Date, calendar: &Calendar) -> Result<Date, OutOfRange> {
        self.length().end(from, calendar)
    }
}

impl Length {
    /// The last day of a term of this length. The day of the event does not count (《民法典》第二百零一条); natural
    /// terms that end on a rest day end on the next working day (《民法典》第二百零三条).
    ///
    /// # Errors
    /// A date outside the calendar.
    pub fn end(self, from: Date, calendar: &Calendar) -> Result<Date, OutOfRange> {
        let natural = |span: jiff::Span| {
            let end = from.checked_add(span).map_err(|_| OutOfRange::Term(from))?;
            calendar.roll_forward(end)
        };
        match self {
            Self::WorkDays(days) => calendar.add_workdays(from, days, &Pauses::none()),
            Self::NaturalDays(days) => natural(jiff::Span::new().days(days)),
            Self::Months(months) => natural(jiff::Span::new().months(months)),
        }
    }
}

/// The day an annual report is due (条例 第四十九条): 31 January for departments, 31 March for governments. No rule
/// moves it off a rest day, so the office plans for the working day before.
///
/// # Errors
/// A year outside the calendar.
pub fn annual_report_due(report_year: i16, government: bool, calendar: &Calendar) -> Result<(Date, Date), OutOfRange> {
    let year = report_year.checked_add(1).ok_or(OutOfRange::Year(report_year))?;
    let legal = if government { date(year, 3, 31) } else { date(year, 1, 31) };
    let planned = if calendar.is_workday(legal)? { legal } else { calendar.workdays_before(legal, 1)? };
    Ok((legal, planned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(term: Term, from: Date) -> Date {
        term.due(from, Calendar::official()).unwrap()
    }

    #[test]
    fn x10_publication_is_due_twenty_working_days_after_forming() {
        assert_eq!(due(Term::Publication, date(2026, 9, 18)), date(2026, 10, 22));
    }

    #[test]
    fn x12_reconsideration_in_sixty_days_suit_in_six_months() {
        assert_eq!(due(Term::ReconsiderationFiling, date(2026, 1, 15)), date(2026, 3, 16));
        assert_eq!(due(Term::DirectSuit, date(2026, 1, 15)), date(2026, 7, 15));
    }

    #[test]
    fn x13_the_respondent_answers_in_ten_or_five_working_days() {
        assert_eq!(due(Term::ReconsiderationAnswer, date(2025, 9, 29)), date(2025, 10, 20));
        assert_eq!(due(Term::SimplifiedReconsiderationAnswer, date(2025, 9, 29)), date(2025, 10, 13));
    }

    #[test]
    fn x14_a_silent_joint_maker_agrees_after_fifteen_working_days() {
        assert_eq!(due(Term::JointMakerAnswer, date(2024, 4, 25)), date(2024, 5, 17));
    }

    #[test]
    fn litigation_law_article_45_fifteen_days_after_reconsideration() {
        assert_eq!(due(Term::SuitAfterReconsideration, date(2025, 9, 1)), date(2025, 9, 16));
        // The fifteenth day falls in the holiday.
        assert_eq!(due(Term::SuitAfterReconsideration, date(2025, 9, 20)), date(2025, 10, 9));
        assert_eq!(Term::SuitAfterReconsideration.article().to_string(), "《行政诉讼法》第四十五条");
    }

    #[test]
    fn silence_may_be_sued_for_six_months_from_the_end_of_the_reply_period() {
        // X7: due 2025-10-11; the last day, 11 April 2026, is a Saturday.
        assert_eq!(due(Term::SuitAgainstSilence, date(2025, 10, 11)), date(2026, 4, 13));
    }

    #[test]
    fn reconsideration_law_article_62_sixty_days_or_ninety_thirty_where_simplified() {
        let from = date(2025, 6, 3);
        assert_eq!(due(Term::ReconsiderationDecision, from), date(2025, 8, 4));
        assert_eq!(due(Term::ReconsiderationDecisionExtended, from), date(2025, 9, 1));
        assert_eq!(due(Term::SimplifiedReconsiderationDecision, from), date(2025, 7, 3));
    }

    #[test]
    fn reconsideration_law_article_76_feedback_in_sixty_days() {
        assert_eq!(due(Term::OpinionFeedback, date(2026, 1, 15)), date(2026, 3, 16));
    }

    #[test]
    fn budget_law_article_14_a_budget_is_public_twenty_days_after_approval() {
        // Natural days: over the same time 20 working days would end a week later.
        assert_eq!(due(Term::BudgetPublication, date(2026, 3, 2)), date(2026, 3, 23));
    }

    #[test]
    fn penalty_law_article_48_a_revoked_decision_is_withdrawn_in_three_working_days() {
        assert_eq!(due(Term::PenaltyWithdrawal, date(2025, 9, 29)), date(2025, 10, 10));
    }

    #[test]
    fn natural_terms_end_on_a_working_day_and_months_keep_to_their_end() {
        // 15 days from 2025-09-20 end on 5 October, within the holiday.
        assert_eq!(due(Term::SuitAnswer, date(2025, 9, 20)), date(2025, 10, 9));
        // Six months from 31 August end on 28 February 2026, a Saturday that is worked.
        assert_eq!(due(Term::DirectSuit, date(2025, 8, 31)), date(2026, 2, 28));
    }

    #[test]
    fn article_49_departments_by_31_january_governments_by_31_march() {
        let calendar = Calendar::official();
        assert_eq!(annual_report_due(2025, false, calendar), Ok((date(2026, 1, 31), date(2026, 1, 30))));
        assert_eq!(annual_report_due(2024, false, calendar), Ok((date(2025, 1, 31), date(2025, 1, 27))));
        assert_eq!(annual_report_due(2025, true, calendar), Ok((date(2026, 3, 31), date(2026, 3, 31))));
        assert!(annual_report_due(i16::MAX, true, calendar).is_err());
    }

    #[test]
    fn every_term_has_an_end_and_an_article() {
        for term in Term::ALL {
            assert!(due(term, date(2025, 6, 3)) > date(2025, 6, 3));
            assert!(term.article().to_string().contains('第'));
        }
        assert!(Term::Reply.due(Date::MAX, Calendar::official()).is_err());
        assert!(Term::DirectSuit.due(date(2099, 12, 1), Calendar::official()).is_err());
    }
}
