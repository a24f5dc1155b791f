//! Every kind of placeholder in every kind of field: it is reported once, by the right rule, and nothing else
//! is reported about the value. What only looks like a placeholder is judged like any other value.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::support::{Texts, report};
use ecs_lint::internals::{Wants, find_all, unquoted, wants};
use ecs_lint::linter::Linter;
use ecs_lint::rules::Registry;
use ecs_lint::schema;
use ecs_lint::settings::Settings;
use serde_json::Value;

const TASK: &str = r#"{
  "family": "web",
  "requiresCompatibilities": ["FARGATE"],
  "networkMode": "awsvpc",
  "cpu": "256",
  "memory": "512",
  "executionRoleArn": "arn:aws:iam::100200300400:role/web-execution",
  "taskRoleArn": "arn:aws:iam::100200300400:role/web",
  "containerDefinitions": [
    {
      "name": "app",
      "image": "100200300400.dkr.ecr.eu-west-1.amazonaws.com/web:1.4.2",
      "memory": 128,
      "portMappings": [{ "containerPort": 8080 }],
      "command": ["./serve", "--verbose"],
      "environment": [{ "name": "MODE", "value": "fast" }],
      "environmentFiles": [{ "type": "s3", "value": "arn:aws:s3:::settings/web.env" }],
      "secrets": [{ "name": "TOKEN", "valueFrom": "/web/token" }],
      "dockerLabels": { "team": "web" },
      "mountPoints": [{ "sourceVolume": "data", "containerPath": "/data" }],
      "logConfiguration": {
        "logDriver": "awslogs",
        "options": {
          "awslogs-group": "/ecs/web",
          "awslogs-region": "eu-west-1",
          "awslogs-stream-prefix": "app"
        }
      }
    }
  ],
  "volumes": [
    {
      "name": "data",
      "efsVolumeConfiguration": { "fileSystemId": "fs-0a1b2c3d4e5f60718", "transitEncryption": "ENABLED" }
    }
  ]
}"#;

const SERVICE: &str = r#"{
  "serviceName": "web",
  "cluster": "main",
  "taskDefinition": "web:7",
  "desiredCount": 2,
  "launchType": "FARGATE",
  "networkConfiguration": {
    "awsvpcConfiguration": {
      "subnets": ["subnet-0a1b2c3d4e5f60718"],
      "securityGroups": ["sg-0f1e2d3c4b5a69788"]
    }
  },
  "loadBalancers": [
    {
      "targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:100200300400:targetgroup/web/73e2d6bc24d8a067",
      "containerName": "app",
      "containerPort": 8080
    }
  ],
  "deploymentConfiguration": { "deploymentCircuitBreaker": { "enable": true, "rollback": true } },
  "serviceConnectConfiguration": { "enabled": true, "namespace": "internal" }
}"#;

const ACTION: &str = r#"{
  "ServiceNamespace": "ecs",
  "ResourceId": "service/main/web",
  "ScalableDimension": "ecs:service:DesiredCount",
  "ScheduledActionName": "morning",
  "Schedule": "cron(0 7 * * ? *)",
  "StartTime": "2030-01-01T00:00:00Z",
  "ScalableTargetAction": { "MinCapacity": 2, "MaxCapacity": 8 }
}"#;

/// A field: its document, the pointer to it, the forms of a value with a placeholder in it, and the name of a
/// variable for each form.
struct Field {
    document: &'static str,
    pointer: &'static str,
    forms: &'static [(&'static str, &'static str)],
}

const fn field(
    document: &'static str,
    pointer: &'static str,
    forms: &'static [(&'static str, &'static str)],
) -> Field {
    Field { document, pointer, forms }
}

