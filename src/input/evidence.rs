//! Whether an object that may be one of ours belongs to another program instead: its settings, a list of products.
//!
//! `cluster`, `service`, `name`, `image`, `family`: our words are those of many programs. So the words that only ECS
//! has are weighed against the keys that ECS does not have at all. A misspelled key is not such a key.

use std::collections::HashSet;

use super::Keys;
use super::signs::DESCRIBED_SERVICE_KEYS;
use crate::document::RESPONSE_ONLY_FIELDS;
use crate::spelling::{is_one_off, lowered, nearest};
use crate::tree::{Kind, Node};

/// Words that hardly anything but ECS has, with a list as their value.
const LISTS: &[&str] = &[
    "containerDefinitions",
    "loadBalancers",
    "serviceRegistries",
    "capacityProviderStrategy",
    "placementConstraints",
    "placementStrategy",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
    "requiresCompatibilities",
    "inferenceAccelerators",
    "portMappings",
    "mountPoints",
    "environmentFiles",
    "volumesFrom",
    "entryPoint",
    "resourceRequirements",
    "systemControls",
    "credentialSpecs",
    "dockerSecurityOptions",
    "extraHosts",
    "ulimits",
    "stepAdjustments",
];

/// Words that hardly anything but ECS has, with an object as their value.
const OBJECTS: &[&str] = &[
    "networkConfiguration",
    "deploymentConfiguration",
    "deploymentController",
    "serviceConnectConfiguration",
    "proxyConfiguration",
    "ephemeralStorage",
    "runtimePlatform",
    "trustedExecutionConfiguration",
    "logConfiguration",
    "firelensConfiguration",
    "linuxParameters",
    "repositoryCredentials",
    "dockerLabels",
    "predefinedMetricSpecification",
    "customizedMetricSpecification",
];

/// Words that hardly anything but ECS has, with a text, a number or a switch as their value.
const SCALARS: &[&str] = &[
    "taskDefinition",
    "desiredCount",
    "launchType",
    "schedulingStrategy",
    "healthCheckGracePeriodSeconds",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "propagateTags",
    "availabilityZoneRebalancing",
    "forceNewDeployment",
    "taskRoleArn",
    "executionRoleArn",
    "networkMode",
    "pidMode",
    "ipcMode",
    "enableFaultInjection",
    "essential",
    "memoryReservation",
    "readonlyRootFilesystem",
    "pseudoTerminal",
    "stopTimeout",
    "serviceArn",
    "clusterArn",
    "taskDefinitionArn",
    "externalId",
    "scaleInCooldown",
    "scaleOutCooldown",
    "disableScaleIn",
    "adjustmentType",
    "minAdjustmentMagnitude",
    "metricAggregationType",
];

/// What an object may be. Each kind has words that other programs have as well: they show nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likely {
    /// A service or a task set.
    Service,
    /// A task definition.
    Task,
    /// A container.
    Container,
    /// The configuration of a scaling policy.
    Scaling,
}

impl Likely {
    /// Its words that other programs have as well, those in the description of one among them.
    fn ordinary(self) -> impl Iterator<Item = &'static str> + Clone {
        let (own, described): (&[&str], &[&str]) = match self {
            Likely::Service => (OF_SERVICE, DESCRIBED_SERVICE_KEYS),
            Likely::Task => (OF_TASK, RESPONSE_ONLY_FIELDS),
            Likely::Container => (OF_CONTAINER, &[]),
            Likely::Scaling => (OF_SCALING, &[]),
        };
        own.iter().chain(described).copied()
    }
}

/// Ordinary words of services and task sets.
const OF_SERVICE: &[&str] = &[
    "cluster",
    "service",
    "serviceName",
    "services",
    "role",
    "roleArn",
    "tags",
    "clientToken",
    "platformVersion",
    "platformFamily",
    "scale",
    "monitoring",
    "gatewayConnectors",
    "status",
    "taskSets",
    "createdBy",
    "currentServiceRevisions",
    "resourceManagementType",
];

/// Ordinary words of task definitions.
const OF_TASK: &[&str] = &["family", "volumes", "cpu", "memory", "tags"];

/// Ordinary words of containers.
const OF_CONTAINER: &[&str] = &[
    "name",
    "image",
    "links",
    "restartPolicy",
    "command",
    "environment",
    "secrets",
    "dependsOn",
    "startTimeout",
    "versionConsistency",
    "hostname",
    "user",
    "workingDirectory",
    "disableNetworking",
    "privileged",
    "dnsServers",
    "dnsSearchDomains",
    "interactive",
    "healthCheck",
    "cpu",
    "memory",
];

/// Ordinary words of scaling policies.
const OF_SCALING: &[&str] = &["targetValue", "cooldown"];

