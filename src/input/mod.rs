//! Which documents does a text hold? Content decides; the name of the file proves nothing.
//!
//! Keys are read with their first letter lowered, so that a document in CloudFormation's or
//! Application Auto Scaling's spelling is recognised too. Wrappers are taken off first; then
//! the first sign that fits wins.

mod ecspresso;
mod service;
mod signs;

pub(crate) use ecspresso::{EcspressoConfiguration, is_ecspresso_yaml};

use crate::document::{DocumentKind, Form, RESPONSE_ONLY_FIELDS};
use crate::spelling::{is_respelled, nearest};
use crate::tree::{Kind, Node, Tree};
use service::{described_service, service, service_of_list};
use signs::{ANSWER_KEYS, POLICY_BLOCKS, SERVICE_WORDS, TASK_DEFINITION_KEYS};

/// Something that is recognised and not linted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Other {
    /// What it is: "a CloudFormation template".
    pub name: &'static str,
    /// What to know about it, or to do instead, where there is something: ends the sentence.
    pub advice: Option<&'static str>,
    /// Whether it may hold documents of ours that nobody has read: who names it must not take it for
    /// linted.
    pub may_hold_ours: bool,
}

impl Other {
    const fn new(name: &'static str) -> Other {
        Other { name, advice: None, may_hold_ours: false }
    }

    const fn not_yet(name: &'static str) -> Other {
        Other { name, advice: Some("which ecs-lint does not read yet"), may_hold_ours: true }
    }
}

/// The configuration of ecspresso: see [`EcspressoConfiguration`].
pub(crate) const ECSPRESSO: Other = Other::new("an ecspresso configuration");

/// An answer of the API that holds nothing to lint.
const OUTPUT: Other = Other::new("output of another ECS call");

/// A file of a format that is not JSON, by its name.
pub(crate) fn other_format(name: &str) -> Option<Other> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending {
        "yml" | "yaml" => Some(Other::not_yet("YAML")),
        "tf" | "hcl" => Some(Other::not_yet("Terraform")),
        "jsonnet" | "libsonnet" => Some(Other {
            name: "Jsonnet",
            advice: Some("which must be rendered first: `ecspresso render taskdef | ecs-lint -`"),
            may_hold_ours: true,
        }),
        "md" | "markdown" | "rst" | "adoc" => Some(Other::new("prose")),
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "ico" | "pdf" => Some(Other::new("an image")),
        "zip" | "gz" | "tgz" | "tar" | "whl" | "jar" => Some(Other::new("an archive")),
        _ => None,
    }
}

/// Whether a name is that of a file that may hold JSON, or a template of it.
pub(crate) fn is_json(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".json", ".jsonc", ".json5"].iter().any(|end| lower.ends_with(end)) || lower.contains(".json.")
}

/// What was recognised in a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recognised {
    /// The documents to lint: their kinds, and the nodes they begin at.
    pub documents: Vec<(DocumentKind, u32)>,
    /// What else stands there.
    pub others: Vec<Other>,
    /// Whether a template hole stands where a document may be.
    pub may_hold_more: bool,
}

/// Recognises what a text holds.
pub(crate) fn recognise(tree: &Tree) -> Recognised {
    let mut recognised = Recognised::default();
    for root in tree.roots() {
        recognise_value(root, &mut recognised);
    }
    recognised
}

fn recognise_value(root: Node, recognised: &mut Recognised) {
    match root.kind() {
        Kind::Object => {
            let keys = Keys(root);
            if let Some(other) = foreign(keys) {
                recognised.others.push(other);
            } else if !unwrap(keys, recognised)
                && let Some(found) = object(keys)
            {
                recognised.add(root, found);
            }
        }
        Kind::List => list(root, recognised),
        Kind::Unknown => recognised.may_hold_more = true,
        _ => {}
    }
}

impl Recognised {
    fn add(&mut self, root: Node, found: Result<DocumentKind, Other>) {
        match found {
            Ok(kind) => self.documents.push((kind, root.index())),
            Err(other) => self.others.push(other),
        }
    }
}

/// The members of an object, asked for by keys whose first letter is small.
#[derive(Clone, Copy)]
struct Keys<'d>(Node<'d>);

