//! The registers of an agency in the shape in which they are brought in: for an office that moves on, or counts elsewhere.

use gongkai_model::application::Outcome;
use gongkai_model::application::clock::Event;
use gongkai_store::ApplicationFilter;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{CASE_COLUMNS, DISPUTE_COLUMNS, FORMULA};
use crate::platform::Fault;
use crate::platform::applications::opened_form;
use crate::platform::services::Services;

/// How many rows are read at once.
const PAGE: u64 = 2_000;

fn table(columns: &[&str]) -> Result<csv::Writer<Vec<u8>>, Fault> {
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    out.write_record(columns).map_err(failed)?;
    Ok(out)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn failed(error: csv::Error) -> Fault {
    Fault::Failed(error.to_string())
}

fn finished(out: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, Fault> {
    out.into_inner().map_err(|error| Fault::Failed(error.to_string()))
}

/// How and when a step ends an application. The first such step is what is counted: a reply that was ordered anew makes no new one, and
/// leaves the first in its year (domain 5.2).
fn ended(event: Event) -> Option<(Outcome, Date)> {
    match event {
        Event::Replied { outcome, served } | Event::Registered { outcome, served } => Some((outcome, served)),
        Event::CorrectionLapsed { on } => Some((Outcome::CorrectionAbandoned, on)),
        Event::FeeLapsed { on } => Some((Outcome::FeeUnpaid, on)),
        Event::Withdrawn { on } => Some((Outcome::Withdrawn, on)),
        _ => None,
    }
}

/// A cell that a spreadsheet would take for a formula is shown as text; the import reads it as it was.
fn plain(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

impl Services {
    /// The register of applications as CSV, the latest first. Names and what is wanted in full are personal data: they are opened only
    /// where `names` asks for them, and it is recorded.
    ///
    /// # Errors
    /// There is no such agency; the key of personal data is not there.
    pub async fn export_cases(&self, now: Timestamp, code: &str, names: bool) -> Result<(usize, Vec<u8>), Fault> {
        let agency = self.agency_coded(code)?;
        let mut out = table(&CASE_COLUMNS)?;
        let mut filter = ApplicationFilter { agency: Some(agency), limit: PAGE, ..ApplicationFilter::default() };
        let mut count = 0;
        loop {
            let rows = self.store.applications(&filter).await?;
            let Some(last) = rows.last() else { break };
            filter.before = Some((last.arrived_at, last.id));
            let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
            let mut steps = self.store.events_of(&ids).await?;
            for row in rows {
                // What nobody has confirmed was not received yet.
                let (Some(number), Some(received)) = (row.registration_no.clone(), row.standing.received) else {
                    continue;
                };
                let ended = steps.remove(&row.id).unwrap_or_default().iter().find_map(|event| ended(*event));
                let (name, subject) = if names {
                    let form = opened_form(self, &row).await?;
                    (form.name.clone(), form.wanted_line())
                } else {
                    (String::new(), row.subject.clone())
                };
                out.write_record([
                    &plain(&number),
                    row.kind.code(),
                    &plain(&name),
                    row.arrival.channel.code(),
                    &received.to_string(),
                    &plain(&subject),
                    &ended.map(|(outcome, _)| outcome.code().to_owned()).unwrap_or_default(),
                    &ended.map(|(_, day)| day.to_string()).unwrap_or_default(),
                ])
                .map_err(failed)?;
                count += 1;
            }
        }
        let tx = self.store.begin().await?;
        let detail = format!("rows={count}\nnames={names}");
        tx.append_audit(now, "operator", "application.export", &agency.to_string(), &detail).await?;
        tx.commit().await?;
        Ok((count, finished(out)?))
    }

    /// The register of reconsiderations and suits as CSV, the latest first.
    ///
    /// # Errors
    /// There is no such agency.
    pub async fn export_disputes(&self, code: &str) -> Result<(usize, Vec<u8>), Fault> {
        let agency = self.agency_coded(code)?;
        let mut out = table(&DISPUTE_COLUMNS)?;
        let rows = self.store.disputes(agency, false, u64::from(u32::MAX)).await?;
        for row in &rows {
            let case = match row.application {
                Some(id) => self.store.application(id).await?.and_then(|one| one.registration_no),
                None => None,
            };
            out.write_record([
                &plain(&row.number),
                row.kind.code(),
                &plain(case.as_deref().unwrap_or_default()),
                &row.filed_on.to_string(),
                row.result.code(),
                &row.decided_on.map(|day| day.to_string()).unwrap_or_default(),
            ])
            .map_err(failed)?;
        }
        Ok((rows.len(), finished(out)?))
    }
}
