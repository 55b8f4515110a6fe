//! Sums of many agencies' reports as data and as a paper, with the missing and the failing named.

use gongkai_law::CellRef;
use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Table};
use gongkai_report::aggregate::{Aggregate, Excluded, aggregate};
use gongkai_report::check::{Finding, check_set};
use gongkai_report::render::{applications_table, proactive_table, proceedings_table};
use gongkai_report::{FormKind, Level, Report, Subject};
use serde_json::{Map, Value, json};

use super::{Counts, ReadReport};

/// A sum with what a reader must know beside it.
#[derive(Debug)]
pub struct AggregateReport {
    /// The sum.
    pub aggregate: Aggregate,
    /// The findings of each report, in the order given.
    pub findings: Vec<Vec<Finding>>,
    /// Files that could not be read, with the reason.
    pub unreadable: Vec<(String, String)>,
    /// Agencies of the list that have no report among those summed.
    pub missing: Vec<String>,
}

/// Sums reports. `expected` lists the agencies that should have reported; `unreadable` are files that gave no report.
pub fn aggregate_reports(
    reports: &[ReadReport],
    name: &str,
    expected: &[String],
    unreadable: Vec<(String, String)>,
) -> AggregateReport {
    let list: Vec<&Report> = reports.iter().map(|read| &read.report).collect();
    let subjects: Vec<Subject<'_>> = list.iter().map(|report| Subject::new(report)).collect();
    let findings = check_set(&subjects);
    let aggregate = aggregate(&list, name, &|index| findings.get(index).is_some_and(|list| fails(list)));
    let included: Vec<&str> = aggregate.included.iter().filter_map(|at| list.get(*at)?.agency.as_deref()).collect();
    let missing = expected.iter().filter(|agency| !included.contains(&agency.as_str())).cloned().collect();
    AggregateReport { aggregate, findings, unreadable, missing }
}

/// Whether findings hold an error.
fn fails(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.level == Level::Error)
}

fn why(reason: &Excluded, reports: &[ReadReport]) -> String {
    match reason {
        Excluded::OtherYear(Some(year)) => format!("是{year}年度的报告，未计入"),
        Excluded::OtherYear(None) => "读不出年度，未计入".to_owned(),
        Excluded::OtherForm(FormKind::Edition(edition)) => format!("用{}年格式，与多数不同，未计入", edition.code()),
        Excluded::OtherForm(FormKind::Older | FormKind::Unknown) => "不是现行格式，未计入".to_owned(),
        Excluded::Repeated(kept) => {
            let kept = reports.get(*kept).map(|read| read.source.file.as_str()).unwrap_or_default();
            format!("同一机关的报告重复，计入的是{kept}，这一份未计入")
        }
        Excluded::NoTables => "没有表格，未计入".to_owned(),
    }
}

impl AggregateReport {
    /// Whether a report has errors.
    fn fails(&self, index: usize) -> bool {
        self.findings.get(index).is_some_and(|list| fails(list))
    }

    /// Whether anything is missing or failing.
    pub fn has_problems(&self) -> bool {
        !self.missing.is_empty()
            || !self.unreadable.is_empty()
            || !self.aggregate.excluded.is_empty()
            || self.aggregate.included.iter().any(|index| self.fails(*index))
    }

    /// The JSON of the sum: each cell with the reports it comes from.
    pub fn to_json(&self, reports: &[ReadReport]) -> Value {
        let number = |value: rust_decimal::Decimal| -> Value {
            value.normalize().to_string().parse().map_or(Value::Null, Value::Number)
        };
        let agency = |index: usize| {
            reports
                .get(index)
                .map_or(Value::Null, |read| json!({ "agency": read.report.agency, "file": read.source.file }))
        };
        let mut cells = Map::new();
        for (cell, found) in &self.aggregate.report.cells {
            let from: Vec<Value> = self
                .aggregate
                .contributions
                .get(cell)
                .into_iter()
                .flatten()
                .filter(|(_, value)| !value.is_zero())
                .map(|(index, value)| {
                    let read = reports.get(*index);
                    let place = read
                        .and_then(|read| read.report.cells.get(cell))
                        .map(|c| Value::Object(super::place::place_to_json(&c.place)));
                    json!({ "report": index, "value": number(*value), "place": place })
                })
                .collect();
            let blank = self.aggregate.blanks.get(cell).cloned().unwrap_or_default();
            cells.insert(
                cell.to_string(),
                json!({ "value": found.value.map_or(Value::Null, number), "from": from, "blank_in": blank }),
            );
        }
        let listed: Vec<Value> = reports
            .iter()
            .enumerate()
            .map(|(index, read)| {
                let counts = Counts::of(self.findings.get(index).into_iter().flatten());
                let excluded = self.aggregate.excluded.iter().find(|(at, _)| *at == index).map(|(_, reason)| why(reason, reports));
                json!({
                    "index": index, "file": read.source.file, "sha256": read.source.sha256, "agency": read.report.agency, "year": read.report.year,
                    "included": excluded.is_none(), "reason": excluded,
                    "errors": counts.errors, "warnings": counts.warnings, "notices": counts.notices,
                })
            })
            .collect();
        let failing: Vec<Value> = (0..reports.len()).filter(|index| self.fails(*index)).map(agency).collect();
        json!({
            "schema": "gongkai.aggregate/1",
            "name": self.aggregate.report.agency,
            "year": self.aggregate.report.year,
            "form": self.aggregate.report.form.code(),
            "cells": cells,
            "reports": listed,
            "failing": failing,
            "missing": self.missing,
            "unreadable": self.unreadable.iter().map(|(file, error)| json!({ "file": file, "error": error })).collect::<Vec<_>>(),
        })
    }

