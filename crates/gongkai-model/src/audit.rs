//! The append-only chain over every act (SM3): each record carries the hash of the one before.

use jiff::Timestamp;
use sm3::{Digest, Sm3};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number, from 1, without gaps.
    pub sequence: u64,
    /// When, to the microsecond.
    pub at: Timestamp,
    /// Who: an officer's id, `system` or `operator`.
    pub actor: String,
    /// What was done, as a code such as `edition.review`.
    pub act: String,
    /// To what: an id.
    pub subject: String,
    /// What else is known, as `key=value` lines; never personal data of citizens.
    pub detail: String,
    /// The hash of the record before; of the first, sixty-four zeros.
    pub previous: String,
    /// The hash of this record.
    pub hash: String,
}

/// What stands before the first record.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// SM3 of bytes, in hexadecimal.
pub fn sm3_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sm3::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        // Writing to a string cannot fail.
        _ = write!(out, "{byte:02x}");
        out
    })
}

impl Record {
    /// The next record after one with this number and hash.
    pub fn after(
        sequence: u64,
        previous: &str,
        at: Timestamp,
        actor: &str,
        act: &str,
        subject: &str,
        detail: &str,
    ) -> Self {
        let at = Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
        let mut record = Self {
            sequence: sequence + 1,
            at,
            actor: actor.to_owned(),
            act: act.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_owned(),
            previous: previous.to_owned(),
            hash: String::new(),
        };
        record.hash = record.computed();
        record
    }

    /// The hash over every field; each is preceded by its length, so that no two records share a spelling.
    pub fn computed(&self) -> String {
        let mut text = String::new();
        let (sequence, at) = (self.sequence.to_string(), self.at.as_microsecond().to_string());
        for field in [&sequence, &at, &self.actor, &self.act, &self.subject, &self.detail, &self.previous] {
            text.push_str(&format!("{}:{field}\n", field.len()));
        }
        sm3_hex(text.as_bytes())
    }
}

/// What is wrong with a chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A record does not have the hash of its content.
    #[error("第{0}条记录的内容被改动")]
    Changed(u64),
    /// A record does not follow the one before.
    #[error("第{0}条记录与前一条不相连：有记录被删除、插入或调换")]
    Unlinked(u64),
}

/// Follows a chain record by record; keeps only the last hash, whatever the length.
#[derive(Debug, Clone)]
pub struct Verifier {
    sequence: u64,
    last: String,
}

impl Default for Verifier {
    fn default() -> Self {
        Self { sequence: 0, last: GENESIS.to_owned() }
    }
}

impl Verifier {
    /// Takes the next record.
    ///
    /// # Errors
    /// It was changed, or does not follow.
    pub fn take(&mut self, record: &Record) -> Result<(), Broken> {
        if record.sequence != self.sequence + 1 || record.previous != self.last {
            return Err(Broken::Unlinked(record.sequence));
        }
        if record.hash != record.computed() {
            return Err(Broken::Changed(record.sequence));
        }
        self.sequence = record.sequence;
        self.last.clone_from(&record.hash);
        Ok(())
    }

    /// How many records were followed, and the hash of the last: what an operator notes outside the system.
    pub fn head(&self) -> (u64, &str) {
        (self.sequence, &self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Vec<Record> {
        let mut out: Vec<Record> = Vec::new();
        for act in ["unit.create", "officer.create", "edition.create"] {
            let (sequence, previous) = out.last().map_or((0, GENESIS), |last| (last.sequence, last.hash.as_str()));
            let next = Record::after(sequence, previous, Timestamp::UNIX_EPOCH, "system", act, "1", "a=b");
            out.push(next);
        }
        out
    }

    fn verify(records: &[Record]) -> Result<(), Broken> {
        let mut verifier = Verifier::default();
        records.iter().try_for_each(|record| verifier.take(record))
    }

    #[test]
    fn sm3_gives_the_value_of_its_standard() {
        assert_eq!(sm3_hex(b"abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    #[test]
    fn a_changed_missing_or_moved_record_is_found() {
        let whole = chain();
        assert_eq!(verify(&whole), Ok(()));
        let mut changed = whole.clone();
        changed[1].detail = "a=c".to_owned();
        assert_eq!(verify(&changed), Err(Broken::Changed(2)));
        let mut missing = whole.clone();
        missing.remove(1);
        assert_eq!(verify(&missing), Err(Broken::Unlinked(3)));
        let mut moved = whole.clone();
        moved.swap(1, 2);
        assert!(verify(&moved).is_err());
        let mut rehashed = whole;
        rehashed[1].detail = "a=c".to_owned();
        rehashed[1].hash = rehashed[1].computed();
        assert_eq!(verify(&rehashed), Err(Broken::Unlinked(3)));
    }
}
