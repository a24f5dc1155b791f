//! The user that a container runs as, and Docker's security options for it.

use crate::model::field::{self, Field, Known, known_texts};
use crate::model::{Arn, Container};

impl<'d> Container<'d> {
    /// `user`
    pub(crate) fn user(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "user")
    }

    /// The known `dockerSecurityOptions`.
    pub(crate) fn docker_security_options(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        known_texts(field::list(self.node(), "dockerSecurityOptions")).filter(|option| !option.is_empty())
    }

    /// The known `credentialSpecs`.
    pub(crate) fn credential_specs(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        known_texts(field::list(self.node(), "credentialSpecs")).filter(|spec| !spec.is_empty())
    }
}

/// What is wrong with a `user`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UserFault {
    /// More than one colon.
    Colons,
    /// Nothing before or after the colon.
    EmptySide,
    /// A number below zero.
    Negative,
}

impl UserFault {
    /// Finds a fault in a `user`: `user` or `user:group`, each a name or a number.
    pub(crate) fn of(user: &str) -> Option<UserFault> {
        let sides: Vec<&str> = user.split(':').collect();
        let is_negative =
            |side: &&str| side.strip_prefix('-').is_some_and(|number| number.parse::<u64>().is_ok());
        if sides.len() > 2 {
            Some(UserFault::Colons)
        } else if sides.contains(&"") {
            Some(UserFault::EmptySide)
        } else if sides.iter().any(is_negative) {
            Some(UserFault::Negative)
        } else {
            None
        }
    }
}

/// What is wrong with an entry of `credentialSpecs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CredentialSpecFault {
    /// It starts with neither `credentialspec:` nor `credentialspecdomainless:`.
    NoPrefix,
    /// What follows is not an ARN.
    NoArn,
    /// What follows is an ARN of neither S3 nor SSM.
    OtherArn,
}

impl CredentialSpecFault {
    /// Finds a fault in an entry of `credentialSpecs`. A file on the instance (`file://`), which the agent on
    /// Windows accepts, is not a fault.
    pub(crate) fn of(spec: &str) -> Option<CredentialSpecFault> {
        let Some((prefix, source)) = spec.split_once(':') else { return Some(CredentialSpecFault::NoPrefix) };
        if !matches!(prefix, "credentialspec" | "credentialspecdomainless") {
            return Some(CredentialSpecFault::NoPrefix);
        }
        match Arn::read(source) {
            Some(arn) if matches!(arn.service, "s3" | "ssm") => None,
            Some(_) => Some(CredentialSpecFault::OtherArn),
            None if source.starts_with("file://") => None,
            None => Some(CredentialSpecFault::NoArn),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_names_and_numbers() {
        for user in ["app", "1000", "0:0", "app:1000", "1000:app", "root", "DOMAIN\\app", "-app"] {
            assert_eq!(UserFault::of(user), None, "{user}");
        }
        assert_eq!(UserFault::of("app:app:app"), Some(UserFault::Colons));
        assert_eq!(UserFault::of("app:"), Some(UserFault::EmptySide));
        assert_eq!(UserFault::of(":app"), Some(UserFault::EmptySide));
        assert_eq!(UserFault::of("1000:-1"), Some(UserFault::Negative));
    }

    #[test]
    fn credential_specs_name_a_file_in_s3_or_ssm() {
        for spec in [
            "credentialspec:arn:aws:s3:::config/gmsa.json",
            "credentialspecdomainless:arn:aws-cn:ssm:cn-north-1:111122223333:parameter/gmsa",
            "credentialspec:file://gmsa.json",
        ] {
            assert_eq!(CredentialSpecFault::of(spec), None, "{spec}");
        }
        let fault = CredentialSpecFault::of;
        assert_eq!(fault("arn:aws:s3:::config/gmsa.json"), Some(CredentialSpecFault::NoPrefix));
        assert_eq!(fault("gmsa.json"), Some(CredentialSpecFault::NoPrefix));
        assert_eq!(fault("credentialspec:gmsa.json"), Some(CredentialSpecFault::NoArn));
        assert_eq!(
            fault("credentialspec:arn:aws:secretsmanager:eu-west-1:111122223333:secret:gmsa"),
            Some(CredentialSpecFault::OtherArn)
        );
    }
}
