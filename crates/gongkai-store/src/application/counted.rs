//! The cases behind a figure of the report.

use std::collections::{BTreeMap, BTreeSet};

use gongkai_model::annual::{ApplicantColumn, Outcome, ProceedingGroup};
use gongkai_model::ids::AgencyId;
use jiff::civil::Date;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{ApplicationRecord, record};
use crate::Error;
use crate::dispute::DisputeRecord;
use crate::entity::application::application;
use crate::entity::dispute::dispute;
use crate::register_count::Counted;
use crate::store::{On, Store};
use crate::time::row_day;

/// Kinds that end alike: their applicants, their years of receipt.
type Alike = (BTreeSet<ApplicantColumn>, BTreeSet<i16>);

/// The first and the last day of years.
fn days(years: &BTreeSet<i16>) -> Result<(Date, Date), Error> {
    let broken = |_wide| Error::Broken("year".to_owned());
    let (first, last) = (years.first().copied().unwrap_or(1), years.last().copied().unwrap_or(1));
    Ok((Date::new(first, 1, 1).map_err(broken)?, Date::new(last, 12, 31).map_err(broken)?))
}

impl Store {
    /// The applications of some kinds, those that ended last first, then by identity; `limit` after the first `skip`. The years of receipt of
    /// kinds that end alike must follow one another.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn applications_counted(
        &self,
        units: &[AgencyId],
        kinds: &[Counted],
        skip: usize,
        limit: usize,
    ) -> Result<Vec<ApplicationRecord>, Error> {
        use application::Column as C;
        let mut alike: BTreeMap<Option<(Outcome, i16)>, Alike> = BTreeMap::new();
        for kind in kinds {
            if let Counted::Application(applicant, received, end, _) = kind {
                let (applicants, years) = alike.entry(*end).or_default();
                applicants.insert(*applicant);
                years.insert(*received);
            }
        }
        let most = u64::try_from(skip.saturating_add(limit)).unwrap_or(u64::MAX);
        let mut rows = Vec::new();
        for (end, (applicants, received)) in alike {
            let (from, to) = days(&received)?;
            let mut query = application::Entity::find()
                .filter(C::UnitId.is_in(units.iter().map(|one| one.0)))
                .filter(C::Kind.is_in(applicants.iter().map(|one| one.code())))
                .filter(C::ReceivedOn.between(row_day(from)?, row_day(to)?));
            query = match end {
                Some((outcome, year)) => {
                    let (from, to) = days(&BTreeSet::from([year]))?;
                    query
                        .filter(C::CountedOutcome.eq(outcome.code()))
                        .filter(C::CountedOn.between(row_day(from)?, row_day(to)?))
                }
                None => query.filter(C::CountedOutcome.is_null()),
            };
            let found =
                query.order_by_desc(C::CountedOn).order_by_desc(C::Id).limit(most).all(self.connection()).await?;
            rows.extend(found);
        }
        // What is open is before what has ended.
        rows.sort_by_key(|row| std::cmp::Reverse((row.counted_on.is_none(), row.counted_on, row.id)));
        rows.into_iter().skip(skip).take(limit).map(record).collect()
    }

    /// The disputes of some kinds, the latest first; at most `limit` after the first `skip`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn disputes_counted(
        &self,
        units: &[AgencyId],
        kinds: &[Counted],
        skip: usize,
        limit: usize,
    ) -> Result<Vec<DisputeRecord>, Error> {
        use dispute::Column as C;
        let mut alike: BTreeMap<ProceedingGroup, Condition> = BTreeMap::new();
        for kind in kinds {
            let Counted::Dispute(group, accepted, end) = kind else { continue };
            let (from, to) = days(&BTreeSet::from([*accepted]))?;
            let mut one = Condition::all().add(C::FiledOn.between(row_day(from)?, row_day(to)?));
            one = match end {
                Some((column, year)) => {
                    let (from, to) = days(&BTreeSet::from([*year]))?;
                    one.add(C::Result.eq(column.code())).add(C::DecidedOn.between(row_day(from)?, row_day(to)?))
                }
                None => one.add(C::DecidedOn.is_null()),
            };
            let any = alike.remove(group).unwrap_or_else(Condition::any);
            alike.insert(*group, any.add(one));
        }
        let most = u64::try_from(skip.saturating_add(limit)).unwrap_or(u64::MAX);
        let mut rows = Vec::new();
        for (group, any) in alike {
            let found = dispute::Entity::find()
                .filter(C::UnitId.is_in(units.iter().map(|one| one.0)))
                .filter(C::Kind.eq(group.code()))
                .filter(C::CoDefendant.eq(false))
                .filter(any)
                .order_by_desc(C::FiledOn)
                .order_by_desc(C::Id)
                .limit(most);
            rows.extend(found.all(self.connection()).await?);
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.filed_on, row.id)));
        rows.into_iter().skip(skip).take(limit).map(crate::dispute::record).collect()
    }
}
