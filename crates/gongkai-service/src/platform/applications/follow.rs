//! What an applicant sees with the code of the application, and does there: correct, give reasons, withdraw, suggest, complain. Acts
//! ask for the last signs of the paper of identity too, so that a code that was seen by others does no harm.

use gongkai_law::{Remedy, RemedyLaw, Term};
use gongkai_model::Refusal;
use gongkai_model::application::clock::{Event, ExplainedDay, State};
use gongkai_model::application::{NoteKind, Outcome, PaperPurpose, QueryCode, ServiceWay};
use gongkai_model::ids::LetterId;
use gongkai_store::{ApplicationRecord, LetterState, Standing};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::notes::{self, NoteText};
use super::standing;
use super::steps::opened;
use crate::platform::services::Services;
use crate::platform::{Fault, Upload, clock, secret};

/// A letter that was served to the applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedLetter {
    /// Its identity.
    pub id: LetterId,
    /// Its title.
    pub title: &'static str,
    /// 文号.
    pub number: String,
    /// The day it was served.
    pub served: Option<Date>,
    /// Whether it is a reply.
    pub replies: bool,
    /// The files given with it: identity and name.
    pub files: Vec<(Uuid, String)>,
}

/// How an application stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    /// Its number; none until receipt is confirmed.
    pub registration_no: Option<String>,
    /// The code of the organ.
    pub organ_code: String,
    /// The name of the organ.
    pub organ: String,
    /// What is wanted.
    pub wanted: String,
    /// The day it came in.
    pub arrived: Date,
    /// The name of the state.
    pub state: &'static str,
    /// Days and terms.
    pub standing: Standing,
    /// The days up to the due day.
    pub days: Vec<ExplainedDay>,
    /// What has happened: the day, and what it is called.
    pub steps: Vec<(Date, &'static str)>,
    /// The letters, in order.
    pub letters: Vec<FollowedLetter>,
    /// Until when a correction is awaited.
    pub correct_until: Option<Date>,
    /// Whether the office waits for the reason of many applications.
    pub wants_reason: bool,
    /// Whether it can be withdrawn.
    pub can_withdraw: bool,
    /// Until when reconsideration can be applied for, counted from the service of the reply.
    pub remedy_until: Option<Date>,
    /// Until when a suit can be brought without reconsideration before it (行政诉讼法 第四十六条); none where reconsideration comes first.
    pub sue_until: Option<Date>,
    /// Reconsideration comes first (复议法 第二十三条), at least for what is withheld.
    pub reconsider_first: bool,
    /// What the applicant sent: the day, the kind, whether the office has looked at it.
    pub sent: Vec<(Date, &'static str, bool)>,
}

/// What an applicant does with the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FollowAct {
    /// Corrects (第三十条).
    Correct,
    /// Gives the reason of many applications (第三十五条).
    Reason,
    /// Withdraws.
    Withdraw,
    /// Suggests to publish the information (第四十四条第二款).
    Suggest,
    /// Says what is wrong with the handling (第五十一条).
    Complain,
}

impl Services {
    async fn followed(&self, typed: &str) -> Result<ApplicationRecord, Fault> {
        let code = QueryCode::typed(typed).ok_or(Fault::NotFound)?;
        self.store.application_by_code(&secret::hash(code.plain())).await?.ok_or(Fault::NotFound)
    }

