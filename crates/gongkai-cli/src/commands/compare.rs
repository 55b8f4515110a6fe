//! `gongkai report compare`.

use gongkai_service::report::{Target, compare_reports, comparison_paper, comparison_to_json, manuscript_as_text, set};

use super::{read_each, show_json, target, write_result};
use crate::args::{CompareArgs, TextOrJson};
use crate::{DONE, files, fonts, output};

pub(super) fn run(args: &CompareArgs) -> Result<u8, String> {
    let known = [
        (Target::Html, "html"),
        (Target::Xlsx, "xlsx"),
        (Target::Docx, "docx"),
        (Target::Pdf, "pdf"),
        (Target::Markdown, "md"),
        (Target::Csv, "csv"),
        (Target::Json, "json"),
    ];
    let to = args.to.as_deref().map(|path| target(path, &known).map(|target| (path, target))).transpose()?;
    let mut paths = vec![args.this.clone()];
    paths.extend(args.previous.iter().cloned());
    if let Some(to) = &args.to {
        files::keep_apart(to, &paths)?;
    }
    let reports = read_each(&paths)?;
    let comparison = compare_reports(&reports);
    match to {
        Some((path, Target::Json)) => {
            let text = format!("{:#}\n", comparison_to_json(&reports, &comparison));
            write_result(path, text.as_bytes())?;
        }
        Some((path, target)) => {
            let load = || fonts::load(args.fonts.as_deref());
            let year = reports.first().and_then(|read| read.report.year);
            let bytes = set(&comparison_paper(&reports, &comparison), "年度报告比较", year, target, &load)
                .map_err(|error| error.to_string())?;
            write_result(path, &bytes)?;
        }
        None if args.format == TextOrJson::Json => show_json(&comparison_to_json(&reports, &comparison)),
        None => output::show(&manuscript_as_text(&comparison_paper(&reports, &comparison))),
    }
    Ok(DONE)
}
