//! D10, D11: marks of national secrets and of internal papers.

use std::sync::LazyLock;

use regex::Regex;

use super::{Detector, Hit, Weight, around};

static SECRET: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(绝\s*密|机\s*密|秘\s*密)\s*[★☆*＊]").ok());

/// Words that mark a paper as not for the public.
const INTERNAL: [&str; 16] = [
    "内部资料",
    "内部文件",
    "工作秘密",
    "内部使用",
    "注意保存",
    "不得外传",
    "仅供内部",
    "内部传阅",
    "征求意见稿",
    "送审稿",
    "讨论稿",
    "此件不公开",
    "此件不予公开",
    "此件依申请公开",
    "会后收回",
    "传阅件",
];

const ADVICE: &str = "立即停止，不要传阅或转发；报本单位保密工作机构处理";

pub(super) fn scan(text: &str, piece: usize, out: &mut Vec<Hit>) {
    for found in SECRET.as_ref().into_iter().flat_map(|pattern| pattern.find_iter(text)) {
        let mark: String = found.as_str().chars().filter(|c| !c.is_whitespace()).take(2).collect();
        // Nothing of the paper is repeated.
        out.push(secret(format!("{mark}★"), piece));
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

/// Whether a text, given as lines, carries a mark of a national secret: a quick look before the whole search.
pub fn has_secret_mark(text: &str) -> bool {
    let folded = super::number::half_width(text);
    let with_star = SECRET.as_ref().is_some_and(|pattern| pattern.is_match(&folded));
    with_star
        || text.lines().take(40).any(|line| {
            let line = line.trim_start_matches('#').trim_start();
            let line = line.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(line, |(_, rest)| rest);
            let plain: String = line.chars().filter(|c| !c.is_whitespace()).collect();
            matches!(plain.as_str(), "绝密" | "机密" | "秘密")
        })
}

/// A lone mark within the first fifteen paragraphs.
pub(super) fn lone(text: &str, piece: usize, out: &mut Vec<Hit>) {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if piece <= 15 && matches!(plain.as_str(), "绝密" | "机密" | "秘密") {
        out.push(secret(plain.clone(), piece));
    }
    // 份号: six digits alone at the top left (GB/T 9704—2012, 7.2.1); it stands on papers with marks of secrecy.
    if piece <= 3 && plain.len() == 6 && plain.chars().all(|c| c.is_ascii_digit()) {
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
