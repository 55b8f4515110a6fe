//! dev
use gongkai_service::report::*;
fn main() {
    let mode = std::env::args().nth(1).unwrap();
    let mut reads = vec![];
    for file in std::env::args().skip(2) {
        let bytes = std::fs::read(&file).unwrap();
        match read_bytes(&file, &bytes) {
            Ok(r) => reads.push(r),
            Err(e) => { eprintln!("{file}: {e}"); std::process::exit(2) }
        }
    }
    if mode == "read" { for r in reads { println!("{}", serde_json::to_string_pretty(&report_to_json(&r)).unwrap()) } return }
    for (r, f) in reads.iter().zip(check_reports(&reads, None)) {
        println!("== {}", r.source.file);
        for f in f { println!("{} {} {} | found {} | expected {} | {} {:?}", f.level.label(), f.rule, f.message, f.found, f.expected, f.advice, f.culprit.map(|c| c.to_string())) }
    }
}
