//! Crosses the documents of a project with others, and tests the laws.

#![no_main]

use std::sync::LazyLock;

use ecs_lint_fuzz::{Dice, Donors, Law, Laws, Project, Spelling, joined, kept, mutate, seeds, split};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

static LAWS: LazyLock<Laws> = LazyLock::new(Laws::default);
static DONORS: LazyLock<Donors> = LazyLock::new(|| Donors::of(seeds()));

fn read(text: &str) -> Project {
    let files = split(text);
    Project::of(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let project = read(text);
    let mut dice = Dice::of(bytes);
    kept(if project.0.is_empty() {
        // Something else than values: it has only to be borne.
        LAWS.bear(&split(text))
    } else {
        LAWS.check(Law::ALL[dice.below(Law::ALL.len())], &project, &mut dice)
    });
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut dice = Dice::new(seed.into());
    let text = std::str::from_utf8(&data[..size]).unwrap_or_default();
    let mut project = read(text);
    if dice.one_in(5) || project.0.is_empty() {
        return fuzzer_mutate(data, size, max_size);
    }
    mutate(&mut project, &DONORS, &mut dice);
    let text = joined(&project.written(Spelling::any(&mut dice), &mut dice));
    match data[..max_size].get_mut(..text.len()) {
        Some(start) => {
            start.copy_from_slice(text.as_bytes());
            text.len()
        }
        // It became too long.
        None => fuzzer_mutate(data, size, max_size),
    }
});
