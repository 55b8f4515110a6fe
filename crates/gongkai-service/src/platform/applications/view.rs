//! An application as those see it who handle it. Opening one shows personal data, and is recorded.

use gongkai_calendar::Calendar;
use gongkai_model::application::clock::{ExplainedDay, Timeline};
use gongkai_model::ids::ApplicationId;
use gongkai_model::officer::Act;
use gongkai_store::{ApplicationFilter, ApplicationRecord, StepRecord};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{ApplicationForm, standing, steps};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// An earlier application of the same applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its identity.
    pub id: ApplicationId,
    /// Its number.
    pub registration_no: Option<String>,
    /// What was wanted.
    pub subject: String,
    /// The day it came in.
    pub on: Date,
    /// The name of its state.
    pub state: &'static str,
}

/// An application with everything its page shows.
#[derive(Debug, Clone)]
pub struct ApplicationView {
    /// The row.
    pub record: ApplicationRecord,
    /// The name of the state.
    pub state: &'static str,
    /// What it says.
    pub form: ApplicationForm,
    /// What the law asks for and is not there: what a correction notice lists (条例 第二十九条、第三十条).
    pub missing: Vec<(&'static str, String)>,
    /// Where its clock stands.
    pub timeline: Timeline,
    /// The days up to the due day, with their reasons.
    pub days: Vec<ExplainedDay>,
    /// The steps.
    pub steps: Vec<StepRecord>,
    /// What the same applicant has asked for before, the latest first.
    pub earlier: Vec<Earlier>,
}

impl Services {
    /// An application, opened. Who opened it is recorded.
    ///
    /// # Errors
    /// There is none, or the person does not handle applications there.
    pub async fn application(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
    ) -> Result<ApplicationView, Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        let noted = self.store.steps(id).await?;
        let history = standing::history(&record, &noted)?;
        let today = clock::local_date(now);
        let (timeline, stands) = standing::of(&history, today)?;
        let days = timeline.explain(today, Calendar::official()).map_err(standing::refused)?;
        let form = steps::opened(self, &record).await?;
        let (applicant, wanted) = form.read().map_err(Fault::Invalid)?;
        let missing = applicant.missing().into_iter().chain(wanted.missing()).collect();
        let earlier = match &record.identity_key {
            Some(key) => self
                .store
                .applications_of(record.agency, key, 50)
                .await?
                .into_iter()
                .filter(|one| one.id != id)
                .map(|one| Earlier {
                    id: one.id,
                    state: standing::label(&one.standing.state),
                    registration_no: one.registration_no,
                    subject: one.subject,
                    on: one.arrival.on,
                })
                .collect(),
            None => Vec::new(),
        };
        let tx = self.store.begin().await?;
        self.record(&tx, now, actor, "application.open", &id.to_string(), "").await?;
        tx.commit().await?;
        let state = standing::label(&stands.state);
        Ok(ApplicationView { record, state, form, missing, timeline, days, steps: noted, earlier })
    }

    /// Applications as lists show them: masked names, no personal data.
    ///
    /// # Errors
    /// The person does not handle applications there.
    pub async fn applications_list(
        &self,
        actor: &Actor,
        mut filter: ApplicationFilter,
    ) -> Result<Vec<ApplicationRecord>, Fault> {
        let agency = filter.agency.unwrap_or(actor.agency());
        actor.need(Act::Handle, agency)?;
        filter.agency = Some(agency);
        Ok(self.store.applications(&filter).await?)
    }

    /// What is open in an agency, by the day that matters.
    ///
    /// # Errors
    /// The person does not handle applications there.
    pub async fn applications_open(&self, actor: &Actor, limit: u64) -> Result<Vec<ApplicationRecord>, Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        Ok(self.store.applications_due(agency, &standing::OPEN, limit).await?)
    }
}
