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
            let options = Options { data, database, reader: None };
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
        let options = Options { data: folder.path().join("half"), database: None, reader: None };
        let half = Services::open(options, true, at(22)).await.unwrap();
        assert!(half.restore(&file).await.is_err());
        assert_eq!(half.list(None, None, "", 10).await.unwrap().items.len(), 0);
        assert!(half.first_link(at(22)).await.unwrap().is_some(), "still empty");
    }
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

#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_shows_every_stage_and_nothing_public_is_unsigned() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { data: folder.path().to_path_buf(), database: None, reader: None };
    let services = Services::open(options, true, at(0)).await.unwrap();
    let accounts = services.fill_demo(at(0)).await.unwrap();
    assert_eq!(accounts.len(), 35);
    assert_eq!(services.unsigned_public().await.unwrap(), 0);
    let counts = services.counts().await.unwrap();
    assert!(counts.total(None) > 100, "{}", counts.total(None));
    assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    assert!(services.fill_demo(at(1)).await.is_err(), "only into what is empty");
}
