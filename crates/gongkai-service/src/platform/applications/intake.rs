//! How applications come in: by the public page, at the counter, by mail (条例 第二十九条, 第三十一条).

use gongkai_model::application::clock::{Arrival, Channel, Event};
use gongkai_model::application::{Applicant, QueryCode, registration_no};
use gongkai_model::ids::{AgencyId, ApplicationId, OfficerId};
use gongkai_model::officer::Act;
use gongkai_store::{ApplicationDraft, ApplicationRecord, AuditEntry, StepRecord, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use rand::RngExt;
use uuid::Uuid;

use super::{ApplicationForm, draft, standing};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock, secret};

/// What the office enters of an application that came another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// How it came.
    pub channel: Channel,
    /// The day it was handed in, signed for, or came in.
    pub on: Date,
    /// What it says.
    pub form: ApplicationForm,
}

/// An application that was taken in.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its identity.
    pub id: ApplicationId,
    /// Its number; none until receipt is confirmed.
    pub registration_no: Option<String>,
    /// What the applicant types to follow it; shown once, kept as a hash.
    pub code: QueryCode,
}

impl Services {
    /// An application from the public page. It is received on the day both sides confirm it (条例 第三十一条第三项).
    ///
    /// # Errors
    /// Fields are wrong or missing: whoever sits at the page can mend them now, instead of being asked to correct.
    pub async fn apply(&self, now: Timestamp, agency: AgencyId, form: &ApplicationForm) -> Result<Received, Fault> {
        self.apply_as(now, agency, form, None).await
    }

    /// As [`Self::apply`], out of a draft: the application takes its identity, and the draft keeps the code for its receipt, in the
    /// same transaction.
    pub(super) async fn apply_as(
        &self,
        now: Timestamp,
        agency: AgencyId,
        form: &ApplicationForm,
        draft: Option<&ApplicationDraft>,
    ) -> Result<Received, Fault> {
        self.must_be_open(agency)?;
        let form = form.tidy();
        let (applicant, _) = form.read().map_err(Fault::Invalid)?;
        let missing = form.problems();
        if !missing.is_empty() {
            return Err(Fault::Invalid(missing));
        }
        let arrival = Arrival { channel: Channel::Online, on: clock::local_date(now) };
        let id = draft.map_or_else(|| ApplicationId(Uuid::now_v7()), |draft| draft.id);
        self.take_in_application(now, (id, agency), (None, draft), arrival, (&form, &applicant)).await
    }

