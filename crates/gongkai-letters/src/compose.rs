//! From facts to a letter, or to the list of what is missing.

use std::collections::BTreeMap;

use gongkai_law::{Article, Instrument, LetterKind, Outcome, Remedy, RemedyLaw, cite};
use gongkai_manuscript::{Block, Manuscript, Paragraph, Place, Side};
use jiff::civil::Date;

use crate::fact::{goes_to_applicant, required};
use crate::template::{Line, Piece};
use crate::{Fact, Templates, Value};

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

/// Why a letter is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// Facts are missing.
    #[error("{0}不能生成：缺少{missing}", missing = .1.join("、"))]
    Missing(String, Vec<&'static str>),
    /// A ground that withholds nothing.
    #[error(
        "“{0}”不是不予公开的理由。部分公开中不予公开的部分，依据条例第十四、十五、十六条，或者属于行政查询事项、不属于政府信息"
    )]
    Ground(&'static str),
    /// A word that must not be told.
    #[error("{0}中出现了不应透露的内容（第三方、申请人或者不予公开的内容）。请改写有关事实后再生成")]
    Reveals(String),
}

fn articles(request: &LetterRequest) -> Vec<Article> {
    let given = |fact: Fact| request.facts.get(&fact).is_some_and(|value| !value.is_empty());
    let mut list: Vec<Article> = request.kind.articles().to_vec();
    match request.kind {
        LetterKind::L06 => {
            let joint = given(Fact::JointMaking);
            list.retain(|article| article.number == 11 || (article.number == 34) == joint);
        }
        LetterKind::L08 => {
            let standard = request.facts.get(&Fact::FeeStandard).map(Value::inline).unwrap_or_default();
            let unused = if standard.contains("按件") { 5 } else { 4 };
            list.retain(|article| article.instrument != Instrument::FeeMeasures || article.number != unused);
        }
        LetterKind::L14 => {
            for part in &request.withheld {
                for article in part.ground.articles() {
                    // The list of reply types is cited once, by the part's own article.
                    if article.number != 36 && !list.contains(&article) {
                        list.push(article);
                    }
                }
            }
        }
        _ => {}
    }
    list
}

fn remedy(request: &LetterRequest) -> Remedy {
    use LetterKind as L;
    let by_outcome = match request.kind {
        L::L14 => {
            let grounds: Vec<Outcome> = request.withheld.iter().map(|part| part.ground).collect();
            Outcome::Partial.remedy(&grounds)
        }
        L::L15a | L::L15b | L::L15c | L::L15d | L::L15e | L::L15f | L::L15g => Remedy::ReconsiderationFirst,
        kind if kind.has_remedy() => Remedy::Either,
        _ => Remedy::None,
    };
    RemedyLaw::on(request.served).remedy(by_outcome)
}

/// The shared part that states a remedy, and the facts it needs.
fn remedy_part(request: &LetterRequest, remedy: Remedy) -> (&'static str, Vec<Fact>) {
    let mut needs = vec![Fact::ReconsiderationOrgan];
    if request.service == Service::Internet && RemedyLaw::on(request.served) != RemedyLaw::Before2024 {
        needs.push(Fact::OnlineChannel);
    }
    match (RemedyLaw::on(request.served), remedy) {
        (_, Remedy::None) => ("", Vec::new()),
        (RemedyLaw::Before2024, _) => {
            needs.extend([Fact::SuperiorDepartment, Fact::Court]);
            ("二〇二四年以前救济", needs)
        }
        (_, Remedy::ReconsiderationFirst) => ("先复议", needs),
        (_, Remedy::Mixed) => {
            needs.push(Fact::Court);
            ("分别救济", needs)
        }
        (_, Remedy::Either) => {
            needs.push(Fact::Court);
            ("复议或诉讼", needs)
        }
    }
}

struct Writer<'r> {
    facts: &'r BTreeMap<Fact, Value>,
    articles: String,
    withheld: Vec<String>,
}

impl Writer<'_> {
    fn given(&self, fact: Fact) -> bool {
        match fact {
            Fact::Articles => !self.articles.is_empty(),
            Fact::WithheldParts => !self.withheld.is_empty(),
            fact => self.facts.get(&fact).is_some_and(|value| !value.is_empty()),
        }
    }

    fn text(&self, pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Fact(Fact::Articles) => self.articles.clone(),
                Piece::Fact(Fact::WithheldParts) => self.withheld.join("；"),
                Piece::Fact(fact) => self.facts.get(fact).map(Value::inline).unwrap_or_default(),
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

/// Makes a letter.
///
/// # Errors
/// Names the facts that are missing; refuses a ground that withholds nothing and words that must not be told.
pub fn compose(templates: &Templates, request: &LetterRequest) -> Result<Composed, LetterError> {
    let kind = request.kind;
    let name = || format!("{}（{}）", kind.title(), kind.code());
    for part in &request.withheld {
        if !part.ground.withholds() && !matches!(part.ground, Outcome::StatutoryInquiry | Outcome::NotGovernmentInfo) {
            return Err(LetterError::Ground(part.ground.label()));
        }
    }
    let remedy = remedy(request);
    let (part, needs) = remedy_part(request, remedy);
    let articles = articles(request);
    let withheld = request
        .withheld
        .iter()
        .map(|part| {
            let cited = cite(&part.ground.articles());
            format!("{}：{}（{cited}）。理由：{}。", part.what, part.ground.label(), part.reason.trim_end_matches('。'))
        })
        .collect();
    let writer = Writer { facts: &request.facts, articles: cite(&articles), withheld };
    let mut missing: Vec<&'static str> =
        required(kind).into_iter().chain(needs).filter(|fact| !writer.given(*fact)).map(Fact::name).collect();
    if kind == LetterKind::L06 && !writer.given(Fact::JointMaking) && !writer.given(Fact::AnswerDue) {
        missing.push("答复时限（共同制作机关则写共同制作）");
    }
    if !missing.is_empty() {
        missing.dedup();
        return Err(LetterError::Missing(name(), missing));
    }

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
    if !goes_to_applicant(kind) {
        hidden.extend(request.facts.get(&Fact::Applicant).map(Value::inline));
    }
    let told = hidden.iter().map(|word| word.trim()).filter(|word| word.chars().count() >= 2);
    for word in told {
        if manuscript.paragraphs().any(|paragraph| paragraph.text.contains(word)) {
            return Err(LetterError::Reveals(name()));
        }
    }
    Ok(Composed { kind, title: kind.title().to_owned(), manuscript, articles, remedy })
}
