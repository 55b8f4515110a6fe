#![doc = include_str!("../README.md")]
#![deny(clippy::float_arithmetic)]

mod compose;
mod fact;
mod number;
mod sample;
mod template;

pub use compose::{Composed, LetterError, LetterRequest, Service, Withheld, compose};
pub use fact::{Fact, Value, required};
pub use number::{NumberError, NumberSeries};
pub use sample::sample_requests;
pub use template::{TemplateError, Templates};
