//! People, their roles, and what a role allows: apart from whether a step is possible.

use crate::ids::{AgencyId, OfficerId};

/// A role within one agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 承办人: drafts.
    Drafter,
    /// 科室负责人: second review.
    SectionHead,
    /// 保密审查员.
    SecrecyReviewer,
    /// 分管领导: final review.
    DivisionLeader,
    /// 主要负责人: signs what is important.
    Principal,
    /// 发布员: publishes what was approved, nothing else.
    Publisher,
    /// 核查员: checks what was published.
    Checker,
    /// 主管部门工作人员: sees all agencies below.
    Supervisor,
    /// 审计员: reads the audit chain, changes nothing.
    Auditor,
    /// 管理员: accounts, units, settings; never content.
    Administrator,
    /// 政府信息公开工作机构工作人员: handles applications.
    DisclosureOfficer,
    /// 政府信息公开工作机构负责人: agrees to extensions (条例 第三十三条第二款).
    DisclosureOfficeHead,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 12] = [
        Self::Drafter,
        Self::SectionHead,
        Self::SecrecyReviewer,
        Self::DivisionLeader,
        Self::Principal,
        Self::Publisher,
        Self::Checker,
        Self::Supervisor,
        Self::Auditor,
        Self::Administrator,
        Self::DisclosureOfficer,
        Self::DisclosureOfficeHead,
    ];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Drafter => "drafter",
            Self::SectionHead => "section_head",
            Self::SecrecyReviewer => "secrecy_reviewer",
            Self::DivisionLeader => "division_leader",
            Self::Principal => "principal",
            Self::Publisher => "publisher",
            Self::Checker => "checker",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::DisclosureOfficer => "disclosure_officer",
            Self::DisclosureOfficeHead => "disclosure_office_head",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Drafter => "承办人",
            Self::SectionHead => "科室负责人",
            Self::SecrecyReviewer => "保密审查员",
            Self::DivisionLeader => "分管领导",
            Self::Principal => "主要负责人",
            Self::Publisher => "发布员",
            Self::Checker => "核查员",
            Self::Supervisor => "主管部门工作人员",
            Self::Auditor => "审计员",
            Self::Administrator => "管理员",
            Self::DisclosureOfficer => "公开办工作人员",
            Self::DisclosureOfficeHead => "公开办负责人",
        }
    }
}

/// What a person wants to do. Whether it is possible now is asked elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Opens the office and its lists.
    Look,
    /// Writes and changes drafts, settles findings, submits.
    Draft,
    /// Signs or returns at a step of the chain that asks for this role.
    Review(Role),
    /// Publishes what is approved.
    Publish,
    /// Withdraws what is published.
    Withdraw,
    /// Sees what agencies below do.
    Supervise,
    /// Reads the audit chain.
    Audit,
    /// Handles applications and sees whose they are.
    Handle,
    /// Sees where applications stand, not whose they are.
    Oversee,
    /// Manages units, accounts and settings.
    Administer,
}

/// A role that a person may use today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The section (科室) it is held in; none where it holds for the whole agency.
    pub section: Option<AgencyId>,
    /// The person who is away and whose role it is; none where it is the own one.
    pub standing_for: Option<OfficerId>,
}

impl Grant {
    /// A role of the person's own, for the whole agency.
    pub fn own(role: Role) -> Self {
        Self { role, section: None, standing_for: None }
    }

    /// Whether it signs for what a section wrote: the head of a section signs for that section alone, every other role for the
    /// whole agency.
    pub fn covers(&self, section: Option<AgencyId>) -> bool {
        self.role != Role::SectionHead || self.section.is_none() || section.is_none() || self.section == section
    }
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The identity.
    pub id: OfficerId,
    /// The name people see.
    pub name: String,
    /// The agency the person serves.
    pub agency: AgencyId,
    /// The roles held there today, substitutions included; the own ones first.
    pub grants: Vec<Grant>,
}

