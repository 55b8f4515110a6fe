//! Structure and form: R001–R016.

use std::sync::LazyLock;

use gongkai_law::{ApplicationRow, CellRef, Edition, Section};
use regex::Regex;

use super::finding::{Finding, Findings};
use crate::fold::{key, likeness};
use crate::narrative::Subject;
use crate::report::{FormKind, Level, Notice, NoticeCode};

/// Wordings of section four that come from article 50 of the Regulation and are accepted.
const ACCEPTED: [(u8, &str); 6] = [
    (4, "因政府信息公开工作被申请行政复议提起行政诉讼情况"),
    (4, "因政府信息公开工作被申请行政复议提起行政诉讼的情况"),
    (4, "政府信息公开工作被申请行政复议提起行政诉讼情况"),
    (4, "因政府信息公开工作被申请行政复议被提起行政诉讼情况"),
    (4, "政府信息公开行政复议行政诉讼情况"),
    (3, "收到和处理政府信息公开申请情况"),
];

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

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    if report.form != FormKind::Older {
        sections(subject, out);
    }
    kind_of_text(subject, out);
    form(subject, out);
    tables(subject, out);
    announced(subject, out);
    numbering(subject, out);
    if report.form != FormKind::Older {
        empty_sections(subject, out);
        old_chapters(subject, out);
    }
    if report.edition() == Edition::F2021 && report.form.edition().is_some() {
        five_parts(subject, out);
    }
}

fn sections(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    let missing: Vec<String> = Section::ALL
        .iter()
        .filter(|section| report.section(section.number()).is_none())
        .map(|section| section.heading())
        .collect();
    if !missing.is_empty() && missing.len() < 6 {
        out.push(
            Finding::new("R001", format!("缺少“{}”", missing.join("”“")))
                .found(format!("{}个部分", report.sections.len()))
                .expected("六个部分")
                .advise("按规定格式补上缺少的部分；没有内容的写明“无”"),
        );
    } else if missing.len() == 6 {
        out.push(
            Finding::new("R001", "没有找到一至六各部分的标题")
                .found("0个部分")
                .expected("六个部分")
                .advise("按规定格式分六个部分编写，标题单独成行"),
        );
    }
    for notice in &report.notices {
        match notice.code {
            NoticeCode::SectionRepeated => {
                out.push(
                    Finding::new("R001", notice.message.clone())
                        .found("重复")
                        .expected("各出现一次")
                        .advise("删去重复的部分"),
                );
            }
            NoticeCode::SectionsDisordered => {
                let order: Vec<String> = report.sections.iter().map(|section| section.number.to_string()).collect();
                out.push(
                    Finding::new("R001", "各部分的次序与规定格式不同")
                        .found(order.join("、"))
                        .expected("一至六")
                        .advise("按一至六的次序排列"),
                );
            }
            _ => {}
        }
    }
    for printed in &report.sections {
        let Some(section) = Section::from_number(printed.number) else { continue };
        let words: String = key(&printed.title);
        let official = key(&section.heading());
        let bare: String = words.chars().skip(1).collect();
        let accepted = ACCEPTED.iter().any(|(number, text)| *number == printed.number && bare == *text);
        if words != official && !accepted && !words.ends_with(&key(section.title())) {
            out.push(
                Finding::new("R002", format!("第{}部分的标题与规定格式不同", section.numeral()))
                    .found(printed.title.trim())
                    .expected(section.heading())
                    .advise(format!("标题改为“{}”", section.heading())),
            );
        } else if words != official && !accepted {
            // The words are right, the number is not.
            let number = words.chars().next();
            if number != Some(section.numeral()) && words.len() > key(section.title()).len() {
                out.push(
                    Finding::new("R002", format!("“{}”的序号应为“{}”", section.title(), section.numeral()))
                        .found(printed.title.trim())
                        .expected(section.heading())
                        .advise("改正序号"),
                );
            }
        }
    }
}

/// Titles and openings of other kinds of text.
fn kind_of_text(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    let opening: String = subject.title.chars().chain(subject.preamble.chars().take(80)).collect();
    let tables = report.has_table(3) || report.has_table(2);
    let whole = report.sections.len() >= 4;
    let other = [
        (
            "解读",
            subject.title.contains("解读")
                || !whole && opening.contains("解读】")
                || !whole && opening.contains("一图读懂"),
        ),
        (
            "通知",
            !tables
                && (opening.contains("的通知") || opening.contains("工作通知"))
                && opening.contains("关于")
                && !whole,
        ),
        (
            "模板",
            subject.title.contains("模板")
                || subject.title.contains("范本")
                || opening.contains("范文")
                || subject.title.contains("样式"),
        ),
        (
            "制度",
            !tables
                && !whole
                && ["制度", "办法", "规定", "细则", "指南"].iter().any(|word| subject.title.ends_with(word)),
        ),
    ];
    if let Some((kind, _)) = other.iter().find(|(_, holds)| *holds) {
        out.push(
            Finding::new("R014", format!("这份文件像是{kind}，不是年度报告"))
                .found(subject.report.title.clone().unwrap_or_else(|| (*kind).to_owned()))
                .expected("年度报告")
                .advise("请改用年度报告原文"),
        );
    } else if report.sections.len() < 2 && report.cells.is_empty() {
        out.push(
            Finding::new("R014", "没有年度报告的章节和表格，不像年度报告")
                .found(format!("{}个部分，没有表格", report.sections.len()))
                .expected("六个部分，三张表")
                .advise("请确认文件是否正确；如果是网页，请保存完整正文"),
        );
    }
}

