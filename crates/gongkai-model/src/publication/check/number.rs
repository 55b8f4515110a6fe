//! Numbers by their check digits.

/// Digits, letters and marks in half width; anything else as it is. Keeps the count of characters.
pub(super) fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            '–' | '—' => '-',
            other => other,
        })
        .collect()
}

fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    text.chars().filter_map(|c| c.to_digit(10))
}

fn part(text: &str, from: usize, to: usize) -> u32 {
    text.get(from..to).and_then(|part| part.parse().ok()).unwrap_or(0)
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return false;
    };
    (1900..=2100).contains(&year) && jiff::civil::Date::new(year, month, day).is_ok()
}

/// An identity number of eighteen characters with a real birthday and a right check digit (GB 11643).
pub fn is_identity(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if text.len() != 18 || !text.is_ascii() || text.starts_with('0') {
        return false;
    }
    let head = text.get(..17).unwrap_or("");
    if !head.chars().all(|c| c.is_ascii_digit()) || !is_day(part(text, 6, 10), part(text, 10, 12), part(text, 12, 14)) {
        return false;
    }
    let sum: u32 = digits(head).zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let expected = usize::try_from(sum % 11).ok().and_then(|at| "10X98765432".chars().nth(at));
    text.chars().last().map(|c| c.to_ascii_uppercase()) == expected
}

/// An old identity number of fifteen digits with a real birthday.
pub fn is_old_identity(text: &str) -> bool {
    text.len() == 15
        && text.chars().all(|c| c.is_ascii_digit())
        && !text.starts_with('0')
        && is_day(1900 + part(text, 6, 8), part(text, 8, 10), part(text, 10, 12))
}

/// A bank card: fifteen to nineteen digits with a right check digit (ISO/IEC 7812), not all the same.
pub fn is_bank_card(text: &str) -> bool {
    if !(15..=19).contains(&text.len()) || !text.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let same = digits(text).all(|digit| Some(digit) == digits(text).next());
    let sum: u32 = digits(text)
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    !same && sum.is_multiple_of(10)
}

/// A 统一社会信用代码 of eighteen characters (GB 32100).
pub fn is_credit_code(text: &str) -> bool {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |c: char| ALPHABET.chars().position(|other| other == c).and_then(|at| u32::try_from(at).ok());
    let values: Option<Vec<u32>> = text.chars().map(value).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else { return false };
    let mut weight = 1;
    let mut sum = 0;
    for value in values.iter().take(17) {
        sum += value * weight % 31;
        weight = weight * 3 % 31;
    }
    values.last() == Some(&((31 - sum % 31) % 31))
}

/// The first and last characters of a number of a person.
pub(super) fn masked(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    text.chars().enumerate().map(|(at, c)| if at >= head && at + tail < length { '*' } else { c }).collect()
}

/// Hides runs of seven digits and more.
pub(super) fn without_long_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        if run.len() >= 7 {
            out.push_str(&"*".repeat(run.len()));
        } else {
            out.push_str(&run);
        }
        run.clear();
        out.push(c);
    }
    out.pop();
    out
}
