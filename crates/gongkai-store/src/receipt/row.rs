//! Rows of reports that were received, and what they say.

use gongkai_model::ids::{AgencyId, OfficerId};
use sea_orm::ActiveValue::Set;
use sea_orm::{FromQueryResult, QuerySelect};
use uuid::Uuid;

use super::{KeyFigures, Receipt, ReceiptLine, ReceiptState};
use crate::Error;
use crate::blob::BlobHash;
use crate::entity::annual::report_receipt;
use crate::time::{day, maybe_moment, micros, moment, row_day};

#[derive(FromQueryResult)]
pub(super) struct Line {
    id: Uuid,
    unit_id: Uuid,
    year: i32,
    number: i32,
    source: String,
    state: String,
    arrived_on: sea_orm::prelude::Date,
    errors: i32,
    open_errors: i32,
    warnings: i32,
    #[sea_orm(nested)]
    key: KeyFigures,
}

const FILE: &str = "file";

pub(super) fn broken(what: &str) -> Error {
    Error::Broken(format!("report_receipt {what}"))
}

pub(super) fn year_of(year: i32) -> Result<i16, Error> {
    i16::try_from(year).map_err(|_wide| broken("year"))
}

impl Line {
    pub(super) fn line(self) -> Result<ReceiptLine, Error> {
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
            open_errors: self.open_errors,
            warnings: self.warnings,
            key: self.key,
        })
    }
}

pub(super) fn record(row: report_receipt::Model) -> Result<Receipt, Error> {
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
        open_errors: row.open_errors,
        warnings: row.warnings,
        key: KeyFigures {
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
        },
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
        problems: row.problems,
        version: row.version,
        line: line.line()?,
    })
}

pub(super) fn active(one: &Receipt) -> Result<report_receipt::ActiveModel, Error> {
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
        open_errors: Set(line.open_errors),
        warnings: Set(line.warnings),
        findings: Set(one.findings.clone()),
        explained: Set(one.explained.clone()),
        cells: Set(one.cells.clone()),
        problems: Set(one.problems.clone()),
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

/// Only the columns of lists.
pub(super) trait PartialLines {
    fn into_partial_lines(self) -> sea_orm::Selector<sea_orm::SelectModel<Line>>;
}

impl PartialLines for sea_orm::Select<report_receipt::Entity> {
    fn into_partial_lines(self) -> sea_orm::Selector<sea_orm::SelectModel<Line>> {
        use report_receipt::Column as C;
        self.select_only()
            .columns([C::Id, C::UnitId, C::Year, C::Number, C::Source, C::State, C::ArrivedOn])
            .columns([C::Errors, C::OpenErrors, C::Warnings])
            .columns([C::NewReceived, C::CarriedIn, C::Concluded, C::CarriedOut, C::Granted, C::Partial, C::Denied])
            .columns([C::Unable, C::Disputes, C::Overturned])
            .into_model::<Line>()
    }
}
