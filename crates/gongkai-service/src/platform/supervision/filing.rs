//! Reports that the supervising office files for agencies outside the platform: read, held against form, year and agency, then received.

use gongkai_law::Edition;
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_model::org::UnitKind;
use gongkai_report::{FormKind, Report};
use gongkai_store::{BlobHash, ReceiptState};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::receive::Arrival;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, Upload, clock};

/// A report that was filed: whose, and for which year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledReport {
    /// The receipt.
    pub id: Uuid,
    /// The agency.
    pub agency: String,
    /// The year.
    pub year: i16,
    /// How many errors the checks found.
    pub errors: i32,
}

/// What is said of a file when it is filed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filing<'a> {
    /// The code of the agency; blank for the one that the report names.
    pub agency: &'a str,
    /// Whether somebody looked: the report names the agency otherwise, and it is the same.
    pub known: bool,
    /// The day it came; blank for today.
    pub came: &'a str,
    /// The year it is filed for; none for the one that the report names.
    pub year: Option<i16>,
}

/// The largest figure a report can state: beyond it no sum is safe, and no agency has it.
const LARGEST: i64 = 1_000_000_000_000;

/// The last day of a report year: an agency signs with the name it had then.
fn year_end(year: i16) -> Date {
    Date::new(year, 12, 31).unwrap_or(Date::MAX)
}

/// The day a report came that is filed later; today where nothing is typed.
fn day_it_came(typed: &str, year: i16, today: Date) -> Result<Date, Fault> {
    if typed.trim().is_empty() {
        return Ok(today);
    }
    let day = typed.trim().parse::<Date>().ok().filter(|day| *day <= today && day.year() > year);
    day.ok_or_else(|| Fault::field("came", format!("收到的日期应在{}年1月1日到今天之间", year + 1)))
}

impl Services {
    /// The agency that a report names, or that was chosen.
    fn reporting_agency(&self, chosen: &str, report: &Report) -> Result<AgencyId, Fault> {
        let directory = self.directory();
        if !chosen.is_empty() {
            return self.agency_coded(chosen);
        }
        let named = report.agency.clone().unwrap_or_default();
        let year_end = year_end(report.year.unwrap_or_default());
        let mut agencies = directory.agencies().filter(|one| one.kind == UnitKind::Agency);
        let found = agencies.find(|one| one.name == named || one.unit.name_on(year_end) == named);
        found.map(|one| one.id).ok_or_else(|| {
            Fault::field(
                "agency",
                if named.is_empty() {
                    "报告里读不出机关的名称，请选择是哪个机关的".to_owned()
                } else {
                    format!("机构里没有“{named}”，请选择是哪个机关的，或先在机构里添加")
                },
            )
        })
    }

