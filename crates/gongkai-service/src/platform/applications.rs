//! Applications for information: from receipt on, each step as the law allows it. Personal data are sealed; who opens them is
//! recorded.

mod access;
mod answers;
mod consult;
mod draft;
mod follow;
mod form;
mod intake;
mod letters;
mod notes;
mod offers;
mod papers;
mod split;
mod standing;
mod steps;
mod view;

pub(super) use access::next_signer;
pub use answers::Answered;
pub use consult::{ANSWERS, KINDS as CONSULTED, Party, PartyView};
pub use draft::DraftView;
pub use follow::{FollowAct, FollowedLetter, Following};
pub use form::ApplicationForm;
pub use intake::{Intake, Received};
pub use letters::{
    FactField, LetterContent, LetterPage, LetterView, NewLetter, Service as LetterService, SignatureView, WithheldPart,
};
pub use notes::{NoteText, NoteView};
pub use offers::Offers;
pub use papers::{LARGEST_PUBLIC, PaperView};
pub use steps::Moved;
pub use view::{ApplicationView, Earlier};

/// The states in which something is still to be done.
pub(super) fn open_states() -> [&'static str; 6] {
    standing::OPEN
}
