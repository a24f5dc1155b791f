//! How the program behaves towards people: verbs, options, exit statuses, what it understands.

use crate::support::program::Folder;

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
