//! Recognizes which documents a text contains. Content decides; the file name proves nothing.
//!
//! Keys are compared with their first letter in lower case, so that documents in the spelling of
//! CloudFormation or Application Auto Scaling are recognized too. Wrappers are removed first; then the first
//! match wins.

mod broken;
mod configuration;
mod evidence;
mod service;
mod signs;
mod unparsed;
mod workflow;

pub(crate) use broken::{hides_resources, shows_document, suggests_ecs};
pub(crate) use configuration::{Configuration, Deployer, is_ecspresso_yaml, may_be_ecspresso, may_be_pipecd};
pub(crate) use unparsed::runs_nothing;
pub(crate) use workflow::{is_place_of_workflows, may_be_workflow, workflow};

use crate::document::{DocumentKind, Form, RESPONSE_ONLY_FIELDS};
use crate::placeholder::{self, Wants};
use crate::spelling::{is_respelled, nearest};
use crate::tree::{Kind, Node, Notation, PROGRAMS, Tree};
use evidence::Likely;
use service::{described_service, service, service_of_list};
use signs::{ANSWER_KEYS, POLICY_BLOCKS, SERVICE_WORDS, TASK_DEFINITION_KEYS};

/// Something that is recognized but not linted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Other {
    /// What it is: "a CloudFormation template".
    pub name: &'static str,
    /// What to know about it or to do instead, if anything: completes the sentence.
    pub advice: Option<&'static str>,
    /// Whether it may contain documents that ecs-lint would lint but has not read: a report that names it
    /// must not count it as linted.
    pub may_hold_ours: bool,
}

impl Other {
    const fn new(name: &'static str) -> Other {
        Other { name, advice: None, may_hold_ours: false }
    }

    /// What may print a document, and most often does something else.
    const fn program(name: &'static str, advice: &'static str) -> Other {
        Other { name, advice: Some(advice), may_hold_ours: false }
    }

    const fn not_yet(name: &'static str) -> Other {
        Other { name, advice: Some("which ecs-lint does not read yet"), may_hold_ours: true }
    }
}

/// The configuration of ecspresso; see [`Configuration`].
pub(crate) const ECSPRESSO: Other = Other::new("an ecspresso configuration");
/// What Application Auto Scaling scales besides services.
const OTHER_SCALING: Other = Other::new("scaling for another AWS service");
/// A document of Harness, whose expressions begin with `<+`.
const HARNESS: Other = Other::new("a manifest of Harness");

/// The configuration of an application of PipeCD, likewise.
pub(crate) const PIPECD: Other = Other::new("a PipeCD configuration");

/// A template of CloudFormation, whose resources are rebuilt in the API's shape.
const TEMPLATE: Other = Other::new("a CloudFormation template");

/// A configuration of the Serverless Framework, which holds templates of CloudFormation in `resources`.
const SERVERLESS: Other = Other::new("a Serverless Framework configuration");

/// What some tools merge into a template.
const PART_OF_TEMPLATE: Other = Other::new("a part of a CloudFormation template");

/// What runs a task without a service.
const RUN_TASK: Other = Other::new("input of `run-task`");

/// An API response that contains nothing to lint.
const OUTPUT: Other = Other::new("output of another ECS call");

/// What no call of ECS reads or returns.
const LIST: Other = Other {
    name: "a list of task definitions",
    advice: Some("which no call of ECS takes: keep each in a file of its own"),
    may_hold_ours: true,
};

/// A plan of Terraform, as `terraform show -json` prints it.
const PLAN: Other = Other::new("a Terraform plan");

/// State of Terraform, as `terraform show -json` prints it.
const STATE: Other = Other::new("Terraform state");

/// State of Terraform as Terraform itself keeps it.
const RAW_STATE: Other = Other {
    name: "a Terraform state file",
    advice: Some("which is read as Terraform prints it: `terraform show -json | ecs-lint -`"),
    may_hold_ours: true,
};

/// Terraform without anything to lint.
pub(crate) const TERRAFORM: Other = Other::new("Terraform");

/// Terraform that cannot be read.
pub(crate) const BROKEN_TERRAFORM: Other = Other {
    name: "Terraform that cannot be parsed",
    advice: Some("which `terraform validate` reports"),
    may_hold_ours: true,
};

/// Whether a file is one of a Terraform module, by its name.
pub(crate) fn is_terraform(name: &str) -> bool {
    [".tf", ".tofu"].iter().any(|end| name.ends_with(end)) || is_terraform_json(name)
}

