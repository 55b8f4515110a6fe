//! The sums of each year over the reports that count.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

use super::{KeyFigures, ReceiptState, year_of};
use crate::Error;
use crate::entity::annual::report_receipt;
use crate::store::{On, Store};

/// The sums of a year over all reports that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearSum {
    /// The year.
    pub year: i16,
    /// How many reports.
    pub reports: i64,
    /// The sums of their figures.
    pub key: KeyFigures,
}

impl Store {
    /// The sums of each year over the reports that count and were not given back, the earliest year first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn year_sums(&self) -> Result<Vec<YearSum>, Error> {
        use report_receipt::Column as C;
        #[derive(FromQueryResult)]
        struct Sums {
            year: i32,
            reports: i64,
            #[sea_orm(nested)]
            key: KeyFigures,
        }
        let mut query = report_receipt::Entity::find()
            .select_only()
            .column(C::Year)
            // Of a column that the index holds: the wide rows need not be read.
            .column_as(C::Year.count(), "reports")
            .filter(C::State.is_in([ReceiptState::Received.code(), ReceiptState::Accepted.code()]))
            .group_by(C::Year)
            .order_by_asc(C::Year);
        for (column, name) in [
            (C::NewReceived, "new_received"),
            (C::CarriedIn, "carried_in"),
            (C::Concluded, "concluded"),
            (C::CarriedOut, "carried_out"),
            (C::Granted, "granted"),
            (C::Partial, "partial"),
            (C::Denied, "denied"),
            (C::Unable, "unable"),
            (C::Disputes, "disputes"),
            (C::Overturned, "overturned"),
        ] {
            query = query.expr_as(Expr::col(column).sum().cast_as("BIGINT"), name);
        }
        let rows: Vec<Sums> = query.into_model().all(self.connection()).await?;
        rows.into_iter()
            .map(|row| Ok(YearSum { year: year_of(row.year)?, reports: row.reports, key: row.key }))
            .collect()
    }
}
