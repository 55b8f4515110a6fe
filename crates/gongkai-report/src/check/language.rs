//! Language: R027, R028, R130–R136, R138.

use super::finding::{Finding, Findings};
use crate::fold::is_han;
use crate::narrative::Subject;
use crate::report::{Level, NoticeCode};

patterns! {
    LOST_DATE = r"20\d{2}1{2}日|20\d{2}1231日|20\d{2}12(?:月)?31日至|至20\d{2}1231日|20\d\d年11日|20\d\d年1231日|自20\d\d(?:1月|11)";
    LOST_BRACKET = r"函[\[(]?20\d{2}\d{1,2}号|(?:^|[。;\n])[)）](?:主动|依申请|政府信息|监督|平台)|\(\)[\p{Han}]";
    MOBILE = r"(?:^|\D)(?P<t>1[3-9]\d{9})(?:\D|$)";
    QQ = r"(?i)QQ(?:群|号)?[:：]?\d{5,11}";
    IDENTITY = r"(?:^|\D)(?P<t>[1-9]\d{16}[\dXx])(?:\D|$)";
    SECRET = r"(?:绝密|机密|秘密)[★☆*]";
    PERSON = r"(?:联系人|经办人|负责人|填报人)[:：](?P<t>[\p{Han}]{2,4})(?:[,。;、)\s]|电话|联系|$)";
    STRAY = r"<[/a-zA-Z][^>]{0,40}>|\?xml|&nbsp;|&#\d+;|\{\{|\*{3,}|★{2,}|[�]|\?{4,}";
    BETTING = r"(?:娱乐|体育|彩票|棋牌|博彩|投注|真人|百家乐|老虎机)(?:平台|网站|官网|注册|下载|app)";
    FUTURE = r"(?P<y>20\d\d)年(?:度)?,?(?:我[局委办厅镇乡县市区院处校]|我单位|我街道|本机关|本单位|我们)?(?:将|计划|拟|准备)";
    OTHER_YEAR = r"(?:^|[,:。])(?P<y>20\d\d)年度?(?P<rest>[^,。;]{0,30}?\d+(?:余|多)?(?:件|条|次|篇|期|个))";
    TRADE = r"(?:法律援助|办理户籍|接诊|门诊|招生|就业|培训学员|开设班级|检查企业|巡查|接警|出警|发放补贴|救助)[^,。;\d]{0,8}\d+(?:余)?(?:件|人次|人|个|家|次|起)";
}

/// Set phrases whose damage turns the meaning.
const DAMAGED: [(&str, &str); 7] = [
    ("公开是常态,公开是例外", "公开是常态、不公开是例外"),
    ("公开为常态,公开为例外", "公开为常态、不公开为例外"),
    ("公开为常态、公开为例外", "公开为常态、不公开为例外"),
    ("公开是常态、公开是例外", "公开是常态、不公开是例外"),
    ("以不公开为常态", "以公开为常态"),
    ("公开为例外,不公开为常态", "公开为常态、不公开为例外"),
    ("习近平新时代特色社会主义", "习近平新时代中国特色社会主义"),
];

/// Known slips of real reports, with what was meant.
const SLIPS: [(&str, &str); 21] = [
    ("分信力", "公信力"),
    ("依申请办公开", "依申请公开"),
    ("改情况,其进他需要", "改进情况，其他需要"),
    ("政府信息公开开工作", "政府信息公开工作"),
    ("政府信息工作年度报告", "政府信息公开工作年度报告"),
    ("主动公开开", "主动公开"),
    ("信信息", "信息"),
    ("公公开", "公开"),
    ("政政府", "政府"),
    ("工工作", "工作"),
    ("情情况", "情况"),
    ("的的", "的"),
    ("了了", "了"),
    ("和和", "和"),
    ("为为", "为"),
    ("在在", "在"),
    ("对对", "对"),
    ("局局", "局"),
    ("号号", "号"),
    ("行政法止", "行政法规禁止"),
    ("单位决赛", "单位决算"),
];