/// Keys in the settings of programs that deploy services, beside words of ours.
const OF_DEPLOYERS: &[&str] = &[
    "account",
    "accountId",
    "app",
    "container",
    "containerName",
    "containerPort",
    "containers",
    "cpu",
    "docker",
    "dockerfile",
    "ecr",
    "env",
    "environment",
    "family",
    "host",
    "image",
    "imageName",
    "imageTag",
    "imageUri",
    "memory",
    "name",
    "namespace",
    "port",
    "profile",
    "repository",
    "stage",
    "stages",
    "tag",
    "task",
    "tasks",
    "timeout",
    "vpc",
];

/// What the keys of one or more objects show.
#[derive(Debug, Default)]
struct Evidence {
    /// How many words only ECS has.
    telling: usize,
    /// How many keys that kind of object does not have.
    foreign: usize,
    /// How many keys it has, telling or not.
    known: usize,
    /// Whether a foreign key is one that programs have which deploy services.
    is_of_deployer: bool,
}

/// Whether an object is rather what it may be than an object of another program.
pub(super) fn is_ours(keys: Keys, likely: Likely) -> bool {
    Evidence::of([keys.0], likely).shows(likely)
}

/// Whether an object that names its service and its task definition is rather the input of a call, in spite of one or two
/// keys that the call does not have.
pub(super) fn is_call(keys: Keys) -> bool {
    const MOST_FOREIGN: usize = 2;
    const KNOWN_FOR_EACH: usize = 3;
    let names_service = keys.has("serviceName") || (keys.has("service") && keys.has("forceNewDeployment"));
    if !names_service || !keys.has("taskDefinition") {
        return false;
    }
    let Evidence { telling, foreign, known, is_of_deployer } = Evidence::of([keys.0], Likely::Service);
    !is_of_deployer && telling > 1 && foreign <= MOST_FOREIGN && known >= KNOWN_FOR_EACH * foreign
}

/// Whether objects with an image are rather containers than products, pages or people.
pub(super) fn are_containers(objects: &[Node]) -> bool {
    let mut evidence = Evidence::of(objects.iter().copied(), Likely::Container);
    let images = || objects.iter().filter_map(|object| Keys(*object).get("image"));
    evidence.telling += usize::from(images().any(|image| image.as_text().is_none_or(is_image)));
    evidence.shows(Likely::Container)
}

/// Whether a text is a container image with a tag or a digest, or a placeholder for one.
fn is_image(text: &str) -> bool {
    (text.contains(':') && !text.contains("://") && !text.contains(' ')) || text.contains(['{', '<'])
}

impl Evidence {
    fn of<'d>(objects: impl IntoIterator<Item = Node<'d>>, likely: Likely) -> Evidence {
        let mut evidence = Evidence::default();
        let mut seen = HashSet::new();
        for (key, value) in objects.into_iter().flat_map(Node::members) {
            // What is foreign by now remains so.
            if evidence.foreign > LISTS.len() + OBJECTS.len() + SCALARS.len() {
                break;
            }
            if seen.insert(key.text()) {
                evidence.add(key.text(), value, likely);
            }
        }
        evidence
    }

    fn add(&mut self, key: &str, value: Node, likely: Likely) {
        let (name, ordinary) = (lowered(key), likely.ordinary());
        if likely == Likely::Container && matches!(name.as_str(), "environment" | "secrets") {
            return self.add_pairs(value);
        }
        if let Some(has_form) = form(&name) {
            self.telling += usize::from(has_form(value));
            self.known += usize::from(has_form(value));
            return;
        }
        if ordinary.clone().any(|word| word == name) || is_comment(key) {
            self.telling += usize::from(is_of_aws(&name, value));
            self.known += usize::from(!is_comment(key));
            return;
        }
        let word = meant(&name, LISTS.iter().chain(OBJECTS).chain(SCALARS).copied().chain(ordinary));
        match word.map(|word| (word, form(word))) {
            // An ordinary word.
            Some((_, None)) => {}
            Some((word, Some(has_form))) if has_form(value) => {
                // `deployment` may be short for one of our words, but it is a word of its own. Keys in snake case are
                // those of other programs, but one may be a mistake.
                let is_short = key.len() + 1 < word.len() && word.starts_with(name.as_str());
                let is_own = !is_short && !key.contains(['_', '-']);
                self.telling += usize::from(is_own || word == "containerDefinitions");
            }
            _ => {
                self.foreign += 1;
                self.is_of_deployer |= OF_DEPLOYERS.contains(&name.as_str());
            }
        }
    }

    /// Adds the variables of a container, which others write as an object, or as texts.
    fn add_pairs(&mut self, value: Node) {
        let first = value.items().next().map(Node::kind);
        self.telling += usize::from(first == Some(Kind::Object));
        let is_list = matches!(value.kind(), Kind::List | Kind::Unknown | Kind::Null);
        self.foreign += usize::from(!is_list || first == Some(Kind::Text));
    }

    /// Whether the objects are likely what they may be. One foreign key may be a mistake in a document that shows by
    /// several words what it is; in a container it is not an error anyway.
    fn shows(&self, likely: Likely) -> bool {
        let weight = if likely == Likely::Container { 1 } else { 2 };
        self.telling > weight * self.foreign
    }
}

