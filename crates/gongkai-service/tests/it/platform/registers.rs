//! Registers are brought in and written out; disputes follow their clocks and reopen cases; what is withheld is looked at again.

use gongkai_model::application::clock::{Channel, Event};
use gongkai_model::application::{Outcome, ProceedingColumn, ProceedingGroup, ServiceWay, WithheldState};
use gongkai_service::platform::{
    ApplicationFilter, ApplicationForm, Ended, Fault, Intake, LetterService, NewDispute, NewLetter, Reassessed, Upload,
    WithheldPart,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::House;

fn noon(day: Date) -> Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(day.at(4, 0, 0, 0)).unwrap()
}

const CASES: &str = "registration_no,applicant_kind,applicant_name,channel,received_on,subject,outcome,served_on
2025-00001,natural_person,张示例,online,2025-03-03,2024年部门决算,granted_provided,2025-03-20
2025-00002,business,示例公司,mail_signed,2025-04-01,示例路工程,correction_abandoned,2025-05-20
2025-00003,natural_person,李示例,in_person,2026-02-20,示例小学检查记录,,
";

const DISPUTES: &str = "dispute_no,kind,registration_no,filed_on,result,decided_on
示复〔2025〕1号,reconsideration,2025-00001,2025-04-02,upheld,2025-05-20
(2025)示行初3号,suit_after_reconsideration,2025-00001,2025-06-10,pending,
";

