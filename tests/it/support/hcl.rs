//! Documents in the API's form, written as a Terraform module by the names of the provider.

use std::ops::Range;
use std::sync::Arc;

use ecs_lint::internals::{DocumentKind, Form, Kind, Node, ServiceForm, Tree};
use ecs_lint::linter::Linter;
use ecs_lint::schema;
use ecs_lint::source::SourceId;
use serde_json::Value;

use super::template::{Field, Part, Why, documents, schemas};

/// How `container_definitions` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Containers {
    /// As an expression.
    Encoded,
    /// As JSON in a heredoc.
    Heredoc,
}

/// Files whose documents are resources of a module.
#[derive(Debug, Default)]
pub struct Module {
    /// The files.
    pub files: Vec<(String, String)>,
    /// For each file, the places of values and where these were before.
    origins: Vec<Vec<(Range<usize>, Field)>>,
}

impl Module {
    /// Where the innermost value that holds a place was before.
    pub fn origin(&self, source: SourceId, place: Range<usize>) -> Option<&Field> {
        let here = self.origins.get(source.0 as usize)?;
        let holding = here.iter().filter(|(range, _)| range.start <= place.start && place.end <= range.end);
        holding.min_by_key(|(range, _)| range.len()).map(|(_, field)| field)
    }
}

/// The provider's names that are not those of the API in snake case.
const IRREGULAR: &[(&str, &str)] = &[
    ("clientAliases", "client_alias"),
    ("configuredAtLaunch", "configure_at_launch"),
    ("enableECSManagedTags", "enable_ecs_managed_tags"),
    ("filesystemType", "file_system_type"),
    ("issuerCertificateAuthority", "issuer_cert_authority"),
    ("lifecycleHooks", "lifecycle_hook"),
    ("loadBalancerName", "elb_name"),
    ("loadBalancers", "load_balancer"),
    ("managedEBSVolume", "managed_ebs_volume"),
    ("MetricDataQueries", "metric_data_query"),
    ("MetricSpecifications", "metric_specification"),
    ("placementStrategy", "ordered_placement_strategy"),
    ("PolicyName", "name"),
    ("role", "iam_role"),
    ("RoleARN", "role_arn"),
    ("ScheduledActionName", "name"),
    ("secretOptions", "secret_option"),
    ("serviceName", "name"),
    ("services", "service"),
    ("StepAdjustments", "step_adjustment"),
    ("volumeConfigurations", "volume_configuration"),
    ("volumes", "volume"),
];

/// What is beside `deployment_configuration`.
const OF_DEPLOYMENT: &[(&str, &str)] = &[
    ("alarms", "alarms"),
    ("deploymentCircuitBreaker", "deployment_circuit_breaker"),
    ("maximumPercent", "deployment_maximum_percent"),
    ("minimumHealthyPercent", "deployment_minimum_healthy_percent"),
];

fn resource_type(kind: DocumentKind) -> Option<&'static str> {
    Some(match kind {
        DocumentKind::TaskDefinition(Form::Input) => "aws_ecs_task_definition",
        DocumentKind::Service(ServiceForm::Create) => "aws_ecs_service",
        DocumentKind::Service(ServiceForm::TaskSet) => "aws_ecs_task_set",
        DocumentKind::ScalableTarget(Form::Input) => "aws_appautoscaling_target",
        DocumentKind::ScalingPolicy(Form::Input) => "aws_appautoscaling_policy",
        DocumentKind::ScheduledAction(Form::Input) => "aws_appautoscaling_scheduled_action",
        _ => return None,
    })
}

/// Writes the documents of some files as a module. `reader` tells which documents there are.
pub fn module(files: &[(String, String)], reader: &Linter, form: Containers) -> Result<Module, Why> {
    let (trees, parts) = documents(files, reader)?;
    let mut module = Module::default();
    for (file, (name, text)) in files.iter().enumerate() {
        if name == ecs_lint::inputs::SETTINGS_FILE {
            module.files.push((name.clone(), text.clone()));
            module.origins.push(Vec::new());
            continue;
        }
        if form == Containers::Heredoc && (text.contains("${") || text.contains("%{")) {
            return Err(Why::Syntax);
        }
        let mut writer = Writer { text: String::new(), file, form, origins: Vec::new() };
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.file == file) {
            writer.resource(at, part, &trees[file]);
        }
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        module.files.push((format!("{stem}.tf"), writer.text));
        module.origins.push(writer.origins);
    }
    Ok(module)
}

