//! Random secrets, their hashes, passwords.

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier};
use rand::RngExt;
use sha2::{Digest, Sha256};

use super::Fault;

const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789";

/// A secret of forty-three letters and digits: some 249 bits.
pub(super) fn random() -> String {
    let mut rng = rand::rng();
    (0..43).map(|_| char::from(*LETTERS.get(rng.random_range(0..LETTERS.len())).unwrap_or(&b'x'))).collect()
}

/// What is stored of a secret.
pub(super) fn hash(secret: &str) -> String {
    gongkai_store::BlobHash::of(secret.as_bytes()).to_string()
}

/// Twenty random bytes in base32, for the second factor.
pub(super) fn totp_secret() -> String {
    let mut rng = rand::rng();
    let bytes: [u8; 20] = rng.random();
    totp_rs::Secret::from(bytes.as_slice()).to_base32()
}

/// The step at which a code of the second factor holds, if it does; a step is never used twice.
pub(super) fn totp_step(secret: &str, code: &str, seconds: u64) -> Option<u64> {
    let secret = totp_rs::Secret::try_from_base32(secret).ok()?;
    let totp = totp_rs::Builder::new().with_secret(secret).build_noncompliant();
    totp.check(code.trim(), seconds)
}

/// How many passwords are hashed at once: each takes 19 MB.
static AT_ONCE: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(4);

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let failed = |error: &dyn std::error::Error| Fault::Failed(error.to_string());
    let _permit = AT_ONCE.acquire().await.map_err(|error| failed(&error))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| failed(&error))
}

/// A password as it is stored (argon2id, 19 MiB, 2 passes).
pub(super) async fn hash_password(password: String) -> Result<String, Fault> {
    let hashed = apart(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|e| e.to_string())
    });
    hashed.await?.map_err(Fault::Failed)
}

/// Whether a password is the stored one. Takes the same time where nothing is stored.
pub(super) async fn verify_password(password: String, stored: Option<String>) -> Result<bool, Fault> {
    /// A hash that nobody knows a password for.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$J7Lz6tVC2qA3mDnrbYZJzV0Hk9h0m3pC4sB1xw2yZ5E";
    apart(move || {
        let known = stored.is_some();
        let text = stored.unwrap_or_else(|| NOBODY.to_owned());
        let right = PasswordHash::new(&text)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && right
    })
    .await
}

/// Passwords that are guessed first.
const COMMON: [&str; 10] = [
    "1234567890",
    "qwertyuiop",
    "password12",
    "admin12345",
    "gongkai123",
    "12345678910",
    "abcdefghij",
    "a123456789",
    "1q2w3e4r5t",
    "iloveyou12",
];

/// What is wrong with a new password, if anything.
pub(super) fn weakness(password: &str, login: &str) -> Option<String> {
    let length = password.chars().count();
    if length < 10 {
        return Some(format!("密码有{length}个字符，至少10个"));
    }
    if length > 200 {
        return Some("密码不超过200个字符".to_owned());
    }
    let lower = password.to_lowercase();
    if !login.is_empty() && lower.contains(&login.to_lowercase()) {
        return Some("密码不能包含登录名".to_owned());
    }
    let kinds: std::collections::BTreeSet<char> = lower.chars().collect();
    if kinds.len() < 5 {
        return Some("密码里不同的字符太少，容易被猜中".to_owned());
    }
    COMMON.iter().any(|one| lower == *one || lower.starts_with(one)).then(|| "这个密码太常见，请换一个".to_owned())
}

/// A digest as hexadecimal text.
pub(super) fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_weak_passwords_are_named() {
        assert_ne!(random(), random());
        assert_eq!(random().len(), 43);
        for weak in ["short", "1111111111", "1234567890", "wangli2026wangli"] {
            assert!(weakness(weak, "wangli").is_some(), "{weak}");
        }
        assert_eq!(weakness("春风又绿江南岸明月何时", "wangli"), None);
    }

    #[test]
    fn a_code_of_the_second_factor_holds_for_its_time() {
        // The secret and value of RFC 6238, appendix B, at 59 seconds (last six digits).
        let secret = totp_rs::Secret::from(b"12345678901234567890".as_slice()).to_base32();
        assert_eq!(totp_step(&secret, "287082", 59), Some(1));
        assert_eq!(totp_step(&secret, "287082", 300), None);
    }
}
