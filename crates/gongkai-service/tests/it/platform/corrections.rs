//! What was taken down wrongly is put right; fee notices by post and consultations after a reopening keep to the days of the law;
//! nobody signs what they have written.

use gongkai_model::application::clock::{Answer, Channel, ConsultationId, ConsultationKind, Event};
use gongkai_model::application::{LetterKind, NoteKind, Outcome, ServiceWay, WithheldState};
use gongkai_model::ids::{ApplicationId, LetterId};
use gongkai_service::platform::{
    Actor, Answered, ApplicationForm, Fault, Intake, LetterService, NewLetter, Party, Upload,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::House;
use super::desk::set_up;

/// Noon of a day in Beijing.
fn noon(day: Date) -> Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(day.at(4, 0, 0, 0)).unwrap()
}

fn march(day: i8) -> Date {
    date(2026, 3, day)
}

fn form() -> ApplicationForm {
    ApplicationForm {
        kind: "natural_person".to_owned(),
        name: "张示例".to_owned(),
        id_number: "11010519491231002X".to_owned(),
        phone: "13800138000".to_owned(),
        title: "示例路改造工程的材料".to_owned(),
        carrier: "paper".to_owned(),
        route: "mail".to_owned(),
        ..ApplicationForm::default()
    }
}

async fn arrived(house: &House) -> ApplicationId {
    set_up(house).await;
    let intake = Intake { channel: Channel::InPerson, on: march(2), form: form() };
    house.services.register_application(noon(march(2)), &house.crew.clerk, &intake).await.unwrap().id
}

async fn case_version(house: &House, id: ApplicationId) -> i32 {
    house.services.application(noon(march(30)), &house.crew.clerk, id).await.unwrap().record.version
}

async fn due(house: &House, id: ApplicationId, today: Date) -> Option<Date> {
    house.services.application(noon(today), &house.crew.clerk, id).await.unwrap().record.standing.due
}

