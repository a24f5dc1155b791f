//! The command line: one file for each verb.
//!
//! A new verb is a variant of `Verb` in `arguments.rs` with its options, a file with a function `run` that
//! takes them and returns a [`Status`], and a line in [`run`].

mod arguments;
mod check;
mod explain;
mod fix;
mod output;
mod pager;
mod rules;
mod schema;
mod status;
mod terminal;

use std::time::Instant;

use clap::Parser;

use crate::containment::keep_quiet;
use crate::visible::has_control;
use arguments::{Arguments, Verb};
pub use status::Status;

/// Runs the command line of this process.
pub fn run() -> Status {
    let started = Instant::now();
    keep_quiet();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    match arguments.verb {
        None => check::run(&arguments.check, started),
        Some(Verb::Explain(arguments)) => explain::run(&arguments),
        Some(Verb::Rules(arguments)) => rules::run(&arguments),
        Some(Verb::Schema(arguments)) => schema::run(&arguments),
    }
}

/// Says what clap says instead of arguments: what is wrong with them, or the help or the version that
/// they ask for.
fn refuse(error: &clap::Error) -> Status {
    // clap shows arguments as they are.
    if std::env::args_os().any(|argument| has_control(&argument.to_string_lossy())) {
        let text = error.render().to_string();
        return terminal::fail(text.lines().next().unwrap_or_default().trim_start_matches("error: "));
    }
    // Help and version are no errors; clap knows where each belongs.
    let is_wrong = error.use_stderr();
    let is_written = terminal::is_written(error.print());
    Status::of(is_wrong || !is_written, false)
}
