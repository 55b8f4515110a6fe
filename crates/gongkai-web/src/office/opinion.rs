//! The form in which a reviewer signs: at the secrecy review with what is touched, the conclusion and its basis.

use gongkai_model::publication::{Attribute, Concern, Decision, SecrecyResult};
use gongkai_service::platform::Fault;

use crate::posted::Posted;

/// What the form shows: empty at first, what was typed where it did not go through. Nothing is chosen beforehand.
#[derive(Debug, Clone, Default)]
pub(crate) struct OpinionForm {
    pub(crate) comment: String,
    pub(crate) result: String,
    pub(crate) touched: Vec<String>,
    pub(crate) clear: bool,
    pub(crate) basis: String,
}

impl OpinionForm {
    pub(crate) fn of(posted: &Posted) -> Self {
        Self {
            comment: posted.get("comment").to_owned(),
            result: posted.get("result").to_owned(),
            touched: posted.all("concerns").to_vec(),
            clear: posted.get("clear") == "1",
            basis: posted.get("basis").to_owned(),
        }
    }

    pub(crate) fn concerns(&self) -> Vec<(&'static str, &'static str, bool)> {
        Concern::ALL
            .iter()
            .map(|one| (one.code(), one.label(), self.touched.iter().any(|code| code == one.code())))
            .collect()
    }

    pub(crate) fn results(&self) -> Vec<(&'static str, &'static str, bool)> {
        SecrecyResult::ALL.iter().map(|one| (one.code(), one.label(), self.result == one.code())).collect()
    }
}

/// What was signed, about an item of an attribute.
pub(crate) fn decision(posted: &Posted, attribute: Attribute) -> Result<Decision, Fault> {
    let form = OpinionForm::of(posted);
    let passes = posted.get("verdict") == "passed";
    if passes && !form.result.is_empty() && form.touched.is_empty() && !form.clear {
        return Err(Fault::field("concerns", "逐项核对：涉及的勾选；都不涉及的，勾选“逐项核对，均不涉及”"));
    }
    if passes && form.clear && !form.touched.is_empty() {
        return Err(Fault::field("concerns", "勾选了涉及的内容，又勾选了“均不涉及”：留下对的一种"));
    }
    let verdict = if passes { "passed" } else { "returned" };
    Ok(Decision::read((verdict, &form.result), (&form.basis, &form.touched), attribute, &form.comment)?)
}
