//! `gongkai report render` and `gongkai report template`.

use gongkai_service::report::{Edition, ReadReport, Source, Target, render_report, template as empty_form};

use super::{read_each, target, write_result};
use crate::args::{RenderArgs, TemplateArgs};
use crate::{DONE, files, fonts};

pub(super) fn run(args: &RenderArgs) -> Result<u8, String> {
    let known = [
        (Target::Docx, "docx"),
        (Target::Pdf, "pdf"),
        (Target::Html, "html"),
        (Target::Xlsx, "xlsx"),
        (Target::Markdown, "md"),
        (Target::Csv, "csv"),
        (Target::Json, "json"),
    ];
    let to = target(&args.to, &known)?;
    files::keep_apart(&args.to, [&args.file])?;
    let Some(read) = read_each(std::slice::from_ref(&args.file))?.pop() else { return Err("没有文件".to_owned()) };
    let load = || fonts::load(args.fonts.as_deref());
    let bytes = render_report(&read, to, &load).map_err(|error| error.to_string())?;
    write_result(&args.to, &bytes)?;
    Ok(DONE)
}

pub(super) fn template(args: &TemplateArgs) -> Result<u8, String> {
    let to = target(&args.to, &[(Target::Docx, "docx"), (Target::Xlsx, "xlsx"), (Target::Json, "json")])?;
    let edition = Edition::from_code(&args.edition)
        .ok_or_else(|| format!("--edition 的值“{}”应为 2019 或 2021", args.edition))?;
    if !(1949..=2200).contains(&args.year) {
        return Err(format!("--year 的值“{}”应为 1949 到 2200 之间的年份", args.year));
    }
    let agency = args.agency.trim();
    if agency.is_empty() || agency.chars().count() > 60 {
        return Err("--agency 应为机关全称，不超过60字".to_owned());
    }
    if Edition::for_year(args.year) != Some(edition) {
        let right = Edition::for_year(args.year).map_or("2019年以前的格式", Edition::code);
        crate::output::complain(&format!("注意：{}年度报告应使用 {right} 格式", args.year));
    }
    let report = empty_form(edition, args.year, agency);
    let source =
        Source { file: args.to.to_string_lossy().into_owned(), format: "template".to_owned(), sha256: String::new() };
    let load = || fonts::load(None);
    let bytes = render_report(&ReadReport { source, report }, to, &load).map_err(|error| error.to_string())?;
    write_result(&args.to, &bytes)?;
    Ok(DONE)
}
