//! Ports and what containers say about their network.

use super::Container;
use super::field::{self, Field, List, view};

impl<'d> Container<'d> {
    /// `portMappings`
    pub fn port_mappings(&self) -> List<'d, PortMapping<'d>> {
        field::list(self.node(), "portMappings")
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
