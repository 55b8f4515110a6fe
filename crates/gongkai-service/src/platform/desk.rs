//! 待办: what a person must do, by the day it is due; then what waits for others.

use std::collections::BTreeMap;

use gongkai_calendar::{Calendar, Pauses};
use gongkai_model::ids::{AgencyId, EditionId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::Chain;
use gongkai_model::publication::metadata::UNKNOWN_DAY;
use gongkai_store::{DeskFilter, DeskRow};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::services::{Actor, Services};
use super::{Fault, clock};

mod applications;
mod clocks;
mod overview;

pub use clocks::OpenClock;
pub use overview::{Columns, Glance, Wanting};

/// How near the day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// The day has passed.
    Overdue,
    /// Today.
    Today,
    /// Within three working days.
    Soon,
    /// Later, or without a day.
    Later,
}

/// Something to do.
#[derive(Debug, Clone)]
pub struct Task {
    /// The edition it is about; none for what is no edition.
    pub edition: Option<EditionId>,
    /// Where it is done.
    pub link: String,
    /// What it is about.
    pub title: String,
    /// What kind of thing it is, and its state.
    pub about: String,
    /// What is to be done.
    pub act: String,
    /// By when.
    pub due: Option<Date>,
    /// Working days left; below zero when it is overdue.
    pub left: Option<i64>,
    /// How near that is.
    pub urgency: Urgency,
    /// Why by then.
    pub basis: String,
}

impl Task {
    /// Whether its day has passed.
    pub fn is_over(&self) -> bool {
        self.urgency == Urgency::Overdue
    }
}

/// What the first page of the office shows.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// What the person must do.
    pub mine: Vec<Task>,
    /// What waits for others.
    pub others: Vec<Task>,
    /// How many items became public this month, and how many are planned.
    pub month: (u64, u16),
    /// What became of the agency, where it is no more; empty otherwise.
    pub closed: String,
    /// Columns that are not kept up.
    pub columns: Columns,
}

/// Who signs at the open step of a row.
fn next_role(row: &DeskRow) -> Option<Role> {
    let chain = Chain::from_codes(&row.chain).ok()?;
    let mut steps = chain.steps().to_vec();
    if row.urgent {
        steps.sort_by_key(|step| step.role != Role::SecrecyReviewer);
    }
    usize::try_from(row.step).ok().and_then(|step| steps.get(step).copied()).map(|step| step.role)
}

/// How long after its time a publication may still be on its way.
const GRACE: SignedDuration = SignedDuration::from_mins(5);

pub(super) fn wrote(row: &DeskRow, id: OfficerId) -> bool {
    let id = id.to_string();
    row.authors.split_whitespace().any(|author| author == id)
}

/// Working days from today to a day, below zero where it has passed.
pub(super) fn working_days(calendar: &Calendar, today: Date, due: Date) -> Option<i64> {
    if due >= today {
        calendar.count_workdays(today, due, &Pauses::none()).ok().map(i64::from)
    } else {
        calendar.count_workdays(due, today, &Pauses::none()).ok().map(|days| -i64::from(days))
    }
}

pub(super) fn urgency(today: Date, due: Option<Date>, left: Option<i64>) -> Urgency {
    match (due, left) {
        (Some(due), _) if due < today => Urgency::Overdue,
        (Some(due), _) if due == today => Urgency::Today,
        (_, Some(left)) if left <= 3 => Urgency::Soon,
        _ => Urgency::Later,
    }
}

impl Services {
    /// The last day on which what a row stands for may become public; none where it is not to be public.
    pub fn last_day(&self, row: &DeskRow) -> Option<Date> {
        let proactive = row.attribute == "proactive" && row.formed_on != UNKNOWN_DAY;
        let government = self.directory().is_government(row.agency);
        let from = (row.formed_on, row.counts_from);
        proactive.then(|| super::term::due(&self.calendar(), government, &row.catalog_node, from)).flatten()
    }

