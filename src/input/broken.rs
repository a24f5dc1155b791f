//! What a text was meant to be that cannot be read, or only in part: the keys in it show that.

use std::collections::HashSet;

use super::signs::{SERVICE_ONLY_WORDS, SERVICE_WORDS, TASK_DEFINITION_KEYS};
use super::{Other, SERVERLESS, TEMPLATE, shows_ecs_words};
use crate::source::Cut;

/// The types of the resources of templates that are linted.
const RESOURCES: &[&str] = &[
    "AWS::ECS::Service",
    "AWS::ECS::TaskDefinition",
    "AWS::ECS::TaskSet",
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
];

/// Keys of documents that contain ours, or name them, and are those of other programs: state machines, policies,
/// events, workflows, dashboards.
const OF_OTHERS: &[&str] = &[
    "StartAt",
    "States",
    "Statement",
    "detail",
    "detail-type",
    "eventName",
    "requestParameters",
    "EcsParameters",
    "jobs",
    "pipelines",
    "widgets",
    "scripts",
    "openapi",
    "swagger",
    "apiVersion",
    "provider",
    "terraform_version",
];

/// Keys of containers that hardly anything but ECS has.
const OF_CONTAINERS: &[&str] = &[
    "essential",
    "portMappings",
    "mountPoints",
    "volumesFrom",
    "logConfiguration",
    "environmentFiles",
    "memoryReservation",
    "entryPoint",
    "dependsOn",
    "linuxParameters",
];

/// The first words of scripts and of pages.
const BEGINNINGS: &[&str] =
    &["#!", "aws ", "cat ", "cd ", "curl ", "docker ", "echo ", "export ", "set -", "sudo ", "$ ", "<"];

/// Whether a text that cannot be read to its end, and in which nothing was recognized, was meant to be a document of
/// ours.
pub(crate) fn shows_document(text: &str) -> bool {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let is_program = BEGINNINGS.iter().any(|beginning| begins.starts_with(beginning));
    // What a merge has left begins like a page.
    let is_program = is_program && !begins.starts_with("<<<<<<<");
    !is_program && (declares_resources(text) || Keys::of(text).show_document())
}

/// Words of the names of files that suggest an ECS document, or what people call one.
const OF_FILES: &[&str] = &[
    "autoscaling",
    "container",
    "containers",
    "definition",
    "ecs",
    "fargate",
    "scaling",
    "service",
    "task",
    "taskdef",
    "taskdefinition",
];

/// Whether the name of a file, or any key in its text, suggests an ECS document.
pub(crate) fn suggests_ecs(name: &str, text: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let mut words = file.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| OF_FILES.contains(&word)) || shows_ecs_words(text) || Keys::of(text).suggest_document()
}

/// Whether what follows a fault in a template has a resource of ours, which the fault hides.
pub(crate) fn hides_resources(other: Other, rest: &str) -> bool {
    matches!(other, TEMPLATE | SERVERLESS) && declares_resources(rest)
}

/// Whether a text has a key `Type` with the type of a resource that is linted.
fn declares_resources(text: &str) -> bool {
    RESOURCES.iter().any(|name| {
        text.match_indices(name).any(|(at, _)| {
            let goes_on = text.cut(at + name.len()..).starts_with(|c: char| c.is_ascii_alphanumeric());
            let before = text.cut(..at).trim_end_matches(['"', '\'', ' ', '\t']);
            let key = before.strip_suffix(':').map(|before| before.trim_end_matches(['"', '\'', ' ', '\t']));
            let is_type = |key: &str| {
                let rest = key.strip_suffix("Type").or_else(|| key.strip_suffix("type"));
                rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
            };
            !goes_on && key.is_some_and(is_type)
        })
    })
}

/// The keys of a text, at any depth.
struct Keys<'t>(HashSet<&'t str>);

