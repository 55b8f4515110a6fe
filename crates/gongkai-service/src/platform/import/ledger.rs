//! The ledger of table 2 of an office that moves in, or that keeps it in a spreadsheet.

use std::collections::BTreeMap;

use gongkai_law::ProactiveItem;
use gongkai_model::ids::AgencyId;
use gongkai_model::officer::Act;
use gongkai_report::ledger::{Figure, Fit, fit};
use gongkai_store::{LedgerEntry, LedgerOrigin};
use jiff::Timestamp;
use uuid::Uuid;

use super::register::{Cells, cell, kept, line, read, ready};
use super::rows::Shape;
use super::{ImportOutcome, RefusedRow};
use crate::platform::annual::{edition_of, entry_figure, has_begun, whole_year};
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock, secret};

/// The columns of the ledger.
pub const LEDGER_COLUMNS: [&str; 4] = ["year", "item", "field", "value"];

/// What people call the columns.
const WORDS: [(&str, &str); 11] = [
    ("年度", "year"),
    ("项目", "item"),
    ("信息内容", "item"),
    ("栏目", "field"),
    ("指标", "field"),
    ("数", "value"),
    ("数量", "value"),
    ("月份", "month"),
    ("科室", "section"),
    ("出处", "source"),
    ("来源", "source"),
];

const LEDGER: Shape = Shape {
    columns: &LEDGER_COLUMNS,
    needed: &LEDGER_COLUMNS,
    further: &["month", "section", "source"],
    words: &WORDS,
};

/// How many refused rows a page tells.
const SHOWN: usize = 20;

struct Entry {
    year: i16,
    figure: Figure<usize, Option<AgencyId>>,
    source: String,
}

