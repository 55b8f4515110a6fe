//! What a cell of a table says: a number, nothing, a dash, or something odd.

use rust_decimal::Decimal;

use crate::fold::fold;

/// What is printed beside or instead of a plain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Digits only.
    Plain,
    /// A number with a comma, a sign or a unit.
    Decorated,
    /// Nothing.
    Blank,
    /// `/`, `-`, `—` or the like.
    Dash,
    /// Something that is no number.
    Odd,
}

/// The unit printed in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// No unit.
    None,
    /// 元.
    Yuan,
    /// 万元.
    TenThousandYuan,
    /// 亿元.
    HundredMillionYuan,
    /// A counting word (件, 条, 项 …).
    Count,
}

/// The reading of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// The number, before conversion of units.
    pub number: Option<Decimal>,
    /// Its shape.
    pub shape: Shape,
    /// Its unit.
    pub unit: Unit,
}

impl Value {
    const fn none(shape: Shape) -> Self {
        Self { number: None, shape, unit: Unit::None }
    }

    /// Whether the text could stand where a value is expected.
    pub fn is_value_like(self) -> bool {
        self.shape != Shape::Odd
    }
}

/// The largest figure that is taken for one: a thousand million million. Sums and products of figures below it never overflow.
const LARGEST: u64 = 1_000_000_000_000_000;

/// Whether a number can be a figure of a report: not above a thousand million million, not finer than eight decimals.
pub fn in_range(number: Decimal) -> bool {
    number.abs() <= Decimal::from(LARGEST) && number.scale() <= 8
}

/// The number that plain digits state; `None` for other text and for numbers out of range ([`in_range`]).
pub fn digits(text: &str) -> Option<Decimal> {
    text.parse::<Decimal>().ok().filter(|number| in_range(*number))
}

const COUNT_UNITS: &[&str] = &["件次", "件", "条", "份", "宗", "例", "起", "次", "项", "个", "篇", "人", "部", "家"];

/// Reads a Chinese numeral up to 千万: 一, 十二, 三百零五, 〇. `None` if `text` is anything else.
pub fn chinese_numeral(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > 12 {
        return None;
    }
    let digit = |c: char| -> Option<u64> {
        Some(match c {
            '零' | '〇' | '○' | 'Ｏ' => 0,
            '一' | '壹' => 1,
            '二' | '两' | '贰' => 2,
            '三' | '叁' => 3,
            '四' | '肆' => 4,
            '五' | '伍' => 5,
            '六' | '陆' => 6,
            '七' | '柒' => 7,
            '八' | '捌' => 8,
            '九' | '玖' => 9,
            _ => return None,
        })
    };
    let (mut total, mut section, mut current, mut any) = (0_u64, 0_u64, 0_u64, false);
    let mut digits_in_row = 0;
    let mut positional = String::new();
    for c in text.chars() {
        if let Some(value) = digit(c) {
            current = value;
            any = true;
            digits_in_row += 1;
            positional.push(char::from_digit(u32::try_from(value).ok()?, 10)?);
            continue;
        }
        let unit = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '万' => 10_000,
            _ => return None,
        };
        if unit == 10_000 {
            total = (total + section + current).checked_mul(unit)?;
            section = 0;
        } else {
            section += if current == 0 { 1 } else { current } * unit;
        }
        current = 0;
        any = true;
        digits_in_row = 0;
    }
    if !any {
        return None;
    }
    // 二〇二三 is written digit by digit.
    if digits_in_row > 1 && positional.chars().count() == text.chars().count() {
        return positional.parse().ok();
    }
    Some(total + section + current)
}

fn strip_unit(text: &str) -> (&str, Unit) {
    for (suffix, unit) in [
        ("亿元", Unit::HundredMillionYuan),
        ("万元", Unit::TenThousandYuan),
        ("万元人民币", Unit::TenThousandYuan),
        ("元人民币", Unit::Yuan),
        ("元", Unit::Yuan),
        ("万", Unit::TenThousandYuan),
    ] {
        if let Some(rest) = text.strip_suffix(suffix) {
            return (rest, unit);
        }
    }
    for suffix in COUNT_UNITS {
        if let Some(rest) = text.strip_suffix(suffix) {
            return (rest, Unit::Count);
        }
    }
    (text, Unit::None)
}

