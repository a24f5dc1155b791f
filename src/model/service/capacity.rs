//! What a service runs on: launch types, capacity providers, platform versions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::document::ServiceForm;
use crate::facts::table;
use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{Answer, LaunchType, Service, View};
use crate::tree::{Kind, Node};

/// The capacity providers of Fargate.
pub(crate) const FARGATE_PROVIDERS: [&str; 2] = ["FARGATE", "FARGATE_SPOT"];

impl<'d> Service<'d> {
    /// `launchType`, which an update cannot have: there its schema speaks of the key.
    pub(crate) fn launch_type(&self) -> Field<'d, LaunchType> {
        match field::identifier(self.node(), "launchType").read(LaunchType::read) {
            Field::Known(_) if self.form() == ServiceForm::Update => Field::Unknown(None),
            launch_type => launch_type,
        }
    }

    /// `launchType`, where it is this one.
    pub(crate) fn launches_on(&self, launch_type: LaunchType) -> Option<Known<'d, LaunchType>> {
        self.launch_type().known().filter(|known| **known == launch_type)
    }

    /// `capacityProviderStrategy`
    pub(crate) fn capacity_providers(&self) -> List<'d, CapacityProvider<'d>> {
        field::list(self.node(), "capacityProviderStrategy")
    }

    /// `capacityProviderStrategy`, where it is written, the empty list too: an update takes that for
    /// the wish to have none.
    pub(crate) fn written_strategy(&self) -> Option<Known<'d, Node<'d>>> {
        let list = field::member(self.node(), "capacityProviderStrategy").known()?;
        (list.kind() == Kind::List).then_some(list)
    }

    /// Whether two services have the same strategy: the same providers with the same shares, in any
    /// order.
    pub(crate) fn has_strategy_of(&self, other: &Service) -> Answer {
        match (self.shares(), other.shares()) {
            (Some(own), Some(other)) => Answer::from(own == other),
            _ => Answer::Unknown,
        }
    }

    /// The weight and the base of each provider; none where some are not known.
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

    /// Whether the service says that it runs on Fargate: by its launch type, or by a strategy
    /// whose every provider is one of Fargate's. One that says neither does not say so, wherever
    /// the cluster may run it. One that says both, and not the same, says nothing; nor does a
    /// daemon, which Fargate does not run at all.
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

    /// Labels where the service says that it runs on Fargate.
    pub(crate) fn fargate_label(&self, text: &str) -> Option<Label> {
        let launch_type = self.launches_on(LaunchType::Fargate).map(|known| known.label(text));
        launch_type.or_else(|| {
            let names = self.capacity_providers().items().filter_map(|provider| provider.name().known());
            names.filter(|name| FARGATE_PROVIDERS.contains(name)).map(|name| name.label(text)).next()
        })
    }

    /// Whether the service says that it runs on machines outside AWS.
    pub(crate) fn is_external(&self) -> Answer {
        self.launch_type().is(|launch_type| launch_type == LaunchType::External)
    }

    /// Whether the service certainly runs on instances inside AWS or does not say where: its
    /// placement is not refused as a whole.
    pub(crate) fn may_place(&self) -> bool {
        self.is_fargate().is_no()
    }

    /// Whether the strategy names a capacity provider once, and no entry can be another one of it.
    pub(crate) fn names_once(&self, provider: &str) -> bool {
        let names = self.capacity_providers().items().map(|one| one.name());
        let may_be_it = |name: Field<&str>| name.known().is_none_or(|name| *name == provider);
        names.filter(|name| !name.is_missing() && may_be_it(*name)).count() == 1
    }

    /// `platformVersion`
    pub(crate) fn platform_version(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "platformVersion")
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

    /// Whether the provider never starts a task: it has neither a weight, which is 0 where it is
    /// not written, nor a base.
    pub(crate) fn is_unused(&self) -> bool {
        let is_none = |amount: Field<i64>| match amount {
            Field::Missing => true,
            Field::Known(amount) => *amount == 0,
            Field::Unknown(_) => false,
        };
        is_none(self.weight()) && is_none(self.base())
    }

    /// `base`
    pub(crate) fn base(&self) -> Field<'d, i64> {
        field::integer(self.node(), "base")
    }
}

/// Whether a name is kept from providers of one's own: AWS refuses to create one that starts so.
pub(crate) fn is_reserved_provider_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    !FARGATE_PROVIDERS.contains(&name)
        && ["fargate", "aws", "ecs"].iter().any(|prefix| lower.starts_with(prefix))
}

/// A platform version with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PlatformVersion(pub u32, pub u32, pub u32);

impl PlatformVersion {
    /// Reads `1.4.0`; none for anything else, `LATEST` too.
    pub(crate) fn read(text: &str) -> Option<PlatformVersion> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        let version = PlatformVersion(parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(version)
    }

    /// Reads a version of Linux that has been released.
    pub(crate) fn released(text: &str) -> Option<PlatformVersion> {
        PlatformVersion::read(text).filter(|_| platform_versions(false).any(|version| version == text))
    }
}

/// The versions of the platform of Fargate that have been released for a system, the oldest
/// first.
pub(crate) fn platform_versions(windows: bool) -> impl Iterator<Item = &'static str> {
    static VERSIONS: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| table!("platform-versions.tsv").pairs().collect());
    let system = if windows { "windows" } else { "linux" };
    VERSIONS.iter().filter(move |(_, of)| *of == system).map(|(version, _)| *version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platform_versions_have_three_numbers() {
        assert_eq!(PlatformVersion::read("1.4.0"), Some(PlatformVersion(1, 4, 0)));
        assert!(PlatformVersion::read("1.10.0") > PlatformVersion::read("1.4.0"));
        for text in ["LATEST", "1.4", "1.4.0.0", "1.x.0", ""] {
            assert_eq!(PlatformVersion::read(text), None, "{text}");
        }
        assert_eq!(platform_versions(true).collect::<Vec<_>>(), ["1.0.0"]);
    }

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
