//! Empty strings in fields that name or select something. All other views treat them as absent; AWS does not
//! always do so.

use crate::finding::Label;
use crate::model::field::{self, Known, known_texts};
use crate::model::{Container, PortMapping, TaskDefinition, View};
use crate::tree::Node;

/// An empty string.
type Empty<'d> = Known<'d, &'d str>;

impl<'d> TaskDefinition<'d> {
    /// The empty strings in the task definition itself, its volumes and its proxy.
    pub(crate) fn empty_identifiers(&self) -> Vec<Empty<'d>> {
        let own = ["taskRoleArn", "executionRoleArn", "cpu", "memory", "networkMode"];
        let mut found: Vec<Empty> =
            own.iter().filter_map(|name| field::empty_text(self.node(), name)).collect();
        // Tools made with AWS's SDK for Go write both, and the SDK does not send them.
        let modes = ["pidMode", "ipcMode"].map(|name| field::empty_text(self.node(), name));
        if modes.iter().any(Option::is_none) {
            found.extend(modes.into_iter().flatten());
        }
        let hosts = self.volumes().items().filter_map(|volume| volume.node().get("host"));
        found.extend(hosts.filter_map(|host| field::empty_text(host, "sourcePath")));
        let proxy = self.node().get("proxyConfiguration");
        found.extend(proxy.and_then(|proxy| field::empty_text(proxy, "type")));
        found
    }

    /// `taskRoleArn`, if it is an empty string.
    pub(crate) fn empty_task_role(&self) -> Option<Empty<'d>> {
        field::empty_text(self.node(), "taskRoleArn")
    }

    /// A label on `executionRoleArn`, if it is an empty string: on its key if the user's tool leaves it out then,
    /// because the value may be written elsewhere.
    pub(crate) fn empty_execution_role(&self, text: &str) -> Option<Label> {
        const KEY: &str = "executionRoleArn";
        let left_out = || self.node().left_out(KEY)?.key().map(|key| Label::new(key.place(), text));
        field::empty_text(self.node(), KEY).map(|empty| empty.label(text)).or_else(left_out)
    }

    /// Task-level `cpu` and `memory`, if they are empty strings.
    pub(crate) fn empty_sizes(&self) -> impl Iterator<Item = Empty<'d>> + use<'d> {
        let node = self.node();
        ["cpu", "memory"].into_iter().filter_map(move |name| field::empty_text(node, name))
    }
}

impl<'d> Container<'d> {
    /// The empty strings in the container.
    pub(crate) fn empty_identifiers(&self) -> Vec<Empty<'d>> {
        let own = ["hostname", "user", "workingDirectory"];
        let mut found: Vec<Empty> =
            own.iter().filter_map(|name| field::empty_text(self.node(), name)).collect();
        let links = known_texts(field::list::<Node>(self.node(), "links"));
        found.extend(links.filter(|link| link.is_empty()));
        let ports = self.port_mappings();
        found.extend(
            ports
                .items()
                .filter_map(|port: PortMapping| field::empty_text(port.node(), "containerPortRange")),
        );
        found
    }
}