struct Writer {
    text: String,
    file: usize,
    form: Containers,
    origins: Vec<(Range<usize>, Field)>,
}

impl Writer {
    fn note(&mut self, start: usize, node: Node) {
        self.origins.push((start..self.text.len(), (self.file, node.pointer())));
    }

    fn resource(&mut self, at: usize, part: &Part, tree: &Arc<Tree>) {
        let name = resource_type(part.kind).expect("the kind was asked before");
        let root = tree.node(part.root);
        let start = self.text.len();
        self.text.push_str(&format!("resource \"{name}\" \"r{at}\" {{\n"));
        let named = schema::name_of(part.kind).expect("the kind is judged");
        let (_, schema) = schemas().iter().find(|(own, _)| *own == named).expect("there is a schema");
        self.members(root, Some(schema), part.kind);
        self.text.push_str("}\n\n");
        self.note(start, root);
    }

    fn members(&mut self, object: Node, schema: Option<&'static Value>, kind: DocumentKind) {
        for (key, value) in object.members() {
            self.member(key, value, schema, kind);
        }
    }

    fn member(&mut self, key: Node, value: Node, schema: Option<&'static Value>, kind: DocumentKind) {
        let below = schema.and_then(|schema| schema["properties"].get(key.text()));
        match (key.text(), value.kind()) {
            ("containerDefinitions", Kind::List) => self.containers(value),
            ("tags", Kind::List) if !kind.is_scaling() => self.pairs("tags", "key", value),
            ("properties", Kind::List) => self.pairs("properties", "name", value),
            ("host", Kind::Object) if value.get("sourcePath").is_some() => {
                for (_, path) in value.members() {
                    self.attribute("host_path", path);
                }
            }
            ("networkConfiguration", Kind::Object) => {
                let inner = below.and_then(|below| below["properties"].get("awsvpcConfiguration"));
                for (key, vpc) in value.members().filter(|(_, vpc)| vpc.kind() == Kind::Object) {
                    let name = if key.text() == "awsvpcConfiguration" {
                        "network_configuration"
                    } else {
                        key.text()
                    };
                    self.block(name, vpc, inner, kind);
                }
            }
            ("assignPublicIp", Kind::Text) if matches!(value.text(), "ENABLED" | "DISABLED") => {
                let start = self.text.len();
                let flag = value.text() == "ENABLED";
                self.text.push_str(&format!("assign_public_ip = {flag}\n"));
                self.note(start, value);
            }
            ("deploymentConfiguration", Kind::Object) => {
                let is_beside =
                    |key: &Node| OF_DEPLOYMENT.iter().find(|(api, _)| *api == key.text()).map(|(_, own)| own);
                for (key, inner) in value.members() {
                    let schema = below.and_then(|below| below["properties"].get(key.text()));
                    match (is_beside(&key), inner.kind()) {
                        (Some(name), Kind::Object) => self.block(name, inner, schema, kind),
                        (Some(name), _) => self.attribute(name, inner),
                        (None, _) => {}
                    }
                }
                if value.members().any(|(key, _)| is_beside(&key).is_none()) {
                    let start = self.text.len();
                    self.text.push_str("deployment_configuration {\n");
                    for (key, inner) in value.members().filter(|(key, _)| is_beside(key).is_none()) {
                        self.member(key, inner, below, kind);
                    }
                    self.text.push_str("}\n");
                    self.note(start, value);
                }
            }
            (_, Kind::Object) if below.is_some_and(is_closed) => {
                let name = name_of(key.text(), schema);
                self.block(&name, value, below, kind);
            }
            (_, Kind::List)
                if holds_objects(value) && below.is_some_and(|below| is_closed(&below["items"])) =>
            {
                let item = below.and_then(|below| below.get("items"));
                let start = self.text.len();
                let name = name_of(key.text(), schema);
                for item_value in value.items() {
                    self.block(&name, item_value, item, kind);
                }
                self.note(start, value);
            }
            _ => {
                let name = name_of(key.text(), schema);
                self.attribute(&name, value);
            }
        }
    }

