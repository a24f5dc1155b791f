//! Service Connect: the names under which the services of a namespace reach each other.

use std::collections::BTreeMap;
use std::fmt;

use crate::finding::Label;
use crate::model::field::{self, Field, Known, List, view};
use crate::model::{Answer, LogConfiguration, NetworkMode, PortMapping, Service, TaskDefinition, View};
use crate::spelling::nearest_of_few;
use crate::tree::Node;

impl<'d> Service<'d> {
    /// `serviceConnectConfiguration`
    pub(crate) fn service_connect_configuration(&self) -> Field<'d, ServiceConnectConfiguration<'d>> {
        field::object(self.node(), "serviceConnectConfiguration")
    }

    /// `serviceConnectConfiguration`, if it is enabled.
    pub(crate) fn service_connect(&self) -> Option<Known<'d, ServiceConnectConfiguration<'d>>> {
        self.service_connect_configuration().known().filter(|connect| connect.is(true).is_some())
    }

    /// `serviceConnectConfiguration`, if it is enabled and certainly nothing in the service or its task
    /// prevents Service Connect from working: external machines, the network mode, or Windows. A
    /// configuration that must be removed has no further meaning.
    pub(crate) fn usable_service_connect(
        &self,
        task: &TaskDefinition,
    ) -> Option<Known<'d, ServiceConnectConfiguration<'d>>> {
        let has_network =
            [NetworkMode::None, NetworkMode::Host].iter().all(|mode| task.writes(*mode).is_no());
        let is_usable = has_network && self.is_external().is_no() && task.says_windows().is_no();
        self.service_connect().filter(|_| is_usable)
    }

    /// `serviceConnectConfiguration`, if it is enabled and nothing is known to prevent it from working: neither
    /// the task nor the deployment controller.
    pub(crate) fn service_connect_in_use(&self) -> Option<Known<'d, ServiceConnectConfiguration<'d>>> {
        if !self.deployment_controller().is(|controller| controller != "ECS").is_no() {
            return None;
        }
        match self.task_definition() {
            Some(task) => self.usable_service_connect(&task),
            None => self.service_connect().filter(|_| self.knows_of_no_task() && self.is_external().is_no()),
        }
    }

    /// The port names that VPC Lattice and gateway connectors require in the task definition.
    pub(crate) fn other_port_names(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        let connectors: List<Node> = field::list(self.node(), "gatewayConnectors");
        let entries = self.lattice_configurations().items().chain(connectors.items());
        entries.filter_map(|entry| field::identifier(entry, "portName").known())
    }
}

/// A port name that a service requires in its task definition.
#[derive(Clone, Debug, Default)]
pub(crate) struct WantedPort<'d> {
    /// Whether Service Connect is among those that require it.
    pub by_service_connect: bool,
    /// Where the name is used.
    pub places: Vec<Known<'d, &'d str>>,
}

impl<'d> Service<'d> {
    /// The port names that the service requires in a task definition, in order. For each name, those of
    /// Service Connect come first: AWS's reply is about them.
    pub(crate) fn wanted_ports(&self, task: &TaskDefinition) -> BTreeMap<&'d str, WantedPort<'d>> {
        let connect = self.usable_service_connect(task);
        let services = connect.into_iter().flat_map(|connect| connect.services().items());
        let mut all = BTreeMap::<&str, WantedPort>::new();
        for name in services.filter_map(|one| one.port_name().known()) {
            let wanted = all.entry(name.value()).or_default();
            wanted.by_service_connect = true;
            wanted.places.push(name);
        }
        for name in self.other_port_names() {
            all.entry(name.value()).or_default().places.push(name);
        }
        all
    }

    /// Whether the service requires a port name that no port of the task definition has, not even a similar
    /// one: then one of the unnamed ports must be meant.
    pub(crate) fn misses_port_name(&self, task: &TaskDefinition) -> Answer {
        let ports = task.ports_by_name();
        let is_missed =
            |name: &str| !ports.contains_key(name) && nearest_of_few(name, ports.keys().copied()).is_none();
        if task.knows_all_port_names() && self.wanted_ports(task).into_keys().any(is_missed) {
            return Answer::Yes;
        }
        // Everything that Service Connect requires, whether or not Service Connect can be used.
        let connect = self.service_connect_configuration().known().filter(|one| one.is(false).is_none());
        let services = connect.into_iter().flat_map(|connect| connect.services().items());
        let mut names = services.filter_map(|one| one.port_name().known()).chain(self.other_port_names());
        Answer::no_if(!names.any(|name| is_missed(name.value())) && !self.may_want_other_ports())
    }

