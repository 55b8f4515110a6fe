//! The due day of a reply, with every day explained.

use gongkai_calendar::{Calendar, CountedDay, Pauses};
use gongkai_law::clock::MOST_EXTENSION;
use gongkai_law::{Article, Term};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{awaits_notice, parse_date, weekday, written};

/// What is asked, as written.
#[derive(Debug, Clone, Default)]
pub struct DeadlineQuestion {
    /// The day the application was received.
    pub received: String,
    /// The working days of the term.
    pub days: u32,
    /// The working days of an extension.
    pub extend: Option<u32>,
    /// Periods left out, each `FROM..TO`: FROM, the day of sending, still counts; TO, the day of the answer, does not.
    pub excluded: Vec<String>,
}

/// A due day with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The day of receipt.
    pub received: Date,
    /// The day.
    pub due: Date,
    /// It rests on a year without a notice.
    pub provisional: bool,
    /// The working days counted.
    pub days: u32,
    /// Every day after receipt up to the due day.
    pub counted: Vec<CountedDay>,
    pauses: Vec<(Date, Date)>,
}

fn interval(text: &str, received: Date) -> Result<(Date, Date), String> {
    let article = Term::Reply.article().paragraph(3);
    let Some((from, to)) = text.split_once("..") else {
        return Err(format!("“{text}”不是一段时间，请写成2025-05-26..2025-06-09的样子"));
    };
    if from.trim().is_empty() || to.trim().is_empty() {
        return Err(format!(
            "“{text}”没有写完：不计入期限的时间（{article}）要有发出日和结束日；征求意见尚未结束的，结束日写今天"
        ));
    }
    let (from, to) = (parse_date(from)?, parse_date(to)?);
    if to < from {
        return Err(format!("不计入期限的时间{from}..{to}，结束早于开始。请核对两个日期（{article}）"));
    }
    if from < received {
        return Err(format!(
            "不计入期限的时间从{from}开始，早于收到申请的{received}。收到申请之后才能征求意见（{article}），请核对日期"
        ));
    }
    Ok((from, to))
}

/// Answers the question.
///
/// # Errors
/// What is wrong with it, the article, and what to write.
pub fn deadline(question: &DeadlineQuestion, calendar: &Calendar) -> Result<Deadline, String> {
    let received = parse_date(&question.received)?;
    if !(1..=2000).contains(&question.days) {
        return Err(format!(
            "期限{}个工作日不成立，应在1至2000之间；答复申请为20个工作日（{}）",
            question.days,
            Term::Reply.article()
        ));
    }
    let extend = question.extend.unwrap_or(0);
    if question.extend.is_some_and(|days| !(1..=MOST_EXTENSION).contains(&days)) {
        return Err(format!(
            "延期{extend}个工作日不成立：延长的期限最短1个、最长20个工作日（{}）",
            Article::regulation(33).paragraph(2)
        ));
    }
    let pauses: Vec<(Date, Date)> =
        question.excluded.iter().map(|text| interval(text, received)).collect::<Result<_, _>>()?;
    let union = Pauses::union(pauses.iter().copied()).map_err(|error| error.to_string())?;
    let days = question.days + extend;
    let due = calendar.add_workdays(received, days, &union).map_err(|error| error.to_string())?;
    let counted = calendar.explain(received, due, &union).map_err(|error| error.to_string())?;
    Ok(Deadline { received, due, provisional: calendar.is_provisional(received, due), days, counted, pauses })
}

impl Deadline {
    fn why(&self, day: &CountedDay) -> String {
        let mut why = day.day.reason();
        if day.paused
            && let Some((from, to)) = self.pauses.iter().find(|(from, to)| *from < day.date && day.date <= *to)
        {
            why.push_str(&format!("；在{from}至{to}的征求意见时间内，不计入（条例第三十三条第三款）"));
        }
        if day.provisional {
            why.push_str("；没有该年的放假安排，按法定节假日和周末");
        }
        why
    }

    /// `{ "due", "provisional" }`, and `days` where they are explained.
    pub fn json(&self, explain: bool) -> Value {
        let mut value = json!({ "due": self.due.to_string(), "provisional": self.provisional });
        if explain && let Some(object) = value.as_object_mut() {
            let days: Vec<Value> = self
                .counted
                .iter()
                .map(|day| json!({ "date": day.date.to_string(), "counts": day.counts, "why": self.why(day) }))
                .collect();
            object.insert("days".to_owned(), Value::Array(days));
        }
        value
    }

