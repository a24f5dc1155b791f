//! The command line: one file for each verb.
//!
//! A new verb is a variant of `Verb` in `arguments.rs` with its options, a file with a function `run` that
//! takes them and returns a [`Status`], and a line in [`run`].

mod arguments;
mod baseline;
mod check;
mod config;
mod covered;
mod effect;
mod explain;
mod fix;
mod generated;
mod ignores;
mod init;
mod output;
mod pager;
mod parse;
mod rules;
mod schema;
mod settings;
mod status;
mod terminal;
#[cfg(feature = "watch")]
mod watch;
mod why;

use std::time::Instant;

use crate::containment::keep_quiet;
use arguments::Verb;
pub use status::Status;

/// Runs the command line of this process.
pub fn run() -> Status {
    let started = Instant::now();
    keep_quiet();
    let arguments = match parse::arguments() {
        Ok(arguments) => arguments,
        Err(status) => return status,
    };
    let look = arguments.look;
    match arguments.verb {
        None => check::run(&arguments.check, look, started),
        Some(Verb::Check(check)) => check::run(&check, look, started),
        Some(Verb::Why(arguments)) => why::run(&arguments, look),
        Some(Verb::Explain(arguments)) => explain::run(&arguments, look),
        Some(Verb::Rules(arguments)) => rules::run(&arguments, look),
        Some(Verb::Schema(arguments)) => schema::run(&arguments),
        Some(Verb::Completions(arguments)) => generated::completions(arguments.shell, parse::command()),
        Some(Verb::Man) => generated::man(parse::command()),
        Some(Verb::Init) => init::run(),
        Some(Verb::Ignore(arguments)) => ignores::run(&arguments, look),
        Some(Verb::Baseline(arguments)) => baseline::run(&arguments, look),
        Some(Verb::Config(arguments)) => config::run(&arguments, look),
    }
}