    fn block(&mut self, name: &str, value: Node, schema: Option<&'static Value>, kind: DocumentKind) {
        let start = self.text.len();
        self.text.push_str(&format!("{name} {{\n"));
        self.members(value, schema, kind);
        self.text.push_str("}\n");
        self.note(start, value);
    }

    fn attribute(&mut self, name: &str, value: Node) {
        let start = self.text.len();
        self.text.push_str(name);
        self.text.push_str(" = ");
        self.value(value);
        self.note(start, value);
        self.text.push('\n');
    }

    /// A map in the place of a list of pairs.
    fn pairs(&mut self, name: &str, of_key: &str, list: Node) {
        let start = self.text.len();
        self.text.push_str(&format!("{name} = {{\n"));
        for item in list.items() {
            let start = self.text.len();
            if let Some(key) = item.get(of_key) {
                self.value(key);
                self.note(start, key);
            } else {
                self.text.push_str("\"\"");
            }
            self.text.push_str(" = ");
            match item.get("value") {
                Some(value) => {
                    let start = self.text.len();
                    self.value(value);
                    self.note(start, value);
                }
                None => self.text.push_str("\"\""),
            }
            self.text.push('\n');
            self.note(start, item);
        }
        self.text.push_str("}\n");
        self.note(start, list);
    }

    fn containers(&mut self, list: Node) {
        let start = self.text.len();
        self.text.push_str("container_definitions = ");
        match self.form {
            Containers::Encoded => {
                self.text.push_str("jsonencode(");
                self.value(list);
                self.text.push_str(")\n");
            }
            Containers::Heredoc => {
                self.text.push_str("<<JSON\n");
                let (from, to) = (list.span().start as usize, self.text.len());
                self.text.push_str(list.tree().source.slice(list.span()));
                for node in std::iter::once(list).chain(list.descendants()) {
                    let own = node.key().map_or(node.span().start, |key| key.span().start) as usize;
                    let range = own + to - from..node.span().end as usize + to - from;
                    self.origins.push((range, (self.file, node.pointer())));
                }
                self.text.push_str("\nJSON\n");
            }
        }
        self.note(start, list);
    }

    /// A value of an attribute.
    fn value(&mut self, node: Node) {
        let start = self.text.len();
        match node.kind() {
            Kind::Object => {
                self.text.push_str("{\n");
                for (key, value) in node.members() {
                    let start = self.text.len();
                    self.text.push_str(&quoted(key.text()));
                    self.text.push_str(" = ");
                    self.value(value);
                    self.note(start, value);
                    self.text.push('\n');
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
            Kind::Text => self.text.push_str(&quoted(node.text())),
            _ => self.text.push_str(node.tree().source.slice(node.span())),
        }
        self.note(start, node);
    }
}

fn is_closed(schema: &Value) -> bool {
    schema.get("properties").is_some()
}

fn holds_objects(list: Node) -> bool {
    list.items().next().is_some() && list.items().all(|item| item.kind() == Kind::Object)
}

/// A text as HCL writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => quoted.push_str(&format!("\\u{:04x}", letter as u32)),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted.replace("${", "$${").replace("%{", "%%{")
}

fn name_of(api: &str, schema: Option<&Value>) -> String {
    if api == "sizeInGiB" {
        let is_of_volume = schema.is_some_and(|schema| schema["properties"].get("volumeType").is_some());
        return if is_of_volume { "size_in_gb" } else { "size_in_gib" }.to_owned();
    }
    if let Some((_, name)) = IRREGULAR.iter().find(|(own, _)| *own == api) {
        return (*name).to_owned();
    }
    let mut name = String::new();
    for letter in api.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '_' });
    }
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("x{name}") }
}
