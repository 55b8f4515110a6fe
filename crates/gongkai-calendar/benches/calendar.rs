//! What a deadline costs, for short and long terms.

use divan::{Bencher, black_box};
use gongkai_calendar::{Calendar, Pauses};
use jiff::civil::date;

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 20, 200, 2_000])]
fn deadline(bencher: Bencher, days: u32) {
    let (calendar, pauses) = (Calendar::official(), Pauses::none());
    bencher.bench(|| black_box(calendar).add_workdays(black_box(date(2025, 9, 8)), black_box(days), &pauses));
}

#[divan::bench]
fn deadline_with_three_pauses(bencher: Bencher) {
    let calendar = Calendar::official();
    let pauses = Pauses::union([
        (date(2025, 5, 26), date(2025, 6, 9)),
        (date(2025, 6, 10), date(2025, 6, 13)),
        (date(2025, 6, 17), date(2025, 6, 20)),
    ])
    .unwrap_or_default();
    bencher.bench(|| black_box(calendar).add_workdays(black_box(date(2025, 5, 20)), 20, &pauses));
}

#[divan::bench]
fn build() -> Result<Calendar, (usize, gongkai_calendar::PlanError)> {
    Calendar::with_plans(&[])
}
