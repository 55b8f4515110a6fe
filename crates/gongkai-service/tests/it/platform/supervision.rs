//! The supervising office: reports are sent and filed, checked on arrival, decided about, summed, scored.

use gongkai_law::{CellRef, Edition};
use gongkai_model::ids::{AgencyId, OfficerId};
use gongkai_model::officer::{Grant, Officer, Role};
use gongkai_service::platform::{
    Actor, Fault, Filing, ReceiptState, ReportText, ScoreRules, Services, Standing, Upload,
};
use gongkai_service::report::{ReadReport, Report, Source, Target, render_report, template};
use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

use super::House;
use super::annual::{brought_in, filled, noon, principal, signed};

pub(super) fn supervisor(house: &House) -> Actor {
    let directory = house.services.directory();
    let office = directory.by_code("000000001").map_or(AgencyId(Uuid::nil()), |one| one.id);
    let officer = Officer {
        id: OfficerId(Uuid::now_v7()),
        name: "孙监督".to_owned(),
        agency: office,
        grants: vec![Grant::own(Role::Supervisor)],
    };
    Actor { officer, over_all: true }
}

/// The report of an agency for 2025 with everything zero but its new cases of natural persons, which balance.
pub(super) fn report(agency: &str, year: i16, many: i64) -> Report {
    let edition = Edition::for_year(year).unwrap();
    let mut report = template(edition, year, agency);
    let filled = [
        "applications.new_received.natural_person",
        "applications.new_received.total",
        "applications.granted.natural_person",
        "applications.granted.total",
        "applications.total_concluded.natural_person",
        "applications.total_concluded.total",
    ];
    for (cell, value) in &mut report.cells {
        let number = if filled.contains(&cell.to_string().as_str()) { many } else { 0 };
        value.value = Some(rust_decimal::Decimal::from(number));
    }
    for section in &mut report.sections {
        if section.number >= 5 {
            section.text = "存在的主要问题：公开的形式比较单一，图表少。改进情况：重点文件都增加了图解。".to_owned();
        }
    }
    report
}

