//! An office moves in from its spreadsheet: the register of applications, and that of reconsiderations and suits. All rows or none;
//! the same file twice changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use gongkai_model::application::clock::{Arrival, Channel, Event};
use gongkai_model::application::{ApplicantColumn, Outcome, ProceedingColumn, ProceedingGroup, QueryCode};
use gongkai_model::ids::{AgencyId, ApplicationId};
use gongkai_store::{ApplicationRecord, BlobHash, DisputeRecord, StepRecord};
use jiff::Timestamp;
use jiff::civil::Date;
use rand::RngExt;
use uuid::Uuid;

use super::rows::{Shape, rows};
use super::{ImportOutcome, MOST, RefusedRow};
use crate::platform::applications::{ApplicationForm, stand};
use crate::platform::services::Services;
use crate::platform::{Fault, clock, secret};

/// The columns of the register of applications.
pub const CASE_COLUMNS: [&str; 8] = [
    "registration_no",
    "applicant_kind",
    "applicant_name",
    "channel",
    "received_on",
    "subject",
    "outcome",
    "served_on",
];

/// The columns of the register of disputes.
pub const DISPUTE_COLUMNS: [&str; 6] = ["dispute_no", "kind", "registration_no", "filed_on", "result", "decided_on"];

const CASES: Shape = Shape {
    columns: &CASE_COLUMNS,
    needed: &["registration_no", "applicant_kind", "channel", "received_on", "outcome", "served_on"],
    further: &[],
};

const DISPUTES: Shape = Shape {
    columns: &DISPUTE_COLUMNS,
    needed: &["dispute_no", "kind", "filed_on", "result", "decided_on"],
    further: &[],
};

/// The cells of a row.
type Cells = BTreeMap<String, String>;

struct Case {
    number: String,
    kind: ApplicantColumn,
    name: String,
    channel: Channel,
    received: Date,
    subject: String,
    ended: Option<(Outcome, Date)>,
    mark: String,
}

struct Dispute {
    number: String,
    kind: ProceedingGroup,
    registration_no: String,
    filed: Date,
    result: ProceedingColumn,
    decided: Option<Date>,
    mark: String,
}

fn cell<'a>(cells: &'a Cells, name: &str) -> &'a str {
    cells.get(name).map_or("", |text| text.trim())
}

/// A day of a cell: a spreadsheet may have added midnight to it.
fn day(cells: &Cells, name: &str) -> Result<Date, String> {
    let text: String = cell(cells, name).chars().take(10).collect();
    crate::law::parse_date(&text).map_err(|why| format!("{name}：{why}"))
}

fn maybe_day(cells: &Cells, name: &str) -> Result<Option<Date>, String> {
    if cell(cells, name).is_empty() { Ok(None) } else { day(cells, name).map(Some) }
}

/// What a row is known by: everything it says.
fn mark(cells: &Cells, columns: &[&str]) -> String {
    let all: Vec<&str> = columns.iter().map(|name| cell(cells, name)).collect();
    BlobHash::of(all.join("\u{1f}").as_bytes()).to_string()
}

/// Words for a sentence: what may stand in a cell.
fn words<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join("、")
}

fn line(cells: &Cells, name: &str, most: usize, needed: bool) -> Result<String, String> {
    let text = cell(cells, name).split_whitespace().collect::<Vec<_>>().join(" ");
    if needed && text.is_empty() {
        return Err(format!("{name}：不能是空的"));
    }
    if text.chars().count() > most {
        return Err(format!("{name}：不超过{most}字"));
    }
    if text.chars().any(|c| c.is_control() || c == '\u{fffd}') {
        return Err(format!("{name}：有读不出来的字符，请检查文件的编码（UTF-8 或 GB18030）"));
    }
    Ok(text)
}

/// Puts what is right aside and what is wrong on the list.
fn kept<T>(wrong: &mut Vec<String>, value: Result<T, String>) -> Option<T> {
    value.map_err(|why| wrong.push(why)).ok()
}

