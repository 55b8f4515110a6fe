//! The counting rules, and that any cases give tables that balance.

use gongkai_law::{
    ApplicantColumn as C, ApplicationRow as R, CellRef, Disposition, Edition, Outcome, ProceedingColumn as P,
    ProceedingGroup as G,
};
use gongkai_report::check::check;
use gongkai_report::tally::{ApplicationFact, Part, ProceedingFact, Tally, TallyError, tally};
use gongkai_report::{Cell, Report, Subject};
use gongkai_testkit::{sample_report, sample_report_2019};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn case(id: u32, received: Date, concluded: Option<(Outcome, Date)>) -> ApplicationFact<u32> {
    ApplicationFact { id, applicant: C::NaturalPerson, received, concluded }
}

fn count(tally: &Tally<u32>, row: R) -> usize {
    tally.count(CellRef::Application(row, C::Total))
}

#[test]
fn x11_a_case_open_at_the_end_of_the_year_is_new_carried_out_and_carried_in() {
    let cases = [case(1, date(2025, 12, 15), Some((Outcome::NotExist, date(2026, 1, 13))))];
    let first = tally(2025, Edition::F2021, &cases, &[]).unwrap();
    assert_eq!(
        [R::NewReceived, R::CarriedOut, R::TotalConcluded, R::CarriedIn].map(|row| count(&first, row)),
        [1, 1, 0, 0]
    );
    let second = tally(2026, Edition::F2021, &cases, &[]).unwrap();
    assert_eq!(
        [R::NewReceived, R::CarriedIn, R::UnableNotHeld, R::TotalConcluded, R::CarriedOut]
            .map(|row| count(&second, row)),
        [0, 1, 1, 1, 0]
    );
    assert_eq!(second.cases(CellRef::Application(R::UnableNotHeld, C::NaturalPerson)), [1]);
    for year in [2024, 2027] {
        assert!(tally(year, Edition::F2021, &cases, &[]).unwrap().cells().all(|(_, count)| count == 0));
    }
}

#[test]
fn two_replies_that_differ_in_law_share_a_row_and_2019_has_one_row_of_others() {
    let day = date(2020, 5, 6);
    let outcomes = [Outcome::NotExist, Outcome::NotThisOrgan, Outcome::CorrectionAbandoned, Outcome::Withdrawn];
    let cases: Vec<_> = (1..).zip(outcomes).map(|(id, outcome)| case(id, day, Some((outcome, day)))).collect();
    let old = tally(2020, Edition::F2019, &cases, &[]).unwrap();
    assert_eq!([R::UnableNotHeld, R::Other].map(|row| count(&old, row)), [2, 2]);
    let new = tally(2020, Edition::F2021, &cases, &[]).unwrap();
    assert_eq!([R::OtherCorrectionAbandoned, R::OtherOtherReason, R::Other].map(|row| count(&new, row)), [1, 1, 0]);
}

#[test]
fn a_suit_counts_where_it_takes_effect_and_only_for_the_original_organ() {
    let suit = |id, part, ended| ProceedingFact {
        id,
        group: G::SuitAfterReconsideration,
        accepted: date(2025, 6, 2),
        ended,
        part,
    };
    let won = Some((Disposition::ClaimDismissed, date(2026, 4, 1)));
    let cases = [suit(1, Part::OriginalOrgan, won), suit(2, Part::ReconsiderationOrgan, won)];
    let cell = |column| CellRef::Proceeding(G::SuitAfterReconsideration, column);
    let pending = tally(2025, Edition::F2021, &[], &cases).unwrap();
    assert_eq!([P::Pending, P::Total].map(|column| pending.count(cell(column))), [1, 1]);
    let ended = tally(2026, Edition::F2021, &[], &cases).unwrap();
    assert_eq!([P::Upheld, P::Pending, P::Total].map(|column| ended.count(cell(column))), [1, 0, 1]);
    let refused = ProceedingFact {
        id: 3,
        group: G::Reconsideration,
        accepted: date(2025, 6, 2),
        ended: Some((Disposition::NotAccepted, date(2025, 6, 9))),
        part: Part::OriginalOrgan,
    };
    let none = tally(2025, Edition::F2021, &[], std::slice::from_ref(&refused)).unwrap();
    assert_eq!(none.count(CellRef::Proceeding(G::Reconsideration, P::Total)), 0);
    let wrong = ProceedingFact { group: G::DirectSuit, ..refused };
    assert_eq!(tally(2025, Edition::F2021, &[], &[wrong]), Err(TallyError::WrongEnd(3)));
}

