//! AWS access keys in a container, recognized by the names that AWS's own libraries read.

use crate::credential;
use crate::model::field::Known;
use crate::model::{Container, Variable};

/// The shortest value that may be a credential of AWS.
const SHORTEST: usize = 12;
/// A session token has hundreds of characters.
const SESSION_TOKEN: usize = 100;

/// Dummy values, used if nothing checks the key.
const STAND_INS: [&str; 9] =
    ["test", "dummy", "fake", "foo", "bar", "local", "localstack", "minio", "minioadmin"];

impl<'d> Container<'d> {
    /// The names of the variables that give the container its own access key, from `environment` and from
    /// `secrets`. An empty value does not count, and none does
    /// if one is in plain text: `plaintext-aws-credentials` reports that.
    pub(crate) fn access_keys(&self) -> Vec<Known<'d, &'d str>> {
        let is_key = |name: &str| matches!(name, "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY");
        let value = |variable: &Variable<'d>| variable.value().known().map(Known::value);
        let gives = |variable: &Variable<'d>| {
            value(variable).is_some_and(|value| !value.is_empty() && !STAND_INS.contains(&value))
        };
        let of_aws = self.environment().items().filter_map(|variable| {
            let name = variable.name().known()?;
            Some((AwsVariable::of(name.value())?, name, variable))
        });
        let of_aws: Vec<(AwsVariable, Known<&str>, Variable)> = of_aws.collect();
        let is_exposed = |(of, _, variable): &(AwsVariable, Known<&str>, Variable<'d>)| {
            value(variable).is_some_and(|value| of.credential(value).is_some())
        };
        if of_aws.iter().any(is_exposed) {
            return Vec::new();
        }
        let written = of_aws.into_iter().filter(|(_, _, variable)| gives(variable)).map(|(_, name, _)| name);
        let fetched = self.secrets().items().filter_map(|secret| secret.name().known());
        written.chain(fetched).filter(|name| is_key(name.value())).collect()
    }

    /// Whether a variable directs calls to something other than AWS, such as an emulator, for which the key
    /// may be intended.
    pub(crate) fn calls_an_emulator(&self) -> bool {
        let signs = ["ENDPOINT", "LOCALSTACK", "MINIO"];
        let is_sign = |name: &str| {
            let name = name.to_ascii_uppercase();
            signs.iter().any(|sign| name.contains(sign))
        };
        // A variable with an unknown name may be one.
        self.variables().any(|variable| variable.name().known().is_none_or(|name| is_sign(name.value())))
            || !self.environment().is_complete()
            || !self.secrets().is_complete()
    }
}

/// A variable from which AWS's own programs read a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum AwsVariable {
    AccessKeyId,
    SecretAccessKey,
    SessionToken,
    /// `ECS_ENGINE_AUTH_DATA`, the logins of registries.
    Registries,
}

impl AwsVariable {
    /// The variable of a name.
    pub(in crate::model) fn of(name: &str) -> Option<AwsVariable> {
        const NAMES: [(&str, AwsVariable); 5] = [
            ("AWS_ACCESS_KEY_ID", AwsVariable::AccessKeyId),
            ("AWS_SECRET_ACCESS_KEY", AwsVariable::SecretAccessKey),
            ("AWS_SESSION_TOKEN", AwsVariable::SessionToken),
            ("AWS_SECURITY_TOKEN", AwsVariable::SessionToken),
            ("ECS_ENGINE_AUTH_DATA", AwsVariable::Registries),
        ];
        NAMES.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, variable)| *variable)
    }

    /// Whether a value certainly is the credential; none if it is something else, such as a placeholder.
    pub(in crate::model) fn credential(self, value: &str) -> Option<bool> {
        let is_replaced = match self {
            AwsVariable::Registries => credential::has_hole(value),
            _ => credential::is_replaced(value),
        };
        if value.len() < SHORTEST || is_replaced {
            return None;
        }
        let is_base64 = || value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte));
        match self {
            AwsVariable::AccessKeyId => Some(credential::is_access_key_id(value)),
            AwsVariable::SecretAccessKey => Some(credential::is_secret_access_key(value)),
            AwsVariable::SessionToken => Some(value.len() >= SESSION_TOKEN && is_base64()),
            AwsVariable::Registries => value
                .trim_start()
                .starts_with('{')
                .then(|| value.contains("\"password\"") || value.contains("\"auth\"")),
        }
    }

    /// How many characters are the same for everyone.
    pub(in crate::model) fn shown(self) -> usize {
        if self == AwsVariable::AccessKeyId { 4 } else { 0 }
    }
}
