//! Files by their hash: written once, never changed.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;

use crate::Error;

/// SHA-256 of a file, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash(String);

impl BlobHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        use std::fmt::Write;
        Self(Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
            // Writing to a string cannot fail.
            _ = write!(out, "{byte:02x}");
            out
        }))
    }

    /// The hash as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for BlobHash {
    type Err = Error;

    /// Sixty-four lower case hexadecimal digits; nothing else ever becomes part of a path.
    fn from_str(text: &str) -> Result<Self, Error> {
        if text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Error::File("不是文件的散列值".to_owned()))
        }
    }
}

/// The folder of files.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
}

/// While it stands, no file is taken away; it ends with the value, or a day after a process that was killed.
#[derive(Debug)]
pub struct Hold(PathBuf);

impl Drop for Hold {
    fn drop(&mut self) {
        // What stays is passed over after a day.
        let _gone: std::io::Result<()> = std::fs::remove_file(&self.0);
    }
}

/// The folder of the marks of those who hold the files.
const HELD: &str = "held";

/// A file that nobody has finished for this long will not be finished.
const ABANDONED: std::time::Duration = std::time::Duration::from_hours(24);

impl Blobs {
    /// Opens the folder, making it where it is missing.
    ///
    /// # Errors
    /// It cannot be written.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        let part = folder.join("part");
        tokio::fs::create_dir_all(&part).await?;
        // What was half written when the machine stopped; another process may be writing now.
        let mut left = tokio::fs::read_dir(&part).await?;
        while let Some(file) = left.next_entry().await? {
            let old = file.metadata().await?.modified()?.elapsed().is_ok_and(|age| age > ABANDONED);
            if old {
                tokio::fs::remove_file(file.path()).await?;
            }
        }
        Ok(Self { folder: folder.to_path_buf() })
    }

    fn path(&self, hash: &BlobHash) -> PathBuf {
        let (first, rest) = hash.0.split_at_checked(2).unwrap_or(("", &hash.0));
        self.folder.join(first).join(rest)
    }

    /// Stores bytes. When this returns, they are on the disk; the same bytes twice are one file.
    ///
    /// # Errors
    /// The disk refuses.
    pub async fn put(&self, bytes: &[u8]) -> Result<BlobHash, Error> {
        let hash = BlobHash::of(bytes);
        let path = self.path(&hash);
        if tokio::fs::try_exists(&path).await? {
            return Ok(hash);
        }
        let part = self.folder.join("part").join(uuid::Uuid::now_v7().to_string());
        let mut file = tokio::fs::File::create(&part).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        drop(file);
        if let Some(parent) = path.parent() {
            if !tokio::fs::try_exists(parent).await? {
                tokio::fs::create_dir_all(parent).await?;
                tokio::fs::File::open(&self.folder).await?.sync_all().await?;
            }
            tokio::fs::rename(&part, &path).await?;
            // The name itself must survive a loss of power.
            tokio::fs::File::open(parent).await?.sync_all().await?;
        }
        Ok(hash)
    }

    /// Keeps every file from being taken away, on all machines that share the folder.
    ///
    /// # Errors
    /// The disk refuses.
    pub async fn hold(&self) -> Result<Hold, Error> {
        let folder = self.folder.join(HELD);
        tokio::fs::create_dir_all(&folder).await?;
        let mark = folder.join(uuid::Uuid::now_v7().to_string());
        tokio::fs::write(&mark, b"").await?;
        Ok(Hold(mark))
    }

    /// Whether somebody keeps the files from being taken away.
    ///
    /// # Errors
    /// The disk does not answer.
    pub async fn is_held(&self) -> Result<bool, Error> {
        let mut marks = match tokio::fs::read_dir(self.folder.join(HELD)).await {
            Ok(marks) => marks,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        while let Some(mark) = marks.next_entry().await? {
            // One that went away meanwhile holds nothing.
            let Ok(known) = mark.metadata().await else { continue };
            if known.modified()?.elapsed().is_ok_and(|age| age < ABANDONED) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether there is such a file.
    ///
    /// # Errors
    /// The disk does not answer.
    pub async fn has(&self, hash: &BlobHash) -> Result<bool, Error> {
        Ok(tokio::fs::try_exists(self.path(hash)).await?)
    }

    /// Takes a file away for good; nothing happens where there is none.
    ///
    /// # Errors
    /// The disk refuses.
    pub async fn remove(&self, hash: &BlobHash) -> Result<(), Error> {
        match tokio::fs::remove_file(self.path(hash)).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// There is no such file, or its content no longer has its hash.
    pub async fn get(&self, hash: &BlobHash) -> Result<Vec<u8>, Error> {
        let bytes = tokio::fs::read(self.path(hash)).await?;
        if BlobHash::of(&bytes) == *hash {
            Ok(bytes)
        } else {
            Err(Error::Broken(format!("文件 {hash} 的内容已损坏")))
        }
    }

    /// All hashes, in order.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub async fn list(&self) -> Result<Vec<BlobHash>, Error> {
        let mut out = Vec::new();
        let mut outer = tokio::fs::read_dir(&self.folder).await?;
        while let Some(folder) = outer.next_entry().await? {
            let first = folder.file_name().to_string_lossy().into_owned();
            if first.len() != 2 || !folder.file_type().await?.is_dir() {
                continue;
            }
            let mut inner = tokio::fs::read_dir(folder.path()).await?;
            while let Some(file) = inner.next_entry().await? {
                if let Ok(hash) = format!("{first}{}", file.file_name().to_string_lossy()).parse() {
                    out.push(hash);
                }
            }
        }
        out.sort();
        Ok(out)
    }

    /// Whether the folder can be written.
    ///
    /// # Errors
    /// It cannot.
    pub async fn ping(&self) -> Result<(), Error> {
        let probe = self.folder.join("part").join(format!("probe-{}", uuid::Uuid::now_v7()));
        tokio::fs::write(&probe, b"x").await?;
        Ok(tokio::fs::remove_file(&probe).await?)
    }
}
