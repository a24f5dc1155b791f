//! The baseline from outside: it hides what was there, and only shrinks.

use crate::support::program::Folder;

#[test]
fn a_baseline_shows_only_what_is_new_and_only_shrinks() {
    let folder = Folder::new("baseline");
    folder.write(
        "ecs-lint.toml",
        "fail-on = \"warning\"\nonly = [\"missing-image\", \"leftover-empty-tags\"]\n",
    );
    let task = |tags: &str, image: &str| {
        format!(r#"{{"family": "web", {tags}"containerDefinitions": [{{"name": "a", {image}"memory": 8}}]}}"#)
    };
    folder.write("a.json", task("\"tags\": [], ", ""));
    assert_eq!(folder.run(&["."]).status, 1);
    let wrote = folder.run(&["baseline"]);
    assert_eq!((wrote.status, wrote.out.as_str()), (0, "ecs-lint-baseline.json: wrote 2 findings\n"));
    // Moved lines and another order change nothing.
    folder.write(
        "a.json",
        task("\"tags\": [],\n\n ", "")
            .replace("\"name\": \"a\", \"memory\": 8", "\"memory\": 8,\n\"name\": \"a\""),
    );
    let quiet = folder.run(&["."]);
    assert_eq!(quiet.status, 0, "{}", quiet.out);
    assert!(quiet.out.contains("2 in the baseline"), "{}", quiet.out);
    // What is new is shown, and not added without being asked.
    folder.write("b.json", task("", ""));
    let new = folder.run(&["--format", "concise", "."]);
    assert_eq!((new.status, new.out.lines().count()), (1, 1), "{}", new.out);
    let kept = folder.run(&["baseline"]);
    assert_eq!(kept.out, "ecs-lint-baseline.json: removed 0 findings; 1 new, which only --add would add\n");
    // What is gone is told, and removed.
    folder.write("a.json", task("", ""));
    let stale = folder.run(&["a.json"]);
    assert!(stale.err.contains("ecs-lint-baseline.json: 1 finding is no longer there"), "{}", stale.err);
    assert_eq!(
        folder.run(&["baseline", "a.json"]).out.lines().next(),
        Some("ecs-lint-baseline.json: removed 1 finding")
    );
    assert_eq!(
        folder.run(&["baseline", "--add"]).out,
        "ecs-lint-baseline.json: removed 0 findings, added 1\n"
    );
    assert_eq!(folder.run(&["."]).status, 0);
    assert_eq!(folder.run(&["--no-ignores", "."]).status, 1);
    // Another one, and one that is broken.
    assert_eq!(folder.run(&["baseline", "--baseline", "old.json", "a.json"]).status, 0);
    assert_eq!(folder.run(&["--baseline", "old.json", "a.json"]).status, 0);
    assert_eq!(folder.run(&["--baseline", "old.json", "."]).status, 1);
    folder.write("ecs-lint-baseline.json", "{");
    let broken = folder.run(&["."]);
    assert_eq!(broken.status, 2);
    assert!(broken.err.contains("ecs-lint-baseline.json: not valid JSON"), "{}", broken.err);
}

/// A task definition of containers, of which those in capitals have an unknown field.
fn containers(names: &str) -> String {
    let container = |name: char| {
        let more = if name.is_uppercase() { ", \"foo\": 1" } else { "" };
        format!(r#"{{"name": "{name}", "image": "app:1", "memory": 8{more}}}"#)
    };
    let all: Vec<String> = names.chars().map(container).collect();
    format!(r#"{{"family": "web", "containerDefinitions": [{}]}}"#, all.join(", "))
}

#[test]
fn what_is_reported_once_is_known_place_by_place() {
    let folder = Folder::new("baseline-places");
    folder.write("ecs-lint.toml", "only = [\"unknown-field\"]\n").write("a.json", containers("AB"));
    assert_eq!(folder.run(&["baseline"]).out, "ecs-lint-baseline.json: wrote 2 findings\n");
    for (names, status) in [("AB", 0), ("BA", 0), ("aB", 0), ("ABC", 1), ("CBA", 1), ("Cab", 1)] {
        let run = folder.write("a.json", containers(names)).run(&["."]);
        assert_eq!(run.status, status, "{names}: {}", run.out);
    }
    std::fs::remove_file(folder.0.join("ecs-lint-baseline.json")).expect("it was written");
    let entry = |name: &str| {
        format!("[[ignore]]\nrule = \"unknown-field\"\ncontainer = \"{name}\"\nreason = \"x\"\n")
    };
    folder.write("a.json", containers("AB"));
    for (entries, status) in
        [(entry("A"), 1), (entry("B"), 1), (entry("A") + &entry("B"), 0), (entry("A") + &entry("c"), 1)]
    {
        folder.write("ecs-lint.toml", &entries);
        let run = folder.run(&["--only", "unknown-field", "a.json"]);
        assert_eq!(run.status, status, "{entries}: {}", run.out);
    }
    // Entries for all places are written at once.
    folder.write("ecs-lint.toml", "");
    let wrote = folder.run(&["ignore", "--rule", "unknown-field", "--reason", "x", "a.json"]);
    assert_eq!((wrote.status, wrote.out.as_str()), (0, "ecs-lint.toml: added 2 entries\n"));
    assert_eq!(folder.run(&["--only", "unknown-field", "a.json"]).status, 0);
}

#[test]
fn what_is_between_two_files_is_known_whichever_is_asked_for() {
    let folder = Folder::new("baseline-turned");
    let service = r#"{"serviceName": "web", "cluster": "c", "taskDefinition": "web", "desiredCount": 1,
        "loadBalancers": [{"targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef", "containerName": "nope", "containerPort": 80}]}"#;
    folder
        .write("ecs-lint.toml", "only = [\"dangling-load-balancer-container\"]\n")
        .write("service.json", service)
        .write("task.json", containers("a"));
    let statuses = |folder: &Folder| {
        ["service.json", "task.json", "."].map(|path| {
            let run = folder.run(&[path]);
            assert!(!run.out.contains("no longer there"), "{}", run.out);
            run.status
        })
    };
    assert_eq!(statuses(&folder), [1, 1, 1]);
    assert_eq!(folder.run(&["baseline"]).status, 0);
    assert_eq!(statuses(&folder), [0, 0, 0]);
    for path in ["service.json", "task.json"] {
        let kept = folder.run(&["baseline", path]);
        assert_eq!(kept.out, "ecs-lint-baseline.json: removed 0 findings\n", "{path}");
        let added = folder.run(&["baseline", "--add", path]);
        assert_eq!(added.out, "ecs-lint-baseline.json: removed 0 findings, added 0\n", "{path}");
    }
    std::fs::remove_file(folder.0.join("ecs-lint-baseline.json")).expect("it was written");
    let ignore = ["ignore", "--rule", "dangling-load-balancer-container", "--reason", "x", "service.json"];
    assert_eq!(folder.run(&ignore).status, 0);
    assert_eq!(statuses(&folder), [0, 0, 0]);
}
