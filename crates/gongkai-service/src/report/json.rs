//! The JSON of a report: schema `gongkai.report/1`.

use std::str::FromStr;

use gongkai_law::{
    ApplicantColumn, ApplicationRow, CellRef, Edition, ProactiveField, ProactiveItem, ProceedingColumn, ProceedingGroup,
};
use gongkai_manuscript::Place;
use gongkai_report::value::in_range;
use gongkai_report::{Cell, FormKind, NoticeCode, Period, Report, SectionText};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value, json};

use super::place::{place_from_json, place_from_text, place_text, place_to_json};
use super::{ReadReport, Source};

/// The name and version of the shape.
const SCHEMA: &str = "gongkai.report/1";

fn number(value: Option<Decimal>) -> Value {
    match value {
        Some(value) => Number::from_str(&value.to_string()).map_or(Value::Null, Value::Number),
        None => Value::Null,
    }
}

fn row(report: &Report, cells: impl Iterator<Item = (&'static str, CellRef)>) -> Option<Value> {
    let mut map = Map::new();
    for (name, cell) in cells {
        if let Some(cell) = report.cells.get(&cell) {
            map.insert(name.to_owned(), number(cell.value));
        }
    }
    (!map.is_empty()).then_some(Value::Object(map))
}

fn tables(report: &Report) -> Value {
    let mut proactive = Map::new();
    for item in ProactiveItem::ALL {
        let cells = ProactiveField::ALL.into_iter().map(|field| (field.code(), CellRef::Proactive(item, field)));
        if let Some(row) = row(report, cells) {
            proactive.insert(item.code().to_owned(), row);
        }
    }
    let mut applications = Map::new();
    for line in ApplicationRow::ALL {
        let cells = ApplicantColumn::ALL.into_iter().map(|column| (column.code(), CellRef::Application(line, column)));
        if let Some(row) = row(report, cells) {
            applications.insert(line.code().to_owned(), row);
        }
    }
    let mut proceedings = Map::new();
    for group in ProceedingGroup::ALL {
        let cells = ProceedingColumn::ALL.into_iter().map(|column| (column.code(), CellRef::Proceeding(group, column)));
        if let Some(row) = row(report, cells) {
            proceedings.insert(group.code().to_owned(), row);
        }
    }
    json!({ "proactive": proactive, "applications": applications, "proceedings": proceedings })
}

/// Tenths of a point as points, exactly.
pub(crate) fn points(tenths: i32) -> Value {
    number(Some(Decimal::new(i64::from(tenths), 1).normalize()))
}

fn date(value: Option<Date>) -> Value {
    value.map_or(Value::Null, |day| Value::String(day.to_string()))
}

/// The JSON of a report that was read.
pub fn report_to_json(read: &ReadReport) -> Value {
    let report = &read.report;
    let mut places = Map::new();
    for (cell, found) in &report.cells {
        let mut map = place_to_json(&found.place);
        map.insert("raw".into(), found.raw.as_str().into());
        places.insert(cell.to_string(), Value::Object(map));
    }
    let sections: Vec<Value> = report
        .sections
        .iter()
        .map(|section| {
            let mut map = Map::new();
            map.insert("number".into(), section.number.into());
            map.insert("title".into(), section.title.as_str().into());
            map.insert("text".into(), section.text.as_str().into());
            let place = place_to_json(&section.place);
            if !place.is_empty() {
                map.insert("place".into(), Value::Object(place));
            }
            Value::Object(map)
        })
        .collect();
    let notices: Vec<Value> = report
        .notices
        .iter()
        .map(|notice| {
            json!({
                "code": notice.code.code(),
                "level": "notice",
                "subject": notice.subject,
                "place": place_text(&notice.place),
                "message": notice.message,
            })
        })
        .collect();
    json!({
        "schema": SCHEMA,
        "source": { "file": read.source.file, "format": read.source.format, "sha256": read.source.sha256 },
        "form": report.form.code(),
        "year": report.year,
        "agency": report.agency,
        "title": report.title,
        "period": { "from": date(report.period.from), "to": date(report.period.to) },
        "published_on": date(report.published_on),
        "preamble": report.preamble,
        "tables": tables(report),
        "sections": sections,
        "closing": report.closing,
        "places": places,
        "notices": notices,
    })
}

fn text_of(value: &Value, key: &str) -> Result<Option<String>, String> {
    match value.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("“{key}”应为文字")),
    }
}

fn date_of(value: Option<&Value>, key: &str) -> Result<Option<Date>, String> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => {
            text.parse().map(Some).map_err(|_error| format!("“{key}”的日期“{text}”不成立，应写作 2024-01-31"))
        }
        Some(_) => Err(format!("“{key}”应为日期")),
    }
}

/// A number of a message: its beginning where it is long.
fn shortened(number: &str) -> String {
    if number.chars().count() > 24 { number.chars().take(24).chain(['…']).collect() } else { number.to_owned() }
}

