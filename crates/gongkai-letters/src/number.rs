//! Document numbers: a series for a year, without leading zeros.

/// A series such as `示公开答〔{年份}〕{序号}号`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberSeries {
    before: String,
    between: String,
    after: String,
}

/// A pattern that gives no numbers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("文号格式“{0}”不成立：先写{{年份}}，后写{{序号}}，各一次，例如“示公开答〔{{年份}}〕{{序号}}号”")]
pub struct NumberError(pub String);

impl NumberSeries {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A pattern without 年份 and 序号, in this order, once each.
    pub fn parse(pattern: &str) -> Result<Self, NumberError> {
        let fault = || NumberError(pattern.to_owned());
        let (before, rest) = pattern.split_once("{年份}").ok_or_else(fault)?;
        let (between, after) = rest.split_once("{序号}").ok_or_else(fault)?;
        if [before, between, after].iter().any(|part| part.contains(['{', '}'])) || before.trim().is_empty() {
            return Err(fault());
        }
        Ok(Self { before: before.to_owned(), between: between.to_owned(), after: after.to_owned() })
    }

    /// The number after the last one given out in the year; 1 where none was.
    pub fn next(&self, year: i16, last: Option<u32>) -> (u32, String) {
        let serial = last.unwrap_or(0).saturating_add(1);
        (serial, format!("{}{year}{}{serial}{}", self.before, self.between, self.after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_within_a_year_without_leading_zeros() {
        let series = NumberSeries::parse("示公开答〔{年份}〕{序号}号").unwrap();
        assert_eq!(series.next(2026, None), (1, "示公开答〔2026〕1号".to_owned()));
        assert_eq!(series.next(2026, Some(11)).1, "示公开答〔2026〕12号");
        for bad in ["", "{年份}{序号}", "示〔{序号}〕{年份}号", "示〔{年份}〕号", "示〔{年份}〕{序号}{x}"]
        {
            assert!(NumberSeries::parse(bad).is_err(), "{bad}");
        }
    }
}
