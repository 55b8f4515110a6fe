//! A case from its draft to the reply: letters made from facts, signed, served; the clock moved by them.

use gongkai_model::application::clock::{Answer, ConsultationKind, Event};
use gongkai_model::application::{LetterKind, Outcome, PaperPurpose, ServiceWay};
use gongkai_service::platform::{
    Answered, Fault, FollowAct, LetterContent, LetterState, NewLetter, Party, Upload, WithheldPart,
};
use jiff::civil::date;

use super::House;
use super::desk::{march, noon, pdf, received, set_up};

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_corrected_consulted_extended_and_partly_disclosed_by_letters() {
    for house in House::each().await {
        set_up(&house).await;
        let services = &house.services;
        let crew = &house.crew;
        let (desk, code) = received(&house).await;
        assert_eq!(desk.due(march(3)).await, Some(march(30)));
        // 第三十条: told once what to correct.
        let letter = desk.begin(march(3), &NewLetter::Plain(LetterKind::L02)).await.unwrap();
        assert!(desk.begin(march(3), &NewLetter::Plain(LetterKind::L02)).await.is_err(), "one is under way");
        desk.fill(march(3), letter, &[("补正事项", "请写明工程的标段和材料的名称。")]).await;
        desk.sign(march(3), letter, &[&crew.office_head]).await;
        assert!(desk.serve(march(3), letter, ServiceWay::Post, "").await.is_err(), "no proof of posting");
        desk.serve(march(3), letter, ServiceWay::Portal, "").await.unwrap();
        let again = desk.serve(march(4), letter, ServiceWay::Portal, "").await;
        assert!(matches!(again, Err(Fault::Refused(_))), "a letter is served once");
        let seen = services.follow_application(noon(march(4)), &code).await.unwrap();
        assert_eq!((seen.correct_until, seen.letters.len()), (Some(march(17)), 1));
        assert!(desk.begin(march(4), &NewLetter::Plain(LetterKind::L04)).await.is_err(), "no clock runs");
        // The applicant corrects: not with another's numbers.
        let correct =
            |tail| services.follow_act(noon(march(10)), (&code, tail), &FollowAct::Correct, "第二标段的验收报告", None);
        assert!(matches!(correct("0000").await, Err(Fault::Invalid(_))));
        correct("002x").await.unwrap();
        assert_eq!(desk.due(march(10)).await, Some(date(2026, 4, 8)));
        assert!(desk.begin(march(11), &NewLetter::Plain(LetterKind::L02)).await.is_err(), "第三十条: once");
        // 第三十二条: a third party is asked, and is silent.
        let party =
            Party {
                name: "示例设备有限公司".to_owned(), address: "示例市示例路9号".to_owned(), ..Party::default()
            };
        let asked = desk.begin(march(11), &NewLetter::Ask(ConsultationKind::ThirdParty, party)).await.unwrap();
        desk.fill(
            march(11),
            asked,
            &[("征求事项", "第二标段验收报告"), ("涉及理由", "载有报价明细，可能属于商业秘密")],
        )
        .await;
        desk.sign(march(11), asked, &[&crew.office_head]).await;
        desk.serve(march(11), asked, ServiceWay::Post, "XA12345678911").await.unwrap();
        let text = desk.text(asked).await;
        assert!(
            text.contains("示例设备有限公司") && !text.contains("张示例"),
            "the third party does not learn who applies"
        );
        let version = services.application(noon(march(13)), desk.clerk(), desk.id).await.unwrap().record.version;
        let id = gongkai_model::application::clock::ConsultationId(1);
        let got = Event::ConsultationReceived { id, on: march(13) };
        services.note_step(noon(march(13)), desk.clerk(), desk.id, version, (got, "")).await.unwrap();
        let limit = date(2026, 4, 3);
        let silent =
            |on| Answered { number: 1, on, answer: Answer::Silent, words: String::new(), agreed_part: String::new() };
        let early = silent(march(20));
        let early = services.note_answer(noon(march(20)), desk.clerk(), desk.id, version + 1, &early, None).await;
        assert!(matches!(early, Err(Fault::Refused(_))), "silence ends on the last day alone");
        services.note_answer(noon(limit), desk.clerk(), desk.id, version + 1, &silent(limit), None).await.unwrap();
        // 11 March counts, 12 March to 3 April does not: one working day used.
        let after = desk.due(limit).await.unwrap();
        assert_eq!(after, date(2026, 5, 6));
        // 第三十三条第二款: extended by the head's signature alone.
        let longer = desk.begin(date(2026, 4, 7), &NewLetter::Plain(LetterKind::L04)).await.unwrap();
        desk.fill(date(2026, 4, 7), longer, &[("延期理由", "材料较多，需要逐件审查"), ("延期工作日数", "10")]).await;
        let version = desk.version(longer).await;
        services.submit_letter(noon(date(2026, 4, 7)), desk.clerk(), longer, version).await.unwrap();
        for wrong in [&crew.leader, &crew.clerk, &crew.secrecy] {
            let signed = services.review_letter(noon(date(2026, 4, 7)), wrong, longer, (version + 1, true), "").await;
            assert!(signed.is_err(), "{}", wrong.officer.name);
        }
        services
            .review_letter(noon(date(2026, 4, 7)), &crew.office_head, longer, (version + 1, true), "")
            .await
            .unwrap();
        assert!(desk.text(longer).await.contains("延长至2026年5月19日"), "{}", desk.text(longer).await);
        desk.serve(date(2026, 4, 7), longer, ServiceWay::Portal, "").await.unwrap();
        assert_eq!(desk.due(date(2026, 4, 8)).await, Some(date(2026, 5, 19)));
        // 第三十七条: a part is given, a part withheld; the chain of 先审后发.
        let on = date(2026, 4, 20);
        let reply = desk.begin(on, &NewLetter::Reply(Outcome::Partial)).await.unwrap();
        let page = services.letter_page(noon(on), desk.clerk(), reply).await.unwrap();
        assert!(page.manuscript.is_none() && !page.missing.is_empty(), "what is missing is named");
        let content = LetterContent {
            facts: [("公开部分".to_owned(), "验收报告正文（附件）".to_owned())].into(),
            withheld: vec![WithheldPart {
                what: "报价明细".to_owned(),
                ground: "third_party_rights".to_owned(),
                reason: "属于第三方的商业秘密，公开会损害其合法权益".to_owned(),
            }],
            ..LetterContent::default()
        };
        let version = page.letter.record.version;
        services.save_letter(noon(on), desk.clerk(), reply, version, &content).await.unwrap();
        let stale = services.save_letter(noon(on), desk.clerk(), reply, version, &content).await;
        assert!(matches!(stale, Err(Fault::Conflict)), "two officers on one letter");
        services.attach_to_letter(noon(on), desk.clerk(), reply, version + 1, &pdf("验收报告.pdf")).await.unwrap();
        desk.sign(on, reply, &[&crew.office_head, &crew.secrecy, &crew.leader]).await;
        let text = desk.text(reply).await;
        for wanted in [
            "示审公开〔2026〕",
            "第三十七条",
            "第十五条",
            "应当先申请行政复议",
            "https://fy.example.gov.cn",
            "示例区人民法院",
        ] {
            assert!(text.contains(wanted), "{wanted} in {text}");
        }
        assert!(!text.contains("示例设备有限公司"), "the applicant does not learn who was asked");
        assert!(
            services.follow_application(noon(on), &code).await.unwrap().letters.len() == 2,
            "not before it is served"
        );
        desk.serve(on, reply, ServiceWay::Portal, "").await.unwrap();
        let seen = services.follow_application(noon(on), &code).await.unwrap();
        assert_eq!((seen.state, seen.standing.outcome), ("已答复", Some(Outcome::Partial)));
        let last = seen.letters.last().unwrap();
        assert_eq!((last.replies, last.files[0].1.as_str()), (true, "验收报告.pdf"));
        let (name, _, bytes) = services.followed_paper(&code, last.files[0].0).await.unwrap();
        assert_eq!((name.as_str(), bytes.as_slice()), ("验收报告.pdf", b"%PDF-1.7 invented".as_slice()));
        let question = services.application(noon(on), desk.clerk(), desk.id).await.unwrap();
        let inner = question.papers.iter().find(|one| one.purpose == PaperPurpose::Attachment).unwrap();
        assert!(services.followed_paper(&code, inner.id).await.is_err(), "only what was given with a letter");
        assert!(services.followed_letter(&code, asked).await.is_err(), "not the letter to the third party");
        assert_eq!(question.letters.iter().filter(|one| one.record.state == LetterState::Served).count(), 4);
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_signed_by_others_and_opened_by_those_whose_turn_it_is() {
    let house = House::open(None).await;
    set_up(&house).await;
    let (services, crew) = (&house.services, &house.crew);
    let (desk, _) = received(&house).await;
    let on = march(5);
    let letter = desk.begin(on, &NewLetter::Reply(Outcome::NotExist)).await.unwrap();
    // 第三十六条第四项: what was searched is named, or it is not sent.
    let version = desk.version(letter).await;
    let Err(Fault::Invalid(wrong)) = services.submit_letter(noon(on), desk.clerk(), letter, version).await else {
        panic!("the search is missing")
    };
    assert!(wrong.iter().any(|(field, _)| field == "检索范围"), "{wrong:?}");
    assert!(matches!(services.letter_page(noon(on), &crew.leader, letter).await, Err(Fault::Forbidden)));
    desk.fill(
        on,
        letter,
        &[
            ("检索范围", "公文系统、档案室"),
            ("检索关键词", "示例路"),
            ("检索时间段", "2020年至今"),
            ("检索人", "档案员"),
            ("检索日期", "2026-03-04"),
        ],
    )
    .await;
    let version = desk.version(letter).await;
    services.submit_letter(noon(on), desk.clerk(), letter, version).await.unwrap();
    let version = version + 1;
    assert!(matches!(services.letter_page(noon(on), &crew.leader, letter).await, Err(Fault::Forbidden)), "not yet");
    assert!(services.letter_page(noon(on), &crew.office_head, letter).await.unwrap().may_sign);
    let silent = services.review_letter(noon(on), &crew.office_head, letter, (version, false), " ").await;
    assert!(matches!(silent, Err(Fault::Invalid(_))), "a return says why");
    services.review_letter(noon(on), &crew.office_head, letter, (version, false), "检索人写全名").await.unwrap();
    let page = services.letter_page(noon(on), desk.clerk(), letter).await.unwrap();
    assert_eq!(
        (page.letter.record.state, page.letter.signatures[0].comment.as_str()),
        (LetterState::Draft, "检索人写全名")
    );
    // Rewritten words keep what the law wants in the letter.
    let wording = services.wording(noon(on), &page).await.unwrap();
    let short = LetterContent { body: Some("没有。".to_owned()), ..page.content.clone() };
    let version = page.letter.record.version;
    services.save_letter(noon(on), desk.clerk(), letter, version, &short).await.unwrap();
    let page = services.letter_page(noon(on), desk.clerk(), letter).await.unwrap();
    assert!(page.missing.iter().any(|(_, message)| message.contains("救济")), "{:?}", page.missing);
    let own = LetterContent { body: Some(wording.replace("经检索", "经两次检索")), ..page.content.clone() };
    let version = page.letter.record.version;
    services.save_letter(noon(on), desk.clerk(), letter, version, &own).await.unwrap();
    let page = services.letter_page(noon(on), desk.clerk(), letter).await.unwrap();
    assert!(page.missing.is_empty() && !page.differences.is_empty(), "the difference to the template is shown");
    desk.sign(on, letter, &[&crew.office_head]).await;
    let version = desk.version(letter).await;
    let nothing = services.review_letter(noon(on), &crew.secrecy, letter, (version, true), "").await;
    assert!(matches!(nothing, Err(Fault::Invalid(_))), "第十七条: the secrecy review says what it found");
    let found = "不涉及国家秘密，对照《保守国家秘密法》第十三条逐项核对";
    services.review_letter(noon(on), &crew.secrecy, letter, (version, true), found).await.unwrap();
    services.review_letter(noon(on), &crew.leader, letter, (version + 1, true), "").await.unwrap();
    assert!(desk.text(letter).await.contains("经两次检索"));
    assert!(services.letter_page(noon(on), &crew.leader, letter).await.is_ok(), "who has signed may look again");
    assert!(services.letter_page(noon(on), &crew.publisher, letter).await.is_err());
    let backwards = desk.serve(march(4), letter, ServiceWay::Direct, "张示例").await;
    assert!(matches!(backwards, Err(Fault::Invalid(_))), "not before it was formed");
    desk.serve(march(6), letter, ServiceWay::Direct, "张示例").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_are_forgotten_after_a_week_with_their_files() {
    let house = House::open(None).await;
    let services = &house.services;
    let (draft, key) = services.begin_draft(noon(march(2)), house.agency).await.unwrap();
    services.add_draft_paper(noon(march(2)), draft, &key, PaperPurpose::Identity, &pdf("a.pdf")).await.unwrap();
    let wrong = Upload { name: "a.pdf".to_owned(), bytes: b"MZ".to_vec() };
    assert!(services.add_draft_paper(noon(march(2)), draft, &key, PaperPurpose::Identity, &wrong).await.is_err());
    let (desk, code) = received(&house).await;
    assert_eq!(services.forget_drafts(noon(march(8))).await.unwrap(), 0);
    assert_eq!(services.forget_drafts(noon(march(10))).await.unwrap(), 2);
    assert!(matches!(services.draft_of(draft, &key).await, Err(Fault::NotFound)));
    // What was sent stays, with its files.
    assert!(services.follow_application(noon(march(10)), &code).await.is_ok());
    let case = services.application(noon(march(10)), desk.clerk(), desk.id).await.unwrap();
    assert_eq!(case.papers.len(), 1);
    services.paper(noon(march(10)), desk.clerk(), case.papers[0].id).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn article_45_a_case_is_archived_whole_and_erased_without_changing_a_count() {
    for house in House::each().await {
        set_up(&house).await;
        let (services, crew) = (&house.services, &house.crew);
        let (desk, code) = received(&house).await;
        let early = Box::pin(services.archive_case(noon(march(3)), desk.clerk(), desk.id)).await;
        assert!(matches!(early, Err(Fault::Refused(_))), "not before it has ended");
        let on = march(5);
        let letter = desk.begin(on, &NewLetter::Reply(Outcome::GrantedAlreadyPublic)).await.unwrap();
        desk.fill(on, letter, &[("获取途径", "本机关网站“部门预算”栏目")]).await;
        desk.sign(on, letter, &[&crew.office_head, &crew.secrecy, &crew.leader]).await;
        desk.serve(on, letter, ServiceWay::Portal, "").await.unwrap();
        let (name, zip) = Box::pin(services.archive_case(noon(on), desk.clerk(), desk.id)).await.unwrap();
        assert_eq!(name, "案卷000014349-2026-00001.zip");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
        let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        for wanted in [
            "01-办理登记表.pdf",
            "02-示审公开〔2026〕1号政府信息公开申请答复书（已主动公开）.pdf",
            "03-说明.pdf",
            "00-目录.csv",
        ] {
            assert!(names.iter().any(|one| one.ends_with(wanted)), "{wanted} in {names:?}");
        }
        let mut index = String::new();
        let mut file = zip.by_name("000014349-2026-00001/00-目录.csv").unwrap();
        std::io::Read::read_to_string(&mut file, &mut index).unwrap();
        drop(file);
        let mut paper = Vec::new();
        std::io::Read::read_to_end(&mut zip.by_name("000014349-2026-00001/03-说明.pdf").unwrap(), &mut paper).unwrap();
        assert_eq!(paper, pdf("").bytes);
        assert_eq!(index.lines().count(), 4, "{index}");
        // Ten years later.
        assert!(services.cases_to_erase(noon(date(2036, 3, 4)), desk.clerk()).await.unwrap().is_empty());
        let then = noon(date(2036, 3, 5));
        assert_eq!(services.cases_to_erase(then, desk.clerk()).await.unwrap(), [desk.id]);
        assert!(
            matches!(services.erase_cases(then, desk.clerk()).await, Err(Fault::Forbidden)),
            "the head's to decide"
        );
        assert_eq!(services.erase_cases(then, &crew.office_head).await.unwrap(), 1);
        let left = services.application(then, desk.clerk(), desk.id).await.unwrap();
        assert!(left.form.name.is_empty() && left.notes.is_empty() && left.papers.is_empty());
        assert_eq!(left.record.shown_name, "（已清除）");
        assert_eq!((left.record.standing.outcome, left.steps.len()), (Some(Outcome::GrantedAlreadyPublic), 2));
        assert!(services.letter_page(then, desk.clerk(), letter).await.is_err());
        assert!(services.followed_letter(&code, letter).await.is_err());
        assert!(services.verify_audit(None).await.unwrap().broken.is_none(), "the chain is whole");
        assert_eq!(services.erase_cases(then, &crew.office_head).await.unwrap(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_tries_the_key_and_counts_the_files_of_applications() {
    let house = House::open(None).await;
    let (desk, _) = received(&house).await;
    let wrong = |found: Vec<gongkai_service::platform::Doctor>| -> Vec<&'static str> {
        found.into_iter().filter(|one| one.wrong.is_some()).map(|one| one.what).collect()
    };
    assert_eq!(wrong(house.services.doctor(super::at(500_000)).await.unwrap()), Vec::<&str>::new());
    let paper = house.services.application(noon(march(2)), desk.clerk(), desk.id).await.unwrap().papers[0].clone();
    let options = house.options.clone();
    house.services.close().await.unwrap();
    // Another key, and a file that is gone.
    std::fs::remove_file(options.data.join("personal.key")).unwrap();
    let mut folders = vec![options.data.join("files")];
    let mut gone = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                std::fs::remove_file(path).unwrap();
                gone += 1;
            }
        }
    }
    assert!(gone > 0, "{}", paper.name);
    let again = gongkai_service::platform::Services::open(options, true, noon(march(3))).await.unwrap();
    assert_eq!(wrong(again.doctor(super::at(500_000)).await.unwrap()), ["申请的密钥", "申请的文件"]);
}
