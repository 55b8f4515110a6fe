//! The REST API: what the office does about findings, files and drafts that are kept apart.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::client::Site;
use super::interface::{call, token};

fn draft(title: &str, body: &str) -> Value {
    json!({ "draft": { "title": title, "formed_on": "2026-03-02", "theme": "综合政务", "genre": "proclamation", "summary": "公告的内容。", "catalog_node": "A15-7", "attribute": "proactive", "body": body } })
}

async fn made(site: &Site, drafter: &str, title: &str, body: &str) -> (Value, String) {
    let (status, made) = call(site, drafter, "POST", "/api/v1/editions", draft(title, body)).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let path = format!("/api/v1/editions/{}", made["id"].as_str().unwrap());
    (made, path)
}

fn blocking(edition: &Value) -> Vec<&Value> {
    let all = edition["findings"].as_array().unwrap();
    all.iter().filter(|one| one["weight"] == "block" && one["settled"].is_null()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_asked_about_and_masked_and_a_file_comes_back_as_it_went_in() {
    let site = Site::open().await;
    let drafter = token(&site, "chengban", &["read", "draft"]).await;
    let text = "当事人身份证号 11010519491231002X，予以公示。";
    let (edition, path) = made(&site, &drafter, "处罚公示", text).await;
    let found = blocking(&edition);
    assert_eq!(found.len(), 1, "{edition}");
    let (status, _) = call(&site, &drafter, "POST", &format!("{path}/ask"), Value::Null).await;
    assert_eq!(status, StatusCode::OK);
    let mask = json!({ "version": edition["version"], "fingerprint": found[0]["fingerprint"] });
    let (status, masked) = call(&site, &drafter, "POST", &format!("{path}/mask"), mask.clone()).await;
    assert_eq!(status, StatusCode::OK, "{masked}");
    assert!(blocking(&masked).is_empty(), "{masked}");
    assert!(!masked["draft"]["body"].as_str().unwrap().contains("19491231"), "{masked}");
    let (status, _) = call(&site, &drafter, "POST", &format!("{path}/mask"), mask).await;
    assert_eq!(status, StatusCode::CONFLICT, "an old version");

    let request = Request::builder()
        .method("POST")
        .uri(format!("{path}/files?name=a.txt"))
        .header(header::AUTHORIZATION, format!("Bearer {drafter}"))
        .body(Body::from("附件的文字"))
        .unwrap();
    let answer = site.send(request).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let edition: Value = serde_json::from_str(&answer.text).unwrap();
    let file = edition["attachments"][0]["id"].as_str().unwrap();
    let fetch = |path: String| {
        Request::builder()
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {drafter}"))
            .body(Body::empty())
            .unwrap()
    };
    let answer = site.send(fetch(format!("{path}/files/{file}"))).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, "附件的文字"));
    let (_, other) = made(&site, &drafter, "另一份公示", "没有号码。").await;
    assert_eq!(site.send(fetch(format!("{other}/files/{file}"))).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marked_draft_is_kept_apart_until_the_secrecy_reviewer_has_said_what_it_is() {
    let site = Site::open().await;
    let drafter = token(&site, "chengban", &["read", "draft"]).await;
    let head = token(&site, "kezhang", &["read", "review"]).await;
    let secrecy = token(&site, "baomi", &["read", "review"]).await;
    let (edition, path) = made(&site, &drafter, "保密知识宣传", "文件上标“机密★5年”的，不得复印。").await;
    assert_eq!(edition["kept_apart"], true, "{edition}");
    assert_eq!(call(&site, &head, "GET", &path, Value::Null).await.0, StatusCode::CONFLICT);
    let reason = json!({ "reason": "讲解标志的写法，不是涉密文件" });
    let release = format!("{path}/release");
    let (status, _) = call(&site, &drafter, "POST", &release, reason.clone()).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "not the drafter's token");
    assert!(call(&site, &head, "POST", &release, reason.clone()).await.0.is_client_error());
    let (_, seen) = call(&site, &secrecy, "GET", &path, Value::Null).await;
    for one in blocking(&seen) {
        let said = json!({ "fingerprint": one["fingerprint"], "disposition": "false_positive", "reason": "宣传用语" });
        let person = token(&site, "baomi", &["draft"]).await;
        let (status, answer) = call(&site, &person, "POST", &format!("{path}/findings"), said).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    let (status, released) = call(&site, &secrecy, "POST", &release, reason).await;
    assert_eq!((status, &released["kept_apart"]), (StatusCode::OK, &json!(false)), "{released}");
    assert_eq!(call(&site, &head, "GET", &path, Value::Null).await.0, StatusCode::OK);

    let (_, path) = made(&site, &drafter, "真的涉密", "秘密★1年").await;
    let (status, answer) =
        call(&site, &secrecy, "POST", &format!("{path}/destroy"), json!({ "reason": "核实涉密，已按规定上报" })).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let (_, left) = call(&site, &secrecy, "GET", &path, Value::Null).await;
    assert!(!left.to_string().contains("★"), "{left}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_touched_is_said_and_not_left_to_silence() {
    let site = Site::open().await;
    let drafter = token(&site, "chengban", &["read", "draft"]).await;
    let (edition, path) = made(&site, &drafter, "普通的公告", "没有别的。").await;
    let submit = json!({ "version": edition["version"] });
    let (_, sent) = call(&site, &drafter, "POST", &format!("{path}/submit"), submit).await;
    let sign =
        |result: &str| json!({ "verdict": "passed", "comment": "同意", "content": sent["content"], "result": result });
    let review = format!("{path}/review");
    let head = token(&site, "kezhang", &["review"]).await;
    assert_eq!(call(&site, &head, "POST", &review, sign("")).await.0, StatusCode::OK);
    let secrecy = token(&site, "baomi", &["review"]).await;
    let (status, refused) = call(&site, &secrecy, "POST", &review, sign("public")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    assert_eq!(refused["error"]["fields"][0]["field"], "concerns", "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_system_sends_its_figures_once_and_reads_what_the_year_comes_to() {
    let site = Site::open().await;
    let clerk = token(&site, "shouli", &["read", "draft"]).await;
    let year = gongkai_service::platform::local_date(gongkai_service::platform::now()).year();
    let sent = |value: &str| {
        json!({ "year": year, "entries": [
            { "month": 1, "item": "licences", "field": "decisions", "value": value, "source": "许可系统" },
            { "month": null, "item": "fees", "field": "amount_10k_yuan", "value": "0.5", "source": "非税系统" } ] })
    };
    let (status, wrong) = call(&site, &clerk, "POST", "/api/v1/ledger", sent("若干")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    assert_eq!(wrong["error"]["fields"][0]["field"], "0.value", "{wrong}");
    let (status, done) = call(&site, &clerk, "POST", "/api/v1/ledger", sent("12")).await;
    assert_eq!((status, &done["added"]), (StatusCode::CREATED, &json!(2)), "{done}");
    let (status, again) = call(&site, &clerk, "POST", "/api/v1/ledger", sent("12")).await;
    assert_eq!((status, &again["known"]), (StatusCode::OK, &json!(2)), "{again}");
    let (_, ledger) = call(&site, &clerk, "GET", &format!("/api/v1/ledger?year={year}"), Value::Null).await;
    assert_eq!(ledger["entries"][0]["origin"], "sent", "{ledger}");
    let (status, figures) = call(&site, &clerk, "GET", &format!("/api/v1/reports/{year}"), Value::Null).await;
    assert_eq!(status, StatusCode::OK, "{figures}");
    assert_eq!(figures["tables"]["proactive"]["licences"]["decisions"], 12);
    assert_eq!(figures["origins"]["proactive.licences.decisions"]["from"], "ledger");
    let drafter = token(&site, "baomi", &["read"]).await;
    let (status, _) = call(&site, &drafter, "GET", &format!("/api/v1/reports/{year}"), Value::Null).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "who has nothing to do with it does not see it");
}
