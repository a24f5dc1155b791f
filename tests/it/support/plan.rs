//! Documents in the API's form, written as `terraform show -json` prints the plan of a module.
//!
//! The provider fills in its defaults, and knows some values only after the plan was applied; the configuration says
//! what was written.

use std::ops::Range;

use ecs_lint::internals::{Cut, Kind, Node};
use ecs_lint::linter::Linter;
use serde_json::{Map, Value, json};

use super::template::{Field, Why, documents};
use super::terraform::{Content, Entry, Module, Pair, entries_of, resource_type};

/// What the provider fills in.
const DEFAULTS: &[(&str, &[(&str, &str)])] = &[
    (
        "aws_ecs_task_definition",
        &[
            ("skip_destroy", "false"),
            ("track_latest", "false"),
            ("ipc_mode", "null"),
            ("volume", "[]"),
            ("tags", "null"),
        ],
    ),
    (
        "aws_ecs_service",
        &[
            ("alarms", "[]"),
            ("deployment_maximum_percent", "200"),
            ("deployment_minimum_healthy_percent", "100"),
            ("enable_ecs_managed_tags", "false"),
            ("enable_execute_command", "false"),
            ("health_check_grace_period_seconds", "null"),
            ("load_balancer", "[]"),
            ("scheduling_strategy", "\"REPLICA\""),
            ("sigint_rollback", "false"),
            ("wait_for_steady_state", "false"),
        ],
    ),
    ("aws_ecs_task_set", &[("force_delete", "null"), ("wait_until_stable", "false")]),
    ("aws_appautoscaling_target", &[("suspended_state", "[]")]),
    ("aws_appautoscaling_policy", &[("step_scaling_policy_configuration", "[]")]),
    ("aws_appautoscaling_scheduled_action", &[("timezone", "\"UTC\"")]),
];

/// What is known after the plan was applied.
const COMPUTED: &[&str] = &[
    "arn",
    "availability_zone_rebalancing",
    "deployment_configuration",
    "enable_fault_injection",
    "iam_role",
    "id",
    "launch_type",
    "network_mode",
    "platform_version",
    "revision",
    "role_arn",
    "tags_all",
    "triggers",
];

/// Writes the documents of some files as one plan. `reader` tells which documents there are.
pub fn plan(files: &[(String, String)], reader: &Linter) -> Result<Module, Why> {
    let (trees, parts) = documents(files, reader)?;
    let folder = |name: &str| name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut folders: Vec<String> = parts.iter().map(|part| folder(&files[part.file].0)).collect();
    folders.dedup();
    let [folder] = folders.as_slice() else { return Err(Why::Kind("several folders")) };
    let mut writer = Writer { text: String::new(), file: 0, origins: Vec::new() };
    writer.text.push_str("{\"format_version\": \"1.2\", \"terraform_version\": \"1.11.4\", \"planned_values\": {\"root_module\": {\"resources\": [\n");
    let (mut changes, mut config) = (Vec::new(), Vec::new());
    for (at, part) in parts.iter().enumerate() {
        let of_type = resource_type(part.kind).expect("the kind was asked before");
        let root = trees[part.file].node(part.root);
        let entries = entries_of(root, part.kind);
        let address = format!("{of_type}.r{at}");
        writer.file = part.file;
        writer.text.push_str(if at == 0 { "" } else { ",\n" });
        let start = writer.text.len();
        writer.text.push_str(&format!(
            "{{\"address\": \"{address}\", \"mode\": \"managed\", \"type\": \"{of_type}\", \"name\": \"r{at}\", \"values\": "
        ));
        writer.resource(of_type, &entries);
        writer.text.push_str(", \"sensitive_values\": {}}");
        writer.note(start, root);
        let has = |name: &str| entries.iter().any(|entry| entry.name == name);
        let unknown = COMPUTED.iter().filter(|name| !has(name));
        let unknown: Map<String, Value> = unknown.map(|name| ((*name).to_owned(), json!(true))).collect();
        changes
            .push(json!({"address": address, "change": {"actions": ["create"], "after_unknown": unknown}}));
        config.push(json!({"address": address, "mode": "managed", "type": of_type, "name": format!("r{at}"), "expressions": expressions(&entries)}));
    }
    writer.text.push_str(&format!(
        "\n]}}}}, \"resource_changes\": {}, \"configuration\": {}, \"complete\": true}}\n",
        Value::from(changes),
        json!({"root_module": {"resources": config}})
    ));
    let mut plan =
        Module { files: vec![(format!("{folder}plan.json"), writer.text)], origins: vec![writer.origins] };
    for (name, text) in files.iter().filter(|(name, _)| name == ecs_lint::inputs::SETTINGS_FILE) {
        plan.files.push((name.clone(), text.clone()));
        plan.origins.push(Vec::new());
    }
    Ok(plan)
}

