//! The REST API: the same acts with a token; and the portal as programs see it.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::client::Site;

pub(crate) async fn token(site: &Site, login: &str, scopes: &[&str]) -> String {
    let person = site.person(login).await;
    let mut fields = vec![("name", "测试程序"), ("days", "30")];
    fields.extend(scopes.iter().map(|scope| ("scopes", *scope)));
    let text = person.submit("/office/account/tokens", &fields).await.text;
    let from = text.find("gk_").unwrap();
    text.get(from..from + 46).unwrap().to_owned()
}

pub(crate) async fn call(site: &Site, token: &str, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(if body.is_null() { Body::empty() } else { Body::from(body.to_string()) })
        .unwrap();
    let answer = site.send(request).await;
    (answer.status, serde_json::from_str(&answer.text).unwrap_or(Value::Null))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_publication_goes_its_whole_way_through_the_interface() {
    let site = Site::open().await;
    let drafter = token(&site, "chengban", &["read", "draft"]).await;
    let draft = json!({ "title": "接口发布的公告", "formed_on": "2026-03-02", "theme": "综合政务", "genre": "proclamation", "summary": "公告的内容。", "catalog_node": "A15-7", "attribute": "proactive", "body": "接口写入的正文。" });
    let publication = uuid::Uuid::now_v7();
    let new = json!({ "publication": publication, "draft": draft });
    let (status, made) = call(&site, &drafter, "POST", "/api/v1/editions", new.clone()).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let (_, again) = call(&site, &drafter, "POST", "/api/v1/editions", new).await;
    assert_eq!(again["id"], made["id"], "sent twice, made once");
    let id = made["id"].as_str().unwrap().to_owned();
    let path = |act: &str| format!("/api/v1/editions/{id}{act}");
    let (status, refused) =
        call(&site, &drafter, "PUT", &path(""), json!({ "version": 1, "draft": { "titel": "x" } })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
    let (status, _) =
        call(&site, &drafter, "POST", &path("/review"), json!({ "verdict": "passed", "content": "" })).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "the token has not the scope");
    let version = again["version"].clone();
    let (status, submitted) = call(&site, &drafter, "POST", &path("/submit"), json!({ "version": version })).await;
    assert_eq!((status, submitted["state"].as_str()), (StatusCode::OK, Some("in_review")), "{submitted}");
    let content = submitted["content"].clone();
    for login in ["kezhang", "baomi", "lingdao"] {
        let reviewer = token(&site, login, &["review"]).await;
        let (status, signed) = call(
            &site,
            &reviewer,
            "POST",
            &path("/review"),
            json!({ "verdict": "passed", "comment": "同意", "content": content, "result": if login == "baomi" { "public" } else { "" }, "concerns": [] }),
        )
        .await;
        assert_eq!(status, StatusCode::OK, "{signed}");
    }
    let publisher = token(&site, "fabu", &["publish"]).await;
    let (status, published) = call(&site, &publisher, "POST", &path("/publish"), Value::Null).await;
    assert_eq!((status, published["state"].as_str()), (StatusCode::OK, Some("published")), "{published}");
    site.services.follow().await.unwrap();
    let (_, item) = call(&site, "", "GET", &format!("/api/v1/items/{publication}"), Value::Null).await;
    assert_eq!(item["text"], "接口写入的正文。\n".trim_end());
    let acts: Vec<&str> = item["proof"].as_array().unwrap().iter().map(|one| one["act"].as_str().unwrap()).collect();
    assert_eq!(acts.iter().filter(|act| **act == "edition.review").count(), 3, "{acts:?}");
    let (_, found) = call(&site, "", "GET", "/api/v1/search?q=%E6%8E%A5%E5%8F%A3%E5%86%99%E5%85%A5", Value::Null).await;
    assert_eq!(found["total"], 1, "{found}");
    let leader = token(&site, "lingdao", &["publish"]).await;
    let (status, _) =
        call(&site, &leader, "POST", &path("/withdraw"), json!({ "reason": "内容有误，更正后再发" })).await;
    assert_eq!(status, StatusCode::OK);
    let gone = site.stranger().get(&format!("/items/{publication}")).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.text.contains("内容有误"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_right_at_once_after_every_change() {
    let site = Site::open().await;
    let stranger = site.stranger();
    let home = stranger.get("/").await.text;
    assert_eq!(stranger.get("/").await.text, home, "kept");
    let first = home.split("/items/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = stranger.get(&format!("/items/{first}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for mark in
        ["SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource"]
    {
        assert!(page.text.contains(&format!("name=\"{mark}\"")), "{mark}");
    }
    for file in ["text.docx", "text.pdf", "data.json"] {
        assert_eq!(stranger.get(&format!("/items/{first}/{file}")).await.status, StatusCode::OK, "{file}");
    }
    let item: Value = serde_json::from_str(&stranger.get(&format!("/items/{first}/data.json")).await.text).unwrap();
    let index = item["index_no"].as_str().unwrap();
    assert_eq!(stranger.get(&format!("/index/{index}")).await.location, format!("/items/{first}"));
    for path in [
        "/feed.atom",
        "/sitemap.xml",
        "/data/items.csv",
        "/agencies/000000011/guide",
        "/agencies/000000011/reports",
        "/robots.txt",
        "/metrics",
    ] {
        assert_eq!(stranger.get(path).await.status, StatusCode::OK, "{path}");
    }
    assert!(stranger.get("/search?q=%FF%01&page=-1&from=x").await.status.is_success(), "any question has an answer");
}
