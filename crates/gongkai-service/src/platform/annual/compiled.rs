//! The figures of a year for programs and the command line: the JSON of a report, with where each figure comes from.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, Section};
use gongkai_manuscript::{Block, Manuscript, Paragraph, Place};
use gongkai_report::Level;
use gongkai_report::compile::Origin;
use gongkai_report::render::{applications_table, proactive_table, proceedings_table};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::figures::Figures;
use crate::report::{ReadReport, Source, finding_to_json, manuscript_as_text, report_to_json};

/// The code of where a figure comes from.
fn origin(origin: &Origin<uuid::Uuid>) -> &'static str {
    match origin {
        Origin::Cases => "cases",
        Origin::Ledger(_) => "ledger",
        Origin::Documents => "documents",
        Origin::LastYear => "last_year",
        Origin::Nothing => "nothing",
    }
}

impl Figures {
    /// The figures as a report that was read, without text.
    pub fn as_read(&self) -> ReadReport {
        let source = Source { file: String::new(), format: "ledger".to_owned(), sha256: String::new() };
        ReadReport { source, report: self.report() }
    }

    /// The cells that nothing says.
    pub fn blank(&self) -> Vec<CellRef> {
        self.computed.keys().filter(|cell| !self.adjusted.contains_key(cell)).copied().collect()
    }

    /// Whether the figures contradict one another or the year before.
    pub fn is_wrong(&self) -> bool {
        self.findings.iter().any(|one| one.level == Level::Error)
    }

    /// The tables as plain text, and what is to be said of them: blank cells, additions, contradictions, what differs from what was reported.
    pub fn as_text(&self) -> (String, Vec<String>) {
        let (edition, report) = (self.edition, self.report());
        let tables = [proactive_table(&report), applications_table(&report), proceedings_table(&report)];
        let mut blocks = vec![Block::Title(Paragraph::new(report.title.clone().unwrap_or_default(), Place::None))];
        for (section, table) in Section::ALL.into_iter().skip(1).zip(tables) {
            blocks.extend([Block::Heading(1, Paragraph::new(section.heading(), Place::None)), table]);
        }
        let word = |value: Option<Decimal>| value.map_or("空".to_owned(), |value| value.normalize().to_string());
        let mut remarks = Vec::new();
        if let Some(sum) = &self.agencies {
            remarks.push(format!("包括{}个机关报送的报告", sum.reports));
        }
        remarks.extend(self.wanting());
        remarks.extend(self.remarks.iter().cloned());
        let blank = self.blank();
        if !blank.is_empty() {
            let names: Vec<String> = blank.iter().map(|cell| cell.name(edition)).collect();
            remarks.push(format!("还没有登记的有{}格，留空：{}", blank.len(), names.join("、")));
        }
        for one in &self.additions {
            let sign = if one.amount.is_sign_negative() { "" } else { "+" };
            remarks.push(format!(
                "调整：{}　{sign}{}　{}（{}）",
                one.cell.name(edition),
                one.amount,
                one.reason,
                one.paper
            ));
        }
        for (cell, one) in &self.computed {
            if let Some((other, what)) = &one.beside {
                remarks.push(format!("{}：台账{}，{what}{}", cell.name(edition), word(one.value), word(Some(*other))));
            }
        }
        for one in &self.findings {
            remarks.push(format!("{} {}：{}　{}", one.level.label(), one.rule, one.message, one.advice));
        }
        for (cell, then, now) in self.drifted() {
            remarks.push(format!("与已上报的不同：{}　上报{}，现在{}", cell.name(edition), word(then), word(now)));
        }
        (manuscript_as_text(&Manuscript { blocks }), remarks)
    }

    /// The JSON of the report, with the origin of each cell, what was added, what was reported, and the findings.
    pub fn to_json(&self) -> Value {
        let mut out = report_to_json(&self.as_read());
        let mut origins = Map::new();
        for (cell, one) in &self.computed {
            let mut map = Map::new();
            map.insert("from".into(), origin(&one.origin).into());
            map.insert("computed".into(), one.value.map_or(Value::Null, |value| value.to_string().into()));
            if let Origin::Ledger(parts) = &one.origin {
                map.insert("entries".into(), parts.iter().map(|id| Value::String(id.to_string())).collect());
            }
            if let Some(theirs) = one.agencies {
                map.insert("agencies".into(), theirs.normalize().to_string().into());
            }
            if let Some((other, what)) = &one.beside {
                map.insert("beside".into(), json!({ "what": what, "value": other.to_string() }));
            }
            origins.insert(cell.to_string(), Value::Object(map));
        }
        let additions: Vec<Value> = self
            .additions
            .iter()
            .map(|one| json!({ "cell": one.cell.to_string(), "amount": one.amount.to_string(), "reason": one.reason, "paper": one.paper }))
            .collect();
        let layer = |cells: &Option<BTreeMap<CellRef, Decimal>>| {
            cells.as_ref().map_or(Value::Null, |cells| {
                cells.iter().map(|(cell, value)| (cell.to_string(), Value::String(value.to_string()))).collect()
            })
        };
        if let Some(map) = out.as_object_mut() {
            map.insert("origins".into(), Value::Object(origins));
            map.insert("additions".into(), Value::Array(additions));
            map.insert("reported".into(), layer(&self.reported));
            map.insert("blank".into(), self.blank().iter().map(|cell| Value::String(cell.to_string())).collect());
            map.insert("findings".into(), self.findings.iter().map(finding_to_json).collect());
        }
        out
    }
}