/// The word that a misspelled key was meant to be. A short word is soon another one: `count` is not `account`.
fn meant<'w>(key: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    const LONG: usize = 9;
    nearest(
        key,
        words.filter(|word| word.len() >= LONG || is_one_off(&word.to_lowercase(), &key.to_lowercase())),
    )
}

/// Whether a value has the form of that of a word which only ECS has; `None` for other words.
fn form(word: &str) -> Option<fn(Node) -> bool> {
    let is = |words: &[&str]| words.contains(&word);
    if is(LISTS) {
        Some(|value| matches!(value.kind(), Kind::List | Kind::Unknown | Kind::Null))
    } else if is(OBJECTS) {
        Some(|value| matches!(value.kind(), Kind::Object | Kind::Unknown | Kind::Null))
    } else if is(SCALARS) {
        Some(|value| !value.is_container())
    } else {
        None
    }
}

/// Whether the value of an ordinary word has a form that hardly anything but AWS has.
fn is_of_aws(word: &str, value: Node) -> bool {
    let is_arn = |of: &str| value.as_text().is_some_and(|text| text.starts_with("arn:") && text.contains(of));
    match word {
        "cluster" | "service" => is_arn(":ecs:"),
        "role" => is_arn(":iam:"),
        "tags" => value.items().next().is_some_and(|tag| Keys(tag).has("key") && Keys(tag).has("value")),
        "monitoring" => Keys(value).has("metricConfigurations"),
        _ => false,
    }
}