    /// What a person must do and what waits for others.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn desk(&self, now: Timestamp, actor: &Actor) -> Result<Desk, Fault> {
        let today = clock::local_date(now);
        let agency = actor.agency();
        let mut desk = Desk::default();
        if !actor.may(Act::Look, agency) {
            return Ok(desk);
        }
        let directory = self.directory();
        if let Some(one) = directory.get(agency).filter(|one| one.is_closed) {
            // Nothing can be done any more in its name.
            let heir = one.successor.map(|id| format!("，由{}承接", directory.name(id))).unwrap_or_default();
            desk.closed = format!("{}已经撤销{heir}", one.name);
            return Ok(desk);
        }
        let open = DeskFilter {
            agency: Some(agency),
            states: vec!["draft", "in_review", "approved"],
            limit: 2_000,
            ..DeskFilter::default()
        };
        let mut rows = self.store.desk(&open).await?;
        super::quarantine::veiled(&mut rows, actor);
        let back: Vec<EditionId> =
            rows.iter().filter(|row| row.state == "draft" && row.round > 0).map(|row| row.id).collect();
        let back = self.store.returned(&back).await?;
        let who: Vec<OfficerId> = back.values().map(|(who, _)| *who).collect();
        let names: BTreeMap<OfficerId, String> = self.store.names(&who).await?.into_iter().collect();
        for row in rows {
            let clears = row.secret_mark && actor.may(Act::Review(Role::SecrecyReviewer), agency);
            let (act, mine) = match row.state.as_str() {
                _ if clears => ("稿件带有国家秘密标志，已暂停：核实，报本单位保密工作机构".to_owned(), true),
                _ if row.secret_mark => ("稿件带有国家秘密标志，已暂停：等保密审查员核实，不要传阅".to_owned(), false),
                "draft" if row.help_wanted && !wrote(&row, actor.id()) => {
                    let decides = [Role::SectionHead, Role::SecrecyReviewer]
                        .into_iter()
                        .any(|role| actor.officer.signs(role, row.section).is_some());
                    ("核对检查结果，写处理意见".to_owned(), decides)
                }
                "draft" => match back.get(&row.id) {
                    Some((who, why)) => {
                        let who = names.get(who).map_or("", String::as_str);
                        let why: String = why.chars().take(60).collect();
                        (format!("被{who}退回：{why}"), wrote(&row, actor.id()))
                    }
                    None => ("修改后提交审核".to_owned(), wrote(&row, actor.id())),
                },
                "in_review" if row.urgent && row.step > 0 && actor.may(Act::Publish, agency) => {
                    ("紧急发布：保密审查已签署，现在可以发布".to_owned(), true)
                }
                "in_review" => {
                    let role = next_role(&row);
                    let act = role.map_or_else(String::new, |role| format!("{}审核签署", role.label()));
                    let mine = role.is_some_and(|role| actor.officer.signs(role, row.section).is_some())
                        && !wrote(&row, actor.id());
                    (act, mine)
                }
                _ => match row.publish_at {
                    // What the clock could not publish is the publisher's again.
                    Some(at) if now.duration_since(at) > GRACE => {
                        ("定时发布没有成功：打开查看原因，重新发布或退回".to_owned(), actor.may(Act::Publish, agency))
                    }
                    Some(at) => (format!("定时{}发布", clock::written_moment(at)), false),
                    None => ("发布".to_owned(), actor.may(Act::Publish, agency)),
                },
            };
            let due = self.last_day(&row);
            let left = due.and_then(|due| working_days(&self.calendar(), today, due));
            let task = Task {
                edition: Some(row.id),
                link: format!("/office/editions/{}", row.id),
                title: row.title.clone(),
                about: format!(
                    "信息发布{}{}",
                    if row.number > 1 { format!("　·　第{}版", row.number) } else { String::new() },
                    if row.urgent && !row.urgent_settled { "　·　紧急发布" } else { "" }
                ),
                act,
                due,
                left,
                urgency: match urgency(today, due, left) {
                    usual if clears || row.urgent && !row.urgent_settled => usual.min(Urgency::Today),
                    usual => usual,
                },
                basis: if clears {
                    "《保守国家秘密法》第三十五条".to_owned()
                } else if due.is_some() {
                    super::term::basis(&row.catalog_node).to_owned()
                } else {
                    String::new()
                },
            };
            if mine { desk.mine.push(task) } else { desk.others.push(task) }
        }
        self.after_publication(today, actor, &mut desk).await?;
        self.inspections(now, actor, &mut desk).await?;
        self.guide_task(actor, &mut desk).await?;
        self.application_tasks(today, actor, &mut desk).await?;
        self.report_tasks(today, actor, &mut desk).await?;
        desk.mine.sort_by_key(|task| (task.urgency, task.due));
        desk.others.sort_by_key(|task| (task.urgency, task.due));
        desk.others.truncate(100);
        desk.month = self.month(now, agency).await?;
        desk.columns = self.columns(today, agency).await?;
        Ok(desk)
    }

    /// The guide that waits for a signature, or came back.
    async fn guide_task(&self, actor: &Actor, desk: &mut Desk) -> Result<(), Fault> {
        let (Some(proposal), _) = self.guide_proposal(actor.agency()).await? else { return Ok(()) };
        let (act, mine) = match proposal.next() {
            Some(role) => {
                let signs = actor.officer.signs(role, proposal.section.map(AgencyId)).is_some();
                (format!("{}审核签署", role.label()), signs && !proposal.is_touched_by(actor.id()))
            }
            None => ("被退回：修改后重新提交".to_owned(), proposal.author == actor.id().0),
        };
        let task = Task {
            edition: None,
            link: "/office/guide".to_owned(),
            title: "政府信息公开指南的修改".to_owned(),
            about: "公开指南".to_owned(),
            act,
            due: None,
            left: None,
            urgency: Urgency::Later,
            basis: String::new(),
        };
        if mine {
            desk.mine.push(task);
        } else {
            desk.others.push(task);
        }
        Ok(())
    }

    /// What was published on the urgent way and still wants signatures; what is to be looked at again.
    async fn after_publication(&self, today: Date, actor: &Actor, desk: &mut Desk) -> Result<(), Fault> {
        let agency = actor.agency();
        for row in self.store.unsettled(agency, today).await? {
            // Signatures matter for the urgent way alone.
            let record = if row.urgent && !row.urgent_settled { self.store.edition(row.id).await? } else { None };
            let edition = record.as_ref().map(|record| &record.edition);
            let step = edition.and_then(|edition| edition.steps().get(edition.open_step()?).copied());
            let objected = edition.is_some_and(gongkai_model::publication::Edition::is_objected);
            let (act, mine) = if objected {
                ("事后审核未通过：撤下，或修改后重新发布".to_owned(), actor.may(Act::Withdraw, agency))
            } else if let Some(step) = step {
                let mine = actor.officer.signs(step.role, row.section).is_some() && !wrote(&row, actor.id());
                (format!("{}事后审核签署（紧急发布）", step.role.label()), mine)
            } else if row.review_by.is_some_and(|day| day <= today) {
                let act = if row.state == "closed" {
                    "复核是否仍不公开"
                } else {
                    "复核内容是否仍然准确有效"
                };
                (act.to_owned(), actor.may(Act::Draft, agency))
            } else {
                continue;
            };
            let waits = step.is_some() || objected;
            let due = if waits {
                let days = self.directory().get(agency).map_or(3, |one| one.settings.urgent_days);
                row.published_at.and_then(|at| {
                    self.calendar().add_workdays(clock::local_date(at), u32::from(days), &Pauses::none()).ok()
                })
            } else {
                row.review_by
            };
            let left = due.and_then(|due| working_days(&self.calendar(), today, due));
            let task = Task {
                edition: Some(row.id),
                link: format!("/office/editions/{}", row.id),
                title: row.title.clone(),
                about: if row.state == "closed" { "已定属性" } else { "已发布" }.to_owned(),
                act,
                due,
                left,
                urgency: if waits { urgency(today, due, left).min(Urgency::Today) } else { urgency(today, due, left) },
                basis: if waits { "本机关规定的紧急发布补签期限".to_owned() } else { String::new() },
            };
            if mine { desk.mine.push(task) } else { desk.others.push(task) }
        }
        Ok(())
    }

    /// How many items became public in the month of `now`, and how many are planned.
    async fn month(&self, now: Timestamp, agency: AgencyId) -> Result<(u64, u16), Fault> {
        let local = clock::local(now);
        let first = local.date().first_of_month().at(0, 0, 0, 0);
        let from = clock::at_local(first).unwrap_or(now);
        let count = self.store.published_between(agency, from, now).await?;
        let planned = self.directory().get(agency).map_or(0, |one| one.settings.monthly);
        Ok((count, planned))
    }

    /// An agency's editions for the list of the office.
    ///
    /// # Errors
    /// The person may not see them.
    pub async fn editions_list(&self, actor: &Actor, mut filter: DeskFilter) -> Result<Vec<DeskRow>, Fault> {
        let agency = filter.agency.unwrap_or(actor.agency());
        actor.need(Act::Look, self.directory().answering(agency))?;
        filter.agency = Some(agency);
        filter.without_apart =
            !filter.title.trim().is_empty() && !actor.may(Act::Review(Role::SecrecyReviewer), agency);
        let mut rows = self.store.desk(&filter).await?;
        super::quarantine::veiled(&mut rows, actor);
        Ok(rows)
    }
}
