//! `gongkai report check`.

use gongkai_service::report::{
    Checked, Counts, Finding, Level, ReadReport, check_reports, checked_to_json, findings_to_csv,
};

use super::{read_each, show_json};
use crate::args::{CheckArgs, TextJsonOrCsv};
use crate::{DONE, FAILED, FOUND, files, output, pool};

pub(super) fn run(args: &CheckArgs) -> Result<u8, String> {
    let paths = files::expand(&args.files)?;
    let previous = match &args.previous {
        Some(path) => read_each(std::slice::from_ref(path))?.pop(),
        None => None,
    };
    let mut reports: Vec<ReadReport> = Vec::new();
    let mut order: Vec<(String, Result<usize, String>)> = Vec::new();
    for file in pool::read_all(&paths) {
        match file.outcome {
            Ok(report) => {
                order.push((file.file, Ok(reports.len())));
                reports.push(report);
            }
            Err(error) => order.push((file.file, Err(error))),
        }
    }
    if let Some(previous) = &previous {
        for read in &reports {
            warn_of_mismatch(read, previous);
        }
    }
    let mut findings: Vec<Option<Vec<Finding>>> =
        check_reports(&reports, previous.as_ref()).into_iter().map(Some).collect();
    let checked: Vec<Checked> = order
        .into_iter()
        .map(|(file, outcome)| match outcome {
            Ok(index) => {
                let report = reports.get(index).map(|read| &read.report);
                Checked {
                    file,
                    agency: report.and_then(|report| report.agency.clone()),
                    year: report.and_then(|report| report.year),
                    outcome: Ok(findings.get_mut(index).and_then(Option::take).unwrap_or_default()),
                }
            }
            Err(error) => Checked { file, agency: None, year: None, outcome: Err(error) },
        })
        .collect();
    let total = checked
        .iter()
        .filter_map(|one| one.outcome.as_ref().ok())
        .fold(Counts::default(), |sum, list| sum.and(Counts::of(list)));
    let unreadable = checked.iter().filter(|one| one.outcome.is_err()).count();
    match args.format {
        TextJsonOrCsv::Json => show_json(&checked_to_json(&checked)),
        TextJsonOrCsv::Csv => output::show(&findings_to_csv(&checked).map_err(|error| error.to_string())?),
        TextJsonOrCsv::Text => show_text(&checked, total),
    }
    for one in &checked {
        if let Err(error) = &one.outcome {
            output::complain(&format!("{}：{error}", one.file));
        }
    }
    Ok(if unreadable > 0 {
        FAILED
    } else if total.errors > 0 || args.strict && total.warnings > 0 {
        FOUND
    } else {
        DONE
    })
}

/// Says where the report given as last year's is of another agency or year: then the years are not compared cell by cell.
fn warn_of_mismatch(read: &ReadReport, previous: &ReadReport) {
    let (this, last) = (&read.report, &previous.report);
    if let (Some(agency), Some(other)) = (&this.agency, &last.agency)
        && agency != other
    {
        output::complain(&format!(
            "注意：{}是{agency}的报告，--previous 给的是{other}的报告，请核对",
            read.source.file
        ));
    }
    if let (Some(year), Some(other)) = (this.year, last.year)
        && other != year - 1
    {
        output::complain(&format!(
            "注意：{}是{year}年度，--previous 给的是{other}年度，不是上一年，没有逐格核对跨年数据",
            read.source.file
        ));
    }
}

fn show_text(checked: &[Checked], total: Counts) {
    let mut out = String::new();
    for one in checked {
        let Ok(findings) = &one.outcome else { continue };
        let name = match (&one.agency, one.year) {
            (Some(agency), Some(year)) => format!("{agency}{year}年"),
            (Some(agency), None) => agency.clone(),
            _ => "（没有读到机关和年度）".to_owned(),
        };
        out.push_str(&format!("{}　{name}\n", one.file));
        if findings.is_empty() {
            out.push_str("  没有发现问题\n");
        }
        for finding in findings {
            out.push_str(&format!("  [{}] {} {}\n", finding.level.label(), finding.rule, finding.message));
            if !finding.found.is_empty() || !finding.expected.is_empty() {
                out.push_str(&format!("         查到：{}　应为：{}\n", finding.found, finding.expected));
            }
            if !finding.advice.is_empty() {
                out.push_str(&format!("         建议：{}\n", finding.advice));
            }
            if !finding.law.is_empty() {
                out.push_str(&format!("         依据：{}\n", finding.law));
            }
        }
        out.push('\n');
    }
    if checked.len() > 1 {
        table(checked, &mut out);
    }
    let unreadable = checked.iter().filter(|one| one.outcome.is_err()).count();
    let more = if unreadable > 0 { format!("，{unreadable}个无法读取") } else { String::new() };
    out.push_str(&format!(
        "共{}个文件：错误{}，警告{}，提示{}{more}\n",
        checked.len(),
        total.errors,
        total.warnings,
        total.notices
    ));
    output::show(&out);
}

/// One line a file: what it is and how it did.
fn table(checked: &[Checked], out: &mut String) {
    let short = |file: &str| -> String {
        let name: Vec<char> = file.chars().collect();
        if name.len() > 40 {
            format!("…{}", name.iter().skip(name.len() - 39).collect::<String>())
        } else {
            file.to_owned()
        }
    };
    let widest = checked.iter().map(|one| output::width(&short(&one.file))).max().unwrap_or(0).max(4);
    out.push_str(&format!("{}  年度  错误  警告  提示\n", output::padded("文件", widest)));
    for one in checked {
        let year = one.year.map_or("—".to_owned(), |year| year.to_string());
        let counts = match &one.outcome {
            Ok(findings) => {
                let count =
                    |level: Level| output::right(&findings.iter().filter(|f| f.level == level).count().to_string(), 4);
                format!("{}  {}  {}", count(Level::Error), count(Level::Warning), count(Level::Notice))
            }
            Err(_) => "无法读取".to_owned(),
        };
        out.push_str(&format!(
            "{}  {}  {counts}\n",
            output::padded(&short(&one.file), widest),
            output::padded(&year, 4)
        ));
    }
    out.push('\n');
}