    /// The answer in words, and where they are explained a line for each day.
    pub fn text(&self, calendar: &Calendar, explain: bool) -> String {
        let reason = calendar.day(self.due).map_or(String::new(), |day| day.reason());
        let mut out = vec![format!(
            "{}收到，{}个工作日，期限届满日：{}（{}，{reason}）",
            written(self.received),
            self.days,
            written(self.due),
            weekday(self.due)
        )];
        if self.provisional {
            let note = if awaits_notice(calendar, self.due.year()) {
                "注意：涉及尚未公布放假安排的年份，日期是暂定的，安排公布后重新计算"
            } else {
                "注意：涉及没有收录放假安排的年份，按法定节假日和周末计算，与当年实际的安排可能不同"
            };
            out.push(note.to_owned());
        }
        if explain {
            let start = format!(
                "{} {}  第0天  收到之日不计入（《民法典》第二百零一条）",
                self.received,
                weekday(self.received)
            );
            out.push(start);
            let mut number = 0;
            for day in &self.counted {
                number += u32::from(day.counts);
                let mark = if day.counts { format!("第{number}天") } else { "不计".to_owned() };
                out.push(format!("{} {}  {mark}  {}", day.date, weekday(day.date), self.why(day)));
            }
        }
        out.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(received: &str, extend: Option<u32>, excluded: &[&str]) -> Result<Deadline, String> {
        let question = DeadlineQuestion {
            received: received.to_owned(),
            days: 20,
            extend,
            excluded: excluded.iter().map(|&text| text.to_owned()).collect(),
        };
        deadline(&question, Calendar::official())
    }

    #[test]
    fn a_deadline_is_told_with_its_days() {
        let found = ask("2025-09-08", None, &[]).unwrap();
        assert_eq!(found.json(false), json!({ "due": "2025-10-11", "provisional": false }));
        let days = found.json(true)["days"].as_array().unwrap().clone();
        assert_eq!(days.iter().filter(|day| day["counts"] == true).count(), 20);
        assert_eq!(days.last().unwrap()["why"], "国庆节调休上班");
        let text = found.text(Calendar::official(), true);
        assert!(text.contains("2025年10月11日（周六，国庆节调休上班）") && text.contains("第20天"), "{text}");
        let nine =
            ask("2025-05-20", None, &["2025-05-26..2025-06-09", "2025-05-28..2025-06-13", "2025-06-17..2025-06-20"]);
        assert_eq!(nine.unwrap().due.to_string(), "2025-07-10");
    }

    #[test]
    fn a_past_year_without_a_notice_is_not_counted_anew() {
        let past = ask("2017-09-08", None, &[]).unwrap();
        assert!(past.provisional);
        let text = past.text(Calendar::official(), true);
        assert!(text.contains("没有收录放假安排") && !text.contains("公布"), "{text}");
        let far = ask("2031-09-08", None, &[]).unwrap();
        assert!(far.text(Calendar::official(), false).contains("安排公布后重新计算"));
    }

    #[test]
    fn impossible_questions_are_refused_with_the_article() {
        for (received, extend, excluded, part) in [
            ("2025-02-30", None, "", "没有“2025-02-30”这一天"),
            ("昨天", None, "", "不是日期"),
            ("2025-9-8", None, "", "不是日期"),
            ("9999-12-31", None, "", "不在日历范围"),
            ("2099-12-20", None, "", "超出了日历范围"),
            ("2025-09-08", Some(21), "", "第三十三条第二款"),
            ("2025-09-08", Some(0), "", "第三十三条第二款"),
            ("2025-09-08", None, "2025-09-20..2025-09-10", "结束早于开始"),
            ("2025-09-08", None, "2025-09-20..", "结束日"),
            ("2025-09-08", None, "2025-09-20", "不是一段时间"),
            ("2025-09-08", None, "2025-09-01..2025-09-20", "第三十三条第三款"),
        ] {
            let list: &[&str] = if excluded.is_empty() { &[] } else { &[excluded] };
            let error = ask(received, extend, list).unwrap_err();
            assert!(error.contains(part), "{received} {excluded}: {error}");
        }
    }
}
