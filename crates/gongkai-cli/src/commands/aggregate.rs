//! `gongkai report aggregate`.

use gongkai_service::report::{ReadReport, Target, aggregate_reports, set};

use super::{target, write_result};
use crate::args::AggregateArgs;
use crate::{DONE, FAILED, FOUND, files, fonts, output, pool};

pub(super) fn run(args: &AggregateArgs) -> Result<u8, String> {
    let known = [
        (Target::Xlsx, "xlsx"),
        (Target::Json, "json"),
        (Target::Docx, "docx"),
        (Target::Pdf, "pdf"),
        (Target::Html, "html"),
    ];
    let to = target(&args.to, &known)?;
    let expected: Vec<String> = match &args.agencies {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("无法读取名单“{}”：{}", path.display(), files::reason(&error)))?;
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        }
        None => Vec::new(),
    };
    let paths = files::expand(&args.files)?;
    files::keep_apart(&args.to, paths.iter().chain(&args.agencies))?;
    let mut reports: Vec<ReadReport> = Vec::new();
    let mut unreadable: Vec<(String, String)> = Vec::new();
    for file in pool::read_all(&paths) {
        match file.outcome {
            Ok(report) => reports.push(report),
            Err(error) => {
                output::complain(&format!("{}：{error}", file.file));
                unreadable.push((file.file, error));
            }
        }
    }
    if reports.is_empty() {
        return Err("没有一个文件可以读取，没有生成汇总".to_owned());
    }
    let sum = aggregate_reports(&reports, &args.name, &expected, unreadable);
    let bytes = if to == Target::Json {
        format!("{:#}\n", sum.to_json(&reports)).into_bytes()
    } else {
        let load = || fonts::load(args.fonts.as_deref());
        let paper = sum.paper(&reports);
        let title = sum.aggregate.report.title.clone().unwrap_or_default();
        set(&paper, &title, sum.aggregate.report.year, to, &load).map_err(|error| error.to_string())?
    };
    write_result(&args.to, &bytes)?;
    output::show(&sum.summary(&reports));
    Ok(match () {
        () if !sum.unreadable.is_empty() => FAILED,
        () if sum.has_problems() => FOUND,
        () => DONE,
    })
}
