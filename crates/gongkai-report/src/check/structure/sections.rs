//! The six sections and their titles: R001, R002, R010.

use gongkai_law::Section;

use crate::check::finding::{Finding, Findings};
use crate::fold::key;
use crate::narrative::Subject;
use crate::report::NoticeCode;

/// Wordings of section four that come from article 50 of the Regulation and are accepted.
const ACCEPTED: [(u8, &str); 6] = [
    (4, "因政府信息公开工作被申请行政复议提起行政诉讼情况"),
    (4, "因政府信息公开工作被申请行政复议提起行政诉讼的情况"),
    (4, "政府信息公开工作被申请行政复议提起行政诉讼情况"),
    (4, "因政府信息公开工作被申请行政复议被提起行政诉讼情况"),
    (4, "政府信息公开行政复议行政诉讼情况"),
    (3, "收到和处理政府信息公开申请情况"),
];

pub(super) fn sections(subject: &Subject<'_>, out: &mut Findings) {
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

pub(super) fn empty_sections(subject: &Subject<'_>, out: &mut Findings) {
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
