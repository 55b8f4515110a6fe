//! An application as those see it who handle it. Opening one shows personal data, and is recorded.

use std::collections::BTreeMap;

use gongkai_model::application::clock::{ExplainedDay, Timeline};
use gongkai_model::ids::{ApplicationId, LetterId, OfficerId};
use gongkai_model::officer::Act;
use gongkai_store::{ApplicationFilter, ApplicationRecord, DisputeRecord, StepRecord};
use jiff::Timestamp;
use jiff::civil::Date;

use super::consult::PartyView;
use super::letters::LetterView;
use super::notes::NoteView;
use super::offers::Offers;
use super::papers::PaperView;
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
    /// Whether it was answered.
    pub answered: bool,
    /// By what the same wanted information is known again.
    pub subject_key: Option<String>,
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
    /// The words beside the steps, opened; empty where there are none.
    pub step_notes: Vec<String>,
    /// What the same applicant has asked for before, the latest first.
    pub earlier: Vec<Earlier>,
    /// How many other applicants have asked for the same (条例 第四十四条第一款).
    pub same_wanted: Vec<Earlier>,
    /// Who is asked.
    pub parties: Vec<PartyView>,
    /// The notes.
    pub notes: Vec<NoteView>,
    /// The files.
    pub papers: Vec<PaperView>,
    /// The letters.
    pub letters: Vec<LetterView>,
    /// The reply under way to another application of the applicant that answers this one too: which, and the number of that application.
    pub answered_along: Option<(LetterId, String)>,
    /// The reconsiderations and suits about it.
    pub disputes: Vec<DisputeRecord>,
    /// The names of the people in it.
    pub names: BTreeMap<OfficerId, String>,
    /// What the law allows today.
    pub offers: Offers,
    /// Which application of the applicant in the month of its receipt it is (收费办法 第四条).
    pub ordinal: u64,
    /// How many applications of the applicant came in this year, this one included.
    pub this_year: u64,
}

fn earlier(one: ApplicationRecord) -> Earlier {
    Earlier {
        id: one.id,
        state: standing::named(&one.standing),
        answered: standing::was_answered(&one.standing),
        subject_key: one.subject_key,
        registration_no: one.registration_no,
        subject: one.subject,
        on: one.arrival.on,
    }
}