    /// An application that came another way, entered by the office. What is missing in it is no obstacle: it is received all the
    /// same, and asked for within seven working days (条例 第三十条).
    ///
    /// # Errors
    /// Fields have a wrong shape; the day has not come; the person may not.
    pub async fn register_application(
        &self,
        now: Timestamp,
        actor: &Actor,
        intake: &Intake,
    ) -> Result<Received, Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        self.must_be_open(agency)?;
        if intake.on > clock::local_date(now) {
            return Err(Fault::field("on", "收到的日期还没有到，请核对"));
        }
        let form = intake.form.tidy();
        let (applicant, wanted) = form.read().map_err(Fault::Invalid)?;
        if applicant.name.is_empty() && wanted.line().trim().is_empty() {
            return Err(Fault::field("title", "申请人和所需信息都没有写：至少登记一项，缺的以后要求补正"));
        }
        let arrival = Arrival { channel: intake.channel, on: intake.on };
        let id = ApplicationId(Uuid::now_v7());
        self.take_in_application(now, (id, agency), (Some(actor), None), arrival, (&form, &applicant)).await
    }

    async fn take_in_application(
        &self,
        now: Timestamp,
        (id, agency): (ApplicationId, AgencyId),
        (actor, draft): (Option<&Actor>, Option<&ApplicationDraft>),
        arrival: Arrival,
        (form, applicant): (&ApplicationForm, &Applicant),
    ) -> Result<Received, Fault> {
        let code = QueryCode::of(rand::rng().random());
        let text = serde_json::to_string(form).map_err(|error| Fault::Failed(error.to_string()))?;
        let vault = self.vault().await?;
        let identity_key = applicant.identity().map(|one| vault.known_by(&one)).transpose()?;
        let history = standing::history_of(arrival);
        let (_, at_first) = standing::of(&self.calendar(), &history, clock::local_date(now))?;
        let mut record = ApplicationRecord {
            id,
            agency,
            registration_no: None,
            query_hash: secret::hash(code.plain()),
            arrival,
            arrived_at: now,
            kind: applicant.kind,
            identity_key,
            sealed: vault.seal(id.0, &text)?,
            shown_name: applicant.masked_name(),
            subject: form.shown(),
            subject_key: form.subject_key(),
            section: None,
            handler: None,
            internal_due: None,
            parent: None,
            imported_as: None,
            erased_on: None,
            standing: at_first,
            updated_at: now,
            version: 1,
        };
        let entry = |by: String, kind: &str| AuditEntry {
            at: now,
            actor: by,
            act: "application.arrive".to_owned(),
            subject: id.to_string(),
            detail: format!("channel={}\non={}\nkind={kind}", arrival.channel.code(), arrival.on),
        };
        if let Some(draft) = draft {
            // From the public page: many at a time in one commit, each on the disk before it is answered.
            let sent = draft::sent(vault, draft, form, &code, now)?;
            let change = self.store.sending_change(&record, &sent, clock::local_date(now))?;
            self.store.together(change, entry("applicant".to_owned(), record.kind.code())).await?;
            return Ok(Received { id, registration_no: None, code });
        }
        // Handed in or signed for: received that day, whatever the office thinks of it.
        let received = (!arrival.channel.needs_confirmation()).then_some(Event::Confirmed { on: arrival.on });
        let tx = self.store.begin().await?;
        if let Some(event) = received {
            let history = history.with(event, &self.calendar()).map_err(standing::refused)?;
            record.standing = standing::of(&self.calendar(), &history, clock::local_date(now))?.1;
            record.registration_no = Some(self.number(&tx, agency, arrival.on).await?);
        }
        tx.insert_application(&record).await?;
        if let Some(event) = received {
            let officer: Option<OfficerId> = actor.map(Actor::id);
            tx.insert_step(id, &StepRecord { event, noted_at: now, officer, note: None }).await?;
        }
        let by = actor.map_or_else(|| "applicant".to_owned(), |actor| actor.id().to_string());
        let entry = entry(by, record.kind.code());
        tx.append_audit(now, &entry.actor, &entry.act, &entry.subject, &entry.detail).await?;
        tx.commit().await?;
        Ok(Received { id, registration_no: record.registration_no, code })
    }

    /// A new code for an application whose applicant has lost the first; the old one opens nothing any more.
    ///
    /// # Errors
    /// There is none; somebody else has acted; the person may not.
    pub async fn renew_code(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
    ) -> Result<QueryCode, Fault> {
        let mut record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        let code = QueryCode::of(rand::rng().random());
        record.version = version;
        record.query_hash = secret::hash(code.plain());
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_application(&record).await?;
        self.record(&tx, now, actor, "application.code", &id.to_string(), "").await?;
        tx.commit().await?;
        Ok(code)
    }

    /// The next number of an organ in the year of receipt.
    pub(super) async fn number(&self, tx: &Tx, agency: AgencyId, received: Date) -> Result<String, Fault> {
        let organ = self.directory().get(agency).map(|one| one.code.clone()).ok_or(Fault::NotFound)?;
        let serial = tx.next_serial(&format!("application:{agency}:{}", received.year())).await?;
        let serial = u32::try_from(serial).map_err(|_wide| Fault::Failed("登记编号已经用完".to_owned()))?;
        Ok(registration_no(&organ, received.year(), serial))
    }
}
