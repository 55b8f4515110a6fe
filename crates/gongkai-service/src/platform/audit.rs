//! The audit chain: following it, and the proof that an item carries.

use std::collections::BTreeMap;
use std::path::PathBuf;

use gongkai_model::audit::{Record, Verifier};
use gongkai_model::ids::OfficerId;
use gongkai_model::officer::{Act, Role};
use gongkai_store::AuditFilter;
use jiff::Timestamp;
use jiff::civil::Date;

use super::services::{Actor, Services};
use super::{Fault, clock};

/// The acts that prove how an item became public; what else happened to it is the office's own matter.
const PROOF: [&str; 5] =
    ["edition.create", "edition.submit", "edition.review", "edition.publish", "publication.import"];

/// Where the heads of the chain are noted, in the data folder: day, number, hash.
const HEADS: &str = "audit-heads.txt";

/// Which records the auditor wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditQuestion {
    /// Only those before this number.
    pub before: Option<u64>,
    /// Only those about this.
    pub subject: Option<String>,
    /// Only those of this person.
    pub actor: Option<String>,
    /// Only this act.
    pub act: Option<String>,
    /// Nothing after this day.
    pub until: Option<Date>,
}

/// What following the chain gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditVerdict {
    /// How many records follow each other.
    pub records: u64,
    /// The hash of the last: noted outside, it proves that nothing before was changed.
    pub head: String,
    /// What is wrong, if anything.
    pub broken: Option<String>,
}

/// A step on the way to the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicStep {
    /// What was done.
    pub what: String,
    /// In which role.
    pub role: String,
    /// When.
    pub at: Timestamp,
    /// The number of its audit record.
    pub sequence: u64,
}

