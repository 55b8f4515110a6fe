//! What the case knows for a letter: names and days out of the ledger, so that nobody types them and none is wrong.

use std::collections::BTreeMap;

use gongkai_calendar::Pauses;
use gongkai_law::Fee;
use gongkai_letters::{Fact, LetterRequest, Service, Value};
use gongkai_model::application::clock::{Answer, Approval, ConsultationKind, Event, State};
use gongkai_model::application::{LetterKind, NoteKind};
use gongkai_store::{LetterRecord, LetterState};
use jiff::civil::Date;

use super::super::consult::PartyView;
use super::super::{ApplicationView, standing};
use super::LetterContent;
use crate::platform::services::Services;
use crate::platform::{AgencySettings, Fault};

/// What stands for the number until it is given.
pub(super) const NUMBER_LATER: &str = "（签发时编号）";

/// A letter about to be composed.
pub(super) struct Making<'a> {
    pub(super) view: &'a ApplicationView,
    pub(super) kind: LetterKind,
    pub(super) consultation: Option<u16>,
    pub(super) content: &'a LetterContent,
    pub(super) number: Option<&'a str>,
    /// The day it is formed, and for now the day of service.
    pub(super) on: Date,
    pub(super) service: Service,
}

fn text(value: impl Into<String>) -> Value {
    Value::Text(value.into())
}

impl Making<'_> {
    fn party(&self) -> Option<&PartyView> {
        self.view.parties.iter().find(|one| Some(one.number) == self.consultation)
    }
}

/// The day of the last step of a kind.
fn day_of(view: &ApplicationView, found: impl Fn(&Event) -> Option<Date>) -> Option<Date> {
    view.steps.iter().rev().find_map(|step| found(&step.event))
}

fn add(out: &mut BTreeMap<Fact, Value>, fact: Fact, value: &str) {
    if !value.trim().is_empty() {
        out.insert(fact, text(value.trim()));
    }
}

/// Where the organ is reached.
fn contact(name: &str, settings: &AgencySettings) -> String {
    [name, settings.address.as_str(), settings.phone.as_str()]
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect::<Vec<_>>()
        .join("，")
}

impl Services {
    /// The facts that the case knows.
    async fn known_facts(&self, making: &Making<'_>) -> Result<BTreeMap<Fact, Value>, Fault> {
        let view = making.view;
        let directory = self.directory();
        let agency = directory.get(view.record.agency).ok_or(Fault::NotFound)?;
        let settings = &agency.settings;
        let mut out = BTreeMap::from([
            (Fact::FormedOn, Value::Date(making.on)),
            (Fact::DocumentNumber, text(making.number.unwrap_or(NUMBER_LATER))),
        ]);
        add(&mut out, Fact::OrganName, &agency.name);
        // Without address and telephone a letter names no way to reach the organ.
        if !(settings.address.trim().is_empty() && settings.phone.trim().is_empty()) {
            add(&mut out, Fact::Contact, &contact(&agency.name, settings));
        }
        for (fact, value) in [
            (Fact::ReconsiderationOrgan, &settings.reconsideration_organ),
            (Fact::SuperiorDepartment, &settings.superior_department),
            (Fact::OnlineChannel, &settings.online_channel),
            (Fact::Court, &settings.court),
            (Fact::Applicant, &view.form.name),
        ] {
            add(&mut out, fact, value);
        }
        add(&mut out, Fact::Channel, view.record.arrival.channel.label());
        add(&mut out, Fact::RegistrationNumber, view.record.registration_no.as_deref().unwrap_or_default());
        let corrected = view.notes.iter().rev().find(|one| one.kind == NoteKind::Correction);
        let wanted = view.form.wanted_line();
        let described = match corrected {
            Some(note) => {
                format!("{wanted}（补正后：{}）", note.text.text.split_whitespace().collect::<Vec<_>>().join(" "))
            }
            None => wanted,
        };
        add(&mut out, Fact::Description, &described);
        if let Some(day) = view.timeline.receipt {
            out.insert(Fact::ReceivedOn, Value::Date(day));
        }
        if let Some(due) = view.record.standing.due {
            out.insert(Fact::ReplyDue, Value::Date(due));
        }
        if let Some(party) = making.party() {
            if !making.kind.goes_to_applicant() {
                add(&mut out, Fact::Recipient, &party.party.name);
            } else if party.kind == ConsultationKind::ThirdParty {
                add(&mut out, Fact::ThirdParty, &party.party.name);
            }
            add(&mut out, Fact::ConsulteeKind, party.label());
            let joint = party.kind == ConsultationKind::JointMaker;
            add(&mut out, Fact::JointMaking, if joint { "是" } else { "否" });
            let sent = day_of(view, |event| match event {
                Event::ConsultationOpened { id, sent, .. } if id.0 == party.number => Some(*sent),
                _ => None,
            });
            if let Some(sent) = sent {
                out.insert(Fact::ConsultationSentOn, Value::Date(sent));
            }
        }
        if making.kind == LetterKind::L31
            && let Some(section) = view.record.section
        {
            add(&mut out, Fact::Recipient, directory.name(section));
        }
        self.known_days(making, &mut out)?;
        if making.kind == LetterKind::L08 {
            self.known_fee(making, &mut out).await?;
        }
        Ok(out)
    }