/// Every kind of field that requires something that exists, or a name for it.
const FIELDS: &[Field] = &[
    field(TASK, "/family", &[("{}", "TASK_FAMILY")]),
    field(TASK, "/cpu", &[("{}", "TASK_CPU")]),
    field(TASK, "/memory", &[("{}", "MEMORY")]),
    field(
        TASK,
        "/executionRoleArn",
        &[
            ("{}", "EXECUTION_ROLE_ARN"),
            ("arn:aws:iam::{}:role/web", "ACCOUNT_ID"),
            ("arn:aws:iam::100200300400:role/{}", "ROLE_NAME"),
        ],
    ),
    field(TASK, "/taskRoleArn", &[("{}", "ROLE"), ("arn:{}:iam::100200300400:role/web", "PARTITION_ID")]),
    field(TASK, "/containerDefinitions/0/name", &[("{}", "CONTAINER_NAME")]),
    field(
        TASK,
        "/containerDefinitions/0/image",
        &[
            ("{}", "IMAGE"),
            ("{}:1.4.2", "REPO_URI"),
            ("registry.example/web:{}", "IMAGE_TAG"),
            ("registry.example/{}:1.4.2", "REPOSITORY"),
            ("{}.dkr.ecr.eu-west-1.amazonaws.com/web:1.4.2", "AWS_ACCOUNT_ID"),
            ("100200300400.dkr.ecr.{}.amazonaws.com/web:1.4.2", "AWS_REGION"),
        ],
    ),
    field(TASK, "/containerDefinitions/0/memory", &[("{}", "CONTAINER_MEMORY")]),
    field(TASK, "/containerDefinitions/0/portMappings/0/containerPort", &[("{}", "PORT")]),
    field(TASK, "/containerDefinitions/0/portMappings", &[("{}", "PORT_MAPPINGS")]),
    field(
        TASK,
        "/containerDefinitions/0/environmentFiles/0/value",
        &[("{}", "ENV_FILE"), ("arn:aws:s3:::{}/web.env", "CONFIG_BUCKET")],
    ),
    field(
        TASK,
        "/containerDefinitions/0/secrets/0/valueFrom",
        &[
            ("{}", "SECRET_ARN"),
            ("arn:aws:ssm:{}:100200300400:parameter/web", "REGION"),
            ("arn:aws:ssm:eu-west-1:{}:parameter/web", "ACCOUNT"),
            ("arn:aws:secretsmanager:eu-west-1:100200300400:secret:{}", "SECRET_NAME"),
        ],
    ),
    field(TASK, "/containerDefinitions/0/mountPoints/0/sourceVolume", &[("{}", "APP_NAME")]),
    field(
        TASK,
        "/containerDefinitions/0/logConfiguration/options/awslogs-group",
        &[("{}", "LOG_GROUP"), ("/ecs/{}", "APP_NAME")],
    ),
    field(
        TASK,
        "/containerDefinitions/0/logConfiguration/options/awslogs-region",
        &[("{}", "AWS_REGION"), ("{}", "REGION")],
    ),
    field(
        TASK,
        "/containerDefinitions/0/logConfiguration/options/awslogs-stream-prefix",
        &[("{}", "PREFIX_NAME")],
    ),
    field(
        TASK,
        "/volumes/0/efsVolumeConfiguration/fileSystemId",
        &[("{}", "EFS_ID"), ("fs-{}", "INPUT_EFS_ID")],
    ),
    field(SERVICE, "/serviceName", &[("{}", "SERVICE_NAME")]),
    field(SERVICE, "/cluster", &[("{}", "CLUSTER"), ("arn:aws:ecs:eu-west-1:{}:cluster/main", "ACCOUNT_ID")]),
    field(
        SERVICE,
        "/taskDefinition",
        &[("{}", "TASK_DEFINITION"), ("web:{}", "REVISION"), ("{}:7", "TASK_FAMILY")],
    ),
    field(SERVICE, "/desiredCount", &[("{}", "DESIRED_COUNT")]),
    field(
        SERVICE,
        "/networkConfiguration/awsvpcConfiguration/subnets/0",
        &[("{}", "SUBNET_1"), ("subnet-{}", "PRIVATE_SUBNET_ID")],
    ),
    field(SERVICE, "/networkConfiguration/awsvpcConfiguration/subnets", &[("{}", "SUBNETS")]),
    field(
        SERVICE,
        "/networkConfiguration/awsvpcConfiguration/securityGroups/0",
        &[("{}", "SECURITY_GROUP"), ("sg-{}", "GROUP")],
    ),
    field(
        SERVICE,
        "/loadBalancers/0/targetGroupArn",
        &[
            ("{}", "TARGET_GROUP_ARN"),
            ("arn:aws:elasticloadbalancing:{}:100200300400:targetgroup/web/73e2d6bc24d8a067", "AWS_REGION"),
            ("arn:aws:elasticloadbalancing:eu-west-1:100200300400:targetgroup/web/{}", "TARGET_GROUP_ID"),
        ],
    ),
    field(SERVICE, "/loadBalancers/0/containerName", &[("{}", "CONTAINER_NAME")]),
    field(SERVICE, "/loadBalancers/0/containerPort", &[("{}", "CONTAINER_PORT")]),
    field(SERVICE, "/serviceConnectConfiguration/namespace", &[("{}", "NAMESPACE_NAME")]),
    field(SERVICE, "/deploymentConfiguration/deploymentCircuitBreaker/enable", &[("{}", "ENABLE_BREAKER")]),
    field(
        ACTION,
        "/ResourceId",
        &[("{}", "RESOURCE_ID"), ("service/{}/web", "CLUSTER"), ("service/main/{}", "SERVICE_NAME")],
    ),
    field(ACTION, "/Schedule", &[("{}", "CRON_EXPRESSION"), ("cron({})", "SCHEDULE_TIME")]),
    field(ACTION, "/StartTime", &[("{}", "START_TIME")]),
    field(ACTION, "/ScalableTargetAction/MaxCapacity", &[("{}", "MAX_CAPACITY")]),
    field(ACTION, "/ScheduledActionName", &[("{}", "ACTION_NAME")]),
];

