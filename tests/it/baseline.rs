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
