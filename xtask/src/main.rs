//! Tooling of the workspace. `cargo run -p xtask -- rules` writes `docs/rules.md` from the rules of the checker,
//! `cargo run -p xtask -- law` writes `docs/law.md` from the list of provisions.

use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let written = match std::env::args().nth(1).as_deref() {
        Some("rules") => std::fs::write("docs/rules.md", xtask::rules_page()),
        Some("law") => std::fs::write("docs/law.md", xtask::provisions::page()),
        _ => {
            // Nowhere to complain to is no reason to fail otherwise.
            let _shown: Result<(), _> = writeln!(std::io::stderr(), "usage: xtask rules|law");
            return ExitCode::from(2);
        }
    };
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