/// Whether a file is one of a Terraform module in JSON, by its name.
pub(crate) fn is_terraform_json(name: &str) -> bool {
    [".tf.json", ".tofu.json"].iter().any(|end| name.ends_with(end))
}

/// Whether a file sets variables of a Terraform module, and Terraform reads it on its own, by its name.
pub(crate) fn is_terraform_values(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.strip_suffix(".json").unwrap_or(name);
    name == "terraform.tfvars" || name.ends_with(".auto.tfvars")
}

/// Whether a file may set variables of Terraform modules, of which its place does not tell: those that are given to a
/// command, configurations of Terragrunt, and tests.
pub(crate) fn sets_terraform_variables(name: &str, text: &str) -> bool {
    let name = name.strip_suffix(".json").unwrap_or(name);
    let is_test = [".tftest.hcl", ".tofutest.hcl"].iter().any(|end| name.ends_with(end));
    let may_be_of_terragrunt = || name.ends_with(".hcl") && Notation::of_name(name) == Some(Notation::Hcl);
    is_test || name.ends_with(".tfvars") || may_be_of_terragrunt() && text.contains("inputs")
}

/// Whether a text may declare resources of ECS for Terraform.
pub(crate) fn holds_terraform_resources(text: &str) -> bool {
    ["aws_ecs_", "aws_appautoscaling_"].iter().any(|word| text.contains(word))
}

/// Whether a text may call a Terraform module that is in another folder of the project.
pub(crate) fn calls_local_module(text: &str) -> bool {
    text.contains("module") && ["\"./", "\"../"].iter().any(|path| text.contains(path))
}

/// A template that has no values before it is rendered.
pub(crate) const UNRENDERED: Other = Other {
    name: "an unrendered YAML template",
    advice: Some("which must be rendered first: `… | ecs-lint -`"),
    may_hold_ours: true,
};

/// A script under the name of a document.
pub(crate) const SCRIPT: Other = Other::program("a script", "whose output is what to lint: `… | ecs-lint -`");

/// How the names of scripts end that may call the AWS CLI.
const ENDINGS_OF_SCRIPTS: &[&str] = &[".bash", ".bat", ".cmd", ".groovy", ".mk", ".ps1", ".sh", ".zsh"];
/// How the names of others begin.
const SCRIPTS: &[&str] = &["jenkinsfile", "justfile", "makefile"];

/// Whether a file may be a script that calls the AWS CLI, by its name.
pub(crate) fn is_name_of_script(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    ENDINGS_OF_SCRIPTS.iter().any(|ending| name.ends_with(ending))
        || SCRIPTS.iter().any(|beginning| name.starts_with(beginning))
}

/// Whether a file is a template of ufo, which adds the roles of a task definition.
pub(crate) fn is_template_of_ufo(name: &str) -> bool {
    name.split('/').any(|folder| folder == ".ufo")
}

/// Whether a text begins as a script does that can be run.
pub(crate) fn is_script(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    text.starts_with("#!/") || text.starts_with("#! /")
}

/// Recognizes a file of a format other than JSON and YAML by its name.
pub(crate) fn other_format(name: &str) -> Option<Other> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending {
        "hcl" => Some(Other::not_yet("Terraform")),
        "jsonnet" | "libsonnet" => Some(Other {
            name: "Jsonnet",
            advice: Some("which must be rendered first: `ecspresso render taskdef | ecs-lint -`"),
            may_hold_ours: true,
        }),
        "md" | "markdown" | "rst" | "adoc" => Some(Other::new("prose")),
        "jq" => {
            Some(Other::program("a jq program", "whose output is what to lint: `jq -n -f … | ecs-lint -`"))
        }
        _ if PROGRAMS.contains(&ending) => {
            Some(Other::program("a program", "whose output is what to lint: `… | ecs-lint -`"))
        }
        "diff" | "patch" | "rej" => Some(Other::new("a patch")),
        "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "ico" | "pdf" => Some(Other::new("an image")),
        "zip" | "gz" | "tgz" | "tar" | "whl" | "jar" => Some(Other::new("an archive")),
        _ => None,
    }
}

/// Whether a file name may be that of a JSON file or of a template for one.
pub(crate) fn is_json(name: &str) -> bool {
    Notation::of_name(name) == Some(Notation::Json)
}

/// Whether a file name may be that of a file with documents: of JSON, of YAML, of a template for one of them,
/// or of a template of CloudFormation.
pub(crate) fn is_candidate(name: &str) -> bool {
    Notation::of_name(name).is_some() || name.to_ascii_lowercase().ends_with(".template")
}

