//! Structure and form: R001–R016.

mod chapters;
mod form;
mod sections;
mod tables;

use gongkai_law::Edition;

use super::finding::Findings;
use crate::narrative::Subject;
use crate::report::FormKind;

pub(super) fn check(subject: &Subject<'_>, out: &mut Findings) {
    let report = subject.report;
    if report.form != FormKind::Older {
        sections::sections(subject, out);
    }
    form::kind_of_text(subject, out);
    form::form(subject, out);
    tables::tables(subject, out);
    chapters::announced(subject, out);
    chapters::numbering(subject, out);
    if report.form != FormKind::Older {
        sections::empty_sections(subject, out);
        chapters::old_chapters(subject, out);
    }
    if report.edition() == Edition::F2021 && report.form.edition().is_some() {
        chapters::five_parts(subject, out);
    }
}
