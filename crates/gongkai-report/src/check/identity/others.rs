//! Words of other agencies and of another scope: R029, R030, R035.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::finding::{Finding, Findings};
use crate::fold::likeness;
use crate::narrative::{AgencyLevel, FactKind, Subject};

patterns! {
    CONTACT = r"请?(?:与|和|同|向)(?P<org>[^,。;:()与]{3,24}?)(?:办公室|综合科|政务公开科|秘书科|信息中心|政务公开办)?联系";
    HIGHER = r"(?:推动|推进|加强|深化|指导|提升|规范)(?P<w>全省|全国|我省)(?:政府信息公开|政务公开|信息公开)";
    SELF_WORD = r"(?:^|[,。;:、(“]|[由对为向给])(?:我)(?P<w>局|委|厅|镇|乡|街道|中心|学校|校|医院|院|办)(?:[^事员法]|$)";
    FOREIGN_APPLICATION = r"向(?P<org>[^,。;]{2,12}(?:政府|办公室))(?:及[^,。;]{2,16})?提出的?(?:政府信息公开)?申请";
    ISSUER = r"(?:现公布|现将|特向社会公布|现向社会公布)(?P<org>[^,。;0-9]{3,24}?(?:局|委员会|委|厅|人民政府|办事处|中心|院))(?:20\d\d)";
}

/// The own words of an agency that fit its kind.
fn fits(word: &str, own: &str) -> bool {
    match own {
        "街道" => matches!(word, "街道" | "办" | "街"),
        "镇" => matches!(word, "镇" | "街道"),
        "乡" => matches!(word, "乡" | "镇"),
        "委" => matches!(word, "委" | "办" | "局"),
        "办公室" => matches!(word, "办" | "局" | "委"),
        "学校" | "学院" => matches!(word, "校" | "学校" | "院"),
        "医院" | "院" => matches!(word, "院" | "医院"),
        "局" => matches!(word, "局" | "办" | "委"),
        "厅" => matches!(word, "厅" | "办"),
        "中心" => matches!(word, "中心" | "局" | "办"),
        _ => true,
    }
}

pub(super) fn others(subject: &Subject<'_>, out: &mut Findings) {
    let agency = subject.report.agency.clone().unwrap_or_default();
    let below_province = matches!(subject.agency.level, AgencyLevel::City | AgencyLevel::County | AgencyLevel::Town);
    let mut wrong_self: Vec<String> = Vec::new();
    for (_, text) in subject.texts() {
        if below_province && let Some(found) = HIGHER.as_ref().and_then(|pattern| pattern.find(text)) {
            out.push(
                Finding::new("R029", format!("“{}”像是上级机关报告的文字", found.as_str()))
                    .found(found.as_str())
                    .expected(format!("{agency}的工作"))
                    .advise("核对是否沿用了上级或其他机关的文字"),
            );
        }
        if subject.agency.level == AgencyLevel::Town
            && let Some(found) = FOREIGN_APPLICATION.as_ref().and_then(|pattern| pattern.captures(text))
            && found.name("org").is_some_and(|org| {
                ["市政府", "县政府", "区政府", "省政府"].iter().any(|gov| org.as_str().contains(gov))
            })
        {
            let quote = found.get(0).map_or("", |m| m.as_str());
            out.push(
                Finding::new("R029", format!("“{quote}”说的是别的机关收到的申请"))
                    .found(quote)
                    .expected(format!("向{agency}提出的申请"))
                    .advise("核对是否沿用了其他机关的文字"),
            );
        }
        if let Some(pattern) = SELF_WORD.as_ref() {
            for found in pattern.captures_iter(text) {
                let word = found.name("w").map_or("", |m| m.as_str());
                if subject.agency.government && subject.agency.level != AgencyLevel::Town {
                    continue;
                }
                if !fits(word, subject.agency.word) && !wrong_self.iter().any(|other| other == word) {
                    wrong_self.push(word.to_owned());
                }
            }
        }
    }
    if let Some(word) = wrong_self.first() {
        out.push(
            Finding::new("R030", format!("{agency}自称“我{word}”，与机关性质不符"))
                .found(format!("我{word}"))
                .expected(if subject.agency.word.is_empty() {
                    "与机关名称一致的自称".to_owned()
                } else {
                    format!("我{}", subject.agency.word)
                })
                .advise("核对是否沿用了其他机关的文字，统一自称"),
        );
    }
    if agency.chars().count() < 4 {
        return;
    }
    let named = |pattern: &LazyLock<Option<Regex>>| -> Option<String> {
        let found = pattern.as_ref()?.captures(&subject.preamble)?;
        found.name("org").map(|org| org.as_str().trim_start_matches(['请', '与', '向', '我', '本']).to_owned())
    };
    for org in [named(&CONTACT), named(&ISSUER)].into_iter().flatten() {
        let generic =
            ["政府", "办公室", "本", "我", "电话", "机关", "单位", "以下", "下列", "科", "窗口", "公开办", "领导小组"]
                .iter()
                .any(|word| org.contains(word));
        let same_region =
            org.chars().zip(agency.chars()).take_while(|(a, b)| a == b).count() >= 3 && subject.agency.government;
        if !generic
            && !same_region
            && org.chars().count() >= 4
            && likeness(&org, &agency) < 500
            && !agency.contains(&org)
        {
            out.push(
                Finding::new("R029", format!("引言中的“{org}”不是本报告的机关"))
                    .found(&org)
                    .expected(&agency)
                    .advise("核对是否沿用了其他机关的文字"),
            );
        }
    }
}

/// A scope word in the text whose figure is not that of the table.
pub(super) fn scope(subject: &Subject<'_>, out: &mut Findings) {
    use gongkai_law::{ApplicantColumn, ApplicationRow};
    let table = subject.report.application(ApplicationRow::NewReceived, ApplicantColumn::Total);
    let Some(table) = table else { return };
    for fact in subject.facts_of(FactKind::Received).filter(|fact| fact.scoped && !fact.approximate) {
        if fact.value.is_some_and(|value| value != table) {
            out.push(
                Finding::new("R035", format!("“{}”说的范围与表三可能不同", fact.quote))
                    .found(crate::check::finding::figure(fact.value))
                    .expected(format!("表三收到{}件", table.normalize()))
                    .advise("写明文字和表格各自的统计范围（本机关、机关本级或全区域）"),
            );
            return;
        }
    }
}