impl Officer {
    /// Whether the person holds a role.
    pub fn holds(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The roles, each once.
    pub fn roles(&self) -> Vec<Role> {
        let mut roles: Vec<Role> = Vec::new();
        for grant in &self.grants {
            if !roles.contains(&grant.role) {
                roles.push(grant.role);
            }
        }
        roles
    }

    /// By what the person signs in a role for what a section wrote; none where the person may not.
    pub fn signs(&self, role: Role, section: Option<AgencyId>) -> Option<Grant> {
        self.grants.iter().copied().find(|grant| grant.role == role && grant.covers(section))
    }
}

/// Whether an officer may do an act at an agency.
///
/// Roles hold within the own agency. A supervisor and an auditor of the supervising office (`over_all`) look at all
/// agencies; nobody writes for another.
pub fn may(officer: &Officer, act: Act, agency: AgencyId, over_all: bool) -> bool {
    let holds = |role: Role| officer.holds(role);
    let own = officer.agency == agency;
    match act {
        Act::Look => own && !officer.grants.is_empty() || over_all && (holds(Role::Supervisor) || holds(Role::Auditor)),
        Act::Draft => own && holds(Role::Drafter),
        Act::Review(role) => own && holds(role),
        Act::Publish => own && holds(Role::Publisher),
        Act::Withdraw => own && (holds(Role::DivisionLeader) || holds(Role::Principal)),
        Act::Supervise => over_all && holds(Role::Supervisor),
        Act::Audit => holds(Role::Auditor) && (own || over_all),
        Act::Handle => own && (holds(Role::DisclosureOfficer) || holds(Role::DisclosureOfficeHead)),
        Act::Oversee => {
            own && [Role::DisclosureOfficer, Role::DisclosureOfficeHead, Role::DivisionLeader, Role::Principal]
                .into_iter()
                .any(holds)
        }
        Act::Administer => holds(Role::Administrator) && (own || over_all),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn officer(role: Role) -> Officer {
        Officer {
            id: OfficerId(Uuid::nil()),
            name: "甲".to_owned(),
            agency: AgencyId(Uuid::nil()),
            grants: vec![Grant::own(role)],
        }
    }

    #[test]
    fn each_role_does_its_own_and_nothing_else() {
        let own = AgencyId(Uuid::nil());
        for role in Role::ALL {
            let person = officer(role);
            assert_eq!(may(&person, Act::Draft, own, false), role == Role::Drafter);
            assert_eq!(may(&person, Act::Publish, own, false), role == Role::Publisher);
            assert_eq!(may(&person, Act::Administer, own, false), role == Role::Administrator);
            let handles = matches!(role, Role::DisclosureOfficer | Role::DisclosureOfficeHead);
            assert_eq!(may(&person, Act::Handle, own, false), handles, "{role:?}");
            for other in Role::ALL {
                assert_eq!(may(&person, Act::Review(other), own, false), role == other);
            }
        }
    }

    #[test]
    fn the_head_of_a_section_signs_for_that_section() {
        let (own, other) = (AgencyId(Uuid::from_u128(1)), AgencyId(Uuid::from_u128(2)));
        let mut head = officer(Role::SectionHead);
        head.grants = vec![Grant { section: Some(own), ..Grant::own(Role::SectionHead) }];
        assert!(head.signs(Role::SectionHead, Some(own)).is_some() && head.signs(Role::SectionHead, None).is_some());
        assert_eq!(head.signs(Role::SectionHead, Some(other)), None);
        let away = OfficerId(Uuid::max());
        head.grants.push(Grant { role: Role::SectionHead, section: Some(other), standing_for: Some(away) });
        assert_eq!(head.signs(Role::SectionHead, Some(other)).unwrap().standing_for, Some(away));
        assert_eq!(head.roles(), [Role::SectionHead]);
    }

    #[test]
    fn nobody_acts_for_another_agency() {
        let other = AgencyId(Uuid::max());
        for role in Role::ALL {
            let person = officer(role);
            for act in [Act::Draft, Act::Publish, Act::Withdraw, Act::Handle, Act::Review(role)] {
                assert!(!may(&person, act, other, true), "{role:?} {act:?}");
            }
            assert_eq!(may(&person, Act::Look, other, true), matches!(role, Role::Supervisor | Role::Auditor));
        }
    }
}
