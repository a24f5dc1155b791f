//! Ports and network settings of containers.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use crate::facts::table;
use crate::model::field::{self, Field, Known, List, known_texts, view};
use crate::model::{Answer, Container, NetworkMode, Present, Surroundings, TaskDefinition};
use crate::tree::{Kind, Node};

impl<'d> TaskDefinition<'d> {
    /// `networkMode`, if it is set to one of these.
    pub(crate) fn writes_mode(&self, modes: &[NetworkMode]) -> Option<Known<'d, NetworkMode>> {
        self.network_mode().known().filter(|written| modes.contains(written))
    }

    /// The network mode of a task that uses the ports of its instance: `bridge` or `host`, and certainly not
    /// on Fargate, which supports neither.
    pub(crate) fn instance_network(&self) -> Option<NetworkMode> {
        let modes = [NetworkMode::Bridge, NetworkMode::Host];
        let mode = modes.into_iter().find(|mode| self.runs_in(*mode).is_yes());
        mode.filter(|_| self.is_fargate().is_no())
    }

    /// The fixed host port of a mapping, if Docker may give it to another container first: in network mode
    /// `bridge`, it chooses free ports of this range. What the ECS agent reserves is a fault of its own.
    pub(crate) fn ephemeral_host_port(&self, mapping: &PortMapping<'d>) -> Option<Known<'d, i64>> {
        let mode = self.instance_network().filter(|mode| *mode == NetworkMode::Bridge)?;
        let port = mapping.fixed_host_port(mode).filter(|port| EPHEMERAL_PORTS.contains(&**port))?;
        let is_free = self.says_windows().is_no() && !mapping.may_be_reserved(mode);
        is_free.then_some(port)
    }

    /// Whether the `links` of containers have an effect: only Docker's own network supports them.
    pub(crate) fn uses_links(&self) -> bool {
        self.instance_network() == Some(NetworkMode::Bridge)
    }

    /// The port mappings of all containers.
    pub(crate) fn port_mappings(&self) -> impl Iterator<Item = (Container<'d>, PortMapping<'d>)> + use<'d> {
        self.containers()
            .flat_map(|container| container.port_mappings().items().map(move |mapping| (container, mapping)))
    }

    /// Whether AWS would certainly reject nothing in the task, and nothing would collide, in network mode
    /// `awsvpc`.
    pub(crate) fn surely_suits_awsvpc(&self) -> bool {
        let each_suits = self.containers().all(|container| container.surely_suits_awsvpc());
        self.sees_all_containers() && each_suits && self.maps_no_port_twice() && self.names_no_port_twice()
    }

    /// Whether all ports that containers listen on are certainly different.
    fn maps_no_port_twice(&self) -> bool {
        let ports = self.port_mappings().map(|(_, mapping)| mapping.container_ports().map(Known::value));
        let Some(mut ports) = ports.collect::<Option<Vec<Ports>>>() else { return false };
        if self.containers().any(|container| !container.listens_for_logs().is_no()) {
            ports.push(Ports::one(LOG_ROUTER_PORT));
        }
        ports.sort_by_cached_key(|ports| ports.first);
        ports.windows(2).all(|pair| pair[0].last < pair[1].first)
    }

    /// Whether all port names are certainly different.
    fn names_no_port_twice(&self) -> bool {
        let mut names = BTreeSet::new();
        self.port_mappings().all(|(_, mapping)| match mapping.name() {
            Field::Missing => true,
            Field::Unknown(_) => false,
            Field::Known(name) => names.insert(name.value()),
        })
    }
}

impl<'d> Container<'d> {
    /// `portMappings`
    pub(crate) fn port_mappings(&self) -> List<'d, PortMapping<'d>> {
        field::list(self.node(), "portMappings")
    }

    /// Whether the task depends on it and it certainly publishes a port for clients, which a log router does
    /// not.
    pub(crate) fn serves_ports(&self) -> bool {
        self.ends_the_task().is_yes()
            && self.is_log_router().is_no()
            && self.port_mappings().is_set().is_yes()
    }

