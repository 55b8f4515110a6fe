//! From facts to a letter, or to the list of what is missing.

use std::collections::BTreeMap;

use gongkai_law::{Article, Calendar, Fee, LetterKind, Outcome, Remedy, RemedyLaw, cite};
use gongkai_manuscript::{Block, Manuscript, Paragraph, Place, Side};
use jiff::civil::Date;

use crate::needs::{alternatives, required};
use crate::template::{Line, Piece};
use crate::{Fact, LetterError, Templates, Value, dates, remedies, words};

/// How a letter is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Service {
    /// Handed over.
    Direct,
    /// By post.
    Post,
    /// Through the internet: the letter must name an online way to apply for reconsideration (复议法 第二十二条第二款).
    Internet,
}

/// A part withheld in a partial disclosure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// What it is, without its content.
    pub what: String,
    /// The ground.
    pub ground: Outcome,
    /// The reason.
    pub reason: String,
}

/// What a letter is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterRequest {
    /// Which letter.
    pub kind: LetterKind,
    /// The day of service: it decides the remedy paragraph.
    pub served: Date,
    /// How it is served.
    pub service: Service,
    /// The facts.
    pub facts: BTreeMap<Fact, Value>,
    /// The parts withheld, for a partial disclosure.
    pub withheld: Vec<Withheld>,
    /// Words that must not stand in it: the third party's name in a letter to the applicant, withheld content.
    pub hidden: Vec<String>,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// Which letter.
    pub kind: LetterKind,
    /// Its title, without the organ.
    pub title: String,
    /// The letter.
    pub manuscript: Manuscript,
    /// What it cites.
    pub articles: Vec<Article>,
    /// The remedy it names.
    pub remedy: Remedy,
}

struct Writer<'r> {
    facts: &'r BTreeMap<Fact, Value>,
    /// What the system writes itself.
    derived: BTreeMap<Fact, String>,
    withheld: Vec<String>,
}

impl Writer<'_> {
    fn given(&self, fact: Fact) -> bool {
        if fact.is_derived() {
            self.derived.get(&fact).is_some_and(|text| !text.is_empty())
        } else {
            self.facts.get(&fact).is_some_and(|value| !value.is_empty())
        }
    }

    fn fact(&self, fact: Fact) -> String {
        if fact.is_derived() {
            self.derived.get(&fact).cloned().unwrap_or_default()
        } else {
            self.facts.get(&fact).map(Value::inline).unwrap_or_default()
        }
    }

    fn text(&self, pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Fact(fact) => self.fact(*fact),
                Piece::If(fact, inner) if self.given(*fact) => self.text(inner),
                Piece::If(..) => String::new(),
            })
            .collect()
    }

    /// A paragraph, or a line for each item of a list that stands alone.
    fn paragraphs(&self, pieces: &[Piece]) -> Vec<String> {
        let items: Option<Vec<String>> = match pieces {
            [Piece::Fact(Fact::WithheldParts)] => Some(self.withheld.clone()),
            [Piece::Fact(fact)] => match self.facts.get(fact) {
                Some(Value::List(items)) => Some(items.clone()),
                Some(Value::Text(_) | Value::Date(_)) | None => None,
            },
            _ => None,
        };
        match items {
            Some(items) => (1..).zip(items).map(|(n, item)| format!("{n}.{}", item.trim())).collect(),
            None => vec![self.text(pieces)],
        }
    }
}

/// A long title with its bracket on a line of its own, so that no word is torn apart.
fn on_lines(title: &str) -> String {
    if title.chars().count() > 20 { title.replacen('（', "\n（", 1) } else { title.to_owned() }
}

/// What the system writes into a letter itself.
fn derived(
    request: &LetterRequest,
    articles: &[Article],
    withheld: &[String],
    fee: Option<&Fee>,
) -> BTreeMap<Fact, String> {
    let basis = cite(RemedyLaw::on(request.served).basis());
    BTreeMap::from([
        (Fact::Articles, cite(articles)),
        (Fact::WithheldParts, withheld.join("；")),
        (Fact::FeeStandard, fee.map(|fee| words::rates(fee).to_owned()).unwrap_or_default()),
        (Fact::FeeCalculation, fee.map(Fee::written_out).unwrap_or_default()),
        (Fact::RemedyBasis, basis),
        (Fact::ThisLetter, remedies::this_letter(request.kind).to_owned()),
    ])
}

