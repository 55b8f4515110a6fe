//! Applications: received, confirmed, corrected, consulted about, extended, answered, followed — with the dates of the law.

use gongkai_model::application::Outcome;
use gongkai_model::application::clock::{Answer, Approval, Channel, ConsultationId, ConsultationKind, Event};
use gongkai_model::ids::ApplicationId;
use gongkai_model::officer::{Grant, Role};
use gongkai_service::platform::{Actor, ApplicationFilter, ApplicationForm, AuditQuestion, Fault, Intake, Upload};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::House;

fn form(name: &str) -> ApplicationForm {
    ApplicationForm {
        kind: "natural_person".to_owned(),
        name: name.to_owned(),
        id_number: "11010519491231002X".to_owned(),
        phone: "13800138000".to_owned(),
        title: "2025年部门预算".to_owned(),
        carrier: "electronic".to_owned(),
        route: "download".to_owned(),
        ..ApplicationForm::default()
    }
}

/// Noon of a day in Beijing.
fn noon(day: Date) -> Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(day.at(4, 0, 0, 0)).unwrap()
}

/// Somebody of the disclosure office.
fn officer(house: &House, role: Role) -> Actor {
    let mut actor = house.crew.drafter.clone();
    actor.officer.grants = vec![Grant::own(role)];
    actor
}

struct Case<'a> {
    house: &'a House,
    who: Actor,
    id: ApplicationId,
}

