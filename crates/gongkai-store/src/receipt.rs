//! The reports that the supervising office has received: one counts for an agency and a year, earlier ones stay.

mod row;
mod sums;
mod verdict;

pub use sums::YearSum;
pub use verdict::Verdict;

use std::collections::BTreeMap;

use gongkai_model::ids::{AgencyId, OfficerId};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use row::{Line, PartialLines, active, broken, record, year_of};

use crate::Error;
use crate::blob::BlobHash;
use crate::entity::annual::report_receipt;
use crate::store::{On, Store, Tx};
use crate::time::{day, micros};

/// What became of a report that was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReceiptState {
    /// It is there.
    Received,
    /// It is in order.
    Accepted,
    /// It was given back.
    Returned,
    /// A later one has taken its place.
    Replaced,
}

impl ReceiptState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Received, Self::Accepted, Self::Returned, Self::Replaced];

    /// The code that is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Replaced => "replaced",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Received => "已收到",
            Self::Accepted => "已审定",
            Self::Returned => "已退回",
            Self::Replaced => "已被替换",
        }
    }
}

/// The figures of a report that lists and comparisons ask for; none where it does not print them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, FromQueryResult)]
pub struct KeyFigures {
    /// 本年新收.
    pub new_received: Option<i64>,
    /// 上年结转.
    pub carried_in: Option<i64>,
    /// 办结.
    pub concluded: Option<i64>,
    /// 结转下年.
    pub carried_out: Option<i64>,
    /// 予以公开.
    pub granted: Option<i64>,
    /// 部分公开.
    pub partial: Option<i64>,
    /// 不予公开, all grounds.
    pub denied: Option<i64>,
    /// 无法提供, all reasons.
    pub unable: Option<i64>,
    /// 复议诉讼.
    pub disputes: Option<i64>,
    /// 结果纠正.
    pub overturned: Option<i64>,
}

/// A report that was received, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptLine {
    /// Its identity.
    pub id: Uuid,
    /// The agency.
    pub agency: AgencyId,
    /// The report year.
    pub year: i16,
    /// Which of the agency's for that year it is, from 1.
    pub number: i32,
    /// Whether it came as a file from outside the platform.
    pub is_file: bool,
    /// What became of it.
    pub state: ReceiptState,
    /// The day it came.
    pub arrived_on: Date,
    /// How many findings are errors.
    pub errors: i32,
    /// How many of them nobody has let pass.
    pub open_errors: i32,
    /// How many are warnings.
    pub warnings: i32,
    /// Its figures.
    pub key: KeyFigures,
}

/// A report that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What lists show.
    pub line: ReceiptLine,
    /// The report as JSON, among the files.
    pub report: BlobHash,
    /// The file it came as: name and hash.
    pub file: Option<(String, BlobHash)>,
    /// Why it was given back.
    pub reason: String,
    /// When it came.
    pub arrived_at: Timestamp,
    /// Who sent or filed it.
    pub arrived_by: Option<OfficerId>,
    /// When it was decided about, and by whom.
    pub decided: Option<(Timestamp, Option<OfficerId>)>,
    /// What the checks found, as JSON.
    pub findings: String,
    /// What the agency explained, as JSON.
    pub explained: String,
    /// The figures, in the order of the form.
    pub cells: String,
    /// Section five; none where it was received before that was kept beside.
    pub problems: Option<String>,
    /// The number of its last change.
    pub version: i32,
}

fn counting(year: i16) -> sea_orm::Select<report_receipt::Entity> {
    use report_receipt::Column as C;
    report_receipt::Entity::find()
        .filter(C::Year.eq(i32::from(year)))
        .filter(C::State.ne(ReceiptState::Replaced.code()))
}

