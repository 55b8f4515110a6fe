//! Any text as the JSON of a report: an answer or a refusal, and what was read is written and read again the same.
#![no_main]

use gongkai_service::report::report_from_json;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(report) = report_from_json(text)
    {
        let subject = gongkai_report::Subject::new(&report);
        let _ = gongkai_report::check::check(&subject, Some(&subject));
        let _ = gongkai_report::render::render(&report);
    }
});
