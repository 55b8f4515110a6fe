use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::publication::{Attribute, SecrecyOpinion};

fn person(number: u128) -> OfficerId {
    OfficerId(Uuid::from_u128(number))
}

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn submitted() -> Edition {
    let mut edition = Edition::new(person(1), Chain::default(), "a".to_owned());
    edition.submit(0, "").unwrap();
    edition
}

fn pass(edition: &mut Edition, who: u128, role: Role) -> Result<(), Refusal> {
    let seen = edition.content.clone();
    edition.review(person(who), Grant::own(role), agreed(role), &seen, NOW)
}

fn agreed(role: Role) -> Decision {
    if role == Role::SecrecyReviewer {
        Decision::secrecy(SecrecyOpinion::public(), Attribute::Proactive, "")
    } else {
        Decision::passed("")
    }
}

fn approved() -> Edition {
    let mut edition = submitted();
    pass(&mut edition, 2, Role::SectionHead).unwrap();
    pass(&mut edition, 3, Role::SecrecyReviewer).unwrap();
    pass(&mut edition, 4, Role::DivisionLeader).unwrap();
    edition
}

#[test]
fn three_reviews_lead_to_publication() {
    let mut edition = approved();
    assert_eq!(edition.state, State::Approved { publish_at: None });
    edition.publish(0, NOW).unwrap();
    assert_eq!(edition.state, State::Published { at: NOW });
    edition.withdraw("数据有误，正在更正", NOW).unwrap();
    assert_eq!(edition.state.label(), "已撤下");
}

#[test]
fn an_edit_voids_every_signature() {
    let mut edition = approved();
    edition.edit("b".to_owned(), person(1)).unwrap();
    assert_eq!((edition.state.clone(), edition.holding().len()), (State::Draft, 0));
    assert!(edition.publish(0, NOW).is_err());
    // The old text again: every step is asked anew, and the same people may sign.
    edition.edit("a".to_owned(), person(1)).unwrap();
    edition.submit(0, "").unwrap();
    assert!(edition.publish(0, NOW).is_err());
    pass(&mut edition, 2, Role::SectionHead).unwrap();
}

#[test]
fn article_17_the_secrecy_review_has_a_conclusion_and_what_is_referred_waits() {
    use super::super::SecrecyResult;
    let mut edition = submitted();
    pass(&mut edition, 2, Role::SectionHead).unwrap();
    let silent =
        edition.review(person(3), Grant::own(Role::SecrecyReviewer), Decision::passed("同意"), "a", NOW).unwrap_err();
    assert!(silent.what.contains("没有结论"), "{silent}");
    let asked = SecrecyOpinion::new(SecrecyResult::Referred, "条例第十七条第三款", Vec::new()).unwrap();
    let refer = |words: &str| Decision::secrecy(asked.clone(), Attribute::Proactive, words);
    assert!(edition.review(person(3), Grant::own(Role::SecrecyReviewer), refer(""), "a", NOW).is_err());
    edition
        .review(person(3), Grant::own(Role::SecrecyReviewer), refer("报区保密局：附表是否属于工作秘密"), "a", NOW)
        .unwrap();
    assert_eq!((edition.state.clone(), edition.referral().is_some()), (State::InReview { step: 1 }, true));
    assert!(edition.publish(0, NOW).is_err());
    pass(&mut edition, 3, Role::SecrecyReviewer).unwrap();
    assert_eq!((edition.state.clone(), edition.referral().is_some()), (State::InReview { step: 2 }, false));
}

#[test]
fn nobody_reviews_twice_or_the_own_draft() {
    let mut edition = submitted();
    assert!(pass(&mut edition, 1, Role::SectionHead).unwrap_err().what.contains("自己起草"));
    pass(&mut edition, 2, Role::SectionHead).unwrap();
    assert!(pass(&mut edition, 2, Role::SecrecyReviewer).unwrap_err().what.contains("前面的步骤"));
    assert!(pass(&mut edition, 3, Role::DivisionLeader).unwrap_err().what.contains("保密审查"));
}

#[test]
fn a_signature_binds_to_what_was_seen() {
    let mut edition = submitted();
    let refused =
        edition.review(person(2), Grant::own(Role::SectionHead), Decision::passed(""), "older", NOW).unwrap_err();
    assert!(refused.what.contains("有了改动"));
}

#[test]
fn a_return_wants_reasons_and_leads_back_to_the_draft() {
    let mut edition = submitted();
    pass(&mut edition, 2, Role::SectionHead).unwrap();
    let seen = edition.content.clone();
    assert!(edition.review(person(3), Grant::own(Role::SecrecyReviewer), Decision::returned(" "), &seen, NOW).is_err());
    edition.review(person(3), Grant::own(Role::SecrecyReviewer), Decision::returned("删去附件二"), &seen, NOW).unwrap();
    assert_eq!(edition.state, State::Draft);
    assert!(edition.holding().is_empty(), "all steps are asked again");
}

