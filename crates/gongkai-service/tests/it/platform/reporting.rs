//! What must not enter a sum silently: blanks, totals without parts, agencies that are no more, reports that should not be; and what is decided stays.

use gongkai_law::CellRef;
use gongkai_model::org::UnitKind;
use gongkai_service::platform::{
    Actor, AdjustmentInput, Fault, Figures, Filing, ReceiptState, Services, Standing, Upload,
};
use gongkai_service::report::Report;
use jiff::Timestamp;
use jiff::civil::date;

use super::House;
use super::annual::noon;
use super::supervision::{file, report, supervisor};

const ARCHIVE: (&str, &str) = ("000000021", "示例区档案馆");

async fn take(
    services: &Services,
    office: &Actor,
    now: Timestamp,
    came: &str,
    upload: Upload,
) -> Result<uuid::Uuid, Fault> {
    services.file_report(now, office, &Filing { came, ..Filing::default() }, upload).await.map(|filed| filed.id)
}

/// The report of the archive with one figure told otherwise; blank where nothing is said.
fn told(path: &str, value: Option<i64>) -> Report {
    let mut one = report(ARCHIVE.1, 2025, 6);
    one.cells.get_mut(&CellRef::parse(path).unwrap()).unwrap().value = value.map(Into::into);
    one
}

async fn with_archive() -> Vec<(House, Actor)> {
    let mut out = Vec::new();
    for house in House::each().await {
        let office = supervisor(&house);
        let above = Some(office.agency());
        house.services.add_agency(noon(date(2024, 1, 2)), ARCHIVE.0, ARCHIVE.1, above).await.unwrap();
        out.push((house, office));
    }
    out
}

