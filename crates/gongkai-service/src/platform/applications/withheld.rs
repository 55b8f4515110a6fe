//! The register of what is withheld, and its re-assessment (条例 第十八条): every refusal enters it when it is served, is looked at again at
//! least once a year, and goes out of it to the public.

use gongkai_law::{Outcome, Term};
use gongkai_model::Refusal;
use gongkai_model::application::WithheldState;
use gongkai_model::ids::{LetterId, OfficerId};
use gongkai_model::officer::Act;
use gongkai_store::{ApplicationRecord, DeskFilter, DeskRow, LetterRecord, Tx, WithheldRecord, WithheldReview};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::LetterContent;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// Something withheld with its reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldView {
    /// The row.
    pub record: WithheldRecord,
    /// The reviews, and who decided.
    pub reviews: Vec<(WithheldReview, String)>,
    /// The articles of the ground.
    pub articles: String,
    /// The number of the application.
    pub number: String,
}

/// A decision about something withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reassessed {
    /// What was decided.
    pub result: WithheldState,
    /// Why.
    pub reason: String,
    /// When it is looked at next, where it stays.
    pub next_review_on: Option<Date>,
    /// When the ground may end.
    pub hint_on: Option<Date>,
}

/// A year later: the longest that nobody looks.
fn next_year(day: Date) -> Date {
    day.checked_add(1.year()).unwrap_or(day)
}

/// Something withheld, as it enters the register.
pub(in crate::platform) fn entry(
    record: &ApplicationRecord,
    letter: Option<LetterId>,
    (ground, subject): (Outcome, String),
    served: Date,
) -> WithheldRecord {
    WithheldRecord {
        id: Uuid::now_v7(),
        agency: record.agency,
        application: record.id,
        letter,
        ground,
        subject: subject.chars().take(400).collect(),
        decided_on: served,
        hint_on: None,
        next_review_on: next_year(served),
        state: WithheldState::Kept,
        publish_by: None,
        version: 1,
    }
}

/// Puts something into the register.
pub(super) async fn enter(
    tx: &Tx,
    record: &ApplicationRecord,
    letter: Option<LetterId>,
    what: (Outcome, String),
    served: Date,
) -> Result<(), Fault> {
    Ok(tx.insert_withheld_many(&[entry(record, letter, what, served)]).await?)
}

impl Services {
    /// Puts what a reply withholds into the register; the last thing of its service.
    pub(super) async fn register_withheld(
        &self,
        tx: &Tx,
        record: &ApplicationRecord,
        letter: &LetterRecord,
        content: &LetterContent,
        served: Date,
    ) -> Result<(), Fault> {
        let Some(outcome) = letter.outcome else { return Ok(()) };
        let mut parts: Vec<(Outcome, String)> = Vec::new();
        if outcome.withholds() {
            parts.push((outcome, record.subject.clone()));
        }
        for part in content.parts()? {
            if part.ground.withholds() {
                let what: String = part.what.chars().take(150).collect();
                parts.push((part.ground, format!("{}：{what}", record.subject)));
            }
        }
        // A new reply takes the place of what an earlier one withheld.
        tx.replace_withheld(record.id).await?;
        for part in parts {
            enter(tx, record, Some(letter.id), part, served).await?;
        }
        Ok(())
    }

    /// The register of the own agency in a state, by the day of the next review.
    ///
    /// # Errors
    /// The person does not handle applications.
    pub async fn withheld_list(
        &self,
        actor: &Actor,
        state: WithheldState,
        limit: u64,
    ) -> Result<Vec<WithheldRecord>, Fault> {
        actor.need(Act::Handle, actor.agency())?;
        Ok(self.store.withheld(actor.agency(), state, None, limit).await?)
    }

    /// What was settled at its source as not to be published, withheld or given on request: it is looked at again where it was drafted, and
    /// stands in the register beside what was refused (条例 第十八条). At most `limit`, the latest changed first.
    ///
    /// # Errors
    /// The person does not handle applications.
    pub async fn withheld_at_source(&self, actor: &Actor, limit: u64) -> Result<Vec<DeskRow>, Fault> {
        actor.need(Act::Handle, actor.agency())?;
        let filter =
            DeskFilter { agency: Some(actor.agency()), states: vec!["closed"], limit, ..DeskFilter::default() };
        let mut rows = self.store.desk(&filter).await?;
        crate::platform::quarantine::veiled(&mut rows, actor);
        Ok(rows)
    }

