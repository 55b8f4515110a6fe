//! What sentences state: counts of applications, results, proceedings, documents, fees.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::Sentence;
use crate::value::{chinese_numeral, digits, in_range};

/// The kinds of facts that rules compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FactKind {
    Received,
    NoneReceived,
    CarriedIn,
    NoneCarriedIn,
    NoneCarriedOut,
    ToHandle,
    CarriedOut,
    Answered,
    Granted,
    GrantedAndPartial,
    Partial,
    Denied,
    Unable,
    Refused,
    OtherResult,
    Withdrawn,
    NaturalPersons,
    Organisations,
    AllNaturalPersons,
    AllOrganisations,
    ByChannel,
    AllConcluded,
    AllDone,
    Reconsideration,
    Litigation,
    DirectSuits,
    SuitsAfter,
    NoReconsideration,
    NoLitigation,
    Upheld,
    Overturned,
    OtherOutcome,
    Pending,
    AllUpheld,
    NormativeIssued,
    NormativeRepealed,
    NormativeInForce,
    Regulations,
    RegulationsInForce,
    Licences,
    Penalties,
    Coercion,
    Published,
    WeChat,
    Weibo,
    Website,
    Fee,
    NoFee,
}

/// A fact with the words that state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    pub kind: FactKind,
    /// The number; `None` for facts such as “none received”.
    pub value: Option<Decimal>,
    /// 余, 多, 近, 约: never compared exactly.
    pub approximate: bool,
    /// The section, from 1; 0 for the preamble.
    pub section: u8,
    /// The index of its sentence.
    pub sentence: usize,
    /// The place of the match within the sentence, in bytes.
    pub at: usize,
    /// The words.
    pub quote: String,
    /// The sentence speaks of another scope than the reporting agency itself (全市, 本级 …).
    pub scoped: bool,
}

impl Fact {
    /// Whether a count of applications names one kind of applicant or one way only, and so is a part of the whole.
    pub(crate) fn of_one_kind(&self) -> bool {
        let any = |words: &[&str]| words.iter().any(|word| self.quote.contains(word));
        let (persons, bodies) = (any(&["自然人", "公民", "个人"]), any(&["法人", "组织", "企业"]));
        persons != bodies
            || any(&["网络", "互联网", "网上", "线上", "在线", "当面", "现场", "信函", "邮寄", "转办", "直接收到"])
    }
}

struct Pattern {
    kind: FactKind,
    /// At least one of these words must stand in the sentence, as bits of `Patterns::words`.
    needs: u64,
    regex: Regex,
}

/// The patterns with one automaton that tells which of their words a sentence holds.
struct Patterns {
    words: AhoCorasick,
    list: Vec<Pattern>,
}

impl Patterns {
    #[expect(clippy::expect_used, reason = "patterns are constants; a test compiles them all")]
    fn new(list: Vec<(FactKind, &'static [&'static str], String)>) -> Self {
        let mut words: Vec<&'static str> = list.iter().flat_map(|(_, needs, _)| needs.iter().copied()).collect();
        words.sort_unstable();
        words.dedup();
        assert!(words.len() <= 64, "a bit for each word");
        let bit = |need: &str| words.iter().position(|word| *word == need).map_or(0, |at| 1_u64 << at);
        let list = list
            .into_iter()
            .map(|(kind, needs, text)| Pattern {
                kind,
                needs: needs.iter().map(|need| bit(need)).fold(0, |all, bit| all | bit),
                regex: Regex::new(&text).expect("a constant pattern"),
            })
            .collect();
        let words = AhoCorasick::new(&words).expect("constant words");
        Self { words, list }
    }

    /// Which words a sentence holds.
    fn held(&self, text: &str) -> u64 {
        self.words.find_overlapping_iter(text).fold(0, |all, found| all | 1_u64 << found.pattern().as_usize())
    }
}

const UNIT: &str = r"(?:件次|条次|篇次|场次|人次|批次|件|条|份|宗|例|起|次|项|期|篇|个|部|批)";