impl Case<'_> {
    async fn arrive(house: &House, channel: Channel, on: Date) -> Case<'_> {
        let who = officer(house, Role::DisclosureOfficer);
        let intake = Intake { channel, on, form: form("张示例") };
        let id = house.services.register_application(noon(on), &who, &intake).await.unwrap().id;
        Case { house, who, id }
    }

    async fn version(&self) -> i32 {
        self.house.services.application(noon(date(2026, 12, 1)), &self.who, self.id).await.unwrap().record.version
    }

    async fn try_note(&self, who: &Actor, event: Event) -> Result<(), Fault> {
        self.house
            .services
            .note_step(noon(event.date()), who, self.id, self.version().await, (event, "示公开〔2025〕1号，邮寄"))
            .await
    }

    async fn note(&self, event: Event) {
        self.try_note(&self.who, event).await.unwrap();
    }

    /// The day the reply is due, seen from a day.
    async fn due(&self, today: Date) -> Option<Date> {
        let view = self.house.services.application(noon(today), &self.who, self.id).await.unwrap();
        view.timeline.due(today, gongkai_calendar::Calendar::official()).unwrap().map(|due| due.on)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_31_and_33_the_worked_examples_have_their_dates() {
    let house = House::open(None).await;
    // X1: in person.
    let one = Case::arrive(&house, Channel::InPerson, date(2025, 3, 3)).await;
    assert_eq!(one.due(date(2025, 3, 4)).await, Some(date(2025, 3, 31)));
    // X2: signed mail before Spring Festival.
    let one = Case::arrive(&house, Channel::MailSigned, date(2024, 1, 25)).await;
    assert_eq!(one.due(date(2024, 1, 26)).await, Some(date(2024, 2, 27)));
    // X3: online, confirmed; extended in full by the head of the office alone.
    let one = Case::arrive(&house, Channel::Online, date(2024, 9, 26)).await;
    assert_eq!(one.due(date(2024, 9, 26)).await, None, "not received before both sides confirm");
    one.note(Event::Confirmed { on: date(2024, 9, 26) }).await;
    assert_eq!(one.due(date(2024, 9, 27)).await, Some(date(2024, 10, 29)));
    let extended = Event::Extended { days: 20, approval: Approval::DisclosureOfficeHead, notified: date(2024, 10, 21) };
    assert!(matches!(one.try_note(&one.who, extended).await, Err(Fault::Refused(_))), "article 33");
    one.try_note(&officer(&house, Role::DisclosureOfficeHead), extended).await.unwrap();
    assert_eq!(one.due(date(2024, 10, 22)).await, Some(date(2024, 11, 26)));
    // X4: filed on a Saturday, confirmed the same day, or on the Sunday that was worked.
    for (confirmed, due) in [(date(2025, 1, 25), date(2025, 2, 27)), (date(2025, 1, 26), date(2025, 2, 28))] {
        let one = Case::arrive(&house, Channel::Online, date(2025, 1, 25)).await;
        one.note(Event::Confirmed { on: confirmed }).await;
        assert_eq!(one.due(confirmed).await, Some(due));
    }
    // X5: corrected; the clock starts anew.
    let one = Case::arrive(&house, Channel::InPerson, date(2025, 4, 21)).await;
    assert_eq!(one.due(date(2025, 4, 21)).await, Some(date(2025, 5, 21)));
    one.note(Event::CorrectionNotified { sent: date(2025, 4, 25), until: date(2025, 5, 13) }).await;
    assert_eq!(one.due(date(2025, 4, 28)).await, None);
    one.note(Event::Corrected { on: date(2025, 5, 12), justified_delay: false }).await;
    assert_eq!(one.due(date(2025, 5, 12)).await, Some(date(2025, 6, 10)));
    // X6, X6b: a third party answers, or is silent.
    for (closed, answer, due) in
        [(date(2026, 3, 5), Answer::Agreed, date(2026, 3, 26)), (date(2026, 3, 10), Answer::Silent, date(2026, 3, 31))]
    {
        let one = Case::arrive(&house, Channel::InPerson, date(2026, 2, 2)).await;
        assert_eq!(one.due(date(2026, 2, 3)).await, Some(date(2026, 3, 6)));
        let id = ConsultationId(1);
        let sent = date(2026, 2, 9);
        one.note(Event::ConsultationOpened { id, kind: ConsultationKind::ThirdParty, sent, limit: None }).await;
        one.note(Event::ConsultationReceived { id, on: date(2026, 2, 11) }).await;
        one.note(Event::ConsultationClosed { id, on: closed, answer }).await;
        assert_eq!(one.due(date(2026, 3, 11)).await, Some(due), "{answer:?}");
    }
    // X7: the last day is a Saturday that is worked.
    let one = Case::arrive(&house, Channel::InPerson, date(2025, 9, 8)).await;
    assert_eq!(one.due(date(2025, 9, 9)).await, Some(date(2025, 10, 11)));
    // X8: the fee is paid; the clock starts anew.
    let one = Case::arrive(&house, Channel::InPerson, date(2025, 9, 15)).await;
    one.note(Event::FeeNotified { received: date(2025, 9, 22) }).await;
    one.note(Event::FeePaid { on: date(2025, 10, 14) }).await;
    assert_eq!(one.due(date(2025, 10, 15)).await, Some(date(2025, 11, 11)));
    // X9: three consultations overlap; the union counts, not the sum.
    let one = Case::arrive(&house, Channel::InPerson, date(2025, 5, 20)).await;
    for (number, kind, sent, closed) in [
        (1, ConsultationKind::ThirdParty, date(2025, 5, 26), date(2025, 6, 9)),
        (2, ConsultationKind::ThirdParty, date(2025, 5, 28), date(2025, 6, 13)),
        (3, ConsultationKind::OtherOrgan, date(2025, 6, 17), date(2025, 6, 20)),
    ] {
        let id = ConsultationId(number);
        let limit = (kind == ConsultationKind::OtherOrgan).then_some(closed);
        one.note(Event::ConsultationOpened { id, kind, sent, limit }).await;
        one.note(Event::ConsultationClosed { id, on: closed, answer: Answer::Agreed }).await;
    }
    assert_eq!(one.due(date(2025, 6, 23)).await, Some(date(2025, 7, 10)));
    // X11 and X15.
    let one = Case::arrive(&house, Channel::InPerson, date(2025, 12, 15)).await;
    assert_eq!(one.due(date(2025, 12, 31)).await, Some(date(2026, 1, 13)));
    let one = Case::arrive(&house, Channel::MailOrdinary, date(2026, 6, 18)).await;
    one.note(Event::Confirmed { on: date(2026, 6, 18) }).await;
    assert_eq!(one.due(date(2026, 6, 18)).await, Some(date(2026, 7, 17)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_from_the_public_page_is_confirmed_answered_and_followed_by_its_code() {
    for house in House::each().await {
        let services = &house.services;
        let now = noon(date(2026, 3, 2));
        let without = ApplicationForm { id_number: String::new(), ..form("张示例") };
        let Err(Fault::Invalid(wrong)) = services.apply(now, house.agency, &without).await else {
            panic!("article 29: proof of identity")
        };
        assert_eq!(wrong[0].0, "id_number");
        let got = services.apply(now, house.agency, &form("张示例")).await.unwrap();
        assert!(got.registration_no.is_none());
        let seen = services.follow_application(now, &got.code.to_string().to_lowercase()).await.unwrap();
        assert_eq!((seen.state, seen.registration_no), ("待确认收到", None));
        assert!(matches!(services.follow_application(now, "2345-6789-ABCD").await, Err(Fault::NotFound)));

        let who = officer(&house, Role::DisclosureOfficer);
        services
            .note_step(now, &who, got.id, 1, (Event::Confirmed { on: date(2026, 3, 2) }, "电话确认"))
            .await
            .unwrap();
        // Two officers on one case: the second has not seen what the first did.
        let again =
            services.note_step(now, &who, got.id, 1, (Event::Confirmed { on: date(2026, 3, 2) }, "电话确认")).await;
        assert!(matches!(again, Err(Fault::Conflict)));
        let seen = services.follow_application(now, &got.code.to_string()).await.unwrap();
        assert_eq!(seen.standing.due, Some(date(2026, 3, 30)));
        let number = seen.registration_no.unwrap();
        assert!(number.contains("-2026-00001"), "{number}");

        // A reply is written, signed and served. One made elsewhere is noted by the head of the office, with its scan, never ahead of its day.
        let (outcome, served) = (Outcome::NotExist, date(2026, 3, 20));
        let day = noon(served);
        let step = (Event::Replied { outcome, served }, "");
        assert!(matches!(services.note_step(day, &who, got.id, 2, step).await, Err(Fault::Refused(_))), "a step alone");
        let head = &house.crew.office_head;
        let scan = Upload { name: "答复书.pdf".to_owned(), bytes: b"%PDF-1.7 invented".to_vec() };
        let elsewhere = (outcome, served);
        let words = "示审公开〔2026〕3号，邮寄送达";
        let by_clerk = services.note_reply_elsewhere(day, &who, got.id, 2, elsewhere, &[], (words, Some(&scan))).await;
        assert!(matches!(by_clerk, Err(Fault::Refused(_))), "not the clerk");
        let bare = services.note_reply_elsewhere(day, head, got.id, 2, elsewhere, &[], (words, None)).await;
        assert!(matches!(bare, Err(Fault::Invalid(_))), "no scan");
        let early = services.note_reply_elsewhere(now, head, got.id, 2, elsewhere, &[], (words, Some(&scan))).await;
        assert!(matches!(early, Err(Fault::Refused(_))), "not yet");
        services.note_reply_elsewhere(day, head, got.id, 2, elsewhere, &[], (words, Some(&scan))).await.unwrap();
        let seen = services.follow_application(noon(date(2026, 3, 21)), &got.code.to_string()).await.unwrap();
        assert_eq!((seen.state, seen.standing.outcome), ("已答复", Some(Outcome::NotExist)));
        assert_eq!(seen.steps.iter().map(|(_, label)| *label).collect::<Vec<_>>(), ["确认收到申请", "答复"]);
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_are_sealed_masked_and_their_opening_recorded() {
    for house in House::each().await {
        let services = &house.services;
        let now = noon(date(2026, 3, 2));
        let who = officer(&house, Role::DisclosureOfficer);
        let first = services.apply(now, house.agency, &form("张示例")).await.unwrap();
        let mine = ApplicationForm { title: "2024年部门决算".to_owned(), ..form("张示例") };
        let second = services.apply(now, house.agency, &mine).await.unwrap();
        let list = services.applications_list(&who, ApplicationFilter { limit: 10, ..ApplicationFilter::default() });
        let list = list.await.unwrap();
        assert_eq!(list.len(), 2);
        for row in &list {
            assert_eq!(row.shown_name, "张＊＊");
            for secret in ["张示例", "1101051949", "13800138000"] {
                assert!(!format!("{row:?}").contains(secret), "{row:?}");
            }
        }
        let view = services.application(now, &who, second.id).await.unwrap();
        assert_eq!((view.form.name.as_str(), view.earlier.len()), ("张示例", 1));
        assert_eq!(view.earlier[0].id, first.id);
        let mut auditor = officer(&house, Role::Auditor);
        auditor.over_all = true;
        let records = services.audit_page(&auditor, &AuditQuestion::default()).await.unwrap();
        let about: Vec<_> = records.iter().filter(|one| one.subject == second.id.to_string()).collect();
        assert_eq!(about.iter().filter(|one| one.act == "application.open").count(), 1);
        assert!(about.iter().all(|one| !one.detail.contains("张示例")));
        // Nobody else opens it.
        for role in [Role::Drafter, Role::DivisionLeader, Role::Administrator, Role::Auditor] {
            let other = officer(&house, role);
            assert!(matches!(services.application(now, &other, second.id).await, Err(Fault::Forbidden)), "{role:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_moves_is_told() {
    let house = House::open(None).await;
    let one = Case::arrive(&house, Channel::InPerson, date(2026, 2, 2)).await;
    let id = ConsultationId(1);
    let sent = date(2026, 2, 9);
    one.note(Event::ConsultationOpened { id, kind: ConsultationKind::ThirdParty, sent, limit: None }).await;
    let services = &house.services;
    assert!(services.restand(noon(sent)).await.unwrap().is_empty(), "nothing has moved on the same day");
    let moved = services.restand(noon(date(2026, 2, 12))).await.unwrap();
    assert_eq!(moved.len(), 1);
    assert!(moved[0].id == one.id && moved[0].now > moved[0].before);
    let open = services.applications_open(&one.who, 10).await.unwrap();
    assert_eq!(open[0].standing.due, moved[0].now);
    assert!(moved[0].projected && open[0].standing.projected);
}
