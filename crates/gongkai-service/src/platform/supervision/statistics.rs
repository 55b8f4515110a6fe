//! Agencies against one another: shares, and which of them chance does not explain. Counts are whole numbers throughout, so the comparison is exact.

use gongkai_model::ids::AgencyId;
use gongkai_store::KeyFigures;

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: i64,
    /// The whole.
    pub whole: i64,
}

impl Share {
    /// In tenths of a percent, rounded; none of nothing.
    pub fn permille(self) -> Option<i64> {
        (self.whole > 0).then(|| (self.part * 1_000 + self.whole / 2) / self.whole)
    }

    /// As `12.3%`; a dash of nothing.
    pub fn percent(self) -> String {
        self.permille().map_or("—".to_owned(), |permille| format!("{}.{}%", permille / 10, permille % 10))
    }
}

/// What agencies are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compared {
    /// 予以公开 and 部分公开 of what was concluded.
    Disclosed,
    /// 不予公开 of what was concluded.
    Denied,
    /// 无法提供 of what was concluded.
    Unable,
    /// What is carried over of all there was to do.
    CarriedOut,
    /// Reconsiderations and suits of what was concluded.
    Disputed,
    /// 结果纠正 of the reconsiderations and suits.
    Overturned,
}

impl Compared {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::Disclosed, Self::Denied, Self::Unable, Self::CarriedOut, Self::Disputed, Self::Overturned];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Disclosed => "公开率（予以公开、部分公开占办结）",
            Self::Denied => "不予公开率（占办结）",
            Self::Unable => "无法提供率（占办结）",
            Self::CarriedOut => "结转率（结转占应办）",
            Self::Disputed => "争议率（复议诉讼比办结）",
            Self::Overturned => "纠错率（结果纠正占复议诉讼）",
        }
    }

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Disclosed => "disclosed",
            Self::Denied => "denied",
            Self::Unable => "unable",
            Self::CarriedOut => "carried_out",
            Self::Disputed => "disputed",
            Self::Overturned => "overturned",
        }
    }

    /// The share of an agency; none where its report does not print what it takes.
    pub fn of(self, key: &KeyFigures) -> Option<Share> {
        let share = |part: Option<i64>, whole: Option<i64>| Some(Share { part: part?, whole: whole? });
        let sum = |a: Option<i64>, b: Option<i64>| Some(a?.saturating_add(b?));
        match self {
            Self::Disclosed => share(sum(key.granted, key.partial), key.concluded),
            Self::Denied => share(key.denied, key.concluded),
            Self::Unable => share(key.unable, key.concluded),
            Self::CarriedOut => share(key.carried_out, sum(key.new_received, key.carried_in)),
            Self::Disputed => share(key.disputes, key.concluded),
            Self::Overturned => share(key.overturned, key.disputes),
        }
    }
}

/// An agency whose share chance does not explain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlier {
    /// The agency.
    pub agency: AgencyId,
    /// Its share.
    pub own: Share,
    /// The share of all others together.
    pub others: Share,
    /// How sure that is.
    pub confidence: Confidence,
}

/// How sure it is that a difference is not chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// 99 %.
    P99,
    /// 99.9 %.
    P999,
    /// 99.99 %.
    P9999,
}

impl Confidence {
    /// The square of the score beyond which chance is that rare, in thousandths.
    fn bound(self) -> i128 {
        match self {
            Self::P99 => 6_635,
            Self::P999 => 10_828,
            Self::P9999 => 15_137,
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::P99 => "99%",
            Self::P999 => "99.9%",
            Self::P9999 => "99.99%",
        }
    }

    /// Of how many agencies one would stand out by chance alone.
    pub fn one_in(self) -> usize {
        match self {
            Self::P99 => 100,
            Self::P999 => 1_000,
            Self::P9999 => 10_000,
        }
    }
}

/// How sure it is that a share differs from that of the others: the test of two proportions with what both have in common, in whole numbers.
/// None where it may be chance, or where there are too few cases to say (fewer than five expected anywhere).
fn differs(own: Share, others: Share) -> Option<Confidence> {
    let (k, n) = (i128::from(own.part), i128::from(own.whole));
    let (part, whole) = (i128::from(others.part), i128::from(others.whole));
    if n <= 0 || whole <= 0 || !(0..=n).contains(&k) || !(0..=whole).contains(&part) {
        return None;
    }
    let (all, with) = (n + whole, k + part);
    let without = all - with;
    // The least of the four counts that chance would lead to.
    if n.min(whole).checked_mul(with.min(without))? < 5_i128.checked_mul(all)? {
        return None;
    }
    // z² = (kN − nK)²·(n + N) ÷ (n·N·(k + K)·(n + N − k − K)).
    let difference = k.checked_mul(whole)?.checked_sub(n.checked_mul(part)?)?;
    let numerator = difference.checked_mul(difference)?.checked_mul(all)?.checked_mul(1_000)?;
    let denominator = n.checked_mul(whole)?.checked_mul(with)?.checked_mul(without)?;
    let score = numerator / denominator;
    [Confidence::P9999, Confidence::P999, Confidence::P99].into_iter().find(|one| score >= one.bound())
}

/// The agencies whose share chance does not explain, the surest first. Each is held against all others together.
pub(super) fn outliers(compared: Compared, all: &[(AgencyId, KeyFigures)]) -> Vec<Outlier> {
    let shares: Vec<(AgencyId, Share)> =
        all.iter().filter_map(|(agency, key)| Some((*agency, compared.of(key)?))).collect();
    let part: i64 = shares.iter().map(|(_, share)| share.part).sum();
    let whole: i64 = shares.iter().map(|(_, share)| share.whole).sum();
    let mut out: Vec<Outlier> = shares
        .into_iter()
        .filter_map(|(agency, own)| {
            let others = Share { part: part - own.part, whole: whole - own.whole };
            Some(Outlier { agency, own, others, confidence: differs(own, others)? })
        })
        .collect();
    out.sort_by_key(|one| std::cmp::Reverse(one.confidence));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: i64, whole: i64) -> Share {
        Share { part, whole }
    }

    #[test]
    fn a_share_is_rounded_and_nothing_has_none() {
        assert_eq!(share(1, 3).percent(), "33.3%");
        assert_eq!(share(0, 0).percent(), "—");
        assert_eq!(share(2, 3).permille(), Some(667));
    }

    #[test]
    fn few_cases_say_nothing_and_many_say_how_sure_it_is() {
        // Half of two is no sign where a tenth is usual; half of two hundred is.
        assert_eq!(differs(share(1, 2), share(100, 1_000)), None);
        assert_eq!(differs(share(100, 200), share(100, 1_000)), Some(Confidence::P9999));
        assert_eq!(differs(share(21, 200), share(100, 1_000)), None);
        // 34 of 200 against a tenth of a thousand: z² = 8.3.
        assert_eq!(differs(share(34, 200), share(100, 1_000)), Some(Confidence::P99));
        // A large agency against a few cases of the others: one twentieth against one tenth may be chance.
        assert_eq!(differs(share(1_000, 10_000), share(5, 100)), None);
        assert_eq!(differs(share(0, 0), share(100, 1_000)), None);
        assert_eq!(differs(share(3, 100), share(0, 1_000)), None);
        let large = i64::MAX / 4;
        assert_eq!(differs(share(large / 2, large), share(large / 3, large)), None, "out of range is not decided");
    }
}
