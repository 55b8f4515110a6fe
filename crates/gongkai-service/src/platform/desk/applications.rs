//! What applications want of a person: receipt to confirm, replies that are due, letters to sign and to serve, what applicants sent.

use std::collections::{BTreeMap, BTreeSet};

use gongkai_calendar::Calendar;
use gongkai_model::application::{NoteKind, ProceedingGroup, WithheldState};
use gongkai_model::ids::ApplicationId;
use gongkai_model::officer::Act;
use gongkai_store::{ApplicationRecord, LetterRecord, LetterState, WithheldRecord};
use jiff::civil::Date;

use super::{Desk, Task, Urgency, urgency, working_days};
use crate::platform::Fault;
use crate::platform::applications::{answer_due, next_signer, open_states};
use crate::platform::services::{Actor, Services};

/// How many of a kind are looked at: the earliest due, the longest waiting.
const MOST: u64 = 100;

fn act(record: &ApplicationRecord, today: Date) -> (&'static str, &'static str) {
    let standing = &record.standing;
    let passed = standing.due.is_some_and(|due| due < today);
    match standing.state.as_str() {
        "arrived" => ("联系申请人，确认收到", "条例第三十一条"),
        "awaiting_correction" if passed => ("补正期限已过：告知不再处理，或登记有正当理由的补正", "条例第三十条"),
        "awaiting_correction" => ("等申请人补正", "条例第三十条"),
        "awaiting_fee" if passed => ("缴费期限已过：告知不再处理", "收费办法第六条"),
        "awaiting_fee" => ("等申请人缴费", "收费办法第六条"),
        "reopened" => ("重新答复", "复议决定、判决"),
        "delayed" => ("答复（已延迟）", "条例第三十五条"),
        _ if standing.projected => ("办理；正在征求意见", "条例第三十三条"),
        _ => ("办理，按期答复", "条例第三十三条"),
    }
}

/// Whether the next step is the applicant's.
fn awaits_applicant(record: &ApplicationRecord, today: Date) -> bool {
    matches!(record.standing.state.as_str(), "awaiting_correction" | "awaiting_fee")
        && record.standing.due.is_none_or(|due| due >= today)
}

fn task(
    record: &ApplicationRecord,
    (calendar, today): (&Calendar, Date),
    (act, basis): (String, &str),
    link: String,
    about: String,
) -> Task {
    // What came in and is not confirmed is to be confirmed at once, or on the next working day.
    let due = match record.standing.state.as_str() {
        "arrived" => Some(record.arrival.confirm_by(calendar).unwrap_or(record.arrival.on)),
        _ => record.standing.due,
    };
    let left = due.and_then(|due| working_days(calendar, today, due));
    let near = urgency(today, due, left);
    Task {
        edition: None,
        link,
        title: record.subject.clone(),
        about,
        act,
        due,
        left,
        // A term of the applicant's that is over owes a letter, not a reply.
        urgency: match record.standing.state.as_str() {
            "awaiting_correction" | "awaiting_fee" if near == Urgency::Overdue => Urgency::Today,
            "awaiting_correction" | "awaiting_fee" => near.max(Urgency::Soon),
            _ => near,
        },
        basis: if record.standing.provisional {
            format!("{basis}；暂定，放假安排公布后可能变动")
        } else {
            basis.to_owned()
        },
    }
}

fn about(record: &ApplicationRecord) -> String {
    let number = record.registration_no.as_deref().unwrap_or("尚未登记");
    format!("依申请公开　·　{number}　·　{}", record.shown_name)
}

