//! What a draft takes from the file it comes from, and what it says of what that file hides.

use gongkai_model::publication::{Attribute, Channel, Genre, check};

use super::form::DraftInput;
use crate::platform::extract::Extracted;

/// What the file of a draft carries that a reader does not see, and that belongs to the text. Who wrote it is no matter here,
/// because the file itself is never given to the public.
pub(super) fn hidden_in_source(hidden: &[(String, String)]) -> Vec<String> {
    const OF_THE_TEXT: [&str; 4] = ["修订痕迹", "看不见的文字", "隐藏工作表", "色块盖住"];
    let labels = hidden.iter().map(|(label, _)| label);
    labels.filter(|label| OF_THE_TEXT.iter().any(|one| label.starts_with(one))).cloned().collect()
}

/// The lines that the checks show for it: label, advice, and `warn` where the text was read without it.
pub(super) fn told_of_source(hidden: &[String], left_out: bool, pictures: Option<&str>) -> String {
    let mut lines: Vec<String> = hidden
        .iter()
        .map(|label| {
            if left_out {
                let advice = "正文只读入读者看得见的文字，修订按接受处理：核对正文是否完整，有没有还没定稿的修改，把核对结果写进处理意见";
                // What is not decided yet must not go out by itself; what is merely not shown was left out.
                if label.starts_with("修订痕迹") { format!("{label}\t{advice}") } else { format!("{label}\t{advice}\twarn") }
            } else {
                let advice = "这些内容读者看不见，却可能已经读进正文：逐段核对，删去不该公开的，把核对结果写进处理意见";
                format!("{label}\t{advice}")
            }
        })
        .collect();
    lines.extend(pictures.map(|told| format!("{told}\t图片没有读进正文：需要公开的，另作附件上传\twarn")));
    lines.join("\n")
}

/// The attribute that the paper itself notes above 版记.
fn noted(title: &str, text: &str) -> Option<Attribute> {
    // A 报告 goes to whoever is above; an annual report goes to the public (条例 第五十条).
    if title.contains("年度报告") || title.contains("年报") {
        return Some(Attribute::Proactive);
    }
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let notes = [
        ("此件公开发布", Attribute::Proactive),
        ("此件依申请公开", Attribute::OnRequest),
        ("此件不予公开", Attribute::Withheld),
        ("此件不公开", Attribute::Withheld),
    ];
    notes.iter().find(|(note, _)| plain.contains(note)).map(|(_, attribute)| *attribute)
}

/// How many characters a suggested overview has at most.
const OVERVIEW: usize = 100;

/// What an overview may begin with (内容概述, 条例 第十二条): the first sentences of the text proper.
pub(in crate::platform) fn overview(text: &str) -> String {
    let proper = |line: &&str| {
        let plain = line.trim();
        plain.chars().count() >= 12
            && plain.contains('。')
            && !plain.starts_with(['#', '|', '['])
            && !plain.ends_with(['：', ':'])
    };
    let Some(first) = text.lines().find(proper) else { return String::new() };
    let mut out = String::new();
    for sentence in first.trim().split_inclusive('。') {
        if !out.is_empty() && out.chars().count() + sentence.chars().count() > OVERVIEW {
            break;
        }
        out.push_str(sentence);
    }
    let out: String = out.chars().take(OVERVIEW).collect();
    // What has to be taken out of the text is not repeated.
    let found = check::scan_text(&out, &check::Settings::default());
    if found.iter().any(check::Hit::blocks) { String::new() } else { out }
}

/// What the form begins with, out of what was read.
pub(super) fn suggested(read: &Extracted) -> DraftInput {
    let ends = [
        ("决定", Genre::Decision),
        ("公告", Genre::Proclamation),
        ("通告", Genre::PublicNotice),
        ("意见", Genre::Opinions),
        ("通知", Genre::Notice),
        ("通报", Genre::Circular),
        ("报告", Genre::Report),
        ("请示", Genre::RequestForInstructions),
        ("批复", Genre::Approval),
        ("纪要", Genre::Minutes),
        ("函", Genre::Letter),
    ];
    let genre = ends.iter().find(|(end, _)| read.title.ends_with(end)).map_or(Genre::Other, |(_, genre)| *genre);
    DraftInput {
        title: if read.title.is_empty() { "未命名的信息".to_owned() } else { read.title.clone() },
        doc_no: read.doc_no.clone(),
        formed_on: read.formed_on.clone(),
        channels: Channel::Website.code().to_owned(),
        genre: genre.code().to_owned(),
        attribute: noted(&read.title, &read.text).unwrap_or_else(|| genre.suggested()).code().to_owned(),
        summary: overview(&read.text),
        body: read.text.clone(),
        ..DraftInput::default()
    }
}
