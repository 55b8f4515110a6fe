//! What is set is read back identical, in every format, for random reports.

use gongkai_service::report::{
    Edition, Fonts, ReadReport, Report, Source, Target, font_folders, read_bytes, render_report, template,
};
use gongkai_testkit::{any_report, sample_report};
use proptest::prelude::*;

fn no_fonts() -> Fonts {
    Fonts::from_files([])
}

/// The free fonts of the system; `.ci/run` installs them.
fn system_fonts() -> Fonts {
    let mut files = Vec::new();
    for folder in font_folders(None) {
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
            if entry.file_type().is_file() && entry.file_name().to_str().is_some_and(Fonts::is_known_file) {
                files.extend(std::fs::read(entry.path()).ok());
            }
        }
    }
    Fonts::from_files(files)
}

fn wrapped(report: Report) -> ReadReport {
    ReadReport {
        source: Source { file: "random".to_owned(), format: "json".to_owned(), sha256: String::new() },
        report,
    }
}

/// What two reports say, apart from where it stood.
fn differences(set: &Report, read: &Report, at_line_ends: bool) -> Vec<String> {
    let mut out = Vec::new();
    for (cell, wanted) in &set.cells {
        match read.cells.get(cell) {
            Some(found) if found.value == wanted.value => {}
            found => out.push(format!("{cell}: {:?} ≠ {:?}", wanted.value, found.map(|c| c.value))),
        }
    }
    out.extend(read.cells.keys().filter(|cell| !set.cells.contains_key(cell)).map(|cell| format!("{cell} appeared")));
    for (name, a, b) in [("title", &set.title, &read.title), ("agency", &set.agency, &read.agency)] {
        if a != b {
            out.push(format!("{name}: {a:?} ≠ {b:?}"));
        }
    }
    if (set.year, set.form, set.period) != (read.year, read.form, read.period) {
        out.push(format!(
            "{:?} {:?} {:?} ≠ {:?} {:?} {:?}",
            set.year, set.form, set.period, read.year, read.form, read.period
        ));
    }
    let texts = |report: &Report| -> Vec<(String, String)> {
        let mut all = vec![("preamble".to_owned(), report.preamble.clone())];
        all.extend(report.sections.iter().map(|s| (format!("{} {}", s.number, s.title), s.text.clone())));
        all
    };
    // A PDF does not tell whether a line that ends at a Han character ended at a space.
    let spelt = |text: &str| if at_line_ends { text.replace(' ', "") } else { text.to_owned() };
    for ((name, a), (other, b)) in texts(set).into_iter().zip(texts(read)) {
        if (&name, spelt(&a)) != (&other, spelt(&b)) {
            out.push(format!("{name}: {a:?} ≠ {other}: {b:?}"));
        }
    }
    out.truncate(5);
    out
}

fn back(report: &Report, target: Target, suffix: &str, fonts: &dyn Fn() -> Fonts) -> Report {
    let bytes = render_report(&wrapped(report.clone()), target, fonts).unwrap();
    read_bytes(&format!("x.{suffix}"), &bytes).unwrap().report
}

const FORMATS: [(Target, &str); 6] = [
    (Target::Docx, "docx"),
    (Target::Xlsx, "xlsx"),
    (Target::Html, "html"),
    (Target::Markdown, "md"),
    (Target::Csv, "csv"),
    (Target::Json, "json"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_report_is_read_back_identical(report in any_report()) {
        for (target, suffix) in FORMATS {
            let read = back(&report, target, suffix, &no_fonts);
            prop_assert_eq!(differences(&report, &read, false), Vec::<String>::new(), "{}", suffix);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5))]
    #[test]
    fn any_report_is_read_back_identical_from_pdf(report in any_report()) {
        let read = back(&report, Target::Pdf, "pdf", &system_fonts);
        prop_assert_eq!(differences(&report, &read, true), Vec::<String>::new());
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = wrapped(sample_report());
    for (target, suffix) in FORMATS.into_iter().chain([(Target::Pdf, "pdf")]) {
        let fonts = || if target == Target::Pdf { system_fonts() } else { no_fonts() };
        assert_eq!(render_report(&report, target, &fonts), render_report(&report, target, &fonts), "{suffix}");
    }
}

#[test]
fn a_pdf_says_that_it_is_archivable_and_accessible() {
    let bytes = render_report(&wrapped(sample_report()), Target::Pdf, &system_fonts).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    for mark in ["<pdfaid:part>2", "<pdfaid:conformance>A", "<pdfuaid:part>1", "/Lang"] {
        assert!(text.contains(mark), "{mark}");
    }
}

#[test]
fn a_character_without_a_font_is_named_before_typesetting() {
    let mut report = sample_report();
    report.preamble.push_str("联系人\u{e123}\u{10fffd}。");
    let error = render_report(&wrapped(report), Target::Pdf, &system_fonts).unwrap_err().to_string();
    assert!(error.contains("U+E123") && error.contains("U+10FFFD"), "{error}");
}

#[test]
fn an_empty_form_is_read_back() {
    for edition in [Edition::F2019, Edition::F2021] {
        let year = if edition == Edition::F2019 { 2020 } else { 2025 };
        let form = template(edition, year, "示例市示例局");
        for (target, suffix) in [(Target::Docx, "docx"), (Target::Xlsx, "xlsx"), (Target::Json, "json")] {
            let read = back(&form, target, suffix, &no_fonts);
            assert_eq!(differences(&form, &read, false), Vec::<String>::new(), "{suffix}");
            assert!(read.cells.values().all(|cell| cell.value.is_none()), "{suffix}");
        }
    }
}
