//! GitHub workflows that render and deploy task definitions, from outside.

use crate::support::program::{Folder, Run};
use crate::support::{Texts, linter, written};
use ecs_lint::finding::Severity;
use ecs_lint::linter::{Linter, Outcome};
use ecs_lint::rules::Registry;
use ecs_lint::settings::Settings;
use ecs_lint::source::Cut;

const WORKFLOW: &str = ".github/workflows/deploy.yml";

/// A task definition with the containers `app` and `proxy`.
const TASK: &str = r#"{
  "family": "web",
  "containerDefinitions": [
    { "name": "app", "image": "app:latest", "memory": 128 },
    { "name": "proxy", "image": "nginx:1.27", "memory": 64 }
  ]
}"#;

/// A workflow with one job, whose steps come after a checkout.
fn workflow(steps: &str) -> String {
    let steps: String = steps.lines().map(|line| format!("      {line}\n")).collect();
    format!(
        "name: Deploy\non: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n{steps}"
    )
}

/// A step that renders a container of a file.
fn render(file: &str, container: &str) -> String {
    format!(
        "- uses: aws-actions/amazon-ecs-render-task-definition@v1\n  with:\n    task-definition: {file}\n    container-name: {container}\n    image: ${{{{ steps.build.outputs.image }}}}\n"
    )
}

fn lint(files: &[(&str, &str)], only: &[&str]) -> (Linter, Outcome) {
    let linter = linter(only);
    let outcome = linter.lint(&Texts::new(files.iter().copied()));
    assert_eq!(outcome.failures, []);
    (linter, outcome)
}

/// What is reported about a workflow beside a task definition: severity and the underlined text.
fn found(text: &str) -> Vec<String> {
    found_in(&[(WORKFLOW, text), ("task-definition.json", TASK)])
}

fn found_in(files: &[(&str, &str)]) -> Vec<String> {
    let (_, outcome) = lint(files, &["dangling-render-container"]);
    let show = |finding: &ecs_lint::finding::Finding| {
        let source = &outcome.sources[&finding.problem.at.at.source];
        format!("{} {}", finding.severity, source.text.cut(finding.span().range()))
    };
    outcome.findings.iter().map(show).collect()
}

#[test]
fn a_name_that_the_file_has_is_linked() {
    let text = workflow(&render("task-definition.json", "app"));
    let (_, outcome) = lint(&[(WORKFLOW, &text), ("task-definition.json", TASK)], &[]);
    let links: Vec<_> =
        outcome.links.iter().map(|link| (link.from.file.as_str(), link.to.file.as_str())).collect();
    assert_eq!(links, [(WORKFLOW, "task-definition.json")]);
    assert_eq!(outcome.summary.documents["workflow"], 1);
    assert_eq!(found(&text), [""; 0]);
}

#[test]
fn a_name_that_it_lacks_is_an_error() {
    assert_eq!(found(&workflow(&render("task-definition.json", "web"))), ["error web"]);
    assert_eq!(found(&workflow(&render("./task-definition.json", "App"))), ["error App"]);
    assert_eq!(
        found(&workflow(&render("${{ github.workspace }}/task-definition.json", "web"))),
        ["error web"]
    );
    assert_eq!(found(&workflow(&render("task-definition.json", "app,web"))), ["error web"]);
    assert_eq!(found(&workflow(&render("task-definition.json", "'app, proxy'"))), ["error  proxy"]);
    assert_eq!(found(&workflow(&render("task-definition.json", "app,"))), [""; 0]);
    let crlf = workflow(&render("task-definition.json", "web")).replace('\n', "\r\n");
    assert_eq!(found(&crlf), ["error web"]);
    let block = workflow(&render("task-definition.json", "|\n      web"));
    assert_eq!(found(&block).len(), 1);
}

#[test]
fn versions_case_and_owners_of_an_action_do_not_matter() {
    let of = |action: &str| {
        found(&workflow(
            &render("task-definition.json", "web")
                .replace("aws-actions/amazon-ecs-render-task-definition@v1", action),
        ))
    };
    assert_eq!(of("AWS-Actions/amazon-ecs-render-task-definition@61b0c1c"), ["error web"]);
    assert_eq!(of("acme/amazon-ecs-render-task-definition@main"), ["warning web"]);
    assert_eq!(of("acme/render@v1"), [""; 0]);
}

