//! Settings files from outside: how they are found, what is wrong with them, what they change.

use crate::support::program::{Folder, Run};
use crate::support::{repository, updating};

/// Its image is not pinned, and both containers lack a log configuration: three findings in the
/// strict profile, by rules of which no other one speaks here.
const TASK: &str = r#"{
  "family": "web",
  "containerDefinitions": [
    { "name": "app", "image": "nginx", "memory": 128 },
    { "name": "proxy", "image": "envoy", "memory": 128 }
  ]
}
"#;

/// A folder with a settings file beside a task definition.
fn folder(name: &str, settings: &str) -> Folder {
    let folder = Folder::new(&format!("settings-{name}"));
    folder.write("ecs-lint.toml", settings).write("task.json", TASK);
    folder
}

/// What a run says, each finding as its file, its line and its rule.
fn found(run: &Run) -> Vec<String> {
    let told = run.out.lines().filter_map(|line| {
        let (place, rest) = line.split_once(": ")?;
        let (file, line) = place.rsplit_once(':')?.0.rsplit_once(':')?;
        let rule = rest.split_once('[')?.1.split_once(']')?.0;
        Some(format!("{file}:{line} {rule}"))
    });
    told.collect()
}

/// What is found in a folder with some settings.
fn found_with(name: &str, settings: &str, arguments: &[&str]) -> Vec<String> {
    let folder = folder(name, settings);
    let run = folder.run(&[&["--format", "concise"], arguments].concat());
    assert_ne!(run.status, 2, "{}", run.err);
    found(&run)
}

const ONLY_UNPINNED: &str = "only = [\"unpinned-image\"]\n";

