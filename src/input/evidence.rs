//! Whether an object that may be one of ours belongs to another program instead: its settings, a list of products.
//!
//! `cluster`, `service`, `name`, `image`, `family`: our words are those of many programs. So the words that only ECS
//! has are weighed against the keys that ECS does not have at all. A misspelled key is not such a key.

use std::collections::HashSet;

use super::Keys;
use crate::spelling::{lowered, nearest};
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
];

/// Words of ECS that other programs have as well.
const ORDINARY: &[&str] = &[
    // Of services, task sets and what describes them.
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
    "runningCount",
    "pendingCount",
    "taskSets",
    "deployments",
    "events",
    "createdAt",
    "createdBy",
    "currentServiceDeployment",
    "currentServiceRevisions",
    "resourceManagementType",
    // Of task definitions and their descriptions.
    "family",
    "volumes",
    "cpu",
    "memory",
    "revision",
    "requiresAttributes",
    "compatibilities",
    "registeredAt",
    "deregisteredAt",
    "deleteRequestedAt",
    "registeredBy",
    // Of containers.
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
    // Of tasks.
    "overrides",
    "count",
    "group",
    "startedBy",
    "referenceId",
];

/// What the keys of one or more objects show.
#[derive(Debug, Default)]
struct Evidence {
    /// How many words only ECS has.
    telling: usize,
    /// How many keys ECS does not have.
    foreign: usize,
}

/// Whether an object is rather one of ours than of another program.
pub(super) fn is_ours(keys: Keys) -> bool {
    Evidence::of([keys.0]).is_ours()
}

/// Whether objects with an image are rather containers than products, pages or people.
pub(super) fn are_containers(objects: &[Node]) -> bool {
    let mut evidence = Evidence::of(objects.iter().copied());
    let images = || objects.iter().filter_map(|object| Keys(*object).get("image"));
    evidence.telling += usize::from(images().any(|image| image.as_text().is_none_or(is_image)));
    evidence.is_ours()
}

/// Whether a text is a container image with a tag or a digest, or a placeholder for one.
fn is_image(text: &str) -> bool {
    (text.contains(':') && !text.contains("://") && !text.contains(' ')) || text.contains(['{', '<', '@'])
}

impl Evidence {
    fn of<'d>(objects: impl IntoIterator<Item = Node<'d>>) -> Evidence {
        let mut evidence = Evidence::default();
        let mut seen = HashSet::new();
        for (key, value) in objects.into_iter().flat_map(Node::members) {
            // What is foreign by now remains so.
            if evidence.foreign > LISTS.len() + OBJECTS.len() + SCALARS.len() {
                break;
            }
            if seen.insert(key.text()) {
                evidence.add(key.text(), value);
            }
        }
        evidence
    }

    fn add(&mut self, key: &str, value: Node) {
        let name = lowered(key);
        if ORDINARY.contains(&name.as_str()) {
            // Others write the variables as an object, or as texts.
            let are_pairs = || value.items().next().is_some_and(|pair| Keys(pair).has("name"));
            self.telling += usize::from(matches!(name.as_str(), "environment" | "secrets") && are_pairs());
        } else if let Some(has_form) = form(&name) {
            self.telling += usize::from(has_form(value));
        } else if !is_comment(key) {
            let words = LISTS.iter().chain(OBJECTS).chain(SCALARS).chain(ORDINARY);
            match nearest(key, words.copied()) {
                // `deployment` may be short for one of our words, but it is a word of its own.
                Some(word) if key.len() + 3 < word.len() => {}
                Some(word) => match form(word) {
                    // Keys in snake case are those of other programs, but one may be a mistake.
                    Some(has_form) if has_form(value) => {
                        let is_own = !key.contains(['_', '-']) || word == "containerDefinitions";
                        self.telling += usize::from(is_own);
                    }
                    Some(_) => self.foreign += 1,
                    None => {}
                },
                None => self.foreign += 1,
            }
        }
    }

    fn is_ours(&self) -> bool {
        self.telling > self.foreign
    }
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
                r#"{"cluster": "c", "service": "web", "_comment": "x", "desiredCount": 1, "launchType": "EC2", "tasks": 2}"#,
                "service",
            ),
            (
                r#"{"serviceName": "web", "taskDefinition": "web", "desiredCounts": 2, "image": "x"}"#,
                "service",
            ),
            (r#"{"serviceName": "web", "taskDefinition": "web", "launchType": "EC2", "port": 1}"#, "service"),
            (r#"{"ServiceName": "web", "TaskDefinition": "web", "LaunchType": "EC2"}"#, "service"),
            (
                r#"{"family": "web", "executionRoleArn": "x", "cpu": "256", "memory": "512"}"#,
                "task definition",
            ),
            (r#"{"family": "web", "containerDefinition": [{"name": "web"}]}"#, "task definition"),
            (r#"{"containerDefinitions": [], "region": "r", "account": "a", "app": "x"}"#, "task definition"),
            (r#"[{"name": "web", "image": "web:1", "memory": 128}]"#, "container definitions"),
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
        let slip = r#"{"service": "s", "cluster": "c", "task_definition": "web:1", "desiredCount": 2}"#;
        assert_eq!(name(slip), "service");
    }
}