/// Words in which a doubled character is right.
const DOUBLED: [&str; 12] =
    ["目的的", "为了了", "人人", "层层", "天天", "年年", "事事", "处处", "对对口", "常常", "局局长", "在在线"];

/// The first trace of lost characters in dates.
pub(super) fn lost_date(text: &str) -> Option<String> {
    LOST_DATE.as_ref()?.find(text).map(|found| found.as_str().to_owned())
}

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    years(subject, out);
    phrases(subject, out);
    pairs(subject, out);
    damage(subject, out);
    privacy(subject, out);
    trade(subject, out);
}

fn years(subject: &Subject<'_>, out: &mut Findings) {
    let Some(year) = subject.report.year else { return };
    if let Some(pattern) = FUTURE.as_ref() {
        for sentence in subject.sentences.iter().filter(|sentence| sentence.section == 5) {
            for found in pattern.captures_iter(&sentence.text) {
                let named = found.name("y").and_then(|m| m.as_str().parse::<i16>().ok());
                let planned =
                    sentence.text.contains("上年") || sentence.text.contains("去年") || sentence.text.contains("针对");
                if named == Some(year) && !planned && !out.has("R027") {
                    out.push(
                        Finding::new(
                            "R027",
                            format!("第五部分“{}”把报告年度当作将来", found.get(0).map_or("", |m| m.as_str())),
                        )
                        .found(format!("{year}年将……"))
                        .expected(format!("{}年将……", year + 1))
                        .advise("核对年份，是否沿用了上年的文字"),
                    );
                }
            }
        }
    }
    let Some(pattern) = OTHER_YEAR.as_ref() else { return };
    for sentence in subject.sentences.iter().filter(|sentence| sentence.section == 1) {
        let text = &sentence.text;
        if [
            "同比", "较", "结转", "截至", "截止", "《", "印发", "以来", "相比", "比20", "上年", "去年", "转结", "顺延",
            "起",
        ]
        .iter()
        .any(|word| text.contains(word))
        {
            continue;
        }
        if let Some(found) = pattern.captures(text) {
            let named = found.name("y").and_then(|m| m.as_str().parse::<i16>().ok());
            if named.is_some_and(|named| named != year && named < year + 1) && !out.has("R028") {
                let quote = found.get(0).map_or("", |m| m.as_str()).trim_start_matches([',', ':']);
                out.push(
                    Finding::new("R028", format!("“{quote}”说的不是报告年度{year}年的情况"))
                        .found(named.map_or(String::new(), |y| format!("{y}年")))
                        .expected(format!("{year}年"))
                        .advise("核对年份，是否沿用了往年的文字"),
                );
            }
        }
    }
}

fn phrases(subject: &Subject<'_>, out: &mut Findings) {
    let mut slips: Vec<(String, String)> = Vec::new();
    for (_, text) in subject.texts() {
        for (damaged, right) in DAMAGED {
            if text.contains(damaged) && !out.has("R130") {
                out.push(
                    Finding::new("R130", format!("“{damaged}”把意思写反了或有缺字"))
                        .found(damaged)
                        .expected(right)
                        .advise("改正用语"),
                );
            }
        }
        for (slip, right) in SLIPS {
            if let Some(at) = text.find(slip) {
                let from = text.get(..at).unwrap_or("").char_indices().rev().nth(1).map_or(0, |(i, _)| i);
                let around: String = text.get(from..).unwrap_or("").chars().take(slip.chars().count() + 4).collect();
                if !DOUBLED.iter().any(|word| around.contains(word)) && !slips.iter().any(|(other, _)| other == slip) {
                    slips.push((slip.to_owned(), right.to_owned()));
                }
            }
        }
    }
    if !subject.title.is_empty()
        && subject.title.contains("政府信息工作年度报告")
        && !slips.iter().any(|(slip, _)| slip.contains("信息工作"))
    {
        slips.push(("政府信息工作年度报告".to_owned(), "政府信息公开工作年度报告".to_owned()));
    }
    if let Some((slip, right)) = slips.first() {
        let more = if slips.len() > 1 { format!("，共{}处", slips.len()) } else { String::new() };
        out.push(
            Finding::new("R131", format!("“{slip}”像是重字或错字{more}"))
                .found(slip)
                .expected(right)
                .advise("改正文字"),
        );
    }
}

