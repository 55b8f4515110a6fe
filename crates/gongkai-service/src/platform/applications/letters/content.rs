//! What an officer writes into a letter: facts by name, the parts withheld, words that must not stand in it, a text of the own.

use std::collections::BTreeMap;

use gongkai_law::Outcome;
use gongkai_letters::{Fact, Value, Withheld, optional, required};
use gongkai_model::application::{LetterKind, is_reply};
use gongkai_model::audit::sm3_hex;
use gongkai_model::ids::ApplicationId;
use serde::{Deserialize, Serialize};

use crate::platform::Fault;

/// A part that is withheld.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WithheldPart {
    /// What it is, without its content.
    pub what: String,
    /// The code of the ground.
    pub ground: String,
    /// Why.
    pub reason: String,
}

/// What an officer writes into a letter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LetterContent {
    /// Facts by their names; several items each on a line.
    pub facts: BTreeMap<String, String>,
    /// The parts withheld, of a partial disclosure.
    pub withheld: Vec<WithheldPart>,
    /// Words that must not stand in it, such as the name of the third party.
    pub hidden: Vec<String>,
    /// The other applications of the same applicant that the letter answers too.
    #[serde(with = "as_words", skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<ApplicationId>,
    /// The paragraphs as the officer has rewritten them; none where the wording is that of the template.
    pub body: Option<String>,
}

/// Identities as they are written.
mod as_words {
    use gongkai_model::ids::ApplicationId;
    use serde::de::{Deserialize as _, Deserializer, Error as _};
    use serde::ser::{Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(ids: &[ApplicationId], to: S) -> Result<S::Ok, S::Error> {
        ids.iter().map(ToString::to_string).collect::<Vec<_>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ApplicationId>, D::Error> {
        let words = Vec::<String>::deserialize(from)?;
        words.iter().map(|word| word.parse().map_err(D::Error::custom)).collect()
    }
}

/// A fact that the officer fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactField {
    /// Its name, also its label.
    pub name: &'static str,
    /// Whether the letter cannot do without it.
    pub needed: bool,
    /// Whether it is a day.
    pub is_date: bool,
    /// Whether it may have several lines.
    pub is_long: bool,
    /// What it may be filled with; empty where anything.
    pub choices: &'static [&'static str],
    /// Whether several choices may stand together.
    pub several: bool,
    /// What is written now.
    pub value: String,
    /// A word of help.
    pub help: &'static str,
}

/// What the case knows itself, so that nobody types it.
const KNOWN: [Fact; 25] = [
    Fact::ProvisionalNote,
    Fact::OrganName,
    Fact::DocumentNumber,
    Fact::FormedOn,
    Fact::Applicant,
    Fact::Recipient,
    Fact::ThirdParty,
    Fact::ReceivedOn,
    Fact::Channel,
    Fact::RegistrationNumber,
    Fact::Description,
    Fact::Contact,
    Fact::ReconsiderationOrgan,
    Fact::SuperiorDepartment,
    Fact::OnlineChannel,
    Fact::Court,
    Fact::ReplyDue,
    Fact::QueryCode,
    Fact::ApprovedOn,
    Fact::CorrectionNotifiedOn,
    Fact::ConsulteeKind,
    Fact::ConsultationSentOn,
    Fact::JointMaking,
    Fact::FeeOrdinal,
    Fact::FeeAmount,
];

/// Whether the case fills a fact of a letter.
fn is_known(kind: LetterKind, fact: Fact) -> bool {
    KNOWN.contains(&fact)
        || match kind {
            LetterKind::L03 => fact == Fact::CorrectionDue,
            LetterKind::L04 => fact == Fact::NewReplyDue,
            LetterKind::L27 => matches!(fact, Fact::FeeNotifiedOn | Fact::FeeDue),
            _ => false,
        }
}

fn is_long(fact: Fact) -> bool {
    matches!(
        fact,
        Fact::CorrectionItems
            | Fact::Reason
            | Fact::ConsultedMatter
            | Fact::AffectedReason
            | Fact::ConsultedQuestion
            | Fact::ExtensionReason
            | Fact::DisclosedPart
            | Fact::DisclosedContent
            | Fact::DisclosureReason
            | Fact::AccessWay
            | Fact::ApplicationCounts
            | Fact::ReasonItems
            | Fact::DelayReason
            | Fact::Unreasonable
            | Fact::ApplicantReason
            | Fact::ConsultationResult
            | Fact::WithdrawalStatement
            | Fact::AssistedMatter
            | Fact::UnclearPoint
            | Fact::FormReason
    )
}