    /// Files a report that came as a file from an agency outside the platform.
    ///
    /// # Errors
    /// The file cannot be read, or holds no report of that form and of the year that was `meant`, with tables; the agency is not known, or another than the report names; the
    /// same file was filed already.
    pub async fn file_report(
        &self,
        now: Timestamp,
        actor: &Actor,
        filing: &Filing<'_>,
        upload: Upload,
    ) -> Result<FiledReport, Fault> {
        let Filing { agency: chosen, known: confirmed, came, year: meant } = *filing;
        actor.need(Act::Supervise, actor.agency())?;
        let name = crate::platform::file::clean_name(&upload.name);
        let suffix = crate::platform::file::suffix(&upload.name);
        let hash = BlobHash::of(&upload.bytes);
        let read = self.read_report(upload.bytes.clone(), &suffix).await?;
        let report = read.map_err(|why| Fault::field("file", format!("{name}：{why}")))?.report;
        let agency = self.reporting_agency(chosen, &report)?;
        let wrong = |why: String| Fault::field("file", why);
        let year = report.year.ok_or_else(|| wrong("读不出是哪一年度的报告：标题应写明年度".to_owned()))?;
        let present = clock::local_date(now).year();
        if year >= present {
            return Err(wrong(format!("报告写的是{year}年度，那一年还没有结束：核对标题里的年度")));
        }
        if let Some(meant) = meant.filter(|meant| *meant != year) {
            return Err(wrong(format!(
                "报告写的是{year}年度，现在登记的是{meant}年度：核对文件，确是{year}年度的，打开{year}年再登记"
            )));
        }
        let on = day_it_came(came, year, clock::local_date(now))?;
        if let Some((cell, _)) =
            report.cells.iter().find(|(_, one)| one.value.is_some_and(|value| value.abs() > LARGEST.into()))
        {
            return Err(wrong(format!("“{}”的数太大，不像是真的：核对文件", cell.name(report.edition()))));
        }
        let Some(edition) = Edition::for_year(year) else {
            return Err(wrong(format!("{year}年度的报告没有规定的表格，不能汇总")));
        };
        if report.form != FormKind::Edition(edition) {
            let found = report
                .form
                .edition()
                .map_or("不是规定的格式".to_owned(), |one| format!("用的是{}年的格式", one.code()));
            return Err(wrong(format!(
                "{year}年度的报告应当用{}年的格式（{}），这份{found}：退回机关改用规定的格式",
                edition.code(),
                edition.notice_number()
            )));
        }
        let missing: Vec<&str> = [(2, "表二"), (3, "表三"), (4, "表四")]
            .into_iter()
            .filter(|(table, _)| !report.has_table(*table))
            .map(|(_, name)| name)
            .collect();
        if !missing.is_empty() {
            return Err(wrong(format!("报告里没有找到{}：核对文件，或者退回机关补齐", missing.join("、"))));
        }
        let directory = self.directory();
        let own = directory.get(agency).ok_or(Fault::NotFound)?;
        if own.kind != UnitKind::Agency {
            return Err(Fault::field("agency", format!("“{}”自己汇总，不登记它的报告：选择报送的机关", own.name)));
        }
        let named = report.agency.clone().unwrap_or_default();
        let known = own.name == named || own.unit.name_on(year_end(year)) == named;
        if !known && !confirmed {
            return Err(Fault::field(
                "agency",
                format!("报告写的机关是“{named}”，选的是“{}”：核对；确是同一机关的，勾选“已核对机关”", own.name),
            ));
        }
        let there = self.received(agency, year).await?;
        if there.as_ref().is_some_and(|(one, _)| !one.line.is_file) {
            return Err(wrong(format!(
                "{}已在平台上报送了{year}年度的报告，不能用文件代替：需要改动的，退回机关更正",
                own.name
            )));
        }
        if there.as_ref().is_some_and(|(one, _)| one.line.state == ReceiptState::Accepted) {
            return Err(wrong(format!(
                "{}{year}年度的报告已经审定，不能直接替换：确有新的一份，先退回已审定的，再登记",
                own.name
            )));
        }
        if let Some(other) = self.store.receipt_of_file(&hash).await?.filter(|one| one.agency != agency) {
            return Err(Fault::field(
                "agency",
                format!("同一份文件已登记为{}{}年度的报告：核对是哪个机关的", directory.name(other.agency), other.year),
            ));
        }
        if there.is_some_and(|(one, _)| one.file.as_ref().is_some_and(|(_, one)| *one == hash)) {
            return Err(wrong("同一份文件已经登记过".to_owned()));
        }
        let title = own.name.clone();
        let after = self.next_counts(agency, year + 1, Some(&report)).await?;
        let file = Some((name, hash.clone()));
        let arrival = Arrival { agency, year, report, file, explained: String::new(), on };
        let (receipt, json) = self.arrived(now, actor, arrival).await?;
        let tx = self.store.begin().await?;
        self.put_receipt(&tx, &receipt, after.as_ref(), &[]).await?;
        let detail = format!("agency={agency}\nyear={year}\nfile={hash}\nerrors={}", receipt.line.errors);
        self.record(&tx, now, actor, "report.file", &receipt.line.id.to_string(), &detail).await?;
        self.put_again(&[(&receipt.report, json.as_bytes()), (&hash, &upload.bytes)]).await?;
        tx.commit().await?;
        Ok(FiledReport { id: receipt.line.id, agency: title, year, errors: receipt.line.errors })
    }
}
