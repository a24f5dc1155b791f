//! Which accounts a task definition names.

use std::ops::Range;

use crate::finding::Label;
use crate::model::field::Known;
use crate::model::{Arn, Holder, SecretSource, TaskDefinition};

/// An account and the ARN that contains it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AccountUse<'d> {
    /// The ARN.
    pub arn: Arn<'d>,
    value: Known<'d, &'d str>,
}

impl<'d> AccountUse<'d> {
    /// The account of an ARN, if it contains one.
    fn of(value: Known<'d, &'d str>) -> Option<AccountUse<'d>> {
        let arn = Arn::read(value.value()).filter(Arn::has_account)?;
        Some(AccountUse { arn, value })
    }

    /// Whether another ARN is, or may be, in the same account and partition.
    pub(crate) fn is_of(&self, other: &AccountUse) -> bool {
        self.arn.partition == other.arn.partition && !self.has_another_account(other)
    }

    /// Whether another ARN certainly has a different account. A sample account may be any account.
    pub(crate) fn has_another_account(&self, other: &AccountUse) -> bool {
        let pair = self.arn.real_account().zip(other.arn.real_account());
        pair.is_some_and(|(own, other)| own != other)
    }

    /// What distinguishes this account from another one: its number, otherwise its partition.
    pub(crate) fn told(&self, other: &AccountUse) -> &'d str {
        if self.has_another_account(other) { self.arn.account } else { self.arn.partition }
    }

    /// A label on the account, or, if the partition is what differs, on the start of the ARN.
    pub(crate) fn label(&self, text: impl Into<String>) -> Label {
        self.value.part_label(self.account_range(), text)
    }

    fn account_range(&self) -> Range<usize> {
        let Arn { partition, service, region, account, .. } = self.arn;
        let start = "arn:".len() + partition.len() + service.len() + region.len() + 3;
        start..start + account.len()
    }
}

impl<'d> TaskDefinition<'d> {
    /// The accounts of the roles: first that of the execution role, which ECS uses.
    pub(crate) fn role_accounts(&self) -> Vec<AccountUse<'d>> {
        let roles = [self.execution_role(), self.task_role()];
        roles.into_iter().filter_map(|role| AccountUse::of(role.known()?)).collect()
    }

    /// The ARNs of the roles, the execution role first.
    pub(crate) fn role_arns(&self) -> Vec<(Known<'d, &'d str>, Arn<'d>)> {
        let roles = [self.execution_role(), self.task_role()];
        let arn = |role: Known<'d, &'d str>| Some((role, Arn::read(role.value())?));
        roles.into_iter().filter_map(|role| arn(role.known()?)).filter(|(_, arn)| arn.is_role()).collect()
    }

    /// The accounts of the parameters that containers fetch by ARN.
    pub(crate) fn parameter_accounts(&self) -> Vec<AccountUse<'d>> {
        let values = self.containers().flat_map(|container| Holder::Container(container).fetched_values());
        let parameter = |value: Known<'d, &'d str>| match SecretSource::read(value.value()) {
            SecretSource::Parameter(_) => AccountUse::of(value),
            _ => None,
        };
        values.filter_map(|value| parameter(value.secret.value_from().known()?)).collect()
    }
}
