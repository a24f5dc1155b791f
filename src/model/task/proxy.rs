//! The App Mesh proxy of a task.

use crate::facts::table;
use crate::model::field::{self, Field, List, view};
use crate::model::{Container, LaunchType, TaskDefinition};

impl<'d> TaskDefinition<'d> {
    /// `proxyConfiguration`
    pub(crate) fn proxy(&self) -> Field<'d, ProxyConfiguration<'d>> {
        field::object(crate::model::View::node(*self), "proxyConfiguration")
    }
}

impl TaskDefinition<'_> {
    /// Whether a rule about the environment of the task reports, or may report, that `proxyConfiguration` is
    /// not supported there.
    pub(crate) fn may_not_support_proxy(&self) -> bool {
        let elsewhere = [LaunchType::External, LaunchType::ManagedInstances].map(|one| self.lists(one));
        !self.says_windows().is_no() || elsewhere.iter().any(|answer| !answer.is_no())
    }
}

impl<'d> Container<'d> {
    /// The user that the container runs as, if `user` is numeric: `1337`, `1337:1337`.
    pub(crate) fn user_id(&self) -> Field<'d, u32> {
        field::identifier(self.node(), "user").read(|user| user.split(':').next()?.parse().ok())
    }
}

/// The day on which AWS's support for App Mesh ended, from `rules/data/discontinued-services.tsv`.
pub(crate) fn app_mesh_end() -> &'static str {
    let mut rows = table!("discontinued-services.tsv").pairs();
    rows.find(|(service, _)| *service == "App Mesh").map(|(_, end)| end).expect("App Mesh is in the table")
}

view! {
    /// `proxyConfiguration`
    ProxyConfiguration
}

/// Properties that App Mesh requires.
const REQUIRED: [&str; 4] = ["ProxyIngressPort", "ProxyEgressPort", "AppPorts", "EgressIgnoredIPs"];
/// Properties of which it requires one: they select whose traffic bypasses the proxy.
const IGNORED: [&str; 2] = ["IgnoredUID", "IgnoredGID"];

impl<'d> ProxyConfiguration<'d> {
    /// `type`
    pub(crate) fn proxy_type(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "type")
    }

    /// `containerName`
    pub(crate) fn container_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerName")
    }

    /// `properties`
    pub(crate) fn properties(&self) -> List<'d, ProxyProperty<'d>> {
        field::list(self.0, "properties")
    }

    /// The value of a property.
    pub(crate) fn property(&self, name: &str) -> Field<'d, &'d str> {
        let properties = self.properties();
        let is_it = |property: &ProxyProperty| property.name().known().is_some_and(|own| own.value() == name);
        match properties.items().find(is_it) {
            Some(property) => property.value(),
            None if self.knows_all_properties() => Field::Missing,
            None => Field::Unknown(None),
        }
    }

    /// Whether there is, or may be, a group whose traffic bypasses the proxy.
    pub(crate) fn may_ignore_a_group(&self) -> bool {
        match self.property("IgnoredGID") {
            Field::Missing => false,
            Field::Known(group) => !group.is_empty(),
            Field::Unknown(_) => true,
        }
    }

    /// The required properties that are certainly not set, worded for a message.
    pub(crate) fn missing_properties(&self) -> Vec<&'static str> {
        if !self.knows_all_properties() {
            return Vec::new();
        }
        let has = |name: &str| {
            self.properties().items().any(|own| own.name().known().is_some_and(|known| known.value() == name))
        };
        let mut missing: Vec<&str> = REQUIRED.into_iter().filter(|name| !has(name)).collect();
        if !IGNORED.into_iter().any(has) {
            missing.push(IGNORED[0]);
        }
        missing
    }

    fn knows_all_properties(&self) -> bool {
        let properties = self.properties();
        properties.is_complete() && properties.items().all(|property| property.name().known().is_some())
    }
}

view! {
    /// An entry of `properties`.
    ProxyProperty
}

impl<'d> ProxyProperty<'d> {
    /// `name`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "name")
    }

    /// `value`; an empty string is a value.
    pub(crate) fn value(&self) -> Field<'d, &'d str> {
        field::prose(self.0, "value")
    }
}
