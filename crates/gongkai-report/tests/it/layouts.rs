//! The same report is read the same from every layout.

use gongkai_report::render::render;
use gongkai_report::{Report, read};
use gongkai_testkit::{Layout, balanced_report, lay_out, lines, sample_report};
use proptest::prelude::*;

/// Cells of `read` that differ from `expected`, as `path: expected ≠ read`.
fn differences(expected: &Report, read: &Report) -> Vec<String> {
    expected
        .cells
        .iter()
        .filter_map(|(cell, wanted)| {
            let found = read.cells.get(cell).and_then(|found| found.value);
            (found != wanted.value).then(|| format!("{cell}: {:?} ≠ {found:?}", wanted.value))
        })
        .take(6)
        .collect()
}

#[test]
fn the_sample_is_read_whole_from_every_layout() {
    let report = sample_report();
    for layout in Layout::COMPLETE.into_iter().chain([Layout::PdfLayout]) {
        let text = lay_out(&render(&report), layout);
        let found = read(&lines(&text));
        assert_eq!(differences(&report, &found), Vec::<String>::new(), "{layout:?}");
        assert_eq!(found.agency, report.agency, "{layout:?}");
        assert_eq!(found.year, report.year, "{layout:?}");
        assert_eq!(found.period, report.period, "{layout:?}");
        assert_eq!(found.form, report.form, "{layout:?}");
        for section in &report.sections {
            let text: String = found.section_text(section.number).split_whitespace().collect();
            let expected: String = section.text.split_whitespace().collect();
            assert_eq!(text, expected, "{layout:?} section {}", section.number);
        }
    }
}

#[test]
fn glued_digits_are_told_apart_by_the_sums() {
    let report = sample_report();
    let found = read(&lines(&lay_out(&render(&report), Layout::Glued)));
    let wrong: Vec<String> = report
        .cells
        .iter()
        .filter(|(cell, wanted)| {
            let value = found.cells.get(cell).and_then(|c| c.value);
            value.is_some() && value != wanted.value
        })
        .map(|(cell, _)| cell.to_string())
        .collect();
    assert_eq!(wrong, Vec::<String>::new(), "a figure was guessed wrongly");
    let missing = differences(&report, &found);
    assert!(missing.len() <= 3, "{missing:?}");
}

#[test]
fn a_table_with_only_its_totals_keeps_blanks_blank() {
    use gongkai_law::{ApplicantColumn, ApplicationRow};
    let report = sample_report();
    let found = read(&lines(&lay_out(&render(&report), Layout::TotalOnly)));
    for row in ApplicationRow::of(gongkai_law::Edition::F2021) {
        assert_eq!(
            found.application(*row, ApplicantColumn::Total),
            report.application(*row, ApplicantColumn::Total),
            "{row:?}"
        );
        assert_eq!(found.application(*row, ApplicantColumn::Business), None, "{row:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_balanced_report_is_read_whole_from_every_layout(report in balanced_report()) {
        for layout in Layout::COMPLETE {
            let found = read(&lines(&lay_out(&render(&report), layout)));
            prop_assert_eq!(differences(&report, &found), Vec::<String>::new(), "{:?}", layout);
            prop_assert_eq!(found.form, report.form, "{:?}", layout);
        }
    }
}
