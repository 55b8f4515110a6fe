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

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_row_is_lost_or_guessed() {
    let house = House::open(None).await;
    let import = async |name: &str, bytes: &[u8]| {
        house.services.import_publications(at(0), "000014349", name, bytes, true).await
    };
    let head = "title,doc_no,catalog_node,genre,formed_on,published_on,channels,body\r\n";
    let row = |body: &str| format!("{head}公告,,A15-1,公告,2024-03-01,2024-03-05,网站,{body}\r\n");
    let why = |outcome: gongkai_service::platform::ImportOutcome| {
        outcome.refused.into_iter().map(|one| (one.row, one.why)).collect::<Vec<_>>()
    };
    assert_eq!(import("a.csv", row("正文。").as_bytes()).await.unwrap().added, 1);
    let unquoted = why(import("a.csv", row("第一句,第二句。").as_bytes()).await.unwrap());
    assert!(unquoted[0].0 == 2 && unquoted[0].1.contains("双引号"), "{unquoted:?}");
    // A quotation mark that is not closed would take the rows after it as text.
    let open = format!(
        "{}\"正文没有关引号\r\n标题甲,,A15-1,公告,2024-03-01,2024-03-05,网站,甲\r\n坏,,A99,,,,,\r\n",
        row("正文。").trim_end_matches("正文。\r\n")
    );
    let fault = import("a.csv", open.as_bytes()).await.unwrap_err().to_string();
    assert!(fault.contains("第2行") && fault.contains("双引号"), "{fault}");
    let stray = import("a.csv", row("\"甲\"乙").as_bytes()).await.unwrap_err().to_string();
    assert!(stray.contains("第2行"), "{stray}");
    assert_eq!(import("a.csv", row("\"他说“好”，又说\"\"行\"\"。\n第二段\"").as_bytes()).await.unwrap().added, 1);
    assert_eq!(import("a.csv", format!("{},,,,,,,\r\n", row("正文。")).as_bytes()).await.unwrap().added, 1);
    assert!(import("a.csv", b"").await.is_err());
    let old_lines = row("正文。").replace("\r\n", "\r");
    assert_eq!(import("a.csv", old_lines.as_bytes()).await.unwrap().added, 1);
    let marked = why(import("a.csv", row("| 秘密 |").as_bytes()).await.unwrap());
    assert!(marked[0].1.contains("国家秘密标志"), "{marked:?}");
    let broken = why(import("a.csv", row("乱\u{fffd}码").as_bytes()).await.unwrap());
    assert!(broken[0].1.contains("编码"), "{broken:?}");
    let control = why(import("a.csv", row("控\u{1b}制").as_bytes()).await.unwrap());
    assert!(control[0].1.contains("控制字符"), "{control:?}");
    let long = why(import("a.csv", row(&"长".repeat(200_001)).as_bytes()).await.unwrap());
    assert!(long[0].1.contains("二十万字"), "{}", long[0].1.len());
    let several = why(import("a.csv", format!("{head},,没有,没有,x,y,电报,\r\n").as_bytes()).await.unwrap());
    for name in ["title", "catalog_node", "genre", "formed_on", "published_on", "channels", "body"] {
        assert!(several[0].1.contains(&format!("{name}：")), "{name}: {several:?}");
    }
    for (bad, told) in [
        (head.replace("doc_no", "docno"), "不认识的列“docno”"),
        (head.replace("doc_no", "title"), "出现了两次"),
        ("title,body\r\n甲,乙\r\n".to_owned(), "缺少列"),
    ] {
        let refused = import("a.csv", bad.as_bytes()).await.unwrap_err().to_string();
        assert!(refused.contains(told), "{refused}");
    }
    let semicolons = row("正文。").replace(',', ";");
    assert_eq!(import("a.csv", semicolons.as_bytes()).await.unwrap().added, 1);
    let twice =
        import("a.csv", format!("{}公告,,A15-1,公告,2024-03-01,2024-03-05,网站,正文。\r\n", row("正文。")).as_bytes())
            .await
            .unwrap();
    assert_eq!((twice.added, twice.twice), (1, vec![(3, 2)]));
    let lines = "{\"title\":\"甲\",\"catalog_node\":\"A15-7\",\"genre\":\"通告\",\"formed_on\":\"2024-01-01\",\"published_on\":\"2024-01-02\",\"body\":\"正文\",\"channels\":[\"网站\",\"微信\"]}\n坏行\n{\"titel\":\"乙\"}\n";
    let told = why(import("a.jsonl", lines.as_bytes()).await.unwrap());
    assert_eq!(told.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 3], "{told:?}");
    let section = house.services.import_publications(at(0), "404", "a.csv", row("正文。").as_bytes(), true).await;
    assert!(section.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_is_read_as_a_table_with_its_dates() {
    let house = House::open(None).await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, name) in
        (0..).zip(["title", "doc_no", "catalog_node", "genre", "formed_on", "published_on", "channels", "body"])
    {
        sheet.write_string(0, at, name).unwrap();
    }
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    for (at, text) in [(0, "旧公告"), (2, "A15-1"), (3, "公告"), (6, "网站"), (7, "正文。")] {
        sheet.write_string(1, at, text).unwrap();
    }
    sheet
        .write_datetime_with_format(1, 4, rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 3, 1).unwrap(), &date)
        .unwrap();
    sheet
        .write_datetime_with_format(1, 5, rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 3, 5).unwrap(), &date)
        .unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let import =
        async |bytes: &[u8]| house.services.import_publications(at(0), "000014349", "a.xlsx", bytes, true).await;
    assert_eq!(import(&bytes).await.unwrap().added, 1);
    book.add_worksheet().write_string(0, 0, "别的").unwrap();
    let refused = import(&book.save_to_buffer().unwrap()).await.unwrap_err().to_string();
    assert!(refused.contains("2张有内容的工作表"), "{refused}");
}
