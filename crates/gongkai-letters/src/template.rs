//! The wording: texts with names in braces, checked when they are loaded.
//!
//! A line is a paragraph. `主送 {申请人}` is the addressee. `@开头` takes in a shared part, `@落款` places
//! name and date before what is appended. `{名称}` is a fact. `[名称|文字]`
//! prints its words only where the fact is given; it may hold another.

use std::collections::BTreeMap;

use gongkai_law::LetterKind;

use crate::Fact;
use crate::needs::{required, stated};

/// The parts that letters share.
const PARTS: [(&str, &str); 6] = [
    ("开头", include_str!("../templates/开头.txt")),
    ("联系", include_str!("../templates/联系.txt")),
    ("先复议", include_str!("../templates/先复议.txt")),
    ("复议或诉讼", include_str!("../templates/复议或诉讼.txt")),
    ("分别救济", include_str!("../templates/分别救济.txt")),
    ("二〇二四年以前救济", include_str!("../templates/二〇二四年以前救济.txt")),
];

/// The name by which a letter takes in the remedy paragraph that the law gives it.
const REMEDY: &str = "救济";

/// The name by which a letter places name and date before its end.
const SIGNATURE: &str = "落款";

const LETTERS: [(LetterKind, &str); 38] = [
    (LetterKind::L01, include_str!("../templates/L01.txt")),
    (LetterKind::L02, include_str!("../templates/L02.txt")),
    (LetterKind::L03, include_str!("../templates/L03.txt")),
    (LetterKind::L04, include_str!("../templates/L04.txt")),
    (LetterKind::L05, include_str!("../templates/L05.txt")),
    (LetterKind::L06, include_str!("../templates/L06.txt")),
    (LetterKind::L07, include_str!("../templates/L07.txt")),
    (LetterKind::L08, include_str!("../templates/L08.txt")),
    (LetterKind::L09, include_str!("../templates/L09.txt")),
    (LetterKind::L10, include_str!("../templates/L10.txt")),
    (LetterKind::L11, include_str!("../templates/L11.txt")),
    (LetterKind::L12, include_str!("../templates/L12.txt")),
    (LetterKind::L13, include_str!("../templates/L13.txt")),
    (LetterKind::L14, include_str!("../templates/L14.txt")),
    (LetterKind::L15a, include_str!("../templates/L15a.txt")),
    (LetterKind::L15b, include_str!("../templates/L15b.txt")),
    (LetterKind::L15c, include_str!("../templates/L15c.txt")),
    (LetterKind::L15d, include_str!("../templates/L15d.txt")),
    (LetterKind::L15e, include_str!("../templates/L15e.txt")),
    (LetterKind::L15f, include_str!("../templates/L15f.txt")),
    (LetterKind::L15g, include_str!("../templates/L15g.txt")),
    (LetterKind::L16, include_str!("../templates/L16.txt")),
    (LetterKind::L17, include_str!("../templates/L17.txt")),
    (LetterKind::L18, include_str!("../templates/L18.txt")),
    (LetterKind::L19, include_str!("../templates/L19.txt")),
    (LetterKind::L20, include_str!("../templates/L20.txt")),
    (LetterKind::L21, include_str!("../templates/L21.txt")),
    (LetterKind::L22, include_str!("../templates/L22.txt")),
    (LetterKind::L23, include_str!("../templates/L23.txt")),
    (LetterKind::L24, include_str!("../templates/L24.txt")),
    (LetterKind::L25, include_str!("../templates/L25.txt")),
    (LetterKind::L26, include_str!("../templates/L26.txt")),
    (LetterKind::L27, include_str!("../templates/L27.txt")),
    (LetterKind::L28, include_str!("../templates/L28.txt")),
    (LetterKind::L29, include_str!("../templates/L29.txt")),
    (LetterKind::L30, include_str!("../templates/L30.txt")),
    (LetterKind::L31, include_str!("../templates/L31.txt")),
    (LetterKind::L32, include_str!("../templates/L32.txt")),
];

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Fact(Fact),
    /// Printed only where the fact is given.
    If(Fact, Vec<Piece>),
}