/// What was recognized in a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recognised {
    /// The documents to lint: their kinds and the nodes where they begin.
    pub documents: Vec<(DocumentKind, u32)>,
    /// The templates of CloudFormation: the nodes where they begin.
    pub templates: Vec<u32>,
    /// The plans and the state of Terraform: the nodes where they begin.
    pub plans: Vec<u32>,
    /// The resources of templates that are named but not linted.
    pub unread: Vec<Other>,
    /// What else the text contains.
    pub others: Vec<Other>,
    /// Whether there is a template hole where a document may be.
    pub may_hold_more: bool,
}

/// Recognizes what a text contains.
pub(crate) fn recognise(tree: &Tree) -> Recognised {
    let mut recognised = Recognised::default();
    for root in tree.roots() {
        recognise_value(root, &mut recognised);
    }
    recognised
}

/// Recognizes the containers in a text that Terraform takes for a list of them. In a task definition, they are read
/// besides what was meant to be the list.
pub(crate) fn recognise_containers(tree: &Tree) -> Recognised {
    let mut recognised = Recognised::default();
    let Some(root) = tree.roots().next() else { return recognised };
    if root.kind() == Kind::Unknown {
        recognised.may_hold_more = true;
        return recognised;
    }
    let inner = Keys(root).get("containerDefinitions").filter(|list| list.kind() == Kind::List);
    let both = std::iter::once(root).chain(inner);
    recognised.documents.extend(both.map(|list| (DocumentKind::ContainerDefinitions, list.index())));
    recognised
}

fn recognise_value(root: Node, recognised: &mut Recognised) {
    match root.kind() {
        Kind::Object => {
            let keys = Keys(root);
            recognised.may_hold_more |= hides_resources_in_holes(keys);
            if let Some(other) = foreign(keys) {
                let own = (other == TEMPLATE).then_some(keys).into_iter();
                let of_serverless = (other == SERVERLESS).then(|| templates_of_serverless(keys));
                for template in own.chain(of_serverless.into_iter().flatten()) {
                    recognised.templates.push(template.0.index());
                    recognised.unread.extend(unread_resources(template));
                }
                if other == PLAN || other == STATE {
                    recognised.plans.push(root.index());
                }
                recognised.others.push(other);
            } else if !unwrap(keys, recognised)
                && let Some(found) = object(keys)
            {
                let hides_service = || {
                    ["serviceNamespace", "scalableDimension"]
                        .iter()
                        .filter_map(|key| keys.get(key))
                        .all(is_filled_in)
                };
                recognised.may_hold_more |= found == Err(OTHER_SCALING) && hides_service();
                recognised.add(root, found);
            }
        }
        Kind::List => {
            // What is filled in may be one more of the documents that the list is of.
            recognised.may_hold_more |= root.items().any(is_filled_in_whole);
            list(root, recognised);
        }
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

/// The members of an object, looked up by keys with a lower-case first letter.
#[derive(Clone, Copy)]
struct Keys<'d>(Node<'d>);

impl<'d> Keys<'d> {
    fn get(self, name: &str) -> Option<Node<'d>> {
        let same = |key: &str| {
            let (key, name) = (key.as_bytes(), name.as_bytes());
            key.len() == name.len()
                && key[1..] == name[1..]
                && key.first().is_some_and(|first| first.eq_ignore_ascii_case(&name[0]))
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

/// Whether something fills in a value.
fn is_filled_in(value: Node) -> bool {
    value.kind() == Kind::Unknown || value.as_text().is_some_and(placeholder::has_hole)
}

/// Whether something fills in all of a value, so that it may become an object.
fn is_filled_in_whole(value: Node) -> bool {
    let is_whole = |text: &str| {
        let text = text.trim();
        placeholder::find(text, Wants::Reference).is_some_and(|found| found.range == (0..text.len()))
    };
    value.kind() == Kind::Unknown || value.as_text().is_some_and(is_whole)
}

/// Whether this may be a template of CloudFormation or an AppSpec file: what a resource is, something fills in.
fn hides_resources_in_holes(keys: Keys) -> bool {
    let Some(resources) = keys.0.get("Resources") else { return false };
    let mut each = std::iter::once(resources).chain(resources.items()).flat_map(Node::members);
    is_filled_in(resources)
        || resources.items().any(is_filled_in)
        || each.any(|(_, resource)| is_filled_in(Keys(resource).get("type").unwrap_or(resource)))
}

/// The resources of a template that run containers, or may, and are not linted.
fn unread_resources<'d>(template: Keys<'d>) -> impl Iterator<Item = Other> + use<'d> {
    let resources = template.object("resources").into_iter().flat_map(|resources| resources.0.members());
    resources.filter_map(|(_, resource)| match Keys(resource).text("type")? {
        "AWS::CloudFormation::Stack" | "AWS::Serverless::Application" => Some(Other::new("a nested stack")),
        "AWS::ECS::ExpressGatewayService" => Some(Other::new("an Express Mode service")),
        "AWS::ECS::Daemon" | "AWS::ECS::DaemonTaskDefinition" => Some(Other::new("an ECS daemon")),
        _ => None,
    })
}

/// The templates in `resources` of a configuration of the Serverless Framework: one, or a list of them.
fn templates_of_serverless<'d>(keys: Keys<'d>) -> impl Iterator<Item = Keys<'d>> + use<'d> {
    let resources = keys.get("resources");
    let listed = resources.into_iter().flat_map(|resources| resources.items());
    resources.into_iter().chain(listed).map(Keys).filter(|template| template.object("resources").is_some())
}

