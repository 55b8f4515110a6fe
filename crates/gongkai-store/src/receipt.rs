//! The reports that the supervising office has received: one counts for an agency and a year, earlier ones stay.

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
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Error;
use crate::blob::BlobHash;
use crate::entity::annual::report_receipt;
use crate::store::{On, Store, Tx};
use crate::time::{day, maybe_moment, micros, moment, row_day};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
    /// The number of its last change.
    pub version: i32,
}

#[derive(FromQueryResult)]
struct Line {
    id: Uuid,
    unit_id: Uuid,
    year: i32,
    number: i32,
    source: String,
    state: String,
    arrived_on: sea_orm::prelude::Date,
    errors: i32,
    warnings: i32,
    new_received: Option<i64>,
    carried_in: Option<i64>,
    concluded: Option<i64>,
    carried_out: Option<i64>,
    granted: Option<i64>,
    partial: Option<i64>,
    denied: Option<i64>,
    unable: Option<i64>,
    disputes: Option<i64>,
    overturned: Option<i64>,
}

const FILE: &str = "file";

fn broken(what: &str) -> Error {
    Error::Broken(format!("report_receipt {what}"))
}

fn year_of(year: i32) -> Result<i16, Error> {
    i16::try_from(year).map_err(|_wide| broken("year"))
}

impl Line {
    fn line(self) -> Result<ReceiptLine, Error> {
        let state = ReceiptState::ALL.into_iter().find(|one| one.code() == self.state);
        Ok(ReceiptLine {
            id: self.id,
            agency: AgencyId(self.unit_id),
            year: year_of(self.year)?,
            number: self.number,
            is_file: self.source == FILE,
            state: state.ok_or_else(|| broken(&self.state))?,
            arrived_on: day(self.arrived_on)?,
            errors: self.errors,
            warnings: self.warnings,
            key: KeyFigures {
                new_received: self.new_received,
                carried_in: self.carried_in,
                concluded: self.concluded,
                carried_out: self.carried_out,
                granted: self.granted,
                partial: self.partial,
                denied: self.denied,
                unable: self.unable,
                disputes: self.disputes,
                overturned: self.overturned,
            },
        })
    }
}

fn record(row: report_receipt::Model) -> Result<Receipt, Error> {
    let hash = |text: &str| text.parse::<BlobHash>().map_err(|_odd| broken(text));
    let file = match &row.file_hash {
        Some(text) => Some((row.file_name.clone(), hash(text)?)),
        None => None,
    };
    let line = Line {
        id: row.id,
        unit_id: row.unit_id,
        year: row.year,
        number: row.number,
        source: row.source,
        state: row.state,
        arrived_on: row.arrived_on,
        errors: row.errors,
        warnings: row.warnings,
        new_received: row.new_received,
        carried_in: row.carried_in,
        concluded: row.concluded,
        carried_out: row.carried_out,
        granted: row.granted,
        partial: row.partial,
        denied: row.denied,
        unable: row.unable,
        disputes: row.disputes,
        overturned: row.overturned,
    };
    Ok(Receipt {
        report: hash(&row.report)?,
        file,
        reason: row.reason,
        arrived_at: moment(row.arrived_at)?,
        arrived_by: row.arrived_by.map(OfficerId),
        decided: maybe_moment(row.decided_at)?.map(|at| (at, row.decided_by.map(OfficerId))),
        findings: row.findings,
        explained: row.explained,
        cells: row.cells,
        version: row.version,
        line: line.line()?,
    })
}

fn active(one: &Receipt) -> Result<report_receipt::ActiveModel, Error> {
    let (line, key) = (&one.line, &one.line.key);
    let source = if line.is_file { FILE } else { "platform" };
    Ok(report_receipt::ActiveModel {
        id: Set(line.id),
        unit_id: Set(line.agency.0),
        year: Set(i32::from(line.year)),
        number: Set(line.number),
        source: Set(source.to_owned()),
        report: Set(one.report.to_string()),
        file_name: Set(one.file.as_ref().map(|(name, _)| name.clone()).unwrap_or_default()),
        file_hash: Set(one.file.as_ref().map(|(_, hash)| hash.to_string())),
        state: Set(line.state.code().to_owned()),
        reason: Set(one.reason.clone()),
        arrived_at: Set(micros(one.arrived_at)),
        arrived_on: Set(row_day(line.arrived_on)?),
        arrived_by: Set(one.arrived_by.map(|id| id.0)),
        decided_at: Set(one.decided.map(|(at, _)| micros(at))),
        decided_by: Set(one.decided.and_then(|(_, by)| by).map(|id| id.0)),
        errors: Set(line.errors),
        warnings: Set(line.warnings),
        findings: Set(one.findings.clone()),
        explained: Set(one.explained.clone()),
        cells: Set(one.cells.clone()),
        new_received: Set(key.new_received),
        carried_in: Set(key.carried_in),
        concluded: Set(key.concluded),
        carried_out: Set(key.carried_out),
        granted: Set(key.granted),
        partial: Set(key.partial),
        denied: Set(key.denied),
        unable: Set(key.unable),
        disputes: Set(key.disputes),
        overturned: Set(key.overturned),
        version: Set(one.version),
    })
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

    /// The figures of the reports of a year that count, in the order of the form: identity, agency, state, figures.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipt_cells(&self, year: i16) -> Result<Vec<(Uuid, AgencyId, ReceiptState, String)>, Error> {
        use report_receipt::Column as C;
        let rows: Vec<(Uuid, Uuid, String, String)> = counting(year)
            .select_only()
            .columns([C::Id, C::UnitId, C::State, C::Cells])
            .into_tuple()
            .all(self.connection())
            .await?;
        rows.into_iter()
            .map(|(id, unit, state, cells)| {
                let found = ReceiptState::ALL.into_iter().find(|one| one.code() == state);
                Ok((id, AgencyId(unit), found.ok_or_else(|| broken(&state))?, cells))
            })
            .collect()
    }

    /// A report that was received.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn receipt(&self, id: Uuid) -> Result<Option<Receipt>, Error> {
        report_receipt::Entity::find_by_id(id).one(self.connection()).await?.map(record).transpose()
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

/// Only the columns of lists.
trait PartialLines {
    fn into_partial_lines(self) -> sea_orm::Selector<sea_orm::SelectModel<Line>>;
}

impl PartialLines for sea_orm::Select<report_receipt::Entity> {
    fn into_partial_lines(self) -> sea_orm::Selector<sea_orm::SelectModel<Line>> {
        use report_receipt::Column as C;
        self.select_only()
            .columns([C::Id, C::UnitId, C::Year, C::Number, C::Source, C::State, C::ArrivedOn, C::Errors, C::Warnings])
            .columns([C::NewReceived, C::CarriedIn, C::Concluded, C::CarriedOut, C::Granted, C::Partial, C::Denied])
            .columns([C::Unable, C::Disputes, C::Overturned])
            .into_model::<Line>()
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
}
