//! How reconsiderations and suits end, and the column of table 4 that each is counted in (domain 5.3).

use crate::{Article, Instrument, ProceedingColumn, ProceedingGroup};

/// How a reconsideration or a suit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling {
    /// The code that is stored.
    pub code: &'static str,
    /// What the paper calls it.
    pub label: &'static str,
    /// The column it is counted in.
    pub column: ProceedingColumn,
    /// What it rests on; none where the law names no single article.
    pub article: Option<Article>,
    /// Whether it orders or leaves room for a new reply.
    pub reopens: bool,
}

const fn fu(number: u16) -> Article {
    Article::of(Instrument::ReconsiderationLaw, number)
}

const fn su(number: u16) -> Article {
    Article::of(Instrument::LitigationLaw, number)
}

const fn one(
    code: &'static str,
    label: &'static str,
    column: ProceedingColumn,
    article: Option<Article>,
    reopens: bool,
) -> Ruling {
    Ruling { code, label, column, article, reopens }
}

use ProceedingColumn::{OtherResult, Overturned, Upheld};

/// 行政复议.
const RECONSIDERATION: [Ruling; 13] = [
    one("upheld", "维持", Upheld, Some(fu(68)), false),
    one("request_rejected", "驳回复议请求", Upheld, Some(fu(69)), false),
    one("changed", "变更", Overturned, Some(fu(63)), false),
    one("revoked", "撤销、部分撤销", Overturned, Some(fu(64)), true),
    one("unlawful", "确认违法", Overturned, Some(fu(65)), true),
    one("ordered", "责令履行", Overturned, Some(fu(66)), true),
    one("void", "确认无效", Overturned, Some(fu(67)), true),
    one("no_evidence", "未提出答复，视为没有证据而撤销等", Overturned, Some(fu(70)), true),
    one("ended", "终止（撤回、和解等）", OtherResult, Some(fu(41)), false),
    one("mediated", "调解书", OtherResult, Some(fu(73)), false),
    one("application_dismissed", "驳回复议申请", OtherResult, Some(fu(33)), false),
    one("transferred", "移送", OtherResult, None, false),
    one("other", "其他", OtherResult, None, false),
];

/// 行政诉讼.
const SUIT: [Ruling; 11] = [
    one("claim_rejected", "驳回诉讼请求", Upheld, Some(su(69)), false),
    one("revoked", "撤销、部分撤销", Overturned, Some(su(70)), true),
    one("ordered", "责令履行", Overturned, Some(su(72)), true),
    one("unlawful", "确认违法", Overturned, Some(su(74)), true),
    one("void", "确认无效", Overturned, Some(su(75)), true),
    one("changed", "变更", Overturned, Some(su(77)), false),
    one("withdrawn", "撤诉", OtherResult, None, false),
    one("suit_dismissed", "驳回起诉、不予立案", OtherResult, None, false),
    one("ended", "终结", OtherResult, None, false),
    one("transferred", "移送", OtherResult, None, false),
    one("other", "其他", OtherResult, None, false),
];

impl Ruling {
    /// How cases of a group can end.
    pub fn of(group: ProceedingGroup) -> &'static [Self] {
        match group {
            ProceedingGroup::Reconsideration => &RECONSIDERATION,
            ProceedingGroup::DirectSuit | ProceedingGroup::SuitAfterReconsideration => &SUIT,
        }
    }

    /// The ruling of a code in a group.
    pub fn parse(group: ProceedingGroup, code: &str) -> Option<&'static Self> {
        Self::of(group).iter().find(|one| one.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_4_every_ruling_has_its_column() {
        for group in ProceedingGroup::ALL {
            let mut codes: Vec<&str> = Ruling::of(group).iter().map(|one| one.code).collect();
            for column in [Upheld, Overturned, OtherResult] {
                assert!(Ruling::of(group).iter().any(|one| one.column == column), "{group:?} {column:?}");
            }
            assert!(Ruling::of(group).iter().all(|one| !one.reopens || one.column == Overturned));
            let count = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), count, "{group:?}");
        }
        // 驳回复议请求 upholds; 驳回起诉 says nothing about the matter.
        let column = |group, code| Ruling::parse(group, code).unwrap().column;
        assert_eq!(column(ProceedingGroup::Reconsideration, "request_rejected"), Upheld);
        assert_eq!(column(ProceedingGroup::DirectSuit, "suit_dismissed"), OtherResult);
        assert_eq!(column(ProceedingGroup::Reconsideration, "no_evidence"), Overturned);
    }
}
