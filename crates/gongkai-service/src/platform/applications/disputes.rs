//! Reconsiderations and suits in which the organ is the respondent: their clocks, how they end, the new reply they order, and what they
//! taught. Their results feed table 4.

mod view;

use gongkai_model::Refusal;
use gongkai_model::application::clock::Event;
use gongkai_model::application::{NoteKind, ProceedingColumn, ProceedingGroup, Ruling};
use gongkai_model::ids::{AgencyId, ApplicationId};
use gongkai_model::officer::Act;
use gongkai_store::DisputeRecord;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

pub use view::DisputeView;
pub(in crate::platform) use view::answer_due;

use super::notes::{self, NoteText};
use super::steps;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// A dispute as it is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDispute {
    /// The application it is about.
    pub application: Option<ApplicationId>,
    /// The reconsideration before a suit.
    pub prior: Option<Uuid>,
    /// The group of table 4.
    pub kind: ProceedingGroup,
    /// Its number.
    pub number: String,
    /// Who decides.
    pub forum: String,
    /// The day it was accepted.
    pub filed_on: Date,
    /// The day the copy was received.
    pub copy_on: Option<Date>,
    /// Whether the simplified procedure is used.
    pub simplified: bool,
    /// Whether the organ is a co-defendant as the organ of reconsideration.
    pub co_defendant: bool,
}

/// How a dispute ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The code of the ruling.
    pub ruling: String,
    /// The day it was decided, or became effective.
    pub on: Date,
    /// The day the paper was received, and by which day a new reply is ordered.
    pub new_reply: Option<(Date, Date)>,
    /// What it taught.
    pub lesson: String,
}

impl Services {
    fn must_see_disputes(actor: &Actor, agency: AgencyId) -> Result<(), Fault> {
        actor.need(Act::Handle, agency)
    }

