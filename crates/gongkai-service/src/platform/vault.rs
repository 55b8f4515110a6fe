//! Personal data of applicants: sealed before they reach the database, with a key that lies outside it.
//!
//! The key file holds one key a line, the newest first: its name, a colon, sixty-four hexadecimal digits. The first seals; all
//! open. A row is bound to its identity: sealed data moved to another row do not open.

use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rand::RngExt;
use sha2::Sha256;
use uuid::Uuid;

use super::Fault;

/// The name of the key file in the data folder, where no other place is named.
const FILE: &str = "personal.key";
const NONCE: usize = 24;

/// What opens and seals.
pub(super) struct Vault {
    keys: Vec<(String, [u8; 32])>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({} keys)", self.keys.len())
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _written: Result<(), std::fmt::Error> = write!(out, "{byte:02x}");
        out
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect()
}

fn key(line: &str) -> Option<(String, [u8; 32])> {
    let (name, digits) = line.split_once(':')?;
    let right =
        !name.is_empty() && name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let key: [u8; 32] = unhex(digits.trim())?.try_into().ok()?;
    right.then(|| (name.to_owned(), key))
}

/// Writes a file for its owner alone, where there is none.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn closed(why: &str) -> Fault {
    Fault::Failed(format!("个人信息解不开：{why}"))
}

impl Vault {
    /// Opens the key file. Where it is missing and nothing was sealed yet (`fresh`), it is made.
    ///
    /// # Errors
    /// It cannot be read or written; it holds something else; it is missing and data wait for it.
    pub(super) fn open(data: &Path, elsewhere: Option<&PathBuf>, fresh: bool) -> Result<Self, Fault> {
        let path = elsewhere.cloned().unwrap_or_else(|| data.join(FILE));
        let failed =
            |why: &dyn std::fmt::Display| Fault::Failed(format!("个人信息的密钥文件“{}”用不了：{why}", path.display()));
        if !path.exists() {
            if !fresh {
                return Err(failed(&"文件不见了，而数据库里已有加密的申请。请放回原来的密钥文件（它不在备份里）"));
            }
            let bytes: [u8; 32] = rand::rng().random();
            let line = format!("{}:{}\n", Uuid::now_v7().simple(), hex(&bytes));
            match write_new(&path, &line) {
                Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(failed(&error)),
                // Another process was first.
                Ok(()) | Err(_) => {}
            }
        }
        let text = std::fs::read_to_string(&path).map_err(|error| failed(&error))?;
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let keys: Option<Vec<_>> = lines.iter().map(|line| key(line.trim())).collect();
        match keys {
            Some(keys) if !keys.is_empty() => Ok(Self { keys }),
            Some(_) | None => Err(failed(&"每行应是“名称:64位十六进制”")),
        }
    }

