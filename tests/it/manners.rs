//! How the program behaves towards people: verbs, options, exit statuses, what it understands.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::program::{Folder, Run};
use crate::support::repository as root;

const TASK: &str = r#"{
  "family": "web",
  "taskRoleArn": "web",
  "executionRoleArn": "web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "8192",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "app:1",
      "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web" } }
    }
  ]
}
"#;

const SIZE: &str = "An error occurred (ClientException) when calling the RegisterTaskDefinition operation: No Fargate configuration exists for given values: 256 CPU, 8192 memory. See the Amazon ECS documentation for the valid values.";

#[test]
fn a_text_of_aws_leads_to_its_rule_and_to_where_it_speaks() {
    let folder = Folder::new("why");
    folder.write("task.json", TASK);
    let why = folder.run(&["why", SIZE]);
    assert_eq!(why.status, 0, "{why:?}");
    assert!(why.out.starts_with("error[invalid-fargate-size]: "), "{}", why.out);
    assert!(why.out.contains("read on: ecs-lint explain invalid-fargate-size\n"), "{}", why.out);
    let piped = folder.run_with_input(&["why"], SIZE);
    assert_eq!(piped.out, why.out);
    let places = folder.run(&["why", SIZE, "."]);
    assert_eq!(places.status, 0, "{places:?}");
    assert!(places.out.contains("task.json:8:13"), "{}", places.out);
    let nothing = folder.run(&["why", "hello world"]);
    assert_eq!((nothing.status, nothing.out.as_str()), (1, ""));
    assert!(nothing.err.contains("no rule records this text"), "{}", nothing.err);
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["--format", "json", "why", SIZE]).out).expect("JSON");
    assert_eq!(json[0]["rules"][0]["rule"], "invalid-fargate-size");
    assert_eq!(json[0]["rules"][0]["match"], "exact");
}

#[test]
fn why_reads_what_describe_calls_print() {
    let folder = Folder::new("why-json");
    let tasks = r#"{"tasks": [{"taskArn": "arn:aws:ecs:eu-west-1:111122223333:task/prod/0af1", "stoppedReason": "Essential container in task exited",
        "containers": [{"name": "app", "reason": "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/arm64'"}]}], "failures": []}"#;
    let run = folder.run_with_input(&["why", "-"], tasks);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.starts_with("app, reason: Cannot"), "{}", run.out);
    assert!(run.out.contains("warning[mismatched-image-architecture]"), "{}", run.out);
    let services = r#"{"services": [{"serviceName": "web", "events": [
        {"id": "1", "createdAt": "2026-01-01", "message": "(service web) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again."},
        {"id": "2", "message": "(service web) has reached a steady state."}]}]}"#;
    let run = folder.run_with_input(&["why"], services);
    assert!(run.out.contains("[impossible-deployment]"), "{}", run.out);
    assert_eq!(folder.run_with_input(&["why"], "{\"tasks\": []}").status, 1);
}

