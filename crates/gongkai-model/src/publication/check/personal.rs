//! D1–D6, D8, D9: numbers and data of persons.

use std::sync::LazyLock;

use regex::Regex;

use super::number::{is_bank_card, is_credit_code, is_identity, is_old_identity, masked};
use super::{Detector, Hit, Settings, Weight, around};

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static IDENTITY: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"[1-9]\d{16}[\dXx]"));
static RUN: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"[0-9]{14,22}[Xx]?|[0-9A-Z]{18}"));
/// Nineteen digits as they are printed on cards: four by four and three.
static GROUPED_LONG: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\d{4}(?:[ -]\d{4}){3}[ -]\d{1,3}"));
static GROUPED: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{3,7}"));
static SPACED_IDENTITY: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\d{6}[ -]\d{8}[ -]\d{3}[0-9Xx]"));
static MOBILE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:(?:\+|00)?86[- ]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"));
static LANDLINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"0\d{2,3}[- ]?\d{7,8}(?:-\d{1,5})?|400[- ]?\d{3,4}[- ]?\d{3,4}"));
static PASSPORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?-u:\b)(?:E\d{8}|E[A-HJ-NP-Z]\d{7}|G\d{8}|[DSP]E?\d{7,8}|C[A-Z0-9]\d{7}|[HM]\d{8,10})(?-u:\b)")
});
static TAIWAN: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?:台胞证|台湾居民来往大陆通行证)(?:号|号码|证号)?\s*[:：]?\s*(\d{8})(?:\D|$)"));
static MAIL: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"[A-Za-z0-9._%+-]{2,40}@[A-Za-z0-9.-]{3,60}\.[A-Za-z]{2,6}"));
static QQ: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)(?:QQ|微信)(?:群|号|号码|同号)?\s*[:：]?\s*[A-Za-z0-9_-]{5,20}"));
static PLATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-HJ-NP-Z0-9]{5,6}")
});
static HOME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"[\p{Han}A-Za-z0-9]{2,20}?(?:小区|花园|公寓|家园|新村|苑|里)\d{1,3}(?:号楼|栋|幢|座)?\d{0,2}(?:单元|门)?\d{1,4}(?:室|号)",
    )
});
static BIRTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"[\p{Han}]{2,4}[,，](?:男|女)[,，][^。;；]{0,12}?(?:19|20)\d{2}年\d{1,2}月\d{0,2}日?(?:出)?生")
});

/// Words of the kinds that article 28 of the 个人信息保护法 calls sensitive.
const SENSITIVE: [&str; 22] = [
    "病历",
    "病史",
    "确诊",
    "残疾证号",
    "艾滋病",
    "精神障碍",
    "住院号",
    "血型",
    "指纹",
    "人脸",
    "虹膜",
    "宗教信仰",
    "行踪轨迹",
    "定位轨迹",
    "低保户姓名",
    "刑满释放",
    "社区矫正对象",
    "吸毒",
    "未成年人姓名",
    "银行流水",
    "开户行及账号",
    "征信记录",
];

/// What to do about an identity number.
const ADVICE: &str = "删去，或按规定只保留前4位和后2位";

fn push(
    out: &mut Vec<Hit>,
    detector: Detector,
    weight: Weight,
    shown: String,
    around: String,
    piece: usize,
    advice: &str,
) {
    out.push(Hit { detector, weight, shown, around, piece, source: String::new(), advice: advice.to_owned() });
}

/// Whether no digit stands right before or after: letters may, as in `ID110105…`.
fn no_digit_beside(text: &str, from: usize, to: usize) -> bool {
    let before = text.get(..from).and_then(|head| head.chars().next_back());
    let after = text.get(to..).and_then(|tail| tail.chars().next());
    !before.is_some_and(|c| c.is_ascii_digit()) && !after.is_some_and(|c| c.is_ascii_digit())
}

/// Whether the characters right before and after belong to the same number or word.
fn stands_alone(text: &str, from: usize, to: usize) -> bool {
    let before = text.get(..from).and_then(|head| head.chars().next_back());
    let after = text.get(to..).and_then(|tail| tail.chars().next());
    !before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(|c| c.is_ascii_alphanumeric())
}