/// The facts a letter lacks, by name.
fn missing(request: &LetterRequest, remedy: Vec<Fact>) -> Vec<String> {
    let given = |fact: &Fact| match fact {
        Fact::WithheldParts => !request.withheld.is_empty(),
        Fact::JointMaking => words::is_joint(request),
        fact => request.facts.get(fact).is_some_and(|value| !value.is_empty()),
    };
    let wanted = required(request.kind).into_iter().chain(words::brought_along(request)).chain(remedy);
    let mut missing: Vec<String> = wanted.filter(|fact| !given(fact)).map(|fact| fact.name().to_owned()).collect();
    let groups = alternatives(request.kind);
    if !groups.is_empty() && !groups.iter().any(|group| group.iter().all(given)) {
        let names = groups.iter().map(|group| group.iter().map(|fact| fact.name()).collect::<Vec<_>>().join("和"));
        missing.push(names.collect::<Vec<_>>().join("，或者"));
    }
    for (n, part) in (1..).zip(&request.withheld) {
        for (text, name) in [(&part.what, "内容"), (&part.reason, "理由")] {
            if text.trim().is_empty() {
                missing.push(format!("不予公开部分第{n}项的{name}"));
            }
        }
    }
    missing.dedup();
    missing
}

/// Makes a letter.
///
/// # Errors
/// Names the facts that are missing; refuses a ground that withholds nothing, facts that contradict each other or the
/// law, and words that must not be told.
pub fn compose(templates: &Templates, request: &LetterRequest, calendar: &Calendar) -> Result<Composed, LetterError> {
    let kind = request.kind;
    let name = || format!("{}（{}）", kind.title(), kind.code());
    for part in &request.withheld {
        if !part.ground.withholds() && !matches!(part.ground, Outcome::StatutoryInquiry | Outcome::NotGovernmentInfo) {
            return Err(LetterError::Ground(part.ground.label()));
        }
    }
    let mut request = request.clone();
    let remedy = remedies::remedy(&request);
    let (part, needs) = remedies::part(&request, remedy);
    let missing = missing(&request, needs);
    if !missing.is_empty() {
        return Err(LetterError::Missing(name(), missing));
    }
    let contradiction = |what: String| LetterError::Contradiction(name(), what);
    words::check(&request).map_err(contradiction)?;
    let fee = words::fee(&request).map_err(contradiction)?;
    dates::check(&request, calendar).map_err(contradiction)?;
    if let Some(fee) = &fee {
        request.facts.insert(Fact::FeeAmount, Value::Text(format!("{}元", fee.yuan.0)));
    }
    if !words::is_joint(&request) {
        request.facts.remove(&Fact::JointMaking);
    }
    let articles = remedies::articles(&request, fee.as_ref());
    let withheld: Vec<String> = request
        .withheld
        .iter()
        .map(|part| {
            let cited = cite(&part.ground.articles());
            format!("{}：{}（{cited}）。理由：{}。", part.what, part.ground.label(), part.reason.trim_end_matches('。'))
        })
        .collect();
    let derived = derived(&request, &articles, &withheld, fee.as_ref());
    let writer = Writer { facts: &request.facts, derived, withheld };

    let line = |text: String| Paragraph::new(text, Place::None);
    let organ = request.facts.get(&Fact::OrganName).map(Value::inline).unwrap_or_default();
    let mut blocks = vec![
        Block::Title(line(format!("{organ}\n{}", on_lines(kind.title())))),
        Block::Line(
            Side::Center,
            line(request.facts.get(&Fact::DocumentNumber).map(Value::inline).unwrap_or_default()),
        ),
    ];
    let formed = request.facts.get(&Fact::FormedOn).map(Value::inline).unwrap_or_default();
    let signature = Block::Line(Side::Right, line(format!("{organ}\n{formed}")));
    let mut write = |lines: &[Line]| {
        for one in lines {
            match one {
                Line::Addressee(pieces) => {
                    blocks.push(Block::Line(Side::Left, line(format!("{}：", writer.text(pieces)))));
                }
                Line::Paragraph(pieces) => {
                    let all = writer.paragraphs(pieces).into_iter().filter(|text| !text.trim().is_empty());
                    blocks.extend(all.map(|text| Block::Paragraph(line(text))));
                }
                Line::Signature => blocks.push(signature.clone()),
                Line::Remedy => {}
            }
        }
    };
    for one in templates.letter(kind) {
        match one {
            Line::Remedy => write(templates.part(part)),
            Line::Addressee(_) | Line::Paragraph(_) | Line::Signature => write(std::slice::from_ref(one)),
        }
    }
    if !templates.letter(kind).contains(&Line::Signature) {
        blocks.push(signature);
    }
    let manuscript = Manuscript { blocks };

    let mut hidden: Vec<String> = request.hidden.clone();
    // The applicant is not told who the third party is, nor the third party who applied.
    let others: &[Fact] =
        if kind.goes_to_applicant() { &[Fact::Recipient, Fact::ThirdParty] } else { &[Fact::Applicant] };
    hidden.extend(others.iter().filter_map(|fact| request.facts.get(fact)).map(Value::inline));
    let told = hidden.iter().map(|word| word.trim()).filter(|word| word.chars().count() >= 2);
    for word in told {
        if manuscript.paragraphs().any(|paragraph| paragraph.text.contains(word)) {
            return Err(LetterError::Reveals(name()));
        }
    }
    Ok(Composed { kind, title: kind.title().to_owned(), manuscript, articles, remedy })
}
