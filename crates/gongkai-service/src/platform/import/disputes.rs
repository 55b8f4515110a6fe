//! The register of reconsiderations and suits of an office that moves in.

use std::collections::{BTreeMap, BTreeSet};

use gongkai_model::application::{ProceedingColumn, ProceedingGroup};
use gongkai_model::ids::ApplicationId;
use gongkai_store::DisputeRecord;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::register::{Cells, alone, cell, day, kept, line, mark, maybe_day, read, ready, words};
use super::rows::Shape;
use super::{GATHERED, ImportOutcome, RefusedRow};
use crate::platform::services::Services;
use crate::platform::{Fault, clock, secret};

/// The columns of the register of disputes.
pub const DISPUTE_COLUMNS: [&str; 6] = ["dispute_no", "kind", "registration_no", "filed_on", "result", "decided_on"];

const DISPUTES: Shape = Shape {
    columns: &DISPUTE_COLUMNS,
    needed: &["dispute_no", "kind", "filed_on", "result", "decided_on"],
    further: &[],
    words: &[],
};

struct Dispute {
    number: String,
    kind: ProceedingGroup,
    registration_no: String,
    filed: Date,
    result: ProceedingColumn,
    decided: Option<Date>,
    mark: String,
}

fn dispute(cells: &Cells, today: Date) -> Result<Dispute, String> {
    let mut wrong = Vec::new();
    let number = kept(&mut wrong, line(cells, "dispute_no", 100, true));
    let registration_no = kept(&mut wrong, line(cells, "registration_no", 60, false));
    let kind_cell = cell(cells, "kind");
    let kind = ProceedingGroup::ALL.into_iter().find(|one| one.code() == kind_cell || one.label() == kind_cell);
    if kind.is_none() {
        let all = words(ProceedingGroup::ALL.iter().map(|one| one.code()));
        wrong.push(format!("kind：没有“{kind_cell}”，应为 {all}"));
    }
    let result_cell = cell(cells, "result");
    let parts = ProceedingColumn::PARTS;
    let result = parts.into_iter().find(|one| one.code() == result_cell || one.label() == result_cell);
    if result.is_none() {
        let all = words(parts.iter().map(|one| one.code()));
        wrong.push(format!("result：没有“{result_cell}”，应为 {all}；没有审结的写 pending"));
    }
    let filed = kept(&mut wrong, day(cells, "filed_on"));
    let decided = kept(&mut wrong, maybe_day(cells, "decided_on")).flatten();
    match (result, decided) {
        (Some(ProceedingColumn::Pending), Some(_)) => {
            wrong.push("decided_on：尚未审结的，审结日期空着".to_owned());
        }
        (Some(ProceedingColumn::Pending), None) | (None, _) | (Some(_), Some(_)) => {}
        (Some(_), None) => wrong.push("decided_on：写了结果，就要写审结日期".to_owned()),
    }
    for (name, day) in [("filed_on", filed), ("decided_on", decided)] {
        if let Some(day) = day.filter(|day| *day > today) {
            wrong.push(format!("{name}：日期{day}还没有到"));
        }
    }
    if let (Some(filed), Some(decided)) = (filed, decided)
        && decided < filed
    {
        wrong.push(format!("decided_on：审结日期{decided}早于受理、立案日期{filed}"));
    }
    match (number, registration_no, kind, result, filed, wrong.is_empty()) {
        (Some(number), Some(registration_no), Some(kind), Some(result), Some(filed), true) => {
            let mark = mark(cells, &DISPUTE_COLUMNS);
            Ok(Dispute { number, kind, registration_no, filed, result, decided, mark })
        }
        _ => Err(wrong.join("；")),
    }
}

impl Services {
    /// Brings in a register of reconsiderations and suits. With `dry_run` nothing is written.
    ///
    /// # Errors
    /// The file cannot be read, or there is no such agency.
    pub async fn import_disputes(
        &self,
        now: Timestamp,
        code: &str,
        (name, bytes): (&str, &[u8]),
        dry_run: bool,
    ) -> Result<ImportOutcome, Fault> {
        let agency = self.agency_coded(code)?;
        let today = clock::local_date(now);
        let (all, mut out) = read(&DISPUTES, (name, bytes), |cells| dispute(cells, today))?;
        let all = alone(all, |one| (format!("{} {}", one.kind.code(), one.number), one.mark.clone()), &mut out);
        let wanted: BTreeSet<&str> =
            all.iter().map(|(_, one)| one.registration_no.as_str()).filter(|number| !number.is_empty()).collect();
        let wanted: Vec<&str> = wanted.into_iter().collect();
        let cases: BTreeMap<String, ApplicationId> = self
            .store
            .applications_numbered(agency, &wanted)
            .await?
            .into_iter()
            .filter_map(|one| Some((one.registration_no?, one.id)))
            .collect();
        let numbers: Vec<&str> = all.iter().map(|(_, one)| one.number.as_str()).collect();
        let there = self.store.disputes_numbered(agency, &numbers).await?;
        let mut fresh = Vec::new();
        for (row, one) in all {
            let mut refuse = |why: String| out.refused.push(RefusedRow { row, why });
            match there.iter().find(|known| known.kind == one.kind && known.number == one.number) {
                Some(known) if known.imported_as.as_deref() == Some(&one.mark) => out.known += 1,
                Some(_) => refuse(format!("“{}”已在系统里，内容不同：在系统里办理，不能再导入", one.number)),
                None if !one.registration_no.is_empty() && !cases.contains_key(&one.registration_no) => {
                    refuse(format!("registration_no：没有编号为“{}”的申请，先导入申请", one.registration_no));
                }
                None => fresh.push(one),
            }
        }
        if !ready(&mut out, fresh.len(), dry_run) {
            return Ok(out);
        }
        let tx = self.store.begin().await?;
        for one in fresh {
            let record = DisputeRecord {
                id: Uuid::now_v7(),
                agency,
                application: cases.get(&one.registration_no).copied(),
                prior: None,
                kind: one.kind,
                number: one.number,
                forum: String::new(),
                filed_on: one.filed,
                copy_on: None,
                simplified: false,
                co_defendant: false,
                answered_on: None,
                ruling: None,
                result: one.result,
                decided_on: one.decided,
                lesson: String::new(),
                imported_as: Some(one.mark),
                created_at: now,
                version: 1,
            };
            tx.insert_dispute(&record).await?;
        }
        tx.gather_counts(GATHERED).await?;
        let detail = format!("agency={code}\nsha256={}\nadded={}", secret::sha256(bytes), out.added);
        tx.append_audit(now, "operator", "dispute.import_file", &agency.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(out)
    }
}