pub(super) fn scan(text: &str, piece: usize, settings: &Settings, out: &mut Vec<Hit>) {
    let mut taken: Vec<(usize, usize)> = Vec::new();
    numbers(text, piece, &mut taken, out);
    phones(text, piece, settings, &mut taken, out);
    passports(text, piece, out);
    taiwan_permits(text, piece, out);
    others(text, piece, settings, out);
}

fn numbers(text: &str, piece: usize, taken: &mut Vec<(usize, usize)>, out: &mut Vec<Hit>) {
    for found in IDENTITY.as_ref().into_iter().flat_map(|pattern| pattern.find_iter(text)) {
        let (from, to) = (found.start(), found.end());
        if no_digit_beside(text, from, to) && is_identity(found.as_str()) {
            taken.push((from, to));
            let context = around(text, from, to);
            push(out, Detector::Identity, Weight::Block, masked(found.as_str(), 4, 2), context, piece, ADVICE);
        }
    }
    let runs = [&RUN, &GROUPED_LONG, &GROUPED, &SPACED_IDENTITY];
    for found in runs.iter().filter_map(|pattern| pattern.as_ref()).flat_map(|pattern| pattern.find_iter(text)) {
        let (from, to) = (found.start(), found.end());
        if !stands_alone(text, from, to) || taken.iter().any(|(a, b)| *a < to && from < *b) {
            continue;
        }
        let plain: String = found.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
        let near: String = text.get(..from).unwrap_or("").chars().rev().take(16).collect();
        let near: String = near.chars().rev().collect();
        let context = around(text, from, to);
        let of_money = ["账号", "帐号", "账户", "卡号", "开户"].iter().any(|word| near.contains(word));
        if is_identity(&plain) {
            taken.push((from, to));
            push(out, Detector::Identity, Weight::Block, masked(&plain, 4, 2), context, piece, ADVICE);
        } else if is_credit_code(&plain) {
            taken.push((from, to));
        } else if is_bank_card(&plain) && (plain.len() >= 16 || of_money) {
            taken.push((from, to));
            let advice = "删去；单位账户确需公布的，写明依据";
            push(out, Detector::BankCard, Weight::Block, masked(&plain, 0, 4), context, piece, advice);
        } else if is_old_identity(&plain) {
            taken.push((from, to));
            push(
                out,
                Detector::OldIdentity,
                Weight::Warn,
                masked(&plain, 4, 2),
                context,
                piece,
                "核对是否为身份证号码，是的删去",
            );
        } else if is_bank_card(&plain) {
            taken.push((from, to));
            let advice = "核对是否为银行卡号，是的删去";
            push(out, Detector::BankCard, Weight::Warn, masked(&plain, 0, 4), context, piece, advice);
        }
    }
}

/// A mobile number without 86 or 0086 before it.
pub(super) fn without_country(plain: &str) -> &str {
    ["0086", "86"]
        .into_iter()
        .find_map(|code| plain.strip_prefix(code).filter(|rest| rest.len() == 11))
        .unwrap_or(plain)
}

/// The places of everything that looks like a number of a kind, from left to right; what overlaps may come twice.
pub(super) fn places(detector: Detector, text: &str) -> Vec<(usize, usize)> {
    let patterns: &[&LazyLock<Option<Regex>>] = match detector {
        Detector::Identity => &[&IDENTITY, &SPACED_IDENTITY],
        Detector::Mobile => &[&MOBILE],
        Detector::BankCard => &[&GROUPED_LONG, &GROUPED, &RUN],
        _ => &[],
    };
    let mut out: Vec<(usize, usize)> = patterns
        .iter()
        .filter_map(|pattern| pattern.as_ref())
        .flat_map(|pattern| pattern.find_iter(text))
        .map(|found| (found.start(), found.end()))
        .collect();
    out.sort_unstable();
    out
}