/// A letter with its facts, signed by `who`, not yet served.
async fn signed(
    house: &House,
    id: ApplicationId,
    on: Date,
    new: &NewLetter,
    facts: &[(&str, &str)],
    who: &[&Actor],
) -> LetterId {
    let (services, clerk) = (&house.services, &house.crew.clerk);
    let letter = services.begin_letter(noon(on), clerk, id, new).await.unwrap();
    let page = services.letter_page(noon(on), clerk, letter).await.unwrap();
    let mut content = page.content.clone();
    content.facts.extend(facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    services.save_letter(noon(on), clerk, letter, page.letter.record.version, &content).await.unwrap();
    let version = services.letter_page(noon(on), clerk, letter).await.unwrap().letter.record.version;
    services.submit_letter(noon(on), clerk, letter, version).await.unwrap();
    for (step, actor) in (1..).zip(who) {
        services.review_letter(noon(on), actor, letter, (version + step, true), "审查过").await.unwrap();
    }
    letter
}

async fn serve(house: &House, on: Date, letter: LetterId, way: ServiceWay, proof: &str) -> Result<(), Fault> {
    let clerk = &house.crew.clerk;
    let version = house.services.letter_page(noon(on), clerk, letter).await.unwrap().letter.record.version;
    let service = LetterService { way, on, proof: proof.to_owned() };
    house.services.serve_letter(noon(on), clerk, letter, version, &service, None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_down_wrongly_is_put_right_and_what_stood_there_is_kept() {
    for house in House::each().await {
        let id = arrived(&house).await;
        let (services, crew) = (&house.services, &house.crew);
        let on = noon(march(3));
        let right = ApplicationForm { name: "章示例".to_owned(), email: "zhang@example.cn".to_owned(), ..form() };
        let same = form();
        let amend = |who, form, reason| services.amend_application(on, who, id, 1, (form, reason));
        assert!(matches!(amend(&crew.clerk, &right, " ").await, Err(Fault::Invalid(_))), "why");
        assert!(matches!(amend(&crew.clerk, &same, "笔误").await, Err(Fault::Invalid(_))), "nothing changed");
        let wrong = ApplicationForm { kind: "nobody".to_owned(), ..form() };
        assert!(matches!(amend(&crew.clerk, &wrong, "笔误").await, Err(Fault::Invalid(_))), "no such applicant");
        assert!(matches!(amend(&crew.publisher, &right, "笔误").await, Err(Fault::Forbidden)));
        let before = due(&house, id, march(3)).await;
        amend(&crew.clerk, &right, "姓名录错").await.unwrap();
        assert!(matches!(amend(&crew.clerk, &same, "改回").await, Err(Fault::Conflict)));
        let view = services.application(on, &crew.clerk, id).await.unwrap();
        assert_eq!((view.form.name.as_str(), view.record.shown_name.as_str()), ("章示例", "章＊＊"));
        assert_eq!(view.record.standing.due, before, "the days are what they were");
        let note = view.notes.iter().find(|note| note.kind == NoteKind::Remark).unwrap();
        assert!(note.text.text.contains("姓名录错") && note.text.text.contains("张示例"), "{}", note.text.text);
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fee_measures_article_6_a_notice_by_post_stops_the_term_on_the_day_it_is_received() {
    let house = House::open(None).await;
    let id = arrived(&house).await;
    let (services, crew) = (&house.services, &house.crew);
    let facts = [("收费方式", "按量计收"), ("收费页数", "250"), ("缴费方式", "凭通知书到银行缴纳")];
    let letter = signed(&house, id, march(5), &NewLetter::Plain(LetterKind::L08), &facts, &[&crew.office_head]).await;
    let plain = due(&house, id, march(5)).await;
    serve(&house, march(5), letter, ServiceWay::Post, "XA12345678911").await.unwrap();
    assert_eq!(due(&house, id, march(6)).await, plain, "posting is not receiving");
    let version = case_version(&house, id).await;
    let received = Event::FeeNotified { received: march(9) };
    services.note_step(noon(march(10)), &crew.clerk, id, version, (received, "回执")).await.unwrap();
    let standing = services.application(noon(march(10)), &crew.clerk, id).await.unwrap().record.standing;
    let until = date(2026, 4, 7);
    assert_eq!((standing.state.as_str(), standing.due), ("awaiting_fee", Some(until)), "20 working days to pay");
}

#[tokio::test(flavor = "multi_thread")]
async fn service_goes_where_the_applicant_has_said() {
    let house = House::open(None).await;
    let id = arrived(&house).await;
    let crew = &house.crew;
    let facts = [("获取途径", "本机关网站“部门预算”栏目")];
    let new = NewLetter::Reply(Outcome::GrantedAlreadyPublic);
    let letter = signed(&house, id, march(5), &new, &facts, &[&crew.office_head, &crew.secrecy, &crew.leader]).await;
    // In person and by post was applied for: neither the page nor an address never given.
    for (way, proof) in [(ServiceWay::Portal, ""), (ServiceWay::Email, "somebody@example.cn")] {
        assert!(matches!(serve(&house, march(6), letter, way, proof).await, Err(Fault::Invalid(_))), "{way:?}");
    }
    serve(&house, march(6), letter, ServiceWay::Post, "XA12345678911").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_written_in_a_letter_does_not_sign_it() {
    let house = House::open(None).await;
    let id = arrived(&house).await;
    let (services, crew) = (&house.services, &house.crew);
    let on = noon(march(5));
    let new = NewLetter::Plain(LetterKind::L02);
    let letter = services.begin_letter(on, &crew.clerk, id, &new).await.unwrap();
    // The head of the office writes a sentence into it: somebody else holding that role signs, or the clerk writes it anew.
    let page = services.letter_page(on, &crew.office_head, letter).await.unwrap();
    let mut content = page.content.clone();
    content.facts.insert("补正事项".to_owned(), "请写明标段。".to_owned());
    services.save_letter(on, &crew.office_head, letter, page.letter.record.version, &content).await.unwrap();
    let version = services.letter_page(on, &crew.clerk, letter).await.unwrap().letter.record.version;
    let alone = services.submit_letter(on, &crew.clerk, letter, version).await;
    let Err(Fault::Refused(refusal)) = alone else {
        panic!("the only one who could sign has written in it: {alone:?}")
    };
    assert!(refusal.what.contains("没有人能签署"), "{}", refusal.what);
}

#[tokio::test(flavor = "multi_thread")]
async fn article_32_a_third_party_is_told_only_when_it_was_heard_and_a_void_question_is_none() {
    let house = House::open(None).await;
    let id = arrived(&house).await;
    let (services, crew) = (&house.services, &house.crew);
    let party =
        Party {
            name: "示例设备有限公司".to_owned(), address: "示例市示例路9号".to_owned(), ..Party::default()
        };
    let ask = NewLetter::Ask(ConsultationKind::ThirdParty, party);
    let letter = services.begin_letter(noon(march(4)), &crew.clerk, id, &ask).await.unwrap();
    let told = NewLetter::About(LetterKind::L13, 1);
    let early = services.begin_letter(noon(march(4)), &crew.clerk, id, &told).await;
    assert!(matches!(early, Err(Fault::Refused(_))), "not before it was heard");
    let version = services.letter_page(noon(march(4)), &crew.clerk, letter).await.unwrap().letter.record.version;
    services.void_letter(noon(march(4)), &crew.clerk, letter, version).await.unwrap();
    assert!(services.application(noon(march(4)), &crew.clerk, id).await.unwrap().parties.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn article_69_after_a_reply_is_set_aside_others_are_asked_and_the_new_reply_takes_the_place_of_the_old() {
    let house = House::open(None).await;
    let id = arrived(&house).await;
    let (services, crew) = (&house.services, &house.crew);
    let scan = Upload { name: "答复书.pdf".to_owned(), bytes: b"%PDF-1.7 invented".to_vec() };
    let version = case_version(&house, id).await;
    let first = (Outcome::ThirdPartyRights, march(20));
    let words = ("示审公开〔2026〕3号，邮寄送达", Some(&scan));
    services.note_reply_elsewhere(noon(march(20)), &crew.office_head, id, version, first, &[], words).await.unwrap();
    let listed = services.withheld_list(&crew.clerk, WithheldState::Kept, 10).await.unwrap();
    assert_eq!(listed.len(), 1, "what a reply made elsewhere withholds is in the register");
    let version = case_version(&house, id).await;
    let (on, due) = (date(2026, 6, 1), date(2026, 6, 30));
    let reopened = (Event::Reopened { on, due }, "复议决定撤销");
    let alone = services.note_step(noon(on), &crew.clerk, id, version, reopened).await;
    assert!(matches!(alone, Err(Fault::Refused(_))), "an order has its paper");
    let order = ("示复〔2026〕3号", Some(&scan));
    let by_clerk = services.note_order(noon(on), &crew.clerk, id, version, (on, due), order).await;
    assert!(matches!(by_clerk, Err(Fault::Refused(_))), "and the head of the office");
    let far = services.note_order(noon(on), &crew.office_head, id, version, (on, date(2030, 12, 31)), order).await;
    assert!(matches!(far, Err(Fault::Invalid(_))), "no term of years");
    let bare = services.note_order(noon(on), &crew.office_head, id, version, (on, due), ("示复", None)).await;
    assert!(matches!(bare, Err(Fault::Invalid(_))), "no paper");
    services.note_order(noon(on), &crew.office_head, id, version, (on, due), order).await.unwrap();
    let party =
        Party {
            name: "示例设备有限公司".to_owned(), address: "示例市示例路9号".to_owned(), ..Party::default()
        };
    let ask = NewLetter::Ask(ConsultationKind::ThirdParty, party);
    let facts = [("征求事项", "验收报告"), ("涉及理由", "载有报价明细")];
    let on = date(2026, 6, 3);
    let letter = signed(&house, id, on, &ask, &facts, &[&crew.office_head]).await;
    serve(&house, on, letter, ServiceWay::Post, "XA12345678912").await.unwrap();
    let view = services.application(noon(on), &crew.clerk, id).await.unwrap();
    assert!(view.steps.iter().any(|step| matches!(step.event, Event::ConsultationOpened { .. })));
    let day = date(2026, 6, 8);
    let said = Answered {
        number: 1,
        on: day,
        answer: Answer::Objected,
        words: "不同意公开报价明细".to_owned(),
        agreed_part: String::new(),
    };
    let version = case_version(&house, id).await;
    services.note_answer(noon(day), &crew.clerk, id, version, &said, None).await.unwrap();
    let again = (Outcome::ThirdPartyRights, date(2026, 6, 25));
    let words = ("示审公开〔2026〕9号，邮寄送达", Some(&scan));
    let version = case_version(&house, id).await;
    services
        .note_reply_elsewhere(noon(date(2026, 6, 25)), &crew.office_head, id, version, again, &[], words)
        .await
        .unwrap();
    for (state, count) in [(WithheldState::Kept, 1), (WithheldState::Replaced, 1)] {
        assert_eq!(services.withheld_list(&crew.clerk, state, 10).await.unwrap().len(), count, "{state:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_noted_wrongly_is_taken_back_by_the_head_and_stays_on_the_case() {
    for house in House::each().await {
        set_up(&house).await;
        let (services, crew) = (&house.services, &house.crew);
        let intake = Intake { channel: Channel::MailOrdinary, on: march(2), form: form() };
        let id = services.register_application(noon(march(2)), &crew.clerk, &intake).await.unwrap().id;
        let on = noon(march(5));
        let confirmed = |day| (Event::Confirmed { on: march(day) }, "电话确认");
        services.note_step(on, &crew.clerk, id, 1, confirmed(3)).await.unwrap();
        let view = services.application(on, &crew.clerk, id).await.unwrap();
        let (version, number) = (view.record.version, view.record.registration_no.clone());
        assert_eq!(view.record.standing.received, Some(march(3)));
        let back = |who, words| services.take_back_step(on, who, id, version, words);
        assert!(matches!(back(&crew.clerk, "日期错了").await, Err(Fault::Refused(_))), "not the clerk");
        assert!(matches!(back(&crew.office_head, " ").await, Err(Fault::Invalid(_))), "why");
        back(&crew.office_head, "确认的是2日").await.unwrap();
        assert!(matches!(back(&crew.office_head, "再来").await, Err(Fault::Conflict)));
        let view = services.application(on, &crew.clerk, id).await.unwrap();
        assert_eq!((view.record.standing.received, view.steps.len()), (None, 0));
        assert!(view.notes.iter().any(|note| note.text.text.contains("确认的是2日")), "it stays on the case");
        assert!(view.last_noted().is_err());
        services.note_step(on, &crew.clerk, id, view.record.version, confirmed(2)).await.unwrap();
        let view = services.application(on, &crew.clerk, id).await.unwrap();
        assert_eq!((view.record.standing.received, view.record.registration_no), (Some(march(2)), number));
        // What a served letter has set, or the applicant has done, stands.
        let new = NewLetter::Plain(LetterKind::L02);
        let letter = signed(&house, id, march(5), &new, &[("补正事项", "请写明标段。")], &[&crew.office_head]).await;
        serve(&house, march(5), letter, ServiceWay::Direct, "本人签收").await.unwrap();
        let version = case_version(&house, id).await;
        let stands = services.take_back_step(on, &crew.office_head, id, version, "错了").await;
        assert!(matches!(stands, Err(Fault::Refused(_))), "{stands:?}");
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}

/// A question that was put on paper elsewhere is received and answered here like any other.
#[tokio::test(flavor = "multi_thread")]
async fn article_32_a_question_asked_elsewhere_can_be_ended() {
    for house in House::each().await {
        let id = arrived(&house).await;
        let (services, crew) = (&house.services, &house.crew);
        let asked = (ConsultationKind::ThirdParty, march(4), None);
        let party = |name: &str| Party { name: name.to_owned(), ..Party::default() };
        let day = noon(march(4));
        let version = case_version(&house, id).await;
        let note = "示审函〔2026〕2号，邮寄";
        let nobody = services.note_asked_elsewhere(day, &crew.clerk, id, version, asked, (&party(" "), note)).await;
        assert!(matches!(nobody, Err(Fault::Invalid(_))), "whom");
        let bare = services.note_asked_elsewhere(day, &crew.clerk, id, version, asked, (&party("甲公司"), " ")).await;
        assert!(matches!(bare, Err(Fault::Refused(_))), "by which letter");
        services.note_asked_elsewhere(day, &crew.clerk, id, version, asked, (&party("甲公司"), note)).await.unwrap();
        let view = services.application(day, &crew.clerk, id).await.unwrap();
        assert_eq!((view.parties.len(), view.parties[0].party.name.as_str()), (1, "甲公司"));
        assert!(view.timeline.is_consulting() && view.offers.reply.is_none());
        // Through the interface the note says whom it went to.
        let event = Event::ConsultationOpened {
            id: ConsultationId(2),
            kind: ConsultationKind::OtherOrgan,
            sent: march(4),
            limit: Some(march(20)),
        };
        services.note_step(day, &crew.clerk, id, view.record.version, (event, "示例区财政局")).await.unwrap();
        for number in [1, 2] {
            let on = march(10);
            let said =
                Answered { number, on, answer: Answer::Agreed, words: "同意".to_owned(), agreed_part: String::new() };
            let version = case_version(&house, id).await;
            services.note_answer(noon(on), &crew.clerk, id, version, &said, None).await.unwrap();
        }
        let view = services.application(noon(march(10)), &crew.clerk, id).await.unwrap();
        assert!(!view.timeline.is_consulting() && view.offers.reply.is_some());
    }
}
