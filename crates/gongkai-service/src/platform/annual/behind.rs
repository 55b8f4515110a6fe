//! What lies behind a figure: the applications, the disputes, the entries of the ledger, the documents that it counts.

use gongkai_law::{CellRef, ProactiveItem};
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_report::compile::{DocumentKind, Origin, documents};
use gongkai_report::tally::Class;
use gongkai_store::{ApplicationRecord, Counted, DisputeRecord, DocumentRow, LedgerEntry};
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::figures::{Kind, document};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// How many are listed at once.
pub const LISTED: usize = 100;

/// What a figure is made of.
#[derive(Debug)]
pub enum Behind {
    /// Applications, a page of them.
    Applications(Vec<ApplicationRecord>),
    /// Disputes, a page of them.
    Disputes(Vec<DisputeRecord>),
    /// Entries of the ledger.
    Ledger(Vec<LedgerEntry>),
    /// Documents on the platform.
    Documents(Vec<DocumentRow>),
    /// The report of the year before.
    LastYear,
    /// Nothing says it.
    Nothing,
}

/// A figure with what lies behind it.
#[derive(Debug)]
pub struct BehindPage {
    /// The cell.
    pub cell: CellRef,
    /// What people call it.
    pub name: String,
    /// What was computed.
    pub computed: Option<Decimal>,
    /// With what was added.
    pub adjusted: Option<Decimal>,
    /// For a government: how much of it the reports of its agencies say, and how much is its own.
    pub agencies: Option<(Decimal, Option<Decimal>)>,
    /// What it is made of.
    pub behind: Behind,
    /// The page, from 1.
    pub page: usize,
    /// Whether there are more.
    pub more: bool,
    /// Whether cases may be opened by the person.
    pub opens: bool,
}

impl Services {
    /// What lies behind a figure of an agency's report.
    ///
    /// # Errors
    /// The person may not see it; there is no such cell in the form of that year.
    pub async fn behind(
        &self,
        now: Timestamp,
        actor: &Actor,
        agency: AgencyId,
        year: i16,
        (path, page): (&str, usize),
    ) -> Result<BehindPage, Fault> {
        Self::may_see_report(actor, agency)?;
        let figures = self.figures(now, agency, year).await?;
        let cell = CellRef::parse(path).ok_or(Fault::NotFound)?;
        let computed = figures.computed.get(&cell).ok_or(Fault::NotFound)?;
        let page = page.clamp(1, 10_000);
        let skip = (page - 1).saturating_mul(LISTED);
        let mut more = false;
        let units = self.reporting_units(agency, year);
        let behind = match (&computed.origin, cell) {
            (Origin::Ledger(parts), _) => {
                let mut entries = self.counted_ledger(agency, year).await?;
                entries.retain(|one| parts.contains(&one.id));
                Behind::Ledger(entries)
            }
            (Origin::Documents, CellRef::Proactive(item, field)) => {
                let kind =
                    if item == ProactiveItem::Regulations { DocumentKind::Regulation } else { DocumentKind::Normative };
                let mut rows = self.documents_of((agency, year), kind).await?;
                let today = clock::local_date(now);
                rows.retain(|row| {
                    let alone = documents(&[document(row, kind)], year, today);
                    alone.figure(item, field).is_some_and(|many| many > 0)
                });
                Behind::Documents(rows)
            }
            (Origin::LastYear, _) => Behind::LastYear,
            (_, CellRef::Application(..)) => {
                let kinds = self.kinds_of(agency, year, cell, figures.edition).await?;
                let mut rows = self.store.applications_counted(&units, &kinds, skip, LISTED + 1).await?;
                more = rows.len() > LISTED;
                rows.truncate(LISTED);
                Behind::Applications(rows)
            }
            (_, CellRef::Proceeding(..)) => {
                let kinds = self.kinds_of(agency, year, cell, figures.edition).await?;
                let mut rows = self.store.disputes_counted(&units, &kinds, skip, LISTED + 1).await?;
                more = rows.len() > LISTED;
                rows.truncate(LISTED);
                Behind::Disputes(rows)
            }
            (_, CellRef::Proactive(..)) => Behind::Nothing,
        };
        Ok(BehindPage {
            cell,
            name: cell.name(figures.edition),
            computed: computed.value,
            adjusted: figures.adjusted.get(&cell).copied(),
            agencies: computed.agencies.map(|theirs| (theirs, computed.own())),
            behind,
            page,
            more,
            opens: actor.may(Act::Handle, agency),
        })
    }

    /// The kinds of cases that a cell counts.
    async fn kinds_of(
        &self,
        agency: AgencyId,
        year: i16,
        cell: CellRef,
        edition: gongkai_law::Edition,
    ) -> Result<Vec<Counted>, Fault> {
        let all = self.counted(agency, year).await?;
        let counts = |kind: Counted| Class::from(Kind(kind)).cells(year, edition).contains(&cell);
        Ok(all.into_iter().map(|(kind, _)| kind).filter(|kind| counts(*kind)).collect())
    }
}
