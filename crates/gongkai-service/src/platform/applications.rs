//! Applications for information: from receipt on, each step as the law allows it. Personal data are sealed; who opens them is
//! recorded.

use super::Fault;

mod access;
mod amend;
mod answers;
mod archive;
mod consult;
mod disputes;
mod draft;
mod follow;
mod form;
mod health;
mod intake;
mod letters;
mod mistake;
mod notes;
mod offers;
mod papers;
mod restand;
mod split;
mod standing;
mod steps;
mod view;
mod withheld;

pub(super) use access::next_signer;
pub use answers::Answered;
pub use consult::{ANSWERS, KINDS as CONSULTED, Party, PartyView};
pub(super) use disputes::answer_due;
pub use disputes::{DisputeView, Ended, NewDispute};
pub use draft::{DraftView, OpenDraft};
pub use follow::{FollowAct, FollowedLetter, Following};
pub use form::ApplicationForm;
pub(super) use form::is_mail;
pub use intake::{Intake, Received};
pub use letters::{
    FactField, Joinable, LetterContent, LetterPage, LetterView, NewLetter, Service as LetterService, SignatureView,
    WithheldPart,
};
pub use notes::{NoteText, NoteView};
pub use offers::Offers;
pub use papers::{LARGEST_PUBLIC, PaperView};
pub use restand::Moved;
pub(super) use steps::opened as opened_form;
pub use view::{ApplicationView, Earlier};
pub(super) use withheld::entry as withheld_entry;
pub use withheld::{Reassessed, WithheldView};

/// The states in which something is still to be done.
pub(super) fn open_states() -> [&'static str; 6] {
    standing::OPEN
}

/// Where an application with these steps stands, seen from a day.
pub(super) fn stand(
    calendar: &gongkai_calendar::Calendar,
    arrival: gongkai_model::application::clock::Arrival,
    events: &[gongkai_model::application::clock::Event],
    today: jiff::civil::Date,
) -> Result<gongkai_store::Standing, Fault> {
    let mut history = standing::history_of(arrival);
    for event in events {
        history = history.with(*event, calendar).map_err(standing::refused)?;
    }
    Ok(standing::of(calendar, &history, today)?.1)
}
