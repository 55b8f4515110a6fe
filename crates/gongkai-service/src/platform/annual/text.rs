//! The text of the report as people write it, with numbers bound to their source; and as it was reported.

use std::collections::BTreeMap;

use gongkai_law::CellRef;
use gongkai_model::ids::OfficerId;
use gongkai_report::Report;
use gongkai_report::bound::{Unbound, resolve};
use gongkai_report::draft::Text;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::platform::Fault;

/// The longest part of a text.
const LONGEST: usize = 20_000;

/// The text of a report as it is written, or as it was reported.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportText {
    /// Before section one.
    pub preamble: String,
    /// 一、总体情况.
    pub overview: String,
    /// 五、存在的主要问题及改进情况.
    pub problems: String,
    /// 六、其他需要报告的事项.
    pub other: String,
    /// Everybody who wrote in it: they do not review it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub writers: Vec<String>,
}

/// What a report keeps when its figures are fixed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    /// The figures by the path of the cell.
    cells: BTreeMap<String, String>,
    /// The text with every number in its place.
    pub(super) text: ReportText,
    /// What was measured beside the tables.
    measured: BTreeMap<String, String>,
}

impl From<Text> for ReportText {
    fn from(text: Text) -> Self {
        Self {
            preamble: text.preamble,
            overview: text.overview,
            problems: text.problems,
            other: text.other,
            writers: Vec::new(),
        }
    }
}

impl ReportText {
    /// Each part: its name in forms, what it is called, its text.
    pub fn parts(&self) -> [(&'static str, &'static str, &str); 4] {
        [
            ("preamble", "报告开头的说明", &self.preamble),
            ("overview", "一、总体情况", &self.overview),
            ("problems", "五、存在的主要问题及改进情况", &self.problems),
            ("other", "六、其他需要报告的事项", &self.other),
        ]
    }

    /// The text that was kept.
    pub(super) fn read(json: &str) -> Result<Self, Fault> {
        if json.is_empty() {
            return Ok(Self::default());
        }
        serde_json::from_str(json).map_err(|error| Fault::Failed(format!("年度报告的文字读不出来：{error}")))
    }

    /// As it is kept.
    pub(super) fn json(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|error| Fault::Failed(error.to_string()))
    }

    /// Whether anything is written.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|(_, _, text)| text.trim().is_empty())
    }

    /// Tidies line ends and says what cannot be kept.
    pub(super) fn tidy(mut self) -> Result<Self, Fault> {
        for part in [&mut self.preamble, &mut self.overview, &mut self.problems, &mut self.other] {
            *part = part.replace("\r\n", "\n").trim().to_owned();
        }
        let mut wrong = Vec::new();
        for (name, label, text) in self.parts() {
            if text.chars().count() > LONGEST {
                wrong.push((name.to_owned(), format!("“{label}”超过两万字")));
            }
            if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t') || c == '\u{fffd}') {
                wrong.push((name.to_owned(), format!("“{label}”里有看不见的控制字符或读不出来的字符")));
            }
        }
        if wrong.is_empty() { Ok(self) } else { Err(Fault::Invalid(wrong)) }
    }

    /// Remembers who wrote.
    pub(super) fn written_by(&mut self, id: OfficerId) {
        let id = id.to_string();
        if !self.writers.contains(&id) {
            self.writers.push(id);
        }
    }

    /// With every number in its place, and what cannot be put in place: part and reason. What cannot stays as it is written.
    pub(super) fn resolved(&self, values: &BTreeMap<String, String>) -> (Self, Vec<(&'static str, Unbound)>) {
        let mut wrong = Vec::new();
        let mut put = |name: &'static str, text: &str| {
            resolve(text, values).unwrap_or_else(|why| {
                wrong.push((name, why));
                text.to_owned()
            })
        };
        let out = Self {
            preamble: put("preamble", &self.preamble),
            overview: put("overview", &self.overview),
            problems: put("problems", &self.problems),
            other: put("other", &self.other),
            writers: Vec::new(),
        };
        (out, wrong)
    }

    /// Puts the text into a report.
    pub(super) fn into_report(self, report: &mut Report) {
        report.preamble = self.preamble;
        for section in &mut report.sections {
            section.text = match section.number {
                1 => self.overview.clone(),
                5 => self.problems.clone(),
                6 => self.other.clone(),
                _ => String::new(),
            };
        }
    }
}

impl Kept {
    pub(super) fn new(
        cells: &BTreeMap<CellRef, Decimal>,
        text: ReportText,
        measured: &[gongkai_report::draft::Measured],
    ) -> Self {
        Self {
            cells: cells.iter().map(|(cell, value)| (cell.to_string(), value.to_string())).collect(),
            text,
            measured: measured.iter().map(|one| (one.name.to_owned(), one.value.to_string())).collect(),
        }
    }

    /// What a report keeps; none while its figures follow the work.
    pub(super) fn read(json: &str) -> Result<Option<Self>, Fault> {
        if json.is_empty() {
            return Ok(None);
        }
        serde_json::from_str(json)
            .map(Some)
            .map_err(|error| Fault::Failed(format!("年度报告上报的数读不出来：{error}")))
    }

    pub(super) fn json(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|error| Fault::Failed(error.to_string()))
    }

    /// A fact as it was measured when the figures were fixed.
    pub(super) fn fact(&self, name: &str) -> Option<&str> {
        self.measured.get(name).map(String::as_str)
    }

    /// The figures.
    pub(super) fn figures(&self) -> Result<BTreeMap<CellRef, Decimal>, Fault> {
        let cells = self.cells.iter().map(|(path, value)| Some((CellRef::parse(path)?, value.parse().ok()?)));
        cells.collect::<Option<_>>().ok_or_else(|| Fault::Failed("年度报告上报的数读不出来".to_owned()))
    }
}