fn parse_digits(text: &str) -> Option<(Decimal, bool)> {
    let mut sign = "";
    let mut decorated = false;
    let mut rest = text;
    while let Some(stripped) = rest.strip_prefix(['-', '+']) {
        if rest.starts_with('-') {
            sign = "-";
        }
        decorated = true;
        rest = stripped;
        if text.len() - rest.len() > 2 {
            return None;
        }
    }
    if rest.is_empty() || rest.len() > 20 || !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut clean = String::with_capacity(rest.len() + 1);
    clean.push_str(sign);
    let mut dots = 0;
    let mut group = 0_usize;
    let mut grouped = false;
    for c in rest.chars() {
        match c {
            '0'..='9' => {
                clean.push(c);
                group += 1;
            }
            ',' if dots == 0 => {
                if grouped && group != 3 || group == 0 || group > 3 {
                    return None;
                }
                grouped = true;
                decorated = true;
                group = 0;
            }
            '.' => {
                if grouped && group != 3 {
                    return None;
                }
                grouped = false;
                dots += 1;
                clean.push(c);
            }
            _ => return None,
        }
    }
    if dots > 1 || rest.ends_with('.') || grouped && group != 3 {
        return None;
    }
    Some((digits(&clean)?, decorated))
}

/// Reads the text of a cell. Never fails: what is no number has the shape `Odd`.
pub fn read_value(raw: &str) -> Value {
    let folded = fold(raw);
    let text: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Value::none(Shape::Blank);
    }
    if text.chars().all(|c| matches!(c, '/' | '\\' | '-' | '~' | '_' | '*')) || text == "无" {
        return Value::none(Shape::Dash);
    }
    if let Some((number, decorated)) = parse_digits(&text) {
        let shape = if decorated { Shape::Decorated } else { Shape::Plain };
        return Value { number: Some(number), shape, unit: Unit::None };
    }
    let text = text.strip_prefix(['¥', '￥']).unwrap_or(&text);
    let (digits, unit) = strip_unit(text);
    if let Some((number, _)) = parse_digits(digits) {
        return Value { number: Some(number), shape: Shape::Decorated, unit };
    }
    if matches!(digits, "零" | "〇" | "○" | "O" | "o") || unit != Unit::None {
        if digits == "O" || digits == "o" {
            return Value { number: Some(Decimal::ZERO), shape: Shape::Decorated, unit };
        }
        if let Some(number) = chinese_numeral(digits) {
            return Value { number: Some(Decimal::from(number)), shape: Shape::Decorated, unit };
        }
    }
    Value::none(Shape::Odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<String> {
        read_value(text).number.map(|n| n.to_string())
    }

    #[test]
    fn every_number_form_of_real_reports_is_read() {
        for (raw, expected) in [
            ("0", "0"),
            (" 0 ", "0"),
            ("1,113", "1113"),
            ("１，１１３", "1113"),
            ("93571元", "93571"),
            ("103.3879万元", "103.3879"),
            ("26.55", "26.55"),
            ("+3", "3"),
            ("--253", "-253"),
            ("-4", "-4"),
            ("８０４０", "8040"),
            ("12件", "12"),
            ("零", "0"),
            ("〇", "0"),
            ("一条", "1"),
            ("96171.6", "96171.6"),
        ] {
            assert_eq!(number(raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn numbers_beyond_any_report_are_no_figures() {
        for raw in ["79228162514264337593543950335", "1000000000000001", "0.123456789", "九千九百九十九万亿"] {
            assert_eq!(number(raw), None, "{raw}");
            assert_eq!(digits(raw), None, "{raw}");
        }
        assert_eq!(number("1000000000000000").as_deref(), Some("1000000000000000"));
    }

    #[test]
    fn nothing_is_not_zero() {
        for raw in ["", " ", "\u{a0}", "　", "/", "—", "-", "——", "无", "／"] {
            assert_eq!(number(raw), None, "{raw:?}");
            assert!(read_value(raw).is_value_like());
        }
    }

    #[test]
    fn words_and_labels_are_no_values() {
        for raw in ["1.属于国家秘密", "规章", "3.其他", "详见附件", "1.", "2023年", "0834-2161726", "1,2", "12,34"]
        {
            assert_eq!(read_value(raw).shape, Shape::Odd, "{raw}");
        }
    }

    #[test]
    fn chinese_numerals_are_read() {
        for (text, expected) in [
            ("一", 1),
            ("十", 10),
            ("十二", 12),
            ("三百零五", 305),
            ("二千", 2000),
            ("一万二千", 12_000),
            ("二〇二三", 2023),
            ("两", 2),
        ] {
            assert_eq!(chinese_numeral(text), Some(expected), "{text}");
        }
        assert_eq!(chinese_numeral("第一"), None);
    }
}