/// A line of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    Addressee(Vec<Piece>),
    Paragraph(Vec<Piece>),
    Remedy,
    /// Name and date, where they do not stand at the end.
    Signature,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("模板“{name}”{}：{what}", if *line > 0 { format!("第{line}行") } else { String::new() })]
pub struct TemplateError {
    /// The template: the number of a letter or the name of a part.
    pub name: String,
    /// The line, from 1; 0 where it is the whole.
    pub line: usize,
    /// What is wrong and what to write.
    pub what: String,
}

/// The wording of every letter.
#[derive(Debug, Clone)]
pub struct Templates {
    parts: BTreeMap<String, Vec<Line>>,
    letters: BTreeMap<LetterKind, Vec<Line>>,
}

/// Reads pieces up to the end or to a bracket that closes.
fn pieces(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, inner: bool) -> Result<Vec<Piece>, String> {
    let mut out = Vec::new();
    let mut text = String::new();
    let take = |text: &mut String, out: &mut Vec<Piece>| {
        if !text.is_empty() {
            out.push(Piece::Text(std::mem::take(text)));
        }
    };
    let name = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>, end: char, open: char| {
        let mut name = String::new();
        loop {
            match chars.next() {
                Some(c) if c == end => break,
                Some(c) if !matches!(c, '{' | '[' | ']' | '}') && name.chars().count() < 20 => name.push(c),
                _ => return Err(format!("“{open}{name}”没有结束")),
            }
        }
        Fact::parse(name.trim()).ok_or_else(|| format!("没有“{}”这一项", name.trim()))
    };
    while let Some(c) = chars.next() {
        match c {
            '{' => {
                take(&mut text, &mut out);
                out.push(Piece::Fact(name(chars, '}', '{')?));
            }
            '[' => {
                take(&mut text, &mut out);
                let fact = name(chars, '|', '[')?;
                out.push(Piece::If(fact, pieces(chars, true)?));
            }
            ']' if inner => {
                take(&mut text, &mut out);
                return Ok(out);
            }
            '}' | ']' => return Err(format!("“{c}”前面没有开始")),
            c => text.push(c),
        }
    }
    if inner {
        return Err("“[”没有结束".to_owned());
    }
    take(&mut text, &mut out);
    Ok(out)
}

fn whole(text: &str) -> Result<Vec<Piece>, String> {
    pieces(&mut text.chars().peekable(), false)
}

/// Every fact that pieces may print or print under.
fn named(pieces: &[Piece], out: &mut Vec<Fact>) {
    for piece in pieces {
        match piece {
            Piece::Fact(fact) => out.push(*fact),
            Piece::If(fact, inner) => {
                out.push(*fact);
                named(inner, out);
            }
            Piece::Text(_) => {}
        }
    }
}

/// The facts that pieces are sure to print.
fn sure(pieces: &[Piece], out: &mut Vec<Fact>) {
    for piece in pieces {
        if let Piece::Fact(fact) = piece {
            out.push(*fact);
        }
    }
}

impl Templates {
    /// The wording that is built in.
    ///
    /// # Errors
    /// Never for the texts that are built in; a test loads them.
    pub fn standard() -> Result<Self, TemplateError> {
        Self::with(&[])
    }

