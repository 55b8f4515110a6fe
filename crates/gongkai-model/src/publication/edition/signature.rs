//! What a reviewer says at a step, and the signature that is kept of it.

use jiff::Timestamp;

use crate::Refusal;
use crate::ids::OfficerId;
use crate::officer::Role;
use crate::publication::{Attribute, Concern, SecrecyOpinion, SecrecyResult};

/// What a reviewer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Agreed.
    Passed,
    /// Given back with reasons.
    Returned,
    /// Unclear: another authority was asked, the step stays open (条例 第十七条第三款).
    Referred,
}

/// What a reviewer says at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Agreed, given back, or referred.
    pub verdict: Verdict,
    /// The words; compulsory when giving back and when referring.
    pub comment: String,
    /// The conclusion of the secrecy review; at its step alone.
    pub secrecy: Option<SecrecyOpinion>,
}

impl Decision {
    /// Agrees.
    pub fn passed(comment: impl Into<String>) -> Self {
        Self { verdict: Verdict::Passed, comment: comment.into(), secrecy: None }
    }

    /// Gives back.
    pub fn returned(comment: impl Into<String>) -> Self {
        Self { verdict: Verdict::Returned, comment: comment.into(), secrecy: None }
    }

    /// What a form or a program says: `passed`, with a conclusion at the secrecy review, or `returned`.
    ///
    /// # Errors
    /// The words are unknown; as [`SecrecyOpinion::new`].
    pub fn read(
        (verdict, result): (&str, &str),
        (basis, concerns): (&str, &[String]),
        attribute: Attribute,
        comment: &str,
    ) -> Result<Self, Refusal> {
        match (verdict, result) {
            ("passed", "") => Ok(Self::passed(comment)),
            ("passed", code) => {
                let result = SecrecyResult::from_code(code)
                    .ok_or_else(|| Refusal::new("没有这种保密审查结论", "从给出的结论中选一项"))?;
                let concerns: Option<Vec<Concern>> = concerns.iter().map(|code| Concern::from_code(code)).collect();
                let concerns = concerns.ok_or_else(|| Refusal::new("没有这种涉及的内容", "从给出的内容中选"))?;
                Ok(Self::secrecy(SecrecyOpinion::new(result, basis, concerns)?, attribute, comment))
            }
            ("returned", _) => Ok(Self::returned(comment)),
            _ => Err(Refusal::new("verdict 应为 passed 或 returned", "")),
        }
    }

    /// The conclusion of a secrecy review about an item of an attribute.
    pub fn secrecy(opinion: SecrecyOpinion, attribute: Attribute, comment: impl Into<String>) -> Self {
        Self { verdict: opinion.verdict(attribute), comment: comment.into(), secrecy: Some(opinion) }
    }
}

/// A signature at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Which submission it answers, from 1.
    pub round: u32,
    /// The step, from 0.
    pub step: usize,
    /// The role it was given in.
    pub role: Role,
    /// Who signed.
    pub officer: OfficerId,
    /// For whom, where the person stood in for another (代).
    pub standing_for: Option<OfficerId>,
    /// When.
    pub at: Timestamp,
    /// What was decided.
    pub verdict: Verdict,
    /// The words; compulsory when giving back.
    pub comment: String,
    /// The hash of the content that was read.
    pub content: String,
    /// The conclusion of the secrecy review; at its step alone.
    pub secrecy: Option<SecrecyOpinion>,
}