impl Services {
    /// Adds what applications want of a person.
    pub(super) async fn application_tasks(&self, today: Date, actor: &Actor, desk: &mut Desk) -> Result<(), Fault> {
        let agency = actor.agency();
        let handles = actor.may(Act::Handle, agency);
        let mut cases: BTreeMap<ApplicationId, ApplicationRecord> = BTreeMap::new();
        if handles {
            for record in self.store.applications_due(agency, &open_states(), MOST).await? {
                cases.insert(record.id, record);
            }
        }
        for record in self.store.applications_held(actor.id(), &open_states(), MOST).await? {
            cases.insert(record.id, record);
        }
        // A reply that waits for signatures or for its service is told of by itself.
        let mut replying = BTreeSet::new();
        for state in [LetterState::InReview, LetterState::Signed] {
            let letters = self.store.letters_in(agency, state, MOST).await?;
            replying.extend(letters.iter().filter(|one| one.outcome.is_some()).map(|one| one.application));
        }
        let drafts = self.store.letters_in(agency, LetterState::Draft, MOST).await?;
        replying.extend(drafts.iter().filter(|one| one.author == actor.id()).map(|one| one.application));
        for record in cases.values().filter(|record| !replying.contains(&record.id)) {
            let (what, basis) = act(record, today);
            // Given to somebody: it is theirs, the office sees it wait.
            let theirs = record.handler.is_some_and(|id| id != actor.id());
            let mut one = task(
                record,
                (&self.calendar(), today),
                (what.to_owned(), basis),
                format!("/office/applications/{}", record.id),
                about(record),
            );
            if record.handler == Some(actor.id())
                && let Some(day) = record.internal_due.filter(|day| one.due.is_none_or(|due| *day < due))
            {
                one.due = Some(day);
                one.left = working_days(&self.calendar(), today, day);
                one.urgency = urgency(today, one.due, one.left);
                one.basis = "本单位的内部期限".to_owned();
            }
            // What is late is everybody's of the office, whoever has it.
            let late = one.urgency <= Urgency::Today;
            if awaits_applicant(record, today) || (theirs && !late) {
                desk.others.push(one);
            } else {
                desk.mine.push(one);
            }
        }
        self.letter_tasks(today, actor, handles, desk).await?;
        if handles {
            self.sent_tasks(today, actor, desk).await?;
            self.dispute_tasks(today, actor, desk).await?;
        }
        self.register_tasks(today, actor, handles, desk).await
    }

    /// Answers that reconsideration organs and courts wait for.
    async fn dispute_tasks(&self, today: Date, actor: &Actor, desk: &mut Desk) -> Result<(), Fault> {
        for dispute in self.store.disputes(actor.agency(), true, MOST).await? {
            let due = if dispute.answered_on.is_some() { None } else { answer_due(&self.calendar(), &dispute) };
            let left = due.and_then(|due| working_days(&self.calendar(), today, due));
            let one = Task {
                edition: None,
                link: format!("/office/disputes/{}", dispute.id),
                title: format!("{}　{}", dispute.kind.label(), dispute.number),
                about: format!("复议诉讼　·　{}", dispute.forum),
                act: match (dispute.answered_on, dispute.copy_on) {
                    (Some(_), _) => "等审理结果".to_owned(),
                    (None, Some(_)) => "提交答复和证据".to_owned(),
                    (None, None) => "等申请书、起诉状副本".to_owned(),
                },
                due,
                left,
                urgency: urgency(today, due, left),
                basis: match (due, dispute.kind) {
                    (None, _) => String::new(),
                    (Some(_), ProceedingGroup::Reconsideration) => {
                        "逾期不答复，视为没有证据（复议法第七十条）".to_owned()
                    }
                    (Some(_), ProceedingGroup::DirectSuit | ProceedingGroup::SuitAfterReconsideration) => {
                        "收到起诉状副本之日起十五日内答辩、举证（行政诉讼法第六十七条）".to_owned()
                    }
                },
            };
            if due.is_some() {
                desk.mine.push(one);
            } else {
                desk.others.push(one);
            }
        }
        Ok(())
    }

