//! The annual reports of an agency, and what was added to their figures.

use std::collections::BTreeSet;

use gongkai_model::annual::CellRef;
use gongkai_model::ids::{AgencyId, EditionId, OfficerId, PublicationId};
use jiff::Timestamp;
use rust_decimal::Decimal;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Error;
use crate::entity::annual::{annual_report, report_adjustment};
use crate::entity::publication::edition;
use crate::store::{On, Store, Tx};
use crate::time::{maybe_moment, micros, moment};
use crate::void::{Voided, void_row};

/// The report of an agency for a year, or a correction of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualReport {
    /// Its identity.
    pub id: Uuid,
    /// The agency.
    pub agency: AgencyId,
    /// The report year.
    pub year: i16,
    /// 1 for the report, 2 for its first correction.
    pub number: i32,
    /// Why it is corrected.
    pub reason: String,
    /// What people wrote, as JSON.
    pub text: String,
    /// Explanations of findings, as JSON.
    pub explained: String,
    /// The publication it becomes, and the edition.
    pub edition: Option<(PublicationId, EditionId)>,
    /// The figures that were reported, as JSON; empty while they follow the work.
    pub reported: String,
    /// When and by whom they were fixed.
    pub fixed: Option<(Timestamp, Option<OfficerId>)>,
    /// When and by whom it was submitted to the supervising office.
    pub submitted: Option<(Timestamp, Option<OfficerId>)>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: Option<OfficerId>,
    /// The number of its last change.
    pub version: i32,
}

/// An addition to a figure: never an overwrite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// Its identity.
    pub id: Uuid,
    /// The agency.
    pub agency: AgencyId,
    /// The report year.
    pub year: i16,
    /// The cell.
    pub cell: CellRef,
    /// What is added; negative where something is taken off.
    pub amount: Decimal,
    /// Why.
    pub reason: String,
    /// The paper it rests on.
    pub paper: String,
    /// Who made it.
    pub officer: OfficerId,
    /// When.
    pub at: Timestamp,
    /// Since when it no longer counts.
    pub void: Option<Voided>,
}

fn pair(at: Option<i64>, by: Option<Uuid>) -> Result<Option<(Timestamp, Option<OfficerId>)>, Error> {
    Ok(maybe_moment(at)?.map(|at| (at, by.map(OfficerId))))
}

fn record(row: annual_report::Model) -> Result<AnnualReport, Error> {
    Ok(AnnualReport {
        id: row.id,
        agency: AgencyId(row.unit_id),
        year: i16::try_from(row.year).map_err(|_wide| Error::Broken("annual_report year".to_owned()))?,
        number: row.number,
        reason: row.reason,
        text: row.text,
        explained: row.explained,
        edition: row.publication_id.map(PublicationId).zip(row.edition_id.map(EditionId)),
        reported: row.reported,
        fixed: pair(row.fixed_at, row.fixed_by)?,
        submitted: pair(row.submitted_at, row.submitted_by)?,
        created_at: moment(row.created_at)?,
        created_by: row.created_by.map(OfficerId),
        version: row.version,
    })
}

fn active(one: &AnnualReport) -> annual_report::ActiveModel {
    let by = |pair: &Option<(Timestamp, Option<OfficerId>)>| pair.and_then(|(_, by)| by).map(|id| id.0);
    let at = |pair: &Option<(Timestamp, Option<OfficerId>)>| pair.map(|(at, _)| micros(at));
    annual_report::ActiveModel {
        id: Set(one.id),
        unit_id: Set(one.agency.0),
        year: Set(i32::from(one.year)),
        number: Set(one.number),
        reason: Set(one.reason.clone()),
        text: Set(one.text.clone()),
        explained: Set(one.explained.clone()),
        publication_id: Set(one.edition.map(|(id, _)| id.0)),
        edition_id: Set(one.edition.map(|(_, id)| id.0)),
        reported: Set(one.reported.clone()),
        fixed_at: Set(at(&one.fixed)),
        fixed_by: Set(by(&one.fixed)),
        submitted_at: Set(at(&one.submitted)),
        submitted_by: Set(by(&one.submitted)),
        created_at: Set(micros(one.created_at)),
        created_by: Set(one.created_by.map(|id| id.0)),
        version: Set(one.version),
    }
}

fn adjustment(row: report_adjustment::Model) -> Result<Adjustment, Error> {
    let broken = |what: &str| Error::Broken(format!("report_adjustment {what}"));
    let void =
        maybe_moment(row.void_at)?.map(|at| Voided { at, by: row.void_by.map(OfficerId), reason: row.void_reason });
    Ok(Adjustment {
        id: row.id,
        agency: AgencyId(row.unit_id),
        year: i16::try_from(row.year).map_err(|_wide| broken("year"))?,
        cell: CellRef::parse(&row.cell).ok_or_else(|| broken(&row.cell))?,
        amount: row.amount.parse().map_err(|_odd| broken(&row.amount))?,
        reason: row.reason,
        paper: row.paper,
        officer: OfficerId(row.officer_id),
        at: moment(row.at)?,
        void,
    })
}

async fn of_year(on: &impl On, agency: AgencyId, year: i16) -> Result<Vec<AnnualReport>, Error> {
    use annual_report::Column as C;
    let query = annual_report::Entity::find().filter(C::UnitId.eq(agency.0)).filter(C::Year.eq(i32::from(year)));
    query.order_by_asc(C::Number).all(on.connection()).await?.into_iter().map(record).collect()
}

async fn of_edition(on: &impl On, edition: EditionId) -> Result<Option<AnnualReport>, Error> {
    let query = annual_report::Entity::find().filter(annual_report::Column::EditionId.eq(edition.0));
    query.one(on.connection()).await?.map(record).transpose()
}

