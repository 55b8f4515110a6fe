//! What grows around an application: letters with their signatures, files, notes, those who are asked; drafts of the public page.

mod draft;
mod letter;
mod note;
mod paper;

pub use draft::ApplicationDraft;
pub use letter::{LetterRecord, LetterSignature, LetterState};
pub use note::{CaseNote, ConsultationRecord};
pub use paper::CasePaper;

use crate::Error;

fn broken(what: &str) -> Error {
    Error::Broken(format!("casework {what}"))
}

fn small(number: i32) -> Result<u16, Error> {
    u16::try_from(number).map_err(|_wide| broken("number"))
}
