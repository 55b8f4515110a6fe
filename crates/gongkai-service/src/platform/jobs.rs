//! Background work: jobs from the table, the search index that follows what is public, sessions that are over.

use std::sync::Arc;
use std::time::Duration;

use gongkai_model::publication::State;
use jiff::{SignedDuration, Timestamp};

use super::file::FORGET;
use super::publish::PUBLISH;
use super::services::Services;
use super::{Fault, clock};

/// How often mail is looked for. Measured by a clock that nobody sets.
const MAIL: Duration = Duration::from_secs(30);

impl Services {
    /// Works until `stop` is told. On PostgreSQL several nodes may work at once: a job is claimed by one of them.
    pub async fn work(self: Arc<Self>, mut stop: tokio::sync::watch::Receiver<bool>) {
        let mut last_day = clock::local_date(clock::now());
        let mut position = self.index.position();
        let (mut acts, mut settings) = (0, 0);
        let mut mailed: Option<tokio::time::Instant> = None;
        Self::grumble("audit", self.note_head(clock::now()).await);
        Self::grumble("applications", self.daily_applications(clock::now()).await);
        Self::grumble("counts", self.gather_counts().await);
        loop {
            let now = clock::now();
            // A new day may bring new names and ends sessions; acts of another process may have changed units.
            let today = clock::local_date(now);
            let done = self.store.audit_count().await.unwrap_or(acts);
            if today != last_day || done != acts {
                Self::grumble("refresh", self.refresh(now).await);
            }
            if done != acts && !self.store.is_embedded() {
                // Guides of another node show on pages too; most acts change no page.
                match self.store.settings_version().await {
                    Ok(version) if version != settings => {
                        settings = version;
                        self.forget_pages();
                    }
                    Ok(_) => {}
                    Err(error) => Self::grumble("settings", Err(error.into())),
                }
            }
            if today != last_day {
                Self::grumble("sessions", self.forget_sessions(now).await);
                Self::grumble("applications", self.daily_applications(now).await);
                Self::grumble("audit", self.note_head(now).await);
                Self::grumble("counts", self.gather_counts().await);
            }
            (last_day, acts) = (today, done);
            Self::grumble("jobs", self.run_jobs(now).await.map(|_done| ()));
            if mailed.is_none_or(|at| at.elapsed() > MAIL) {
                mailed = Some(tokio::time::Instant::now());
                Self::grumble("clock", self.tell_clock(now).await.map(|_told| ()));
                Self::grumble("mail", self.send_mail(now).await.map(|_sent| ()));
            }
            Self::grumble("index", self.follow().await.map(|_taken| ()));
            // Another process may have changed what is public.
            let latest = self.index.position();
            if latest != position {
                position = latest;
                self.forget_pages();
            }
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep(Duration::from_secs(1)) => {}
                _told = stop.changed() => break,
            }
        }
    }

    pub(super) fn grumble(what: &str, outcome: Result<(), Fault>) {
        if let Err(fault) = outcome {
            tracing::error!(what, %fault, "后台工作没有完成，稍后再试");
        }
    }

    /// Puts together the counts that have gathered since yesterday.
    async fn gather_counts(&self) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        tx.gather_counts(super::import::GATHERED).await?;
        Ok(tx.commit().await?)
    }

    async fn forget_sessions(&self, now: Timestamp) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        tx.delete_expired_sessions(now).await?;
        Ok(tx.commit().await?)
    }

    /// Does the jobs that are due. Gives how many were done.
    ///
    /// # Errors
    /// The database does not answer; a job that fails is put back and tried again.
    pub async fn run_jobs(&self, now: Timestamp) -> Result<usize, Fault> {
        let mut done = 0;
        loop {
            let tx = self.store.begin().await?;
            let jobs = tx.claim_jobs(now, 10).await?;
            if jobs.is_empty() {
                tx.rollback().await?;
                return Ok(done);
            }
            tx.commit().await?;
            for job in jobs {
                let outcome = match job.kind.as_str() {
                    PUBLISH => self.publish_on_time(now, &job.subject).await,
                    FORGET => match job.subject.parse() {
                        Ok(hash) => self.forget(now, &[hash]).await,
                        Err(_) => Ok(()),
                    },
                    other => Err(Fault::Failed(format!("不认识的工作：{other}"))),
                };
                let tx = self.store.begin().await?;
                match outcome {
                    Ok(()) => {
                        tx.finish_job(job.id, now).await?;
                        done += 1;
                    }
                    Err(fault) => {
                        tracing::warn!(job = %job.id, kind = job.kind, %fault, "工作没有完成，将再试");
                        let minutes = i64::from(job.attempts.clamp(1, 60));
                        let again = now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX);
                        tx.postpone_job(job.id, &fault.to_string(), again).await?;
                    }
                }
                tx.commit().await?;
            }
        }
    }

    /// Publishes what was set for a time. Done already, or no longer set for now: nothing happens.
    async fn publish_on_time(&self, now: Timestamp, subject: &str) -> Result<(), Fault> {
        let Ok(id) = subject.parse() else { return Ok(()) };
        let Some(record) = self.store.edition(id).await? else { return Ok(()) };
        match record.edition.state {
            State::Approved { publish_at: Some(at) } if at <= now => {
                match self.make_public(now, "system", record).await {
                    // What is not possible now will not be possible by trying again: the person sees it as still waiting.
                    Err(Fault::Refused(refusal)) => {
                        tracing::warn!(edition = subject, %refusal, "定时发布没有成功");
                        Ok(())
                    }
                    other => other,
                }
            }
            State::Approved { .. }
            | State::Draft
            | State::InReview { .. }
            | State::Published { .. }
            | State::Superseded
            | State::Withdrawn { .. }
            | State::Closed
            | State::Discarded => Ok(()),
        }
    }
}