#[test]
fn expressions_are_not_known() {
    for name in
        ["${{ inputs.name }}", "${{ vars.NAME }}", "${{ matrix.name }}", "x-${{ env.NAME }}", "<NAME>"]
    {
        assert_eq!(found(&workflow(&render("task-definition.json", name))), [""; 0], "{name}");
        assert_eq!(found(&workflow(&render(name, "web"))), [""; 0], "{name}");
    }
}

#[test]
fn a_variable_is_known_if_it_is_a_literal() {
    let step = render("${{ env.FILE }}", "${{ env.NAME }}");
    let of = |workflow_level: &str, job: &str, step_level: &str, before: &str| {
        let step = step.replace("  with:", &format!("{step_level}  with:"));
        let text = workflow(&format!("{before}{step}"));
        let text = text.replace("jobs:", &format!("{workflow_level}jobs:"));
        found(&text.replace("    steps:", &format!("{job}    steps:")))
    };
    let env = "env:\n  FILE: task-definition.json\n  NAME: web\n";
    assert_eq!(of(env, "", "", ""), ["error web"]);
    assert_eq!(of(env, "    env: { NAME: app }\n", "", ""), [""; 0]);
    assert_eq!(of(env, "    env: { NAME: api }\n", "", ""), ["error api"]);
    assert_eq!(of(env, "    env: { NAME: \"${{ vars.NAME }}\" }\n", "", ""), [""; 0]);
    assert_eq!(of(env, "    env: ${{ fromJSON(vars.ENV) }}\n", "", ""), [""; 0]);
    assert_eq!(of(env, "    env: { NAME: app }\n", "  env: { NAME: api }\n", ""), ["error api"]);
    assert_eq!(of(env, "", "", "- run: echo NAME=app >> $GITHUB_ENV\n"), [""; 0]);
    assert_eq!(of(env, "", "", "- run: echo \"IMAGE=app:1\" >> $GITHUB_ENV\n"), ["error web"]);
    assert_eq!(of(env, "", "", "- run: cat .env >> $GITHUB_ENV\n"), [""; 0]);
    assert_eq!(of(env, "", "", "- run: aws ecs describe-task-definition > ${{ env.FILE }}\n"), [""; 0]);
    assert_eq!(of("env:\n  FILE: task-definition.json\n", "", "", ""), [""; 0]);
}

#[test]
fn several_steps_with_one_variable_are_one_finding() {
    let steps = format!("{0}{0}", render("task-definition.json", "${{ env.NAME }}"));
    let text = workflow(&steps).replace("jobs:", "env: { NAME: web }\njobs:");
    assert_eq!(found(&text), ["error web"]);
}

#[test]
fn renders_are_followed_within_their_job() {
    let first = render("task-definition.json", "app").replace("- uses", "- id: First\n  uses");
    let second = render("${{ steps.first.outputs.task-definition }}", "sidecar")
        .replace("- uses", "- id: second\n  uses");
    let third = render("${{ steps.second.outputs.task-definition }}", "web");
    assert_eq!(found(&workflow(&format!("{first}{second}{third}"))), ["error sidecar", "error web"]);
    // A step after it has rendered nothing yet, and nor has that of another job.
    assert_eq!(found(&workflow(&format!("{third}{second}{first}"))), [""; 0]);
    let other_job =
        workflow(&first) + "  other:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n";
    let third: String = second.lines().map(|line| format!("      {line}\n")).collect();
    assert_eq!(found(&format!("{other_job}{third}")), [""; 0]);
}

