//! A clock of the server that was set back: what came in meanwhile has the wrong day, and nobody would see it.

use jiff::{SignedDuration, Timestamp};

use gongkai_model::officer::Role;
use gongkai_model::org::UnitKind;

use super::notices::notices;
use super::services::Services;
use super::{Fault, clock};

/// So much may the clocks of several nodes differ.
/// So many records are looked at: what was done since the clock was set back must not hide it at once.
const RECENT: u64 = 1_000;
const LEEWAY: SignedDuration = SignedDuration::from_mins(10);

impl Services {
    /// The moment of the latest act, where it lies after now: the clock was set back since, or was ahead then.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn clock_behind(&self, now: Timestamp) -> Result<Option<Timestamp>, Fault> {
        let last = self.store.audit_count().await?;
        let recent = self.store.audit_after(last.saturating_sub(RECENT), RECENT).await?;
        let latest = recent.iter().map(|record| record.at).max();
        Ok(latest.filter(|at| at.duration_since(now) > LEEWAY))
    }

    /// Tells the administrators of the supervising offices that the clock was set back; once for each time.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn tell_clock(&self, now: Timestamp) -> Result<usize, Fault> {
        let Some(at) = self.clock_behind(now).await? else { return Ok(0) };
        tracing::warn!(latest = %at, %now, "服务器时钟比最近一条操作记录早");
        let text = format!(
            "服务器时钟现在是{}，比最近一次操作（{}）还早：可能被调回。收到申请的日期按服务器时钟登记，请运维人员校对时钟，再核对这段时间的登记",
            clock::written_moment(now),
            clock::written_moment(at)
        );
        let mark = format!("clock:{}", at.as_second());
        let offices: Vec<_> = self
            .directory()
            .open_agencies()
            .filter(|one| one.kind == UnitKind::SupervisingOffice)
            .map(|one| one.id)
            .collect();
        let mut all = Vec::new();
        for office in offices {
            let crew = self.crew_of(office, clock::local_date(now)).await?;
            all.extend(notices(&crew.of(Role::Administrator).collect(), &crew, now, (&mark, &text, "/office")));
        }
        self.keep_notices(&all).await
    }
}
