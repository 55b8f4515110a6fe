//! The annual report: compiled out of a million cases, and after one more; the reports of five thousand agencies summed, and the pages of the
//! supervising office over ten years of them.

#![expect(clippy::expect_used, clippy::disallowed_methods, reason = "a measurement: what fails stops it")]

use std::time::Instant;

use gongkai_model::application::clock::Channel;
use gongkai_model::ids::OfficerId;
use gongkai_model::officer::{Grant, Officer, Role};
use gongkai_model::org::UnitKind;
use gongkai_service::platform::{Actor, ApplicationForm, Intake, Options, Services};
use jiff::Timestamp;
use jiff::civil::date;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use uuid::Uuid;

const CASES: usize = 1_000_000;
const AGENCIES: usize = 5_000;
const YEARS: usize = 10;

/// A million cases of 2025, one in fifty still open, some from the year before.
fn cases(unit: &str) -> String {
    format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {CASES}) \
         INSERT INTO application (id, unit_id, registration_no, query_hash, channel, arrived_on, arrived_at, kind, sealed, \
         shown_name, subject, state, due_projected, due_provisional, received_on, concluded_on, outcome, updated_at, version, \
         counted_on, counted_outcome) \
         SELECT randomblob(16), x'{unit}', printf('B-%07d', i), hex(randomblob(32)), 'online', d, 0, \
         CASE i % 6 WHEN 0 THEN 'business' WHEN 1 THEN 'research' ELSE 'natural_person' END, '', '某', '某事', \
         CASE WHEN i % 50 = 0 THEN 'running' ELSE 'concluded' END, 0, 0, d, e, o, 0, 1, e, o FROM \
         (SELECT i, date('2024-11-15', '+' || (i % 400) || ' days') AS d, \
         CASE WHEN i % 50 = 0 THEN NULL ELSE date('2024-11-15', '+' || (i % 400 + 12) || ' days') END AS e, \
         CASE WHEN i % 50 = 0 THEN NULL WHEN i % 7 = 0 THEN 'partial' WHEN i % 7 = 1 THEN 'not_exist' ELSE 'granted_provided' END AS o \
         FROM n)"
    )
}

/// Agencies that are to report.
fn agencies(parent: &str) -> [String; 2] {
    [
        format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {AGENCIES}) \
             INSERT INTO unit (id, code, kind, parent_id, position, settings, version) \
             SELECT randomblob(16), printf('1%08d', i), 'agency', x'{parent}', 0, '{{}}', 1 FROM n"
        ),
        "INSERT INTO unit_name (unit_id, from_on, name) SELECT id, '2010-01-01', '示例' || code || '局' FROM unit WHERE code LIKE '1%'"
            .to_owned(),
    ]
}

/// An account in each agency: scores look at the columns of those who work on the platform.
fn people() -> &'static str {
    "INSERT INTO officer (id, unit_id, login, name, post, must_change, failures, disabled, created_at, version, totp_step) \
     SELECT randomblob(16), id, 'n' || code, '某', '', 0, 0, 0, 0, 1, 0 FROM unit WHERE code LIKE '1%'"
}

/// A report of each agency for each of ten years, every figure of the form filled.
fn receipts() -> String {
    let figures = vec!["7"; gongkai_service::platform::CellRef::of(gongkai_law::Edition::F2021).len()].join(",");
    let problems = "存在的主要问题：一是政策解读形式单一，多为文字说明。二是部分申请的补正告知不够具体明确。改进情况：增加图表和案例解读；补正告知书列明需要补正的内容。本年处理的事项编号";
    format!(
        "WITH RECURSIVE y(year) AS (SELECT 2016 UNION ALL SELECT year + 1 FROM y WHERE year < {last}) \
         INSERT INTO report_receipt (id, unit_id, year, number, source, report, file_name, state, reason, arrived_at, arrived_on, \
         errors, open_errors, warnings, findings, explained, cells, problems, new_received, carried_in, concluded, carried_out, granted, partial, denied, \
         unable, disputes, overturned, version) \
         SELECT randomblob(16), id, year, 1, 'platform', printf('%064d', 0), '', 'received', '', 0, (year + 1) || '-01-20', 0, 0, 1, \
         '[]', '', '2021:{figures}', '{problems}' || code, 40, 3, 41, 2, abs(random() % 30), 4, 3, 2, 3, abs(random() % 3), 1 FROM unit, y WHERE code LIKE '1%'",
        last = 2016 + YEARS - 1,
    )
}

