//! The annual report out of the work: counts, the ledger, layers, the way out, corrections.

use gongkai_law::{CellRef, ProceedingGroup};
use gongkai_model::ids::EditionId;
use gongkai_model::officer::{Grant, Officer, Role};
use gongkai_service::platform::{
    Actor, AdjustmentInput, ApplicationFilter, Behind, DraftInput, Ended, Fault, Figures, LedgerInput, LedgerOrigin,
    NewDispute, NewOfficer, ReportStage, ReportText,
};
use gongkai_service::report::Level;
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::{House, agreed};

pub(super) const CODE: &str = "000014349";

const CASES: &str = "registration_no,applicant_kind,applicant_name,channel,received_on,subject,outcome,served_on
A-1,natural_person,张示例,online,2023-12-20,决算,granted_provided,2024-01-10
A-2,business,示例公司,mail_signed,2024-03-01,工程,partial,2024-03-20
A-3,natural_person,李示例,in_person,2024-12-20,检查记录,not_exist,2025-01-08
A-4,legal_service,示例律所,online,2024-05-20,规划,withdrawn,2024-05-21
";

const DISPUTES: &str = "dispute_no,kind,registration_no,filed_on,result,decided_on
F-1,reconsideration,A-2,2024-04-02,upheld,2024-05-30
S-1,suit_after_reconsideration,A-2,2024-11-02,overturned,2025-03-02
";

const LEDGER: &str = "year,item,field,value,month
2024,licences,decisions,1000,3
2024,licences,decisions,204,9
2024,penalties,decisions,7,
2024,fees,amount_10k_yuan,103.3879,
";

pub(super) fn noon(day: Date) -> Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(day.at(4, 0, 0, 0)).unwrap()
}

fn cell(path: &str) -> CellRef {
    CellRef::parse(path).unwrap()
}

fn value(figures: &Figures, path: &str) -> Option<String> {
    figures.adjusted.get(&cell(path)).map(|value| value.normalize().to_string())
}

pub(super) async fn brought_in(house: &House, now: Timestamp) {
    let services = &house.services;
    let cases = services.import_cases(now, CODE, ("c.csv", CASES.as_bytes()), false).await.unwrap();
    let disputes = services.import_disputes(now, CODE, ("d.csv", DISPUTES.as_bytes()), false).await.unwrap();
    let ledger = services.import_ledger(now, CODE, ("l.csv", LEDGER.as_bytes()), false).await.unwrap();
    assert_eq!((cases.added, disputes.added, ledger.added), (4, 2, 4), "{:?}", ledger.refused);
}