    /// Days that earlier steps have set.
    fn known_days(&self, making: &Making<'_>, out: &mut BTreeMap<Fact, Value>) -> Result<(), Fault> {
        let view = making.view;
        let notice = day_of(view, |event| match event {
            Event::CorrectionNotified { sent, .. } => Some(*sent),
            _ => None,
        });
        if let Some(day) = notice {
            out.insert(Fact::CorrectionNotifiedOn, Value::Date(day));
        }
        let fee = day_of(view, |event| match event {
            Event::FeeNotified { received } => Some(*received),
            _ => None,
        });
        if let Some(day) = fee {
            out.insert(Fact::FeeNotifiedOn, Value::Date(day));
        }
        match view.timeline.state {
            State::AwaitingCorrection { until } if making.kind == LetterKind::L03 => {
                out.insert(Fact::CorrectionDue, Value::Date(until));
            }
            State::AwaitingFee { until } => {
                out.insert(Fact::FeeDue, Value::Date(until));
            }
            _ => {}
        }
        if making.kind == LetterKind::L04 {
            out.insert(Fact::ApprovedOn, Value::Date(making.on));
            let days = making.content.facts.get(Fact::ExtensionDays.name()).and_then(|days| days.trim().parse().ok());
            if let Some(days) = days {
                let event = Event::Extended { days, approval: Approval::DisclosureOfficeHead, notified: making.on };
                let history = standing::history(&self.calendar(), &view.record, &view.steps)?;
                let history = history.with(event, &self.calendar()).map_err(standing::refused)?;
                let (timeline, _) = standing::of(&self.calendar(), &history, making.on)?;
                if let Some(due) = timeline.due(making.on, &self.calendar()).map_err(standing::refused)? {
                    out.insert(Fact::NewReplyDue, Value::Date(due.on));
                    if due.provisional {
                        let note = format!("{}年放假安排公布前暂定，公布后以重新计算的为准", due.on.year());
                        out.insert(Fact::ProvisionalNote, text(note));
                    }
                }
            }
        }
        Ok(())
    }

    /// Which application of the month it is (收费办法 第四条), and what the fee comes to.
    async fn known_fee(&self, making: &Making<'_>, out: &mut BTreeMap<Fact, Value>) -> Result<(), Fault> {
        let ordinal = self.ordinal_of_month(making.view).await?;
        let written = |fact: Fact| making.content.facts.get(fact.name()).map_or("", |value| value.trim());
        let by_piece = written(Fact::FeeMode) == "按件计收";
        let number = if by_piece { Some(ordinal) } else { written(Fact::FeePages).parse().ok() };
        let fee = number.map(|number| if by_piece { Fee::of_piece(number) } else { Fee::of_pages(number) });
        if by_piece {
            add(out, Fact::FeeOrdinal, &ordinal.to_string());
        }
        if let Some(Ok(fee)) = fee {
            add(out, Fact::FeeAmount, &format!("{}元", fee.yuan.0));
        }
        Ok(())
    }

