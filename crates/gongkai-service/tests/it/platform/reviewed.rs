//! What two reviews of the platform found, kept so that it does not come back.

use std::collections::BTreeMap;

use gongkai_model::publication::check::Detector;
use gongkai_model::publication::{Attribute, Concern, Decision, SecrecyOpinion, SecrecyResult, State};
use gongkai_service::platform::{DraftInput, Fault, Guide, Upload, Urgency};

use super::{House, at, input};

#[tokio::test(flavor = "multi_thread")]
async fn article_17_what_was_taken_down_does_not_come_back_by_itself() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let (first, publication) = house.publish(&input("名单公示", "名单：张某。")).await;
        let next = services.renew(at(20), &crew.drafter, publication).await.unwrap();
        let form = DraftInput {
            change_note: "补充了一行".to_owned(), ..input("名单公示", "名单：张某、李某。")
        };
        house.save(next, &form).await.unwrap();
        house.submit(next).await.unwrap();
        for who in [&crew.head, &crew.secrecy, &crew.leader] {
            house.pass(next, who).await.unwrap();
        }
        services.schedule(at(21), &crew.publisher, next, "2026-03-02T12:00").await.unwrap();
        services.withdraw(at(22), &crew.leader, first, "公示内容涉及个人隐私").await.unwrap();
        let view = services.view(at(23), &crew.head, next).await.unwrap();
        assert_eq!(view.record.edition.state, State::Draft, "signed without knowing why the other had to go");
        assert!(view.withdrawn_before.is_some_and(|(_, why)| why.contains("个人隐私")));
        services.run_jobs(at(60 * 24 * 3)).await.unwrap();
        let states = async |id| services.view(at(24), &crew.leader, id).await.unwrap().record.edition.state;
        assert!(matches!(states(first).await, State::Withdrawn { .. }));
        assert_eq!(states(next).await, State::Draft);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_wait_stands_first_on_the_desks_of_those_who_act() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("暴雨停课通知").await;
        house.save(id, &input("暴雨停课通知", "明日停课。")).await.unwrap();
        let reason = "暴雨红色预警，今晚必须公布";
        services.submit(at(2), &crew.drafter, id, house.version(id).await, reason).await.unwrap();
        let first = |desk: gongkai_service::platform::Desk| {
            desk.mine.first().map(|task| (task.edition, task.urgency, task.act.clone()))
        };
        let (edition, urgency, _) = first(services.desk(at(3), &crew.secrecy).await.unwrap()).unwrap();
        assert_eq!((edition, urgency), (Some(id), Urgency::Today));
        assert!(first(services.desk(at(3), &crew.publisher).await.unwrap()).is_none(), "secrecy has not signed");
        house.pass(id, &crew.secrecy).await.unwrap();
        let (edition, urgency, act) = first(services.desk(at(4), &crew.publisher).await.unwrap()).unwrap();
        assert_eq!((edition, urgency), (Some(id), Urgency::Today));
        assert!(act.contains("现在可以发布"), "{act}");
        assert_eq!(services.view(at(4), &crew.leader, id).await.unwrap().record.edition.urgent, reason);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn article_26_the_term_counts_from_the_paper_and_nothing_is_set_for_later() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("某公告").await;
    let form = DraftInput { counts_from: "2026-03-02".to_owned(), ..input("某公告", "正文。") };
    house.save(id, &form).await.unwrap();
    let Err(Fault::Invalid(wrong)) = house.submit(id).await else { panic!("counted from another day") };
    assert_eq!(wrong[0].0, "counts_from");
    house.save(id, &input("某公告", "正文。")).await.unwrap();
    house.submit(id).await.unwrap();
    for who in [&crew.head, &crew.secrecy, &crew.leader] {
        house.pass(id, who).await.unwrap();
    }
    let late = services.schedule(at(5), &crew.publisher, id, "2026-06-01T09:00").await;
    assert!(matches!(&late, Err(Fault::Invalid(list)) if list[0].1.contains("最迟应在")), "{late:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_a_backup_names_stays_until_it_is_over() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("带附件的通知").await;
        let upload = |text: &str| Upload { name: format!("{text}.txt"), bytes: text.as_bytes().to_vec() };
        services.attach(at(1), &crew.drafter, id, upload("附件的文字")).await.unwrap();
        let file = services.view(at(1), &crew.drafter, id).await.unwrap().attachments[0].file.clone();
        let path = house.options.data.join("files");
        let (first, rest) = file.hash.as_str().split_at(2);
        let path = path.join(first).join(rest);
        let blobs = gongkai_store::Blobs::open(&house.options.data.join("files")).await.unwrap();
        let hold = blobs.hold().await.unwrap();
        services.detach(at(2), &crew.drafter, id, file.id).await.unwrap();
        assert!(path.exists(), "a backup may name it");
        drop(hold);
        services.run_jobs(at(5)).await.unwrap();
        assert!(path.exists(), "not yet");
        services.run_jobs(at(20)).await.unwrap();
        assert!(!path.exists());
        // Taken off here while it is used there: it stays.
        let other = house.draft("另一份通知").await;
        for one in [id, other] {
            services.attach(at(21), &crew.drafter, one, upload("附件的文字")).await.unwrap();
        }
        let again = services.view(at(22), &crew.drafter, id).await.unwrap().attachments[0].file.id;
        services.detach(at(22), &crew.drafter, id, again).await.unwrap();
        assert!(path.exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_savings_hide_no_step_of_the_proof() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("改了很多次的公告").await;
    let save = async |number: usize| {
        let version = house.version(id).await;
        let text = format!("第{number}稿。");
        services.save(at(1), &crew.drafter, id, version, &input("改了很多次的公告", &text)).await.unwrap();
    };
    for number in 0..1_010 {
        save(number).await;
    }
    house.submit(id).await.unwrap();
    for who in [&crew.head, &crew.secrecy, &crew.leader] {
        house.pass(id, who).await.unwrap();
    }
    services.publish(at(9), &crew.publisher, id).await.unwrap();
    let numbers = services.proof_numbers(&id.to_string()).await.unwrap();
    assert!(numbers[0] < 20 && numbers.len() >= 6, "{numbers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_law_article_35_a_guide_that_touches_a_secret_is_not_kept() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let one = |text: &str| Guide {
            classes: text.to_owned(),
            arrangement: "按目录编排".to_owned(),
            access: "在本网站查阅".to_owned(),
            office: "办公室".to_owned(),
            address: "示例路1号".to_owned(),
            hours: "工作日".to_owned(),
            phone: "000-00000000".to_owned(),
            fax: "000-00000001".to_owned(),
            online: "gongkai@shili.example".to_owned(),
            ..Guide::default()
        };
        for (round, result) in [(0, SecrecyResult::Referred), (3, SecrecyResult::NotPublic)] {
            let text = one("涉密的那一句");
            services.propose_guide(at(1), &crew.drafter, round, text, BTreeMap::new()).await.unwrap();
            services.sign_guide(at(2), &crew.head, round + 1, Decision::passed("")).await.unwrap();
            let opinion = SecrecyOpinion::new(result, "条例第十七条第三款", vec![Concern::StateSecret]).unwrap();
            let decision = Decision::secrecy(opinion, Attribute::Proactive, "报区保密局确定");
            services.sign_guide(at(3), &crew.secrecy, round + 2, decision).await.unwrap();
            let (left, _) = services.guide_proposal(house.agency).await.unwrap();
            let left = left.unwrap();
            assert!(!left.guide.classes.contains("涉密的那一句") && left.returned.contains("国家秘密"), "{left:?}");
            assert!(left.next().is_none(), "the drafter begins again");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_regulations_article_33_a_listed_company_is_told_before() {
    let house = House::open(None).await;
    let (services, crew) = (&house.services, &house.crew);
    let id = house.draft("审计结果公告").await;
    let body = "示例股份有限公司的有关收支。";
    let form = |node: &str| DraftInput { catalog_node: node.to_owned(), ..input("审计结果公告", body) };
    let gate = async || {
        let view = services.view(at(1), &crew.drafter, id).await.unwrap();
        view.findings.iter().any(|one| one.hit.detector == Detector::ListedCompany && one.is_open())
    };
    house.save(id, &form("A15-1")).await.unwrap();
    assert!(gate().await);
    house.save(id, &form("A15-7")).await.unwrap();
    assert!(!gate().await, "results of audits alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_wrong_attachment_costs_the_attachment_and_not_the_draft() {
    for house in House::each().await {
        let (services, crew) = (&house.services, &house.crew);
        let id = house.draft("带附件的通知").await;
        house.save(id, &input("带附件的通知", "正文。")).await.unwrap();
        let wrong = Upload { name: "附件.txt".to_owned(), bytes: "绝密★10年\n内容".as_bytes().to_vec() };
        services.attach(at(1), &crew.drafter, id, wrong).await.unwrap();
        let view = services.view(at(2), &crew.secrecy, id).await.unwrap();
        assert!(view.record.secret_mark);
        let file = view.attachments[0].file.clone();
        let clear = async |who, reason: &str| services.clear_file(at(3), who, id, file.id, reason).await;
        assert!(matches!(clear(&crew.drafter, "核实为涉密文件").await, Err(Fault::Forbidden)));
        assert!(clear(&crew.secrecy, "").await.is_err(), "with a reason");
        clear(&crew.secrecy, "核实为涉密文件，已按规定处理").await.unwrap();
        let (first, rest) = file.hash.as_str().split_at(2);
        assert!(!house.options.data.join("files").join(first).join(rest).exists());
        assert!(services.view(at(4), &crew.head, id).await.is_err(), "kept apart until it is released");
        services.release(at(4), &crew.secrecy, id, "其余内容不涉密").await.unwrap();
        house.submit(id).await.unwrap();
        house.pass(id, &crew.head).await.unwrap();
        house.pass(id, &crew.secrecy).await.unwrap();
        let wrong: Vec<_> =
            services.doctor(at(500_000)).await.unwrap().into_iter().filter(|one| one.wrong.is_some()).collect();
        assert!(wrong.iter().all(|one| one.what != "内容" && one.what != "附件"), "{wrong:?}");
    }
}