async fn run(base: &DatabaseConnection, sql: &str) {
    base.execute_unprepared(sql).await.expect("rows");
}

/// An application that is handed in.
fn intake(number: usize) -> Intake {
    let form = ApplicationForm {
        kind: "natural_person".to_owned(),
        name: "某".to_owned(),
        title: format!("某事{number}"),
        ..ApplicationForm::default()
    };
    Intake { channel: Channel::InPerson, on: date(2026, 3, 10), form }
}

#[expect(clippy::print_stdout, reason = "what was measured")]
fn say(what: &str, began: Instant) {
    println!("{what}：{:.1} 毫秒", began.elapsed().as_secs_f64() * 1_000.0);
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let now: Timestamp = "2026-03-10T04:00:00Z".parse().expect("a moment");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = Options { data: data.clone(), database: None, reader: None, fills_index: true };
        let services = Services::open(options, true, now).await.expect("a platform");
        let office = services
            .add_unit(now, None, "000000001", "示例市人民政府办公室", UnitKind::SupervisingOffice, None)
            .await
            .expect("an office");
        let agency = services
            .add_unit(now, None, "000000002", "示例市审计局", UnitKind::Agency, Some(office))
            .await
            .expect("one");
        let person = |role, agency| Actor {
            officer: Officer {
                id: OfficerId(Uuid::now_v7()),
                name: "某".to_owned(),
                agency,
                grants: vec![Grant::own(role)],
            },
            over_all: role == Role::Supervisor,
        };
        let clerk = person(Role::DisclosureOfficer, agency);
        // The first case makes the key that seals personal data.
        services.register_application(now, &clerk, &intake(0)).await.expect("a case");
        let address = format!("sqlite://{}", data.join("gongkai.sqlite").display());
        let base = Database::connect(address).await.expect("a base");
        run(&base, &cases(&agency.0.simple().to_string())).await;
        run(&base, "PRAGMA wal_checkpoint(TRUNCATE)").await;
        let began = Instant::now();
        services.recount().await.expect("counted");
        say("从一百万件申请重新计数（直接写入数据库以后才需要）", began);
        for _ in 0..3 {
            let began = Instant::now();
            let figures = services.figures(now, agency, 2025).await.expect("figures");
            say("编制一百万件申请的年度", began);
            assert!(figures.adjusted.values().any(|value| value.to_string().len() > 5));
        }
        for number in 1..4 {
            services.register_application(now, &clerk, &intake(number)).await.expect("a case");
            let began = Instant::now();
            services.figures(now, agency, 2026).await.expect("figures");
            say("新收一件以后重新编制", began);
        }
        for sql in agencies(&office.0.simple().to_string()) {
            run(&base, &sql).await;
        }
        run(&base, people()).await;
        run(&base, &receipts()).await;
        run(&base, "PRAGMA wal_checkpoint(TRUNCATE)").await;
        services.refresh(now).await.expect("units");
        let supervisor = person(Role::Supervisor, office);
        for _ in 0..3 {
            let began = Instant::now();
            let sum = services.sum_of_reports(&supervisor, 2024).await.expect("a sum");
            say("汇总五千份报告", began);
            assert_eq!(sum.summed.reports, AGENCIES);
            let began = Instant::now();
            services.reporting(now, &supervisor, 2024).await.expect("a list");
            say("报送情况（五千个机关，十年合计）", began);
            let began = Instant::now();
            services.standing_out(&supervisor, 2024).await.expect("a comparison");
            say("比较（五千个机关）", began);
            let began = Instant::now();
            services.alike(&supervisor, 2024).await.expect("shared sentences");
            say("第五部分相同的句子（五千份）", began);
            let began = Instant::now();
            services.scores(now, &supervisor, 2024).await.expect("scores");
            say("考核得分（五千个机关）", began);
            let began = Instant::now();
            services.figures(now, office, 2024).await.expect("figures of the government");
            say("本级政府的报告（五千份和本级）", began);
            let began = Instant::now();
            services.agency_years(&supervisor, "100000777").await.expect("years");
            say("一个机关各年", began);
        }
    });
}
