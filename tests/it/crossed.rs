//! The laws under a mutator that crosses all examples and fixtures: see `fuzz/`.

use std::collections::BTreeMap;

use crate::crossing::{Dice, Donors, Law, Laws, Project, mutate, rewritten};
use crate::support::groups;

/// How many projects are crossed. `CASES=100000` looks further, from another `SEED`.
const CASES: u64 = 2_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|number| number.parse().expect("a number"))
}

#[test]
fn crossed_documents_keep_the_laws() {
    let projects = groups()
        .iter()
        .map(|files| Project::of(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))))
        .filter(|project| !project.0.is_empty())
        .collect();
    let donors = Donors::of(projects);
    let laws = Laws::default();
    let mut broken: BTreeMap<String, String> = BTreeMap::new();
    let seed = number("SEED").unwrap_or_default();
    for case in 0..number("CASES").unwrap_or(CASES) {
        let mut dice = Dice::new(seed.wrapping_mul(0x1_0000_0000).wrapping_add(case));
        let mut project = donors.projects[dice.below(donors.projects.len())].clone();
        mutate(&mut project, &donors, &mut dice);
        let law = Law::ALL[dice.below(Law::ALL.len())];
        if let Err(fault) = laws.check(law, &project, &mut dice) {
            let rule = fault.by.lines().next().unwrap_or_default();
            broken
                .entry(format!("{law:?}: {rule}"))
                .or_insert_with(|| format!("{}\n{}", fault.by, rewritten(&fault.texts)));
        }
    }
    let each: Vec<String> = broken.iter().map(|(what, texts)| format!("── {what}\n{texts}")).collect();
    assert!(each.is_empty(), "{}", each.join("\n\n"));
}