/// Whether a key is a comment, in a format that has none, or holds more than a name.
fn is_comment(key: &str) -> bool {
    key.starts_with(|c: char| !c.is_ascii_alphanumeric())
        || key.starts_with("x-")
        || key.starts_with("comment")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::recognise;
    use crate::parse;
    use crate::source::{Source, SourceId};

    /// What a text is: the name of its first document, or of what else it is.
    fn name(text: &str) -> &'static str {
        let parsed = parse::parse(Arc::new(Source::new(SourceId(0), "x.json", text)));
        let found = recognise(&parsed.tree);
        let document = found.documents.first().map(|(kind, _)| kind.name());
        document.or_else(|| found.others.first().map(|other| other.name)).unwrap_or("nothing")
    }

    #[test]
    fn settings_of_other_programs_are_not_ours() {
        for text in [
            r#"{"cluster": "ecs-demo", "service": "s", "task": "t", "elb": "e", "arn": "a", "region": "r"}"#,
            r#"{"cluster": "k8s-dev", "service": "cart", "namespace": "default", "port": 8080}"#,
            r#"{"cluster": "c", "service": "s", "tags": ["a"]}"#,
            r#"{"cluster": "c", "service": "s", "taskDefinition": "web", "container": "app"}"#,
            r#"{"cluster": "c", "service": "s", "taskDefinition": "web", "desiredCount": 2, "image": "x:1"}"#,
            r#"{"cluster": "c", "service": "s", "desiredCount": 2, "launchType": "FARGATE", "region": "r"}"#,
            r#"{"cluster": "c", "serviceName": "s", "family": "web", "taskRoleArn": "x", "executionRoleArn": "y"}"#,
            r#"{"name": "x", "launchType": "FARGATE", "desiredCount": 2, "stages": ["a"], "account": "1"}"#,
            r#"{"taskDefinition": {"family": "x", "cpu": 1}}"#,
            r#"{"targetValue": 50, "scaleInCooldown": 60, "name": "x", "min": 1, "max": 2}"#,
            r#"{"adjustmentType": "x", "foo": 1}"#,
            r#"[{"name": "db", "image": "postgres:15", "environment": {"A": "b"}}]"#,
            r#"{"serviceName": "orders", "role": "admin"}"#,
            r#"{"serviceName": "orders", "cluster": "c", "region": "eu-west-1"}"#,
            r#"{"serviceName": "s", "desiredCount": 2, "image": "x", "port": 80}"#,
            r#"{"cluster": "c", "serviceName": "s", "containers": [{"containerURI": "x"}], "deployment": {"a": 1}}"#,
            r#"{"services": [{"cluster": "c", "serviceName": "s", "serviceProtocol": "none", "desiredCount": 1,
                "loadBalancer": "lb", "containers": []}]}"#,
            r#"{"service": {"serviceName": "orders", "port": 80}}"#,
            r#"{"family": "x", "region": "eu", "cluster": "c", "container": "w"}"#,
            r#"{"family": "t3", "memory": "4 GiB", "volumes": []}"#,
            r#"[{"name": "Laptop", "image": "a.jpg", "cpu": "i7", "memory": "16GB", "price": 5}]"#,
            r#"[{"name": "Pairs", "image": "a.jpg", "command": "npm start"}]"#,
            r#"[{"title": "Laptop", "image": "a.jpg"}]"#,
            r#"[{"name": "Laptop", "image": "https://example.com/a.jpg"}]"#,
            r#"{"name": "Name", "image": "Bild", "memory": "Speicher", "environment": "Umgebung"}"#,
            r#"{"name": "x", "version": "1.0.0", "overrides": {"foo": "^1"}}"#,
            r#"{"extends": "x", "overrides": [{"files": ["*.ts"]}]}"#,
            r#"{"version": "2.0.0", "tasks": [{"label": "build"}]}"#,
            r#"{"version": 1, "resources": [{"name": "a"}]}"#,
            r#"{"sourceConfiguration": {"folder": "src"}}"#,
        ] {
            assert_eq!(name(text), "nothing", "{text}");
        }
    }

    #[test]
    fn a_misplaced_or_misspelled_key_or_a_comment_makes_a_document_no_settings() {
        for (text, expected) in [
            (r#"{"service": "web", "cluster": "c", "forceNewDeployment": true}"#, "service"),
            (
                r#"{"cluster": "c", "service": "web", "_comment": "x", "desiredCount": 1, "launchType": "EC2",
                "taskDefinition": "web", "tasks": 2}"#,
                "service",
            ),
            (
                r#"{"serviceName": "web", "taskDefinition": "web", "desiredCounts": 2, "propagateTags": "SERVICE",
                    "image": "x"}"#,
                "service",
            ),
            (
                r#"{"serviceName": "web", "taskDefinition": "web", "launchType": "EC2", "desiredCount": 1,
                "port": 1}"#,
                "service",
            ),
            (r#"{"ServiceName": "web", "TaskDefinition": "web", "LaunchType": "EC2"}"#, "service"),
            (r#"{"serviceName": "web", "tags": [{"key": "team", "value": "shop"}]}"#, "service"),
            (
                r#"{"serviceName": "web", "cluster": "c", "monitoring": {"metricConfigurations": []}}"#,
                "service",
            ),
            (
                r#"{"serviceName": "web", "cluster": "arn:aws:ecs:eu-west-1:468013579246:cluster/c"}"#,
                "service",
            ),
            (
                r#"{"family": "web", "executionRoleArn": "x", "cpu": "256", "memory": "512"}"#,
                "task definition",
            ),
            (r#"{"family": "web", "containerDefinition": [{"name": "web"}]}"#, "task definition"),
            (r#"{"containerDefinitions": [], "region": "r", "account": "a", "app": "x"}"#, "task definition"),
            (r#"[{"name": "web", "image": "web:1", "memory": 128}]"#, "container definitions"),
            (
                r#"[{"name": "web", "image": "web:1", "logConfiguration": {}, "compatibilities": ["EC2"]}]"#,
                "container definitions",
            ),
            (
                r#"{"targetValue": 5, "predefinedMetricSpecification": {}, "max": 1}"#,
                "target-tracking configuration",
            ),
            (r#"[{"name": "web", "image": "x", "essential": true}]"#, "container definitions"),
            (
                r#"[{"name": "web", "image": "x", "environment": [{"name": "A", "value": "b"}]}]"#,
                "container definitions",
            ),
        ] {
            assert_eq!(name(text), expected, "{text}");
        }
    }

    #[test]
    fn keys_decide_even_if_their_values_are_null() {
        let few =
            r#"{"cluster": null, "taskDefinition": null, "launchType": null, "networkConfiguration": null}"#;
        assert_eq!(name(few), "input of `run-task`");
        let settings = r#"{"cluster": null, "launchType": null, "overrides": {}, "taskDefinition": null,
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": [null]}}}"#;
        assert_eq!(name(settings), "input of `run-task`");
        assert_eq!(name(&settings.replace("null", "\"x\"")), "input of `run-task`");
    }

    #[test]
    fn a_configuration_of_ecspresso_needs_no_service_definition() {
        let own = r#"{"region": "r", "cluster": "c", "service": "s", "task_definition": "t.json", "timeout": "5m"}"#;
        assert_eq!(name(own), "an ecspresso configuration");
        assert_eq!(
            name(r#"{"service": "api", "cluster": "prod", "task_definition": "x"}"#),
            "an ecspresso configuration"
        );
        let mistake = r#"{"service": "s", "cluster": "c", "task_definition": "web:1", "desiredCount": 2,
            "propagateTags": "SERVICE"}"#;
        assert_eq!(name(mistake), "service");
    }
}
