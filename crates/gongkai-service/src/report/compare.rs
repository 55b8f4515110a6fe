//! Comparisons as data and as a paper to read.

use gongkai_manuscript::{Block, Cell, Manuscript, Paragraph, Place, Table};
use gongkai_report::Report;
use gongkai_report::compare::{Comparison, compare};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::ReadReport;

/// Reports side by side, this year's first.
pub fn compare_reports(reports: &[ReadReport]) -> Comparison {
    let reports: Vec<&Report> = reports.iter().map(|read| &read.report).collect();
    compare(&reports)
}

fn name(read: &ReadReport) -> String {
    match (&read.report.agency, read.report.year) {
        (Some(agency), Some(year)) => format!("{agency}{year}年"),
        (None, Some(year)) => format!("{year}年"),
        _ => read.source.file.clone(),
    }
}

fn number(value: Option<Decimal>) -> Value {
    value.map_or(Value::Null, |value| value.normalize().to_string().parse().map_or(Value::Null, Value::Number))
}

/// The JSON of a comparison.
pub fn comparison_to_json(reports: &[ReadReport], comparison: &Comparison) -> Value {
    let cells: Vec<Value> = comparison
        .cells
        .iter()
        .map(|row| {
            let change = match row.values.as_slice() {
                [Some(this), Some(last), ..] => number(Some(*this - *last)),
                _ => Value::Null,
            };
            json!({
                "cell": row.cell.to_string(),
                "values": row.values.iter().map(|value| number(*value)).collect::<Vec<_>>(),
                "change": change,
                "same": row.is_same(),
            })
        })
        .collect();
    let sections: Vec<Value> = comparison
        .sections
        .iter()
        .enumerate()
        .map(|(pair, changes)| {
            let list: Vec<Value> = changes
                .iter()
                .map(|change| {
                    json!({
                        "number": change.number,
                        "alike_percent": change.alike,
                        "carried_over": change.carried_over,
                        "new": change.new,
                        "dropped": change.dropped,
                    })
                })
                .collect();
            json!({ "this": pair, "previous": pair + 1, "sections": list })
        })
        .collect();
    json!({
        "schema": "gongkai.comparison/1",
        "reports": reports.iter().map(|read| json!({
            "file": read.source.file, "agency": read.report.agency, "year": read.report.year, "form": read.report.form.code(),
        })).collect::<Vec<_>>(),
        "cells": cells,
        "text": sections,
    })
}

fn text(text: impl Into<String>) -> Paragraph {
    Paragraph::new(text, Place::None)
}

fn figure(value: Option<Decimal>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| value.normalize().to_string())
}

fn table(rows: Vec<Vec<String>>, caption: &str, widths: Vec<u16>) -> Block {
    let mut table = Table { caption: caption.to_owned(), header_rows: 1, widths, ..Table::default() };
    for (row, texts) in rows.into_iter().enumerate() {
        for (column, text) in texts.into_iter().enumerate() {
            let mut cell = Cell::new(row, column, text, Place::None);
            cell.header = row == 0 || column == 0;
            table.cells.push(cell);
        }
    }
    Block::Table(table)
}

/// The comparison as a paper: cells that changed, then the text section by section.
pub fn comparison_paper(reports: &[ReadReport], comparison: &Comparison) -> Manuscript {
    let names: Vec<String> = reports.iter().map(name).collect();
    let mut blocks = vec![Block::Title(text(format!("{}比较", names.join("与"))))];
    let changed: Vec<_> = comparison.cells.iter().filter(|row| !row.is_same()).collect();
    let same = comparison.cells.len() - changed.len();
    blocks.push(Block::Paragraph(text(format!(
        "三张表共{}格，{}格不同，{same}格相同。",
        comparison.cells.len(),
        changed.len()
    ))));
    let mixed =
        reports.windows(2).any(|pair| pair.first().map(|r| r.report.form) != pair.last().map(|r| r.report.form));
    if mixed {
        blocks.push(Block::Paragraph(text(
            "这些报告的表格格式不同：表二的列含义不同，只比较名称相同的列；没有的格记作“—”。",
        )));
    }
    if !changed.is_empty() {
        blocks.push(Block::Heading(1, text("一、表格的变化")));
        let mut head = vec!["单元格".to_owned()];
        head.extend(names.iter().cloned());
        head.push("增减".to_owned());
        let mut rows = vec![head];
        for row in changed {
            let edition = reports.first().map_or(gongkai_law::Edition::F2021, |read| read.report.edition());
            let mut line = vec![row.cell.name(edition)];
            line.extend(row.values.iter().map(|value| figure(*value)));
            line.push(match row.values.as_slice() {
                [Some(this), Some(last), ..] => {
                    let change = (*this - *last).normalize();
                    if change > Decimal::ZERO { format!("+{change}") } else { change.to_string() }
                }
                _ => "—".to_owned(),
            });
            rows.push(line);
        }
        let mut widths = vec![60];
        widths.extend(names.iter().map(|_| 20));
        widths.push(14);
        blocks.push(table(rows, "表格的变化", widths));
    }
    blocks.push(Block::Heading(1, text("二、文字的变化")));
    for (pair, changes) in comparison.sections.iter().enumerate() {
        let (this, last) =
            (names.get(pair).cloned().unwrap_or_default(), names.get(pair + 1).cloned().unwrap_or_default());
        if changes.is_empty() {
            blocks.push(Block::Paragraph(text(format!("{this}与{last}没有可比较的文字。"))));
        }
        for change in changes {
            let numeral = gongkai_law::Section::from_number(change.number).map_or('？', gongkai_law::Section::numeral);
            blocks.push(Block::Heading(2, text(format!("第{numeral}部分（{this}与{last}，相似{}%）", change.alike))));
            for (what, list) in
                [("逐字沿用", &change.carried_over), ("新写", &change.new), ("不再出现", &change.dropped)]
            {
                if !list.is_empty() {
                    blocks.push(Block::Paragraph(text(format!("{what}{}句：", list.len()))));
                    blocks.extend(list.iter().map(|sentence| Block::Paragraph(text(sentence.clone()))));
                }
            }
        }
    }
    Manuscript { blocks }
}