/// What the configuration in a plan says about a block.
fn expressions(entries: &[Entry]) -> Value {
    let expression = |entry: &Entry| match &entry.value {
        Content::Blocks(blocks) => blocks.iter().map(|(_, entries)| expressions(entries)).collect(),
        _ => json!({"constant_value": "x"}),
    };
    entries.iter().map(|entry| (entry.name.clone(), expression(entry))).collect()
}

struct Writer {
    text: String,
    file: usize,
    origins: Vec<(Range<usize>, Field)>,
}

impl Writer {
    fn note(&mut self, start: usize, node: Node) {
        self.origins.push((start..self.text.len(), (self.file, node.pointer())));
    }

    fn resource(&mut self, of_type: &str, entries: &[Entry]) {
        self.text.push('{');
        let defaults = DEFAULTS.iter().find(|(own, _)| *own == of_type).map_or(&[][..], |(_, all)| *all);
        for (name, value) in
            defaults.iter().filter(|(name, _)| !entries.iter().any(|entry| entry.name == *name))
        {
            self.text.push_str(&format!("\"{name}\": {value}, "));
        }
        self.entries(entries);
        self.text.push('}');
    }

    fn entries(&mut self, entries: &[Entry]) {
        for (at, Entry { name, value, of }) in entries.iter().enumerate() {
            self.text.push_str(if at == 0 { "\n" } else { ",\n" });
            let start = self.text.len();
            self.text.push_str(&format!("\"{name}\": "));
            match value {
                Content::Blocks(blocks) => {
                    self.text.push('[');
                    for (at, (block, entries)) in blocks.iter().enumerate() {
                        self.text.push_str(if at == 0 { "" } else { ", " });
                        let start = self.text.len();
                        self.text.push('{');
                        self.entries(entries);
                        self.text.push('}');
                        self.note(start, *block);
                    }
                    self.text.push(']');
                }
                Content::Plain(node, Some("string")) if matches!(node.kind(), Kind::Number | Kind::Bool) => {
                    let text = node.tree().source.slice(node.span());
                    self.text.push_str(&format!("\"{text}\""));
                }
                Content::Plain(node, _) => self.value(*node),
                Content::Flag(flag) => self.text.push_str(&flag.to_string()),
                Content::Containers(list) => self.containers(*list),
                Content::Pairs(pairs) => {
                    self.text.push('{');
                    for (at, pair) in pairs.iter().enumerate() {
                        self.text.push_str(if at == 0 { "" } else { ", " });
                        self.pair(pair);
                    }
                    self.text.push('}');
                }
            }
            self.note(start, *of);
        }
    }

    fn pair(&mut self, pair: &Pair) {
        let start = self.text.len();
        for (part, end) in [(pair.key, ": "), (pair.value, "")] {
            match part {
                Some(part) => self.value(part),
                None => self.text.push_str("\"\""),
            }
            self.text.push_str(end);
        }
        self.note(start, pair.of);
    }

    /// The containers as JSON in a string, as they are written.
    fn containers(&mut self, list: Node) {
        self.text.push('"');
        let written = list.tree().source.slice(list.span());
        let from = list.span().start as usize;
        let mut starts = Vec::new();
        for letter in written.chars() {
            let escaped = Value::from(letter.to_string()).to_string();
            starts.extend(std::iter::repeat_n(self.text.len(), letter.len_utf8()));
            self.text.push_str(escaped.cut(1..escaped.len() - 1));
        }
        starts.push(self.text.len());
        self.text.push('"');
        for node in list.descendants() {
            let own = node.key().map_or(node.span().start, |key| key.span().start) as usize;
            let range = starts[own - from]..starts[node.span().end as usize - from];
            self.origins.push((range, (self.file, node.pointer())));
        }
    }

    fn value(&mut self, node: Node) {
        let start = self.text.len();
        match node.kind() {
            Kind::Object => {
                self.text.push('{');
                for (at, (key, value)) in node.members().enumerate() {
                    self.text.push_str(if at == 0 { "" } else { ", " });
                    let start = self.text.len();
                    self.text.push_str(&Value::from(key.text()).to_string());
                    self.text.push_str(": ");
                    self.value(value);
                    self.note(start, value);
                }
                self.text.push('}');
            }
            Kind::List => {
                self.text.push('[');
                for (at, item) in node.items().enumerate() {
                    self.text.push_str(if at == 0 { "" } else { ", " });
                    self.value(item);
                }
                self.text.push(']');
            }
            Kind::Text => self.text.push_str(&Value::from(node.text()).to_string()),
            _ => self.text.push_str(node.tree().source.slice(node.span())),
        }
        self.note(start, node);
    }
}