/// Fields that contain a word of the API, which cannot be told apart from the name of a variable.
const CHOICES: &[(&str, &str)] = &[
    (TASK, "/networkMode"),
    (TASK, "/requiresCompatibilities/0"),
    (TASK, "/containerDefinitions/0/logConfiguration/logDriver"),
    (SERVICE, "/launchType"),
    (ACTION, "/ScalableDimension"),
];

/// What the user has to replace, in any field.
const STAND_INS: &[&str] = &[
    "YOUR_VALUE",
    "your-value",
    "yourbucket",
    "my-value-here",
    "PLACEHOLDER_VALUE",
    "placeholder",
    "REPLACE_ME",
    "REPLACE-WITH-YOURS",
    "replaced-by-ci",
    "changeme",
    "FILL_ME_IN",
    "SET_BY_PIPELINE",
    "TODO",
    "TBD",
    "xxxxxxxx",
    "XXXX",
    "...",
    "…",
    "***",
    "[value]",
    "[your value]",
    "<your-value>",
    "{INSERT VALUE}",
];

/// The same, unmistakable in any field.
const UNMISTAKABLE: &[&str] = &[
    "YOUR_VALUE",
    "my-value-here",
    "PLACEHOLDER_VALUE",
    "REPLACE_ME",
    "REPLACE_WITH_YOURS",
    "changeme",
    "FILL_ME_IN",
    "SET_BY_PIPELINE",
    "<your-value>",
    "[your value]",
    "{INSERT VALUE}",
];

/// What a tool fills in.
const HOLES: &[&str] = &[
    "${X}",
    "$X",
    "$(X)",
    "$(get value --from here)",
    "$[variables.x]",
    "${{ vars.X }}",
    "{{ x }}",
    "{% x %}",
    "<%= x %>",
    "<%= x[\"y\"] %>",
    "{x}",
    "<X>",
    "<a value>",
    "%X%",
    "%%XY%%",
    "#X#",
    "#{X}#",
    "__X__",
    "@X@",
    "@@XY@@",
    "@(x)",
    "@{x}",
    "(( grab x ))",
    "((x))",
    "[[X]]",
    "~X~",
    "|X|",
    "`value`",
    "'$X'",
    "'${X}'",
    "'\"${X}\"'",
];

/// What a failed substitution leaves.
const UNSET: &[&str] = &["undefined", "null", "None", "nil", "NaN", "<no value>", "[object Object]"];

/// Account IDs from documentation.
const ACCOUNTS: &[&str] = &["012345678910", "111111111111", "123456789012", "111122223333", "000000000000"];

/// What a linter reports about a document: the rules, and the report.
fn lint(linter: &Linter, text: &str) -> (Vec<&'static str>, String) {
    let outcome = linter.lint(&Texts::new([("document.json", text)]));
    let rules = outcome.findings.iter().map(|finding| linter.registry().get(finding.rule).id);
    (rules.collect(), report(linter, &outcome))
}

/// The document with another value in a field.
fn with(document: &str, pointer: &str, value: &str) -> String {
    let mut document: Value = serde_json::from_str(document).expect("the document is JSON");
    *document.pointer_mut(pointer).expect("the field is there") = value.into();
    document.to_string()
}

/// Compares the findings in a document with those when everything is right.
struct Trial {
    linter: Linter,
    faults: Vec<String>,
}

impl Trial {
    fn new() -> Trial {
        let linter = Linter::new(Registry::default(), Settings::default());
        Trial { linter, faults: Vec::new() }
    }