    /// The newest key's name, a new nonce and what it sealed.
    fn encrypt(&self, row: Uuid, plain: &[u8]) -> Result<(&str, [u8; NONCE], Vec<u8>), Fault> {
        let failed = || Fault::Failed("个人信息没有加密成功".to_owned());
        let (name, key) = self.keys.first().ok_or_else(failed)?;
        let nonce: [u8; NONCE] = rand::rng().random();
        let sealed = XChaCha20Poly1305::new(&Key::from(*key))
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: row.as_bytes() })
            .map_err(|_error| failed())?;
        Ok((name, nonce, sealed))
    }

    /// What the key of a name opens: nonce and sealed content.
    fn decrypt(&self, row: Uuid, name: &str, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let key = self.keys.iter().find(|(known, _)| known == name);
        let (_, key) = key.ok_or_else(|| closed("没有当时的密钥，请找回密钥文件"))?;
        let (nonce, content) = bytes.split_at_checked(NONCE).ok_or_else(|| closed("内容已损坏"))?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_short| closed("内容已损坏"))?;
        XChaCha20Poly1305::new(&Key::from(*key))
            .decrypt(&XNonce::from(nonce), Payload { msg: content, aad: row.as_bytes() })
            .map_err(|_error| closed("内容被改动，或不属于这件申请"))
    }

    /// Seals a text for a row.
    ///
    /// # Errors
    /// The machine gives no random bytes.
    pub(super) fn seal(&self, row: Uuid, text: &str) -> Result<String, Fault> {
        let (name, nonce, sealed) = self.encrypt(row, text.as_bytes())?;
        Ok(format!("{name}:{}{}", hex(&nonce), hex(&sealed)))
    }

    /// Opens what was sealed for a row.
    ///
    /// # Errors
    /// The key is not there; the data were changed or belong to another row.
    pub(super) fn unseal(&self, row: Uuid, sealed: &str) -> Result<String, Fault> {
        let (name, digits) = sealed.split_once(':').ok_or_else(|| closed("不是加密的内容"))?;
        let bytes = unhex(digits).ok_or_else(|| closed("内容已损坏"))?;
        String::from_utf8(self.decrypt(row, name, &bytes)?).map_err(|_error| closed("内容已损坏"))
    }

    /// Seals a file for a row: the length and name of the key, the nonce, the content.
    ///
    /// # Errors
    /// The machine gives no random bytes.
    pub(super) fn seal_bytes(&self, row: Uuid, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let (name, nonce, sealed) = self.encrypt(row, bytes)?;
        let length = u8::try_from(name.len()).map_err(|_long| closed("密钥的名称太长"))?;
        let mut out = Vec::with_capacity(1 + name.len() + NONCE + sealed.len());
        out.push(length);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens a file that was sealed for a row.
    ///
    /// # Errors
    /// As [`Self::unseal`].
    pub(super) fn unseal_bytes(&self, row: Uuid, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let (length, rest) = sealed.split_first().ok_or_else(|| closed("内容已损坏"))?;
        let (name, rest) = rest.split_at_checked(usize::from(*length)).ok_or_else(|| closed("内容已损坏"))?;
        let name = std::str::from_utf8(name).map_err(|_error| closed("内容已损坏"))?;
        self.decrypt(row, name, rest)
    }

    /// A keyed hash by which the same identity is known again, without saying which it is. The oldest key makes it, so that it
    /// stays the same when keys are added.
    ///
    /// # Errors
    /// There is no key.
    pub(super) fn known_by(&self, identity: &str) -> Result<String, Fault> {
        let (_, key) = self.keys.last().ok_or_else(|| Fault::Failed("没有密钥".to_owned()))?;
        let mut mac =
            <Hmac<Sha256> as KeyInit>::new_from_slice(key).map_err(|error| Fault::Failed(error.to_string()))?;
        mac.update(identity.as_bytes());
        Ok(hex(&mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_data_open_for_their_row_alone_and_with_every_key_that_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(folder.path(), None, true).unwrap();
        let (row, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = vault.seal(row, "张示例，110105").unwrap();
        assert!(!sealed.contains("张示例") && vault.seal(row, "张示例，110105").unwrap() != sealed);
        assert_eq!(vault.unseal(row, &sealed).unwrap(), "张示例，110105");
        assert!(vault.unseal(other, &sealed).is_err(), "moved to another row");
        let file = vault.seal_bytes(row, b"%PDF-1.7").unwrap();
        assert_eq!(vault.unseal_bytes(row, &file).unwrap(), b"%PDF-1.7");
        assert!(vault.unseal_bytes(other, &file).is_err() && vault.unseal_bytes(row, b"").is_err());
        let mut changed = sealed.clone();
        let last = if changed.pop() == Some('0') { '1' } else { '0' };
        changed.push(last);
        for wrong in [changed.as_str(), "x", "x:00", sealed.get(..40).unwrap()] {
            assert!(vault.unseal(row, wrong).is_err(), "{wrong}");
        }
        // A new key in front: the old data still open, the same person is still known.
        let path = folder.path().join(FILE);
        let old = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("new:{}\n{old}", "ab".repeat(32))).unwrap();
        let later = Vault::open(folder.path(), None, true).unwrap();
        assert_eq!(later.unseal(row, &sealed).unwrap(), "张示例，110105");
        assert!(later.seal(row, "a").unwrap().starts_with("new:"));
        assert_eq!(later.known_by("resident_id:1").unwrap(), vault.known_by("resident_id:1").unwrap());
        assert_ne!(vault.known_by("resident_id:1").unwrap(), vault.known_by("resident_id:2").unwrap());
        std::fs::remove_file(&path).unwrap();
        assert!(Vault::open(folder.path(), None, false).unwrap_err().to_string().contains("不见了"));
        assert!(!path.exists(), "no new key hides the loss");
        std::fs::write(&path, "new:\n").unwrap();
        assert!(Vault::open(folder.path(), None, true).unwrap_err().to_string().contains("personal.key"));
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        Vault::open(folder.path(), None, true).unwrap();
        let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