#[test]
fn what_was_checked_out_decides_which_file_it_is() {
    let of = |checkout: &str, file: &str| {
        let text = workflow(&render(file, "web"));
        found(&text.replace("      - uses: actions/checkout@v4\n", checkout))
    };
    let checkout = |with: &str| format!("      - uses: actions/checkout@v4\n        with: {{ {with} }}\n");
    assert_eq!(of("", "task-definition.json"), [""; 0]);
    assert_eq!(of(&checkout("path: src"), "src/task-definition.json"), ["error web"]);
    assert_eq!(of(&checkout("path: src"), "task-definition.json"), [""; 0]);
    assert_eq!(of(&checkout("path: \"${{ inputs.x }}\""), "src/task-definition.json"), [""; 0]);
    assert_eq!(of(&checkout("repository: acme/other"), "task-definition.json"), [""; 0]);
    assert_eq!(
        of(&checkout("repository: \"${{ github.repository }}\""), "task-definition.json"),
        ["error web"]
    );
    assert_eq!(of(&checkout("ref: production"), "task-definition.json"), ["warning web"]);
    assert_eq!(of(&checkout("ref: \"${{ github.sha }}\""), "task-definition.json"), ["error web"]);
    let both = checkout("fetch-depth: 0") + &checkout("repository: acme/config, path: config");
    assert_eq!(of(&both, "task-definition.json"), ["error web"]);
    assert_eq!(of(&both, "config/task-definition.json"), [""; 0]);
}

#[test]
fn a_file_that_a_step_before_may_write_is_not_known() {
    for step in [
        "- run: aws ecs describe-task-definition --task-definition web > task-definition.json\n",
        "- run: |\n    cd deploy\n    sed -i s/A/B/ ../task-definition.json\n",
        "- uses: acme/replace-tokens@v1\n  with: { files: '[\"task-definition.json\"]' }\n",
        "- uses: actions/download-artifact@v4\n",
    ] {
        let text = workflow(&format!("{step}{}", render("task-definition.json", "web")));
        assert_eq!(found(&text), [""; 0], "{step}");
    }
    let after =
        workflow(&format!("{}- run: cat task-definition.json\n", render("task-definition.json", "web")));
    assert_eq!(found(&after), ["error web"]);
}

#[test]
fn what_any_step_before_may_change_is_a_doubt() {
    let of = |step: &str| found(&workflow(&format!("{step}\n{}", render("task-definition.json", "web"))));
    for step in [
        "- run: sed -i s/app/web/ *.json",
        "- run: |\n    cd .aws\n    git checkout prod -- .",
        "- run: ./scripts/prepare.sh prod",
        "- run: make render",
        "- run: npm run build",
        "- run: echo x\n  shell: pwsh",
        "- uses: ./.github/actions/prepare",
        "- uses: acme/replace-tokens@v1\n  with: { files: '[\"*.json\"]' }",
        "- uses: docker://alpine",
        "- uses: actions/github-script@v7\n  with: { script: render() }",
        "- uses: actions/checkout@v4\n  with: { ref: prod }",
    ] {
        assert_eq!(of(step), ["warning web"], "{step}");
    }
    for step in [
        "- run: docker build -t web . && docker push web",
        "- run: echo \"image=web:${{ github.sha }}\" >> $GITHUB_OUTPUT",
        "- uses: aws-actions/configure-aws-credentials@v4\n  with: { aws-region: eu-west-1 }",
        "- uses: actions/setup-node@v4",
        "- uses: actions/cache@v4\n  with: { path: ~/.npm, key: npm }",
        "- uses: docker/build-push-action@v6",
        "- name: nothing",
        // What was changed before is put back.
        "- run: make build\n- uses: actions/checkout@v4",
    ] {
        assert_eq!(of(step), ["error web"], "{step}");
    }
}

#[test]
fn the_root_of_the_repository_is_the_folder_of_github() {
    let text = workflow(&render("deploy/task.json", "web"));
    assert_eq!(
        found_in(&[("a/.github/workflows/x.yaml", &text), ("a/deploy/task.json", TASK)]),
        ["error web"]
    );
    assert_eq!(found_in(&[("a/.github/workflows/x.yaml", &text), ("deploy/task.json", TASK)]), [""; 0]);
    // GitHub does not run these.
    assert_eq!(found_in(&[("workflows/x.yaml", &text), ("deploy/task.json", TASK)]), [""; 0]);
    assert_eq!(found_in(&[(".github/workflows/old/x.yaml", &text), ("deploy/task.json", TASK)]), [""; 0]);
}

#[test]
fn composite_actions_and_called_workflows_may_be_used_elsewhere() {
    let step: String = render("task.json", "web").lines().map(|line| format!("    {line}\n")).collect();
    let action = format!("name: Render\nruns:\n  using: composite\n  steps:\n{step}");
    for name in ["action.yml", ".github/actions/render/action.yaml"] {
        assert_eq!(found_in(&[(name, &action), ("task.json", TASK)]), ["warning web"], "{name}");
    }
    let text = workflow(&render("task.json", "web"));
    for on in ["on: workflow_call", "on: [push, workflow_call]", "on:\n  workflow_call:\n    inputs: {}\n"] {
        let text = text.replace("on: push", on);
        assert_eq!(found_in(&[(WORKFLOW, &text), ("task.json", TASK)]), ["warning web"], "{on}");
    }
}

