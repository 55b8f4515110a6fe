//! An agency's reports over the years, beside all agencies together.

use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_store::{ReceiptLine, ReceiptState, YearSum};

use super::statistics::{Compared, Share};
use crate::platform::Fault;
use crate::platform::services::{Actor, Services};

/// An agency over the years.
#[derive(Debug)]
pub struct AgencyYears {
    /// The agency.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Its reports that count, the earliest year first, each beside the sums of all agencies for that year.
    pub years: Vec<(ReceiptLine, Option<YearSum>)>,
}

impl AgencyYears {
    /// The share of the agency and of all agencies, by year; none where a report does not print what it takes.
    pub fn shares(&self, compared: Compared) -> Vec<(i16, Option<Share>, Option<Share>)> {
        let of = |sum: &Option<YearSum>| sum.as_ref().and_then(|sum| compared.of(&sum.key));
        self.years.iter().map(|(line, sum)| (line.year, compared.of(&line.key), of(sum))).collect()
    }
}

impl Services {
    /// The reports of an agency over the years.
    ///
    /// # Errors
    /// The person does not supervise; there is no such agency.
    pub async fn agency_years(&self, actor: &Actor, code: &str) -> Result<AgencyYears, Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let agency = self.agency_coded(code)?;
        let (receipts, sums) = tokio::try_join!(self.store.receipts_of(agency, None), self.store.year_sums())?;
        let mut years: Vec<(ReceiptLine, Option<YearSum>)> = receipts
            .into_iter()
            .map(|one| one.line)
            .filter(|line| !matches!(line.state, ReceiptState::Replaced | ReceiptState::Returned))
            .map(|line| {
                let sum = sums.iter().find(|sum| sum.year == line.year).cloned();
                (line, sum)
            })
            .collect();
        years.sort_by_key(|(line, _)| line.year);
        let directory = self.directory();
        let unit = directory.get(agency).ok_or(Fault::NotFound)?;
        Ok(AgencyYears { agency, name: unit.name.clone(), code: unit.code.clone(), years })
    }
}
