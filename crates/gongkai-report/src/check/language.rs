//! Language: R027, R028, R130–R136, R138.

mod phrases;
mod privacy;

use super::finding::{Finding, Findings};
use crate::fold::is_han;
use crate::narrative::Subject;
use crate::report::{Level, NoticeCode};

patterns! {
    LOST_DATE = r"20\d{2}1{2}日|20\d{2}1231日|20\d{2}12(?:月)?31日至|至20\d{2}1231日|20\d\d年11日|20\d\d年1231日|自20\d\d(?:1月|11)";
    LOST_BRACKET = r"函[\[(]?20\d{2}\d{1,2}号|(?:^|[。;\n])[)）](?:主动|依申请|政府信息|监督|平台)|\(\)[\p{Han}]";
    STRAY = r"<[/a-zA-Z][^>]{0,40}>|\?xml|&nbsp;|&#\d+;|\{\{|\*{3,}|★{2,}|[�]|\?{4,}";
    BETTING = r"(?:娱乐|棋牌|博彩|投注|真人|百家乐|老虎机)(?:平台|网站|官网|注册|下载|app)|(?:体育|彩票)(?:投注|博彩|注册|下载|app)";
    FUTURE = r"(?P<y>20\d\d)年(?:度)?,?(?:我[局委办厅镇乡县市区院处校]|我单位|我街道|本机关|本单位|我们)?(?:将|计划|拟|准备)";
    OTHER_YEAR = r"(?:^|[,:。])(?P<y>20\d\d)年度?(?P<rest>[^,。;]{0,30}?\d+(?:余|多)?(?:件|条|次|篇|期|个))";
    TRADE = r"(?:法律援助|办理户籍|接诊|门诊|招生|就业|培训学员|开设班级|检查企业|巡查|接警|出警|发放补贴|救助)[^,。;\d]{0,8}\d+(?:余)?(?:件|人次|人|个|家|次|起)";
}

/// The first trace of lost characters in dates.
pub(super) fn lost_date(text: &str) -> Option<String> {
    LOST_DATE.as_ref()?.find(text).map(|found| found.as_str().to_owned())
}

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    years(subject, out);
    phrases::phrases(subject, out);
    pairs(subject, out);
    damage(subject, out);
    privacy::privacy(subject, out);
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

fn trade(subject: &Subject<'_>, out: &mut Findings) {
    let text = subject.section(1);
    let of_disclosure =
        |words: &str| ["公开", "发布", "公示", "信息", "政策", "文件"].iter().any(|word| words.contains(word));
    let found = TRADE.as_ref().and_then(|pattern| pattern.find_iter(text).find(|found| !of_disclosure(found.as_str())));
    if let Some(found) = found {
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
    fn lost_characters_in_dates_are_seen() {
        assert!(lost_date("自202411日至20241231日止").is_some());
        assert!(lost_date("自2024年1月1日起至2024年12月31日止").is_none());
    }
}
