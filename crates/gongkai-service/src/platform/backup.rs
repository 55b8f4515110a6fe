//! Backup while running, restore, and looking over the house.
//!
//! A backup is a gzip'd tar: `manifest.json`, `rows.jsonl` (every row of every table, as one moment saw them), `files/…`.
//! It can be restored on either database.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use gongkai_model::Refusal;
use gongkai_store::{BlobHash, Line, TABLES};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::file::read_bounded;
use super::services::Services;
use super::tampering::{Looked, Told};
use super::{Fault, clock};

/// What a backup holds, or what was restored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BackupSummary {
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// How many files.
    pub files: u64,
    /// The number and the hash of the last audit record.
    pub head: (u64, String),
    /// Files that could not be read whole and are not in the backup.
    pub damaged: Vec<String>,
}

/// What the doctor found: a name, whether it is in order, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doctor {
    /// What was looked at.
    pub what: &'static str,
    /// What is wrong; none where it is in order.
    pub wrong: Option<String>,
    /// What was seen.
    pub seen: String,
}

const LARGEST_LINE: u64 = 64 << 20;

/// A new file that the owner alone may read: it holds everything.
fn private(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn failed(error: impl std::fmt::Display) -> Fault {
    Fault::Failed(error.to_string())
}

fn add(tar: &mut tar::Builder<GzEncoder<std::fs::File>>, name: &str, size: u64, from: impl Read) -> Result<(), Fault> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    tar.append_data(&mut header, name, from).map_err(failed)
}

impl Services {
    /// Writes everything to one file, as one moment saw it; acts go on meanwhile. The file appears when it is whole.
    ///
    /// # Errors
    /// The disk refuses; then no file is left.
    pub async fn backup(&self, now: Timestamp, to: &Path) -> Result<BackupSummary, Fault> {
        let part = to.with_extension("part");
        let done = self.write_backup(now, &part).await;
        match done {
            Ok(summary) => {
                std::fs::rename(&part, to).map_err(failed)?;
                // The name itself must survive a loss of power.
                let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
                Ok(summary)
            }
            Err(fault) => {
                // What was half written must not be taken for a backup.
                for left in [part.clone(), part.with_extension("rows")] {
                    let _gone: Result<(), std::io::Error> = std::fs::remove_file(left);
                }
                Err(fault)
            }
        }
    }

    async fn write_backup(&self, now: Timestamp, part: &Path) -> Result<BackupSummary, Fault> {
        let mut summary = BackupSummary::default();
        let rows_path = part.with_extension("rows");
        let mut rows = std::io::BufWriter::new(private(&rows_path).map_err(failed)?);
        // What the rows of this moment name is not taken away before it is in the backup.
        let _hold = self.store.blobs().hold().await?;
        let tx = self.store.snapshot().await?;
        for table in TABLES {
            let mut count = 0;
            for page in 0.. {
                let lines = tx.dump(table, page).await?;
                if lines.is_empty() {
                    break;
                }
                for line in lines {
                    if line.table == "audit" {
                        let text = |name: &str| line.row.get(name).cloned().unwrap_or(Value::Null);
                        summary.head =
                            (text("sequence").as_u64().unwrap_or(0), text("hash").as_str().unwrap_or("").to_owned());
                    }
                    serde_json::to_writer(&mut rows, &line).map_err(failed)?;
                    rows.write_all(b"\n").map_err(failed)?;
                    count += 1;
                }
            }
            summary.rows.insert((*table).to_owned(), count);
        }
        tx.rollback().await?;
        rows.flush().map_err(failed)?;
        drop(rows);
        // Files after rows: every file that a row names is there already, and none is changed or taken away.
        let mut hashes = self.store.blobs().list().await?;
        let mut whole = Vec::with_capacity(hashes.len());
        self.progress.expect(hashes.len() * 2);
        for hash in hashes.drain(..) {
            self.progress.step();
            // A damaged file does not keep the others out of the backup; it is told of.
            if self.store.blobs().get(&hash).await.is_ok() {
                whole.push(hash);
            } else if self.store.blobs().has(&hash).await? {
                summary.damaged.push(hash.to_string());
            }
        }
        let hashes = whole;
        summary.files = u64::try_from(hashes.len()).unwrap_or(0);
        let file = private(part).map_err(failed)?;
        let mut tar = tar::Builder::new(GzEncoder::new(file, Compression::default()));
        let manifest = json!({
            "schema": "gongkai.backup/1",
            "at": now.to_string(),
            "rows": summary.rows,
            "files": summary.files,
            "audit": { "sequence": summary.head.0, "hash": summary.head.1 },
        })
        .to_string();
        add(&mut tar, "manifest.json", u64::try_from(manifest.len()).unwrap_or(0), manifest.as_bytes())?;
        let rows = std::fs::File::open(&rows_path).map_err(failed)?;
        let size = rows.metadata().map_err(failed)?.len();
        add(&mut tar, "rows.jsonl", size, rows)?;
        for hash in hashes {
            self.progress.step();
            let bytes = self.store.blobs().get(&hash).await?;
            add(&mut tar, &format!("files/{hash}"), u64::try_from(bytes.len()).unwrap_or(0), bytes.as_slice())?;
        }
        let file = tar.into_inner().map_err(failed)?.finish().map_err(failed)?;
        file.sync_all().map_err(failed)?;
        std::fs::remove_file(&rows_path).map_err(failed)?;
        Ok(summary)
    }

