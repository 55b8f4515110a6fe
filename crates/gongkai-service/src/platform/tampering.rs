//! The tables against the audit chain: what stands in the database must be what the chain says was done.

use std::collections::{BTreeMap, BTreeSet};

use gongkai_model::audit::{Record, sm3_hex};
use gongkai_model::ids::{EditionId, PublicationId};
use gongkai_model::publication::{Signature, State, Verdict};
use gongkai_store::{BlobHash, EditionRecord, Publication};
use jiff::Timestamp;

use super::services::Services;
use super::{Fault, clock, text};

/// What a reviewer wrote beside a signature, as the chain keeps it: by its hash, for the words themselves may have to go.
pub(super) fn opinion(one: &Signature) -> String {
    let mut told = format!("{}\n", one.comment);
    if let Some(said) = &one.secrecy {
        let concerns: Vec<&str> = said.concerns.iter().map(|concern| concern.code()).collect();
        told.push_str(&format!("{}\n{}\n", concerns.join(" "), said.basis));
    }
    sm3_hex(told.as_bytes())
}

/// The word of the chain for what was decided.
pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Returned => "returned",
        Verdict::Referred => "referred",
    }
}

/// What the chain says of a signature.
#[derive(Debug)]
struct Signed {
    told: String,
    opinion: Option<String>,
}

/// What the chain says of a version that became public.
#[derive(Debug)]
struct Public {
    content: String,
    /// The moment; none for imports, whose day is the first of the publication.
    at: Option<Timestamp>,
    first: String,
    index: String,
}

/// What the audit chain says about versions.
#[derive(Debug, Default)]
pub(super) struct Told {
    published: BTreeMap<String, Public>,
    /// The state that the last act left; of acts that can be seen by the public, or end a version.
    states: BTreeMap<String, &'static str>,
    /// Why it was withdrawn.
    withdrawn: BTreeMap<String, String>,
    /// What each was signed with, in order.
    signed: BTreeMap<String, Vec<Signed>>,
    /// Emptied by the secrecy reviewer.
    emptied: BTreeSet<String>,
}

