//! A letter is begun: which one, whether the law allows it today, with what it starts.

use gongkai_calendar::Calendar;
use gongkai_model::Refusal;
use gongkai_model::application::clock::{Answer, ConsultationKind, Event};
use gongkai_model::application::{LetterKind, NoteKind, Outcome, is_reply, letter_chain};
use gongkai_model::ids::{ApplicationId, LetterId};
use gongkai_store::{LetterRecord, LetterState};
use jiff::Timestamp;
use uuid::Uuid;

use super::super::consult::{Party, PartyView};
use super::super::{ApplicationView, access, standing};
use super::effect::event_of;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock};

/// Which letter to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewLetter {
    /// A letter that goes to the applicant and decides nothing.
    Plain(LetterKind),
    /// A reply with its outcome.
    Reply(Outcome),
    /// A question to somebody.
    Ask(ConsultationKind, Party),
    /// A letter about somebody who was asked: to the applicant (L07), or to the third party whom disclosure goes against (L13).
    About(LetterKind, u16),
}

/// The letters that are begun as they are.
const PLAIN: [LetterKind; 10] = [
    LetterKind::L02,
    LetterKind::L03,
    LetterKind::L04,
    LetterKind::L08,
    LetterKind::L09,
    LetterKind::L10,
    LetterKind::L27,
    LetterKind::L30,
    LetterKind::L31,
    LetterKind::L32,
];