    /// The known `links`.
    pub(crate) fn links(&self) -> impl Iterator<Item = Known<'d, Link<'d>>> + use<'d> {
        let links = known_texts(field::list(self.node(), "links"));
        links.filter(|text| !text.is_empty()).map(|text| Known::new(text.node(), Link::read(text.value())))
    }

    /// The known entries of `dnsSearchDomains`.
    pub(crate) fn dns_search_domains(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        known_texts(field::list(self.node(), "dnsSearchDomains")).filter(|text| !text.is_empty())
    }

    /// `extraHosts`
    pub(crate) fn extra_hosts(&self) -> List<'d, HostEntry<'d>> {
        field::list(self.node(), "extraHosts")
    }

    /// The value of a key, unless AWS's clients treat it as not set: `false`, an empty string, or a list of
    /// only such values.
    pub(crate) fn content_of(&self, key: &str) -> Option<Present<'d>> {
        Present::of_content(self.node().get(key)?)
    }

    /// Whether it routes the logs of other containers (`firelensConfiguration`), and therefore listens on
    /// [`LOG_ROUTER_PORT`].
    pub(crate) fn listens_for_logs(&self) -> Answer {
        field::object::<Node>(self.node(), "firelensConfiguration").is(|_| true)
    }

    /// `` container `a` and container `b` both map port 80 ``
    pub(crate) fn both_map(&self, other: &Container, port: &str) -> String {
        if self.node().index() == other.node().index() {
            format!("{} maps {port} twice", self.title())
        } else {
            format!("{} and {} both map {port}", self.title(), other.title())
        }
    }

    fn surely_suits_awsvpc(&self) -> bool {
        let keys = Surroundings::Awsvpc.refused_container_keys().chain(["dnsSearchDomains"]);
        let is_silent = |key: &str| match field::member(self.node(), key) {
            Field::Missing => true,
            Field::Unknown(_) => false,
            Field::Known(value) => {
                value.is_absent() || value.as_bool() == Some(false) || value.as_text() == Some("")
            }
        };
        let ports_match = |mapping: PortMapping| match mapping.host_port() {
            Field::Missing => true,
            Field::Unknown(_) => false,
            Field::Known(host) => mapping.container_port().known().is_some_and(|port| *port == *host),
        };
        let mappings = self.port_mappings();
        keys.into_iter().all(is_silent) && mappings.is_complete() && mappings.items().all(ports_match)
    }
}

impl<'d> Container<'d> {
    /// Whether the container maps a port in a single mapping. Which ports a range contains is unknown.
    pub(crate) fn maps(&self, port: i64) -> Answer {
        let mappings = self.port_mappings();
        let own = |mapping: PortMapping| mapping.container_port().known().map(|known| *known);
        if mappings.items().any(|mapping| own(mapping) == Some(port)) {
            return Answer::Yes;
        }
        let is_settled =
            |mapping: PortMapping| own(mapping).is_some() && mapping.container_port_range().is_missing();
        Answer::no_if(mappings.is_complete() && mappings.items().all(is_settled))
    }
}

/// The ports of an instance that Docker gives to containers without a fixed host port, on Linux.
const EPHEMERAL_PORTS: RangeInclusive<i64> = 32768..=65535;

/// The port on which a log router receives the logs of other containers.
pub(crate) const LOG_ROUTER_PORT: i64 = 24224;

/// The port that Fargate reserves in tasks that run Windows.
pub(crate) const WINDOWS_RESERVED_PORT: i64 = 3150;

view! {
    /// An entry of `portMappings`.
    PortMapping
}

