//! From a file to the portal, and back.

use gongkai_manuscript::{Block, Manuscript, Paragraph, Place};
use gongkai_model::ids::PublicationId;
use gongkai_model::officer::{Grant, Role};
use gongkai_model::publication::check::Disposition;
use gongkai_model::publication::{Attribute, Decision, SecrecyOpinion, SecrecyResult, State};
use gongkai_service::platform::{DraftInput, Fault, Glance, NewDraft, SearchInput, Upload, Urgency};
use uuid::Uuid;

use super::{House, at, input};

fn word(lines: &[&str]) -> Upload {
    let blocks = lines.iter().map(|line| Block::Paragraph(Paragraph::new(*line, Place::None))).collect();
    Upload { name: "公告.docx".to_owned(), bytes: gongkai_typeset::docx(&Manuscript { blocks }, "公告").unwrap() }
}

async fn found(house: &House, words: &str) -> usize {
    house
        .services
        .search(&SearchInput { q: words.to_owned(), page: 1, ..SearchInput::default() })
        .await
        .unwrap()
        .items
        .len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_file_with_an_identity_number_is_stopped_corrected_reviewed_published_found_withdrawn() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let file = word(&[
            "关于某道路工程结算审计结果的公告",
            "示审公告〔2026〕3号",
            "审计了某道路工程，联系人身份证号11010519491231002X。",
            "2026年3月2日",
        ]);
        let publication = PublicationId(Uuid::now_v7());
        let id = services.create(at(0), &crew.drafter, publication, NewDraft::File(file)).await.unwrap();
        let view = services.view(at(0), &crew.drafter, id).await.unwrap();
        assert_eq!(view.record.metadata.title, "关于某道路工程结算审计结果的公告");
        assert_eq!(view.record.metadata.doc_no.as_deref(), Some("示审公告〔2026〕3号"));
        assert_eq!(view.record.metadata.formed_on.to_string(), "2026-03-02");
        assert!(view.findings.iter().any(|finding| finding.hit.detector.code() == "D1" && finding.is_open()));

        // Complete but for the number: submission is refused.
        let mut draft = DraftInput::of(&view.record, None);
        draft.catalog_node = "A15-1".to_owned();
        draft.theme = "财政、金融、审计".to_owned();
        draft.summary = "某道路工程结算的审计结果。".to_owned();
        house.save(id, &draft).await.unwrap();
        assert!(matches!(house.submit(id).await, Err(Fault::Refused(_))));
        draft.body = "审计了某道路工程，造价核减八万元。".to_owned();
        house.save(id, &draft).await.unwrap();
        house.submit(id).await.unwrap();

        // Out of turn, and by the wrong person.
        assert!(matches!(house.pass(id, &crew.leader).await, Err(Fault::Forbidden)));
        assert!(matches!(services.publish(at(3), &crew.publisher, id).await, Err(Fault::Refused(_))));
        for who in [&crew.head, &crew.secrecy, &crew.leader] {
            house.pass(id, who).await.unwrap();
        }
        assert_eq!(found(&house, "造价核减").await, 0);
        assert!(matches!(services.publish(at(4), &crew.drafter, id).await, Err(Fault::Forbidden)));
        services.publish(at(4), &crew.publisher, id).await.unwrap();
        services.follow().await.unwrap();
        assert_eq!(found(&house, "造价核减").await, 1);
        assert_eq!(found(&house, "示审公告〔2026〕3号").await, 1);
        let page = services.item(publication).await.unwrap().unwrap();
        assert_eq!(page.index_no, "000014349/2026-00001");
        assert_eq!(page.record.published_at, Some(at(4)));
        for ending in ["docx", "pdf"] {
            let (_, bytes) = services.item_file(publication, ending).await.unwrap().unwrap();
            assert!(bytes.len() > 1_000, "{ending}");
        }

        assert!(
            services.withdraw(at(5), &crew.leader, id, "电话13800138000有误，重发").await.is_err(),
            "the reason is public"
        );
        services.withdraw(at(5), &crew.leader, id, "数据有误，核实后重新发布").await.unwrap();
        services.follow().await.unwrap();
        assert_eq!(found(&house, "造价核减").await, 0);
        let tombstone = services.item(publication).await.unwrap().unwrap_err();
        assert_eq!(
            (tombstone.index_no.as_str(), tombstone.reason.as_str()),
            ("000014349/2026-00001", "数据有误，核实后重新发布")
        );
        let verdict = services.verify_audit(None).await.unwrap();
        assert!(verdict.broken.is_none() && verdict.records > 10, "{verdict:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_makes_one_draft_and_two_people_do_not_overwrite_each_other() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let publication = PublicationId(Uuid::now_v7());
        let once = services
            .create(at(0), &crew.drafter, publication, NewDraft::Text("通知\n正文。".to_owned()))
            .await
            .unwrap();
        let twice = services
            .create(at(0), &crew.drafter, publication, NewDraft::Text("通知\n正文。".to_owned()))
            .await
            .unwrap();
        assert_eq!(once, twice);
        let version = house.version(once).await;
        services.save(at(1), &crew.drafter, once, version, &input("甲的标题", "甲写的。")).await.unwrap();
        // The same content again is no conflict: a form sent twice.
        services.save(at(1), &crew.drafter, once, version, &input("甲的标题", "甲写的。")).await.unwrap();
        let second = services.save(at(2), &crew.drafter, once, version, &input("乙的标题", "乙写的。")).await;
        assert!(matches!(second, Err(Fault::Conflict)));
        assert_eq!(services.view(at(2), &crew.drafter, once).await.unwrap().record.metadata.title, "甲的标题");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_draft_comes_back_with_its_reasons_and_every_step_is_asked_again() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("某通知").await;
        house.save(id, &input("某通知", "正文。")).await.unwrap();
        house.submit(id).await.unwrap();
        house.pass(id, &crew.head).await.unwrap();
        let seen = services.view(at(3), &crew.secrecy, id).await.unwrap().record.edition.content;
        let silent = services.review(at(4), &crew.secrecy, id, Decision::returned(""), &seen).await;
        assert!(matches!(silent, Err(Fault::Refused(_))));
        services.review(at(4), &crew.secrecy, id, Decision::returned("删去第二段"), &seen).await.unwrap();
        let view = services.view(at(5), &crew.drafter, id).await.unwrap();
        assert_eq!((view.record.edition.state.clone(), view.record.edition.signatures.len()), (State::Draft, 2));
        house.submit(id).await.unwrap();
        let stale = services.review(at(6), &crew.head, id, Decision::passed(""), "another hash").await;
        assert!(matches!(stale, Err(Fault::Refused(_))));
        house.pass(id, &crew.head).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_edition_takes_the_place_of_the_old_and_keeps_the_number() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let (first, publication) = house.publish(&input("内部审计工作规定", "旧的内容。")).await;
        let next = services.renew(at(20), &crew.drafter, publication).await.unwrap();
        assert_eq!(services.renew(at(20), &crew.drafter, publication).await.unwrap(), next, "one at a time");
        let mut draft = input("内部审计工作规定", "新的内容。");
        house.save(next, &draft).await.unwrap();
        assert!(matches!(house.submit(next).await, Err(Fault::Invalid(_))), "what changed must be told");
        draft.change_note = "修改第二条".to_owned();
        house.save(next, &draft).await.unwrap();
        house.submit(next).await.unwrap();
        for who in [&crew.head, &crew.secrecy, &crew.leader] {
            house.pass(next, who).await.unwrap();
        }
        assert!(services.item(publication).await.unwrap().unwrap().html.contains("旧的"), "until it is published");
        services.publish(at(30), &crew.publisher, next).await.unwrap();
        services.follow().await.unwrap();
        let page = services.item(publication).await.unwrap().unwrap();
        assert!(page.html.contains("新的") && page.index_no.ends_with("-00001"));
        assert_eq!(page.first_published_at, at(10));
        assert_eq!(page.history.len(), 2);
        assert_eq!(services.view(at(31), &crew.drafter, first).await.unwrap().record.edition.state, State::Superseded);
        assert_eq!((found(&house, "新的内容").await, found(&house, "旧的内容").await), (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_of_publication_is_kept_by_the_clock() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("定时通知").await;
        house.save(id, &input("定时通知", "正文。")).await.unwrap();
        house.submit(id).await.unwrap();
        for who in [&crew.head, &crew.secrecy, &crew.leader] {
            house.pass(id, who).await.unwrap();
        }
        assert!(matches!(services.schedule(at(5), &crew.publisher, id, "明天").await, Err(Fault::Invalid(_))));
        assert!(matches!(
            services.schedule(at(5), &crew.publisher, id, "2026-03-01T08:00").await,
            Err(Fault::Refused(_))
        ));
        services.schedule(at(5), &crew.publisher, id, "2026-03-02T10:00").await.unwrap();
        assert_eq!(services.run_jobs(at(59)).await.unwrap(), 0);
        assert_eq!(services.run_jobs(at(60)).await.unwrap(), 1);
        assert_eq!(services.run_jobs(at(61)).await.unwrap(), 0, "done once");
        let view = services.view(at(61), &crew.drafter, id).await.unwrap();
        assert_eq!(view.record.edition.state, State::Published { at: at(60) });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_urgent_is_public_after_the_secrecy_review_and_signed_afterwards() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("暴雨预警").await;
        house.save(id, &input("暴雨红色预警", "请注意防范。")).await.unwrap();
        let version = house.version(id).await;
        services.submit(at(2), &crew.drafter, id, version, "暴雨红色预警，须立即发布").await.unwrap();
        assert!(services.publish(at(3), &crew.publisher, id).await.is_err());
        house.pass(id, &crew.secrecy).await.unwrap();
        services.publish(at(4), &crew.publisher, id).await.unwrap();
        let desk = services.desk(at(5), &crew.head).await.unwrap();
        let task = desk.mine.iter().find(|task| task.act.contains("事后审核")).unwrap();
        assert_eq!(task.due, Some("2026-03-05".parse().unwrap()), "three working days after the publication");
        let mut supervisor = crew.administrator.clone();
        supervisor.officer.grants = vec![Grant::own(Role::Supervisor)];
        supervisor.over_all = true;
        let glance = |rows: Vec<Glance>| rows.into_iter().find(|one| one.agency == house.agency).unwrap();
        assert_eq!(glance(services.overview(at(5), &supervisor).await.unwrap()).unsigned, 1);
        house.pass(id, &crew.head).await.unwrap();
        house.pass(id, &crew.leader).await.unwrap();
        assert!(services.desk(at(6), &crew.leader).await.unwrap().mine.is_empty());
        assert_eq!(glance(services.overview(at(6), &supervisor).await.unwrap()).unsigned, 0);
        assert!(matches!(services.overview(at(6), &crew.leader).await, Err(Fault::Forbidden)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_26_what_is_late_is_counted_for_the_supervising_office() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("迟到的公告").await;
        let late = DraftInput { formed_on: "2026-01-05".to_owned(), ..input("迟到的公告", "正文。") };
        house.save(id, &late).await.unwrap();
        let mut supervisor = crew.administrator.clone();
        supervisor.officer.grants = vec![Grant::own(Role::Supervisor)];
        supervisor.over_all = true;
        let rows = services.overview(at(5), &supervisor).await.unwrap();
        let glance = rows.into_iter().find(|one| one.agency == house.agency).unwrap();
        assert_eq!((glance.open, glance.overdue), (1, 1));
        assert!(glance.columns.vetoes() && glance.columns.empty > 40, "{:?}", glance.columns);
        assert_eq!(glance.latest, None);
        let task = services.desk(at(5), &crew.drafter).await.unwrap().mine.remove(0);
        assert_eq!((task.urgency, task.due), (Urgency::Overdue, Some("2026-02-02".parse().unwrap())));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_passed_without_publication_comes_back_to_the_publisher() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("定时通知").await;
        house.save(id, &input("定时通知", "正文。")).await.unwrap();
        house.submit(id).await.unwrap();
        for who in [&crew.head, &crew.secrecy, &crew.leader] {
            house.pass(id, who).await.unwrap();
        }
        services.schedule(at(5), &crew.publisher, id, "2026-03-02T10:00").await.unwrap();
        assert!(services.desk(at(30), &crew.publisher).await.unwrap().mine.is_empty());
        // The clock did not come: the machine was off.
        let desk = services.desk(at(70), &crew.publisher).await.unwrap();
        assert!(desk.mine.iter().any(|task| task.act.contains("定时发布没有成功")), "{desk:?}");
        services.run_jobs(at(71)).await.unwrap();
        assert!(services.desk(at(72), &crew.publisher).await.unwrap().mine.is_empty(), "made up for");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_16_what_is_withheld_is_settled_and_never_published() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let mut draft = input("内部值班安排", "正文。");
        draft.attribute = "withheld".to_owned();
        let id = house.draft("内部值班安排").await;
        house.save(id, &draft).await.unwrap();
        assert!(matches!(house.submit(id).await, Err(Fault::Invalid(_))), "a reason is wanted");
        draft.attribute_reason = "内部事务信息（条例第十六条第一款）".to_owned();
        draft.ground = "internal_affairs".to_owned();
        house.save(id, &draft).await.unwrap();
        house.submit(id).await.unwrap();
        house.pass(id, &crew.head).await.unwrap();
        assert!(house.pass(id, &crew.secrecy).await.is_err(), "what is withheld is not “可公开”");
        let seen = services.view(at(3), &crew.secrecy, id).await.unwrap().record.edition.content;
        let opinion = SecrecyOpinion::new(SecrecyResult::NotPublic, "条例第十六条第一款", Vec::new()).unwrap();
        let decision = Decision::secrecy(opinion, Attribute::Withheld, "");
        services.review(at(3), &crew.secrecy, id, decision, &seen).await.unwrap();
        house.pass(id, &crew.leader).await.unwrap();
        let view = services.view(at(9), &crew.drafter, id).await.unwrap();
        assert_eq!(view.record.edition.state, State::Closed);
        assert!(services.publish(at(9), &crew.publisher, id).await.is_err());
        assert!(services.item(view.record.publication).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_data_stops_a_file_and_a_finding_wants_reasons() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("某公示").await;
    house.save(id, &input("某公示", "详见附件。联系电话13800138000。")).await.unwrap();
    let sheet = gongkai_ingest_fixture();
    services.attach(at(1), &crew.drafter, id, sheet).await.unwrap();
    let view = services.view(at(1), &crew.drafter, id).await.unwrap();
    let open: Vec<&str> = view.findings.iter().filter(|one| one.is_open()).map(|one| one.hit.detector.code()).collect();
    assert!(open.contains(&"D12") && open.contains(&"D3"), "{open:?}");
    let hidden = view.findings.iter().find(|one| one.hit.detector.code() == "D12").unwrap();
    let settle = |fingerprint: String, reason: &'static str| async move {
        services.settle(at(2), &crew.head, id, &fingerprint, Disposition::LawfulWithBasis, reason).await
    };
    assert!(
        matches!(settle(hidden.fingerprint.clone(), "确认过了").await, Err(Fault::Refused(_))),
        "hidden data is nobody's to allow"
    );
    let mobile = view.findings.iter().find(|one| one.hit.detector.code() == "D3").unwrap();
    assert!(matches!(settle(mobile.fingerprint.clone(), "").await, Err(Fault::Invalid(_))));
    let alone = services
        .settle(at(2), &crew.drafter, id, &mobile.fingerprint, Disposition::LawfulWithBasis, "本单位联系电话")
        .await;
    assert!(matches!(alone, Err(Fault::Refused(_))), "the drafter does not decide alone");
    settle(mobile.fingerprint.clone(), "值班电话，按规定公布").await.unwrap();
    services.detach(at(3), &crew.drafter, id, view.attachments[0].file.id).await.unwrap();
    house.submit(id).await.unwrap();
    // Another text: what was decided about the old place does not count for a new number.
    assert!(services.attach(at(4), &crew.drafter, id, word(&["甲"])).await.is_err(), "not while it is reviewed");
}

/// A Word file with a tracked insertion.
pub(super) fn gongkai_ingest_fixture() -> Upload {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).unwrap();
    zip.write_all("<w:document xmlns:w=\"x\"><w:body><w:p><w:ins w:author=\"甲\"><w:r><w:t>加的字</w:t></w:r></w:ins></w:p></w:body></w:document>".as_bytes())
        .unwrap();
    Upload { name: "附件.docx".to_owned(), bytes: zip.finish().unwrap().into_inner() }
}
