//! The steps of the tables, there and back, on each database that is at hand.
#![expect(clippy::unwrap_used, reason = "a test says what failed by stopping")]

use gongkai_store::{Settings, Store};

/// A new database of the test server; `None` where there is no server.
#[expect(clippy::print_stderr, reason = "what is left out must be seen")]
fn postgres() -> Option<String> {
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
        assert!(std::env::var("CI").is_err(), "没有 TEST_POSTGRES_URL，PostgreSQL 的测试不能进行");
        eprintln!("没有 TEST_POSTGRES_URL：略过 PostgreSQL");
        return None;
    };
    let name = format!("t{}", uuid::Uuid::now_v7().simple());
    let made =
        std::process::Command::new("psql").args([&server, "-qc", &format!("create database {name}")]).status().unwrap();
    assert!(made.success());
    Some(server.replace("/postgres", &format!("/{name}")))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_can_be_taken_back_and_taken_again() {
    let mut databases = vec![None];
    databases.extend(postgres().map(Some));
    for database in databases {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { folder: folder.path().to_path_buf(), database, readers: 1 };
        let store = Store::open(&settings).await.unwrap();
        assert!(store.pending_migrations().await.unwrap() > 0);
        store.migrate().await.unwrap();
        assert_eq!(store.pending_migrations().await.unwrap(), 0);
        store.unmigrate().await.unwrap();
        assert!(store.pending_migrations().await.unwrap() > 0);
        store.migrate().await.unwrap();
        assert_eq!(store.units().await.unwrap().len(), 0);
        store.close().await.unwrap();
    }
}