pub(super) fn file(name: &str, report: Report) -> Upload {
    let source = Source { file: String::new(), format: String::new(), sha256: String::new() };
    let none = || gongkai_service::report::Fonts::from_files(Vec::new());
    let bytes = render_report(&ReadReport { source, report }, Target::Docx, &none).unwrap();
    Upload { name: name.to_owned(), bytes }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_49_a_report_is_sent_checked_given_back_mended_and_accepted_and_a_verdict_is_remembered() {
    for house in House::each().await {
        let (services, clerk, agency) = (&house.services, &house.crew.clerk, house.agency);
        super::desk::set_up(&house).await;
        let (head, office) = (principal(&house).await, supervisor(&house));
        let now = noon(date(2026, 3, 2));
        brought_in(&house, now).await;
        // The report for 2024, read with the one for 2025 later.
        services.enter_zeros(now, clerk, 2025).await.unwrap();
        let page = services.report_page(now, clerk, agency, 2025).await.unwrap();
        // A number typed by hand that disagrees with the table is found on arrival.
        let mut text = filled(page.text);
        text.other.push_str("\n全年收到政府信息公开申请9件。");
        services.save_report(now, clerk, 2025, 0, text).await.unwrap();
        assert!(matches!(services.submit_report(now, clerk, 2025).await, Err(Fault::Refused(_))), "not signed");
        let page = services.report_page(now, clerk, agency, 2025).await.unwrap();
        let held = page.findings.iter().filter(|one| one.holds_up()).count();
        assert!(held > 0 || page.findings.iter().any(|one| one.finding.message.contains('9')), "{:?}", page.findings);
        let text =
            ReportText { other: filled(page.text.clone()).other.replace("申请9件", "申请0件"), ..page.text };
        services.save_report(now, clerk, 2025, 1, text).await.unwrap();
        let edition = services.fix_report(now, clerk, 2025, 2).await.unwrap();
        signed(&house, edition, &head, now).await;
        services.submit_report(now, clerk, 2025).await.unwrap();
        assert!(matches!(services.submit_report(now, clerk, 2025).await, Err(Fault::Refused(_))), "the same twice");
        let list = services.reporting(now, &office, 2025).await.unwrap();
        let one = list.rows.iter().find(|row| row.agency == agency).unwrap();
        assert_eq!(one.standing, Standing::Late, "2 March is after 31 January");
        let id = one.line.as_ref().unwrap().id;
        let denied = services.receipt_page(now, clerk, id).await;
        assert!(matches!(denied, Err(Fault::Forbidden)), "agencies do not look at what the office received");
        let received = services.receipt_page(now, &office, id).await.unwrap();
        assert_eq!(
            received.report.value(CellRef::parse("applications.carried_in.total").unwrap()).unwrap().to_string(),
            "1"
        );
        let noted = received.findings.iter().find(|one| one.level != gongkai_service::report::Level::Notice).cloned();
        if let Some(noted) = &noted {
            let short = services.decide_finding(now, &office, id, (&noted.fingerprint, true), "行").await;
            assert!(matches!(short, Err(Fault::Invalid(_))), "a verdict says why");
            let decided = (noted.fingerprint.as_str(), true);
            services.decide_finding(now, &office, id, decided, "与案卷核对一致").await.unwrap();
        }
        assert!(matches!(services.return_report(now, &office, id, 1, " ").await, Err(Fault::Invalid(_))));
        services.return_report(now, &office, id, 1, "第五部分太空泛，请补充").await.unwrap();
        let page = services.report_page(now, clerk, agency, 2025).await.unwrap();
        assert_eq!(page.fate.as_ref().unwrap().reason, "第五部分太空泛，请补充");
        assert!(page.may_submit);
        let told = services.notices_of(clerk, 50).await.unwrap();
        assert!(told.iter().any(|one| one.text.contains("退回了2025年度报告")));
        services.recall_report(now, clerk, 2025, "按主管部门的要求补充").await.unwrap();
        let page = services.report_page(now, clerk, agency, 2025).await.unwrap();
        let text = ReportText {
            problems: "存在的主要问题：部分补正告知书写得不够具体。改进情况：已经统一告知书的范本。".to_owned(),
            ..page.text
        };
        let version = page.report.unwrap().version;
        services.save_report(now, clerk, 2025, version, text).await.unwrap();
        let second = services.fix_report(now, clerk, 2025, version + 1).await.unwrap();
        assert_eq!(second, edition, "the same edition, signed anew");
        signed(&house, second, &head, now).await;
        services.submit_report(now, clerk, 2025).await.unwrap();
        let list = services.reporting(now, &office, 2025).await.unwrap();
        let line = list.rows.iter().find_map(|row| row.line.clone()).unwrap();
        assert_eq!((line.number, line.state), (2, ReceiptState::Received));
        let stale = services.accept_report(now, &office, id, 2).await;
        assert!(stale.is_err(), "a later one has taken its place");
        let again = services.receipt_page(now, &office, line.id).await.unwrap();
        if let Some(noted) = noted {
            let same = again.findings.iter().find(|one| one.fingerprint == noted.fingerprint);
            assert!(same.is_none_or(|one| one.verdict.is_some()), "what was decided holds while nothing changed");
        }
        services.accept_report(now, &office, line.id, 1).await.unwrap();
        let sum = services.sum_of_reports(&office, 2025).await.unwrap();
        assert_eq!((sum.summed.reports, sum.summed.missing.len()), (1, 0));
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_from_outside_is_taken_in_its_form_for_its_agency_and_its_year_and_once() {
    for house in House::each().await {
        let (services, office) = (&house.services, supervisor(&house));
        let now = noon(date(2026, 3, 2));
        for (code, name) in [("000000021", "示例区档案馆"), ("000000022", "示例区气象局")] {
            let above = services.directory().by_code("000000001").map(|one| one.id);
            services.add_agency(noon(date(2024, 1, 2)), code, name, above).await.unwrap();
        }
        let take = async |chosen: &str, confirmed: bool, upload: Upload| {
            services
                .file_report(now, &office, &Filing { agency: chosen, known: confirmed, ..Filing::default() }, upload)
                .await
        };
        let why = |outcome: Result<_, Fault>| match outcome {
            Err(fault) => fault.to_string(),
            Ok(_) => panic!("taken"),
        };
        let upload = file("a.docx", report("示例区档案馆", 2025, 6));
        let clerk = services.file_report(now, &house.crew.clerk, &Filing::default(), upload).await;
        assert!(matches!(clerk, Err(Fault::Forbidden)));
        let mut old_form = report("示例区档案馆", 2020, 6);
        old_form.year = Some(2025);
        old_form.title = Some("示例区档案馆2025年政府信息公开工作年度报告".to_owned());
        assert!(why(take("", false, file("旧.docx", old_form)).await).contains("2021年的格式"));
        let mut without = report("示例区档案馆", 2025, 6);
        without.cells.retain(|cell, _| cell.table() != 4);
        let told = why(take(
            "",
            false,
            Upload {
                name: "缺.json".to_owned(),
                bytes: {
                    let source = Source { file: String::new(), format: String::new(), sha256: String::new() };
                    gongkai_service::report::report_to_json(&ReadReport { source, report: without })
                        .to_string()
                        .into_bytes()
                },
            },
        )
        .await);
        assert!(told.contains("表四"), "{told}");
        assert!(
            why(take("", false, Upload { name: "坏.docx".to_owned(), bytes: vec![1, 2, 3] }).await).contains("坏.docx")
        );
        assert!(
            why(take("", false, file("别.docx", report("没有的机关局", 2025, 6))).await).contains("没有“没有的机关局”")
        );
        let other = file("别.docx", report("示例区档案局", 2025, 6));
        let told = why(take("000000021", false, other).await);
        assert!(told.contains("示例区档案局") && told.contains("已核对"), "{told}");
        assert!(why(take("", false, file("今.docx", report("示例区档案馆", 2026, 6))).await).contains("还没有结束"));
        let first = take("", false, file("档案馆.docx", report("示例区档案馆", 2025, 6))).await.unwrap();
        assert_eq!((first.agency.as_str(), first.year), ("示例区档案馆", 2025));
        let twice = why(take("", false, file("档案馆.docx", report("示例区档案馆", 2025, 6))).await);
        assert!(twice.contains("已经登记过"), "{twice}");
        let renamed = take("000000022", true, file("气象.docx", report("示例区气象台", 2025, 4))).await.unwrap();
        assert_eq!(renamed.agency, "示例区气象局");
        let sum = services.sum_of_reports(&office, 2025).await.unwrap();
        let total = CellRef::parse("applications.new_received.total").unwrap();
        assert_eq!(sum.report.value(total).unwrap().to_string(), "10");
        let (_, parts) = services.parts_of_sum(&office, 2025, &total.to_string()).await.unwrap();
        let from: Vec<_> = parts.iter().map(|one| (one.name.as_str(), one.value.unwrap().to_string())).collect();
        assert_eq!(from, [("示例区档案馆", "6".to_owned()), ("示例区气象局", "4".to_owned())]);
        let missing = sum.summed.missing.clone();
        assert_eq!(missing, ["示例区审计局"]);
        let (alike, all) = services.alike(&office, 2025).await.unwrap();
        assert_eq!((alike.len(), all, alike[0].agencies), (2, 2, 2), "both tell the same in two sentences");
        let scores = services.scores(now, &office, 2025).await.unwrap();
        let archive = scores.iter().find(|one| one.name == "示例区档案馆").unwrap();
        assert!(archive.report_late && archive.points <= 90);
        assert!(!archive.is_measured, "nobody works there on the platform");
        assert!(scores.iter().take_while(|one| one.is_measured).any(|one| one.name == "示例区审计局"));
        let strict = ScoreRules { report_late: 50, ..ScoreRules::default() };
        services.set_score_rules(now, &office, 0, &strict).await.unwrap();
        let after = services.scores(now, &office, 2025).await.unwrap();
        assert!(after.iter().find(|one| one.name == "示例区档案馆").unwrap().points < archive.points);
        let wrong = ScoreRules { late: (-1, 5), ..ScoreRules::default() };
        assert!(matches!(services.set_score_rules(now, &office, 1, &wrong).await, Err(Fault::Invalid(_))));
        let (_, paper) = services.work_paper(now, &office, 2025).await.unwrap();
        let captions: Vec<&str> = paper.tables().map(|table| table.caption.as_str()).collect();
        for part in ["各机关报送情况", "收到时核对的发现和认定", "各机关的比例", "第五部分文字相同的机关", "考核得分"]
        {
            assert!(captions.contains(&part), "{part}: {captions:?}");
        }
        assert!(!captions.contains(&"明显不同的机关"), "nobody stands out");
        the_governments_figures(services, &office, now, (&total, &house.crew.clerk)).await;
    }
}

/// 条例 第四十九条第二款: the government's figures are those of its agencies and its own, and they are whole only when every agency has reported.
async fn the_governments_figures(
    services: &Services,
    office: &Actor,
    now: Timestamp,
    (total, clerk): (&CellRef, &Actor),
) {
    let figures = services.figures(now, office.agency(), 2025).await.unwrap();
    let new = figures.computed.get(total).unwrap();
    assert_eq!((new.value, new.agencies), (Some(10.into()), Some(10.into())));
    let rules = CellRef::parse("proactive.licences.decisions").unwrap();
    assert_eq!(
        figures.computed.get(&rules).unwrap().value,
        None,
        "what is its own is not entered: the sum is not known"
    );
    let wanting = figures.agencies.as_ref().unwrap().wanting();
    assert!(wanting[0].contains("示例区审计局") && wanting[1].contains('2'), "{wanting:?}");
    let said = ("000014349", "2025年3月并入其他机关");
    assert!(matches!(services.exempt_agency(now, clerk, 2025, said).await, Err(Fault::Forbidden)));
    assert!(
        services.exempt_agency(now, office, 2025, ("000000021", "已经报送的机关")).await.is_err(),
        "its report has come"
    );
    assert!(matches!(services.exempt_agency(now, office, 2025, ("000014349", "无")).await, Err(Fault::Invalid(_))));
    services.exempt_agency(now, office, 2025, said).await.unwrap();
    let list = services.reporting(now, office, 2025).await.unwrap();
    assert!(list.rows.iter().any(|one| one.standing == Standing::Exempt && one.exempt == said.1));
    let accepted = services.accept_all(now, office, 2025).await.unwrap();
    assert_eq!(accepted, list.acceptable);
    let left = services.figures(now, office.agency(), 2025).await.unwrap().agencies.unwrap();
    assert_eq!((left.missing.len(), left.waiting), (0, 2 - accepted));
    services.exempt_agency(now, office, 2025, ("000014349", "")).await.unwrap();
    let back = services.figures(now, office.agency(), 2025).await.unwrap().agencies.unwrap();
    assert_eq!(back.missing, ["示例区审计局"]);
    let years = services.agency_years(office, "000000021").await.unwrap();
    assert_eq!(years.years.iter().map(|(line, _)| line.year).collect::<Vec<_>>(), [2025]);
    assert!(matches!(services.agency_years(clerk, "000000021").await, Err(Fault::Forbidden)));
}