impl Services {
    /// Begins a letter. What the law does not allow today is not begun.
    ///
    /// # Errors
    /// The step is not possible; there is such a letter under way; the person does not work on the case.
    pub async fn begin_letter(
        &self,
        now: Timestamp,
        actor: &Actor,
        id: ApplicationId,
        new: &NewLetter,
    ) -> Result<LetterId, Fault> {
        let view = self.opened_view(now, id).await?;
        access::must_work_on(actor, &view.record)?;
        let today = clock::local_date(now);
        let (kind, outcome, consultation, party) = Self::planned(&view, new)?;
        let under_way = view.letters.iter().map(|one| &one.record).find(|one| {
            one.kind == kind
                && one.consultation == consultation
                && !matches!(one.state, LetterState::Served | LetterState::Void)
        });
        if let Some(other) = under_way {
            let what = format!("已有一份{}{}", kind.title(), other.state.label());
            return Err(Refusal::new(what, "先办完那一份，或者作废后再起草").into());
        }
        let replies = view.letters.iter().any(|one| {
            one.record.outcome.is_some() && !matches!(one.record.state, LetterState::Served | LetterState::Void)
        });
        if let (Some(_), Some((_, number))) = (outcome, &view.answered_along) {
            let what = format!("{number}有一份正在办理的答复，一并答复这件申请");
            return Err(Refusal::new(what, "先办完那一份，或者在那一份里取消勾选").into());
        }
        if outcome.is_some() && replies {
            return Err(Refusal::new("已有一份答复正在办理", "先办完那一份，或者作废后再起草").into());
        }
        let content = self.first_content(&view, kind, today).await?;
        let facts = content.values(kind)?;
        let asked = match new {
            NewLetter::Ask(kind, _) => consultation.map(|number| (number, *kind)),
            NewLetter::Plain(_) | NewLetter::Reply(_) | NewLetter::About(..) => Self::asked(&view, consultation),
        };
        // A fact that is not written yet, such as the limit of another organ, is no reason to refuse the beginning.
        match event_of(kind, outcome, asked, &facts, today) {
            Ok(Some(Event::Extended { approval, notified, .. })) => {
                possible(&self.calendar(), &view, Event::Extended { days: 1, approval, notified })?;
            }
            Ok(Some(event)) => possible(&self.calendar(), &view, event)?,
            Ok(None) | Err(_) => {}
        }
        let letter_id = LetterId(Uuid::now_v7());
        let vault = self.vault().await?;
        let plain = serde_json::to_string(&content).map_err(|error| Fault::Failed(error.to_string()))?;
        let record = LetterRecord {
            id: letter_id,
            application: id,
            agency: view.record.agency,
            position: u16::try_from(view.letters.len() + 1).map_err(|_many| Fault::Failed("文书太多".to_owned()))?,
            kind,
            state: LetterState::Draft,
            chain: letter_chain(kind, view.record.section.is_some()),
            round: 0,
            number: None,
            joined_to: None,
            consultation,
            outcome,
            sealed: vault.seal(letter_id.0, &plain)?,
            text: None,
            hash: content.hash(kind, &[])?,
            formed_on: None,
            served_on: None,
            service: None,
            proof: String::new(),
            author: actor.id(),
            writers: vec![actor.id()],
            created_at: now,
            updated_at: now,
            version: 1,
        };
        let tx = self.store.begin().await?;
        self.touch_case(&tx, now, &view.record).await?;
        if let Some(party) = party {
            tx.put_consultation(&party.record(vault, id)?).await?;
        }
        tx.insert_letter(&record).await?;
        let detail = format!("letter={letter_id}\nkind={}\noutcome={}", kind.code(), outcome.map_or("", Outcome::code));
        self.record(&tx, now, actor, "letter.begin", &id.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(letter_id)
    }

    /// Which letter is meant, with its outcome and whom it is about.
    #[expect(clippy::type_complexity, reason = "taken apart at once")]
    fn planned(
        view: &ApplicationView,
        new: &NewLetter,
    ) -> Result<(LetterKind, Option<Outcome>, Option<u16>, Option<PartyView>), Fault> {
        Ok(match new {
            NewLetter::Plain(kind) if PLAIN.contains(kind) => {
                let outcome = match kind {
                    LetterKind::L30 if view.record.standing.outcome != Some(Outcome::Withdrawn) => {
                        return Err(Refusal::new("申请人没有撤回", "先登记申请人撤回").into());
                    }
                    LetterKind::L31 if view.record.section.is_none() => {
                        return Err(Refusal::new("没有交办给科室，不能发协办函", "先交办").into());
                    }
                    LetterKind::L32 if !view.notes.iter().any(|one| one.kind == NoteKind::Suggestion) => {
                        return Err(Refusal::new("申请人没有建议主动公开", "收到建议后再答复").into());
                    }
                    _ => None,
                };
                (*kind, outcome, None, None)
            }
            NewLetter::Plain(_) => return Err(Fault::field("letter", "请选择文书")),
            NewLetter::Reply(outcome) => {
                let kind = outcome.letter().filter(|kind| is_reply(*kind)).ok_or_else(|| {
                    Fault::field("outcome", "这种结果没有固定的文书：请在本机关的公文系统制作，再登记已作出的答复")
                })?;
                if *outcome == Outcome::Duplicate
                    && !view.earlier.iter().any(|one| one.answered && one.on <= view.record.arrival.on)
                {
                    return Err(Refusal::new(
                        "同一申请人在此以前没有已经答复的申请，不能按重复申请不予处理",
                        "撤回、视为放弃的不是答复；核对以后选别的结果",
                    )
                    .by("《政府信息公开条例》第三十六条第六项")
                    .into());
                }
                (kind, Some(*outcome), None, None)
            }
            NewLetter::Ask(kind, party) => {
                let mut wrong = Vec::new();
                for (field, value, label) in [("party", &party.name, "名称"), ("address", &party.address, "地址")] {
                    if value.trim().is_empty() {
                        wrong.push((field.to_owned(), format!("请填写被征求意见方的{label}")));
                    } else if value.chars().count() > 200 {
                        wrong.push((field.to_owned(), format!("{label}不超过200字")));
                    }
                }
                if *kind == ConsultationKind::ThirdParty && party.name.trim() == view.form.name.trim() {
                    wrong.push(("party".to_owned(), "第三方不能是申请人自己".to_owned()));
                }
                if !wrong.is_empty() {
                    return Err(Fault::Invalid(wrong));
                }
                let last = view.parties.iter().map(|one| one.number).max().unwrap_or(0);
                let number = last.checked_add(1).ok_or_else(|| Fault::Failed("征求意见太多".to_owned()))?;
                let letter = if *kind == ConsultationKind::ThirdParty { LetterKind::L05 } else { LetterKind::L06 };
                let party = PartyView { id: Uuid::now_v7(), number, kind: *kind, party: party.clone() };
                (letter, None, Some(number), Some(party))
            }
            NewLetter::About(kind, number) => {
                let there = Self::asked(view, Some(*number)).ok_or(Fault::NotFound)?;
                let third = there.1 == ConsultationKind::ThirdParty;
                if !matches!(kind, LetterKind::L07 | LetterKind::L13) || (*kind == LetterKind::L13 && !third) {
                    return Err(Fault::field("letter", "请选择文书"));
                }
                let ended = view.steps.iter().any(|step| {
                    matches!(step.event, Event::ConsultationClosed { id, answer, .. }
                        if id.0 == *number && answer != Answer::Cancelled)
                });
                if *kind == LetterKind::L13 && !ended {
                    return Err(Refusal::new(
                        "征求第三方意见还没有结束，不能告知决定公开",
                        "先登记第三方的意见或者逾期未答复",
                    )
                    .by("《政府信息公开条例》第三十二条")
                    .into());
                }
                (*kind, None, Some(*number), None)
            }
        })
    }
}

/// # Errors
/// The law does not allow the step.
pub(super) fn possible(calendar: &Calendar, view: &ApplicationView, event: Event) -> Result<(), Fault> {
    let history = standing::history(calendar, &view.record, &view.steps)?;
    history.with(event, calendar).map(|_history| ()).map_err(standing::refused)
}
