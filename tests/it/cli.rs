//! The program from outside: arguments, exit statuses, streams, files.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::program::{Folder, Run};

const CLEAN: &str = r#"{
  "family": "web",
  "taskRoleArn": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "app:1",
      "memory": 128,
      "logConfiguration": { "logDriver": "json-file" }
    }
  ]
}
"#;

const FAULTY: &str = r#"{
  "family": "web",
  "taskRoleArn": "web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "app:1",
      "memory": "128",
      "logConfiguration": { "logDriver": "json-file" }
    }
  ]
}
"#;

#[test]
fn the_exit_status_tells_what_happened() {
    let folder = Folder::new("status");
    folder.write("clean.json", CLEAN).write("faulty.json", FAULTY);
    assert_eq!(folder.run(&["clean.json"]).status, 0);
    assert_eq!(folder.run(&["faulty.json"]).status, 1);
    assert_eq!(folder.run(&["."]).status, 1);
    assert_eq!(folder.run(&["missing.json"]).status, 2);
    assert_eq!(folder.run(&["--no-such-flag"]).status, 2);
    assert_eq!(folder.run(&["--only", "no-such-rule"]).status, 2);
    assert_eq!(folder.run(&["--help"]).status, 0);
    for format in ["human", "concise", "json"] {
        assert_eq!(folder.run(&["--format", format, "clean.json"]).status, 0, "{format}");
        assert_eq!(folder.run(&["--format", format, "faulty.json"]).status, 1, "{format}");
    }
}

#[test]
fn the_failing_level_can_be_chosen() {
    let folder = Folder::new("fail-on");
    folder.write("tags.json", CLEAN.replace("\"family\": \"web\",", "\"family\": \"web\", \"tags\": [],"));
    assert_eq!(folder.run(&["tags.json"]).status, 0);
    assert_eq!(folder.run(&["--fail-on", "warning", "tags.json"]).status, 1);
    let hidden = folder.run(&["--fail-on", "warning", "--severity", "error", "tags.json"]);
    assert_eq!(hidden.status, 1, "what is hidden still counts");
    assert!(!hidden.out.contains("leftover-empty-tags"), "{}", hidden.out);
    assert!(hidden.out.contains("1 less severe not shown"), "{}", hidden.out);
}

#[test]
fn the_day_of_the_run_can_be_chosen() {
    let folder = Folder::new("as-of");
    folder.write(
        "action.json",
        r#"{
  "ScheduledActionName": "sale",
  "ServiceNamespace": "ecs",
  "ResourceId": "service/main/web",
  "ScalableDimension": "ecs:service:DesiredCount",
  "Schedule": "at(2020-11-27T06:00:00)",
  "ScalableTargetAction": { "MinCapacity": 6 }
}
"#,
    );
    let run = |arguments: &[&str]| {
        let fixed = ["--only", "past-scheduled-action", "--fail-on", "note", "action.json"];
        folder.run(&[&fixed, arguments].concat())
    };
    assert_eq!(run(&[]).status, 1, "it has passed whenever the test runs");
    assert_eq!(run(&["--as-of", "2020-11-28"]).status, 1);
    assert_eq!(run(&["--as-of", "2020-11-27"]).status, 0);
    for wrong in ["tomorrow", "2020-11-31", "27.11.2020"] {
        let run = run(&["--as-of", wrong]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains("a day is written like 2027-03-01"), "{}", run.err);
    }
}

#[test]
fn rules_and_categories_can_be_chosen() {
    let folder = Folder::new("choose");
    folder.write(
        "task.json",
        CLEAN.replace("app:1", "app:latest").replace("\"memory\": 128", "\"memory\": \"128\""),
    );
    let rules = |arguments: &[&str]| {
        let run = folder.run(&[arguments, &["--format", "concise", "task.json"]].concat());
        let ids = run.out.lines().filter_map(|line| line.split(['[', ']']).nth(1).map(str::to_owned));
        ids.collect::<Vec<String>>()
    };
    assert_eq!(rules(&[]), ["wrong-type"]);
    assert_eq!(rules(&["--only", "unpinned-image"]), ["unpinned-image"]);
    assert_eq!(rules(&["--only", "rejected"]), ["wrong-type"]);
    assert_eq!(rules(&["--skip", "rejected"]), [""; 0]);
    assert!(rules(&["--profile", "strict"]).contains(&"unpinned-image".to_owned()));
    let typo = folder.run(&["--only", "wrong-typ", "task.json"]);
    assert!(typo.err.contains("did you mean `wrong-type`?"), "{}", typo.err);
}

#[test]
fn standard_input_is_read_under_a_name() {
    let folder = Folder::new("stdin");
    let run = folder.run_with_input(&["--format", "concise", "-"], FAULTY);
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("<stdin>:8:17: error[wrong-type] "), "{}", run.out);
    let named =
        folder.run_with_input(&["--format", "concise", "--stdin-filename", "deploy/task.json", "-"], FAULTY);
    assert!(named.out.starts_with("deploy/task.json:8:17: "), "{}", named.out);
}

#[test]
fn a_reply_that_is_piped_is_known_to_be_one() {
    let folder = Folder::new("reply");
    let fields = "\"revision\": 3, \"status\": \"ACTIVE\", \"newerThanTheModel\": {},";
    let reply = CLEAN.replacen('{', &format!("{{ {fields}"), 1);
    let run = |name: &str, input: &str| {
        let run = folder.run_with_input(&["--format", "concise", "--stdin-filename", name, "-"], input);
        let lines = run.out.lines().map(|line| line.split_once(' ').expect("a place").1);
        lines.map(|line| line.split_once(']').expect("a rule").0.to_owned()).collect::<Vec<String>>()
    };
    let wrapped = format!("{{ \"taskDefinition\": {reply}, \"tags\": [] }}");
    assert_eq!(run("<stdin>", &reply), ["note[leftover-response-fields"]);
    assert_eq!(run("<stdin>", &wrapped), ["note[leftover-response-fields"]);
    assert_eq!(run("reply.json", &wrapped), ["note[leftover-response-fields"]);
    // A file that somebody keeps may be registered as it is.
    let kept = ["warning[leftover-response-fields", "warning[unknown-field"];
    assert_eq!(run("task.json", &reply), kept);
    folder.write("reply.json", wrapped.replace(" \"newerThanTheModel\": {},", ""));
    assert_eq!(folder.run(&["--fix", "reply.json"]).status, 0);
    let fixed = fs::read_to_string(folder.0.join("reply.json")).expect("the file is there");
    assert!(fixed.contains("\"family\"") && !fixed.contains("revision") && !fixed.contains("taskDefinition"));
}

/// A deleted member takes the comment of its own line with it, and leaves those of its neighbours.
#[test]
fn a_fix_keeps_the_comments_of_others() {
    let folder = Folder::new("fix-comments");
    let container = r#"[{ "name": "app", "image": "app:1", "memory": 128 }]"#;
    for (before, after) in [
        (
            format!(
                "{{\n  \"family\": \"web\", // the family\n  \"tags\": [], // none\n  // all of them\n  \"containerDefinitions\": {container}\n}}\n"
            ),
            format!(
                "{{\n  \"family\": \"web\", // the family\n  // all of them\n  \"containerDefinitions\": {container}\n}}\n"
            ),
        ),
        (
            format!(
                "{{\n  \"family\": \"web\",\n  \"containerDefinitions\": {container}, // one\n  \"tags\": [] // none\n}}\n"
            ),
            format!("{{\n  \"family\": \"web\",\n  \"containerDefinitions\": {container} // one\n}}\n"),
        ),
    ] {
        folder.write("task.jsonc", &before);
        folder.run(&["--fix", "task.jsonc"]);
        assert_eq!(folder.read("task.jsonc"), after);
        folder.run(&["--fix", "task.jsonc"]);
        assert_eq!(folder.read("task.jsonc"), after);
    }
}

#[test]
fn what_may_be_a_secret_is_not_shown() {
    let folder = Folder::new("secret");
    let entry = "\"environment\": [{ \"name\": \"PIN\", \"value\": 8123456789 }], \"image\"";
    folder.write("task.json", CLEAN.replace("\"image\"", entry));
    for format in ["human", "concise", "json"] {
        let run = folder.run(&["--format", format, "task.json"]);
        assert!(run.out.contains("wrong-type") && !run.out.contains("8123456789"), "{}", run.out);
    }
    folder.run(&["--fix", "task.json"]);
    let fixed = fs::read_to_string(folder.0.join("task.json")).expect("the file is there");
    assert!(fixed.contains("\"value\": \"8123456789\""), "{fixed}");
}

#[test]
fn what_a_program_has_written_is_linted_if_it_is_named() {
    let folder = Folder::new("generated");
    folder
        .write("infra/cdk.out/task-definition.json", FAULTY)
        .write("node_modules/x/task-definition.json", FAULTY)
        .write(".git/task-definition.json", FAULTY)
        .write("ignored/task-definition.json", FAULTY)
        .write(".gitignore", "ignored/\n");
    let files = |arguments: &[&str]| {
        let run = folder.run(&[&["--format", "concise"], arguments].concat());
        let files = run.out.lines().filter_map(|line| line.split(':').next());
        (files.map(str::to_owned).collect::<Vec<_>>(), run.err)
    };
    let (found, told) = files(&["."]);
    assert!(found.is_empty(), "{found:?}");
    let notice = "infra/cdk.out: written by CDK, so it was not searched: name it to lint it";
    assert!(told.contains(notice), "{told}");
    assert_eq!(files(&["infra/cdk.out"]).0, ["infra/cdk.out/task-definition.json"]);
    let both = ["infra/cdk.out/task-definition.json", "node_modules/x/task-definition.json"];
    let (found, told) = files(&["--no-exclude"]);
    assert_eq!(found, both);
    assert!(!told.contains("cdk.out"), "{told}");
    folder.write(".gitignore", "cdk.out/*\n");
    assert_eq!(files(&["infra/cdk.out"]).0, ["infra/cdk.out/task-definition.json"]);
}

#[test]
fn folders_are_walked_and_other_files_passed_over() {
    let folder = Folder::new("walk");
    folder
        .write(".aws/task-definition.json", FAULTY)
        .write("node_modules/x/task-definition.json", FAULTY)
        .write("target/task-definition.json", FAULTY)
        .write(".git/task-definition.json", FAULTY)
        .write(".terraform/task-definition.json", FAULTY)
        .write(".terragrunt-cache/a/task-definition.json", FAULTY)
        .write("ignored/task-definition.json", FAULTY)
        .write(".gitignore", "ignored/\n")
        .write("deep/er/task.json.tpl", FAULTY)
        .write("package.json", "{\"name\": \"shop\"}")
        .write("settings.json", "{ // comments\n}")
        .write("Dockerrun.aws.json", "{\"AWSEBDockerrunVersion\": 2, \"containerDefinitions\": []}")
        .write("notes.txt", FAULTY);
    let run = folder.run(&["--format", "concise"]);
    let files: Vec<&str> = run.out.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files, [".aws/task-definition.json", "deep/er/task.json.tpl"]);
    let summary = folder.run(&[]).out;
    assert!(summary.contains("checked 2 documents in 2 files: 2 errors"), "{summary}");
    assert!(summary.contains("1 Elastic Beanstalk Dockerrun file, 2 other files"), "{summary}");
}

