//! Applications through the interface, and the pages of an applicant: what is refused to whom.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::client::Site;
use super::interface::{call, token};

fn intake(channel: &str, on: &str) -> Value {
    json!({ "channel": channel, "on": on, "form": {
        "kind": "natural_person", "name": "张示例", "id_number": "11010519491231002X", "phone": "13800138000",
        "title": "2025年部门预算", "carrier": "electronic", "route": "download" } })
}

/// X1 to X9, X11, X14 and X15 through the interface: what came when, the steps, and the day the reply is due.
#[tokio::test(flavor = "multi_thread")]
async fn the_worked_examples_have_their_dates_through_the_interface() {
    let site = Site::open().await;
    let office = token(&site, "shouli", &["handle"]).await;
    let head = token(&site, "gongkaiban", &["handle"]).await;
    let third =
        |sent: &str| json!({ "kind": "consultation_opened", "consultation": 1, "word": "third_party", "on": sent });
    let examples: Vec<(&str, &str, &str, Vec<Value>, &str)> = vec![
        ("X1", "in_person", "2025-03-03", vec![], "2025-03-31"),
        ("X2", "mail_signed", "2024-01-25", vec![], "2024-02-27"),
        ("X3", "email", "2024-09-26", vec![json!({ "kind": "confirmed", "on": "2024-09-26" })], "2024-10-29"),
        (
            "X3 extended",
            "email",
            "2024-09-26",
            vec![
                json!({ "kind": "confirmed", "on": "2024-09-26" }),
                json!({ "kind": "extended", "on": "2024-10-21", "days": 20, "word": "disclosure_office_head" }),
            ],
            "2024-11-26",
        ),
        ("X4a", "fax", "2025-01-25", vec![json!({ "kind": "confirmed", "on": "2025-01-25" })], "2025-02-27"),
        ("X4b", "fax", "2025-01-25", vec![json!({ "kind": "confirmed", "on": "2025-01-26" })], "2025-02-28"),
        (
            "X5",
            "in_person",
            "2025-04-21",
            vec![
                json!({ "kind": "correction_notified", "on": "2025-04-25", "until": "2025-05-13" }),
                json!({ "kind": "corrected", "on": "2025-05-12" }),
            ],
            "2025-06-10",
        ),
        (
            "X6",
            "in_person",
            "2026-02-02",
            vec![
                third("2026-02-09"),
                json!({ "kind": "consultation_received", "consultation": 1, "on": "2026-02-11" }),
                json!({ "kind": "consultation_closed", "consultation": 1, "on": "2026-03-05", "word": "agreed" }),
            ],
            "2026-03-26",
        ),
        (
            "X6b",
            "in_person",
            "2026-02-02",
            vec![
                third("2026-02-09"),
                json!({ "kind": "consultation_received", "consultation": 1, "on": "2026-02-11" }),
                json!({ "kind": "consultation_closed", "consultation": 1, "on": "2026-03-10", "word": "silent" }),
            ],
            "2026-03-31",
        ),
        ("X7", "in_person", "2025-09-08", vec![], "2025-10-11"),
        (
            "X8",
            "in_person",
            "2025-09-15",
            vec![
                json!({ "kind": "fee_notified", "on": "2025-09-22" }),
                json!({ "kind": "fee_paid", "on": "2025-10-14" }),
            ],
            "2025-11-11",
        ),
        (
            "X9",
            "in_person",
            "2025-05-20",
            vec![
                third("2025-05-26"),
                json!({ "kind": "consultation_opened", "consultation": 2, "word": "third_party", "on": "2025-05-28" }),
                json!({ "kind": "consultation_closed", "consultation": 1, "on": "2025-06-09", "word": "agreed" }),
                json!({ "kind": "consultation_closed", "consultation": 2, "on": "2025-06-13", "word": "agreed" }),
                json!({ "kind": "consultation_opened", "consultation": 3, "word": "other_organ", "on": "2025-06-17", "until": "2025-06-20" }),
                json!({ "kind": "consultation_closed", "consultation": 3, "on": "2025-06-20", "word": "agreed" }),
            ],
            "2025-07-10",
        ),
        ("X11", "in_person", "2025-12-15", vec![], "2026-01-13"),
        (
            "X14",
            "in_person",
            "2024-04-22",
            vec![
                json!({ "kind": "consultation_opened", "consultation": 1, "word": "joint_maker", "on": "2024-04-25" }),
                json!({ "kind": "consultation_received", "consultation": 1, "on": "2024-04-25" }),
                json!({ "kind": "consultation_closed", "consultation": 1, "on": "2024-05-17", "word": "silent" }),
            ],
            "2024-06-12",
        ),
        ("X15", "mail_ordinary", "2026-06-18", vec![json!({ "kind": "confirmed", "on": "2026-06-18" })], "2026-07-17"),
    ];
    for (name, channel, on, steps, due) in examples {
        let (status, mut case) = call(&site, &office, "POST", "/api/v1/applications", intake(channel, on)).await;
        assert_eq!(status, StatusCode::CREATED, "{name}: {case}");
        let id = case["id"].as_str().unwrap().to_owned();
        for mut step in steps {
            step["version"] = case["version"].clone();
            step["note"] = json!("示公开〔2025〕1号，邮寄");
            let path = format!("/api/v1/applications/{id}/steps");
            if step["kind"] == "extended" {
                let (refused, told) = call(&site, &office, "POST", &path, step.clone()).await;
                assert_eq!(refused, StatusCode::CONFLICT, "第三十三条: {told}");
            }
            let who = if step["kind"] == "extended" { &head } else { &office };
            let (status, next) = call(&site, who, "POST", &path, step).await;
            assert_eq!(status, StatusCode::OK, "{name}: {next}");
            case = next;
        }
        assert_eq!(case["due_on"], due, "{name}: {case}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_guard_of_the_clock_answers_through_the_interface() {
    let site = Site::open().await;
    let office = token(&site, "shouli", &["handle"]).await;
    let (_, case) = call(&site, &office, "POST", "/api/v1/applications", intake("in_person", "2025-03-03")).await;
    let path = format!("/api/v1/applications/{}/steps", case["id"].as_str().unwrap());
    let version = case["version"].clone();
    for (step, said) in [
        (json!({ "kind": "corrected", "on": "2025-03-05" }), "先登记补正告知"),
        (json!({ "kind": "correction_notified", "on": "2025-03-05", "until": "2025-03-04" }), "不晚于告知日"),
        (json!({ "kind": "consultation_received", "consultation": 9, "on": "2025-03-05" }), "征求意见"),
        (json!({ "kind": "fee_paid", "on": "2025-03-05" }), "先登记收费通知"),
        (json!({ "kind": "reason_received", "on": "2025-03-05" }), "说明理由"),
        (json!({ "kind": "delayed", "on": "2025-03-05", "until": "2025-05-05" }), "理由"),
        (json!({ "kind": "replied", "on": "2025-03-05", "word": "excessive" }), "说明理由"),
        (json!({ "kind": "replied", "on": "2025-03-05", "word": "unclear_after_correction" }), "补正"),
        (json!({ "kind": "reopened", "on": "2025-03-05", "until": "2025-05-05" }), "不能登记责令重新答复"),
        (json!({ "kind": "reopened", "on": "2025-04-05", "until": "2025-05-05" }), "决定书或者判决书"),
        (json!({ "kind": "correction_notified", "on": "2025-03-05", "until": "2025-03-20", "note": " " }), "哪一份"),
        (json!({ "kind": "extended", "on": "2025-03-05", "days": 5, "word": "disclosure_office_head" }), "负责人"),
        (json!({ "kind": "withdrawn", "on": "2025-03-01" }), "早于"),
        (json!({ "kind": "withdrawn", "on": "2999-01-01" }), "还没有到"),
        (json!({ "kind": "fee_notified", "on": "2025-04-30" }), "晚于答复期限"),
        (json!({ "kind": "registered", "on": "2025-03-05", "word": "partial" }), "只在导入时"),
        (json!({ "kind": "nonsense", "on": "2025-03-05" }), "读不出来"),
    ] {
        let mut step = step;
        step["version"] = version.clone();
        if step["note"].is_null() {
            step["note"] = json!("示公开〔2025〕1号，邮寄");
        }
        let (status, told) = call(&site, &office, "POST", &path, step.clone()).await;
        assert!(matches!(status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY), "{step}: {status} {told}");
        assert!(told.to_string().contains(said), "{step}: {told}");
    }
    let stale = json!({ "version": 99, "kind": "withdrawn", "on": "2025-03-05" });
    assert_eq!(call(&site, &office, "POST", &path, stale).await.0, StatusCode::CONFLICT);
    // Another scope, another agency, another role.
    let reader = token(&site, "shouli", &["read"]).await;
    assert_eq!(call(&site, &reader, "GET", "/api/v1/applications", Value::Null).await.0, StatusCode::FORBIDDEN);
    let one = path.trim_end_matches("/steps");
    let other = token(&site, "cz.shouli", &["handle"]).await;
    assert_eq!(call(&site, &other, "GET", one, Value::Null).await.0, StatusCode::FORBIDDEN);
    let drafter = token(&site, "chengban", &["handle"]).await;
    assert_eq!(call(&site, &drafter, "GET", one, Value::Null).await.0, StatusCode::FORBIDDEN);
    let (_, list) = call(&site, &office, "GET", "/api/v1/applications", Value::Null).await;
    assert!(!list.to_string().contains("张示例") && list["items"].as_array().unwrap().len() > 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_applicant_opens_one_case_and_nothing_else() {
    let site = Site::open().await;
    let stranger = site.stranger();
    for path in [
        "/track/case",
        "/track/letters/01990000-0000-7000-8000-000000000000",
        "/track/files/01990000-0000-7000-8000-000000000000/a.pdf",
    ] {
        let answer = stranger.get(path).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/track"), "{path}");
    }
    let answer = stranger.get("/agencies/000000011/apply/check").await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/agencies/000000011/apply"));
    assert_eq!(stranger.get("/agencies/000000011/apply/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get("/agencies/nothing/apply").await.status, StatusCode::NOT_FOUND);
    let wrong = stranger.post("/track", &[("code", "2345-6789-ABCD")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("没有这个查询码"));
    for code in ["", "x", "2345-6789-ABC0", &"9".repeat(4_000)] {
        assert_eq!(stranger.post("/track", &[("code", code)]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_supervising_office_sees_every_clock_without_names() {
    let site = Site::open().await;
    let office = token(&site, "shouli", &["handle"]).await;
    let (_, case) = call(&site, &office, "POST", "/api/v1/applications", intake("in_person", "2025-03-03")).await;
    let number = case["registration_no"].as_str().unwrap().to_owned();
    let supervisor = site.person("jiandu").await;
    for path in ["/office/overview/applications", "/office/overview/applications?agency=000000011"] {
        let page = supervisor.get(path).await;
        assert!(page.status == StatusCode::OK && page.text.contains(&number), "{path}");
        assert!(page.text.contains("2025-03-31") && page.text.contains("已经超期"), "the day, and that it has passed");
        for hidden in ["张", "部门预算"] {
            assert!(!page.text.split("<table").nth(1).unwrap().contains(hidden), "{hidden}");
        }
    }
    let path = "/office/overview/applications?agency=nothing";
    assert_eq!(supervisor.get(path).await.status, StatusCode::NOT_FOUND);
    let clerk = site.person("shouli").await;
    assert_eq!(clerk.get("/office/overview/applications").await.status, StatusCode::FORBIDDEN);
}
