//! A bug triggered by one file does not affect any other file.

use crate::apply::apply_fixes;
use crate::containment::keep_quiet;
use crate::document::Document;
use crate::finding::{Category, Finding, Severity};
use crate::fix::Safety;
use crate::inputs::{Remark, Texts};
use crate::linter::{Linter, Outcome};
use crate::model::Service;
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::rules::Registry;
use crate::settings::Settings;

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
        settings: &[],
        sources: &[],
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
    Linter::new(Registry::default().with(rule), Settings::default())
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
    let line = |finding: &Finding| {
        let at = finding.problem.at.at;
        let name = &outcome.sources[&at.source].name;
        let rule = linter.registry().get(finding.rule).id;
        format!("{name}:{:?}: {rule}: {}", at.span, finding.problem.message)
    };
    outcome.findings.iter().map(line).filter(|line| !line.starts_with("bug")).collect()
}

fn check_containment(rule: &'static Rule, files: &[(&str, &str)]) {
    let (faulty, sound) = (linter(rule), Linter::new(Registry::default(), Settings::default()));
    for threads in [1, 4] {
        let texts = Texts::new(files.iter().copied());
        let outcome = faulty.lint_with_threads(&texts, threads);
        let expected = of_sound_files(&sound, &sound.lint_with_threads(&texts, threads));
        assert!(!expected.is_empty());
        assert_eq!(of_sound_files(&faulty, &outcome), expected);
        let [Remark { name, reason }] = outcome.failures.as_slice() else { panic!("{:?}", outcome.failures) };
        assert_eq!(name, "bug.json");
        assert!(reason.starts_with("internal error at src/linter/tests.rs:"), "{reason}");
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
