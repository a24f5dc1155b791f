//! `ecs-lint completions` and `ecs-lint man`: what is generated from the arguments.

use clap::CommandFactory;
pub(super) use clap_complete::Shell;

use super::arguments::Arguments;
use super::status::Status;
use super::terminal;

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell) -> Status {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "ecs-lint", &mut text);
    Status::of(!terminal::write_bytes(&text), false)
}

/// Prints the manual page, in roff.
pub(super) fn man() -> Status {
    let mut text = Vec::new();
    match clap_mangen::Man::new(Arguments::command()).render(&mut text) {
        Ok(()) => Status::of(!terminal::write_bytes(&text), false),
        Err(error) => terminal::fail(&format!("the manual page cannot be written: {error}")),
    }
}
