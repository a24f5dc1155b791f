//! Whole files as people keep them, and their report with all rules of the default profile. `UPDATE=1 cargo
//! test --test it fixtures` rewrites the reports.

use crate::support::{REPORT, Texts, fixtures, report, updating};
use ecs_lint::finding::Severity;
use ecs_lint::linter::Linter;
use ecs_lint::rules::Registry;
use ecs_lint::settings::Settings;

#[test]
fn every_fixture_gives_its_report() {
    let linter = Linter::new(Registry::default(), Settings::default());
    let mut faults = Vec::new();
    for fixture in fixtures() {
        let texts = Texts::new(fixture.files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let outcome = linter.lint(&texts);
        let given = report(&linter, &outcome);
        let path = fixture.path.join(REPORT);
        if updating() {
            std::fs::write(&path, &given).expect("the report can be written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if given != expected {
            faults.push(format!("{}: the report is now\n{given}", fixture.path.display()));
        }
        let has_error = outcome.findings.iter().any(|finding| finding.severity == Severity::Error);
        let should = fixture.kind == "rejected";
        if has_error != should && matches!(fixture.kind.as_str(), "clean" | "rejected" | "traps") {
            faults.push(format!(
                "{}: errors: {has_error}, but it is {}",
                fixture.path.display(),
                fixture.kind
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn there_are_fixtures_of_every_kind() {
    for kind in ["clean", "cloudformation", "rejected", "projects", "templates", "traps"] {
        assert!(fixtures().iter().any(|fixture| fixture.kind == kind), "{kind}");
    }
}

/// What is computed, conditional or left out in a module is no fault.
#[test]
fn a_clean_module_is_clean() {
    let linter = Linter::new(Registry::default(), Settings::default());
    for fixture in fixtures() {
        let is_clean =
            fixture.path.ends_with("terraform/clean") || fixture.path.ends_with("terraform/expressions");
        if is_clean {
            let texts = Texts::new(fixture.files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
            let outcome = linter.lint(&texts);
            let is_error = |finding: &ecs_lint::finding::Finding| finding.severity == Severity::Error;
            let worst = outcome.findings.iter().filter(|finding| is_error(finding)).count();
            assert_eq!(worst, 0, "{}", report(&linter, &outcome));
        }
    }
}

/// One fault is one finding: its consequences are not reported again.
#[test]
fn sixteen_faults_are_sixteen_findings() {
    let linter = Linter::new(Registry::default(), Settings::default());
    let fixtures = fixtures();
    let fixture = fixtures.iter().find(|fixture| fixture.path.ends_with("rejected/sixteen-faults"));
    let fixture = fixture.expect("the fixture is there");
    let texts = Texts::new(fixture.files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let outcome = linter.lint(&texts);
    let count = outcome.findings.iter().filter(|finding| finding.severity >= Severity::Warning).count();
    assert_eq!(count, 16, "{}", report(&linter, &outcome));
}