#[test]
fn every_fault_is_underlined_and_nothing_is_linted() {
    for (settings, message, label, help) in [
        ("profle = \"strict\"", "unknown key `profle`", "unknown key", "did you mean `profile`?"),
        ("colour = 1", "unknown key `colour`", "unknown key", "the keys are profile, fail-on"),
        ("profile = \"strikt\"", "there is no profile `strikt`", "unknown profile", "did you mean `strict`?"),
        (
            "fail-on = \"off\"",
            "there is no severity `off`",
            "unknown severity",
            "use `note`, `warning` or `error`",
        ),
        (
            "only = \"security\"",
            "`only` must be a list of strings",
            "this is a string",
            "write only = [\"security\"]",
        ),
        ("skip = [1]", "`skip` must be a list of strings", "this is a number", ""),
        (
            "also = [\"unpined-image\"]",
            "there is no rule or category `unpined-image`",
            "unknown rule or category",
            "did you mean `unpinned-image`?",
        ),
        ("exclude = [\"a[\"]", "`a[` is not a valid pattern", "invalid range pattern", ""),
        (
            "placeholders = [\"@@\"]",
            "`@@` does not describe a placeholder",
            "needs what begins a placeholder",
            "write \"@@*@@\"",
        ),
        (
            "[rules.unpined-image]",
            "there is no rule `unpined-image`",
            "unknown rule",
            "did you mean `unpinned-image`?",
        ),
        (
            "[rules.unpinned-image]\nregistries = []",
            "unknown key `registries` in `[rules.unpinned-image]`",
            "unknown key",
            "the keys are severity",
        ),
        (
            "[rules.untrusted-registry]\nregistries = true",
            "`registries` must be a list of strings",
            "this is a boolean",
            "",
        ),
        (
            "[rules]\nunpinned-image = \"error\"",
            "`unpinned-image` must be a table",
            "this is a string",
            "write unpinned-image.severity = …",
        ),
        (
            "[[override]]\nprofile = \"strict\"",
            "`files` is not set in `[[override]]`",
            "`files` is required",
            "",
        ),
        ("override = 1", "`override` must be a list of tables", "this is a number", "write `[[override]]`"),
        (
            "[[ignore]]\nrule = \"unpinned-image\"",
            "`reason` is not set in `[[ignore]]`",
            "`reason` is required",
            "",
        ),
        (
            "[[ignore]]\nrule = \"unpinned-image\"\nreason = \"\"",
            "`reason` is empty",
            "empty",
            "say why the findings are accepted",
        ),
        (
            "[[ignore]]\nreason = \"x\"",
            "no rule is named in `[[ignore]]`",
            "what is ignored?",
            "set `rule`, `rules` or `category`",
        ),
        (
            "[[ignore]]\ncategory = \"securty\"\nreason = \"x\"",
            "there is no category `securty`",
            "unknown category",
            "did you mean `security`?",
        ),
        (
            "[[ignore]]\nrule = \"unpinned-image\"\nreason = \"x\"\nexpires = \"2027-03-01\"",
            "`expires` must be a date",
            "this is a string",
            "write it without quotation marks",
        ),
        ("only = [", "invalid TOML: ", "", ""),
        ("[[ignore]]\nexpires = 2027-13-01", "invalid TOML: ", "", ""),
    ] {
        let run = folder("fault", settings).run(&[]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{settings}");
        for words in [message, label, help] {
            assert!(run.err.contains(words), "{settings}: {words}\n{}", run.err);
        }
        assert!(run.err.starts_with("error: ") && run.err.contains("─[ecs-lint.toml:"), "{}", run.err);
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let run = folder("faults", "profle = 1\nfail-on = 2\n\n[[ignore]]\n").run(&["--profile", "strict"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.err.matches("error: ").count(), 4, "{}", run.err);
    let first = "error: unknown key `profle`\n   ╭─[ecs-lint.toml:1:1]\n 1 │ profle = 1\n   · ───┬──\n";
    assert!(run.err.starts_with(first), "{}", run.err);
}

#[test]
fn the_nearest_file_up_to_the_root_of_the_repository_counts() {
    let folder = folder("nearest", ONLY_UNPINNED);
    folder
        .write("ecs/.ecs-lint.toml", "only = [\"missing-log-configuration\"]\n")
        .write("ecs/api/task.json", TASK);
    let found_in = |arguments: &[&str]| found(&folder.run(&[&["--format", "concise"], arguments].concat()));
    let all = found_in(&[]);
    assert_eq!(
        all.iter()
            .filter(|one| one.starts_with("ecs/") && one.ends_with("missing-log-configuration"))
            .count(),
        1
    );
    assert_eq!(
        all.iter().filter(|one| one.starts_with("task.json") && one.ends_with("unpinned-image")).count(),
        2
    );
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(found_in(&["ecs/api/task.json", "--no-config", "--only", "invalid-fargate-size"]).len(), 0);
    assert_eq!(found_in(&["ecs", "--config", "ecs-lint.toml"]).len(), 2);
    assert_eq!(folder.run(&["--config", "missing.toml"]).status, 2);
    folder.write("sub/.git/HEAD", "").write("sub/task.json", TASK);
    assert!(!found_in(&["sub"]).iter().any(|one| one.ends_with("unpinned-image")));
}

#[test]
fn the_command_line_wins_over_the_file() {
    let settings = "profile = \"strict\"\nskip = [\"missing-task-role\"]\nfail-on = \"warning\"\n";
    let has = |found: &[String], rule: &str| found.iter().any(|one| one.ends_with(rule));
    assert!(has(&found_with("wins", settings, &[]), "unpinned-image"));
    assert!(!has(&found_with("wins", settings, &["--profile", "default"]), "unpinned-image"));
    assert!(!has(&found_with("wins", settings, &["--skip", "unpinned-image"]), "unpinned-image"));
    assert!(has(&found_with("wins", "", &["--also", "unpinned-image"]), "unpinned-image"));
    let folder = folder("wins", settings);
    assert_eq!(folder.run(&[]).status, 1);
    assert_eq!(folder.run(&["--fail-on", "error"]).status, 0);
}

#[test]
fn later_overrides_win() {
    let settings = "profile = \"strict\"\n\
        [[override]]\nfiles = [\"*.json\"]\nskip = [\"unpinned-image\"]\n\
        [[override]]\nfiles = [\"task.json\"]\nprofile = \"default\"\nalso = [\"unpinned-image\"]\n\
        [[override]]\nfiles = [\"other/**\"]\nonly = [\"missing-log-configuration\"]\n";
    let found = found_with("override", settings, &[]);
    assert_eq!(found.iter().filter(|one| one.ends_with("unpinned-image")).count(), 2, "{found:?}");
    let without_the_last = settings.split("[[override]]\nfiles = [\"task.json\"]").next().unwrap_or_default();
    let found = found_with("override", without_the_last, &[]);
    assert!(!found.iter().any(|one| one.ends_with("unpinned-image")), "{found:?}");
}

#[test]
fn rules_may_be_more_severe_or_less() {
    let settings = format!("{ONLY_UNPINNED}[rules.unpinned-image]\nseverity = \"error\"\n");
    let run = folder("severity", &settings).run(&[]);
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("error[unpinned-image]"), "{}", run.out);
}

#[test]
fn rules_have_settings_of_their_own() {
    let settings = "only = [\"untrusted-registry\"]\n";
    assert_eq!(found_with("own", settings, &[]).len(), 0);
    let list = |hosts: &str| format!("{settings}rules.untrusted-registry.registries = [{hosts}]\n");
    assert_eq!(found_with("own", &list("\"public.ecr.aws\""), &[]).len(), 2);
    assert_eq!(found_with("own", &list("\"*.ecr.aws\", \"docker.io\""), &[]).len(), 0);
}

#[test]
fn what_is_excluded_is_not_linted_even_if_it_is_named() {
    let settings = format!("{ONLY_UNPINNED}exclude = [\"legacy\"]\n");
    let folder = folder("exclude", &settings);
    folder.write("legacy/task.json", TASK);
    let run = folder.run(&["legacy/task.json"]);
    assert_eq!(run.status, 0);
    assert!(run.out.contains("no ECS documents found; skipped: 1 excluded file"), "{}", run.out);
    assert_eq!(found(&folder.run(&["--format", "concise", "legacy", "--no-exclude"])).len(), 2);
    assert_eq!(found(&folder.run(&["--format", "concise"])).len(), 2);
}

#[test]
fn placeholders_of_ones_own_hide_values() {
    let settings = "placeholders = [\"app~*~\"]\n";
    let folder = folder("placeholders", settings);
    let text = TASK.replace("nginx", "app~1~");
    folder.write("task.json", text);
    let has = |arguments: &[&str]| {
        let run = folder.run(&[&["--format", "concise"], arguments].concat());
        found(&run).iter().any(|one| one.ends_with("invalid-image-characters"))
    };
    assert!(!has(&[]));
    assert!(has(&["--no-config"]));
}

#[test]
fn findings_are_ignored_by_path_container_document_and_pointer() {
    let entry = |what: &str| {
        format!("{ONLY_UNPINNED}[[ignore]]\nrule = \"unpinned-image\"\nreason = \"r\"\n{what}\n")
    };
    for (what, lines) in [
        ("", &[][..]),
        ("path = \"task.json\"", &[]),
        ("path = \"**/task.json\"\ncontainer = \"app\"", &[5]),
        ("container = \"proxy\"", &[4]),
        ("document = \"web\"", &[]),
        ("pointer = \"/containerDefinitions/0\"", &[5]),
        ("pointer = \"/containerDefinitions/1/image\"", &[4]),
        ("pointer = \"containerDefinitions[proxy].image\"", &[4]),
        ("pointer = \"containerDefinitions[app]\"\nexpires = 2999-01-01\nowner = \"me\"", &[5]),
    ] {
        let expected: Vec<String> =
            lines.iter().map(|line| format!("task.json:{line} unpinned-image")).collect();
        assert_eq!(found_with("ignore", &entry(what), &[]), expected, "{what}");
        assert_eq!(found_with("ignore", &entry(what), &["--no-ignores"]).len(), 2, "{what}");
    }
    let run = folder("ignore", &entry("container = \"app\"")).run(&[]);
    assert!(run.out.contains("1 warning (1 ignored)"), "{}", run.out);
    let json = folder("ignore", &entry("container = \"app\"")).run(&["--format", "json"]);
    assert!(json.out.contains("\"ignored\": 1"), "{}", json.out);
    let category = entry("").replace("rule = \"unpinned-image\"", "category = \"reliability\"");
    assert_eq!(found_with("ignore", &category, &[]).len(), 0);
}

#[test]
fn what_is_ignored_is_not_fixed() {
    let settings = "[[ignore]]\nrule = \"wrong-type\"\nreason = \"r\"\n";
    let folder = folder("unfixed", settings);
    let text = TASK.replacen("128", "\"128\"", 1);
    folder.write("task.json", &text);
    folder.run(&["--fix"]);
    assert_eq!(folder.read("task.json"), text);
    folder.run(&["--fix", "--no-ignores"]);
    assert_eq!(folder.read("task.json"), TASK);
}

#[test]
fn entries_that_are_of_no_use_are_findings() {
    let entry = |what: &str| format!("profile = \"strict\"\n[[ignore]]\nreason = \"r\"\n{what}\n");
    let of_settings = |what: &str, arguments: &[&str]| {
        let mut found = found_with("unused", &entry(what), arguments);
        found.retain(|one| one.starts_with("ecs-lint.toml"));
        found
    };
    let unused = ["ecs-lint.toml:4 unused-ignore"];
    let container = "rule = \"unpinned-image\"\ncontainer = \"db\"";
    assert_eq!(of_settings(container, &[]), unused);
    // Another file may hold what the entry is for.
    assert!(of_settings(container, &["task.json"]).is_empty());
    let path = format!("{container}\npath = \"task.json\"");
    assert_eq!(of_settings(&path, &["task.json"]), unused);
    let other = format!("{container}\npath = \"other.json\"");
    assert!(of_settings(&other, &[]).is_empty());
    // The rule does not run.
    assert!(of_settings(container, &["--profile", "default"]).is_empty());
    assert!(of_settings(container, &["--only", "invalid-value"]).is_empty());
    assert!(of_settings(container, &["--no-ignores"]).is_empty());
    let expired = "rule = \"unpinned-image\"\nexpires = 2020-01-31";
    let found = found_with("unused", &entry(expired), &[]);
    assert!(found.contains(&"ecs-lint.toml:5 expired-ignore".to_owned()), "{found:?}");
    assert!(found.contains(&"task.json:4 unpinned-image".to_owned()), "{found:?}");
    let on_the_last_day = found_with("unused", &entry(expired), &["--as-of", "2020-01-31"]);
    assert!(!on_the_last_day.iter().any(|one| one.ends_with("expired-ignore")), "{on_the_last_day:?}");
    assert!(!on_the_last_day.contains(&"task.json:4 unpinned-image".to_owned()), "{on_the_last_day:?}");
}

#[test]
fn comments_ignore_findings_on_their_line() {
    let folder = Folder::new("settings-comments");
    let run = |app: &str, proxy: &str, arguments: &[&str]| {
        let text = format!(
            "{{\n  \"family\": \"web\",\n  \"containerDefinitions\": [\n    {app}\n    {{ \"name\": \"app\", \"image\": \"nginx\", \"memory\": 128 }},\n    {{ \"name\": \"proxy\", \"image\": \"envoy\", \"memory\": 128 }} {proxy}\n  ]\n}}\n"
        );
        folder.write("task.jsonc", text);
        found(
            &folder.run(
                &[
                    &["--format", "concise", "--only", "unpinned-image,unused-ignore,invalid-ignore"],
                    arguments,
                ]
                .concat(),
            ),
        )
    };
    let unpinned = |line: usize| format!("task.jsonc:{line} unpinned-image");
    let app = "// ecs-lint-ignore unpinned-image: the deploy step pins it";
    assert_eq!(run("", "", &[]), [unpinned(5), unpinned(6)]);
    assert_eq!(run(app, "", &[]), [unpinned(6)]);
    assert_eq!(run(app, "/* ecs-lint-ignore reliability: as above */", &[]), [""; 0]);
    assert_eq!(run(app, "", &["--no-ignores"]), [unpinned(5), unpinned(6)]);
    let typed = run("// ecs-lint-ignore unpined-image: r", "// ecs-lint-ignore unpinned-image", &[]);
    assert_eq!(
        typed,
        [
            "task.jsonc:4 invalid-ignore".to_owned(),
            unpinned(5),
            unpinned(6),
            "task.jsonc:6 invalid-ignore".to_owned()
        ]
    );
    let unused = run("// ecs-lint-ignore invalid-value, unused-ignore: r", app, &[]);
    assert_eq!(unused, ["task.jsonc:4 unused-ignore".to_owned(), unpinned(5)]);
}

#[test]
fn comments_in_keys_are_not_deleted_by_a_safe_fix() {
    let folder = Folder::new("settings-comment-keys");
    for text in [
        TASK.replace("\"family\"", "\"_comment\": \"do not touch\", \"family\""),
        "{ \"_comment\": \"do not touch\", \"ServiceNamespace\": \"ecs\", \"ScalableDimension\": \"ecs:service:DesiredCount\", \"ResourceId\": \"service/prod/web\", \"MinCapacity\": 1, \"MaxCapacity\": 2 }\n".to_owned(),
    ] {
        folder.write("a.json", &text);
        folder.run(&["--fix", "--unsafe-fixes"]);
        assert!(folder.read("a.json").contains("do not touch"));
    }
}

#[test]
fn the_schema_of_settings_is_what_is_read() {
    let printed = Folder::new("settings-schema").run(&["schema", "settings"]).out;
    let path = repository("schemas/ecs-lint-settings.json");
    if updating() {
        std::fs::write(&path, &printed).expect("the schema can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == printed,
        "schemas/ecs-lint-settings.json is stale: UPDATE=1 cargo test --test it settings"
    );
    let schema = serde_json::from_str(&printed).expect("the schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("the schema is one");
    let example = serde_json::json!({
        "profile": "strict",
        "also": ["unpinned-image", "security"],
        "rules": { "untrusted-registry": { "severity": "error", "registries": ["public.ecr.aws"] } },
        "override": [{ "files": ["dev/**"], "profile": "default" }],
        "ignore": [{ "rule": "unpinned-image", "reason": "r", "expires": "2027-03-01" }],
    });
    assert!(schema.is_valid(&example));
    for wrong in [
        serde_json::json!({ "profle": "strict" }),
        serde_json::json!({ "only": ["unpined-image"] }),
        serde_json::json!({ "rules": { "unpinned-image": { "registries": [] } } }),
        serde_json::json!({ "rules": { "unpined-image": {} } }),
        serde_json::json!({ "ignore": [{ "rule": "unpinned-image" }] }),
        serde_json::json!({ "override": [{ "profile": "strict" }] }),
    ] {
        assert!(!schema.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn init_writes_a_file_that_says_everything_and_sets_nothing() {
    let folder = Folder::new("settings-init");
    folder.write("task.json", TASK);
    let before = folder.run(&["--format", "json"]).out;
    assert_eq!(folder.run(&["init"]).status, 0);
    let text = folder.read("ecs-lint.toml");
    assert!(text.starts_with("#:schema https://"), "{text}");
    assert_eq!(folder.run(&["--format", "json"]).out, before);
    let again = folder.run(&["init"]);
    assert_eq!((again.status, again.err.as_str()), (2, "ecs-lint: ecs-lint.toml exists already\n"));
    // All that is commented out is valid.
    let is_toml = |line: &&str| line.starts_with('[') || line.split(' ').nth(1) == Some("=");
    let set: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# ")).filter(is_toml).collect();
    assert!(set.len() > 20, "{set:?}");
    folder.write("ecs-lint.toml", set.join("\n"));
    let run = folder.run(&["--no-ignores"]);
    assert_ne!(run.status, 2, "{}", run.err);
}

#[test]
fn config_tells_what_is_in_force_and_where_it_is_set() {
    let settings = "profile = \"strict\"\nskip = [\n  \"missing-task-role\",\n]\n\n[rules.unpinned-image]\nseverity = \"error\"\n\n\
        [[override]]\nfiles = [\"task.json\"]\nprofile = \"audit\"\n\n\
        [[ignore]]\nrule = \"unpinned-image\"\npath = \"task.json\"\nreason = \"r\"\n";
    let folder = folder("config", settings);
    let expected = "fail-on = \"error\"                                             # default\n\
        skip = [ \"missing-task-role\", ]                               # ecs-lint.toml:2\n\
        rules.unpinned-image.severity = \"error\"                       # ecs-lint.toml:7\n\
        profile = \"audit\"                                             # ecs-lint.toml:11\n\
        ignore = { rule = \"unpinned-image\", path = \"task.json\", reason = \"r\" }  # ecs-lint.toml:13\n";
    assert_eq!(folder.run(&["config", "task.json"]).out, expected);
    let other = folder.run(&["config", "other.json"]).out;
    assert!(other.contains("profile = \"strict\"") && !other.contains("ignore"), "{other}");
    let none = folder.run(&["config", "--no-config"]).out;
    assert!(none.starts_with("profile = \"default\"  # default\nfail-on = \"error\""), "{none}");
    let json = folder.run(&["config", "task.json", "--format", "json"]).out;
    assert!(json.contains("\"line\": 11"), "{json}");
}

#[test]
fn ignore_writes_entries_and_keeps_the_file() {
    let settings = "# ours\nprofile = \"strict\"   # all of it";
    let folder = folder("writes", settings);
    let run =
        folder.run(&["ignore", "--rule", "unpinned-image", "--container", "app", "--reason", "a \"b\""]);
    assert_eq!((run.status, run.out.as_str()), (0, "ecs-lint.toml: added 1 entry\n"), "{}", run.err);
    let first =
        "\n\n[[ignore]]\nrule = \"unpinned-image\"\npath = \"task.json\"\ncontainer = \"app\"\nreason = ";
    assert!(folder.read("ecs-lint.toml").starts_with(&format!("{settings}{first}")));
    let only = ["--format", "concise", "--only", "unpinned-image,unused-ignore"];
    assert_eq!(found(&folder.run(&only)), ["task.json:5 unpinned-image"]);
    let more = ["--reason", "r", "--expires", "2999-01-01", "--owner", "me", "."];
    let run = folder.run(&[&["ignore", "--rule", "unpinned-image,missing-task-role"][..], &more].concat());
    assert_eq!(run.out, "ecs-lint.toml: added 2 entries\n", "{}", run.err);
    assert_eq!(found(&folder.run(&only)).len(), 0);
    assert!(folder.read("ecs-lint.toml").ends_with("reason = \"r\"\nexpires = 2999-01-01\nowner = \"me\"\n"));
    let none = folder.run(&["ignore", "--rule", "unpinned-image", "--reason", "r"]);
    assert_eq!(
        (none.status, none.err.as_str()),
        (2, "ecs-lint: there is no finding of `unpinned-image` to ignore\n")
    );
    let before = folder.read("ecs-lint.toml");
    let bad =
        folder.run(&["ignore", "--rule", "missing-log-configuration", "--reason", "r", "--expires", "soon"]);
    assert_eq!(bad.status, 2);
    assert_eq!(folder.read("ecs-lint.toml"), before);
    assert_eq!(folder.run(&["ignore", "--rule", "unpinned-image"]).status, 2);
}

#[test]
fn ignore_makes_a_file_where_there_is_none() {
    let folder = Folder::new("settings-makes");
    folder.write("task.json", TASK);
    folder.run(&["ignore", "--rule", "unpinned-image", "--reason", "r"]);
    assert_eq!(folder.run(&["--only", "unpinned-image"]).status, 0);
    assert_eq!(folder.read("ecs-lint.toml").matches("[[ignore]]").count(), 2);
}

/// Windows has no such names.
#[cfg(unix)]
#[test]
fn names_of_folders_never_reach_the_terminal_raw() {
    let folder = Folder::new("settings-escape");
    folder.write("a\u{1b}[31m/ecs-lint.toml", "profile = \"strict\"\n").write("a\u{1b}[31m/task.json", TASK);
    for arguments in [
        &["ignore", "--rule", "unpinned-image", "--reason", "x"][..],
        &["baseline"],
        &["config", "a\u{1b}[31m/task.json"],
        &["--show-files"],
    ] {
        let run = folder.run(arguments);
        assert_ne!(run.status, 2, "{}", run.err);
        assert!(run.out.contains("[31m"), "{arguments:?} names the folder: {}", run.out);
        assert!(!(run.out + &run.err).contains('\u{1b}'), "{arguments:?}");
    }
}
