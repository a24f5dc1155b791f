//! `ecs-lint completions` and `ecs-lint man`: what is generated from the arguments.

use clap::Command;
pub(super) use clap_complete::Shell;

use super::status::Status;
use super::terminal;

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell, mut command: Command) -> Status {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "ecs-lint", &mut text);
    Status::of(!terminal::write_bytes(&text), false)
}

/// Prints the manual page, in roff.
pub(super) fn man(command: Command) -> Status {
    let mut text = Vec::new();
    match clap_mangen::Man::new(command).render(&mut text) {
        Ok(()) => Status::of(!terminal::write_bytes(&text), false),
        Err(error) => terminal::fail(&format!("the manual page cannot be written: {error}")),
    }
}