    /// Expects that a value in a field is reported by one rule, or by none, and that nothing else is new.
    fn expect(&mut self, document: &str, pointer: &str, value: &str, rule: Option<&str>) {
        let (before, _) = lint(&self.linter, document);
        let text = with(document, pointer, value);
        let (after, report) = lint(&self.linter, &text);
        let mut new: Vec<&str> = after.clone();
        for old in before {
            if let Some(at) = new.iter().position(|id| *id == old) {
                new.swap_remove(at);
            }
        }
        if new != rule.into_iter().collect::<Vec<_>>() {
            self.faults.push(format!("{pointer} = {value}: {new:?} instead of {rule:?}\n{report}"));
        }
    }

    fn finish(self) {
        let (count, first) = (self.faults.len(), self.faults.iter().take(12).cloned());
        assert!(count == 0, "{count} faults:\n\n{}", first.collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn whoever_has_to_replace_a_value_is_told_so_once() {
    let mut trial = Trial::new();
    for Field { document, pointer, forms } in FIELDS {
        for (form, variable) in *forms {
            for text in STAND_INS.iter().chain([variable]) {
                trial.expect(document, pointer, &form.replace("{}", text), Some("unresolved-sample-value"));
            }
        }
    }
    for (document, pointer) in CHOICES {
        for text in STAND_INS {
            trial.expect(document, pointer, text, Some("unresolved-sample-value"));
        }
    }
    trial.finish();
}

#[test]
fn what_a_tool_fills_in_is_nobody_s_fault() {
    let mut trial = Trial::new();
    for Field { document, pointer, forms } in FIELDS {
        for (form, _) in *forms {
            for text in HOLES {
                trial.expect(document, pointer, &form.replace("{}", text), None);
            }
        }
    }
    for (document, pointer) in CHOICES {
        HOLES.iter().for_each(|text| trial.expect(document, pointer, text, None));
    }
    trial.finish();
}

#[test]
fn a_failed_substitution_is_told_once() {
    let mut trial = Trial::new();
    for Field { document, pointer, forms } in FIELDS {
        for (form, _) in *forms {
            // A part of a word, and the name of a secret, may be anything.
            let is_part = form.split([':', '/', '.']).any(|part| part == "{}");
            if is_part && !form.contains(":secret:") {
                for text in UNSET {
                    let value = form.replace("{}", text);
                    trial.expect(document, pointer, &value, Some("unresolved-variable"));
                }
            }
        }
    }
    trial.finish();
}

#[test]
fn an_account_of_documentation_hides_nothing_else() {
    let mut trial = Trial::new();
    let places = [
        (TASK, "/executionRoleArn", "arn:aws:iam::{}:role/web"),
        (TASK, "/containerDefinitions/0/image", "{}.dkr.ecr.eu-west-1.amazonaws.com/web:1.4.2"),
        (TASK, "/containerDefinitions/0/secrets/0/valueFrom", "arn:aws:ssm:eu-west-1:{}:parameter/web"),
        (TASK, "/containerDefinitions/0/environment/0/value", "arn:aws:sqs:eu-west-1:{}:orders"),
        (SERVICE, "/cluster", "arn:aws:ecs:eu-west-1:{}:cluster/main"),
        (SERVICE, "/taskDefinition", "arn:aws:ecs:eu-west-1:{}:task-definition/web:7"),
        (
            SERVICE,
            "/loadBalancers/0/targetGroupArn",
            "arn:aws:elasticloadbalancing:eu-west-1:{}:targetgroup/web/73e2d6bc24d8a067",
        ),
    ];
    for (document, pointer, form) in places {
        for account in ACCOUNTS {
            trial.expect(document, pointer, &form.replace("{}", account), Some("unresolved-sample-value"));
        }
    }
    trial.finish();
    let image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web";
    let text = with(TASK, "/containerDefinitions/0/image", image);
    let (rules, report) = lint(&crate::support::linter(&[]), &text);
    assert!(rules.contains(&"unpinned-image") && rules.contains(&"unresolved-sample-value"), "{report}");
}

#[test]
fn in_prose_only_the_unmistakable_counts() {
    let mut trial = Trial::new();
    let places = [
        "/containerDefinitions/0/environment/0/value",
        "/containerDefinitions/0/command/1",
        "/containerDefinitions/0/dockerLabels/team",
    ];
    for pointer in places {
        for text in UNMISTAKABLE {
            trial.expect(TASK, pointer, text, Some("unresolved-sample-value"));
        }
        for text in
            HOLES.iter().chain(&["TASK_CPU", "your-value", "TODO", "xxxx", "[value]", "None", "undefined"])
        {
            trial.expect(TASK, pointer, text, None);
        }
    }
    trial.finish();
}

/// Values that look like a placeholder but can be meant as they are.
#[test]
fn what_only_looks_like_one_is_known() {
    let mut trial = Trial::new();
    for (document, pointer, value, rule) in [
        (TASK, "/family", "WEB_API", None),
        (TASK, "/cpu", "0.25 VCPU", None),
        (TASK, "/memory", "0.5 GB", None),
        (TASK, "/executionRoleArn", "arn:aws:iam::100200300400:role/ECS_TASK_EXECUTION_ROLE", None),
        (TASK, "/containerDefinitions/0/image", "registry.example/your_/web:RELEASE_42", None),
        (TASK, "/containerDefinitions/0/image", "registry.example/account/region:LATEST_1", None),
        (TASK, "/containerDefinitions/0/environment/0/name", "YOUR_NAME", None),
        (TASK, "/containerDefinitions/0/secrets/0/valueFrom", "DB_PASSWORD", None),
        (TASK, "/containerDefinitions/0/secrets/0/valueFrom", "/PROD/SNS_TOPIC_ARN", None),
        (TASK, "/containerDefinitions/0/secrets/0/valueFrom", "/web/null", None),
        (TASK, "/containerDefinitions/0/logConfiguration/options/awslogs-group", "/ECS/WEB_API", None),
        (SERVICE, "/cluster", "PROD_CLUSTER", None),
        (SERVICE, "/taskDefinition", "WEB_API:7", None),
        (SERVICE, "/serviceName", "find-and-replace", None),
        (ACTION, "/ResourceId", "service/PROD_CLUSTER/WEB_API", None),
        // A misspelled word of the API is still reported, and so is an invalid value.
        (TASK, "/requiresCompatibilities/0", "FARGAT", Some("invalid-value")),
        (TASK, "/requiresCompatibilities/0", "EC_2", Some("invalid-value")),
        (TASK, "/networkMode", "AWS_VPC", Some("invalid-value")),
        (SERVICE, "/launchType", "FARGATE_SPOT", Some("invalid-value")),
        (TASK, "/family", "my web", Some("invalid-value")),
        (SERVICE, "/taskDefinition", "web:LATEST", Some("invalid-task-definition-reference")),
        (TASK, "/containerDefinitions/0/memory", "lots", Some("wrong-type")),
    ] {
        trial.expect(document, pointer, value, rule);
    }
    trial.finish();
}

/// Every field of the schemas has its row in the table of what fields expect, and the right one.
#[test]
fn every_field_is_known_to_want_something() {
    let mut faults = Vec::new();
    for (name, text) in schema::TEXTS {
        let schema: Value = serde_json::from_str(text).expect("a schema is JSON");
        walk(&schema, "", &mut |under, key, field| {
            let items = std::iter::successors(Some(field), |list| list.get("items"));
            let innermost = items.last().expect("the field itself");
            let is_text = innermost.get("type").is_some_and(|own| *own == "string");
            let is_enumeration = is_text && innermost.get("enum").is_some();
            let wanted = wants(under, key);
            let is_right = match wanted {
                None => false,
                Some(Wants::Choice) => is_text,
                Some(Wants::Reference) => !is_enumeration,
                Some(_) => !is_enumeration,
            };
            if !is_right {
                faults.push(format!("{name}: {under}.{key} wants {wanted:?}"));
            }
        });
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "rules/data/field-wants.tsv lacks them:\n{}", faults.join("\n"));
}

/// Visits the fields of a schema, each with the key that its object is under.
fn walk<'s>(schema: &'s Value, under: &'s str, visit: &mut impl FnMut(&'s str, &'s str, &'s Value)) {
    if let Some(items) = schema.get("items") {
        walk(items, under, visit);
    }
    for (key, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        visit(under, key, field);
        walk(field, key, visit);
    }
    if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
        visit(under, "any", values);
    }
}

