//! Drafts that are kept apart, text beside the body of files, and what reviewers and drafters may do about findings.

use std::io::{Cursor, Write};

use gongkai_manuscript::{Block, Manuscript, Paragraph, Place};
use gongkai_model::ids::PublicationId;
use gongkai_model::officer::{Grant, Role};
use gongkai_model::publication::check::Detector;
use gongkai_model::publication::{Attribute, Concern, Decision, SecrecyOpinion, SecrecyResult, State, Verdict};
use gongkai_service::platform::{AgencySettings, DeskFilter, DraftInput, Fault, NewDraft, Upload};
use uuid::Uuid;

use super::{House, agreed, at, input};

/// A Word file whose header says something, and whose further parts are as given.
fn word(lines: &[&str], parts: &[(&str, &str)]) -> Vec<u8> {
    let blocks = lines.iter().map(|line| Block::Paragraph(Paragraph::new(*line, Place::None))).collect();
    let plain = gongkai_typeset::docx(&Manuscript { blocks }, "公告").unwrap();
    let mut from = zip::ZipArchive::new(Cursor::new(plain)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let part = from.by_index_raw(at).unwrap();
        if !parts.iter().any(|(name, _)| part.name().is_ok_and(|known| known == *name)) {
            to.raw_copy_file(part).unwrap();
        }
    }
    for (name, content) in parts {
        to.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(content.as_bytes()).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn header(text: &str) -> String {
    format!(
        "<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:hdr>"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_law_article_35_only_the_secrecy_reviewer_ends_the_quarantine() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        // The mark stands in the header alone: the body is clean.
        let marked = header("机密★5年");
        let file = word(&["关于示例工作的通知", "正文。"], &[("word/header9.xml", &marked)]);
        let upload = Upload { name: "通知.docx".to_owned(), bytes: file };
        let id = PublicationId(Uuid::now_v7());
        let id = services.create(at(0), &crew.drafter, id, NewDraft::File(upload)).await.unwrap();
        let view = services.view(at(1), &crew.drafter, id).await.unwrap();
        assert!(view.record.secret_mark);
        assert!(view.findings.iter().any(|one| one.hit.detector == Detector::SecretMark), "{:?}", view.findings);
        // It stays as it was found: neither its author nor a colleague changes it, and others do not see what it is called.
        assert!(matches!(house.save(id, &input("关于示例工作的通知", "改过的正文。")).await, Err(Fault::Refused(_))));
        let mut colleague = crew.drafter.clone();
        colleague.officer.id = gongkai_model::ids::OfficerId(Uuid::now_v7());
        let more = || Upload { name: "附件.txt".to_owned(), bytes: "附件".as_bytes().to_vec() };
        for who in [&crew.drafter, &colleague] {
            assert!(matches!(services.attach(at(2), who, id, more()).await, Err(Fault::Refused(_))));
        }
        for who in [&crew.head, &colleague] {
            assert!(matches!(services.view(at(2), who, id).await, Err(Fault::Refused(_))));
            assert!(matches!(services.against_public(who, id).await, Err(Fault::Refused(_))));
            assert!(matches!(services.against_last(who, id).await, Err(Fault::Refused(_))));
        }
        let titles = |rows: Vec<gongkai_service::platform::DeskRow>| -> Vec<String> {
            rows.into_iter().map(|row| row.title).collect()
        };
        let all = DeskFilter { limit: 10, ..DeskFilter::default() };
        let seen = titles(services.editions_list(&crew.head, all.clone()).await.unwrap());
        assert!(seen[0].contains("已暂停") && !seen[0].contains("示例工作"), "{seen:?}");
        assert_eq!(titles(services.editions_list(&crew.drafter, all).await.unwrap()), ["关于示例工作的通知"]);
        assert!(services.submit(at(3), &crew.drafter, id, view.record.version, "").await.is_err());
        assert!(services.discard(at(3), &crew.drafter, id).await.is_err());
        assert!(matches!(services.release(at(3), &crew.drafter, id, "不是涉密文件").await, Err(Fault::Forbidden)));
        assert!(services.release(at(3), &crew.secrecy, id, "不是涉密文件").await.is_err(), "the mark is not settled");
        let source = services.view(at(3), &crew.secrecy, id).await.unwrap().source.unwrap();
        let path = house.options.data.join("files");
        let there = |hash: &gongkai_store::BlobHash| {
            let (first, rest) = hash.as_str().split_at(2);
            path.join(first).join(rest).exists()
        };
        assert!(there(&source.file.hash));

        services.destroy(at(4), &crew.secrecy, id, "核实为涉密文件，已按规定处理").await.unwrap();
        let after = services.view(at(5), &crew.drafter, id).await.unwrap();
        assert_eq!((after.record.edition.state.clone(), after.record.body.as_str()), (State::Discarded, ""));
        assert!(!after.record.metadata.title.contains("示例工作") && after.source.is_none());
        assert!(!there(&source.file.hash), "the bytes are gone");
        let wrong = services
            .doctor(at(500_000))
            .await
            .unwrap()
            .into_iter()
            .filter(|one| one.wrong.is_some() && one.what == "内容")
            .count();
        assert_eq!(wrong, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_false_mark_is_settled_and_the_draft_goes_on() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("保密知识宣传\n\n文件上标“机密★5年”的，不得复印。").await;
        let view = services.view(at(2), &crew.secrecy, id).await.unwrap();
        let mark = view.findings.iter().find(|one| one.hit.detector == Detector::SecretMark).unwrap();
        let said = gongkai_model::publication::check::Disposition::FalsePositive;
        services.settle(at(3), &crew.secrecy, id, &mark.fingerprint, said, "宣传材料里的举例").await.unwrap();
        services.release(at(3), &crew.secrecy, id, "宣传材料里的举例").await.unwrap();
        house.save(id, &input("保密知识宣传", "文件上标“机密★5年”的，不得复印。")).await.unwrap();
        house.submit(id).await.unwrap();
        // The reviewer finds that it does touch a secret: it is kept apart again.
        house.pass(id, &crew.head).await.unwrap();
        let seen = services.view(at(4), &crew.secrecy, id).await.unwrap().record.edition.content;
        let opinion =
            SecrecyOpinion::new(SecrecyResult::Referred, "条例第十七条第三款", vec![Concern::StateSecret]).unwrap();
        let decision = Decision::secrecy(opinion, Attribute::Proactive, "报区保密局确定");
        services.review(at(4), &crew.secrecy, id, decision, &seen).await.unwrap();
        assert!(services.view(at(5), &crew.leader, id).await.is_err(), "kept apart");
        // The same quotation decided again says nothing about why it is kept apart now.
        services.unsettle(at(5), &crew.secrecy, id, &mark.fingerprint).await.unwrap();
        services.settle(at(5), &crew.secrecy, id, &mark.fingerprint, said, "宣传材料里的举例").await.unwrap();
        assert!(services.view(at(5), &crew.leader, id).await.is_err(), "still kept apart");
        services.release(at(6), &crew.secrecy, id, "保密局答复：不是国家秘密").await.unwrap();
        house.pass(id, &crew.secrecy).await.unwrap();
        house.pass(id, &crew.leader).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_emptied_leaves_no_file_no_words_and_no_trace_of_its_title() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("甲乙丙涉密标题\n\n正文。").await;
        let form =
            DraftInput { doc_no: "示审〔2026〕98号".to_owned(), ..input("甲乙丙涉密标题", "正文。") };
        house.save(id, &form).await.unwrap();
        let path = house.options.data.join("files");
        let files = || -> usize {
            let count = |dir: std::fs::DirEntry| std::fs::read_dir(dir.path()).unwrap().count();
            let folders = std::fs::read_dir(&path).unwrap().flatten();
            folders.filter(|one| one.file_name().len() == 2).map(count).sum()
        };
        // A file with an author: the copy without stays, the file itself does not; one taken off again goes at once.
        let before = files();
        let core = "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>张某</dc:creator></cp:coreProperties>";
        let file = word(&["附件一", "机密★5年"], &[("docProps/core.xml", core)]);
        let note =
            services.attach(at(1), &crew.drafter, id, Upload { name: "附件.docx".to_owned(), bytes: file }).await;
        assert!(note.unwrap().contains("作者"));
        assert_eq!(files(), before + 2, "the copy and its text");
        let attached = services.view(at(1), &crew.drafter, id).await.unwrap().attachments[0].file.id;
        assert!(services.detach(at(1), &crew.drafter, id, attached).await.is_err(), "it stays as it was found");
        assert_eq!(files(), before + 2);
        assert!(services.view(at(1), &crew.drafter, id).await.unwrap().record.secret_mark);
        // Another draft of the same number names no title that is kept apart; no search finds it either.
        let other = house.draft("另一份通知").await;
        let form = DraftInput { doc_no: "示审〔2026〕98号".to_owned(), ..input("另一份通知", "正文。") };
        house.save(other, &form).await.unwrap();
        assert!(services.view(at(2), &crew.head, other).await.unwrap().same.is_empty());
        let ask = |title: &str| DeskFilter { title: title.to_owned(), limit: 10, ..DeskFilter::default() };
        assert!(services.editions_list(&crew.head, ask("涉密标题")).await.unwrap().is_empty());
        assert_eq!(services.editions_list(&crew.secrecy, ask("涉密标题")).await.unwrap().len(), 1);
        services.destroy(at(3), &crew.secrecy, id, "核实为涉密文件，已按规定处理").await.unwrap();
        assert_eq!(files(), before);

        // What reviewers wrote goes too.
        let id = house.draft("第三份通知").await;
        house.save(id, &input("第三份通知", "正文。")).await.unwrap();
        house.submit(id).await.unwrap();
        let seen = services.view(at(4), &crew.head, id).await.unwrap().record.edition.content;
        services.review(at(4), &crew.head, id, agreed(&crew.head, "正文里的那一句没有问题"), &seen).await.unwrap();
        let opinion =
            SecrecyOpinion::new(SecrecyResult::Referred, "条例第十七条第三款", vec![Concern::StateSecret]).unwrap();
        let decision = Decision::secrecy(opinion, Attribute::Proactive, "那一句报区保密局确定");
        services.review(at(4), &crew.secrecy, id, decision, &seen).await.unwrap();
        services.destroy(at(5), &crew.secrecy, id, "核实为涉密文件，已按规定处理").await.unwrap();
        let after = services.view(at(6), &crew.head, id).await.unwrap().record.edition.signatures;
        assert_eq!(after.len(), 2, "that they signed stays");
        assert!(after.iter().all(|one| !one.comment.contains("那一句")), "{after:?}");
        let wrong: Vec<_> =
            services.doctor(at(500_000)).await.unwrap().into_iter().filter(|one| one.wrong.is_some()).collect();
        assert!(wrong.iter().all(|one| one.what != "内容" && one.what != "附件"), "{wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_beside_the_body_and_between_the_parts_of_a_file_is_found() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("带附件的通知\n\n正文。").await;
    let found = async |name: &str, bytes: Vec<u8>| -> Vec<Detector> {
        let before = services.view(at(1), &crew.drafter, id).await.unwrap().findings.len();
        services.attach(at(1), &crew.drafter, id, Upload { name: name.to_owned(), bytes }).await.unwrap();
        let findings = services.view(at(1), &crew.drafter, id).await.unwrap().findings;
        assert!(findings.len() > before || !findings.is_empty());
        let of = format!("附件“{name}”");
        findings.into_iter().filter(|one| one.place == of).map(|one| one.hit.detector).collect()
    };
    let lines = ["公告", "正文。"];
    let (number, phone) = (header("证件11010519491231002X"), header("手机13800138000"));
    let parts = [("word/header9.xml", number.as_str()), ("word/footer9.xml", &phone)];
    assert_eq!(found("页眉.docx", word(&lines, &parts)).await, [Detector::Identity, Detector::Mobile]);
    assert_eq!(found("夹带.docx", word(&lines, &[("word/x.txt", "任何内容")])).await, [Detector::HiddenData]);
    let mut longer = word(&lines, &[]);
    longer.extend_from_slice(b"more than the archive");
    assert_eq!(found("尾巴.docx", longer).await, [Detector::HiddenData]);
    assert_eq!(found("短.txt", "附件内容".as_bytes().to_vec()).await, []);
    for (name, bytes) in [
        ("网页.pdf", b"<html><body>a</body></html>".to_vec()),
        ("文本.docx", b"text".to_vec()),
        ("文件.zip", word(&lines, &[])),
    ] {
        let refused = services.attach(at(1), &crew.drafter, id, Upload { name: name.to_owned(), bytes }).await;
        assert!(matches!(refused, Err(Fault::Invalid(_))), "{name}: {refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_17_what_is_to_be_removed_is_removed_first() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("名单公告").await;
        house.save(id, &input("名单公告", "名单：张三、李四。")).await.unwrap();
        house.submit(id).await.unwrap();
        house.pass(id, &crew.head).await.unwrap();
        let removal = |comment: &str| {
            let opinion =
                SecrecyOpinion::new(SecrecyResult::AfterRemoval, "条例第十五条", vec![Concern::Privacy]).unwrap();
            Decision::secrecy(opinion, Attribute::Proactive, comment)
        };
        let seen = services.view(at(3), &crew.secrecy, id).await.unwrap().record.edition.content;
        assert!(services.review(at(3), &crew.secrecy, id, removal(""), &seen).await.is_err(), "says what");
        services.review(at(3), &crew.secrecy, id, removal("删去名单"), &seen).await.unwrap();
        assert_eq!(services.view(at(3), &crew.drafter, id).await.unwrap().record.edition.state, State::Draft);
        let task = services.desk(at(4), &crew.drafter).await.unwrap().mine.remove(0);
        assert!(task.act.contains("退回：删去名单"), "{}", task.act);
        // The same text again does not pass with the same conclusion; the shorter one does.
        house.submit(id).await.unwrap();
        house.pass(id, &crew.head).await.unwrap();
        services.review(at(5), &crew.secrecy, id, removal("还没有删"), &seen).await.unwrap();
        house.save(id, &input("名单公告", "名单已经另行通知。")).await.unwrap();
        house.submit(id).await.unwrap();
        house.pass(id, &crew.head).await.unwrap();
        let seen = services.view(at(6), &crew.secrecy, id).await.unwrap().record.edition.content;
        services.review(at(6), &crew.secrecy, id, removal(""), &seen).await.unwrap();
        let record = services.view(at(6), &crew.drafter, id).await.unwrap().record;
        assert_eq!(record.edition.signatures.last().unwrap().verdict, Verdict::Passed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_of_the_attribute_must_say_what_the_attribute_says() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("关于值班安排的通知\n\n正文。\n（此件不予公开）").await;
    assert_eq!(services.view(at(1), &crew.drafter, id).await.unwrap().record.metadata.attribute, Attribute::Withheld);
    let body = |note: &str| format!("正文。\n（{note}）");
    let open = async |attribute: &str, note: &str| {
        let form = DraftInput {
            attribute: attribute.to_owned(),
            attribute_reason: "内部事务".to_owned(),
            ground: "internal_affairs".to_owned(),
            ..input("关于值班安排的通知", &body(note))
        };
        house.save(id, &form).await.unwrap();
        services.view(at(2), &crew.drafter, id).await.unwrap().findings.iter().filter(|one| one.is_open()).count()
    };
    assert_eq!(open("withheld", "此件不予公开").await, 0);
    assert_eq!(open("withheld", "此件公开发布").await, 1);
    assert_eq!(open("proactive", "此件公开发布").await, 0);
    assert_eq!(open("proactive", "此件依申请公开").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drafter_hides_a_number_or_asks_others_to_decide() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("救助名单公示").await;
        house.save(id, &input("救助名单公示", "张某，电话13800138000，证件11010519491231002X。")).await.unwrap();
        let view = services.view(at(2), &crew.drafter, id).await.unwrap();
        let of = |detector| view.findings.iter().find(|one| one.hit.detector == detector).unwrap().fingerprint.clone();
        let (number, phone) = (of(Detector::Identity), of(Detector::Mobile));
        services.ask_for_decision(at(2), &crew.drafter, id).await.unwrap();
        let asked =
            |desk: gongkai_service::platform::Desk| desk.mine.iter().any(|task| task.act.contains("写处理意见"));
        assert!(asked(services.desk(at(3), &crew.head).await.unwrap()));
        assert!(!asked(services.desk(at(3), &crew.leader).await.unwrap()));
        services.mask(at(3), &crew.drafter, id, view.record.version, &phone).await.unwrap();
        assert!(matches!(
            services.mask(at(3), &crew.drafter, id, view.record.version, &number).await,
            Err(Fault::Conflict)
        ));
        let view = services.view(at(4), &crew.drafter, id).await.unwrap();
        assert_eq!(view.record.body.trim_end(), "张某，电话138****8000，证件11010519491231002X。");
        let number = view.findings.iter().find(|one| one.hit.detector == Detector::Identity).unwrap();
        let said = gongkai_model::publication::check::Disposition::LawfulWithBasis;
        services.settle(at(5), &crew.head, id, &number.fingerprint, said, "社会救助办法第二十条").await.unwrap();
        assert!(!asked(services.desk(at(6), &crew.head).await.unwrap()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_is_the_one_of_the_day_of_submission() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("重要通知").await;
        house.save(id, &input("重要通知", "正文。")).await.unwrap();
        let version = services.directory().get(house.agency).unwrap().version;
        let settings =
            AgencySettings { chain: "secrecy_reviewer division_leader".to_owned(), ..AgencySettings::default() };
        services.set_agency(at(2), &crew.administrator, house.agency, version, &settings).await.unwrap();
        house.submit(id).await.unwrap();
        assert_eq!(services.view(at(3), &crew.drafter, id).await.unwrap().record.edition.steps().len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_looked_at_again_is_confirmed_with_the_next_day() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let form = DraftInput { review_by: "2026-03-01".to_owned(), ..input("长期有效的指引", "正文。") };
        let (id, _) = house.publish(&form).await;
        let waits = async || {
            services.desk(at(20), &crew.drafter).await.unwrap().mine.iter().any(|task| task.act.contains("复核"))
        };
        assert!(waits().await);
        let day = |text: &str| Some(text.parse().unwrap());
        assert!(services.confirm(at(20), &crew.drafter, id, day("2026-03-02")).await.is_err(), "not a day to come");
        assert!(matches!(
            services.confirm(at(20), &crew.publisher, id, day("2027-03-02")).await,
            Err(Fault::Forbidden)
        ));
        services.confirm(at(20), &crew.drafter, id, day("2027-03-02")).await.unwrap();
        assert!(!waits().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_of_withdrawal_stays_in_the_history_when_the_item_is_public_again() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let (id, publication) = house.publish(&input("有误的公告", "第一版。")).await;
        services.withdraw(at(20), &crew.leader, id, "第二段金额有误").await.unwrap();
        let next = services.renew(at(21), &crew.drafter, publication).await.unwrap();
        let form = DraftInput {
            change_note: "更正金额".to_owned(),
            counts_from: "2026-03-02".to_owned(),
            ..input("更正的公告", "第二版。")
        };
        house.save(next, &form).await.unwrap();
        house.submit(next).await.unwrap();
        for who in [&crew.head, &crew.secrecy, &crew.leader] {
            let seen = services.view(at(22), who, next).await.unwrap().record.edition.content;
            services.review(at(22), who, next, agreed(who, "同意"), &seen).await.unwrap();
        }
        services.publish(at(30), &crew.publisher, next).await.unwrap();
        let page = services.item(publication).await.unwrap().unwrap();
        let first = page.history.iter().find(|one| one.number == 1).unwrap();
        assert_eq!(first.withdrawn.as_ref().unwrap().1, "第二段金额有误");
        assert_eq!(Grant::own(Role::Drafter).standing_for, None);
    }
}
