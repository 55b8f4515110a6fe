//! Every rule finds the fault it is made for, and a correct report is left in peace.

use gongkai_law::{
    ApplicantColumn as C, ApplicationRow as R, CellRef, ProactiveField as F, ProactiveItem as I, ProceedingColumn as P,
    ProceedingGroup as G,
};
use gongkai_report::check::{Finding, RULES, check, check_set};
use gongkai_report::{Cell, FormKind, Level, Report, Subject, read};
use gongkai_testkit::{balanced_report, lines, sample_report, sample_report_2019};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::cases::{app, reread, set, single_cases, swap, text};

fn findings(report: &Report) -> Vec<Finding> {
    check(&Subject::new(report), None)
}

fn pair(rule: &'static str, change: impl Fn(&mut Report, &mut Report)) -> (&'static str, bool) {
    let mut this = sample_report();
    let mut last = sample_report();
    last.year = Some(2022);
    last.title = Some("示例市示例局2022年政府信息公开工作年度报告".into());
    set(&mut last, CellRef::Proactive(I::NormativeDocuments, F::InForce), 6);
    set(&mut last, app(R::CarriedOut, C::NaturalPerson), 2);
    set(&mut last, app(R::CarriedOut, C::Total), 2);
    text(&mut last, 5, "年度计划执行不均衡，个别栏目更新不及时。下一步将按月检查栏目更新，建立通报制度，落实到人。");
    change(&mut this, &mut last);
    (rule, check(&Subject::new(&this), Some(&Subject::new(&last))).iter().any(|finding| finding.rule == rule))
}

fn named(agency: &str, year: i16, new: i64) -> Report {
    let mut report = sample_report();
    report.agency = Some(agency.into());
    report.year = Some(year);
    report.title = Some(format!("{agency}{year}年政府信息公开工作年度报告"));
    set(&mut report, app(R::NewReceived, C::Total), new);
    report
}

fn set_has(rule: &str, reports: &[Report]) -> bool {
    let subjects: Vec<Subject<'_>> = reports.iter().map(Subject::new).collect();
    check_set(&subjects).iter().flatten().any(|finding| finding.rule == rule)
}

#[test]
fn every_rule_finds_the_fault_it_is_made_for() {
    let mut missed: Vec<&str> = Vec::new();
    let mut tried: Vec<&str> = Vec::new();
    for (rule, make) in single_cases() {
        tried.push(rule);
        let found = findings(&make());
        if !found.iter().any(|finding| finding.rule == rule) {
            missed.push(rule);
        }
        for finding in found.iter().filter(|finding| finding.rule == rule) {
            assert!(
                !finding.message.is_empty()
                    && !finding.advice.is_empty()
                    && !finding.found.is_empty()
                    && !finding.expected.is_empty(),
                "{rule}"
            );
        }
    }
    let pairs = [
        pair("R054", |this, _| set(this, CellRef::Proactive(I::NormativeDocuments, F::InForce), 9)),
        pair("R059", |this, last| {
            last.cells.insert(CellRef::Proactive(I::Fees, F::Amount10kYuan), Cell::of("26.55".parse().unwrap()));
            set(this, CellRef::Proactive(I::Fees, F::Amount10kYuan), 30_000);
        }),
        pair("R061", |this, last| {
            set(last, CellRef::Proactive(I::Penalties, F::Decisions), 600);
            set(this, CellRef::Proactive(I::Penalties, F::Decisions), 3);
        }),
        pair("R065", |this, last| {
            set(last, CellRef::Proactive(I::Regulations, F::InForce), 5);
            set(this, CellRef::Proactive(I::Regulations, F::InForce), 5);
            set(this, CellRef::Proactive(I::Regulations, F::Repealed), 2);
        }),
        pair("R076", |_, last| set(last, app(R::CarriedOut, C::Total), 7)),
        pair("R099", |_, last| set(last, CellRef::Proceeding(G::DirectSuit, P::Pending), 3)),
        pair("R116", |this, _| swap(this, 1, "主动公开政府信息60条", "主动公开政府信息60条，同比增长50%")),
        pair("R137", |this, last| {
            let five = this.section_text(5).to_owned();
            text(last, 5, &five);
        }),
    ];
    for (rule, found) in pairs {
        tried.push(rule);
        if !found {
            missed.push(rule);
        }
    }
    {
        tried.push("R058");
        let (this, mut last) = (sample_report_2019(), sample_report_2019());
        last.year = Some(2018);
        set(&mut last, CellRef::Proactive(I::Licences, F::PriorItems), 99);
        if !check(&Subject::new(&this), Some(&Subject::new(&last))).iter().any(|f| f.rule == "R058") {
            missed.push("R058");
        }
    }
    let many: Vec<Report> = (0_i64..9)
        .map(|n| {
            named(
                &format!("示例市{}局", char::from_u32(0x4e00 + u32::try_from(n).unwrap() * 7).unwrap()),
                2023,
                if n == 8 { 5000 } else { n },
            )
        })
        .collect();
    let sets = [
        ("R140", vec![named("示例市甲局", 2023, 12), named("示例市乙局", 2023, 12)]),
        ("R141", vec![named("示例市甲局", 2021, 12), named("示例市甲局", 2023, 12)]),
        ("R142", vec![named("示例市人民政府", 2023, 1), named("示例市甲局", 2023, 12), named("示例市乙局", 2023, 12)]),
        ("R143", many),
    ];
    for (rule, reports) in &sets {
        tried.push(rule);
        if !set_has(rule, reports) {
            missed.push(rule);
        }
    }
    assert_eq!(missed, Vec::<&str>::new(), "rules that did not find their fault");
    let untried: Vec<&str> = RULES.iter().map(|rule| rule.id).filter(|id| !tried.contains(id)).collect();
    assert_eq!(untried, Vec::<&str>::new(), "rules without a case");
}