fn of(figures: &Figures, path: &str) -> Option<String> {
    figures.computed.get(&CellRef::parse(path).unwrap()).unwrap().value.map(|value| value.normalize().to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blank_is_never_added_up_as_zero() {
    for (house, office) in with_archive().await {
        let (services, now) = (&house.services, noon(date(2026, 2, 10)));
        let input = AdjustmentInput {
            cell: "proactive.penalties.decisions".to_owned(),
            amount: "2".to_owned(),
            reason: "补登两件处罚决定".to_owned(),
            paper: "处罚台账".to_owned(),
        };
        let on_blank = services.adjust(now, &house.crew.clerk, 2025, &input).await;
        assert!(matches!(on_blank, Err(Fault::Invalid(_))), "nobody knows what two is added to");
        let blank = file("空白.docx", told("applications.denied.internal_affairs.natural_person", None));
        take(services, &office, now, "", blank).await.unwrap();
        let figures = services.figures(now, office.agency(), 2025).await.unwrap();
        let sum = figures.agencies.as_ref().unwrap();
        assert_eq!(sum.blanks, [(ARCHIVE.1.to_owned(), 1)]);
        assert!(
            figures.wanting().iter().any(|one| one.contains("空白格") && one.contains(ARCHIVE.1)),
            "{:?}",
            figures.wanting()
        );
        // A sum that does not follow from its parts is told, and the parts count.
        let uneven = file("不平.docx", told("applications.new_received.total", Some(50)));
        take(services, &office, now, "", uneven).await.unwrap();
        let figures = services.figures(now, office.agency(), 2025).await.unwrap();
        let sum = figures.agencies.as_ref().unwrap();
        assert_eq!((sum.uneven.as_slice(), sum.blanks.len()), ([ARCHIVE.1.to_owned()].as_slice(), 0));
        assert_eq!(of(&figures, "applications.new_received.total").unwrap(), "6");
        let page = services.sum_of_reports(&office, 2025).await.unwrap();
        let total = CellRef::parse("applications.new_received.total").unwrap();
        assert_eq!(page.report.value(total), Some(6.into()), "the sum says what the government's report says");
        let absurd = file("天数.docx", told("applications.new_received.total", Some(5_000_000_000_000)));
        assert!(take(services, &office, now, "", absurd).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_about_a_finding_stays_and_counts_while_its_inputs_stay() {
    for (house, office) in with_archive().await {
        let (services, now) = (&house.services, noon(date(2026, 2, 10)));
        let uneven = || told("applications.granted.total", Some(5));
        let id = take(services, &office, now, "2026-01-20", file("甲.docx", uneven())).await.unwrap();
        let list = services.reporting(now, &office, 2025).await.unwrap();
        let row = list.rows.iter().find(|one| one.name == ARCHIVE.1).unwrap();
        assert_eq!(row.standing, Standing::Received, "it came in time, whenever it was filed");
        for wrong in ["2026-02-11", "2025-12-31", "乱写"] {
            assert!(matches!(
                take(services, &office, now, wrong, file("乙.docx", uneven())).await,
                Err(Fault::Invalid(_))
            ));
        }
        let line = row.line.clone().unwrap();
        assert!(line.errors > 0 && line.open_errors == line.errors, "{line:?}");
        assert_eq!(services.accept_all(now, &office, 2025).await.unwrap(), 0, "errors are open");
        assert!(services.accept_report(now, &office, id, 1).await.is_err());
        let open = services.receipt_page(now, &office, id).await.unwrap().findings;
        let open: Vec<String> = open
            .into_iter()
            .filter(gongkai_service::platform::ReceiptFinding::is_open_error)
            .map(|one| one.fingerprint)
            .collect();
        for mark in &open {
            services.decide_finding(now, &office, id, (mark, false), "分项与合计不一致").await.unwrap();
            let later = noon(date(2026, 2, 11));
            services.decide_finding(later, &office, id, (mark, true), "经电话核实，合计为笔误").await.unwrap();
        }
        let page = services.receipt_page(now, &office, id).await.unwrap();
        assert_eq!((page.receipt.line.errors, page.receipt.line.open_errors), (line.errors, 0));
        let said = page.findings.iter().find(|one| one.fingerprint == open[0]).unwrap();
        assert!(said.verdict.as_ref().unwrap().0.passes);
        assert_eq!(said.earlier.iter().map(|(one, _)| one.passes).collect::<Vec<_>>(), [false], "the first stays");
        // The same figures again, with other words in section six: the verdicts hold.
        let mut again = uneven();
        again.sections.iter_mut().find(|one| one.number == 6).unwrap().text = "本年度没有收取信息处理费。".to_owned();
        let second = take(services, &office, now, "", file("丙.docx", again)).await.unwrap();
        let page = services.receipt_page(now, &office, second).await.unwrap();
        assert!(
            open.iter().all(|mark| page.findings.iter().any(|one| one.fingerprint == *mark && one.verdict.is_some()))
        );
        assert_eq!(page.receipt.line.open_errors, 0);
        assert_eq!(services.accept_all(now, &office, 2025).await.unwrap(), 0, "its warnings are looked at one by one");
        services.accept_report(now, &office, second, 1).await.unwrap();
        let other = take(services, &office, now, "", file("丁.docx", report(ARCHIVE.1, 2025, 6))).await;
        assert!(matches!(other, Err(Fault::Invalid(_))), "what was found in order is not replaced silently");
        // Given back, it may be said not to have been due at all.
        services.return_report(now, &office, second, 2, "已并入其他机关，不再单独报送").await.unwrap();
        let wanting = services.figures(now, office.agency(), 2025).await.unwrap().wanting();
        assert!(wanting.iter().any(|one| one.contains("退回")), "{wanting:?}");
        services.exempt_agency(now, &office, 2025, (ARCHIVE.0, "2025年底并入其他机关")).await.unwrap();
        let wanting = services.figures(now, office.agency(), 2025).await.unwrap().wanting();
        assert!(!wanting.iter().any(|one| one.contains(ARCHIVE.1)), "{wanting:?}");
        let list = services.reporting(now, &office, 2025).await.unwrap();
        let row = list.rows.iter().find(|one| one.name == ARCHIVE.1).unwrap();
        assert_eq!(
            (row.standing, row.line.as_ref().map(|one| one.state)),
            (Standing::Exempt, Some(ReceiptState::Returned))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reform_14_who_takes_over_an_agency_reports_its_work_and_one_closed_later_still_has_to() {
    const CASES: &str = "registration_no,applicant_kind,applicant_name,channel,received_on,subject,outcome,served_on
B-1,business,示例公司,online,2025-03-01,工程,partial,2025-03-20
B-2,natural_person,张示例,online,2025-06-20,决算,,
";
    for (house, office) in with_archive().await {
        let (services, founded) = (&house.services, noon(date(2024, 1, 2)));
        let above = Some(office.agency());
        let old = services.add_unit(founded, None, "000000031", "示例区物价局", UnitKind::Agency, above).await.unwrap();
        let late =
            services.add_unit(founded, None, "000000032", "示例区粮食局", UnitKind::Agency, above).await.unwrap();
        let before = noon(date(2025, 6, 30));
        services.import_cases(before, "000000031", ("b.csv", CASES.as_bytes()), false).await.unwrap();
        let mut root = office.clone();
        root.officer.grants.push(gongkai_model::officer::Grant::own(gongkai_model::officer::Role::Administrator));
        services.close_unit(before, &root, old, date(2025, 7, 1), Some(house.agency)).await.unwrap();
        services.close_unit(before, &root, late, date(2026, 2, 1), Some(house.agency)).await.unwrap();
        let now = noon(date(2026, 2, 10));
        services.refresh(now).await.unwrap();
        let figures = services.figures(now, house.agency, 2025).await.unwrap();
        assert_eq!(of(&figures, "applications.new_received.total").unwrap(), "2");
        assert_eq!(of(&figures, "applications.carried_out.natural_person").unwrap(), "1");
        assert!(figures.remarks.iter().any(|one| one.contains("示例区物价局")), "{:?}", figures.remarks);
        let cell = "applications.new_received.business";
        let behind = services.behind(now, &house.crew.clerk, house.agency, 2025, (cell, 1)).await.unwrap();
        assert!(matches!(behind.behind, gongkai_service::platform::Behind::Applications(rows) if rows.len() == 1));
        let list = services.reporting(now, &office, 2025).await.unwrap();
        let names: Vec<&str> = list.rows.iter().map(|one| one.name.as_str()).collect();
        assert!(names.contains(&"示例区粮食局") && !names.contains(&"示例区物价局"), "{names:?}");
        // It is no more: its report comes as a file.
        let upload = file("粮食局.docx", report("示例区粮食局", 2025, 3));
        take(services, &office, now, "2026-01-28", upload).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_49_the_office_is_reminded_of_its_report_and_the_supervisor_of_those_that_came() {
    for (house, office) in with_archive().await {
        let (services, clerk) = (&house.services, &house.crew.clerk);
        let title = |tasks: &[gongkai_service::platform::Task]| {
            tasks
                .iter()
                .filter(|one| one.about == "年度报告")
                .map(|one| (one.title.clone(), one.due))
                .collect::<Vec<_>>()
        };
        let january = noon(date(2027, 1, 26));
        let own = services.desk(january, clerk).await.unwrap();
        // 31 January 2027 is a Sunday: the plan is the Friday before.
        assert_eq!(title(&own.mine), [("2026年度报告".to_owned(), Some(date(2027, 1, 29)))]);
        services.raise_alarms(january).await.unwrap();
        let told = services.notices_of(clerk, 50).await.unwrap();
        let told = told.iter().filter(|one| one.text.contains("2026年度报告的报送和公开")).count();
        assert_eq!(told, 1);
        services.raise_alarms(january).await.unwrap();
        let again = services.notices_of(clerk, 50).await.unwrap();
        assert_eq!(again.iter().filter(|one| one.text.contains("2026年度报告的报送和公开")).count(), 1, "told once");
        let june = noon(date(2027, 6, 10));
        assert!(
            title(&services.desk(june, clerk).await.unwrap().mine).is_empty(),
            "long past, it is in the list of the supervisor"
        );
        assert!(title(&services.desk(january, &office).await.unwrap().mine).is_empty());
        take(services, &office, january, "", file("档案馆.docx", report(ARCHIVE.1, 2026, 6))).await.unwrap();
        assert_eq!(
            title(&services.desk(january, &office).await.unwrap().mine),
            [("1个机关的2026年度报告".to_owned(), None)]
        );
    }
}
