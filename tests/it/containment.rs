//! A bug that shows in one file takes no other file with it.

use crate::support::{Texts, written};
use ecs_lint::apply::apply_fixes;
use ecs_lint::config::Config;
use ecs_lint::containment::keep_quiet;
use ecs_lint::document::Document;
use ecs_lint::finding::{Category, Severity};
use ecs_lint::fix::Safety;
use ecs_lint::inputs::Remark;
use ecs_lint::linter::{Linter, Outcome};
use ecs_lint::model::Service;
use ecs_lint::rule::{Check, Profile, Reply, Report, Rule};
use ecs_lint::rules::Registry;

/// A rule with a bug.
const fn faulty(id: &'static str, check: Check) -> Rule {
    Rule {
        id,
        summary: "this rule panics",
        category: Category::Broken,
        severity: Severity::Error,
        profile: Profile::Default,
        fix: None,
        reply: Reply::Unrecorded,
        sources: &[],
        page: "",
        check,
    }
}

static IN_ITSELF: Rule = faulty("faulty-in-itself", Check::Document(check_document));
static WITH_OTHERS: Rule = faulty("faulty-with-others", Check::Service(check_service));

fn check_document(document: &Document, _: &mut Report) {
    assert!(!document.to_string().contains("hunter2"), "a bug that quotes {document}");
}

fn check_service(service: &Service, _: &mut Report) {
    assert!(!service.title().contains("hunter2"), "a bug that quotes {}", service.title());
}

fn linter(rule: &'static Rule) -> Linter {
    keep_quiet();
    Linter::new(Registry::default().with(rule), &Config::default())
}

fn task(family: &str) -> String {
    format!(
        r#"{{"family": "{family}", "taskRoleArn": "web", "containerDefinitions": [{{"name": "a", "image": "app:1.2", "memory": 8}}], "tags": []}}"#
    )
}

fn service(name: &str) -> String {
    format!(r#"{{"serviceName": "{name}", "taskDefinition": "web", "desiredCount": -1, "cluster": "main"}}"#)
}

/// The findings of the files whose names do not begin with `bug`.
fn of_sound_files(linter: &Linter, outcome: &Outcome) -> Vec<String> {
    let lines = written("concise", linter, outcome);
    lines.lines().filter(|line| !line.starts_with("bug")).map(str::to_owned).collect()
}

fn check_containment(rule: &'static Rule, files: &[(&str, &str)]) {
    let (faulty, sound) = (linter(rule), Linter::new(Registry::default(), &Config::default()));
    for threads in [1, 4] {
        let texts = Texts::new(files.iter().copied());
        let outcome = faulty.lint_with_threads(&texts, threads);
        let expected = of_sound_files(&sound, &sound.lint_with_threads(&texts, threads));
        assert!(!expected.is_empty());
        assert_eq!(of_sound_files(&faulty, &outcome), expected);
        let [Remark { name, reason }] = outcome.failures.as_slice() else { panic!("{:?}", outcome.failures) };
        assert_eq!(name, "bug.json");
        assert!(reason.starts_with("internal error at tests/it/containment.rs:"), "{reason}");
        assert!(reason.ends_with("/issues"), "{reason}");
        assert!(!reason.contains("hunter2"), "the words of a panic may hold a secret");
    }
}

#[test]
fn a_file_that_fails_in_itself_fails_alone() {
    let (web, bug) = (task("web"), task("hunter2"));
    check_containment(&IN_ITSELF, &[("a.json", &web), ("bug.json", &bug), ("z.json", &web)]);
}

#[test]
fn a_file_that_fails_beside_others_fails_alone() {
    let (web, bug) = (service("web"), service("hunter2"));
    check_containment(&WITH_OTHERS, &[("a.json", &web), ("bug.json", &bug), ("z.json", &web)]);
}

#[test]
fn other_files_are_fixed_all_the_same() {
    let (web, bug) = (task("web"), task("hunter2"));
    let texts = Texts::new([("a.json", web.as_str()), ("bug.json", &bug), ("z.json", &web)]);
    let (changed, outcome) = apply_fixes(&linter(&IN_ITSELF), &texts, Safety::Safe);
    let names: Vec<&str> = changed.iter().map(|one| one.before.name.as_str()).collect();
    assert_eq!(names, ["a.json", "z.json"]);
    assert_eq!(outcome.failures.len(), 1);
}