#[test]
fn a_correct_report_is_left_in_peace() {
    for report in [sample_report(), sample_report_2019()] {
        let found: Vec<String> = findings(&report).iter().map(|f| format!("{} {}", f.rule, f.message)).collect();
        assert_eq!(found, Vec::<String>::new());
    }
    let found: Vec<String> =
        findings(&reread(&sample_report(), |t| t)).iter().map(|f| format!("{} {}", f.rule, f.message)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn one_wrong_cell_is_named_with_the_value_that_mends_all() {
    let mut report = sample_report();
    set(&mut report, app(R::Granted, C::NaturalPerson), 40);
    let found = findings(&report);
    let named: Vec<&Finding> = found.iter().filter(|f| f.culprit.is_some()).collect();
    assert_eq!(named.len(), 2, "{found:?}");
    for finding in named {
        assert_eq!(finding.culprit, Some(app(R::Granted, C::NaturalPerson)));
        assert_eq!(finding.cells.first(), Some(&app(R::Granted, C::NaturalPerson)));
        assert!(finding.advice.contains("由40改为4") && finding.advice.contains("多了一位"), "{}", finding.advice);
    }
}

#[test]
fn two_exchanged_rows_are_told_from_two_slips() {
    let mut report = sample_report();
    set(&mut report, app(R::Granted, C::Business), 0);
    set(&mut report, app(R::Partial, C::Business), 1);
    // Each column still balances; only the two rows are off.
    let found = findings(&report);
    assert!(found.iter().all(|f| f.rule == "R072" || f.level < Level::Error), "{found:?}");
}

#[test]
fn an_older_form_is_said_to_be_one() {
    let text = "示例县示例局2015年政府信息公开工作年度报告\n一、概述\n本年公开信息120条。\n二、主动公开政府信息情况\n略。\n三、依申请公开政府信息情况\n无。\n四、政府信息公开的收费及减免情况\n无。\n五、因政府信息公开申请行政复议、提起行政诉讼情况\n无。\n六、存在的主要问题及改进措施\n公开不够及时，加强培训。";
    let report = read(&lines(text));
    assert_eq!(report.form, FormKind::Older);
    assert!(findings(&report).iter().all(|f| f.level < Level::Error), "{:?}", findings(&report));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_balanced_report_has_no_broken_sum(report in balanced_report()) {
        let sums = ["R050", "R070", "R071", "R072", "R073", "R074", "R075", "R090", "R091", "R092", "R001", "R003", "R004", "R005", "R006"];
        let found = findings(&report);
        prop_assert!(found.iter().all(|f| !sums.contains(&f.rule)), "{:?}", found);
    }

    #[test]
    fn any_single_wrong_cell_breaks_a_sum(report in balanced_report(), pick in any::<prop::sample::Index>(), by in 1_i64..500) {
        let cells: Vec<CellRef> = report.cells.keys().copied().filter(|cell| cell.table() != 2).collect();
        let cell = cells[pick.index(cells.len())];
        let mut spoilt = report.clone();
        let value = report.value(cell).unwrap() + Decimal::from(by);
        spoilt.cells.insert(cell, Cell::of(value));
        let found = findings(&spoilt);
        prop_assert!(found.iter().any(|f| matches!(f.rule, "R070" | "R071" | "R072" | "R075" | "R090" | "R091")), "{} {:?}", cell, found);
        // Table 3 has two equations for each cell: the culprit is named.
        if cell.table() == 3 {
            prop_assert!(found.iter().any(|f| f.culprit == Some(cell)), "{} {:?}", cell, found);
        }
    }
}