    /// Notes a dispute.
    ///
    /// # Errors
    /// Something is missing or wrong; the number is taken; the person may not.
    pub async fn note_dispute(&self, now: Timestamp, actor: &Actor, new: &NewDispute) -> Result<Uuid, Fault> {
        let agency = actor.agency();
        Self::must_see_disputes(actor, agency)?;
        let today = clock::local_date(now);
        let mut wrong: Vec<(String, String)> = Vec::new();
        let mut say = |field: &str, message: &str| wrong.push((field.to_owned(), message.to_owned()));
        if new.number.trim().is_empty() || new.number.chars().count() > 100 {
            say("number", "请填写案号或者受理通知书的文号");
        }
        if new.forum.trim().is_empty() || new.forum.chars().count() > 200 {
            say("forum", "请填写复议机关或者法院");
        }
        if new.filed_on > today {
            say("filed_on", "受理、立案的日期还没有到");
        }
        if new.copy_on.is_some_and(|day| day > today || day < new.filed_on) {
            say("copy_on", "收到申请书、起诉状副本的日期不早于受理、立案，也不晚于今天");
        }
        if new.simplified && new.kind != ProceedingGroup::Reconsideration {
            say("simplified", "简易程序只用于行政复议");
        }
        if new.co_defendant && new.kind == ProceedingGroup::Reconsideration {
            say("co_defendant", "共同被告只用于行政诉讼");
        }
        let case = match new.application {
            Some(id) => {
                Some(self.store.application(id).await?.filter(|one| one.agency == agency).ok_or(Fault::NotFound)?)
            }
            None => None,
        };
        if case.as_ref().is_some_and(|case| new.filed_on < case.arrival.on) {
            say("filed_on", "受理、立案的日期早于收到申请的日期，请核对");
        }
        let prior = match new.prior {
            Some(id) => Some(self.store.dispute(id).await?.filter(|one| one.agency == agency).ok_or(Fault::NotFound)?),
            None => None,
        };
        match (new.kind, &prior) {
            (ProceedingGroup::SuitAfterReconsideration, Some(one)) if one.kind != ProceedingGroup::Reconsideration => {
                say("prior", "请选择此前的行政复议");
            }
            (ProceedingGroup::Reconsideration | ProceedingGroup::DirectSuit, Some(_)) => {
                say("prior", "只有复议后起诉的，才选此前的行政复议");
            }
            _ => {}
        }
        if !wrong.is_empty() {
            return Err(Fault::Invalid(wrong));
        }
        let record = DisputeRecord {
            id: Uuid::now_v7(),
            agency,
            application: case.as_ref().map(|one| one.id),
            prior: new.prior,
            kind: new.kind,
            number: new.number.trim().to_owned(),
            forum: new.forum.trim().to_owned(),
            filed_on: new.filed_on,
            copy_on: new.copy_on,
            simplified: new.simplified,
            co_defendant: new.co_defendant,
            answered_on: None,
            ruling: None,
            result: ProceedingColumn::Pending,
            decided_on: None,
            lesson: String::new(),
            imported_as: None,
            created_at: now,
            version: 1,
        };
        let tx = self.store.begin().await?;
        match tx.insert_dispute(&record).await {
            Err(gongkai_store::Error::Duplicate(_)) => {
                return Err(Fault::field("number", "这个案号已经登记过"));
            }
            other => other?,
        }
        let about = record.application.map(|id| id.to_string()).unwrap_or_default();
        let detail = format!("kind={}\napplication={about}\nfiled={}", record.kind.code(), record.filed_on);
        self.record(&tx, now, actor, "dispute.note", &record.id.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(record.id)
    }

    /// Notes the day of the copy, of the answer; the procedure.
    ///
    /// # Errors
    /// A day is wrong; it has ended; somebody else changed it; the person may not.
    pub async fn follow_dispute(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: Uuid,
        version: i32,
        (copy_on, answered_on, simplified): (Option<Date>, Option<Date>, bool),
    ) -> Result<(), Fault> {
        let mut record = self.open_dispute(actor, id).await?;
        let today = clock::local_date(now);
        for (field, day) in [("copy_on", copy_on), ("answered_on", answered_on)] {
            if day.is_some_and(|day| day > today || day < record.filed_on) {
                return Err(Fault::field(field, "日期不早于受理、立案，也不晚于今天"));
            }
        }
        if let (Some(copy), Some(answered)) = (copy_on, answered_on)
            && answered < copy
        {
            return Err(Fault::field("answered_on", "提交答复的日期早于收到副本的日期"));
        }
        if answered_on.is_some() && copy_on.is_none() {
            return Err(Fault::field("copy_on", "请填写收到申请书、起诉状副本的日期"));
        }
        record.version = version;
        (record.copy_on, record.answered_on) = (copy_on, answered_on);
        record.simplified = simplified && record.kind == ProceedingGroup::Reconsideration;
        let tx = self.store.begin().await?;
        tx.update_dispute(&record).await?;
        let word = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let detail = format!("copy={}\nanswered={}", word(copy_on), word(answered_on));
        self.record(&tx, now, actor, "dispute.follow", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Notes how a dispute ended. Where a decision was overturned, what it taught is written down; where a new reply is ordered, the
    /// application is taken up again with the day that the paper sets (E16).
    ///
    /// # Errors
    /// The ruling is none of its kind; a day is wrong; the lesson is missing; the application cannot be taken up again.
    pub async fn end_dispute(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: Uuid,
        version: i32,
        ended: &Ended,
    ) -> Result<(), Fault> {
        let mut record = self.open_dispute(actor, id).await?;
        let today = clock::local_date(now);
        let ruling = Ruling::parse(record.kind, &ended.ruling).ok_or_else(|| Fault::field("ruling", "请选择结果"))?;
        if ended.on > today || ended.on < record.filed_on {
            return Err(Fault::field("on", "审结的日期不早于受理、立案，也不晚于今天"));
        }
        let lesson = ended.lesson.trim();
        if ruling.column == ProceedingColumn::Overturned && lesson.is_empty() {
            return Err(Fault::field("lesson", "被纠正的，请写明原因和以后怎样改"));
        }
        if lesson.chars().count() > 3_000 {
            return Err(Fault::field("lesson", "不超过3000字"));
        }
        if ended.new_reply.is_some() && !ruling.reopens {
            return Err(Fault::field("due", "这种结果不责令重新答复，期限请留空"));
        }
        if ruling.code == "ordered" && ended.new_reply.is_none() && record.application.is_some() {
            return Err(Fault::field("due", "责令履行的，请填写收到文书的日期和履行的期限"));
        }
        record.version = version;
        record.ruling = Some(ruling.code.to_owned());
        record.result = ruling.column;
        record.decided_on = Some(ended.on);
        lesson.clone_into(&mut record.lesson);
        let case = match record.application {
            Some(id) => self.store.application(id).await?,
            None => None,
        };
        let tx = self.store.begin().await?;
        tx.update_dispute(&record).await?;
        let mut detail = format!("ruling={}\nresult={}\non={}", ruling.code, ruling.column.code(), ended.on);
        if let Some(case) = case {
            if !lesson.is_empty() {
                let text = NoteText { text: lesson.to_owned(), ..NoteText::default() };
                let day = ended.on.max(case.arrival.on);
                let vault = self.vault().await?;
                let note = notes::sealed(vault, now, case.id, (NoteKind::Lesson, day), Some(actor.id()), &text)?;
                tx.insert_case_note(&note).await?;
            }
            match ended.new_reply {
                Some((received, due)) => {
                    let event = Event::Reopened { on: received, due };
                    let words = format!("{}{}：{}", record.forum, record.number, ruling.label);
                    detail.push('\n');
                    detail.push_str(&steps::told(event));
                    self.step(&tx, now, case, event, (Some(actor.id()), &words)).await?;
                }
                None => self.touch_case(&tx, now, &case).await?,
            }
        } else if ended.new_reply.is_some() {
            return Err(Refusal::new("没有关联申请，不能登记重新答复", "先在申请的页面登记复议、诉讼").into());
        }
        self.record(&tx, now, actor, "dispute.end", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    async fn open_dispute(&self, actor: &Actor, id: Uuid) -> Result<DisputeRecord, Fault> {
        let record = self.store.dispute(id).await?.ok_or(Fault::NotFound)?;
        Self::must_see_disputes(actor, record.agency)?;
        if record.result != ProceedingColumn::Pending {
            return Err(Refusal::new("已经审结，不能再改", "有新的裁判文书的，另行登记").into());
        }
        Ok(record)
    }
}