impl Store {
    /// The reports of a year that count, one for each agency.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipt_lines(&self, year: i16) -> Result<Vec<ReceiptLine>, Error> {
        let rows: Vec<Line> = counting(year).into_partial_lines().all(self.connection()).await?;
        rows.into_iter().map(Line::line).collect()
    }

    /// The day on which each agency first sent its report of a year, whatever became of it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn first_arrivals(&self, year: i16) -> Result<BTreeMap<AgencyId, Date>, Error> {
        use report_receipt::Column as C;
        let rows: Vec<(Uuid, sea_orm::prelude::Date)> = report_receipt::Entity::find()
            .select_only()
            .column(C::UnitId)
            .expr_as(Expr::col(C::ArrivedOn).min(), "first")
            .filter(C::Year.eq(i32::from(year)))
            .group_by(C::UnitId)
            .into_tuple()
            .all(self.connection())
            .await?;
        rows.into_iter().map(|(unit, first)| Ok((AgencyId(unit), day(first)?))).collect()
    }

    /// How many reports of a year wait to be looked at.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipts_waiting(&self, year: i16) -> Result<u64, Error> {
        use report_receipt::Column as C;
        let found = counting(year).filter(C::State.eq(ReceiptState::Received.code()));
        Ok(found.count(self.connection()).await?)
    }

    /// How many reports of a year were given back, those included that were sent again since.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn given_back(&self, year: i16) -> Result<u64, Error> {
        use report_receipt::Column as C;
        let found = report_receipt::Entity::find().filter(C::Year.eq(i32::from(year))).filter(C::Reason.ne(""));
        Ok(found.count(self.connection()).await?)
    }

    /// The figures of the reports of a year that count, in the order of the form: identity, agency, state, how many errors were found, figures.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipt_cells(&self, year: i16) -> Result<Vec<(Uuid, AgencyId, ReceiptState, i32, String)>, Error> {
        use report_receipt::Column as C;
        let rows: Vec<(Uuid, Uuid, String, i32, String)> = counting(year)
            .select_only()
            .columns([C::Id, C::UnitId, C::State, C::Errors, C::Cells])
            .into_tuple()
            .all(self.connection())
            .await?;
        rows.into_iter()
            .map(|(id, unit, state, errors, cells)| {
                let found = ReceiptState::ALL.into_iter().find(|one| one.code() == state);
                Ok((id, AgencyId(unit), found.ok_or_else(|| broken(&state))?, errors, cells))
            })
            .collect()
    }

    /// Section five of the reports of a year that count: identity, agency, text; no text where it was not kept beside.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipt_problems(&self, year: i16) -> Result<Vec<(Uuid, AgencyId, Option<String>)>, Error> {
        use report_receipt::Column as C;
        let rows: Vec<(Uuid, Uuid, Option<String>)> = counting(year)
            .select_only()
            .columns([C::Id, C::UnitId, C::Problems])
            .order_by_asc(C::UnitId)
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(rows.into_iter().map(|(id, unit, text)| (id, AgencyId(unit), text)).collect())
    }

    /// The report that counts and came as a file; none where the file was never filed, or another has taken its place.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipt_of_file(&self, hash: &BlobHash) -> Result<Option<ReceiptLine>, Error> {
        use report_receipt::Column as C;
        let found = report_receipt::Entity::find()
            .filter(C::FileHash.eq(hash.as_str()))
            .filter(C::State.ne(ReceiptState::Replaced.code()))
            .into_partial_lines()
            .one(self.connection())
            .await?;
        found.map(Line::line).transpose()
    }

    /// A report that was received.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipt(&self, id: Uuid) -> Result<Option<Receipt>, Error> {
        report_receipt::Entity::find_by_id(id).one(self.connection()).await?.map(record).transpose()
    }

    /// Why reports of a year were given back, in order: agency, which of its reports, reason.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn reasons_given_back(&self, year: i16) -> Result<Vec<(AgencyId, i32, String)>, Error> {
        use report_receipt::Column as C;
        let rows: Vec<(Uuid, i32, String)> = report_receipt::Entity::find()
            .select_only()
            .columns([C::UnitId, C::Number, C::Reason])
            .filter(C::Year.eq(i32::from(year)))
            .filter(C::Reason.ne(""))
            .order_by_asc(C::Number)
            .into_tuple()
            .all(self.connection())
            .await?;
        Ok(rows.into_iter().map(|(unit, number, reason)| (AgencyId(unit), number, reason)).collect())
    }

    /// The reports of a year that count, whole.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipts_counting(&self, year: i16) -> Result<Vec<Receipt>, Error> {
        counting(year).all(self.connection()).await?.into_iter().map(record).collect()
    }

    /// The reports of an agency that were received, of one year or of all, the latest first.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipts_of(&self, agency: AgencyId, year: Option<i16>) -> Result<Vec<Receipt>, Error> {
        use report_receipt::Column as C;
        let mut query = report_receipt::Entity::find().filter(C::UnitId.eq(agency.0));
        if let Some(year) = year {
            query = query.filter(C::Year.eq(i32::from(year)));
        }
        let rows = query.order_by_desc(C::Year).order_by_desc(C::Number).all(self.connection()).await?;
        rows.into_iter().map(record).collect()
    }
}

