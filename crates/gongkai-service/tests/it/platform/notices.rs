//! The ladder of alarms by role, days that have moved, and mail through a server on the loopback that checks the protocol.

use std::sync::{Arc, Mutex};

use gongkai_model::application::clock::{Channel, ConsultationId, ConsultationKind, Event};
use gongkai_service::platform::{Actor, ApplicationForm, Intake, MailSettings, Moved};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::House;

fn noon(day: Date) -> Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(day.at(4, 0, 0, 0)).unwrap()
}

async fn received(house: &House, on: Date) -> gongkai_model::ids::ApplicationId {
    let form = ApplicationForm {
        kind: "natural_person".to_owned(),
        name: "张示例".to_owned(),
        id_number: "11010519491231002X".to_owned(),
        title: "2025年部门预算".to_owned(),
        ..ApplicationForm::default()
    };
    let intake = Intake { channel: Channel::InPerson, on, form };
    house.services.register_application(noon(on), &house.crew.clerk, &intake).await.unwrap().id
}

async fn told(house: &House, who: &Actor) -> Vec<String> {
    house.services.notices_of(who, 50).await.unwrap().into_iter().map(|one| one.text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn alarms_climb_with_the_days_and_are_told_once() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        // Due on 30 March 2026.
        received(&house, date(2026, 3, 2)).await;
        assert_eq!(services.raise_alarms(noon(date(2026, 3, 3))).await.unwrap(), 0, "calm");
        assert_eq!(services.raise_alarms(noon(date(2026, 3, 16))).await.unwrap(), 1, "ten days: the office");
        assert_eq!(services.raise_alarms(noon(date(2026, 3, 16))).await.unwrap(), 0, "told once");
        assert_eq!(services.raise_alarms(noon(date(2026, 3, 23))).await.unwrap(), 1, "five");
        assert!(told(&house, &crew.office_head).await.is_empty());
        assert_eq!(
            services.raise_alarms(noon(date(2026, 3, 27))).await.unwrap(),
            2,
            "one day: the head of the office too"
        );
        assert!(told(&house, &crew.leader).await.is_empty());
        assert_eq!(services.raise_alarms(noon(date(2026, 3, 30))).await.unwrap(), 3, "the day itself: the leader too");
        services.raise_alarms(noon(date(2026, 3, 31))).await.unwrap();
        let last = told(&house, &crew.clerk).await;
        assert!(last[0].contains("超期") && last[0].contains("2026年3月30日"), "{last:?}");
        assert!(last.iter().all(|text| !text.contains("张示例")), "no personal data");
        services.read_notices(noon(date(2026, 3, 31)), &crew.clerk).await.unwrap();
        assert!(services.notices_of(&crew.clerk, 50).await.unwrap().iter().all(|one| one.read_at.is_some()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_moves_is_told_to_those_who_handle_the_case() {
    let house = House::open(None).await;
    let (services, clerk) = (&house.services, &house.crew.clerk);
    let id = received(&house, date(2026, 3, 2)).await;
    let sent = date(2026, 3, 9);
    let opened =
        Event::ConsultationOpened { id: ConsultationId(1), kind: ConsultationKind::ThirdParty, sent, limit: None };
    services.note_step(noon(sent), clerk, id, 1, (opened, "示审函〔2026〕1号，邮寄")).await.unwrap();
    // While a consultation is open its day moves on every day: that is seen on the case, nobody is told.
    services.daily_applications(noon(date(2026, 3, 12))).await.unwrap();
    assert!(!told(&house, clerk).await.iter().any(|text| text.contains("期限变动")));
    // A day thought to stand that moves, for example with a new calendar, is told.
    let (before, now) = (Some(date(2026, 4, 1)), Some(date(2026, 4, 2)));
    services.tell_moved(noon(date(2026, 3, 12)), &[Moved { id, before, now, projected: false }]).await.unwrap();
    let texts = told(&house, clerk).await;
    let one = texts.iter().find(|text| text.contains("期限变动")).unwrap();
    assert!(one.contains("2026年4月1日") && one.contains("2026年4月2日") && !one.contains("2025年部门预算"), "{one}");
}

/// A mail server of one room: it takes what keeps to the protocol, and shows what it took.
pub(super) async fn post_office(answers: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let taken: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = taken.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let kept = kept.clone();
            tokio::spawn(async move {
                let mut stream = BufReader::new(stream);
                stream.write_all(b"220 localhost ESMTP\r\n").await.unwrap();
                let (mut from, mut to) = (false, false);
                loop {
                    let mut line = String::new();
                    if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                        return;
                    }
                    assert!(line.ends_with("\r\n"), "lines end as the protocol says: {line:?}");
                    let word = line.split_whitespace().next().unwrap_or("").to_ascii_uppercase();
                    let answer = match word.as_str() {
                        "EHLO" => "250-localhost\r\n250 8BITMIME\r\n",
                        "MAIL" if line.contains("FROM:<gongkai@example.gov.cn>") => {
                            from = true;
                            "250 ok\r\n"
                        }
                        "RCPT" if from => {
                            to = true;
                            answers
                        }
                        "DATA" if to => {
                            stream.write_all(b"354 go on\r\n").await.unwrap();
                            let mut text = String::new();
                            loop {
                                let mut line = String::new();
                                stream.read_line(&mut line).await.unwrap();
                                if line == ".\r\n" {
                                    break;
                                }
                                text.push_str(&line);
                            }
                            kept.lock().unwrap().push(text);
                            "250 taken\r\n"
                        }
                        "RSET" | "NOOP" => "250 ok\r\n",
                        "QUIT" => "221 bye\r\n",
                        _ => "503 not now\r\n",
                    };
                    stream.write_all(answer.as_bytes()).await.unwrap();
                    if word == "QUIT" {
                        return;
                    }
                }
            });
        }
    });
    (format!("smtp://{address}"), taken)
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_go_out_in_one_message_a_day_within_working_hours() {
    let house = House::open(None).await;
    let (services, clerk) = (&house.services, &house.crew.clerk);
    let (url, taken) = post_office("250 ok\r\n").await;
    services.set_mail(MailSettings::new(&url, "gongkai@example.gov.cn").unwrap());
    assert!(services.set_own_mail(noon(date(2026, 3, 2)), clerk, "not an address").await.is_err());
    services.set_own_mail(noon(date(2026, 3, 2)), clerk, "clerk@example.gov.cn").await.unwrap();
    received(&house, date(2026, 3, 2)).await;
    received(&house, date(2026, 3, 2)).await;
    let day = date(2026, 3, 16);
    services.raise_alarms(noon(day)).await.unwrap();
    let night = jiff::tz::Offset::UTC.to_timestamp(day.at(14, 0, 0, 0)).unwrap();
    assert_eq!(services.send_mail(night).await.unwrap(), 0, "ten in the evening");
    assert_eq!(services.send_mail(noon(date(2026, 3, 21))).await.unwrap(), 0, "a Saturday");
    assert_eq!(services.send_mail(noon(date(2026, 3, 17))).await.unwrap(), 1, "both in one");
    assert_eq!(services.send_mail(noon(date(2026, 3, 17))).await.unwrap(), 0, "once");
    let all = taken.lock().unwrap().clone();
    assert_eq!(all.len(), 1);
    assert!(all[0].contains("To: clerk@example.gov.cn") && all[0].contains("Content-Transfer-Encoding"), "{}", all[0]);
    assert_eq!(services.mail_state().await.unwrap().waiting, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_refuses_or_is_down_loses_nothing() {
    let house = House::open(None).await;
    let (services, clerk) = (&house.services, &house.crew.clerk);
    // Nobody listens there.
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    services.set_mail(MailSettings::new(&format!("smtp://{closed}"), "gongkai@example.gov.cn").unwrap());
    services.set_own_mail(noon(date(2026, 3, 2)), clerk, "clerk@example.gov.cn").await.unwrap();
    received(&house, date(2026, 3, 2)).await;
    let day = noon(date(2026, 3, 16));
    services.raise_alarms(day).await.unwrap();
    assert_eq!(services.send_mail(day).await.unwrap(), 0);
    let state = services.mail_state().await.unwrap();
    assert!(state.waiting == 1 && !state.fault.is_empty(), "{state:?}");
    assert_eq!(services.send_mail(day).await.unwrap(), 0, "not at once again");
    for wrong in ["", "mail.example.cn", "http://a"] {
        assert!(MailSettings::new(wrong, "a@example.cn").is_err(), "{wrong}");
    }
    assert!(MailSettings::new("smtp://localhost:25", "nobody").is_err());
    let debug = format!("{:?}", MailSettings::new("smtps://u:secret@localhost:465", "a@example.cn").unwrap());
    assert!(!debug.contains("secret"));
}
