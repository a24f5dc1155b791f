//! Generated documents that AWS takes give no error, and keep the laws when they are changed.

mod choices;
mod scaling;
mod service;
mod task_definition;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use serde_json::Value;

use crate::crossing::{Dice, Donors, Law, Laws, Project, mutate, rewritten};
use crate::support::Texts;
use choices::Choices;
use ecs_lint::Severity;

/// The same cases on each run: what fails here failed before the change, or fails because of it.
fn config(cases: u32) -> Config {
    Config { cases, rng_seed: RngSeed::Fixed(20_260_101), failure_persistence: None, ..Config::default() }
}

/// A task definition, a service that runs it, and what scales the service.
fn project(choices: &mut Choices) -> Vec<(String, String)> {
    let task = task_definition::task(choices);
    let (service, name) = service::service(choices, &task);
    let is_daemon = service.get("schedulingStrategy").is_some();
    let mut files = vec![("task-definition.json", task.document), ("service.json", service)];
    // AWS does not scale daemons.
    if !is_daemon && choices.maybe() {
        files.extend(scaling::scaling(choices, &name));
    }
    let written = |(name, value): (&str, Value)| {
        (name.to_owned(), serde_json::to_string_pretty(&value).expect("a value of JSON"))
    };
    files.into_iter().map(written).collect()
}

fn texts(files: &[(String, String)]) -> Texts {
    Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

#[test]
fn what_aws_takes_gives_no_error() {
    let linter = crate::support::linter(&[]);
    let cases = std::env::var("CASES").map_or(400, |cases| cases.parse().expect("a number of cases"));
    proptest!(config(cases), |(mut choices in Choices::any())| {
        let files = project(&mut choices);
        let outcome = linter.lint(&texts(&files));
        prop_assert_eq!(&outcome.failures, &Vec::new());
        let errors: Vec<String> = outcome
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| format!("{}: {}", linter.registry().get(finding.rule).id, finding.problem.message))
            .collect();
        prop_assert!(errors.is_empty(), "{}\n{}", errors.join("\n"), rewritten(&[files]));
    });
}

#[test]
fn what_aws_takes_keeps_the_laws() {
    let laws = Laws::default();
    proptest!(config(150), |(mut choices in Choices::any(), seed in any::<u64>())| {
        let files = project(&mut choices);
        let mut project = Project::of(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let mut dice = Dice::new(seed);
        let donors = Donors::of(vec![project.clone()]);
        mutate(&mut project, &donors, &mut dice);
        let law = Law::ALL[dice.below(Law::ALL.len())];
        if let Err(broken) = laws.check(law, &project, &mut dice) {
            prop_assert!(false, "{law:?}: {}\n{}", broken.by, rewritten(&broken.texts));
        }
    });
}