impl Tx {
    /// Adds reports that were received; those there were of the same agency and year give way. Gives nothing back.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn insert_receipt(&self, one: &Receipt) -> Result<(), Error> {
        use report_receipt::Column as C;
        report_receipt::Entity::update_many()
            .col_expr(C::State, Expr::value(ReceiptState::Replaced.code()))
            .col_expr(C::Version, Expr::col(C::Version).add(1))
            .filter(C::UnitId.eq(one.line.agency.0))
            .filter(C::Year.eq(i32::from(one.line.year)))
            .filter(C::State.ne(ReceiptState::Replaced.code()))
            .exec(self.connection())
            .await?;
        report_receipt::Entity::insert(active(one)?).exec_without_returning(self.connection()).await?;
        Ok(())
    }

    /// Changes a report that was received whose number of changes is still that of the record; it rises by one.
    ///
    /// # Errors
    /// [`Error::Conflict`]: somebody else changed it, or a later one has taken its place.
    pub async fn update_receipt(&self, one: &Receipt) -> Result<(), Error> {
        use report_receipt::Column as C;
        let mut row = active(one)?;
        row.version = Set(one.version + 1);
        let done = report_receipt::Entity::update_many()
            .set(row)
            .filter(C::Id.eq(one.line.id))
            .filter(C::Version.eq(one.version))
            .filter(C::State.ne(ReceiptState::Replaced.code()))
            .exec(self.connection())
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }
    /// Finds a report in order that has come, that nobody has decided about, and in which no error is open. Gives whether it was so.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn accept_receipt(&self, id: Uuid, at: Timestamp, by: OfficerId) -> Result<bool, Error> {
        use report_receipt::Column as C;
        let done = report_receipt::Entity::update_many()
            .col_expr(C::State, Expr::value(ReceiptState::Accepted.code()))
            .col_expr(C::DecidedAt, Expr::value(micros(at)))
            .col_expr(C::DecidedBy, Expr::value(by.0))
            .col_expr(C::Version, Expr::col(C::Version).add(1))
            .filter(C::Id.eq(id))
            .filter(C::State.eq(ReceiptState::Received.code()))
            .filter(C::OpenErrors.eq(0))
            .exec(self.connection())
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Notes how many errors and warnings a report has, and how many errors nobody has let pass, where that changed. Its number of changes stays:
    /// nobody decided anything.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn count_findings(&self, id: Uuid, (errors, open, warnings): (i32, i32, i32)) -> Result<(), Error> {
        use report_receipt::Column as C;
        report_receipt::Entity::update_many()
            .col_expr(C::Errors, Expr::value(errors))
            .col_expr(C::OpenErrors, Expr::value(open))
            .col_expr(C::Warnings, Expr::value(warnings))
            .filter(C::Id.eq(id))
            .exec(self.connection())
            .await?;
        Ok(())
    }
    /// Whether a file in the store is a report that was received, or the file it came as.
    pub(crate) async fn is_report(&self, hash: &BlobHash) -> Result<bool, Error> {
        use report_receipt::Column as C;
        let asked = sea_orm::Condition::any().add(C::Report.eq(hash.as_str())).add(C::FileHash.eq(hash.as_str()));
        Ok(report_receipt::Entity::find().filter(asked).count(self.connection()).await? > 0)
    }
}
