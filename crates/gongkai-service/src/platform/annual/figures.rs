//! The figures of a year in their layers, kept apart: computed out of the work, with what was added, as reported, as published.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, Edition};
use gongkai_manuscript::marked;
use gongkai_model::ids::AgencyId;
use gongkai_model::publication::{Validity, catalog};
use gongkai_report::check::{Finding, check};
use gongkai_report::compile::{
    Computed, Document, DocumentKind, Documents, Sources, Standing, adjusted, compute, documents, is_part,
};
use gongkai_report::tally::Class;
use gongkai_report::{Cell, Report, Subject};
use gongkai_store::{Adjustment, AnnualReport, Counted, DocumentRow, LedgerEntry, PublicFilter};
use jiff::Timestamp;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::edition_of;
use super::ledger::figure_of;
use super::remarks::magnitudes;
use crate::platform::services::Services;
use crate::platform::supervision::Summed;
use crate::platform::{Fault, clock};
use crate::report::template;

/// The leaves of the catalogue that table 2 counts documents of.
const DOCUMENTS: [(&str, DocumentKind); 2] = [("A01-1", DocumentKind::Regulation), ("A01-2", DocumentKind::Normative)];

/// How many public reports of an agency are looked through for the one of a year.
const LOOKED_THROUGH: u64 = 40;

/// The figures of an agency for a year.
#[derive(Debug)]
pub struct Figures {
    /// The agency.
    pub agency: AgencyId,
    /// What it was called at the end of the year.
    pub name: String,
    /// The report year.
    pub year: i16,
    /// Its form.
    pub edition: Edition,
    /// Out of the work.
    pub computed: BTreeMap<CellRef, Computed<Uuid>>,
    /// What was added, in order.
    pub additions: Vec<Adjustment>,
    /// The computed figures with what was added.
    pub adjusted: BTreeMap<CellRef, Decimal>,
    /// The report and its corrections, in order.
    pub reports: Vec<AnnualReport>,
    /// What was reported last; none while the figures follow the work.
    pub reported: Option<BTreeMap<CellRef, Decimal>>,
    /// What the public reads; none while nothing is published.
    pub published: Option<BTreeMap<CellRef, Decimal>>,
    /// The report of the year before, and where it was found.
    pub last_year: Option<Report>,
    /// For a government: what the reports of its agencies add up to. None for an agency.
    pub agencies: Option<Summed>,
    /// Whether the year is over.
    pub is_over: bool,
    /// What people should look at in the ledger: months that are not entered, figures of a year that were entered before it was over.
    pub remarks: Vec<String>,
    /// The figures do not balance, or contradict one another or the year before.
    pub findings: Vec<Finding>,
}

impl From<Kind> for Class {
    fn from(kind: Kind) -> Self {
        match kind.0 {
            Counted::Application(applicant, received, ended, _) => Self::Application { applicant, received, ended },
            Counted::Dispute(group, accepted, ended) => {
                Self::Proceeding { group, accepted, ended: ended.map(|(column, year)| (Some(column), year)) }
            }
        }
    }
}

/// Cases as the store counts them.
pub(super) struct Kind(pub(super) Counted);

pub(super) fn document(row: &DocumentRow, kind: DocumentKind) -> Document {
    let standing = match row.validity {
        Some(Validity::Repealed) => Standing::Repealed(row.repealed_on),
        Some(Validity::Lapsed) => Standing::Lapsed(row.repealed_on),
        // One that has a last day ends with it, whatever its page says.
        Some(Validity::InForce | Validity::Amended) | None => {
            row.repealed_on.map_or(Standing::InForce, |day| Standing::Lapsed(Some(day)))
        }
    };
    Document {
        kind,
        formed: row.formed_on,
        standing,
        published: row.published_at.map(clock::local_date),
        is_public: row.is_public,
    }
}

/// A report that holds figures alone.
pub(super) fn bare(edition: Edition, year: i16, name: &str, cells: &BTreeMap<CellRef, Decimal>) -> Report {
    let mut report = template(edition, year, name);
    for (cell, value) in cells {
        report.cells.insert(*cell, Cell::of(*value));
    }
    report
}

/// The figures that a report prints.
pub(super) fn printed(report: &Report) -> BTreeMap<CellRef, Decimal> {
    report.cells.iter().filter_map(|(cell, one)| Some((*cell, one.value?))).collect()
}

impl Figures {
    /// The figures as a report of the official form, without text; a cell that nothing says is blank.
    pub fn report(&self) -> Report {
        let mut report = bare(self.edition, self.year, &self.name, &self.adjusted);
        report.preamble = String::new();
        for section in &mut report.sections {
            section.text = String::new();
        }
        report
    }

    /// The cells that may be adjusted: path and name.
    pub fn parts(&self) -> Vec<(String, String)> {
        CellRef::of(self.edition)
            .into_iter()
            .filter(|cell| is_part(self.edition, *cell))
            .map(|cell| (cell.to_string(), cell.name(self.edition)))
            .collect()
    }

    /// The report that counts: the last correction.
    pub fn latest(&self) -> Option<&AnnualReport> {
        self.reports.last()
    }

