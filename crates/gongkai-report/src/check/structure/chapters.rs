//! Parts announced, numbered and left over from older forms: R011–R013, R016.

use std::sync::LazyLock;

use gongkai_law::Section;
use regex::Regex;

use crate::check::finding::{Finding, Findings};
use crate::narrative::Subject;
use crate::report::Level;

/// Headings of the chapters that the forms before 2019 had.
const OLD_CHAPTERS: [&str; 9] = [
    "收费及减免",
    "收费和减免",
    "咨询投诉",
    "申诉情况",
    "依申请公开政府信息收费",
    "政府信息公开的收费",
    "复议诉讼和申诉",
    "附表",
    "工作概述",
];

static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:由|包括|分为|共|含)(?P<list>[^。]{0,220}?)(?:等|共)?(?P<n>[四五六七八]|[4-8])(?:个|大)?部分").ok()
});

pub(super) fn announced(subject: &Subject<'_>, out: &mut Findings) {
    let Some(found) = ANNOUNCED.as_ref().and_then(|pattern| pattern.captures(&subject.preamble)) else { return };
    let get = |name: &str| found.name(name).map_or("", |m| m.as_str());
    let count = match get("n") {
        "四" | "4" => 4,
        "五" | "5" => 5,
        "七" | "7" => 7,
        "八" | "8" => 8,
        _ => 6,
    };
    let present = subject.report.sections.len();
    let list = get("list");
    let named = [
        ["总体情况", "概述", "基本情况"].as_slice(),
        &["主动公开"],
        &["收到和处理", "依申请公开", "申请情况"],
        &["复议", "诉讼"],
        &["问题"],
        &["其他需要", "其他事项", "需要报告的"],
    ]
    .iter()
    .filter(|words| words.iter().any(|word| list.contains(word)))
    .count();
    let old = OLD_CHAPTERS.iter().find(|chapter| list.contains(**chapter));
    let listed = list.contains('、') && named >= 3;
    if let Some(chapter) = old.filter(|_| subject.report.year.is_some_and(|year| year >= 2019)) {
        out.push(
            Finding::new("R012", format!("引言列出的“{chapter}”是旧格式的部分"))
                .found(*chapter)
                .expected("现行格式的六个部分")
                .advise("按现行格式改写引言"),
        );
    } else if present > 0 && count != present {
        out.push(
            Finding::new("R012", format!("引言说有{count}个部分，正文有{present}个"))
                .found(format!("{count}个部分"))
                .expected(format!("{present}个部分"))
                .advise("改正引言，或补上缺少的部分"),
        );
    } else if listed && named != count {
        out.push(
            Finding::new("R012", format!("引言说有{count}个部分，只列出{named}个"))
                .found(format!("列出{named}个"))
                .expected(format!("{count}个"))
                .advise("引言按六个部分的标题逐一列出"),
        );
    }
}

static ODD_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t　]*(?P<mark>[一二三四五六七八九十]+[.．]|[(（][一二三四五六七八九十]+[)）][、.]|\d+[)）])")
        .ok()
});

pub(super) fn numbering(subject: &Subject<'_>, out: &mut Findings) {
    let Some(pattern) = ODD_NUMBER.as_ref() else { return };
    let mut marks: Vec<String> = Vec::new();
    for section in &subject.report.sections {
        for text in [&section.title, &section.text] {
            marks.extend(
                pattern.captures_iter(text).filter_map(|found| found.name("mark")).map(|mark| mark.as_str().to_owned()),
            );
        }
    }
    if let Some(first) = marks.first() {
        out.push(
            Finding::new(
                "R013",
                format!(
                    "层次序号“{first}”写法不规范{}",
                    if marks.len() > 1 { format!("，共{}处", marks.len()) } else { String::new() }
                ),
            )
            .found(first)
            .expected("一、 （一） 1. （1）")
            .advise("一级用“一、”，二级用“（一）”，三级用“1.”，四级用“（1）”"),
        );
    }
}

pub(super) fn old_chapters(subject: &Subject<'_>, out: &mut Findings) {
    if subject.report.year.is_some_and(|year| year < 2019) {
        return;
    }
    for section in &subject.report.sections {
        let lines = std::iter::once(section.title.as_str())
            .chain(section.text.lines().filter(|line| line.chars().count() < 40));
        for line in lines {
            let heading = line.trim_start().starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '（', '(']);
            if heading && let Some(chapter) = OLD_CHAPTERS.iter().take(7).find(|chapter| line.contains(**chapter)) {
                out.push(
                    Finding::new("R016", format!("“{}”是2019年以前格式的章节", line.trim()))
                        .found(line.trim())
                        .expected("现行格式")
                        .advise(format!("删去“{chapter}”一节，有关内容并入相应部分")),
                );
                return;
            }
        }
    }
}

