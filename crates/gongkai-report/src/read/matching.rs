//! Finds the rows of a table by their labels: the best in-order matching of printed labels to the form.

use super::token::{Token, TokenKind};
use crate::fold::{key, likeness_from, without_brackets};

/// A row of the form that is looked for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Spellings of its label, as keys; the first is the official one.
    pub keys: Vec<String>,
    /// How many values it has in the editions, most usual first.
    pub counts: &'static [usize],
    /// Whether a label without any value may be this row.
    pub may_be_bare: bool,
}

/// A row of the form, found at a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// The index into the wanted rows.
    pub wanted: usize,
    /// The first token of the label.
    pub label_from: usize,
    /// The last token of the label.
    pub label: usize,
    /// The tokens of the values: from here (inclusive) …
    pub from: usize,
    /// … to here (exclusive).
    pub to: usize,
    /// How alike the label is, in thousandths.
    pub score: u32,
}

/// A label with the values behind it.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    label: usize,
    from: usize,
    to: usize,
    numbers: usize,
}

fn candidates(tokens: &[Token]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Label {
            continue;
        }
        let from = index + 1;
        let mut to = from;
        let mut numbers = 0;
        while let Some(next) = tokens.get(to) {
            if next.kind == TokenKind::Label || next.row_start {
                break;
            }
            if matches!(next.kind, TokenKind::Value | TokenKind::Glued) {
                numbers += 1;
            }
            to += 1;
        }
        found.push(Candidate { label: index, from, to, numbers });
    }
    found
}

const MOST_JOINS: usize = 7;
/// From here on, in thousandths, a label may be a misspelt one of the form.
const ALIKE: u32 = 620;

/// The label of a candidate joined with up to `MOST_JOINS` labels before it, shortest first.
fn joins(tokens: &[Token], label: usize) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::with_capacity(MOST_JOINS);
    let mut joined = String::new();
    let mut at = label;
    while let Some(token) = tokens.get(at) {
        match token.kind {
            TokenKind::Label => {
                joined.insert_str(0, &token.key);
                out.push((at, joined.clone()));
            }
            TokenKind::HardBlank | TokenKind::SoftBlank => {}
            TokenKind::Value | TokenKind::Glued => break,
        }
        if out.len() >= MOST_JOINS || joined.chars().count() > 48 || at == 0 || token.row_start && out.len() > 1 {
            break;
        }
        at -= 1;
    }
    out
}

/// How well a candidate fits each wanted row: 0 where it does not.
fn scores(tokens: &[Token], candidate: Candidate, wanted: &[Wanted]) -> Vec<(u32, usize)> {
    let bare = candidate.numbers == 0 && candidate.from == candidate.to;
    let joins = joins(tokens, candidate.label);
    let mut out: Vec<(u32, usize)> = wanted
        .iter()
        .map(|row| {
            if bare && !row.may_be_bare {
                return (0, candidate.label);
            }
            joins
                .iter()
                .find(|(_, join)| row.keys.iter().any(|key| key == join))
                .map_or((0, candidate.label), |(at, _)| (1000, *at))
        })
        .collect();
    if bare || out.iter().any(|(score, _)| *score == 1000) {
        return out;
    }
    let plain = tokens.get(candidate.label).map(|token| key(&without_brackets(&token.text))).unwrap_or_default();
    for (row, slot) in wanted.iter().zip(out.iter_mut()) {
        for key in &row.keys {
            if !plain.is_empty() && plain == *key {
                *slot = (960, candidate.label);
                continue;
            }
            for (at, join) in &joins {
                let score = likeness_from(join, key, ALIKE);
                if score >= ALIKE && score > slot.0 {
                    *slot = (score.min(990), *at);
                }
            }
        }
    }
    out
}

