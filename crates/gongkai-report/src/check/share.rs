//! Percentages as texts state them: how near they must be, and how the right one is written.

use rust_decimal::{Decimal, RoundingStrategy};

/// A percentage that a text states.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated(pub Decimal);

/// `part` of `whole` in percent. `whole` must not be zero.
pub(super) fn percent_of(part: Decimal, whole: Decimal) -> Decimal {
    part * Decimal::ONE_HUNDRED / whole
}

impl Stated {
    /// Whether it may be a rounding or a cut of the right one: within half of its last digit, at least 0.05.
    pub(super) fn fits(self, right: Decimal) -> bool {
        (right - self.0).abs() <= Decimal::new(5, self.0.scale() + 1).max(Decimal::new(5, 2))
    }

    /// The right one with as many digits as are stated, one at least.
    pub(super) fn rounded(self, right: Decimal) -> Decimal {
        right.round_dp_with_strategy(self.0.scale().max(1), RoundingStrategy::MidpointAwayFromZero)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_fits_within_half_of_its_last_digit() {
        let right = percent_of(Decimal::from(2), Decimal::from(3));
        assert!(Stated(Decimal::new(667, 1)).fits(right) && !Stated(Decimal::new(66, 0)).fits(right));
        assert!(Stated(Decimal::new(67, 0)).fits(right));
        assert_eq!(Stated(Decimal::new(6670, 2)).rounded(right), Decimal::new(6667, 2));
    }
}
