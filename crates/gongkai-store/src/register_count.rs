//! How many cases there are of each kind: rows that add up, written with the change that they follow from. What the report of a year counts is
//! known without walking through its cases.
//!
//! Nobody waits for anybody: a change adds a row, the sum is taken when it is read. Rows that have gathered are put together now and then
//! ([`Tx::gather_counts`]); everything can be derived anew from the cases ([`Tx::derive_counts`]).

mod anew;

use std::collections::BTreeMap;

use gongkai_model::application::{ApplicantColumn, Outcome, ProceedingColumn, ProceedingGroup};
use gongkai_model::ids::{AgencyId, ApplicationId};
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
};
use uuid::Uuid;

use crate::Error;
use crate::application::ApplicationRecord;
use crate::dispute::DisputeRecord;
use crate::entity::annual::register_count;
use crate::entity::application::application;
use crate::store::{On, Store, Tx};
use crate::time::maybe_day;

/// Cases that the report of a year cannot tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// Applications: the column of the applicant, the year of receipt, the end and its year, whether that was in time where it is known.
    Application(ApplicantColumn, i16, Option<(Outcome, i16)>, Option<bool>),
    /// Disputes that the organ counts: the group, the year of acceptance, the column and the year of the end.
    Dispute(ProceedingGroup, i16, Option<(ProceedingColumn, i16)>),
}

const APPLICATION: &str = "application";
const DISPUTE: &str = "dispute";

/// As columns: register, kind, result, began, ended (0 where it is open), timely (0 not known, 1 in time, 2 late).
type Row = (String, String, String, i32, i32, i32);

impl Counted {
    /// What an application is counted as; none while its receipt is not confirmed.
    pub(crate) fn application(
        kind: ApplicantColumn,
        received: Option<Date>,
        end: Option<(Outcome, Date)>,
        in_time: Option<bool>,
    ) -> Option<Self> {
        Some(Self::Application(kind, received?.year(), end.map(|(outcome, on)| (outcome, on.year())), in_time))
    }

    /// What a dispute is counted as; none where another organ counts it (填报解释).
    pub(crate) fn dispute(one: &DisputeRecord) -> Option<Self> {
        let end = one.decided_on.map(|day| (one.result, day.year()));
        (!one.co_defendant).then(|| Self::Dispute(one.kind, one.filed_on.year(), end))
    }

    fn row(self) -> Row {
        let ended = |year: Option<i16>| i32::from(year.unwrap_or(0));
        match self {
            Self::Application(kind, began, end, in_time) => (
                APPLICATION.to_owned(),
                kind.code().to_owned(),
                end.map(|(outcome, _)| outcome.code()).unwrap_or_default().to_owned(),
                i32::from(began),
                ended(end.map(|(_, year)| year)),
                in_time.map_or(0, |in_time| if in_time { 1 } else { 2 }),
            ),
            Self::Dispute(kind, began, end) => (
                DISPUTE.to_owned(),
                kind.code().to_owned(),
                end.map_or(ProceedingColumn::Pending, |(column, _)| column).code().to_owned(),
                i32::from(began),
                ended(end.map(|(_, year)| year)),
                0,
            ),
        }
    }

    fn read((register, kind, result, began, ended, timely): &Row) -> Result<Self, Error> {
        let broken = || Error::Broken(format!("register_count {register} {kind} {result}"));
        let year = |year: i32| i16::try_from(year).map_err(|_wide| broken());
        if register == APPLICATION {
            let kind = ApplicantColumn::KINDS.into_iter().find(|one| one.code() == kind).ok_or_else(broken)?;
            let end = match ended {
                0 => None,
                year_of_end => Some((Outcome::parse(result).ok_or_else(broken)?, year(*year_of_end)?)),
            };
            let in_time = (*timely > 0).then_some(*timely == 1);
            return Ok(Self::Application(kind, year(*began)?, end, in_time));
        }
        let kind = ProceedingGroup::ALL.into_iter().find(|one| one.code() == kind).ok_or_else(broken)?;
        let column = ProceedingColumn::PARTS.into_iter().find(|one| one.code() == result).ok_or_else(broken)?;
        let end = if *ended == 0 { None } else { Some((column, year(*ended)?)) };
        Ok(Self::Dispute(kind, year(*began)?, end))
    }
}

/// Changes of the counts of an agency.
#[derive(Debug, Default)]
pub(crate) struct Counts(BTreeMap<(AgencyId, Counted), i64>);

