//! What the supervising office decided about findings: it holds while what a finding rests on stays the same.

use std::collections::BTreeMap;

use gongkai_model::ids::{AgencyId, OfficerId};
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::Error;
use crate::entity::annual::report_verdict;
use crate::store::{On, Store, Tx};
use crate::time::{micros, moment};

/// What was decided about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What the finding is known by.
    pub fingerprint: String,
    /// Whether it is let pass; else it is to be mended.
    pub passes: bool,
    /// Why.
    pub reason: String,
    /// By whom.
    pub officer: OfficerId,
    /// When.
    pub at: Timestamp,
}

fn verdict(row: report_verdict::Model) -> Result<Verdict, Error> {
    Ok(Verdict {
        passes: row.verdict == "passes",
        fingerprint: row.fingerprint,
        reason: row.reason,
        officer: OfficerId(row.officer_id),
        at: moment(row.at)?,
    })
}

impl Store {
    /// What was decided about the findings of an agency's report for a year, by what each is known by: the last holds, earlier ones stand before
    /// it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn verdicts(&self, agency: AgencyId, year: i16) -> Result<BTreeMap<String, Vec<Verdict>>, Error> {
        use report_verdict::Column as C;
        let rows = report_verdict::Entity::find()
            .filter(C::UnitId.eq(agency.0))
            .filter(C::Year.eq(i32::from(year)))
            .order_by_asc(C::At)
            .all(self.connection())
            .await?;
        let mut out: BTreeMap<String, Vec<Verdict>> = BTreeMap::new();
        for row in rows {
            let one = verdict(row)?;
            out.entry(one.fingerprint.clone()).or_default().push(one);
        }
        Ok(out)
    }
}

impl Store {
    /// What was decided last about the findings of a year, by agency and by what each is known by.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn last_verdicts(&self, year: i16) -> Result<BTreeMap<(AgencyId, String), Verdict>, Error> {
        use report_verdict::Column as C;
        let rows = report_verdict::Entity::find().filter(C::Year.eq(i32::from(year))).order_by_asc(C::At);
        let rows = rows.all(self.connection()).await?;
        rows.into_iter().map(|row| Ok(((AgencyId(row.unit_id), row.fingerprint.clone()), verdict(row)?))).collect()
    }
}

impl Tx {
    /// Keeps what was decided about a finding, beside what was decided before.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn put_verdict(&self, agency: AgencyId, year: i16, one: &Verdict) -> Result<(), Error> {
        let row = report_verdict::ActiveModel {
            unit_id: Set(agency.0),
            year: Set(i32::from(year)),
            fingerprint: Set(one.fingerprint.clone()),
            verdict: Set(if one.passes { "passes" } else { "mend" }.to_owned()),
            reason: Set(one.reason.clone()),
            officer_id: Set(one.officer.0),
            at: Set(micros(one.at)),
        };
        report_verdict::Entity::insert(row).exec_without_returning(self.connection()).await?;
        Ok(())
    }
}