#[test]
fn anchors_are_followed() {
    let text = workflow(&render("&file task-definition.json", "&name web"))
        + &render("*file", "*name").lines().map(|line| format!("      {line}\n")).collect::<String>();
    assert_eq!(found(&text), ["error web"]);
}

#[test]
fn only_what_is_known_of_the_file_counts() {
    let text = workflow(&render("task.json", "web"));
    let of = |task: &str| found_in(&[(WORKFLOW, &text), ("task.json", task)]).len();
    assert_eq!(of(TASK), 1);
    assert_eq!(of(&TASK.replace("\"proxy\"", "\"${NAME}\"")), 0);
    assert_eq!(of(&TASK.replace("\"name\": \"proxy\",", "")), 0);
    assert_eq!(of(&TASK.replace("{ \"name\": \"proxy\"", "{{ more }}, { \"name\": \"proxy\"")), 0);
    // The action refuses them with other words.
    assert_eq!(of(&format!("{{ \"taskDefinition\": {TASK} }}")), 0);
    assert_eq!(of(&format!("[{TASK}]")), 0);
    assert_eq!(of("{}"), 0);
}

#[test]
fn what_a_step_writes_is_neither_missing_nor_judged() {
    let rules = ["missing-image", "unpinned-image", "unresolved-sample-value", "missing-execution-role"];
    let task = r#"{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
  "containerDefinitions": [
    { "name": "app", "image": "IMAGE", "essential": true,
      "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web" } } },
    { "name": "proxy", "image": "nginx:latest" }
  ]
}"#;
    let of_files = |text: &str, task: &str, others: &[&str]| -> Vec<String> {
        let others = others.iter().map(|name| (*name, "{}"));
        let files: Vec<_> = [(WORKFLOW, text), ("task.json", task)].into_iter().chain(others).collect();
        let (linter, outcome) = lint(&files, &rules);
        outcome.findings.iter().map(|one| linter.registry().get(one.rule).id.to_owned()).collect()
    };
    let of = |text: &str, task: &str| of_files(text, task, &["other.json"]);
    let text = workflow(&render("task.json", "app"));
    let with_role =
        text.replace("container-name", "execution-role-arn: ${{ vars.ROLE }}\n          container-name");
    let missing = task.replace("\"image\": \"IMAGE\", ", "");
    let latest = task.replace("\"IMAGE\"", "\"app:latest\"");
    let unrelated = workflow(&render("other.json", "app"));
    let any_file = workflow(&render("${{ matrix.file }}", "app"));
    let any_container = workflow(&render("task.json", "${{ matrix.name }}"));
    let proxy = "unpinned-image";
    let role = "missing-execution-role";
    assert_eq!(of("", task), ["unresolved-sample-value", role, proxy]);
    assert_eq!(of(&unrelated, task), ["unresolved-sample-value", role, proxy]);
    assert_eq!(of(&unrelated, &missing), ["missing-image", role, proxy]);
    // What is not there is made of a file that has the container.
    let copies = [
        "- run: envsubst < task-${{ env.STAGE }}.json > other.json\n",
        "- run: cp task.json other.json\n",
        "- run: sed s/a/b/ task.json > other.json\n",
    ];
    let copies = copies.map(|step| workflow(&format!("{step}{}", render("other.json", "app"))));
    for text in copies.iter().chain([&unrelated]) {
        assert_eq!(of_files(text, &missing, &[]), [role, proxy], "{text}");
        assert_eq!(of_files(text, task, &[]), [role, proxy], "{text}");
    }
    assert_eq!(of(&copies[1], &missing), [role, proxy]);
    let no_proxy = missing.replace(", \"image\": \"nginx:latest\"", "");
    assert_eq!(of_files(&unrelated, &no_proxy, &[]), [role, "missing-image"]);
    let replaced = workflow(&format!("- run: sed -i s/IMAGE/app/ *.json\n{}", render("other.json", "web")));
    assert_eq!(of(&replaced, task), [role, proxy]);
    // It is no reason to lose what a module contains.
    let module = "resource \"aws_ecs_task_definition\" \"web\" {\n  family = \"web\"\n  container_definitions = \
                  jsonencode([{ name = \"app\" }])\n}\n";
    let findings = |text: &str| lint(&[(WORKFLOW, text), ("main.tf", module)], &[]).1.findings.len();
    assert_eq!(findings(&replaced), findings(""));
    let another = workflow(&render("other.json", "web"));
    assert_eq!(of_files(&another, &missing, &[]), ["missing-image", role, proxy]);
    for task in [task, &missing, &latest] {
        assert_eq!(of(&text, task), [role, proxy]);
        assert_eq!(of(&with_role, task), [proxy]);
        assert_eq!(of(&any_file, task), [role, proxy]);
        assert_eq!(of(&any_container, task), [role]);
    }
}

