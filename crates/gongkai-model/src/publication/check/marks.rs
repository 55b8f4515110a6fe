//! D10, D11: marks of national secrets and of internal papers.

use std::sync::LazyLock;

use gongkai_manuscript::Manuscript;
use regex::Regex;

use super::{Detector, Hit, Weight, around};

static SECRET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(绝\s*密|机\s*密|秘\s*密)\s*[★☆*＊⭐✩✭✮✯]").ok());

/// A mark in brackets at the head of a line, or one with its term in brackets: `【机密】关于…`, `机密（5年）`.
static HEADED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let bracketed = r"^\s*[【\[(〔「『]\s*(?P<a>绝\s*密|机\s*密|秘\s*密)[^】\])〕」』]{0,8}[】\])〕」』]";
    let termed =
        r"(?P<b>绝\s*密|机\s*密|秘\s*密)\s*[(\[〔]\s*(?:\d{1,2}\s*年|[一二三四五六七八九十]{1,3}\s*年|长期)\s*[)\]〕]";
    Regex::new(&format!("{bracketed}|{termed}")).ok()
});

/// The mark of a line that has one in brackets.
fn headed(line: &str) -> Option<String> {
    let found = HEADED.as_ref()?.captures(line)?;
    let mark = found.name("a").or_else(|| found.name("b"))?;
    Some(mark.as_str().chars().filter(|c| !c.is_whitespace()).collect())
}

/// Words that mark a paper as not for the public.
const INTERNAL: [&str; 15] = [
    "内部资料",
    "内部文件",
    "工作秘密",
    "内部使用",
    "注意保存",
    "不得外传",
    "仅供内部",
    "传阅",
    "征求意见稿",
    "送审稿",
    "讨论稿",
    "此件不公开",
    "此件不予公开",
    "此件依申请公开",
    "会后收回",
];

const ADVICE: &str = "立即停止，不要传阅或转发；报本单位保密工作机构处理";

pub(super) fn scan(text: &str, piece: usize, out: &mut Vec<Hit>) {
    for found in SECRET.as_ref().into_iter().flat_map(|pattern| pattern.find_iter(text)) {
        let mark: String = found.as_str().chars().filter(|c| !c.is_whitespace()).take(2).collect();
        // Nothing of the paper is repeated.
        out.push(secret(format!("{mark}★"), piece));
    }
    if let Some(mark) = headed(text).filter(|_| mark_alone(text).is_none()) {
        out.push(secret(mark, piece));
    }
    for word in INTERNAL {
        if let Some(at) = text.find(word) {
            // 征求意见稿 in the title of a public consultation is right.
            let consulting = word == "征求意见稿" && (text.contains("公开征求") || text.contains("征求社会"));
            out.push(Hit {
                detector: Detector::InternalMark,
                weight: if consulting { Weight::Warn } else { Weight::Block },
                shown: word.to_owned(),
                around: around(text, at, at + word.len()),
                piece,
                source: String::new(),
                advice: "核对文件能否公开；不能公开的改公开属性，能公开的删去标志或写明理由".to_owned(),
            });
        }
    }
}

fn secret(shown: String, piece: usize) -> Hit {
    Hit {
        detector: Detector::SecretMark,
        weight: Weight::Block,
        shown,
        around: String::new(),
        piece,
        source: String::new(),
        advice: ADVICE.to_owned(),
    }
}

/// The mark that a piece of text is, and nothing else: alone, in brackets, after 密级, with its term, or with the number of the page.
fn mark_alone(text: &str) -> Option<&'static str> {
    let beside = |c: &char| {
        c.is_whitespace()
            || c.is_ascii_digit()
            || c.is_ascii_punctuation()
            || "（）【】〔〕［］「」『』《》〈〉·—－–：，。、|".contains(*c)
    };
    let plain: String = text.chars().filter(|c| !beside(c)).take(12).collect();
    let plain = plain.strip_prefix("密级").unwrap_or(&plain);
    let (mark, rest) = plain.split_at_checked("机密".len())?;
    let alone = matches!(rest, "" | "年" | "长期" | "第页" | "第页共页");
    ["绝密", "机密", "秘密"].into_iter().find(|known| *known == mark).filter(|_| alone)
}

/// Whether a manuscript carries a mark of a national secret: the look that keeps a draft apart, with the same rules as the findings.
pub fn has_secret_mark(manuscript: &Manuscript) -> bool {
    super::pieces(manuscript).any(|(_, text, _)| is_secret_mark(text))
}

/// Whether a line, such as a title or the name of a file, carries or is a mark of a national secret.
pub fn is_secret_mark(line: &str) -> bool {
    let folded = super::number::half_width(line);
    SECRET.as_ref().is_some_and(|pattern| pattern.is_match(&folded))
        || headed(&folded).is_some()
        || mark_alone(&folded).is_some()
}

/// A mark that stands alone, wherever: at the head of a paper, in a cell, in the corner of any page.
pub(super) fn lone(text: &str, piece: usize, in_cell: bool, out: &mut Vec<Hit>) {
    if let Some(mark) = mark_alone(&super::number::half_width(text)) {
        out.push(secret(mark.to_owned(), piece));
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // 份号: six digits alone at the top left (GB/T 9704—2012, 7.2.1); it stands on papers with marks of secrecy.
    if !in_cell && piece <= 3 && plain.len() == 6 && plain.chars().all(|c| c.is_ascii_digit()) {
        out.push(Hit {
            detector: Detector::InternalMark,
            weight: Weight::Block,
            shown: plain,
            around: String::new(),
            piece,
            source: String::new(),
            advice: "像是份号，涉密公文才标份号：核对原件；不是的，写明理由".to_owned(),
        });
    }
}