impl Counts {
    pub(crate) fn add(&mut self, agency: AgencyId, what: Option<Counted>, many: i64) {
        if let Some(what) = what {
            *self.0.entry((agency, what)).or_default() += many;
        }
    }

    pub(crate) fn add_application(&mut self, record: &ApplicationRecord) {
        let standing = &record.standing;
        self.add(
            record.agency,
            Counted::application(record.kind, standing.received, standing.counted, standing.in_time),
            1,
        );
    }

    fn rows(self) -> Vec<register_count::ActiveModel> {
        self.0
            .into_iter()
            .filter(|(_, many)| *many != 0)
            .map(|((agency, what), many)| active(agency, what.row(), many))
            .collect()
    }
}

fn active(
    agency: AgencyId,
    (register, kind, result, began, ended, timely): Row,
    many: i64,
) -> register_count::ActiveModel {
    register_count::ActiveModel {
        id: Set(Uuid::now_v7()),
        unit_id: Set(agency.0),
        register: Set(register),
        kind: Set(kind),
        result: Set(result),
        began: Set(began),
        ended: Set(ended),
        timely: Set(timely),
        amount: Set(many),
    }
}

async fn read(on: &impl On, units: &[AgencyId], year: Option<i16>) -> Result<Vec<(Counted, i64)>, Error> {
    use register_count::Column as C;
    let mut query = register_count::Entity::find()
        .select_only()
        .columns([C::Register, C::Kind, C::Result, C::Began, C::Ended, C::Timely])
        .expr_as(Expr::col(C::Amount).sum().cast_as("BIGINT"), "many")
        .filter(C::UnitId.is_in(units.iter().map(|one| one.0)));
    if let Some(year) = year.map(i32::from) {
        query = query.filter(C::Began.lte(year)).filter(Condition::any().add(C::Ended.eq(0)).add(C::Ended.gte(year)));
    }
    let query = query
        .group_by(C::Register)
        .group_by(C::Kind)
        .group_by(C::Result)
        .group_by(C::Began)
        .group_by(C::Ended)
        .group_by(C::Timely);
    let rows: Vec<(String, String, String, i32, i32, i32, i64)> = query.into_tuple().all(on.connection()).await?;
    rows.into_iter()
        .filter(|row| row.6 != 0)
        .map(|(register, kind, result, began, ended, timely, many)| {
            Ok((Counted::read(&(register, kind, result, began, ended, timely))?, many))
        })
        .collect()
}

impl Store {
    /// What the report of a year counts of the cases of some agencies together: how many of each kind. At most so many rows as there are kinds, whatever the
    /// number of cases.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn register_counts(&self, units: &[AgencyId], year: i16) -> Result<Vec<(Counted, i64)>, Error> {
        read(self, units, Some(year)).await
    }

    /// The first year of which some agencies have applications; none where they have none.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn first_counted(&self, units: &[AgencyId]) -> Result<Option<i16>, Error> {
        use register_count::Column as C;
        let first: Option<Option<i32>> = register_count::Entity::find()
            .select_only()
            .expr_as(Expr::col(C::Began).min(), "first")
            .filter(C::UnitId.is_in(units.iter().map(|one| one.0)))
            .filter(C::Register.eq(APPLICATION))
            .into_tuple()
            .one(self.connection())
            .await?;
        first
            .flatten()
            .map(|year| i16::try_from(year).map_err(|_wide| Error::Broken("register_count began".to_owned())))
            .transpose()
    }

    /// How many applications of each agency ended in time in a year, and how many late; what is not known is left out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn replies_in_time(&self, year: i16) -> Result<BTreeMap<AgencyId, (i64, i64)>, Error> {
        use register_count::Column as C;
        let rows: Vec<(Uuid, i32, i64)> = register_count::Entity::find()
            .select_only()
            .columns([C::UnitId, C::Timely])
            .expr_as(Expr::col(C::Amount).sum().cast_as("BIGINT"), "many")
            .filter(C::Register.eq(APPLICATION))
            .filter(C::Ended.eq(i32::from(year)))
            .filter(C::Timely.gt(0))
            .group_by(C::UnitId)
            .group_by(C::Timely)
            .into_tuple()
            .all(self.connection())
            .await?;
        let mut out: BTreeMap<AgencyId, (i64, i64)> = BTreeMap::new();
        for (unit, timely, many) in rows {
            let (in_time, late) = out.entry(AgencyId(unit)).or_default();
            if timely == 1 {
                *in_time += many;
            } else {
                *late += many;
            }
        }
        Ok(out)
    }

    /// How many reconsiderations and suits each agency lost in a year.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn overturned(&self, year: i16) -> Result<BTreeMap<AgencyId, i64>, Error> {
        use register_count::Column as C;
        let rows: Vec<(Uuid, i64)> = register_count::Entity::find()
            .select_only()
            .column(C::UnitId)
            .expr_as(Expr::col(C::Amount).sum().cast_as("BIGINT"), "many")
            .filter(C::Register.eq(DISPUTE))
            .filter(C::Ended.eq(i32::from(year)))
            .filter(C::Result.eq(ProceedingColumn::Overturned.code()))
            .group_by(C::UnitId)
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(rows.into_iter().map(|(unit, many)| (AgencyId(unit), many)).collect())
    }
}