/// The client of `v1`, 1.5.0, sends a number for a text that is one; later ones send it as it is.
#[test]
fn a_text_for_a_number_is_a_doubt_before_older_versions_of_the_deploy_action() {
    let task = r#"{ "family": "web", "containerDefinitions": [{ "name": "app", "image": "app:1.2", "memory": "128" }] }"#;
    let severity = |version: &str, task: &str| {
        let step = format!(
            "- uses: aws-actions/amazon-ecs-deploy-task-definition@{version}\n  with:\n    task-definition: task.json\n"
        );
        let (_, outcome) = lint(&[(WORKFLOW, &workflow(&step)), ("task.json", task)], &["wrong-type"]);
        outcome.findings.first().map(|finding| finding.severity)
    };
    for version in ["v1", "v1.5.0", "v1.0", "main", "0123456789abcdef0123456789abcdef01234567"] {
        assert_eq!(severity(version, task), Some(Severity::Warning), "{version}");
    }
    for version in ["v2", "v2.3.1", "v1.6.0"] {
        assert_eq!(severity(version, task), Some(Severity::Error), "{version}");
    }
    assert_eq!(severity("v1", &task.replace("\"128\"", "\"128 MiB\"")), Some(Severity::Error));
}

#[test]
fn what_the_deploy_action_removes_is_no_fault() {
    let task = r#"{
  "taskDefinitionArn": "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3", "revision": 3, "status": "ACTIVE",
  "family": "web", "taskRoleArn": "", "placementConstraints": null,
  "containerDefinitions": [
    { "name": "app", "image": "app:1.2", "memory": 128, "user": "", "links": [null, ""], "environment": [{ "name": "A", "value": "" }] }
  ],
  "tags": []
}"#;
    let rules = [
        "leftover-response-fields",
        "leftover-null",
        "leftover-empty-tags",
        "invalid-empty-string",
        "missing-environment-value",
    ];
    let of = |text: &str, task: &str| -> Vec<&str> {
        let files = [(WORKFLOW, text), ("task.json", task), ("other.json", "{}")];
        let (linter, outcome) = lint(&files, &rules);
        outcome.findings.iter().map(|one| linter.registry().get(one.rule).id).collect()
    };
    let deploy = |file: &str| {
        format!(
            "- uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n  with:\n    task-definition: {file}\n    service: web\n"
        )
    };
    let all = of("", task);
    assert!(all.len() >= 4, "{all:?}");
    assert_eq!(of(&workflow(&deploy("task.json")), task), [""; 0]);
    assert_eq!(of(&workflow(&deploy("other.json")), task), all);
    assert_eq!(of(&workflow(&deploy("copy.json")), task), [""; 0]);
    let rendered = render("task.json", "app").replace("- uses", "- id: render\n  uses");
    let both = format!("{rendered}{}", deploy("${{ steps.render.outputs.task-definition }}"));
    assert_eq!(of(&workflow(&both), task), [""; 0]);
    // Only the deploy action removes anything from every file.
    assert_eq!(of(&workflow(&rendered), task), all);
    let kept = deploy("task.json").replace("    service", "    keep-null-value-keys: tags\n    service");
    let left: Vec<&str> = all.iter().copied().filter(|rule| *rule != "leftover-response-fields").collect();
    assert_eq!(of(&workflow(&kept), task), left);
    let deleted = task.replace("\"revision\"", "\"deleteRequestedAt\"");
    assert_eq!(of(&workflow(&deploy("task.json")), &deleted), ["leftover-response-fields"]);
    // The action registers what is around it.
    let wrapped = format!("{{ \"taskDefinition\": {task} }}");
    assert!(!of(&workflow(&deploy("task.json")), &wrapped).is_empty());
}

