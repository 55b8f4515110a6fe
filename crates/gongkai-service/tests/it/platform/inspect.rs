//! 发布后核查, and clean copies of files.

use gongkai_service::platform::{Actor, Fault, Upload};

use super::publication::gongkai_ingest_fixture;
use super::{House, agreed, at, input};

#[tokio::test(flavor = "multi_thread")]
async fn a_checker_confirms_the_page_or_says_what_is_wrong() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let mut officer = crew.head.officer.clone();
        officer.grants = vec![gongkai_model::officer::Grant::own(gongkai_model::officer::Role::Checker)];
        let checker = Actor { officer, over_all: false };
        let id = house.draft("某公告").await;
        house.save(id, &input("某公告", "正文。")).await.unwrap();
        house.submit(id).await.unwrap();
        assert!(
            matches!(services.inspect(at(5), &checker, id, true, "").await, Err(Fault::Refused(_))),
            "nothing is public yet"
        );
        let seen = services.view(at(2), &crew.drafter, id).await.unwrap().record.edition.content;
        for (minute, who) in [(3, &crew.head), (4, &crew.secrecy), (5, &crew.leader)] {
            services.review(at(minute), who, id, agreed(who, "同意"), &seen).await.unwrap();
        }
        services.publish(at(6), &crew.publisher, id).await.unwrap();
        let desk = services.desk(at(7), &checker).await.unwrap();
        assert_eq!(desk.mine.iter().filter(|task| task.edition == Some(id)).count(), 1, "asked for");
        assert!(matches!(services.inspect(at(7), &crew.leader, id, true, "").await, Err(Fault::Forbidden)));
        assert!(matches!(services.inspect(at(7), &checker, id, false, " ").await, Err(Fault::Invalid(_))));
        services.inspect(at(8), &checker, id, false, "页面缺了附件").await.unwrap();
        let leader = services.desk(at(9), &crew.leader).await.unwrap();
        assert!(leader.mine.iter().any(|task| task.edition == Some(id) && task.act.contains("不一致")));
        services.inspect(at(10), &checker, id, true, "").await.unwrap();
        let check = services.view(at(11), &crew.drafter, id).await.unwrap().check.unwrap();
        assert!(check.right && check.officer == checker.id());
        assert!(services.desk(at(12), &checker).await.unwrap().mine.iter().all(|task| task.edition != Some(id)));
    }
}

/// 公开前检查 D12: the file is refused as it is, its clean copy is taken.
#[tokio::test(flavor = "multi_thread")]
async fn a_clean_copy_takes_the_place_of_a_file_with_hidden_data() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("某公示").await;
    house.save(id, &input("某公示", "详见附件。")).await.unwrap();
    let covered = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/hidden/covered.pdf")).unwrap();
    services.attach(at(1), &crew.drafter, id, gongkai_ingest_fixture()).await.unwrap();
    services.attach(at(1), &crew.drafter, id, Upload { name: "名单.pdf".to_owned(), bytes: covered }).await.unwrap();
    assert!(house.submit(id).await.is_err(), "hidden data block");
    let files = services.view(at(2), &crew.drafter, id).await.unwrap().attachments;
    assert_eq!(files.len(), 2);
    for file in &files {
        services.replace_with_clean(at(3), &crew.drafter, id, file.file.id).await.unwrap();
    }
    let files = services.view(at(4), &crew.drafter, id).await.unwrap().attachments;
    for file in &files {
        assert!(file.file.hidden.is_empty(), "{}", file.file.name);
        let (_, bytes) = services.office_file(&crew.drafter, file.file.id).await.unwrap();
        let read = gongkai_ingest::ingest(&bytes, None, &gongkai_ingest::Limits::default()).unwrap();
        let text = format!("{:?}", read.manuscript);
        assert!(!text.contains("11010519491231002X") && !text.contains("白色的字"), "{text}");
        assert!(text.contains("加的字") || text.contains("现予公示"), "{text}");
        let again = services.replace_with_clean(at(5), &crew.drafter, id, file.file.id).await;
        assert!(matches!(again, Err(Fault::Refused(_))), "a clean file needs no copy");
    }
    house.submit(id).await.unwrap();
}
