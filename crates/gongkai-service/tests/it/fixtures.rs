//! Every fixture is read whole: the invented report of 示例市示例局 for 2023, in every format and layout.

use std::path::{Path, PathBuf};

use gongkai_service::report::read_bytes;
use gongkai_testkit::sample_report;

/// The folder of fixtures.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// Every fixture with its bytes.
pub(crate) fn all() -> Vec<(String, Vec<u8>)> {
    // What stands under `hidden` are no reports.
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder())
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "hidden")
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && !entry.path().to_string_lossy().ends_with("README.md"))
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    files.into_iter().map(|path| (path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap())).collect()
}

#[test]
fn every_fixture_gives_the_figures_of_the_sample() {
    let expected = sample_report();
    let files = all();
    assert!(files.len() >= 12, "fixtures are missing");
    for (name, bytes) in files {
        let read = read_bytes(&name, &bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let wrong: Vec<String> = expected
            .cells
            .iter()
            .filter(|(cell, wanted)| read.report.value(**cell) != wanted.value)
            .map(|(cell, _)| cell.to_string())
            .collect();
        assert_eq!(wrong, Vec::<String>::new(), "{name}");
        assert_eq!(read.report.agency, expected.agency, "{name}");
        assert_eq!(read.report.year, expected.year, "{name}");
        assert_eq!(read.report.form, expected.form, "{name}");
        assert_eq!(read.report.sections.len(), 6, "{name}");
        assert_eq!(read.report.section_text(5), expected.section_text(5), "{name}");
        // The same bytes give the same result.
        assert_eq!(read_bytes(&name, &bytes).unwrap(), read, "{name}");
    }
}

/// Layouts outside this repository, where they are at hand.
#[test]
fn layouts_of_the_survey_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/layouts");
    if !folder.is_dir() {
        eprintln!("skipped: no layouts of the survey at hand");
        return;
    }
    let expected = sample_report();
    for name in [
        "L01_pipe_row",
        "L03_pipe_cell",
        "L05_pipe_ownline_leading",
        "L07_cell_blank",
        "L09_tab_cell",
        "L15_split_headers",
        "L19_lost_chars",
        "L21_trad_gloss",
    ] {
        let bytes = std::fs::read(folder.join(format!("{name}.txt"))).unwrap();
        let read = read_bytes("layout.txt", &bytes).unwrap();
        for (cell, wanted) in &expected.cells {
            assert_eq!(read.report.value(*cell), wanted.value, "{name} {cell}");
        }
    }
    for name in ["L11_cell_line_dedup", "L13_empty_sections"] {
        let bytes = std::fs::read(folder.join(format!("{name}.txt"))).unwrap();
        let read = read_bytes("layout.txt", &bytes).unwrap();
        for (cell, wanted) in &expected.cells {
            let value = read.report.value(*cell);
            assert!(value.is_none() || value == wanted.value, "{name} {cell} was guessed");
        }
        assert!(!read.report.notices.is_empty(), "{name} says nothing");
    }
}

/// The published report that the product is modelled on, where it is at hand.
#[test]
fn the_report_of_nankai_has_no_error_and_one_warning() {
    use gongkai_service::report::{Level, check_reports};
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sample/nankai-audit-2019.txt");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("skipped: the published sample is not at hand");
        return;
    };
    let read = read_bytes("nankai.txt", &bytes).unwrap();
    let findings = check_reports(&[read], None).pop().unwrap();
    let weighty: Vec<&str> = findings.iter().filter(|f| f.level > Level::Notice).map(|f| f.rule).collect();
    assert_eq!(weighty, ["R056"]);
}