async fn of_publication(on: &impl On, publication: PublicationId) -> Result<Option<AnnualReport>, Error> {
    use annual_report::Column as C;
    let query = annual_report::Entity::find().filter(C::PublicationId.eq(publication.0)).order_by_desc(C::Number);
    query.one(on.connection()).await?.map(record).transpose()
}

async fn adjustments(on: &impl On, agency: AgencyId, year: i16, void: bool) -> Result<Vec<Adjustment>, Error> {
    use report_adjustment::Column as C;
    let mut query =
        report_adjustment::Entity::find().filter(C::UnitId.eq(agency.0)).filter(C::Year.eq(i32::from(year)));
    if !void {
        query = query.filter(C::VoidAt.is_null());
    }
    query.order_by_asc(C::At).order_by_asc(C::Id).all(on.connection()).await?.into_iter().map(adjustment).collect()
}

macro_rules! reading {
    ($($of:ty),*) => {$(
        impl $of {
            /// The report of an agency for a year and its corrections, in their order.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn annual_reports(&self, agency: AgencyId, year: i16) -> Result<Vec<AnnualReport>, Error> {
                of_year(self, agency, year).await
            }

            /// The report that an edition holds.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn report_of_edition(&self, edition: EditionId) -> Result<Option<AnnualReport>, Error> {
                of_edition(self, edition).await
            }

            /// The last report that a publication holds; none where it holds something else.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn report_of_publication(&self, id: PublicationId) -> Result<Option<AnnualReport>, Error> {
                of_publication(self, id).await
            }

            /// What was added to the figures of a year, in order; what no longer counts too where `void`.
            ///
            /// # Errors
            /// The database does not answer.
            pub async fn adjustments(&self, agency: AgencyId, year: i16, void: bool) -> Result<Vec<Adjustment>, Error> {
                adjustments(self, agency, year, void).await
            }
        }
    )*};
}

reading!(Store, Tx);

impl Store {
    /// The reports whose figures the public reads, of one agency or of all, by identity: `limit` after one of them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn published_reports(
        &self,
        agency: Option<AgencyId>,
        after: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<AnnualReport>, Error> {
        use annual_report::Column as C;
        let edition = annual_report::Entity::belongs_to(edition::Entity).from(C::EditionId).to(edition::Column::Id);
        let mut query = annual_report::Entity::find()
            .join(JoinType::InnerJoin, edition.into())
            .filter(edition::Column::State.eq("published"))
            .filter(C::Reported.ne(""));
        if let Some(agency) = agency {
            query = query.filter(C::UnitId.eq(agency.0));
        }
        if let Some(after) = after {
            query = query.filter(C::Id.gt(after));
        }
        query.order_by_asc(C::Id).limit(limit).all(self.connection()).await?.into_iter().map(record).collect()
    }

    /// The agencies whose public report of a year was not sent to the supervising office as it is.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn published_unsent(&self, year: i16) -> Result<BTreeSet<AgencyId>, Error> {
        use annual_report::Column as C;
        let edition: sea_orm::RelationDef =
            annual_report::Entity::belongs_to(edition::Entity).from(C::EditionId).to(edition::Column::Id).into();
        let units: Vec<Uuid> = annual_report::Entity::find()
            .select_only()
            .column(C::UnitId)
            .join(JoinType::InnerJoin, edition)
            .filter(C::Year.eq(i32::from(year)))
            .filter(edition::Column::State.eq("published"))
            .filter(C::SubmittedAt.is_null())
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(units.into_iter().map(AgencyId).collect())
    }

    /// The years for which an agency has a report, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn report_years(&self, agency: AgencyId) -> Result<Vec<i16>, Error> {
        use annual_report::Column as C;
        let years: Vec<i32> = annual_report::Entity::find()
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
    /// Adds a report.
    ///
    /// # Errors
    /// [`Error::Duplicate`]: there is one of that number.
    pub async fn insert_annual_report(&self, one: &AnnualReport) -> Result<(), Error> {
        annual_report::Entity::insert(active(one)).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Changes a report whose number of changes is still that of the record; it rises by one.
    ///
    /// # Errors
    /// [`Error::Conflict`]: somebody else changed it.
    pub async fn update_annual_report(&self, one: &AnnualReport) -> Result<(), Error> {
        use annual_report::Column as C;
        let mut row = active(one);
        row.version = Set(one.version + 1);
        let done = annual_report::Entity::update_many()
            .set(row)
            .filter(C::Id.eq(one.id))
            .filter(C::Version.eq(one.version))
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Adds to a figure.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_adjustment(&self, one: &Adjustment) -> Result<(), Error> {
        let row = report_adjustment::ActiveModel {
            id: Set(one.id),
            unit_id: Set(one.agency.0),
            year: Set(i32::from(one.year)),
            cell: Set(one.cell.to_string()),
            amount: Set(one.amount.to_string()),
            reason: Set(one.reason.clone()),
            paper: Set(one.paper.clone()),
            officer_id: Set(one.officer.0),
            at: Set(micros(one.at)),
            void_at: Set(None),
            void_by: Set(None),
            void_reason: Set(String::new()),
        };
        report_adjustment::Entity::insert(row).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Says that an addition no longer counts.
    ///
    /// # Errors
    /// [`Error::Conflict`]: there is none of the agency that still counts.
    pub async fn void_adjustment(&self, agency: AgencyId, id: Uuid, void: &Voided) -> Result<(), Error> {
        use report_adjustment::Column as C;
        void_row::<report_adjustment::Entity>(
            self,
            [C::Id, C::UnitId, C::VoidAt, C::VoidBy, C::VoidReason],
            (agency, id),
            void,
        )
        .await
    }
}
