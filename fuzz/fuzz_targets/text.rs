//! Any bytes as a file named .text: a manuscript or a refusal; what was read is taken as a report and checked.
#![no_main]

use gongkai_ingest::{Limits, ingest};
use libfuzzer_sys::fuzz_target;

static QUIET: std::sync::Once = std::sync::Once::new();

fuzz_target!(|data: &[u8]| {
    // Panics of foreign readers are caught by `ingest` and are refusals; only those that get out count.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let limits = Limits { unpacked_bytes: 8 << 20, characters: 60_000, pieces: 3_000, pages: 20, ..Limits::default() };
    if let Ok(read) = ingest(data, Some("text"), &limits) {
        let report = gongkai_report::read(&read.manuscript);
        let subject = gongkai_report::Subject::new(&report);
        let _ = gongkai_report::check::check(&subject, None);
    }
});
