//! An office moves in from its spreadsheet: the register of applications. All rows or none;
//! the same file twice changes nothing.

use std::collections::BTreeMap;

use gongkai_model::application::clock::{Arrival, Channel, Event};
use gongkai_model::application::{ApplicantColumn, Outcome, QueryCode};
use gongkai_model::ids::{AgencyId, ApplicationId};
use gongkai_store::{ApplicationRecord, StepRecord, WithheldRecord};
use jiff::Timestamp;
use jiff::civil::Date;
use rand::RngExt;
use uuid::Uuid;

use super::register::{Cells, alone, cell, day, kept, line, mark, maybe_day, read, ready, words};
use super::rows::Shape;
use super::{GATHERED, ImportOutcome, RefusedRow};
use crate::platform::applications::{ApplicationForm, stand, withheld_entry as entry};
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

const CASES: Shape = Shape {
    columns: &CASE_COLUMNS,
    needed: &["registration_no", "applicant_kind", "channel", "received_on", "outcome", "served_on"],
    further: &[],
    words: &[],
};

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
        if !ready(&mut out, fresh.len(), dry_run) {
            return Ok(out);
        }
        self.progress.expect(fresh.len());
        let mut rows = Vec::with_capacity(fresh.len());
        // What was refused before is looked at again too (条例 第十八条); of a partial disclosure the register does not say on which grounds.
        let mut withheld: Vec<WithheldRecord> = Vec::new();
        for one in fresh {
            self.progress.step();
            let refused = one.ended.filter(|(outcome, _)| outcome.withholds() || *outcome == Outcome::Partial);
            let row = self.brought_in(now, agency, one).await?;
            withheld
                .extend(refused.map(|(ground, served)| entry(&row.0, None, (ground, row.0.subject.clone()), served)));
            rows.push(row);
        }
        let tx = self.store.begin().await?;
        tx.insert_applications(&rows).await?;
        tx.insert_withheld_many(&withheld).await?;
        tx.gather_counts(GATHERED).await?;
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
}
