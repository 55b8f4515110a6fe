//! Notices of days off that are entered while the program runs: offices cannot wait for a new version. Each shows before it is adopted
//! which days it changes and which open dates move; adopted, the dates are worked out anew, listed and told.

use gongkai_calendar::{Calendar, Plan, Status};
use gongkai_model::Refusal;
use gongkai_model::officer::Role;
use gongkai_store::Tx;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::applications::Moved;
use super::moved::MovedDay;
use super::services::{Actor, Services};
use super::{Fault, clock};

const SETTING: &str = "calendar";
/// How long a notice may be, in characters.
const LONGEST: usize = 20_000;
/// How many dates that would move are shown.
const SHOWN: usize = 200;

/// A notice that was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnteredPlan {
    /// The text, as `gongkai calendar --plan` reads it.
    pub text: String,
    /// The day it was entered.
    #[serde(with = "written")]
    pub on: Date,
    /// Who entered it.
    pub by: String,
}

mod written {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
    pub(super) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

impl EnteredPlan {
    /// What it settles: a year, or a place.
    pub fn about(&self) -> String {
        Plan::parse(&self.text).map(|plan| about(&plan)).unwrap_or_default()
    }

    /// The notices it names.
    pub fn sources(&self) -> Vec<String> {
        Plan::parse(&self.text).map(|plan| plan.sources).unwrap_or_default()
    }
}

/// A year of the calendar in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarYear {
    /// The year.
    pub year: i16,
    /// How many working days it has.
    pub workdays: usize,
    /// The notices that settle it; none where it is worked out of statutory days off and weekends for now.
    pub sources: Vec<String>,
}

/// The calendar in force, as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarView {
    /// This year, the two before and the two after.
    pub years: Vec<CalendarYear>,
    /// The notices that were entered here.
    pub entered: Vec<EnteredPlan>,
    /// For a change that comes too late.
    pub version: i32,
}

/// What a notice would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPreview {
    /// What it settles.
    pub about: String,
    /// The days that become working days or cease to be: the day, what it was, what it will be.
    pub days: Vec<(Date, &'static str, &'static str)>,
    /// The open dates that would move: the first of them.
    pub moved: Vec<MovedDay>,
    /// How many would move.
    pub count: usize,
}

fn about(plan: &Plan) -> String {
    match (plan.year, &plan.region) {
        (Some(year), _) => format!("{year}年"),
        (None, Some(region)) => region.clone(),
        (None, None) => String::new(),
    }
}

fn built(plans: &[EnteredPlan]) -> Result<Calendar, Fault> {
    let texts: Vec<&str> = plans.iter().map(|one| one.text.as_str()).collect();
    Calendar::with_plans(&texts).map_err(|(_, error)| Fault::field("plan", error.to_string()))
}

/// The notices that hold once this one is adopted: it takes the place of an earlier one about the same.
fn with(plans: &[EnteredPlan], one: EnteredPlan) -> Result<Vec<EnteredPlan>, Fault> {
    let wrong = |message: String| Fault::field("plan", message);
    if one.text.chars().count() > LONGEST {
        return Err(wrong(format!("放假安排不超过{LONGEST}字")));
    }
    let new = Plan::parse(&one.text).map_err(|error| wrong(error.to_string()))?;
    let forgotten = new.forgotten();
    if !forgotten.is_empty() {
        let days: Vec<String> = forgotten.iter().map(|(day, name)| format!("{day}（{name}）")).collect();
        return Err(wrong(format!(
            "放假安排没有写全：{}是法定节假日，没有放假（放假办法第二条）。请照通知全文录入",
            days.join("、")
        )));
    }
    let mut out: Vec<EnteredPlan> = plans.iter().filter(|earlier| earlier.about() != about(&new)).cloned().collect();
    out.push(one);
    Ok(out)
}

fn word(worked: bool) -> &'static str {
    if worked { "工作日" } else { "休息日" }
}

/// The days from a year before today on that two calendars hold for different.
fn differences(before: &Calendar, after: &Calendar, today: Date) -> Vec<(Date, &'static str, &'static str)> {
    let from = today.saturating_sub(1.year());
    let days = from.series(1.day()).take_while(|day| day.year() <= today.year() + 5);
    days.filter_map(|day| {
        let (was, is) = (before.is_workday(day).ok()?, after.is_workday(day).ok()?);
        (was != is).then(|| (day, word(was), word(is)))
    })
    .collect()
}

fn read(value: &str) -> Result<Vec<EnteredPlan>, Fault> {
    serde_json::from_str(value).map_err(|error| Fault::Failed(format!("放假安排读不出来：{error}")))
}

/// The calendar that a setting describes; the years that are built in where there is none.
pub(super) fn in_force(setting: Option<&str>) -> Result<Calendar, Fault> {
    match setting {
        None => Ok(Calendar::official().clone()),
        Some(value) => built(&read(value)?).map_err(|fault| Fault::Failed(format!("放假安排已损坏：{fault:?}"))),
    }
}

impl Services {
    fn may_set_calendar(actor: &Actor) -> Result<(), Fault> {
        if actor.over_all && actor.holds(Role::Administrator) { Ok(()) } else { Err(Fault::Forbidden) }
    }

