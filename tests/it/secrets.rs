//! No report shows a secret: a value is planted wherever values are known to leak, and looked for in
//! every format, in patches and on standard error.

use std::fs;

use ecs_lint::report::FORMATS;
use serde_json::json;

use crate::support::program::{Folder, Run};
use crate::support::yaml::{STYLES, yaml};

/// A value that cannot be in a report by chance.
const PLANTED: &str = "hunter2Zx9";
/// One that is a number, and one of letters alone.
const OTHERS: [&str; 2] = ["918273645", "correcthorse"];

/// A key as AWS makes them, put together here so that no whole one is written.
fn access_key() -> String {
    format!("AKIA{}", "R5VTJ2HB".repeat(2))
}

/// Texts with a secret in each of them, in the place of `@`, and faults on its line and beside it.
const TEXTS: &[(&str, &str)] = &[
    ("pair", r#""environment": [{ "name": "DB_PASSWORD", "value": "@", "valu": 1 }]"#),
    (
        "pair, another fault on the line",
        r#""environment": [{ "name": "API_TOKEN", "value": "@" }], "memory": "128""#,
    ),
    ("pair with capitals", r#""environment": [{ "Name": "DB_PASSWORD", "Value": "@" }]"#),
    ("object", r#""environment": { "DB_PASSWORD": "@" }"#),
    ("object of several", r#""environment": { "A": "b", "dbPassword": "@", "C": "d" }"#),
    ("strings", r#""environment": ["DB_PASSWORD=@", "A=b"]"#),
    ("strings with blanks", r#""environment": ["DB_PASSWORD=a @", "A=b"]"#),
    ("number", r#""environment": [{ "name": "PIN_SECRET", "value": 918273645 }]"#),
    ("number in an object", r#""environment": { "PIN_SECRET": 918273645 }"#),
    ("number under a name that says little", r#""environment": [{ "name": "UNLOCK", "value": 918273645 }]"#),
    ("number as a label", r#""dockerLabels": { "door": 918273645 }"#),
    (
        "number as an option",
        r#""logConfiguration": { "logDriver": "splunk", "options": { "splunk-token": 918273645, "splunk-index": 918273645 } }"#,
    ),
    ("letters", r#""environment": [{ "name": "PRIVATE_KEY", "value": ["correcthorse"] }]"#),
    ("letters in an object", r#""environment": { "PRIVATE_KEY": "correcthorse" }, "memory": "128""#),
    ("command as one string", r#""command": "serve --password @ --port 80""#),
    ("variable in a command as one string", r#""command": "DB_PASSWORD=@ serve""#),
    ("command", r#""command": ["serve", "--api-key=@"], "cpu": "12""#),
    ("words of a command", r#""command": ["serve", "--api-key", "@"], "cpu": "12""#),
    ("shell", r#""command": ["sh", "-c", "export TOKEN='@' && exec serve"], "cpu": "12""#),
    (
        "health check",
        r#""healthCheck": { "command": ["CMD-SHELL", "curl -H 'Authorization: token' http://web:@@localhost || exit 1"], "interval": "5" }"#,
    ),
    ("url", r#""environment": [{ "name": "DATABASE_URL", "value": "postgres://web:@@db/web", "x": 1 }]"#),
    ("url as a wrong value", r#""image": ["postgres://web:@@db/web"]"#),
    (
        "option of a log driver",
        r#""logConfiguration": { "logDriver": "splunk", "options": { "splunk-token": "@", "splunk-url": 1 } }"#,
    ),
    ("label", r#""dockerLabels": { "app.secret": "@", "n": 1 }"#),
    ("unquoted", r#""environment": [{ "name": "DB_PASSWORD", "value": @ }]"#),
    ("unquoted in an object", r#""environment": { "DB_PASSWORD": @ }"#),
    ("single quotes", r#""environment": [{ "name": "DB_PASSWORD", "value": '@' }]"#),
    ("escapes", r#""environment": [{ "name": "DB_PASSWORD", "value": "\u0068unter2Zx9" }], "cpu": "12""#),
    ("comment", "// DB_PASSWORD=@\n\"cpu\": \"12\""),
    (
        "the same value again",
        r#""environment": [{ "name": "DB_PASSWORD", "value": "@" }, { "name": "A", "value": "@" }], "cpu": "12""#,
    ),
    (
        "the same value in the place of another",
        r#""environment": [{ "name": "DB_PASSWORD", "value": "@" }], "cpu": "@""#,
    ),
    ("secrets", r#""secrets": [{ "name": "DB_PASSWORD", "value": "@" }]"#),
    (
        "repeated",
        r#""environment": [{ "name": "DB_PASSWORD", "value": "@" }, { "name": "DB_PASSWORD", "value": "@" }]"#,
    ),
];

/// A task definition with something in its container.
fn task(member: &str) -> String {
    format!(
        "{{\n  \"family\": \"web\",\n  \"containerDefinitions\": [\n    {{\n      \"name\": \"app\",\n      \
         \"image\": \"app:1\",\n      {}\n    }}\n  ],\n  \"tags\": []\n}}\n",
        member.replace('@', PLANTED).replace(&PLANTED.repeat(2), &format!("{PLANTED}@"))
    )
}

/// Members of a container in YAML with a secret in each of them, in the place of `@`.
const YAML: &[(&str, &str)] = &[
    ("literal block", "environment:\n- name: DB_PASSWORD\n  value: |\n    @\n  valu: 1"),
    (
        "literal block of several lines",
        "environment:\n- name: PRIVATE_KEY\n  value: |\n    a\n    @\n    b\n  valu: 1",
    ),
    ("folded block", "environment:\n- name: DB_PASSWORD\n  value: >-\n    @\n    @\n  valu: 1"),
    ("text of several lines", "environment:\n- name: DB_PASSWORD\n  value: \"a\n    @\"\n  valu: 1"),
    ("plain text of several lines", "environment:\n- name: DB_PASSWORD\n  value: a\n    @\n  valu: 1"),
    ("single quotes", "environment:\n- {name: DB_PASSWORD, value: 'it''s @', valu: 1}"),
    ("number", "environment:\n- {name: PIN_SECRET, value: 918273645, valu: 1}"),
    ("script", "command:\n- sh\n- -c\n- |\n  export TOKEN='@'\n  exec serve\ncpu: \"12\""),
    ("alias", "environment:\n- &secret {name: DB_PASSWORD, value: @}\n- *secret\ncpu: \"12\""),
    ("tag", "environment:\n- name: DB_PASSWORD\n  value: !Sub \"@\"\n  valu: 1"),
    ("comment", "# DB_PASSWORD=@\ncpu: \"12\""),
    ("comment behind a value", "cpu: \"12\" # password: @"),
    ("mistake", "environment:\n- name: DB_PASSWORD\n  value: @: b"),
    ("mistake of indentation", "environment:\n- name: DB_PASSWORD\n  value: @\n cpu: 12"),
    ("tab", "environment:\n- name: DB_PASSWORD\n\tvalue: @"),
];

/// A task definition in YAML with something in its container.
fn yaml_task(member: &str) -> String {
    let member = member.replace('@', PLANTED).replace('\n', "\n    ");
    format!("family: web\ncontainerDefinitions:\n  - name: app\n    image: app:1\n    {member}\ntags: []\n")
}

/// All that the program says of a text, in every way there is.
fn told(folder: &Folder, text: &str) -> Vec<(String, String)> {
    told_of(folder, "task.json", text)
}

/// All that the program says of a text with a name.
fn told_of(folder: &Folder, file: &str, text: &str) -> Vec<(String, String)> {
    folder.write(file, text);
    let mut all = Vec::new();
    let mut add = |name: &str, run: Run| {
        assert!(run.status < 2 || name == "diff", "{name}: {run:?}");
        all.push((name.to_owned(), run.out + &run.err));
    };
    for format in FORMATS {
        add(format.name, folder.run(&["--profile", "audit", "--format", format.name, file]));
    }
    add("full", folder.run(&["--profile", "audit", "--full", "--color", "always", file]));
    add("diff", folder.run(&["--profile", "audit", "--diff", "--unsafe-fixes", file]));
    all
}

/// The lines of what is told that show something planted.
fn leaked(place: &str, name: &str, told: &str) -> Vec<String> {
    let all = [PLANTED].into_iter().chain(OTHERS).filter(|one| told.contains(one));
    let line = |one: &str| told.lines().find(|line| line.contains(one)).unwrap_or_default().to_owned();
    all.map(|one| format!("{place}, {name}: {}", line(one))).collect()
}

#[test]
fn nothing_that_is_planted_comes_up() {
    let folder = Folder::new("secrets");
    let mut leaks = Vec::new();
    for (place, member) in TEXTS {
        for (name, told) in told(&folder, &task(member)) {
            leaks.extend(leaked(place, &name, &told));
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}

#[test]
fn nothing_that_is_planted_comes_up_in_yaml() {
    let folder = Folder::new("secrets-yaml");
    let own = YAML.iter().map(|(place, member)| ((*place).to_owned(), yaml_task(member)));
    let of_json = TEXTS.iter().filter_map(|(place, member)| {
        let value = serde_json::from_str(&task(member)).ok()?;
        Some(STYLES.map(|style| (format!("{place}, {style:?}"), yaml(&value, style))))
    });
    let texts: Vec<(String, String)> = own.chain(of_json.flatten()).collect();
    let mut leaks = Vec::new();
    for (place, text) in &texts {
        for (name, told) in told_of(&folder, "task.yaml", text) {
            leaks.extend(leaked(place, &name, &told));
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    assert!(texts.len() > 60, "{}", texts.len());
}

/// A plan on one line, with containers, and with what Terraform marks as sensitive.
fn plan(containers: &str, family: &str, marks: &serde_json::Value) -> String {
    let values = json!({"family": family, "cpu": "12", "network_mode": "host", "requires_compatibilities": ["FARGATE"], "container_definitions": containers});
    let resource = json!({"address": "aws_ecs_task_definition.web", "mode": "managed", "type": "aws_ecs_task_definition", "name": "web", "values": values, "sensitive_values": marks});
    let root = json!({"root_module": {"resources": [resource]}});
    json!({"format_version": "1.2", "terraform_version": "1.11.4", "planned_values": root}).to_string()
}

#[test]
fn nothing_that_is_planted_comes_up_in_a_plan() {
    let folder = Folder::new("secrets-plan");
    let mut texts = Vec::new();
    // A number under a name that says little is converted there.
    for (place, member) in TEXTS.iter().filter(|(place, _)| !place.starts_with("number as")) {
        let task = task(member);
        let Ok(value) = serde_json::from_str::<serde_json::Value>(&task) else { continue };
        texts.push((*place, plan(&value["containerDefinitions"].to_string(), "web", &json!({}))));
        let list = task
            .split_once("\"containerDefinitions\":")
            .and_then(|(_, rest)| rest.split_once(",\n  \"tags\""));
        let (list, _) = list.expect("that is what it looks like");
        texts.push((*place, plan(list, "web", &json!({}))));
    }
    // Nothing but the mark tells that these are secrets.
    let containers = format!(
        r#"[{{"name": "app", "image": "app:{PLANTED}", "command": ["serve", "{PLANTED}"], "cpu": -1, "environment": [{{"name": "A", "value": "{PLANTED}"}}]}}]"#
    );
    texts.push(("marked", plan(&containers, "web", &json!({"container_definitions": true}))));
    texts.push(("marked name", plan("[]", PLANTED, &json!({"family": true}))));
    let mut leaks = Vec::new();
    for (place, text) in &texts {
        for (name, told) in told_of(&folder, "plan.json", text) {
            leaks.extend(leaked(place, &name, &told));
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    assert!(texts.len() > 50, "{}", texts.len());
}

/// A template and a module whose inputs have secrets as defaults, next to a default that is reported.
#[test]
fn nothing_that_is_planted_comes_up_in_a_default() {
    let folder = Folder::new("secrets-defaults");
    let template = format!(
        r#"Parameters:
  Start: {{Type: String, NoEcho: true, Default: "{PLANTED}"}}
  Cpu: {{Type: String, Default: "12"}}
  DbPassword: {{Type: String, Default: "{PLANTED}"}}
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Cpu: !Ref Cpu
      Memory: "512"
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions:
      - Name: app
        Image: app:1
        Command: [serve, !Ref Start]
        Environment: [{{Name: A, Value: !Ref DbPassword}}, {{Name: A, Value: !Ref Start}}]
"#
    );
    let module = format!(
        r#"variable "start" {{
  default   = "{PLANTED}"
  sensitive = true
}}
variable "cpu" {{ default = 12 }}
variable "db_password" {{ default = "{PLANTED}" }}
resource "aws_ecs_task_definition" "web" {{
  family                   = "web"
  cpu                      = var.cpu
  memory                   = 512
  requires_compatibilities = ["FARGATE"]
  container_definitions    = jsonencode([{{ name = "app", image = "app:1", cpu = -1, command = ["serve", var.start], environment = [{{ name = "A", value = var.db_password }}, {{ name = "A", value = var.start }}] }}])
}}
"#
    );
    for (file, text) in [("template.yaml", template), ("main.tf", module)] {
        let told = told_of(&folder, file, &text);
        assert!(told.iter().any(|(_, told)| told.contains("12")), "{told:?}");
        let leaks: Vec<String> = told.iter().flat_map(|(name, told)| leaked(file, name, told)).collect();
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    }
}

#[test]
fn tokens_of_known_forms_are_known_everywhere() {
    let folder = Folder::new("secrets-forms");
    let rest = "R5VTJ2HBr5vtj2hb".repeat(3);
    let tokens = [
        access_key(),
        format!("ghp_{rest}"),
        format!("xoxb-{rest}"),
        format!("sk_live_{rest}"),
        format!("eyJ{rest}.eyJ{rest}.{rest}"),
        format!("-----BEGIN RSA PRIVATE KEY-----\\n{rest}\\n-----END RSA PRIVATE KEY-----"),
    ];
    for token in tokens {
        let secret = if token.starts_with("AKIA") { "R5VTJ2HBR5VTJ2HB" } else { &rest };
        for member in [
            format!("\"command\": [\"{token}\"], \"cpu\": \"12\""),
            format!("\"environment\": [{{ \"name\": \"A\", \"value\": \"{token}\", \"x\": 1 }}]"),
            format!("\"{token}\": 1"),
            format!("\"image\": [\"{token}\"]"),
            format!("// {token}\n\"cpu\": \"12\""),
        ] {
            for (name, told) in told(&folder, &task(&member)) {
                let line = told.lines().find(|line| line.contains(secret));
                assert_eq!(line, None, "{member}, {name}");
            }
        }
    }
}

#[test]
fn what_is_no_secret_is_shown() {
    let folder = Folder::new("secrets-none");
    for value in [
        "${DB_PASSWORD}",
        "arn:aws:ssm:eu-west-1:111122223333:parameter/web",
        "changeme",
        "/prod/db/password",
    ] {
        folder.write("task.json", task(&format!("\"environment\": {{ \"DB_PASSWORD\": \"{value}\" }}")));
        let out = folder.run(&["task.json"]).out;
        assert!(out.contains(value), "{value}: {out}");
    }
    for name in ["DB_PASSWORD_FILE", "SECRET_ARN", "TOKEN_PATH", "SECRET_NAME", "GREETING"] {
        folder.write("task.json", task(&format!("\"environment\": {{ \"{name}\": \"Value7\" }}")));
        let out = folder.run(&["task.json"]).out;
        assert!(out.contains("Value7"), "{name}: {out}");
    }
}

/// A patch is of use as long as it hides nothing that is no secret.
#[test]
fn a_port_that_is_a_number_is_shown() {
    let folder = Folder::new("secrets-port");
    folder.write("task.json", task(r#""environment": [{ "name": "PORT", "value": 8080 }]"#));
    let diff = folder.run(&["--diff", "task.json"]);
    assert!(
        diff.out.contains("+      \"environment\": [{ \"name\": \"PORT\", \"value\": \"8080\" }]"),
        "{diff:?}"
    );
}

#[test]
fn a_weak_password_does_not_hide_the_names_of_other_things() {
    let folder = Folder::new("secrets-weak");
    let member = r#""environment": [{ "name": "POSTGRES_PASSWORD", "value": "app" }], "memory": "128""#;
    folder.write("task.json", task(member));
    let out = folder.run(&["--format", "json", "task.json"]).out;
    assert!(out.contains("containerDefinitions[app].memory"), "{out}");
}

#[test]
fn fixes_write_the_real_text_and_patches_say_that_they_cannot() {
    let folder = Folder::new("secrets-fix");
    let text = task(r#""environment": { "DB_PASSWORD": "@" }"#);
    folder.write("task.json", &text);
    let diff = folder.run(&["--diff", "task.json"]);
    assert_eq!(diff.status, 1, "{diff:?}");
    assert!(diff.out.contains("-      \"environment\": { \"DB_PASSWORD\": \"**********\" }"), "{}", diff.out);
    assert!(diff.out.contains("+      \"environment\":"), "{}", diff.out);
    assert!(
        diff.err.contains("task.json: stars stand for secrets in its patch, so it cannot be applied"),
        "{diff:?}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["--format", "json", "task.json"]).out).expect("JSON");
    let fixes: Vec<_> = json["findings"].as_array().expect("a list").iter().map(|one| &one["fix"]).collect();
    assert!(
        fixes.iter().any(|fix| fix["safety"] == "safe" && fix["edits"].as_array().is_some_and(Vec::is_empty))
    );
    assert!(folder.run(&["--fix", "task.json"]).status < 2);
    let fixed = fs::read_to_string(folder.0.join("task.json")).expect("a file");
    assert!(fixed.contains(&format!("\"value\": \"{PLANTED}\"")), "{fixed}");
}
