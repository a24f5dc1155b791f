//! Shows a long text page by page, where a person reads it.

use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

/// Shows a text: through the pager of the user if it is taller than the terminal, else directly.
/// `PAGER=cat`, or an empty one, switches paging off. False, with a word about it, if standard
/// output cannot be written.
pub fn show(text: &str, color: bool) -> bool {
    let height = terminal_size::terminal_size().map(|(_, height)| usize::from(height.0));
    let is_long = height.is_some_and(|height| text.lines().count() >= height);
    if std::io::stdout().is_terminal() && is_long && page(text, color).is_some() {
        return true;
    }
    super::print(text)
}

/// Runs the pager. `None` where there is none, or where it ended before it read anything.
fn page(text: &str, color: bool) -> Option<()> {
    let pager = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    let mut words = pager.split_whitespace();
    let program = words.next()?;
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if color && std::env::var_os("LESS").is_none() {
        // Colours pass, a text that fits ends at once, and the screen is left as it is.
        command.env("LESS", "FRX");
    }
    let mut child = command.spawn().ok()?;
    // A reader may quit before the end: that is no failure.
    let _ = child.stdin.take()?.write_all(text.as_bytes());
    child.wait().ok().filter(std::process::ExitStatus::success).map(|_| ())
}