#[test]
fn patterns_are_expanded() {
    let folder = Folder::new("patterns");
    folder.write("a/web.json", FAULTY).write("a/b/worker.json", FAULTY).write("c/other.json", FAULTY);
    let run = folder.run(&["--format", "concise", "a/**/*.json"]);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    let none = folder.run(&["x/*.json"]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("no file matches"), "{}", none.err);
}

#[test]
fn a_file_named_twice_is_linted_once() {
    let folder = Folder::new("twice");
    folder.write("task.json", FAULTY);
    let run = folder.run(&["--format", "concise", "task.json", "./task.json", "."]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
}

#[test]
fn what_is_no_document_of_ours_gets_a_clear_word_and_fails_if_it_may_hold_one() {
    let folder = Folder::new("others");
    folder
        .write("package.json", "{\"name\": \"shop\"}")
        .write("README.md", "# The task definition\n\nSee containerDefinitions.\n")
        .write("notes.txt", "nothing of interest\n")
        .write("logo.png", [0x89, b'P', b'N', b'G', 0, 0xff])
        .write("topic.json", "{\"Resources\": {\"Web\": {\"Type\": \"AWS::SNS::Topic\"}}}")
        .write("network.tf", "resource \"aws_vpc\" \"main\" {}\n")
        .write("web.jsonnet", "")
        .write("task.json.jq", "{\"family\": env.NAME, \"containerDefinitions\": []}\n")
        .write(
            "deploy.sh",
            "aws ecs register-task-definition --cli-input-json '{\"containerDefinitions\": []}'\n",
        )
        .write("main.tf", "resource \"aws_ecs_service\" \"web\" {\n");
    let run = folder.run(&["package.json", "README.md", "notes.txt", "logo.png", "topic.json"]);
    assert_eq!(run.status, 0, "{run:?}");
    let expected = "ecs-lint: README.md: not linted, it is prose\n\
                    ecs-lint: logo.png: not linted, it is an image\n\
                    ecs-lint: notes.txt: not linted, it holds no ECS document\n\
                    ecs-lint: package.json: not linted, it holds no ECS document\n\
                    ecs-lint: topic.json: not linted, it is a CloudFormation template\n";
    assert_eq!(run.err, expected);
    assert!(run.out.starts_with("no ECS documents found; skipped: "), "{}", run.out);
    assert_eq!(folder.run(&["network.tf"]).err, "ecs-lint: network.tf: not linted, it is Terraform\n");
    // Most programs print something else.
    let run = folder.run(&["deploy.sh", "task.json.jq"]);
    let expected = "ecs-lint: deploy.sh: not linted, it is a program, whose output is what to lint: `… | ecs-lint -`\n\
                    ecs-lint: task.json.jq: not linted, it is a jq program, whose output is what to lint: `jq -n -f … | ecs-lint -`\n";
    assert_eq!((run.status, run.err.as_str()), (0, expected));
    for (name, what) in [
        ("web.jsonnet", "Jsonnet, which must be rendered first"),
        ("main.tf", "Terraform that cannot be parsed, which `terraform validate` reports"),
    ] {
        for format in ["human", "json", "concise"] {
            let run = folder.run(&["--format", format, name]);
            assert_eq!(run.status, 2, "{run:?}");
            let reason = format!("ecs-lint: {name}: not linted, it is {what}");
            assert!(run.err.starts_with(&reason), "{}", run.err);
            let summary = run.summary.unwrap_or(run.out);
            assert!(summary.contains("nothing was linted"), "{format}: {summary}");
        }
    }
    // Whoever searches a folder has named none of them, but must know what may be missing.
    let run = folder.run(&["."]);
    assert_eq!(run.status, 0);
    let broken = "main.tf: not linted, it is Terraform that cannot be parsed, which `terraform validate` reports (line 1)";
    assert_eq!(run.err, format!("ecs-lint: {broken}\n"));
    let (file, message) = broken.split_once(": ").expect("it has a colon");
    let json = folder.run(&["--format", "json", "."]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let expected = serde_json::json!([{"file": file, "message": message}]);
    assert_eq!(json["summary"]["passed_over"]["files"], expected);
}

#[test]
fn a_text_that_is_no_json_is_a_finding_where_it_was_meant_to_be_ours() {
    let folder = Folder::new("no-json");
    folder.write("pwn.json", "pwn.js").write("task.json", "family: web\nexecutionRoleArn: x\n");
    let walked = folder.run(&["--format", "concise"]);
    assert_eq!(walked.out.lines().count(), 1, "{}", walked.out);
    assert!(walked.out.starts_with("task.json:1:1: error[invalid-syntax]"), "{}", walked.out);
    assert_eq!(folder.run(&["task.json"]).status, 1);
}

/// A hook names all files that have changed. What other programs read allows comments, and is theirs to check.
#[test]
fn files_of_other_programs_are_passed_over_when_they_are_named() {
    let folder = Folder::new("named-others");
    let others = [
        ("tsconfig.json", "{\n  // the output\n  \"compilerOptions\": {\"outDir\": \"dist\",},\n}\n"),
        (".vscode/tasks.json", "{\"tasks\": [{\"label\": \"a\", \"dependsOn\": [],}]} // a\n"),
        (".devcontainer/devcontainer.json", "{\"image\": \"a:1\", \"mounts\": [],}\n"),
        ("events.json", "{\"id\": 1}\n{\"id\": 2}\n"),
        ("empty.json", ""),
    ];
    for (name, text) in others {
        folder.write(name, text);
        let run = folder.run(&["--fix", name]);
        let remark = format!("ecs-lint: {name}: not linted, it is not valid JSON (line");
        assert!(run.status == 0 && run.err.starts_with(&remark), "{run:?}");
        assert_eq!(folder.read(name), text);
    }
    for (name, text) in [
        ("task.json", "{"),
        ("web.json", "{\"family\": \"web\","),
        ("policy.json", "{\"ServiceNamespace\": \"ecs\",}"),
        ("app.json", "{\"name\": \"a\", \"essential\": true, \"environmentFiles\": [],}"),
        ("my-service.json", ""),
    ] {
        let run = folder.write(name, text).run(&["--format", "concise", name]);
        assert!(run.status == 1 && run.out.contains("error[invalid-syntax]"), "{run:?}");
    }
    assert_eq!(folder.run_with_input(&["-"], "{").status, 1);
}

#[test]
fn a_script_that_passes_the_family_completes_the_file() {
    let folder = Folder::new("family");
    let task = r#"{"containerDefinitions": [{"name": "app", "image": "app:1", "memory": 128}]}"#;
    folder.write("tasks/web.json", task).write("tasks/api.json", task);
    folder.write(
        "Jenkinsfile",
        "sh 'aws ecs register-task-definition --family web --cli-input-json file://tasks/web.json'\n",
    );
    let run = folder.run(&["--format", "concise", "."]);
    let about_family = run.out.lines().filter(|line| line.contains("[missing-field]"));
    assert!(about_family.clone().all(|line| line.starts_with("tasks/api.json")), "{}", run.out);
    assert_eq!(about_family.count(), 1, "{}", run.out);
}

#[test]
fn what_has_only_images_is_completed_by_another_tool() {
    let folder = Folder::new("images");
    let task = r#"{"containerDefinitions": [{"name": "app", "image": "registry.example/app:1.4.0"}]}"#;
    let run = folder.write("task.json", task).run(&["--format", "concise", "."]);
    assert_eq!((run.status, run.out.as_str()), (0, ""));
}

#[test]
fn what_git_tracks_is_not_ignored() {
    let folder = Folder::new("tracked");
    folder.write(".gitignore", "*.json\n").write("tracked.json", FAULTY).write("ignored.json", FAULTY);
    let git = |arguments: &[&str]| {
        let status = std::process::Command::new("git").args(arguments).current_dir(&folder.0).status();
        status.is_ok_and(|status| status.success())
    };
    assert!(git(&["init", "-q"]) && git(&["add", "-f", "tracked.json"]));
    let run = folder.run(&["--format", "concise", "."]);
    assert!(run.out.lines().count() > 0, "{}", run.out);
    assert!(run.out.lines().all(|line| line.starts_with("tracked.json")), "{}", run.out);
    folder.write(".ignore", "tracked.json\n");
    let run = folder.run(&["--format", "concise", "."]);
    assert_eq!(run.out, "", "{}", run.out);
}

#[test]
fn odd_bytes_give_clear_findings() {
    let folder = Folder::new("bytes");
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(CLEAN.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let mut broken = FAULTY.replace("app:1", "app:?").into_bytes();
    let at = broken.iter().position(|byte| *byte == b'?').expect("it is there");
    broken[at] = 0xE9;
    folder
        .write("bom.json", format!("\u{feff}{CLEAN}"))
        .write("crlf.json", CLEAN.replace('\n', "\r\n"))
        .write("utf16.json", utf16)
        .write("broken.json", broken);
    assert_eq!(folder.run(&["bom.json", "crlf.json"]).status, 0);
    let utf16 = folder.run(&["utf16.json"]);
    assert!(utf16.out.contains("the file is UTF-16, not UTF-8"), "{}", utf16.out);
    let without_mark: Vec<u8> = CLEAN.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let utf32: Vec<u8> = CLEAN.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    folder.write("utf16.json", without_mark).write("utf32.json", utf32);
    let wide = folder.run(&["--format", "concise", "utf16.json", "utf32.json"]);
    for encoding in ["UTF-16", "UTF-32"] {
        let name = encoding.to_lowercase().replace('-', "");
        let line = format!("{name}.json:1:1: error[invalid-syntax] the file is {encoding}, not UTF-8 http");
        assert!(wide.out.contains(&line), "{}", wide.out);
    }
    let broken = folder.run(&["--format", "concise", "broken.json"]).out;
    assert!(
        broken.contains("broken.json:7:21: error[invalid-syntax] the file is not valid UTF-8"),
        "{broken}"
    );
    assert!(broken.contains("broken.json:8:17: error[wrong-type]"), "the rest is linted: {broken}");
}

#[test]
fn colours_and_drawing_follow_the_terminal() {
    let folder = Folder::new("look");
    folder.write("task.json", FAULTY);
    let plain = folder.run(&["task.json"]).out;
    assert!(!plain.contains('\u{1b}'), "{plain}");
    assert!(plain.contains('╭'), "{plain}");
    assert!(folder.run(&["--color", "always", "task.json"]).out.contains('\u{1b}'));
    assert!(folder.run(&["--ascii", "task.json"]).out.is_ascii());
    let mut command = folder.command(&["task.json"]);
    let forced = Run::of(command.env("FORCE_COLOR", "1").output().expect("it runs")).out;
    assert!(forced.contains('\u{1b}'));
    let mut command = folder.command(&["task.json"]);
    let none = Run::of(command.env("FORCE_COLOR", "1").env("NO_COLOR", "1").output().expect("it runs")).out;
    assert!(!none.contains('\u{1b}'));
}

#[test]
fn json_tells_places_from_one() {
    let folder = Folder::new("json");
    folder.write("task.json", FAULTY);
    let run = folder.run(&["--format", "json", "task.json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["errors"], 1);
    let finding = &report["findings"][0];
    let expected = [
        ("rule", "wrong-type".into()),
        ("severity", "error".into()),
        ("category", "rejected".into()),
        ("file", "task.json".into()),
        ("line", 8.into()),
        ("column", 17.into()),
        ("end_line", 8.into()),
        ("end_column", 22.into()),
        ("offset", FAULTY.find("\"128\"").expect("it is there").into()),
        ("length", 5.into()),
        ("pointer", "/containerDefinitions/0/memory".into()),
        ("named_pointer", "containerDefinitions[app].memory".into()),
        ("document", "task definition `web`".into()),
    ];
    for (key, value) in expected {
        let value: serde_json::Value = value;
        assert_eq!(finding[key], value, "{key}");
    }
    assert_eq!(finding["fix"]["safety"], "safe");
    assert_eq!(finding["fix"]["edits"][0]["replacement"], "128");
    assert_eq!(finding["labels"].as_array().map(Vec::len), Some(1));
}

#[test]
fn the_verbs_print_what_they_say() {
    let folder = Folder::new("verbs");
    let page = folder.run(&["explain", "invalid-fargate-size"]);
    assert_eq!(page.status, 0);
    assert!(page.out.starts_with("invalid-fargate-size\n"), "{}", page.out);
    assert!(page.out.lines().all(|line| line.chars().count() <= 100), "{}", page.out);
    assert!(page.out.contains("error[invalid-fargate-size]") && !page.out.contains("```"), "{}", page.out);
    let whole = folder.run(&["explain", "invalid-fargate-size", "--full"]);
    assert!(whole.out.contains("\"memory\": \"4096\",\n"), "{}", whole.out);
    let advice = folder.run(&["explain", "unpinned-image"]).out;
    let ignoring = "\nWhen to ignore it\n\nIf a deploy step replaces the image anyway.\n\n  [[ignore]]\n  rule = \"unpinned-image\"\n";
    assert!(advice.contains(ignoring), "{advice}");
    let indented = folder.run(&["explain", "invalid-ignore"]).out;
    assert!(
        indented.contains("\n\n  // ecs-lint-ignore unpinned-image: the deploy step pins it\n\n"),
        "{indented}"
    );
    let typo = folder.run(&["explain", "invalid-fargate-sice"]);
    assert_eq!(typo.status, 2);
    assert!(typo.err.contains("did you mean `invalid-fargate-size`?"), "{}", typo.err);
    let rules: serde_json::Value =
        serde_json::from_str(&folder.run(&["rules", "--format", "json"]).out).expect("JSON");
    let rule = rules.as_array().expect("a list").iter().find(|rule| rule["id"] == "leftover-empty-tags");
    let rule = rule.expect("the rule");
    for key in ["id", "summary", "category", "severity", "default", "fixable", "height"] {
        assert!(rule.get(key).is_some(), "{key}");
    }
    let schema: serde_json::Value =
        serde_json::from_str(&folder.run(&["schema", "task-definition"]).out).expect("JSON");
    assert_eq!(schema["type"], "object");
    assert_eq!(folder.run(&["schema", "nothing"]).status, 2);
    assert!(folder.run(&["--version"]).out.contains("AWS model of 20"));
    let short = folder.run(&["-h"]).out;
    assert!(short.lines().count() <= 40, "one screen: {}", short.lines().count());
    assert!(folder.run(&["--help"]).out.contains("Examples:"));
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let folder = Folder::new("pipe");
    folder.write("task.json", FAULTY);
    let mut command = folder.command(&["rules"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_minified_document_is_shown_around_the_fault() {
    let folder = Folder::new("minified");
    let padding: Vec<String> = (0..200).map(|n| format!("{{\"name\":\"N{n}\",\"value\":\"v\"}}")).collect();
    let text = format!(
        "{{\"family\":\"web\",\"containerDefinitions\":[{{\"name\":\"app\",\"image\":\"app:1\",\"environment\":[{}],\"memory\":\"128\"}}]}}",
        padding.join(",")
    );
    folder.write("task.json", text);
    let run = folder.run(&["--only", "wrong-type", "task.json"]);
    assert!(run.out.contains("\"memory\":\"128\""), "{}", run.out);
    assert!(run.out.lines().all(|line| line.chars().count() < 160), "{}", run.out);
}

#[test]
fn fixes_are_shown_and_made() {
    let folder = Folder::new("fix");
    let faulty = FAULTY.replace("\"family\": \"web\",", "\"family\": \"web\",\n  \"tags\": [],");
    folder.write("deploy/task.json", &faulty).write("clean.json", CLEAN);
    let diff = folder.run(&["--diff", "."]);
    assert_eq!(diff.status, 1);
    assert!(diff.out.contains("--- a/deploy/task.json\n+++ b/deploy/task.json\n"), "{}", diff.out);
    assert!(diff.out.contains("-      \"memory\": \"128\",\n+      \"memory\": 128,\n"), "{}", diff.out);
    let read = || fs::read_to_string(folder.0.join("deploy/task.json")).expect("the file is there");
    assert_eq!(read(), faulty, "--diff changes nothing");
    let fixed = folder.run(&["--fix", "."]);
    assert_eq!(fixed.status, 0, "{fixed:?}");
    assert!(fixed.out.contains("applied 2 fixes in 1 file"), "{}", fixed.out);
    assert_eq!(read(), CLEAN);
    assert_eq!(folder.run(&["--diff", "."]).status, 0, "nothing is left to change");
    let stdin = folder.run_with_input(&["--diff", "-"], &faulty);
    assert_eq!(stdin.status, 1);
}

#[cfg(unix)]
#[test]
fn a_fix_keeps_permissions_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Folder::new("permissions");
    folder.write("real/task.json", FAULTY);
    let real = folder.0.join("real/task.json");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("permissions can be set");
    symlink("real/task.json", folder.0.join("link.json")).expect("a link can be made");
    assert_eq!(folder.run(&["--fix", "link.json"]).status, 0);
    assert!(folder.0.join("link.json").symlink_metadata().expect("it is there").is_symlink());
    assert_eq!(fs::read_to_string(&real).expect("it is there"), CLEAN);
    assert_eq!(fs::metadata(&real).expect("it is there").permissions().mode() & 0o777, 0o640);
}

#[test]
fn what_cannot_be_read_as_text_is_not_fixed() {
    let folder = Folder::new("unfixable");
    let mut broken = FAULTY.replace("app:1", "app:?").into_bytes();
    let at = broken.iter().position(|byte| *byte == b'?').expect("it is there");
    broken[at] = 0xE9;
    folder.write("task.json", &broken);
    assert_eq!(folder.run(&["--fix", "task.json"]).status, 1);
    assert_eq!(fs::read(folder.0.join("task.json")).expect("it is there"), broken);
}

const SERVICE: &str = r#"{
  "serviceName": "web",
  "cluster": "main",
  "taskDefinition": "web",
  "desiredCount": 0,
  "launchType": "EC2",
  "loadBalancers": [
    {
      "targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:444455556666:targetgroup/web/0123456789abcdef",
      "containerName": "app",
      "containerPort": 8080
    }
  ]
}
"#;

const TASK: &str = r#"{
  "family": "web",
  "taskRoleArn": "web",
  "containerDefinitions": [
    {
      "name": "nginx",
      "image": "app:1",
      "memory": 128,
      "portMappings": [{ "containerPort": 8080 }],
      "logConfiguration": { "logDriver": "json-file" }
    }
  ]
}
"#;

const DANGLING: [&str; 2] = ["--only", "dangling-load-balancer-container"];

#[test]
fn files_beside_a_named_one_are_read_for_it() {
    let folder = Folder::new("context-beside");
    folder.write("service.json", SERVICE).write("task.json", TASK);
    // Of the file beside it nothing is reported, not even that it is no JSON.
    folder.write("broken.json", "{ \"containerDefinitions\": [");
    let run = folder.run(&[DANGLING[0], DANGLING[1], "service.json"]);
    assert_eq!(run.status, 1, "{}", run.out);
    assert!(run.out.contains("─[service.json:10:24]"), "{}", run.out);
    assert!(run.out.contains("─[task.json:2:13]"), "{}", run.out);
    assert!(run.out.contains("checked 1 document in 1 file: "), "{}", run.out);
    let all = folder.run(&["--format", "concise", "service.json"]);
    assert!(all.out.lines().all(|line| line.starts_with("service.json:")), "{}", all.out);
}

#[test]
fn a_finding_between_two_files_is_shown_in_the_named_one() {
    let folder = Folder::new("context-turned");
    folder.write("service.json", SERVICE).write("task.json", TASK);
    let run = folder.run(&[DANGLING[0], DANGLING[1], "--format", "concise", "task.json"]);
    assert_eq!(run.status, 1, "{}", run.out);
    assert!(run.out.starts_with("task.json:2:13: error[dangling"), "{}", run.out);
    assert!(run.out.contains(" (see service.json:10:24) http"), "{}", run.out);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    let absolute = folder.0.join("task.json").display().to_string();
    let run = folder.run(&[DANGLING[0], DANGLING[1], "--format", "concise", &absolute]);
    assert!(run.out.starts_with(&format!("{absolute}:2:13: error[dangling")), "{}", run.out);
}

#[test]
fn the_project_of_a_named_file_is_read_for_it() {
    let folder = Folder::new("context-project");
    folder.write("services/web.json", SERVICE).write("tasks/web.json", TASK);
    for path in ["services/web.json", "services", "./services/../services/web.json"] {
        let run = folder.run(&[DANGLING[0], DANGLING[1], path]);
        assert_eq!(run.status, 1, "{path}:\n{}", run.out);
        assert!(run.out.contains("─[tasks/web.json:2:13]"), "{path}:\n{}", run.out);
    }
    // From a folder below, too.
    let mut command = folder.command(&[DANGLING[0], DANGLING[1], "web.json"]);
    let run = Run::of(command.current_dir(folder.0.join("services")).output().expect("the program runs"));
    assert_eq!(run.status, 1, "{}", run.out);
    assert!(run.out.contains("─[../tasks/web.json:2:13]"), "{}", run.out);
    // Another project inside it is not a part of it.
    folder.write("tasks/ecs-lint.toml", "");
    assert_eq!(folder.run(&[DANGLING[0], DANGLING[1], "services/web.json"]).status, 0);
}

/// What a tool fills in may be anything: it makes nothing worse that is said of the rest.
#[test]
fn what_is_filled_in_adds_no_finding() {
    let folder = Folder::new("filled-in");
    let said = |path: &str| folder.run(&["--format", "concise", path]).out;
    let task = CLEAN.replacen("\"memory\"", "\"environment\": [ENV], \"memory\"", 1);
    let whole = "{\"family\": \"web\", \"requiresCompatibilities\": [\"EC2\"]}";
    folder.write("list/task.json", whole).write("list/containers.json", "[ {{ containers }} ]");
    assert!(said("list").contains("warning[missing-field]"), "{}", said("list"));
    std::fs::remove_file(folder.0.join("list/containers.json")).expect("it was written");
    assert!(said("list").contains("error[missing-field]"), "{}", said("list"));
    for image in ["${REPOSITORY}:latest@${DIGEST}", "web:1@@TAG@@"] {
        folder.write("image.json", task.replace("[ENV]", "[]").replace("app:1", image));
        assert!(!said("image.json").contains("plaintext"), "{}", said("image.json"));
    }
    // What is filled in may name a store of another vendor.
    let bucket = "{\"name\": \"S3_BUCKET\", \"value\": \"assets\"}";
    let with = |more: &str| {
        CLEAN.replacen("\"memory\"", &format!("\"environment\": [{bucket}{more}], \"memory\""), 1)
    };
    let without_role = |text: String| text.replace("  \"taskRoleArn\": \"web\",\n", "");
    folder.write("known.json", without_role(with(""))).write("open.json", without_role(with(", {{ more }}")));
    assert!(said("known.json").contains("seems to call AWS"), "{}", said("known.json"));
    assert!(!said("open.json").contains("seems to call AWS"), "{}", said("open.json"));
    let step = "jobs:\n  d:\n    steps:\n      - uses: USES\n        with: {task-definition: flow/task.json, container-name: app, image: x}\n      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n        with: {task-definition: flow/task.json}\n";
    folder.write("flow/task.json", CLEAN.replace("      \"image\": \"app:1\",\n", ""));
    for (uses, is_silent) in [("{{ action }}", true), ("actions/cache@v4", false)] {
        folder.write(".github/workflows/d.yml", step.replace("USES", uses));
        assert_eq!(
            said("flow/task.json").contains("missing-image"),
            !is_silent,
            "{uses}: {}",
            said("flow/task.json")
        );
    }
}

/// A script may pass the service beside the document.
#[test]
fn a_scale_is_that_of_a_task_set() {
    let folder = Folder::new("task-set");
    folder.write("set.json", "{\"taskDefinition\": \"web:3\", \"launchType\": \"FARGATE\", \"scale\": {\"value\": 100, \"unit\": \"PERCENT\"}, \"loadBalancers\": []}");
    let run = folder.run(&["--format", "concise", "set.json"]);
    assert!(!run.out.contains("unknown-field") && run.out.contains("a task set"), "{}", run.out);
}

/// A workflow that deploys a file of another folder does not deploy the one that is named.
#[test]
fn what_a_workflow_deploys_is_sought_where_it_lies() {
    let folder = Folder::new("workflow-elsewhere");
    let task = CLEAN.replacen('{', "{ \"revision\": 3,", 1);
    let workflow = "on: push\njobs:\n  d:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n      - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n        with: {task-definition: deploy/task.json, service: web, cluster: c}\n";
    folder
        .write(".github/workflows/d.yml", workflow)
        .write("task.json", &task)
        .write("deploy/task.json", &task);
    for path in [".", "task.json"] {
        let run = folder.run(&["--format", "concise", path]);
        assert!(
            run.out.contains("\ntask.json:1:3: warning[leftover-response-fields]")
                || run.out.starts_with("task.json:1:3: warning[leftover-response-fields]"),
            "{path}: {}",
            run.out
        );
    }
}

#[test]
fn standard_input_has_no_project() {
    let folder = Folder::new("context-stdin");
    folder.write("ecs-lint.toml", "").write("task.json", TASK);
    let run =
        folder.run_with_input(&[DANGLING[0], DANGLING[1], "--stdin-filename", "service.json", "-"], SERVICE);
    assert_eq!(run.status, 0, "{}", run.out);
}

#[test]
fn whether_a_named_service_scales_is_seen_in_its_project() {
    let folder = Folder::new("context-scaling");
    let service = SERVICE.replace("\"desiredCount\": 0", "\"desiredCount\": 2");
    let only = ["--only", "missing-scaling-policy", "--fail-on", "note"];
    let lint = |path: &str| folder.run(&[&only[..], &[path]].concat()).status;
    folder.write("ecs-lint.toml", "").write("services/web.json", service);
    assert_eq!(lint("services/web.json"), 1);
    let target = r#"{ "ServiceNamespace": "ecs", "ResourceId": "service/main/web",
        "ScalableDimension": "ecs:service:DesiredCount", "MinCapacity": 1, "MaxCapacity": 4 }"#;
    folder.write("scaling/web.json", target);
    assert_eq!(lint("services/web.json"), 0);
}

#[test]
fn nothing_is_written_that_was_not_named() {
    let folder = Folder::new("context-fix");
    let task = TASK.replace("\"memory\": 128", "\"memory\": \"128\"");
    folder.write("service.json", SERVICE).write("task.json", &task);
    folder.run(&["--fix", "service.json"]);
    assert_eq!(fs::read_to_string(folder.0.join("task.json")).expect("it is there"), task);
}

const UNSCALED: [&str; 4] = ["--only", "missing-scaling-policy", "--fail-on", "note"];

#[test]
fn of_too_much_around_a_file_only_a_part_is_read() {
    let folder = Folder::new("context-too-much");
    let service = SERVICE.replace("\"desiredCount\": 0", "\"desiredCount\": 2");
    folder.write("here/service.json", &service);
    let lint = |more: &[&str]| folder.run(&[&UNSCALED, more, &["here/service.json"]].concat());
    assert_eq!((lint(&[]).status, lint(&[]).err.as_str()), (1, ""));
    for at in 0..2_001 {
        folder.write(&format!("more/{at}.json"), "{}");
    }
    let sentence = "ecs-lint: .: this project has more than 2,000 JSON files, so the rest was not searched for related \
                    documents: lint the whole project, or put an empty `ecs-lint.toml` in the folder that contains \
                    them all\n";
    for format in FORMATS {
        let run = lint(&["--format", format]);
        assert_eq!(
            (run.status, run.err.as_str()),
            (0, sentence),
            "what was not read may scale it:\n{}",
            run.out
        );
    }
    assert!(lint(&[]).out.contains("; some files were not read (see standard error)"));
    // What it says helps.
    let whole = folder.run(&[&UNSCALED[..], &["."]].concat());
    assert_eq!((whole.status, whole.err.as_str()), (1, ""));
    folder.write("here/ecs-lint.toml", "");
    assert_eq!((lint(&[]).status, lint(&[]).err.as_str()), (1, ""));
    // So it is in the folder itself.
    for at in 0..2_001 {
        folder.write(&format!("here/{at}.json"), "{}");
    }
    let run = lint(&[]);
    assert_eq!(run.status, 0);
    let sentence = "ecs-lint: here: this folder has more than 2,000 JSON files, so the rest was not searched for \
                    related documents: name every file that belongs together\n";
    assert!(run.err.starts_with(sentence), "{}", run.err);
}

#[test]
fn of_too_many_folders_around_a_file_only_a_part_is_searched() {
    let folder = Folder::new("context-too-many");
    let service = SERVICE.replace("\"desiredCount\": 0", "\"desiredCount\": 2");
    folder.write("a/service.json", &service);
    for at in 0..20_001 {
        fs::create_dir_all(folder.0.join(format!("b/{at}"))).expect("a folder");
    }
    let run = folder.run(&[&UNSCALED[..], &["a/service.json"]].concat());
    assert_eq!(run.status, 0);
    let sentence =
        "ecs-lint: .: this project has more than 20,000 files and folders, so the rest was not searched";
    assert!(run.err.starts_with(sentence), "{}", run.err);
}

#[test]
fn a_large_file_around_a_file_is_missed_if_it_may_matter() {
    let folder = Folder::new("context-large");
    let service = SERVICE.replace("\"desiredCount\": 0", "\"desiredCount\": 2");
    let target = r#"{ "ServiceNamespace": "ecs", "ResourceId": "service/main/web",
        "ScalableDimension": "ecs:service:DesiredCount", "MinCapacity": 1, "MaxCapacity": 4 }"#;
    let padding = " ".repeat(1 << 20);
    folder
        .write("service.json", &service)
        .write("package-lock.json", format!("{{\"packages\": {{}}}}{padding}"));
    let lint = |more: &[&str]| folder.run(&[&UNSCALED, more, &["service.json"]].concat());
    let run = lint(&[]);
    assert_eq!((run.status, run.err.as_str()), (1, ""), "{}", run.out);
    folder.write("all.json", format!("{target}{padding}"));
    let run = lint(&[]);
    assert_eq!(run.status, 0, "it may scale it: {}", run.out);
    let sentence = "ecs-lint: all.json: over 1 MiB, so it was not searched for related documents: if it contains any, name it too\n";
    assert_eq!(run.err, sentence);
    let both = lint(&["all.json"]);
    assert_eq!((both.status, both.err.as_str()), (0, ""), "{}", both.out);
}

#[cfg(unix)]
#[test]
fn what_lies_around_a_file_and_cannot_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("context-unreadable");
    let service = SERVICE.replace("\"desiredCount\": 0", "\"desiredCount\": 2");
    folder.write("service.json", &service).write("target.json", "{}");
    let target = folder.0.join("target.json");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    if fs::read(&target).is_ok() {
        // To root everything is permitted.
        return;
    }
    let run = folder.run(&[&UNSCALED[..], &["service.json"]].concat());
    assert_eq!(run.status, 0, "{}", run.out);
    let sentence = "ecs-lint: target.json: permission denied, so it was not searched for related documents\n";
    assert_eq!(run.err, sentence);
}

/// Whether a terminal would obey something in a text, or turn it round.
fn is_obeyed(text: &str) -> bool {
    let is_bidi =
        |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().any(|c| (c.is_control() && c != '\n') || is_bidi(c))
}

const FORMATS: [&str; 3] = ["human", "concise", "json"];

#[test]
fn no_value_reaches_the_terminal_as_a_control() {
    let folder = Folder::new("controls");
    let odd = "\\u001b[2J\\u0007\\u009b31m\\u007f\\u202e\\u200b\\n::error::x";
    let raw = "\u{9b}31m\u{7f}\u{202e}\u{200b}\u{85}";
    for (name, odd) in [("escaped", odd), ("raw", raw)] {
        let text = FAULTY
            .replace("app:1", &format!("app{odd}:latest"))
            .replace("\"app\"", &format!("\"app{odd}\""))
            .replace("\"128\"", &format!("\"128{odd}\", \"dependsOn\": [{{\"containerName\": \"{odd}b\", \"condition\": \"start{odd}\"}}]"))
            .replace("\"family\"", &format!("\"networkMode\": \"{odd}red\", \"x{odd}\": 1, \"tags\": [],\n  \"family\""))
            .replace("json-file", &format!("jsonfile{odd}"));
        folder.write(&format!("{name}.json"), text);
    }
    folder.write(
        "scaling.json",
        format!("{{\"ServiceNamespace\": \"ecs\", \"ResourceId\": \"service/{odd}\"}}"),
    );
    for format in FORMATS {
        let run = folder.run(&["--profile", "strict", "--format", format, "."]);
        assert_eq!(run.status, 1);
        assert!(!is_obeyed(&run.out), "{format}: {:?}", run.out);
        assert!(
            format == "json" || run.out.contains('␛'),
            "it is seen that something stands there: {}",
            run.out
        );
        assert_eq!(run.err, "");
    }
    let concise = folder.run(&["--format", "concise", "."]).out;
    assert!(concise.lines().all(|line| line.contains(".json:")), "one line a finding: {concise}");
    // What is underlined stays above its line.
    let human = folder.run(&["--only", "invalid-value", "escaped.json"]).out;
    assert!(human.contains("invalid-value"), "{human}");
    // A patch is the file's own text, or is not given.
    let patch = folder.run(&["--diff", "--unsafe-fixes", "escaped.json"]);
    assert!(patch.status == 1 && patch.out.contains("\\u009b") && !is_obeyed(&patch.out), "{patch:?}");
    let patch = folder.run(&["--diff", "raw.json"]);
    assert_eq!((patch.status, patch.out.as_str()), (2, ""));
    assert!(patch.err.contains("raw.json: its patch would contain control characters"), "{}", patch.err);
    for odd in ["\u{202e}", "\u{200f}", "\r "] {
        let image =
            if odd == "\r " { "\r \"image\"".to_owned() } else { format!("\"a{odd}\": 1, \"image\"") };
        folder.write("raw.json", FAULTY.replace("\"image\"", &image));
        let patch = folder.run(&["--diff", "raw.json"]);
        assert_eq!((patch.status, patch.out.as_str()), (2, ""), "{odd:?}");
    }
    // Lines that end as Windows ends them are not odd.
    folder.write("raw.json", FAULTY.replace('\n', "\r\n"));
    assert!(folder.run(&["--diff", "raw.json"]).out.contains("+      \"memory\": 128,\r\n"));
}

#[cfg(unix)]
#[test]
fn no_name_reaches_the_terminal_as_a_control() {
    let folder = Folder::new("odd-names");
    let names =
        ["a\u{1b}[31mred\u{1b}[0m.json", "b\n::error::x.json", "c\u{202e}nosj.json", "::error::d.json"];
    for name in names {
        folder.write(name, FAULTY.replace("\"family\"", "\"tags\": [], \"family\""));
    }
    for format in FORMATS {
        let run = folder.run(&["--format", format, "."]);
        assert!(!is_obeyed(&run.out) && !is_obeyed(&run.err), "{format}: {run:?}");
        assert!(!run.out.lines().any(|line| line.trim_start().starts_with("::")), "{}", run.out);
    }
    assert_eq!(folder.run(&["--format", "concise", "."]).out.lines().count(), 8);
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["--format", "json", "."]).out).expect("JSON");
    let files = json["findings"].as_array().expect("a list").iter().map(|one| one["file"].as_str());
    let files: std::collections::BTreeSet<&str> = files.flatten().collect();
    assert_eq!(files, ["./::error::d.json", names[0], names[1], names[2]].into());
    let missing = folder.run(&["no\u{1b}[31m\nx.json"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.starts_with("ecs-lint: no␛[31m␊x.json: "), "{}", missing.err);
    let odd = folder.run(&["--no\u{9b}31m"]);
    assert_eq!((odd.status, odd.err.lines().count(), is_obeyed(&odd.err)), (2, 1, false), "{}", odd.err);
    // git takes the patch.
    let patch = folder.run(&["--diff", "."]);
    assert!(!is_obeyed(&patch.out), "{}", patch.out);
    folder.write("all.patch", &patch.out);
    let applied = Command::new("git").args(["apply", "all.patch"]).current_dir(&folder.0).output();
    if let Ok(applied) = applied {
        assert!(applied.status.success(), "{applied:?}");
        assert_eq!(folder.run(&["."]).status, 0);
    }
}

#[test]
fn ascii_is_ascii_whatever_a_value_holds() {
    let folder = Folder::new("ascii");
    let text = FAULTY
        .replace("app:1", "äpp → 日本:latest")
        .replace("\"app\"", "\"äpp’\\u001b\"")
        .replace("\"family\"", "\"größe\": 1, \"tags\": [], \"family\"");
    folder.write("aufgäbe.json", text);
    let commands: [(&[&str], i32); 11] = [
        (&["--show-files"], 0),
        (&["--profile", "strict"], 1),
        (&["--format", "concise"], 1),
        (&["--statistics"], 1),
        (&["--diff"], 1),
        (&["--color", "always", "--diff"], 1),
        (&["explain", "cyclic-links"], 0),
        (&["explain", "größe"], 2),
        (&["fehlt-ä.json"], 2),
        (&["rules", "--category", "größe"], 2),
        (&["why", "there is no größe"], 1),
    ];
    for (arguments, status) in commands {
        let run = folder.run(&[arguments, &["--ascii"]].concat());
        assert_eq!(run.status, status, "{arguments:?}: {run:?}");
        let both = run.out + &run.err;
        assert!(both.is_ascii() && !both.is_empty(), "{arguments:?}: {both}");
    }
    let patch = folder.run(&["--ascii", "--diff"]);
    assert!(patch.err.contains("its patch is shown in ASCII, so it cannot be applied"), "{}", patch.err);
    folder.write("ecs-lint.toml", "größe = 1\n");
    let faulty = folder.run(&["--ascii"]);
    assert!(faulty.status == 2 && faulty.err.contains("ecs-lint.toml:1:") && faulty.err.is_ascii());
    // In files that people read, too.
    folder.run(&["--no-config", "--ascii", "-o", "human=report", "-o", "concise=lines"]);
    assert!(folder.read("report").is_ascii() && folder.read("lines").is_ascii());
    for format in FORMATS {
        assert!(folder.run(&["--no-config", "--ascii", "--format", format]).out.is_ascii(), "{format}");
    }
    // What a program reads means the same.
    let read = |arguments: &[&str]| -> serde_json::Value {
        let run = folder.run(&[&["--no-config", "--format", "json"], arguments].concat());
        serde_json::from_str(&run.out).expect("JSON")
    };
    assert_eq!(read(&["--ascii"])["findings"], read(&[])["findings"]);
}

#[test]
fn of_a_long_value_the_beginning_is_shown() {
    let folder = Folder::new("long-value");
    let long = "@@".repeat(500_000);
    let text = FAULTY
        .replace("app:1", &long)
        .replace("\"app\"", &format!("\"{long}\""))
        .replace("\"web\"", &format!("\"{long}\""))
        .replace("\"128\"", &format!("\"{long}\", \"{long}\": 1"));
    folder.write("task.json", text);
    for format in FORMATS {
        let run = folder.run(&["--format", format, "."]);
        assert_eq!(run.status, 1);
        for line in run.out.lines().filter(|line| !line.contains("pointer\": \"")) {
            assert!(line.chars().count() < 3_000, "{format}: {}", line.chars().take(200).collect::<String>());
        }
        assert!(run.out.contains("@@@@…`"), "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_a_failure() {
    let folder = Folder::new("full");
    folder.write("task.json", FAULTY).write("clean.json", CLEAN);
    let commands: [&[&str]; 7] = [
        &["task.json"],
        &["clean.json"],
        &["--format", "json", "clean.json"],
        &["--format", "concise", "task.json"],
        &["--diff", "task.json"],
        &["rules"],
        &["--help"],
    ];
    for arguments in commands {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("the device is there");
        let run = Run::of(folder.command(arguments).stdout(full).output().expect("it runs"));
        assert_eq!(run.status, 2, "{arguments:?}");
        let sentence =
            "ecs-lint: standard output: the report cannot be written: no space left on the device\n";
        assert_eq!(run.err, sentence, "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_without_room_keeps_the_earlier_report() {
    let folder = Folder::new("no-room");
    folder.write("task.json", FAULTY).write("earlier.json", "[]\n");
    std::os::unix::fs::symlink("target.json", folder.0.join("link.json")).expect("a link");
    for (report, left) in [("earlier.json", Some("[]\n")), ("new.json", None), ("link.json", None)] {
        // No file may get longer than this, and the program is told so by an error alone.
        let line = format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" -o json={report} -q task.json");
        let mut shell = Command::new("sh");
        shell.args(["-c", &line, env!("CARGO_BIN_EXE_ecs-lint")]).current_dir(&folder.0);
        let run = Run::of(shell.output().expect("it runs"));
        assert_eq!(run.status, 2, "{run:?}");
        assert_eq!(run.err, format!("ecs-lint: {report}: the report cannot be written: file too large\n"));
        assert_eq!(fs::read_to_string(folder.0.join(report)).ok().as_deref(), left);
    }
    assert!(fs::symlink_metadata(folder.0.join("link.json")).is_ok());
}

#[cfg(unix)]
#[test]
fn a_report_is_added_to_a_log_and_two_are_not_written_over_each_other() {
    let folder = Folder::new("log");
    folder.write("task.json", FAULTY).write("log", "earlier\n").write("one.json", "");
    let log = fs::OpenOptions::new().append(true).open(folder.0.join("log")).expect("it is there");
    let mut command = folder.command(&["-q", "-o", "json=/dev/stderr", "task.json"]);
    assert_eq!(command.stderr(log).output().expect("it runs").status.code(), Some(1));
    assert!(folder.read("log").starts_with("earlier\n{"), "{}", folder.read("log"));
    fs::hard_link(folder.0.join("one.json"), folder.0.join("two.json")).expect("a link");
    let both = folder.run(&["-o", "json=one.json", "-o", "concise=two.json", "task.json"]);
    assert_eq!(both.err, "ecs-lint: two.json cannot hold both json and concise\n");
}

#[test]
fn zero_switches_colours_off() {
    let folder = Folder::new("zero");
    folder.write("task.json", FAULTY);
    for (name, value, colored) in [
        ("FORCE_COLOR", "0", false),
        ("CLICOLOR_FORCE", "0", false),
        ("FORCE_COLOR", "false", false),
        ("FORCE_COLOR", "1", true),
        ("CLICOLOR_FORCE", "1", true),
        ("FORCE_COLOR", "", false),
    ] {
        let run = Run::of(folder.command(&["task.json"]).env(name, value).output().expect("it runs"));
        assert_eq!(run.out.contains('\u{1b}'), colored, "{name}={value}");
        for words in ["--help", "--no-such-option"] {
            let run = Run::of(folder.command(&[words]).env(name, value).output().expect("it runs"));
            let both = run.out + &run.err;
            assert_eq!(both.contains('\u{1b}'), colored, "{name}={value} {words}");
        }
    }
}

#[test]
fn standard_input_keeps_its_place_behind_a_repeated_name() {
    let folder = Folder::new("repeated");
    folder.write("a.json", CLEAN).write("b.json", CLEAN.replace("web", "worker"));
    let run = folder.run_with_input(&["--format", "concise", "a.json", "a.json", "-", "b.json", "-"], FAULTY);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.out.starts_with("<stdin>:8:17: error[wrong-type]"), "{}", run.out);
    assert_eq!((run.out.lines().count(), run.err.as_str()), (1, ""), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn one_file_is_one_file_by_whatever_name() {
    let folder = Folder::new("names");
    folder.write("names/task.json", FAULTY);
    let inside = folder.0.join("names");
    std::os::unix::fs::symlink("task.json", inside.join("symbolic.json")).expect("a link");
    fs::hard_link(inside.join("task.json"), inside.join("hard.json")).expect("a link");
    let absolute = inside.join("task.json").display().to_string();
    let names = ["task.json", &absolute, "../names/task.json", "symbolic.json", "hard.json", ".", "*.json"];
    for first in 0..names.len() - 2 {
        let mut order = names;
        order.swap(0, first);
        let run = |arguments: &[&str]| {
            let mut command = folder.command(&[arguments, &order[..]].concat());
            Run::of(command.current_dir(&inside).output().expect("it runs"))
        };
        let found = run(&["--format", "concise"]);
        assert_eq!(found.out.lines().count(), 1, "{}", found.out);
        assert!(found.out.starts_with(&format!("{}:8:17: ", order[0])), "{}", found.out);
        assert!(run(&[]).out.contains("checked 1 document in 1 file: "));
        assert_eq!(run(&["--diff"]).out.matches("--- ").count(), 1);
    }
    let fixed = folder.run(&["--fix", "names/hard.json", "names/task.json", "names"]);
    assert!(fixed.out.contains("applied 1 fix in 1 file"), "{}", fixed.out);
    assert_eq!(fs::read_to_string(inside.join("task.json")).expect("it is there"), CLEAN);
    // What lies around a file is not the file itself by another name.
    let service = SERVICE.replace("\"desiredCount\": 0", "\"desiredCount\": 1");
    folder.write("around/service.json", &service).write("around/task.json", TASK);
    fs::hard_link(folder.0.join("around/service.json"), folder.0.join("around/again.json")).expect("a link");
    let run = folder.run(&["--format", "concise", "--only", DANGLING[1], "around/service.json"]);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_come_to_an_end() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new("circle");
    folder.write("g/x.json", FAULTY).write("g/a/b/y.json", FAULTY).write("elsewhere/z.json", FAULTY);
    for name in ["g/a/one", "g/a/two", "g/a/b/three"] {
        symlink(folder.0.join("g"), folder.0.join(name)).expect("a link");
    }
    symlink("../elsewhere", folder.0.join("g/linked")).expect("a link");
    let lines = |pattern: &str| {
        let run = folder.run(&["--format", "concise", pattern]);
        assert!(run.err.is_empty(), "{run:?}");
        let names = run.out.lines().filter_map(|line| line.split(':').next().map(str::to_owned));
        names.collect::<Vec<String>>()
    };
    assert_eq!(lines("g/**/*.json"), ["g/a/b/y.json", "g/linked/z.json", "g/x.json"]);
    assert_eq!(lines("g"), ["g/a/b/y.json", "g/x.json"]);
    assert_eq!(lines("**/x.json"), ["g/x.json"]);
    assert_eq!(lines("g/*/*.json"), ["g/linked/z.json"]);
    assert_eq!(lines("g/*/*/*.json"), ["g/a/b/y.json", "g/a/one/x.json"]);
    assert_eq!(lines("g/**"), ["g/a/b/y.json", "g/x.json", "g/linked/z.json"]);
    assert_eq!(lines("./g/[a-b]/?/*.json"), ["g/a/b/y.json"]);
    let invalid = folder.run(&["[.json"]);
    assert_eq!(invalid.status, 2);
    assert!(invalid.err.starts_with("ecs-lint: [.json: no such file or folder, and not a valid pattern: "));
}

/// 17 MiB that may be a document, and are too many.
fn large() -> Vec<u8> {
    FAULTY.bytes().chain(std::iter::repeat_n(b' ', 17 << 20)).collect()
}

#[test]
fn what_is_too_large_is_not_read() {
    let folder = Folder::new("large");
    folder.write("large.json", large()).write("data/large.json", large()).write("data/task.json", FAULTY);
    let sentence = "larger than 16 MiB, so it was not read: no ECS document is that large\n";
    let named = folder.run(&["large.json"]);
    assert_eq!((named.status, named.err), (2, format!("ecs-lint: large.json: {sentence}")));
    let input = fs::File::open(folder.0.join("large.json")).expect("it is there");
    let piped = Run::of(folder.command(&["-"]).stdin(input).output().expect("it runs"));
    assert_eq!((piped.status, piped.err), (2, format!("ecs-lint: <stdin>: {sentence}")));
    // Of a folder nobody says that it is a document.
    let walked = folder.run(&["data"]);
    assert_eq!((walked.status, walked.err), (1, format!("ecs-lint: data/large.json: {sentence}")));
    assert!(walked.out.contains("; some files were not read (see standard error)"), "{}", walked.out);
    let all = folder.run(&["--format", "json", "."]);
    assert_eq!(all.err, format!("ecs-lint: data/large.json (and 1 more): {sentence}"));
    let json: serde_json::Value = serde_json::from_str(&all.out).expect("JSON");
    assert_eq!(json["summary"]["notices"][0]["file"], "data/large.json (and 1 more)");
}

#[cfg(target_os = "linux")]
#[test]
fn what_has_no_end_is_given_up() {
    let folder = Folder::new("endless");
    let named = folder.run(&["/dev/zero"]);
    assert_eq!(named.status, 2);
    assert!(named.err.starts_with("ecs-lint: /dev/zero: larger than 16 MiB"), "{}", named.err);
    let zero = fs::File::open("/dev/zero").expect("the device is there");
    let piped = Run::of(folder.command(&["-"]).stdin(zero).output().expect("it runs"));
    assert_eq!(piped.status, 2);
    assert!(piped.err.starts_with("ecs-lint: <stdin>: larger than 16 MiB"), "{}", piped.err);
    folder.write("p/task.json", FAULTY);
    let made = Command::new("mkfifo").arg(folder.0.join("p/pipe.json")).status().expect("mkfifo runs");
    assert!(made.success());
    let met = folder.run(&["--format", "concise", "p/*.json"]);
    assert_eq!(met.status, 2);
    assert!(met.err.starts_with("ecs-lint: p/pipe.json: not a regular file"), "{}", met.err);
    assert_eq!(met.out.lines().count(), 1, "the others are linted: {}", met.out);
    assert_eq!(folder.run(&["p"]).status, 1, "a folder is walked without it");
    let listed = folder.run_with_input(&["--files-from", "-"], "p/pipe.json\n");
    assert_eq!(listed.status, 2);
    assert!(listed.err.starts_with("ecs-lint: p/pipe.json: not a regular file"), "{}", listed.err);
    // A list comes to an end, too.
    for list in ["/dev/zero", "-"] {
        let zero = fs::File::open("/dev/zero").expect("the device is there");
        let mut command = folder.command(&["--files-from", list]);
        let run = Run::of(command.stdin(zero).output().expect("it runs"));
        let name = if list == "-" { "<stdin>" } else { list };
        let sentence = "larger than 16 MiB, so it was not read: no list of files is that large";
        assert_eq!((run.status, run.err), (2, format!("ecs-lint: {name}: {sentence}\n")));
    }
    for state in ["/proc", "/sys", "/proc/self/fdinfo"] {
        let run = folder.run(&[state]);
        assert_eq!(run.status, 2, "{run:?}");
        let sentence = "a virtual file system such as /proc, so it was not searched";
        assert_eq!(run.err, format!("ecs-lint: {state}: {sentence}\n"));
    }
    // Some of their files say that they are empty, others that they have a page.
    for state in ["/proc/cpuinfo", "/sys/kernel/mm/transparent_hugepage/enabled", "/sys/kernel/uevent_seqnum"]
    {
        if fs::metadata(state).is_ok() {
            let run = folder.run(&[state]);
            let sentence = "in a virtual file system such as /proc, so it was not read";
            assert_eq!((run.status, run.err.contains(sentence)), (2, true), "{state}: {}", run.err);
        }
    }
    assert_eq!(folder.run(&["/pro[c]/**/*.json"]).status, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_that_is_named_is_read_once() {
    let folder = Folder::new("pipes");
    let pipe = folder.0.join("pipe.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    let child = folder.command(&["--diff", "pipe.json", "pipe.json"]);
    let mut child = { child }.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    fs::write(&pipe, FAULTY).expect("it reads");
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_current_folder_that_is_gone_is_a_failure() {
    let folder = Folder::new("gone");
    folder.write("task.json", CLEAN);
    let task = folder.0.join("task.json");
    let script = "mkdir inner; cd inner; rmdir ../inner; exec \"$0\" \"$@\"";
    let run = |arguments: &[&str]| {
        let mut command = Command::new("sh");
        command.current_dir(&folder.0).args(["-c", script, env!("CARGO_BIN_EXE_ecs-lint")]).args(arguments);
        Run::of(command.output().expect("it runs"))
    };
    for arguments in [&[][..], &["."], &["**/*.json"]] {
        let run = run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {run:?}");
    }
    assert_eq!(run(&[]).err, "ecs-lint: .: the current folder no longer exists\n");
    assert_eq!(run(&[task.to_str().expect("UTF-8")]).status, 0);
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_read() {
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::new("bytes-in-names");
    let name = std::ffi::OsStr::from_bytes(b"t\xffsk.json");
    if fs::write(folder.0.join(name), FAULTY).is_err() {
        // Some file systems refuse it.
        return;
    }
    let inner = folder.0.join(std::ffi::OsStr::from_bytes(b"d\xfe"));
    fs::create_dir(&inner).expect("a folder");
    fs::write(inner.join("task.json"), FAULTY).expect("a file");
    let walked = folder.run(&["--format", "concise"]);
    assert_eq!(walked.err, "");
    assert_eq!(walked.out.lines().count(), 2, "{}", walked.out);
    let run = Run::of(folder.command(&["--fix"]).arg(name).arg(&inner).output().expect("it runs"));
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
    assert_eq!(fs::read_to_string(folder.0.join(name)).expect("it is there"), CLEAN);
    assert_eq!(fs::read_to_string(inner.join("task.json")).expect("it is there"), CLEAN);
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_not_mixed_up() {
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::new("bytes-in-folders");
    let inner = |byte: u8| folder.0.join(std::ffi::OsStr::from_bytes(&[b'd', byte]));
    for byte in [0xFD, 0xFE, 0xFF] {
        if fs::create_dir(inner(byte)).is_err() {
            // Some file systems refuse it.
            return;
        }
        fs::write(inner(byte).join("task.json"), FAULTY).expect("a file");
    }
    // Settings in such a folder count, from wherever they are looked for.
    fs::write(inner(0xFF).join("ecs-lint.toml"), "skip = [\"wrong-type\"]\n").expect("a file");
    let task = inner(0xFF).join("task.json");
    let run = Run::of(folder.command(&["--format", "concise"]).arg(&task).output().expect("it runs"));
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{run:?}");
    let count = |run: Run| run.out.lines().filter(|line| line.contains("error[wrong-type]")).count();
    assert_eq!(count(folder.run(&["--format", "concise"])), 2);
    // What is ignored in one folder is not ignored in another.
    folder.write("ecs-lint.toml", "");
    let ignore = ["ignore", "--rule", "wrong-type", "--reason", "generated"];
    let ignored = Run::of(folder.command(&ignore).arg(inner(0xFD)).output().expect("it runs"));
    assert_eq!(ignored.status, 0, "{ignored:?}");
    assert_eq!(count(folder.run(&["--format", "concise"])), 1);
    folder.write("ecs-lint.toml", "");
    let known = Run::of(folder.command(&["baseline"]).arg(inner(0xFD)).output().expect("it runs"));
    assert_eq!(known.status, 0, "{known:?}");
    assert_eq!(count(folder.run(&["--format", "concise"])), 1);
}

/// A report is never written over what the run reads.
#[test]
fn no_report_takes_the_place_of_an_input() {
    let folder = Folder::new("output-over-input");
    folder
        .write("task.json", FAULTY)
        .write("ecs-lint.toml", "fail-on = \"error\"\n")
        .write("ecs-lint-baseline.json", "{\"version\": 1, \"findings\": []}\n")
        .write("list", "task.json\n");
    let whole = |name: &str| folder.read(name);
    let before = ["task.json", "ecs-lint.toml", "ecs-lint-baseline.json", "list"].map(whole);
    for arguments in [
        &["-o", "json=task.json", "task.json"][..],
        &["-o", "json=task.json", "."],
        &["-o", "json=.git/../task.json"],
        &["-o", "concise=task.json", "--fix"],
        &["-o", "json=ecs-lint.toml"],
        &["-o", "json=ecs-lint-baseline.json"],
        &["-o", "json=list", "--files-from", "list"],
    ] {
        let run = folder.run(arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments:?}: {run:?}");
        assert!(run.err.ends_with("so the report cannot be written there\n"), "{}", run.err);
        assert_eq!(["task.json", "ecs-lint.toml", "ecs-lint-baseline.json", "list"].map(whole), before);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("task.json", folder.0.join("link")).expect("a link can be made");
        assert_eq!(folder.run(&["-o", "json=link"]).status, 2);
        assert_eq!(folder.read("task.json"), before[0]);
    }
    // An earlier report is written over, though it is among the files that are found.
    for _ in 0..2 {
        let run = folder.run(&["-o", "json=report.json", "--format", "concise"]);
        assert_eq!((run.status, run.err.as_str()), (1, ""), "{run:?}");
    }
}

/// What `--fix` cannot write is not promised.
#[test]
fn no_fix_is_promised_in_wide_characters() {
    const MISSPELLED: &str =
        r#"{"family": "web", "containerDefinitions": [{"name": "app", "image": "app:1", "Memory": 128}]}"#;
    let folder = Folder::new("wide-fix");
    let wide: Vec<u8> = MISSPELLED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("wide.json", wide.clone()).write("narrow.json", MISSPELLED);
    let of =
        |name: &str, arguments: &[&str]| folder.run(&[&["--format", "concise", name], arguments].concat());
    assert!(of("narrow.json", &[]).out.contains("(safe fix)"));
    let run = of("wide.json", &[]);
    assert!(run.status == 1 && !run.out.contains("(safe fix)") && !run.err.contains("fixable"), "{run:?}");
    assert_eq!(of("wide.json", &["--fix"]).status, 1);
    assert_eq!(std::fs::read(folder.0.join("wide.json")).expect("it is there"), wide);
}

/// Text that Windows writes is read, or what is wrong with it is told.
#[test]
fn byte_order_marks_and_wide_characters_are_known() {
    let folder = Folder::new("marks");
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    folder.write("task.json", FAULTY).write("ecs-lint.toml", "");
    assert_eq!(folder.run(&["baseline"]).status, 0);
    let baseline = folder.read("ecs-lint-baseline.json");
    folder.write("ecs-lint-baseline.json", format!("\u{feff}{baseline}"));
    assert_eq!(folder.run(&["--format", "concise"]).status, 0);
    assert_eq!(folder.run(&["baseline"]).status, 0);
    folder.write("ecs-lint-baseline.json", wide(&baseline));
    let run = folder.run(&[]);
    let why = "ecs-lint: ecs-lint-baseline.json: UTF-16, not UTF-8\n";
    assert_eq!((run.status, run.err.as_str()), (2, why), "{run:?}");
}

/// A file that is named alone is judged with what the project says about it, and with nothing else.
#[test]
fn a_file_alone_is_judged_as_with_all_others() {
    let folder = Folder::new("alone");
    let task = |family: &str| {
        format!(
            r#"{{"family": "{family}", "containerDefinitions": [{{"name": "web", "image": "web:1", "portMappings": [{{"containerPort": 8080}}]}}]}}"#
        )
    };
    folder
        .write("services/worker-task.json", task("shop-worker"))
        .write("tasks/web.json", task("shop-web"))
        .write(
            "services/web.json",
            r#"{"serviceName": "web", "cluster": "main", "taskDefinition": "shop-web", "desiredCount": 2, "launchType": "FARGATE"}"#,
        )
        .write(
            "task-definition.json",
            r#"{"family": "web", "containerDefinitions": [{"name": "app", "memory": 128}]}"#,
        )
        .write(
            ".github/actions/deploy/action.yml",
            "name: Deploy\ndescription: Deploys the service\nruns:\n  using: composite\n  steps:\n    - uses: aws-actions/amazon-ecs-render-task-definition@v1\n      with:\n        task-definition: task-definition.json\n        container-name: app\n        image: ${{ inputs.image }}\n",
        )
        .write(
            "infra/main.tf",
            "resource \"aws_ecs_task_definition\" \"web\" {\n  family                = \"web\"\n  container_definitions = templatefile(\"${path.module}/containers.json\", { memory = 128 })\n}\n",
        )
        .write("infra/containers.json", "[{ \"name\": \"app\", \"image\": \"app:1\", \"memory\": ${memory} }]\n");
    let all = folder.run(&["--format", "concise", "."]).out;
    for name in
        ["services/worker-task.json", "task-definition.json", "infra/containers.json", "tasks/web.json"]
    {
        let own = folder.run(&["--format", "concise", name]).out;
        let of_all: String =
            all.lines().filter(|line| line.starts_with(name)).map(|line| format!("{line}\n")).collect();
        assert_eq!(own, of_all, "{name}");
    }
}

#[test]
fn what_a_module_says_about_its_containers_is_told_in_their_file_alone() {
    let folder = Folder::new("module-containers");
    folder
        .write(
            "main.tf",
            "resource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web\"\n  requires_compatibilities = [\"FARGATE\"]\n  network_mode = \"awsvpc\"\n  cpu = 256\n  memory = 512\n  container_definitions = templatefile(\"${path.module}/templates/web.json\", {})\n}\n",
        )
        .write(
            "templates/web.json",
            "[{ \"name\": \"web\", \"image\": \"web:1\", \"memory\": 1024, \"privileged\": true,\n  \"mountPoints\": [{ \"sourceVolume\": \"dat\", \"containerPath\": \"/d\" }] }]\n",
        );
    let found = |path: &str| {
        let out = folder.run(&["--format", "concise", path]).out;
        out.lines().filter(|line| line.starts_with("templates/")).map(str::to_owned).collect::<Vec<_>>()
    };
    let all = found(".");
    assert_eq!(all.iter().filter(|line| line.contains(": error")).count(), 3, "{all:#?}");
    assert_eq!(found("templates/web.json"), all);
}

#[test]
fn a_file_that_a_module_above_it_reads_is_judged_as_with_the_module() {
    let task = r#"{"family": "web", "requiresCompatibilities": ["FARGATE"], "cpu": 256, "memory": 512, "team": "web", "containerDefinitions": [{"name": "web", "image": "nginx:1.27"}]}"#;
    for (at, (file, more)) in [
        ("file(\"${path.module}/tasks/web.json\")", ""),
        ("file(\"tasks/web.json\")", ""),
        ("file(\"${path.module}/tasks/${each.key}.json\")", "for_each = toset([\"web\"])"),
        ("file(each.value)", "for_each = fileset(path.module, \"tasks/*.json\")"),
        ("file(local.task)", "}\nlocals {\n  task = \"./tasks/web.json\""),
        ("file(var.task)", "}\nvariable \"task\" {\n  type    = string\n  default = \"tasks/web.json\""),
        ("file(var.set)", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let folder = Folder::new(&format!("module-above-{at}"));
        let module = format!(
            "resource \"aws_ecs_task_definition\" \"web\" {{\n  family = \"web\"\n  container_definitions = jsonencode(jsondecode({file}).containerDefinitions)\n  {more}\n}}\n"
        );
        folder
            .write("infra/main.tf", module)
            .write("infra/terraform.tfvars", "set = \"tasks/web.json\"\n")
            .write("infra/tasks/web.json", task)
            .write("infra/tasks/own/other.json", task);
        let errors = |arguments: &[&str]| {
            let run = folder.run(&[&["--format", "concise"], arguments].concat());
            run.out.lines().filter(|line| line.contains(": error")).map(str::to_owned).collect::<Vec<_>>()
        };
        let of = |errors: &[String], name: &str| errors.iter().filter(|line| line.starts_with(name)).count();
        let all = errors(&["."]);
        assert_eq!(of(&all, "infra/tasks/web.json"), 0, "{file}: {all:#?}");
        assert_eq!(errors(&["infra/tasks/web.json"]), [""; 0], "{file}");
        // Nobody reads the other one.
        let other = errors(&["infra/tasks/own/other.json"]);
        assert!(
            other.len() > 1 && of(&all, "infra/tasks/own/other.json") == other.len(),
            "{file}: {other:#?}"
        );
        let both = errors(&["infra/tasks/web.json", "infra/tasks/own/other.json"]);
        assert_eq!(both, other, "{file}");
        let mut below = folder.command(&["--format", "concise", "web.json"]);
        let run = Run::of(below.current_dir(folder.0.join("infra/tasks")).output().expect("it runs"));
        assert!(!run.out.contains("error"), "{file}: {}", run.out);
    }
}

/// Starts `--fix` of `task.json` and of a pipe, for which it has to wait; then does something to
/// `task.json`, and lets it go on.
#[cfg(unix)]
fn fix_while(folder: &Folder, meanwhile: impl FnOnce(&Path)) -> Run {
    let [task, pipe] = ["task.json", "pipe.json"].map(|name| folder.0.join(name));
    if !pipe.exists() {
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    }
    let mut command = folder.command(&["--fix", "task.json", "pipe.json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    // It opens the pipe when it has read the file before it.
    let mut writer = fs::OpenOptions::new().write(true).open(&pipe).expect("it reads");
    meanwhile(&task);
    writer.write_all(b"{}").expect("it reads");
    drop(writer);
    Run::of(child.wait_with_output().expect("it ends"))
}

#[cfg(unix)]
#[test]
fn what_was_saved_while_it_was_fixed_is_not_lost() {
    let folder = Folder::new("edited");
    let changed = "ecs-lint: task.json: it changed while it was being fixed, so it was not written: run ecs-lint again\n";
    let edited = FAULTY.replace("\"web\"", "\"EDITED\"");
    let in_place = |task: &Path| fs::write(task, &edited).expect("it is saved");
    let by_renaming = |task: &Path| {
        fs::write(task.with_extension("new"), &edited).expect("it is saved");
        fs::rename(task.with_extension("new"), task).expect("it is saved");
    };
    let one_letter = |task: &Path| fs::write(task, FAULTY.replace("web", "wed")).expect("it is saved");
    let half_of_it = FAULTY.get(..40).expect("it is longer");
    let half = |task: &Path| fs::write(task, half_of_it).expect("it is saved");
    type Saver<'s> = (&'s dyn Fn(&Path), &'s str);
    let savers: [Saver; 4] =
        [(&in_place, &edited), (&by_renaming, &edited), (&one_letter, "wed"), (&half, half_of_it)];
    for (save, text) in savers {
        for links in [1, 2] {
            folder.write("task.json", FAULTY);
            let _ = fs::remove_file(folder.0.join("link"));
            if links == 2 {
                fs::hard_link(folder.0.join("task.json"), folder.0.join("link")).expect("a link");
            }
            let run = fix_while(&folder, save);
            let left = fs::read_to_string(folder.0.join("task.json")).expect("it is there");
            assert!(left.contains(text), "{left}");
            assert_eq!(run.status, 2, "{run:?}");
            assert!(run.err.ends_with(changed), "{}", run.err);
            // What is told is what lies there now.
            assert!(run.out.contains("error["), "{}", run.out);
            assert!(run.out.contains("\n1 file could not be fixed\n"), "{}", run.out);
        }
    }
    // What is gone stays gone.
    folder.write("task.json", FAULTY);
    let run = fix_while(&folder, |task| fs::remove_file(task).expect("it is there"));
    assert_eq!(run.status, 2, "{run:?}");
    assert!(!folder.0.join("task.json").exists());
    let names: Vec<_> =
        fs::read_dir(&folder.0).expect("a folder").flatten().map(|one| one.file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().starts_with(".ecs-lint")), "{names:?}");
}

#[cfg(unix)]
#[test]
fn a_fix_keeps_all_that_a_file_has() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

    let folder = Folder::new("kept");
    folder.write("task.json", FAULTY);
    let path = folder.0.join("task.json");
    let state = || {
        let data = fs::metadata(&path).expect("it is there");
        (data.uid(), data.gid(), data.mode(), data.nlink())
    };
    let fix = || {
        let before = state();
        let run = folder.run(&["--fix", "task.json"]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), CLEAN);
        assert_eq!(state(), before);
        assert_eq!(fs::read_dir(&folder.0).expect("a folder").flatten().count(), 1 + before.3 as usize);
    };
    for mode in [0o600, 0o664, 0o646, 0o755, 0o2664] {
        folder.write("task.json", FAULTY);
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("permissions can be set");
        fix();
    }
    // Only root may give a file away.
    folder.write("task.json", FAULTY);
    if chown(&path, Some(12_345), Some(23_456)).is_ok() {
        fix();
    }
    folder.write("task.json", FAULTY);
    let is_set = Command::new("setfattr").args(["-n", "user.origin", "-v", "review"]).arg(&path).status();
    if is_set.is_ok_and(|status| status.success()) {
        fix();
        let kept = Command::new("getfattr").args(["--only-values", "-n", "user.origin"]).arg(&path).output();
        assert_eq!(kept.expect("it runs").stdout, b"review");
    }
    folder.write("task.json", FAULTY);
    let inode = fs::metadata(&path).expect("it is there").ino();
    fs::hard_link(&path, folder.0.join("other-name")).expect("a link");
    fix();
    assert_eq!(fs::metadata(folder.0.join("other-name")).expect("it is there").ino(), inode);
    assert_eq!(fs::read_to_string(folder.0.join("other-name")).expect("it is there"), CLEAN);
}

#[cfg(unix)]
#[test]
fn a_fixed_file_runs_as_whom_it_ran_before() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("set-user");
    let mode =
        |name: &str| fs::metadata(folder.0.join(name)).expect("it is there").permissions().mode() & 0o7777;
    for name in ["plain.json", "linked.json"] {
        folder.write(name, FAULTY);
        if name.starts_with("linked") {
            fs::hard_link(folder.0.join(name), folder.0.join("other-name")).expect("a link");
        }
        fs::set_permissions(folder.0.join(name), fs::Permissions::from_mode(0o4751)).expect("it can be set");
        folder.run(&["--fix", name]);
        assert_eq!(fs::read_to_string(folder.0.join(name)).expect("it is there"), CLEAN);
        assert_eq!(mode(name), 0o4751, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_still_reported() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("read-only");
    folder.write("read-only.json", FAULTY).write("task.json", FAULTY);
    let path = folder.0.join("read-only.json");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("permissions can be set");
    let run = folder.run(&["--fix", "."]);
    assert_eq!(run.status, 2, "{run:?}");
    assert_eq!(run.err, "ecs-lint: read-only.json: cannot be written: it is read-only\n");
    assert_eq!(fs::read_to_string(&path).expect("it is there"), FAULTY);
    assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o444);
    assert_eq!(fs::read_to_string(folder.0.join("task.json")).expect("it is there"), CLEAN);
    assert!(
        run.out.contains("error[wrong-type]") && run.out.contains("[read-only.json:8:17]"),
        "{}",
        run.out
    );
    assert!(run.out.contains("checked 2 documents in 2 files: 1 error"), "{}", run.out);
    assert!(run.out.ends_with("applied 1 fix in 1 file; 1 file could not be fixed\n"), "{}", run.out);
    let clean = folder.run(&["--fix", "task.json"]);
    assert!(clean.out.ends_with("\nnothing to fix\n"), "{}", clean.out);
    let piped = folder.run_with_input(&["--fix", "--format", "concise", "-"], FAULTY);
    assert_eq!(piped.out, CLEAN);
}

#[test]
fn a_text_of_too_many_values_is_given_up() {
    let folder = Folder::new("many-values");
    let many = |value: &str| value.repeat(1_000_001);
    let keys: String = (0..4097).map(|at| format!("K{at} = 1\n")).collect();
    folder
        .write("lines.json", many("{}\n"))
        .write("numbers.json", format!("{{\"points\": [{}0]}}", many("1,")))
        .write("tasks.json", format!("{{\"containerDefinitions\": [{}0]}}", many("1,")))
        .write(
            "hcl/main.tf",
            format!("resource \"aws_ecs_task_definition\" \"t\" {{ tags = {{\n{keys}}} }}\n"),
        );
    let sentence = "more values than ecs-lint reads (a million, or 4,096 in one object of HCL), so it was not linted: no ECS document has that many\n";
    for name in ["lines.json", "numbers.json", "tasks.json", "hcl/main.tf"] {
        let run = folder.run(&[name]);
        assert_eq!((run.status, run.err), (2, format!("ecs-lint: {name}: {sentence}")));
        assert!(run.out.starts_with("nothing was linted ("), "{}", run.out);
    }
    // Of a folder, what shows no word of ours is something else.
    let walked = folder.run(&["."]);
    assert_eq!(
        (walked.status, walked.err),
        (2, ["hcl/main.tf", "tasks.json"].map(|name| format!("ecs-lint: {name}: {sentence}")).concat())
    );
}

#[test]
fn many_findings_are_a_list_and_a_table() {
    let folder = Folder::new("many");
    for at in 0..60 {
        folder.write(&format!("{at}.json"), FAULTY.replace("web", &format!("web{at}")));
    }
    let run = folder.run(&["--only", "wrong-type"]);
    assert_eq!(run.status, 1, "{}", run.out);
    assert!(!run.out.contains("╭─"), "{}", run.out);
    assert_eq!(run.out.lines().filter(|line| line.contains(": error[wrong-type] ")).count(), 60);
    assert!(run.out.contains("    60  error    wrong-type: "), "{}", run.out);
    assert!(run.out.contains("checked 60 documents in 60 files: 60 errors"), "{}", run.out);
    assert!(run.out.contains("errors in 60 files: 0.json (1), "), "{}", run.out);
    assert!(run.out.contains("fixable: 60 with --fix\n"), "{}", run.out);
    let whole = folder.run(&["--only", "wrong-type", "--full"]);
    assert_eq!(whole.out.matches("╭─").count(), 60);
}

#[test]
fn a_file_that_a_module_names_is_read_whatever_it_is_called() {
    let folder = Folder::new("named-templates");
    let task = |name: &str, file: &str| {
        format!(
            "resource \"aws_ecs_task_definition\" \"{name}\" {{\n  family = \"{name}\"\n  container_definitions = {file}\n}}\n"
        )
    };
    let template = "templatefile(\"${path.module}/../templates/app.tftpl\", {})";
    let module = task("app", template) + &task("plain", "file(\"containers\")");
    let containers = r#"[{"name": "app", "image": "app:1.2.3", "memory": 256, "links": ["nowhere"]}]"#;
    folder
        .write("infra/main.tf", module)
        .write("infra/containers", containers)
        .write("infra/other.tftpl", containers)
        .write("templates/app.tftpl", containers)
        .write("templates/script.tpl", "#!/bin/sh");
    let run = folder.run(&["--only", "dangling-link", "--format", "concise", "."]);
    let places: Vec<&str> = run.out.lines().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
    assert_eq!(places, ["templates/app.tftpl:1:66", "infra/containers:1:66"], "{}", run.out);
    let summary = run.summary.unwrap_or_default();
    assert!(summary.contains("checked 4 documents in 3 files: 2 errors"), "{summary}");
}
