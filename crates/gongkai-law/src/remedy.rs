//! Which law governs a remedy paragraph, by the date of service.

use jiff::civil::{Date, date};

use crate::{Article, Instrument, Remedy};

/// 复议法 第二十三条第一款第四项: refusing to disclose is reconsidered first.
const RECONSIDERED_FIRST: Article = Article::of(Instrument::ReconsiderationLaw, 23).paragraph(1).item(4);
/// 公开解释 第一条第二项: which refusals those are.
const REFUSALS: Article = Article::of(Instrument::DisclosureInterpretation, 1).item(2);

/// The law on remedies at a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RemedyLaw {
    /// Before 2024-01-01: reconsideration by the government or the superior department, or a suit, for every letter.
    Before2024,
    /// From 2024-01-01: 复议法 第二十三条, reconsideration first where disclosure is refused; the government alone
    /// reconsiders (第二十四条).
    From2024,
    /// From 2025-06-01: 公开解释 第一条 says which refusals those are.
    From2025June,
}

impl RemedyLaw {
    /// The law that governs a letter served on a day.
    pub fn on(served: Date) -> Self {
        if served < date(2024, 1, 1) {
            Self::Before2024
        } else if served < date(2025, 6, 1) {
            Self::From2024
        } else {
            Self::From2025June
        }
    }

    /// What a letter cites for reconsideration first: nothing before 2024, the law alone until the Supreme Court said
    /// which refusals it means, both from then on.
    pub fn basis(self) -> &'static [Article] {
        match self {
            Self::Before2024 => &[],
            Self::From2024 => &[RECONSIDERED_FIRST],
            Self::From2025June => &[RECONSIDERED_FIRST, REFUSALS],
        }
    }

    /// The remedy that stands in a letter under this law.
    pub fn remedy(self, remedy: Remedy) -> Remedy {
        match (self, remedy) {
            (_, Remedy::None) => Remedy::None,
            (Self::Before2024, Remedy::ReconsiderationFirst | Remedy::Either | Remedy::Mixed) => Remedy::Either,
            (Self::From2024 | Self::From2025June, given) => given,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;

    #[test]
    fn reconsideration_law_article_23_refusals_are_reconsidered_first_from_2024() {
        let remedy = Outcome::StateSecret.remedy(&[]);
        assert_eq!(RemedyLaw::on(date(2023, 12, 31)).remedy(remedy), Remedy::Either);
        assert_eq!(RemedyLaw::on(date(2024, 1, 1)).remedy(remedy), Remedy::ReconsiderationFirst);
        assert_eq!(RemedyLaw::on(date(2025, 6, 1)), RemedyLaw::From2025June);
        assert_eq!(RemedyLaw::on(date(2025, 5, 31)), RemedyLaw::From2024);
        let cited = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 5, 31), date(2025, 6, 1)]
            .map(|served| RemedyLaw::on(served).basis().len());
        assert_eq!(cited, [0, 1, 1, 2]);
    }

    #[test]
    fn disclosure_interpretation_article_1_only_articles_14_15_16_bring_it() {
        let first: Vec<Outcome> =
            Outcome::ALL.into_iter().filter(|o| o.remedy(&[]) == Remedy::ReconsiderationFirst).collect();
        assert_eq!(
            first,
            [
                Outcome::StateSecret,
                Outcome::ProhibitedByLaw,
                Outcome::EndangersSecurityStability,
                Outcome::ThirdPartyRights,
                Outcome::InternalAffairs,
                Outcome::ProcessInfo,
                Outcome::EnforcementFile
            ]
        );
        // Row 8 of 不予公开 is not among them; nor is a lapsed correction or an unpaid fee.
        for outcome in [Outcome::StatutoryInquiry, Outcome::CorrectionAbandoned, Outcome::FeeUnpaid, Outcome::NotExist]
        {
            assert_eq!(outcome.remedy(&[]), Remedy::Either, "{outcome:?}");
        }
    }

    #[test]
    fn a_partial_reply_has_both_remedies_unless_nothing_is_withheld_under_14_to_16() {
        assert_eq!(Outcome::Partial.remedy(&[Outcome::ThirdPartyRights]), Remedy::Mixed);
        assert_eq!(Outcome::Partial.remedy(&[Outcome::NotGovernmentInfo]), Remedy::Either);
        assert_eq!(Outcome::Withdrawn.remedy(&[]), Remedy::None);
    }
}
