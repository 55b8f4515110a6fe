//! Days of applications that have moved, because of a new notice of days off or a new version of the program: listed, and told to
//! those who handle them.

use std::collections::BTreeMap;

use gongkai_model::application::clock::Alarm;
use gongkai_model::ids::{AgencyId, ApplicationId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_store::{MoveRecord, NamedRow, Notice};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::applications::Moved;
use super::notices::{named, notices};
use super::services::{Actor, Services};
use super::{Fault, clock};

/// More than so many are told in one notice, which leads to the list.
const SINGLY: usize = 20;
/// For how long days that moved are listed.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 366);

/// A day that moved, as the list shows it: no personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedDay {
    /// Which application.
    pub id: ApplicationId,
    /// The agency that answers.
    pub agency: AgencyId,
    /// What it is called: by its number.
    pub name: String,
    /// The day before.
    pub before: Option<Date>,
    /// The day now.
    pub now: Option<Date>,
    /// The day that was found.
    pub found: Date,
}

/// An application, its day before and now, and the day that was found.
pub(super) type Shifted = (ApplicationId, (Option<Date>, Option<Date>), Date);

fn written(day: Option<Date>) -> String {
    day.map_or_else(|| "没有期限".to_owned(), clock::written_date)
}

impl Services {
    /// Lists days that have moved, and tells those who handle the cases: each by itself, or, where there are many, all in one notice.
    /// What moves on day by day with an open consultation is seen on the case: told is what was thought to stand.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn tell_moved(&self, now: Timestamp, moved: &[Moved]) -> Result<usize, Fault> {
        let settled: BTreeMap<ApplicationId, &Moved> =
            moved.iter().filter(|one| !one.projected).map(|one| (one.id, one)).collect();
        if settled.is_empty() {
            return Ok(0);
        }
        let today = clock::local_date(now);
        let ids: Vec<ApplicationId> = settled.keys().copied().collect();
        let mut by_agency: BTreeMap<AgencyId, Vec<(NamedRow, &Moved)>> = BTreeMap::new();
        for row in self.store.named(&ids).await? {
            if let Some(one) = settled.get(&row.id) {
                by_agency.entry(row.agency).or_default().push((row, one));
            }
        }
        let mut all = Vec::new();
        for (agency, rows) in &by_agency {
            let crew = self.crew_of(*agency, today).await?;
            let mut theirs: BTreeMap<OfficerId, Vec<&(NamedRow, &Moved)>> = BTreeMap::new();
            for row in rows {
                for officer in crew.told(row.0.handler, Alarm::Ten) {
                    theirs.entry(officer).or_default().push(row);
                }
            }
            for (officer, rows) in theirs {
                let to = [officer].into();
                if rows.len() > SINGLY {
                    let text = format!("{}件申请的期限变动，见清单", rows.len());
                    let mark = format!("moved:{}", agency.0.simple());
                    all.extend(notices(&to, &crew, now, (&mark, &text, "/office/moved")));
                    continue;
                }
                for (row, one) in rows {
                    let name = named(row.number.as_deref(), row.arrived);
                    let text = format!("{name}的期限变动：原来{}，现在{}", written(one.before), written(one.now));
                    let mark = format!("moved:{}", row.id.0.simple());
                    let link = format!("/office/applications/{}", row.id);
                    all.extend(notices(&to, &crew, now, (&mark, &text, &link)));
                }
            }
        }
        let records: Vec<MoveRecord> = by_agency
            .values()
            .flatten()
            .map(|(row, one)| MoveRecord {
                application: row.id,
                agency: row.agency,
                before: one.before,
                now: one.now,
                at: now,
            })
            .collect();
        self.list_and_tell(now, &records, &all).await
    }

    /// In one transaction: what is listed is told.
    async fn list_and_tell(&self, now: Timestamp, moves: &[MoveRecord], all: &[Notice]) -> Result<usize, Fault> {
        let tx = self.store.begin().await?;
        tx.insert_moves(moves).await?;
        tx.forget_moves(now.checked_sub(KEPT).unwrap_or(Timestamp::MIN)).await?;
        // The latest move is what holds: it takes the place of what was told of the same case before.
        for one in all {
            tx.put_notice(one).await?;
        }
        tx.commit().await?;
        Ok(all.len())
    }

    /// The days that moved within a year, the latest first, at most `limit`, and how many there are: those of the own agency, or of
    /// all for the supervising office.
    ///
    /// # Errors
    /// The person neither handles applications nor supervises.
    pub async fn moved_days(&self, now: Timestamp, actor: &Actor, limit: u64) -> Result<(Vec<MovedDay>, u64), Fault> {
        let administers = actor.over_all && actor.holds(Role::Administrator);
        let agencies = if administers || actor.may(Act::Supervise, actor.agency()) {
            self.directory().agency_ids()
        } else {
            actor.need(Act::Handle, actor.agency())?;
            vec![actor.agency()]
        };
        let since = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN);
        let (moves, count) = self.store.moves(&agencies, since, limit).await?;
        let days = moves.iter().map(|one| (one.application, (one.before, one.now), clock::local_date(one.at)));
        Ok((self.moved_named(&days.collect::<Vec<_>>()).await?, count))
    }

    /// Days that move, with what the applications are called.
    pub(super) async fn moved_named(&self, days: &[Shifted]) -> Result<Vec<MovedDay>, Fault> {
        let ids: Vec<ApplicationId> = days.iter().map(|(id, ..)| *id).collect();
        let rows: BTreeMap<ApplicationId, NamedRow> =
            self.store.named(&ids).await?.into_iter().map(|row| (row.id, row)).collect();
        let shown = days.iter().filter_map(|(id, (before, now), found)| {
            let row = rows.get(id)?;
            Some(MovedDay {
                id: *id,
                agency: row.agency,
                name: named(row.number.as_deref(), row.arrived),
                before: *before,
                now: *now,
                found: *found,
            })
        });
        Ok(shown.collect())
    }
}
