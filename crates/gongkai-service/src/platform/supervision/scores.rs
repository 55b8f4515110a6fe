//! The assessment of agencies out of measured facts: replies in time, decisions overturned, columns kept up, the report. The rules are settings
//! (条例 第四十六条: assessment is the duty, its marks are the office's own).

use std::collections::BTreeMap;

use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_store::ReceiptState;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// Where the rules are kept.
const SETTING: &str = "score_rules";

/// How many points each fact takes off, and how many at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoreRules {
    /// For each reply after its day, and at most.
    pub late: (i64, i64),
    /// For each reconsideration or suit lost, and at most.
    pub overturned: (i64, i64),
    /// For each column that is not kept up, and at most.
    pub stale: (i64, i64),
    /// For a report that came late, was given back or did not come.
    pub report_late: i64,
    /// For each error in the report, and at most.
    pub report_errors: (i64, i64),
}

impl Default for ScoreRules {
    fn default() -> Self {
        Self { late: (2, 30), overturned: (5, 25), stale: (1, 20), report_late: 10, report_errors: (1, 15) }
    }
}

/// The score of an agency with the facts it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// What is left of a hundred.
    pub points: i64,
    /// Whether it works on the platform: of others only the report is known, they have no score.
    pub is_measured: bool,
    /// Replies in time and late; what came out of an earlier register is not known.
    pub replies: (i64, i64),
    /// Reconsiderations and suits lost.
    pub overturned: i64,
    /// Columns that are not kept up now.
    pub stale: i64,
    /// Whether the report came late or not at all.
    pub report_late: bool,
    /// Whether it has come: of one that has not, nothing is said before its day.
    pub has_reported: bool,
    /// Whether it does not have to.
    pub is_exempt: bool,
    /// Errors in it that nobody has let pass.
    pub report_errors: i64,
    /// What each fact took off, in this order: late, overturned, stale, report late, report errors.
    pub taken: [i64; 5],
}

impl Score {
    /// What late replies took off.
    pub fn late_off(&self) -> i64 {
        self.taken[0]
    }

    /// What lost disputes took off.
    pub fn overturned_off(&self) -> i64 {
        self.taken[1]
    }

    /// What columns took off.
    pub fn stale_off(&self) -> i64 {
        self.taken[2]
    }

    /// What the report took off.
    pub fn report_off(&self) -> i64 {
        self.taken[3] + self.taken[4]
    }
}

fn off((each, most): (i64, i64), many: i64) -> i64 {
    each.saturating_mul(many).min(most)
}

impl Services {
    /// The rules of the assessment, and the number of their last change.
    ///
    /// # Errors
    /// The person does not supervise.
    pub async fn score_rules(&self, actor: &Actor) -> Result<(ScoreRules, i32), Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        match self.store.setting(SETTING).await? {
            Some(setting) => Ok((crate::platform::directory::read(&setting.value)?, setting.version)),
            None => Ok((ScoreRules::default(), 0)),
        }
    }

    /// Sets the rules.
    ///
    /// # Errors
    /// A number is negative or above a hundred; somebody else changed them.
    pub async fn set_score_rules(
        &self,
        now: Timestamp,
        actor: &Actor,
        version: i32,
        rules: &ScoreRules,
    ) -> Result<(), Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let named = [
            ("late", rules.late),
            ("overturned", rules.overturned),
            ("stale", rules.stale),
            ("report_late", (rules.report_late, rules.report_late)),
            ("report_errors", rules.report_errors),
        ];
        let wrong: Vec<(String, String)> = named
            .into_iter()
            .filter(|(_, (each, most))| ![each, most].into_iter().all(|one| (0..=100).contains(one)))
            .map(|(name, _)| (name.to_owned(), "扣分应为0至100的整数".to_owned()))
            .collect();
        if !wrong.is_empty() {
            return Err(Fault::Invalid(wrong));
        }
        let json = serde_json::to_string(rules).map_err(|error| Fault::Failed(error.to_string()))?;
        let tx = self.store.begin().await?;
        tx.put_setting(SETTING, &json, version).await?;
        self.record(&tx, now, actor, "score.rules", SETTING, &json).await?;
        Ok(tx.commit().await?)
    }

    /// The scores of all agencies for a year, the best first; those outside the platform, which have none, at the end. Columns are looked at as they
    /// are today.
    ///
    /// # Errors
    /// The person does not supervise.
    pub async fn scores(&self, now: Timestamp, actor: &Actor, year: i16) -> Result<Vec<Score>, Fault> {
        let (rules, _) = self.score_rules(actor).await?;
        let due = self.report_due(year)?.1;
        let today = clock::local_date(now);
        let (replies, overturned, lines, first, exempt) = tokio::try_join!(
            async { Ok::<_, Fault>(self.store.replies_in_time(year).await?) },
            async { Ok::<_, Fault>(self.store.overturned(year).await?) },
            async { Ok::<_, Fault>(self.store.receipt_lines(year).await?) },
            async { Ok::<_, Fault>(self.store.first_arrivals(year).await?) },
            self.exempt(year),
        )?;
        let staffed = self.store.staffed_units().await?;
        let lines: BTreeMap<AgencyId, _> = lines.into_iter().map(|one| (one.agency, one)).collect();
        let mut out = Vec::new();
        for (agency, name, known) in self.expected(year) {
            let known_replies = replies.get(&agency).copied();
            let is_measured = (staffed.contains(&agency) || known_replies.is_some()) && !exempt.contains_key(&agency);
            let replies = known_replies.unwrap_or_default();
            let lost = overturned.get(&agency).copied().unwrap_or(0);
            // How columns stood in an earlier year is not known any more.
            let tally =
                if is_measured && today.year() <= year + 1 { self.columns_tally(today, agency).await? } else { 0 };
            let line = lines.get(&agency);
            let report_late = match line {
                Some(one) => first.get(&agency).is_some_and(|day| *day > due) || one.state == ReceiptState::Returned,
                None => known && today > due && !exempt.contains_key(&agency),
            };
            let report_errors = line.map_or(0, |one| i64::from(one.open_errors));
            let taken = [
                off(rules.late, replies.1),
                off(rules.overturned, lost),
                off(rules.stale, tally),
                if report_late { rules.report_late } else { 0 },
                off(rules.report_errors, report_errors),
            ];
            let points = 100_i64.saturating_sub(taken.iter().sum()).max(0);
            out.push(Score {
                agency,
                name,
                points,
                is_measured,
                replies,
                overturned: lost,
                stale: tally,
                report_late,
                has_reported: line.is_some(),
                is_exempt: exempt.contains_key(&agency),
                report_errors,
                taken,
            });
        }
        // Those of whom little is known stand behind the rest: they are not compared.
        out.sort_by(|a, b| (!a.is_measured, -a.points, &a.name).cmp(&(!b.is_measured, -b.points, &b.name)));
        Ok(out)
    }
}