/// Words by which each of the five parts is known.
const PARTS: [&[&str]; 5] = [
    &["主动公开", "主动发布", "公开政府信息", "公开信息", "公开重点"],
    &["依申请", "申请公开", "公开申请", "信息公开申请"],
    &[
        "信息管理",
        "公开管理",
        "政府信息资源",
        "动态调整",
        "规范管理",
        "清理",
        "保密审查",
        "公开目录",
        "审查机制",
        "审核制度",
        "三级审核",
        "发布审核",
    ],
    &["平台", "网站", "公众号", "专栏", "载体", "渠道"],
    &["监督", "保障", "考核", "评议", "责任追究", "培训"],
];

/// The openings of the numbered parts of a section: what stands before the first comma or stop, thirty characters at most.
fn leads(section: &str) -> Vec<String> {
    let mut out = Vec::new();
    let openings = section
        .lines()
        .map(|line| line.char_indices().nth(40).map_or(line, |(end, _)| line.get(..end).unwrap_or(line)));
    for line in openings.map(crate::fold::compact) {
        let body = line.trim_start_matches([
            '(', ')', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '是', '、', '.', '1', '2', '3', '4',
            '5', '6', '7', '8', '9',
        ]);
        let marked = body.len() < line.len() && !body.starts_with('年') && !body.is_empty();
        if marked
            && line.starts_with([
                '(', '一', '二', '三', '四', '五', '六', '七', '八', '1', '2', '3', '4', '5', '6', '7', '8',
            ])
        {
            out.push(body.split(['。', ',', ';', ':']).next().unwrap_or(body).chars().take(30).collect());
        }
    }
    out
}

static SUB_NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[(（]([一二三四五六七八九十])[)）](.*)$").ok());

pub(super) fn five_parts(subject: &Subject<'_>, out: &mut Findings) {
    let text = subject.section(1);
    if text.is_empty() {
        return;
    }
    let written = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let leads = leads(subject.report.section_text(1));
    let headed = |words: &[&str]| leads.iter().any(|lead| words.iter().any(|word| lead.contains(word)));
    let of = |test: &dyn Fn(&[&str]) -> bool| -> Vec<&str> {
        PARTS.iter().zip(Section::OVERVIEW_PARTS).filter(|(words, _)| !test(words)).map(|(_, name)| name).collect()
    };
    let missing = of(&written);
    // Where the section has parts of its own, each of the five wants one (K14).
    let unheaded = if leads.len() >= 2 { of(&headed) } else { Vec::new() };
    if !missing.is_empty() {
        out.push(
            Finding::new("R011", format!("第一部分没有写到{}", missing.join("、")))
                .found(format!("缺{}个方面", missing.len()))
                .expected(Section::OVERVIEW_PARTS.join("、"))
                .advise("第一部分按五个方面写全，不遗漏"),
        );
    } else if !unheaded.is_empty() {
        out.push(
            Finding::new("R011", format!("第一部分的小标题中没有{}", unheaded.join("、")))
                .level(Level::Notice)
                .found(leads.join("；"))
                .expected(Section::OVERVIEW_PARTS.join("、"))
                .advise("第一部分分五个方面写，各有小标题"),
        );
    }
    let Some(pattern) = SUB_NUMBER.as_ref() else { return };
    let section = subject.report.section_text(1);
    let mut seen: Vec<char> = Vec::new();
    let mut previous: Option<(char, bool)> = None;
    for line in section.lines().chain(["（終）"]) {
        let line = line.trim();
        let found = pattern.captures(line);
        if let Some((number, true)) = previous
            && (found.is_some() || line == "（終）")
        {
            out.push(
                Finding::new("R011", format!("第一部分“（{number}）”只有小标题，没有内容"))
                    .found("空白")
                    .expected("有内容")
                    .advise("补写内容，或删去小标题"),
            );
        }
        previous = None;
        let Some(found) = found else { continue };
        let Some(number) = found.get(1).and_then(|m| m.as_str().chars().next()) else { continue };
        if seen.contains(&number) {
            out.push(
                Finding::new("R011", format!("第一部分“（{number}）”出现不止一次"))
                    .found(format!("（{number}）重复"))
                    .expected("编号不重复")
                    .advise("改正编号"),
            );
        }
        seen.push(number);
        let rest = found.get(2).map_or("", |m| m.as_str());
        let bare = rest.chars().count() < 22 && !rest.contains(['。', '，', ',', '；', '：', ':']);
        previous = Some((number, bare));
    }
}
