//! What reading, checking and setting cost for one report.

use std::path::Path;

use divan::{Bencher, black_box};
use gongkai_report::Subject;
use gongkai_report::check::check;
use gongkai_service::report::{
    Fonts, ReadReport, Source, Target, aggregate_reports, compare_reports, font_folders, read_bytes, render_report,
};
use gongkai_testkit::sample_report;

fn main() {
    divan::main();
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/formats").join(name)).unwrap_or_default()
}

fn fonts() -> Fonts {
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

fn sample() -> ReadReport {
    let source = Source { file: "sample".to_owned(), format: "json".to_owned(), sha256: String::new() };
    ReadReport { source, report: sample_report() }
}

/// A report of about six pages: the sample with a long text.
fn long() -> ReadReport {
    let mut read = sample();
    for section in &mut read.report.sections {
        if matches!(section.number, 1 | 5) {
            let text = section.text.clone();
            section.text = [text.as_str(); 6].join("\n");
        }
    }
    read
}

#[divan::bench(args = ["sample.docx", "sample.html", "gb18030.txt", "sample.md", "sample.doc", "sample.xlsx", "sample.xls", "sample.json", "sample.pdf", "libreoffice.pdf"])]
fn read(bencher: Bencher, name: &str) {
    let bytes = fixture(name);
    bencher.bench(|| read_bytes(name, black_box(&bytes)));
}

#[divan::bench]
fn read_long_pdf(bencher: Bencher) {
    let bytes = render_report(&long(), Target::Pdf, &fonts).unwrap_or_default();
    bencher.bench(|| read_bytes("long.pdf", black_box(&bytes)));
}

#[divan::bench]
fn check_taken_apart(bencher: Bencher) {
    let report = sample_report();
    let subject = Subject::new(&report);
    bencher.bench(|| check(black_box(&subject), None));
}

#[divan::bench]
fn check_with_text(bencher: Bencher) {
    let report = sample_report();
    bencher.bench(|| check(&Subject::new(black_box(&report)), None));
}

#[divan::bench]
fn check_two_years(bencher: Bencher) {
    let report = sample_report();
    let subject = Subject::new(&report);
    bencher.bench(|| check(black_box(&subject), Some(black_box(&subject))));
}

#[divan::bench(args = [Target::Docx, Target::Html, Target::Xlsx])]
fn set(bencher: Bencher, target: Target) {
    let read = sample();
    bencher.bench(|| render_report(black_box(&read), target, &|| Fonts::from_files([])));
}

#[divan::bench(sample_count = 20)]
fn set_pdf(bencher: Bencher) {
    let read = sample();
    let manuscript = gongkai_report::render::render(&read.report);
    let fonts = fonts();
    bencher.bench(|| gongkai_typeset::pdf(black_box(&manuscript), "标题", Some(2023), &fonts));
}

#[divan::bench]
fn compare(bencher: Bencher) {
    let reads = [sample(), sample()];
    bencher.bench(|| compare_reports(black_box(&reads)));
}

#[divan::bench(sample_count = 10)]
fn aggregate_100(bencher: Bencher) {
    let reads: Vec<ReadReport> = (0..100)
        .map(|n| {
            let mut read = sample();
            read.report.agency = Some(format!("示例市第{n}局"));
            read
        })
        .collect();
    bencher.bench(|| aggregate_reports(black_box(&reads), "示例市", &[], Vec::new()));
}