    /// How the application stands that a code opens.
    ///
    /// # Errors
    /// There is none.
    pub async fn follow_application(&self, now: Timestamp, typed: &str) -> Result<Following, Fault> {
        let record = self.followed(typed).await?;
        let today = clock::local_date(now);
        let noted = self.store.steps(record.id).await?;
        let history = standing::history(&self.calendar(), &record, &noted)?;
        let (timeline, stands) = standing::of(&self.calendar(), &history, today)?;
        let vault = self.vault().await?;
        let papers = self.store.papers(record.id).await?;
        let mut letters = Vec::new();
        let all_letters = self.store.letters(record.id).await?;
        for letter in &all_letters {
            if letter.state != LetterState::Served || !letter.kind.goes_to_applicant() {
                continue;
            }
            let with_it =
                papers.iter().filter(|one| one.letter == Some(letter.id) && one.purpose == PaperPurpose::Given.code());
            let files =
                with_it.map(|one| Ok((one.id, vault.unseal(one.id, &one.name)?))).collect::<Result<_, Fault>>()?;
            letters.push(FollowedLetter {
                id: letter.id,
                title: letter.kind.title(),
                number: letter.number.clone().unwrap_or_default(),
                served: letter.served_on,
                replies: letter.outcome.is_some(),
                files,
            });
        }
        let known_on_the_day = all_letters.iter().rev().find(|one| one.outcome.is_some()).is_some_and(|one| {
            let way = one.service.as_deref().and_then(ServiceWay::from_code);
            matches!(way, Some(ServiceWay::Direct | ServiceWay::Email | ServiceWay::Portal))
        });
        let calendar = &self.calendar();
        let correct_until = match timeline.state {
            State::AwaitingCorrection { until } => Some(until),
            State::Arrived
            | State::Running
            | State::AwaitingFee { .. }
            | State::Delayed { .. }
            | State::Concluded { .. }
            | State::Reopened { .. } => None,
        };
        // What was withheld in part may rest on other grounds too: the letter says which; here both ways are named.
        let remedy = stands.outcome.map_or(Remedy::None, |one| one.remedy(&[Outcome::StateSecret]));
        let remedy = stands.concluded.map_or(Remedy::None, |served| RemedyLaw::on(served).remedy(remedy));
        let replied = stands.concluded.filter(|_| stands.outcome.is_some_and(|one| one != Outcome::Withdrawn));
        // The term counts from knowing: that day is known here where the reply was handed over or taken from this page.
        let known = replied.filter(|_| known_on_the_day);
        let sent = self.store.case_notes(record.id).await?;
        let sent = sent
            .iter()
            .filter(|one| one.officer.is_none())
            .filter_map(|one| NoteKind::from_code(&one.kind).map(|kind| (one.on, kind.label(), !one.waits)));
        let directory = self.directory();
        Ok(Following {
            organ_code: directory.get(record.agency).map(|one| one.code.clone()).unwrap_or_default(),
            organ: directory.name(record.agency).to_owned(),
            wanted: record.subject.clone(),
            arrived: record.arrival.on,
            state: standing::named(&stands),
            steps: history
                .events()
                .iter()
                .filter(|event| is_told(**event))
                .map(|event| (event.date(), event.label()))
                .collect(),
            days: timeline.explain(today, calendar).map_err(standing::refused)?,
            correct_until,
            wants_reason: timeline.reason.0.is_some() && timeline.reason.1.is_none() && stands.concluded.is_none(),
            can_withdraw: history.with(Event::Withdrawn { on: today }, calendar).is_ok(),
            remedy_until: known.and_then(|day| Term::ReconsiderationFiling.due(day, calendar).ok()),
            sue_until: known
                .filter(|_| matches!(remedy, Remedy::Either | Remedy::Mixed))
                .and_then(|day| Term::DirectSuit.due(day, calendar).ok()),
            reconsider_first: matches!(remedy, Remedy::ReconsiderationFirst | Remedy::Mixed),
            sent: sent.collect(),
            registration_no: record.registration_no,
            letters,
            standing: stands,
        })
    }

    /// A letter that was served to the applicant of a code, as PDF: name and content.
    ///
    /// # Errors
    /// There is none.
    pub async fn followed_letter(&self, typed: &str, id: LetterId) -> Result<(String, Vec<u8>), Fault> {
        let record = self.followed(typed).await?;
        self.served_file(record.id, id).await
    }

    /// A file that was given with a letter to the applicant of a code: name, media, content.
    ///
    /// # Errors
    /// There is none.
    pub async fn followed_paper(&self, typed: &str, id: Uuid) -> Result<(String, String, Vec<u8>), Fault> {
        let record = self.followed(typed).await?;
        let paper = self.store.paper(id).await?.ok_or(Fault::NotFound)?;
        let given = paper.application == record.id && paper.purpose == PaperPurpose::Given.code();
        let Some(letter) = paper.letter.filter(|_| given) else { return Err(Fault::NotFound) };
        let letter = self.store.letter(letter).await?.ok_or(Fault::NotFound)?;
        if letter.state != LetterState::Served || !letter.kind.goes_to_applicant() {
            return Err(Fault::NotFound);
        }
        self.open_paper(&paper).await
    }