fn case(cells: &Cells, today: Date) -> Result<Case, String> {
    let mut wrong = Vec::new();
    let number = kept(&mut wrong, line(cells, "registration_no", 60, true));
    let kind_cell = cell(cells, "applicant_kind");
    let kinds = ApplicantColumn::KINDS;
    let kind = kinds.into_iter().find(|one| one.code() == kind_cell || one.label() == kind_cell);
    if kind.is_none() {
        let all = words(kinds.iter().map(|one| one.code()));
        wrong.push(format!("applicant_kind：没有“{kind_cell}”，应为 {all}"));
    }
    let channel = Channel::named(cell(cells, "channel"));
    if channel.is_none() {
        let all = words(Channel::ALL.iter().map(|one| one.code()));
        wrong.push(format!("channel：没有渠道“{}”，应为 {all}", cell(cells, "channel")));
    }
    let name = kept(&mut wrong, line(cells, "applicant_name", 200, false));
    let subject = kept(&mut wrong, line(cells, "subject", 2_000, false));
    let received = kept(&mut wrong, day(cells, "received_on"));
    let served = kept(&mut wrong, maybe_day(cells, "served_on"));
    let outcome_cell = cell(cells, "outcome");
    let outcome = if outcome_cell.is_empty() { Some(None) } else { Outcome::parse(outcome_cell).map(Some) };
    if outcome.is_none() {
        wrong.push(format!(
            "outcome：没有结果“{outcome_cell}”，写结果的代码，例如 granted_provided、partial、not_exist"
        ));
    }
    let ended = match (outcome.flatten(), served.flatten()) {
        (Some(outcome), Some(day)) => Some((outcome, day)),
        (None, None) => None,
        (Some(_), None) => {
            wrong.push("served_on：写了结果，就要写送达日期".to_owned());
            None
        }
        (None, Some(_)) => {
            if outcome.is_some() {
                wrong.push("outcome：写了送达日期，就要写结果；还在办理的两格都空着".to_owned());
            }
            None
        }
    };
    if let Some(day) = received.filter(|day| *day > today) {
        wrong.push(format!("received_on：收到日期{day}还没有到"));
    }
    if let (Some((_, served)), Some(received)) = (ended, received) {
        if served < received {
            wrong.push(format!("served_on：送达日期{served}早于收到日期{received}"));
        }
        if served > today {
            wrong.push(format!("served_on：送达日期{served}还没有到"));
        }
    }
    match (number, kind, channel, name, subject, received, wrong.is_empty()) {
        (Some(number), Some(kind), Some(channel), Some(name), Some(subject), Some(received), true) => {
            let mark = mark(cells, &CASE_COLUMNS);
            Ok(Case { number, kind, name, channel, received, subject, ended, mark })
        }
        _ => Err(wrong.join("；")),
    }
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

/// Rows that were read, and what is to be said of the others.
fn read<T>(
    shape: &Shape,
    (name, bytes): (&str, &[u8]),
    one: impl Fn(&Cells) -> Result<T, String>,
) -> Result<(Vec<(usize, T)>, ImportOutcome), Fault> {
    let (raw, broken) = rows(shape, name, bytes).map_err(|message| Fault::field("file", message))?;
    if raw.len() > 5 * MOST {
        return Err(Fault::field("file", "一次最多导入一百万行，请拆分文件"));
    }
    let mut out = ImportOutcome { refused: broken, ..ImportOutcome::default() };
    let mut all = Vec::with_capacity(raw.len());
    for (row, cells) in raw {
        match one(&cells) {
            Ok(value) => all.push((row, value)),
            Err(why) => out.refused.push(RefusedRow { row, why }),
        }
    }
    Ok((all, out))
}

/// Takes out what says the same as an earlier row of the file, refuses a number that says something else.
fn alone<T>(all: Vec<(usize, T)>, key: impl Fn(&T) -> (String, String), out: &mut ImportOutcome) -> Vec<(usize, T)> {
    let mut seen: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut left = Vec::with_capacity(all.len());
    for (row, value) in all {
        let (number, mark) = key(&value);
        match seen.get(&number) {
            Some((first, known)) if *known == mark => out.twice.push((row, *first)),
            Some((first, _)) => {
                let why = format!("编号“{number}”在第{first}行已有，内容不同");
                out.refused.push(RefusedRow { row, why });
            }
            None => {
                seen.insert(number, (row, mark));
                left.push((row, value));
            }
        }
    }
    left
}

impl Services {
    /// Brings in a register of applications. With `dry_run` nothing is written.
    ///
    /// What ended stands as its register says; what is open goes on here with its clock.
    ///
    /// # Errors
    /// The file cannot be read, or there is no such agency.
    pub async fn import_cases(
        &self,
        now: Timestamp,
        code: &str,
        (name, bytes): (&str, &[u8]),
        dry_run: bool,
    ) -> Result<ImportOutcome, Fault> {
        let agency = self.agency_coded(code)?;
        let today = clock::local_date(now);
        let (all, mut out) = read(&CASES, (name, bytes), |cells| case(cells, today))?;
        let all = alone(all, |one| (one.number.clone(), one.mark.clone()), &mut out);
        let numbers: Vec<&str> = all.iter().map(|(_, one)| one.number.as_str()).collect();
        let known: BTreeMap<String, Option<String>> = self
            .store
            .applications_numbered(agency, &numbers)
            .await?
            .into_iter()
            .filter_map(|one| Some((one.registration_no?, one.imported_as)))
            .collect();
        let mut fresh = Vec::new();
        for (row, one) in all {
            match known.get(&one.number) {
                Some(Some(mark)) if *mark == one.mark => out.known += 1,
                Some(_) => {
                    let why = format!("编号“{}”已在系统里，内容不同：在系统里办理，不能再导入", one.number);
                    out.refused.push(RefusedRow { row, why });
                }
                None => fresh.push(one),
            }
        }
        out.refused.sort_by_key(|row| row.row);
        if !out.refused.is_empty() {
            return Ok(out);
        }
        out.added = fresh.len();
        if dry_run || fresh.is_empty() {
            return Ok(out);
        }
        self.progress.expect(fresh.len());
        let mut rows = Vec::with_capacity(fresh.len());
        for one in fresh {
            self.progress.step();
            rows.push(self.brought_in(now, agency, one).await?);
        }
        let tx = self.store.begin().await?;
        tx.insert_applications(&rows).await?;
        let detail = format!("agency={code}\nsha256={}\nadded={}", secret::sha256(bytes), out.added);
        tx.append_audit(now, "operator", "application.import_file", &agency.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(out)
    }

    /// An application out of a register, with its steps.
    async fn brought_in(
        &self,
        now: Timestamp,
        agency: AgencyId,
        one: Case,
    ) -> Result<(ApplicationRecord, Vec<StepRecord>), Fault> {
        let id = ApplicationId(Uuid::now_v7());
        let form = ApplicationForm {
            kind: one.kind.code().to_owned(),
            name: one.name.clone(),
            title: one.subject.chars().take(200).collect(),
            description: one.subject.chars().skip(200).collect(),
            ..ApplicationForm::default()
        };
        let arrival = Arrival { channel: one.channel, on: one.received };
        let mut events = vec![Event::Confirmed { on: one.received }];
        events.extend(one.ended.map(|(outcome, served)| Event::Registered { outcome, served }));
        let standing = stand(&self.calendar(), arrival, &events, clock::local_date(now))?;
        let plain = serde_json::to_string(&form).map_err(|error| Fault::Failed(error.to_string()))?;
        let steps =
            events.into_iter().map(|event| StepRecord { event, noted_at: now, officer: None, note: None }).collect();
        let record = ApplicationRecord {
            id,
            agency,
            registration_no: Some(one.number),
            // Nobody was given a code: one is issued when somebody asks for it.
            query_hash: secret::hash(QueryCode::of(rand::rng().random()).plain()),
            arrival,
            arrived_at: clock::at_local(one.received.at(9, 0, 0, 0)).unwrap_or(now),
            kind: one.kind,
            identity_key: None,
            sealed: self.vault().await?.seal(id.0, &plain)?,
            shown_name: form.masked_name(),
            subject: form.shown(),
            subject_key: form.subject_key(),
            section: None,
            handler: None,
            internal_due: None,
            parent: None,
            imported_as: Some(one.mark),
            erased_on: None,
            standing,
            updated_at: now,
            version: 1,
        };
        Ok((record, steps))
    }

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
        out.refused.sort_by_key(|row| row.row);
        if !out.refused.is_empty() {
            return Ok(out);
        }
        out.added = fresh.len();
        if dry_run || fresh.is_empty() {
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
        let detail = format!("agency={code}\nsha256={}\nadded={}", secret::sha256(bytes), out.added);
        tx.append_audit(now, "operator", "dispute.import_file", &agency.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(out)
    }
}
