//! An edition with everything its page shows, and what the person may do with it now.

use gongkai_model::ids::{EditionId, OfficerId};
use gongkai_model::officer::{Act, Role};
use gongkai_model::publication::check::Weight;
use gongkai_model::publication::metadata::UNKNOWN_DAY;
use gongkai_model::publication::{Attribute, State};
use gongkai_store::{EditionRecord, Publication};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::platform::check::Finding;
use crate::platform::file::AttachmentView;
use crate::platform::services::{Actor, Services};
use crate::platform::{Fault, clock, term, text};

/// An edition with everything its page shows.
#[derive(Debug, Clone)]
pub struct EditionView {
    /// The edition.
    pub record: EditionRecord,
    /// The publication.
    pub publication: Publication,
    /// The name of the agency.
    pub agency_name: String,
    /// The name of the section that wrote it; empty where it is the agency's.
    pub section_name: String,
    /// The files for the public.
    pub attachments: Vec<AttachmentView>,
    /// The file it came from, for the office alone.
    pub source: Option<AttachmentView>,
    /// What the checks find.
    pub findings: Vec<Finding>,
    /// What is wrong with the metadata: field and sentence.
    pub problems: Vec<(&'static str, String)>,
    /// The text as it will appear.
    pub html: String,
    /// The names of officers.
    pub names: std::collections::BTreeMap<OfficerId, String>,
    /// The day by which it must be public (条例 第二十六条).
    pub due: Option<Date>,
    /// The other editions: identity, number, state, time.
    pub others: Vec<(EditionId, i32, String, Timestamp)>,
    /// When and why the edition before it was taken down, where it was.
    pub withdrawn_before: Option<(Timestamp, String)>,
    /// The item it explains: index number and title.
    pub explains: Option<(String, String)>,
    /// What the agency has already under the same title or number: identity, title, state.
    pub same: Vec<(EditionId, String, String)>,
    /// What the person may do now.
    pub may_edit: bool,
    /// Whether the person may sign now, and in which role.
    pub may_review: Option<Role>,
    /// Whether the person may publish now.
    pub may_publish: bool,
    /// Whether the person may take it back to the draft.
    pub may_recall: bool,
    /// Whether the person may take it down.
    pub may_withdraw: bool,
    /// What the checker found after publication.
    pub check: Option<gongkai_store::PageCheck>,
    /// Whether the person may say what the page shows.
    pub may_inspect: bool,
    /// Whether the person may begin a new edition.
    pub may_renew: bool,
    /// The year of the annual report that it holds: that is written elsewhere.
    pub report_year: Option<i16>,
}

impl Services {
    /// The last day on which an edition may become public.
    pub(in crate::platform) fn due_of(&self, record: &EditionRecord) -> Option<Date> {
        let government = self.directory().is_government(record.agency);
        let from = (record.metadata.formed_on, record.extras.counts_from);
        term::due(&self.calendar(), government, &record.metadata.catalog_node, from)
    }

