//! Lints any bytes, and does everything that can be done with what is found.

#![no_main]

use std::sync::LazyLock;

use ecs_lint_fuzz::{Laws, kept};
use libfuzzer_sys::fuzz_target;

static LAWS: LazyLock<Laws> = LazyLock::new(Laws::default);

/// Files whose names decide how they are read.
const NAMES: [&str; 4] = ["task-definition.json", "service.jsonc", "<stdin>", "service.json"];

fuzz_target!(|bytes: &[u8]| {
    kept(LAWS.bear_bytes(NAMES[bytes.len() % NAMES.len()], bytes));
});