#[test]
fn a_deploy_step_links_a_service_with_its_task_definition() {
    let service = r#"{
  "serviceName": "web", "cluster": "main", "desiredCount": 1, "launchType": "EC2",
  "loadBalancers": [{ "targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef", "containerName": "api", "containerPort": 80 }]
}"#;
    let deploy = |cluster: &str| {
        workflow(&format!(
            "- uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n  with:\n    task-definition: tasks/web.json\n    service: web\n    cluster: {cluster}\n"
        ))
    };
    let other = TASK.replace("\"web\"", "\"other\"");
    let of = |text: &str| {
        let files = [
            (WORKFLOW, text),
            ("services/web.json", service),
            ("tasks/web.json", TASK),
            ("tasks/other.json", &other),
        ];
        lint(&files, &["dangling-load-balancer-container"]).1.findings.len()
    };
    assert_eq!(of(&deploy("main")), 1);
    assert_eq!(of(&deploy("staging")), 0);
    assert_eq!(of(&deploy("${{ vars.CLUSTER }}")), 0);
    assert_eq!(of("name: nothing\n"), 0);
    let changed = deploy("main").replace("      - uses: aws", "      - run: make\n      - uses: aws");
    assert_eq!(of(&changed), 1);
}

#[test]
fn comments_ignore_findings() {
    let step = render(
        "task-definition.json",
        "web # ecs-lint-ignore dangling-render-container: renamed by a script",
    );
    assert_eq!(found(&workflow(&step)), [""; 0]);
}

#[test]
fn every_format_can_show_it() {
    let text = workflow(&render("task-definition.json", "web"));
    let (linter, outcome) =
        lint(&[(WORKFLOW, &text), ("task-definition.json", TASK)], &["dangling-render-container"]);
    let json = written("json", &linter, &outcome);
    assert!(json.contains("\"pointer\": \"/jobs/deploy/steps/1/with/container-name\""), "{json}");
    assert!(json.contains("\"document\": \"workflow `Deploy`\""), "{json}");
    for format in ["sarif", "github", "gitlab", "junit", "concise"] {
        assert!(written(format, &linter, &outcome).contains(WORKFLOW), "{format}");
    }
}

#[test]
fn what_else_is_in_a_workflow_is_left_to_github() {
    let linter = Linter::new(Registry::default(), Settings::default());
    let step = render("other.json", "web");
    let files = [
        workflow(&step).replace("on: push", "on: push\non: push\nenv: { AWS_REGION: eu-west-9, KEY: null }"),
        workflow(&step) + "   broken: [\n",
        workflow("- run: |\n    echo '{\"containerDefinitions\": []}'\n") + &step.replace("- ", "      - "),
    ];
    for text in files {
        let outcome = linter.lint(&Texts::new([(WORKFLOW, text.as_str())]));
        assert_eq!(outcome.findings.len() + outcome.failures.len(), 0, "{text}\n{:?}", outcome.findings);
    }
}

#[test]
fn odd_shapes_are_passed_over() {
    let uses = "uses: aws-actions/amazon-ecs-render-task-definition@v1";
    for text in [
        format!("# {uses}\n"),
        format!("jobs: [{{ steps: [{{ {uses} }}] }}]\n"),
        format!("jobs: {{ a: {{ steps: {{ {uses} }} }} }}\n"),
        format!(
            "jobs: {{ a: [{{ {uses} }}], b: null, c: 3, d: {{ steps: [null, 3, [], {{ {uses} }}] }} }}\n"
        ),
        format!("jobs: {{ a: {{ env: 3, steps: [{{ {uses}, with: [], id: [] }}] }} }}\n"),
        format!(
            "jobs: {{ a: {{ steps: [{{ {uses}, with: {{ task-definition: [], container-name: 3, image: {{}} }} }}] }} }}\n"
        ),
        format!(
            "jobs: {{ a: {{ steps: [{{ {uses}, with: {{ task-definition: ., container-name: ',' }} }}] }} }}\n"
        ),
        format!(
            "jobs: {{ a: {{ steps: [{{ {uses}, with: {{ task-definition: ../../task.json, container-name: a }} }}] }} }}\n"
        ),
        format!(
            "runs: {{ steps: [{{ {uses}, with: {{ task-definition: '${{{{', container-name: '${{{{ env. }}}}' }} }}] }}\non: [[workflow_call]]\n"
        ),
        format!("runs: {{ steps: 3 }}\njobs: {{}}\n---\njobs: {{ a: {{ {uses} }} }}\n"),
    ] {
        assert_eq!(found(&text), [""; 0], "{text}");
    }
}