/// A number of a cell: a spreadsheet writes 2024 as 2024 or as 2024.0.
fn whole(text: &str) -> Option<i16> {
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

impl Services {
    fn ledger_row(&self, now: Timestamp, agency: AgencyId, cells: &Cells) -> Result<Entry, String> {
        let mut wrong = Vec::new();
        let year_cell = cell(cells, "year");
        let year = whole(year_cell.trim_end_matches('年'));
        let year = match year {
            None => Err(format!("year：“{year_cell}”不是年度，写四位数字，例如2024")),
            Some(year) => match edition_of(year, now) {
                Ok(_) => Ok(year),
                Err(fault) => Err(format!("year：{fault}")),
            },
        };
        let year = kept(&mut wrong, year);
        let figure = year.and_then(|year| {
            let parsed = entry_figure(year, cell(cells, "item"), cell(cells, "field"), cell(cells, "value"));
            parsed.map_err(|faults| wrong.extend(faults.into_iter().map(|(name, why)| format!("{name}：{why}")))).ok()
        });
        let month_cell = cell(cells, "month");
        let month = match month_cell {
            "" => Ok(None),
            text => whole(text.trim_end_matches('月'))
                .and_then(|month| i8::try_from(month).ok())
                .filter(|month| (1..=12).contains(month))
                .map(Some)
                .ok_or_else(|| format!("month：“{text}”应为1至12，全年的数空着")),
        };
        let month = kept(&mut wrong, month).flatten();
        if let Some((_, field, _)) = &figure {
            let begun = |()| year.map_or(Ok(()), |year| has_begun(year, month, clock::local_date(now)));
            kept(&mut wrong, whole_year(*field, month).and_then(begun).map_err(|why| format!("month：{why}")));
        }
        let directory = self.directory();
        let section = match cell(cells, "section") {
            "" => Ok(None),
            text => directory
                .sections(agency)
                .find(|one| one.code == text || one.name == text)
                .map(|one| Some(one.id))
                .ok_or_else(|| format!("section：没有科室“{text}”，写科室的代码或名称，全机关的空着")),
        };
        let section = kept(&mut wrong, section).flatten();
        let source = kept(&mut wrong, line(cells, "source", 200, false));
        match (year, figure, source, wrong.is_empty()) {
            (Some(year), Some((item, field, value)), Some(source), true) => {
                Ok(Entry { year, figure: Figure { id: 0, of: section, month, item, field, value }, source })
            }
            _ => Err(wrong.join("；")),
        }
    }

    /// Brings in figures of table 2. With `dry_run` nothing is written.
    ///
    /// # Errors
    /// The file cannot be read, or there is no such agency.
    pub async fn import_ledger(
        &self,
        now: Timestamp,
        code: &str,
        file: (&str, &[u8]),
        dry_run: bool,
    ) -> Result<ImportOutcome, Fault> {
        self.bring_ledger(now, self.agency_coded(code)?, file, dry_run, None).await
    }

    /// Brings figures of table 2 of the person's agency in out of a file: all of its rows or none.
    ///
    /// # Errors
    /// The file cannot be read; a row is refused: every one with its reason.
    pub async fn upload_ledger(&self, now: Timestamp, actor: &Actor, file: (&str, &[u8])) -> Result<usize, Fault> {
        let agency = actor.agency();
        actor.need(Act::Handle, agency)?;
        self.must_be_open(agency)?;
        let out = self.bring_ledger(now, agency, file, false, Some(actor)).await?;
        if out.refused.is_empty() {
            return Ok(out.added);
        }
        let shown =
            out.refused.iter().take(SHOWN).map(|one| ("file".to_owned(), format!("第{}行：{}", one.row, one.why)));
        let more = out.refused.len().saturating_sub(SHOWN);
        let rest =
            (more > 0).then(|| ("file".to_owned(), format!("另有{more}行有错。一行都没有导入，改好以后重新导入")));
        Err(Fault::Invalid(shown.chain(rest).collect()))
    }

    /// The cells of a year as a file to be filled in: a row for each.
    ///
    /// # Errors
    /// There is no form for that year.
    pub fn ledger_template(&self, now: Timestamp, year: i16) -> Result<Vec<u8>, Fault> {
        let edition = edition_of(year, now)?;
        let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        let failed = |error: csv::Error| Fault::Failed(error.to_string());
        out.write_record(["年度", "项目", "栏目", "数", "月份", "科室", "出处"]).map_err(failed)?;
        for item in ProactiveItem::of(edition) {
            for field in item.fields(edition) {
                out.write_record([&year.to_string(), item.label(edition), field.label(edition), "", "", "", ""])
                    .map_err(failed)?;
            }
        }
        out.into_inner().map_err(|error| Fault::Failed(error.to_string()))
    }

    async fn bring_ledger(
        &self,
        now: Timestamp,
        agency: AgencyId,
        (name, bytes): (&str, &[u8]),
        dry_run: bool,
        by: Option<&Actor>,
    ) -> Result<ImportOutcome, Fault> {
        let (all, mut out) = read(&LEDGER, (name, bytes), |cells| self.ledger_row(now, agency, cells))?;
        let tx = self.store.begin().await?;
        tx.next_serial(&format!("ledger:{agency}")).await?;
        let mut there: BTreeMap<i16, Vec<Figure<usize, Option<AgencyId>>>> = BTreeMap::new();
        for entry in tx.ledger(agency, None, false).await? {
            let known = Figure {
                id: 0,
                of: entry.section,
                month: entry.month,
                item: entry.item,
                field: entry.field,
                value: entry.value,
            };
            there.entry(entry.year).or_default().push(known);
        }
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let file: String = file.chars().take(100).collect();
        let mut fresh = Vec::new();
        for (row, mut entry) in all {
            entry.figure.id = row;
            let year = there.entry(entry.year).or_default();
            match fit(year, &entry.figure) {
                Fit::New => {
                    year.push(entry.figure.clone());
                    fresh.push((row, entry));
                }
                Fit::Known(0) => out.known += 1,
                Fit::Known(first) => out.twice.push((row, first)),
                Fit::Contradicts(0, why) => out.refused.push(RefusedRow { row, why: format!("value：{why}") }),
                Fit::Contradicts(first, why) => {
                    out.refused.push(RefusedRow { row, why: format!("value：与第{first}行不合：{why}") });
                }
            }
        }
        if !ready(&mut out, fresh.len(), dry_run) {
            tx.rollback().await?;
            return Ok(out);
        }
        let entries: Vec<LedgerEntry> = fresh
            .into_iter()
            .map(|(row, one)| LedgerEntry {
                id: Uuid::now_v7(),
                agency,
                section: one.figure.of,
                year: one.year,
                month: one.figure.month,
                item: one.figure.item,
                field: one.figure.field,
                value: one.figure.value,
                source: if one.source.is_empty() { format!("{file} 第{row}行") } else { one.source },
                origin: LedgerOrigin::Imported,
                officer: by.map(Actor::id),
                at: now,
                void: None,
            })
            .collect();
        tx.insert_ledger(&entries).await?;
        let detail = format!("agency={agency}\nsha256={}\nadded={}", secret::sha256(bytes), out.added);
        match by {
            Some(actor) => self.record(&tx, now, actor, "ledger.import_file", &agency.to_string(), &detail).await?,
            None => {
                tx.append_audit(now, "operator", "ledger.import_file", &agency.to_string(), &detail).await?;
            }
        }
        tx.commit().await?;
        Ok(out)
    }
}