    async fn entered(&self) -> Result<(Vec<EnteredPlan>, i32), Fault> {
        match self.store.setting(SETTING).await? {
            None => Ok((Vec::new(), 0)),
            Some(setting) => Ok((read(&setting.value)?, setting.version)),
        }
    }

    /// The calendar in force.
    ///
    /// # Errors
    /// The person is no administrator of the supervising office.
    pub async fn calendar_view(&self, now: Timestamp, actor: &Actor) -> Result<CalendarView, Fault> {
        Self::may_set_calendar(actor)?;
        let (entered, version) = self.entered().await?;
        let calendar = self.calendar();
        let this = clock::local_date(now).year();
        let years = (this - 2..=this + 2).map(|year| {
            let settled = calendar.status(year).is_ok_and(|status| status == Status::Official);
            let sources = if settled { calendar.sources(year) } else { Vec::new() };
            CalendarYear {
                year,
                workdays: calendar.workdays(year).map_or(0, |days| days.len()),
                sources: sources.into_iter().map(str::to_owned).collect(),
            }
        });
        Ok(CalendarView { years: years.collect(), entered, version })
    }

    /// What a notice would change; nothing is kept.
    ///
    /// # Errors
    /// The notice cannot be read: the line, and what is wrong in it; the person is no administrator of the supervising office.
    pub async fn preview_plan(&self, now: Timestamp, actor: &Actor, text: &str) -> Result<PlanPreview, Fault> {
        Self::may_set_calendar(actor)?;
        let today = clock::local_date(now);
        let one = EnteredPlan { text: text.to_owned(), on: today, by: String::new() };
        let subject = one.about();
        let plans = with(&self.entered().await?.0, one)?;
        self.preview(now, subject, &built(&plans)?).await
    }

    /// What taking back a notice that was entered would change.
    ///
    /// # Errors
    /// There is none; the person is no administrator of the supervising office.
    pub async fn preview_without(&self, now: Timestamp, actor: &Actor, about: &str) -> Result<PlanPreview, Fault> {
        Self::may_set_calendar(actor)?;
        let mut plans = self.entered().await?.0;
        let before = plans.len();
        plans.retain(|one| one.about() != about);
        if plans.len() == before {
            return Err(Fault::NotFound);
        }
        self.preview(now, about.to_owned(), &built(&plans)?).await
    }

    async fn preview(&self, now: Timestamp, about: String, after: &Calendar) -> Result<PlanPreview, Fault> {
        let today = clock::local_date(now);
        let moved = self.would_move(after, now).await?;
        let first = moved.iter().take(SHOWN).map(|one| (one.id, (one.before, one.now), today));
        Ok(PlanPreview {
            about,
            days: differences(&self.calendar(), after, today),
            moved: self.moved_named(&first.collect::<Vec<_>>()).await?,
            count: moved.len(),
        })
    }

    /// Adopts a notice: it takes the place of an earlier one about the same year or place. Dates are worked out anew, listed and told.
    /// Gives how many moved.
    ///
    /// # Errors
    /// The notice cannot be read; it changes nothing; somebody else changed the calendar; the person may not.
    pub async fn adopt_plan(&self, now: Timestamp, actor: &Actor, version: i32, text: &str) -> Result<usize, Fault> {
        Self::may_set_calendar(actor)?;
        let (plans, _) = self.entered().await?;
        let one = EnteredPlan { text: text.to_owned(), on: clock::local_date(now), by: actor.officer.name.clone() };
        let subject = one.about();
        let plans = with(&plans, one)?;
        if built(&plans)?.version() == self.calendar().version() {
            return Err(Refusal::new("和现在采用的安排一样", "不用再采用").into());
        }
        self.set_plans(now, actor, (version, &plans), ("calendar.adopt", &subject)).await
    }

    /// Takes back a notice that was entered. Gives how many dates moved.
    ///
    /// # Errors
    /// There is none; somebody else changed the calendar; the person may not.
    pub async fn drop_plan(&self, now: Timestamp, actor: &Actor, version: i32, about: &str) -> Result<usize, Fault> {
        Self::may_set_calendar(actor)?;
        let (mut plans, _) = self.entered().await?;
        let before = plans.len();
        plans.retain(|one| one.about() != about);
        if plans.len() == before {
            return Err(Fault::NotFound);
        }
        self.set_plans(now, actor, (version, &plans), ("calendar.drop", about)).await
    }

    async fn set_plans(
        &self,
        now: Timestamp,
        actor: &Actor,
        (version, plans): (i32, &[EnteredPlan]),
        (act, about): (&str, &str),
    ) -> Result<usize, Fault> {
        built(plans)?;
        let value = serde_json::to_string(plans).map_err(|error| Fault::Failed(error.to_string()))?;
        let tx: Tx = self.store.begin().await?;
        tx.put_setting(SETTING, &value, version).await?;
        self.record(&tx, now, actor, act, about, &value).await?;
        tx.commit().await?;
        self.refresh(now).await?;
        let moved = self.restand(now).await?;
        // All of them: what moves on by itself while a consultation is open has moved by the notice today.
        let told: Vec<Moved> = moved.iter().map(|one| Moved { projected: false, ..*one }).collect();
        self.tell_moved(now, &told).await?;
        self.restand_publications().await?;
        self.raise_alarms(now).await?;
        Ok(moved.len())
    }
}
