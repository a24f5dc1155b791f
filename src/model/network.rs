//! Ports and what containers say about their network.

use super::field::{self, Field, List, view};
use super::{Answer, Container};

impl<'d> Container<'d> {
    /// `portMappings`
    pub fn port_mappings(&self) -> List<'d, PortMapping<'d>> {
        field::list(self.node(), "portMappings")
    }
}

impl<'d> Container<'d> {
    /// Whether the container maps a port, by itself. What a range holds is unknown.
    pub fn maps(&self, port: i64) -> Answer {
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

view! {
    /// An entry of `portMappings`.
    PortMapping
}

impl<'d> PortMapping<'d> {
    /// `containerPort`
    pub fn container_port(&self) -> Field<'d, i64> {
        field::integer(self.0, "containerPort")
    }

    /// `containerPortRange`
    pub fn container_port_range(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerPortRange")
    }

    /// `hostPort`
    pub fn host_port(&self) -> Field<'d, i64> {
        field::integer(self.0, "hostPort")
    }
}
