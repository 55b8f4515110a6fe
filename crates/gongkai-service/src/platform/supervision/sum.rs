//! The reports of a year in one form, every figure with the reports it comes from.

use std::collections::{BTreeMap, BTreeSet};

use gongkai_law::{CellRef, Edition};
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_report::compile::total;
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

/// What the reports of the agencies add up to.
#[derive(Debug, Default)]
pub struct Summed {
    /// Every figure that a report prints.
    pub cells: BTreeMap<CellRef, Decimal>,
    /// How many reports are part of it.
    pub reports: usize,
    /// How many of them nobody has found in order yet.
    pub waiting: usize,
    /// Agencies whose report is not there.
    pub missing: Vec<String>,
    /// Agencies whose report was given back and is not part of it.
    pub returned: Vec<String>,
    /// Agencies whose report leaves figures blank: how many.
    pub blanks: Vec<(String, usize)>,
    /// Agencies whose report prints sums that are not those of its parts: here the parts are added up.
    pub uneven: Vec<String>,
}

/// Whether every sum that a report prints is that of its parts.
fn follows(edition: Edition, cells: &BTreeMap<CellRef, Decimal>) -> bool {
    let mut summed = cells.clone();
    total(edition, &mut summed);
    cells.iter().all(|(cell, value)| summed.get(cell) == Some(value))
}

/// Some names, and how many more.
fn some(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(6).map(String::as_str).collect();
    let more = if names.len() > shown.len() { format!("等{}个机关", names.len()) } else { String::new() };
    format!("{}{more}", shown.join("、"))
}

impl Summed {
    /// What keeps the sum from being whole: sentences.
    pub fn wanting(&self) -> Vec<String> {
        let mut out = Vec::new();
        if !self.missing.is_empty() {
            out.push(format!("还没有报送：{}（不须报送的，在“各机关年度报告”里注明理由）", some(&self.missing)));
        }
        if !self.returned.is_empty() {
            out.push(format!("退回以后还没有重新报送：{}", some(&self.returned)));
        }
        if !self.blanks.is_empty() {
            let names: Vec<String> = self.blanks.iter().map(|(name, many)| format!("{name}（{many}格）")).collect();
            out.push(format!("报告里有空白格，合计不完整：{}（空白不当作0，退回补齐）", some(&names)));
        }
        if self.waiting > 0 {
            out.push(format!("{}个机关的报告已收到，还没有审定", self.waiting));
        }
        out
    }
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
    /// What it is made of.
    pub summed: Summed,
}

/// The figures of one report.
struct Part {
    receipt: Uuid,
    agency: AgencyId,
    accepted: bool,
    errors: i32,
    cells: BTreeMap<CellRef, Decimal>,
}

impl Services {
    async fn parts(&self, year: i16, edition: Edition) -> Result<(Vec<Part>, Vec<AgencyId>), Fault> {
        let (mut parts, mut returned) = (Vec::new(), Vec::new());
        for (receipt, agency, state, errors, line) in self.store.receipt_cells(year).await? {
            if state == ReceiptState::Returned {
                returned.push(agency);
                continue;
            }
            let broken = || Fault::Failed(format!("收到的报告{receipt}的数读不出来"));
            let (found, cells) = cells::read(&line).ok_or_else(broken)?;
            if found == edition {
                parts.push(Part { receipt, agency, accepted: state == ReceiptState::Accepted, errors, cells });
            }
        }
        Ok((parts, returned))
    }

    /// Sums the reports of a year that were received and not given back.
    pub(in crate::platform) async fn summed(&self, year: i16, edition: Edition) -> Result<Summed, Fault> {
        let ((parts, returned), exempt) = tokio::try_join!(self.parts(year, edition), self.exempt(year))?;
        let many = CellRef::of(edition).len();
        let directory = self.directory();
        let mut out = Summed { reports: parts.len(), ..Summed::default() };
        for part in &parts {
            for (cell, value) in &part.cells {
                let sum = out.cells.entry(*cell).or_default();
                *sum = sum.saturating_add(*value);
            }
            out.waiting += usize::from(!part.accepted);
            // Sums that do not follow from their parts are errors: where none was found they do.
            if part.errors > 0 && !follows(edition, &part.cells) {
                out.uneven.push(directory.name(part.agency).to_owned());
            }
            if part.cells.len() < many {
                out.blanks.push((directory.name(part.agency).to_owned(), many - part.cells.len()));
            }
        }
        // Sums follow from their parts, as in every report that is compiled here.
        total(edition, &mut out.cells);
        let there: BTreeSet<AgencyId> = parts.iter().map(|part| part.agency).chain(returned.iter().copied()).collect();
        out.missing = self
            .expected(year)
            .into_iter()
            .filter(|(id, _, _)| !there.contains(id) && !exempt.contains_key(id))
            .map(|(_, name, _)| name)
            .collect();
        out.returned = returned
            .into_iter()
            .filter(|id| !exempt.contains_key(id))
            .map(|id| directory.name(id).to_owned())
            .collect();
        Ok(out)
    }

    /// The sum of the reports of a year in their form, for its page.
    ///
    /// # Errors
    /// The person may not see it; there is no form for that year.
    pub async fn sum_of_reports(&self, actor: &Actor, year: i16) -> Result<SumPage, Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let edition = Edition::for_year(year).ok_or(Fault::NotFound)?;
        let summed = self.summed(year, edition).await?;
        let name = self.directory().government_name(actor.agency());
        let mut report = template(edition, year, &name);
        report.preamble = String::new();
        for section in &mut report.sections {
            section.text = String::new();
        }
        report.title = Some(format!("{name}{year}年政府信息公开工作年度报告数据汇总表"));
        for (cell, value) in &summed.cells {
            report.cells.insert(*cell, Cell::of(value.normalize()));
        }
        Ok(SumPage { year, grids: grids(&report, &BTreeMap::new()), report, summed })
    }

    /// The reports that a figure of the sum comes from, the largest first.
    ///
    /// # Errors
    /// The person may not see it; there is no such figure.
    pub async fn parts_of_sum(
        &self,
        actor: &Actor,
        year: i16,
        path: &str,
    ) -> Result<(String, Vec<Contribution>), Fault> {
        // Who makes or leads the report of the government that the sum becomes may see it too; for others there is none.
        let agency = actor.agency();
        if !actor.may(Act::Supervise, agency) {
            actor.need(Act::Oversee, agency)?;
            if !self.directory().is_government(agency) {
                return Err(Fault::NotFound);
            }
        }
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