/// The CPU time of this thread, if the system reports it: other work does not count.
fn time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Searching a text takes about as long as searching its parts, whatever it consists of, and not as many
/// times longer as it has parts.
#[test]
fn no_text_is_searched_again_and_again() {
    const PARTS: usize = 16;
    let search = |text: &str, times: usize| {
        let start = time();
        for _ in 0..times {
            for wants in [Wants::Reference, Wants::Environment] {
                let _ = find_all(text, wants == Wants::Image, || wants);
            }
            let _ = unquoted(text);
        }
        time() - start
    };
    for piece in [
        "{", "[", "(", "<", "${", "#{", "$(", "{{", "[[", "((", "@", "~a", "|a", "`", "__A", "%A", "x", ".",
        "your", "A_", "<your ", "[a", "{:}", "<\"", "arn:", "/", ":", "-", "here-", "undefine", "1",
    ] {
        let part = piece.repeat(2_000 / piece.len());
        let (parts, whole) = (search(&part, PARTS), search(&part.repeat(PARTS), 1));
        assert!(whole < parts * 4 + Duration::from_millis(30), "{piece}: {parts:?}, but {whole:?}");
    }
}

/// A comment that is named after a field replaces it.
#[test]
fn a_comment_in_the_place_of_a_field_is_told_once() {
    let linter = Linter::new(Registry::default(), Settings::default());
    for (document, field, comment) in [
        (TASK, "\"image\": ", "\"#image\": "),
        (TASK, "\"family\": ", "\"_family\": "),
        (TASK, "\"name\": \"app\"", "\"// name\": \"app\""),
        (TASK, "\"executionRoleArn\": ", "\"_comment_executionRoleArn\": "),
        (TASK, "\"logDriver\": ", "\"//logDriver\": "),
        (TASK, "\"fileSystemId\": ", "\"_comment-fileSystemId\": "),
        (SERVICE, "\"targetGroupArn\": ", "\"// targetGroupArn\": "),
        (SERVICE, "\"containerName\": ", "\"# containerName\": "),
        (SERVICE, "\"containerPort\": ", "\"_containerPort\": "),
        (SERVICE, "\"subnets\": ", "\"_comment_subnets\": "),
        (ACTION, "\"ResourceId\": ", "\"// ResourceId\": "),
    ] {
        let (before, _) = lint(&linter, document);
        let (after, report) = lint(&linter, &document.replacen(field, comment, 1));
        let mut new: Vec<&str> = after.into_iter().filter(|rule| !before.contains(rule)).collect();
        new.retain(|rule| *rule != "missing-task-role");
        assert_eq!(new, ["unknown-field"], "{comment}\n{report}");
    }
}

