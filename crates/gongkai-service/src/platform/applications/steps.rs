//! The steps of an application: each as the law allows it on its day, with who noted it.

use gongkai_model::Refusal;
use gongkai_model::application::Step;
use gongkai_model::application::clock::{Answer, Approval, ConsultationId, ConsultationKind, Event};
use gongkai_model::ids::{AgencyId, ApplicationId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_store::{ApplicationRecord, StepRecord, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::consult::{Party, PartyView};
use super::standing;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

impl Services {
    /// Notes a step of an application. `version` is that of the application the person has seen.
    ///
    /// The law decides what is possible (条例 第三十条至第三十六条); an extension wants the head of the disclosure office
    /// (第三十三条第二款). `note` says in words how it came about.
    ///
    /// # Errors
    /// The step is not possible on that day; the day has not come; somebody else has acted; the person may not.
    pub async fn note_step(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        (event, note): (Event, &str),
    ) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        let record = as_seen(&tx, actor, id, version).await?;
        if let Event::Extended { approval: Approval::DisclosureOfficeHead, .. } = event
            && !actor.holds(Role::DisclosureOfficeHead)
        {
            return Err(Refusal::new("延期没有经政府信息公开工作机构负责人同意", "请负责人自己登记延期")
                .by("《政府信息公开条例》第三十三条第二款")
                .into());
        }
        self.step(&tx, now, record, event, (Some(actor.id()), note)).await?;
        if let Some(refusal) = wants_more(event, note) {
            return Err(refusal.into());
        }
        if let Event::ConsultationOpened { id: asked, kind, .. } = event {
            // Whom it went to is written in the note: the row is there for the receipt and the answer.
            self.put_party(&tx, id, (asked.0, kind), &Party { name: note.trim().to_owned(), ..Party::default() })
                .await?;
        }
        self.record(&tx, now, actor, "application.step", &id.to_string(), &told(event)).await?;
        Ok(tx.commit().await?)
    }

    /// Notes a question that was put to somebody by a letter made elsewhere: from here on it is handled as any other.
    ///
    /// # Errors
    /// The name is missing; the step is not possible; somebody else has acted; the person may not.
    pub async fn note_asked_elsewhere(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        (kind, sent, limit): (ConsultationKind, Date, Option<Date>),
        (party, note): (&Party, &str),
    ) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        let record = as_seen(&tx, actor, id, version).await?;
        if party.name.trim().is_empty() || party.name.chars().count() > 200 {
            return Err(Fault::field("party", "请填写被征求意见方的名称，不超过200字"));
        }
        let noted = tx.steps(id).await?;
        let asked = noted.iter().filter_map(|step| match step.event {
            Event::ConsultationOpened { id, .. } => Some(id.0),
            _ => None,
        });
        let number = asked.max().unwrap_or(0).saturating_add(1);
        let event = Event::ConsultationOpened { id: ConsultationId(number), kind, sent, limit };
        if let Some(refusal) = wants_more(event, note) {
            return Err(refusal.into());
        }
        self.step(&tx, now, record, event, (Some(actor.id()), note)).await?;
        self.put_party(&tx, id, (number, kind), party).await?;
        self.record(&tx, now, actor, "application.step", &id.to_string(), &told(event)).await?;
        Ok(tx.commit().await?)
    }

    async fn put_party(
        &self,
        tx: &Tx,
        id: ApplicationId,
        (number, kind): (u16, ConsultationKind),
        party: &Party,
    ) -> Result<(), Fault> {
        let row = PartyView { id: Uuid::now_v7(), number, kind, party: party.clone() };
        Ok(tx.put_consultation(&row.record(self.vault().await?, id)?).await?)
    }

    /// Adds a step to an application in a transaction: the law decides whether it is possible; receipt that is confirmed gives the
    /// number. `note` says in words how it came about, and is sealed.
    ///
    /// # Errors
    /// The step is not possible on that day; the day has not come; somebody else has acted.
    pub(super) async fn step(
        &self,
        tx: &Tx,
        now: Timestamp,
        mut record: ApplicationRecord,
        event: Event,
        (officer, note): (Option<OfficerId>, &str),
    ) -> Result<(), Fault> {
        let today = clock::local_date(now);
        if event.date() > today {
            let what = format!("{}的日期{}还没有到", event.label(), event.date());
            return Err(Refusal::new(what, "到那一天再登记").into());
        }
        if note.chars().count() > 2_000 {
            return Err(Fault::field("note", "说明不超过2000字"));
        }
        let steps = tx.steps(record.id).await?;
        let history = standing::history(&self.calendar(), &record, &steps)?;
        let history = history.with(event, &self.calendar()).map_err(standing::refused)?;
        record.standing = standing::of(&self.calendar(), &history, today)?.1;
        if record.registration_no.is_none()
            && let Some(received) = record.standing.received
        {
            record.registration_no = Some(self.number(tx, record.agency, received).await?);
        }
        record.updated_at = now;
        tx.update_application(&record).await?;
        let note = match note.trim() {
            "" => None,
            note => Some(self.vault().await?.seal(record.id.0, note)?),
        };
        Ok(tx.insert_step(record.id, &StepRecord { event, noted_at: now, officer, note }).await?)
    }

    /// Gives an application to a section, or to a person, with a day of the organ's own by which it is to be done.
    ///
    /// # Errors
    /// There is no such section or person; the day is past the one of the law; somebody else has acted; the person may not.
    pub async fn assign_application(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        version: i32,
        (section, handler, internal_due): (Option<AgencyId>, Option<OfficerId>, Option<Date>),
    ) -> Result<(), Fault> {
        let mut record = self.store.application(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Handle, record.agency)?;
        let directory = self.directory();
        if section.is_some_and(|id| directory.get(id).is_none_or(|one| one.unit.parent != Some(record.agency))) {
            return Err(Fault::field("section", "没有这个科室"));
        }
        let people = self.store.accounts(Some(record.agency)).await?;
        if handler.is_some_and(|id| !people.iter().any(|one| one.id == id && !one.disabled)) {
            return Err(Fault::field("handler", "本单位没有这个人，或者账号已停用"));
        }
        if let (Some(day), Some(due)) = (internal_due, record.standing.due)
            && day > due
        {
            return Err(Fault::field("internal_due", format!("内部期限晚于答复期限{due}，请提前")));
        }
        record.version = version;
        (record.section, record.handler, record.internal_due) = (section, handler, internal_due);
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_application(&record).await?;
        let word = |id: Option<String>| id.unwrap_or_default();
        let detail = format!(
            "section={}\nhandler={}\nby={}",
            word(section.map(|id| id.to_string())),
            word(handler.map(|id| id.to_string())),
            word(internal_due.map(|day| day.to_string()))
        );
        self.record(&tx, now, actor, "application.assign", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// The people of the own agency who can be given a case.
    ///
    /// # Errors
    /// The person does not handle applications.
    pub async fn handlers(&self, actor: &Actor) -> Result<Vec<(OfficerId, String)>, Fault> {
        actor.need(Act::Handle, actor.agency())?;
        let people = self.store.accounts(Some(actor.agency())).await?;
        Ok(people.into_iter().filter(|one| !one.disabled).map(|one| (one.id, one.name)).collect())
    }
}

/// The application that a person has seen and handles.
async fn as_seen(tx: &Tx, actor: &Actor, id: ApplicationId, version: i32) -> Result<ApplicationRecord, Fault> {
    let record = tx.application(id).await?.ok_or(Fault::NotFound)?;
    actor.need(Act::Handle, record.agency)?;
    if record.version == version { Ok(record) } else { Err(Fault::Conflict) }
}

/// What a step wants that is noted alone: what ends a case goes out as a letter, what comes from a letter says which, an order has its paper.
fn wants_more(event: Event, note: &str) -> Option<Refusal> {
    match event {
        Event::Replied { .. } => Some(
            Refusal::new(
                "答复要经过审核签发和送达，不能只登记一个步骤",
                "起草答复书；已在别处作出的，由公开办负责人连同答复书登记",
            )
            .by("《政府信息公开条例》第十七条"),
        ),
        Event::CorrectionLapsed { .. } | Event::FeeLapsed { .. } => {
            Some(Refusal::new("视为放弃的，要告知申请人，不能只登记一个步骤", "起草告知书；送达后办结"))
        }
        Event::Reopened { .. } => Some(Refusal::new(
            "责令重新答复要有决定书或者判决书，不能只登记一个步骤",
            "在这件申请的复议、诉讼里登记审结；没有登记过的，由公开办负责人连同文书登记",
        )),
        Event::ConsultationOpened { kind: ConsultationKind::OtherOrgan, limit: None, .. } => {
            Some(Refusal::new("征求其他机关意见的函没有写答复的期限", "按函里写明的日期登记期限"))
        }
        Event::ConsultationClosed { answer: Answer::Objected, .. } if note.trim().is_empty() => Some(Refusal::new(
            "不同意公开没有写理由",
            "写明对方的理由：是否合理，是决定公开还是不公开的依据（条例第三十二条）",
        )),
        Event::CorrectionNotified { .. }
        | Event::Extended { .. }
        | Event::ConsultationOpened { .. }
        | Event::FeeNotified { .. }
        | Event::ReasonRequested { .. }
        | Event::Delayed { .. }
            if note.trim().is_empty() =>
        {
            Some(Refusal::new(
                format!("{}来自文书：没有写明是哪一份", event.label()),
                "写明在别处送达的文书的文号和送达方式；在这里起草的，送达后自动登记",
            ))
        }
        _ => None,
    }
}

/// What the audit chain keeps of a step: days and words, nothing of the person.
pub(super) fn told(event: Event) -> String {
    let step = Step::from(event);
    let mut out = format!("kind={}\non={}", step.kind, step.on);
    for (name, value) in [
        ("until", step.until.map(|day| day.to_string())),
        ("consultation", step.consultation.map(|number| number.to_string())),
        ("days", step.days.map(|days| days.to_string())),
        ("word", (!step.word.is_empty()).then(|| step.word.to_owned())),
    ] {
        if let Some(value) = value {
            out.push_str(&format!("\n{name}={value}"));
        }
    }
    out
}

/// The form of an application, opened.
///
/// # Errors
/// The key is not there, or the data were changed.
pub(in crate::platform) async fn opened(
    services: &Services,
    record: &ApplicationRecord,
) -> Result<super::ApplicationForm, Fault> {
    let text = services.vault().await?.unseal(record.id.0, &record.sealed)?;
    serde_json::from_str(&text).map_err(|error| Fault::Failed(format!("申请的内容读不出来：{error}")))
}
