//! Notices to people: the ladder of alarms by role, days that have moved. In the office at once; by mail once a day, outside the hours
//! of rest. No personal data stand in them.

use std::collections::BTreeSet;

use gongkai_calendar::{Calendar, Pauses};
use gongkai_model::application::clock::Alarm;
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::Role;
use gongkai_store::{Account, ApplicationRecord, Notice, RoleRecord};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::applications::answer_due;
use super::services::{Actor, Services};
use super::{Fault, clock};

/// The people of an agency and what they do there.
pub(super) struct Crew {
    accounts: Vec<Account>,
    roles: Vec<RoleRecord>,
    today: Date,
}

impl Crew {
    pub(super) fn of(&self, role: Role) -> impl Iterator<Item = OfficerId> + '_ {
        self.roles
            .iter()
            .filter(move |one| one.role == role && one.holds_on(self.today))
            .map(|one| one.officer)
            .filter(|id| self.accounts.iter().any(|one| one.id == *id && !one.disabled))
    }

    /// Whether a person may open a case: of the office, or the one it was given to.
    fn handles(&self, id: OfficerId, handler: Option<OfficerId>) -> bool {
        handler == Some(id)
            || self.of(Role::DisclosureOfficer).chain(self.of(Role::DisclosureOfficeHead)).any(|one| one == id)
    }

    /// Who is told of a case: its handler, or else the office; the nearer the day, the higher up (alarm ladder).
    pub(super) fn told(&self, handler: Option<OfficerId>, alarm: Alarm) -> BTreeSet<OfficerId> {
        let mut out: BTreeSet<OfficerId> = BTreeSet::new();
        match handler.filter(|id| self.accounts.iter().any(|one| one.id == *id && !one.disabled)) {
            Some(id) => {
                out.insert(id);
            }
            None => out.extend(self.of(Role::DisclosureOfficer)),
        }
        if alarm >= Alarm::Three {
            out.extend(self.of(Role::DisclosureOfficer));
        }
        if alarm >= Alarm::One {
            out.extend(self.of(Role::DisclosureOfficeHead));
        }
        if alarm >= Alarm::Today {
            out.extend(self.of(Role::DivisionLeader));
        }
        if alarm >= Alarm::Overdue {
            out.extend(self.of(Role::Principal));
        }
        out
    }
}

/// The word of an alarm in the mark of its notices.
fn word(alarm: Alarm) -> &'static str {
    match alarm {
        Alarm::Calm => "calm",
        Alarm::Ten => "10",
        Alarm::Five => "5",
        Alarm::Three => "3",
        Alarm::One => "1",
        Alarm::Today => "0",
        Alarm::Overdue => "late",
    }
}

fn sentence(calendar: &Calendar, what: &str, due: Date, today: Date, alarm: Alarm) -> String {
    let written = clock::written_date(due);
    match alarm {
        Alarm::Overdue => format!("{what}已于{written}到期，超期"),
        Alarm::Today => format!("{what}今天到期"),
        _ => {
            let left = calendar.count_workdays(today, due, &Pauses::none()).unwrap_or(0);
            format!("{what}{written}到期，还有{left}个工作日")
        }
    }
}

/// The case by its number: what somebody asks for may name persons, and notices go out by mail.
pub(super) fn named(number: Option<&str>, arrived: Date) -> String {
    match number {
        Some(number) => format!("申请{number}"),
        None => format!("{arrived}到达、尚未登记的申请"),
    }
}

fn of(record: &ApplicationRecord) -> String {
    named(record.registration_no.as_deref(), record.arrival.on)
}

/// A notice to each of some people.
pub(super) fn notices(
    to: &BTreeSet<OfficerId>,
    crew: &Crew,
    now: Timestamp,
    (mark, text, link): (&str, &str, &str),
) -> Vec<Notice> {
    to.iter()
        .map(|officer| {
            let has_mail = crew.accounts.iter().any(|one| one.id == *officer && one.mail.is_some());
            Notice {
                id: Uuid::now_v7(),
                officer: *officer,
                mark: format!("{mark}:{}", officer.0.simple()),
                text: text.to_owned(),
                link: link.to_owned(),
                at: now,
                read_at: None,
                mail: if has_mail { "waiting" } else { "none" }.to_owned(),
                attempts: 0,
                try_at: now,
                fault: String::new(),
            }
        })
        .collect()
}

