//! Rows that no longer count: they stay, with the moment, the person and the reason.

use gongkai_model::ids::{AgencyId, OfficerId};
use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::Error;
use crate::store::{On, Tx};
use crate::time::micros;

/// That an entry no longer counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Option<OfficerId>,
    /// Why.
    pub reason: String,
}

/// Makes a row of an agency void. The columns: its identity, the agency's, moment, person, reason.
///
/// # Errors
/// [`Error::Conflict`]: there is none that still counts.
pub(crate) async fn void_row<E: EntityTrait>(
    tx: &Tx,
    [row, unit, at, by, reason]: [E::Column; 5],
    (agency, id): (AgencyId, Uuid),
    void: &Voided,
) -> Result<(), Error> {
    let done = E::update_many()
        .col_expr(at, Expr::value(micros(void.at)))
        .col_expr(by, Expr::value(void.by.map(|id| id.0)))
        .col_expr(reason, Expr::value(void.reason.clone()))
        .filter(row.eq(id))
        .filter(unit.eq(agency.0))
        .filter(at.is_null())
        .exec(tx.connection())
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
}
