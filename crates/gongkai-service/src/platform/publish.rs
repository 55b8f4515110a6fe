//! Publishing, at once or at a time; taking down.

use gongkai_model::Refusal;
use gongkai_model::ids::EditionId;
use gongkai_model::officer::Act;
use gongkai_model::publication::metadata::index_no;
use gongkai_model::publication::{Attribute, State};
use gongkai_store::{EditionRecord, Tx};
use jiff::{SignedDuration, Timestamp};

use super::services::{Actor, Services};
use super::{Fault, check, clock, text};

/// The kind of job that publishes at a time.
pub(super) const PUBLISH: &str = "publish";

/// How many days ahead a publication may be set; more is a slip of the pen.
const FARTHEST_DAYS: i64 = 366;

impl Services {
    /// Publishes what was approved.
    ///
    /// # Errors
    /// Not every step has signed this very content; findings block on the last look; the attribute is another.
    pub async fn publish(&self, now: Timestamp, actor: &Actor, id: EditionId) -> Result<(), Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Publish, record.agency)?;
        self.make_public(now, &actor.id().to_string(), record).await
    }

    /// Nothing new comes from an agency that is no more; what it published stays.
    pub(super) fn must_be_open(&self, agency: gongkai_model::ids::AgencyId) -> Result<(), Fault> {
        let directory = self.directory();
        let Some(one) = directory.get(agency).filter(|one| one.is_closed) else { return Ok(()) };
        let next = one.successor.map(|id| directory.name(id).to_owned()).unwrap_or_default();
        let advice =
            if next.is_empty() { "请联系主管部门".to_owned() } else { format!("由{next}起草和发布") };
        Err(Refusal::new(format!("{}已经撤销，不能再起草和发布", one.name), advice).into())
    }

    /// The act itself, by a person or by the clock.
    pub(super) async fn make_public(&self, now: Timestamp, by: &str, mut record: EditionRecord) -> Result<(), Fault> {
        if record.metadata.attribute != Attribute::Proactive {
            return Err(Refusal::new(
                format!("公开属性是“{}”，不能发布", record.metadata.attribute.label()),
                "需要公开的，修改属性后重新审核",
            )
            .into());
        }
        self.must_be_open(record.agency)?;
        Self::must_not_be_kept_apart(&record)?;
        let id = record.id;
        let tx = self.store.begin().await?;
        // Looked at again within the transaction: the very bytes that become public.
        let files = tx.attachments(id).await?;
        let settled = tx.dispositions(record.publication).await?;
        let content = text::content_hash(&record.metadata, &record.extras, &record.body, &files);
        if content != record.edition.content {
            return Err(Refusal::new("签署之后内容有了改动", "重新提交审核").by("《政府信息公开条例》第十七条").into());
        }
        let findings = self.find(&record, &files, &settled).await?;
        record.edition.publish(check::open(&findings), now)?;
        record.published_at = Some(now);
        record.updated_at = now;
        let told = self.put_in_place(&tx, now, by, &record, None).await?;
        tx.update_edition(&record).await?;
        let sequence = tx.note_change(record.publication, now).await?;
        let detail = format!("publication={}\ncontent={content}\nchange={sequence}\n{told}", record.publication);
        tx.append_audit(now, by, "edition.publish", &id.to_string(), &detail).await?;
        tx.commit().await?;
        self.changed();
        Ok(())
    }

    /// Gives the index number and lets the edition before give way.
    pub(super) async fn put_in_place(
        &self,
        tx: &Tx,
        now: Timestamp,
        by: &str,
        record: &EditionRecord,
        first: Option<Timestamp>,
    ) -> Result<String, Fault> {
        let mut publication = tx.publication(record.publication).await?.ok_or(Fault::NotFound)?;
        if publication.first_published_at.is_none() {
            let at = first.unwrap_or(now);
            let year = clock::local_date(at).year();
            let serial = tx.next_serial(&format!("index:{}:{year}", record.agency)).await?;
            let serial = u32::try_from(serial).map_err(|_wide| Fault::Failed("索引号用完".to_owned()))?;
            let directory = self.directory();
            let code = directory.get(record.agency).map(|agency| agency.code.as_str()).unwrap_or_default();
            let number = index_no(code, year, serial);
            tx.set_public(record.publication, &number, at).await?;
            (publication.index_no, publication.first_published_at) = (Some(number), Some(at));
        }
        for mut other in tx.editions(record.publication).await? {
            if other.id != record.id && matches!(other.edition.state, State::Published { .. } | State::Withdrawn { .. })
            {
                other.edition.supersede()?;
                tx.update_edition(&other).await?;
                tx.append_audit(now, by, "edition.supersede", &other.id.to_string(), &format!("by={}", record.id))
                    .await?;
            }
        }
        let first = publication.first_published_at.unwrap_or(now);
        Ok(self.told_of(record, &publication.index_no.unwrap_or_default(), first))
    }

    /// What the record of a publication says beside the content: the elements that no hash of the content covers.
    pub(super) fn told_of(&self, record: &EditionRecord, index_no: &str, first: Timestamp) -> String {
        let directory = self.directory();
        let organ = directory.get(record.agency).map_or("", |one| one.unit.name_on(record.metadata.formed_on));
        format!("index={index_no}\nfirst={}\norgan={organ}\nedition={}", clock::local_date(first), record.number)
    }

    /// Sets the time at which what was approved becomes public, as local `2026-01-09T08:30`.
    ///
    /// # Errors
    /// It is not approved; the time has passed or cannot be read, or lies after the last day of the term (条例 第二十六条).
    pub async fn schedule(&self, now: Timestamp, actor: &Actor, id: EditionId, time: &str) -> Result<(), Fault> {
        let mut record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Publish, record.agency)?;
        let at = time.trim().parse().ok().and_then(clock::at_local);
        let at = at.ok_or_else(|| Fault::field("publish_at", "请选择定时发布的日期和时间"))?;
        if now.checked_add(SignedDuration::from_hours(24 * FARTHEST_DAYS)).is_ok_and(|last| at > last) {
            return Err(Fault::field("publish_at", "定时发布只能定在一年以内，请核对年份"));
        }
        if let Some(due) = self.due_of(&record).filter(|due| clock::local_date(at) > *due) {
            let due = clock::written_date(due);
            let why = format!("最迟应在{due}公开（条例第二十六条），不能定在这一天以后；已经晚了的，立即发布");
            return Err(Fault::field("publish_at", why));
        }
        record.edition.schedule(at, now)?;
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_edition(&record).await?;
        tx.enqueue(PUBLISH, &id.to_string(), at).await?;
        self.record(&tx, now, actor, "edition.schedule", &id.to_string(), &format!("at={at}")).await?;
        tx.commit().await?;
        self.wake.notify_waiters();
        Ok(())
    }

    /// Takes the time of publication back.
    ///
    /// # Errors
    /// No time is set.
    pub async fn unschedule(&self, now: Timestamp, actor: &Actor, id: EditionId) -> Result<(), Fault> {
        let mut record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Publish, record.agency)?;
        record.edition.unschedule()?;
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_edition(&record).await?;
        self.record(&tx, now, actor, "edition.unschedule", &id.to_string(), "").await?;
        Ok(tx.commit().await?)
    }

    /// Takes what is public down; a notice with the reason stays in its place.
    ///
    /// # Errors
    /// It is not public; no reason is given.
    pub async fn withdraw(&self, now: Timestamp, actor: &Actor, id: EditionId, reason: &str) -> Result<(), Fault> {
        let mut record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        actor.need(Act::Withdraw, self.directory().answering(record.agency))?;
        let found = gongkai_model::publication::check::scan_text(reason, &self.check_settings(record.agency));
        if let Some(hit) = found.iter().find(|hit| hit.blocks()) {
            return Err(Fault::field(
                "reason",
                format!("理由会公开，里面有{}（{}），请删去", hit.detector.label(), hit.shown),
            ));
        }
        record.edition.withdraw(reason, now)?;
        record.withdrawn = Some((now, reason.trim().to_owned()));
        record.updated_at = now;
        let tx = self.store.begin().await?;
        tx.update_edition(&record).await?;
        tx.note_change(record.publication, now).await?;
        // Whatever is on its way in its place goes back: who signed it did not know why this one had to go.
        for mut next in self.store.editions(record.publication).await? {
            if next.id == id || !matches!(next.edition.state, State::InReview { .. } | State::Approved { .. }) {
                continue;
            }
            let why = format!("公开的版本已撤下：{}", reason.trim());
            next.edition.recall(&why)?;
            next.updated_at = now;
            tx.update_edition(&next).await?;
            let detail = format!("reason={}", why.replace('\n', " "));
            self.record(&tx, now, actor, "edition.recall", &next.id.to_string(), &detail).await?;
        }
        self.record(
            &tx,
            now,
            actor,
            "edition.withdraw",
            &id.to_string(),
            &format!("publication={}\nreason={}", record.publication, reason.trim().replace('\n', " ")),
        )
        .await?;
        tx.commit().await?;
        self.changed();
        Ok(())
    }
}