impl Services {
    /// An application, opened. Who opened it is recorded.
    ///
    /// # Errors
    /// There is none; the person neither works on it nor signs one of its letters.
    pub async fn application(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
    ) -> Result<ApplicationView, Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        self.must_open(actor, &record, &self.store.letters(id).await?).await?;
        let view = self.opened_view(now, id).await?;
        let tx = self.store.begin().await?;
        self.record(&tx, now, actor, "application.open", &id.to_string(), "").await?;
        tx.commit().await?;
        Ok(view)
    }

    /// An application, opened for an act that has looked itself at who does it.
    pub(in crate::platform) async fn opened_view(
        &self,
        now: Timestamp,
        id: ApplicationId,
    ) -> Result<ApplicationView, Fault> {
        let record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        let noted = self.store.steps(id).await?;
        let history = standing::history(&self.calendar(), &record, &noted)?;
        let today = clock::local_date(now);
        let (timeline, stands) = standing::of(&self.calendar(), &history, today)?;
        let days = timeline.explain(today, &self.calendar()).map_err(standing::refused)?;
        let form = steps::opened(self, &record).await?;
        let (applicant, wanted) = form.read().map_err(Fault::Invalid)?;
        let missing = if record.erased_on.is_some() {
            Vec::new()
        } else {
            applicant.missing().into_iter().chain(wanted.missing()).collect()
        };
        let of_applicant = match &record.identity_key {
            Some(key) => self.store.applications_of(record.agency, key, 51).await?,
            None => Vec::new(),
        };
        let same = match &record.subject_key {
            Some(key) => self.store.applications_for(record.agency, key, 21).await?,
            None => Vec::new(),
        };
        let answered_along = match record.standing.outcome {
            None => self.answered_along(&record, &of_applicant).await?,
            Some(_) => None,
        };
        let others = |list: Vec<ApplicationRecord>| -> Vec<Earlier> {
            list.into_iter().filter(|one| one.id != id).map(earlier).collect()
        };
        let same = same
            .into_iter()
            .filter(|one| one.identity_key.is_none() || one.identity_key != record.identity_key)
            .collect();
        let vault = self.vault().await?;
        let open = |note: &Option<String>| match note {
            Some(sealed) => vault.unseal(id.0, sealed),
            None => Ok(String::new()),
        };
        let step_notes = noted.iter().map(|step| open(&step.note)).collect::<Result<Vec<_>, _>>()?;
        let parties = self.store.consultations(id).await?;
        let parties = parties.iter().map(|one| PartyView::of(vault, one)).collect::<Result<Vec<_>, _>>()?;
        let notes = self.store.case_notes(id).await?;
        let notes = notes.iter().map(|one| NoteView::of(vault, one)).collect::<Result<Vec<_>, _>>()?;
        let papers = self.store.papers(id).await?;
        let papers = papers.iter().map(|one| PaperView::of(vault, one)).collect::<Result<Vec<_>, _>>()?;
        let mut letters = Vec::new();
        for letter in self.store.letters(id).await? {
            let signatures = self.store.letter_signatures(letter.id).await?;
            letters.push(LetterView::of(vault, letter, signatures)?);
        }
        let mut people: Vec<OfficerId> = noted.iter().filter_map(|step| step.officer).collect();
        people.extend(record.handler);
        people.extend(notes.iter().filter_map(|note| note.officer));
        people.extend(papers.iter().filter_map(|paper| paper.officer));
        for letter in &letters {
            people.push(letter.record.author);
            people.extend(letter.signatures.iter().map(|one| one.signature.officer));
            people.extend(letter.signatures.iter().filter_map(|one| one.signature.standing_for));
        }
        people.sort_unstable();
        people.dedup();
        let names = self.store.names(&people).await?.into_iter().collect();
        let state = standing::named(&stands);
        let mut view = ApplicationView {
            offers: Offers::of(&self.calendar(), &history, &timeline, today)?,
            earlier: others(of_applicant),
            same_wanted: others(same),
            record: ApplicationRecord { standing: stands, ..record },
            steps: noted,
            state,
            form,
            missing,
            timeline,
            days,
            step_notes,
            parties,
            notes,
            papers,
            letters,
            answered_along,
            disputes: self.store.disputes_of(id).await?,
            names,
            ordinal: 1,
            this_year: 1,
        };
        if let Some(key) = &view.record.identity_key {
            let first = today.first_of_year();
            view.this_year = self.store.count_applications_of(view.record.agency, key, first).await?.max(1);
        }
        view.ordinal = self.ordinal_of_month(&view).await?;
        Ok(view)
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
        actor.need(Act::Oversee, agency)?;
        filter.agency = Some(agency);
        Ok(self.store.applications(&filter).await?)
    }

    /// What people call where an application stands.
    pub fn application_state(&self, standing: &gongkai_store::Standing) -> &'static str {
        standing::named(standing)
    }

    /// What happened on the public page this month: how often published information was shown, was enough, and how many
    /// applications were sent.
    ///
    /// # Errors
    /// The person does not handle applications.
    pub async fn page_tally(&self, now: Timestamp, actor: &Actor) -> Result<(i64, i64, i64), Fault> {
        let agency = actor.agency();
        actor.need(Act::Oversee, agency)?;
        let today = clock::local_date(now);
        let first = today.first_of_month();
        let count = async |what| self.store.tally(agency, what, first, today).await;
        Ok((count("shown").await?, count("enough").await?, count("sent").await?))
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
