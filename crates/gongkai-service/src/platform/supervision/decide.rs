//! What the supervising office decides: about single findings, and about a report as a whole.

use gongkai_model::Refusal;
use gongkai_model::officer::{Act, Role};
use gongkai_store::{Receipt, ReceiptState, Verdict};
use jiff::Timestamp;
use uuid::Uuid;

use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

fn words(text: &str, least: usize, what: &str) -> Result<String, Fault> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let many = text.chars().count();
    if many < least || many > 1_000 {
        return Err(Fault::field("reason", format!("写明{what}，{least}至1000字")));
    }
    Ok(text)
}

impl Services {
    /// A receipt that is still to be decided about, as it was read.
    async fn open_receipt(&self, actor: &Actor, id: Uuid, version: i32) -> Result<Receipt, Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let one = self.store.receipt(id).await?.ok_or(Fault::NotFound)?;
        if one.line.state == ReceiptState::Replaced {
            return Err(Refusal::new("机关已经报送了新的一份", "打开新的一份办理").into());
        }
        if one.version != version {
            return Err(Fault::Conflict);
        }
        Ok(one)
    }

    /// Decides about a finding; that holds for later reports of the same year while the finding rests on the same figures and words.
    ///
    /// # Errors
    /// There is no such finding; no reason is given.
    pub async fn decide_finding(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: Uuid,
        (fingerprint, passes): (&str, bool),
        reason: &str,
    ) -> Result<(), Fault> {
        let page = self.receipt_page(now, actor, id).await?;
        let line = &page.receipt.line;
        if matches!(line.state, ReceiptState::Replaced | ReceiptState::Accepted) {
            let why = format!("这一份{}，不再认定", line.state.label());
            return Err(Refusal::new(why, "已审定的，先退回再认定；已被替换的，打开新的一份").into());
        }
        let found = page.findings.iter().find(|one| one.fingerprint == fingerprint);
        let found = found.ok_or_else(|| Fault::from(Refusal::new("这个问题已经不在了", "刷新页面查看")))?;
        let reason = words(reason, 4, "认定的理由")?;
        let decided = Some((fingerprint, passes));
        let all = self.found_in(line.agency, line.year, &page.report).await?;
        let counts = self.counts_of(line.agency, line.year, &all, decided).await?;
        let one = Verdict { fingerprint: fingerprint.to_owned(), passes, reason, officer: actor.id(), at: now };
        let tx = self.store.begin().await?;
        tx.put_verdict(line.agency, line.year, &one).await?;
        tx.count_findings(line.id, counts).await?;
        let word = if passes { "passes" } else { "mend" };
        let detail = format!("rule={}\nverdict={word}\nreason={}", found.rule, one.reason);
        self.record(&tx, now, actor, "report.verdict", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Finds a report in order.
    ///
    /// # Errors
    /// Errors are left that nobody has decided about; a later one has come.
    pub async fn accept_report(&self, now: Timestamp, actor: &Actor, id: Uuid, version: i32) -> Result<(), Fault> {
        let mut one = self.open_receipt(actor, id, version).await?;
        let page = self.receipt_page(now, actor, id).await?;
        let left = page.findings.iter().filter(|one| one.is_open_error()).count();
        if left > 0 {
            return Err(Refusal::new(format!("还有{left}处错误没有认定"), "逐处认定可以通过，或者退回机关改正").into());
        }
        one.line.state = ReceiptState::Accepted;
        one.decided = Some((now, Some(actor.id())));
        let tx = self.store.begin().await?;
        tx.update_receipt(&one).await?;
        self.record(&tx, now, actor, "report.accept", &id.to_string(), &format!("year={}", one.line.year)).await?;
        Ok(tx.commit().await?)
    }

    /// Finds every report of a year in order that has come, in which no error is open and no warning was found. Gives how many.
    ///
    /// # Errors
    /// The person does not supervise.
    pub async fn accept_all(&self, now: Timestamp, actor: &Actor, year: i16) -> Result<usize, Fault> {
        actor.need(Act::Supervise, actor.agency())?;
        let lines = self.store.receipt_lines(year).await?;
        let tx = self.store.begin().await?;
        let mut many = 0;
        for line in lines.iter().filter(|one| super::view::is_plain(one)) {
            // Somebody may have decided otherwise meanwhile.
            if !tx.accept_receipt(line.id, now, actor.id()).await? {
                continue;
            }
            let detail = format!("year={year}\nall=1");
            self.record(&tx, now, actor, "report.accept", &line.id.to_string(), &detail).await?;
            many += 1;
        }
        tx.commit().await?;
        Ok(many)
    }

    /// Gives a report back, with the findings to be mended; the people of the agency are told.
    ///
    /// # Errors
    /// No reason is given; a later one has come.
    pub async fn return_report(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: Uuid,
        version: i32,
        reason: &str,
    ) -> Result<(), Fault> {
        let mut one = self.open_receipt(actor, id, version).await?;
        let reason = words(reason, 4, "退回的理由和要求")?;
        one.line.state = ReceiptState::Returned;
        one.reason.clone_from(&reason);
        one.decided = Some((now, Some(actor.id())));
        let crew = self.crew_of(one.line.agency, clock::local_date(now)).await?;
        let to = crew.of(Role::DisclosureOfficer).chain(crew.of(Role::DisclosureOfficeHead)).collect();
        let text = format!("主管部门退回了{}年度报告：{reason}", one.line.year);
        let mark = format!("report-returned:{id}:{version}");
        let link = format!("/office/report?year={}&part=way", one.line.year);
        let told = crate::platform::notices::notices(&to, &crew, now, (&mark, &text, &link));
        let tx = self.store.begin().await?;
        tx.update_receipt(&one).await?;
        for notice in &told {
            tx.insert_notice(notice).await?;
        }
        let detail = format!("year={}\nreason={reason}", one.line.year);
        self.record(&tx, now, actor, "report.return", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }
}
