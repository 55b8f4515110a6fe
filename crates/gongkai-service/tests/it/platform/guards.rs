//! What must not slip through: another number behind a settled finding, pictures nobody looked at, closed agencies.

use gongkai_model::officer::Role;
use gongkai_model::publication::Decision;
use gongkai_model::publication::check::Disposition;
use gongkai_service::platform::{Actor, AuditQuestion, Fault, Upload};

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
    let unfinished = services.close_unit(at(1), &root, house.agency, today, None).await;
    assert!(
        matches!(&unfinished, Err(Fault::Refused(refusal)) if refusal.to_string().contains("1件")),
        "{unfinished:?}"
    );
    services.discard(at(1), &crew.drafter, id).await.unwrap();
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
    officer.grants = vec![gongkai_model::officer::Grant::own(Role::Auditor)];
    let auditor = Actor { officer, over_all: false };
    let own = services.audit_page(&auditor, &AuditQuestion::default()).await.unwrap();
    assert!(own.iter().any(|record| record.act == "edition.create"));
    let people = [&crew.drafter, &crew.head, &crew.secrecy, &crew.leader, &crew.publisher, &crew.administrator];
    assert!(own.iter().all(|record| people.iter().any(|one| one.id().to_string() == record.actor)));
    let all = services.audit_page(&Actor { over_all: true, ..auditor }, &AuditQuestion::default()).await.unwrap();
    assert!(all.len() > own.len(), "the supervising office sees the acts of its own people too");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_form_sent_many_times_at_once_makes_one_draft() {
    for house in House::each().await {
        let id = gongkai_model::ids::PublicationId(uuid::Uuid::now_v7());
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (services, actor) = (house.services.clone(), house.crew.drafter.clone());
                let new = gongkai_service::platform::NewDraft::Text("同一份通知\n\n正文。".to_owned());
                tokio::spawn(async move { services.create(at(0), &actor, id, new).await })
            })
            .collect();
        let mut made = std::collections::BTreeSet::new();
        for task in tasks {
            made.insert(task.await.unwrap().unwrap());
        }
        assert_eq!(made.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_ends_the_tokens_of_a_person_at_once() {
    use gongkai_service::platform::Scope;
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let made = services.new_token(at(0), &crew.drafter, "对接程序", &[Scope::Draft], 30).await.unwrap();
        assert!(services.token_actor(at(1), &made.secret).await.unwrap().is_some());
        services.reset_officer(at(1), &crew.administrator, crew.drafter.id()).await.unwrap();
        assert!(services.token_actor(at(1), &made.secret).await.unwrap().is_none(), "known a moment ago, ended now");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_over_keeps_up_and_takes_down_what_was_published_before() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let (edition, publication) = house.publish(&input("原机关的公告", "正文。")).await;
        let office = services.directory().get(house.agency).unwrap().parent.unwrap();
        let mut root = crew.administrator.clone();
        (root.over_all, root.officer.agency) = (true, office);
        let next = services
            .add_unit(at(20), None, "000099999", "新机关", gongkai_model::org::UnitKind::Agency, Some(office))
            .await
            .unwrap();
        let of = |actor: &Actor| {
            let mut other = actor.clone();
            other.officer.agency = next;
            other
        };
        let (drafter, leader) = (of(&crew.drafter), of(&crew.leader));
        assert!(matches!(services.view(at(20), &drafter, edition).await, Err(Fault::Forbidden)));
        let today = gongkai_service::platform::local_date(at(20));
        services.close_unit(at(20), &root, house.agency, today, Some(next)).await.unwrap();
        let renewed = services.renew(at(21), &drafter, publication).await.unwrap();
        let view = services.view(at(21), &drafter, renewed).await.unwrap();
        assert_eq!((view.agency_name.as_str(), view.may_edit), ("新机关", true));
        assert!(matches!(
            services.withdraw(at(22), &crew.leader, edition, "内容已经过时").await,
            Err(Fault::Forbidden)
        ));
        services.withdraw(at(22), &leader, edition, "内容已经过时").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_sees_what_changed_since_the_last_submission() {
    use gongkai_service::platform::Difference::{Gone, New};
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("某通知").await;
        house.save(id, &input("某通知", "第一段。\n第二段有误。")).await.unwrap();
        house.submit(id).await.unwrap();
        assert_eq!(services.against_last(&crew.head, id).await.unwrap(), None, "submitted once");
        let seen = services.view(at(3), &crew.head, id).await.unwrap().record.edition.content;
        services.review(at(3), &crew.head, id, Decision::returned("改第二段"), &seen).await.unwrap();
        house.save(id, &input("某通知", "第一段。\n第二段已改正。")).await.unwrap();
        house.submit(id).await.unwrap();
        let found = services.against_last(&crew.head, id).await.unwrap().unwrap();
        assert!(found.contains(&Gone("第二段有误。".to_owned())) && found.contains(&New("第二段已改正。".to_owned())));
    }
}
