//! 条例 第四十九条第二款: a government reports for its agencies and itself. What it adds up is what one who had all their cases would count.

use std::collections::BTreeMap;

use gongkai_law::{
    ApplicantColumn, CellRef, Edition, Outcome, ProactiveField, ProactiveItem, ProceedingColumn, ProceedingGroup,
};
use gongkai_report::compile::{Computed, Documents, Origin, Sources, adjusted, compute};
use gongkai_report::tally::Class;
use proptest::prelude::*;
use rust_decimal::Decimal;

type Cases = Vec<(Class, i64)>;
type Ledger = BTreeMap<CellRef, (Decimal, Vec<u8>)>;
type Figures = BTreeMap<CellRef, Computed<u8>>;

const YEAR: i16 = 2024;

fn class() -> impl Strategy<Value = Class> {
    let years = YEAR - 2..=YEAR + 1;
    let applicant = prop::sample::select(ApplicantColumn::KINDS.to_vec());
    let outcome = prop::sample::select(Outcome::ALL.to_vec());
    let group = prop::sample::select(ProceedingGroup::ALL.to_vec());
    let column = prop::sample::select(ProceedingColumn::PARTS.to_vec());
    prop_oneof![
        (applicant, years.clone(), prop::option::of((outcome, years.clone())))
            .prop_map(|(applicant, received, ended)| Class::Application { applicant, received, ended }),
        (group, years.clone(), prop::option::of((column, years))).prop_map(|(group, accepted, ended)| {
            Class::Proceeding { group, accepted, ended: ended.map(|(column, year)| (Some(column), year)) }
        }),
    ]
}

fn cases() -> impl Strategy<Value = Cases> {
    prop::collection::vec((class(), 1_i64..50), 0..30)
}

/// A ledger that says every figure of table 2.
fn ledger(value: i64) -> Ledger {
    let cells = CellRef::of(Edition::F2021).into_iter().filter(|cell| cell.table() == 2);
    cells.map(|cell| (cell, (Decimal::from(value), vec![1]))).collect()
}

fn figures(cases: &Cases, ledger: &Ledger, agencies: Option<&BTreeMap<CellRef, Decimal>>) -> Figures {
    let documents = Documents::default();
    let sources = Sources { cases, ledger, documents: &documents, last_year: None, agencies };
    compute(YEAR, Edition::F2021, &sources)
}

fn sum(parts: &[BTreeMap<CellRef, Decimal>]) -> BTreeMap<CellRef, Decimal> {
    let mut out: BTreeMap<CellRef, Decimal> = BTreeMap::new();
    for (cell, value) in parts.iter().flatten() {
        *out.entry(*cell).or_default() += value;
    }
    out
}

proptest! {
    #[test]
    fn the_governments_figures_are_those_of_all_cases_together(one in cases(), two in cases(), own in cases()) {
        let reported = |cases: &Cases| adjusted(Edition::F2021, &figures(cases, &ledger(2), None), &[]);
        let theirs = sum(&[reported(&one), reported(&two)]);
        let government = figures(&own, &ledger(3), Some(&theirs));
        let all: Cases = [one, two, own.clone()].concat();
        let together = figures(&all, &ledger(7), None);
        let alone = figures(&own, &ledger(3), None);
        for (cell, figure) in &government {
            prop_assert_eq!(figure.value, together[cell].value, "{}", cell);
            prop_assert_eq!(figure.own(), alone[cell].value, "{}", cell);
        }
        prop_assert_eq!(
            adjusted(Edition::F2021, &government, &[]),
            adjusted(Edition::F2021, &together, &[])
        );
    }
}

#[test]
fn a_figure_of_its_own_that_nobody_entered_leaves_the_sum_blank() {
    let cell = CellRef::Proactive(ProactiveItem::Licences, ProactiveField::Decisions);
    let theirs = BTreeMap::from([(cell, Decimal::from(40))]);
    let found = figures(&Vec::new(), &Ledger::new(), Some(&theirs));
    assert_eq!((found[&cell].value, found[&cell].agencies), (None, Some(Decimal::from(40))));
    assert_eq!(found[&cell].origin, Origin::Nothing);
    let entered = BTreeMap::from([(cell, (Decimal::ZERO, vec![1]))]);
    assert_eq!(figures(&Vec::new(), &entered, Some(&theirs))[&cell].value, Some(Decimal::from(40)));
}