impl<'d> Keys<'d> {
    fn get(self, name: &str) -> Option<Node<'d>> {
        let same = |key: &str| {
            let (mut letters, mut wanted) = (key.chars(), name.chars());
            let first = letters.next().map(|c| c.to_ascii_lowercase());
            first == wanted.next() && letters.as_str() == wanted.as_str()
        };
        self.0.members().find(|(key, _)| same(key.text())).map(|(_, value)| value)
    }

    fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn has_any(self, names: &[&str]) -> bool {
        names.iter().any(|name| self.has(name))
    }

    fn count(self, names: &[&str]) -> usize {
        names.iter().filter(|name| self.has(name)).count()
    }

    fn names(self) -> impl Iterator<Item = &'d str> {
        self.0.members().map(|(key, _)| key.text())
    }

    fn object(self, name: &str) -> Option<Keys<'d>> {
        self.get(name).filter(|node| node.kind() == Kind::Object).map(Keys)
    }

    fn objects(self, name: &str) -> Option<Vec<Node<'d>>> {
        let list = self.get(name).filter(|node| node.kind() == Kind::List)?;
        let items: Vec<Node> = list.items().collect();
        (!items.is_empty() && items.iter().all(|item| item.kind() == Kind::Object)).then_some(items)
    }

    fn text(self, name: &str) -> Option<&'d str> {
        self.get(name).and_then(Node::as_text)
    }
}