impl<'d> PortMapping<'d> {
    /// `containerPort`
    pub(crate) fn container_port(&self) -> Field<'d, i64> {
        field::integer(self.0, "containerPort")
    }

    /// `containerPortRange` as written.
    pub(crate) fn container_port_range(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerPortRange")
    }

    /// `hostPort`
    pub(crate) fn host_port(&self) -> Field<'d, i64> {
        field::integer(self.0, "hostPort")
    }

    /// `protocol` as written.
    pub(crate) fn protocol_text(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "protocol")
    }

    /// The effective protocol: TCP if not set. `None` if it is set to anything else than the two protocols,
    /// although AWS reads that as TCP.
    pub(crate) fn protocol(&self) -> Option<Protocol> {
        match self.protocol_text() {
            Field::Missing => Some(Protocol::Tcp),
            Field::Unknown(_) => None,
            Field::Known(text) => Protocol::read(&text),
        }
    }

    /// `name`
    pub(crate) fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "name")
    }

    /// `name`, if it is an empty string.
    pub(crate) fn empty_name(&self) -> Option<Known<'d, &'d str>> {
        field::empty_text(self.0, "name")
    }

    /// `appProtocol`
    pub(crate) fn app_protocol(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "appProtocol")
    }

    /// Whether it contains nothing but `null`.
    pub(crate) fn is_blank(&self) -> bool {
        !self.0.is_incomplete() && self.0.members().all(|(_, value)| value.kind() == Kind::Null)
    }

    /// The container ports: a single port, or those of a valid range. `None` if both are set, which AWS
    /// rejects.
    pub(crate) fn container_ports(&self) -> Option<Known<'d, Ports>> {
        match (self.container_port(), self.container_port_range()) {
            (Field::Known(port), Field::Missing) => Some(Known::new(port.node(), Ports::one(*port))),
            (Field::Missing, Field::Known(range)) => {
                let ports = Ports::read(&range).filter(Ports::is_range)?;
                Some(Known::new(range.node(), ports))
            }
            _ => None,
        }
    }

    /// Whether Docker certainly selects the port of the instance, in network mode `bridge`.
    pub(crate) fn has_dynamic_host_port(&self) -> bool {
        match self.host_port() {
            Field::Missing => true,
            Field::Known(port) => *port == 0,
            Field::Unknown(_) => false,
        }
    }

    /// The fixed host ports of the mapping; `None` if Docker selects them. In network mode `bridge` it
    /// selects those of a range.
    pub(crate) fn fixed_host_ports(&self, mode: NetworkMode) -> Option<Known<'d, Ports>> {
        let one = self.fixed_host_port(mode).map(|port| Known::new(port.node(), Ports::one(*port)));
        one.or_else(|| self.container_ports().filter(|_| mode == NetworkMode::Host))
    }

    /// The fixed host port of the mapping; `None` if Docker selects one, or if it must be a different port:
    /// in network mode `host`, it must be the container port.
    pub(crate) fn fixed_host_port(&self, mode: NetworkMode) -> Option<Known<'d, i64>> {
        let own = self.container_port().known();
        let is_right = |port: i64| mode != NetworkMode::Host || own.is_some_and(|own| *own == port);
        match self.host_port() {
            Field::Known(port) => Some(port).filter(|port| **port != 0 && is_right(**port)),
            // In network mode `host` there is nothing to map.
            Field::Missing if mode == NetworkMode::Host => self.container_port().known(),
            _ => None,
        }
    }

    /// The fixed host port of the mapping and what listens on it on every instance, if anything does.
    pub(crate) fn reserved_host_port(&self, mode: NetworkMode) -> Option<(Known<'d, i64>, &'static str)> {
        let port = self.fixed_host_port(mode).filter(|_| self.protocol() == Some(Protocol::Tcp))?;
        Some((port, reserved_host_port(*port)?))
    }

    /// Whether something listens on the fixed host port of the mapping on every instance, or may do so because the
    /// protocol is not known.
    pub(crate) fn may_be_reserved(&self, mode: NetworkMode) -> bool {
        let port = self.fixed_host_port(mode).filter(|_| self.protocol() != Some(Protocol::Udp));
        port.is_some_and(|port| reserved_host_port(*port).is_some())
    }
}

/// The protocol of a port mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Protocol {
    /// The default.
    Tcp,
    /// UDP, for datagrams.
    Udp,
}

impl Protocol {
    /// Reads the API's spelling.
    pub(crate) fn read(text: &str) -> Option<Protocol> {
        [Protocol::Tcp, Protocol::Udp].into_iter().find(|protocol| protocol.name() == text)
    }

    /// The API's spelling.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
        }
    }
}

/// `TCP`, as used in a sentence.
impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name().to_uppercase())
    }
}

/// A port, or a range of ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ports {
    /// The first port.
    pub first: i64,
    /// The last port.
    pub last: i64,
}

impl Ports {
    /// A single port.
    pub(crate) fn one(port: i64) -> Ports {
        Ports { first: port, last: port }
    }

    /// Reads two integers with a hyphen between them, in any order.
    pub(crate) fn read(text: &str) -> Option<Ports> {
        let number = |digits: &str| {
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse::<i64>().ok().filter(|_| is_number)
        };
        let (first, last) = text.split_once('-')?;
        Some(Ports { first: number(first)?, last: number(last)? })
    }

    /// Whether AWS accepts it as a range: at least two valid ports, in ascending order.
    pub(crate) fn is_range(&self) -> bool {
        1 <= self.first && self.first < self.last && self.last <= 65535
    }

    /// Whether a port is in the range.
    pub(crate) fn contains(&self, port: i64) -> bool {
        (self.first..=self.last).contains(&port)
    }

    /// The first port that is in both ranges.
    pub(crate) fn shared_with(&self, other: &Ports) -> Option<i64> {
        let first = self.first.max(other.first);
        (first <= self.last.min(other.last)).then_some(first)
    }
}

/// `80`, `8000-9000`
impl fmt::Display for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.first == self.last { Ok(()) } else { write!(f, "-{}", self.last) }
    }
}

/// An entry of `links`: `name` or `name:alias`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link<'d> {
    /// The linked container.
    pub container: &'d str,
    /// Everything after the first colon.
    pub alias: Option<&'d str>,
}