#[test]
fn a_mistyped_verb_is_guessed() {
    let folder = Folder::new("verb-guess");
    let run = folder.run(&["expalin", "x"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.err, "ecs-lint: no file `expalin`; did you mean the command `explain`?\n");
    assert!(folder.run(&["deploi"]).err.contains("deploi: no such file or folder"));
    // A file of that name is a file.
    folder.write("expalin", TASK);
    assert_eq!(folder.run(&["expalin"]).status, 1);
}

#[test]
fn check_lint_and_help_are_verbs() {
    let folder = Folder::new("verb-check");
    folder.write("deploy/task.json", TASK).write("check/task.json", TASK);
    let bare = folder.run(&["--format", "concise", "deploy"]);
    assert_eq!(bare.status, 1);
    for arguments in [
        &["check", "--format", "concise", "deploy"][..],
        &["lint", "deploy", "--format", "concise"],
        &["--format", "concise", "check", "deploy"],
        &["--format=concise", "--fail-on", "error", "lint", "deploy"],
    ] {
        assert_eq!(folder.run(arguments).out, bare.out, "{arguments:?}");
    }
    assert!(folder.run(&["help"]).out.contains("Usage: ecs-lint"));
    assert!(folder.run(&["help", "explain"]).out.contains("ecs-lint explain"));
    assert!(folder.run(&["check", "--format", "concise", "check"]).out.starts_with("check/task.json"));
}

#[test]
fn options_are_global_and_none_is_without_effect() {
    let folder = Folder::new("global");
    let before = folder.run(&["--format", "json", "rules"]);
    assert_eq!(before.status, 0);
    assert!(before.out.starts_with("[\n"), "{}", before.out);
    assert_eq!(folder.run(&["rules", "--format", "json"]).out, before.out);
    let refused = folder.run(&["--fix", "explain", "invalid-fargate-size"]);
    assert_eq!(refused.status, 2);
    assert_eq!(refused.err, "ecs-lint: `--fix` has no effect on `explain`\n");
}

#[test]
fn ids_are_taken_as_they_are_written() {
    let folder = Folder::new("ids");
    folder.write("task.json", TASK);
    let page = folder.run(&["explain", "invalid-fargate-size"]);
    for id in ["Invalid_Fargate_Size", "INVALID-FARGATE-SIZE"] {
        assert_eq!(folder.run(&["explain", id]).out, page.out);
        assert_eq!(folder.run(&["--only", id, "task.json"]).status, 1);
        assert_eq!(folder.run(&["--skip", id, "task.json"]).status, 0);
    }
    assert_eq!(folder.run(&["--only", "Security", "task.json"]).status, 0);
}

/// A repository with one commit, which holds a task definition without faults.
fn repository(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::remove_dir_all(folder.0.join(".git")).expect("the mark is there");
    folder.write("deploy/task.json", TASK.replace("8192", "1024")).write("README.md", "nothing");
    for arguments in [&["init", "-q", "-b", "main"][..], &["add", "."], &["commit", "-q", "-m", "first"]] {
        git(&folder, arguments);
    }
    folder
}

fn git(folder: &Folder, arguments: &[&str]) {
    let identity = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
    let output = Command::new("git")
        .current_dir(&folder.0)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .args(identity)
        .args(arguments)
        .output();
    let output = output.expect("git is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_is_staged_is_linted_as_it_is_staged() {
    let folder = repository("staged");
    let nothing = folder.run(&["--staged"]);
    assert_eq!(nothing.status, 0, "{nothing:?}");
    assert!(nothing.err.contains("no file to lint"), "{}", nothing.err);
    folder.write("deploy/task.json", TASK).write("notes.md", "nothing");
    git(&folder, &["add", "."]);
    // What is written afterwards is not staged.
    folder.write("deploy/task.json", "{}");
    let staged = folder.run(&["--staged", "--format", "concise"]);
    assert_eq!(staged.status, 1, "{staged:?}");
    assert!(staged.out.starts_with("deploy/task.json:8:13: error[invalid-fargate-size]"), "{}", staged.out);
    assert_eq!(folder.run(&["--staged", "README.md"]).status, 0);
    assert_eq!(folder.run(&["--staged", "deploy"]).status, 1);
    assert_eq!(folder.run(&["--staged", "--show-files"]).out, "deploy/task.json\n");
}

#[test]
fn what_has_changed_is_linted() {
    let folder = repository("since");
    assert_eq!(folder.run(&["--since", "HEAD"]).status, 0);
    folder.write("deploy/new one.json", TASK).write("script.py", "containerDefinitions = 1\n");
    let run = folder.run(&["--since", "main", "--format", "concise"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.out.starts_with("deploy/new one.json:8:13: "), "{}", run.out);
    let unknown = folder.run(&["--since", "nowhere"]);
    assert_eq!(unknown.status, 2);
    assert_eq!(unknown.err, "ecs-lint: git knows no commit `nowhere`\n");
    let option = folder.run(&["--since=--output=x"]);
    assert_eq!(option.err, "ecs-lint: git knows no commit `--output=x`\n");
    let outside = Folder::new("since-outside");
    let no_git = outside.command(&["--since", "main"]).env("PATH", "").output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&no_git.stderr), "ecs-lint: git is not installed\n");
    let mut command = outside.command(&["--staged"]);
    let no_repository = command.env("GIT_DIR", "/nowhere").output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&no_repository.stderr), "ecs-lint: this is not a git repository\n");
}

#[test]
fn nothing_is_staged_outside_of_the_files_of_a_repository() {
    let folder = repository("named-repository");
    let outside = Folder::new("named-from-outside");
    outside.write("r/task.json", TASK);
    for arguments in [&["--staged", "r"][..], &["--staged"], &["--since", "HEAD", "r"]] {
        let mut command = outside.command(arguments);
        command.env("GIT_DIR", folder.0.join(".git")).env("GIT_WORK_TREE", &folder.0);
        let run = Run::of(command.output().expect("it runs"));
        assert_eq!(run.status, 2, "{run:?}");
        let sentence = "ecs-lint: the current folder is not in the work tree of the git repository\n";
        assert_eq!(run.err, sentence, "{arguments:?}");
    }
}

