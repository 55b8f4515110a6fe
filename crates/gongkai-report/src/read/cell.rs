//! What stands in a cell behind the label of its row and is no plain number: `三`, `3（注1）`, `详见附件`, too many digits.
//!
//! Where the source marks the bounds of cells, such a cell is a value that cannot be read, never a part of the label.

use rust_decimal::Decimal;

use super::label::{GLUE_HEADS, is_known_label};
use crate::fold::{key_of_folded, likeness_from};
use crate::value::{Shape, Value, chinese_numeral, read_value};

/// The labels of a row as its cells go by.
#[derive(Debug, Default)]
pub(super) struct RowHead {
    joined: String,
    known: bool,
}

impl RowHead {
    /// A cell that may be (a part of) the label.
    pub(super) fn add(&mut self, folded: &str) {
        if read_value(folded).shape == Shape::Odd {
            self.joined.push_str(&key_of_folded(folded));
            self.known = is_known_label(&self.joined);
        }
    }

    /// The cell as a value that is no plain number, if it is one. `next` is the cell after it in the same row.
    pub(super) fn odd_value(&self, folded: &str, next: Option<&str>) -> Option<Value> {
        let value = read_value(folded);
        if !self.known || value.shape != Shape::Odd {
            return None;
        }
        let compact: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
        // A label follows: what stands here numbers it.
        if next.is_some_and(|next| read_value(next).shape == Shape::Odd && !stands_for_a_number(next)) {
            return None;
        }
        if let Some(number) = chinese_numeral(&compact) {
            return Some(Value { number: Some(Decimal::from(number)), shape: Shape::Decorated, ..value });
        }
        stands_for_a_number(&compact).then_some(value)
    }
}

/// Words put into a cell instead of a number.
const INSTEAD: [&str; 12] =
    ["附件", "附表", "不详", "未统计", "无数据", "暂无", "没有", "不适用", "待定", "待核", "未知", "保密"];

/// Whether text that is no number was meant as one: digits with a note, a word such as 不详, or signs only.
fn stands_for_a_number(folded: &str) -> bool {
    let text = folded.trim();
    let length = text.chars().count();
    if length > 24 || text.is_empty() {
        return false;
    }
    if too_long(text) || chinese_numeral(text).is_some() {
        return true;
    }
    let key = key_of_folded(text);
    if is_known_label(&key) || GLUE_HEADS.iter().any(|label| likeness_from(&key, label, 620) >= 620) {
        return false;
    }
    let rest = text.trim_start_matches(['-', '+']).trim_start_matches(|c: char| c.is_ascii_digit());
    let begins_with_digits = rest.len() < text.trim_start_matches(['-', '+']).len();
    if begins_with_digits {
        return length <= 12 && !rest.starts_with(['.', '、', ')', '年']);
    }
    length <= 8 && INSTEAD.iter().any(|word| text.contains(word))
        || text.chars().all(|c| !c.is_alphabetic() || c.is_ascii()) && !text.contains(['(', ')', '、'])
}

/// Digits and nothing else, more than any figure of a report has.
pub(super) fn too_long(compact: &str) -> bool {
    let digits = compact.trim_start_matches(['-', '+']);
    digits.len() > 15
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_behind_a_known_label_is_a_value_or_nothing_but_never_a_label() {
        let mut head = RowHead::default();
        head.add("(四)无法提供");
        assert!(head.odd_value("三", Some("0")).is_none());
        head.add("1.本机关不掌握相关政府信息");
        for (text, number) in
            [("三", Some("3")), ("十二", Some("12")), ("3(注1)", None), ("不详", None), ("#REF!", None)]
        {
            let value = head.odd_value(text, Some("0"));
            assert_eq!(value.map(|v| v.number.map(|n| n.to_string())), Some(number.map(str::to_owned)), "{text}");
        }
        for text in ["2.没有现成信息需要另行制作", "(五)不予处理", "总计", "本年处理决定数量", "七总计", "3.其他", "0"]
        {
            assert!(head.odd_value(text, Some("0")).is_none(), "{text}");
        }
        assert!(head.odd_value("二", Some("上年结转政府信息公开申请数量")).is_none());
    }
}