    /// What an applicant does with the code and the last four signs of the paper of identity. A correction in time starts the clock
    /// anew on the spot; one that is late waits for the office, which looks whether the delay is justified (第三十条).
    ///
    /// # Errors
    /// The signs are others; the step is not possible; nothing was written.
    pub async fn follow_act(
        &self,
        now: Timestamp,
        (typed, tail): (&str, &str),
        act: &FollowAct,
        words: &str,
        file: Option<&Upload>,
    ) -> Result<(), Fault> {
        let record = self.followed(typed).await?;
        let form = opened(self, &record).await?;
        let plain = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_uppercase).collect()
        };
        // Whoever gave no number of a paper may be asked to correct just that: the telephone stands in for it, or else the code alone.
        let own = [&form.id_number, &form.phone].into_iter().map(|text| plain(text)).find(|text| text.len() >= 4);
        let tail = plain(tail);
        if own.is_some_and(|own| tail.len() != 4 || !own.ends_with(&tail)) {
            return Err(Fault::field("tail", "后四位不对，请核对后再填（申请书没有写证件号码的，填联系电话的后四位）"));
        }
        let words = words.trim();
        if words.is_empty() {
            return Err(Fault::field("words", "请写明内容"));
        }
        if words.chars().count() > 3_000 {
            return Err(Fault::field("words", "内容不超过3000字"));
        }
        let today = clock::local_date(now);
        let noted = self.store.steps(record.id).await?;
        let history = standing::history(&self.calendar(), &record, &noted)?;
        let (timeline, _) = standing::of(&self.calendar(), &history, today)?;
        let (kind, event) = match act {
            FollowAct::Correct => match timeline.state {
                State::AwaitingCorrection { until } if today <= until => {
                    (NoteKind::Correction, Some(Event::Corrected { on: today, justified_delay: false }))
                }
                State::AwaitingCorrection { .. } => (NoteKind::Correction, None),
                _ => return Err(Refusal::new("现在不需要补正", "要补充说明的，请直接联系承办机关").into()),
            },
            FollowAct::Reason => (NoteKind::Reason, Some(Event::ReasonReceived { on: today })),
            FollowAct::Withdraw => (NoteKind::Withdrawal, Some(Event::Withdrawn { on: today })),
            FollowAct::Suggest => (NoteKind::Suggestion, None),
            FollowAct::Complain => (NoteKind::Complaint, None),
        };
        let there = self.store.case_notes(record.id).await?;
        // What the law gives the applicant to do is bounded by its steps; words are not.
        let talk = [NoteKind::Suggestion, NoteKind::Complaint];
        let said =
            |one: &&gongkai_store::CaseNote| one.officer.is_none() && talk.iter().any(|kind| kind.code() == one.kind);
        if talk.contains(&kind) && there.iter().filter(said).count() >= 20 {
            return Err(Fault::TooOften("这件申请在网上已经提交过20次意见，请直接联系承办机关".to_owned()));
        }
        let paper = match file {
            Some(upload) => Some(self.seal_paper(now, record.id, PaperPurpose::Correction, upload, None).await?),
            None => None,
        };
        let text = NoteText { text: words.to_owned(), ..NoteText::default() };
        let mut note = notes::sealed(self.vault().await?, now, record.id, (kind, today), None, &text)?;
        // Everything an applicant sends is looked at by somebody.
        note.waits = true;
        let id = record.id;
        let tx = self.store.begin().await?;
        match event {
            Some(event) => self.step(&tx, now, record, event, (None, "")).await?,
            None => self.touch_case(&tx, now, &record).await?,
        }
        tx.insert_case_note(&note).await?;
        if let Some(paper) = &paper {
            tx.insert_paper(paper).await?;
        }
        let mut detail = format!("kind={}\non={today}", kind.code());
        if let Some(event) = event {
            detail.push('\n');
            detail.push_str(&super::steps::told(event));
        }
        tx.append_audit(now, "applicant", "application.sent", &id.to_string(), &detail).await?;
        Ok(tx.commit().await?)
    }
}

/// Whether the applicant is told of a step as it happens: who is asked, and when they have received it, is the office's.
fn is_told(event: Event) -> bool {
    !matches!(event, Event::ConsultationReceived { .. })
}
