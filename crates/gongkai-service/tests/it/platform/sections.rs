//! Sections, stand-ins in signatures, names and closures of units.

use gongkai_model::ids::{AgencyId, PublicationId};
use gongkai_model::officer::{Grant, Role};
use gongkai_model::org::UnitKind;
use gongkai_service::platform::{Actor, NewDraft, NewOfficer};
use uuid::Uuid;

use super::{House, at, input};

/// A section of the agency.
async fn section(house: &House, code: &str, name: &str) -> AgencyId {
    let (services, who) = (&house.services, &house.crew.administrator);
    services.add_unit(at(0), Some(who), code, name, UnitKind::Section, Some(house.agency)).await.unwrap()
}

/// The person as a sign-in on a minute finds the roles.
async fn signed_in(house: &House, who: &Actor, login: &str, minutes: i64) -> Actor {
    let services = &house.services;
    let link = services.reset_officer(at(minutes), &house.crew.administrator, who.id()).await.unwrap();
    services.set_password_by_link(at(minutes), &link, "一个很长的密码2026".to_owned()).await.unwrap();
    let signed = services.sign_in(at(minutes), login, "一个很长的密码2026".to_owned(), "").await.unwrap();
    services.viewer(at(minutes), &signed.secret).await.unwrap().unwrap().actor
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_of_a_section_signs_for_the_section_and_a_stand_in_signs_with_whose_name_it_was() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let (audit, finance) = (section(&house, "S1", "审计科").await, section(&house, "S2", "财务科").await);
        let manager = &crew.administrator;
        services.set_officer(at(0), manager, crew.drafter.id(), "起草人", "", Some(audit)).await.unwrap();
        services.set_officer(at(0), manager, crew.head.id(), "财务科长", "", Some(finance)).await.unwrap();
        let id = services
            .create(at(1), &crew.drafter, PublicationId(Uuid::now_v7()), NewDraft::Text("审计结果公告".to_owned()))
            .await
            .unwrap();
        services.save(at(1), &crew.drafter, id, 1, &input("审计结果公告", "正文。")).await.unwrap();
        let alone = services.submit(at(2), &crew.drafter, id, 2, "").await.unwrap_err();
        assert!(alone.to_string().contains("审计科的科室负责人"), "{alone}");

        let own = NewOfficer {
            login: "audit-head".to_owned(),
            name: "审计科长".to_owned(),
            post: String::new(),
            section: Some(audit),
            roles: vec![Role::SectionHead],
        };
        let (own, _link) = services.add_officer(at(2), manager, house.agency, &own).await.unwrap();
        services.submit(at(3), &crew.drafter, id, 2, "").await.unwrap();
        let other = signed_in(&house, &crew.head, "head", 3).await;
        assert!(services.view(at(3), &other, id).await.unwrap().may_review.is_none());
        assert!(services.desk(at(3), &other).await.unwrap().mine.is_empty());
        let refused = house.pass(id, &other).await.unwrap_err();
        assert!(refused.to_string().contains("审计科"), "{refused}");

        // While their own head is away, the head of the other section signs for him, and it shows.
        let day = |text: &str| text.parse().unwrap();
        let (from, until) = (day("2026-03-02"), day("2026-03-03"));
        services.substitute(at(3), manager, own, crew.head.id(), from, until).await.unwrap();
        assert!(services.substitute(at(3), manager, own, crew.head.id(), from, until).await.is_err(), "twice");
        let stand_in = signed_in(&house, &crew.head, "head", 4).await;
        assert_eq!(services.desk(at(4), &stand_in).await.unwrap().mine.len(), 1);
        house.pass(id, &stand_in).await.unwrap();
        let view = services.view(at(5), &crew.drafter, id).await.unwrap();
        let signature = view.record.edition.signatures.first().unwrap();
        assert_eq!((signature.officer, signature.standing_for), (crew.head.id(), Some(own)));
        assert_eq!(view.section_name, "审计科");
        assert_eq!(crew.head.officer.grants, [Grant::own(Role::SectionHead)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_of_another_agency_is_refused_and_a_closed_section_holds_nobody_up() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let audit = section(&house, "S1", "审计科").await;
        let manager = &crew.administrator;
        let foreign = services.set_officer(at(0), manager, crew.drafter.id(), "起草人", "", Some(house.agency)).await;
        assert!(foreign.is_err());
        services.set_officer(at(0), manager, crew.drafter.id(), "起草人", "", Some(audit)).await.unwrap();
        services.close_unit(at(1), manager, audit, "2026-03-01".parse().unwrap(), None).await.unwrap();
        let id = house.draft("公告").await;
        assert_eq!(services.view(at(1), &crew.drafter, id).await.unwrap().section_name, "");
        // Closed by mistake: open again, and once more it is the author's section.
        services.reopen_unit(at(2), manager, audit).await.unwrap();
        assert!(services.reopen_unit(at(2), manager, audit).await.is_err());
        let id = house.draft("另一公告").await;
        assert_eq!(services.view(at(2), &crew.drafter, id).await.unwrap().section_name, "审计科");
        assert!(services.close_unit(at(2), manager, house.agency, "2026-03-01".parse().unwrap(), None).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_name_that_has_not_come_can_be_taken_back() {
    for house in House::each().await {
        let (services, manager) = (&house.services, &house.crew.administrator);
        let day = |text: &str| text.parse().unwrap();
        assert!(services.cancel_rename(at(0), manager, house.agency).await.is_err());
        services.rename_unit(at(0), manager, house.agency, "示例区审计署", day("2026-04-01")).await.unwrap();
        services.cancel_rename(at(1), manager, house.agency).await.unwrap();
        let names = |house: &House| house.services.directory().get(house.agency).unwrap().unit.names.clone();
        assert_eq!(names(&house).len(), 1);
        services.rename_unit(at(1), manager, house.agency, "示例区审计署", day("2026-03-02")).await.unwrap();
        assert!(services.cancel_rename(at(1), manager, house.agency).await.is_err(), "it holds");
        assert_eq!(names(&house).len(), 2);
    }
}
