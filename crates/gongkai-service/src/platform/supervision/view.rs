//! Who has reported, who is late; a report as it was received, with what was found and decided.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, annual_report_due};
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::Act;
use gongkai_model::org::UnitKind;
use gongkai_report::check::Finding;
use gongkai_report::compare::{SectionChange, compare};
use gongkai_report::{Level, Report};
use gongkai_store::{Receipt, ReceiptLine, ReceiptState, Verdict, YearSum};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::platform::annual::{Grid, fingerprint, grids, told_explanations};
use crate::platform::directory::Agency;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// How an agency stands with its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It has not come and its day has passed.
    Overdue,
    /// It was given back.
    Returned,
    /// It has not come.
    Missing,
    /// It came after its day.
    Late,
    /// It has come.
    Received,
    /// It was found in order.
    Accepted,
    /// It does not have to.
    Exempt,
}

impl Standing {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Overdue => "逾期未报",
            Self::Returned => "已退回",
            Self::Missing => "还没有报",
            Self::Late => "迟报，待审",
            Self::Received => "已报，待审",
            Self::Accepted => "已审定",
            Self::Exempt => "不须报送",
        }
    }

    /// The code in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Returned => "returned",
            Self::Missing => "missing",
            Self::Late => "late",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Exempt => "exempt",
        }
    }

    /// Every standing.
    pub const ALL: [Self; 7] =
        [Self::Overdue, Self::Returned, Self::Missing, Self::Late, Self::Received, Self::Accepted, Self::Exempt];
}

/// An agency that is to report.
#[derive(Debug, Clone)]
pub struct Reporting {
    /// The agency.
    pub agency: AgencyId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Why it does not have to report; blank where it has to.
    pub exempt: String,
    /// How it stands.
    pub standing: Standing,
    /// What it reported last; none where nothing came.
    pub line: Option<ReceiptLine>,
    /// Whether its first report came after the day the office set: a correction later makes nobody late.
    pub late: bool,
    /// Whether it came after the day by law too.
    pub unlawful: bool,
    /// Whether the platform has known it since before the day by law: of one that came later it is not known whether it had to report.
    pub known: bool,
    /// Whether what the public reads is not what was sent.
    pub unsent: bool,
}

/// Who has reported for a year.
#[derive(Debug)]
pub struct ReportingPage {
    /// The year.
    pub year: i16,
    /// The day set by the office, and the one by law.
    pub due: (Date, Date),
    /// The agencies, what needs attention first.
    pub rows: Vec<Reporting>,
    /// How many there are of each standing.
    pub counts: Vec<(Standing, usize)>,
    /// The sums of every year that has reports.
    pub sums: Vec<YearSum>,
    /// How many have come, without an open error or a warning, and wait to be found in order.
    pub acceptable: usize,
}

/// A finding as the supervising office sees it.
#[derive(Debug, Clone)]
pub struct ReceiptFinding {
    /// The rule.
    pub rule: String,
    /// How weighty it is.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
    /// The law it rests on.
    pub law: String,
    /// What it is known by.
    pub fingerprint: String,
    /// What the agency explained.
    pub explained: String,
    /// What was decided, and by whom: the last holds.
    pub verdict: Option<(Verdict, String)>,
    /// What was decided before that, the last first.
    pub earlier: Vec<(Verdict, String)>,
}

impl ReceiptFinding {
    /// Whether it is an error that nobody has let pass.
    pub fn is_open_error(&self) -> bool {
        self.level == Level::Error && !self.verdict.as_ref().is_some_and(|(one, _)| one.passes)
    }
}

/// A report as it was received.
#[derive(Debug)]
pub struct ReceiptPage {
    /// The receipt.
    pub receipt: Receipt,
    /// The agency's name.
    pub name: String,
    /// The report.
    pub report: Report,
    /// Its tables.
    pub grids: Vec<Grid>,
    /// What was found.
    pub findings: Vec<ReceiptFinding>,
    /// How its text compares with the year before.
    pub reuse: Vec<SectionChange>,
    /// The receipts of the same agency and year: identity, number, state, day.
    pub others: Vec<ReceiptLine>,
    /// Who sent or filed it, and who decided.
    pub people: (String, String),
}

