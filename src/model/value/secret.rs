//! Where secrets are fetched from: what `valueFrom` can refer to.

use std::fmt;
use std::ops::Range;

use crate::model::Arn;
use crate::source::Cut;

/// What `valueFrom` refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecretSource<'d> {
    /// A Secrets Manager secret.
    SecretsManager(SecretArn<'d>),
    /// A parameter in the SSM Parameter Store, by ARN.
    Parameter(Arn<'d>),
    /// A resource of another service.
    Elsewhere(Arn<'d>),
    /// A text that starts like an ARN but is not one.
    Broken,
    /// A parameter in the SSM Parameter Store, by name only.
    Name(&'d str),
}

impl<'d> SecretSource<'d> {
    /// Reads `valueFrom`.
    pub(crate) fn read(text: &'d str) -> SecretSource<'d> {
        if let Some(arn) = SecretArn::read(text) {
            return SecretSource::SecretsManager(arn);
        }
        match Arn::read(text) {
            Some(arn) if arn.service == "ssm" => SecretSource::Parameter(arn),
            Some(arn) => SecretSource::Elsewhere(arn),
            None if text.starts_with("arn:") => SecretSource::Broken,
            None => SecretSource::Name(text),
        }
    }
}

/// What is wrong with the account or the Region in the ARN of a secret or a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceFault {
    /// The account is empty.
    NoAccount,
    /// The account is a number, but does not have twelve digits.
    Account,
    /// The account is not a number.
    NamedAccount,
    /// The Region is empty.
    NoRegion,
}

impl PlaceFault {
    /// The fault of an ARN, if it has one.
    pub(crate) fn of(arn: &Arn) -> Option<PlaceFault> {
        let is_number = arn.account.bytes().all(|byte| byte.is_ascii_digit());
        match arn {
            _ if arn.account.is_empty() => Some(PlaceFault::NoAccount),
            // A word that means an account in general is filled in later.
            _ if arn.account.to_ascii_lowercase().contains("account") => None,
            _ if !is_number => Some(PlaceFault::NamedAccount),
            _ if !arn.has_account() => Some(PlaceFault::Account),
            _ if arn.region.is_empty() => Some(PlaceFault::NoRegion),
            _ => None,
        }
    }
}

/// What follows the name in the ARN of a parameter, with its colon, if it is not a version number: `:key::`.
pub(crate) fn parameter_extras(resource: &str) -> Option<&str> {
    let extras = resource.cut(resource.find(':')?..);
    let is_version = extras.len() > 1 && extras.cut(1..).bytes().all(|byte| byte.is_ascii_digit());
    (!is_version).then_some(extras)
}

/// Whether the resource of an SSM ARN is a parameter: `parameter/web/token`.
pub(crate) fn is_parameter_resource(resource: &str) -> bool {
    let name = resource.strip_prefix("parameter/");
    name.is_some_and(|name| !name.is_empty()) && !resource.contains("//")
}

/// Whether a text is a valid parameter name: `web-token`, `/web/token`.
pub(crate) fn is_parameter_name(text: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-');
    !text.is_empty() && text.chars().all(is_allowed) && (!text.contains('/') || text.starts_with('/'))
}

/// The ARN of a Secrets Manager secret, as used in `valueFrom`: the ARN itself, or the ARN followed by
/// `:<json-key>:<version-stage>:<version-id>`, of which each may be empty but none may be omitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SecretArn<'d> {
    text: &'d str,
}

/// The number of parts of the plain ARN of a secret.
const PLAIN: usize = 7;
/// The number of parts with a JSON key, a version stage and a version id.
const WHOLE: usize = 10;

impl<'d> SecretArn<'d> {
    /// Reads a Secrets Manager ARN, well-formed or not; `None` if the text is something else.
    pub(crate) fn read(text: &'d str) -> Option<SecretArn<'d>> {
        let mut parts = text.strip_prefix("arn:")?.split(':');
        let is_secret = !parts.next()?.is_empty() && parts.next()? == "secretsmanager";
        (is_secret && parts.next().is_some()).then_some(SecretArn { text })
    }

    /// The ARN, split like any other.
    pub(crate) fn arn(&self) -> Option<Arn<'d>> {
        Arn::read(self.text)
    }

    /// Whether it has a number of parts that ECS accepts: 7 or 10.
    pub(crate) fn is_well_formed(&self) -> bool {
        [PLAIN, WHOLE].contains(&self.count())
    }

    /// The name of the secret, with the six characters that Secrets Manager appends.
    pub(crate) fn secret_name(&self) -> Option<&'d str> {
        self.part(PLAIN - 1)
    }

    /// The bytes of the name of the secret.
    pub(crate) fn secret_name_range(&self) -> Range<usize> {
        let start: usize = self.text.split(':').take(PLAIN - 1).map(|part| part.len() + 1).sum();
        start..start + self.secret_name().map_or(0, str::len)
    }

    /// Whether the name ends with a hyphen and six characters, like the full ARN of a secret.
    pub(crate) fn has_suffix(&self) -> bool {
        let last = self.secret_name().and_then(|name| name.rsplit_once('-'));
        last.is_some_and(|(_, end)| end.len() == 6 && end.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    }

    /// The JSON key, if set.
    pub(crate) fn json_key(&self) -> Option<&'d str> {
        self.extra(0)
    }

    /// The version stage, if set.
    pub(crate) fn version_stage(&self) -> Option<&'d str> {
        self.extra(1)
    }

    /// The version id, if set.
    pub(crate) fn version_id(&self) -> Option<&'d str> {
        self.extra(2)
    }

    /// The bytes after the plain ARN, from the colon on.
    pub(crate) fn extras_range(&self) -> Range<usize> {
        self.secret_name_range().end..self.text.len()
    }

    /// The ARN with the missing colons added at its end, if only they are missing and nothing else can be
    /// meant.
    pub(crate) fn completed(&self) -> Option<String> {
        let missing = WHOLE.checked_sub(self.count()).filter(|missing| [1, 2].contains(missing))?;
        // `secret:web::TOKEN` may also have one colon too many.
        let is_stage = |stage: &str| stage.is_empty() || stage.starts_with("AWS");
        let is_plain =
            self.part(PLAIN).is_some_and(|key| !key.is_empty()) || self.part(PLAIN + 1).is_none_or(is_stage);
        is_plain.then(|| format!("{}{}", self.text, ":".repeat(missing)))
    }

    /// The ARN with the colons around a single JSON key fixed, if only one key follows the secret.
    pub(crate) fn with_one_key(&self) -> Option<String> {
        let mut extras = self.text.split(':').skip(PLAIN).filter(|extra| !extra.is_empty());
        let key = extras.next().filter(|_| extras.next().is_none())?;
        Some(format!("{}:{key}::", self.text.cut(..self.secret_name_range().end)))
    }

    fn count(&self) -> usize {
        self.text.split(':').count()
    }

    fn part(&self, position: usize) -> Option<&'d str> {
        self.text.split(':').nth(position)
    }

    fn extra(&self, position: usize) -> Option<&'d str> {
        let part = self.part(PLAIN + position).filter(|part| !part.is_empty());
        part.filter(|_| self.count() == WHOLE)
    }
}

