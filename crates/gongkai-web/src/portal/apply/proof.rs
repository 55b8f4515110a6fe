//! Proof of work: where many applications come from one address, the browser works a moment before it may send another.
//!
//! The question is bound to the secret of the draft, and a draft is sent only once: an answer is good for one application. Nobody
//! else takes part, and nothing is asked of the reader. A browser that cannot work waits instead: see [`crate::limit::Kind`].

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// How many zero bits the answer's hash begins with: some 65,000 attempts, a few seconds of a telephone.
pub(crate) const BITS: u32 = 16;

/// The question of a draft, by its secret.
pub(crate) fn challenge(key: &str) -> String {
    let hash = Sha256::digest(format!("gongkai-application:{key}"));
    hash.iter().take(8).fold(String::with_capacity(16), |mut out, byte| {
        let _written: Result<(), std::fmt::Error> = write!(out, "{byte:02x}");
        out
    })
}

/// Whether an answer is one to the question.
pub(crate) fn is_answer(challenge: &str, answer: &str) -> bool {
    let right = (1..=16).contains(&answer.len()) && answer.bytes().all(|byte| byte.is_ascii_digit());
    right && zeros(&Sha256::digest(format!("{challenge}:{answer}"))) >= BITS
}

/// How many zero bits something begins with.
fn zeros(hash: &[u8]) -> u32 {
    let mut out = 0;
    for byte in hash {
        out += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_bound_to_the_draft() {
        let (one, other) = (challenge("one"), challenge("other"));
        assert_ne!(one, other);
        let found = (0..10_000_000).map(|number| number.to_string()).find(|answer| is_answer(&one, answer)).unwrap();
        assert!(found.parse::<i32>().unwrap() > 0, "no answer for nothing");
        assert!(!is_answer(&other, &found));
        for none in ["", "-1", "1e3", " 1", "99999999999999999"] {
            assert!(!is_answer(&one, none), "{none}");
        }
        assert_eq!(zeros(&[0, 0x10, 0xff]), 11);
    }
}