fn pairs(subject: &Subject<'_>, out: &mut Findings) {
    let mut wrong: Option<String> = None;
    let texts = std::iter::once((0, subject.report.preamble.as_str()))
        .chain(subject.report.sections.iter().map(|section| (section.number, section.text.as_str())));
    'texts: for (number, text) in texts {
        for (open, close) in [('“', '”'), ('《', '》'), ('（', '）'), ('〔', '〕')] {
            let (opened, closed) = (text.matches(open).count(), text.matches(close).count());
            // Half-width marks may stand for one of the pair.
            let mixed = open == '（' && (text.contains('(') || text.contains(')'));
            if opened != closed && !mixed {
                wrong = Some(format!("{}“{open}”{opened}个，“{close}”{closed}个，不成对", place(number)));
                break 'texts;
            }
        }
        for doubled in ["，，", "。。", "、、", ",,", "；；", "，。", "。，"] {
            if text.contains(doubled) {
                wrong = Some(format!("{}有连用的标点“{doubled}”", place(number)));
                break 'texts;
            }
        }
        for line in text.lines() {
            let line = line.trim();
            if line.chars().count() > 24 && line.ends_with(['，', ',', '、']) {
                let tail: String = line.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
                wrong = Some(format!("{}有一段以“{tail}”结尾，没有写完", place(number)));
                break 'texts;
            }
            let plain_end = line.chars().next_back().is_some_and(|c| is_han(c) || c.is_ascii_digit());
            if line.chars().count() > 40 && plain_end && line.contains(['。', '，']) && number > 0 {
                let tail: String = line.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
                wrong = Some(format!("{}有一段以“{tail}”结尾，没有句号", place(number)));
                break 'texts;
            }
        }
    }
    if let Some(message) = wrong {
        out.push(
            Finding::new("R132", message).found("标点有误").expected("引号、括号成对，段末有句号").advise("改正标点"),
        );
    }
}

fn place(number: u8) -> String {
    gongkai_law::Section::from_number(number)
        .map_or_else(|| "引言".to_owned(), |section| format!("第{}部分", section.numeral()))
}

fn damage(subject: &Subject<'_>, out: &mut Findings) {
    for (_, text) in subject.texts() {
        for pattern in [&STRAY, &BETTING] {
            if let Some(found) = pattern.as_ref().and_then(|pattern| pattern.find(text))
                && !out.has("R133")
            {
                out.push(
                    Finding::new("R133", format!("文中有外来文字或残留标记“{}”，可能影响核对结果", found.as_str()))
                        .found(found.as_str())
                        .expected("原文")
                        .advise("请改用官方网站上的原文再核对"),
                );
            }
        }
        if let Some(lost) = lost_date(text).filter(|_| !out.has("R135")) {
            out.push(
                Finding::new("R135", format!("“{lost}”丢失了年月日字符"))
                    .found(&lost)
                    .expected("完整的日期")
                    .advise("这通常是复制或转换造成的，请改用原文再核对"),
            );
        }
        if let Some(found) = LOST_BRACKET.as_ref().and_then(|pattern| pattern.find(text)).filter(|_| !out.has("R135")) {
            out.push(
                Finding::new("R135", format!("“{}”丢失了括号或序号", found.as_str()))
                    .level(Level::Notice)
                    .found(found.as_str())
                    .expected("完整的括号和序号")
                    .advise("这通常是复制或转换造成的，请改用原文再核对"),
            );
        }
    }
    let repaired: Vec<&str> = subject
        .report
        .notices
        .iter()
        .filter(|n| {
            matches!(
                n.code,
                NoticeCode::TraditionalConverted | NoticeCode::GlossesRemoved | NoticeCode::RadicalsReplaced
            )
        })
        .map(|n| n.message.as_str())
        .collect();
    if !repaired.is_empty() {
        out.push(
            Finding::new("R134", repaired.join("；"))
                .found("繁体、注音或部首字符")
                .expected("通用简体字")
                .advise("如果原文如此，请改为通用字；如果是转载页，请用原文"),
        );
    }
}

