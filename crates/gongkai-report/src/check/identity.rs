//! Title, dates, contact, other agencies: R020–R035.

mod contact;
mod dates;
mod others;
mod title;

use super::finding::Findings;
use crate::narrative::Subject;

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    title::title(subject, out);
    title::years(subject, out);
    dates::period(subject, out);
    dates::dates(subject, out);
    others::others(subject, out);
    contact::contact(subject, out);
    contact::templates(subject, out);
    others::scope(subject, out);
}