    /// Puts a backup into an empty platform.
    ///
    /// # Errors
    /// The platform is not empty; the file is not a backup, is damaged, or does not hold what it says. Then nothing is kept.
    pub async fn restore(&self, from: &Path) -> Result<BackupSummary, Fault> {
        let tx = self.store.begin().await?;
        for table in TABLES {
            if tx.row_count(table).await? > 0 {
                return Err(Refusal::new("数据文件夹（或数据库）不是空的", "请恢复到新的、空的文件夹或数据库").into());
            }
        }
        let file = std::fs::File::open(from).map_err(|error| Fault::Failed(format!("打不开备份：{error}")))?;
        let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
        let damaged = |what: &str| {
            Fault::from(Refusal::new(
                format!("这不是完整的备份：{what}"),
                "用另一份备份；这次没有写入数据库，数据文件夹可以删去",
            ))
        };
        let rows = TABLES.iter().map(|table| ((*table).to_owned(), 0)).collect();
        let mut summary = BackupSummary { rows, ..BackupSummary::default() };
        let mut manifest: Option<Value> = None;
        for entry in archive.entries().map_err(|_error| damaged("读不出来"))? {
            let entry = entry.map_err(|_error| damaged("文件不完整"))?;
            let name = entry.path().map_err(|_error| damaged("文件名"))?.to_string_lossy().into_owned();
            if name == "manifest.json" {
                let bytes = read_bounded(entry, 1 << 20).map_err(|_error| damaged("清单"))?;
                let value: Value = serde_json::from_slice(&bytes).map_err(|_error| damaged("清单"))?;
                if value.get("schema").and_then(Value::as_str) != Some("gongkai.backup/1") {
                    return Err(damaged("清单的版本"));
                }
                manifest = Some(value);
            } else if name == "rows.jsonl" {
                let mut reader = BufReader::new(entry);
                let mut line = Vec::new();
                loop {
                    line.clear();
                    let read = reader
                        .by_ref()
                        .take(LARGEST_LINE)
                        .read_until(b'\n', &mut line)
                        .map_err(|_error| damaged("数据行"))?;
                    if read == 0 {
                        break;
                    }
                    let row: Line = serde_json::from_slice(&line).map_err(|_error| damaged("数据行"))?;
                    if row.table == "audit" {
                        let text = |name: &str| row.row.get(name).cloned().unwrap_or(Value::Null);
                        summary.head =
                            (text("sequence").as_u64().unwrap_or(0), text("hash").as_str().unwrap_or("").to_owned());
                    }
                    *summary.rows.entry(row.table.clone()).or_default() += 1;
                    tx.load(row).await?;
                    self.progress.step();
                }
            } else if let Some(hash) = name.strip_prefix("files/") {
                let hash: BlobHash = hash.parse().map_err(|_error| damaged("文件名"))?;
                let bytes = read_bounded(entry, 1 << 30).map_err(|_error| damaged("文件"))?;
                if self.store.blobs().put(&bytes).await? != hash {
                    return Err(damaged("有文件的内容与散列值不符"));
                }
                summary.files += 1;
            }
        }
        let manifest = manifest.ok_or_else(|| damaged("没有清单"))?;
        let told =
            |name: &str| manifest.get("rows").and_then(|rows| rows.get(name)).and_then(Value::as_u64).unwrap_or(0);
        if TABLES.iter().any(|table| told(table) != summary.rows.get(*table).copied().unwrap_or(0)) {
            return Err(damaged("行数与清单不符"));
        }
        if manifest.get("files").and_then(Value::as_u64) != Some(summary.files) {
            return Err(damaged("文件数与清单不符"));
        }
        // A backup of an older shape lacks what follows from the rest.
        tx.derive_counts().await?;
        tx.commit().await?;
        self.changed();
        Ok(summary)
    }