    /// Whether the service may require a port by a name that is not known.
    fn may_want_other_ports(&self) -> bool {
        let is_open = |connect: ServiceConnectConfiguration| {
            let services = connect.services();
            connect.is(false).is_none()
                && !(services.is_complete() && services.items().all(|one| !one.port_name().is_unknown()))
        };
        let connectors: List<Node> = field::list(self.node(), "gatewayConnectors");
        let is_settled = |entries: List<'d, Node<'d>>| {
            let mut names = entries.items().map(|entry| field::identifier(entry, "portName"));
            entries.is_complete() && names.all(|name| !name.is_unknown())
        };
        match self.service_connect_configuration() {
            Field::Unknown(_) => return true,
            Field::Known(connect) if is_open(connect.value()) => return true,
            _ => {}
        }
        !is_settled(self.lattice_configurations()) || !is_settled(connectors)
    }
}

impl<'d> TaskDefinition<'d> {
    /// Whether the port of a Service Connect service carries plain TCP, which has no requests: its port mapping
    /// has no `appProtocol`.
    pub(crate) fn has_plain_tcp(&self, entry: &ServiceConnectService<'d>) -> Answer {
        let Some(name) = entry.port_name().known() else { return Answer::Unknown };
        let is_it = |mapping: &PortMapping| mapping.name().known().is_some_and(|own| own.value() == *name);
        let mut named = self.port_mappings().map(|(_, mapping)| mapping).filter(is_it);
        let (Some(mapping), None) = (named.next(), named.next()) else { return Answer::Unknown };
        match mapping.app_protocol() {
            Field::Missing => Answer::Yes,
            Field::Known(_) => Answer::No,
            Field::Unknown(_) => Answer::Unknown,
        }
    }

    /// Whether the names of all ports of the task are visible.
    pub(crate) fn knows_all_port_names(&self) -> bool {
        self.sees_all_containers()
            && self.containers().all(|container| container.port_mappings().is_complete())
            && self.port_mappings().all(|(_, mapping)| !mapping.name().is_unknown())
    }

    /// The port mappings by their names, which several may have.
    pub(crate) fn ports_by_name(&self) -> BTreeMap<&'d str, Vec<PortMapping<'d>>> {
        let mut ports = BTreeMap::<&str, Vec<PortMapping>>::new();
        for (_, mapping) in self.port_mappings() {
            if let Some(name) = mapping.name().known() {
                ports.entry(name.value()).or_default().push(mapping);
            }
        }
        ports
    }
}

view! {
    /// `serviceConnectConfiguration`
    ServiceConnectConfiguration
}

impl<'d> ServiceConnectConfiguration<'d> {
    /// `enabled`, if it has this value.
    pub(crate) fn is(&self, enabled: bool) -> Option<Known<'d, bool>> {
        field::boolean(self.node(), "enabled").known().filter(|written| **written == enabled)
    }

    /// `namespace`: a name or an ARN.
    pub(crate) fn namespace(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "namespace")
    }

    /// `services`: what others can reach.
    pub(crate) fn services(&self) -> List<'d, ServiceConnectService<'d>> {
        field::list(self.node(), "services")
    }

    /// `logConfiguration`: where the proxy writes its logs.
    pub(crate) fn log_configuration(&self) -> Field<'d, LogConfiguration<'d>> {
        field::object(self.node(), "logConfiguration")
    }

    /// Whether `logConfiguration` is not set at all: an empty one is a fault of its own.
    pub(crate) fn lacks_logs(&self) -> bool {
        field::member(self.node(), "logConfiguration").is_missing()
    }

    /// Whether access logs are, or may be, configured but have no destination: the proxy has no
    /// `logConfiguration`.
    pub(crate) fn may_lose_access_logs(&self) -> bool {
        self.log_configuration().is_missing() && !self.access_log().is_missing()
    }

    /// `accessLogConfiguration.includeQueryParameters`
    pub(crate) fn logged_query_parameters(&self) -> Field<'d, &'d str> {
        self.access_log().and_then(|log| field::identifier(log, "includeQueryParameters"))
    }

    /// `accessLogConfiguration`
    pub(crate) fn access_log(&self) -> Field<'d, Node<'d>> {
        field::object(self.node(), "accessLogConfiguration")
    }

    /// The endpoints at which clients reach the services, as far as they are known.
    pub(crate) fn endpoints(&self) -> impl Iterator<Item = Endpoint<'d>> + use<'d> {
        let connect = *self;
        self.services().items().flat_map(move |service| {
            service.client_aliases().items().filter_map(move |alias| connect.endpoint(service, alias))
        })
    }

    fn endpoint(&self, service: ServiceConnectService<'d>, alias: ClientAlias<'d>) -> Option<Endpoint<'d>> {
        let port = alias.port().known()?;
        let (host, dns_name) = match alias.dns_name() {
            Field::Unknown(_) => return None,
            Field::Known(name) => (name.value().to_owned(), Some(name)),
            Field::Missing => {
                let namespace = self.namespace().known().filter(|name| !name.starts_with("arn:"))?;
                (format!("{}.{namespace}", service.name().known()?), None)
            }
        };
        Some(Endpoint { service, host, dns_name, port })
    }
}

