//! ARNs: the names of AWS resources.

use crate::placeholder;

/// An ARN, split into its parts: `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arn<'d> {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: &'d str,
    /// `iam`, `ecs`, `secretsmanager`, …
    pub service: &'d str,
    /// The Region; empty for services that have none.
    pub region: &'d str,
    /// The account; empty for resources without one.
    pub account: &'d str,
    /// Everything that follows, including colons and slashes.
    pub resource: &'d str,
}

impl<'d> Arn<'d> {
    /// Splits an ARN; `None` if the text is not an ARN.
    pub(crate) fn read(text: &'d str) -> Option<Arn<'d>> {
        let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
        Some(Arn {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }

    /// Whether this is the ARN of an IAM role, in any partition.
    pub(crate) fn is_role(&self) -> bool {
        let name = self.resource.strip_prefix("role/").unwrap_or_default();
        self.is_of_aws()
            && self.service == "iam"
            && self.region.is_empty()
            && self.has_account()
            && !name.is_empty()
            && !name.ends_with('/')
            && name.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// The name of the role, without its path, if this is the ARN of one.
    pub(crate) fn role_name(&self) -> &'d str {
        self.resource.rsplit('/').next().unwrap_or(self.resource)
    }

    fn is_of_aws(&self) -> bool {
        let rest = self.partition.strip_prefix("aws");
        rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
    }

    /// Whether this may be the ARN of an Elastic Load Balancing target group. A stand-in from an example in
    /// place of the last digits may be valid.
    pub(crate) fn may_be_target_group(&self) -> bool {
        let parts: Vec<&str> = self.resource.split('/').collect();
        let ["targetgroup", name, number] = parts.as_slice() else { return false };
        let is_hex = number.bytes().all(|byte| byte.is_ascii_hexdigit());
        self.is_of_aws()
            && self.service == "elasticloadbalancing"
            && !self.region.is_empty()
            && !name.is_empty()
            && (number.len() == 16 || !is_hex || is_counted(number))
    }

    /// Whether this is the ARN of a Cloud Map service.
    pub(crate) fn is_registry(&self) -> bool {
        self.is_of_aws()
            && self.service == "servicediscovery"
            && !self.region.is_empty()
            && self.resource.starts_with("service/srv-")
    }

    /// Whether the ARN has a Region, if its service uses Regions: IAM and S3 do not.
    pub(crate) fn has_region(&self) -> bool {
        !self.region.is_empty() && !matches!(self.service, "iam" | "sts" | "s3")
    }

    /// What the ARN names, in words, if it is something that is often used in place of a role.
    pub(crate) fn noun(&self) -> Option<&'static str> {
        let kind = self.resource.split(['/', ':']).next().unwrap_or_default();
        Some(match (self.service, kind) {
            ("iam", "policy") => "an IAM policy",
            ("iam", "instance-profile") => "an instance profile",
            ("iam", "user") => "an IAM user",
            ("iam", "group") => "an IAM group",
            ("iam", "root") => "an entire account",
            ("sts", "assumed-role") => "an assumed-role session",
            ("ecs", "cluster") => "an ECS cluster",
            ("ecs", "service") => "an ECS service",
            ("ecs", "task-definition") => "a task definition",
            ("elasticloadbalancing", "loadbalancer") => "a load balancer",
            ("elasticloadbalancing", "listener") => "a listener",
            ("elasticloadbalancing", "listener-rule") => "a listener rule",
            ("elasticloadbalancing", "targetgroup") => "a target group",
            ("vpc-lattice", "targetgroup") => "a VPC Lattice target group",
            ("servicediscovery", "namespace") => "a Cloud Map namespace",
            ("servicediscovery", "service") => "a service of Cloud Map",
            ("lambda", "function") => "a Lambda function",
            ("secretsmanager", _) => "a secret",
            ("ssm", _) => "an SSM parameter",
            _ => return None,
        })
    }

    /// The account, unless it is a sample account from documentation.
    pub(crate) fn real_account(&self) -> Option<&'d str> {
        (self.has_account() && !placeholder::is_sample_account(self.account)).then_some(self.account)
    }

    /// Whether the account has twelve digits.
    pub(crate) fn has_account(&self) -> bool {
        self.account.len() == 12 && self.account.bytes().all(|byte| byte.is_ascii_digit())
    }
}

/// Whether a text is a valid name of an IAM role, without a path.
pub(crate) fn is_role_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte);
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

/// Whether the digits only count up, as in an example.
fn is_counted(digits: &str) -> bool {
    "1234567890abcdef1234567890".contains(digits) || "0123456789abcdef".contains(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn target_groups_are_told_from_load_balancers() {
        let may_be = |resource: &str| {
            let text = format!("arn:aws:elasticloadbalancing:eu-west-1:111122223333:{resource}");
            Arn::read(&text).is_some_and(|arn| arn.may_be_target_group())
        };
        assert!(may_be("targetgroup/web/73e2d6bc24d8a067"));
        assert!(may_be("targetgroup/web/xxxxxxxx"));
        assert!(!may_be("targetgroup/web/73e2d6bc24d8a0"));
        assert!(!may_be("targetgroup/web"));
        assert!(!may_be("loadbalancer/app/web/73e2d6bc24d8a067"));
    }

    #[test]
    fn roles_are_known_in_every_partition() {
        for text in [
            "arn:aws:iam::111122223333:role/web",
            "arn:aws-cn:iam::111122223333:role/service-role/web",
            "arn:aws-us-gov:iam::111122223333:role/a/b/web",
            "arn:aws-iso-b:iam::111122223333:role/web",
            "arn:aws-eusc:iam::111122223333:role/web",
        ] {
            assert!(Arn::read(text).is_some_and(|arn| arn.is_role()), "{text}");
        }
        for text in [
            "arn:aws:iam::111122223333:policy/web",
            "arn:aws:iam:eu-west-1:111122223333:role/web",
            "arn:aws:iam::1111:role/web",
            "arn:aws:iam::111122223333:role/",
            "arn:aws:iam::111122223333:role/web ",
            "arn:aws:iam::111122223333:role",
            "arn:aws:sts::111122223333:assumed-role/web/session",
            "arn:amazon:iam::111122223333:role/web",
        ] {
            assert!(!Arn::read(text).is_some_and(|arn| arn.is_role()), "{text}");
        }
    }

    #[test]
    fn role_names_have_no_path() {
        assert!(is_role_name("ecsTaskExecutionRole"));
        assert!(!is_role_name("service-role/web"));
        assert!(!is_role_name("my role"));
        assert!(!is_role_name(&"a".repeat(65)));
    }
}