    /// Counts the cases of every agency anew, out of the cases themselves.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn recount(&self) -> Result<(), Fault> {
        let tx = self.store.begin().await?;
        tx.derive_counts().await?;
        Ok(tx.commit().await?)
    }

    /// Looks the house over: tables, files, audit chain, search index, jobs, fonts.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn doctor(&self, now: Timestamp) -> Result<Vec<Doctor>, Fault> {
        let mut out = Vec::new();
        let mut note = |what, wrong: Option<String>, seen: String| out.push(Doctor { what, wrong, seen });
        let pending = self.store.pending_migrations().await?;
        note(
            "数据库",
            (pending > 0).then(|| "表还是旧的样子，请运行 gongkai migrate".to_owned()),
            format!("{}，还有{pending}步未执行", if self.store.is_embedded() { "SQLite" } else { "PostgreSQL" }),
        );
        let hashes = self.store.blobs().list().await?;
        let mut damaged = 0;
        self.progress.expect(hashes.len());
        for hash in &hashes {
            self.progress.step();
            if self.store.blobs().get(hash).await.is_err() {
                damaged += 1;
            }
        }
        note(
            "文件",
            (damaged > 0).then(|| format!("{damaged}个文件已损坏，请从备份恢复")),
            format!("{}个", hashes.len()),
        );
        // The chain first: what it says became public, and how each version was signed.
        let mut told = Told::default();
        let verdict = self.follow_audit(None, |record| told.take(record)).await?;
        let mut looked = self.look_over(&hashes, told).await;
        if looked.as_ref().is_ok_and(|looked| !looked.changed.is_empty() || looked.gone > 0 || looked.missing > 0) {
            // People may have been at work between the two readings: what differs twice differs.
            let mut told = Told::default();
            self.follow_audit(None, |record| told.take(record)).await?;
            looked = self.look_over(&self.store.blobs().list().await?, told).await;
        }
        match looked {
            Ok(Looked { seen, changed, gone, missing }) => {
                note(
                    "内容",
                    (!changed.is_empty()).then(|| {
                        format!(
                            "{}个版本与签署时的散列值或审计链不符，有人绕过程序改动了数据库：{}",
                            changed.len(),
                            changed.iter().take(5).cloned().collect::<Vec<_>>().join("、")
                        )
                    }),
                    format!("{seen}个版本"),
                );
                note(
                    "已公开的版本",
                    (gone > 0).then(|| format!("审计链里发布过的{gone}个版本不见了，请从备份恢复")),
                    format!("{gone}个缺失"),
                );
                note(
                    "附件",
                    (missing > 0).then(|| format!("{missing}个附件的文件不见了，请从备份恢复")),
                    format!("{missing}个缺失"),
                );
            }
            Err(fault) => note(
                "内容",
                Some(format!("有的版本读不出来（{fault:?}）：有人绕过程序改动了数据库，或数据库损坏，请从备份恢复")),
                "没有看完".to_owned(),
            ),
        }
        note("审计链", verdict.broken, format!("{}条记录", verdict.records));
        let behind = self.clock_behind(now).await?;
        note(
            "服务器时钟",
            behind.map(|at| format!("比最近一条操作记录（{}）早，可能被调回：请校对时钟", clock::written_moment(at))),
            clock::written_moment(now),
        );
        for one in self.application_health(&hashes).await? {
            note(one.what, one.wrong, one.seen);
        }
        let miscounted = self.store.miscounted().await?.len();
        note(
            "年度报告的计数",
            (miscounted > 0).then(|| {
                format!(
                    "{miscounted}个机关的计数与申请、复议诉讼不符，有人绕过程序改动了数据库：gongkai migrate 会重新计数"
                )
            }),
            format!("{miscounted}个机关不符"),
        );
        let (waiting, failing, behind) = self.backlog().await?;
        note(
            "检索索引",
            (behind >= 1_000).then(|| "落后较多；程序运行时会自动赶上".to_owned()),
            format!("{}条，落后{behind}处改动", self.indexed()),
        );
        note(
            "后台工作",
            (failing > 0).then(|| format!("{failing}件失败过，程序运行时会再试")),
            format!("{waiting}件等待"),
        );
        let agencies = self.directory().open_agencies().count();
        note(
            "机构",
            (agencies == 0)
                .then(|| "还没有机构。运行 gongkai serve，按终端上的链接设置；或用 gongkai agency add".to_owned()),
            format!("{agencies}个"),
        );
        Ok(out)
    }
}
