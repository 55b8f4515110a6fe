//! A first text of the report, out of facts: plain sentences whose numbers are bound to their source, and open places for what only people know.
//! Nothing is claimed that no fact says (年报格式2021 一（一）: nothing left out, nothing padded).

mod government;

use std::collections::BTreeMap;

use gongkai_law::{
    ApplicantColumn, ApplicationRow, CellRef, Edition, ProactiveItem, ProceedingColumn, ProceedingGroup, Section,
};
use rust_decimal::Decimal;

use crate::bound::has;

/// A fact that is measured beside the tables: its name in texts, its value, what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Its name in texts.
    pub name: &'static str,
    /// Its value.
    pub value: Decimal,
    /// What it counts, for the person who writes.
    pub what: &'static str,
}

/// What a first text is made of.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The form.
    pub edition: Edition,
    /// The report year.
    pub year: i16,
    /// The agency.
    pub agency: &'a str,
    /// Whether it is a government: it speaks for all its agencies, and of their assessment (条例 第五十条第二款).
    pub is_government: bool,
    /// The figures of the tables.
    pub cells: &'a BTreeMap<CellRef, Decimal>,
    /// What is measured beside them.
    pub measured: &'a [Measured],
    /// Section five of the year before; empty where it is not known.
    pub last_problems: &'a str,
    /// Where the report can be downloaded.
    pub site: &'a str,
    /// The office that answers questions, its address and telephone; blank where they are not set.
    pub contact: [&'a str; 3],
}

/// The text of a report: what stands before the first section, sections one, five and six, the signature.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Before section one.
    pub preamble: String,
    /// 一、总体情况.
    pub overview: String,
    /// 五、存在的主要问题及改进情况.
    pub problems: String,
    /// 六、其他需要报告的事项.
    pub other: String,
}

impl Ground<'_> {
    fn measured(&self, name: &str) -> Decimal {
        self.measured.iter().find(|one| one.name == name).map_or(Decimal::ZERO, |one| one.value)
    }

    fn row(&self, row: ApplicationRow) -> Decimal {
        self.cells.get(&CellRef::Application(row, ApplicantColumn::Total)).copied().unwrap_or_default()
    }

    fn proceedings(&self) -> Decimal {
        let cell = |group| CellRef::Proceeding(group, ProceedingColumn::Total);
        ProceedingGroup::ALL.into_iter().filter_map(|group| self.cells.get(&cell(group)).copied()).sum()
    }
}

/// Words with the numbers that are not zero: `网站{网站公开}条、微信{微信公开}条`.
fn listed(ground: &Ground<'_>, parts: &[(&str, &str, &str)]) -> String {
    let said: Vec<String> = parts
        .iter()
        .filter(|(_, name, _)| !ground.measured(name).is_zero())
        .map(|(word, name, unit)| format!("{word}{{{name}}}{unit}"))
        .collect();
    said.join("、")
}

fn published(ground: &Ground<'_>) -> String {
    let mut out = if ground.is_government {
        government::published(ground)
    } else {
        "全年主动公开政府信息{主动公开}条".to_owned()
    };
    let channels = listed(
        ground,
        &[
            ("政府网站", "网站公开", "条"),
            ("政务微信", "微信公开", "条"),
            ("政务微博", "微博公开", "条"),
            ("其他渠道", "其他渠道公开", "条"),
        ],
    );
    if !channels.is_empty() {
        out.push_str("，其中通过");
        out.push_str(&channels);
        out.push_str("（同一条信息通过几个渠道公开的分别计算）");
    }
    out.push('。');
    // A sentence of its own: it is no part of the sum.
    if !ground.measured("每月最少公开").is_zero() {
        out.push_str("各月公开的信息都不少于{每月最少公开}条。");
    }
    let edition = ground.edition;
    if has(ground.cells, edition, ProactiveItem::Regulations) {
        out.push_str(match edition {
            Edition::F2021 => {
                "制发规章{规章·本年制发件数}件、废止{规章·本年废止件数}件，现行有效{规章·现行有效件数}件。"
            }
            Edition::F2019 => "新制作规章{规章·本年新制作数量}件、新公开{规章·本年新公开数量}件。",
        });
    }
    if has(ground.cells, edition, ProactiveItem::NormativeDocuments) {
        out.push_str(match edition {
            Edition::F2021 => {
                "制发行政规范性文件{行政规范性文件·本年制发件数}件、废止{行政规范性文件·本年废止件数}件，现行有效{行政规范性文件·现行有效件数}件。"
            }
            Edition::F2019 => "新制作规范性文件{规范性文件·本年新制作数量}件、新公开{规范性文件·本年新公开数量}件。",
        });
    }
    if !ground.measured("政策解读").is_zero() {
        out.push_str("公开政策解读{政策解读}条。");
    }
    out
}

