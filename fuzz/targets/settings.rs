//! Reads any text as settings, and lints the documents that follow it with them.

#![no_main]

use std::sync::{Arc, LazyLock};

use ecs_lint::inputs::SETTINGS_FILE;
use ecs_lint::rules::Registry;
use ecs_lint::settings::{self, Settings};
use ecs_lint::source::{Source, SourceId};
use ecs_lint_fuzz::{bear_with, kept, split};
use libfuzzer_sys::fuzz_target;

static REGISTRY: LazyLock<Registry> = LazyLock::new(Registry::default);

fuzz_target!(|text: &str| {
    let files = split(text);
    let mut all = Settings::default();
    for (at, (_, text)) in files.iter().enumerate().filter(|(_, (name, _))| name == SETTINGS_FILE) {
        let source = Arc::new(Source::new(SourceId(at as u32), SETTINGS_FILE, text.as_str()));
        match settings::read(Arc::clone(&source), &REGISTRY) {
            Ok(file) => all.add(SETTINGS_FILE, file),
            Err(problems) => {
                assert!(!problems.is_empty());
                for problem in problems {
                    assert!(source.text.get(problem.at.at.span.range()).is_some(), "{problem:?}");
                }
            }
        }
    }
    // Settings that nobody could read are not used.
    if !all.files.is_empty() {
        kept(bear_with(all, &files));
    }
});
