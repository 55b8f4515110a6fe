//! A notice of days off that is entered while the program runs; a clock of the server that was set back.

use gongkai_model::application::clock::{Answer, Channel, ConsultationId, ConsultationKind, Event};
use gongkai_model::officer::{Grant, Role};
use gongkai_service::platform::{Actor, Fault, FollowAct, Intake, MailHours, MailSettings, Services};
use jiff::civil::{Date, date};

use super::House;
use super::desk::{form, noon};

const PLAN: &str = "年份 2027
依据 国务院办公厅关于2027年部分节假日安排的通知（示例）
公布 2026-11-20
放假 2027-01-01..2027-01-03 元旦
放假 2027-01-11..2027-01-15 示例
上班 2027-01-09 示例
放假 2027-02-05..2027-02-08 春节
放假 2027-04-05 清明节
放假 2027-05-01..2027-05-02 劳动节
放假 2027-06-09 端午节
放假 2027-09-15 中秋节
放假 2027-10-01..2027-10-03 国庆节
";

/// An administrator of the supervising office.
fn supervisor(house: &House) -> Actor {
    let mut actor = house.crew.administrator.clone();
    actor.officer.grants = vec![Grant::own(Role::Administrator)];
    actor.over_all = true;
    actor
}

async fn due(services: &Services, who: &Actor, id: gongkai_model::ids::ApplicationId, on: Date) -> Option<Date> {
    services.application(noon(on), who, id).await.unwrap().record.standing.due
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_notice_shows_what_it_moves_and_moves_it() {
    for house in House::each().await {
        let (services, clerk) = (&house.services, &house.crew.clerk);
        let (arrived, today) = (date(2026, 12, 25), date(2026, 12, 28));
        let mut ids = Vec::new();
        for _ in 0..25 {
            let intake = Intake { channel: Channel::InPerson, on: arrived, form: form() };
            ids.push(services.register_application(noon(arrived), clerk, &intake).await.unwrap().id);
        }
        // Without a notice 2027 has the first of January and the weekends off.
        let provisional = due(services, clerk, ids[0], today).await;
        assert_eq!(provisional, Some(date(2027, 1, 25)));
        let root = supervisor(&house);
        let seen = services.preview_plan(noon(today), &root, PLAN).await.unwrap();
        let mut changed: Vec<Date> = seen.days.iter().map(|(day, ..)| *day).collect();
        changed.retain(|day| day.year() == 2027 && day.month() == 1);
        let days: Vec<Date> = [9, 11, 12, 13, 14, 15].into_iter().map(|day| date(2027, 1, day)).collect();
        assert_eq!((seen.about.as_str(), changed), ("2027年", days));
        let moved = date(2027, 1, 29);
        assert_eq!((seen.count, seen.moved[0].now), (25, Some(moved)));
        assert_eq!(due(services, clerk, ids[0], today).await, provisional, "looked at, nothing is kept");
        // Adopted: the dates move, are listed, and told in one notice, since they are many.
        assert_eq!(services.adopt_plan(noon(today), &root, 0, PLAN).await.unwrap(), 25);
        assert_eq!(due(services, clerk, ids[0], today).await, Some(moved));
        let (list, count) = services.moved_days(noon(today), clerk, 10).await.unwrap();
        assert_eq!((list.len(), count, list[0].before, list[0].now), (10, 25, provisional, Some(moved)));
        let told = services.notices_of(clerk, 50).await.unwrap();
        let told: Vec<&str> = told.iter().map(|one| one.text.as_str()).filter(|text| text.contains("变动")).collect();
        assert_eq!(told, ["25件申请的期限变动，见清单"]);
        // Taken back and adopted again on the same day: the last thing that is told is what holds.
        let (mine, taken) = (&told, services.drop_plan(noon(today), &root, 1, "2027年").await.unwrap());
        assert_eq!((mine.len(), taken), (1, 25));
        let later = noon(today).checked_add(jiff::SignedDuration::from_mins(5)).unwrap();
        services.read_notices(later, clerk).await.unwrap();
        assert_eq!(services.adopt_plan(later, &root, 2, PLAN).await.unwrap(), 25);
        let unread = services.notices_of(clerk, 50).await.unwrap();
        assert_eq!(unread.iter().filter(|one| one.read_at.is_none() && one.text.contains("变动")).count(), 1);
        // Another node reads it; a step after it counts by it.
        let again = Services::open(house.options.clone(), false, noon(today)).await;
        if let Ok(again) = again {
            assert_eq!(again.calendar().version(), services.calendar().version());
        }
        // Once is enough; another version than the one that was seen is refused; nobody else may.
        assert!(matches!(services.adopt_plan(noon(today), &root, 3, PLAN).await, Err(Fault::Refused(_))));
        let other = PLAN.replace("2027-01-15", "2027-01-14");
        assert!(matches!(services.adopt_plan(noon(today), &root, 0, &other).await, Err(Fault::Conflict)));
        assert!(matches!(services.adopt_plan(noon(today), clerk, 3, &other).await, Err(Fault::Forbidden)));
        let own = &house.crew.administrator;
        assert!(matches!(services.preview_plan(noon(today), own, &other).await, Err(Fault::Forbidden)));
        // The same year again takes its place; taken back, the provisional dates are there again.
        assert_eq!(services.adopt_plan(noon(today), &root, 3, &other).await.unwrap(), 25);
        let view = services.calendar_view(noon(today), &root).await.unwrap();
        assert_eq!((view.entered.len(), view.version), (1, 4));
        assert!(view.years.iter().any(|one| one.year == 2027 && one.sources.len() == 1));
        assert_eq!(services.preview_without(noon(today), &root, "2027年").await.unwrap().count, 25);
        assert_eq!(services.drop_plan(noon(today), &root, 4, "2027年").await.unwrap(), 25);
        assert_eq!(due(services, clerk, ids[0], today).await, provisional);
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}

/// What was in time when it was noted stays so: a notice that came after breaks no case.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_with_steps_by_an_earlier_calendar_opens_and_goes_on() {
    for house in House::each().await {
        let (services, clerk) = (&house.services, &house.crew.clerk);
        let arrived = date(2026, 3, 2);
        let intake = Intake { channel: Channel::InPerson, on: arrived, form: form() };
        let case = services.register_application(noon(arrived), clerk, &intake).await.unwrap().id;
        let note = async |version: i32, event: Event| {
            let words = "示审函〔2026〕1号，邮寄";
            services.note_step(noon(event.date()), clerk, case, version, (event, words)).await.unwrap();
        };
        let id = ConsultationId(1);
        let sent = date(2026, 3, 4);
        note(1, Event::ConsultationOpened { id, kind: ConsultationKind::ThirdParty, sent, limit: None }).await;
        note(2, Event::ConsultationReceived { id, on: date(2026, 3, 5) }).await;
        note(3, Event::ConsultationClosed { id, on: date(2026, 3, 26), answer: Answer::Silent }).await;
        let before = due(services, clerk, case, date(2026, 3, 27)).await;
        let plan = "地区 示例区\n依据 示例通知\n放假 2026-03-16..2026-03-18 示例\n放假 2026-04-08..2026-04-08 示例\n";
        let root = supervisor(&house);
        let today = noon(date(2026, 3, 27));
        assert_eq!(services.preview_plan(today, &root, plan).await.unwrap().count, 1);
        services.adopt_plan(today, &root, 0, plan).await.unwrap();
        let after = due(services, clerk, case, date(2026, 3, 27)).await;
        assert_eq!((before, after), (Some(date(2026, 4, 22)), Some(date(2026, 4, 23))), "one day off more to come");
        let version = services.application(today, clerk, case).await.unwrap().record.version;
        let withdrawn = (Event::Withdrawn { on: date(2026, 3, 27) }, "本人书面撤回");
        services.note_step(today, clerk, case, version, withdrawn).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_is_wrong_says_in_which_line() {
    let house = House::open(None).await;
    let (root, now) = (supervisor(&house), noon(date(2026, 12, 28)));
    for (text, said) in [
        ("", "没有写年份"),
        ("年份 2027\n", "没有写依据"),
        ("年份 2027\n依据 通知\n放假 2027-13-01 元旦\n", "第3行"),
        ("年份 2027\n依据 通知\n放假 2027-01-03..2027-01-01 元旦\n", "第3行"),
        ("年份 2027\n依据 通知\n放假 2027-01-01..2027-01-03 元旦\n", "没有写全"),
        ("随便写的", "第1行"),
        (&"年份 2027\n".repeat(3_000), "不超过"),
    ] {
        let Err(Fault::Invalid(wrong)) = house.services.preview_plan(now, &root, text).await else { panic!("{text}") };
        assert!(wrong[0].0 == "plan" && wrong[0].1.contains(said), "{text}: {wrong:?}");
        assert!(house.services.adopt_plan(now, &root, 0, text).await.is_err(), "{text}");
    }
    assert!(matches!(house.services.drop_plan(now, &root, 0, "2027年").await, Err(Fault::NotFound)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_was_set_back_loses_nothing_and_is_told() {
    for house in House::each().await {
        let services = &house.services;
        let (day, before) = (date(2026, 3, 9), date(2026, 3, 4));
        let got = services.apply(noon(day), house.agency, &form()).await.unwrap();
        let clerk = &house.crew.clerk;
        let confirmed = Event::Confirmed { on: day };
        services.note_step(noon(day), clerk, got.id, 1, (confirmed, "电话确认")).await.unwrap();
        let due = due(services, clerk, got.id, day).await;
        assert!(services.clock_behind(noon(day)).await.unwrap().is_none());
        // The clock of the server now shows five days earlier; what is done then does not hide it.
        assert_eq!(services.clock_behind(noon(before)).await.unwrap(), Some(noon(day)));
        services.application(noon(before), clerk, got.id).await.unwrap();
        assert_eq!(services.clock_behind(noon(before)).await.unwrap(), Some(noon(day)));
        assert!(services.restand(noon(before)).await.unwrap().is_empty(), "no day moves by it");
        services.raise_alarms(noon(before)).await.unwrap();
        // What would come before what was noted is refused in words, to the officer and to the applicant.
        let step = (Event::Withdrawn { on: before }, "");
        let Err(Fault::Refused(told)) = services.note_step(noon(before), clerk, got.id, 2, step).await else {
            panic!("a step before the last one")
        };
        assert!(told.to_string().contains("早于"), "{told}");
        let code = got.code.to_string();
        let seen = services.follow_application(noon(before), &code).await.unwrap();
        assert!(!seen.can_withdraw && seen.standing.due == due, "{seen:?}");
        let act = services.follow_act(noon(before), (&code, "002X"), &FollowAct::Withdraw, "", None).await;
        assert!(act.is_err());
        // A new application is taken in; nothing that was there is lost; the chain holds.
        let late = services.apply(noon(before), house.agency, &form()).await.unwrap();
        assert_eq!(services.application(noon(day), clerk, late.id).await.unwrap().record.arrival.on, before);
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
        assert_eq!(services.application(noon(day), clerk, got.id).await.unwrap().record.standing.due, due);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_a_day_where_that_is_set() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let (url, taken) = super::notices::post_office("250 ok\r\n").await;
    services.set_mail(MailSettings::new(&url, "gongkai@example.gov.cn").unwrap());
    services.set_own_mail(noon(date(2026, 3, 2)), &crew.clerk, "clerk@example.gov.cn").await.unwrap();
    let root = supervisor(&house);
    let (site, version) = services.site().await.unwrap();
    let mail = MailHours { from: 9, until: 18, workdays: true, digest: true };
    let set = gongkai_service::platform::SiteSettings { mail, ..site };
    services.set_site(noon(date(2026, 3, 2)), &root, version, &set).await.unwrap();
    let arrive = async |on: Date| {
        let intake = Intake { channel: Channel::InPerson, on, form: form() };
        services.register_application(noon(on), &crew.clerk, &intake).await.unwrap();
    };
    arrive(date(2026, 3, 2)).await;
    let day = noon(date(2026, 3, 16));
    assert_eq!(services.raise_alarms(day).await.unwrap(), 1);
    let early = day.checked_sub(jiff::SignedDuration::from_hours(4)).unwrap();
    assert_eq!(services.send_mail(early).await.unwrap(), 0, "eight in the morning is too early now");
    assert_eq!(services.send_mail(day).await.unwrap(), 1);
    // What comes later that day waits for the next.
    arrive(date(2026, 3, 3)).await;
    let later = day.checked_add(jiff::SignedDuration::from_hours(1)).unwrap();
    services.tell_moved(later, &[]).await.unwrap();
    services.raise_alarms(noon(date(2026, 3, 17))).await.unwrap();
    assert_eq!(services.send_mail(later).await.unwrap(), 0);
    let next = noon(date(2026, 3, 17));
    assert_eq!(services.send_mail(next).await.unwrap(), 1);
    assert_eq!(taken.lock().unwrap().len(), 2);
    // A clock that is set back does not leave mail lying for as long.
    arrive(date(2026, 3, 4)).await;
    services.raise_alarms(noon(date(2026, 3, 18))).await.unwrap();
    let back = noon(date(2026, 3, 13));
    assert_eq!(services.send_mail(back).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_of_mail_are_hours() {
    let house = House::open(None).await;
    let (root, now) = (supervisor(&house), noon(date(2026, 3, 9)));
    let (site, version) = house.services.site().await.unwrap();
    for (from, until, good) in [(8, 20, true), (0, 24, true), (20, 8, false), (9, 9, false), (-1, 5, false)] {
        let (_, version) = if good { house.services.site().await.unwrap() } else { (site.clone(), version) };
        let mail = MailHours { from, until, workdays: true, digest: true };
        let set = gongkai_service::platform::SiteSettings { mail, ..site.clone() };
        let done = house.services.set_site(now, &root, version, &set).await;
        assert_eq!(done.is_ok(), good, "{from}-{until}: {done:?}");
    }
    assert!(house.services.site().await.unwrap().0.mail.digest);
}