fn form(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    if let Some(year) = report.year {
        let printed = report.has_table(2) || report.has_table(3) || report.form == FormKind::Older;
        match (report.form, Edition::for_year(year)) {
            (FormKind::Edition(found), Some(expected)) if printed && found != expected => out.push(
                Finding::new("R003", format!("{year}年度报告用了{}年格式的表格", found.code()))
                    .found(format!("{}年格式", found.code()))
                    .expected(format!("{}年格式", expected.code()))
                    .advise(format!("按{}重新填表，不要把旧格式的数直接搬到新格式的列里", expected.notice_number())),
            ),
            (FormKind::Edition(found), None) if printed => out.push(
                Finding::new("R003", format!("{year}年度报告用了{}年格式的表格", found.code()))
                    .found(format!("{}年格式", found.code()))
                    .expected("2019年以前的格式")
                    .advise("核对报告年度"),
            ),
            (FormKind::Older, Some(expected)) => out.push(
                Finding::new("R003", format!("{year}年度报告用了2019年以前的章节格式"))
                    .found("2019年以前的格式")
                    .expected(format!("{}年格式", expected.code()))
                    .advise(format!("按{}重新编写", expected.notice_number())),
            ),
            _ => {}
        }
    }
    for notice in report.notices.iter().filter(|notice| notice.code == NoticeCode::EditionsMixed) {
        out.push(
            Finding::new("R004", notice.message.clone())
                .found("两种格式混用")
                .expected(format!("全文用{}年格式", report.edition().code()))
                .advise("换成同一格式的表格重新填写"),
        );
    }
    // A 2019 report whose （六）其他处理 has the three rows of 2021.
    let three = report.has_application_row(ApplicationRow::OtherCorrectionAbandoned);
    if report.form == FormKind::Edition(Edition::F2019) && three && report.year.is_none_or(|year| year <= 2020) {
        out.push(
            Finding::new("R088", "2019年格式的“（六）其他处理”应为一行，这里分成了三行")
                .found("三行")
                .expected("一行")
                .advise("合并为一行"),
        );
    }
}

fn table_name(subject: &str) -> &str {
    match subject {
        "table2" => "表二",
        "table3" => "表三",
        "table4" => "表四",
        other => other,
    }
}

fn tables(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    if report.form.edition().is_none() {
        return;
    }
    let notices = |code: NoticeCode| report.notices.iter().filter(move |notice| notice.code == code);
    for notice in notices(NoticeCode::TableMissing) {
        out.push(
            Finding::new("R005", format!("没有读到{}", table_name(&notice.subject)))
                .found("没有表格")
                .expected(format!("{}在相应标题之下", table_name(&notice.subject)))
                .advise("表格是否是图片或附件？年度报告的表格应为网页文字表格；如果有，请用含表格的文件"),
        );
    }
    let mixed = report.noticed(NoticeCode::EditionsMixed);
    let missing: Vec<&Notice> =
        notices(NoticeCode::RowMissing).filter(|notice| !(mixed && notice.subject.starts_with("proactive"))).collect();
    for table in ["proactive", "applications"] {
        let rows: Vec<&str> = missing
            .iter()
            .filter(|notice| notice.subject.starts_with(table))
            .map(|notice| notice.message.as_str())
            .collect();
        if !rows.is_empty() {
            let count = rows.len();
            out.push(
                Finding::new("R006", rows.join("；"))
                    .found(format!("缺{count}行"))
                    .expected("各行齐全")
                    .advise("按规定格式补齐，没有数据的填0"),
            );
        }
    }
    for notice in notices(NoticeCode::RowRepeated) {
        out.push(
            Finding::new("R006", notice.message.clone()).found("重复").expected("出现一次").advise("删去重复的行"),
        );
    }
    for (table, name) in [("proactive", "表二"), ("applications", "表三")] {
        let unclear: Vec<&Notice> = notices(NoticeCode::RowUnclear)
            .chain(notices(NoticeCode::GluedUnclear))
            .filter(|notice| notice.subject.starts_with(table))
            .collect();
        if let Some(first) = unclear.first() {
            let more =
                if unclear.len() > 1 { format!("；{name}共有{}行这样", unclear.len()) } else { String::new() };
            out.push(
                Finding::new("R006", format!("{}{more}", first.message))
                    .level(Level::Warning)
                    .cells(unclear.iter().flat_map(|notice| row_cells(&notice.subject)))
                    .found("读不出各列")
                    .expected("每列一个数")
                    .advise("对照原件核对；请尽量用原始的 Word 或网页文件"),
            );
        }
    }
    for notice in notices(NoticeCode::RowExtra) {
        out.push(
            Finding::new("R007", notice.message.clone())
                .found(&notice.subject)
                .expected("规定格式的行")
                .advise("规定格式以外的数据写在文字部分"),
        );
    }
    for notice in notices(NoticeCode::TableMisplaced) {
        out.push(
            Finding::new("R008", notice.message.clone())
                .found("在别的标题之下")
                .expected("在自己的标题之下")
                .advise("把表移到相应标题之下"),
        );
    }
    for notice in notices(NoticeCode::TableRepeated) {
        out.push(
            Finding::new("R009", notice.message.clone())
                .found("不止一张")
                .expected("一张")
                .advise("删去多余的表；如有两份报告请分成两个文件"),
        );
    }
    for notice in notices(NoticeCode::TitleRepeated) {
        // The same title spelt in a shorter way stands on many pages.
        let other = key(&notice.message);
        if likeness(&other, &key(&subject.title)) < 900 && crate::read::year_in(&notice.message) != report.year {
            out.push(
                Finding::new("R009", notice.message.clone())
                    .found("两个标题")
                    .expected("一份报告")
                    .advise("如有两份报告请分成两个文件"),
            );
        }
    }
    for notice in notices(NoticeCode::LabelDiffers) {
        out.push(
            Finding::new("R015", notice.message.clone())
                .cells(row_cells(&notice.subject).into_iter().take(1))
                .found(quoted(&notice.message, 0))
                .expected(quoted(&notice.message, 1))
                .advise("改为规定格式的用语"),
        );
    }
}

