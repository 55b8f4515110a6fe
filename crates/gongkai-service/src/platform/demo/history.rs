//! What an agency of the demonstration brought with it: its register of earlier years, reconsiderations and suits, documents, decisions.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::stop;
use crate::platform::services::Services;
use crate::platform::{Fault, ImportOutcome, clock};

/// Numbers that look like chance and are the same every time.
struct Draw(u64);

impl Draw {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below.max(1)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.next(u64::try_from(list.len()).unwrap_or(1))).unwrap_or(0);
        list.get(at).copied().unwrap_or("")
    }
}

const KINDS: [&str; 10] = [
    "natural_person",
    "natural_person",
    "natural_person",
    "natural_person",
    "natural_person",
    "natural_person",
    "business",
    "business",
    "research",
    "legal_service",
];
const OUTCOMES: [&str; 16] = [
    "granted_provided",
    "granted_provided",
    "granted_provided",
    "granted_already_public",
    "granted_already_public",
    "granted_already_public",
    "partial",
    "not_exist",
    "not_exist",
    "not_this_organ",
    "not_this_organ",
    "needs_creation",
    "petition",
    "duplicate",
    "withdrawn",
    "correction_abandoned",
];
const CHANNELS: [&str; 4] = ["online", "online", "mail_signed", "in_person"];
const WANTED: [&str; 8] = [
    "镇街财政收支审计结果",
    "校舍维修项目审计结果",
    "部门预算执行审计报告",
    "扶持资金使用情况",
    "经济责任审计结果",
    "政府投资项目结算审计情况",
    "审计整改情况",
    "专项资金绩效审计结果",
];

/// The most that ended a hundred days before today: the rest is told case by case.
const QUIET: i64 = 100;

fn register(today: Date) -> String {
    let mut draw = Draw(2_024);
    let mut out =
        "registration_no,applicant_kind,applicant_name,channel,received_on,subject,outcome,served_on\n".to_owned();
    let first = Date::new(today.year() - 2, 1, 8).unwrap_or(today);
    let last = today.saturating_sub(QUIET.days());
    let (mut day, mut year, mut number) = (first, 0, 0);
    while day <= last {
        if day.year() != year {
            (year, number) = (day.year(), 0);
        }
        number += 1;
        let served = day.saturating_add(i64::try_from(4 + draw.next(20)).unwrap_or(5).days());
        out.push_str(&format!(
            "示审依申〔{year}〕{number}号,{},申请人{number},{},{day},{}（{year}年第{number}件）,{},{served}\n",
            draw.of(&KINDS),
            draw.of(&CHANNELS),
            draw.of(&WANTED),
            draw.of(&OUTCOMES),
        ));
        day = day.saturating_add(i64::try_from(1 + draw.next(4)).unwrap_or(3).days());
    }
    out
}

fn disputes(today: Date) -> String {
    let mut out = "dispute_no,kind,registration_no,filed_on,result,decided_on\n".to_owned();
    let results = ["upheld", "upheld", "other_result", "overturned", "upheld", "other_result"];
    for (at, result) in (0_i16..).zip(results) {
        let year = today.year() - 2 + at / 3;
        let filed = Date::new(year, i8::try_from(3 + at % 3 * 3).unwrap_or(3), 10).unwrap_or(today);
        let decided = filed.saturating_add(55.days());
        out.push_str(&format!("示府复〔{year}〕{}号,reconsideration,,{filed},{result},{decided}\n", 31 + at));
        if at % 3 == 1 {
            let suit = decided.saturating_add(12.days());
            let ended = suit.saturating_add(120.days());
            out.push_str(&format!("（{year}）示行初{}号,suit_after_reconsideration,,{suit},upheld,{ended}\n", 10 + at));
        }
    }
    out
}

/// Documents of earlier years, still in force.
fn documents(name: &str, today: Date) -> String {
    let mut out = "title,doc_no,catalog_node,genre,formed_on,published_on,channels,body\n".to_owned();
    for (back, subject, number) in [
        (5_i16, "政府投资项目审计监督办法", 8),
        (4, "审计结果公告办法", 15),
        (3, "审计整改工作规定", 6),
        (1, "经济责任审计工作规定", 11),
    ] {
        let year = today.year() - back;
        out.push_str(&format!(
            "{name}关于印发{subject}的通知,示审发〔{year}〕{number}号,A01-2,notice,{year}-05-12,{year}-05-20,website,各镇、街道，区级各部门：现将《示例区{subject}》印发给你们，请遵照执行。\n"
        ));
    }
    out
}

fn ledger(today: Date) -> String {
    let mut out = "year,item,field,value,month,source\n".to_owned();
    for year in [today.year() - 2, today.year() - 1, today.year()] {
        for (month, many) in [(3_i8, 2), (6, 1), (9, 3), (11, 1)] {
            if year < today.year() || month < today.month() {
                out.push_str(&format!("{year},penalties,decisions,{many},{month},行政处罚案卷目录\n"));
            }
        }
    }
    out
}

impl Services {
    /// Brings in the earlier records of an agency.
    pub(super) async fn demo_history(&self, now: Timestamp, code: &str, name: &str) -> Result<(), Fault> {
        let today = clock::local_date(now);
        let whole = |outcome: ImportOutcome| match outcome.refused.first() {
            Some(row) => Err(stop(&Fault::Failed(format!("第{}行：{}", row.row, row.why)))),
            None => Ok(()),
        };
        whole(self.import_publications(now, code, "文件.csv", documents(name, today).as_bytes(), false).await?)?;
        whole(self.import_cases(now, code, ("台账.csv", register(today).as_bytes()), false).await?)?;
        whole(self.import_disputes(now, code, ("复议诉讼.csv", disputes(today).as_bytes()), false).await?)?;
        whole(self.import_ledger(now, code, ("处罚.csv", ledger(today).as_bytes()), false).await?)
    }
}