/// The best in-order matching. `within` tells whether a token stands where the table is expected.
pub(crate) fn match_rows(tokens: &[Token], wanted: &[Wanted], within: &dyn Fn(usize) -> bool) -> Vec<Match> {
    let candidates = candidates(tokens);
    let columns = wanted.len() + 1;
    // best[i][j]: the best sum over the first i candidates and j wanted rows.
    let mut best = vec![0_u32; (candidates.len() + 1) * columns];
    let mut gains: Vec<Vec<(u32, usize)>> = Vec::with_capacity(candidates.len());
    for (i, candidate) in candidates.iter().enumerate() {
        let mut gain = scores(tokens, *candidate, wanted);
        let bonus_place = u32::from(within(candidate.label)) * 120;
        for (row, slot) in wanted.iter().zip(gain.iter_mut()) {
            if slot.0 == 0 {
                continue;
            }
            slot.0 = if candidate.numbers == 0 && candidate.from == candidate.to {
                250
            } else if candidate.numbers == 0 {
                slot.0 / 2
            } else if row.counts.contains(&candidate.numbers) {
                slot.0 + 200
            } else {
                slot.0
            } + bonus_place;
        }
        for j in 0..wanted.len() {
            let skip_candidate = best.get(i * columns + j + 1).copied().unwrap_or(0);
            let skip_row = best.get((i + 1) * columns + j).copied().unwrap_or(0);
            let gain_here = gain.get(j).map_or(0, |(gain, _)| *gain);
            let take = if gain_here > 0 { best.get(i * columns + j).copied().unwrap_or(0) + gain_here } else { 0 };
            if let Some(slot) = best.get_mut((i + 1) * columns + j + 1) {
                *slot = skip_candidate.max(skip_row).max(take);
            }
        }
        gains.push(gain);
    }
    trace(&best, &candidates, &gains, wanted.len())
}

fn trace(best: &[u32], candidates: &[Candidate], gains: &[Vec<(u32, usize)>], rows: usize) -> Vec<Match> {
    let columns = rows + 1;
    let at = |i: usize, j: usize| best.get(i * columns + j).copied().unwrap_or(0);
    let (mut i, mut j) = (candidates.len(), rows);
    let mut found = Vec::new();
    while i > 0 && j > 0 {
        if at(i, j) == at(i, j - 1) {
            j -= 1;
            continue;
        }
        if at(i, j) == at(i - 1, j) {
            i -= 1;
            continue;
        }
        i -= 1;
        j -= 1;
        if let (Some(candidate), Some((score, label_from))) =
            (candidates.get(i), gains.get(i).and_then(|gain| gain.get(j)))
        {
            found.push(Match {
                wanted: j,
                label_from: *label_from,
                label: candidate.label,
                from: candidate.from,
                to: candidate.to,
                score: *score,
            });
        }
    }
    found.reverse();
    found
}

/// Labels with values that matched nothing, between the first and the last match.
pub(crate) fn unmatched(tokens: &[Token], matches: &[Match]) -> Vec<(usize, usize, usize)> {
    let (Some(first), Some(last)) = (matches.first(), matches.last()) else { return Vec::new() };
    candidates(tokens)
        .into_iter()
        .filter(|candidate| {
            candidate.numbers > 0
                && candidate.label > first.label
                && candidate.label < last.label
                && !matches.iter().any(|m| m.label == candidate.label)
        })
        .map(|candidate| (candidate.label, candidate.from, candidate.to))
        .collect()
}

/// How many labels outside `matches` carry values and are spelt like a wanted row.
pub(crate) fn repeats(tokens: &[Token], wanted: &[Wanted], matches: &[Match]) -> Vec<(usize, usize)> {
    candidates(tokens)
        .into_iter()
        .filter(|candidate| candidate.numbers > 0 && !matches.iter().any(|m| m.label == candidate.label))
        .filter_map(|candidate| {
            let joins = joins(tokens, candidate.label);
            let row = wanted
                .iter()
                .position(|row| row.keys.first().is_some_and(|key| joins.iter().any(|(_, join)| join == key)))?;
            Some((row, candidate.label))
        })
        .collect()
}