fn on_application(ground: &Ground<'_>) -> String {
    let mut out = "全年收到政府信息公开申请{新收申请}件".to_owned();
    if !ground.row(ApplicationRow::CarriedIn).is_zero() {
        out.push_str("，上年结转{上年结转}件");
    }
    if ground.row(ApplicationRow::TotalConcluded).is_zero() {
        if !ground.row(ApplicationRow::CarriedOut).is_zero() {
            out.push_str("，结转下年{结转下年}件");
        }
        out.push('。');
    } else {
        out.push_str("，办结{办结}件：");
        let rows =
            [("予以公开", [ApplicationRow::Granted].as_slice()), ("部分公开", [ApplicationRow::Partial].as_slice())];
        let mut parts: Vec<String> = rows
            .into_iter()
            .filter(|(_, rows)| rows.iter().any(|row| !ground.row(*row).is_zero()))
            .map(|(name, _)| format!("{name}{{{name}}}件"))
            .collect();
        let groups = [
            (gongkai_law::RowGroup::Denied, "不予公开"),
            (gongkai_law::RowGroup::Unable, "无法提供"),
            (gongkai_law::RowGroup::Refused, "不予处理"),
        ];
        for (group, name) in groups {
            let rows = ApplicationRow::results(ground.edition).iter().filter(|row| row.group() == Some(group));
            if rows.map(|row| ground.row(*row)).any(|value| !value.is_zero()) {
                parts.push(format!("{name}{{{name}}}件"));
            }
        }
        let others = ApplicationRow::results(ground.edition)
            .iter()
            .filter(|row| **row == ApplicationRow::Other || row.group() == Some(gongkai_law::RowGroup::Other));
        if others.map(|row| ground.row(*row)).any(|value| !value.is_zero()) {
            parts.push("其他处理{其他处理}件".to_owned());
        }
        out.push_str(&parts.join("、"));
        out.push_str("；结转下年{结转下年}件。");
        // Only where it is known of every case: of what an earlier register brought in it is not, and the rest would look late.
        let (in_time, late) = (ground.measured("按期办结"), ground.measured("逾期办结"));
        if in_time.saturating_add(late) == ground.row(ApplicationRow::TotalConcluded) {
            out.push_str("在法定期限内办结{按期办结}件");
            out.push_str(if late.is_zero() { "，没有逾期。" } else { "，逾期办结{逾期办结}件。" });
        }
    }
    if ground.proceedings().is_zero() {
        out.push_str("没有因政府信息公开引起的行政复议、行政诉讼。");
    } else {
        out.push_str("因政府信息公开引起的行政复议{行政复议}件、行政诉讼{行政诉讼}件");
        let overturned = ProceedingGroup::ALL
            .into_iter()
            .filter_map(|group| ground.cells.get(&CellRef::Proceeding(group, ProceedingColumn::Overturned)).copied())
            .sum::<Decimal>();
        out.push_str(if overturned.is_zero() {
            "，没有被纠正的。"
        } else {
            "，其中被纠正{被纠正}件。"
        });
    }
    out
}

fn management(ground: &Ground<'_>) -> String {
    let mut out = String::new();
    if !ground.measured("经三级审核").is_zero() {
        out.push_str("公开前经三级审核和保密审查的信息{经三级审核}条。");
    }
    let kept = listed(
        ground,
        &[
            ("纳入不予公开台账", "新增不公开", "件"),
            ("重新评估", "重新评估", "件"),
            ("评估后转为公开", "转为公开", "件"),
        ],
    );
    if kept.is_empty() {
        out.push_str("没有不予公开后需要重新评估的信息。");
    } else {
        out.push_str(&kept);
        out.push('。');
    }
    out
}

/// The first text.
pub fn draft(ground: &Ground<'_>) -> Text {
    let (edition, year) = (ground.edition, ground.year);
    let [office, address, phone] = ground.contact;
    let or_open =
        |text: &str, what: &str| if text.is_empty() { format!("【写明{what}】") } else { text.to_owned() };
    let preamble = format!(
        "本报告根据《中华人民共和国政府信息公开条例》第五十条和《{}》（{}）编制。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。\n本报告的电子版可以在{}下载。如有疑问，请与{}联系（地址：{}，电话：{}）。",
        // Marks within marks.
        edition.notice_title().replace('《', "〈").replace('》', "〉"),
        edition.notice_number(),
        ground.site,
        or_open(office, "联系的机构"),
        or_open(address, "地址"),
        or_open(phone, "电话"),
    );
    let preamble = if ground.is_government { government::preamble(ground, &preamble) } else { preamble };
    let parts = [
        published(ground),
        on_application(ground),
        management(ground),
        "在平台设有政府信息公开指南、政府信息公开制度、法定主动公开内容、政府信息公开年报等栏目，现有公开的信息{现有公开}条，可以检索、查阅、下载。".to_owned(),
        if ground.is_government {
            government::safeguards(ground)
        } else {
            "【写明负责政府信息公开工作的领导和机构，全年的培训、考核、社会评议和责任追究情况；没有的写没有】".to_owned()
        },
    ];
    let mut overview = format!(
        "{year}年，{}{}按照《中华人民共和国政府信息公开条例》的规定开展政府信息公开工作，情况如下。",
        ground.agency,
        if ground.is_government { "及所属各机关" } else { "" }
    );
    for ((title, numeral), text) in Section::OVERVIEW_PARTS.iter().zip("一二三四五".chars()).zip(parts) {
        overview.push_str(&format!("\n（{numeral}）{title}\n{text}"));
    }
    let last: String =
        ground.last_problems.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("");
    let problems = if last.is_empty() {
        "存在的主要问题：【写明本年工作中的具体问题】\n改进情况：【写明采取的措施和效果】".to_owned()
    } else {
        "存在的主要问题：【写明本年工作中的具体问题；与上年相同的，说明为什么还没有解决】\n改进情况：【逐项写明上年报告的问题改进得怎样】"
            .to_owned()
    };
    let fees = if ground.measured("收费通知").is_zero() {
        "本年度没有发出信息处理费的收费通知，没有收取信息处理费。".to_owned()
    } else {
        "本年度发出收取信息处理费的通知{收费通知}件，总金额{收费通知金额}元，实际收取{实收信息处理费}元。".to_owned()
    };
    let other = format!(
        "{fees}\n【写明上级要求报告的事项，例如年度政务公开工作要点的落实情况；没有的写“没有其他需要报告的事项。”】"
    );
    Text { preamble, overview, problems, other }
}