    /// Works out anew by when what was decided to be published is due, from the day of that decision: the calendar may have changed.
    /// Gives how many moved.
    ///
    /// # Errors
    /// The database does not answer.
    pub(in crate::platform) async fn restand_publications(&self) -> Result<usize, Fault> {
        let calendar = self.calendar();
        let mut moved = 0;
        for agency in self.directory().agency_ids() {
            for mut record in self.store.withheld(agency, WithheldState::ToPublish, None, 10_000).await? {
                let Some(decided) = self.store.withheld_reviews(record.id).await?.last().map(|one| one.on) else {
                    continue;
                };
                let due = Term::Publication.due(decided, &calendar).ok();
                if due == record.publish_by {
                    continue;
                }
                record.publish_by = due;
                let tx = self.store.begin().await?;
                match tx.update_withheld(&record, None).await {
                    // Somebody decides about it just now, and by the new calendar.
                    Err(gongkai_store::Error::Conflict) => continue,
                    other => other?,
                }
                tx.commit().await?;
                moved += 1;
            }
        }
        Ok(moved)
    }

    /// Something withheld with its reviews.
    ///
    /// # Errors
    /// There is none; the person does not handle applications.
    pub async fn withheld_view(&self, actor: &Actor, id: Uuid) -> Result<WithheldView, Fault> {
        let record = self.store.withheld_one(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        let reviews = self.store.withheld_reviews(id).await?;
        let people: Vec<OfficerId> = reviews.iter().map(|one| one.officer).collect();
        let names = self.store.names(&people).await?;
        let name =
            |id: OfficerId| names.iter().find(|(one, _)| *one == id).map_or(String::new(), |(_, name)| name.clone());
        let case = self.store.application(record.application).await?;
        Ok(WithheldView {
            articles: gongkai_law::cite(&record.ground.articles()),
            number: case.and_then(|one| one.registration_no).unwrap_or_default(),
            reviews: reviews.into_iter().map(|one| (one.clone(), name(one.officer))).collect(),
            record,
        })
    }

    /// Decides about something withheld: it stays, is given on request, is to be published, was published. To publish opens the term of
    /// twenty working days of 条例 第二十六条.
    ///
    /// # Errors
    /// There is no reason; the day of the next review is not within a year; it was published already; the person may not.
    pub async fn reassess(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: Uuid,
        version: i32,
        decided: &Reassessed,
    ) -> Result<(), Fault> {
        let mut record = self.store.withheld_one(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        let today = clock::local_date(now);
        let reason = decided.reason.trim();
        if reason.is_empty() || reason.chars().count() > 2_000 {
            return Err(Fault::field("reason", "请写明理由，不超过2000字"));
        }
        if matches!(record.state, WithheldState::Published | WithheldState::Replaced) {
            return Err(Refusal::new(format!("{}，不再评估", record.state.label()), "").into());
        }
        if decided.result == WithheldState::Replaced {
            return Err(Fault::field("result", "请选择评估的结果"));
        }
        if decided.result == WithheldState::Published && record.state != WithheldState::ToPublish {
            return Err(Fault::field("result", "先转为主动公开，公开以后再登记已经公开"));
        }
        let next = decided.next_review_on.unwrap_or_else(|| next_year(today));
        if next <= today || next > next_year(today) {
            return Err(Fault::field("next_review_on", "下次评估的日期在明天以后、一年以内"));
        }
        record.version = version;
        record.state = decided.result;
        record.hint_on = decided.hint_on;
        record.next_review_on = next;
        record.publish_by = (decided.result == WithheldState::ToPublish)
            .then(|| Term::Publication.due(today, &self.calendar()).ok())
            .flatten();
        let review = WithheldReview {
            on: today,
            result: decided.result,
            reason: reason.to_owned(),
            officer: actor.id(),
            at: now,
        };
        let tx = self.store.begin().await?;
        tx.update_withheld(&record, Some(&review)).await?;
        let detail = format!("result={}\nnext={next}", decided.result.code());
        self.record(&tx, now, actor, "withheld.review", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }
}
