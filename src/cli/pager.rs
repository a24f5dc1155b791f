//! Shows a long text page by page, where a person reads it.

use std::io::Write;
use std::process::{Command, Stdio};

use super::status::Status;
use super::terminal;

/// Shows a text: through the pager of the user if it is taller than the terminal, else directly.
/// `PAGER=cat`, or an empty one, switches paging off.
pub(super) fn show(text: &str, color: bool) -> Status {
    let text = &terminal::told(text);
    let is_long = terminal::height().is_some_and(|height| text.lines().count() >= height);
    if terminal::is_read_by_a_person() && is_long && page(text, color).is_some() {
        return Status::Clean;
    }
    terminal::print(text)
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
    // A reader may quit before the end: that is not a failure.
    let _ = child.stdin.take()?.write_all(text.as_bytes());
    child.wait().ok().filter(std::process::ExitStatus::success).map(|_| ())
}