#[test]
fn facts_that_cannot_be_are_named() {
    let mut bad = case(7, date(2025, 5, 6), Some((Outcome::Partial, date(2025, 5, 5))));
    assert_eq!(tally(2025, Edition::F2021, &[bad.clone()], &[]), Err(TallyError::EndsBeforeItBegins(7)));
    bad.applicant = C::Total;
    assert_eq!(tally(2025, Edition::F2021, &[bad], &[]), Err(TallyError::NoApplicant(7)));
}

fn day() -> impl Strategy<Value = Date> {
    (0_i64..1400).prop_map(|n| date(2019, 1, 1).checked_add(jiff::Span::new().days(n)).unwrap())
}

fn cases() -> impl Strategy<Value = Vec<ApplicationFact<u32>>> {
    let one = (
        prop::sample::select(C::KINDS.to_vec()),
        day(),
        prop::option::of((prop::sample::select(Outcome::ALL.to_vec()), 0_i64..400)),
    );
    prop::collection::vec(one, 0..60).prop_map(|list| {
        (1..)
            .zip(list)
            .map(|(id, (applicant, received, end))| {
                let later = |days| received.checked_add(jiff::Span::new().days(days)).unwrap();
                ApplicationFact {
                    id,
                    applicant,
                    received,
                    concluded: end.map(|(outcome, days)| (outcome, later(days))),
                }
            })
            .collect()
    })
}

fn disputes() -> impl Strategy<Value = Vec<ProceedingFact<u32>>> {
    let one = (
        prop::sample::select(G::ALL.to_vec()),
        day(),
        prop::option::of((prop::sample::select(Disposition::ALL.to_vec()), 0_i64..400)),
        any::<bool>(),
    );
    prop::collection::vec(one, 0..30).prop_map(|list| {
        (1000..)
            .zip(list)
            .map(|(id, (group, accepted, end, original))| ProceedingFact {
                id,
                group,
                accepted,
                ended: end
                    .filter(|(end, _)| end.by_court() != (group == G::Reconsideration))
                    .map(|(end, days)| (end, accepted.checked_add(jiff::Span::new().days(days)).unwrap())),
                part: if original { Part::OriginalOrgan } else { Part::ReconsiderationOrgan },
            })
            .collect()
    })
}

/// A report whose tables 3 and 4 are the tally.
fn report_of(tally: &Tally<u32>, base: Report) -> Report {
    let mut report = base;
    for (cell, count) in tally.cells() {
        report.cells.insert(cell, Cell::of(Decimal::from(count)));
    }
    report
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_tally_of_any_cases_balances_in_every_column_and_edition(cases in cases(), disputes in disputes(), year in 2018_i16..2024) {
        for edition in [Edition::F2019, Edition::F2021] {
            let tally = tally(year, edition, &cases, &disputes).unwrap();
            let base = if edition == Edition::F2019 { sample_report_2019() } else { sample_report() };
            let report = report_of(&tally, base);
            let sums = ["R050", "R070", "R071", "R072", "R073", "R074", "R075", "R090", "R091", "R092", "R006"];
            let found = check(&Subject::new(&report), None);
            prop_assert!(found.iter().all(|finding| !sums.contains(&finding.rule)), "{:?}", found);
            // Each case is counted once among new and carried in, once among results and carried out.
            for (first, second) in [(R::NewReceived, R::CarriedIn), (R::TotalConcluded, R::CarriedOut)] {
                let mut ids = [first, second].map(|row| tally.cases(CellRef::Application(row, C::Total))).concat();
                let all = ids.len();
                ids.sort_unstable();
                ids.dedup();
                prop_assert_eq!(ids.len(), all);
            }
        }
    }

    #[test]
    fn what_a_year_carries_out_the_next_carries_in(cases in cases(), year in 2018_i16..2023) {
        let this = tally(year, Edition::F2021, &cases, &[]).unwrap();
        let next = tally(year + 1, Edition::F2021, &cases, &[]).unwrap();
        for column in C::ALL {
            prop_assert_eq!(
                this.cases(CellRef::Application(R::CarriedOut, column)),
                next.cases(CellRef::Application(R::CarriedIn, column))
            );
        }
    }
}
