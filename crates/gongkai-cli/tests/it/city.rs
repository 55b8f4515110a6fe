//! A city's year: registers out of which a report's figures could have come are imported, and the compiled report equals it.

use std::path::Path;
use std::process::Command;

#[test]
fn a_report_compiled_out_of_imported_registers_equals_the_one_they_came_from() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let done = Command::new("python3")
        .arg(root.join("benches/city.py"))
        .arg(env!("CARGO_BIN_EXE_gongkai"))
        .arg(root.join("fixtures/formats/sample.docx"))
        .arg("20")
        .output();
    let Ok(done) = done else {
        assert!(std::env::var_os("CI").is_none(), "python3 is missing");
        eprintln!("skipped: python3 is not at hand");
        return;
    };
    let told = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success() && told.contains("格，0 格不同"), "{told}{}", String::from_utf8_lossy(&done.stderr));
}
