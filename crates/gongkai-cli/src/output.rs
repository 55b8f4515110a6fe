//! What is written to the terminal: results to stdout, messages to stderr.

use std::io::{IsTerminal, Write};

/// Writes a result. A reader that has gone away ends the output quietly.
pub(crate) fn show(text: &str) {
    let mut out = std::io::stdout().lock();
    let written =
        out.write_all(text.as_bytes()).and_then(|()| if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") });
    if written.is_err() {
        std::process::exit(i32::from(crate::DONE));
    }
}

/// Writes a message.
pub(crate) fn complain(text: &str) {
    // Nowhere to complain to is no reason to fail.
    let _written: Result<(), _> = writeln!(std::io::stderr(), "{text}");
}

/// Whether messages go to a terminal.
pub(crate) fn on_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// The columns a text takes on a terminal: two for each wide character.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum()
}

/// Text filled up with spaces to a width.
pub(crate) fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// A number set to the right.
pub(crate) fn right(text: &str, to: usize) -> String {
    format!("{}{text}", " ".repeat(to.saturating_sub(width(text))))
}