    /// The report of the year before that the figures are held against. While a year runs, a government's do not hold its agencies' yet: they follow
    /// from nothing.
    pub(super) fn year_before(&self) -> Option<&Report> {
        self.last_year.as_ref().filter(|_| self.agencies.is_none() || self.is_over)
    }

    /// What keeps the figures of a government from being whole: sentences. Nothing for an agency.
    pub fn wanting(&self) -> Vec<String> {
        match &self.agencies {
            Some(_) if !self.is_over => {
                let next = self.year.saturating_add(1);
                vec![format!("{}年还没有结束，各机关的报告{next}年1月报送：现在主要是本级的数", self.year)]
            }
            Some(sum) => sum.wanting(),
            None => Vec::new(),
        }
    }

    /// The cells in which what the public reads differs from what was reported: the cell, reported, published. Nothing while one of them is not
    /// there.
    pub fn unlike_published(&self) -> Vec<(CellRef, Option<Decimal>, Option<Decimal>)> {
        let (Some(reported), Some(published)) = (&self.reported, &self.published) else { return Vec::new() };
        CellRef::of(self.edition)
            .into_iter()
            .map(|cell| (cell, reported.get(&cell).copied(), published.get(&cell).copied()))
            .filter(|(_, then, public)| then != public)
            .collect()
    }

    /// The cells in which what was reported differs from what the work says now: the cell, reported, now.
    pub fn drifted(&self) -> Vec<(CellRef, Option<Decimal>, Option<Decimal>)> {
        let Some(reported) = &self.reported else { return Vec::new() };
        CellRef::of(self.edition)
            .into_iter()
            .map(|cell| (cell, reported.get(&cell).copied(), self.adjusted.get(&cell).copied()))
            .filter(|(_, then, now)| then != now)
            .collect()
    }
}

impl Services {
    /// The agencies whose work the report of an agency for a year tells: itself, and those it took over before the year was over
    /// (国办公开办函〔2019〕14号: who takes over the functions takes over the duties).
    pub(super) fn reporting_units(&self, agency: AgencyId, year: i16) -> Vec<AgencyId> {
        let directory = self.directory();
        let merged = directory.predecessors(agency);
        let merged = merged.filter(|one| one.closed_on.is_some_and(|day| day.year() <= year)).map(|one| one.id);
        std::iter::once(agency).chain(merged).collect()
    }

    /// The cases as the report of an agency for a year counts them.
    pub(super) async fn counted(&self, agency: AgencyId, year: i16) -> Result<Vec<(Counted, i64)>, Fault> {
        Ok(self.store.register_counts(&self.reporting_units(agency, year), year).await?)
    }

    /// The entries of the ledger that the report of an agency for a year adds up.
    pub(super) async fn counted_ledger(&self, agency: AgencyId, year: i16) -> Result<Vec<LedgerEntry>, Fault> {
        let mut out = Vec::new();
        for unit in self.reporting_units(agency, year) {
            out.extend(self.store.ledger(unit, Some(year), false).await?);
        }
        Ok(out)
    }

    /// What the documents on the platform say for a year.
    pub(super) async fn counted_documents(
        &self,
        now: Timestamp,
        agency: AgencyId,
        year: i16,
    ) -> Result<Documents, Fault> {
        let nodes = DOCUMENTS.map(|(node, _)| node);
        let rows = self.store.documents(&self.reporting_units(agency, year), &nodes).await?;
        let all: Vec<Document> = rows
            .iter()
            .filter_map(|row| {
                let (_, kind) = DOCUMENTS.iter().find(|(node, _)| *node == row.node)?;
                Some(document(row, *kind))
            })
            .collect();
        Ok(documents(&all, year, clock::local_date(now)))
    }

    /// The documents behind a figure of table 2.
    pub(super) async fn documents_of(
        &self,
        (agency, year): (AgencyId, i16),
        kind: DocumentKind,
    ) -> Result<Vec<DocumentRow>, Fault> {
        let nodes: Vec<&str> = DOCUMENTS.iter().filter(|(_, one)| *one == kind).map(|(node, _)| *node).collect();
        Ok(self.store.documents(&self.reporting_units(agency, year), &nodes).await?)
    }

    /// The report of a year that the public reads, with its edition; none where there is none.
    pub(in crate::platform) async fn public_report(
        &self,
        agency: AgencyId,
        year: i16,
    ) -> Result<Option<Report>, Fault> {
        let filter = PublicFilter {
            agency: Some(agency),
            node: Some(catalog::ANNUAL_REPORTS.to_owned()),
            limit: LOOKED_THROUGH,
            ..PublicFilter::default()
        };
        let named = format!("{year}年");
        let directory = self.directory();
        let government =
            if directory.is_government(agency) { directory.government_name(agency) } else { String::new() };
        for row in self.store.public_list(&filter).await?.into_iter().filter(|row| row.title.contains(&named)) {
            let Some(record) = self.store.edition(row.edition).await? else { continue };
            let text = format!("# {}\n{}", record.metadata.title, record.body);
            let report = gongkai_report::read(&marked::parse(&text));
            // A government's office may keep its own reports under the same leaf.
            let is_its = government.is_empty() || report.agency.as_deref() == Some(government.as_str());
            if report.year == Some(year) && !report.cells.is_empty() && is_its {
                return Ok(Some(report));
            }
        }
        Ok(None)
    }

