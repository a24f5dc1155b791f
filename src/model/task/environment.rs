//! Environment variables: set directly, fetched from a secret, or read from a file.

use std::sync::LazyLock;

use crate::credential;
use crate::facts::table;
use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{Container, SecretArn, SecretSource, View};
use crate::tree::{Door, Node};

impl<'d> Container<'d> {
    /// `environment`
    pub(crate) fn environment(&self) -> List<'d, Variable<'d>> {
        field::list(self.node(), "environment")
    }

    /// `secrets`
    pub(crate) fn secrets(&self) -> List<'d, Secret<'d>> {
        field::list(self.node(), "secrets")
    }

    /// The variables that the container gets from `environment` and from `secrets`.
    pub(crate) fn variables(&self) -> impl Iterator<Item = Variable<'d>> + use<'d> {
        let secrets = self.secrets().items().filter(|secret| !secret.is_absent());
        self.environment().items().chain(secrets.map(|secret| Variable::of(secret.node())))
    }

    /// `environmentFiles`
    pub(crate) fn environment_files(&self) -> List<'d, EnvironmentFile<'d>> {
        field::list(self.node(), "environmentFiles")
    }

    /// `repositoryCredentials`
    pub(crate) fn repository_credentials(&self) -> Field<'d, Node<'d>> {
        field::object(self.node(), "repositoryCredentials")
    }

    /// `repositoryCredentials.credentialsParameter`
    pub(crate) fn credentials_parameter(&self) -> Field<'d, &'d str> {
        self.repository_credentials()
            .and_then(|credentials| field::identifier(credentials, "credentialsParameter"))
    }
}

view! {
    /// An entry of `environment`, or an entry of `secrets` seen as the variable that it sets.
    Variable
}

/// How a reference begins that CloudFormation resolves in a template, and nothing elsewhere.
const DYNAMIC: [&str; 3] = ["{{resolve:ssm:", "{{resolve:ssm-secure:", "{{resolve:secretsmanager:"];

impl<'d> Variable<'d> {
    /// The value, if it is a dynamic reference of CloudFormation that is in no template.
    pub(crate) fn lost_reference(&self) -> Option<Node<'d>> {
        let value = self.0.get("value").filter(|value| value.tree().door != Door::CloudFormation)?;
        DYNAMIC
            .iter()
            .any(|start| value.as_text().is_some_and(|text| text.starts_with(start)))
            .then_some(value)
    }

    /// `name`; missing if it is empty. If the entry has a key that is not allowed, another rule reports it,
    /// and the name is unknown.
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        match field::identifier(self.0, "name") {
            Field::Missing if self.has_other_keys() && !self.has_empty_name() => Field::Unknown(None),
            name => name,
        }
    }

    /// A label on the name, even if it is empty, otherwise on the opening brace of the entry.
    pub(crate) fn name_label(&self, text: impl Into<String>) -> Label {
        match field::member(self.0, "name").known() {
            Some(name) => name.label(text),
            None => Label::new(self.0.head(), text),
        }
    }

    /// `value`; an empty string is a value.
    pub(crate) fn value(&self) -> Field<'d, &'d str> {
        match field::prose(self.0, "value") {
            Field::Missing if self.has_other_keys() => Field::Unknown(None),
            value => value,
        }
    }

    /// Whether its value looks as if a program had made it at random, and is not known to be a credential.
    pub(crate) fn looks_random(&self) -> bool {
        let (Some(name), Some(value)) = (self.name().known(), self.value().known()) else { return false };
        let (name, value) = (name.value(), value.value());
        credential::looks_random(name, value) && credential::in_value(name, value, |_| false).is_none()
    }

    fn has_empty_name(&self) -> bool {
        field::empty_text(self.0, "name").is_some()
    }

    fn has_other_keys(&self) -> bool {
        self.0.members().any(|(key, _)| !matches!(key.text(), "name" | "value"))
    }
}

view! {
    /// An entry of `secrets` or `secretOptions`.
    Secret
}

impl<'d> Secret<'d> {
    /// `name`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "name")
    }

    /// `valueFrom`
    pub(crate) fn value_from(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "valueFrom")
    }

    /// What `valueFrom` refers to.
    pub(crate) fn source(&self) -> Field<'d, SecretSource<'d>> {
        self.value_from().read(|text| Some(SecretSource::read(text)))
    }

    /// What to call it in a sentence: ``secret `TOKEN` ``.
    pub(crate) fn title(&self) -> String {
        self.name().known().map_or_else(|| "a secret".to_owned(), |name| format!("secret `{name}`"))
    }

    /// `valueFrom`, if it is the ARN of a Secrets Manager secret.
    pub(crate) fn secret_arn(&self) -> Option<Known<'d, SecretArn<'d>>> {
        let arn = |source| if let SecretSource::SecretsManager(arn) = source { Some(arn) } else { None };
        self.source().read(arn).known()
    }
}

view! {
    /// An entry of `environmentFiles`.
    EnvironmentFile
}

impl<'d> EnvironmentFile<'d> {
    /// `value`: the location of the file.
    pub(crate) fn value(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "value")
    }
}

/// What ECS itself puts into an environment variable, from `rules/data/reserved-environment-names.tsv`;
/// `None` if ECS does not set a variable with this name.
pub(crate) fn set_by_ecs(name: &str) -> Option<&'static str> {
    static NAMES: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| table!("reserved-environment-names.tsv").pairs().collect());
    NAMES.iter().find(|(reserved, _)| *reserved == name).map(|(_, holds)| *holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_names_are_for_ecs() {
        assert!(set_by_ecs("ECS_CONTAINER_METADATA_URI_V4").is_some());
        assert!(set_by_ecs("AWS_EXECUTION_ENV").is_some());
        assert!(set_by_ecs("AWS_REGION").is_none());
        assert!(set_by_ecs("AWS_PROFILE").is_none());
    }
}