    /// The wording with texts of an office in place of those of the same name: `L02`, `开头`, `先复议` and so on.
    ///
    /// # Errors
    /// The first text that cannot be used, and why.
    pub fn with(texts: &[(&str, &str)]) -> Result<Self, TemplateError> {
        let known = |name: &str| PARTS.iter().any(|(part, _)| *part == name) || LetterKind::parse(name).is_some();
        if let Some((name, _)) = texts.iter().find(|(name, _)| !known(name)) {
            let parts: Vec<&str> = PARTS.iter().map(|(part, _)| *part).collect();
            let what = format!("没有这个模板。可以改的是 L01 至 L32 和{}", parts.join("、"));
            return Err(TemplateError { name: (*name).to_owned(), line: 0, what });
        }
        let own = |name: &str, standard: &'static str| {
            texts
                .iter()
                .rev()
                .find(|(other, _)| *other == name)
                .map_or(standard.to_owned(), |(_, text)| (*text).to_owned())
        };
        let mut templates = Self { parts: BTreeMap::new(), letters: BTreeMap::new() };
        for (name, standard) in PARTS {
            let lines = templates.lines(name, &own(name, standard))?;
            templates.parts.insert(name.to_owned(), lines);
        }
        for (kind, standard) in LETTERS {
            let lines = templates.lines(kind.code(), &own(kind.code(), standard))?;
            Self::check(kind, &lines)?;
            templates.letters.insert(kind, lines);
        }
        Ok(templates)
    }

    fn lines(&self, name: &str, text: &str) -> Result<Vec<Line>, TemplateError> {
        let mut out = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            let fault = |what: String| TemplateError { name: name.to_owned(), line: index + 1, what };
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(part) = line.strip_prefix('@') {
                if part == REMEDY {
                    out.push(Line::Remedy);
                } else if part == SIGNATURE {
                    out.push(Line::Signature);
                } else if let Some(lines) = self.parts.get(part) {
                    out.extend(lines.iter().cloned());
                } else {
                    return Err(fault(format!("没有“{part}”这一部分")));
                }
            } else if let Some(rest) = line.strip_prefix("主送 ") {
                out.push(Line::Addressee(whole(rest).map_err(fault)?));
            } else {
                out.push(Line::Paragraph(whole(line).map_err(fault)?));
            }
        }
        Ok(out)
    }

    /// A letter must state what the law wants it to state.
    fn check(kind: LetterKind, lines: &[Line]) -> Result<(), TemplateError> {
        let fault = |what: String| Err(TemplateError { name: kind.code().to_owned(), line: 0, what });
        let mut sure_of = vec![Fact::OrganName, Fact::DocumentNumber, Fact::FormedOn];
        let mut mentioned = Vec::new();
        let mut remedies = 0;
        for line in lines {
            match line {
                Line::Addressee(pieces) | Line::Paragraph(pieces) => {
                    sure(pieces, &mut sure_of);
                    named(pieces, &mut mentioned);
                }
                Line::Remedy => remedies += 1,
                Line::Signature => {}
            }
        }
        let unsure = required(kind).into_iter().filter(|fact| !sure_of.contains(fact));
        let unnamed = stated(kind).into_iter().filter(|fact| !mentioned.contains(fact));
        let missing: Vec<&str> = unsure.chain(unnamed).map(Fact::name).collect();
        if !missing.is_empty() {
            return fault(format!("没有写{}", missing.join("、")));
        }
        let cites = |pieces: &[Piece]| {
            pieces.iter().any(|piece| match piece {
                Piece::Fact(fact) => *fact == Fact::Articles,
                Piece::If(_, inner) => inner.contains(&Piece::Fact(Fact::Articles)),
                Piece::Text(_) => false,
            })
        };
        let cited = lines.iter().any(|line| match line {
            Line::Addressee(pieces) | Line::Paragraph(pieces) => cites(pieces),
            Line::Remedy | Line::Signature => false,
        });
        if !kind.articles().is_empty() && !cited {
            return fault("没有写条款：请用{条款}引用法律依据".to_owned());
        }
        match (kind.has_remedy(), remedies) {
            (true, 1) | (false, 0) => Ok(()),
            (true, 0) => fault("没有写@救济：处理申请的文书要告知救济途径".to_owned()),
            (true, _) => fault("@救济写了不止一次".to_owned()),
            (false, _) => fault("程序性文书不写@救济".to_owned()),
        }
    }

    pub(crate) fn letter(&self, kind: LetterKind) -> &[Line] {
        self.letters.get(&kind).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn part(&self, name: &str) -> &[Line] {
        self.parts.get(name).map_or(&[], Vec::as_slice)
    }
}