/// The head of the agency, who signs the report.
pub(super) async fn principal(house: &House) -> Actor {
    let new = NewOfficer {
        section: None,
        login: "principal".to_owned(),
        name: "某局长".to_owned(),
        post: String::new(),
        roles: vec![Role::Principal],
    };
    let administrator = &house.crew.administrator;
    let (id, _link) = house.services.add_officer(super::at(-500), administrator, house.agency, &new).await.unwrap();
    let grants = vec![Grant::own(Role::Principal)];
    Actor { officer: Officer { id, name: "某局长".to_owned(), agency: house.agency, grants }, over_all: false }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_follow_cases_disputes_and_ledger_and_each_knows_what_lies_behind() {
    for house in House::each().await {
        let (services, clerk) = (&house.services, &house.crew.clerk);
        let now = noon(date(2026, 3, 2));
        brought_in(&house, now).await;
        let again = services.import_ledger(now, CODE, ("l.csv", LEDGER.as_bytes()), false).await.unwrap();
        assert_eq!((again.added, again.known), (0, 4), "the same file twice changes nothing");
        let figures = services.figures_of(now, CODE, 2024).await.unwrap();
        for (path, expected) in [
            ("applications.new_received.total", "3"),
            ("applications.carried_in.natural_person", "1"),
            ("applications.granted.total", "1"),
            ("applications.partial.business", "1"),
            ("applications.other.other_reason.legal_service", "1"),
            ("applications.total_concluded.total", "3"),
            ("applications.carried_out.natural_person", "1"),
            ("proceedings.reconsideration.upheld", "1"),
            ("proceedings.suit_after_reconsideration.pending", "1"),
            ("proactive.licences.decisions", "1204"),
            ("proactive.fees.amount_10k_yuan", "103.3879"),
        ] {
            assert_eq!(value(&figures, path).as_deref(), Some(expected), "{path}");
        }
        let blank = figures.blank();
        assert!(blank.contains(&cell("proactive.coercion.decisions")), "blank is not zero");
        assert!(blank.contains(&cell("proactive.normative_documents.in_force")), "no document is known: {blank:?}");
        assert!(!figures.is_wrong(), "{:?}", figures.findings);
        let next = services.figures_of(now, CODE, 2025).await.unwrap();
        assert_eq!(value(&next, "applications.carried_in.natural_person").as_deref(), Some("1"));
        assert_eq!(value(&next, "proceedings.suit_after_reconsideration.overturned").as_deref(), Some("1"));
        let behind =
            async |path: &str| services.behind(now, clerk, house.agency, 2024, (path, 1)).await.unwrap().behind;
        match behind("applications.carried_out.total").await {
            Behind::Applications(rows) => {
                let numbers: Vec<_> = rows.iter().filter_map(|one| one.registration_no.as_deref()).collect();
                assert_eq!(numbers, ["A-3"]);
            }
            other => panic!("{other:?}"),
        }
        match behind("applications.total_concluded.total").await {
            Behind::Applications(rows) => assert_eq!(rows.len(), 3),
            other => panic!("{other:?}"),
        }
        match behind("proceedings.suit_after_reconsideration.total").await {
            Behind::Disputes(rows) => assert_eq!(rows[0].number, "S-1"),
            other => panic!("{other:?}"),
        }
        match behind("proactive.licences.decisions").await {
            Behind::Ledger(rows) => {
                assert_eq!(rows.len(), 2);
                assert!(rows[0].source.contains("l.csv 第2行"), "{:?}", rows[0].source);
            }
            other => panic!("{other:?}"),
        }
        let stranger = services.behind(now, &house.crew.drafter, house.agency, 2024, ("applications.granted.total", 1));
        assert!(matches!(stranger.await, Err(Fault::Forbidden)));
        for year in [2018, 2027] {
            assert!(matches!(services.figures_of(now, CODE, year).await, Err(Fault::Refused(_))), "{year}");
        }
        let doctor = services.doctor(now).await.unwrap();
        assert!(doctor.iter().any(|one| one.what == "年度报告的计数" && one.wrong.is_none()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_file_that_is_wrong_says_where_and_why_and_brings_nothing_in() {
    let house = House::open(None).await;
    let now = noon(date(2026, 3, 2));
    let import = async |text: &str| house.services.import_ledger(now, CODE, ("l.csv", text.as_bytes()), false).await;
    let head = "year,item,field,value,month";
    for (row, says) in [
        ("2024,licences,3,decisions,", "field"),
        ("licences,2024,decisions,3,", "year"),
        ("2024,licences,decisions,若干,", "不是数"),
        ("2024,licences,decisions,,", "没有数"),
        ("2024,licences,decisions,-2,", "负数"),
        ("2024,licences,decisions,2.5,", "不是整数"),
        ("2031,licences,decisions,3,", "还没有到"),
        ("2018,licences,decisions,3,", "2019"),
        ("2020,licences,amount_10k_yuan,3,", "没有"),
        ("2024,procurement,projects,2,", "政府集中采购"),
        ("2024,normative_documents,in_force,12,6", "年末"),
        ("2026,licences,decisions,3,9", "还没有到"),
        ("2024,licences,decisions,3,13", "1至12"),
    ] {
        let outcome = import(&format!("{head}\n2024,penalties,decisions,1,\n{row}\n")).await.unwrap();
        assert_eq!((outcome.added, outcome.refused.len()), (0, 1), "{row}");
        assert_eq!(outcome.refused[0].row, 3);
        assert!(outcome.refused[0].why.contains(says), "{row}: {}", outcome.refused[0].why);
    }
    let twice = import(&format!("{head}\n2024,penalties,decisions,1,\n2024,penalties,decisions,1,\n")).await.unwrap();
    assert_eq!((twice.added, twice.twice.as_slice()), (1, [(3, 2)].as_slice()));
    let other = import(&format!("{head}\n2024,penalties,decisions,4,\n")).await.unwrap();
    assert!(other.refused[0].why.contains("已登记为1"), "{:?}", other.refused);
    let months = import(&format!("{head}\n2024,penalties,decisions,4,5\n")).await.unwrap();
    assert!(months.refused[0].why.contains("重复计算"), "{:?}", months.refused);
    assert!(matches!(import("year,item,value\n2024,licences,3\n").await, Err(Fault::Invalid(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_entered_with_their_source_made_void_with_a_reason_and_adjusted_with_a_paper() {
    for house in House::each().await {
        let (services, clerk) = (&house.services, &house.crew.clerk);
        let now = noon(date(2026, 3, 2));
        let input = |cell: &str, value: &str, source: &str| LedgerInput {
            cell: cell.to_owned(),
            value: value.to_owned(),
            source: source.to_owned(),
            ..LedgerInput::default()
        };
        let enter = async |one: LedgerInput| {
            services.enter_figures(now, clerk, 2025, LedgerOrigin::Entered, std::slice::from_ref(&one)).await
        };
        assert!(matches!(enter(input("licences.decisions", "12", "")).await, Err(Fault::Invalid(_))), "no source");
        assert_eq!(enter(input("licences.decisions", "12", "许可台账")).await.unwrap(), 1);
        assert_eq!(enter(input("licences.decisions", "12", "许可台账")).await.unwrap(), 0, "known");
        assert!(matches!(enter(input("licences.decisions", "13", "许可台账")).await, Err(Fault::Invalid(_))));
        let page = services.ledger_page(now, clerk, 2025).await.unwrap();
        let id = page.lines[0].entry.id;
        assert!(matches!(services.void_figure(now, clerk, 2025, id, " ").await, Err(Fault::Invalid(_))));
        let leader = services.void_figure(now, &house.crew.leader, 2025, id, "看错").await;
        assert!(matches!(leader, Err(Fault::Forbidden)));
        services.void_figure(now, clerk, 2025, id, "看错了一行").await.unwrap();
        assert_eq!(enter(input("licences.decisions", "13", "许可台账")).await.unwrap(), 1);
        let page = services.ledger_page(now, clerk, 2025).await.unwrap();
        assert_eq!(page.lines.len(), 2, "what is void stays in the list");
        assert!(services.enter_zeros(now, clerk, 2025).await.unwrap() > 0);
        let figures = services.figures_of(now, CODE, 2025).await.unwrap();
        assert_eq!(
            (value(&figures, "proactive.licences.decisions").as_deref(), figures.blank().len()),
            (Some("13"), 0)
        );
        let mut change = AdjustmentInput {
            cell: "applications.granted.total".to_owned(),
            amount: "1".to_owned(),
            reason: "系统启用前口头答复的一件".to_owned(),
            paper: "登记簿第3页".to_owned(),
        };
        let refused = services.adjust(now, clerk, 2025, &change).await;
        assert!(matches!(refused, Err(Fault::Invalid(_))), "a sum is not adjusted");
        change.cell = "applications.granted.natural_person".to_owned();
        change.amount = "-1".to_owned();
        assert!(matches!(services.adjust(now, clerk, 2025, &change).await, Err(Fault::Invalid(_))), "below nothing");
        change.amount = "+1".to_owned();
        services.adjust(now, clerk, 2025, &change).await.unwrap();
        let figures = services.figures_of(now, CODE, 2025).await.unwrap();
        let of = |path: &str| value(&figures, path).unwrap();
        assert_eq!(
            (of("applications.granted.total"), of("applications.total_concluded.total")),
            ("1".into(), "1".into())
        );
        assert_eq!(figures.computed[&cell("applications.granted.natural_person")].value.unwrap().to_string(), "0");
        assert!(figures.is_wrong(), "one more result without one more case does not balance, and says so now");
        let added = figures.additions[0].id;
        services.take_adjustment_back(now, clerk, 2025, added, "登记簿已补录").await.unwrap();
        assert!(!services.figures_of(now, CODE, 2025).await.unwrap().is_wrong());
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_reply_by_order_makes_no_new_case_and_the_first_result_stays_in_its_year() {
    for house in House::each().await {
        let (services, clerk) = (&house.services, &house.crew.clerk);
        super::desk::set_up(&house).await;
        brought_in(&house, noon(date(2026, 3, 2))).await;
        let filter = ApplicationFilter { limit: 10, ..ApplicationFilter::default() };
        let list = services.applications_list(clerk, filter).await.unwrap();
        let id = list.iter().find(|one| one.registration_no.as_deref() == Some("A-3")).unwrap().id;
        let now = noon(date(2026, 3, 10));
        let new = NewDispute {
            application: Some(id),
            prior: None,
            kind: ProceedingGroup::Reconsideration,
            number: "F-9".to_owned(),
            forum: "示例区人民政府".to_owned(),
            filed_on: date(2026, 3, 3),
            copy_on: Some(date(2026, 3, 4)),
            simplified: false,
            co_defendant: false,
        };
        let dispute = services.note_dispute(now, clerk, &new).await.unwrap();
        let ended = Ended {
            ruling: "ordered".to_owned(),
            on: date(2026, 3, 9),
            new_reply: Some((date(2026, 3, 10), date(2026, 4, 9))),
            lesson: "检索范围不全".to_owned(),
        };
        services.end_dispute(now, clerk, dispute, 1, &ended).await.unwrap();
        assert_eq!(services.application(now, clerk, id).await.unwrap().record.standing.state, "reopened");
        let figures = async |year| services.figures_of(now, CODE, year).await.unwrap();
        let (then, this) = (figures(2025).await, figures(2026).await);
        assert_eq!(value(&then, "applications.unable.not_held.natural_person").as_deref(), Some("1"));
        assert_eq!(value(&this, "applications.carried_in.total").as_deref(), Some("0"), "it is no open case of 2026");
        assert_eq!(value(&this, "proceedings.reconsideration.overturned").as_deref(), Some("1"));
        assert_eq!(
            value(&this, "applications.new_received.total").as_deref(),
            Some("0"),
            "a new reply makes no new case"
        );
        let doctor = services.doctor(now).await.unwrap();
        assert!(doctor.iter().all(|one| one.what != "年度报告的计数" || one.wrong.is_none()));
    }
}

/// The text with its open places filled.
pub(super) fn filled(text: ReportText) -> ReportText {
    let fill = |text: String| {
        let mut out = text;
        while let (Some(from), Some(to)) = (out.find('【'), out.find('】')) {
            out.replace_range(from..to + '】'.len_utf8(), "没有发生需要说明的情形。");
        }
        out
    };
    ReportText {
        preamble: fill(text.preamble),
        overview: fill(text.overview),
        problems: fill(text.problems),
        other: fill(text.other),
        writers: Vec::new(),
    }
}

pub(super) async fn signed(house: &House, edition: EditionId, head: &Actor, now: Timestamp) {
    let crew = &house.crew;
    for who in [&crew.head, &crew.secrecy, &crew.leader, head] {
        let seen = house.services.view(now, who, edition).await.unwrap().record.edition.content;
        house.services.review(now, who, edition, agreed(who, "同意"), &seen).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_49_a_report_is_fixed_signed_published_and_corrected_by_a_new_version() {
    for house in House::each().await {
        let (services, clerk, agency) = (&house.services, &house.crew.clerk, house.agency);
        super::desk::set_up(&house).await;
        let head = principal(&house).await;
        let now = noon(date(2026, 3, 2));
        brought_in(&house, now).await;
        let page = services.report_page(now, clerk, agency, 2025).await.unwrap();
        assert!(!page.is_ready() && !page.missing.is_empty() && page.stage == ReportStage::Working);
        services.save_report(now, clerk, 2025, 0, filled(page.text.clone())).await.unwrap();
        let conflict = services.save_report(now, clerk, 2025, 0, page.text.clone()).await;
        assert!(matches!(conflict, Err(Fault::Conflict)));
        assert!(matches!(services.fix_report(now, clerk, 2025, 1).await, Err(Fault::Invalid(_))), "cells are blank");
        services.enter_zeros(now, clerk, 2025).await.unwrap();
        let unknown = ReportText { other: "收到{没有这个数}件".to_owned(), ..filled(page.text.clone()) };
        services.save_report(now, clerk, 2025, 1, unknown).await.unwrap();
        let wrong = services.report_page(now, clerk, agency, 2025).await.unwrap();
        assert!(wrong.missing.iter().any(|one| one.contains("没有这个数")), "{:?}", wrong.missing);
        services.save_report(now, clerk, 2025, 2, filled(page.text)).await.unwrap();
        let ready = services.report_page(now, clerk, agency, 2025).await.unwrap();
        assert!(ready.is_ready(), "{:?} {:?}", ready.missing, ready.findings);
        assert!(ready.resolved.overview.contains("收到政府信息公开申请0件"), "{}", ready.resolved.overview);
        let early = services.save_report(now, clerk, 2026, 0, ready.text.clone()).await;
        assert!(early.is_ok(), "the text of the running year may be written");
        assert!(
            matches!(services.fix_report(now, clerk, 2026, 1).await, Err(Fault::Refused(_))),
            "the year is not over"
        );
        let edition = services.fix_report(now, clerk, 2025, 3).await.unwrap();
        let view = services.view(now, &house.crew.drafter, edition).await.unwrap();
        assert!(!view.may_edit && view.report_year == Some(2025));
        assert_eq!(view.record.edition.chain.codes(), "section_head secrecy_reviewer division_leader principal");
        let by_hand =
            services.save(now, &house.crew.drafter, edition, view.record.version, &DraftInput::default()).await;
        assert!(matches!(by_hand, Err(Fault::Refused(_))), "text and tables are not edited apart");
        let again = services.save_report(now, clerk, 2025, 4, ready.text.clone()).await;
        assert!(matches!(again, Err(Fault::Refused(_))), "it is under review");
        signed(&house, edition, &head, now).await;
        services.publish(now, &house.crew.publisher, edition).await.unwrap();
        // A case of 2025 that turns up later: the report stands, the difference is shown.
        let late = "registration_no,applicant_kind,applicant_name,channel,received_on,subject,outcome,served_on\n\
                    A-9,business,示例公司,online,2025-06-03,漏登,granted_provided,2025-06-20\n";
        services.import_cases(now, CODE, ("late.csv", late.as_bytes()), false).await.unwrap();
        let page = services.report_page(now, clerk, agency, 2025).await.unwrap();
        assert_eq!(page.stage, ReportStage::Published);
        assert_eq!(page.figures.published, page.figures.reported, "the public reads what was reported");
        assert!(page.figures.unlike_published().is_empty());
        let drifted = page.figures.drifted();
        assert!(drifted.iter().any(|(one, then, now)| {
            *one == cell("applications.new_received.business")
                && then.unwrap().is_zero()
                && now.unwrap().to_string() == "1"
        }));
        assert_eq!(page.full.value(cell("applications.new_received.business")).unwrap().to_string(), "0");
        assert!(matches!(services.correct_report(now, clerk, 2025, " ").await, Err(Fault::Invalid(_))));
        services.correct_report(now, clerk, 2025, "补登一件漏登的申请").await.unwrap();
        let page = services.report_page(now, clerk, agency, 2025).await.unwrap();
        assert_eq!((page.stage, page.report.as_ref().unwrap().number), (ReportStage::Working, 2));
        let second = services.fix_report(now, clerk, 2025, page.report.unwrap().version).await.unwrap();
        signed(&house, second, &head, now).await;
        services.publish(now, &house.crew.publisher, second).await.unwrap();
        let view = services.view(now, &house.crew.drafter, second).await.unwrap();
        assert_eq!((view.record.number, view.record.extras.change_note.as_str()), (2, "补登一件漏登的申请"));
        let page = services.report_page(now, clerk, agency, 2025).await.unwrap();
        assert!(page.figures.drifted().is_empty());
        // The year after is held against what was reported.
        let next = services.figures_of(now, CODE, 2026).await.unwrap();
        assert!(next.last_year.is_some() && !next.is_wrong(), "{:?}", next.findings);
        let more = late.replace("A-9", "A-10").replace("granted_provided,2025-06-20", "granted_provided,2026-01-20");
        services.import_cases(now, CODE, ("more.csv", more.as_bytes()), false).await.unwrap();
        let next = services.figures_of(now, CODE, 2026).await.unwrap();
        let carried = next.findings.iter().find(|one| one.rule == "R076").expect("carried in against carried out");
        assert_eq!(carried.level, Level::Error);
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}
