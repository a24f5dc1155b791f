//! Folders and sockets of the instance that containers mount.

use std::sync::LazyLock;

use crate::facts::table;
use crate::model::field::{self, Field};
use crate::model::{Container, Known, MountPoint, TaskDefinition, View, Volume};

impl<'d> TaskDefinition<'d> {
    /// Where containers mount a volume.
    pub(crate) fn mounts_of(&self, volume: &Volume<'d>) -> impl Iterator<Item = Mount<'d>> + use<'d> {
        let name = volume.name().known();
        let mounts = self.containers().flat_map(|container| {
            let points = container.mount_points().items();
            points.filter_map(move |point| {
                let source = point.source_volume().known()?;
                Some(Mount { container, source, is_writable: point.is_writable() })
            })
        });
        mounts.filter(move |mount| name.is_some_and(|name| name.value() == mount.source.value()))
    }
}

/// A mount point of a volume.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mount<'d> {
    /// The container.
    pub container: Container<'d>,
    /// The name of the volume, as the mount point refers to it.
    pub source: Known<'d, &'d str>,
    /// Whether the container can certainly write there.
    pub is_writable: bool,
}

impl<'d> MountPoint<'d> {
    /// `readOnly`
    pub(crate) fn read_only(&self) -> Field<'d, bool> {
        field::boolean(self.node(), "readOnly")
    }

    /// Whether the container can certainly write there.
    pub(crate) fn is_writable(&self) -> bool {
        self.read_only().is(|read_only| read_only).is_no()
    }
}

impl<'d> Container<'d> {
    /// Whether nothing is mounted at this path of the container, or above it.
    pub(crate) fn surely_mounts_nothing_at(&self, path: &str) -> bool {
        let mounts = self.mount_points();
        let misses = |root: Field<&str>| match root {
            Field::Known(root) => !is_below(path, &root),
            Field::Missing => true,
            Field::Unknown(_) => false,
        };
        let has_tmpfs = match self.linux_parameters() {
            Field::Missing => false,
            Field::Unknown(_) => true,
            Field::Known(parameters) => {
                let tmpfs = parameters.tmpfs();
                !tmpfs.is_complete() || !tmpfs.items().all(|one| misses(one.container_path()))
            }
        };
        let is_seen = mounts.is_complete() && self.volumes_from().is_missing();
        is_seen && !has_tmpfs && mounts.items().all(|mount| misses(mount.container_path()))
    }
}

impl<'d> Volume<'d> {
    /// The path of a container runtime's socket, if the volume is one or a folder with little else.
    pub(crate) fn runtime_socket(&self) -> Option<(Known<'d, &'d str>, &'static str)> {
        let path = self.source_path().known()?;
        Some((path, socket_owner(&path)?))
    }

    /// The sensitive path of the instance that the volume is, and what is known about it.
    pub(crate) fn sensitive_path(&self) -> Option<(Known<'d, &'d str>, SensitivePath)> {
        let path = self.source_path().known().filter(|path| socket_owner(path).is_none())?;
        Some((path, SensitivePath::of(&path)?))
    }
}

/// A path of a Linux instance that containers should not share: a row of
/// `rules/data/sensitive-host-paths.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SensitivePath {
    /// What is there, for a sentence.
    pub holds: &'static str,
    /// Whether the path is only a part of that.
    pub is_part: bool,
    /// Whether even a read-only mount reveals too much.
    pub is_secret: bool,
}

impl SensitivePath {
    /// What is known about a path; `None` if it is not sensitive.
    pub(crate) fn of(path: &str) -> Option<SensitivePath> {
        static ROWS: LazyLock<Vec<[&str; 4]>> =
            LazyLock::new(|| table!("sensitive-host-paths.tsv").rows().collect());
        let path = plain(path);
        let [listed, extent, when, holds] = *ROWS.iter().find(|[listed, extent, ..]| match *extent {
            "below" => is_below(&path, listed),
            "children" => path.rsplit_once('/').is_some_and(|(parent, _)| parent == *listed),
            _ => path == *listed,
        })?;
        let is_part = extent == "below" && path != listed || path.starts_with("/etc/");
        Some(SensitivePath { holds, is_part, is_secret: when == "mounted" })
    }
}

/// The container runtime that listens on a socket, or in a folder, with this path.
fn socket_owner(path: &str) -> Option<&'static str> {
    let path = plain(path);
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let folder = path.strip_prefix("/var").unwrap_or(&path);
    match (last, folder) {
        ("docker.sock" | "docker_engine", _) | (_, "/run/docker") => Some("Docker"),
        ("containerd.sock", _) | (_, "/run/containerd") => Some("containerd"),
        ("podman.sock", _) | (_, "/run/podman") => Some("Podman"),
        ("crio.sock", _) | (_, "/run/crio") => Some("CRI-O"),
        _ => None,
    }
}

/// A path without repeated slashes, steps to where it is already, and a slash at its end.
fn plain(path: &str) -> String {
    let steps: Vec<&str> = path.split('/').filter(|step| !matches!(*step, "" | ".")).collect();
    let root = if path.starts_with('/') { "/" } else { "" };
    format!("{root}{}", steps.join("/"))
}

/// Whether a path is another one, or in it.
fn is_below(path: &str, root: &str) -> bool {
    let rest = path.strip_prefix(root.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sockets_belong_to_a_runtime() {
        for path in
            ["/var/run/docker.sock", "/run/docker.sock", "//./pipe/docker_engine", r"\\.\pipe\docker_engine"]
        {
            assert_eq!(socket_owner(path), Some("Docker"), "{path}");
        }
        assert_eq!(socket_owner("/run/containerd/containerd.sock"), Some("containerd"));
        assert_eq!(socket_owner("/run/containerd/"), Some("containerd"));
        assert_eq!(socket_owner("/run/user/1000/podman/podman.sock"), Some("Podman"));
        assert_eq!(socket_owner("/var/run/crio/crio.sock"), Some("CRI-O"));
        for path in ["/var/run", "/var/lib/docker", "/opt/docker.socket", "/"] {
            assert_eq!(socket_owner(path), None, "{path}");
        }
    }

    #[test]
    fn sensitive_paths_are_found_in_any_spelling() {
        let is_secret = |path| SensitivePath::of(path).map(|found| found.is_secret);
        for path in ["/", "//", "/root/", "/home", "/var/lib/ecs", "/var//lib/./ecs"] {
            assert_eq!(is_secret(path), Some(true), "{path}");
        }
        for path in [
            "/etc",
            "/etc/passwd",
            "/etc/systemd/system",
            "/root/.ssh",
            "/home/ec2-user",
            "/var/run",
            "/dev",
            "/sys/fs/cgroup",
        ] {
            assert_eq!(is_secret(path), Some(false), "{path}");
        }
        for path in [
            "/data",
            "/etcetera",
            "/etc/letsencrypt/live/shop.example.com/",
            "/etc/nginx/conf.d",
            "/home/ec2-user/data",
            "/var/run/datadog",
            "/dev/shm",
            "/dev/fuse",
            "/var/log",
        ] {
            assert_eq!(is_secret(path), None, "{path}");
        }
    }

    #[test]
    fn a_path_is_below_its_folders() {
        assert!(is_below("/tmp", "/tmp") && is_below("/tmp", "/") && is_below("/tmp/a", "/tmp/"));
        assert!(!is_below("/tmpfs", "/tmp") && !is_below("/tmp", "/tmp/a"));
    }
}
