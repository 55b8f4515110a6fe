//! The work paper's part on what the checks found in each report, and what was decided about it.

use gongkai_manuscript::Block;
use gongkai_store::Receipt;
use serde_json::Value;

use super::{table, text};
use crate::platform::Fault;
use crate::platform::annual::{known_by, told_explanations};
use crate::platform::services::Services;

/// How many findings are told.
const TOLD: usize = 3_000;

/// The words of a finding as it is kept.
fn word<'a>(finding: &'a Value, key: &str) -> &'a str {
    finding.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// What a kept finding is known by.
fn mark(finding: &Value) -> String {
    let cells: Vec<&str> =
        finding.get("cells").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let cells = cells.join(",");
    known_by([
        word(finding, "rule"),
        &cells,
        word(finding, "found"),
        word(finding, "expected"),
        word(finding, "message"),
    ])
}

impl Services {
    /// Errors and warnings of the reports of a year as they were found on arrival, with what the agency explained and what was decided.
    pub(super) async fn paper_findings(&self, year: i16, receipts: &[Receipt]) -> Result<Vec<Block>, Fault> {
        let verdicts = self.store.last_verdicts(year).await?;
        let directory = self.directory();
        let mut rows = vec![["机关", "程度", "问题", "机关的说明", "认定"].map(str::to_owned).to_vec()];
        let mut all = 0_usize;
        for receipt in receipts {
            let explained = told_explanations(&receipt.explained)?;
            let found: Vec<Value> =
                serde_json::from_str(&receipt.findings).map_err(|error| Fault::Failed(error.to_string()))?;
            for one in found.iter().filter(|one| word(one, "level") != "notice") {
                all += 1;
                if rows.len() > TOLD {
                    continue;
                }
                let mark = mark(one);
                let verdict = verdicts.get(&(receipt.line.agency, mark.clone()));
                let decided = verdict.map(|verdict| {
                    format!("{}：{}", if verdict.passes { "可以通过" } else { "应当改正" }, verdict.reason)
                });
                rows.push(vec![
                    directory.name(receipt.line.agency).to_owned(),
                    if word(one, "level") == "error" { "错误" } else { "警告" }.to_owned(),
                    format!("{}（{}）", word(one, "message"), word(one, "rule")),
                    explained.get(&mark).cloned().unwrap_or_default(),
                    decided.unwrap_or_default(),
                ]);
            }
        }
        if all == 0 {
            return Ok(vec![Block::Paragraph(text("没有错误和警告。"))]);
        }
        let mut out = Vec::new();
        if all >= rows.len() {
            out.push(Block::Paragraph(text(format!("共{all}处，列出前{}处。", rows.len() - 1))));
        }
        out.push(table("收到时核对的发现和认定", &rows, &[34, 12, 58, 26, 30]));
        Ok(out)
    }
}
