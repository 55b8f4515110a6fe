//! Tooling of the workspace. `cargo run -p xtask -- rules` writes `docs/rules.md` from the rules of the checker.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some("rules") = std::env::args().nth(1).as_deref() {
        let written = std::fs::write("docs/rules.md", xtask::rules_page());
        if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    } else {
        // Nowhere to complain to is no reason to fail otherwise.
        let _shown: Result<(), _> = writeln!(std::io::stderr(), "usage: xtask rules");
        ExitCode::from(2)
    }
}
