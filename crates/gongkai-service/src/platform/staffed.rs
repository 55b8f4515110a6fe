//! Whether a chain of signatures can be gone through: every step by somebody else, nobody by whoever wrote the text.

use gongkai_model::Refusal;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::{Grant, Role};
use jiff::civil::Date;

use super::Fault;
use super::services::Services;

/// Whether every step can have a person of its own.
fn different(candidates: &[Vec<OfficerId>], taken: &mut Vec<OfficerId>) -> bool {
    let Some((first, rest)) = candidates.split_first() else { return true };
    first.iter().any(|one| {
        if taken.contains(one) {
            return false;
        }
        taken.push(*one);
        let fits = different(rest, taken);
        taken.pop();
        fits
    })
}

impl Services {
    /// Every step of the chain needs somebody who can sign it and did not write the text.
    ///
    /// # Errors
    /// The step that nobody can sign.
    pub(super) async fn staffed(
        &self,
        today: Date,
        (agency, of_section): (AgencyId, Option<AgencyId>),
        steps: &[(Role, &'static str)],
        authors: &[OfficerId],
    ) -> Result<(), Fault> {
        let accounts = self.store.accounts(Some(agency)).await?;
        let directory = self.directory();
        let section_of = |id: OfficerId| {
            let section = accounts.iter().find(|one| one.id == id).and_then(|one| one.section);
            section.filter(|id| directory.get(*id).is_some_and(|one| !one.is_closed))
        };
        let open = |id: OfficerId| accounts.iter().any(|one| one.id == id && !one.disabled);
        let roles = self.store.roles_of_agency(agency).await?;
        let mut candidates: Vec<Vec<OfficerId>> = Vec::new();
        for (role, label) in steps {
            let able: Vec<OfficerId> = roles
                .iter()
                .filter(|one| {
                    one.role == *role
                        && one.holds_on(today)
                        && open(one.officer)
                        // Whoever stands in can do no more than the person stood in for.
                        && one.standing_for.is_none_or(|away| {
                            roles.iter().any(|held| {
                                held.officer == away
                                    && held.role == one.role
                                    && held.standing_for.is_none()
                                    && held.holds_on(today)
                            })
                        })
                        && Grant {
                            section: section_of(one.standing_for.unwrap_or(one.officer)),
                            ..Grant::own(one.role)
                        }
                        .covers(of_section)
                        && !authors.contains(&one.officer)
                })
                .map(|one| one.officer)
                .collect();
            if able.is_empty() {
                let section = of_section.filter(|_| *role == Role::SectionHead);
                let of = section.map(|id| format!("{}的", directory.name(id))).unwrap_or_default();
                return Err(Refusal::new(
                    format!("审核链上的“{label}”没有人能签署"),
                    format!("请管理员指定{of}{}，或设置代理", role.label()),
                )
                .into());
            }
            candidates.push(able);
        }
        if !different(&candidates, &mut Vec::new()) {
            return Err(Refusal::new(
                "审核链上有几步只有同一个人能签署，而每一步要由不同的人签署",
                "请管理员再指定审核人，或设置代理",
            )
            .into());
        }
        Ok(())
    }
}