    /// What was reported for a year: the figures that were fixed here, else the report that the public reads.
    async fn reported_for(&self, agency: AgencyId, name: &str, year: i16) -> Result<Option<Report>, Fault> {
        let Some(edition) = Edition::for_year(year) else { return Ok(None) };
        for report in self.store.annual_reports(agency, year).await?.iter().rev() {
            if !self.stage_of(report).await?.0.is_signed() {
                continue;
            }
            if let Some(kept) = self.kept_of(report).await? {
                let mut found = bare(edition, year, name, &kept.figures()?);
                kept.text.into_report(&mut found);
                return Ok(Some(found));
            }
        }
        // What the supervising office received from outside the platform is what this year is held against on arrival.
        if let Some(report) = self.received_for(agency, year).await? {
            return Ok(Some(report));
        }
        self.public_report(agency, year).await
    }

    /// The figures of the agency of a code for a year.
    ///
    /// # Errors
    /// There is no such agency; as [`Services::figures`].
    pub async fn figures_of(&self, now: Timestamp, code: &str, year: i16) -> Result<Figures, Fault> {
        self.figures(now, self.agency_coded(code)?, year).await
    }

    /// The figures of an agency for a year, as the work stands now.
    ///
    /// # Errors
    /// There is no form for that year, or it has not begun.
    pub async fn figures(&self, now: Timestamp, agency: AgencyId, year: i16) -> Result<Figures, Fault> {
        // Much is read for them: callers need not carry that along.
        Box::pin(self.figures_now(now, agency, year)).await
    }

    async fn figures_now(&self, now: Timestamp, agency: AgencyId, year: i16) -> Result<Figures, Fault> {
        let edition = edition_of(year, now)?;
        let directory = self.directory();
        let unit = directory.get(agency).ok_or(Fault::NotFound)?;
        let end =
            jiff::civil::Date::new(year, 12, 31).map_or(clock::local_date(now), |end| end.min(clock::local_date(now)));
        let is_government = directory.is_government(agency);
        let name = if is_government { directory.government_name(agency) } else { unit.unit.name_on(end).to_owned() };
        let theirs = async { if is_government { Ok(Some(self.summed(year, edition).await?)) } else { Ok(None) } };
        let (counted, entries, said, additions, reports, last_year, agencies) = tokio::try_join!(
            self.counted(agency, year),
            self.counted_ledger(agency, year),
            self.counted_documents(now, agency, year),
            async { Ok::<_, Fault>(self.store.adjustments(agency, year, false).await?) },
            async { Ok::<_, Fault>(self.store.annual_reports(agency, year).await?) },
            self.reported_for(agency, &name, year - 1),
            theirs,
        )?;
        let cases: Vec<(Class, i64)> = counted.into_iter().map(|(kind, many)| (Kind(kind).into(), many)).collect();
        let figures: Vec<_> = entries.iter().map(figure_of).collect();
        let last = last_year.as_ref().map(printed);
        let sources = Sources {
            cases: &cases,
            ledger: &gongkai_report::ledger::sums(&figures),
            documents: &said,
            last_year: last.as_ref(),
            agencies: agencies.as_ref().map(|sum| &sum.cells),
        };
        let computed = compute(year, edition, &sources);
        let added: Vec<(CellRef, Decimal)> = additions.iter().map(|one| (one.cell, one.amount)).collect();
        let adjusted = adjusted(edition, &computed, &added);
        let mut reported = None;
        for report in reports.iter().rev() {
            if let Some(kept) = self.kept_of(report).await? {
                reported = Some(kept.figures()?);
                break;
            }
        }
        let mut out = Figures {
            agency,
            name,
            year,
            edition,
            computed,
            additions,
            adjusted,
            reports,
            reported,
            published: None,
            last_year,
            agencies,
            is_over: clock::local_date(now).year() > year,
            remarks: self.remarks_on(now, (agency, year, edition), &entries),
            findings: Vec::new(),
        };
        out.remarks.extend(magnitudes(&out));
        if let Some(first) =
            self.store.first_counted(&self.reporting_units(agency, year)).await?.filter(|first| *first > year)
        {
            out.remarks.push(format!(
                "平台上最早的申请是{first}年收到的：{year}年的申请没有导入的，先导入再编制，不能当作没有申请"
            ));
        }
        out.findings = figure_findings(&out);
        Ok(out)
    }
}

/// What the rules of the checker find in the figures alone: sums, impossible values, the year before.
fn figure_findings(figures: &Figures) -> Vec<Finding> {
    let report = figures.report();
    let previous = figures.year_before().map(Subject::new);
    let mut found = check(&Subject::new(&report), previous.as_ref());
    // What is not entered yet is no contradiction: it is listed by itself.
    let said = |cell: &CellRef| figures.adjusted.contains_key(cell);
    found.retain(|one| !one.cells.is_empty() && one.cells.iter().all(said));
    found
}