/// The n-th quotation of a message.
fn quoted(message: &str, n: usize) -> String {
    message.split('“').nth(n + 1).and_then(|rest| rest.split('”').next()).unwrap_or_default().to_owned()
}

/// The cells of a row named by a notice, e.g. `applications.granted`.
pub(super) fn row_cells(subject: &str) -> Vec<CellRef> {
    [Edition::F2021, Edition::F2019]
        .into_iter()
        .flat_map(CellRef::of)
        .filter(|cell| cell.to_string().rsplit_once('.').is_some_and(|(row, _)| row == subject))
        .fold(Vec::new(), |mut all, cell| {
            if !all.contains(&cell) {
                all.push(cell);
            }
            all
        })
}

static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:由|包括|分为|共|含)(?P<list>[^。]{0,220}?)(?:等|共)?(?P<n>[四五六七八]|[4-8])(?:个|大)?部分").ok()
});

fn announced(subject: &Subject<'_>, out: &mut Findings) {
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

fn numbering(subject: &Subject<'_>, out: &mut Findings) {
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

fn empty_sections(subject: &Subject<'_>, out: &mut Findings) {
    for section in [Section::Problems, Section::OtherMatters] {
        if subject.report.section(section.number()).is_none() {
            continue;
        }
        let text = subject.section(section.number());
        let length = text.chars().filter(|c| c.is_alphanumeric()).count();
        let empty = match section {
            Section::Problems => length < 10,
            _ => length == 0,
        };
        if empty {
            out.push(
                Finding::new("R010", format!("“{}”没有实际内容", section.heading()))
                    .found(if text.is_empty() { "空白" } else { text })
                    .expected(if section == Section::Problems {
                        "具体问题和改进情况"
                    } else {
                        "需要报告的事项，没有的写明“无”"
                    })
                    .advise(if section == Section::Problems {
                        "写明本年的主要问题、上年问题的改进情况和下一步措施"
                    } else {
                        "说明信息处理费收取情况和上级要求报告的事项，没有的写明"
                    }),
            );
        }
    }
}

fn old_chapters(subject: &Subject<'_>, out: &mut Findings) {
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

static SUB_NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[(（]([一二三四五六七八九十])[)）](.*)$").ok());

fn five_parts(subject: &Subject<'_>, out: &mut Findings) {
    let text = subject.section(1);
    if text.is_empty() {
        return;
    }
    let missing: Vec<&str> = PARTS
        .iter()
        .zip(Section::OVERVIEW_PARTS)
        .filter(|(words, _)| !words.iter().any(|word| text.contains(word)))
        .map(|(_, name)| name)
        .collect();
    if !missing.is_empty() {
        out.push(
            Finding::new("R011", format!("第一部分没有写到{}", missing.join("、")))
                .found(format!("缺{}个方面", missing.len()))
                .expected(Section::OVERVIEW_PARTS.join("、"))
                .advise("第一部分按五个方面写全，不遗漏"),
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