/// Documents of other tools, some of which hold parts that look like ours.
fn foreign(keys: Keys) -> Option<Other> {
    let has_resource = |prefixes: &[&str]| {
        let resources = keys.object("resources").into_iter().flat_map(|resources| resources.0.members());
        let mut types = resources
            .filter(|(_, value)| value.kind() == Kind::Object)
            .filter_map(|(_, value)| Keys(value).text("type"));
        types.any(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
    };
    if keys.has("aWSTemplateFormatVersion") || has_resource(&["AWS::", "Alexa::"]) {
        let name = "a CloudFormation template";
        let is_ours = has_resource(&["AWS::ECS::", "AWS::ApplicationAutoScaling::"]);
        return Some(if is_ours { Other::not_yet(name) } else { Other::new(name) });
    }
    if keys.has("format_version") && keys.has_any(&["planned_values", "resource_changes", "configuration"]) {
        return Some(Other::not_yet("a Terraform plan"));
    }
    if keys.has("terraform_version") && keys.has("lineage") {
        return Some(Other::new("a Terraform state"));
    }
    let has_terraform_resource = |resources: Keys| {
        let mut names = resources.0.members().map(|(key, _)| key.text());
        names.any(|name| name.starts_with("aws_ecs_") || name.starts_with("aws_appautoscaling_"))
    };
    if keys.object("resource").is_some_and(has_terraform_resource) {
        return Some(Other::not_yet("Terraform JSON"));
    }
    if keys.has("aWSEBDockerrunVersion") {
        return Some(Other::new("an Elastic Beanstalk Dockerrun file"));
    }
    None
}

/// Takes off what a call of the API wraps around its answer. False if nothing is wrapped.
fn unwrap(keys: Keys, recognised: &mut Recognised) -> bool {
    let task = keys.object("taskDefinition");
    if let Some(task) = task.filter(|task| is_answer(keys) || task_definition(*task).is_some()) {
        let kind = DocumentKind::TaskDefinition(Form::Described);
        recognised.documents.push((kind, task.0.index()));
        return true;
    }
    if let Some(service) = keys.object("service").filter(|service| service.count(SERVICE_WORDS) > 0) {
        recognised.add(service.0, described_service(service));
        return true;
    }
    if let Some(services) = keys.objects("services") {
        let mut ours = false;
        for service in services {
            let found = service_of_list(Keys(service));
            ours |= found.is_some();
            if let Some(found) = found {
                recognised.add(service, found);
            }
        }
        return ours;
    }
    let scaling = |node: &Node| Keys(*node).has("serviceNamespace") && Keys(*node).has("resourceId");
    for list in ["scalableTargets", "scalingPolicies", "scheduledActions"] {
        if let Some(items) = keys.objects(list).filter(|items| items.iter().all(scaling)) {
            for item in items {
                if let Some(found) = scaling_call(Keys(item), Form::Described) {
                    recognised.add(item, found);
                }
            }
            return true;
        }
    }
    if unwrap_block(keys, recognised) {
        return true;
    }
    let outputs = ["serviceRevisions", "taskSets", "taskDefinitions", "tasks"];
    let is_output = |name: &&str| keys.get(name).is_some_and(|node| node.kind() == Kind::List);
    // The description of a service has a list of its task sets too.
    let is_document = keys.has("containerDefinitions") || keys.count(SERVICE_WORDS) > 0;
    if keys.object("taskSet").is_some() || (!is_document && outputs.iter().any(is_output)) {
        recognised.others.push(OUTPUT);
        return true;
    }
    false
}

/// Whether nothing but what an answer with a task definition has stands in an object.
fn is_answer(keys: Keys) -> bool {
    keys.names().all(|name| ANSWER_KEYS.contains(&name))
}

/// Takes off the name that stands around a configuration of a scaling policy, where the command line
/// says what the policy scales.
fn unwrap_block(keys: Keys, recognised: &mut Recognised) -> bool {
    if keys.has_any(&["serviceNamespace", "resourceId", "scalableDimension"]) {
        return false;
    }
    let is_hole = |node: Node| matches!(node.kind(), Kind::Unknown | Kind::Text);
    if POLICY_BLOCKS.iter().filter_map(|name| keys.get(name)).any(is_hole) {
        recognised.may_hold_more = true;
        return true;
    }
    let blocks = POLICY_BLOCKS.iter().filter_map(|name| keys.object(name));
    let found: Vec<_> = blocks.filter_map(|block| Some((block.0, scaling_block(block)?))).collect();
    let ours = !found.is_empty();
    found.into_iter().for_each(|(block, found)| recognised.add(block, found));
    ours
}

fn object(keys: Keys) -> Option<Result<DocumentKind, Other>> {
    app_spec(keys)
        .or_else(|| task_definition(keys))
        .map(Ok)
        .or_else(|| scaling_call(keys, Form::Input))
        .or_else(|| scaling_block(keys))
        .or_else(|| service(keys))
        .or_else(|| neighbour(keys).map(Err))
}

/// An AppSpec file of CodeDeploy for a service of ECS.
fn app_spec(keys: Keys) -> Option<DocumentKind> {
    let targets_service = |resource: &Node| {
        let mut parts = resource.members().map(|(_, part)| Keys(part));
        parts.any(|part| part.text("type").is_some_and(|name| name.eq_ignore_ascii_case("AWS::ECS::Service")))
    };
    let resources = keys.objects("resources").filter(|_| keys.has("version"))?;
    resources.iter().any(targets_service).then_some(DocumentKind::AppSpec)
}

fn task_definition(keys: Keys) -> Option<DocumentKind> {
    let has_containers = keys.has("containerDefinitions");
    let names_a_family = keys.has("family") && keys.has_any(TASK_DEFINITION_KEYS);
    // A misspelled list of containers is for the schema to tell.
    let is_near = |key: &str| {
        nearest(key, ["containerDefinitions"]).is_some() || is_respelled(key, "containerDefinitions")
    };
    let nearly_has_containers = || keys.has("family") && keys.0.members().any(|(key, _)| is_near(key.text()));
    if !has_containers && !names_a_family && !nearly_has_containers() {
        return None;
    }
    let form = if keys.has_any(RESPONSE_ONLY_FIELDS) { Form::Described } else { Form::Input };
    Some(DocumentKind::TaskDefinition(form))
}

/// Inputs of Application Auto Scaling that name what they scale.
fn scaling_call(keys: Keys, form: Form) -> Option<Result<DocumentKind, Other>> {
    let of_service = keys.text("resourceId").is_some_and(|id| id.starts_with("service/"));
    if !keys.has("scalableDimension") && !of_service {
        return None;
    }
    let namespace = keys.text("serviceNamespace").filter(|namespace| !namespace.is_empty());
    let dimension = keys.text("scalableDimension").filter(|dimension| !dimension.is_empty());
    let is_ecs_dimension = |dimension: &str| dimension.to_ascii_lowercase().starts_with("ecs:");
    // A printed skeleton names the service of AWS, and a dimension, by chance.
    let blanks = ["resourceId", "roleARN", "policyName", "scheduledActionName"];
    let is_skeleton = blanks.iter().filter(|key| keys.text(key) == Some("")).count() >= 2;
    let is_ours =
        of_service || namespace == Some("ecs") || dimension.is_some_and(is_ecs_dimension) || is_skeleton;
    if !is_ours && (namespace.is_some() || dimension.is_some()) {
        return Some(Err(Other::new("scaling for another AWS service")));
    }
    let policy = ["policyName", "policyType"];
    let kind = if keys.has_any(&["scheduledActionName", "schedule", "scalableTargetAction"]) {
        DocumentKind::ScheduledAction(form)
    } else if keys.has_any(&policy) || keys.has_any(POLICY_BLOCKS) {
        DocumentKind::ScalingPolicy(form)
    } else {
        DocumentKind::ScalableTarget(form)
    };
    Some(Ok(kind))
}

/// Configurations of a scaling policy, alone. EC2 Auto Scaling has blocks of the same form.
fn scaling_block(keys: Keys) -> Option<Result<DocumentKind, Other>> {
    const OF_INSTANCES: Other = Other::new("an EC2 Auto Scaling policy");
    let metrics = ["predefinedMetricSpecification", "customizedMetricSpecification"];
    let cooldowns = ["scaleInCooldown", "scaleOutCooldown"];
    if keys.has_any(&["autoScalingGroupName", "minAdjustmentStep", "estimatedInstanceWarmup"]) {
        let is_policy =
            keys.has_any(&["targetValue", "stepAdjustments", "adjustmentType", "metricSpecifications"]);
        return is_policy.then_some(Err(OF_INSTANCES));
    }
    let of_instances = |specification: Keys| {
        specification.text("predefinedMetricType").is_some_and(|name| name.starts_with("ASG"))
    };
    if keys.has("targetValue") && (keys.has_any(&metrics) || keys.has_any(&cooldowns)) {
        let predefined = keys.object("predefinedMetricSpecification");
        let is_ours = !predefined.is_some_and(of_instances);
        return Some(if is_ours { Ok(DocumentKind::TargetTracking) } else { Err(OF_INSTANCES) });
    }
    if keys.has_any(&["stepAdjustments", "adjustmentType"]) {
        return Some(Ok(DocumentKind::StepScaling));
    }
    let specifications = keys.objects("metricSpecifications")?;
    let parts = [
        "predefinedMetricPairSpecification",
        "predefinedScalingMetricSpecification",
        "predefinedLoadMetricSpecification",
    ];
    let asg = specifications
        .iter()
        .any(|one| parts.iter().any(|part| Keys(*one).object(part).is_some_and(of_instances)));
    Some(if asg { Err(OF_INSTANCES) } else { Ok(DocumentKind::PredictiveScaling) })
}

/// Documents of ECS and its neighbours that are not linted.
fn neighbour(keys: Keys) -> Option<Other> {
    if keys.has("version") && keys.objects("resources").is_some() {
        return Some(Other::new("an AppSpec file that is not for ECS"));
    }
    if keys.has("primaryContainer") && keys.has("infrastructureRoleArn") {
        return Some(Other::new("an ECS Express Mode service"));
    }
    if keys.has("daemonName") && keys.has("capacityProviderArns") {
        return Some(Other::new("an ECS daemon"));
    }
    if keys.has("clusterName") && keys.has("capacityProviders") {
        return Some(Other::new("an ECS cluster"));
    }
    if keys.has("instanceConfiguration") || keys.has("sourceConfiguration") {
        return Some(Other::new("App Runner input"));
    }
    let in_container = ["portMappings", "essential", "logConfiguration", "environment", "memory"];
    if keys.has("image") && keys.has("name") && keys.has_any(&in_container) {
        return Some(Other {
            name: "a single container definition",
            advice: Some("which is linted only as part of a task definition"),
            may_hold_ours: false,
        });
    }
    if keys.0.members().count() == 1 && keys.has("awsvpcConfiguration") {
        return Some(Other::new("a network configuration"));
    }
    if keys.has_any(&["overrides", "containerOverrides"]) {
        return Some(Other::new("input of `run-task`"));
    }
    None
}

fn list(root: Node, recognised: &mut Recognised) {
    let items: Vec<Node> = root.items().filter(|item| item.kind() == Kind::Object).collect();
    let is_container = |item: &Node| Keys(*item).has("image") && !Keys(*item).has("containerDefinitions");
    if !items.is_empty() && items.iter().all(is_container) {
        return recognised.documents.push((DocumentKind::ContainerDefinitions, root.index()));
    }
    for item in root.items() {
        recognise_value(item, recognised);
    }
}

/// Whether a text that is no JSON shows a word of an ECS document: a key that only such
/// documents have.
pub(crate) fn shows_ecs_words(text: &str) -> bool {
    signs::TELLING_WORDS.iter().any(|word| text.contains(word))
}