impl Services {
    pub(super) async fn crew_of(&self, agency: AgencyId, today: Date) -> Result<Crew, Fault> {
        let accounts = self.store.accounts(Some(agency)).await?;
        let roles = self.store.roles_of_agency(agency).await?;
        Ok(Crew { accounts, roles, today })
    }

    /// A rung of the ladder takes the place of those below it.
    pub(super) async fn keep_notices(&self, all: &[Notice]) -> Result<usize, Fault> {
        if all.is_empty() {
            return Ok(0);
        }
        let tx = self.store.begin().await?;
        let mut new = 0;
        for one in all {
            if tx.insert_notice(one).await? {
                new += 1;
                if one.mark.starts_with("alarm:") {
                    tx.supersede_notices(one, one.at).await?;
                }
            }
        }
        tx.commit().await?;
        Ok(new)
    }

    /// Tells people of what is due: ten, five, three, one working days before, on the day, after it. Each is told once of each rung;
    /// a day that moves begins the ladder anew. Gives how many notices are new.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn raise_alarms(&self, now: Timestamp) -> Result<usize, Fault> {
        let today = clock::local_date(now);
        let calendar = &self.calendar();
        let mut raised = 0;
        let directory = self.directory();
        let agencies: Vec<AgencyId> = self.directory().open_agencies().map(|one| one.id).collect();
        for agency in agencies {
            let crew = self.crew_of(agency, today).await?;
            let mut all = Vec::new();
            if let Some((due, _)) = self.report_to_come(today, agency).await? {
                let year = today.year() - 1;
                let alarm = Alarm::of(due, today, calendar).unwrap_or(Alarm::Calm);
                if alarm != Alarm::Calm {
                    let text = sentence(calendar, &format!("{year}年度报告的报送和公开"), due, today, alarm);
                    let mark = format!("alarm:report-{year}-{}:{due}:{}", agency.0.simple(), word(alarm));
                    let link = format!("/office/report?year={year}&part=way");
                    all.extend(notices(&crew.told(None, alarm), &crew, now, (&mark, &text, &link)));
                }
            }
            for record in self.store.applications_due(agency, &["running", "reopened", "delayed"], 5_000).await? {
                let Some(due) = record.standing.due else { continue };
                let alarm = Alarm::of(due, today, calendar).unwrap_or(Alarm::Calm);
                if alarm == Alarm::Calm {
                    continue;
                }
                let mut text = sentence(calendar, &format!("{}的答复", of(&record)), due, today, alarm);
                if record.standing.provisional {
                    text.push_str("（暂定，放假安排还没有公布）");
                }
                // A day that moves on with an open consultation is no new day.
                let day = if record.standing.projected { "projected".to_owned() } else { due.to_string() };
                let mark = format!("alarm:{}:{day}:{}", record.id.0.simple(), word(alarm));
                let link = format!("/office/applications/{}", record.id);
                let to = crew.told(record.handler, alarm);
                let (above, own): (BTreeSet<OfficerId>, BTreeSet<OfficerId>) =
                    to.into_iter().partition(|id| !crew.handles(*id, record.handler));
                all.extend(notices(&own, &crew, now, (&mark, &text, &link)));
                // Those above see where cases stand, not whose they are.
                let section = record.section.map_or("公开办", |id| directory.name(id));
                let text = format!("{text}（{section}）");
                all.extend(notices(&above, &crew, now, (&mark, &text, "/office/applications?state=open")));
            }
            for record in self.store.applications_due(agency, &["arrived"], 5_000).await? {
                if record.arrival.confirm_by(calendar).unwrap_or(record.arrival.on) >= today {
                    continue;
                }
                let text = format!("{}还没有与申请人确认收到", of(&record));
                let mark = format!("confirm:{}", record.id.0.simple());
                let link = format!("/office/applications/{}", record.id);
                all.extend(notices(&crew.told(record.handler, Alarm::Three), &crew, now, (&mark, &text, &link)));
            }
            for record in self.store.applications_due(agency, &["awaiting_correction", "awaiting_fee"], 5_000).await? {
                if record.standing.due.is_none_or(|due| due >= today) {
                    continue;
                }
                let text = format!("{}的补正、缴费期限已过，申请人没有办理：告知不再处理", of(&record));
                let mark = format!("lapsed:{}:{}", record.id.0.simple(), record.standing.state);
                let link = format!("/office/applications/{}", record.id);
                all.extend(notices(&crew.told(record.handler, Alarm::Ten), &crew, now, (&mark, &text, &link)));
            }
            for record in
                self.store.applications_within(agency, today.saturating_add(jiff::Span::new().days(4))).await?
            {
                let (Some(day), Some(handler)) = (record.internal_due, record.handler) else { continue };
                let alarm = Alarm::of(day, today, calendar).unwrap_or(Alarm::Calm);
                if alarm < Alarm::One {
                    continue;
                }
                let text = sentence(calendar, &format!("{}的内部期限", of(&record)), day, today, alarm);
                let mark = format!("internal:{}:{day}:{}", record.id.0.simple(), word(alarm));
                let link = format!("/office/applications/{}", record.id);
                all.extend(notices(&BTreeSet::from([handler]), &crew, now, (&mark, &text, &link)));
            }
            for dispute in self.store.disputes(agency, true, 2_000).await? {
                let Some(due) = answer_due(calendar, &dispute).filter(|_| dispute.answered_on.is_none()) else {
                    continue;
                };
                let alarm = Alarm::of(due, today, calendar).unwrap_or(Alarm::Calm);
                if alarm == Alarm::Calm {
                    continue;
                }
                let what = format!("{}{}的答复和举证", dispute.kind.label(), dispute.number);
                let mark = format!("dispute:{}:{due}:{}", dispute.id.simple(), word(alarm));
                let link = format!("/office/disputes/{}", dispute.id);
                let text = sentence(calendar, &what, due, today, alarm);
                all.extend(notices(&crew.told(None, alarm), &crew, now, (&mark, &text, &link)));
            }
            raised += self.keep_notices(&all).await?;
        }
        Ok(raised)
    }

    /// What happens once a day, and after a start: days are worked out anew, those that moved are told, alarms are raised, forgotten
    /// drafts are thrown away.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn daily_applications(&self, now: Timestamp) -> Result<(), Fault> {
        let moved = self.restand(now).await?;
        self.tell_moved(now, &moved).await?;
        self.restand_publications().await?;
        self.raise_alarms(now).await?;
        self.forget_drafts(now).await?;
        Ok(())
    }

    /// The notices of a person, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn notices_of(&self, actor: &Actor, limit: u64) -> Result<Vec<Notice>, Fault> {
        Ok(self.store.notices(actor.id(), limit).await?)
    }

    /// Says that a person has read the notices.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn read_notices(&self, now: Timestamp, actor: &Actor) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        tx.read_notices(actor.id(), now).await?;
        Ok(tx.commit().await?)
    }

    /// Where reminders of a person go by mail; blank sends none.
    ///
    /// # Errors
    /// It is no address; somebody else changed the account.
    pub async fn set_own_mail(&self, now: Timestamp, actor: &Actor, mail: &str) -> Result<(), Fault> {
        let mail = mail.trim();
        if !mail.is_empty() && (mail.len() > 200 || !super::applications::is_mail(mail)) {
            return Err(Fault::field("mail", "电子邮箱写成 name@example.cn 的样子"));
        }
        let tx = self.store.begin().await?;
        let mut account = tx.account(actor.id()).await?.ok_or(Fault::NotFound)?;
        account.mail = (!mail.is_empty()).then(|| mail.to_owned());
        tx.update_account(&account).await?;
        self.record(&tx, now, actor, "officer.mail", &actor.id().to_string(), "").await?;
        Ok(tx.commit().await?)
    }

    /// The address to which reminders of a person go.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn own_mail(&self, actor: &Actor) -> Result<String, Fault> {
        Ok(self.store.account(actor.id()).await?.and_then(|one| one.mail).unwrap_or_default())
    }
}