/// Whether an agency has to report for a year: none where it is no agency or was gone when the year ended; false where the platform came to know
/// it only after the day by law.
pub(in crate::platform) fn has_to_report(one: &Agency, year: i16) -> Option<bool> {
    let end = Date::new(year, 12, 31).unwrap_or(Date::MAX);
    let due = Date::new(year.saturating_add(1), 1, 31).unwrap_or(Date::MAX);
    let there = one.kind == UnitKind::Agency && one.closed_on.is_none_or(|day| day > end);
    there.then(|| one.unit.names.iter().any(|name| name.from <= due))
}

/// Whether a report may be found in order without being opened: nothing was found in it that somebody must look at.
pub(super) fn is_plain(line: &ReceiptLine) -> bool {
    line.state == ReceiptState::Received && line.open_errors == 0 && line.warnings == 0
}

impl Services {
    /// The agencies that are to report for a year, those that were there when it ended: identity, name, and whether the platform has known them since before the day by law. Of one
    /// that came later it is not known whether it had to: it is listed, and never called late.
    pub(in crate::platform) fn expected(&self, year: i16) -> Vec<(AgencyId, String, bool)> {
        let directory = self.directory();
        let known = |one: &Agency| Some((one.id, one.name.clone(), has_to_report(one, year)?));
        directory.agencies().filter_map(known).collect()
    }

    /// The day the office wants reports by, and the one by law.
    pub(in crate::platform) fn report_due(&self, year: i16) -> Result<(Date, Date), Fault> {
        let (legal, planned) =
            annual_report_due(year, false, &self.calendar()).map_err(|error| Fault::Failed(error.to_string()))?;
        let set = self.directory().site.report_day(year + 1);
        Ok((set.unwrap_or(planned).min(legal), legal))
    }

