//! 合并答复: one letter answers several applications of one applicant; each is counted by itself.

use gongkai_model::application::clock::{Channel, Event};
use gongkai_model::application::{LetterKind, Outcome, ServiceWay, WithheldState};
use gongkai_model::ids::{ApplicationId, LetterId};
use gongkai_service::platform::{ApplicationForm, Fault, Intake, LetterState, NewLetter};

use super::House;
use super::desk::{Desk, form, march, noon, pdf, received, set_up};

/// Another application, applied for and confirmed on 3 March; its identity and code.
async fn another(house: &House, form: &ApplicationForm) -> (ApplicationId, String) {
    let services = &house.services;
    let got = services.apply(noon(march(3)), house.agency, form).await.unwrap();
    let event = Event::Confirmed { on: march(3) };
    services.note_step(noon(march(3)), &house.crew.clerk, got.id, 1, (event, "电话确认")).await.unwrap();
    (got.id, got.code.to_string())
}

/// Chooses what the letter answers too.
async fn join(desk: &Desk<'_>, letter: LetterId, joined: &[ApplicationId]) -> Result<(), Fault> {
    let services = &desk.house.services;
    let page = services.letter_page(noon(march(5)), desk.clerk(), letter).await.unwrap();
    let mut content = page.content.clone();
    content.joined = joined.to_vec();
    let version = page.letter.record.version;
    services.save_letter(noon(march(5)), desk.clerk(), letter, version, &content).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_letter_answers_several_applications_each_counted_by_itself() {
    for house in House::each().await {
        set_up(&house).await;
        let (services, crew) = (&house.services, &house.crew);
        let (desk, code) = received(&house).await;
        let like = |title: &str| ApplicationForm { title: title.to_owned(), ..form() };
        let (second, second_code) = another(&house, &like("示例路改造工程的付款凭证")).await;
        let (third, third_code) = another(&house, &like("示例路改造工程的变更签证")).await;
        let stranger = ApplicationForm {
            name: "李示例".to_owned(),
            id_number: "110105194912310046".to_owned(),
            ..like("示例路改造工程的材料")
        };
        let (strange, _) = another(&house, &stranger).await;
        // A number that was mistyped: the name tells that it is somebody else.
        let mistyped = ApplicationForm { name: "李示例".to_owned(), ..like("示例路改造工程的图纸") };
        let (other_name, _) = another(&house, &mistyped).await;
        let letter = desk.begin(march(5), &NewLetter::Reply(Outcome::InternalAffairs)).await.unwrap();
        let page = services.letter_page(noon(march(5)), desk.clerk(), letter).await.unwrap();
        let mut offered: Vec<_> = page.joinable.iter().map(|one| one.id).collect();
        offered.sort_unstable();
        assert_eq!(offered, [second, third], "of the same applicant alone");
        assert!(matches!(join(&desk, letter, &[strange]).await, Err(Fault::Invalid(_))), "of another applicant");
        assert!(matches!(join(&desk, letter, &[desk.id]).await, Err(Fault::Invalid(_))), "itself");
        let Err(Fault::Refused(told)) = join(&desk, letter, &[other_name]).await else { panic!("another name") };
        assert!(told.what.contains("姓名"), "{told:?}");
        join(&desk, letter, &[third, second, second]).await.unwrap();
        let page = services.letter_page(noon(march(5)), desk.clerk(), letter).await.unwrap();
        assert_eq!(page.content.joined, [second, third]);
        let facts = page.fields.iter().map(|one| (one.name, one.choices.first().copied().unwrap_or("内部事务信息")));
        let facts: Vec<_> = facts.filter(|(name, _)| page.missing.iter().any(|(field, _)| field == name)).collect();
        desk.fill(march(5), letter, &facts).await;
        let version = desk.version(letter).await;
        services.attach_to_letter(noon(march(5)), desk.clerk(), letter, version, &pdf("说明.pdf")).await.unwrap();
        desk.sign(march(5), letter, &[&crew.office_head, &crew.secrecy, &crew.leader]).await;
        // While it is under way, the others say so, and get no second reply.
        let along = services.application(noon(march(5)), desk.clerk(), second).await.unwrap().answered_along;
        assert_eq!(along.map(|(id, _)| id), Some(letter));
        let other = Desk { house: &house, id: second };
        let twice = other.begin(march(5), &NewLetter::Reply(Outcome::NotExist)).await;
        assert!(matches!(twice, Err(Fault::Refused(_))), "{twice:?}");
        let text = desk.text(letter).await;
        for wanted in ["一并答复下列申请", "付款凭证", "变更签证", "000014349-2026-00002", "2026年3月3日收到"]
        {
            assert!(text.contains(wanted), "{wanted} in {text}");
        }
        // One of them is withdrawn meanwhile: the letter that says it answers it is not served.
        let serving = async |id: ApplicationId, tail: &str| {
            let version = services.application(noon(march(6)), desk.clerk(), id).await.unwrap().record.version;
            let event = Event::Withdrawn { on: march(6) };
            services.note_step(noon(march(6)), desk.clerk(), id, version, (event, tail)).await
        };
        let before = services.application(noon(march(6)), desk.clerk(), third).await.unwrap();
        serving(third, "本人书面撤回").await.unwrap();
        let Err(Fault::Refused(refusal)) = desk.serve(march(6), letter, ServiceWay::Portal, "").await else {
            panic!("an application that is withdrawn is not answered")
        };
        assert!(refusal.what.contains(before.record.registration_no.as_deref().unwrap()), "{refusal:?}");
        let first = services.application(noon(march(6)), desk.clerk(), desk.id).await.unwrap();
        assert_eq!(first.record.standing.outcome, None, "nothing was served by half");
        assert!(services.application(noon(march(6)), desk.clerk(), second).await.unwrap().letters.is_empty());
        // A letter without it.
        let version = desk.version(letter).await;
        services.void_letter(noon(march(6)), desk.clerk(), letter, version).await.unwrap();
        let letter = desk.begin(march(6), &NewLetter::Reply(Outcome::InternalAffairs)).await.unwrap();
        assert!(matches!(join(&desk, letter, &[third]).await, Err(Fault::Refused(_))), "it has ended");
        join(&desk, letter, &[second]).await.unwrap();
        desk.fill(march(6), letter, &facts).await;
        let version = desk.version(letter).await;
        services.attach_to_letter(noon(march(6)), desk.clerk(), letter, version, &pdf("说明.pdf")).await.unwrap();
        desk.sign(march(6), letter, &[&crew.office_head, &crew.secrecy, &crew.leader]).await;
        desk.serve(march(9), letter, ServiceWay::Portal, "").await.unwrap();
        for (id, code) in [(desk.id, &code), (second, &second_code)] {
            let case = services.application(noon(march(9)), desk.clerk(), id).await.unwrap();
            assert_eq!(case.record.standing.outcome, Some(Outcome::InternalAffairs), "counted by itself");
            let own = case.letters.iter().find(|one| one.record.state == LetterState::Served).unwrap();
            assert_eq!(own.record.number.as_deref(), Some("示审公开〔2026〕2号"), "one number");
            assert_eq!(own.signatures.len(), 3);
            let seen = services.follow_application(noon(march(9)), code).await.unwrap();
            assert_eq!(seen.letters.len(), 1);
            let (_, bytes) = services.followed_letter(code, own.record.id).await.unwrap();
            assert!(bytes.starts_with(b"%PDF"));
            let file = case.papers.iter().find(|one| one.letter == Some(own.record.id)).unwrap();
            let (_, _, bytes) = services.paper(noon(march(9)), desk.clerk(), file.id).await.unwrap();
            assert_eq!(bytes, pdf("").bytes, "the files that go with it, sealed anew");
        }
        assert_eq!(services.withheld_list(desk.clerk(), WithheldState::Kept, 10).await.unwrap().len(), 2);
        let seen = services.follow_application(noon(march(9)), &third_code).await.unwrap();
        assert!(seen.letters.is_empty(), "what was not answered has no letter");
        assert!(desk.begin(march(9), &NewLetter::Plain(LetterKind::L04)).await.is_err());
        assert!(services.verify_audit(None).await.unwrap().broken.is_none());
    }
}

/// What may not be answered along with another, and how it may not be served.
#[tokio::test(flavor = "multi_thread")]
async fn each_that_is_answered_along_keeps_its_own_guards() {
    let house = House::open(None).await;
    set_up(&house).await;
    let (services, crew) = (&house.services, &house.crew);
    let (desk, _) = received(&house).await;
    // By post, and wanted by post: nothing that the portal may serve.
    let posted = ApplicationForm {
        title: "示例路改造工程的付款凭证".to_owned(),
        carrier: "paper".to_owned(),
        route: "mail".to_owned(),
        address: "示例区示例路2号".to_owned(),
        ..form()
    };
    let intake = Intake { channel: Channel::MailSigned, on: march(3), form: posted };
    let second = services.register_application(noon(march(3)), desk.clerk(), &intake).await.unwrap().id;
    let letter = desk.begin(march(5), &NewLetter::Reply(Outcome::ThirdPartyRights)).await.unwrap();
    let Err(Fault::Refused(told)) = join(&desk, letter, &[second]).await else { panic!("nobody was asked") };
    assert!(told.what.contains("第三方"), "{told:?}");
    let version = desk.version(letter).await;
    services.void_letter(noon(march(5)), desk.clerk(), letter, version).await.unwrap();
    let again = desk.begin(march(5), &NewLetter::Reply(Outcome::Duplicate)).await;
    assert!(matches!(again, Err(Fault::Refused(_))), "nothing was answered before");
    let letter = desk.begin(march(5), &NewLetter::Reply(Outcome::InternalAffairs)).await.unwrap();
    join(&desk, letter, &[second]).await.unwrap();
    let page = services.letter_page(noon(march(5)), desk.clerk(), letter).await.unwrap();
    let facts = page.fields.iter().map(|one| (one.name, one.choices.first().copied().unwrap_or("内部事务信息")));
    let facts: Vec<_> = facts.filter(|(name, _)| page.missing.iter().any(|(field, _)| field == name)).collect();
    desk.fill(march(5), letter, &facts).await;
    desk.sign(march(5), letter, &[&crew.office_head, &crew.secrecy, &crew.leader]).await;
    // Meanwhile the other turns out to be somebody else's: what was signed is not served.
    let case = services.application(noon(march(6)), desk.clerk(), second).await.unwrap();
    let (form, version) = (case.form.clone(), case.record.version);
    let other = ApplicationForm { name: "褚示例".to_owned(), ..form.clone() };
    services.amend_application(noon(march(6)), desk.clerk(), second, version, (&other, "录错了姓名")).await.unwrap();
    let Err(Fault::Refused(told)) = desk.serve(march(6), letter, ServiceWay::Direct, "张示例").await else {
        panic!("another name")
    };
    assert!(told.what.contains("姓名") && told.advice.contains("重新提交"), "{told:?}");
    let back = (&form, "没有录错");
    services.amend_application(noon(march(6)), desk.clerk(), second, version + 1, back).await.unwrap();
    // What was made elsewhere meanwhile is no second reply.
    let version = version + 2;
    let scan = pdf("答复书.pdf");
    let elsewhere = services
        .note_reply_elsewhere(
            noon(march(6)),
            &crew.office_head,
            second,
            version,
            (Outcome::NotExist, march(6)),
            &[],
            ("示审公开〔2026〕9号", Some(&scan)),
        )
        .await;
    assert!(matches!(elsewhere, Err(Fault::Refused(_))), "{elsewhere:?}");
    let Err(Fault::Invalid(told)) = desk.serve(march(6), letter, ServiceWay::Portal, "").await else {
        panic!("one of them may not be served there")
    };
    let number = services.application(noon(march(6)), desk.clerk(), second).await.unwrap().record.registration_no;
    assert!(told[0].1.contains(&number.unwrap()), "{told:?}");
    desk.serve(march(6), letter, ServiceWay::Direct, "张示例").await.unwrap();
    let case = services.application(noon(march(6)), desk.clerk(), second).await.unwrap();
    assert_eq!(case.record.standing.outcome, Some(Outcome::InternalAffairs));
}