    /// What was withheld and is to be looked at again, or to be published.
    async fn register_tasks(&self, today: Date, actor: &Actor, handles: bool, desk: &mut Desk) -> Result<(), Fault> {
        let agency = actor.agency();
        let drafts = actor.may(Act::Draft, agency);
        if !handles && !drafts {
            return Ok(());
        }
        let one = |record: &WithheldRecord, act: &str, due: Option<Date>, basis: &str| {
            let left = due.and_then(|due| working_days(&self.calendar(), today, due));
            Task {
                edition: None,
                link: format!("/office/withheld/{}", record.id),
                title: record.subject.clone(),
                about: "不予公开台账".to_owned(),
                act: act.to_owned(),
                due,
                left,
                urgency: urgency(today, due, left),
                basis: basis.to_owned(),
            }
        };
        if handles {
            let soon = today.saturating_add(jiff::Span::new().days(14));
            let kept = [WithheldState::Kept, WithheldState::OnRequest];
            for state in kept {
                for record in self.store.withheld(agency, state, Some(soon), MOST).await? {
                    let due = Some(record.next_review_on);
                    desk.mine.push(one(&record, "重新评估是否仍不公开", due, "条例第十八条"));
                }
            }
        }
        for record in self.store.withheld(agency, WithheldState::ToPublish, None, MOST).await? {
            let mut task = one(&record, "已定转为主动公开：起草并公开", record.publish_by, "条例第二十六条");
            if !handles {
                task.link = "/office/items/new".to_owned();
            }
            desk.mine.push(task);
        }
        Ok(())
    }

    async fn case_of(&self, letter: &LetterRecord) -> Result<ApplicationRecord, Fault> {
        self.store.application(letter.application).await?.ok_or(Fault::NotFound)
    }

    /// Letters to sign, to serve, and those that came back.
    async fn letter_tasks(&self, today: Date, actor: &Actor, handles: bool, desk: &mut Desk) -> Result<(), Fault> {
        let agency = actor.agency();
        let link = |letter: &LetterRecord| format!("/office/letters/{}", letter.id);
        let name = |letter: &LetterRecord| format!("依申请公开　·　{}", letter.kind.title());
        for letter in self.store.letters_in(agency, LetterState::InReview, MOST).await? {
            let signatures = self.store.letter_signatures(letter.id).await?;
            let Some(role) = next_signer(&letter, &signatures) else { continue };
            let record = self.case_of(&letter).await?;
            let mine = actor.officer.signs(role, record.section).is_some()
                && !letter.writers.contains(&actor.id())
                && !signatures.iter().any(|one| one.round == letter.round && one.approved && one.officer == actor.id());
            let what = format!("{}审核签署", role.label());
            let one = task(&record, (&self.calendar(), today), (what, "条例第十七条"), link(&letter), name(&letter));
            if mine {
                desk.mine.push(one);
            } else if handles && letter.outcome.is_some() && one.urgency == Urgency::Overdue {
                // A reply that is late is the office's to urge, whoever has it.
                desk.mine.push(Task { act: format!("答复已经超期，在{}处：催办", role.label()), ..one });
            } else if handles || letter.author == actor.id() {
                desk.others.push(one);
            }
        }
        if handles {
            for letter in self.store.letters_in(agency, LetterState::Signed, MOST).await? {
                let record = self.case_of(&letter).await?;
                let what = format!("{}已签发：送达并登记", letter.number.as_deref().unwrap_or_default());
                desk.mine.push(task(
                    &record,
                    (&self.calendar(), today),
                    (what, "条例第三十三条"),
                    link(&letter),
                    name(&letter),
                ));
            }
        }
        for letter in self.store.letters_in(agency, LetterState::Draft, MOST).await? {
            if letter.author != actor.id() {
                continue;
            }
            let record = self.case_of(&letter).await?;
            let what = if letter.round > 0 {
                "被退回或收回：修改后重新提交"
            } else {
                "写完后提交审核签发"
            };
            desk.mine.push(task(
                &record,
                (&self.calendar(), today),
                (what.to_owned(), ""),
                link(&letter),
                name(&letter),
            ));
        }
        Ok(())
    }

    /// What applicants sent.
    async fn sent_tasks(&self, today: Date, actor: &Actor, desk: &mut Desk) -> Result<(), Fault> {
        for note in self.store.notes_waiting(actor.agency(), MOST).await? {
            let Some(record) = self.store.application(note.application).await? else { continue };
            let kind = NoteKind::from_code(&note.kind).map_or("", NoteKind::label);
            let mut one = task(
                &record,
                (&self.calendar(), today),
                (format!("申请人{}：查看", kind.trim_start_matches("申请人")), ""),
                format!("/office/applications/{}", record.id),
                about(&record),
            );
            one.urgency = Urgency::Today;
            desk.mine.push(one);
        }
        Ok(())
    }
}