/// Documents of other tools, some of which contain parts that look like documents to lint.
fn foreign(keys: Keys) -> Option<Other> {
    let has_resource = |prefixes: &[&str]| {
        let resources = keys.object("resources").into_iter().flat_map(|resources| resources.0.members());
        let mut types = resources
            .filter(|(_, value)| value.kind() == Kind::Object)
            .filter_map(|(_, value)| Keys(value).text("type"));
        types.any(|name| prefixes.iter().any(|prefix| name.starts_with(prefix)))
    };
    if keys.has("aWSTemplateFormatVersion") || has_resource(&["AWS::", "Alexa::"]) {
        return Some(TEMPLATE);
    }
    if keys.has("format_version") {
        if keys.has("planned_values") {
            return Some(PLAN);
        }
        if keys.has_any(&["resource_changes", "configuration"]) {
            return Some(Other {
                name: "a part of a Terraform plan",
                advice: Some("of which ecs-lint reads `planned_values`"),
                may_hold_ours: true,
            });
        }
        if keys.object("values").is_some_and(|values| values.has("root_module")) {
            return Some(STATE);
        }
    }
    if keys.has("terraform_version") && keys.has("lineage") {
        return Some(RAW_STATE);
    }
    if keys.has("service") && keys.has("provider") && templates_of_serverless(keys).next().is_some() {
        return Some(SERVERLESS);
    }
    let has_terraform_resource = |resources: Keys| {
        let mut names = resources.0.members().map(|(key, _)| key.text());
        names.any(|name| name.starts_with("aws_ecs_") || name.starts_with("aws_appautoscaling_"))
    };
    if keys.object("resource").is_some_and(has_terraform_resource) {
        return Some(Other {
            name: "Terraform JSON",
            advice: Some("which Terraform reads only if the name of the file ends with `.tf.json`"),
            may_hold_ours: true,
        });
    }
    if keys.has("aWSEBDockerrunVersion") {
        return Some(Other::new("an Elastic Beanstalk Dockerrun file"));
    }
    None
}

