//! Signing in, links, the second factor, roles.

use gongkai_model::officer::Role;
use gongkai_service::platform::{Fault, NewOfficer, SetUp, Stage};

use super::{House, at};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_link_works_once() {
    let folder = tempfile::tempdir().unwrap();
    let options = gongkai_service::platform::Options {
        data: folder.path().to_path_buf(),
        database: None,
        reader: None,
        fills_index: true,
    };
    let services = gongkai_service::platform::Services::open(options, true, at(0)).await.unwrap();
    let old = services.first_link(at(0)).await.unwrap().unwrap();
    let link = services.first_link(at(1)).await.unwrap().unwrap();
    let input = || SetUp {
        office: "示例区政府办公室".to_owned(),
        code: "000000001".to_owned(),
        name: "郑管理".to_owned(),
        login: "admin".to_owned(),
        password: "春风又绿江南岸明月".to_owned() + "2026",
    };
    assert!(services.set_up(at(2), &old, input()).await.is_err(), "a newer link takes the place of an older");
    let weak = SetUp { password: "123".to_owned(), ..input() };
    assert!(matches!(services.set_up(at(2), &link, weak).await, Err(Fault::Invalid(_))));
    services.set_up(at(2), &link, input()).await.unwrap();
    assert!(services.set_up(at(3), &link, input()).await.is_err());
    assert!(services.first_link(at(3)).await.unwrap().is_none());
    let signed = services.sign_in(at(4), "Admin", input().password, "test").await.unwrap();
    assert_eq!(signed.stage, Stage::Full);
    let viewer = services.viewer(at(5), &signed.secret).await.unwrap().unwrap();
    assert!(viewer.actor.over_all && viewer.actor.holds(Role::Administrator));
    assert!(services.viewer(at(5 + 121), &signed.secret).await.unwrap().is_none(), "nobody used it for two hours");
}

#[tokio::test(flavor = "multi_thread")]
async fn five_failures_lock_an_account_and_the_message_is_the_same_for_unknown_names() {
    for house in House::each().await {
        let services = &house.services;
        let link = services.reset_officer(at(0), &house.crew.administrator, house.crew.drafter.id()).await.unwrap();
        services.set_password_by_link(at(0), &link, "一个很长的密码2026".to_owned()).await.unwrap();
        let unknown = services.sign_in(at(1), "nobody", "x".to_owned(), "").await.unwrap_err().to_string();
        for _ in 0..5 {
            let wrong = services.sign_in(at(1), "drafter", "x".to_owned(), "").await.unwrap_err().to_string();
            assert_eq!(wrong, unknown);
        }
        // The right password is answered like a wrong one: neither name nor password is given away.
        let locked = services.sign_in(at(2), "drafter", "一个很长的密码2026".to_owned(), "").await;
        assert_eq!(locked.unwrap_err().to_string(), unknown);
        services.sign_in(at(17), "drafter", "一个很长的密码2026".to_owned(), "").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_the_second_factor_is_used_once() {
    let house = House::open(None).await;
    let services = &house.services;
    let link = services.reset_officer(at(0), &house.crew.administrator, house.crew.drafter.id()).await.unwrap();
    services.set_password_by_link(at(0), &link, "一个很长的密码2026".to_owned()).await.unwrap();
    let signed = services.sign_in(at(1), "drafter", "一个很长的密码2026".to_owned(), "").await.unwrap();
    let viewer = services.viewer(at(1), &signed.secret).await.unwrap().unwrap();
    let secret = services.new_second_factor();
    let own = "一个很长的密码2026".to_owned();
    let code = |minutes: i64| {
        let totp = totp_rs::Builder::new()
            .with_secret(totp_rs::Secret::try_from_base32(&secret).unwrap())
            .build_noncompliant();
        totp.generate(u64::try_from(at(minutes).as_second()).unwrap()).to_string()
    };
    assert!(services.enable_second_factor(at(2), &viewer, own.clone(), &secret, "000000").await.is_err());
    assert!(services.enable_second_factor(at(2), &viewer, "猜的密码".to_owned(), &secret, &code(2)).await.is_err());
    services.enable_second_factor(at(2), &viewer, own.clone(), &secret, &code(2)).await.unwrap();
    assert!(services.enable_second_factor(at(3), &viewer, own.clone(), &secret, &code(3)).await.is_err(), "one is on");
    let signed = services.sign_in(at(10), "drafter", "一个很长的密码2026".to_owned(), "").await.unwrap();
    assert_eq!(signed.stage, Stage::SecondFactor);
    let viewer = services.viewer(at(10), &signed.secret).await.unwrap().unwrap();
    // With the password alone nobody changes it, and so gets round the code.
    let changed = services.change_password(at(10), &viewer, own.clone(), "另一个很长的密码2026".to_owned()).await;
    assert!(matches!(changed, Err(Fault::Forbidden)));
    assert_eq!(services.second_factor(at(10), &viewer, &code(10)).await.unwrap(), Stage::Full);
    assert!(services.second_factor(at(10), &viewer, &code(10)).await.is_err(), "the same code again");
    // Wrong codes lock the account; a right password between them does not begin the count anew.
    let mut last = String::new();
    for attempt in 0..6 {
        let Ok(signed) = services.sign_in(at(20 + attempt), "drafter", "一个很长的密码2026".to_owned(), "").await
        else {
            last = format!("locked before attempt {attempt}");
            break;
        };
        let viewer = services.viewer(at(20 + attempt), &signed.secret).await.unwrap().unwrap();
        services.second_factor(at(20 + attempt), &viewer, "000000").await.unwrap_err();
    }
    assert!(last.ends_with("attempt 5") || last.ends_with("attempt 4"), "{last}");
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_that_must_not_meet_are_refused_and_a_stand_in_signs_for_the_days_alone() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let both = NewOfficer {
            section: None,
            login: "both".to_owned(),
            name: "两兼".to_owned(),
            post: String::new(),
            roles: vec![Role::Drafter, Role::SecrecyReviewer],
        };
        assert!(matches!(
            services.add_officer(at(0), &crew.administrator, house.agency, &both).await,
            Err(Fault::Invalid(_))
        ));
        assert!(matches!(services.add_officer(at(0), &crew.drafter, house.agency, &both).await, Err(Fault::Forbidden)));
        let day = |text: &str| text.parse().unwrap();
        services
            .substitute(
                at(0),
                &crew.administrator,
                crew.head.id(),
                crew.leader.id(),
                day("2026-03-02"),
                day("2026-03-03"),
            )
            .await
            .unwrap();
        let link = services.reset_officer(at(0), &crew.administrator, crew.leader.id()).await.unwrap();
        services.set_password_by_link(at(0), &link, "一个很长的密码2026".to_owned()).await.unwrap();
        let signed = services.sign_in(at(1), "leader", "一个很长的密码2026".to_owned(), "").await.unwrap();
        let today = services.viewer(at(1), &signed.secret).await.unwrap().unwrap().actor;
        assert!(today.holds(Role::SectionHead) && today.holds(Role::DivisionLeader));
        let later = 3 * 24 * 60;
        let signed = services.sign_in(at(later), "leader", "一个很长的密码2026".to_owned(), "").await.unwrap();
        let then = services.viewer(at(later), &signed.secret).await.unwrap().unwrap().actor;
        assert!(!then.holds(Role::SectionHead));
    }
}