impl Services {
    /// Follows the chain from the first record to the last. Also finds that records at the end are missing: by the counter, by the
    /// heads that were noted day by day beside the database, and by a head that the operator noted elsewhere.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn verify_audit(&self, expected: Option<&(u64, String)>) -> Result<AuditVerdict, Fault> {
        self.follow_audit(expected, |_record| {}).await
    }

    /// As [`Services::verify_audit`]; `each` sees every record.
    pub(super) async fn follow_audit(
        &self,
        expected: Option<&(u64, String)>,
        mut each: impl FnMut(&Record),
    ) -> Result<AuditVerdict, Fault> {
        // Read before: an act that happens meanwhile adds records, and takes none away.
        let counted = self.store.audit_count().await?;
        let noted: BTreeMap<u64, String> = self.noted_heads().into_iter().chain(expected.cloned()).collect();
        let mut verifier = Verifier::default();
        let mut broken = None;
        'following: loop {
            let (last, _) = verifier.head();
            let records = self.store.audit_after(last, 1_000).await?;
            if records.is_empty() {
                break;
            }
            for record in &records {
                if let Err(fault) = verifier.take(record) {
                    broken = Some(fault.to_string());
                    break 'following;
                }
                if noted.get(&record.sequence).is_some_and(|hash| *hash != record.hash) {
                    broken = Some(format!("第{}条记录与以前记下的链头不符：链被整个换过", record.sequence));
                    break 'following;
                }
                each(record);
            }
        }
        let (records, head) = verifier.head();
        let beyond = noted.keys().next_back().copied().unwrap_or(0);
        let missing = |many: u64| format!("应有{many}条记录，只有{records}条：末尾的记录被删除");
        let broken = broken.or_else(|| {
            if records < counted {
                Some(missing(counted))
            } else if records < beyond {
                Some(missing(beyond))
            } else {
                None
            }
        });
        let broken = match broken {
            None if records == 0 && self.store.account_count().await? > 0 => {
                Some("有账号而没有一条记录：审计链被清空".to_owned())
            }
            other => other,
        };
        Ok(AuditVerdict { records, head: head.to_owned(), broken })
    }

    fn heads_file(&self) -> PathBuf {
        self.options.data.join(HEADS)
    }

    /// The heads that were noted beside the database, by number.
    fn noted_heads(&self) -> Vec<(u64, String)> {
        let text = std::fs::read_to_string(self.heads_file()).unwrap_or_default();
        text.lines()
            .filter_map(|line| {
                let mut parts = line.split_whitespace().skip(1);
                Some((parts.next()?.parse().ok()?, parts.next()?.to_owned()))
            })
            .collect()
    }

    /// Notes the present head beside the database, once a day: whoever cuts the chain short must change this file too, and every
    /// copy of it that was taken.
    pub(super) async fn note_head(&self, now: Timestamp) -> Result<(), Fault> {
        let count = self.store.audit_count().await?;
        let Some(record) = self.store.audit_record(count).await? else { return Ok(()) };
        let line = format!("{} {} {}\n", clock::local_date(now), record.sequence, record.hash);
        let known = self.noted_heads().last().is_some_and(|(number, _)| *number == record.sequence);
        if known {
            return Ok(());
        }
        let path = self.heads_file();
        let written = tokio::task::spawn_blocking(move || {
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
            std::io::Write::write_all(&mut file, line.as_bytes())?;
            file.sync_all()
        })
        .await
        .map_err(|error| Fault::Failed(error.to_string()))?;
        written.map_err(|error| Fault::Failed(format!("审计链头没有记下：{error}")))
    }

    /// How a version became public, step by step, without names.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn public_record(&self, id: gongkai_model::ids::EditionId) -> Result<Vec<PublicStep>, Fault> {
        let records = self.proof(&id.to_string()).await?;
        Ok(records
            .into_iter()
            .filter_map(|record| {
                let said = |name: &str| record.detail.lines().find_map(|line| line.strip_prefix(name));
                let (what, role) = match record.act.as_str() {
                    "edition.create" => ("起草", Role::Drafter.label()),
                    "edition.submit" => ("提交审核", Role::Drafter.label()),
                    "edition.review" if said("verdict=") == Some("passed") => {
                        ("审核同意", said("role=").and_then(Role::from_code).map_or("", Role::label))
                    }
                    "edition.review" => return None,
                    "edition.publish" if record.actor == "system" => ("定时发布", Role::Publisher.label()),
                    "edition.publish" => ("发布", Role::Publisher.label()),
                    _ => ("在使用本系统以前已经公开，导入", ""),
                };
                // Whoever stood in for another signed for that one.
                let stands = if said("for=").is_some() { "（代）" } else { "" };
                Some(PublicStep {
                    what: what.to_owned(),
                    role: format!("{role}{stands}"),
                    at: record.at,
                    sequence: record.sequence,
                })
            })
            .collect())
    }

    /// The number and hash of a record, for whoever holds a proof and compares; nothing else of it.
    ///
    /// # Errors
    /// There is none.
    pub async fn audit_hash(&self, sequence: u64) -> Result<String, Fault> {
        Ok(self.store.audit_record(sequence).await?.ok_or(Fault::NotFound)?.hash)
    }

    /// Records for the page of the auditor, the latest first: of everybody for the supervising office, else of the own
    /// agency's people. `actor_id` and `act` narrow them; `until` leaves out what came after a day.
    ///
    /// # Errors
    /// The person is no auditor.
    pub async fn audit_page(&self, actor: &Actor, asked: &AuditQuestion) -> Result<Vec<Record>, Fault> {
        actor.need(Act::Audit, actor.agency())?;
        let own: Vec<String> = if actor.over_all {
            asked.actor.iter().cloned().collect()
        } else {
            let accounts = self.store.accounts(Some(actor.agency())).await?;
            let own = accounts.iter().map(|account| account.id.to_string());
            own.filter(|id| asked.actor.as_ref().is_none_or(|asked| asked == id)).collect()
        };
        let everybody = actor.over_all && asked.actor.is_none();
        let until = asked.until.and_then(|day| day.tomorrow().ok()).and_then(|day| clock::at_local(day.at(0, 0, 0, 0)));
        let filter = AuditFilter {
            before: asked.before,
            subject: asked.subject.as_deref(),
            actors: (!everybody).then_some(own.as_slice()),
            act: asked.act.as_deref(),
            until,
            limit: 100,
        };
        Ok(self.store.audit_of(&filter).await?)
    }

    /// What the subjects of records are called: titles, names of people and units, by their identity as text.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn subject_names(&self, records: &[Record]) -> Result<BTreeMap<String, String>, Fault> {
        let mut ids: Vec<uuid::Uuid> = records.iter().filter_map(|one| one.subject.parse().ok()).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut out = BTreeMap::new();
        for (edition, publication, title) in self.store.titles(&ids).await? {
            out.insert(edition.to_string(), title.clone());
            out.insert(publication.to_string(), title);
        }
        let people: Vec<OfficerId> = ids.iter().copied().map(OfficerId).collect();
        for (id, name) in self.store.names(&people).await? {
            out.insert(id.to_string(), name);
        }
        let directory = self.directory();
        for unit in directory.units() {
            out.insert(unit.id.to_string(), unit.name.clone());
        }
        Ok(out)
    }

    /// The numbers of the records that prove a version, of those that the chain holds now.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn proof_numbers(&self, subject: &str) -> Result<Vec<u64>, Fault> {
        Ok(self.proof(subject).await?.iter().map(|one| one.sequence).collect())
    }

    /// The records of one subject, the earliest first: the proof that goes with an exported item.
    pub(super) async fn proof(&self, subject: &str) -> Result<Vec<Record>, Fault> {
        let mut records = self.store.audit_about(subject).await?;
        records.retain(|one| PROOF.contains(&one.act.as_str()));
        Ok(records)
    }
}