impl<'t> Keys<'t> {
    /// The words of a text that a colon or an equal sign follows.
    fn of(text: &'t str) -> Keys<'t> {
        let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let mut keys = HashSet::new();
        let mut rest = text;
        while let Some(start) = rest.find(belongs) {
            let word = rest.cut(start..);
            let length = word.find(|c| !belongs(c)).unwrap_or(word.len());
            rest = word.cut(length..);
            let after = rest.trim_start_matches(['"', '\'', '\\', '”']).trim_start_matches([' ', '\t']);
            if after.starts_with([':', '=']) && !after.starts_with("::") {
                keys.insert(word.cut(..length));
            }
        }
        Keys(keys)
    }

    fn has(&self, key: &str) -> bool {
        self.0.contains(key)
    }

    /// The same, with a capital as CloudFormation and Application Auto Scaling write it.
    fn has_any_case(&self, key: &str) -> bool {
        let capital = || format!("{}{}", key.cut(..1).to_ascii_uppercase(), key.cut(1..));
        self.has(key) || self.has(&capital())
    }

    fn count(&self, keys: &[&str]) -> usize {
        keys.iter().filter(|key| self.has(key)).count()
    }

    /// Whether they may be those of a document of ours: each of them alone is a key of other programs, too.
    fn suggest_document(&self) -> bool {
        const FEW: usize = 2;
        let all = OF_CONTAINERS.iter().chain(SERVICE_WORDS).chain(TASK_DEFINITION_KEYS);
        self.has("family")
            || self.has_any_case("serviceNamespace")
            || self.has_any_case("resourceId")
            || all.filter(|key| self.has(key)).count() >= FEW
    }

    fn show_document(&self) -> bool {
        self.count(OF_OTHERS) == 0
            && (self.show_task_definition()
                || self.show_service()
                || self.show_containers()
                || self.show_scaling())
    }

    fn show_task_definition(&self) -> bool {
        let has_containers = self.has_any_case("containerDefinitions");
        let others = ["family", "name", "image"].into_iter().chain(TASK_DEFINITION_KEYS.iter().copied());
        has_containers && others.into_iter().any(|key| self.has_any_case(key))
            || self.has("family") && self.count(TASK_DEFINITION_KEYS) > 0
    }

    fn show_service(&self) -> bool {
        const FEW: usize = 3;
        let words = self.count(SERVICE_WORDS) + self.count(&["cluster", "taskDefinition"]);
        words >= FEW && self.count(SERVICE_ONLY_WORDS) > 0
    }

    fn show_containers(&self) -> bool {
        self.has("image") && self.has("name") && self.count(OF_CONTAINERS) > 1
    }

    fn show_scaling(&self) -> bool {
        let metrics = ["predefinedMetricSpecification", "customizedMetricSpecification"];
        self.has_any_case("scalableDimension") && self.has_any_case("resourceId")
            || self.has_any_case("targetValue") && metrics.iter().any(|key| self.has_any_case(key))
            || self.has_any_case("stepAdjustments") && self.has_any_case("adjustmentType")
    }
}

#[cfg(test)]
mod tests {
    use super::super::RUN_TASK;
    use super::*;

    #[test]
    fn what_was_meant_to_be_ours_is_known_by_its_keys() {
        for text in [
            "family: web\ncontainerDefinitions:\n  - name: web\n    image: nginx\n",
            "<<<<<<< HEAD\n{\"family\": \"web\",\n=======\n\"containerDefinitions\": []}\n>>>>>>> x\n",
            "\"containerDefinitions\": [{\"name\": \"web\", \"image\": \"nginx\"}]",
            "serviceName = \"web\"\ncluster = \"main\"\ntaskDefinition = \"web:1\"\ndesiredCount = 1\n",
            "name: web\nimage: nginx\nessential: true\nportMappings: []\n",
            "ResourceId: service/a/b\nScalableDimension: ecs:service:DesiredCount\n",
        ] {
            assert!(shows_document(text), "{text}");
        }
    }

    #[test]
    fn what_only_mentions_our_words_is_something_else() {
        for text in [
            "#!/bin/sh\naws ecs register-task-definition --container-definitions '{\"containerDefinitions\": []}'\n",
            "\"logConfiguration\": {\"logDriver\": \"awslogs\"}",
            "{\"StartAt\": \"A\" \"States\": {\"A\": {\"Type\": \"Task\" {\"containerDefinitions\": [], \"family\": 1",
            "The file taskdef.json has a list called containerDefinitions.",
            "{\"Statement\": [{\"Action\": [\"ecs:RunTask\" : \"taskDefinition\"",
        ] {
            assert!(!shows_document(text), "{text}");
        }
    }

    #[test]
    fn a_resource_behind_a_fault_is_seen() {
        let hides = |text: &str| hides_resources(TEMPLATE, text);
        let rest = "      CidrBlock: x\n  S:\n    Type: ";
        assert!(hides(&format!("{rest}AWS::ECS::Service\n")));
        assert!(hides(&format!("{rest}\"AWS::ECS::TaskDefinition\"\n")));
        assert!(!hides(&format!("{rest}AWS::ECS::Cluster\n")));
        assert!(!hides("      resourceType: AWS::ECS::Service\n"));
        assert!(!hides_resources(RUN_TASK, "Type: AWS::ECS::Service"));
    }
}
