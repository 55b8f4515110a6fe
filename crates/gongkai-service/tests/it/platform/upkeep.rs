//! Backup, restore, the demonstration, the search index.

use gongkai_service::platform::{Options, SearchInput, Services};

use super::{House, at, input, postgres};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_one_database_is_restored_on_another() {
    for house in House::each().await {
        let (_, publication) = house.publish(&input("要保存的公告", "重要的内容。")).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("备份.tar.gz");
        let written = house.services.backup(at(20), &file).await.unwrap();
        for database in [Some(None), postgres().map(Some)].into_iter().flatten() {
            let data = folder.path().join(if database.is_some() { "pg" } else { "lite" });
            let options = Options { data, database, reader: None, fills_index: true };
            let other = Services::open(options, true, at(21)).await.unwrap();
            let read = other.restore(&file).await.unwrap();
            assert_eq!(read, written);
            other.refresh(at(21)).await.unwrap();
            other.follow().await.unwrap();
            let verdict = other.verify_audit(None).await.unwrap();
            assert_eq!((verdict.broken, verdict.head), (None, written.head.1.clone()));
            assert!(other.item(publication).await.unwrap().unwrap().html.contains("重要的内容"));
            let found = other
                .search(&SearchInput { q: "重要的内容".to_owned(), page: 1, ..SearchInput::default() })
                .await
                .unwrap();
            assert_eq!(found.total, 1);
            assert!(other.restore(&file).await.is_err(), "only into what is empty");
        }
        // A damaged file leaves nothing behind.
        let mut bytes = std::fs::read(&file).unwrap();
        bytes.truncate(bytes.len() / 2);
        std::fs::write(&file, bytes).unwrap();
        let options = Options { data: folder.path().join("half"), database: None, reader: None, fills_index: true };
        let half = Services::open(options, true, at(22)).await.unwrap();
        assert!(half.restore(&file).await.is_err());
        assert_eq!(half.list(None, None, "", 10).await.unwrap().items.len(), 0);
        assert!(half.first_link(at(22)).await.unwrap().is_some(), "still empty");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_people_work_is_whole() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("一直在改的稿件").await;
        let folder = tempfile::tempdir().unwrap();
        let files: Vec<_> = (0..3).map(|at| folder.path().join(format!("{at}.tar.gz"))).collect();
        let work = async {
            let mut version = house.version(id).await;
            for number in 0..120 {
                let form = input("一直在改的稿件", &format!("第{number}次。"));
                version = services.save(at(number), &crew.drafter, id, version, &form).await.unwrap();
            }
        };
        let copies = async {
            for file in &files {
                services.backup(at(0), file).await.unwrap();
            }
        };
        tokio::join!(work, copies);
        for (number, file) in files.iter().enumerate() {
            let data = folder.path().join(format!("restored{number}"));
            let again = Services::open(Options { data, database: None, reader: None, fills_index: true }, true, at(0))
                .await
                .unwrap();
            again.restore(file).await.unwrap();
            again.refresh(at(200)).await.unwrap();
            assert!(again.verify_audit(None).await.unwrap().broken.is_none());
            let wrong: Vec<_> =
                again.doctor(at(500_000)).await.unwrap().into_iter().filter(|one| one.wrong.is_some()).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_of_another_or_a_later_database_is_filled_anew() {
    let (one, other) = (House::open(None).await, House::open(None).await);
    one.publish(&input("甲公告", "正文。")).await;
    other.publish(&input("乙公告", "正文。")).await;
    for house in [&one, &other] {
        house.services.close().await.unwrap();
        // Opened once more, the index notes whose it is.
        Services::open(house.options.clone(), true, at(40)).await.unwrap().close().await.unwrap();
    }
    let (from, to) = (one.options.data.join("search"), other.options.data.join("search"));
    std::fs::remove_dir_all(&to).unwrap();
    std::fs::rename(&from, &to).unwrap();
    std::fs::copy(one.options.data.join("search-of.txt"), other.options.data.join("search-of.txt")).unwrap();
    let again = Services::open(other.options.clone(), true, at(50)).await.unwrap();
    again.follow().await.unwrap();
    let search = |words: &str| SearchInput { q: words.to_owned(), ..SearchInput::default() };
    assert_eq!(again.search(&search("甲公告")).await.unwrap().total, 0);
    assert_eq!(again.search(&search("乙公告")).await.unwrap().total, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_is_filled_again_from_the_store() {
    let house = House::open(None).await;
    house.publish(&input("甲公告", "独特的词语。")).await;
    let options = house.options.clone();
    house.services.close().await.unwrap();
    std::fs::remove_dir_all(options.data.join("search")).unwrap();
    let again = Services::open(options, true, at(30)).await.unwrap();
    assert_eq!(again.indexed(), 0);
    again.follow().await.unwrap();
    assert_eq!(again.indexed(), 1);
}
