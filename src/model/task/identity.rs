//! The user that a container runs as, and Docker's security options for it.

use crate::model::field::{self, Field, Known, List, known_texts};
use crate::model::{Answer, Arn, Container, NetworkMode};
use crate::tree::Node;

impl<'d> Container<'d> {
    /// `user`
    pub(crate) fn user(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "user")
    }

    /// `user`, if it is root.
    pub(crate) fn root_user(&self) -> Option<Known<'d, &'d str>> {
        self.user().known().filter(|user| is_root(user))
    }

    /// Whether the container runs, or without a `user` may run, as root on the network of its instance.
    pub(crate) fn may_be_root_on_host_network(&self) -> Answer {
        let Some(task) = self.task() else { return Answer::No };
        let may_be_root = match self.user() {
            Field::Missing => Answer::Yes,
            user => user.is(is_root),
        };
        let elsewhere = task.is_fargate().or(task.says_windows());
        let is_exempt = elsewhere.or(self.is_privileged());
        task.writes(NetworkMode::Host).and(!is_exempt).and(may_be_root)
    }

    /// Whether a security option satisfies a condition.
    pub(crate) fn has_security_option(&self, is_so: impl Fn(&str) -> bool) -> Answer {
        if self.docker_security_options().any(|option| is_so(&option)) {
            return Answer::Yes;
        }
        let options: List<Node> = field::list(self.node(), "dockerSecurityOptions");
        Answer::no_if(options.is_complete())
    }

    /// Whether the container is on the user's own Linux instances and has none of the restrictions beyond
    /// Docker's own: no AppArmor or SELinux option, and no dropped capability.
    pub(crate) fn lacks_hardening(&self) -> Answer {
        let Some(task) = self.task() else { return Answer::No };
        let on_own_instances = task.says_own_linux_instances();
        if on_own_instances.is_no() {
            return Answer::No;
        }
        let names_profile = |option: &str| option.starts_with("apparmor") || option.starts_with("label");
        let is_restricted = self.has_security_option(names_profile).or(self.drops_capabilities());
        on_own_instances.and(!self.is_privileged()).and(!is_restricted)
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

/// Whether a `user` is root: by name or by number, with any group. An invalid one is reported by
/// `invalid-user`.
fn is_root(user: &str) -> bool {
    let name = user.split_once(':').map_or(user, |(name, _)| name);
    let is_zero = !name.is_empty() && name.bytes().all(|byte| byte == b'0');
    (name == "root" || is_zero) && UserFault::of(user).is_none()
}

/// A Linux security profile that a container can switch off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecurityProfile {
    /// AppArmor.
    AppArmor,
    /// SELinux.
    SeLinux,
}

impl SecurityProfile {
    /// The profile that a security option switches off. Docker accepts a colon or an equals sign.
    pub(crate) fn disabled_by(option: &str) -> Option<SecurityProfile> {
        match option.split_once([':', '='])? {
            ("apparmor", "unconfined") => Some(SecurityProfile::AppArmor),
            ("label", "disable") => Some(SecurityProfile::SeLinux),
            _ => None,
        }
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
    fn root_has_a_name_and_a_number() {
        for user in ["root", "0", "00", "0:0", "root:root", "0:1000", "root:app"] {
            assert!(is_root(user), "{user}");
        }
        for user in ["", "app", "1000:0", "10", "rooty", "root:", ":0", "0:0:0"] {
            assert!(!is_root(user), "{user}");
        }
    }

    #[test]
    fn options_switch_profiles_off() {
        for option in ["apparmor:unconfined", "apparmor=unconfined"] {
            assert_eq!(SecurityProfile::disabled_by(option), Some(SecurityProfile::AppArmor), "{option}");
        }
        for option in ["label:disable", "label=disable"] {
            assert_eq!(SecurityProfile::disabled_by(option), Some(SecurityProfile::SeLinux), "{option}");
        }
        for option in ["no-new-privileges", "apparmor:web", "label:type:web_t", "seccomp:unconfined"] {
            assert_eq!(SecurityProfile::disabled_by(option), None, "{option}");
        }
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
