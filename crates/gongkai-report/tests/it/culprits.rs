//! What is said of broken sums and of what hangs on them: one cause, and never advice to break a right cell.

use gongkai_law::{ApplicantColumn as C, ApplicationRow as R};
use gongkai_report::check::{Finding, check};
use gongkai_report::{Report, Subject};
use gongkai_testkit::sample_report;

use crate::cases::{app, blank, set};

fn spoilt(change: impl Fn(&mut Report)) -> Vec<Finding> {
    let mut report = sample_report();
    change(&mut report);
    check(&Subject::new(&report), None)
}

/// All findings about a cell tell the same two figures.
fn tells(found: &[Finding], printed: &str, right: &str) {
    assert!(!found.is_empty());
    for finding in found {
        assert_eq!((finding.found.as_str(), finding.expected.as_str()), (printed, right), "{finding:?}");
    }
}

#[test]
fn figures_of_findings_are_those_of_the_culprit() {
    let total = app(R::TotalConcluded, C::Total);
    let found = spoilt(|report| set(report, total, 31));
    assert!(found.iter().any(|f| f.rule == "R080"), "{found:?}");
    tells(&found, "31", "13");
    let held = app(R::UnableNotHeld, C::NaturalPerson);
    let found = spoilt(|report| blank(report, held, ""));
    assert!(found.iter().any(|f| f.rule == "R074"), "{found:?}");
    tells(&found, "未填", "3");
    let found = spoilt(|report| blank(report, held, "3*"));
    tells(&found, "3*", "3");
    let found = spoilt(|report| set(report, held, -3));
    tells(&found, "-3", "3");
    assert!(found.iter().all(|f| f.advice.contains("多了负号")), "{found:?}");
}

#[test]
fn a_row_that_moved_is_one_slip() {
    let row = |values: [Option<i64>; 7]| {
        move |report: &mut Report| {
            for (column, value) in C::ALL.into_iter().zip(values) {
                match value {
                    Some(value) => set(report, app(R::Granted, column), value),
                    None => blank(report, app(R::Granted, column), ""),
                }
            }
        }
    };
    let (right, left) = (
        row([None, Some(4), Some(1), Some(0), Some(0), Some(0), Some(0)]),
        row([Some(1), Some(0), Some(0), Some(0), Some(0), Some(5), None]),
    );
    for (found, slip) in [(spoilt(right), "整体右移一格"), (spoilt(left), "整体左移一格")] {
        let errors: Vec<&Finding> = found.iter().filter(|f| matches!(f.rule, "R071" | "R072" | "R075")).collect();
        assert!(errors.len() >= 2, "{found:?}");
        for finding in errors {
            assert!(finding.advice.contains(slip) && finding.expected.starts_with("4、1、0"), "{finding:?}");
        }
    }
}

#[test]
fn neighbours_exchanged_are_one_slip() {
    let found = spoilt(|report| {
        set(report, app(R::UnableNotHeld, C::NaturalPerson), 0);
        set(report, app(R::UnableNeedsCreation, C::NaturalPerson), 3);
    });
    let errors: Vec<&Finding> = found.iter().filter(|f| f.rule == "R072").collect();
    assert!(!errors.is_empty() && errors.iter().all(|f| f.advice.contains("与相邻行互换")), "{found:?}");
    let found = spoilt(|report| {
        set(report, app(R::NewReceived, C::NaturalPerson), 1);
        set(report, app(R::NewReceived, C::Business), 11);
    });
    let errors: Vec<&Finding> = found.iter().filter(|f| f.rule == "R070").collect();
    assert!(!errors.is_empty() && errors.iter().all(|f| f.advice.contains("与相邻列互换")), "{found:?}");
}
