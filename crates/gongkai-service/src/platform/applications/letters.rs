//! Letters of an application: made from what the case knows and what the officer adds, signed, served. Serving moves the clock.

mod begin;
mod content;
mod effect;
mod facts;
mod joined;
mod review;
mod serve;
mod view;
mod write;

pub use begin::NewLetter;
pub use content::{FactField, LetterContent, WithheldPart};
pub use joined::Joinable;
pub use serve::Service;
pub use view::{LetterPage, LetterView, SignatureView};