/// A number with a counting word; `第` before it is refused later.
fn number() -> String {
    format!(
        r"(?P<q>近|约|超过?|逾)?(?P<n>\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)(?P<w>万|亿)?(?P<a>余|多)?个?{UNIT}"
    )
}

const RECEIVE: &str =
    r"(?:收到(?:和处理|并办理|和办理|并处理)?|接到|接收(?:且办理)?|受理(?:和办结)?|收办|新收|办理|登记)";
const APPLICATION: &str = r"(?:政府信息公开(?:书面)?申请(?:案件|事项|件)?|政府信息依申请公开(?:申请)?|依申请公开(?:政府信息(?:申请)?|信息|申请|办件|件|事项|案件)?|依申请信息公开(?:事项)?|信息公开申请|公开政府信息(?:的)?申请|申请书|(?:各类)?申请)";

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    use FactKind as K;
    let n = number();
    // Decisions are counted in cases; 条 and 项 count what was published and what the powers are.
    let decided = n.replace(UNIT, "(?:件|宗|起|例|份|个)");
    let next = r"(?:下(?:一)?(?:个)?年度?|20\d\d年度?|次年)";
    let list: Vec<(FactKind, &'static [&'static str], String)> = vec![
        (K::Received, &["申请"], format!(r"{RECEIVE}[^。;,\d]{{0,18}}?{APPLICATION}[^。;,\d]{{0,8}}?{n}")),
        (K::Received, &["申请"], format!(r"{RECEIVE}[^。;,\d]{{0,10}}?{n}[^。;,\d]{{0,6}}?{APPLICATION}")),
        (K::Received, &["依申请公开"], format!(r"(?:^|[,:])(?:全年|本年|本年度|20\d\d年)?(?:共|共有)?依申请公开(?:政府)?(?:信息)?(?:共|共计)?{n}")),
        (K::Received, &["新收"], format!(r"新收(?:到)?(?:政府信息公开|依申请公开)?(?:申请)?(?:共|共计)?{n}")),
        (K::NoneReceived, &["申请"], r"(?:未|没有|无|尚未|暂未)(?:有)?(?:收到|接到|受理|发生|接收|办理|新增)(?:[^。;,]{0,24}?)(?:申请|依申请公开)(?:[^。;,]{0,6})".to_owned()),
        (K::NoneReceived, &["申请"], r"(?:^|[,:。])(?:本?年度?|全年)?无(?:政府信息公开|依申请公开)[^。;,]{0,6}申请[^。;,]{0,4}".to_owned()),
        (K::CarriedIn, &["结转", "转结"], format!(r"(?:上(?:一)?年度?|去年|20\d\d年度?)(?:转结|结转)[^。;,\d]{{0,10}}?{n}")),
        (K::CarriedIn, &["结转", "转结"], format!(r"20\d\d年度?(?:转结|结转)(?:至|到|入)?(?:20\d\d年度?|本年度?)[^。;,\d]{{0,12}}?{n}")),
        (K::CarriedIn, &["结转"], format!(r"结转上(?:一)?年度?[^。;,\d]{{0,6}}?{n}")),
        (K::NoneCarriedIn, &["结转"], r"(?:无|没有)上(?:一)?年度?结转".to_owned()),
        (K::NoneCarriedOut, &["结转"], format!(r"(?:无|没有)(?:申请|案件)?(?:结转|顺延)(?:至|到)?{next}|(?:无|没有){next}结转|(?:无|没有)结转(?:[,、)]|$)")),
        (K::ToHandle, &["办理", "应办", "应答复"], format!(r"(?:共需|需要|应|需)(?:办理|答复|办)[^。;,\d]{{0,18}}?{n}")),
        (K::CarriedOut, &["结转", "转结", "顺延", "转下", "继续办理"], format!(r"(?:(?:结转|转结|顺延|转)(?:至|到)?{next}|下(?:一)?年度继续办理)[^。;,\d]{{0,12}}?{n}")),
        (K::CarriedOut, &["结转", "转结", "顺延"], format!(r"{n}[^。;,\d]{{0,8}}?(?:结转|转结|顺延)(?:至|到)?{next}")),
        (K::Answered, &["答复", "办结", "办理完毕"], format!(r"(?:答复|办结|办理完毕|按期办结)(?:申请|政府信息公开申请|依申请公开(?:申请)?)?(?:共|共计|总数|数量)?(?:为|是)?{n}")),
        (K::GrantedAndPartial, &["予以公开"], format!(r"予以公开(?:和|及|或|与|、)部分公开[^。;,、\d]{{0,6}}?{n}")),
        (K::Granted, &["予以公开", "同意公开"], format!(r"(?:予以公开|同意公开)(?:的|申请)?(?:共|为)?{n}")),
        (K::Partial, &["部分公开"], format!(r"部分公开(?:的|申请)?(?:共|为)?{n}")),
        (K::Denied, &["不予公开"], format!(r"不予公开(?:的|申请|决定)?(?:共|为)?{n}")),
        (K::Unable, &["无法提供"], format!(r"无法提供(?:的|申请|政府信息)?(?:共|为)?{n}")),
        (K::Refused, &["不予处理"], format!(r"不予处理(?:的|申请|决定)?(?:共|为)?{n}")),
        (K::OtherResult, &["其他处理"], format!(r"(?:作)?其他处理(?:\([^)]{{0,24}}\))?(?:的|申请)?(?:共|为)?{n}")),
        (K::Withdrawn, &["撤回", "撤销申请", "撤件"], format!(r"(?:撤销申请|(?:主动)?撤回(?:申请)?|撤件)[^。;,、\d]{{0,4}}?{n}")),
        (K::NaturalPersons, &["自然人", "公民"], format!(r"(?:自然人|公民(?:个人)?)(?:提出|提交)?(?:的)?(?:申请)?(?:共|为|提交)?{n}")),
        (K::Organisations, &["法人"], format!(r"法人(?:(?:或|及|和|、)(?:者)?其他组织)?(?:提出|提交)?(?:的)?(?:申请)?(?:共|为)?{n}")),
        (K::AllNaturalPersons, &["自然人"], r"(?:均|全部|都)(?:为|是|由)自然人".to_owned()),
        (K::AllOrganisations, &["法人", "组织", "企业"], r"(?:均|全部|都)(?:为|是|由)(?:法人|企业|其他组织|组织)".to_owned()),
        (K::AllDone, &["办结", "答复", "办理完毕"], r"(?:均|全部|都)(?:已|已经)?(?:办结|办理完毕|答复完毕|办理完成)".to_owned()),
        (K::ByChannel, &["申请"], format!(r"(?:互联网|网络|网上|网站|线上|在线|平台|微信|快递|来信|来函|信函|邮递|邮寄|当面|现场|传真|电子邮件|其他方式|其他形式)(?:提交)?申请[^。;,、\d]{{0,4}}?{n}")),
        (K::AllConcluded, &["率"], r"(?:办结率|答复率|按期答复率|按期办结率|按时办结率|按时答复率)[^。;\d]{0,4}100(?:\.0+)?%".to_owned()),
        (K::Reconsideration, &["复议"], format!(r"(?:行政)?复议(?:的)?(?:案件|申请)?(?:共|共计|总数)?(?:为|是)?(?P<more>[^。;,、\d和与及后前维纠撤直起]{{0,4}}?){n}")),
        (K::Litigation, &["诉讼"], format!(r"(?:行政诉讼|诉讼)(?:的)?(?:案件)?(?:共|共计|总数)?(?:为|是)?[^。;,、\d]{{0,4}}?{n}")),
        (K::DirectSuits, &["未经复议"], format!(r"未经复议直接(?:起诉|提起(?:行政)?诉讼)(?:的)?(?:案件)?(?:共|为)?{n}")),
        (K::SuitsAfter, &["复议后"], format!(r"复议后(?:起诉|提起(?:行政)?诉讼)(?:的)?(?:案件)?(?:共|为)?{n}")),
        (K::NoReconsideration, &["复议"], r"(?:未|没有|无|不存在|尚未|暂未)[^。;,]{0,24}?(?:行政)?复议".to_owned()),
        (K::NoLitigation, &["诉讼"], r"(?:未|没有|无|不存在|尚未|暂未)[^。;,]{0,30}?诉讼".to_owned()),
        (K::Upheld, &["维持"], format!(r"(?:结果)?维持(?:结果)?(?:的)?(?:共|为)?{n}")),
        (K::Overturned, &["纠正"], format!(r"(?:结果)?纠正(?:结果)?(?:的)?(?:共|为)?{n}")),
        (K::OtherOutcome, &["其他结果"], format!(r"其他结果(?:的)?(?:共|为)?{n}")),
        (K::Pending, &["审结", "办结", "办理"], format!(r"(?:尚未审结|尚未办结|正在办理|未审结)(?:的)?(?:共|为)?{n}")),
        (K::AllUpheld, &["维持"], r"(?:均|全部|都)(?:获|被|予以|已)?维持".to_owned()),
        (K::NormativeIssued, &["规范性文件"], format!(r"(?:制发|制定(?:并发布|印发)?|印发|新制定|出台|新增)(?:了)?(?:行政)?规范性文件(?:共|共计)?{n}")),
        (K::NormativeIssued, &["规范性文件"], format!(r"(?:制发|制定|出台|印发)(?:了)?{n}(?:行政)?规范性文件")),
        (K::NormativeRepealed, &["废止"], format!(r"废止(?:失效)?(?:行政)?规范性文件(?:共|共计)?{n}")),
        (K::NormativeRepealed, &["废止"], format!(r"规范性文件\d+{UNIT}[,、](?:修改\d+{UNIT}[,、])?废止(?:失效)?{n}")),
        (K::NormativeInForce, &["现行有效"], format!(r"规范性文件(?:\d+{UNIT}[,、](?:[^。;,、]{{0,8}}\d+{UNIT}[,、]){{0,2}})?现行有效(?:的)?(?:共|共计|为)?{n}")),
        (K::RegulationsInForce, &["现行有效"], format!(r"现行有效(?:的)?(?:地方)?(?:政府)?规章(?:共|共计|为)?{n}")),
        (K::RegulationsInForce, &["现行有效"], format!(r"规章现行有效(?:的)?(?:共|共计|为)?{n}")),
        (K::NormativeInForce, &["现行有效"], format!(r"现行有效(?:的)?(?:行政)?规范性文件(?:件数)?(?:共|共计|为)?{n}")),
        (K::Regulations, &["规章"], format!(r"(?:制发|制定|出台)(?:政府)?规章{n}")),
        (K::Licences, &["行政许可"], format!(r"行政许可(?:(?:处理)?决定)?(?:共|共计|数量)?{decided}")),
        (K::Penalties, &["行政处罚"], format!(r"行政处罚(?:(?:处理)?决定|案件)?(?:共|共计|数量)?{decided}")),
        (K::Coercion, &["行政强制"], format!(r"行政强制(?:(?:处理)?决定|措施)?(?:共|共计|数量)?{decided}")),
        (K::Published, &["公开", "发布"], format!(r"主动公开(?:各类|的)?(?:政府|政务)?信息(?:共|共计|数|总数)?{n}")),
        (K::WeChat, &["公众号", "微信"], format!(r"(?:微信公众号|公众号|官方微信|政务微信|微信)(?:平台)?(?:累计|共|共计)?(?:主动)?(?:发布|推送|公开|更新)(?:各类)?(?:政府|政务)?(?:信息|文章|图文)?(?:共|共计)?{n}")),
        (K::Weibo, &["微博"], format!(r"微博(?:平台)?(?:累计|共|共计)?(?:主动)?(?:发布|推送|公开|更新)(?:各类)?(?:政府|政务)?(?:信息|博文)?(?:共|共计)?{n}")),
        (K::Website, &["网站", "官网"], format!(r"(?:门户网站|政府网站|官方网站|官网|网站)(?:累计|共|共计)?(?:主动)?(?:发布|公开|更新)(?:各类)?(?:政府|政务)?(?:信息)?(?:共|共计)?{n}")),
        (K::Fee, &["信息处理费", "收取"], r"(?:信息处理费|收取(?:任何)?费用)[^。;\d]{0,16}?(?P<n>\d+(?:\.\d+)?)(?P<w>万)?元".to_owned()),
        (K::NoFee, &["收取", "收费", "费用", "信息处理费"], r"(?:未|没有|不存在|无)[^。;]{0,20}?(?:收取|收费|费用|信息处理费)".to_owned()),
    ];
    Patterns::new(list)
});

