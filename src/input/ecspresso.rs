//! The configuration of ecspresso: which service definition and which task definition belong together, and
//! the service's name.

use crate::tree::Tree;

/// A configuration of ecspresso. A field is `None` if the configuration omits it or sets it with a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EcspressoConfiguration {
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

impl EcspressoConfiguration {
    /// Reads a configuration in JSON or YAML; `None` if the text does not contain one.
    pub(crate) fn read(tree: &Tree) -> Option<EcspressoConfiguration> {
        let root = tree.roots().next()?;
        let value = |key: &str| Some(root.get(key)?.as_text()?.to_owned());
        let found = EcspressoConfiguration::with(value);
        (found != EcspressoConfiguration::default()).then_some(found)
    }

    fn with(value: impl Fn(&str) -> Option<String>) -> EcspressoConfiguration {
        let plain = |key: &str| value(key).filter(|text| !text.is_empty() && !text.contains("{{"));
        EcspressoConfiguration {
            service_definition: plain("service_definition"),
            task_definition: plain("task_definition"),
            service: plain("service"),
            cluster: plain("cluster"),
        }
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