impl fmt::Display for SecretArn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-AbCdEf";

    #[test]
    fn a_secret_has_none_or_three_extras() {
        for (extras, is_right) in [
            ("", true),
            (":TOKEN::", true),
            (":::", true),
            ("::AWSCURRENT:", true),
            (":TOKEN", false),
            (":TOKEN:", false),
            ("::TOKEN::", false),
        ] {
            let text = format!("{SECRET}{extras}");
            let arn = SecretArn::read(&text).expect("an ARN of Secrets Manager");
            assert_eq!(arn.is_well_formed(), is_right, "{text}");
            assert!(arn.has_suffix());
            assert_eq!(text.cut(arn.secret_name_range()), "web-AbCdEf");
        }
    }

    #[test]
    fn missing_colons_are_put_behind() {
        let completed = |extras: &str| {
            let text = format!("{SECRET}{extras}");
            let arn = SecretArn::read(&text).expect("an ARN of Secrets Manager");
            arn.completed().map(|whole| whole.cut(SECRET.len()..).to_owned())
        };
        assert_eq!(completed(":TOKEN").as_deref(), Some(":TOKEN::"));
        assert_eq!(completed(":TOKEN:").as_deref(), Some(":TOKEN::"));
        assert_eq!(completed("::AWSPREVIOUS").as_deref(), Some("::AWSPREVIOUS:"));
        assert_eq!(completed("::TOKEN"), None);
        assert_eq!(completed("::TOKEN::"), None);
        assert_eq!(completed(""), None);
    }

    #[test]
    fn one_key_too_far_behind_is_found() {
        let text = format!("{SECRET}::TOKEN::");
        let arn = SecretArn::read(&text).expect("an ARN of Secrets Manager");
        assert_eq!(arn.with_one_key(), Some(format!("{SECRET}:TOKEN::")));
    }

    #[test]
    fn sources_of_secrets() {
        assert!(matches!(SecretSource::read(SECRET), SecretSource::SecretsManager(_)));
        let parameter = "arn:aws:ssm:eu-west-1:111122223333:parameter/web/token";
        assert!(matches!(SecretSource::read(parameter), SecretSource::Parameter(_)));
        assert!(matches!(SecretSource::read("arn:aws:s3:::web/token"), SecretSource::Elsewhere(_)));
        assert!(matches!(SecretSource::read("arn:aws:ssm"), SecretSource::Broken));
        assert!(matches!(SecretSource::read("/web/token"), SecretSource::Name(_)));
    }

    #[test]
    fn names_of_parameters() {
        for name in ["web-token", "/web/prod/token", "web.token_1"] {
            assert!(is_parameter_name(name), "{name}");
        }
        for name in ["", "web/token", "web:TOKEN::", "web token", "{web}"] {
            assert!(!is_parameter_name(name), "{name}");
        }
        assert!(is_parameter_resource("parameter/web/token"));
        for resource in ["parameter", "parameter/", "parameter//web", "web/token", "parameterweb"] {
            assert!(!is_parameter_resource(resource), "{resource}");
        }
        assert_eq!(parameter_extras("parameter/web/token"), None);
        assert_eq!(parameter_extras("parameter/web/token:3"), None);
        assert_eq!(parameter_extras("parameter/web/token:key::"), Some(":key::"));
        assert_eq!(parameter_extras("parameter/web/token:"), Some(":"));
    }

    #[test]
    fn arns_say_where_things_are() {
        let fault = |text: &str| Arn::read(text).and_then(|arn| PlaceFault::of(&arn));
        assert_eq!(fault("arn:aws:ssm:eu-west-1:111122223333:parameter/x"), None);
        assert_eq!(fault("arn:aws:ssm:eu-west-1::parameter/x"), Some(PlaceFault::NoAccount));
        assert_eq!(fault("arn:aws:ssm:eu-west-1:1111:parameter/x"), Some(PlaceFault::Account));
        assert_eq!(fault("arn:aws:ssm:eu-west-1:main:parameter/x"), Some(PlaceFault::NamedAccount));
        assert_eq!(fault("arn:aws:ssm::111122223333:parameter/x"), Some(PlaceFault::NoRegion));
        assert_eq!(fault("arn:aws:secretsmanager:region:account:secret:x"), None);
    }
}