    /// Which application of the same applicant in the month of its receipt it is.
    pub(in super::super) async fn ordinal_of_month(&self, view: &ApplicationView) -> Result<u64, Fault> {
        let Some(received) = view.timeline.receipt else { return Ok(1) };
        let Some(key) = &view.record.identity_key else { return Ok(1) };
        let own = (received, view.record.registration_no.clone());
        let others = self.store.applications_of(view.record.agency, key, 20_000).await?;
        let before = others
            .iter()
            .filter(|one| one.id != view.record.id)
            .filter_map(|one| Some((one.standing.received?, one.registration_no.clone())))
            .filter(|(day, _)| day.year() == received.year() && day.month() == received.month())
            .filter(|one| *one < own)
            .count();
        Ok(u64::try_from(before + 1).unwrap_or(u64::MAX))
    }

    /// Everything a letter is made of.
    ///
    /// # Errors
    /// A field is wrong.
    pub(super) async fn letter_request(&self, making: &Making<'_>) -> Result<LetterRequest, Fault> {
        let mut facts = self.known_facts(making).await?;
        let (joined, third_of_others, internet) = self.joined_words(&making.content.joined).await?;
        if let Some(Value::Text(description)) = facts.get_mut(&Fact::Description) {
            description.push_str(&joined);
        }
        facts.extend(making.content.values(making.kind)?);
        let mut hidden = making.content.hidden.clone();
        let view = making.view;
        if making.kind.goes_to_applicant() {
            // What the applicant wrote tells the applicant nothing; other organs are named where the law wants it (第三十六条第五项).
            let own = facts.get(&Fact::Description).map(Value::text).unwrap_or_default();
            let third = view.parties.iter().filter(|one| one.kind == ConsultationKind::ThirdParty);
            let third = third.map(|one| one.party.name.clone()).chain(third_of_others);
            hidden.extend(third.filter(|name| !own.contains(name.trim())));
            if facts.get(&Fact::ThirdParty).is_some_and(|name| own.contains(name.text().trim())) {
                facts.remove(&Fact::ThirdParty);
            }
        } else {
            let form = &view.form;
            hidden.extend([&form.id_number, &form.phone, &form.agent_name, &form.contact].into_iter().cloned());
            hidden.retain(|word| !word.trim().is_empty());
        }
        Ok(LetterRequest {
            kind: making.kind,
            served: making.on,
            service: if internet && making.kind.goes_to_applicant() { Service::Internet } else { making.service },
            facts,
            withheld: making.content.parts()?,
            hidden,
        })
    }

