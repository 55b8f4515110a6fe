//! What must not slip through: another number behind a settled finding, pictures nobody looked at, closed agencies.

use gongkai_model::officer::Role;
use gongkai_model::publication::Decision;
use gongkai_model::publication::check::Disposition;
use gongkai_service::platform::{Actor, Fault, Upload};

use super::{House, agreed, at, input};

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_about_one_number_does_not_let_another_through() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("某公示").await;
    house.save(id, &input("某公示", "示例号码11010519491231002X，供核对。")).await.unwrap();
    let open = async || {
        let view = services.view(at(1), &crew.drafter, id).await.unwrap();
        view.findings.into_iter().filter(gongkai_service::platform::Finding::is_open).collect::<Vec<_>>()
    };
    let [found] = <[_; 1]>::try_from(open().await).unwrap();
    services
        .settle(at(2), &crew.secrecy, id, &found.fingerprint, Disposition::FalsePositive, "这是虚构的示例号码")
        .await
        .unwrap();
    assert!(open().await.is_empty());
    // The same mask, another person.
    house.save(id, &input("某公示", "示例号码11010519500315022X，供核对。")).await.unwrap();
    assert_eq!(open().await.len(), 1, "asked for again");
    assert!(house.submit(id).await.is_err());
}

/// 公开前检查 D13: what no program reads, a person must have looked at.
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_waits_until_somebody_has_looked_at_it() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("某公示").await;
    house.save(id, &input("某公示", "见附件。")).await.unwrap();
    let picture = Upload { name: "现场.png".to_owned(), bytes: b"\x89PNG\r\n\x1a\nxxxx".to_vec() };
    services.attach(at(1), &crew.drafter, id, picture).await.unwrap();
    let view = services.view(at(2), &crew.drafter, id).await.unwrap();
    let unread = view.findings.iter().find(|one| one.hit.detector.code() == "D13").unwrap();
    assert!(unread.is_open() && house.submit(id).await.is_err());
    let looked = "照片里没有人脸、证件和车牌";
    services.settle(at(3), &crew.drafter, id, &unread.fingerprint, Disposition::FalsePositive, looked).await.unwrap();
    house.submit(id).await.unwrap();
}

/// 公开前检查 D9, 个人信息保护法 第二十八条: sensitive kinds want a note of the secrecy reviewer.
#[tokio::test(flavor = "multi_thread")]
async fn sensitive_kinds_want_a_note_of_the_secrecy_reviewer() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("某通告").await;
    house.save(id, &input("某通告", "申请人提交病历的，核对后退还。")).await.unwrap();
    house.submit(id).await.unwrap();
    let seen = services.view(at(2), &crew.drafter, id).await.unwrap().record.edition.content;
    services.review(at(3), &crew.head, id, Decision::passed(""), &seen).await.unwrap();
    let silent = services.review(at(4), &crew.secrecy, id, agreed(&crew.secrecy, ""), &seen).await;
    assert!(matches!(silent, Err(Fault::Invalid(_))), "{silent:?}");
    services.review(at(5), &crew.secrecy, id, agreed(&crew.secrecy, "只说办理要求，不涉及个人"), &seen).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_publishes_until_the_day_it_is_closed() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let mut root = crew.administrator.clone();
    root.over_all = true;
    root.officer.agency = services.directory().get(house.agency).unwrap().parent.unwrap();
    let today = gongkai_service::platform::local_date(at(0));
    let tomorrow = today.tomorrow().unwrap();
    services.close_unit(at(0), &root, house.agency, tomorrow, None).await.unwrap();
    let id = house.draft("还在的机关的通知").await;
    house.save(id, &input("还在的机关的通知", "正文。")).await.unwrap();
    services.close_unit(at(1), &root, house.agency, today, None).await.unwrap();
    let late = services
        .create(
            at(2),
            &crew.drafter,
            gongkai_model::ids::PublicationId(uuid::Uuid::now_v7()),
            gongkai_service::platform::NewDraft::Text("再写一条".to_owned()),
        )
        .await;
    assert!(matches!(late, Err(Fault::Refused(_))), "{late:?}");
    assert!(services.close_unit(at(3), &root, house.agency, tomorrow, None).await.is_err(), "the day has come");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_of_an_agency_sees_its_own_people_alone() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    house.draft("某通知").await;
    let mut officer = crew.head.officer.clone();
    officer.roles = vec![Role::Auditor];
    let auditor = Actor { officer, over_all: false };
    let own = services.audit_page(&auditor, None, None).await.unwrap();
    assert!(own.iter().any(|record| record.act == "edition.create"));
    let people = [&crew.drafter, &crew.head, &crew.secrecy, &crew.leader, &crew.publisher, &crew.administrator];
    assert!(own.iter().all(|record| people.iter().any(|one| one.id().to_string() == record.actor)));
    let all = services.audit_page(&Actor { over_all: true, ..auditor }, None, None).await.unwrap();
    assert!(all.len() > own.len(), "the supervising office sees the acts of its own people too");
}