fn help(kind: LetterKind, fact: Fact) -> &'static str {
    match fact {
        Fact::CorrectionItems => "一项一行，写明要补什么、怎么补。补正只能要求一次",
        Fact::CorrectionDue => "合理的期限；逾期不补正的，视为放弃申请",
        Fact::ExtensionDays => "1至20个工作日；只能延长一次",
        Fact::ConsultedMatter => "写拟公开的信息，不写申请人是谁",
        Fact::ConsultedQuestion => "请对方答复的问题",
        Fact::AnswerDue => "函里写明的答复日期",
        Fact::FeeMode => "按件或者按量，由本机关选择，不能两种都收",
        Fact::FeePages => "按量计收的填写：页数",
        Fact::ProvisionWay => "例如“随本答复书附件提供”；改用告知途径的不填",
        Fact::AccessWay if kind == LetterKind::L11 => "不随信提供的填写：到哪里、怎样取得，并写时间",
        Fact::AccessWay => "网址、栏目、标题、日期，或者地点",
        Fact::FormReason => "没有按要求的形式提供的，说明原因",
        Fact::ProhibitingProvision => "法律、行政法规的名称加书名号，写到第几条",
        Fact::ClassificationBasis => "原定密机关的文件，或者派生定密的依据",
        Fact::SearchedSystems | Fact::SearchedKeywords | Fact::SearchedPeriod | Fact::SearchedBy => "与检索记录一致",
        Fact::ResponsibleOrgan => "能够确定的填写；填了就要写联系方式",
        Fact::DisclosedPart => "公开了什么，怎样提供",
        Fact::Reason => "对着条文说明理由，不写出不予公开的内容",
        _ => "",
    }
}

impl LetterContent {
    /// The fields of a letter, with what is written; `joint` says whether a co-maker is asked.
    pub(super) fn fields(&self, kind: LetterKind, joint: bool) -> Vec<FactField> {
        let needed = required(kind).into_iter().map(|fact| (fact, true));
        let further = optional(kind).into_iter().map(|fact| (fact, false));
        needed
            .chain(further)
            .filter(|(fact, _)| !fact.is_derived() && !is_known(kind, *fact))
            .filter(|(fact, _)| !(joint && *fact == Fact::AnswerDue))
            .map(|(fact, needed)| FactField {
                name: fact.name(),
                needed: needed || (kind == LetterKind::L06 && fact == Fact::AnswerDue),
                is_date: fact.is_date(),
                is_long: is_long(fact),
                choices: fact.choices(),
                several: matches!(fact, Fact::EndangeredInterest | Fact::InternalKind | Fact::ProcessKind),
                value: self.facts.get(fact.name()).cloned().unwrap_or_default(),
                help: help(kind, fact),
            })
            .collect()
    }

    /// The content with everything that no field of the letter asks for left out, lines trimmed.
    pub(super) fn tidy(mut self, kind: LetterKind) -> Self {
        let fields = self.fields(kind, false);
        let trimmed = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
        self.facts = fields
            .iter()
            .map(|field| (field.name.to_owned(), trimmed(&field.value)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        self.withheld = self
            .withheld
            .into_iter()
            .map(|one| WithheldPart { what: trimmed(&one.what), ground: one.ground, reason: trimmed(&one.reason) })
            .filter(|one| kind == LetterKind::L14 && !(one.what.is_empty() && one.reason.is_empty()))
            .collect();
        self.hidden = self.hidden.iter().map(|word| trimmed(word)).filter(|word| !word.is_empty()).collect();
        self.joined.sort_unstable();
        self.joined.dedup();
        if !is_reply(kind) {
            self.joined.clear();
        }
        self.body = self.body.map(|text| trimmed(&text)).filter(|text| !text.is_empty());
        self
    }

    /// The facts as letters take them.
    ///
    /// # Errors
    /// A day is no day.
    pub(super) fn values(&self, kind: LetterKind) -> Result<BTreeMap<Fact, Value>, Fault> {
        let mut out = BTreeMap::new();
        let mut wrong = Vec::new();
        for field in self.fields(kind, false) {
            let Some(fact) = Fact::parse(field.name).filter(|_| !field.value.is_empty()) else { continue };
            if fact.is_date() {
                match field.value.parse() {
                    Ok(day) => {
                        out.insert(fact, Value::Date(day));
                    }
                    Err(_) => wrong.push((field.name.to_owned(), format!("{}写成2026-01-09的样子", field.name))),
                }
            } else if fact == Fact::CorrectionItems {
                let items = field.value.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
                out.insert(fact, Value::List(items.collect()));
            } else {
                out.insert(fact, Value::Text(field.value.split('\n').map(str::trim).collect::<Vec<_>>().join("")));
            }
        }
        if wrong.is_empty() { Ok(out) } else { Err(Fault::Invalid(wrong)) }
    }

    /// The parts withheld as letters take them.
    ///
    /// # Errors
    /// A ground that is none.
    pub(in super::super) fn parts(&self) -> Result<Vec<Withheld>, Fault> {
        self.withheld
            .iter()
            .map(|one| {
                let ground = Outcome::parse(&one.ground)
                    .ok_or_else(|| Fault::field("withheld", format!("请选择“{}”不予公开的依据", one.what)))?;
                Ok(Withheld { what: one.what.clone(), ground, reason: one.reason.clone() })
            })
            .collect()
    }

    /// The hash that signatures bind to: the letter, what was written, the files that go with it, in order.
    pub(super) fn hash(&self, kind: LetterKind, files: &[String]) -> Result<String, Fault> {
        let plain = serde_json::to_string(self).map_err(|error| Fault::Failed(error.to_string()))?;
        let mut text = format!("{}\n{}:{plain}\n", kind.code(), plain.len());
        for file in files {
            text.push_str(&format!("{}:{file}\n", file.len()));
        }
        Ok(sm3_hex(text.as_bytes()))
    }
}
