#![doc = include_str!("../README.md")]

mod docx;
mod error;
mod fonts;
mod html;
mod pdf;
mod rows;
mod text;
mod xlsx;

pub use docx::docx;
pub use error::Error;
pub use fonts::{Fonts, font_folders};
pub use html::{fragment, fragment_marked, html};
pub use pdf::pdf;
pub use text::{csv, markdown};
pub use xlsx::xlsx;
