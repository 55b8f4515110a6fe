//! Bringing in what was published before.

use gongkai_service::platform::Fault;

use super::{House, at};

const GOOD: &str = "title,doc_no,catalog_node,genre,formed_on,published_on,channels,body\n\
旧公告一,示审〔2024〕1号,A15-1,公告,2024-03-01,2024-03-05,网站;微信,\"第一段。\n第二段。\"\n\
旧公告二,,审计结果公告,proclamation,2024-02-01,2024-02-03,网站,正文。\n";

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_all_or_nothing_and_twice_changes_nothing() {
    for house in House::each().await {
        let services = &house.services;
        let import = |text: String, dry: bool| async move {
            services.import_publications(at(0), "000014349", "旧信息.csv", text.as_bytes(), dry).await
        };
        let bad = format!(
            "{GOOD}坏行,,没有这一类,通知,2024-01-01,2024-01-02,,正文\n早发,,A15-1,通知,2024-05-02,2024-05-01,,正文\n有号码,,A15-1,通知,2024-01-01,2024-01-02,,身份证11010519491231002X\n"
        );
        let outcome = import(bad, false).await.unwrap();
        assert_eq!((outcome.added, outcome.refused.len()), (0, 3), "{outcome:?}");
        assert_eq!(outcome.refused[0].row, 5, "the row as an editor counts it: a cell holds a line break");
        assert_eq!(services.list(None, None, "", 10).await.unwrap().items.len(), 0);
        assert_eq!(import(GOOD.to_owned(), true).await.unwrap().added, 2);
        assert_eq!(services.list(None, None, "", 10).await.unwrap().items.len(), 0, "a rehearsal writes nothing");
        assert_eq!(import(GOOD.to_owned(), false).await.unwrap().added, 2);
        let again = import(GOOD.to_owned(), false).await.unwrap();
        assert_eq!((again.added, again.known), (0, 2));
        let page = services.list(None, None, "", 10).await.unwrap();
        let numbers: Vec<&str> = page.items.iter().map(|item| item.row.index_no.as_str()).collect();
        assert_eq!(numbers, ["000014349/2024-00002", "000014349/2024-00001"], "serial numbers follow the days");
        assert!(matches!(
            services.import_publications(at(0), "404", "a.csv", b"", false).await,
            Err(Fault::Invalid(_))
        ));
        assert!(matches!(
            services.import_publications(at(0), "000014349", "a.csv", b"x,y\n1,2\n", false).await,
            Err(Fault::Invalid(_))
        ));
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_of_json_are_rows_too() {
    let house = House::open(None).await;
    let text = "{\"title\":\"甲\",\"catalog_node\":\"A15-7\",\"genre\":\"通告\",\"formed_on\":\"2024-01-01\",\"published_on\":\"2024-01-02\",\"body\":\"正文\"}\n\n";
    let outcome =
        house.services.import_publications(at(0), "000014349", "a.jsonl", text.as_bytes(), false).await.unwrap();
    assert_eq!(outcome.added, 1);
}
