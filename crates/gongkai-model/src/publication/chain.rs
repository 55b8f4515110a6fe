//! The chain of reviews before publication (先审后发): two to five steps, the secrecy review among them.

use crate::Refusal;
use crate::officer::Role;

/// A step of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Who signs.
    pub role: Role,
}

impl Step {
    /// What the step is called.
    pub fn label(self) -> &'static str {
        match self.role {
            Role::SectionHead => "科室复审",
            Role::SecrecyReviewer => "保密审查",
            Role::DivisionLeader => "终审",
            Role::Principal => "签发",
            Role::Checker => "核校",
            Role::Drafter
            | Role::Publisher
            | Role::Supervisor
            | Role::Auditor
            | Role::Administrator
            | Role::DisclosureOfficer
            | Role::DisclosureOfficeHead => "审核",
        }
    }
}

/// The steps that an agency asks for, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain(Vec<Step>);

impl Default for Chain {
    /// 科室复审 → 保密审查 → 终审.
    fn default() -> Self {
        Self([Role::SectionHead, Role::SecrecyReviewer, Role::DivisionLeader].map(|role| Step { role }).to_vec())
    }
}

impl Chain {
    /// A chain of these roles.
    ///
    /// # Errors
    /// Fewer than two steps or more than five; no secrecy review or more than one; a role twice or one that signs nothing.
    pub fn new(roles: &[Role]) -> Result<Self, Refusal> {
        if !(2..=5).contains(&roles.len()) {
            return Err(Refusal::new(format!("审核链有{}步", roles.len()), "设二至五步"));
        }
        if roles.iter().filter(|role| **role == Role::SecrecyReviewer).count() != 1 {
            return Err(
                Refusal::new("审核链必须有且只有一步保密审查", "加上保密审查").by("《政府信息公开条例》第十七条")
            );
        }
        for (at, role) in roles.iter().enumerate() {
            let signs = matches!(
                role,
                Role::SectionHead | Role::SecrecyReviewer | Role::DivisionLeader | Role::Principal | Role::Checker
            );
            if !signs {
                return Err(Refusal::new(format!("{}不在审核链上签署", role.label()), "换成负责审核的角色"));
            }
            if roles.iter().take(at).any(|other| other == role) {
                return Err(Refusal::new(format!("“{}”出现了两次", role.label()), "每个角色只设一步"));
            }
        }
        if !matches!(roles.last(), Some(Role::DivisionLeader | Role::Principal)) {
            return Err(Refusal::new("最后一步应由分管领导或主要负责人签署", "调整次序"));
        }
        Ok(Self(roles.iter().map(|role| Step { role: *role }).collect()))
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The roles as codes, for storing.
    pub fn codes(&self) -> String {
        self.0.iter().map(|step| step.role.code()).collect::<Vec<_>>().join(" ")
    }

    /// The chain that was stored.
    ///
    /// # Errors
    /// As [`Chain::new`]; an unknown role.
    pub fn from_codes(codes: &str) -> Result<Self, Refusal> {
        let roles: Option<Vec<Role>> = codes.split_whitespace().map(Role::from_code).collect();
        Self::new(&roles.ok_or_else(|| Refusal::new("审核链中有不认识的角色", "重新设置审核链"))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_17_no_chain_is_without_secrecy_review() {
        use Role::{DivisionLeader, Drafter, Principal, SecrecyReviewer, SectionHead};
        for right in [
            vec![SecrecyReviewer, DivisionLeader],
            vec![SectionHead, SecrecyReviewer, DivisionLeader],
            vec![SectionHead, SecrecyReviewer, DivisionLeader, Principal],
        ] {
            let chain = Chain::new(&right).unwrap();
            assert_eq!(Chain::from_codes(&chain.codes()).unwrap(), chain);
        }
        for wrong in [
            vec![SectionHead, DivisionLeader],
            vec![SecrecyReviewer],
            vec![DivisionLeader, SecrecyReviewer],
            vec![SecrecyReviewer, SectionHead, SectionHead, Principal],
            vec![Drafter, SecrecyReviewer, Principal],
        ] {
            assert!(Chain::new(&wrong).is_err(), "{wrong:?}");
        }
    }
}
