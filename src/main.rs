//! The program: an outcome becomes an exit status; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(ecs_lint::cli::run() as u8)
}