/// Reads the cells of one table. Rows of `applications` may be written flat (`denied.state_secret`) or nested.
fn read_rows(table: &str, value: &Value, prefix: &str, report: &mut Report) -> Result<(), String> {
    let Some(rows) = value.as_object() else { return Err(format!("“tables.{table}”应为对象")) };
    for (name, columns) in rows {
        let row = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        let Some(map) = columns.as_object() else { return Err(format!("“tables.{table}.{row}”应为对象")) };
        if map.values().any(Value::is_object) {
            read_rows(table, columns, &row, report)?;
            continue;
        }
        for (column, cell) in map {
            let path = format!("{table}.{row}.{column}");
            let key = CellRef::parse(&path).ok_or_else(|| format!("“tables.{path}”不是规定表格中的单元格"))?;
            let value = match cell {
                Value::Null => None,
                Value::Number(number) => Some(
                    Decimal::from_str(number.as_str())
                        .or_else(|_error| Decimal::from_scientific(number.as_str()))
                        .ok()
                        .filter(|value| in_range(*value))
                        .ok_or_else(|| {
                            format!("“tables.{path}”的数“{}”无法读取或超出范围", shortened(number.as_str()))
                        })?,
                ),
                _ => return Err(format!("“tables.{path}”应为数字或 null")),
            };
            let raw = value.map(|n| n.to_string()).unwrap_or_default();
            report.cells.insert(key, Cell { value, raw, place: Place::Json(format!("tables.{path}")) });
        }
    }
    Ok(())
}

/// Reads the JSON of a report.
///
/// # Errors
/// Says which value is wrong and what belongs there.
pub fn report_from_json(text: &str) -> Result<Report, String> {
    report_from_value(&parse(text)?)
}

/// Reads the JSON that [`report_to_json`] gave, with its source.
///
/// # Errors
/// As [`report_from_json`].
pub fn read_report_from_json(text: &str) -> Result<ReadReport, String> {
    let value = parse(text)?;
    let source = value.get("source").cloned().unwrap_or_default();
    let source = Source {
        file: text_of(&source, "file")?.unwrap_or_default(),
        format: text_of(&source, "format")?.unwrap_or_default(),
        sha256: text_of(&source, "sha256")?.unwrap_or_default(),
    };
    Ok(ReadReport { source, report: report_from_value(&value)? })
}

fn parse(text: &str) -> Result<Value, String> {
    serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("第{}行第{}列附近不是有效的 JSON", error.line(), error.column()))
}

fn report_from_value(value: &Value) -> Result<Report, String> {
    match value.get("schema") {
        Some(Value::String(schema)) if schema == SCHEMA => {}
        Some(Value::String(schema)) => return Err(format!("格式标记是“{schema}”，应为“{SCHEMA}”")),
        _ => return Err(format!("缺少格式标记 \"schema\": \"{SCHEMA}\"")),
    }
    let mut report = Report {
        form: match text_of(value, "form")?.as_deref() {
            None => FormKind::Unknown,
            Some("older") => FormKind::Older,
            Some(code) => FormKind::Edition(
                Edition::from_code(code).ok_or_else(|| format!("“form”的值“{code}”应为 2019、2021 或 older"))?,
            ),
        },
        agency: text_of(value, "agency")?,
        title: text_of(value, "title")?,
        preamble: text_of(value, "preamble")?.unwrap_or_default(),
        closing: text_of(value, "closing")?.unwrap_or_default(),
        ..Report::default()
    };
    report.year = match value.get("year") {
        None | Some(Value::Null) => None,
        Some(year) => Some(
            year.as_i64()
                .and_then(|year| i16::try_from(year).ok())
                .filter(|year| (1949..=2200).contains(year))
                .ok_or("“year”应为 1949 到 2200 之间的年份")?,
        ),
    };
    let period = value.get("period").cloned().unwrap_or_default();
    report.period =
        Period { from: date_of(period.get("from"), "period.from")?, to: date_of(period.get("to"), "period.to")? };
    report.published_on = date_of(value.get("published_on"), "published_on")?;
    if let Some(tables) = value.get("tables") {
        for table in ["proactive", "applications", "proceedings"] {
            if let Some(rows) = tables.get(table).filter(|rows| !rows.is_null()) {
                read_rows(table, rows, "", &mut report)?;
            }
        }
    }
    if let Some(places) = value.get("places").and_then(Value::as_object) {
        for (path, place) in places {
            if let Some(cell) = CellRef::parse(path).and_then(|cell| report.cells.get_mut(&cell)) {
                let found = place_from_json(place);
                if found != Place::None {
                    cell.place = found;
                }
                if let Some(raw) = place.get("raw").and_then(Value::as_str) {
                    raw.clone_into(&mut cell.raw);
                }
            }
        }
    }
    if let Some(sections) = value.get("sections") {
        let list = sections.as_array().ok_or("“sections”应为数组")?;
        for (index, section) in list.iter().enumerate() {
            let number = section
                .get("number")
                .and_then(Value::as_u64)
                .and_then(|n| u8::try_from(n).ok())
                .ok_or_else(|| format!("“sections[{index}].number”应为 1 到 6 的整数"))?;
            report.sections.push(SectionText {
                number,
                title: text_of(section, "title")?.unwrap_or_default(),
                text: text_of(section, "text")?.unwrap_or_default(),
                place: section.get("place").map(place_from_json).unwrap_or_default(),
            });
        }
    }
    if let Some(notices) = value.get("notices").and_then(Value::as_array) {
        for notice in notices {
            let text = |key: &str| notice.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            if let Some(code) = NoticeCode::from_code(&text("code")) {
                report.notice(code, text("subject"), place_from_text(&text("place")), text("message"));
            }
        }
    }
    Ok(report)
}