/// Words that widen or narrow the scope of a count.
const SCOPES: [&str; 21] = [
    "所属单位",
    "所属各",
    "下属单位",
    "直属单位",
    "全市",
    "全县",
    "全区",
    "全省",
    "全州",
    "全旗",
    "全镇",
    "全系统",
    "市本级",
    "县本级",
    "区本级",
    "本级",
    "各级",
    "各部门",
    "各单位",
    "各镇",
    "办公室收到",
];

/// Whether a Chinese numeral or 第 stands right before the number: then it is none of its own.
fn refused_before(text: &str, at: usize) -> bool {
    text.get(..at)
        .and_then(|head| head.chars().next_back())
        .is_some_and(|c| "第零〇一二两三四五六七八九十百千〔[.".contains(c) || c.is_ascii_digit())
}

pub(crate) fn decimal(number: &str, scale: Option<&str>) -> Option<Decimal> {
    let value = if number.starts_with(|c: char| c.is_ascii_digit()) {
        digits(number)?
    } else {
        Decimal::from(chinese_numeral(number)?)
    };
    let value = match scale {
        Some("万") => value.checked_mul(Decimal::from(10_000))?,
        Some("亿") => value.checked_mul(Decimal::from(100_000_000))?,
        _ => value,
    };
    in_range(value).then_some(value)
}