#[tokio::test(flavor = "multi_thread")]
async fn registers_are_brought_in_once_and_written_out_as_they_came() {
    for house in House::each().await {
        let services = &house.services;
        let now = noon(date(2026, 3, 2));
        let code = "000014349";
        let cases = ("cases.csv", CASES.as_bytes());
        let dry = services.import_cases(now, code, cases, true).await.unwrap();
        assert_eq!((dry.added, dry.refused.len()), (3, 0), "{:?}", dry.refused);
        let clerk = &house.crew.clerk;
        let filter = ApplicationFilter { limit: 10, ..ApplicationFilter::default() };
        assert!(services.applications_list(clerk, filter.clone()).await.unwrap().is_empty(), "dry");
        let orphan = services.import_disputes(now, code, ("d.csv", DISPUTES.as_bytes()), false).await.unwrap();
        assert_eq!((orphan.added, orphan.refused.len()), (0, 2), "cases come first");
        assert_eq!(services.import_cases(now, code, cases, false).await.unwrap().added, 3);
        let again = services.import_cases(now, code, cases, false).await.unwrap();
        assert_eq!((again.added, again.known), (0, 3), "the same file twice changes nothing");
        let changed = CASES.replace("granted_provided", "partial");
        let refused = services.import_cases(now, code, ("c.csv", changed.as_bytes()), false).await.unwrap();
        assert_eq!((refused.added, refused.refused.len()), (0, 1), "all or nothing");
        assert_eq!(services.import_disputes(now, code, ("d.csv", DISPUTES.as_bytes()), false).await.unwrap().added, 2);
        let list = services.applications_list(clerk, filter).await.unwrap();
        assert_eq!(list.len(), 3);
        let open = list.iter().find(|one| one.registration_no.as_deref() == Some("2025-00003")).unwrap();
        assert_eq!((open.standing.state.as_str(), open.standing.due), ("running", Some(date(2026, 3, 20))));
        assert!(list.iter().all(|one| !format!("{one:?}").contains("示例，") && one.shown_name != "张示例"));
        let view = services.application(now, clerk, open.id).await.unwrap();
        assert_eq!(view.form.name, "李示例");
        let register = services.withheld_list(clerk, WithheldState::Kept, 10).await.unwrap();
        assert_eq!(register.len(), 0, "nothing of these was withheld");
        // What ended stands as the register says, whatever steps it had.
        let lapsed = list.iter().find(|one| one.standing.outcome == Some(Outcome::CorrectionAbandoned)).unwrap();
        assert_eq!(lapsed.standing.concluded, Some(date(2025, 5, 20)));
        let (count, out) = services.export_cases(now, code, true).await.unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(count, 3);
        for line in CASES.lines() {
            assert!(text.contains(line), "{line} in {text}");
        }
        let (_, plain) = services.export_cases(now, code, false).await.unwrap();
        assert!(!String::from_utf8(plain).unwrap().contains("张示例"), "no names unless asked for");
        let (_, disputes) = services.export_disputes(code).await.unwrap();
        let disputes = String::from_utf8(disputes).unwrap();
        assert!(DISPUTES.lines().all(|line| disputes.contains(line)), "{disputes}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_that_is_wrong_says_where_and_why() {
    let house = House::open(None).await;
    let now = noon(date(2026, 3, 2));
    let head = CASES.lines().next().unwrap();
    for (row, said) in [
        ("1,citizen,张,online,2025-03-03,甲,,", "applicant_kind"),
        ("1,natural_person,张,pigeon,2025-03-03,甲,,", "channel"),
        ("1,natural_person,张,online,2025-13-03,甲,,", "received_on"),
        ("1,natural_person,张,online,2027-03-03,甲,,", "还没有到"),
        ("1,natural_person,张,online,2025-03-03,甲,partial,", "就要写送达日期"),
        ("1,natural_person,张,online,2025-03-03,甲,,2025-03-04", "就要写结果"),
        ("1,natural_person,张,online,2025-03-03,甲,refused,2025-03-04", "没有结果“refused”"),
        ("1,natural_person,张,online,2025-03-03,甲,partial,2025-03-01", "早于收到日期"),
        (",natural_person,张,online,2025-03-03,甲,,", "registration_no"),
        ("1,natural_person,张,online,2025-03-03,甲", "应有8格"),
    ] {
        let text = format!("{head}\n{row}\n");
        let out = house.services.import_cases(now, "000014349", ("c.csv", text.as_bytes()), false).await.unwrap();
        assert_eq!((out.added, out.refused.len(), out.refused[0].row), (0, 1, 2), "{row}");
        assert!(out.refused[0].why.contains(said), "{row}: {}", out.refused[0].why);
    }
    let head = DISPUTES.lines().next().unwrap();
    for (row, said) in [
        ("1,appeal,,2025-03-03,pending,", "kind"),
        ("1,reconsideration,,2025-03-03,won,2025-04-01", "result"),
        ("1,reconsideration,,2025-03-03,pending,2025-04-01", "空着"),
        ("1,reconsideration,,2025-03-03,upheld,", "就要写审结日期"),
        ("1,reconsideration,,2025-03-03,upheld,2025-03-01", "早于受理"),
    ] {
        let text = format!("{head}\n{row}\n");
        let out = house.services.import_disputes(now, "000014349", ("d.csv", text.as_bytes()), false).await.unwrap();
        assert!(out.added == 0 && out.refused[0].why.contains(said), "{row}: {:?}", out.refused);
    }
    for (name, bytes) in
        [("c.csv", &b"a,b\n1,2\n"[..]), ("c.doc", b"x"), ("c.xlsx", b"PK no"), ("c.jsonl", b"\xff\xfe{")]
    {
        assert!(matches!(
            house.services.import_cases(now, "000014349", (name, bytes), false).await,
            Err(Fault::Invalid(_)) | Ok(_)
        ));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_enters_the_register_and_an_overturned_one_is_answered_anew() {
    for house in House::each().await {
        super::desk::set_up(&house).await;
        let (services, crew) = (&house.services, &house.crew);
        let clerk = &crew.clerk;
        let on = date(2026, 3, 2);
        let form = ApplicationForm {
            kind: "natural_person".to_owned(),
            name: "张示例".to_owned(),
            title: "审计业务会议的讨论记录".to_owned(),
            ..ApplicationForm::default()
        };
        let intake = Intake { channel: Channel::InPerson, on, form };
        let id = services.register_application(noon(on), clerk, &intake).await.unwrap().id;
        let reply = NewLetter::Reply(Outcome::ProcessInfo);
        let letter = services.begin_letter(noon(on), clerk, id, &reply).await.unwrap();
        let mut content = services.letter_page(noon(on), clerk, letter).await.unwrap().content;
        content.facts.insert("过程性种类".to_owned(), "讨论记录".to_owned());
        content.facts.insert("理由".to_owned(), "公开会影响充分讨论".to_owned());
        services.save_letter(noon(on), clerk, letter, 1, &content).await.unwrap();
        services.submit_letter(noon(on), clerk, letter, 2).await.unwrap();
        for (at, who) in [&crew.office_head, &crew.secrecy, &crew.leader].into_iter().enumerate() {
            let version = 3 + i32::try_from(at).unwrap();
            services.review_letter(noon(on), who, letter, (version, true), "审查过").await.unwrap();
        }
        let served = date(2026, 3, 6);
        let service = LetterService { way: ServiceWay::Direct, on: served, proof: "张示例".to_owned() };
        services.serve_letter(noon(served), clerk, letter, 6, &service, None).await.unwrap();
        // 第十八条: it is looked at again within a year.
        let register = services.withheld_list(clerk, WithheldState::Kept, 10).await.unwrap();
        assert_eq!((register.len(), register[0].ground), (1, Outcome::ProcessInfo));
        assert_eq!(register[0].next_review_on, date(2027, 3, 6));
        let decided = |result, reason: &str| Reassessed {
            result,
            reason: reason.to_owned(),
            next_review_on: None,
            hint_on: None,
        };
        let one = register[0].id;
        let later = date(2026, 9, 18);
        let silent = services.reassess(noon(later), clerk, one, 1, &decided(WithheldState::Kept, " ")).await;
        assert!(matches!(silent, Err(Fault::Invalid(_))), "a decision says why");
        let early = services.reassess(noon(later), clerk, one, 1, &decided(WithheldState::Published, "已公开")).await;
        assert!(matches!(early, Err(Fault::Invalid(_))), "not published before it was decided");
        services
            .reassess(noon(later), clerk, one, 1, &decided(WithheldState::ToPublish, "过程已经结束"))
            .await
            .unwrap();
        let view = services.withheld_view(clerk, one).await.unwrap();
        // X10: twenty working days from 2026-09-18.
        assert_eq!((view.record.publish_by, view.reviews.len()), (Some(date(2026, 10, 22)), 1));
        // A direct suit against such a refusal is strange; reconsideration comes first.
        let mut new = NewDispute {
            application: Some(id),
            prior: None,
            kind: ProceedingGroup::DirectSuit,
            number: "(2026)示行初1号".to_owned(),
            forum: "示例区人民法院".to_owned(),
            filed_on: date(2026, 4, 1),
            copy_on: Some(date(2026, 4, 3)),
            simplified: false,
            co_defendant: false,
        };
        let suit = services.note_dispute(noon(date(2026, 4, 3)), clerk, &new).await.unwrap();
        assert!(services.dispute_view(clerk, suit).await.unwrap().warning.contains("第二十三条"));
        let twice = services.note_dispute(noon(date(2026, 4, 3)), clerk, &new).await;
        assert!(matches!(twice, Err(Fault::Invalid(_))), "a number is noted once");
        (new.kind, new.number) = (ProceedingGroup::Reconsideration, "示复〔2026〕9号".to_owned());
        (new.forum, new.simplified) = ("示例区人民政府".to_owned(), true);
        // X13 with the dates of April: five working days from the copy.
        let case = services.note_dispute(noon(date(2026, 4, 3)), clerk, &new).await.unwrap();
        let view = services.dispute_view(clerk, case).await.unwrap();
        assert_eq!(view.answer_due.as_ref().map(|(day, _)| *day), Some(date(2026, 4, 13)));
        let days = (new.copy_on, Some(date(2026, 4, 10)), true);
        services.follow_dispute(noon(date(2026, 4, 10)), clerk, case, 1, days).await.unwrap();
        let mut ended = Ended {
            ruling: "revoked".to_owned(),
            on: date(2026, 4, 28),
            new_reply: Some((date(2026, 4, 30), date(2026, 6, 1))),
            lesson: String::new(),
        };
        let bare = services.end_dispute(noon(date(2026, 4, 30)), clerk, case, 2, &ended).await;
        assert!(matches!(bare, Err(Fault::Invalid(_))), "an overturned decision teaches something");
        ended.lesson = "没有说明属于哪一种过程性信息".to_owned();
        services.end_dispute(noon(date(2026, 4, 30)), clerk, case, 2, &ended).await.unwrap();
        let view = services.dispute_view(clerk, case).await.unwrap();
        assert_eq!(view.record.result, ProceedingColumn::Overturned);
        let again = services.application(noon(date(2026, 5, 6)), clerk, id).await.unwrap();
        assert_eq!(
            (again.record.standing.state.as_str(), again.record.standing.due),
            ("reopened", Some(date(2026, 6, 1)))
        );
        assert!(matches!(again.steps.last().unwrap().event, Event::Reopened { .. }));
        assert!(services.end_dispute(noon(date(2026, 5, 6)), clerk, case, 3, &ended).await.is_err(), "it has ended");
        let stranger = services.dispute_view(&crew.drafter, case).await;
        assert!(matches!(stranger, Err(Fault::Forbidden)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_18_what_was_withheld_before_or_elsewhere_is_looked_at_again_too() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let head = CASES.lines().next().unwrap();
    let rows = "1,natural_person,张,online,2025-03-03,甲,state_secret,2025-03-20\n\
                2,natural_person,李,online,2025-03-03,=乙,partial,2025-03-20\n\
                3,natural_person,王,online,2025-03-03,丙,not_exist,2025-03-20\n";
    let text = format!("{head}\n{rows}");
    let now = noon(date(2026, 3, 2));
    services.import_cases(now, "000014349", ("c.csv", text.as_bytes()), false).await.unwrap();
    let mut grounds: Vec<_> = services.withheld_list(&crew.clerk, WithheldState::Kept, 10).await.unwrap();
    grounds.sort_by_key(|one| one.ground.code());
    let grounds: Vec<_> = grounds.iter().map(|one| (one.ground, one.next_review_on)).collect();
    let review = date(2026, 3, 20);
    assert_eq!(grounds, [(Outcome::Partial, review), (Outcome::StateSecret, review)]);
    // Written out, what a spreadsheet would work out is text; read in, it is what it was.
    let (_, out) = services.export_cases(now, "000014349", false).await.unwrap();
    assert!(String::from_utf8(out.clone()).unwrap().contains("'=乙"));
    let again = services.import_cases(now, "000014349", ("c.csv", &out), false).await.unwrap();
    assert_eq!((again.added, again.refused.iter().any(|one| one.why.contains("=乙"))), (0, false));
    // A partial reply made elsewhere says what it keeps back, and on which ground.
    let on = date(2026, 3, 2);
    let form = ApplicationForm {
        kind: "natural_person".to_owned(),
        name: "张示例".to_owned(),
        title: "检查记录".to_owned(),
        ..ApplicationForm::default()
    };
    let intake = Intake { channel: Channel::InPerson, on, form };
    let id = services.register_application(noon(on), &crew.clerk, &intake).await.unwrap().id;
    let scan = Upload { name: "答复书.pdf".to_owned(), bytes: b"%PDF-1.7 invented".to_vec() };
    let reply = (Outcome::Partial, date(2026, 3, 10));
    let said = ("示审公开〔2026〕3号，邮寄", Some(&scan));
    let day = noon(date(2026, 3, 10));
    let part = |what: &str, ground: &str| WithheldPart {
        what: what.to_owned(),
        ground: ground.to_owned(),
        reason: String::new(),
    };
    for wrong in [vec![], vec![part("姓名", "")], vec![part("", "third_party_rights")], vec![part("甲", "not_exist")]]
    {
        let bare = services.note_reply_elsewhere(day, &crew.office_head, id, 1, reply, &wrong, said).await;
        assert!(matches!(bare, Err(Fault::Invalid(_))), "{wrong:?}");
    }
    let parts = [part("检查人员姓名", "third_party_rights"), part("讨论记录", "process_info"), part("", "")];
    services.note_reply_elsewhere(day, &crew.office_head, id, 1, reply, &parts, said).await.unwrap();
    assert_eq!(services.withheld_list(&crew.clerk, WithheldState::Kept, 10).await.unwrap().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn disclosure_interpretation_article_2_silence_is_challenged_and_ordered_to_end() {
    for house in House::each().await {
        let (services, clerk) = (&house.services, &house.crew.clerk);
        let on = date(2026, 3, 2);
        let form = ApplicationForm {
            kind: "natural_person".to_owned(),
            name: "张示例".to_owned(),
            title: "检查记录".to_owned(),
            ..ApplicationForm::default()
        };
        let intake = Intake { channel: Channel::InPerson, on, form };
        let id = services.register_application(noon(on), clerk, &intake).await.unwrap().id;
        let (filed, decided) = (date(2026, 4, 10), date(2026, 5, 20));
        let new = NewDispute {
            application: Some(id),
            prior: None,
            kind: ProceedingGroup::Reconsideration,
            number: "示复〔2026〕12号".to_owned(),
            forum: "示例区人民政府".to_owned(),
            filed_on: date(2026, 2, 1),
            copy_on: None,
            simplified: false,
            co_defendant: false,
        };
        let early = services.note_dispute(noon(filed), clerk, &new).await;
        assert!(matches!(early, Err(Fault::Invalid(_))), "before the application came in");
        let new = NewDispute { filed_on: filed, ..new };
        let dispute = services.note_dispute(noon(filed), clerk, &new).await.unwrap();
        // Nothing is due that is not: before the reply was due nobody orders one.
        let view = services.application(noon(date(2026, 3, 20)), clerk, id).await.unwrap();
        assert!(view.offers.reopen.is_none());
        let view = services.application(noon(filed), clerk, id).await.unwrap();
        assert!(view.offers.reopen.is_some(), "overdue");
        let ended = Ended {
            ruling: "ordered".to_owned(),
            on: decided,
            new_reply: Some((decided, date(2026, 6, 10))),
            lesson: "没有登记到期提醒".to_owned(),
        };
        let ruling = gongkai_model::application::Ruling::parse(ProceedingGroup::Reconsideration, &ended.ruling);
        assert!(ruling.is_some_and(|one| one.reopens), "责令履行");
        let bare = Ended { new_reply: None, ..ended.clone() };
        let bare = services.end_dispute(noon(decided), clerk, dispute, 1, &bare).await;
        assert!(matches!(bare, Err(Fault::Invalid(_))), "by when is it to be answered");
        services.end_dispute(noon(decided), clerk, dispute, 1, &ended).await.unwrap();
        let view = services.application(noon(decided), clerk, id).await.unwrap();
        assert_eq!(view.record.standing.due, Some(date(2026, 6, 10)));
        assert!(view.timeline.irregularities.iter().any(|one| one.message().contains("2026-03-30")), "it was late");
    }
}
