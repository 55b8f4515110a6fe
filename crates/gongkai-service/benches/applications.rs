//! Recomputing open dates: as after a new notice of days off, when every date has moved. One hundred thousand of them, in one run.

#![expect(clippy::expect_used, clippy::disallowed_methods, reason = "a measurement: what fails stops it")]

use std::fmt::Write as _;
use std::time::Instant;

use gongkai_model::org::UnitKind;
use gongkai_service::platform::{Options, Services};
use jiff::Timestamp;
use sea_orm::{ConnectionTrait, Database};

const COUNT: usize = 100_000;

#[expect(clippy::print_stdout, reason = "what was measured")]
fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let now: Timestamp = "2026-03-10T04:00:00Z".parse().expect("a moment");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = Options { data: data.clone(), database: None, reader: None, fills_index: true };
        let services = Services::open(options, true, now).await.expect("a platform");
        services
            .add_unit(now, None, "000000001", "示例区政府办公室", UnitKind::SupervisingOffice, None)
            .await
            .expect("an office");
        let mut text = String::from(
            "registration_no,applicant_kind,applicant_name,channel,received_on,subject,outcome,served_on\n",
        );
        for number in 0..COUNT {
            writeln!(
                text,
                "2026-{number:06},natural_person,,in_person,2026-03-0{},第{number}件,,",
                2 + number / 20_000
            )
            .expect("a line");
        }
        services.import_cases(now, "000000001", ("cases.csv", text.as_bytes()), false).await.expect("cases");
        let base =
            Database::connect(format!("sqlite://{}", data.join("gongkai.sqlite").display())).await.expect("a base");
        for _ in 0..3 {
            base.execute_unprepared("UPDATE application SET due_on = date(due_on, '-1 day')").await.expect("moved");
            // What this moved is folded in before the clock runs: it is no part of what is measured.
            base.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.expect("folded in");
            let began = Instant::now();
            let moved = services.restand(now).await.expect("worked out");
            assert_eq!(moved.len(), COUNT);
            println!("重算 {COUNT} 件的期限：{} 毫秒", began.elapsed().as_millis());
        }
    });
}