    /// Who has reported for a year.
    ///
    /// # Errors
    /// The person does not supervise.
    pub async fn reporting(&self, now: Timestamp, actor: &Actor, year: i16) -> Result<ReportingPage, Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let due = self.report_due(year)?;
        let today = clock::local_date(now);
        let (lines, sums, first, exempt, unsent) = tokio::try_join!(
            async { Ok::<_, Fault>(self.store.receipt_lines(year).await?) },
            async { Ok::<_, Fault>(self.store.year_sums().await?) },
            async { Ok::<_, Fault>(self.store.first_arrivals(year).await?) },
            self.exempt(year),
            async { Ok::<_, Fault>(self.store.published_unsent(year).await?) },
        )?;
        let acceptable = lines.iter().filter(|one| is_plain(one)).count();
        let directory = self.directory();
        let mut there: BTreeMap<AgencyId, ReceiptLine> = lines.into_iter().map(|one| (one.agency, one)).collect();
        let mut rows: Vec<Reporting> = self
            .expected(year)
            .into_iter()
            .map(|(agency, name, known)| {
                let line = there.remove(&agency);
                let came_after = |due: Date| first.get(&agency).is_some_and(|day| *day > due);
                let (late, unlawful) = (came_after(due.0), came_after(due.1));
                let unsent = line.is_some() && unsent.contains(&agency);
                let excused = exempt.get(&agency);
                let standing = match &line {
                    _ if excused.is_some() => Standing::Exempt,
                    None if known && today > due.0 => Standing::Overdue,
                    None => Standing::Missing,
                    Some(one) => match one.state {
                        ReceiptState::Returned => Standing::Returned,
                        ReceiptState::Accepted => Standing::Accepted,
                        ReceiptState::Received | ReceiptState::Replaced if late => Standing::Late,
                        ReceiptState::Received | ReceiptState::Replaced => Standing::Received,
                    },
                };
                let code = directory.get(agency).map(|one| one.code.clone()).unwrap_or_default();
                let excuse = excused.map(|one| one.reason.clone()).unwrap_or_default();
                Reporting { agency, code, name, exempt: excuse, standing, line, late, unlawful, known, unsent }
            })
            .collect();
        rows.sort_by(|a, b| (a.standing, &a.name).cmp(&(b.standing, &b.name)));
        let counts = Standing::ALL
            .into_iter()
            .map(|standing| (standing, rows.iter().filter(|one| one.standing == standing).count()))
            .collect();
        Ok(ReportingPage { year, due, rows, counts, sums, acceptable })
    }

    /// A report as it was received.
    ///
    /// # Errors
    /// There is none, or the person does not supervise.
    pub async fn receipt_page(&self, _now: Timestamp, actor: &Actor, id: Uuid) -> Result<ReceiptPage, Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let receipt = self.store.receipt(id).await?.ok_or(Fault::NotFound)?;
        let (agency, year) = (receipt.line.agency, receipt.line.year);
        let report = self.report_of_receipt(&receipt).await?;
        let (found, verdicts, all, before) = tokio::try_join!(
            self.found_in(agency, year, &report),
            async { Ok::<_, Fault>(self.store.verdicts(agency, year).await?) },
            async { Ok::<_, Fault>(self.store.receipts_of(agency, Some(year)).await?) },
            self.received(agency, year - 1),
        )?;
        let mut people: Vec<OfficerId> = verdicts.values().flatten().map(|one| one.officer).collect();
        people.extend(receipt.arrived_by);
        people.extend(receipt.decided.and_then(|(_, by)| by));
        let names: BTreeMap<OfficerId, String> = self.store.names(&people).await?.into_iter().collect();
        let name_of = |id: Option<OfficerId>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
        let explained = told_explanations(&receipt.explained)?;
        let findings = found
            .into_iter()
            .map(|one: Finding| {
                let fingerprint = fingerprint(&one);
                let mut said: Vec<(Verdict, String)> = verdicts
                    .get(&fingerprint)
                    .into_iter()
                    .flatten()
                    .map(|verdict| (verdict.clone(), name_of(Some(verdict.officer))))
                    .collect();
                let verdict = said.pop();
                said.reverse();
                ReceiptFinding {
                    rule: one.rule.to_owned(),
                    level: one.level,
                    message: one.message,
                    advice: one.advice,
                    law: one.law,
                    explained: explained.get(&fingerprint).cloned().unwrap_or_default(),
                    fingerprint,
                    verdict,
                    earlier: said,
                }
            })
            .collect();
        let reuse = before.map(|(_, last)| compare(&[&report, &last]).sections).unwrap_or_default();
        let mut marks: BTreeMap<CellRef, (&'static str, String)> = BTreeMap::new();
        for cell in report.cells.iter().filter(|(_, one)| one.value.is_none()).map(|(cell, _)| *cell) {
            marks.insert(cell, ("blank", "空白".to_owned()));
        }
        Ok(ReceiptPage {
            name: self.directory().name(agency).to_owned(),
            grids: grids(&report, &marks),
            report,
            findings,
            reuse: reuse.into_iter().next().unwrap_or_default(),
            others: all.into_iter().map(|one| one.line).filter(|one| one.id != id).collect(),
            people: (name_of(receipt.arrived_by), name_of(receipt.decided.and_then(|(_, by)| by))),
            receipt,
        })
    }

    /// The file that a report came as, or the report as JSON.
    ///
    /// # Errors
    /// There is none, or the person does not supervise.
    pub async fn receipt_file(&self, actor: &Actor, id: Uuid) -> Result<(String, Vec<u8>), Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let receipt = self.store.receipt(id).await?.ok_or(Fault::NotFound)?;
        if let Some((name, hash)) = receipt.file {
            return Ok((name, self.store.blobs().get(&hash).await?));
        }
        let name = format!("{}{}年度报告.json", self.directory().name(receipt.line.agency), receipt.line.year);
        Ok((name, self.store.blobs().get(&receipt.report).await?))
    }

    /// What became of the report of the person's agency at the supervising office; none where it was not sent.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn fate_of_report(&self, agency: AgencyId, year: i16) -> Result<Option<Receipt>, Fault> {
        let all = self.store.receipts_of(agency, Some(year)).await?;
        Ok(all.into_iter().find(|one| one.line.state != ReceiptState::Replaced))
    }
}