/// What the AWS CLI prints for a field with `--generate-cli-skeleton`; for an enumeration it picks a word at
/// random, here the first or the last.
fn printed(field: &Value, takes_last: bool) -> Value {
    let inner = |value: &Value| printed(value, takes_last);
    if let Some(words) = field.get("enum").and_then(Value::as_array) {
        let word = if takes_last { words.last() } else { words.first() };
        return word.cloned().expect("an enumeration has words");
    }
    match field.get("type") {
        Some(Value::Array(_)) => "1970-01-01T00:00:00".into(),
        Some(name) if *name == "object" => match field.get("properties").and_then(Value::as_object) {
            Some(fields) => fields.iter().map(|(key, field)| (key.clone(), inner(field))).collect(),
            None => serde_json::json!({ "KeyName": inner(&field["additionalProperties"]) }),
        },
        Some(name) if *name == "array" => vec![inner(&field["items"])].into(),
        Some(name) if *name == "integer" => 0.into(),
        Some(name) if *name == "number" => 0.0.into(),
        Some(name) if *name == "boolean" => true.into(),
        Some(_) => "".into(),
        None => Value::Null,
    }
}

#[test]
fn a_printed_skeleton_is_told_once() {
    let linter = Linter::new(Registry::default(), Settings::default());
    let requests = [
        "task-definition",
        "create-service",
        "update-service",
        "create-task-set",
        "scalable-target",
        "scaling-policy",
        "scheduled-action",
    ];
    for name in requests {
        let (_, text) = schema::TEXTS.iter().find(|(other, _)| *other == name).expect("a schema");
        let schema: Value = serde_json::from_str(text).expect("a schema is JSON");
        let printed = [printed(&schema, false), printed(&schema, true)];
        let filled = printed.iter().filter(|skeleton| skeleton.get("ServiceNamespace").is_some()).flat_map(
            |skeleton| {
                let (mut some, mut more) = (skeleton.clone(), skeleton.clone());
                some["ServiceNamespace"] = "ecs".into();
                more["ServiceNamespace"] = "ecs".into();
                more["ScalableDimension"] = "ecs:service:DesiredCount".into();
                [some, more]
            },
        );
        for skeleton in printed.iter().cloned().chain(filled) {
            let (rules, report) = lint(&linter, &format!("{skeleton:#}"));
            assert_eq!(rules, ["unresolved-skeleton"], "{name}\n{report}");
        }
    }
}
