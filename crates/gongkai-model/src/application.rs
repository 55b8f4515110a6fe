//! Applications for information (依申请公开): who applies, what is wanted, under which number, and the steps as they are kept.
//!
//! What the law makes of the steps — states, terms, what is possible when — is [`gongkai_law::clock`].

mod applicant;
mod casework;
mod number;
mod step;
mod wanted;

/// The words of the law that an application is kept in.
pub use gongkai_law::{ApplicantColumn, LetterKind, Outcome, ProceedingColumn, ProceedingGroup, Ruling, clock};

pub use applicant::{Agent, Applicant, IdDocument};
pub use casework::{NoteKind, PaperPurpose, ServiceWay, WithheldState, asks, is_reply, letter_chain};
pub use number::{QueryCode, registration_no};
pub use step::{Row, Step, StepError};
pub use wanted::{Carrier, Route, Wanted};
