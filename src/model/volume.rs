//! Volumes and where containers mount them.

use super::Container;
use super::field::{self, Field, List, view};

impl<'d> Container<'d> {
    /// `mountPoints`
    pub fn mount_points(&self) -> List<'d, MountPoint<'d>> {
        field::list(self.node(), "mountPoints")
    }
}

view! {
    /// An entry of `mountPoints`.
    MountPoint
}

impl<'d> MountPoint<'d> {
    /// `sourceVolume`
    pub fn source_volume(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "sourceVolume")
    }
}

view! {
    /// An entry of `volumes`.
    Volume
}

impl<'d> Volume<'d> {
    /// `name`
    pub fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "name")
    }
}