impl Tx {
    /// Writes changes of counts.
    pub(crate) async fn write_counts(&self, counts: Counts) -> Result<(), Error> {
        let rows = counts.rows();
        if rows.is_empty() {
            return Ok(());
        }
        for some in rows.chunks(400) {
            register_count::Entity::insert_many(some.to_vec()).exec_without_returning(self.connection()).await?;
        }
        Ok(())
    }

    /// What an application is counted as now, before it is changed.
    pub(crate) async fn counted_now(&self, id: ApplicationId) -> Result<Option<Counted>, Error> {
        use application::Column as C;
        type Day = Option<sea_orm::prelude::Date>;
        type Found = (String, Day, Option<String>, Day, Option<bool>);
        let found: Option<Found> = application::Entity::find_by_id(id.0)
            .select_only()
            .columns([C::Kind, C::ReceivedOn, C::CountedOutcome, C::CountedOn, C::CountedLate])
            .into_tuple()
            .one(self.connection())
            .await?;
        let Some((kind, received, outcome, on, late)) = found else { return Ok(None) };
        let broken = |what: &str| Error::Broken(format!("application {what}"));
        let kind = ApplicantColumn::KINDS.into_iter().find(|one| one.code() == kind).ok_or_else(|| broken(&kind))?;
        let outcome = match &outcome {
            Some(code) => Some(Outcome::parse(code).ok_or_else(|| broken(code))?),
            None => None,
        };
        let end = outcome.zip(maybe_day(on)?);
        Ok(Counted::application(kind, maybe_day(received)?, end, late.map(|late| !late)))
    }

    /// Puts together the rows that have gathered, agency by agency, where there are more than `most`. Gives how many agencies there were.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn gather_counts(&self, most: i64) -> Result<usize, Error> {
        use register_count::Column as C;
        let many: Vec<Uuid> = register_count::Entity::find()
            .select_only()
            .column(C::UnitId)
            .group_by(C::UnitId)
            .having(C::Id.count().gt(most))
            .into_tuple()
            .all(self.connection())
            .await?;
        for unit in &many {
            let backend = self.connection().get_database_backend();
            let place = if backend == DatabaseBackend::Postgres { "$1" } else { "?" };
            let sql = format!(
                "DELETE FROM register_count WHERE unit_id = {place} RETURNING register, kind, result, began, ended, timely, amount"
            );
            let taken = Statement::from_sql_and_values(backend, sql, [(*unit).into()]);
            let mut sums: BTreeMap<Row, i64> = BTreeMap::new();
            for row in self.connection().query_all_raw(taken).await? {
                let key = (
                    row.try_get("", "register")?,
                    row.try_get("", "kind")?,
                    row.try_get("", "result")?,
                    row.try_get("", "began")?,
                    row.try_get("", "ended")?,
                    row.try_get("", "timely")?,
                );
                *sums.entry(key).or_default() += row.try_get::<i64>("", "amount")?;
            }
            let rows: Vec<_> = sums
                .into_iter()
                .filter(|(_, many)| *many != 0)
                .map(|(row, many)| active(AgencyId(*unit), row, many))
                .collect();
            for some in rows.chunks(400) {
                register_count::Entity::insert_many(some.to_vec()).exec_without_returning(self.connection()).await?;
            }
        }
        Ok(many.len())
    }

    /// Derives anew what follows from the cases: after a backup of an older shape was restored, or where something is miscounted.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn derive_counts(&self) -> Result<(), Error> {
        Ok(crate::migration::derive(self.connection()).await?)
    }
}
