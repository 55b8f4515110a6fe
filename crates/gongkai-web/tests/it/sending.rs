//! Applications sent by the public page: how many, by whom, and what dies on the way.

use axum::http::StatusCode;
use gongkai_model::ids::AgencyId;
use gongkai_service::platform::{ApplicationForm, now};
use sha2::{Digest, Sha256};

use super::client::{Browser, Site};

const SEND: &str = "/agencies/000000011/apply/send";

fn agency(site: &Site) -> AgencyId {
    site.services.directory().agencies().find(|one| one.code == "000000011").unwrap().id
}

/// A browser with a draft that is complete.
async fn ready(site: &Site) -> Browser<'_> {
    let (draft, key) = site.services.begin_draft(now(), agency(site)).await.unwrap();
    let form = ApplicationForm {
        kind: "natural_person".to_owned(),
        name: "张示例".to_owned(),
        id_number: "11010519491231002X".to_owned(),
        phone: "13800138000".to_owned(),
        title: "示例路改造工程的材料".to_owned(),
        carrier: "electronic".to_owned(),
        route: "download".to_owned(),
        ..ApplicationForm::default()
    };
    site.services.keep_draft(now(), draft, &key, &form).await.unwrap();
    let mut browser = site.stranger();
    browser.keep(&format!("draft={draft}.{key}"));
    browser
}

/// Works as the script of the page does.
fn worked(page: &str) -> String {
    let challenge = page.split("data-challenge=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let right = |number: &u32| {
        let hash = Sha256::digest(format!("{challenge}:{number}"));
        hash[0] == 0 && hash[1] == 0
    };
    (0..10_000_000).find(right).unwrap().to_string()
}

/// However many one person sends, the law refuses none (条例 第三十五条: reasons may be asked); the server slows them down, and what
/// was written stays.
#[tokio::test(flavor = "multi_thread")]
async fn many_applications_from_one_address_are_slowed_down_and_none_is_lost() {
    let site = Site::with(false).await;
    for _ in 0..3 {
        let sent = ready(&site).await.post(SEND, &[]).await;
        assert!(sent.location.ends_with("/receipt"), "{}", sent.text);
    }
    let fourth = ready(&site).await;
    let asked = fourth.post(SEND, &[]).await;
    assert_eq!(asked.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(asked.text.contains("草稿已经保存") && asked.text.contains("还没有提交"));
    let proof = worked(&asked.text);
    assert_eq!(ready(&site).await.post(SEND, &[("proof", &proof)]).await.status, StatusCode::TOO_MANY_REQUESTS);
    let sent = fourth.post(SEND, &[("proof", &proof)]).await;
    assert!(sent.location.ends_with("/receipt"), "{}", sent.text);
    let again = fourth.post(SEND, &[("proof", &proof)]).await;
    assert!(again.location.ends_with("/receipt"), "it is one application");
    // With work as without: so many in an hour.
    let mut accepted = 4;
    let last = loop {
        let one = ready(&site).await;
        let asked = one.post(SEND, &[]).await;
        let answer = one.post(SEND, &[("proof", &worked(&asked.text))]).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(
                one.get("/agencies/000000011/apply/check").await.text.contains("示例路改造工程"),
                "the draft stays"
            );
            break answer;
        }
        accepted += 1;
    };
    assert_eq!(accepted, 20);
    assert!(last.text.contains("请过一小时再提交") && !last.text.contains("data-challenge"), "no work helps");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_dies_half_way_leaves_the_draft_as_it_was() {
    let site = Site::open().await;
    let browser = ready(&site).await;
    let path = "/agencies/000000011/apply/papers";
    let died = browser.upload(path, "说明.pdf", b"%PDF-1.7 half", false).await;
    assert!(died.status.is_client_error(), "{}", died.status);
    let check = browser.get("/agencies/000000011/apply/check").await.text;
    assert!(check.contains("示例路改造工程") && !check.contains("说明.pdf"));
    let whole = browser.upload(path, "说明.pdf", b"%PDF-1.7 whole", true).await;
    assert_eq!(whole.status, StatusCode::SEE_OTHER, "{}", whole.text);
    assert!(browser.get("/agencies/000000011/apply/check").await.text.contains("说明.pdf"));
}