/// Removes what an API call wraps around its response. `false` if there is no wrapper.
fn unwrap(keys: Keys, recognised: &mut Recognised) -> bool {
    let of_template = |part: &Keys| part.text("type").is_some_and(|name| name.starts_with("AWS::"));
    if keys.object("taskDefinition").or(keys.object("service")).is_some_and(|part| of_template(&part)) {
        recognised.others.push(PART_OF_TEMPLATE);
        return true;
    }
    let task = keys.object("taskDefinition");
    let is_answered =
        |task: Keys| task.has_any(RESPONSE_ONLY_FIELDS) || evidence::is_ours(task, Likely::Task);
    // With other keys beside it, it is in the configuration of another tool, unless only a response has what it says.
    let is_task = |task: &Keys| match is_answer(keys) {
        true => task_definition(*task).is_some() || is_answered(*task),
        false => task_definition(*task).is_some() && task.has_any(RESPONSE_ONLY_FIELDS),
    };
    if let Some(task) = task.filter(is_task) {
        let kind = DocumentKind::TaskDefinition(Form::Described);
        recognised.documents.push((kind, task.0.index()));
        return true;
    }
    if let Some(service) = keys
        .object("service")
        .filter(|service| service.count(SERVICE_WORDS) > 0 && evidence::is_ours(*service, Likely::Service))
    {
        recognised.add(service.0, described_service(service));
        return true;
    }
    let is_hole = |node: Node| matches!(node.kind(), Kind::Unknown | Kind::Text);
    let services = keys.get("services");
    recognised.may_hold_more |=
        services.is_some_and(|services| is_hole(services) || services.items().any(is_hole));
    if let Some(services) = keys.objects("services") {
        let mut ours = false;
        for service in services {
            // Whether it was deleted is not known.
            recognised.may_hold_more |= Keys(service).get("status").is_some_and(is_filled_in);
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
        let listed = keys.get(list).filter(|_| !keys.has("serviceNamespace"));
        recognised.may_hold_more |= listed.is_some_and(|list| is_hole(list) || list.items().any(is_hole));
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
    let outputs = ["serviceRevisions", "taskSets"];
    let is_output = |name: &&str| keys.get(name).is_some_and(|node| node.kind() == Kind::List);
    // Many programs have tasks.
    let has_tasks =
        keys.objects("tasks").is_some_and(|tasks| tasks.iter().all(|task| Keys(*task).has("taskArn")));
    // The description of a service also has a list of its task sets.
    let is_document = keys.has("containerDefinitions") || keys.count(SERVICE_WORDS) > 0;
    if !is_document && is_output(&"taskDefinitions") {
        recognised.others.push(LIST);
        return true;
    }
    if keys.object("taskSet").is_some() || (!is_document && (has_tasks || outputs.iter().any(is_output))) {
        recognised.others.push(OUTPUT);
        return true;
    }
    false
}

/// Whether an object contains only what a response with a task definition has.
fn is_answer(keys: Keys) -> bool {
    keys.names().all(|name| ANSWER_KEYS.contains(&name))
}

/// Removes the name that wraps a scaling policy configuration, as used when the command line sets what the
/// policy scales.
fn unwrap_block(keys: Keys, recognised: &mut Recognised) -> bool {
    if keys.has_any(&["serviceNamespace", "resourceId", "scalableDimension"]) {
        return false;
    }
    let is_hole = |node: Node| matches!(node.kind(), Kind::Unknown | Kind::Text);
    let specifications = keys.get("metricSpecifications").into_iter();
    recognised.may_hold_more |= specifications.flat_map(Node::items).any(is_hole);
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

/// A CodeDeploy AppSpec file for an ECS service.
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
    // A misspelled `containerDefinitions` is still a task definition: the schema reports the key.
    let is_near = |key: &str| {
        nearest(key, ["containerDefinitions"]).is_some() || is_respelled(key, "containerDefinitions")
    };
    let nearly_has_containers = || keys.has("family") && keys.0.members().any(|(key, _)| is_near(key.text()));
    if !has_containers
        && !((names_a_family || nearly_has_containers()) && evidence::is_ours(keys, Likely::Task))
    {
        return None;
    }
    let form = if keys.has_any(RESPONSE_ONLY_FIELDS) { Form::Described } else { Form::Input };
    Some(DocumentKind::TaskDefinition(form))
}

/// Inputs of Application Auto Scaling that name the scaled resource.
fn scaling_call(keys: Keys, form: Form) -> Option<Result<DocumentKind, Other>> {
    let of_service = keys.text("resourceId").is_some_and(|id| id.starts_with("service/"));
    if !keys.has("scalableDimension") && !of_service {
        return None;
    }
    // Harness completes such a document with the service that it deploys.
    let in_camel_case = keys.0.get("scalableDimension").is_some() && keys.0.get("serviceNamespace").is_some();
    if in_camel_case && !keys.has("resourceId") {
        return Some(Err(HARNESS));
    }
    let namespace = keys.text("serviceNamespace").filter(|namespace| !namespace.is_empty());
    let dimension = keys.text("scalableDimension").filter(|dimension| !dimension.is_empty());
    let is_ecs_dimension = |dimension: &str| dimension.to_ascii_lowercase().starts_with("ecs:");
    // A generated skeleton contains an arbitrary service namespace and dimension.
    let blanks = ["resourceId", "roleARN", "policyName", "scheduledActionName"];
    let is_skeleton = blanks.iter().filter(|key| keys.text(key) == Some("")).count() >= 2;
    let is_ours =
        of_service || namespace == Some("ecs") || dimension.is_some_and(is_ecs_dimension) || is_skeleton;
    if !is_ours && (namespace.is_some() || dimension.is_some()) {
        return Some(Err(OTHER_SCALING));
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

/// Standalone configurations of a scaling policy. EC2 Auto Scaling has blocks of the same form.
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
    let is_ours = || evidence::is_ours(keys, Likely::Scaling);
    if keys.has("targetValue") && (keys.has_any(&metrics) || (keys.has_any(&cooldowns) && is_ours())) {
        let predefined = keys.object("predefinedMetricSpecification");
        let is_other = predefined.is_some_and(of_instances);
        return Some(if is_other { Err(OF_INSTANCES) } else { Ok(DocumentKind::TargetTracking) });
    }
    if keys.has("stepAdjustments") || (keys.has("adjustmentType") && is_ours()) {
        return Some(Ok(DocumentKind::StepScaling));
    }
    // Something may fill in all of it.
    let is_hole = |node: &Node| node.kind() == Kind::Unknown || node.as_text().is_some() && !node.is_plain();
    if keys.get("metricSpecifications").is_some_and(|node| is_hole(&node)) {
        return Some(Ok(DocumentKind::PredictiveScaling));
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

/// Documents of ECS and related services that are not linted.
fn neighbour(keys: Keys) -> Option<Other> {
    let has_type = |resource: &Node| resource.members().any(|(_, part)| Keys(part).has("type"));
    let resources = keys.objects("resources").filter(|_| keys.has("version"));
    if resources.is_some_and(|resources| resources.iter().all(has_type)) {
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
    let of_source = ["codeRepository", "imageRepository"];
    let of_instance = ["cpu", "memory", "instanceRoleArn"];
    if keys.object("sourceConfiguration").is_some_and(|source| source.has_any(&of_source))
        || keys.object("instanceConfiguration").is_some_and(|instance| instance.has_any(&of_instance))
    {
        return Some(Other::new("App Runner input"));
    }
    if keys.has("image") && keys.has("name") && evidence::is_ours(keys, Likely::Container) {
        return Some(Other {
            name: "a single container definition",
            advice: Some("which is linted only as part of a task definition"),
            may_hold_ours: false,
        });
    }
    if keys.0.members().count() == 1 && keys.has("awsvpcConfiguration") {
        return Some(Other::new("a network configuration"));
    }
    // The overrides of other programs are about files or packages.
    let of_task = ["containerOverrides", "taskRoleArn", "executionRoleArn"];
    let overrides_task = keys.object("overrides").is_some_and(|overrides| overrides.has_any(&of_task));
    if overrides_task || keys.objects("containerOverrides").is_some() {
        return Some(RUN_TASK);
    }
    None
}

fn list(root: Node, recognised: &mut Recognised) {
    let items: Vec<Node> = root.items().filter(|item| item.kind() == Kind::Object).collect();
    let is_container = |item: &Node| Keys(*item).has("image") && !Keys(*item).has("containerDefinitions");
    if !items.is_empty() && items.iter().all(is_container) && evidence::are_containers(&items) {
        return recognised.documents.push((DocumentKind::ContainerDefinitions, root.index()));
    }
    for item in root.items() {
        recognise_value(item, recognised);
    }
}

/// The objects, by index, of a task definition that says nothing but the images of its containers: another tool merges
/// it into the one that is registered, which has what they lack. None if it says more.
pub(crate) fn objects_of_patch(task: Node) -> Vec<u32> {
    let has_only = |of: Node, keys: &[&str]| of.members().all(|(key, _)| keys.contains(&key.text()));
    let Some(list) = task.get("containerDefinitions").filter(|_| has_only(task, &["containerDefinitions"]))
    else {
        return Vec::new();
    };
    // What is filled in may be such a container, too.
    let may_be_container = |node: &Node| match node.kind() {
        Kind::Object => has_only(*node, &["name", "image"]),
        _ => is_filled_in_whole(*node),
    };
    let containers: Vec<Node> = list.items().collect();
    let is_patch =
        is_filled_in_whole(list) || !containers.is_empty() && containers.iter().all(may_be_container);
    let containers = containers.into_iter().filter(|node| node.kind() == Kind::Object);
    let all = std::iter::once(task).chain(containers);
    if is_patch { all.map(Node::index).collect() } else { Vec::new() }
}

/// Whether a text contains a key that only ECS documents have, or the type of a resource of ours.
pub(crate) fn shows_ecs_words(text: &str) -> bool {
    signs::TELLING_WORDS
        .iter()
        .chain(signs::TYPES)
        .chain(signs::CAPITALIZED_WORDS)
        .any(|word| text.contains(word))
}