/// Every fact the sentences state: all occurrences, not the first.
pub(crate) fn facts(sentences: &[Sentence]) -> Vec<Fact> {
    let mut found: Vec<Fact> = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        let text = sentence.text.as_str();
        let held = PATTERNS.held(text);
        if held == 0 {
            continue;
        }
        let scoped = SCOPES.iter().any(|scope| text.contains(scope));
        for pattern in &PATTERNS.list {
            if pattern.needs & held == 0 {
                continue;
            }
            for matched in pattern.regex.captures_iter(text) {
                let Some(whole) = matched.get(0) else { continue };
                let number = matched.name("n");
                if number.is_some_and(|n| refused_before(text, n.start())) {
                    continue;
                }
                let joined =
                    text.get(..whole.start()).is_some_and(|head| head.ends_with(['和', '及', '与', '或', '、']));
                if pattern.kind == FactKind::Partial && joined {
                    // 予以公开和部分公开 is one figure.
                    continue;
                }
                // 上年结转至本年办理的申请 were received the year before.
                if pattern.kind == FactKind::Received
                    && whole.as_str().starts_with("办理")
                    && text.get(..whole.start()).is_some_and(|head| {
                        head.rsplit([',', '(']).next().is_some_and(|clause| clause.contains("结转"))
                    })
                {
                    continue;
                }
                let value = number.and_then(|n| decimal(n.as_str(), matched.name("w").map(|w| w.as_str())));
                if number.is_some() && value.is_none() {
                    continue;
                }
                let approximate = matched.name("a").is_some()
                    || matched.name("q").is_some()
                    || matched.name("w").is_some_and(|_| pattern.kind != FactKind::Fee);
                let fact = Fact {
                    kind: pattern.kind,
                    value,
                    approximate,
                    section: sentence.section,
                    sentence: index,
                    at: whole.start(),
                    quote: whole.as_str().trim_start_matches([',', ':']).to_owned(),
                    scoped,
                };
                // Two ways may have brought as many; other kinds may be matched by several patterns.
                let same = |other: &Fact| {
                    other.kind == fact.kind
                        && other.sentence == index
                        && other.value == fact.value
                        && (fact.kind != FactKind::ByChannel || other.at == fact.at)
                };
                if !found.iter().rev().take(12).any(same) {
                    found.push(fact);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
