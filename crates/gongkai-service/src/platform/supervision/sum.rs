//! The reports of a year in one form, every figure with the reports it comes from.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, Edition};
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_report::{Cell, Report};
use gongkai_store::ReceiptState;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::cells;
use crate::platform::Fault;
use crate::platform::annual::{Grid, grids};
use crate::platform::services::{Actor, Services};
use crate::report::template;

/// A report's part of a sum.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// The receipt.
    pub receipt: Uuid,
    /// The agency.
    pub name: String,
    /// Its figure; none where the report leaves it blank.
    pub value: Option<Decimal>,
}

/// The sum of a year.
#[derive(Debug)]
pub struct SumPage {
    /// The year.
    pub year: i16,
    /// The summed form.
    pub report: Report,
    /// Its tables.
    pub grids: Vec<Grid>,
    /// How many reports are part of it.
    pub reports: usize,
    /// Agencies whose report is not there.
    pub missing: Vec<String>,
    /// Agencies whose report was given back and is not part of it.
    pub returned: Vec<String>,
    /// Agencies whose report leaves figures blank: how many.
    pub blanks: Vec<(String, usize)>,
}

/// The figures of one report.
struct Part {
    receipt: Uuid,
    agency: AgencyId,
    cells: BTreeMap<CellRef, Decimal>,
}

impl Services {
    /// What the government whose office this is is called: `示例区人民政府` of `示例区人民政府办公室`.
    fn government_name(&self, actor: &Actor) -> String {
        let directory = self.directory();
        let name = directory.name(actor.agency()).to_owned();
        let bare = ["办公厅", "办公室"].iter().find_map(|end| name.strip_suffix(end));
        bare.unwrap_or(&name).to_owned()
    }

    async fn parts(&self, year: i16, edition: Edition) -> Result<(Vec<Part>, Vec<AgencyId>), Fault> {
        let (mut parts, mut returned) = (Vec::new(), Vec::new());
        for (receipt, agency, state, line) in self.store.receipt_cells(year).await? {
            if state == ReceiptState::Returned {
                returned.push(agency);
                continue;
            }
            let broken = || Fault::Failed(format!("收到的报告{receipt}的数读不出来"));
            let (found, cells) = cells::read(&line).ok_or_else(broken)?;
            if found == edition {
                parts.push(Part { receipt, agency, cells });
            }
        }
        Ok((parts, returned))
    }

    /// Sums the reports of a year that were received and not given back.
    ///
    /// # Errors
    /// The person does not supervise; there is no form for that year.
    pub async fn sum_of_reports(&self, actor: &Actor, year: i16) -> Result<SumPage, Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let edition = Edition::for_year(year).ok_or(Fault::NotFound)?;
        let (parts, returned) = self.parts(year, edition).await?;
        let order = CellRef::of(edition);
        let mut sums: BTreeMap<CellRef, Decimal> = BTreeMap::new();
        let mut blanks = Vec::new();
        let directory = self.directory();
        for part in &parts {
            for (cell, value) in &part.cells {
                let sum = sums.entry(*cell).or_default();
                *sum = sum.saturating_add(*value);
            }
            if part.cells.len() < order.len() {
                blanks.push((directory.name(part.agency).to_owned(), order.len() - part.cells.len()));
            }
        }
        let mut report = template(edition, year, &self.government_name(actor));
        report.preamble = String::new();
        for section in &mut report.sections {
            section.text = String::new();
        }
        report.title = Some(format!("{}{year}年政府信息公开工作年度报告数据汇总表", self.government_name(actor)));
        for (cell, value) in sums {
            report.cells.insert(cell, Cell::of(value.normalize()));
        }
        let there: std::collections::BTreeSet<AgencyId> =
            parts.iter().map(|part| part.agency).chain(returned.iter().copied()).collect();
        let missing =
            self.expected(year).into_iter().filter(|(id, _, _)| !there.contains(id)).map(|(_, name, _)| name).collect();
        Ok(SumPage {
            year,
            grids: grids(&report, &BTreeMap::new()),
            report,
            reports: parts.len(),
            missing,
            returned: returned.into_iter().map(|id| directory.name(id).to_owned()).collect(),
            blanks,
        })
    }

    /// The reports that a figure of the sum comes from, the largest first.
    ///
    /// # Errors
    /// The person does not supervise; there is no such figure.
    pub async fn parts_of_sum(
        &self,
        actor: &Actor,
        year: i16,
        path: &str,
    ) -> Result<(String, Vec<Contribution>), Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let edition = Edition::for_year(year).ok_or(Fault::NotFound)?;
        let cell = CellRef::parse(path).filter(|cell| CellRef::of(edition).contains(cell)).ok_or(Fault::NotFound)?;
        let directory = self.directory();
        let (parts, _) = self.parts(year, edition).await?;
        let mut out: Vec<Contribution> = parts
            .into_iter()
            .map(|part| Contribution {
                receipt: part.receipt,
                name: directory.name(part.agency).to_owned(),
                value: part.cells.get(&cell).copied(),
            })
            .collect();
        out.sort_by(|a, b| b.value.cmp(&a.value).then_with(|| a.name.cmp(&b.name)));
        Ok((cell.name(edition), out))
    }
}
