//! Doors that stay shut: half signed-in sessions, forged identities, what is too large, what cannot be shown.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use gongkai_service::platform::{DEMO_PASSWORD, now};
use gongkai_web::{Access, ROUTES};

use super::client::{Browser, Site, field};

/// The code of now for a secret of a second factor.
fn code(secret: &str) -> String {
    let totp =
        totp_rs::Builder::new().with_secret(totp_rs::Secret::try_from_base32(secret).unwrap()).build_noncompliant();
    totp.generate(u64::try_from(now().as_second()).unwrap()).to_string()
}

/// Turns the second factor of a person on; gives the secret.
async fn with_factor(person: &Browser<'_>) -> String {
    let page = person.get("/office/account").await.text;
    let secret = field(&page, "secret");
    let fields = [("secret", secret.as_str()), ("password", DEMO_PASSWORD), ("code", &code(&secret))];
    let answer = person.submit("/office/account/totp", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    secret
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_second_code_no_door_opens() {
    let site = Site::open().await;
    with_factor(&site.person("lingdao").await).await;
    let half = site.person("lingdao").await;
    let mark = field(&half.get("/office/code").await.text, "csrf");
    for route in ROUTES.iter().filter(|route| matches!(route.access, Access::Officer(_) | Access::Stage)) {
        let path = super::access::filled(route.path);
        let answer = match route.method {
            "GET" => half.get(&path).await,
            _ => half.post(&path, &[("csrf", &mark)]).await,
        };
        match route.path {
            "/office/code" | "/office/logout" => {}
            _ => assert!(
                answer.location == "/office/code" || answer.status == StatusCode::FORBIDDEN,
                "{} {path}: {} {}",
                route.method,
                answer.status,
                answer.location
            ),
        }
        if route.path == "/office/logout" {
            break;
        }
    }
    let half = site.person("lingdao").await;
    let mark = field(&half.get("/office/code").await.text, "csrf");
    let new = "又一个很长的密码2026";
    let fields = [("csrf", mark.as_str()), ("old", DEMO_PASSWORD), ("new", new), ("again", new)];
    assert_ne!(half.post("/office/password", &fields).await.status, StatusCode::SEE_OTHER, "the password alone");
    assert_eq!(half.get("/office").await.location, "/office/code");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_survives_the_second_factor_too() {
    let site = Site::open().await;
    with_factor(&site.person("chengban").await).await;
    let path = "/office/items";
    let stranger = site.stranger();
    let first = stranger
        .post(
            "/office/login",
            &[("resume", path), ("login", "chengban"), ("password", DEMO_PASSWORD), ("kept.text", "写了很久")],
        )
        .await;
    assert!(first.text.contains("写了很久") && first.text.contains("/office/code"), "{}", first.text);
    let mut half = site.stranger();
    half.keep(&first.cookie);
    let mark = field(&first.text, "csrf");
    let wrong = half
        .post("/office/code", &[("csrf", &mark), ("resume", path), ("code", "000000"), ("kept.text", "写了很久")])
        .await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("写了很久"), "{}", wrong.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn identities_of_another_agency_open_nothing() {
    let site = Site::open().await;
    // Something of the first agency for every place in an address.
    let own = site.person("chengban").await;
    let items = own.get("/office/items").await.text;
    let edition = items.split("/office/editions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let uploaded = own
        .upload(&format!("/office/editions/{}/files", drafted(&own).await), "甲.txt", "甲乙丙".as_bytes(), true)
        .await;
    assert_eq!(uploaded.status, StatusCode::SEE_OTHER, "{}", uploaded.text);
    let page = own.get(&uploaded.location).await.text;
    let file = page.split("/office/files/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let manager = site.person("guanli").await;
    let people = manager.get("/office/people").await.text;
    let officer = people.split("action=\"/office/people/").nth(1).unwrap().split(['/', '"']).next().unwrap().to_owned();
    let units = manager.get("/office/units").await.text;
    let unit = units.split("action=\"/office/units/").nth(1).unwrap().split('/').next().unwrap().to_owned();

    // People of the second agency, in every role.
    for login in
        ["cz.chengban", "cz.kezhang", "cz.baomi", "cz.lingdao", "cz.juzhang", "cz.fabu", "cz.hecha", "cz.guanli"]
    {
        let other = site.person(login).await;
        let mark = other.mark().await;
        for route in ROUTES.iter().filter(|route| matches!(route.access, Access::Officer(_))) {
            if !route.path.contains('{') {
                continue;
            }
            let id = if route.path.starts_with("/office/people") {
                &officer
            } else if route.path.starts_with("/office/units") {
                &unit
            } else if route.path.starts_with("/office/files") {
                &file
            } else {
                &edition
            };
            let path = route.path.replace("{id}", id).replace("{file}", &file).replace("{name}", "甲.txt");
            let path: String =
                path.chars().map(|c| if c.is_ascii() { c.to_string() } else { "x".to_owned() }).collect();
            let more = [
                ("csrf", mark.as_str()),
                ("name", "改名"),
                ("from", "2030-01-01"),
                ("on", "2030-01-01"),
                ("reason", "写一个理由"),
                ("verdict", "passed"),
                ("act", "now"),
                ("roles", "drafter"),
                ("until", "2030-02-01"),
                ("stand_in", officer.as_str()),
            ];
            let answer = if route.method == "GET" { other.get(&path).await } else { other.post(&path, &more).await };
            assert!(
                matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::CONFLICT),
                "{login} {} {path}: {}",
                route.method,
                answer.status
            );
        }
    }
}

async fn drafted(person: &Browser<'_>) -> String {
    let id = uuid::Uuid::now_v7().to_string();
    let answer = person.submit("/office/items", &[("id", &id), ("text", "某通告\n正文。")]).await;
    answer.location.split('/').nth(3).unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_refused_before_it_is_kept() {
    let site = Site::open().await;
    let stranger = site.stranger();
    let large = "x".repeat(5 << 20);
    let answer = stranger.post("/office/items", &[("text", &large)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "of a stranger");
    let person = site.person("chengban").await;
    assert_eq!(person.submit("/office/items", &[("text", &large)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let id = drafted(&person).await;
    let path = format!("/office/editions/{id}/files");
    let answer = person.upload(&path, "大.pdf", &vec![0; 53 << 20], true).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text.contains("50 MB"), "{}", answer.text);
    assert!(!person.get(&format!("/office/editions/{id}")).await.text.contains("大.pdf"), "nothing is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn zero_bytes_are_no_text_and_end_nothing() {
    let site = Site::open().await;
    let stranger = site.stranger();
    for path in ["/index/a%00b/2026-00001", "/search?q=a%00b", "/agencies/%00"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    let answer = stranger.post("/office/login", &[("login", "a\0b"), ("password", "x\0")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn data_come_whole_in_every_coding() {
    let site = Site::open().await;
    for coding in ["identity", "gzip"] {
        let request = Request::builder()
            .uri("/data/items.csv")
            .header(header::ACCEPT_ENCODING, coding)
            .body(Body::empty())
            .unwrap();
        let answer = site.send(request).await;
        assert_eq!(answer.status, StatusCode::OK, "{coding}");
        assert!(answer.text.len() > 1_000, "{coding}");
    }
    let bad = site.stranger().get("/api/v1/items?after=zz").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let missing = site.stranger().get("/api/v1/nothing").await;
    assert!(missing.status == StatusCode::NOT_FOUND && missing.text.starts_with('{'), "{}", missing.text);
    let map = site.stranger().get("/sitemap.xml").await.text;
    assert!(map.contains("part=pages") && map.contains("part=items."), "{map}");
    let part = site.stranger().get("/sitemap.xml?part=items.").await.text;
    assert!(part.matches("<url>").count() > 100);
    assert_eq!(site.stranger().get("/sitemap.xml?part=x").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn script_in_what_the_public_reads_is_shown_as_text() {
    let site = Site::open().await;
    let nasty = "<script>alert(1)</script>";
    let admin = site.person("admin").await;
    let unit = format!("示例{nasty}局");
    assert_eq!(
        admin.submit("/office/units", &[("name", &unit), ("code", "000000099"), ("kind", "agency")]).await.status,
        StatusCode::SEE_OTHER
    );
    let leader = site.person("lingdao").await;
    let shown = site.stranger().get("/agencies/000000011").await.text;
    let item = shown.split("href=\"/items/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let drafter = site.person("chengban").await;
    let list = drafter.get("/office/items?state=published").await.text;
    let edition = list.split("/office/editions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let reason = format!("内容有误{nasty}");
    let taken = leader.submit(&format!("/office/editions/{edition}/withdraw"), &[("reason", &reason)]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let publication = drafter.get(&format!("/office/editions/{edition}")).await.text;
    assert!(!publication.contains(nasty));
    let tombstone = site.stranger().get(&format!("/items/{item}")).await;
    let pages = ["/", "/sitemap", "/search", "/data", "/guide", "/office/login"];
    for path in pages {
        let text = site.stranger().get(path).await.text;
        assert!(!text.contains(nasty), "{path}");
    }
    assert!(!tombstone.text.contains(nasty));
    let manager = site.person("guanli").await;
    let named = manager
        .submit("/office/people", &[("name", nasty), ("login", "nasty"), ("post", nasty), ("roles", "drafter")])
        .await;
    assert!(named.status.is_success() && !named.text.contains(nasty), "{}", named.status);
    for (who, path) in [("guanli", "/office/people"), ("admin", "/office/units"), ("shenji", "/office/audit")] {
        assert!(!site.person(who).await.get(path).await.text.contains(nasty), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_published_at_once_leave_a_set_time_alone() {
    let site = Site::open().await;
    let publisher = site.person("fabu").await;
    let list = publisher.get("/office/items?state=approved").await.text;
    let id = field(&list, "chosen");
    assert!(!id.is_empty());
    let path = format!("/office/editions/{id}/publish");
    for (time, why) in [("2099-01-04T09:00", "一年以内"), (later(200).as_str(), "最迟应在")] {
        let late = publisher.submit(&path, &[("act", "schedule"), ("publish_at", time)]).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.text.contains(why), "{}", late.text);
    }
    let fields = [("act", "schedule"), ("publish_at", &later(1))];
    assert_eq!(publisher.submit(&path, &fields).await.status, StatusCode::SEE_OTHER);
    let bulk = publisher.submit("/office/items/publish", &[("chosen", &id)]).await;
    assert!(bulk.text.contains("没有改成立即发布"), "{}", bulk.text);
    assert_eq!(publisher.submit(&path, &[("act", "unschedule")]).await.status, StatusCode::SEE_OTHER);
    let bulk = publisher.submit("/office/items/publish", &[("chosen", &id)]).await;
    assert!(bulk.text.contains("已发布"), "{}", bulk.text);
}

/// Nine in the morning, so many days from now.
fn later(days: i64) -> String {
    let day = gongkai_service::platform::local_date(now());
    format!("{}T09:00", day.saturating_add(jiff::Span::new().days(days)))
}
