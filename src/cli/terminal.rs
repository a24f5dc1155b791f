//! The terminal of the user: what it can show, and what is written to it.

use std::borrow::Cow;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::status::Status;
use crate::files::reason;
use crate::inputs::Remark;
use crate::report::Style;
use crate::visible::{ascii, visible};

/// Whether a person reads standard output, rather than a file or another program.
pub(super) fn is_read_by_a_person() -> bool {
    io::stdout().is_terminal()
}

/// How a report looks on standard output. `color` is what the user asks for, if anything.
pub(super) fn style(color: Option<bool>, ascii: bool, full: bool) -> Style {
    style_on(is_read_by_a_person(), color, ascii, full)
}

/// How a report looks on standard error.
pub(super) fn style_of_errors(color: Option<bool>, ascii: bool) -> Style {
    style_on(io::stderr().is_terminal(), color, ascii, true)
}

fn style_on(terminal: bool, color: Option<bool>, ascii: bool, full: bool) -> Style {
    let value = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let says = |name: &str| value(name).is_some();
    let forced = ["FORCE_COLOR", "CLICOLOR_FORCE"].into_iter().find_map(value);
    let forced = forced.map(|value| value != "0" && value != "false");
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let color = color.unwrap_or_else(|| !says("NO_COLOR") && forced.unwrap_or(terminal && !dumb));
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let width = width.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
    Style {
        color,
        unicode: !ascii && !dumb,
        links: terminal && color && !says("CI"),
        width: width.unwrap_or(100).clamp(40, 120),
        full,
        ..Style::PLAIN
    }
}

/// How many lines the terminal has, if there is one.
pub(super) fn height() -> Option<usize> {
    terminal_size::terminal_size().map(|(_, height)| usize::from(height.0))
}

/// Whether everything that people read is to be ASCII. The words of the command line are asked: it holds for
/// what is said about them, too.
pub(super) fn wants_ascii() -> bool {
    std::env::args_os().take_while(|word| word != "--").any(|word| word == "--ascii")
}

/// A text for people, as their terminal can show it.
pub(super) fn told(text: &str) -> Cow<'_, str> {
    if wants_ascii() { ascii(text) } else { Cow::Borrowed(text) }
}

/// Writes a text for people to standard output. False, with a word about it, if that fails.
pub(super) fn say(text: &str) -> bool {
    write(&told(text))
}

/// Writes a text to standard output. False, with a word about it, if that fails.
pub(super) fn write(text: &str) -> bool {
    write_bytes(text.as_bytes())
}

/// Writes bytes to standard output. False, with a word about it, if that fails.
pub(super) fn write_bytes(bytes: &[u8]) -> bool {
    let mut out = io::stdout().lock();
    is_written(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Writes a report to standard error.
pub(super) fn write_aside(text: &str) {
    // Nobody can be told if it fails.
    let _ = io::stderr().write_all(told(text).as_bytes());
}

/// Clears the terminal, if standard output is one.
#[cfg(feature = "watch")]
pub(super) fn clear() {
    if is_read_by_a_person() {
        write("\x1b[H\x1b[2J\x1b[3J");
    }
}

/// Writes to standard output all that there is to say.
pub(super) fn print(text: &str) -> Status {
    Status::of(!write(text), false)
}

/// Whether standard output could be written; a word about it, if not. A reader that has seen enough, such as
/// `head`, is not a failure.
pub(super) fn is_written(result: io::Result<()>) -> bool {
    if result.is_err() {
        IS_LOST.store(true, Ordering::Relaxed);
    }
    let failure = result.err().filter(|error| error.kind() != ErrorKind::BrokenPipe);
    if let Some(error) = &failure {
        complain(&format!("standard output: the report cannot be written: {}", reason(error)));
    }
    failure.is_none()
}

/// Whether something could not be written to standard output.
static IS_LOST: AtomicBool = AtomicBool::new(false);

/// Whether nothing more can be written to standard output: it failed before, or its reader is gone.
#[cfg(feature = "watch")]
pub(super) fn is_lost() -> bool {
    IS_LOST.load(Ordering::Relaxed) || is_reader_gone()
}

/// Whether standard output is a pipe that nobody reads any more.
#[cfg(all(feature = "watch", unix))]
fn is_reader_gone() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let out = io::stdout();
    let mut polled = [PollFd::new(&out, PollFlags::empty())];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    let is_told = poll(&mut polled, Some(&at_once)).is_ok_and(|count| count > 0);
    is_told && polled[0].revents().intersects(PollFlags::ERR | PollFlags::HUP)
}

/// Whether standard output is a pipe that nobody reads any more: not known before something is written.
#[cfg(all(feature = "watch", not(unix)))]
fn is_reader_gone() -> bool {
    false
}

/// Ends a run that cannot do what it was asked for, and says why.
pub(super) fn fail(reason: &str) -> Status {
    complain(reason);
    Status::Failed
}

/// Says what was left out or could not be done, each on a line that begins with the name of it.
pub(super) fn tell<'r>(remarks: impl Iterator<Item = &'r Remark>) {
    for Remark { name, reason } in remarks {
        complain(&format!("{name}: {reason}"));
    }
}

/// Says on standard error what is told in more than a line. The text is fit for a terminal.
pub(super) fn complain_at_length(text: &str) {
    let _ = io::stderr().write_all(told(text).as_bytes());
}

/// Says something on standard error: why something was not done, what was looked at.
pub(super) fn complain(reason: &str) {
    // In one piece, so that programs that run side by side do not mix their lines.
    let _ = io::stderr().write_all(format!("ecs-lint: {}\n", told(&visible(reason))).as_bytes());
}
