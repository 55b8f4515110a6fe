//! Leave: one person stands in for another for some days.

use gongkai_model::Refusal;
use gongkai_model::ids::OfficerId;
use gongkai_model::officer::{Act, Role};
use gongkai_store::RoleRecord;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::people::incompatible;
use super::services::{Actor, Services};
use super::{Fault, clock};

impl Services {
    /// Lets a person stand in for another, for some days, in the roles of the other that sign.
    ///
    /// # Errors
    /// They are the same, of different agencies, or the days are the wrong way round.
    pub async fn substitute(
        &self,
        now: Timestamp,
        actor: &Actor,
        away: OfficerId,
        stand_in: OfficerId,
        from: Date,
        until: Date,
    ) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        let (Some(one), Some(other)) = (tx.account(away).await?, tx.account(stand_in).await?) else {
            return Err(Fault::NotFound);
        };
        actor.need(Act::Administer, one.agency)?;
        if away == stand_in || one.agency != other.agency {
            return Err(Fault::field("stand_in", "代理人应是同一机关的另一人"));
        }
        if until < from || until < clock::local_date(now) {
            return Err(Fault::field("until", "结束日期不早于开始日期和今天"));
        }
        let today = clock::local_date(now);
        let holds = |list: &[RoleRecord]| -> Vec<Role> {
            list.iter().filter(|one| one.standing_for.is_none() && one.holds_on(today)).map(|one| one.role).collect()
        };
        let held = tx.roles(stand_in).await?;
        let own = holds(&held);
        // What the person stands in for already within these days counts too.
        let mut together = own.clone();
        for one in held.iter().filter(|one| one.standing_for.is_some() && one.from <= until) {
            if one.until.is_none_or(|last| last >= from) && !together.contains(&one.role) {
                together.push(one.role);
            }
        }
        let mut given = Vec::new();
        for role in holds(&tx.roles(away).await?) {
            // Accounts and the audit chain are no matter of a day's absence.
            if matches!(role, Role::Administrator | Role::Auditor) {
                continue;
            }
            // Who heads one section may stand in for the head of another.
            let elsewhere = role == Role::SectionHead && other.section.is_some() && one.section != other.section;
            let twice = held.iter().any(|known| {
                known.role == role
                    && known.standing_for == Some(away)
                    && known.from <= until
                    && known.until.is_none_or(|last| last >= from)
            });
            if twice || together.contains(&role) && !elsewhere {
                continue;
            }
            together.push(role);
            if incompatible(&together).is_some() {
                together.pop();
                continue;
            }
            tx.insert_role(&RoleRecord {
                id: Uuid::now_v7(),
                officer: stand_in,
                role,
                from,
                until: Some(until),
                standing_for: Some(away),
            })
            .await?;
            given.push(role.code());
        }
        if given.is_empty() {
            return Err(Fault::field("stand_in", "没有可以代理的角色：对方已有同样的角色，或角色之间不能兼任"));
        }
        let detail = format!("for={away}\nfrom={from}\nuntil={until}\nroles={}", given.join(" "));
        self.record(&tx, now, actor, "officer.substitute", &stand_in.to_string(), &detail).await?;
        self.commit_rights(tx).await
    }

    /// Ends the days on which others stand in for a person, from today on.
    ///
    /// # Errors
    /// Nobody stands in for the person.
    pub async fn end_substitution(&self, now: Timestamp, actor: &Actor, away: OfficerId) -> Result<(), Fault> {
        let today = clock::local_date(now);
        let account = self.store.account(away).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Administer, account.agency)?;
        let open: Vec<RoleRecord> = self
            .store
            .roles_of_agency(account.agency)
            .await?
            .into_iter()
            .filter(|one| one.standing_for == Some(away) && one.until.is_none_or(|until| until >= today))
            .collect();
        if open.is_empty() {
            return Err(Refusal::new("现在没有人代理这位同事", "").into());
        }
        let tx = self.store.begin().await?;
        for one in &open {
            tx.end_role(one.id, today.yesterday().unwrap_or(today)).await?;
        }
        self.record(&tx, now, actor, "officer.substitute_end", &away.to_string(), "").await?;
        self.commit_rights(tx).await
    }
}
