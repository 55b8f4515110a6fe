//! Every fixture, spoilt in many ways: an answer or a refusal, never a panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gongkai_service::report::{check_reports, read_bytes};

/// A small generator of numbers, so that each run spoils the same bytes.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

fn spoil(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=numbers.next(4) {
        let at = numbers.next(out.len());
        match numbers.next(6) {
            0 => out.truncate(at),
            1 => out[at] ^= 1 << numbers.next(8),
            2 => out[at] = [0, 0xff, 0x7f, b'0', b'<', b'|'][numbers.next(6)],
            3 => {
                let size = numbers.next(64).min(out.len() - at);
                out.drain(at..at + size);
            }
            4 => {
                let size = numbers.next(256).min(out.len() - at);
                let copy = out[at..at + size].to_vec();
                let to = numbers.next(out.len());
                out.splice(to..to, copy);
            }
            _ => {
                let size = numbers.next(16).min(out.len() - at);
                for byte in &mut out[at..at + size] {
                    *byte = u8::try_from(numbers.next(256)).unwrap();
                }
            }
        }
        if out.is_empty() {
            break;
        }
    }
    out
}

#[test]
fn no_spoilt_fixture_makes_a_reader_panic() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let (mut tried, mut refused) = (0, 0);
    for (name, bytes) in super::fixtures::all() {
        let rounds = if bytes.len() > 100_000 { 30 } else { 60 };
        for round in 0..rounds {
            let spoilt = spoil(&bytes, &mut numbers);
            let outcome = catch_unwind(AssertUnwindSafe(|| match read_bytes(&name, &spoilt) {
                Ok(read) => {
                    check_reports(&[read], None);
                    true
                }
                Err(error) => {
                    assert!(!error.to_string().is_empty());
                    false
                }
            }));
            tried += 1;
            match outcome {
                Ok(true) => {}
                Ok(false) => refused += 1,
                Err(panic) => {
                    let what = panic.downcast_ref::<String>().cloned().unwrap_or_default();
                    panic!("{name} round {round}: {what}");
                }
            }
        }
    }
    assert!(tried > 500 && refused > 0 && refused < tried, "{refused} of {tried} refused");
}
