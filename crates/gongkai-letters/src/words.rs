//! Facts that are a choice, a cited law or a fee: what they may be filled with, and what one brings with it.

use gongkai_law::clock::Channel;
use gongkai_law::{Fee, LetterKind};

use crate::{Fact, LetterRequest, Value};

/// What is wrong with the words of a letter.
pub(crate) fn check(request: &LetterRequest) -> Result<(), String> {
    for (fact, value) in request.facts.iter().filter(|(_, value)| !value.is_empty()) {
        if fact.is_derived() {
            return Err(format!("“{}”由系统写出，请不要填写", fact.name()));
        }
        choice(*fact, value)?;
    }
    let given = |fact: Fact| request.facts.get(&fact).is_some_and(|value| !value.is_empty());
    match request.kind {
        LetterKind::L06 if is_joint(request) && given(Fact::AnswerDue) => Err(
            "“共同制作”填“是”的，不填答复时限：共同制作机关的期限由条例规定，为收到之日起15个工作日（条例第三十四条）"
                .to_owned(),
        ),
        LetterKind::L01 if Channel::named(&text(request, Fact::Channel)).is_none() => {
            let all: Vec<&str> = Channel::ALL.into_iter().map(Channel::label).collect();
            Err(format!(
                "渠道“{}”定不了收到之日（条例第三十一条），应是{}",
                text(request, Fact::Channel),
                all.join("、")
            ))
        }
        LetterKind::L15b => prohibiting(&text(request, Fact::ProhibitingProvision)),
        _ => Ok(()),
    }
}

pub(crate) fn text(request: &LetterRequest, fact: Fact) -> String {
    request.facts.get(&fact).map(Value::inline).unwrap_or_default()
}

/// Whether the organ asked is a co-maker.
pub(crate) fn is_joint(request: &LetterRequest) -> bool {
    text(request, Fact::JointMaking) == "是"
}

fn choice(fact: Fact, value: &Value) -> Result<(), String> {
    let choices = fact.choices();
    let given: Vec<String> = match value {
        Value::List(items) if fact.several() => items.iter().map(|item| item.trim().to_owned()).collect(),
        Value::Text(_) if fact.several() => value.inline().split('、').map(|item| item.trim().to_owned()).collect(),
        Value::Text(_) | Value::Date(_) | Value::List(_) => vec![value.inline()],
    };
    match given.iter().find(|item| !choices.contains(&item.as_str())) {
        Some(other) if !choices.is_empty() => {
            let several = if fact.several() { "，可以不止一种，用“、”分开" } else { "" };
            Err(format!("“{}”不能是“{other}”，应是{}{several}", fact.name(), choices.join("、")))
        }
        _ => Ok(()),
    }
}

/// 条例 第十四条: only a law or an administrative regulation forbids disclosure, and the letter names its article. A
/// name that ends in 法 or 条例, or an act of the National People's Congress, is taken for one; any other, such as
/// 规定 or 办法, only with 国务院令 behind it.
fn prohibiting(text: &str) -> Result<(), String> {
    let mut rest = text;
    let mut named = false;
    while let Some((_, after)) = rest.split_once('《') {
        let Some((name, behind)) = after.split_once('》') else { break };
        named = true;
        let article = behind.split('《').next().unwrap_or_default();
        let bare = name.split(['（', '(']).next().unwrap_or_default().trim();
        let law = (bare.ends_with('法') && !bare.ends_with("办法"))
            || bare.ends_with("法典")
            || bare.ends_with("条例")
            || bare.starts_with("全国人民代表大会")
            || bare.starts_with("全国人大");
        if !law && !article.contains("国务院令") {
            return Err(format!(
                "《{name}》看来不是法律、行政法规。禁止公开只能依据法律、行政法规，规章和规范性文件不行（条例第十四条）；确是行政法规的，在名称后写明国务院令的号"
            ));
        }
        if !article.split_once('第').is_some_and(|(_, number)| number.contains('条')) {
            return Err(format!("《{name}》没有写到第几条（条例第十四条）"));
        }
        rest = behind;
    }
    if named {
        Ok(())
    } else {
        Err("“禁止公开依据”要用书名号写明法律、行政法规的名称，并写到第几条".to_owned())
    }
}

/// The fee of a notice: the fact that holds its count, and the fee itself. By piece or by page, never both (收费办法
/// 第三条), and the amount is what the measures give.
pub(crate) fn fee(request: &LetterRequest) -> Result<Option<Fee>, String> {
    if request.kind != LetterKind::L08 {
        return Ok(None);
    }
    let by_piece = text(request, Fact::FeeMode) == "按件计收";
    let (count, other) = if by_piece { (Fact::FeeOrdinal, Fact::FeePages) } else { (Fact::FeePages, Fact::FeeOrdinal) };
    let mode = text(request, Fact::FeeMode);
    if !text(request, other).is_empty() {
        return Err(format!("{mode}的，不填{}：按件与按量不能两种都收（收费办法第三条）", other.name()));
    }
    let written = text(request, count);
    let number: u64 = written.parse().map_err(|_| format!("“{}”应是一个数，不是“{written}”", count.name()))?;
    let fee =
        if by_piece { Fee::of_piece(number) } else { Fee::of_pages(number) }.map_err(|error| error.to_string())?;
    if fee.yuan.0 == 0 {
        return Err(format!("{}{number}不用缴费（{}），不发收费通知", count.name(), fee.article));
    }
    let amount = text(request, Fact::FeeAmount);
    let yuan: String = amount.trim_end_matches('元').chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    if yuan.parse() != Ok(fee.yuan.0) {
        return Err(format!(
            "收费金额“{amount}”不对，{}{number}应是{}元（{}：{}）",
            count.name(),
            fee.yuan.0,
            fee.article,
            fee.written_out()
        ));
    }
    Ok(Some(fee))
}

/// The rates of the way of charging, in words.
pub(crate) fn rates(fee: &Fee) -> &'static str {
    if fee.unit == '件' {
        "同一申请人一个自然月内累计：10件以下（含10件）不收费，11至30件每件100元，31件以上每增加10件收费标准提高100元/件"
    } else {
        "30页以下（含30页）不收费，31至100页每页10元，101至200页每页20元，201页以上每页40元"
    }
}

/// Facts that are needed because of what another fact says.
pub(crate) fn brought_along(request: &LetterRequest) -> Vec<Fact> {
    match request.kind {
        LetterKind::L08 => match text(request, Fact::FeeMode).as_str() {
            "按件计收" => vec![Fact::FeeOrdinal],
            "按量计收" => vec![Fact::FeePages],
            _ => Vec::new(),
        },
        // 条例 第三十六条第五项: name and contact of the organ.
        LetterKind::L17 if !text(request, Fact::ResponsibleOrgan).is_empty() => vec![Fact::ResponsibleOrganContact],
        LetterKind::L29 => match text(request, Fact::RectificationDecision).as_str() {
            "予以更正" => vec![Fact::RectificationResult],
            "不予更正" => vec![Fact::Reason],
            "转送有权更正的机关" => vec![Fact::ResponsibleOrgan],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