impl<'d> Link<'d> {
    /// Splits an entry.
    pub(crate) fn read(text: &'d str) -> Link<'d> {
        match text.split_once(':') {
            Some((container, alias)) => Link { container, alias: Some(alias) },
            None => Link { container: text, alias: None },
        }
    }

    /// Whether it has the form of a link: at most one colon.
    pub(crate) fn is_well_formed(&self) -> bool {
        self.alias.is_none_or(|alias| !alias.contains(':'))
    }
}

view! {
    /// An entry of `extraHosts`.
    HostEntry
}

impl<'d> HostEntry<'d> {
    /// `ipAddress`
    pub(crate) fn ip_address(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "ipAddress")
    }
}

/// Whether Docker accepts a text as the address of a host: an IPv4 or IPv6 address, or its keyword for the
/// address of the instance.
pub(crate) fn is_host_address(text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    text == "host-gateway" || bare.parse::<IpAddr>().is_ok()
}

/// Whether a text is allowed in `dnsSearchDomains`.
pub(crate) fn is_search_domain(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    text.len() <= 254
        && text.bytes().all(allowed)
        && text.ends_with(|last: char| last.is_ascii_alphanumeric())
}

/// Whether a text is allowed as the `name` of a port mapping.
pub(crate) fn is_port_name(text: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    (1..=64).contains(&text.len()) && text.bytes().all(allowed) && !text.starts_with('-')
}

/// What listens on a port of every instance that runs the ECS agent with its default settings; from
/// `rules/data/reserved-host-ports.tsv`.
fn reserved_host_port(port: i64) -> Option<&'static str> {
    static PORTS: LazyLock<Vec<(i64, &str)>> = LazyLock::new(|| {
        let rows = table!("reserved-host-ports.tsv").pairs();
        rows.map(|(port, owner)| (port.parse().expect("a port in the table of ports"), owner)).collect()
    });
    PORTS.iter().find(|(reserved, _)| *reserved == port).map(|(_, owner)| *owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_two_numbers_in_order() {
        let is_range = |text| Ports::read(text).is_some_and(|ports| ports.is_range());
        for text in ["1-2", "80-90", "1-65535"] {
            assert!(is_range(text), "{text}");
        }
        for text in [
            "", "80", "80-", "-90", "90-80", "80-80", "0-9", "80-65536", "80 - 90", "80-90-95", "a-b", "+8-9",
        ] {
            assert!(!is_range(text), "{text}");
        }
        assert_eq!(Ports::read("9000-8000"), Some(Ports { first: 9000, last: 8000 }));
    }

    #[test]
    fn ranges_share_ports_where_they_overlap() {
        let ports = |first, last| Ports { first, last };
        assert_eq!(ports(80, 90).shared_with(&ports(85, 95)), Some(85));
        assert_eq!(ports(80, 90).shared_with(&Ports::one(90)), Some(90));
        assert_eq!(ports(80, 90).shared_with(&Ports::one(91)), None);
    }

    #[test]
    fn links_have_a_name_and_perhaps_an_alias() {
        assert_eq!(Link::read("db"), Link { container: "db", alias: None });
        assert_eq!(Link::read("db:sql"), Link { container: "db", alias: Some("sql") });
        assert!(Link::read("db:sql").is_well_formed());
        assert!(!Link::read("db:sql:x").is_well_formed());
    }

    #[test]
    fn hosts_have_addresses() {
        for text in ["10.0.0.1", "::1", "[fd00::1]", " 10.0.0.1 ", "host-gateway", "fe80::1"] {
            assert!(is_host_address(text), "{text}");
        }
        for text in ["db.internal", "10.0.0", "10.0.0.256", "10.0.0.1/24", "10.0.0.1:80"] {
            assert!(!is_host_address(text), "{text}");
        }
    }

    #[test]
    fn names_of_domains_and_ports() {
        for text in ["corp.example", "a", "eu-west-1.compute.internal", "10.example"] {
            assert!(is_search_domain(text), "{text}");
        }
        for text in ["corp.example.", "bad_domain", "a b", "example-", ""] {
            assert!(!is_search_domain(text), "{text}");
        }
        for text in ["http", "_http", "web-80", "8080", &"a".repeat(64)] {
            assert!(is_port_name(text), "{text}");
        }
        for text in ["", "HTTP", "-http", "web.http", "web http", &"a".repeat(65)] {
            assert!(!is_port_name(text), "{text}");
        }
    }

    #[test]
    fn the_tables_are_whole() {
        assert_eq!(reserved_host_port(22), Some("SSH"));
        assert_eq!(reserved_host_port(51680), Some("the ECS agent"));
        assert_eq!(reserved_host_port(80), None);
    }
}
