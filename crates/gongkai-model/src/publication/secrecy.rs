//! The secrecy review (保密审查): what the reviewer says, and on what basis (条例 第十七条; 保密法 第三十五条).

use super::Attribute;
use super::edition::Verdict;
use crate::Refusal;
use crate::codes::codes;

codes! {
    /// 保密审查结论.
    SecrecyResult {
        /// May be published as it is.
        Public = "public", "可公开";
        /// May be published: what may not was taken out of this text.
        AfterRemoval = "after_removal", "删减后公开";
        /// May not be published.
        NotPublic = "not_public", "不予公开";
        /// Unclear: the competent department or the secrecy administration is asked (条例 第十七条第三款).
        Referred = "referred", "报请确定";
    }
}

codes! {
    /// What the 审查表 asks about, one by one.
    Concern {
        /// 条例 第十四条.
        StateSecret = "state_secret", "国家秘密";
        /// 公务员法 第五十九条、保密法 第六十四条.
        WorkSecret = "work_secret", "工作秘密";
        /// 条例 第十五条.
        TradeSecret = "trade_secret", "商业秘密";
        /// 条例 第十五条.
        Privacy = "privacy", "个人隐私";
        /// 条例 第十四条.
        ThreeSecurities = "endangers_security_stability", "国家安全、公共安全、经济安全、社会稳定";
    }
}

/// What the secrecy reviewer signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecrecyOpinion {
    /// The conclusion.
    pub result: SecrecyResult,
    /// The instrument and article it follows from.
    pub basis: String,
    /// What the text touches; empty where it touches none of them.
    pub concerns: Vec<Concern>,
}

/// The basis that holds where nothing else is named.
const ORDINARY: &str = "《政府信息公开条例》第十七条";

impl SecrecyOpinion {
    /// An opinion of the ordinary kind: nothing is touched.
    pub fn public() -> Self {
        Self { result: SecrecyResult::Public, basis: ORDINARY.to_owned(), concerns: Vec::new() }
    }

    /// What was filled in, checked: a conclusion other than 可公开 names its basis, and what is touched has consequences.
    ///
    /// # Errors
    /// The basis is missing; something is touched and the text is to be public as it is.
    pub fn new(result: SecrecyResult, basis: &str, concerns: Vec<Concern>) -> Result<Self, Refusal> {
        let basis = basis.trim();
        if result != SecrecyResult::Public && basis.chars().count() < 4 {
            return Err(Refusal::new(
                format!("结论为“{}”的，没有写明依据", result.label()),
                "写明法律、法规或规定的名称和条文",
            )
            .by(ORDINARY));
        }
        if concerns.contains(&Concern::StateSecret)
            && !matches!(result, SecrecyResult::NotPublic | SecrecyResult::Referred)
        {
            return Err(Refusal::new(
                "涉及国家秘密的不得公开",
                "确属国家秘密的选“不予公开”；不能确定的选“报请确定”。都要停止传阅，报保密工作机构",
            )
            .by("《政府信息公开条例》第十四条、第十七条第三款"));
        }
        if result == SecrecyResult::Public && !concerns.is_empty() {
            return Err(Refusal::new("勾选了涉及的内容，结论却是“可公开”", "已删去的选“删减后公开”；不涉及的取消勾选")
                .by("《政府信息公开条例》第十四条、第十五条"));
        }
        let basis = if basis.is_empty() { ORDINARY } else { basis };
        Ok(Self { result, basis: basis.to_owned(), concerns })
    }

    /// What the conclusion means for an item of an attribute: what is to be public and may not goes back.
    pub fn verdict(&self, attribute: Attribute) -> Verdict {
        match self.result {
            SecrecyResult::Public => Verdict::Passed,
            SecrecyResult::NotPublic if attribute == Attribute::Withheld => Verdict::Passed,
            // What may not be public is taken out by the drafter first; then the same conclusion passes.
            SecrecyResult::AfterRemoval | SecrecyResult::NotPublic => Verdict::Returned,
            SecrecyResult::Referred => Verdict::Referred,
        }
    }

    /// Whether it says that the text touches a national secret: the draft is kept apart then.
    pub fn finds_secret(&self) -> bool {
        self.concerns.contains(&Concern::StateSecret)
    }

    /// The concerns as codes, for storing.
    pub fn concern_codes(&self) -> String {
        self.concerns.iter().map(|one| one.code()).collect::<Vec<_>>().join(" ")
    }

    /// What was stored.
    pub fn stored(result: &str, basis: &str, concerns: &str) -> Option<Self> {
        Some(Self {
            result: SecrecyResult::from_code(result)?,
            basis: basis.to_owned(),
            concerns: concerns.split_whitespace().map(Concern::from_code).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_17_a_conclusion_names_its_basis_and_fits_what_is_touched() {
        use SecrecyResult::{AfterRemoval, NotPublic, Public, Referred};
        let new = |result, basis: &str, concerns: &[Concern]| SecrecyOpinion::new(result, basis, concerns.to_vec());
        assert_eq!(new(Public, " ", &[]).unwrap(), SecrecyOpinion::public());
        for result in [AfterRemoval, NotPublic, Referred] {
            assert!(new(result, "", &[]).is_err(), "{result:?}");
        }
        assert!(new(Public, "条例第十五条", &[Concern::Privacy]).is_err());
        assert!(new(AfterRemoval, "条例第十五条", &[Concern::Privacy]).is_ok());
        assert!(new(AfterRemoval, "条例第十四条", &[Concern::StateSecret]).is_err());
        assert!(new(Referred, "条例第十七条第三款", &[Concern::StateSecret]).is_ok());
    }

    #[test]
    fn article_17_what_may_not_be_public_goes_back_and_what_is_unclear_waits() {
        let verdict = |result, attribute| {
            SecrecyOpinion::new(result, "条例第十七条第三款", Vec::new()).unwrap().verdict(attribute)
        };
        assert_eq!(verdict(SecrecyResult::NotPublic, Attribute::Proactive), Verdict::Returned);
        assert_eq!(verdict(SecrecyResult::NotPublic, Attribute::Withheld), Verdict::Passed);
        assert_eq!(verdict(SecrecyResult::Referred, Attribute::Proactive), Verdict::Referred);
        assert_eq!(verdict(SecrecyResult::AfterRemoval, Attribute::OnRequest), Verdict::Returned, "removed first");
    }
}
