//! The configurations of tools that deploy services, ecspresso and PipeCD: which service definition and which task
//! definition belong together, and the service's name.

use super::is_filled_in;
use crate::placeholder;
use crate::tree::{Node, Tree};

/// A tool that deploys services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Deployer {
    /// It sends what it reads.
    #[default]
    Ecspresso,
    /// It reads a service and a task definition as the API describes them, and sends what it knows of them.
    PipeCd,
}

/// The configuration of a tool that deploys a service. A field is `None` if the configuration omits it or sets it with a
/// template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Configuration {
    /// The tool.
    pub deployer: Deployer,
    /// The path of the service definition, relative to the folder of the configuration.
    pub service_definition: Option<String>,
    /// The path of the task definition, relative to the folder of the configuration.
    pub task_definition: Option<String>,
    /// The name of the service.
    pub service: Option<String>,
    /// The name of the cluster.
    pub cluster: Option<String>,
}

/// Whether a file name is that of an ecspresso configuration in YAML.
pub(crate) fn is_ecspresso_yaml(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let has_ending = [".yml", ".yaml"].iter().any(|ending| file.ends_with(ending));
    has_ending && file.starts_with("ecspresso")
}

/// Whether a text in YAML may be an ecspresso configuration, whatever its file is called.
pub(crate) fn may_be_ecspresso(text: &str) -> bool {
    text.contains("service_definition:") && text.contains("task_definition:")
}

/// What the version of a configuration of PipeCD begins with.
const PIPECD: &str = "pipecd.dev/";

/// Whether a text in YAML may be the configuration of an application of PipeCD.
pub(crate) fn may_be_pipecd(text: &str) -> bool {
    [PIPECD, "ECSApp", "serviceDefinitionFile:", "taskDefinitionFile:"].iter().any(|sign| text.contains(sign))
}

impl Configuration {
    /// Reads a configuration of ecspresso in JSON or YAML; `None` if the text does not contain one.
    pub(crate) fn of_ecspresso(tree: &Tree) -> Option<Configuration> {
        let root = tree.roots().next()?;
        let plain = |key: &str| {
            let text = root.get(key)?.as_text()?;
            (!text.is_empty() && !placeholder::has_hole(text)).then(|| text.to_owned())
        };
        let found = Configuration {
            deployer: Deployer::Ecspresso,
            service_definition: plain("service_definition"),
            task_definition: plain("task_definition"),
            service: plain("service"),
            cluster: plain("cluster"),
        };
        (found != Configuration::default()).then_some(found)
    }

    /// Reads the configuration of an application of PipeCD that is one of ECS.
    pub(crate) fn of_pipecd(tree: &Tree) -> Option<Configuration> {
        let root = tree.roots().next()?;
        let version = root.get("apiVersion")?;
        let is_version = |text: &str| text.starts_with(PIPECD);
        if !is_filled_in(version) && !version.as_text().is_some_and(is_version) {
            return None;
        }
        let spec = root.get("spec")?;
        let input = spec.get("input");
        let value = |key: &str| input.and_then(|input| input.get(key));
        let is =
            |of: Node, key: &str, value: &str| of.get(key).is_some_and(|own| own.as_text() == Some(value));
        let names_file = value("serviceDefinitionFile").or(value("taskDefinitionFile")).is_some();
        if !is(root, "kind", "ECSApp") && !is(spec, "plugin", "ecs") && !names_file {
            return None;
        }
        let is_open = is_filled_in(spec) || input.is_some_and(is_filled_in);
        let path = |key: &str, default: &str| match value(key) {
            Some(path) if is_filled_in(path) => None,
            Some(path) => path.as_text().map(str::to_owned),
            None => (!is_open).then(|| default.to_owned()),
        };
        Some(Configuration {
            deployer: Deployer::PipeCd,
            service_definition: path("serviceDefinitionFile", "service.json"),
            task_definition: path("taskDefinitionFile", "taskdef.json"),
            service: None,
            cluster: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_yaml_form() {
        assert!(is_ecspresso_yaml("deploy/ecspresso.yml"));
        assert!(is_ecspresso_yaml("ecspresso-prod.yaml"));
        assert!(!is_ecspresso_yaml("deploy/ecspresso.json"));
        assert!(!is_ecspresso_yaml("ecspresso/values.yml"));
    }
}
