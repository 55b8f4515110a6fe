//! The audit chain: following it, and the proof that an item carries.

use gongkai_model::audit::{Record, Verifier};
use gongkai_model::officer::Act;

use super::Fault;
use super::services::{Actor, Services};

/// The acts that prove how an item became public; what else happened to it is the office's own matter.
const PROOF: [&str; 5] =
    ["edition.create", "edition.submit", "edition.review", "edition.publish", "publication.import"];

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

impl Services {
    /// Follows the chain from the first record to the last. Also finds that records at the end are missing.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn verify_audit(&self) -> Result<AuditVerdict, Fault> {
        // Read before: an act that happens meanwhile adds records, and takes none away.
        let expected = self.store.audit_count().await?;
        let mut verifier = Verifier::default();
        loop {
            let (last, _) = verifier.head();
            let records = self.store.audit_after(last, 1_000).await?;
            if records.is_empty() {
                break;
            }
            for record in &records {
                if let Err(broken) = verifier.take(record) {
                    let (records, head) = verifier.head();
                    return Ok(AuditVerdict { records, head: head.to_owned(), broken: Some(broken.to_string()) });
                }
            }
        }
        let (records, head) = verifier.head();
        let broken = (records < expected).then(|| format!("应有{expected}条记录，只有{records}条：末尾的记录被删除"));
        Ok(AuditVerdict { records, head: head.to_owned(), broken })
    }

    /// Records for the page of the auditor, the latest first: of everybody for the supervising office, else of the own
    /// agency's people.
    ///
    /// # Errors
    /// The person is no auditor.
    pub async fn audit_page(
        &self,
        actor: &Actor,
        before: Option<u64>,
        subject: Option<&str>,
    ) -> Result<Vec<Record>, Fault> {
        actor.need(Act::Audit, actor.agency())?;
        let own: Vec<String>;
        let actors = if actor.over_all {
            None
        } else {
            let accounts = self.store.accounts(Some(actor.agency())).await?;
            own = accounts.iter().map(|account| account.id.to_string()).collect();
            Some(own.as_slice())
        };
        Ok(self.store.audit_before(before, subject, actors, 100).await?)
    }

    /// The records of one subject, the earliest first: the proof that goes with an exported item.
    pub(super) async fn proof(&self, subject: &str) -> Result<Vec<Record>, Fault> {
        let mut records = self.store.audit_before(None, Some(subject), None, 1_000).await?;
        records.retain(|one| PROOF.contains(&one.act.as_str()));
        records.reverse();
        Ok(records)
    }
}
