//! Reports arrive: sent by an agency of the platform, or filed by the supervising office for one outside it. Each is checked on arrival.

use gongkai_model::Refusal;
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::{Act, Role};
use gongkai_model::org::UnitKind;
use gongkai_report::check::{Finding, check};
use gongkai_report::{Level, Report, Subject};
use gongkai_store::{BlobHash, Notice, Receipt, ReceiptLine, ReceiptState, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::cells;
use crate::platform::annual::{ReportStage, assembled_of, fingerprint};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};
use crate::report::{ReadReport, Source, finding_to_json, read_report_from_json, report_to_json};

/// What arrives.
pub(super) struct Arrival {
    pub(super) agency: AgencyId,
    pub(super) year: i16,
    pub(super) report: Report,
    pub(super) file: Option<(String, BlobHash)>,
    pub(super) explained: String,
    /// The day it came.
    pub(super) on: Date,
}

/// Errors, those of them that are open, warnings.
pub(super) type FindingCounts = (i32, i32, i32);

/// Whether two reports say the same: every figure, every section.
fn is_same(one: &Report, other: &Report) -> bool {
    let texts = |report: &Report| report.sections.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
    cells::line(one) == cells::line(other) && texts(one) == texts(other)
}

impl Services {
    /// The report that counts for an agency and a year, as it was received.
    pub(super) async fn received(&self, agency: AgencyId, year: i16) -> Result<Option<(Receipt, Report)>, Fault> {
        let receipts = self.store.receipts_of(agency, Some(year)).await?;
        let Some(one) = receipts.into_iter().find(|one| one.line.state != ReceiptState::Replaced) else {
            return Ok(None);
        };
        let report = self.report_of_receipt(&one).await?;
        Ok(Some((one, report)))
    }

    /// The report that counts for an agency and a year as it was received; none where it was given back.
    pub(in crate::platform) async fn received_for(&self, agency: AgencyId, year: i16) -> Result<Option<Report>, Fault> {
        let found = self.received(agency, year).await?;
        Ok(found.filter(|(one, _)| one.line.state != ReceiptState::Returned).map(|(_, report)| report))
    }

    /// The report that a receipt holds.
    pub(super) async fn report_of_receipt(&self, one: &Receipt) -> Result<Report, Fault> {
        let bytes = self.store.blobs().get(&one.report).await?;
        let text = String::from_utf8_lossy(&bytes);
        let read = read_report_from_json(&text).map_err(|why| Fault::Failed(format!("收到的报告读不出来：{why}")))?;
        Ok(read.report)
    }

    /// What the rules find in a report, beside the one received for the year before.
    pub(super) async fn found_in(&self, agency: AgencyId, year: i16, report: &Report) -> Result<Vec<Finding>, Fault> {
        let before = match self.received(agency, year - 1).await? {
            // One that was given back is no ground to hold this year's against, where the public reads another.
            Some((receipt, returned)) if receipt.line.state == ReceiptState::Returned => {
                Some(self.public_report(agency, year - 1).await?.unwrap_or(returned))
            }
            Some((_, report)) => Some(report),
            None => self.public_report(agency, year - 1).await?,
        };
        let previous = before.as_ref().map(Subject::new);
        Ok(check(&Subject::new(report), previous.as_ref()))
    }

    /// The report that counts for an agency and a year, with its counts against another report of the year before; none where nothing changes.
    pub(super) async fn next_counts(
        &self,
        agency: AgencyId,
        year: i16,
        before: Option<&Report>,
    ) -> Result<Option<(Uuid, FindingCounts)>, Fault> {
        let Some((receipt, report)) = self.received(agency, year).await? else { return Ok(None) };
        let found = check(&Subject::new(&report), before.map(Subject::new).as_ref());
        let counts = self.counts_of(agency, year, &found, None).await?;
        let line = &receipt.line;
        Ok((counts != (line.errors, line.open_errors, line.warnings)).then_some((line.id, counts)))
    }

    /// How many errors there are, how many of them nobody has let pass, how many warnings; with what is decided just now.
    pub(super) async fn counts_of(
        &self,
        agency: AgencyId,
        year: i16,
        findings: &[Finding],
        decided: Option<(&str, bool)>,
    ) -> Result<FindingCounts, Fault> {
        let verdicts = self.store.verdicts(agency, year).await?;
        let passed = |one: &Finding| {
            let mark = fingerprint(one);
            match decided {
                Some((decided, passes)) if decided == mark => passes,
                _ => verdicts.get(&mark).and_then(|said| said.last()).is_some_and(|verdict| verdict.passes),
            }
        };
        let count = |test: &dyn Fn(&Finding) -> bool| {
            i32::try_from(findings.iter().filter(|one| test(one)).count()).unwrap_or(i32::MAX)
        };
        Ok((
            count(&|one| one.level == Level::Error),
            count(&|one| one.level == Level::Error && !passed(one)),
            count(&|one| one.level == Level::Warning),
        ))
    }

    /// Puts a report that has come into the register: with it the counts of the year after, which it is the ground of, and the notices.
    pub(super) async fn put_receipt(
        &self,
        tx: &Tx,
        receipt: &Receipt,
        next: Option<&(Uuid, FindingCounts)>,
        told: &[Notice],
    ) -> Result<(), Fault> {
        tx.insert_receipt(receipt).await?;
        if let Some((id, counts)) = next {
            tx.count_findings(*id, *counts).await?;
        }
        for one in told {
            tx.insert_notice(one).await?;
        }
        Ok(())
    }

