//! What a service runs on: launch types and capacity providers.

use std::collections::BTreeMap;

use crate::document::ServiceForm;
use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{Answer, LaunchType, Service, View};
use crate::tree::{Kind, Node};

/// The capacity providers of Fargate.
pub(crate) const FARGATE_PROVIDERS: [&str; 2] = ["FARGATE", "FARGATE_SPOT"];

impl<'d> Service<'d> {
    /// `launchType`, which an update does not allow: there the schema reports the key.
    pub(crate) fn launch_type(&self) -> Field<'d, LaunchType> {
        match field::identifier(self.node(), "launchType").read(LaunchType::read) {
            Field::Known(_) if self.form() == ServiceForm::Update => Field::Unknown(None),
            launch_type => launch_type,
        }
    }

    /// `launchType`, if it has this value.
    pub(crate) fn launches_on(&self, launch_type: LaunchType) -> Option<Known<'d, LaunchType>> {
        self.launch_type().known().filter(|known| **known == launch_type)
    }

    /// `capacityProviderStrategy`
    pub(crate) fn capacity_providers(&self) -> List<'d, CapacityProvider<'d>> {
        field::list(self.node(), "capacityProviderStrategy")
    }

    /// `capacityProviderStrategy`, if it is set, even to an empty list: in an update, an empty list removes
    /// the strategy.
    pub(crate) fn written_strategy(&self) -> Option<Known<'d, Node<'d>>> {
        let list = field::member(self.node(), "capacityProviderStrategy").known()?;
        (list.kind() == Kind::List).then_some(list)
    }

    /// Whether two services have the same strategy: the same providers with the same weights and bases, in
    /// any order.
    pub(crate) fn has_strategy_of(&self, other: &Service) -> Answer {
        match (self.shares(), other.shares()) {
            (Some(own), Some(other)) => Answer::from(own == other),
            _ => Answer::Unknown,
        }
    }

    /// The weight and the base of each provider; `None` if some are unknown.
    fn shares(&self) -> Option<BTreeMap<&'d str, [i64; 2]>> {
        let providers = self.capacity_providers();
        let number = |field: Field<i64>| match field {
            Field::Missing => Some(0),
            Field::Known(number) => Some(*number),
            Field::Unknown(_) => None,
        };
        let shares = |provider: CapacityProvider<'d>| {
            let name = provider.name().known()?.value();
            Some((name, [number(provider.weight())?, number(provider.base())?]))
        };
        providers.items().map(shares).collect::<Option<_>>().filter(|_| providers.is_complete())
    }

    /// `forceNewDeployment`
    pub(crate) fn forces_new_deployment(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "forceNewDeployment")
    }

    /// Whether the service states that it runs on Fargate: with its launch type, or with a strategy whose
    /// providers are all Fargate providers. If it sets neither, the answer is no, wherever the cluster may
    /// run it. If it sets both and they contradict each other, it states nothing; nor does a daemon, which
    /// Fargate does not support at all.
    pub(crate) fn is_fargate(&self) -> Answer {
        match self.asks_for_fargate() {
            Answer::Yes if !self.says_daemon().is_no() => Answer::Unknown,
            answer => answer,
        }
    }

    fn asks_for_fargate(&self) -> Answer {
        let by_strategy = self.runs_on_fargate_providers();
        let by_type = match self.launch_type() {
            Field::Missing => return by_strategy,
            Field::Unknown(_) => return Answer::Unknown,
            Field::Known(launch_type) => Answer::from(*launch_type == LaunchType::Fargate),
        };
        if self.capacity_providers().is_missing() || by_type == by_strategy {
            by_type
        } else {
            Answer::Unknown
        }
    }

    fn runs_on_fargate_providers(&self) -> Answer {
        let providers = self.capacity_providers();
        let mut answer = if providers.is_missing() {
            Answer::No
        } else if providers.is_complete() {
            Answer::Yes
        } else {
            Answer::Unknown
        };
        for provider in providers.items() {
            match provider.name().known() {
                Some(name) if !FARGATE_PROVIDERS.contains(&*name) => return Answer::No,
                Some(_) => {}
                None => answer = Answer::Unknown,
            }
        }
        answer
    }

    /// A label on the value that makes the service run on Fargate.
    pub(crate) fn fargate_label(&self, text: &str) -> Option<Label> {
        let launch_type = self.launches_on(LaunchType::Fargate).map(|known| known.label(text));
        launch_type.or_else(|| {
            let names = self.capacity_providers().items().filter_map(|provider| provider.name().known());
            names.filter(|name| FARGATE_PROVIDERS.contains(name)).map(|name| name.label(text)).next()
        })
    }

    /// Whether the service states that it runs on machines outside AWS.
    pub(crate) fn is_external(&self) -> Answer {
        self.launch_type().is(|launch_type| launch_type == LaunchType::External)
    }

    /// Whether the service certainly runs on instances inside AWS, or does not state where it runs: AWS does
    /// not reject its placement as a whole.
    pub(crate) fn may_place(&self) -> bool {
        self.is_fargate().is_no()
    }

    /// Whether the strategy names a capacity provider exactly once, and no other entry may turn out to be the
    /// same provider.
    pub(crate) fn names_once(&self, provider: &str) -> bool {
        let names = self.capacity_providers().items().map(|one| one.name());
        let may_be_it = |name: Field<&str>| name.known().is_none_or(|name| *name == provider);
        names.filter(|name| !name.is_missing() && may_be_it(*name)).count() == 1
    }
}

view! {
    /// An entry of `capacityProviderStrategy`.
    CapacityProvider
}

impl<'d> CapacityProvider<'d> {
    /// `capacityProvider`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "capacityProvider")
    }

    /// `weight`
    pub(crate) fn weight(&self) -> Field<'d, i64> {
        field::integer(self.node(), "weight")
    }

    /// Whether the provider never starts a task: it has no base, and its weight is 0, which is also the
    /// default.
    pub(crate) fn is_unused(&self) -> bool {
        let is_none = |amount: Field<i64>| match amount {
            Field::Missing => true,
            Field::Known(amount) => *amount == 0,
            Field::Unknown(_) => false,
        };
        is_none(self.weight()) && is_none(self.base())
    }

    /// Whether the provider certainly starts tasks.
    pub(crate) fn is_used(&self) -> bool {
        [self.weight(), self.base()].into_iter().any(|amount| amount.is(|amount| amount > 0).is_yes())
    }

    /// `base`
    pub(crate) fn base(&self) -> Field<'d, i64> {
        field::integer(self.node(), "base")
    }
}

/// Whether a custom capacity provider cannot have this name: AWS rejects the creation of one that starts with
/// a reserved prefix.
pub(crate) fn is_reserved_provider_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    !FARGATE_PROVIDERS.contains(&name)
        && ["fargate", "aws", "ecs"].iter().any(|prefix| lower.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_aws_are_reserved() {
        for name in ["fargate", "FARGATE-SPOT", "aws-pool", "ecsPool"] {
            assert!(is_reserved_provider_name(name), "{name}");
        }
        for name in ["FARGATE", "FARGATE_SPOT", "my-fargate", "web"] {
            assert!(!is_reserved_provider_name(name), "{name}");
        }
    }
}
