//! The figures of a year out of the work: what was computed, what was added to it, whether it balances.

mod documents;

use std::collections::BTreeMap;

use gongkai_law::{
    ApplicantColumn, ApplicationRow, CellRef, Edition, ProactiveField, ProactiveItem, ProceedingColumn, ProceedingGroup,
};
use rust_decimal::Decimal;

pub use documents::{Document, DocumentKind, Documents, Standing, documents};

use crate::tally::{Class, count};

/// Where a computed figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin<Id> {
    /// Cases that were counted.
    Cases,
    /// Entries of the ledger that were added up.
    Ledger(Vec<Id>),
    /// Documents on the platform and their validity.
    Documents,
    /// The report of the year before.
    LastYear,
    /// Nothing says it.
    Nothing,
}

/// A computed figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed<Id> {
    /// The figure; none where nothing says it. Blank is not zero.
    pub value: Option<Decimal>,
    /// Where it comes from.
    pub origin: Origin<Id>,
    /// Another source says another figure: that, and what it is called.
    pub beside: Option<(Decimal, &'static str)>,
    /// How much of it the reports of other agencies say; none where none is added up. The origin is that of the rest.
    pub agencies: Option<Decimal>,
}

impl<Id> Computed<Id> {
    fn of(value: Option<Decimal>, origin: Origin<Id>) -> Self {
        Self { value, origin, beside: None, agencies: None }
    }

    /// How much of it is the agency's own; none where nothing says it.
    pub fn own(&self) -> Option<Decimal> {
        self.value.map(|value| value.saturating_sub(self.agencies.unwrap_or_default()))
    }

    /// With what the reports of the agencies say. A figure of its own that nothing says leaves the sum unsaid: blank is not zero.
    fn with_agencies(mut self, theirs: Option<Decimal>) -> Self {
        if let Some(theirs) = theirs {
            self.value = self.value.map(|own| own.saturating_add(theirs));
            self.agencies = Some(theirs);
        }
        self
    }
}

/// What the figures of a year are computed from.
#[derive(Debug)]
pub struct Sources<'a, Id> {
    /// How many cases of each kind there are.
    pub cases: &'a [(Class, i64)],
    /// What the entries of the ledger add up to.
    pub ledger: &'a BTreeMap<CellRef, (Decimal, Vec<Id>)>,
    /// What the documents on the platform say.
    pub documents: &'a Documents,
    /// What was reported for the year before.
    pub last_year: Option<&'a BTreeMap<CellRef, Decimal>>,
    /// For a government: what the reports of its agencies add up to (条例 第四十九条第二款). None for an agency.
    pub agencies: Option<&'a BTreeMap<CellRef, Decimal>>,
}

/// Computes every cell of a year's form.
///
/// Tables 3 and 4 are counted. Of table 2, what the ledger says counts; where it says nothing, documents are counted by their validity
/// (第二十条第一项), and the items of the year before are what that year's report leads to (2019 form). Anything else is blank. For a government
/// the reports of its agencies come on top of what is its own.
pub fn compute<Id: Clone>(year: i16, edition: Edition, sources: &Sources<'_, Id>) -> BTreeMap<CellRef, Computed<Id>> {
    let counts = count(year, edition, sources.cases);
    CellRef::of(edition)
        .into_iter()
        .map(|cell| {
            let computed = match cell {
                CellRef::Proactive(item, field) => proactive(item, field, sources),
                CellRef::Application(..) | CellRef::Proceeding(..) => {
                    Computed::of(Some(Decimal::from(counts.get(&cell).copied().unwrap_or(0))), Origin::Cases)
                }
            };
            let theirs = sources.agencies.and_then(|sums| sums.get(&cell)).copied();
            (cell, computed.with_agencies(theirs))
        })
        .collect()
}

fn proactive<Id: Clone>(item: ProactiveItem, field: ProactiveField, sources: &Sources<'_, Id>) -> Computed<Id> {
    let cell = CellRef::Proactive(item, field);
    let documents = sources.documents.figure(item, field).map(Decimal::from);
    if let Some((sum, parts)) = sources.ledger.get(&cell) {
        let other = documents.filter(|other| other != sum);
        let beside = other.map(|other| (other, "平台上的文件"));
        return Computed { beside, ..Computed::of(Some(*sum), Origin::Ledger(parts.clone())) };
    }
    if documents.is_some() {
        return Computed::of(documents, Origin::Documents);
    }
    let before = |field| sources.last_year?.get(&CellRef::Proactive(item, field)).copied();
    // What a government reported last year holds its agencies' items too: it says nothing of its own.
    if sources.agencies.is_none()
        && field == ProactiveField::PriorItems
        && let (Some(prior), Some(change)) = (before(ProactiveField::PriorItems), before(ProactiveField::Change))
    {
        return Computed::of(Some(prior.saturating_add(change)), Origin::LastYear);
    }
    Computed::of(None, Origin::Nothing)
}

/// Whether a figure may be adjusted: sums follow from their parts.
pub fn is_part(edition: Edition, cell: CellRef) -> bool {
    CellRef::of(edition).contains(&cell)
        && match cell {
            CellRef::Proactive(..) => true,
            CellRef::Application(row, column) => {
                row != ApplicationRow::TotalConcluded && column != ApplicantColumn::Total
            }
            CellRef::Proceeding(_, column) => column != ProceedingColumn::Total,
        }
}

/// The computed figures with what was added; every sum follows from its parts.
pub fn adjusted<Id>(
    edition: Edition,
    computed: &BTreeMap<CellRef, Computed<Id>>,
    additions: &[(CellRef, Decimal)],
) -> BTreeMap<CellRef, Decimal> {
    let mut out: BTreeMap<CellRef, Decimal> =
        computed.iter().filter_map(|(cell, one)| Some((*cell, one.value?))).collect();
    for (cell, amount) in additions.iter().filter(|(cell, _)| is_part(edition, *cell)) {
        // Blank is not zero: what is added to a figure that nobody knows makes it no better known.
        if let Some(value) = out.get_mut(cell) {
            *value = value.saturating_add(*amount);
        }
    }
    total(edition, &mut out);
    out
}

/// Puts the sums of tables 3 and 4 in place.
pub fn total(edition: Edition, cells: &mut BTreeMap<CellRef, Decimal>) {
    let get = |cells: &BTreeMap<CellRef, Decimal>, cell: CellRef| cells.get(&cell).copied().unwrap_or_default();
    for column in ApplicantColumn::KINDS {
        let results = ApplicationRow::results(edition).iter();
        let sum = results.map(|row| get(cells, CellRef::Application(*row, column))).sum();
        cells.insert(CellRef::Application(ApplicationRow::TotalConcluded, column), sum);
    }
    for row in ApplicationRow::of(edition) {
        let sum = ApplicantColumn::KINDS.iter().map(|column| get(cells, CellRef::Application(*row, *column))).sum();
        cells.insert(CellRef::Application(*row, ApplicantColumn::Total), sum);
    }
    for group in ProceedingGroup::ALL {
        let sum = ProceedingColumn::PARTS.iter().map(|part| get(cells, CellRef::Proceeding(group, *part))).sum();
        cells.insert(CellRef::Proceeding(group, ProceedingColumn::Total), sum);
    }
}
