//! The figures of public reports as open data, and the years of an agency side by side.

use gongkai_law::{ApplicantColumn, ApplicationRow, CellRef, Edition, ProceedingColumn, ProceedingGroup};
use gongkai_model::ids::AgencyId;
use gongkai_store::AnnualReport;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::text::Kept;
use crate::platform::Fault;
use crate::platform::services::Services;

/// How many reports are in one page of JSON, and in one piece of CSV.
const PAGE: u64 = 100;

/// The columns of the CSV: one line for each figure.
const COLUMNS: [&str; 9] = ["agency_code", "agency", "year", "form", "cell", "label", "value", "item", "scope"];

/// The figures that people compare years by, as the public reads them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicYear {
    /// The year.
    pub year: i16,
    /// The page of the report.
    pub item: String,
    /// Received, concluded, disclosed wholly or in part, carried over, disputes, overturned; in the order of [`PublicYear::LABELS`].
    pub figures: [Option<Decimal>; 6],
}

impl PublicYear {
    /// What the figures are called.
    pub const LABELS: [&'static str; 6] =
        ["新收申请", "办结", "予以公开和部分公开", "结转下年", "复议诉讼", "其中结果纠正"];
}

fn identity(after: &str) -> Result<Option<Uuid>, Fault> {
    if after.is_empty() {
        return Ok(None);
    }
    after.parse().map(Some).map_err(|_odd| Fault::field("after", "after 应原样取自上一页的 next"))
}

impl Services {
    /// Whose report it is, and whether it speaks for a whole government: its figures hold those of its agencies, nobody may add both up.
    fn body(&self, id: AgencyId) -> (String, &'static str) {
        let directory = self.directory();
        if directory.is_government(id) {
            return (directory.government_name(id), "government");
        }
        (directory.name(id).to_owned(), "agency")
    }

    fn reports_of(&self, code: &str) -> Result<Option<AgencyId>, Fault> {
        if code.is_empty() {
            return Ok(None);
        }
        self.directory().by_code(code).map(|one| Some(one.id)).ok_or(Fault::NotFound)
    }

    /// A page of the figures of public reports as JSON: `reports`, and `next` for the page after.
    ///
    /// # Errors
    /// There is no such agency; `after` is no place in the list.
    pub async fn open_reports_json(&self, agency: &str, after: &str) -> Result<Value, Fault> {
        let found = self.store.published_reports(self.reports_of(agency)?, identity(after)?, PAGE).await?;
        let directory = self.directory();
        let mut reports = Vec::with_capacity(found.len());
        for one in &found {
            let Some((edition, cells)) = figures(one)? else { continue };
            let cells: Map<String, Value> = cells
                .into_iter()
                .map(|(cell, value)| {
                    let number = value.normalize().to_string().parse().map_or(Value::Null, Value::Number);
                    (cell.to_string(), number)
                })
                .collect();
            let (name, scope) = self.body(one.agency);
            reports.push(json!({
                "agency_code": directory.get(one.agency).map(|unit| unit.code.clone()),
                "agency": name,
                "scope": scope,
                "year": one.year,
                "form": edition.code(),
                "item": one.edition.map(|(id, _)| id.to_string()),
                "correction": one.number - 1,
                "cells": cells,
            }));
        }
        Ok(json!({ "schema": "gongkai.figures/1", "reports": reports, "next": next(&found) }))
    }

    /// A piece of the figures of public reports as CSV, and what asks for the next; as for the items.
    ///
    /// # Errors
    /// As [`Services::open_reports_json`].
    pub async fn open_reports_csv(&self, agency: &str, after: &str) -> Result<(Vec<u8>, String), Fault> {
        let found = self.store.published_reports(self.reports_of(agency)?, identity(after)?, PAGE).await?;
        let directory = self.directory();
        let head = if after.is_empty() { "\u{feff}" } else { "" };
        let mut out = csv::Writer::from_writer(head.as_bytes().to_vec());
        let failed = |error: csv::Error| Fault::Failed(error.to_string());
        if after.is_empty() {
            out.write_record(COLUMNS).map_err(failed)?;
        }
        for one in &found {
            let Some((edition, cells)) = figures(one)? else { continue };
            let code = directory.get(one.agency).map(|unit| unit.code.clone()).unwrap_or_default();
            let item = one.edition.map(|(id, _)| id.to_string()).unwrap_or_default();
            let (name, scope) = self.body(one.agency);
            for (cell, value) in cells {
                out.write_record([
                    code.as_str(),
                    name.as_str(),
                    &one.year.to_string(),
                    edition.code(),
                    &cell.to_string(),
                    &cell.name(edition),
                    &value.normalize().to_string(),
                    &item,
                    scope,
                ])
                .map_err(failed)?;
            }
        }
        let bytes = out.into_inner().map_err(|error| Fault::Failed(error.to_string()))?;
        Ok((bytes, next(&found).unwrap_or_default()))
    }

    /// The years of an agency side by side, the latest first: of each year the version that is public.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn public_years(&self, agency: AgencyId) -> Result<Vec<PublicYear>, Fault> {
        let found = self.store.published_reports(Some(agency), None, PAGE).await?;
        let mut out = Vec::with_capacity(found.len());
        for one in &found {
            let Some((_, cells)) = figures(one)? else { continue };
            let row = |row: ApplicationRow| cells.get(&CellRef::Application(row, ApplicantColumn::Total)).copied();
            let proceedings = |column: ProceedingColumn| {
                let all: Vec<Decimal> = ProceedingGroup::ALL
                    .iter()
                    .filter_map(|group| cells.get(&CellRef::Proceeding(*group, column)).copied())
                    .collect();
                (!all.is_empty()).then(|| all.iter().sum())
            };
            let disclosed = row(ApplicationRow::Granted)
                .zip(row(ApplicationRow::Partial))
                .map(|(granted, partial)| granted.saturating_add(partial));
            out.push(PublicYear {
                year: one.year,
                item: one.edition.map(|(id, _)| id.to_string()).unwrap_or_default(),
                figures: [
                    row(ApplicationRow::NewReceived),
                    row(ApplicationRow::TotalConcluded),
                    disclosed,
                    row(ApplicationRow::CarriedOut),
                    proceedings(ProceedingColumn::Total),
                    proceedings(ProceedingColumn::Overturned),
                ],
            });
        }
        out.sort_by_key(|one| std::cmp::Reverse(one.year));
        Ok(out)
    }
}

type Cells = std::collections::BTreeMap<CellRef, Decimal>;

/// The figures of a public report, with its form.
fn figures(one: &AnnualReport) -> Result<Option<(Edition, Cells)>, Fault> {
    let Some(edition) = Edition::for_year(one.year) else { return Ok(None) };
    Ok(match Kept::read(&one.reported)? {
        Some(kept) => Some((edition, kept.figures()?)),
        None => None,
    })
}

/// What asks for the page after a full one.
fn next(found: &[AnnualReport]) -> Option<String> {
    let full = u64::try_from(found.len()).is_ok_and(|many| many == PAGE);
    found.last().filter(|_| full).map(|one| one.id.to_string())
}