    /// An edition with everything its page shows.
    ///
    /// # Errors
    /// There is none, or the person may not see it.
    pub async fn view(&self, now: Timestamp, actor: &Actor, id: EditionId) -> Result<EditionView, Fault> {
        let record = self.store.edition(id).await?.ok_or(Fault::NotFound)?;
        let answering = self.directory().answering(record.agency);
        actor.need(Act::Look, answering)?;
        self.must_be_let_in(actor, &record)?;
        let publication = self.store.publication(record.publication).await?.ok_or(Fault::NotFound)?;
        let files = self.store.attachments(id).await?;
        let settled = self.store.dispositions(record.publication).await?;
        let findings = self.find(&record, &files, &settled).await?;
        let mut problems = record.metadata.problems(clock::local_date(now));
        if record.body.trim().is_empty() && !files.iter().any(|file| file.public) {
            problems.push(("body", "没有正文，也没有附件".to_owned()));
        }
        if record.number > 1 && record.extras.change_note.is_empty() {
            problems.push(("change_note", "请写明这次改了什么，会显示在公开页面上".to_owned()));
        }
        if let Some(day) = record.extras.counts_from {
            if record.number == 1 && !term::may_count_otherwise(&record.metadata.catalog_node) {
                problems.push((
                    "counts_from",
                    "公开时限从成文之日起算；只有预算、决算从批准之日起算，改动过的从改动之日起算（条例第二十六条）"
                        .to_owned(),
                ));
            }
            if day < record.metadata.formed_on && record.metadata.formed_on != UNKNOWN_DAY {
                problems.push(("counts_from", "公开时限的起算日不早于成文日期".to_owned()));
            } else if day > clock::local_date(now) {
                problems.push(("counts_from", "公开时限的起算日还没有到，请核对".to_owned()));
            }
        }
        let state = &record.edition.state;
        let open_step = record.edition.open_step();
        let may_review =
            open_step.and_then(|step| record.edition.steps().get(step).copied()).map(|step| step.role).filter(|role| {
                let signed = record.edition.holding().iter().any(|one| one.officer == actor.id());
                actor.signs(*role, &record).is_some() && !signed && !record.edition.authors.contains(&actor.id())
            });
        let urgent_ready = matches!(state, State::InReview { step } if *step >= 1) && !record.edition.urgent.is_empty();
        let others: Vec<EditionRecord> = self.store.editions(record.publication).await?;
        let under_way = others
            .iter()
            .any(|one| matches!(one.edition.state, State::Draft | State::InReview { .. } | State::Approved { .. }));
        let report_year = self.report_in(&record).await?.map(|report| report.year);
        let writer = if report_year.is_some() { Act::Handle } else { Act::Draft };
        let proactive = record.metadata.attribute == Attribute::Proactive;
        let explains = match record.extras.explains {
            Some(other) => {
                let known = self.store.public_rows(&[other]).await?.into_iter().next();
                known.map(|row| (row.index_no, row.title))
            }
            None => None,
        };
        let hits = findings
            .iter()
            .filter(|one| one.is_in_text() && one.hit.weight != Weight::Info)
            .map(|one| one.hit.piece)
            .collect();
        let due = proactive.then(|| self.due_of(&record)).flatten();
        let same = if matches!(state, State::Draft | State::InReview { .. }) {
            let (title, number) = (&record.metadata.title, record.metadata.doc_no.as_deref());
            self.store.same_name(record.agency, record.publication, title, number).await?
        } else {
            Vec::new()
        };
        let check = self.store.page_check(id).await?;
        let mut people: Vec<OfficerId> = record.edition.authors.clone();
        people.extend(record.edition.signatures.iter().flat_map(|one| [Some(one.officer), one.standing_for]).flatten());
        people.extend(check.iter().map(|one| one.officer));
        let names = self.store.names(&people).await?.into_iter().collect();
        let source = files.iter().find(|file| !file.public).cloned().map(AttachmentView::new);
        Ok(EditionView {
            agency_name: self.directory().name(record.agency).to_owned(),
            section_name: record.section.map(|id| self.directory().name(id).to_owned()).unwrap_or_default(),
            attachments: files.into_iter().filter(|file| file.public).map(AttachmentView::new).collect(),
            source,
            findings,
            problems,
            html: text::preview_html(&record.body, &hits),
            names,
            due,
            withdrawn_before: others
                .iter()
                .filter(|one| one.number < record.number)
                .max_by_key(|one| one.number)
                .and_then(|one| one.withdrawn.clone()),
            others: others
                .iter()
                .filter(|one| one.id != id)
                .map(|one| (one.id, one.number, one.edition.state.label().to_owned(), one.updated_at))
                .collect(),
            explains,
            same,
            may_edit: *state == State::Draft
                && !record.secret_mark
                && report_year.is_none()
                && actor.may(Act::Draft, record.agency),
            may_review,
            may_publish: proactive
                && (matches!(state, State::Approved { .. }) || urgent_ready)
                && actor.may(Act::Publish, record.agency),
            may_inspect: matches!(state, State::Published { .. })
                && actor.may(Act::Review(Role::Checker), record.agency)
                && !record.edition.authors.contains(&actor.id()),
            check,
            may_recall: matches!(state, State::InReview { .. } | State::Approved { .. })
                && (actor.may(writer, answering)
                    || matches!(state, State::Approved { .. }) && actor.may(Act::Publish, answering)),
            may_withdraw: matches!(state, State::Published { .. }) && actor.may(Act::Withdraw, answering),
            may_renew: matches!(state, State::Published { .. } | State::Withdrawn { .. } | State::Closed)
                && !under_way
                && report_year.is_none()
                && actor.may(Act::Draft, answering),
            report_year,
            publication,
            record,
        })
    }
}
