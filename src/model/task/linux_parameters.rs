//! Linux kernel settings of a container: capabilities, tmpfs mounts, swap.

use crate::facts::table;
use crate::model::field::{self, Field, Known, List, known_texts, view};
use crate::model::task::command::program_name;
use crate::model::task::isolation::Device;
use crate::model::{Answer, Command, Container};
use crate::tree::Node;

impl<'d> Container<'d> {
    /// `linuxParameters`
    pub(crate) fn linux_parameters(&self) -> Field<'d, LinuxParameters<'d>> {
        field::object(self.node(), "linuxParameters")
    }

    /// Whether an init process runs in the container, to adopt orphaned processes: that of Docker, or one that
    /// the image contains and that starts the program.
    pub(crate) fn has_init_process(&self) -> Answer {
        const INITS: [&str; 5] = ["tini", "dumb-init", "catatonit", "docker-init", "init"];
        let starts_init = |command: Command| {
            command.words().first().is_some_and(|program| INITS.contains(&program_name(program).as_str()))
        };
        let enabled = self.linux_parameters().and_then(|parameters| parameters.init_process_enabled());
        let own = self.entry_point().is(starts_init).or(self.command().is(starts_init));
        enabled.is(|enabled| enabled).or(own)
    }

    /// The known entries of `linuxParameters.tmpfs`.
    pub(crate) fn tmpfs(&self) -> impl Iterator<Item = Tmpfs<'d>> + use<'d> {
        self.linux_parameters().known().into_iter().flat_map(|parameters| parameters.tmpfs().items())
    }

    /// The names of the added capabilities.
    pub(crate) fn added_capabilities(&self) -> Vec<Known<'d, &'d str>> {
        self.capabilities("add")
    }

    /// Whether it adds any capability.
    pub(crate) fn adds_capabilities(&self) -> Answer {
        match self.linux_parameters().and_then(|parameters| parameters.capabilities()) {
            Field::Missing => Answer::No,
            Field::Unknown(_) => Answer::Unknown,
            Field::Known(capabilities) => {
                let added = field::list::<Node>(capabilities.value(), "add");
                if added.is_complete() { Answer::from(!added.is_missing()) } else { Answer::Unknown }
            }
        }
    }

    /// The names of the dropped capabilities.
    pub(crate) fn dropped_capabilities(&self) -> Vec<Known<'d, &'d str>> {
        self.capabilities("drop")
    }

    fn capabilities(&self, which: &str) -> Vec<Known<'d, &'d str>> {
        let capabilities = self.linux_parameters().and_then(|parameters| parameters.capabilities());
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

    /// `capabilities`
    pub(crate) fn capabilities(&self) -> Field<'d, Node<'d>> {
        field::object(self.0, "capabilities")
    }

    /// `devices`
    pub(crate) fn devices(&self) -> List<'d, Device<'d>> {
        field::list(self.0, "devices")
    }

    /// `sharedMemorySize`, in MiB.
    pub(crate) fn shared_memory_size(&self) -> Field<'d, i64> {
        field::amount(self.0, "sharedMemorySize")
    }

    /// `initProcessEnabled`
    pub(crate) fn init_process_enabled(&self) -> Field<'d, bool> {
        field::boolean(self.0, "initProcessEnabled")
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

    /// `size`, in MiB.
    pub(crate) fn size(&self) -> Field<'d, i64> {
        field::amount(self.0, "size")
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
    capability_rows().filter(|[_, documented, _]| *documented == "yes").map(|[name, ..]| name)
}

fn capability_rows() -> impl Iterator<Item = [&'static str; 3]> {
    table!("capabilities.tsv").rows()
}

/// Whether Linux has a capability of this name, as Docker reads it: in any case, with or without `CAP_`.
pub(crate) fn is_linux_capability(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let plain = upper.strip_prefix("CAP_").unwrap_or(&upper);
    capability_rows().any(|[own, ..]| own == plain)
}

/// How much a capability allows beyond what every container may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Power {
    /// Enough to take control of the instance.
    Host,
    /// Nothing: Docker grants it to every container.
    Default,
    /// Something in between.
    More,
}

impl Power {
    /// The power of a documented capability.
    fn of(name: &str) -> Option<Power> {
        let [.., power] = capability_rows().find(|[own, ..]| *own == name)?;
        Some(match power {
            "host" => Power::Host,
            "default" => Power::Default,
            _ => Power::More,
        })
    }
}

impl<'d> Container<'d> {
    /// The added capabilities that are enough to take control of the instance, in any spelling. A privileged
    /// container has all capabilities anyway.
    pub(crate) fn dangerous_capabilities(&self) -> Vec<Known<'d, &'d str>> {
        if !self.runs_on_linux_instance() || !self.is_privileged().is_no() {
            return Vec::new();
        }
        self.capabilities_of(|name, power| {
            power == Power::Host || (name == TRACING && self.sees_processes_of_instance().is_yes())
        })
    }

    /// The other added capabilities that containers do not have by default, in any spelling. What AWS does not
    /// document is reported by `unknown-capability`.
    pub(crate) fn extra_capabilities(&self) -> Vec<Known<'d, &'d str>> {
        if !self.says_windows().is_no() || !self.escapes_restrictions().is_no() {
            return Vec::new();
        }
        // Fargate supports only this one: `unsupported-fargate-capability`.
        let may_be_fargate = self.task().is_some_and(|task| !task.is_fargate().is_no());
        self.capabilities_of(|name, power| {
            let is_supported = !may_be_fargate || name == FARGATE_CAPABILITY;
            let may_be_dangerous =
                name == TRACING && !self.is_fargate().is_yes() && !self.sees_processes_of_instance().is_no();
            power == Power::More && is_supported && !may_be_dangerous
        })
    }

    fn capabilities_of(&self, is_wanted: impl Fn(&str, Power) -> bool) -> Vec<Known<'d, &'d str>> {
        let mut names = self.added_capabilities();
        names.retain(|name| {
            let meant = capability_meant(name).and_then(|meant| Some((meant, Power::of(meant)?)));
            meant.is_some_and(|(meant, power)| is_wanted(meant, power))
        });
        names
    }

    /// Whether the container drops any of these capabilities, in any spelling.
    pub(crate) fn drops(&self, names: &[&str]) -> Answer {
        self.drops_such(|name| capability_meant(name).is_some_and(|meant| names.contains(&meant)))
    }

    /// Whether the container drops any capability.
    pub(crate) fn drops_capabilities(&self) -> Answer {
        self.drops_such(|name| !name.is_empty())
    }

    fn drops_such(&self, is_such: impl Fn(&str) -> bool) -> Answer {
        let capabilities = self.linux_parameters().and_then(|parameters| parameters.capabilities());
        let dropped: List<Node> = match capabilities {
            Field::Missing => return Answer::No,
            Field::Unknown(_) => return Answer::Unknown,
            Field::Known(capabilities) => field::list(capabilities.value(), "drop"),
        };
        if known_texts(dropped).any(|name| is_such(&name)) {
            return Answer::Yes;
        }
        Answer::no_if(dropped.is_complete())
    }
}

/// The capability to trace processes: with the processes of the instance in sight, it is enough to take
/// control of them.
const TRACING: &str = "SYS_PTRACE";

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

    #[test]
    fn some_capabilities_are_as_good_as_root_on_the_instance() {
        let count = |power| capabilities().filter(|name| Power::of(name) == Some(power)).count();
        assert_eq!([Power::Host, Power::Default, Power::More].map(count), [9, 14, 15]);
    }
}
