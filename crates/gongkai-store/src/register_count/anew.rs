//! The counts out of the cases themselves: whether the kept ones are right.

use std::collections::{BTreeMap, BTreeSet};

use gongkai_model::ids::AgencyId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseBackend, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{APPLICATION, Counted, DISPUTE, read};
use crate::Error;
use crate::entity::annual::register_count;
use crate::entity::application::application;
use crate::entity::dispute::dispute;
use crate::store::{On, Store};

/// Applications that are alike: agency, kind, end, year of receipt, year of the end, whether late, how many.
type Line = (Uuid, String, Option<String>, i32, i32, Option<bool>, i64);

impl Store {
    /// The agencies whose counts differ from their cases: for the one who looks over the house. Walks through every case.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn miscounted(&self) -> Result<Vec<AgencyId>, Error> {
        let mut true_counts: BTreeMap<AgencyId, BTreeMap<Counted, i64>> = BTreeMap::new();
        for (agency, what, many) in self.counted_anew().await? {
            *true_counts.entry(agency).or_default().entry(what).or_default() += many;
        }
        let units: Vec<Uuid> = register_count::Entity::find()
            .select_only()
            .column(register_count::Column::UnitId)
            .distinct()
            .into_tuple()
            .all(self.connection())
            .await?;
        let mut all: BTreeSet<AgencyId> = true_counts.keys().copied().collect();
        all.extend(units.into_iter().map(AgencyId));
        let mut wrong = Vec::new();
        for agency in all {
            let kept: BTreeMap<Counted, i64> = read(self, &[agency], None).await?.into_iter().collect();
            if kept != true_counts.remove(&agency).unwrap_or_default() {
                wrong.push(agency);
            }
        }
        Ok(wrong)
    }

    /// The counts of every agency, out of the cases themselves.
    async fn counted_anew(&self) -> Result<Vec<(AgencyId, Counted, i64)>, Error> {
        use application::Column as A;
        use dispute::Column as D;
        let postgres = self.connection().get_database_backend() == DatabaseBackend::Postgres;
        let year = |column: &str| {
            let year =
                if postgres { format!("EXTRACT(YEAR FROM {column})") } else { format!("strftime('%Y', {column})") };
            Expr::cust(format!("COALESCE(CAST({year} AS INTEGER), 0)"))
        };
        let applications: Vec<Line> = application::Entity::find()
            .select_only()
            .columns([A::UnitId, A::Kind, A::CountedOutcome])
            .expr_as(year("received_on"), "began")
            .expr_as(year("counted_on"), "ended")
            .column(A::CountedLate)
            .column_as(A::Id.count(), "many")
            .filter(A::ReceivedOn.is_not_null())
            .group_by(A::UnitId)
            .group_by(A::Kind)
            .group_by(A::CountedOutcome)
            .group_by(year("received_on"))
            .group_by(year("counted_on"))
            .group_by(A::CountedLate)
            .into_tuple()
            .all(self.connection())
            .await?;
        let disputes: Vec<(Uuid, String, String, i32, i32, i64)> = dispute::Entity::find()
            .select_only()
            .columns([D::UnitId, D::Kind, D::Result])
            .expr_as(year("filed_on"), "began")
            .expr_as(year("decided_on"), "ended")
            .column_as(D::Id.count(), "many")
            .filter(D::CoDefendant.eq(false))
            .group_by(D::UnitId)
            .group_by(D::Kind)
            .group_by(D::Result)
            .group_by(year("filed_on"))
            .group_by(year("decided_on"))
            .into_tuple()
            .all(self.connection())
            .await?;
        let row = |register: &str, kind, result, began, ended, timely| {
            (register.to_owned(), kind, result, began, ended, timely)
        };
        let mut out = Vec::with_capacity(applications.len() + disputes.len());
        for (unit, kind, result, began, ended, late, many) in applications {
            let timely = late.map_or(0, |late| if late { 2 } else { 1 });
            let row = row(APPLICATION, kind, result.unwrap_or_default(), began, ended, timely);
            out.push((AgencyId(unit), Counted::read(&row)?, many));
        }
        for (unit, kind, result, began, ended, many) in disputes {
            out.push((AgencyId(unit), Counted::read(&row(DISPUTE, kind, result, began, ended, 0))?, many));
        }
        Ok(out)
    }
}