fn phones(text: &str, piece: usize, settings: &Settings, taken: &mut Vec<(usize, usize)>, out: &mut Vec<Hit>) {
    for found in MOBILE.as_ref().into_iter().flat_map(|pattern| pattern.find_iter(text)) {
        let (from, to) = (found.start(), found.end());
        if !no_digit_beside(text, from, to) || taken.iter().any(|(a, b)| *a < to && from < *b) {
            continue;
        }
        let plain: String = found.as_str().chars().filter(char::is_ascii_digit).collect();
        let plain = without_country(&plain).to_owned();
        taken.push((from, to));
        if settings.contacts.contains(&plain) {
            continue;
        }
        let context = around(text, from, to);
        let advice = "删去或隐去中间4位；是本单位公布的联系电话的，由管理员加入办公电话名单";
        push(out, Detector::Mobile, Weight::Block, masked(&plain, 3, 4), context, piece, advice);
    }
    for found in LANDLINE.as_ref().into_iter().flat_map(|pattern| pattern.find_iter(text)) {
        let (from, to) = (found.start(), found.end());
        let digits = |c: char| c.is_ascii_digit();
        let inside = text.get(..from).is_some_and(|head| head.ends_with(digits))
            || text.get(to..).is_some_and(|tail| tail.starts_with(digits));
        if inside || taken.iter().any(|(a, b)| *a < to && from < *b) {
            continue;
        }
        push(out, Detector::Landline, Weight::Info, found.as_str().to_owned(), String::new(), piece, "确认是办公电话");
    }
}

fn passports(text: &str, piece: usize, out: &mut Vec<Hit>) {
    for found in PASSPORT.as_ref().into_iter().flat_map(|pattern| pattern.find_iter(text)) {
        let near: String = text.get(..found.start()).unwrap_or("").chars().rev().take(12).collect();
        let near: String = near.chars().rev().collect();
        let told = ["护照", "通行证", "回乡证", "台胞证"].iter().any(|word| near.contains(word));
        let weight = if told { Weight::Block } else { Weight::Warn };
        let context = around(text, found.start(), found.end());
        push(
            out,
            Detector::Passport,
            weight,
            masked(found.as_str(), 2, 2),
            context,
            piece,
            "核对是否为证件号码，是的删去",
        );
    }
}

fn taiwan_permits(text: &str, piece: usize, out: &mut Vec<Hit>) {
    let found = TAIWAN.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text));
    for number in found.filter_map(|groups| groups.get(1)) {
        let context = around(text, number.start(), number.end());
        let shown = masked(number.as_str(), 2, 2);
        push(out, Detector::Passport, Weight::Block, shown, context, piece, "核对是否为证件号码，是的删去");
    }
}

fn others(text: &str, piece: usize, settings: &Settings, out: &mut Vec<Hit>) {
    for (pattern, what) in
        [(&MAIL, "电子邮箱"), (&QQ, "QQ、微信号"), (&PLATE, "车牌号"), (&HOME, "住址"), (&BIRTH, "姓名和出生日期")]
    {
        for found in pattern.as_ref().into_iter().flat_map(|pattern| pattern.find_iter(text)) {
            let own = found.as_str().ends_with(".gov.cn") || settings.contacts.iter().any(|own| own == found.as_str());
            if own {
                continue;
            }
            let length = found.as_str().chars().count();
            let context = around(text, found.start(), found.end());
            let advice = format!("像是个人的{what}，核对后删去；是单位的可说明为误报");
            push(
                out,
                Detector::OtherPersonal,
                Weight::Warn,
                masked(found.as_str(), 2.min(length / 3), 2.min(length / 3)),
                context,
                piece,
                &advice,
            );
        }
    }
    for word in SENSITIVE {
        if let Some(at) = text.find(word) {
            let context = around(text, at, at + word.len());
            let advice = "属于敏感个人信息的，取得单独同意或有法定依据才能公开，请审核人写明意见";
            push(out, Detector::SensitiveKind, Weight::Warn, word.to_owned(), context, piece, advice);
        }
    }
}
