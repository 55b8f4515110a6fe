//! What strangers and accidents do to forms.

use axum::http::StatusCode;

use super::client::{Site, field};

async fn draft_of(person: &super::client::Browser<'_>) -> String {
    let id = uuid::Uuid::now_v7().to_string();
    let answer = person.submit("/office/items", &[("id", &id), ("text", "某通告\n正文。")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.location.split('/').nth(3).unwrap().to_owned()
}

const COMPLETE: [(&str, &str); 7] = [
    ("formed_on", "2026-03-02"),
    ("theme", "综合政务"),
    ("genre", "public_notice"),
    ("catalog_node", "A15-7"),
    ("attribute", "proactive"),
    ("summary", ""),
    ("keywords", ""),
];

#[tokio::test(flavor = "multi_thread")]
async fn forms_from_elsewhere_and_without_the_mark_do_nothing() {
    let site = Site::open().await;
    let person = site.person("chengban").await;
    let mark = person.mark().await;
    let fields = [("csrf", mark.as_str()), ("text", "某通告\n正文。")];
    let elsewhere = person.post_from("/office/items", &fields, "https://evil.example").await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    assert_eq!(person.post("/office/items", &[("text", "正文")]).await.status, StatusCode::FORBIDDEN);
    let forged = person.post("/office/items", &[("csrf", "forged"), ("text", "写了很久的正文")]).await;
    assert_eq!(forged.status, StatusCode::CONFLICT);
    assert!(forged.text.contains("写了很久的正文"), "what was typed is kept");
    assert_eq!(person.post("/office/items", &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_typed_is_lost_when_the_session_is_over() {
    let site = Site::open().await;
    let stranger = site.stranger();
    let person = site.person("chengban").await;
    let id = draft_of(&person).await;
    let path = format!("/office/editions/{id}/edit");
    let late =
        stranger.post(&path, &[("csrf", "old"), ("body", "第一段\n</textarea><script>"), ("title", "标题")]).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(late.text.contains("kept.body") && late.text.contains("第一段"), "{}", late.text);
    assert!(!late.text.contains("<script>"), "escaped");
    let wrong = stranger
        .post("/office/login", &[("resume", &path), ("login", "chengban"), ("password", "x"), ("kept.body", "第一段")])
        .await;
    assert!(wrong.text.contains("第一段"), "still kept");
    let right = stranger
        .post(
            "/office/login",
            &[
                ("resume", &path),
                ("login", "chengban"),
                ("password", gongkai_service::platform::DEMO_PASSWORD),
                ("kept.body", "第一段"),
            ],
        )
        .await;
    assert!(right.text.contains("第一段") && right.text.contains(&format!("action=\"{path}\"")), "{}", right.text);
    assert!(!right.cookie.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn script_in_every_field_is_shown_as_text() {
    let site = Site::open().await;
    let person = site.person("chengban").await;
    let id = draft_of(&person).await;
    let edit = format!("/office/editions/{id}/edit");
    let version = field(&person.get(&edit).await.text, "version");
    let nasty = "\"><script>alert(1)</script>";
    let mut fields = COMPLETE.to_vec();
    fields.extend([
        ("version", version.as_str()),
        ("title", nasty),
        ("body", nasty),
        ("attribute_reason", nasty),
        ("doc_no", "x<script>"),
    ]);
    fields.retain(|(name, _)| !matches!(*name, "summary" | "keywords"));
    fields.extend([("summary", nasty), ("keywords", nasty)]);
    let saved = person.submit(&edit, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    for path in [
        format!("/office/editions/{id}"),
        edit.clone(),
        "/office/items".to_owned(),
        "/office".to_owned(),
        format!("/search?q={}", "%3Cscript%3E"),
        format!("/office/items?q={}", "%22%3E%3Cscript%3Ealert(1)"),
    ] {
        let text = person.get(&path).await.text;
        assert!(!text.contains("<script>alert") && !text.contains("x<script>"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_saves_second_is_shown_the_difference() {
    let site = Site::open().await;
    let person = site.person("chengban").await;
    let id = draft_of(&person).await;
    let edit = format!("/office/editions/{id}/edit");
    let version = field(&person.get(&edit).await.text, "version");
    let with = |body: &'static str| {
        let mut fields: Vec<(&str, &str)> = COMPLETE.to_vec();
        fields.extend([("version", version.as_str()), ("title", "某通告"), ("body", body)]);
        fields
    };
    assert_eq!(person.submit(&edit, &with("甲写的一段。")).await.status, StatusCode::SEE_OTHER);
    let second = person.submit(&edit, &with("乙写的一段。")).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(
        second.text.contains("<del>甲写的一段。</del>") && second.text.contains("<ins>乙写的一段。</ins>"),
        "{}",
        second.text
    );
    assert!(second.text.contains("乙写的一段。</textarea>"), "what was typed is kept");

    // Two forms opened at once: the first changes the keywords, the second the text. Neither loses the other's work.
    let opened = person.get(&edit).await.text;
    let (version, was) = (field(&opened, "version"), field(&opened, "was"));
    let both = |keywords: &'static str, body: &'static str| {
        let mut fields: Vec<(&str, &str)> = COMPLETE.iter().copied().filter(|(name, _)| *name != "keywords").collect();
        fields.extend([("version", version.as_str()), ("was", was.as_str()), ("title", "某通告")]);
        fields.extend([("keywords", keywords), ("body", body)]);
        fields
    };
    assert_eq!(person.submit(&edit, &both("汛期", "甲写的一段。")).await.status, StatusCode::SEE_OTHER);
    let second = person.submit(&edit, &both("", "丙写的一段。")).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.text.contains("丙写的一段。</textarea>"), "{}", second.text);
    assert!(second.text.contains("name=\"keywords\" value=\"汛期\""), "{}", second.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_uploads_are_refused_in_words_and_leave_nothing() {
    let site = Site::open().await;
    let person = site.person("chengban").await;
    let id = draft_of(&person).await;
    let files = format!("/office/editions/{id}/files");
    let before = person.get(&format!("/office/editions/{id}")).await.text;
    for (name, bytes, whole) in [
        ("空.docx", &b""[..], true),
        ("假.docx", &b"MZ\x90\0\0\0 this is a program"[..], true),
        ("坏.pdf", &b"%PDF-1.7 broken"[..], true),
        ("半.docx", &b"PK\x03\x04half"[..], false),
        ("../../etc/passwd", &b"\x7fELF\0\0\0"[..], true),
    ] {
        let answer = person.upload(&files, name, bytes, whole).await;
        assert!(answer.status.is_client_error(), "{name}: {}", answer.status);
        assert!(answer.text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}");
    }
    let after = person.get(&format!("/office/editions/{id}")).await.text;
    assert_eq!(before.matches("/office/files/").count(), after.matches("/office/files/").count());
    let fine = person.upload(&files, "..\\..\\附件<b>.txt", "一份清单".as_bytes(), true).await;
    assert_eq!(fine.status, StatusCode::SEE_OTHER, "{}", fine.text);
    let page = person.get(&format!("/office/editions/{id}")).await.text;
    assert!(page.contains("附件b.txt") && !page.contains("附件<b>"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_back_leads_nowhere_else() {
    let site = Site::open().await;
    let stranger = site.stranger();
    for back in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let answer =
            stranger.get(&format!("/display?size=large&back={}", back.replace('/', "%2F").replace('\\', "%5C"))).await;
        assert_eq!(answer.location, "/", "{back}");
    }
    let answer = stranger
        .post(
            "/office/login",
            &[
                ("login", "chengban"),
                ("password", gongkai_service::platform::DEMO_PASSWORD),
                ("next", "https://evil.example"),
            ],
        )
        .await;
    assert_eq!(answer.location, "/office");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_exported_and_several_are_published_with_a_result_for_each() {
    let site = Site::open().await;
    let publisher = site.person("fabu").await;
    let list = publisher.get("/office/items?state=approved").await;
    let chosen: Vec<String> = list
        .text
        .split("name=\"chosen\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    assert!(!chosen.is_empty(), "the demonstration has something to publish");
    let csv = publisher.get("/office/items.csv?state=approved").await;
    assert_eq!(csv.text.lines().count(), chosen.len() + 1, "exactly what is shown");
    let mut fields: Vec<(&str, &str)> = chosen.iter().map(|id| ("chosen", id.as_str())).collect();
    let nobody = "00000000-0000-0000-0000-000000000000";
    fields.push(("chosen", nobody));
    let answer = publisher.submit("/office/items/publish", &fields).await;
    assert_eq!(answer.text.matches("chip good").count(), chosen.len(), "{}", answer.text);
    assert_eq!(answer.text.matches("chip bad").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conclusion_without_a_basis_comes_back_with_everything_that_was_filled_in() {
    let site = Site::open().await;
    let reviewer = site.person("baomi").await;
    let desk = reviewer.get("/office").await;
    let id = desk.text.split("href=\"/office/editions/").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/office/editions/{id}");
    let seen = field(&reviewer.get(&path).await.text, "seen");
    let fields = [
        ("seen", seen.as_str()),
        ("verdict", "passed"),
        ("result", "after_removal"),
        ("concerns", "privacy"),
        ("comment", "已删去号码"),
    ];
    let answer = reviewer.submit(&format!("{path}/review"), &fields).await;
    assert!(answer.text.contains("没有写明依据"), "{}", answer.text);
    for kept in ["value=\"after_removal\" checked", "value=\"privacy\" checked", "已删去号码"] {
        assert!(answer.text.contains(kept), "{kept}");
    }
}
