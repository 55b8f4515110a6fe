//! dev
fn main() {
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file).unwrap();
        match gongkai_service::report::read_bytes(&file, &bytes) {
            Ok(r) => println!("{}", serde_json::to_string_pretty(&gongkai_service::report::report_to_json(&r)).unwrap()),
            Err(e) => { eprintln!("{file}: {e}"); std::process::exit(2) }
        }
    }
}