#[test]
fn article_17_findings_block_submission_and_publication() {
    let mut edition = Edition::new(person(1), Chain::default(), "a".to_owned());
    assert!(edition.submit(1, "").unwrap_err().to_string().contains("第十七条"));
    let mut edition = approved();
    assert!(edition.publish(1, NOW).is_err());
    assert!(edition.schedule(NOW, NOW).is_err(), "a time that has passed");
}

#[test]
fn the_urgent_way_needs_the_secrecy_review_and_the_rest_afterwards() {
    let mut edition = Edition::new(person(1), Chain::default(), "a".to_owned());
    assert!(edition.submit(0, "急").unwrap_err().what.contains("理由太短"));
    edition.submit(0, "暴雨红色预警，须立即发布").unwrap();
    assert!(edition.publish(0, NOW).is_err(), "not even the secrecy review has signed");
    assert!(pass(&mut edition, 2, Role::SectionHead).is_err(), "the secrecy review comes first");
    pass(&mut edition, 3, Role::SecrecyReviewer).unwrap();
    edition.publish(0, NOW).unwrap();
    assert_eq!(edition.open_step(), Some(1));
    pass(&mut edition, 2, Role::SectionHead).unwrap();
    pass(&mut edition, 4, Role::DivisionLeader).unwrap();
    assert_eq!((edition.open_step(), edition.is_objected()), (None, false));
}

#[test]
fn a_step_may_object_to_what_was_published_urgently() {
    let mut edition = Edition::new(person(1), Chain::default(), "a".to_owned());
    edition.submit(0, "暴雨红色预警，须立即发布").unwrap();
    pass(&mut edition, 3, Role::SecrecyReviewer).unwrap();
    edition.publish(0, NOW).unwrap();
    edition.review(person(2), Grant::own(Role::SectionHead), Decision::returned("雨量有误"), "a", NOW).unwrap();
    assert!(edition.is_objected() && matches!(edition.state, State::Published { .. }));
    edition.withdraw("雨量有误，另行发布", NOW).unwrap();
}

#[test]
fn who_wrote_in_it_does_not_review_it() {
    let mut edition = Edition::new(person(1), Chain::default(), "a".to_owned());
    edition.edit("b".to_owned(), person(2)).unwrap();
    edition.submit(0, "").unwrap();
    assert!(pass(&mut edition, 2, Role::SectionHead).is_err());
    pass(&mut edition, 5, Role::SectionHead).unwrap();
}

#[derive(Debug, Clone)]
enum Move {
    Edit(u8, u128),
    Submit(usize, bool),
    Review(u128, Role, bool, u8),
    Publish(usize),
    Withdraw,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let role =
        prop::sample::select(&[Role::SectionHead, Role::SecrecyReviewer, Role::DivisionLeader, Role::Principal][..]);
    let one = prop_oneof![
        (0_u8..3, 1_u128..6).prop_map(|(content, who)| Move::Edit(content, who)),
        (0_usize..2, any::<bool>()).prop_map(|(open, urgent)| Move::Submit(open, urgent)),
        (1_u128..6, role, any::<bool>(), 0_u8..3)
            .prop_map(|(who, role, passed, seen)| Move::Review(who, role, passed, seen)),
        (0_usize..2).prop_map(Move::Publish),
        Just(Move::Withdraw),
    ];
    prop::collection::vec(one, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_sequence_publishes_without_every_step_signed_by_another_person_on_one_content(moves in moves()) {
        let mut edition = Edition::new(person(1), Chain::default(), "0".to_owned());
        for next in moves {
            let _tried: Result<(), Refusal> = match next {
                Move::Edit(content, who) => edition.edit(content.to_string(), person(who)),
                Move::Submit(open, urgent) => edition.submit(open, if urgent { "汛情紧急预警信息" } else { "" }),
                Move::Review(who, role, passed, seen) => {
                    let decision = if passed { agreed(role) } else { Decision::returned("理由") };
                    edition.review(person(who), Grant::own(role), decision, &seen.to_string(), NOW)
                }
                Move::Publish(open) => edition.publish(open, NOW),
                Move::Withdraw => edition.withdraw("数据有误", NOW),
            };
            if matches!(edition.state, State::Published { .. }) {
                let holding = edition.holding();
                let people: BTreeSet<OfficerId> = holding.iter().map(|signature| signature.officer).collect();
                let steps: BTreeSet<usize> = holding.iter().map(|signature| signature.step).collect();
                let urgent = !edition.urgent.is_empty();
                prop_assert_eq!((people.len(), steps.len()), (holding.len(), holding.len()));
                prop_assert!(holding.len() == 3 || urgent && !holding.is_empty());
                prop_assert!(holding.iter().any(|signature| signature.role == Role::SecrecyReviewer));
                prop_assert!(people.iter().all(|one| !edition.authors.contains(one)));
                prop_assert!(holding.iter().all(|signature| signature.content == edition.content));
            }
        }
    }
}