    /// What a letter begins with: what the case suggests for the fields that the officer fills in.
    pub(super) async fn first_content(
        &self,
        view: &ApplicationView,
        kind: LetterKind,
        today: Date,
    ) -> Result<LetterContent, Fault> {
        let directory = self.directory();
        let settings = &directory.get(view.record.agency).ok_or(Fault::NotFound)?.settings;
        let mut facts: BTreeMap<Fact, String> = BTreeMap::new();
        let later = |days: u16| self.calendar().add_workdays(today, u32::from(days), &Pauses::none());
        let counts = || {
            let year = today.year();
            let mine = view.this_year;
            format!("{year}年以来，您（贵单位）向本机关提出政府信息公开申请{mine}件")
        };
        let said = |kind: NoteKind| view.notes.iter().rev().find(|one| one.kind == kind).map(|one| &one.text);
        match kind {
            LetterKind::L02 => {
                let items: Vec<&str> = view.missing.iter().map(|(_, sentence)| sentence.as_str()).collect();
                facts.insert(Fact::CorrectionItems, items.join("\n"));
                if let Ok(day) = later(settings.correction_days) {
                    facts.insert(Fact::CorrectionDue, day.to_string());
                }
            }
            LetterKind::L08 => {
                facts.insert(Fact::FeePaymentWay, settings.fee_way.clone());
            }
            LetterKind::L09 => {
                facts.insert(Fact::ApplicationCounts, counts());
                if let Ok(day) = later(10) {
                    facts.insert(Fact::ReasonDue, day.to_string());
                }
            }
            LetterKind::L11 => {
                facts.insert(Fact::ProvisionWay, "随本答复书附件提供".to_owned());
            }
            LetterKind::L15d => {
                facts.insert(Fact::ConsultationResult, consulted(view));
            }
            LetterKind::L16 => {
                if let Some(search) = view.notes.iter().rev().find(|one| one.kind == NoteKind::Search) {
                    facts.insert(Fact::SearchedSystems, search.text.systems.clone());
                    facts.insert(Fact::SearchedKeywords, search.text.keywords.clone());
                    facts.insert(Fact::SearchedPeriod, search.text.period.clone());
                    facts.insert(Fact::SearchedBy, search.text.by.clone());
                    facts.insert(Fact::SearchedOn, search.on.to_string());
                }
            }
            LetterKind::L18 => {
                if let Some((number, day)) = self.earlier_reply(view).await? {
                    facts.insert(Fact::EarlierNumber, number);
                    facts.insert(Fact::EarlierRepliedOn, day.to_string());
                }
            }
            LetterKind::L32 => {
                let words = said(NoteKind::Suggestion).map(|one| one.text.clone()).unwrap_or_default();
                facts.insert(Fact::Suggestion, words);
            }
            LetterKind::L24 => {
                facts.insert(Fact::ApplicationCounts, counts());
                facts.insert(
                    Fact::ApplicantReason,
                    said(NoteKind::Reason).map(|one| one.text.clone()).unwrap_or_default(),
                );
            }
            LetterKind::L30 => {
                let day = day_of(view, |event| match event {
                    Event::Withdrawn { on } => Some(*on),
                    _ => None,
                });
                facts.insert(Fact::WithdrawnOn, day.map(|day| day.to_string()).unwrap_or_default());
                let words = said(NoteKind::Withdrawal).map(|one| one.text.clone()).unwrap_or_default();
                facts.insert(Fact::WithdrawalStatement, words);
            }
            _ => {}
        }
        let facts = facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(fact, value)| (fact.name().to_owned(), value))
            .collect();
        Ok(LetterContent { facts, ..LetterContent::default() })
    }

    /// Number and day of the reply to an earlier application of the same applicant, the latest first.
    async fn earlier_reply(&self, view: &ApplicationView) -> Result<Option<(String, Date)>, Fault> {
        let same =
            view.earlier.iter().filter(|one| one.subject_key.is_some() && one.subject_key == view.record.subject_key);
        for one in same.take(20) {
            let letters = self.store.letters(one.id).await?;
            let served = |letter: &&LetterRecord| letter.state == LetterState::Served && letter.outcome.is_some();
            if let Some(letter) = letters.iter().rev().find(served)
                && let (Some(number), Some(day)) = (letter.number.clone(), letter.served_on)
            {
                return Ok(Some((number, day)));
            }
        }
        Ok(None)
    }
}

/// How the third parties answered, in a sentence.
fn consulted(view: &ApplicationView) -> String {
    let told: Vec<String> = view
        .timeline
        .consultations
        .iter()
        .filter(|one| one.kind == ConsultationKind::ThirdParty)
        .filter_map(|one| {
            let (_, answer) = one.closed?;
            let how = match answer {
                Answer::Agreed => "第三方同意公开",
                Answer::Objected => "第三方不同意公开并说明了理由",
                Answer::Silent => "第三方逾期未提出意见",
                Answer::Cancelled => return None,
            };
            let sent = one.sent;
            Some(format!("本机关于{}年{}月{}日书面征求了第三方的意见，{how}", sent.year(), sent.month(), sent.day()))
        })
        .collect();
    told.join("；")
}
