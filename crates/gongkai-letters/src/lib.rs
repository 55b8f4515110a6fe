#![doc = include_str!("../README.md")]
#![deny(clippy::float_arithmetic)]

mod compose;
mod dates;
mod error;
mod fact;
mod needs;
mod number;
mod remedies;
mod sample;
mod template;
mod words;

pub use compose::{Composed, LetterRequest, Service, Withheld, compose};
pub use error::LetterError;
pub use fact::{Fact, Value};
pub use needs::{optional, required};
pub use number::{NumberError, NumberSeries};
pub use sample::sample_requests;
pub use template::{TemplateError, Templates};
