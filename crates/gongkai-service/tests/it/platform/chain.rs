//! The audit chain against those who change the database, and proofs against those who change the file.

use gongkai_service::platform::{Options, Services, check_item};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{House, at, input};

/// Runs statements on the database of a house behind the back of the program.
async fn behind(options: &Options, statements: &[&str]) {
    let address = format!("sqlite://{}?mode=rw", options.data.join("gongkai.sqlite").display());
    let base = sea_orm::Database::connect(address).await.unwrap();
    for one in statements {
        base.execute_unprepared(one).await.unwrap();
    }
    base.close().await.unwrap();
}

async fn reopened(house: House, statements: &[&str]) -> (std::sync::Arc<Services>, House) {
    house.services.close().await.unwrap();
    behind(&house.options, statements).await;
    (Services::open(house.options.clone(), true, at(60)).await.unwrap(), house)
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_were_changed_removed_or_moved_in_the_store_are_found() {
    for (statements, told) in [
        (vec!["UPDATE audit SET detail = detail || 'x' WHERE sequence = 5"], "第5条记录的内容被改动"),
        (vec!["DELETE FROM audit WHERE sequence = 5"], "第6条记录与前一条不相连"),
        (
            vec![
                "UPDATE audit SET sequence = 100005 WHERE sequence = 5",
                "UPDATE audit SET sequence = 5 WHERE sequence = 6",
                "UPDATE audit SET sequence = 6 WHERE sequence = 100005",
            ],
            "不相连",
        ),
        (vec!["DELETE FROM audit WHERE sequence > 5"], "末尾的记录被删除"),
        (vec!["DELETE FROM audit", "UPDATE serial SET last = 0 WHERE name = 'audit'"], "被清空"),
    ] {
        let house = House::open(None).await;
        house.publish(&input("公告", "正文。")).await;
        assert!(house.services.verify_audit(None).await.unwrap().broken.is_none());
        let (services, _house) = reopened(house, &statements).await;
        let broken = services.verify_audit(None).await.unwrap().broken.unwrap_or_default();
        assert!(broken.contains(told), "{statements:?}: {broken}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_was_noted_elsewhere_shows_a_chain_cut_short() {
    let house = House::open(None).await;
    house.publish(&input("公告", "正文。")).await;
    let verdict = house.services.verify_audit(None).await.unwrap();
    let noted = (verdict.records, verdict.head);
    assert!(house.services.verify_audit(Some(&noted)).await.unwrap().broken.is_none());
    assert!(house.services.verify_audit(Some(&(noted.0, "0".repeat(64)))).await.unwrap().broken.is_some());
    let cut = ["DELETE FROM audit WHERE sequence > 6", "UPDATE serial SET last = 6 WHERE name = 'audit'"];
    let (services, _house) = reopened(house, &cut).await;
    assert!(services.verify_audit(None).await.unwrap().broken.is_none(), "by itself it looks whole");
    assert!(services.verify_audit(Some(&noted)).await.unwrap().broken.unwrap().contains("末尾的记录被删除"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_compares_what_is_public_with_what_the_chain_says() {
    for (statements, what) in [
        (vec!["DELETE FROM signature"], "内容"),
        (vec!["DELETE FROM edition WHERE state = 'published'"], "已公开的版本"),
        (vec!["UPDATE edition SET state = 'published', published_at = updated_at WHERE state = 'draft'"], "内容"),
        (vec!["UPDATE edition SET published_at = published_at - 86400000000 WHERE state = 'published'"], "内容"),
        (vec!["UPDATE publication SET first_published_at = first_published_at - 31536000000000"], "内容"),
        (vec!["UPDATE publication SET index_no = 'x' WHERE index_no IS NOT NULL"], "内容"),
        (vec!["UPDATE edition SET state = 'withdrawn', withdrawn_at = published_at WHERE state = 'published'"], "内容"),
        (vec!["UPDATE edition SET state = 'superseded' WHERE state = 'published'"], "内容"),
        (vec!["UPDATE signature SET comment = '别的意见' WHERE position = 0"], "内容"),
        (vec!["UPDATE signature SET signed_at = signed_at - 1000000 WHERE position = 1"], "内容"),
        (
            vec![
                "UPDATE signature SET officer_id = (SELECT officer_id FROM signature WHERE position = 2) WHERE position = 1",
            ],
            "内容",
        ),
        (vec!["UPDATE signature SET secrecy = 'after_removal' WHERE secrecy = 'public'"], "内容"),
        (vec!["UPDATE edition SET authors = '[]x'"], "内容"),
    ] {
        let house = House::open(None).await;
        house.publish(&input("公告", "正文。")).await;
        house.draft("没有审核的稿件").await;
        let (services, _house) = reopened(house, &statements).await;
        let wrong: Vec<&str> = services
            .doctor(at(500_000))
            .await
            .unwrap()
            .into_iter()
            .filter(|one| one.wrong.is_some())
            .map(|one| one.what)
            .collect();
        assert!(wrong.contains(&what), "{statements:?}: {wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_item_proves_every_element_and_an_imported_one_says_so() {
    for house in House::each().await {
        let (_, publication) = house.publish(&input("公告", "正文。")).await;
        let item = house.services.item_json(publication).await.unwrap();
        assert_eq!(check_item(&item).wrong, Vec::<String>::new());
        for name in [
            "title",
            "text",
            "formed_on",
            "published_on",
            "issuing_organ",
            "index_no",
            "genre_code",
            "theme",
            "catalog_node",
            "summary",
            "edition",
        ] {
            for changed in [json!("别的"), json!("")] {
                let mut other = item.clone();
                if other[name] == changed {
                    continue;
                }
                other[name] = changed;
                assert!(!check_item(&other).wrong.is_empty(), "{name}");
            }
            let mut other = item.clone();
            other.as_object_mut().unwrap().remove(name);
            if ["title", "text", "formed_on", "published_on", "issuing_organ", "index_no", "genre_code", "catalog_node"]
                .contains(&name)
            {
                assert!(!check_item(&other).wrong.is_empty(), "without {name}");
            }
        }
        for (name, changed) in [
            ("validity", json!("已废止")),
            ("genre", json!("命令")),
            ("id", json!("0199c0de-0000-7000-8000-000000000000")),
            ("attachments", json!([{ "id": "x", "name": "另一个.docx", "sha256": "00", "bytes": 1 }])),
            ("extra", json!("多出的")),
        ] {
            let mut other = item.clone();
            other[name] = changed;
            assert!(!check_item(&other).wrong.is_empty(), "{name}");
        }
        let mut other = item.clone();
        let proof = other["proof"].as_array_mut().unwrap();
        proof.retain(|one| !one["detail"].as_str().unwrap().contains("role=division_leader"));
        let wrong = check_item(&other).wrong;
        assert!(wrong.iter().any(|why| why.contains("审核链上有")), "{wrong:?}");
        let rows = "title,doc_no,catalog_node,genre,formed_on,published_on,channels,body\n旧公告,,A15-1,公告,2024-03-01,2024-03-05,网站,正文。\n";
        house.services.import_publications(at(40), "000014349", "a.csv", rows.as_bytes(), false).await.unwrap();
        let items = house.services.list(None, None, "", 10).await.unwrap().items;
        let old = items.iter().find(|item| item.row.title == "旧公告").unwrap().row.publication;
        let verdict = check_item(&house.services.item_json(old).await.unwrap());
        assert_eq!((verdict.wrong, verdict.imported), (Vec::<String>::new(), true));
        let steps = house
            .services
            .public_record(items.iter().find(|item| item.row.title == "公告").unwrap().row.edition)
            .await
            .unwrap();
        let told: Vec<&str> = steps.iter().map(|step| step.what.as_str()).collect();
        assert_eq!(told, ["起草", "提交审核", "审核同意", "审核同意", "审核同意", "发布"]);
    }
}