/// The check digit of an 18-digit identity number (GB 11643).
fn is_identity(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = text.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    let month: u32 = text.get(10..12).and_then(|m| m.parse().ok()).unwrap_or(0);
    let expected = usize::try_from(sum % 11).ok().and_then(|at| "10X98765432".chars().nth(at));
    text.to_ascii_uppercase().chars().last() == expected && (1..=12).contains(&month)
}

fn privacy(subject: &Subject<'_>, out: &mut Findings) {
    let advice = "删去个人信息；联系方式用办公电话";
    for (_, text) in subject.texts() {
        if let Some(found) = IDENTITY
            .as_ref()
            .and_then(|pattern| pattern.captures(text))
            .and_then(|c| c.name("t"))
            .filter(|m| is_identity(m.as_str()))
        {
            let masked: String =
                found.as_str().chars().enumerate().map(|(i, c)| if (4..16).contains(&i) { '*' } else { c }).collect();
            out.push(
                Finding::new("R136", format!("文中有居民身份证号码{masked}"))
                    .level(Level::Error)
                    .found(masked)
                    .expected("不公开个人身份证号码")
                    .advise("立即删去后再公布"),
            );
        }
        if let Some(found) = SECRET.as_ref().and_then(|pattern| pattern.find(text)) {
            out.push(
                Finding::new("R136", "文中有密级标志")
                    .level(Level::Error)
                    .found(found.as_str())
                    .expected("没有密级标志")
                    .advise("停止公布，报保密机构核查"),
            );
        }
        if out.has("R136") {
            continue;
        }
        let mobile = MOBILE
            .as_ref()
            .and_then(|pattern| pattern.captures(text))
            .and_then(|c| c.name("t"))
            .map(|m| mask(m.as_str()));
        let person = PERSON
            .as_ref()
            .and_then(|pattern| pattern.captures(text))
            .and_then(|c| c.name("t"))
            .map(|m| m.as_str().to_owned())
            .filter(|name| !name.contains(['局', '办', '科', '室', '处', '委', '中', '部', '公', '政']));
        let qq = QQ.as_ref().and_then(|pattern| pattern.find(text)).map(|m| m.as_str().to_owned());
        let found = [mobile.map(|t| ("手机号码", t)), qq.map(|t| ("QQ号", t)), person.map(|t| ("个人姓名", t))]
            .into_iter()
            .flatten()
            .next();
        if let Some((what, found)) = found {
            out.push(
                Finding::new("R136", format!("文中有{what}“{found}”"))
                    .found(found)
                    .expected("不写个人信息")
                    .advise(advice),
            );
        }
    }
}

fn mask(mobile: &str) -> String {
    mobile.chars().enumerate().map(|(i, c)| if (3..7).contains(&i) { '*' } else { c }).collect()
}

fn trade(subject: &Subject<'_>, out: &mut Findings) {
    let text = subject.section(1);
    if let Some(found) = TRADE.as_ref().and_then(|pattern| pattern.find(text)) {
        out.push(
            Finding::new("R138", format!("“{}”是业务数据，与信息公开工作无关", found.as_str()))
                .found(found.as_str())
                .expected("信息公开工作的数据")
                .advise("业务数据不写入，或说明与信息公开的关系"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_are_told_by_their_check_digit() {
        assert!(is_identity("11010519491231002X"));
        assert!(!is_identity("110105194912310021"));
    }

    #[test]
    fn lost_characters_in_dates_are_seen() {
        assert!(lost_date("自202411日至20241231日止").is_some());
        assert!(lost_date("自2024年1月1日起至2024年12月31日止").is_none());
    }
}
