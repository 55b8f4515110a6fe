//! A drafted text says nothing that the checker then objects to.

use std::collections::BTreeMap;

use gongkai_law::{CellRef, Edition};
use gongkai_report::bound::{named, resolve};
use gongkai_report::check::check;
use gongkai_report::draft::{Ground, Measured, draft};
use gongkai_report::{Level, Report, Subject};
use gongkai_testkit::sample_report;
use rust_decimal::Decimal;

/// The text of a report with its numbers and its open places filled.
fn drafted(report: &Report, measured: &[Measured], is_government: bool) -> Report {
    let edition = report.edition();
    let cells: BTreeMap<CellRef, Decimal> =
        report.cells.iter().filter_map(|(cell, one)| Some((*cell, one.value?))).collect();
    let text = draft(&Ground {
        edition,
        year: report.year.unwrap(),
        agency: report.agency.as_deref().unwrap(),
        is_government,
        cells: &cells,
        measured,
        last_problems: "",
        site: "示例区政府信息公开平台",
        contact: ["示例局办公室", "示例区示例路1号", "000-00000000"],
    });
    let mut names: BTreeMap<String, String> =
        named(edition, &cells).into_iter().map(|(name, value)| (name, value.normalize().to_string())).collect();
    names.extend(measured.iter().map(|one| (one.name.to_owned(), one.value.to_string())));
    let put = |text: &str| {
        let mut out = resolve(text, &names).unwrap();
        while let (Some(from), Some(to)) = (out.find('【'), out.find('】')) {
            out.replace_range(from..to + '】'.len_utf8(), "由办公室负责，没有发生责任追究情形。");
        }
        out
    };
    let mut out = report.clone();
    out.preamble = put(&text.preamble);
    for section in &mut out.sections {
        section.text = match section.number {
            1 => put(&text.overview),
            5 => "存在的主要问题：一是解读形式单一。\n改进情况：重点文件配发图解，通过率提高。".to_owned(),
            6 => put(&text.other),
            _ => String::new(),
        };
    }
    out
}

fn fact(name: &'static str, value: i64) -> Measured {
    Measured { name, value: Decimal::from(value), what: "" }
}

/// Findings of weight that speak of numbers in the text.
fn objections(report: &Report) -> Vec<String> {
    let found = check(&Subject::new(report), None);
    found.iter().filter(|one| one.level > Level::Notice).map(|one| format!("{} {}", one.rule, one.message)).collect()
}

#[test]
fn the_numbers_of_a_drafted_text_contradict_neither_one_another_nor_the_tables() {
    let sample = sample_report();
    assert_eq!(sample.edition(), Edition::F2021);
    let before = objections(&sample);
    let concluded = "applications.total_concluded.total";
    let concluded = sample.value(CellRef::parse(concluded).unwrap()).unwrap();
    let concluded = i64::try_from(concluded).unwrap();
    for (channels, late) in [([44, 0, 0], 0), ([124, 72, 48], 2)] {
        let measured = [
            fact("主动公开", 124.min(channels[0])),
            fact("网站公开", channels[0]),
            fact("微信公开", channels[1]),
            fact("微博公开", channels[2]),
            fact("其他渠道公开", 0),
            fact("每月最少公开", 2),
            fact("政策解读", 6),
            fact("经三级审核", 44),
            fact("现有公开", 300),
            fact("新增不公开", 3),
            fact("重新评估", 1),
            fact("转为公开", 0),
            fact("按期办结", concluded - late),
            fact("逾期办结", late),
            fact("收费通知", 2),
            fact("收费通知金额", 1500),
            fact("实收信息处理费", 1000),
            fact("主动公开机关", 5),
            fact("应报机关", 9),
            fact("按期报送", 8),
            fact("迟报", 1),
            fact("退回修改", 1),
            fact("汇总报告", 9),
        ];
        for government in [false, true] {
            let found = objections(&drafted(&sample, &measured, government));
            let new: Vec<&String> = found.iter().filter(|one| !before.contains(one)).collect();
            assert!(new.is_empty(), "{channels:?} {government}: {new:?}");
        }
    }
}
