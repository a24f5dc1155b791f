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

impl EcspressoConfiguration {
    /// Reads the YAML form. ecspresso renders templates before it parses YAML, so a file with template holes
    /// may not be valid YAML: the four plain keys at the left margin are read line by line.
    pub(crate) fn read_yaml(text: &str) -> EcspressoConfiguration {
        let value = |key: &str| {
            let mut values = text.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
            scalar(values.next()?)
        };
        EcspressoConfiguration::with(value)
    }

    /// Reads the JSON form; `None` if the text does not contain such a configuration.
    pub(crate) fn read_json(tree: &Tree) -> Option<EcspressoConfiguration> {
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

/// A plain or quoted scalar on one line, without a trailing comment.
fn scalar(text: &str) -> Option<String> {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split(quote).next().map(str::to_owned);
        }
    }
    text.split(" #").next().map(|text| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_is_read_by_line() {
        let text = "region: eu-west-1\ncluster: main # the only one\nservice: \"web\"\n\
                    service_definition: ecs-service-def.json\ntask_definition: {{ must_env `TASK` }}\n\
                    plugins:\n  - name: tfstate\n    service: other\n";
        let found = EcspressoConfiguration::read_yaml(text);
        assert_eq!(found.cluster.as_deref(), Some("main"));
        assert_eq!(found.service.as_deref(), Some("web"));
        assert_eq!(found.service_definition.as_deref(), Some("ecs-service-def.json"));
        assert_eq!(found.task_definition, None);
    }

    #[test]
    fn names_tell_the_yaml_form() {
        assert!(is_ecspresso_yaml("deploy/ecspresso.yml"));
        assert!(is_ecspresso_yaml("ecspresso-prod.yaml"));
        assert!(!is_ecspresso_yaml("deploy/ecspresso.json"));
        assert!(!is_ecspresso_yaml("ecspresso/values.yml"));
    }
}
