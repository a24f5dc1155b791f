//! Documents in the API's form as resources of Terraform, by the names of the provider. How they are written is decided
//! elsewhere: as a module, or as a plan.

use std::ops::Range;

use ecs_lint::internals::{DocumentKind, Form, Kind, Node, ServiceForm};
use ecs_lint::schema;
use ecs_lint::source::SourceId;
use serde_json::Value;

use super::template::{Field, schemas};

/// Files whose documents are resources of Terraform.
#[derive(Debug, Default)]
pub struct Module {
    /// The files.
    pub files: Vec<(String, String)>,
    /// For each file, the places of values and where these were before.
    pub origins: Vec<Vec<(Range<usize>, Field)>>,
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

/// The type of the resource that a document of a kind is.
pub fn resource_type(kind: DocumentKind) -> Option<&'static str> {
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

/// What is written under a name in a block.
pub struct Entry<'d> {
    pub name: String,
    pub value: Content<'d>,
    /// Where it was before.
    pub of: Node<'d>,
}

/// What is written for a value.
pub enum Content<'d> {
    /// The value itself, for a field of a type.
    Plain(Node<'d>, Option<&'static str>),
    /// A switch in the place of a word.
    Flag(bool),
    /// `container_definitions`
    Containers(Node<'d>),
    /// A map in the place of a list of pairs.
    Pairs(Vec<Pair<'d>>),
    /// Blocks, and where each was before.
    Blocks(Vec<(Node<'d>, Vec<Entry<'d>>)>),
}

/// One of the pairs in a list.
pub struct Pair<'d> {
    pub key: Option<Node<'d>>,
    pub value: Option<Node<'d>>,
    pub of: Node<'d>,
}

/// What is written in the block of a document.
pub fn entries_of(root: Node<'_>, kind: DocumentKind) -> Vec<Entry<'_>> {
    let named = schema::name_of(kind).expect("the kind is judged");
    let (_, schema) = schemas().iter().find(|(own, _)| *own == named).expect("there is a schema");
    entries(root, Some(schema), kind)
}

fn entries<'d>(object: Node<'d>, schema: Option<&'static Value>, kind: DocumentKind) -> Vec<Entry<'d>> {
    object.members().flat_map(|(key, value)| member(key, value, schema, kind)).collect()
}

fn member<'d>(
    key: Node<'d>,
    value: Node<'d>,
    schema: Option<&'static Value>,
    kind: DocumentKind,
) -> Vec<Entry<'d>> {
    let below = schema.and_then(|schema| schema["properties"].get(key.text()));
    let entry = |name: &str, content| vec![Entry { name: name.to_owned(), value: content, of: value }];
    match (key.text(), value.kind()) {
        ("containerDefinitions", Kind::List) => entry("container_definitions", Content::Containers(value)),
        ("tags", Kind::List) if !kind.is_scaling() => entry("tags", pairs("key", value)),
        ("properties", Kind::List) => entry("properties", pairs("name", value)),
        ("host", Kind::Object) if value.get("sourcePath").is_some() => {
            let paths = value.members().map(|(_, path)| attribute("host_path", path, Some("string")));
            paths.collect()
        }
        ("networkConfiguration", Kind::Object) => {
            let inner = below.and_then(|below| below["properties"].get("awsvpcConfiguration"));
            let blocks = value.members().filter(|(_, vpc)| vpc.kind() == Kind::Object);
            let written = blocks.map(|(key, vpc)| {
                let is_vpc = key.text() == "awsvpcConfiguration";
                let name = if is_vpc { "network_configuration" } else { key.text() };
                let content = Content::Blocks(vec![(vpc, entries(vpc, inner, kind))]);
                Entry { name: name.to_owned(), value: content, of: vpc }
            });
            written.collect()
        }
        ("assignPublicIp", Kind::Text) if matches!(value.text(), "ENABLED" | "DISABLED") => {
            entry("assign_public_ip", Content::Flag(value.text() == "ENABLED"))
        }
        ("deploymentConfiguration", Kind::Object) => deployment(value, below, kind),
        (_, Kind::Object) if below.is_some_and(is_closed) => {
            let blocks = Content::Blocks(vec![(value, entries(value, below, kind))]);
            entry(&name_of(key.text(), schema), blocks)
        }
        (_, Kind::List) if holds_objects(value) && below.is_some_and(|below| is_closed(&below["items"])) => {
            let item = below.and_then(|below| below.get("items"));
            let blocks = value.items().map(|block| (block, entries(block, item, kind)));
            entry(&name_of(key.text(), schema), Content::Blocks(blocks.collect()))
        }
        _ => {
            let of_type = below.and_then(|below| below["type"].as_str());
            vec![attribute(&name_of(key.text(), schema), value, of_type)]
        }
    }
}

fn deployment<'d>(value: Node<'d>, below: Option<&'static Value>, kind: DocumentKind) -> Vec<Entry<'d>> {
    let is_beside = |key: &Node| OF_DEPLOYMENT.iter().find(|(api, _)| *api == key.text()).map(|(_, own)| own);
    let mut written = Vec::new();
    for (key, inner) in value.members() {
        let schema = below.and_then(|below| below["properties"].get(key.text()));
        let Some(name) = is_beside(&key) else { continue };
        if inner.kind() == Kind::Object {
            let content = Content::Blocks(vec![(inner, entries(inner, schema, kind))]);
            written.push(Entry { name: (*name).to_owned(), value: content, of: inner });
        } else {
            written.push(attribute(name, inner, schema.and_then(|schema| schema["type"].as_str())));
        }
    }
    let inside = value.members().filter(|(key, _)| is_beside(key).is_none());
    let inside: Vec<Entry> = inside.flat_map(|(key, inner)| member(key, inner, below, kind)).collect();
    if !inside.is_empty() {
        let content = Content::Blocks(vec![(value, inside)]);
        written.push(Entry { name: "deployment_configuration".to_owned(), value: content, of: value });
    }
    written
}

fn attribute<'d>(name: &str, value: Node<'d>, of_type: Option<&'static str>) -> Entry<'d> {
    Entry { name: name.to_owned(), value: Content::Plain(value, of_type), of: value }
}

fn pairs<'d>(of_key: &str, list: Node<'d>) -> Content<'d> {
    let pair = |item: Node<'d>| Pair { key: item.get(of_key), value: item.get("value"), of: item };
    Content::Pairs(list.items().map(pair).collect())
}

fn is_closed(schema: &Value) -> bool {
    schema.get("properties").is_some()
}

fn holds_objects(list: Node) -> bool {
    list.items().next().is_some() && list.items().all(|item| item.kind() == Kind::Object)
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