    /// Sends the signed report of the person's agency to the supervising office.
    ///
    /// # Errors
    /// It is not signed yet; the same was sent already; the report is the government's own, which is sent nowhere.
    pub async fn submit_report(&self, now: Timestamp, actor: &Actor, year: i16) -> Result<(), Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        if self.directory().is_government(agency) {
            return Err(Refusal::new("本级政府的报告不用报送", "签发以后直接公开").into());
        }
        let page = self.report_page(now, actor, agency, year).await?;
        let Some(report) =
            page.report.clone().filter(|_| matches!(page.stage, ReportStage::Signed | ReportStage::Published))
        else {
            return Err(Refusal::new("报告还没有签发，不能报送", "各步签署以后再报送")
                .by("《政府信息公开条例》第四十九条")
                .into());
        };
        if report.submitted.is_some() && self.is_current(agency, year, &page.full).await? {
            return Err(Refusal::new("这一份已经报送", "更正以后可以再次报送").into());
        }
        if let Some((back, there)) = self.received(agency, year).await?
            && back.line.state == ReceiptState::Returned
            && is_same(&there, &page.full)
            && back.explained == report.explained
        {
            return Err(Refusal::new(
                format!("与退回的一份相同，没有改动。退回的理由：{}", back.reason),
                "按退回的理由修改以后再报送",
            )
            .into());
        }
        let arrival = Arrival {
            agency,
            year,
            report: assembled_of(&page),
            file: None,
            explained: report.explained.clone(),
            on: clock::local_date(now),
        };
        let mut next = report;
        next.submitted = Some((now, Some(actor.id())));
        let after = self.next_counts(agency, year + 1, Some(&arrival.report)).await?;
        let told = self.arrival_notices(now, agency, year).await?;
        let (receipt, json) = self.arrived(now, actor, arrival).await?;
        let tx = self.store.begin().await?;
        self.put_receipt(&tx, &receipt, after.as_ref(), &told).await?;
        tx.update_annual_report(&next).await?;
        let detail = format!("year={year}\nreport={}\nerrors={}", receipt.report, receipt.line.errors);
        self.record(&tx, now, actor, "report.submit", &receipt.line.id.to_string(), &detail).await?;
        self.put_again(&[(&receipt.report, json.as_bytes())]).await?;
        Ok(tx.commit().await?)
    }

    /// Whether what was received last is this very report and still stands.
    async fn is_current(&self, agency: AgencyId, year: i16, report: &Report) -> Result<bool, Fault> {
        let received = self.received(agency, year).await?;
        Ok(received.is_some_and(|(one, there)| one.line.state != ReceiptState::Returned && is_same(&there, report)))
    }

    /// What supervisors are told when a report comes.
    async fn arrival_notices(&self, now: Timestamp, agency: AgencyId, year: i16) -> Result<Vec<Notice>, Fault> {
        let directory = self.directory();
        let offices: Vec<AgencyId> =
            directory.open_agencies().filter(|one| one.kind == UnitKind::SupervisingOffice).map(|one| one.id).collect();
        let mut out = Vec::new();
        for office in offices {
            let crew = self.crew_of(office, clock::local_date(now)).await?;
            let to = crew.of(Role::Supervisor).collect();
            let text = format!("{}报送了{year}年度报告", directory.name(agency));
            let mark = format!("report:{agency}:{year}:{}", now.as_second());
            let link = format!("/office/reports?year={year}");
            out.extend(crate::platform::notices::notices(&to, &crew, now, (&mark, &text, &link)));
        }
        Ok(out)
    }

    /// A receipt with its findings; the report is among the files then. Gives the JSON too.
    pub(super) async fn arrived(
        &self,
        now: Timestamp,
        actor: &Actor,
        arrival: Arrival,
    ) -> Result<(Receipt, String), Fault> {
        let Arrival { agency, year, report, file, explained, on } = arrival;
        let findings = self.found_in(agency, year, &report).await?;
        let (errors, open_errors, warnings) = self.counts_of(agency, year, &findings, None).await?;
        let number =
            self.store.receipts_of(agency, Some(year)).await?.iter().map(|one| one.line.number).max().unwrap_or(0) + 1;
        let line = ReceiptLine {
            id: Uuid::now_v7(),
            agency,
            year,
            number,
            is_file: file.is_some(),
            state: ReceiptState::Received,
            arrived_on: on,
            errors,
            open_errors,
            warnings,
            key: cells::key(&report),
        };
        let (cells, problems) = (cells::line(&report), report.section_text(5).to_owned());
        let source = Source {
            file: file.as_ref().map(|(name, _)| name.clone()).unwrap_or_default(),
            format: if file.is_some() { "file" } else { "platform" }.to_owned(),
            sha256: file.as_ref().map(|(_, hash)| hash.to_string()).unwrap_or_default(),
        };
        let json = report_to_json(&ReadReport { source, report }).to_string();
        let hash = self.store.blobs().put(json.as_bytes()).await?;
        let findings: Vec<_> = findings.iter().map(finding_to_json).collect();
        let receipt = Receipt {
            line,
            report: hash,
            file,
            reason: String::new(),
            arrived_at: now,
            arrived_by: Some(actor.id()),
            decided: None,
            findings: serde_json::to_string(&findings).map_err(|error| Fault::Failed(error.to_string()))?,
            explained,
            cells,
            problems: Some(problems),
            version: 1,
        };
        Ok((receipt, json))
    }
}
