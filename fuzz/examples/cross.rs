//! Crosses documents and tests the laws, without libFuzzer and with stable Rust:
//! `cross <executions> [<seed>]`. Reads the corpus that `fuzz/seeds` writes.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use ecs_lint_fuzz::{Dice, Donors, Law, Laws, mutate, rewritten, seeds};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>());
    let executions = arguments.next().and_then(Result::ok).unwrap_or(100_000);
    let seed = arguments.next().and_then(Result::ok).unwrap_or(0);
    ecs_lint::keep_quiet();
    let donors = Donors::of(seeds());
    if donors.projects.is_empty() {
        eprintln!("there is no corpus: run fuzz/seeds first");
        return ExitCode::from(2);
    }
    let laws = Laws::default();
    let mut broken: BTreeMap<(Law, String), (u64, String)> = BTreeMap::new();
    let begin = Instant::now();
    for execution in 0..executions {
        let mut dice = Dice::new(seed.wrapping_mul(0x1_0000_0000).wrapping_add(execution));
        let mut project = donors.projects[dice.below(donors.projects.len())].clone();
        mutate(&mut project, &donors, &mut dice);
        let law = Law::ALL[dice.below(Law::ALL.len())];
        if let Err(fault) = laws.check(law, &project, &mut dice) {
            let rule = fault.by.lines().next().unwrap_or_default().to_owned();
            let text = || format!("{}\n{}", fault.by, rewritten(&fault.texts));
            let kept = broken.entry((law, rule)).or_insert_with(|| (0, text()));
            kept.0 += 1;
            // The shortest is the easiest to understand.
            let text = text();
            if text.len() < kept.1.len() {
                kept.1 = text;
            }
        }
    }
    for ((law, rule), (count, text)) in &broken {
        println!("── {law:?}: {rule} ({count})\n{text}\n");
    }
    eprintln!("{executions} executions, {} faults, {:.0?}", broken.len(), begin.elapsed());
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