/// An endpoint at which clients reach a service: a host name and a port.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint<'d> {
    /// The entry of `services` that it belongs to.
    pub service: ServiceConnectService<'d>,
    /// The host name: `dnsName`, otherwise the names of the service and of the namespace.
    pub host: String,
    /// `dnsName`, if set.
    pub dns_name: Option<Known<'d, &'d str>>,
    /// The port.
    pub port: Known<'d, i64>,
}

impl Endpoint<'_> {
    /// A label on `dnsName`, otherwise on the port.
    pub(crate) fn label(&self, text: &str) -> Label {
        match self.dns_name {
            Some(name) => name.label(text),
            None => self.port.label(format!("{text}: no `dnsName`")),
        }
    }
}

impl fmt::Display for Endpoint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

view! {
    /// An entry of `serviceConnectConfiguration.services`.
    ServiceConnectService
}

impl<'d> ServiceConnectService<'d> {
    /// `portName`: the name of a port mapping of the task definition.
    pub(crate) fn port_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "portName")
    }

    /// `discoveryName`
    pub(crate) fn discovery_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "discoveryName")
    }

    /// A label on the value that names it.
    pub(crate) fn name_label(&self, text: &str) -> Label {
        match (self.discovery_name(), self.port_name()) {
            (Field::Known(name), _) => name.label(text),
            (_, Field::Known(port)) => port.label(format!("{text}: no `discoveryName`")),
            _ => self.label(text),
        }
    }

    /// The name of the service in its namespace: `discoveryName`, otherwise `portName`.
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        match self.discovery_name() {
            Field::Missing => self.port_name(),
            written => written,
        }
    }

    /// `clientAliases`
    pub(crate) fn client_aliases(&self) -> List<'d, ClientAlias<'d>> {
        field::list(self.node(), "clientAliases")
    }

    /// `timeout.perRequestTimeoutSeconds`, in seconds: 0 disables the timeout, and is rejected if there is
    /// nothing to disable.
    pub(crate) fn request_timeout(&self) -> Field<'d, i64> {
        let timeout = field::object::<Node>(self.node(), "timeout");
        timeout.and_then(|timeout| field::integer(timeout, "perRequestTimeoutSeconds"))
    }

    /// `timeout.idleTimeoutSeconds`, in seconds: 0 disables the timeout.
    pub(crate) fn idle_timeout(&self) -> Field<'d, i64> {
        let timeout = field::object::<Node>(self.node(), "timeout");
        timeout.and_then(|timeout| field::integer(timeout, "idleTimeoutSeconds"))
    }
}

view! {
    /// An entry of `clientAliases`: a name and a port at which clients reach the service.
    ClientAlias
}

impl<'d> ClientAlias<'d> {
    /// `port`
    pub(crate) fn port(&self) -> Field<'d, i64> {
        field::integer(self.node(), "port")
    }

    /// `dnsName`
    pub(crate) fn dns_name(&self) -> Field<'d, &'d str> {
        field::identifier(self.node(), "dnsName")
    }
}
