#![doc = include_str!("../README.md")]
#![deny(clippy::wildcard_enum_match_arm, clippy::float_arithmetic)]

mod calendar;
mod count;
mod day;
mod pauses;
mod plan;
mod statutory;

pub use calendar::{Calendar, OutOfRange, Status};
pub use count::CountedDay;
pub use day::Day;
pub use pauses::{Pause, PauseError, Pauses};
pub use plan::{Plan, PlanError};

/// The official plans that are built in: year and text.
pub const OFFICIAL_PLANS: [(i16, &str); 9] = [
    (2018, include_str!("../plans/2018.txt")),
    (2019, include_str!("../plans/2019.txt")),
    (2020, include_str!("../plans/2020.txt")),
    (2021, include_str!("../plans/2021.txt")),
    (2022, include_str!("../plans/2022.txt")),
    (2023, include_str!("../plans/2023.txt")),
    (2024, include_str!("../plans/2024.txt")),
    (2025, include_str!("../plans/2025.txt")),
    (2026, include_str!("../plans/2026.txt")),
];
