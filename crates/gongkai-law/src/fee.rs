//! 信息处理费: what an application costs, by piece or by page, with the calculation written out.

use crate::{Article, Instrument};

/// An amount in whole yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Yuan(pub u64);

/// One step of a calculation: so many units at a rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeStep {
    /// The first unit of the band.
    pub from: u64,
    /// The last unit charged in the band.
    pub to: u64,
    /// The rate in yuan for each.
    pub rate: u64,
}

/// A fee with its calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    /// The amount.
    pub yuan: Yuan,
    /// The bands that gave it, cheapest first.
    pub steps: Vec<FeeStep>,
    /// The counting word: 件 or 页.
    pub unit: char,
    /// The rule.
    pub article: Article,
}

/// A count that no fee can be told for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FeeError {
    /// Zero.
    #[error("{0}数从1起，不能是0")]
    Zero(char),
    /// Beyond what an applicant could send or an office copy.
    #[error("{1}{0}超过一百万，请核对")]
    TooMany(char, u64),
}

const MOST: u64 = 1_000_000;

fn checked(count: u64, unit: char) -> Result<u64, FeeError> {
    match count {
        0 => Err(FeeError::Zero(unit)),
        n if n > MOST => Err(FeeError::TooMany(unit, n)),
        n => Ok(n),
    }
}

/// The rate of an applicant's `nth` application of a calendar month (收费办法 第四条): the first ten free, the 11th to
/// the 30th 100 yuan, then bands of ten, each 100 yuan dearer.
fn piece_rate(nth: u64) -> u64 {
    match nth {
        ..=10 => 0,
        11..=30 => 100,
        n => 100 * (2 + (n - 31) / 10),
    }
}

impl Fee {
    /// The fee by piece for one application, the applicant's `nth` of the calendar month (收费办法 第四条).
    ///
    /// # Errors
    /// Zero, or more than a million.
    pub fn of_piece(nth: u64) -> Result<Self, FeeError> {
        let nth = checked(nth, '件')?;
        let rate = piece_rate(nth);
        Ok(Self {
            yuan: Yuan(rate),
            steps: vec![FeeStep { from: nth, to: nth, rate }],
            unit: '件',
            article: Article::of(Instrument::FeeMeasures, 4),
        })
    }

    /// The fee by piece for all `count` applications of one applicant in a calendar month.
    ///
    /// # Errors
    /// More than a million.
    pub fn of_month(count: u64) -> Result<Self, FeeError> {
        if count > MOST {
            return Err(FeeError::TooMany('件', count));
        }
        let mut steps: Vec<FeeStep> = Vec::new();
        for nth in 1..=count {
            let rate = piece_rate(nth);
            match steps.last_mut() {
                Some(last) if last.rate == rate => last.to = nth,
                _ => steps.push(FeeStep { from: nth, to: nth, rate }),
            }
        }
        Ok(Self::sum(steps, '件', 4))
    }

    /// The fee by page for one application: 30 pages free, to 100 at 10 yuan, to 200 at 20, then at 40 (收费办法
    /// 第五条).
    ///
    /// # Errors
    /// Zero, or more than a million.
    pub fn of_pages(pages: u64) -> Result<Self, FeeError> {
        let pages = checked(pages, '页')?;
        let bands = [(1, 30, 0), (31, 100, 10), (101, 200, 20), (201, u64::MAX, 40)];
        let steps = bands
            .into_iter()
            .filter(|(from, ..)| *from <= pages)
            .map(|(from, to, rate)| FeeStep { from, to: to.min(pages), rate })
            .collect();
        Ok(Self::sum(steps, '页', 5))
    }

    fn sum(steps: Vec<FeeStep>, unit: char, article: u16) -> Self {
        let yuan = steps.iter().map(|step| (step.to - step.from + 1) * step.rate).sum();
        Self { yuan: Yuan(yuan), steps, unit, article: Article::of(Instrument::FeeMeasures, article) }
    }

    /// The calculation in words: `第1—30页免费；第31—100页70页×10元＝700元；合计700元`.
    pub fn written_out(&self) -> String {
        let unit = self.unit;
        let parts: Vec<String> = self
            .steps
            .iter()
            .map(|step| {
                let count = step.to - step.from + 1;
                let span = if count == 1 {
                    format!("第{}{unit}", step.from)
                } else {
                    format!("第{}—{}{unit}", step.from, step.to)
                };
                if step.rate == 0 {
                    format!("{span}免费")
                } else if count == 1 {
                    format!("{span}{}元", step.rate)
                } else {
                    format!("{span}{count}{unit}×{}元＝{}元", step.rate, count * step.rate)
                }
            })
            .collect();
        format!("{}；合计{}元", parts.join("；"), self.yuan.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(count: u64) -> u64 {
        Fee::of_month(count).unwrap().yuan.0
    }

    fn pages(count: u64) -> u64 {
        Fee::of_pages(count).unwrap().yuan.0
    }

    #[test]
    fn f1_ten_in_a_month_are_free() {
        assert_eq!(month(10), 0);
    }

    #[test]
    fn f2_the_eleventh_and_twelfth_cost_100_each() {
        assert_eq!(month(12), 200);
    }

    #[test]
    fn f3_forty_five_cost_5500_and_the_last_alone_300() {
        assert_eq!(month(45), 5_500);
        assert_eq!(Fee::of_piece(45).unwrap().yuan, Yuan(300));
    }

    #[test]
    fn f4_sixty_cost_11000() {
        assert_eq!(month(60), 11_000);
    }

    #[test]
    fn f5_forty_five_pages_cost_150() {
        assert_eq!(pages(45), 150);
    }

    #[test]
    fn f6_two_hundred_and_fifty_pages_cost_4700() {
        assert_eq!(pages(250), 4_700);
        assert_eq!(
            Fee::of_pages(250).unwrap().written_out(),
            "第1—30页免费；第31—100页70页×10元＝700元；第101—200页100页×20元＝2000元；第201—250页50页×40元＝2000元；合计4700元"
        );
    }

    #[test]
    fn f7_the_count_begins_anew_each_calendar_month() {
        assert_eq!(month(8) + month(6), 0);
    }

    #[test]
    fn f8_the_organ_picks_piece_or_page_never_both() {
        assert_eq!(Fee::of_piece(12).unwrap().yuan, Yuan(100));
        assert_eq!(pages(120), 1_100);
    }

    #[test]
    fn a_month_is_the_sum_of_its_pieces_and_bands_meet() {
        for count in 0..400 {
            let sum: u64 = (1..=count).map(|nth| Fee::of_piece(nth).unwrap().yuan.0).sum();
            assert_eq!(month(count), sum, "{count}");
        }
        assert_eq!([30, 31, 40, 41, 51].map(piece_rate), [100, 200, 200, 300, 400]);
        assert_eq!([30, 31, 100, 101, 200, 201].map(pages), [0, 10, 700, 720, 2_700, 2_740]);
    }

    #[test]
    fn impossible_counts_are_refused() {
        assert_eq!(Fee::of_piece(0).unwrap_err(), FeeError::Zero('件'));
        assert_eq!(Fee::of_pages(0).unwrap_err(), FeeError::Zero('页'));
        assert!(Fee::of_pages(u64::MAX).is_err() && Fee::of_month(u64::MAX).is_err());
    }
}
