//! The ledger of table 2: figures as they were entered. Nothing is overwritten: what was wrong is made void, with a reason.

use gongkai_model::annual::{ProactiveField, ProactiveItem};
use gongkai_model::ids::{AgencyId, OfficerId};
use jiff::Timestamp;
use rust_decimal::Decimal;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Error;
use crate::entity::annual::ledger_entry;
use crate::store::{On, Store, Tx};
use crate::time::{maybe_moment, micros, moment};
use crate::void::{Voided, void_row};

/// How a figure came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerOrigin {
    /// Somebody typed it.
    Entered,
    /// It stood in a file.
    Imported,
    /// A program sent it.
    Sent,
}

impl LedgerOrigin {
    const ALL: [Self; 3] = [Self::Entered, Self::Imported, Self::Sent];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Imported => "imported",
            Self::Sent => "sent",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Entered => "录入",
            Self::Imported => "导入",
            Self::Sent => "接口",
        }
    }
}

/// A figure of table 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Its identity.
    pub id: Uuid,
    /// The agency.
    pub agency: AgencyId,
    /// The section it comes from; none for the whole agency.
    pub section: Option<AgencyId>,
    /// The report year.
    pub year: i16,
    /// The month; none for the whole year.
    pub month: Option<i8>,
    /// The row.
    pub item: ProactiveItem,
    /// The column.
    pub field: ProactiveField,
    /// The figure.
    pub value: Decimal,
    /// Where it comes from: a paper, a file and its row.
    pub source: String,
    /// How it came in.
    pub origin: LedgerOrigin,
    /// Who brought it in; none for the operator.
    pub officer: Option<OfficerId>,
    /// When.
    pub at: Timestamp,
    /// Since when it no longer counts.
    pub void: Option<Voided>,
}

fn record(row: ledger_entry::Model) -> Result<LedgerEntry, Error> {
    let broken = |what: &str| Error::Broken(format!("ledger_entry {what}"));
    let item = ProactiveItem::ALL.into_iter().find(|one| one.code() == row.item);
    let field = ProactiveField::ALL.into_iter().find(|one| one.code() == row.field);
    let origin = LedgerOrigin::ALL.into_iter().find(|one| one.code() == row.origin);
    let void =
        maybe_moment(row.void_at)?.map(|at| Voided { at, by: row.void_by.map(OfficerId), reason: row.void_reason });
    Ok(LedgerEntry {
        id: row.id,
        agency: AgencyId(row.unit_id),
        section: row.section_id.map(AgencyId),
        year: i16::try_from(row.year).map_err(|_wide| broken("year"))?,
        month: row.month.map(i8::try_from).transpose().map_err(|_wide| broken("month"))?,
        item: item.ok_or_else(|| broken(&row.item))?,
        field: field.ok_or_else(|| broken(&row.field))?,
        value: row.value.parse().map_err(|_odd| broken(&row.value))?,
        source: row.source,
        origin: origin.ok_or_else(|| broken(&row.origin))?,
        officer: row.officer_id.map(OfficerId),
        at: moment(row.at)?,
        void,
    })
}

fn active(one: &LedgerEntry) -> ledger_entry::ActiveModel {
    let void = one.void.as_ref();
    ledger_entry::ActiveModel {
        id: Set(one.id),
        unit_id: Set(one.agency.0),
        section_id: Set(one.section.map(|id| id.0)),
        year: Set(i32::from(one.year)),
        month: Set(one.month.map(i32::from)),
        item: Set(one.item.code().to_owned()),
        field: Set(one.field.code().to_owned()),
        value: Set(one.value.to_string()),
        source: Set(one.source.clone()),
        origin: Set(one.origin.code().to_owned()),
        officer_id: Set(one.officer.map(|id| id.0)),
        at: Set(micros(one.at)),
        void_at: Set(void.map(|void| micros(void.at))),
        void_by: Set(void.and_then(|void| void.by).map(|id| id.0)),
        void_reason: Set(void.map(|void| void.reason.clone()).unwrap_or_default()),
    }
}

async fn entries(on: &impl On, agency: AgencyId, year: Option<i16>, void: bool) -> Result<Vec<LedgerEntry>, Error> {
    use ledger_entry::Column as C;
    let mut query = ledger_entry::Entity::find().filter(C::UnitId.eq(agency.0));
    if let Some(year) = year {
        query = query.filter(C::Year.eq(i32::from(year)));
    }
    if !void {
        query = query.filter(C::VoidAt.is_null());
    }
    let rows = query.order_by_asc(C::At).order_by_asc(C::Id).all(on.connection()).await?;
    rows.into_iter().map(record).collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// The figures of an agency that count, of one year or of all, in the order in which they came in; those that are void too
            /// where `void`.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn ledger(&self, agency: AgencyId, year: Option<i16>, void: bool) -> Result<Vec<LedgerEntry>, Error> {
                entries(self, agency, year, void).await
            }
        }
    )*};
}

reading!(Store, Tx);

impl Store {
    /// The years of an agency that have figures, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn ledger_years(&self, agency: AgencyId) -> Result<Vec<i16>, Error> {
        use ledger_entry::Column as C;
        let years: Vec<i32> = ledger_entry::Entity::find()
            .select_only()
            .column(C::Year)
            .distinct()
            .filter(C::UnitId.eq(agency.0))
            .order_by_desc(C::Year)
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(years.into_iter().filter_map(|year| i16::try_from(year).ok()).collect())
    }
}

impl Tx {
    /// Adds figures.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_ledger(&self, all: &[LedgerEntry]) -> Result<(), Error> {
        for some in all.chunks(400) {
            let rows: Vec<_> = some.iter().map(active).collect();
            ledger_entry::Entity::insert_many(rows).exec_without_returning(self.connection()).await?;
        }
        Ok(())
    }

    /// Says that a figure no longer counts.
    ///
    /// # Errors
    /// [`Error::Conflict`]: there is none of the agency that still counts.
    pub async fn void_ledger(&self, agency: AgencyId, id: Uuid, void: &Voided) -> Result<(), Error> {
        use ledger_entry::Column as C;
        void_row::<ledger_entry::Entity>(
            self,
            [C::Id, C::UnitId, C::VoidAt, C::VoidBy, C::VoidReason],
            (agency, id),
            void,
        )
        .await
    }
}
