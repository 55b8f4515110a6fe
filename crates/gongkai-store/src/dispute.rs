//! Reconsiderations and suits.

use gongkai_model::application::{ProceedingColumn, ProceedingGroup};
use gongkai_model::ids::{AgencyId, ApplicationId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Error;
use crate::entity::dispute::dispute;
use crate::register_count::{Counted, Counts};
use crate::store::{On, Store, Tx};
use crate::time::{day, maybe_day, maybe_row_day, micros, moment, row_day};

/// A reconsideration or a suit in which the organ is the respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeRecord {
    /// Its identity.
    pub id: Uuid,
    /// The organ.
    pub agency: AgencyId,
    /// The application it is about; none where there was none.
    pub application: Option<ApplicationId>,
    /// The reconsideration that went before a suit.
    pub prior: Option<Uuid>,
    /// The group of table 4.
    pub kind: ProceedingGroup,
    /// Its number.
    pub number: String,
    /// Who decides: the organ of reconsideration, the court.
    pub forum: String,
    /// The day it was filed or accepted.
    pub filed_on: Date,
    /// The day the copy was received: the answer counts from it.
    pub copy_on: Option<Date>,
    /// Whether the simplified procedure is used.
    pub simplified: bool,
    /// The organ is a co-defendant because it decided the reconsideration: it does not count the case (填报解释).
    pub co_defendant: bool,
    /// The day the answer and the evidence were handed in.
    pub answered_on: Option<Date>,
    /// The code of how it ended.
    pub ruling: Option<String>,
    /// The column of table 4.
    pub result: ProceedingColumn,
    /// The day it was decided, or became effective.
    pub decided_on: Option<Date>,
    /// What an overturned decision taught.
    pub lesson: String,
    /// What names the row of the register it was brought in from.
    pub imported_as: Option<String>,
    /// When it was noted.
    pub created_at: Timestamp,
    /// The number of its last change.
    pub version: i32,
}

pub(crate) fn record(row: dispute::Model) -> Result<DisputeRecord, Error> {
    let broken = |what: &str| Error::Broken(format!("dispute {what}"));
    let kind = ProceedingGroup::ALL.into_iter().find(|one| one.code() == row.kind);
    let result = ProceedingColumn::PARTS.into_iter().find(|one| one.code() == row.result);
    Ok(DisputeRecord {
        id: row.id,
        agency: AgencyId(row.unit_id),
        application: row.application_id.map(ApplicationId),
        prior: row.prior_id,
        kind: kind.ok_or_else(|| broken(&row.kind))?,
        number: row.number,
        forum: row.forum,
        filed_on: day(row.filed_on)?,
        copy_on: maybe_day(row.copy_on)?,
        simplified: row.simplified,
        co_defendant: row.co_defendant,
        answered_on: maybe_day(row.answered_on)?,
        ruling: row.ruling,
        result: result.ok_or_else(|| broken(&row.result))?,
        decided_on: maybe_day(row.decided_on)?,
        lesson: row.lesson,
        imported_as: row.imported_as,
        created_at: moment(row.created_at)?,
        version: row.version,
    })
}

fn active(one: &DisputeRecord) -> Result<dispute::ActiveModel, Error> {
    Ok(dispute::ActiveModel {
        id: Set(one.id),
        unit_id: Set(one.agency.0),
        application_id: Set(one.application.map(|id| id.0)),
        prior_id: Set(one.prior),
        kind: Set(one.kind.code().to_owned()),
        number: Set(one.number.clone()),
        forum: Set(one.forum.clone()),
        filed_on: Set(row_day(one.filed_on)?),
        copy_on: Set(maybe_row_day(one.copy_on)?),
        simplified: Set(one.simplified),
        co_defendant: Set(one.co_defendant),
        answered_on: Set(maybe_row_day(one.answered_on)?),
        ruling: Set(one.ruling.clone()),
        result: Set(one.result.code().to_owned()),
        decided_on: Set(maybe_row_day(one.decided_on)?),
        lesson: Set(one.lesson.clone()),
        imported_as: Set(one.imported_as.clone()),
        created_at: Set(micros(one.created_at)),
        version: Set(one.version),
    })
}

impl Store {
    /// A dispute by its identity.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn dispute(&self, id: Uuid) -> Result<Option<DisputeRecord>, Error> {
        dispute::Entity::find_by_id(id).one(self.connection()).await?.map(record).transpose()
    }

    /// The disputes about an application, in the order of their filing.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn disputes_of(&self, id: ApplicationId) -> Result<Vec<DisputeRecord>, Error> {
        dispute::Entity::find()
            .filter(dispute::Column::ApplicationId.eq(id.0))
            .order_by_asc(dispute::Column::FiledOn)
            .all(self.connection())
            .await?
            .into_iter()
            .map(record)
            .collect()
    }

    /// The disputes of an agency, the latest first, at most `limit`; those that are pending alone where `pending`.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn disputes(&self, agency: AgencyId, pending: bool, limit: u64) -> Result<Vec<DisputeRecord>, Error> {
        let mut query = dispute::Entity::find().filter(dispute::Column::UnitId.eq(agency.0));
        if pending {
            query = query.filter(dispute::Column::Result.eq(ProceedingColumn::Pending.code()));
        }
        query
            .order_by_desc(dispute::Column::FiledOn)
            .order_by_desc(dispute::Column::Id)
            .limit(limit)
            .all(self.connection())
            .await?
            .into_iter()
            .map(record)
            .collect()
    }

    /// Disputes of an agency by their numbers.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn disputes_numbered(&self, agency: AgencyId, numbers: &[&str]) -> Result<Vec<DisputeRecord>, Error> {
        let mut out = Vec::new();
        for some in numbers.chunks(400) {
            let found = dispute::Entity::find()
                .filter(dispute::Column::UnitId.eq(agency.0))
                .filter(dispute::Column::Number.is_in(some.iter().copied()));
            for row in found.all(self.connection()).await? {
                out.push(record(row)?);
            }
        }
        Ok(out)
    }
}

impl Tx {
    /// Adds a dispute.
    ///
    /// # Errors
    /// [`Error::Duplicate`]: the number is taken.
    pub async fn insert_dispute(&self, one: &DisputeRecord) -> Result<(), Error> {
        dispute::Entity::insert(active(one)?).exec_without_returning(self.connection()).await?;
        let mut counts = Counts::default();
        counts.add(one.agency, Counted::dispute(one), 1);
        self.write_counts(counts).await
    }

    /// Changes a dispute whose number of changes is still that of the record; it rises by one.
    ///
    /// # Errors
    /// [`Error::Conflict`]: somebody else changed it.
    pub async fn update_dispute(&self, one: &DisputeRecord) -> Result<(), Error> {
        let before = dispute::Entity::find_by_id(one.id).one(self.connection()).await?.map(record).transpose()?;
        let mut counts = Counts::default();
        counts.add(one.agency, before.as_ref().and_then(Counted::dispute), -1);
        counts.add(one.agency, Counted::dispute(one), 1);
        let mut row = active(one)?;
        row.version = Set(one.version + 1);
        let done = dispute::Entity::update_many()
            .set(row)
            .filter(dispute::Column::Id.eq(one.id))
            .filter(dispute::Column::Version.eq(one.version))
            .exec(self.connection())
            .await?;
        if done.rows_affected != 1 {
            return Err(Error::Conflict);
        }
        self.write_counts(counts).await
    }
}
