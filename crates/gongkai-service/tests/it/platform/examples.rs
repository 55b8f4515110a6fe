//! The worked examples beside the clock of the reply: publication, remedies, disputes, the silence of a joint maker.

use gongkai_model::application::clock::{Answer, Channel, ConsultationId, ConsultationKind, Event};
use gongkai_model::application::{Outcome, ProceedingGroup, ServiceWay};
use gongkai_model::ids::ApplicationId;
use gongkai_service::platform::{Fault, Intake, NewDispute, NewLetter};
use jiff::civil::{Date, date};

use super::House;
use super::desk::{Desk, form, noon, set_up};

async fn arrived(house: &House, on: Date) -> (ApplicationId, String) {
    let intake = Intake { channel: Channel::InPerson, on, form: form() };
    let got = house.services.register_application(noon(on), &house.crew.clerk, &intake).await.unwrap();
    (got.id, got.code.to_string())
}

/// A reply is written, signed and handed over on a day.
async fn replied(house: &House, id: ApplicationId, outcome: Outcome, facts: &[(&str, &str)], served: Date) {
    let desk = Desk { house, id };
    let letter = desk.begin(served, &NewLetter::Reply(outcome)).await.unwrap();
    desk.fill(served, letter, facts).await;
    let crew = &house.crew;
    desk.sign(served, letter, &[&crew.office_head, &crew.secrecy, &crew.leader]).await;
    desk.serve(served, letter, ServiceWay::Direct, "张示例").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn x12_a_refusal_is_reconsidered_within_sixty_days_and_another_reply_sued_within_six_months() {
    let (arrival, served) = (date(2026, 1, 5), date(2026, 1, 15));
    let house = House::open_since(None, noon(arrival)).await;
    set_up(&house).await;
    let (refused, code) = arrived(&house, arrival).await;
    let facts = [("过程性种类", "讨论记录"), ("理由", "公开会影响充分讨论")];
    replied(&house, refused, Outcome::ProcessInfo, &facts, served).await;
    let seen = house.services.follow_application(noon(date(2026, 1, 16)), &code).await.unwrap();
    assert_eq!((seen.remedy_until, seen.sue_until, seen.reconsider_first), (Some(date(2026, 3, 16)), None, true));
    let (missing, code) = arrived(&house, arrival).await;
    let searched = [
        ("检索范围", "档案室目录"),
        ("检索关键词", "示例路"),
        ("检索时间段", "2020年至2025年"),
        ("检索人", "某甲"),
        ("检索日期", "2026-01-14"),
    ];
    replied(&house, missing, Outcome::NotExist, &searched, served).await;
    let seen = house.services.follow_application(noon(date(2026, 1, 16)), &code).await.unwrap();
    let until = (Some(date(2026, 3, 16)), Some(date(2026, 7, 15)), false);
    assert_eq!((seen.remedy_until, seen.sue_until, seen.reconsider_first), until);
}

#[tokio::test(flavor = "multi_thread")]
async fn x13_the_respondent_answers_by_the_day_of_its_procedure() {
    let house = House::open(None).await;
    let clerk = &house.crew.clerk;
    let copy = date(2025, 9, 29);
    for (number, simplified, due) in [("1", false, date(2025, 10, 20)), ("2", true, date(2025, 10, 13))] {
        let new = NewDispute {
            application: None,
            prior: None,
            kind: ProceedingGroup::Reconsideration,
            number: format!("示复〔2025〕{number}号"),
            forum: "示例区人民政府".to_owned(),
            filed_on: date(2025, 9, 26),
            copy_on: Some(copy),
            simplified,
            co_defendant: false,
        };
        let id = house.services.note_dispute(noon(copy), clerk, &new).await.unwrap();
        let view = house.services.dispute_view(clerk, id).await.unwrap();
        assert_eq!(view.answer_due.map(|(day, _)| day), Some(due), "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn x14_a_joint_maker_is_silent_on_the_fifteenth_working_day_and_no_sooner() {
    let house = House::open(None).await;
    let clerk = &house.crew.clerk;
    let (case, _) = arrived(&house, date(2024, 4, 22)).await;
    let (asked, silent) = (date(2024, 4, 25), date(2024, 5, 17));
    let id = ConsultationId(1);
    let kind = ConsultationKind::JointMaker;
    let note = async |version: i32, event: Event| {
        house.services.note_step(noon(event.date()), clerk, case, version, (event, "示审函〔2024〕1号，邮寄")).await
    };
    note(1, Event::ConsultationOpened { id, kind, sent: asked, limit: None }).await.unwrap();
    note(2, Event::ConsultationReceived { id, on: asked }).await.unwrap();
    let closed = |on| Event::ConsultationClosed { id, on, answer: Answer::Silent };
    for on in [date(2024, 5, 16), date(2024, 5, 20)] {
        let Err(Fault::Refused(told)) = note(3, closed(on)).await else { panic!("{on}") };
        assert!(told.to_string().contains("2024-05-17"), "{told}");
    }
    note(3, closed(silent)).await.unwrap();
}