#[test]
fn a_list_of_files_is_linted() {
    let folder = Folder::new("files-from");
    folder
        .write("a.json", TASK)
        .write("b c.json", TASK)
        .write("README.md", "nothing")
        .write("ci.yml", "a: 1");
    folder.write("list", "a.json\r\nREADME.md\nci.yml\n");
    let run = folder.run(&["--files-from", "list", "--format", "concise"]);
    assert_eq!((run.status, run.out.lines().count()), (1, 1), "{run:?}");
    let run = folder.run_with_input(&["--files-from", "-", "--format", "concise"], "a.json\0b c.json\0");
    assert_eq!((run.status, run.out.lines().count()), (1, 2), "{run:?}");
    let empty = folder.run_with_input(&["--files-from", "-"], "");
    assert_eq!(empty.status, 0);
    assert!(empty.err.contains("no file to lint"), "{}", empty.err);
    assert_eq!(folder.run(&["--files-from", "nowhere"]).err, "ecs-lint: nowhere: no such file or folder\n");
    let gone = folder.run_with_input(&["--files-from", "-"], "gone.json\n");
    assert_eq!((gone.status, gone.err.as_str()), (2, "ecs-lint: gone.json: no such file or folder\n"));
    // What is no list at all may hold anything.
    for text in ["DB_PASSWORD=hunter2\n", "hunter2\nhunter3\n"] {
        let run = folder.write(".env", text).run(&["--files-from", ".env"]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains(".env: none of its lines") && !run.err.contains("hunter2"), "{}", run.err);
    }
    // As PowerShell writes them.
    folder.write("marked", "\u{feff}a.json\r\n");
    let wide = "\u{feff}a.json\r\nb c.json\r\n".encode_utf16().flat_map(u16::to_le_bytes);
    folder.write("wide", wide.collect::<Vec<u8>>());
    for (list, count) in [("marked", 1), ("wide", 2)] {
        let run = folder.run(&["--files-from", list, "--format", "concise"]);
        assert_eq!((run.status, run.out.lines().count()), (1, count), "{run:?}");
    }
}

#[test]
fn the_report_can_be_made_shorter() {
    let folder = Folder::new("shorter");
    folder.write("task.json", TASK).write("tags.json", TASK.replace("8192\",", "1024\", \"tags\": [],"));
    let statistics = folder.run(&["--statistics"]);
    assert_eq!(statistics.status, 1);
    assert!(
        statistics.out.starts_with("     1  error    invalid-fargate-size: Fargate does not"),
        "{}",
        statistics.out
    );
    let quiet = folder.run(&["--quiet", "--only", "invalid-fargate-size"]);
    assert!(quiet.out.contains("error[invalid-fargate-size]") && !quiet.out.contains("checked"), "{quiet:?}");
    let clean = folder.run(&["-q", "--skip", "invalid-fargate-size", "--severity", "error"]);
    assert_eq!((clean.status, clean.out.as_str(), clean.err.as_str()), (0, "", ""));
    // Nobody would know why.
    let unseen = ["-q", "--severity", "error", "--fail-on", "warning", "--skip", "invalid-fargate-size"];
    let run = folder.run(&unseen);
    let why = "ecs-lint: checked 2 documents in 2 files: no findings (1 less severe not shown, but it fails the run)";
    assert_eq!((run.status, run.out.as_str(), run.summary.as_deref()), (1, "", Some(why)), "{run:?}");
    assert_eq!(folder.run(&["--exit-zero"]).status, 0);
    assert_eq!(folder.run(&["--exit-zero", "missing.json"]).status, 2);
    assert_eq!(folder.run(&["--max-warnings", "0", "tags.json"]).status, 1);
    assert_eq!(folder.run(&["--max-warnings", "9", "tags.json"]).status, 0);
    assert_eq!(folder.run(&["--show-files"]).out, "tags.json\ntask.json\n");
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = Folder::new("fix-filter");
    let faulty = TASK.replace("\"8192\",", "\"1024\", \"tags\": [],");
    let fixed = folder.run_with_input(&["--fix", "-"], &faulty);
    assert_eq!(fixed.status, 0, "{fixed:?}");
    assert_eq!(fixed.out, TASK.replace("8192", "1024"));
    assert!(fixed.err.contains("applied 1 fix in 1 file"), "{}", fixed.err);
    let clean = folder.run_with_input(&["--fix", "-"], "{ }");
    assert_eq!(clean.out, "{ }");
    let diff = folder.run_with_input(&["--diff", "-"], &faulty);
    assert_eq!(diff.err, "ecs-lint: would fix 1 finding in 1 file\n");
    let colored = folder.run_with_input(&["--diff", "--color", "always", "-"], &faulty);
    assert!(colored.out.contains("\u{1b}[31m-"), "{}", colored.out);
}

