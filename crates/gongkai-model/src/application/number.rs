//! Under which number an application is kept, and the code by which its applicant follows it.

use std::fmt;

/// The number of an application: the organ's code, the year of receipt, a serial within both (`000014349-2026-00012`).
pub fn registration_no(organ: &str, year: i16, serial: u32) -> String {
    format!("{organ}-{year}-{serial:05}")
}

/// What an applicant types to see how the application stands. It opens one application and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct QueryCode(String);

/// Letters and digits that are not taken for one another when read aloud or copied by hand.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Twelve signs of five bits: sixty bits, against guessing behind a rate limit.
const LENGTH: usize = 12;

impl QueryCode {
    /// A code out of random bytes.
    pub fn of(random: [u8; LENGTH]) -> Self {
        let sign = |byte: &u8| SIGNS.get(usize::from(byte % 32)).copied().map_or('2', char::from);
        Self(random.iter().map(sign).collect())
    }

    /// What was typed, with or without dashes and in either case; none where it cannot be a code.
    pub fn typed(text: &str) -> Option<Self> {
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '—'))
            .flat_map(char::to_uppercase)
            .collect();
        let right = plain.len() == LENGTH && plain.bytes().all(|byte| SIGNS.contains(&byte));
        right.then_some(Self(plain))
    }

    /// The signs without dashes: what is hashed.
    pub fn plain(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QueryCode {
    /// In groups of four.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, sign) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for QueryCode {
    /// Never in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QueryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_again_however_it_is_typed() {
        let code = QueryCode::of([0, 1, 2, 31, 32, 255, 7, 8, 9, 10, 11, 12]);
        assert_eq!(code.to_string(), "234Z-2Z9A-BCDE");
        for typed in ["234z-2z9a-bcde", " 234Z2Z9ABCDE ", "234Z－2Z9A－BCDE"] {
            assert_eq!(QueryCode::typed(typed), Some(code.clone()), "{typed}");
        }
        for wrong in ["", "234Z-2Z9A-BCD", "234Z-2Z9A-BCDO", "234Z-2Z9A-BCDEF", "一二三四"] {
            assert_eq!(QueryCode::typed(wrong), None, "{wrong}");
        }
        assert!(!format!("{code:?}").contains("234Z"));
        assert_eq!(registration_no("000014349", 2026, 12), "000014349-2026-00012");
    }
}
