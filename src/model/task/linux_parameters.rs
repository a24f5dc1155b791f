//! Linux kernel settings of a container: capabilities, tmpfs mounts, swap.

use crate::facts::table;
use crate::model::Container;
use crate::model::field::{self, Field, Known, List, known_texts, view};
use crate::tree::Node;

impl<'d> Container<'d> {
    /// `linuxParameters`
    pub(crate) fn linux_parameters(&self) -> Field<'d, LinuxParameters<'d>> {
        field::object(self.node(), "linuxParameters")
    }

    /// The known entries of `linuxParameters.tmpfs`.
    pub(crate) fn tmpfs(&self) -> impl Iterator<Item = Tmpfs<'d>> + use<'d> {
        self.linux_parameters().known().into_iter().flat_map(|parameters| parameters.tmpfs().items())
    }

    /// The names of the added capabilities.
    pub(crate) fn added_capabilities(&self) -> Vec<Known<'d, &'d str>> {
        self.capabilities("add")
    }

    /// The names of the dropped capabilities.
    pub(crate) fn dropped_capabilities(&self) -> Vec<Known<'d, &'d str>> {
        self.capabilities("drop")
    }

    fn capabilities(&self, which: &str) -> Vec<Known<'d, &'d str>> {
        let capabilities = self
            .linux_parameters()
            .and_then(|parameters| field::object::<Node>(parameters.0, "capabilities"));
        let names = capabilities.known().into_iter();
        names
            .flat_map(|capabilities| known_texts(field::list(capabilities.value(), which)))
            .filter(|name| !name.is_empty())
            .collect()
    }
}

view! {
    /// `linuxParameters`
    LinuxParameters
}

impl<'d> LinuxParameters<'d> {
    /// `tmpfs`
    pub(crate) fn tmpfs(&self) -> List<'d, Tmpfs<'d>> {
        field::list(self.0, "tmpfs")
    }

    /// `maxSwap`
    pub(crate) fn max_swap(&self) -> Field<'d, i64> {
        field::integer(self.0, "maxSwap")
    }

    /// `swappiness`
    pub(crate) fn swappiness(&self) -> Field<'d, i64> {
        field::integer(self.0, "swappiness")
    }
}

view! {
    /// An entry of `linuxParameters.tmpfs`.
    Tmpfs
}

impl<'d> Tmpfs<'d> {
    /// `containerPath`
    pub(crate) fn container_path(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "containerPath")
    }

    /// The value of `containerPath`, if it is certainly an empty string.
    pub(crate) fn empty_path(&self) -> Option<Node<'d>> {
        self.0.get("containerPath").filter(|path| path.as_text() == Some(""))
    }

    /// The known `mountOptions`.
    pub(crate) fn mount_options(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        known_texts(field::list(self.0, "mountOptions")).filter(|option| !option.is_empty())
    }
}

/// The names of the capabilities that the API documents, from `rules/data/capabilities.tsv`.
pub(crate) fn capabilities() -> impl Iterator<Item = &'static str> {
    capability_rows().filter(|row| !row.contains('\t'))
}

fn capability_rows() -> impl Iterator<Item = &'static str> {
    table!("capabilities.tsv").lines()
}

/// Whether Linux has a capability of this name, as Docker reads it: in any case, with or without `CAP_`.
pub(crate) fn is_linux_capability(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let plain = upper.strip_prefix("CAP_").unwrap_or(&upper);
    capability_rows().any(|row| row.split('\t').next() == Some(plain))
}

/// The only capability that Fargate allows to add.
pub(crate) const FARGATE_CAPABILITY: &str = "SYS_PTRACE";

/// The documented name of the intended capability: without `CAP_`, in upper case.
pub(crate) fn capability_meant(name: &str) -> Option<&'static str> {
    let upper = name.to_ascii_uppercase();
    let plain = upper.strip_prefix("CAP_").unwrap_or(&upper);
    capabilities().find(|documented| *documented == plain)
}

/// The tmpfs mount options that the API documents, from `rules/data/tmpfs-options.tsv`.
pub(crate) fn tmpfs_options() -> impl Iterator<Item = &'static str> {
    table!("tmpfs-options.tsv").lines()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capabilities_are_recognised_in_any_spelling() {
        assert_eq!(capability_meant("CAP_SYS_PTRACE"), Some("SYS_PTRACE"));
        assert_eq!(capability_meant("net_admin"), Some("NET_ADMIN"));
        assert_eq!(capability_meant("BPF"), None);
        assert_eq!(capabilities().count(), 38);
        assert!(is_linux_capability("cap_bpf") && is_linux_capability("ALL"));
        assert!(!is_linux_capability("NET_ADM"));
        assert_eq!(tmpfs_options().count(), 39);
    }
}
