//! Words of other agencies and of another scope: R029, R030, R035.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::finding::{Finding, Findings};
use crate::fold::{key, likeness};
use crate::narrative::{AgencyLevel, FactKind, Subject};

patterns! {
    CONTACT = r"请?(?:与|和|同|向)(?P<org>[^,。;:()与]{3,24}?)(?:办公室|综合科|政务公开科|秘书科|信息中心|政务公开办)?联系";
    HIGHER = r"(?:推动|推进|加强|深化|指导|提升|规范)(?P<w>全省|全国|我省)(?:政府信息公开|政务公开|信息公开)";
    SELF_WORD = r"(?:^|[,。;:、(“]|[由对为向给])(?:我)(?P<w>局|委|厅|镇|乡|街道|中心|学校|校|医院|院|办)(?:[^事员法]|$)";
    FOREIGN_APPLICATION = r"向(?P<org>[^,。;]{2,12}(?:政府|办公室))(?:及[^,。;]{2,16})?提出的?(?:政府信息公开)?申请";
    ISSUER = r"(?:现公布|现将|特向社会公布|现向社会公布)(?P<org>[^,。;0-9]{3,24}?(?:局|委员会|委|厅|人民政府|办事处|中心|院))(?:20\d\d)";
}

/// A text without the titles it cites in 《》.
fn without_titles(text: &str) -> Cow<'_, str> {
    if !text.contains('《') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('《') {
        out.push_str(head);
        // What never closes is no title.
        let Some((_, after)) = tail.split_once('》') else {
            rest = tail;
            break;
        };
        out.push_str("《》");
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
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
        // Titles of documents speak of their authors.
        let text = without_titles(text);
        let text = text.as_ref();
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
    let named = |pattern: &'static LazyLock<Option<Regex>>| {
        pattern.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(&subject.preamble).take(8)).filter_map(
            |found| Some(found.name("org")?.as_str().trim_start_matches(['请', '与', '向', '我', '本']).to_owned()),
        )
    };
    let names: Vec<String> = named(&CONTACT).chain(named(&ISSUER)).collect();
    spelling(subject, &agency, names.iter().cloned().chain(signature(subject)), out);
    for org in names {
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

/// The name under the text, right before the date.
fn signature(subject: &Subject<'_>) -> Option<String> {
    let line = subject.report.closing.lines().map(str::trim).find(|line| line.chars().count() >= 4)?;
    let name: String = line.chars().take_while(|c| !c.is_ascii_digit()).filter(|c| !c.is_whitespace()).collect();
    let ends = ["局", "委员会", "委", "厅", "政府", "办事处", "中心", "院"].iter().any(|word| name.ends_with(word));
    (ends && name.chars().count() <= 24).then_some(name)
}

/// The own name where the report must bear it, spelt otherwise than in the title.
fn spelling(subject: &Subject<'_>, agency: &str, mut names: impl Iterator<Item = String>, out: &mut Findings) {
    let other = names.find(|name| {
        let same = key(name) == key(agency);
        // A short form (区审计局) and an office within the agency are no other spelling.
        let short = agency.ends_with(name.as_str()) || name.starts_with(agency) || agency.starts_with(name.as_str());
        !same && !short && likeness(name, agency) >= 600
    });
    if let Some(name) = other
        && !out.has("R030")
        && !(subject.agency.government && name.contains("办公室"))
    {
        out.push(
            Finding::new("R030", format!("机关名称写法不一：标题是“{agency}”，文中是“{name}”"))
                .found(name)
                .expected(agency)
                .advise("全文使用机关全称，前后一致；机构改革更名的，用报告年度末的名称"),
        );
    }
}

/// A scope word in the text whose figure is not that of the table.
pub(super) fn scope(subject: &Subject<'_>, out: &mut Findings) {
    use gongkai_law::{ApplicantColumn, ApplicationRow};
    for (kind, row, what) in [
        (FactKind::Received, ApplicationRow::NewReceived, "收到"),
        (FactKind::Answered, ApplicationRow::TotalConcluded, "答复"),
        (FactKind::CarriedOut, ApplicationRow::CarriedOut, "结转下年度"),
    ] {
        let Some(table) = subject.report.application(row, ApplicantColumn::Total) else { continue };
        for fact in subject.facts_of(kind).filter(|fact| fact.scoped && !fact.approximate) {
            if fact.value.is_some_and(|value| value != table) {
                out.push(
                    Finding::new("R035", format!("“{}”说的范围与表三可能不同", fact.quote))
                        .found(crate::check::finding::figure(fact.value))
                        .expected(format!("表三{what}{}件", table.normalize()))
                        .advise("写明文字和表格各自的统计范围（本机关、机关本级或全区域）"),
                );
                return;
            }
        }
    }
}
