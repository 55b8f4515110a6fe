//! Whether the key opens what applications say, and whether their files are there: what an operator must know before it matters.

use std::collections::BTreeSet;

use gongkai_store::{ApplicationFilter, BlobHash};

use super::steps::opened;
use crate::platform::Fault;
use crate::platform::backup::Doctor;
use crate::platform::services::Services;

/// How many applications are opened to try the key: the latest.
const TRIED: u64 = 20;

impl Services {
    /// What the doctor says of applications; nothing where there are none. `hashes` are the files that are there.
    ///
    /// # Errors
    /// The database does not answer.
    pub(in crate::platform) async fn application_health(&self, hashes: &[BlobHash]) -> Result<Vec<Doctor>, Fault> {
        if !self.store.has_applications().await? {
            return Ok(Vec::new());
        }
        let latest = ApplicationFilter { limit: TRIED, ..ApplicationFilter::default() };
        let latest = self.store.applications(&latest).await?;
        let mut tried = 0;
        let mut shut = None;
        for record in latest.iter().filter(|record| record.erased_on.is_none()) {
            tried += 1;
            if opened(self, record).await.is_err() {
                shut = Some(
                    "密钥不对、不见了，或数据被改动：请把备份时一并保存的密钥文件放回数据文件夹；密钥丢失的，申请人信息无法恢复"
                        .to_owned(),
                );
            }
        }
        let there: BTreeSet<&str> = hashes.iter().map(BlobHash::as_str).collect();
        let wanted = self.store.paper_hashes().await?;
        let missing = wanted.iter().filter(|hash| !there.contains(hash.as_str())).count();
        Ok(vec![
            Doctor { what: "申请的密钥", wrong: shut, seen: format!("试开最近的{tried}件") },
            Doctor {
                what: "申请的文件",
                wrong: (missing > 0).then(|| format!("{missing}个文件不见了，请从备份恢复")),
                seen: format!("{}个", wanted.len()),
            },
        ])
    }
}