    /// The sum as a paper: the form, then who is in it, who is missing, who fails, then the figures of each agency.
    pub fn paper(&self, reports: &[ReadReport]) -> Manuscript {
        let report = &self.aggregate.report;
        let text = |text: String| Paragraph::new(text, Place::None);
        let mut blocks = vec![Block::Title(text(report.title.clone().unwrap_or_default()))];
        let failing: Vec<usize> = self.aggregate.included.iter().copied().filter(|index| self.fails(*index)).collect();
        blocks.push(Block::Paragraph(text(format!(
            "共收到{}份报告，汇总{}份；未计入{}份，有错误{}份，缺报{}个，无法读取{}个文件。",
            reports.len(),
            self.aggregate.included.len(),
            self.aggregate.excluded.len(),
            failing.len(),
            self.missing.len(),
            self.unreadable.len(),
        ))));
        for (heading, table) in [
            ("一、主动公开政府信息情况", proactive_table(report)),
            ("二、收到和处理政府信息公开申请情况", applications_table(report)),
            ("三、政府信息公开行政复议、行政诉讼情况", proceedings_table(report)),
        ] {
            blocks.push(Block::Heading(1, text(heading.to_owned())));
            blocks.push(table);
        }
        blocks.push(Block::Heading(1, text("四、缺报、未计入和有错误的报告".to_owned())));
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.missing.iter().map(|agency| format!("缺报：{agency}。")));
        lines.extend(self.unreadable.iter().map(|(file, error)| format!("无法读取：{file}，{error}。")));
        lines.extend(
            self.aggregate
                .excluded
                .iter()
                .map(|(index, reason)| format!("未计入：{}{}。", file_of(reports, *index), why(reason, reports))),
        );
        for index in &failing {
            let first = self
                .findings
                .get(*index)
                .and_then(|list| list.first())
                .map(|finding| finding.message.clone())
                .unwrap_or_default();
            let count = Counts::of(self.findings.get(*index).into_iter().flatten()).errors;
            lines.push(format!("有错误：{}，{count}处，首先是“{first}”。", named(reports, *index)));
        }
        if lines.is_empty() {
            lines.push("没有缺报、未计入和有错误的报告。".to_owned());
        }
        blocks.extend(lines.into_iter().map(|line| Block::Paragraph(text(line))));
        blocks.push(Block::Heading(1, text("五、各机关的主要数据".to_owned())));
        blocks.push(self.detail(reports));
        Manuscript { blocks }
    }

    /// The main figures of each agency, so that a sum can be followed to its parts.
    fn detail(&self, reports: &[ReadReport]) -> Block {
        use gongkai_law::{ApplicantColumn as C, ApplicationRow as R, ProceedingColumn as P, ProceedingGroup as G};
        let columns = [
            ("新收申请", CellRef::Application(R::NewReceived, C::Total)),
            ("上年结转", CellRef::Application(R::CarriedIn, C::Total)),
            ("予以公开", CellRef::Application(R::Granted, C::Total)),
            ("部分公开", CellRef::Application(R::Partial, C::Total)),
            ("办理总计", CellRef::Application(R::TotalConcluded, C::Total)),
            ("结转下年", CellRef::Application(R::CarriedOut, C::Total)),
            ("行政复议", CellRef::Proceeding(G::Reconsideration, P::Total)),
            ("直接起诉", CellRef::Proceeding(G::DirectSuit, P::Total)),
            ("复议后起诉", CellRef::Proceeding(G::SuitAfterReconsideration, P::Total)),
        ];
        let mut table =
            Table {
                caption: "各机关的主要数据".to_owned(), header_rows: 1, widths: vec![40], ..Table::default()
            };
        table.widths.extend(columns.iter().map(|_| 13));
        let head = std::iter::once("机关").chain(columns.iter().map(|(name, _)| *name));
        table.cells.extend(head.enumerate().map(|(column, name)| Cell::new(0, column, name, Place::None).heading()));
        let figure = |report: &Report, cell: CellRef| {
            report.value(cell).map_or_else(|| "—".to_owned(), |value| value.normalize().to_string())
        };
        let mut rows: Vec<(String, &Report)> = self
            .aggregate
            .included
            .iter()
            .filter_map(|index| reports.get(*index))
            .map(|read| (read.report.agency.clone().unwrap_or_else(|| read.source.file.clone()), &read.report))
            .collect();
        rows.push(("合计".to_owned(), &self.aggregate.report));
        for (row, (name, report)) in (1..).zip(rows) {
            table.cells.push(Cell::new(row, 0, name, Place::None).heading());
            table.cells.extend(
                columns
                    .iter()
                    .enumerate()
                    .map(|(at, (_, cell))| Cell::new(row, at + 1, figure(report, *cell), Place::None)),
            );
        }
        Block::Table(table)
    }
}

/// The agency with the file, which tells two reports of one agency apart.
fn file_of(reports: &[ReadReport], index: usize) -> String {
    let file = reports.get(index).map(|read| read.source.file.as_str()).unwrap_or_default();
    let name = named(reports, index);
    if name == file { name } else { format!("{name}（{file}）") }
}

fn named(reports: &[ReadReport], index: usize) -> String {
    reports.get(index).map_or(String::new(), |read| match &read.report.agency {
        Some(agency) => agency.clone(),
        None => read.source.file.clone(),
    })
}