/// Wherever the program runs, and whichever of the files is named.
#[test]
fn workflows_of_the_repository_are_found() {
    let folder = Folder::new("workflows_of_the_repository_are_found");
    let task = r#"{ "family": "web", "containerDefinitions": [{ "name": "app", "memory": 128 }] }"#;
    folder.write("deploy/web/task.json", task).write("deploy/ecs-lint.toml", "");
    let reports = |run: Run| -> Vec<String> {
        let words = run.out.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "));
        words.filter(|line| line.contains('[')).collect()
    };
    let only = "--only=missing-image,dangling-render-container";
    let run_in = |at: &str, file: &str| {
        let mut command = folder.command(&["--format", "concise", only, file]);
        reports(Run::of(command.current_dir(folder.0.join(at)).output().expect("the program runs")))
    };
    assert_eq!(run_in("", "deploy/web/task.json"), ["deploy/web/task.json:1:55: warning[missing-image]"]);
    folder.write(WORKFLOW, workflow(&render("deploy/web/task.json", "app")));
    for (at, file) in
        [("", "deploy/web/task.json"), ("deploy", "web/task.json"), ("deploy/web", "."), ("", ".")]
    {
        assert_eq!(run_in(at, file), [""; 0], "{file} in {at}");
    }
    folder.write(WORKFLOW, workflow(&render("deploy/web/task.json", "api")));
    let found = |place: &str| [format!("{place}: error[dangling-render-container]")];
    assert_eq!(run_in("", "deploy/web/task.json"), found("deploy/web/task.json:1:55"));
    assert_eq!(run_in("deploy", "web/task.json"), found("web/task.json:1:55"));
    assert_eq!(run_in("", WORKFLOW), found(&format!("{WORKFLOW}:11:27")));
    assert_eq!(run_in(".github", "workflows/deploy.yml"), found("workflows/deploy.yml:11:27"));
    assert_eq!(run_in("", "."), found(&format!("{WORKFLOW}:11:27")));
}

/// The action that deploys reads YAML, the one that renders JSON.
#[test]
fn what_yaml_allows_is_a_doubt_where_the_deploy_action_reads_it() {
    let deploy = |file: &str| {
        format!(
            "- uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n  with:\n    task-definition: {file}\n"
        )
    };
    let severities = |steps: &str, text: &str| -> Vec<Severity> {
        let workflow = workflow(steps);
        let files = [(WORKFLOW, workflow.as_str()), ("task-definition.json", text)];
        lint(&files, &["invalid-syntax"]).1.findings.iter().map(|finding| finding.severity).collect()
    };
    let direct = deploy("task-definition.json");
    let rendered = render("task-definition.json", "app") + &deploy("task-definition.json");
    let trailing = TASK.replace("64 }", "64 },");
    assert_eq!(severities(&direct, &trailing), [Severity::Warning]);
    assert_eq!(severities(&rendered, &trailing), [Severity::Error]);
    // What YAML rejects, too, is an error.
    assert_eq!(severities(&direct, &TASK.replace("\"web\",", "\"web\"")), [Severity::Error]);
    assert_eq!(severities(&direct, &TASK.replace("\"web\",", "\"web\", // a")), [Severity::Error]);
}

/// A step that runs what is not known may write the file, as one that names it may.
#[test]
fn a_step_that_runs_an_expression_may_write_any_file() {
    let run = |script: &str| workflow(&format!("- run: {script}\n{}", render("task-definition.json", "api")));
    assert_eq!(found(&run("echo done")).len(), 1);
    assert_eq!(found(&run("${{ inputs.command }}")), [""; 0]);
}