#[test]
fn options_without_effect_are_refused() {
    let folder = Folder::new("no-effect");
    folder.write("task.json", TASK);
    for arguments in [
        &["--unsafe-fixes"][..],
        &["--fix", "--diff"],
        &["--stdin-filename", "x.json", "task.json"],
        &["--diff", "--format", "json"],
        &["--fix", "-", "task.json"],
        &["--statistics", "--format", "json"],
        &["--staged", "--fix"],
        &["--staged", "--since", "main"],
        &["--files-from", "list", "task.json"],
        &["--watch", "-"],
    ] {
        let run = folder.run(arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.err.is_empty());
    }
}

/// `--watch` lints again when a file is saved.
#[test]
fn a_saved_file_is_linted_again() {
    let folder = Folder::new("watch");
    folder.write("task.json", TASK);
    let mut command = folder.command(&["--watch", "--format", "concise"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut next = || lines.next().expect("a line").expect("UTF-8");
    assert!(next().starts_with("task.json:8:13: error[invalid-fargate-size]"));
    // The files are watched before the first report.
    folder.write("task.json", TASK.replace("\"family\"", "\n\n\"family\""));
    assert!(next().starts_with("task.json:10:13: error[invalid-fargate-size]"));
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

/// A folder that is made anew is watched as the one before it.
#[test]
fn a_folder_that_is_made_anew_is_watched() {
    let folder = Folder::new("watch-anew");
    folder.write("inner/task.json", TASK);
    let mut command = folder.command(&["--watch", "--format", "concise", "inner"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut told = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let mut next = || lines.next().expect("a line").expect("UTF-8");
    assert!(next().starts_with("inner/task.json:8:13: error[invalid-fargate-size]"));
    fs::remove_dir_all(folder.0.join("inner")).expect("it is there");
    assert!(told.any(|line| line.is_ok_and(|line| line == "ecs-lint: inner: no such file or folder")));
    fs::create_dir(folder.0.join("inner")).expect("a folder can be made");
    folder.write("inner/other.json", TASK);
    assert!(next().starts_with("inner/other.json:8:13: error[invalid-fargate-size]"));
    folder.write("inner/other.json", TASK.replace("\"family\"", "\n\n\"family\""));
    assert!(next().starts_with("inner/other.json:10:13: error[invalid-fargate-size]"));
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

/// What a run writes is no change: it would run again and again.
#[cfg(unix)]
#[test]
fn reports_are_not_watched() {
    for (arguments, out) in
        [(&["-o", "json=report.json"][..], "out.txt"), (&["--format", "json"], "out.json")]
    {
        let folder = Folder::new(&format!("watch-reports-{out}"));
        folder.write("task.json", TASK);
        let file = |name: &str| fs::File::create(folder.0.join(name)).expect("a file can be made");
        let mut command = folder.command(&[&["--watch"], arguments].concat());
        let mut child = command.stdout(file(out)).stderr(file("err.log")).spawn().expect("it starts");
        let runs = || folder.read("err.log").matches("watching for changes").count();
        let wait_for = |count: usize| {
            let begun = Instant::now();
            while runs() < count && begun.elapsed() < Duration::from_secs(20) {
                sleep(Duration::from_millis(20));
            }
            sleep(Duration::from_millis(500));
            assert_eq!(runs(), count, "{arguments:?}");
        };
        wait_for(1);
        folder.write("task.json", TASK.replace("\"family\"", "\n\"family\""));
        wait_for(2);
        child.kill().expect("it runs");
        child.wait().expect("it ends");
    }
}

/// `--watch` ends when nobody can read its reports any more.
#[cfg(unix)]
#[test]
fn nothing_is_watched_for_nobody() {
    let folder = Folder::new("watch-for-nobody");
    folder.write("task.json", TASK);
    let mut command = folder.command(&["--watch", "--format", "concise"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    assert!(lines.next().is_some());
    drop(lines);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        let mut command = folder.command(&["--watch"]);
        let mut child = command.stdout(full).stderr(Stdio::null()).spawn().expect("it starts");
        assert_eq!(child.wait().expect("it ends").code(), Some(2));
    }
}

#[test]
fn shells_and_readers_of_manuals_are_served() {
    let folder = Folder::new("generated");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = folder.run(&["completions", shell]);
        assert_eq!(completions.status, 0, "{shell}");
        assert!(completions.out.contains("explain"), "{shell}");
    }
    assert_eq!(folder.run(&["completions", "cmd"]).status, 2);
    let manual = folder.run(&["man"]);
    assert!(manual.out.contains(".TH ecs-lint 1") && manual.out.contains("SUBCOMMANDS"), "{}", manual.out);
    let version = folder.run(&["--version"]).out;
    assert!(version.starts_with("ecs-lint 0.") && version.contains("AWS model of 20"), "{version}");
}

#[test]
fn rules_are_listed_in_groups() {
    let folder = Folder::new("rules-list");
    let all = folder.run(&["rules"]).out;
    assert!(all.starts_with("  RULE ") && all.contains("\nrejected: the API, or its client,"), "{all}");
    let security = folder.run(&["rules", "--category", "Security"]).out;
    assert!(security.contains("plaintext-") && !security.contains("\nrejected:"), "{security}");
    let fixable = folder.run(&["rules", "--fixable", "--format", "json"]).out;
    let fixable: serde_json::Value = serde_json::from_str(&fixable).expect("JSON");
    let fixes = fixable.as_array().expect("a list").iter().map(|rule| rule["fixable"].as_str());
    let fixes: Vec<Option<&str>> = fixes.collect();
    assert!(fixes.len() > 5 && fixes.iter().all(|fix| matches!(fix, Some("safe" | "unsafe"))), "{fixes:?}");
    let wrong = folder.run(&["rules", "--category", "nothing"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("the categories are rejected, broken"), "{}", wrong.err);
}

/// What an editor says about a document.
fn faults(schema: &str, document: serde_json::Value) -> Vec<String> {
    let schema: serde_json::Value = serde_json::from_str(schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    validator.iter_errors(&document).map(|fault| fault.to_string()).collect()
}

#[test]
fn schemas_for_editors_let_templates_pass() {
    use serde_json::json;

    let folder = Folder::new("schema-editor");
    let all = folder.run(&["schema", "--editor"]).out;
    let one = folder.run(&["schema", "task-definition", "--editor"]).out;
    let strict = folder.run(&["schema", "Task_Definition"]).out;
    let clean: serde_json::Value = serde_json::from_str(TASK).expect("JSON");
    for schema in [&all, &one, &strict] {
        assert_eq!(faults(schema, clean.clone()), [""; 0]);
    }
    let template = json!({
        "$schema": "./ecs.schema.json",
        "family": "${NAME}",
        "cpu": null,
        "networkMode": "{{ must_env `MODE` }}",
        "containerDefinitions": [{ "name": "app", "image": "<IMAGE1_NAME>", "memory": "${MEMORY}", "essential": "$ESSENTIAL" }],
    });
    assert_eq!(faults(&one, template.clone()), [""; 0]);
    assert_eq!(faults(&all, template.clone()), [""; 0]);
    assert!(!faults(&strict, template).is_empty());
    for wrong in [
        json!({"family": "web", "containerDefinitions": [{ "name": "app", "image": "app", "memory": "512" }]}),
        json!({"family": "web", "networkMode": "vpc", "containerDefinitions": []}),
        json!({"serviceName": "web", "desiredCount": "two"}),
        json!({"service": "web", "launchType": "fargate"}),
        json!([{ "image": "app", "name": "app", "enviroment": [] }]),
        json!({"ServiceNamespace": "ecs", "ResourceId": "service/a/b", "MinCapacity": true}),
    ] {
        assert!(!faults(&all, wrong.clone()).is_empty(), "{wrong}");
    }
    assert_eq!(faults(&all, json!({"name": "shop", "version": "1.0.0"})), [""; 0], "something else");
    let schema: serde_json::Value = serde_json::from_str(&strict).expect("JSON");
    assert!(schema["$id"].is_string() && schema["title"] == "Amazon ECS task definition");
    assert!(schema["properties"]["family"]["description"].is_string());
}

/// The schema of all kinds of documents agrees with the linter on the fixtures, as far as shapes go.
#[test]
fn the_schema_for_editors_judges_the_fixtures() {
    let schema = Folder::new("schema-fixtures").run(&["schema", "--editor"]).out;
    let schema = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let read = |path: &Path| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("JSON")
    };
    let (mut folders, mut seen) = (vec![root("fixtures/clean")], 0);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "json") {
                let faults: Vec<String> =
                    validator.iter_errors(&read(&path)).map(|fault| fault.to_string()).collect();
                assert_eq!(faults, [""; 0], "{}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
    for name in ["container-of-docker-compose", "many-faults", "misspelt-keys-of-security", "wrong-types"] {
        let path = root("fixtures/rejected").join(name).join("task-definition.json");
        assert!(!validator.is_valid(&read(&path)), "{name}");
    }
}