impl Told {
    /// Takes one record in, in the order of the chain.
    pub(super) fn take(&mut self, record: &Record) {
        let said = |name: &str| {
            record.detail.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('=')).unwrap_or("").to_owned()
        };
        let subject = record.subject.clone();
        match record.act.as_str() {
            "edition.publish" | "publication.import" => {
                let public = Public {
                    content: said("content"),
                    at: (record.act == "edition.publish").then_some(record.at),
                    first: said("first"),
                    index: said("index"),
                };
                self.states.insert(subject.clone(), "published");
                self.published.insert(subject, public);
            }
            "edition.supersede" => drop(self.states.insert(subject, "superseded")),
            "edition.withdraw" => {
                self.states.insert(subject.clone(), "withdrawn");
                self.withdrawn.insert(subject, said("reason"));
            }
            "edition.discard" => drop(self.states.insert(subject, "discarded")),
            "edition.destroy" => {
                self.states.insert(subject.clone(), "discarded");
                self.emptied.insert(subject);
            }
            "edition.review" => {
                let told = [
                    record.actor.clone(),
                    said("role"),
                    said("verdict"),
                    said("content"),
                    said("for"),
                    said("secrecy"),
                    record.at.as_microsecond().to_string(),
                ];
                let opinion = Some(said("opinion")).filter(|hash| !hash.is_empty());
                self.signed.entry(subject).or_default().push(Signed { told: told.join("\n"), opinion });
            }
            _ => {}
        }
    }

    fn signatures_agree(&self, id: &str, signatures: &[Signature]) -> bool {
        let told = self.signed.get(id).map(Vec::as_slice).unwrap_or_default();
        told.len() == signatures.len()
            && told.iter().zip(signatures).all(|(told, one)| {
                let stands = [
                    one.officer.to_string(),
                    one.role.code().to_owned(),
                    verdict_word(one.verdict).to_owned(),
                    one.content.clone(),
                    one.standing_for.map(|whom| whom.to_string()).unwrap_or_default(),
                    one.secrecy.as_ref().map(|said| said.result.code().to_owned()).unwrap_or_default(),
                    one.at.as_microsecond().to_string(),
                ];
                let words = self.emptied.contains(id) || told.opinion.as_ref().is_none_or(|hash| *hash == opinion(one));
                told.told == stands.join("\n") && words
            })
    }

    /// What of a version is not as the chain says; none where all is.
    fn differs(&self, one: &EditionRecord, publication: Option<&Publication>, signatures: &[Signature]) -> bool {
        let id = one.id.to_string();
        let state = one.edition.state.code();
        let as_told = match self.states.get(&id) {
            Some(told) => *told == state,
            None => !matches!(
                one.edition.state,
                State::Published { .. } | State::Withdrawn { .. } | State::Superseded | State::Discarded
            ),
        };
        let reason = one.withdrawn.as_ref().map(|(_, reason)| reason.replace('\n', " "));
        let emptied = self.emptied.contains(&id);
        let public = match self.published.get(&id) {
            None => one.published_at.is_none(),
            Some(_) if emptied => true,
            Some(told) => {
                told.content == one.edition.content
                    && match told.at {
                        Some(at) => one.published_at.map(Timestamp::as_microsecond) == Some(at.as_microsecond()),
                        None => {
                            one.published_at.map(|at| clock::local_date(at).to_string()) == Some(told.first.clone())
                        }
                    }
                    && publication.is_some_and(|publication| {
                        publication.index_no.as_deref() == Some(&told.index)
                            && publication.first_published_at.map(|at| clock::local_date(at).to_string())
                                == Some(told.first.clone())
                    })
            }
        };
        !as_told || !public || reason != self.withdrawn.get(&id).cloned() || !self.signatures_agree(&id, signatures)
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// Versions looked at.
    pub seen: u64,
    /// The titles of those that are not as signed, or not as the chain says.
    pub changed: Vec<String>,
    /// Versions that became public and are not there any more.
    pub gone: usize,
    /// Files that a version names and that are not there.
    pub missing: usize,
}

impl Services {
    /// Every version against the hash that its signatures bind to and against the chain, and every file that a version names
    /// against those that are there.
    pub(super) async fn look_over(&self, there: &[BlobHash], mut told: Told) -> Result<Looked, Fault> {
        let there: BTreeSet<&str> = there.iter().map(BlobHash::as_str).collect();
        let directory = self.directory();
        let mut out = Looked::default();
        let mut after = None;
        loop {
            let editions = self.store.every_edition(after, 500).await?;
            let Some(last) = editions.last() else { break };
            after = Some(last.id);
            let ids: Vec<EditionId> = editions.iter().map(|one| one.id).collect();
            let files = self.store.attachments_of(&ids).await?;
            out.missing += files
                .iter()
                .flat_map(|file| [Some(&file.hash), file.text.as_ref()])
                .flatten()
                .filter(|hash| !there.contains(hash.as_str()))
                .count();
            let signed = self.store.signatures_of(&ids).await?;
            let of: Vec<PublicationId> = editions.iter().map(|one| one.publication).collect();
            let publications = self.store.publications(&of).await?;
            for one in &editions {
                let own: Vec<gongkai_store::Attachment> =
                    files.iter().filter(|file| file.edition == one.id).cloned().collect();
                let content = text::content_hash(&one.metadata, &one.extras, &one.body, &own);
                // Of an agency that ended, the one that took over goes on.
                let strange = publications
                    .get(&one.publication)
                    .is_none_or(|of| directory.answering(of.agency) != directory.answering(one.agency));
                let signatures = signed.get(&one.id).map(Vec::as_slice).unwrap_or_default();
                if strange
                    || content != one.edition.content
                    || told.differs(one, publications.get(&one.publication), signatures)
                {
                    out.changed.push(format!("“{}”", one.metadata.title));
                }
                told.published.remove(&one.id.to_string());
                out.seen += 1;
            }
        }
        out.gone = told.published.len();
        Ok(out)
    }
}
