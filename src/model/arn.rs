//! ARNs: the names of things in AWS.

/// An ARN, taken apart: `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arn<'d> {
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub partition: &'d str,
    /// `iam`, `ecs`, `secretsmanager`, …
    pub service: &'d str,
    /// The Region; empty for services that have none.
    pub region: &'d str,
    /// The account; empty for resources that tell none.
    pub account: &'d str,
    /// All that follows, colons and slashes included.
    pub resource: &'d str,
}

impl<'d> Arn<'d> {
    /// Takes an ARN apart; none if the text is no ARN.
    pub fn read(text: &'d str) -> Option<Arn<'d>> {
        let mut parts = text.strip_prefix("arn:")?.splitn(5, ':');
        Some(Arn {
            partition: parts.next()?,
            service: parts.next()?,
            region: parts.next()?,
            account: parts.next()?,
            resource: parts.next()?,
        })
    }

    /// Whether the account is twelve digits.
    pub fn has_account(&self) -> bool {
        self.account.len() == 12 && self.account.bytes().all(|byte| byte.is_ascii_digit())
    }
}
