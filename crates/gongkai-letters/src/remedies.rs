//! The articles a letter cites and the remedy it names, by its kind, its facts and the day of service.

use gongkai_law::clock::Channel;
use gongkai_law::{Article, Fee, Instrument, LetterKind, Outcome, Remedy, RemedyLaw};

use crate::words::{is_joint, text};
use crate::{Fact, LetterRequest, Service};

/// What a letter cites.
pub(crate) fn articles(request: &LetterRequest, fee: Option<&Fee>) -> Vec<Article> {
    let mut list: Vec<Article> = request.kind.articles().to_vec();
    match request.kind {
        LetterKind::L01 => {
            if let Some(channel) = Channel::named(&text(request, Fact::Channel)) {
                for article in list.iter_mut().filter(|article| article.number == 31) {
                    *article = channel.article();
                }
            }
        }
        LetterKind::L06 => {
            let joint = is_joint(request);
            list.retain(|article| article.number == 11 || (article.number == 34) == joint);
        }
        LetterKind::L08 => {
            let other = |article: &Article| {
                article.instrument == Instrument::FeeMeasures
                    && matches!(article.number, 4 | 5)
                    && fee.is_some_and(|fee| fee.article != *article)
            };
            list.retain(|article| !other(article));
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

/// Whether the letter decides to withhold or to disclose over an objection: it calls itself a decision.
fn is_decision(kind: LetterKind) -> bool {
    use LetterKind as L;
    withholds(kind) || kind == L::L13
}

fn withholds(kind: LetterKind) -> bool {
    use LetterKind as L;
    matches!(kind, L::L15a | L::L15b | L::L15c | L::L15d | L::L15e | L::L15f | L::L15g)
}

/// What the remedy paragraph calls the letter.
pub(crate) fn this_letter(kind: LetterKind) -> &'static str {
    if is_decision(kind) { "本决定" } else { "本答复" }
}

/// The remedy against a letter.
pub(crate) fn remedy(request: &LetterRequest) -> Remedy {
    let by_outcome = match request.kind {
        LetterKind::L14 => {
            let grounds: Vec<Outcome> = request.withheld.iter().map(|part| part.ground).collect();
            Outcome::Partial.remedy(&grounds)
        }
        kind if withholds(kind) => Remedy::ReconsiderationFirst,
        kind if kind.has_remedy() => Remedy::Either,
        _ => Remedy::None,
    };
    RemedyLaw::on(request.served).remedy(by_outcome)
}

/// The shared part that states a remedy, and the facts it needs.
pub(crate) fn part(request: &LetterRequest, remedy: Remedy) -> (&'static str, Vec<Fact>) {
    let law = RemedyLaw::on(request.served);
    let mut needs = vec![Fact::ReconsiderationOrgan];
    if request.service == Service::Internet && law != RemedyLaw::Before2024 {
        needs.push(Fact::OnlineChannel);
    }
    let name = match (law, remedy) {
        (_, Remedy::None) => return ("", Vec::new()),
        (_, Remedy::ReconsiderationFirst) => return ("先复议", needs),
        // The superior department is named where there is one: none stands above a government, and it alone
        // reconsiders in a vertical system.
        (RemedyLaw::Before2024, Remedy::Either | Remedy::Mixed) => "二〇二四年以前救济",
        (RemedyLaw::From2024 | RemedyLaw::From2025June, Remedy::Mixed) => "分别救济",
        (RemedyLaw::From2024 | RemedyLaw::From2025June, Remedy::Either) => "复议或诉讼",
    };
    needs.push(Fact::Court);
    (name, needs)
}
