//! A notice about days off, as text: one for each official year, and overlays of a place.

use jiff::civil::{Date, Weekday};

/// A day that a plan sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub date: Date,
    /// Off (`true`) or worked.
    pub off: bool,
    pub name: String,
    /// The index of its source in the plan.
    pub source: usize,
}

/// The notices about one year, or the overlay of a place.
///
/// ```text
/// 年份 2026
/// 依据 国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）
/// 公布 2025-11-04
/// 放假 2026-01-01..2026-01-03 元旦
/// 上班 2026-01-04 元旦
/// ```
/// With `年份` it settles that year; with `地区` instead it adds to years that are settled elsewhere. A second `依据`
/// begins a later notice, whose days win over those before it. `#` begins a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The year it settles; `None` for an overlay.
    pub year: Option<i16>,
    /// The place of an overlay.
    pub region: Option<String>,
    /// The notices, in order of the text.
    pub sources: Vec<String>,
    pub(crate) marks: Vec<Mark>,
}

/// What is wrong with a plan, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("放假安排第{line}行：{what}")]
pub struct PlanError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to write.
    pub what: String,
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse::<Date>().map_err(|_| format!("“{text}”不是日期，请写成2026-01-01的样子"))
}

impl Plan {
    /// The statutory days of its year that it neither gives off nor leaves on a weekend (放假办法 第二条): a notice that was copied in part.
    pub fn forgotten(&self) -> Vec<(Date, &'static str)> {
        let Some(year) = self.year else { return Vec::new() };
        let days = super::statutory::statutory_days(year);
        let is_off = |day: Date| match self.marks.iter().rev().find(|mark| mark.date == day) {
            Some(mark) => mark.off,
            None => matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        };
        days.into_iter().filter(|(day, _)| !is_off(*day)).collect()
    }

    /// Reads a plan.
    ///
    /// # Errors
    /// The first line that cannot be understood, contradicts another of the same notice, or makes no sense.
    pub fn parse(text: &str) -> Result<Self, PlanError> {
        let mut plan = Self { year: None, region: None, sources: Vec::new(), marks: Vec::new() };
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            plan.line(line).map_err(|what| PlanError { line: index + 1, what })?;
        }
        let last = text.lines().count().max(1);
        let fault = |what: &str| Err(PlanError { line: last, what: what.to_owned() });
        match (plan.year, &plan.region) {
            (None, None) => return fault("没有写年份。全国安排写“年份 2027”，地方安排写“地区 某某自治区”"),
            (Some(_), Some(_)) => return fault("年份和地区只能写一个：全国安排写年份，地方安排写地区"),
            _ => {}
        }
        if plan.sources.is_empty() {
            return fault("没有写依据，请写明通知的名称和文号");
        }
        if plan.marks.is_empty() {
            return fault("没有一天放假或上班");
        }
        Ok(plan)
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(char::is_whitespace).map_or((line, ""), |(word, rest)| (word, rest.trim()));
        match word {
            "年份" => {
                let year = rest.parse::<i16>().map_err(|_| format!("“{rest}”不是年份"))?;
                if !super::calendar::YEARS.contains(&year) {
                    return Err(format!("年份{year}不在日历范围（2008年至2099年）内"));
                }
                self.year = Some(year);
            }
            "地区" if rest.is_empty() => return Err("地区后面没有名称".to_owned()),
            "地区" => self.region = Some(rest.to_owned()),
            "依据" if rest.is_empty() => return Err("依据后面没有通知的名称".to_owned()),
            "依据" => self.sources.push(rest.to_owned()),
            "公布" => {
                parse_date(rest)?;
            }
            "放假" | "上班" => self.days(word == "放假", rest)?,
            other => return Err(format!("不认识“{other}”。可以写：年份、地区、依据、公布、放假、上班")),
        }
        Ok(())
    }

    fn days(&mut self, off: bool, rest: &str) -> Result<(), String> {
        let Some(source) = self.sources.len().checked_sub(1) else {
            return Err("放假和上班的日期前面要先写依据".to_owned());
        };
        let (range, name) = rest.split_once(char::is_whitespace).map_or((rest, ""), |(a, b)| (a, b.trim()));
        if name.is_empty() {
            return Err("日期后面要写节日名称".to_owned());
        }
        let (from, to) = match range.split_once("..") {
            Some((from, to)) => (parse_date(from)?, parse_date(to)?),
            None => (parse_date(range)?, parse_date(range)?),
        };
        if to < from {
            return Err(format!("{from}到{to}，结束早于开始"));
        }
        if (to - from).get_days() > 31 {
            return Err(format!("{from}到{to}超过一个月，请核对"));
        }
        for date in from.series(jiff::Span::new().days(1)).take_while(|date| *date <= to) {
            let years = i16::from(self.year.is_some());
            if self.year.is_some_and(|year| (date.year() - year).abs() > years) {
                return Err(format!("{date}不在这一年或相邻的年份"));
            }
            if !off && !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
                return Err(format!("{date}不是周六或周日，本来就上班，不用写调休上班"));
            }
            if let Some(other) = self.marks.iter().find(|mark| mark.date == date && mark.source == source) {
                return Err(if other.off == off {
                    format!("{date}写了两次")
                } else {
                    format!("{date}既写放假又写上班")
                });
            }
            self.marks.push(Mark { date, off, name: name.to_owned(), source });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OFFICIAL_PLANS;

    #[test]
    fn notices_give_every_statutory_day_off_and_one_copied_in_part_does_not() {
        for (year, text) in OFFICIAL_PLANS {
            assert_eq!(Plan::parse(text).unwrap().forgotten(), [], "{year}");
        }
        let part = Plan::parse("年份 2027\n依据 通知\n放假 2027-01-01..2027-01-03 元旦\n").unwrap().forgotten();
        assert!(part.iter().any(|(day, name)| *day == jiff::civil::date(2027, 10, 1) && *name == "国庆节"), "{part:?}");
        // What lies on a weekend is off without a word.
        assert!(part.iter().all(|(day, _)| *day != jiff::civil::date(2027, 2, 6)), "{part:?}");
        let place = Plan::parse("地区 示例\n依据 通知\n放假 2027-03-01 示例\n").unwrap();
        assert_eq!(place.forgotten(), []);
    }
}
