//! The secrecy review, texts with marks of secrets, grounds, what a file hides, the guide's way to the public.

use std::collections::BTreeMap;

use gongkai_model::officer::Role;
use gongkai_model::publication::check::{Detector, Disposition};
use gongkai_model::publication::{Attribute, Concern, Decision, SecrecyOpinion, SecrecyResult, State};
use gongkai_service::platform::{Fault, Guide, NewOfficer, Upload, check_item};

use super::publication::gongkai_ingest_fixture;
use super::{House, agreed, at, input};

fn said(result: SecrecyResult, concerns: Vec<Concern>) -> SecrecyOpinion {
    SecrecyOpinion::new(result, "《政府信息公开条例》第十五条", concerns).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn article_17_the_conclusion_of_the_secrecy_review_decides_the_way() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("关于示例的通知\n\n正文。").await;
        house.save(id, &input("关于示例的通知", "正文。")).await.unwrap();
        house.submit(id).await.unwrap();
        house.pass(id, &crew.head).await.unwrap();
        let seen = services.view(at(3), &crew.secrecy, id).await.unwrap().record.edition.content;
        let silent = services.review(at(4), &crew.secrecy, id, Decision::passed("同意"), &seen).await;
        assert!(matches!(silent, Err(Fault::Refused(_))), "{silent:?}");
        // Referred: the step stays open and says whom was asked.
        let refer =
            Decision::secrecy(said(SecrecyResult::Referred, vec![]), Attribute::Proactive, "报区保密局：附表密级");
        services.review(at(5), &crew.secrecy, id, refer, &seen).await.unwrap();
        let view = services.view(at(6), &crew.secrecy, id).await.unwrap();
        assert_eq!(view.record.edition.state, State::InReview { step: 1 });
        assert!(view.record.edition.referral().is_some_and(|one| one.comment.contains("区保密局")));
        assert_eq!(view.may_review, Some(Role::SecrecyReviewer));
        // Not public, though it is to be: it goes back.
        let refuse = Decision::secrecy(
            said(SecrecyResult::NotPublic, vec![Concern::TradeSecret]),
            Attribute::Proactive,
            "改属性",
        );
        services.review(at(7), &crew.secrecy, id, refuse, &seen).await.unwrap();
        let mut withheld = input("关于示例的通知", "正文。");
        (withheld.attribute, withheld.attribute_reason) = ("withheld".to_owned(), "含企业报价".to_owned());
        assert_eq!(services.view(at(8), &crew.drafter, id).await.unwrap().record.edition.state, State::Draft);
        house.save(id, &withheld).await.unwrap();
        let Err(Fault::Invalid(wrong)) = house.submit(id).await else { panic!("a ground is wanted") };
        assert_eq!(wrong.first().map(|(field, _)| field.as_str()), Some("ground"));
        withheld.ground = "third_party_rights".to_owned();
        house.save(id, &withheld).await.unwrap();
        house.submit(id).await.unwrap();
        house.pass(id, &crew.head).await.unwrap();
        let seen = services.view(at(9), &crew.secrecy, id).await.unwrap().record.edition.content;
        let keep =
            Decision::secrecy(said(SecrecyResult::NotPublic, vec![Concern::TradeSecret]), Attribute::Withheld, "");
        services.review(at(10), &crew.secrecy, id, keep, &seen).await.unwrap();
        house.pass(id, &crew.leader).await.unwrap();
        let view = services.view(at(11), &crew.leader, id).await.unwrap();
        assert_eq!(view.record.edition.state, State::Closed);
        let stored = view.record.edition.holding().iter().find_map(|one| one.secrecy.clone()).unwrap();
        assert_eq!(stored, said(SecrecyResult::NotPublic, vec![Concern::TradeSecret]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_law_article_35_a_text_with_a_mark_is_kept_apart_until_the_secrecy_reviewer_clears_it() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let file = Upload {
            name: "稿.txt".to_owned(), bytes: "关于示例的通知\n机密★5年\n正文。".as_bytes().to_vec()
        };
        let new = gongkai_service::platform::NewDraft::File(file);
        let publication = gongkai_model::ids::PublicationId(uuid::Uuid::now_v7());
        let id = services.create(at(0), &crew.drafter, publication, new).await.unwrap();
        // The author sees it, others do not; the file is nobody's but the reviewer's.
        let view = services.view(at(1), &crew.drafter, id).await.unwrap();
        let source = view.source.clone().unwrap().file.id;
        assert!(matches!(services.view(at(1), &crew.head, id).await, Err(Fault::Refused(_))));
        assert!(matches!(services.office_file(&crew.drafter, source).await, Err(Fault::Refused(_))));
        assert!(services.office_file(&crew.secrecy, source).await.is_ok());
        let told =
            |desk: gongkai_service::platform::Desk| desk.mine.iter().any(|task| task.act.contains("国家秘密标志"));
        assert!(told(services.desk(at(1), &crew.secrecy).await.unwrap()));
        assert!(!told(services.desk(at(1), &crew.drafter).await.unwrap()));
        let hit =
            view.findings.iter().find(|one| one.hit.detector == Detector::SecretMark).unwrap().fingerprint.clone();
        let by_drafter =
            services.settle(at(2), &crew.drafter, id, &hit, Disposition::FalsePositive, "说的是密级标志写法").await;
        assert!(matches!(by_drafter, Err(Fault::Refused(_))));
        services
            .settle(at(2), &crew.secrecy, id, &hit, Disposition::FalsePositive, "说的是密级标志写法")
            .await
            .unwrap();
        assert!(services.view(at(3), &crew.head, id).await.is_err(), "a decision about a finding ends no pause");
        services.release(at(3), &crew.secrecy, id, "说的是密级标志写法").await.unwrap();
        assert!(services.view(at(3), &crew.head, id).await.is_ok());
        assert!(services.office_file(&crew.drafter, source).await.is_ok());
        assert!(matches!(services.unsettle(at(4), &crew.drafter, id, &hit).await, Err(Fault::Refused(_))));
        services.unsettle(at(4), &crew.secrecy, id, &hit).await.unwrap();
        let lawful = services.settle(at(4), &crew.secrecy, id, &hit, Disposition::LawfulWithBasis, "依某某规定").await;
        assert!(matches!(lawful, Err(Fault::Refused(_))), "no basis makes a secret public");
        assert!(services.view(at(5), &crew.head, id).await.is_err());
        // It is kept apart, as it is, until the reviewer has said that it may go on.
        assert!(house.save(id, &input("关于示例的通知", "正文。")).await.is_err());
        services
            .settle(at(6), &crew.secrecy, id, &hit, Disposition::FalsePositive, "说的是密级标志写法")
            .await
            .unwrap();
        services.release(at(6), &crew.secrecy, id, "说的是密级标志写法").await.unwrap();
        assert!(services.view(at(6), &crew.head, id).await.is_ok());
        // Typed into the text of another: kept apart at once.
        let other = house.draft("另一份通知\n\n正文。").await;
        assert!(services.view(at(7), &crew.head, other).await.is_ok());
        house.save(other, &input("另一份通知", "秘密★1年\n正文。")).await.unwrap();
        assert!(services.view(at(8), &crew.head, other).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drafter_does_not_decide_alone_about_identity_numbers_and_nobody_after_the_signatures() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let body = "联系人身份证号11010519491231002X。";
        let id = house.draft("关于示例的通知").await;
        house.save(id, &input("关于示例的通知", body)).await.unwrap();
        let findings = services.view(at(1), &crew.drafter, id).await.unwrap().findings;
        let hit = findings.iter().find(|one| one.hit.detector == Detector::Identity).unwrap().fingerprint.clone();
        let settle = async |who| {
            services.settle(at(2), who, id, &hit, Disposition::LawfulWithBasis, "依某某办法第三条公示").await
        };
        assert!(matches!(settle(&crew.drafter).await, Err(Fault::Refused(_))));
        settle(&crew.head).await.unwrap();
        house.submit(id).await.unwrap();
        for who in [&crew.head, &crew.secrecy, &crew.leader] {
            house.pass(id, who).await.unwrap();
        }
        assert!(services.unsettle(at(5), &crew.head, id, &hit).await.is_err(), "everybody has signed");
        // Taken back by the publisher, with a reason.
        assert!(services.recall(at(6), &crew.publisher, id, "").await.is_err());
        assert!(services.recall(at(6), &crew.head, id, "还要改").await.is_err());
        services.recall(at(6), &crew.publisher, id, "号码不应公开").await.unwrap();
        assert_eq!(services.view(at(7), &crew.drafter, id).await.unwrap().record.edition.state, State::Draft);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_manuscript_hides_is_told_and_does_not_become_text() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let html = "<html><body><h1>关于示例的通知</h1><p>看得见的正文。</p><p style=\"display: none\">藏起来的话</p></body></html>";
    for (upload, label) in [
        (Upload { name: "稿.html".to_owned(), bytes: html.as_bytes().to_vec() }, "看不见的文字"),
        (gongkai_ingest_fixture(), "修订痕迹"),
    ] {
        let publication = gongkai_model::ids::PublicationId(uuid::Uuid::now_v7());
        let new = gongkai_service::platform::NewDraft::File(upload.clone());
        let id = services.create(at(0), &crew.drafter, publication, new).await.unwrap();
        let view = services.view(at(1), &crew.drafter, id).await.unwrap();
        assert!(!view.record.body.contains("藏起来"), "{}", view.record.body);
        let found = view.findings.iter().find(|one| one.place == "上传的原稿").unwrap();
        assert!(found.hit.shown.starts_with(label) && found.can_be_settled(), "{found:?}");
        // The same file for the public is refused until it is clean.
        services.attach(at(2), &crew.drafter, id, upload).await.unwrap();
        let view = services.view(at(3), &crew.drafter, id).await.unwrap();
        let blocked = view.findings.iter().find(|one| one.place.starts_with("附件")).unwrap();
        assert!(blocked.is_open() && !blocked.can_be_settled());
        let file = view.attachments.first().unwrap().file.id;
        services.replace_with_clean(at(4), &crew.drafter, id, file).await.unwrap();
        let view = services.view(at(5), &crew.drafter, id).await.unwrap();
        assert!(!view.findings.iter().any(|one| one.place.starts_with("附件")), "{:?}", view.findings);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_26_the_term_of_a_change_counts_from_its_own_day_and_a_day_that_is_not_known_is_asked_for() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("没有日期的通知\n\n正文。").await;
    let view = services.view(at(1), &crew.drafter, id).await.unwrap();
    assert_eq!((view.due, view.problems.iter().any(|(field, _)| *field == "formed_on")), (None, true));
    let (_, publication) = house.publish(&input("关于示例的通知", "正文。")).await;
    let next = services.renew(at(20), &crew.drafter, publication).await.unwrap();
    let view = services.view(at(21), &crew.drafter, next).await.unwrap();
    let from = view.record.extras.counts_from.unwrap();
    assert_eq!(from, gongkai_service::platform::local_date(at(20)));
    assert!(
        view.due.unwrap() > from,
        "twenty working days from the change, not from {}",
        view.record.metadata.formed_on
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn article_17_the_guide_goes_through_the_reviews_too() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let word = || "内容".to_owned();
        let mut guide = Guide {
            classes: word(),
            arrangement: word(),
            access: word(),
            office: word(),
            address: word(),
            hours: word(),
            phone: word(),
            fax: word(),
            online: word(),
            ..Guide::default()
        };
        let notes = BTreeMap::from([("A10-1".to_owned(), "本机关无此项职能（2026-03-02）".to_owned())]);
        let propose = async |who, version, guide: &Guide| {
            services.propose_guide(at(1), who, version, guide.clone(), notes.clone()).await
        };
        assert!(matches!(propose(&crew.administrator, 0, &guide).await, Err(Fault::Forbidden)));
        guide.address = "示例路1号，身份证11010519491231002X".to_owned();
        assert!(matches!(propose(&crew.drafter, 0, &guide).await, Err(Fault::Invalid(_))));
        guide.address = "示例路1号".to_owned();
        propose(&crew.drafter, 0, &guide).await.unwrap();
        assert_eq!(services.guide(house.agency).await.unwrap(), Guide::default(), "not public yet");
        assert!(
            services.sign_guide(at(2), &crew.leader, 1, Decision::passed("")).await.is_err(),
            "not the leader's turn"
        );
        services.sign_guide(at(2), &crew.head, 1, Decision::returned("电话不对")).await.unwrap();
        assert!(services.sign_guide(at(3), &crew.head, 2, Decision::passed("")).await.is_err(), "it went back");
        propose(&crew.drafter, 2, &guide).await.unwrap();
        assert!(matches!(propose(&crew.drafter, 2, &guide).await, Err(Fault::Conflict)));
        for (version, who) in [(3, &crew.head), (4, &crew.secrecy), (5, &crew.leader)] {
            let waits = services.desk(at(4), who).await.unwrap().mine.iter().any(|task| task.link == "/office/guide");
            assert!(waits);
            if who.holds(Role::SecrecyReviewer) {
                let silent = services.sign_guide(at(5), who, version, Decision::passed("")).await;
                assert!(silent.is_err(), "without a conclusion");
            }
            services.sign_guide(at(5), who, version, agreed(who, "")).await.unwrap();
        }
        assert_eq!(services.guide(house.agency).await.unwrap().address, "示例路1号");
        assert_eq!(services.guide_history(house.agency).await.unwrap().len(), 1);
        let directory = services.directory();
        assert_eq!(directory.get(house.agency).unwrap().settings.notes, notes);
        // The administrator's settings leave what columns say alone.
        let one = directory.get(house.agency).unwrap();
        let mut settings = one.settings.clone();
        settings.notes.clear();
        services.set_agency(at(6), &crew.administrator, house.agency, one.version, &settings).await.unwrap();
        assert_eq!(services.directory().get(house.agency).unwrap().settings.notes, notes);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exported_item_proves_itself_and_shows_every_change() {
    for house in House::each().await {
        let (_, publication) = house.publish(&input("关于示例的通知", "甲乙丙。")).await;
        let item = house.services.item_json(publication).await.unwrap();
        let verdict = check_item(&item);
        assert_eq!(verdict.wrong, Vec::<String>::new());
        assert_eq!(verdict.signed, ["section_head", "secrecy_reviewer", "division_leader"]);
        for (from, to) in [("甲乙丙", "甲乙丁"), ("verdict=passed", "verdict=returned"), ("关于示例", "关于某例")]
        {
            let changed: serde_json::Value = serde_json::from_str(&item.to_string().replacen(from, to, 1)).unwrap();
            assert!(!check_item(&changed).wrong.is_empty(), "{from} → {to}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_what_was_changed_behind_the_back_of_the_program_and_files_that_are_gone() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    house.publish(&input("关于示例的通知", "独一无二的正文。")).await;
    let id = house.draft("带附件的通知\n\n正文。").await;
    let upload = Upload { name: "甲.txt".to_owned(), bytes: "附件的正文".as_bytes().to_vec() };
    services.attach(at(2), &crew.drafter, id, upload).await.unwrap();
    let hash = services.view(at(3), &crew.drafter, id).await.unwrap().attachments[0].file.hash.to_string();
    let wrong = |found: Vec<gongkai_service::platform::Doctor>| -> Vec<&'static str> {
        found.into_iter().filter(|one| one.wrong.is_some()).map(|one| one.what).collect()
    };
    assert_eq!(wrong(services.doctor(at(500_000)).await.unwrap()), Vec::<&str>::new());
    let options = house.options.clone();
    services.close().await.unwrap();
    let base = options.data.join("gongkai.sqlite");
    let mut bytes = std::fs::read(&base).unwrap();
    let (old, new) = ("独一无二的正文".as_bytes(), "被人改过的正文".as_bytes());
    let places: Vec<usize> =
        bytes.windows(old.len()).enumerate().filter(|(_, seen)| *seen == old).map(|(place, _)| place).collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place..place + new.len()].copy_from_slice(new);
    }
    std::fs::write(&base, bytes).unwrap();
    let mut folders = vec![options.data.join("files")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().replace('/', "").ends_with(&hash) || path.ends_with(&hash) {
                std::fs::remove_file(path).unwrap();
            }
        }
    }
    let again = gongkai_service::platform::Services::open(options, true, at(30)).await.unwrap();
    assert_eq!(wrong(again.doctor(at(500_000)).await.unwrap()), ["内容", "附件"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn saves_that_come_together_are_each_done_or_refused_by_themselves() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let mut drafts = Vec::new();
        for number in 0..12 {
            drafts.push(house.draft(&format!("第{number}份通知\n\n正文。")).await);
        }
        let before = services.verify_audit(None).await.unwrap().records;
        let tasks: Vec<_> = drafts
            .iter()
            .enumerate()
            .map(|(number, id)| {
                let (services, actor, id) = (services.clone(), crew.drafter.clone(), *id);
                // Every third names a version that is not the last.
                let version = if number % 3 == 0 { 9 } else { 1 };
                tokio::spawn(async move {
                    let input = input(&format!("第{number}份通知"), &format!("新的正文{number}。"));
                    services.save(at(2), &actor, id, version, &input).await
                })
            })
            .collect();
        for (number, task) in tasks.into_iter().enumerate() {
            let outcome = task.await.unwrap();
            if number % 3 == 0 {
                assert!(matches!(outcome, Err(Fault::Conflict)), "{outcome:?}");
            } else {
                assert_eq!(outcome.unwrap(), 2);
            }
        }
        for (number, id) in drafts.iter().enumerate() {
            let body = services.view(at(3), &crew.drafter, *id).await.unwrap().record.body;
            assert_eq!(body.contains(&format!("新的正文{number}")), number % 3 != 0, "{body}");
        }
        let verdict = services.verify_audit(None).await.unwrap();
        assert_eq!((verdict.broken, verdict.records), (None, before + 8));
        // One draft, two saves at once: one is kept, the other is told.
        let id = drafts[1];
        let both = [1, 2].map(|number| {
            let (services, actor) = (services.clone(), crew.drafter.clone());
            tokio::spawn(async move {
                services.save(at(4), &actor, id, 2, &input("第1份通知", &format!("第{number}人的正文。"))).await
            })
        });
        let mut kept = 0;
        for task in both {
            kept += usize::from(task.await.unwrap().is_ok());
        }
        assert_eq!(kept, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stand_in_gets_no_role_twice_none_of_the_administrator_and_can_be_ended() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let today = gongkai_service::platform::local_date(at(0));
        let until = today.saturating_add(jiff::ToSpan::days(10));
        let new = NewOfficer {
            section: None,
            login: "other".to_owned(),
            name: "另一位".to_owned(),
            post: String::new(),
            roles: vec![Role::Checker],
        };
        let (other, _) = services.add_officer(at(0), &crew.administrator, house.agency, &new).await.unwrap();
        let substitute = async |away| services.substitute(at(1), &crew.administrator, away, other, today, until).await;
        substitute(crew.head.id()).await.unwrap();
        assert!(substitute(crew.head.id()).await.is_err(), "twice");
        assert!(substitute(crew.administrator.id()).await.is_err(), "the administrator's role stays");
        substitute(crew.drafter.id()).await.unwrap();
        assert!(substitute(crew.secrecy.id()).await.is_err(), "drafts already, through a substitution");
        services.end_substitution(at(2), &crew.administrator, crew.head.id()).await.unwrap();
        assert!(services.end_substitution(at(2), &crew.administrator, crew.head.id()).await.is_err());
        // A chain with a step that nobody can sign is told before it is begun.
        let one = services.directory();
        let agency = one.get(house.agency).unwrap();
        let mut settings = agency.settings.clone();
        settings.chain = "section_head secrecy_reviewer division_leader principal".to_owned();
        services.set_agency(at(3), &crew.administrator, house.agency, agency.version, &settings).await.unwrap();
        let id = house.draft("关于示例的通知").await;
        house.save(id, &input("关于示例的通知", "正文。")).await.unwrap();
        let Err(Fault::Refused(refusal)) = house.submit(id).await else { panic!("nobody is the principal") };
        assert!(refusal.what.contains("签发"), "{refusal}");
    }
}
