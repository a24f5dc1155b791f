//! Applies every fix to any bytes until nothing changes: no panic, nothing left to fix, nothing worse.

#![no_main]

use std::sync::LazyLock;

use ecs_lint::fix::Safety;
use ecs_lint_fuzz::{Laws, kept};
use libfuzzer_sys::fuzz_target;

static LAWS: LazyLock<Laws> = LazyLock::new(Laws::default);

fuzz_target!(|bytes: &[u8]| {
    let at_most = if bytes.len() % 2 == 0 { Safety::Safe } else { Safety::Unsafe };
    kept(LAWS.fix_bytes("task-definition.json", bytes, at_most));
});
