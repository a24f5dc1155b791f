//! Tags.

use super::Service;
use super::field::{self, Field, view};
use crate::tree::Node;

view! {
    /// An entry of `tags`.
    Tag
}

impl<'d> Tag<'d> {
    /// `key`
    pub fn tag_key(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "key")
    }

    /// `value`, which may be empty.
    pub fn value(&self) -> Field<'d, &'d str> {
        field::prose(self.0, "value")
    }
}

impl<'d> Service<'d> {
    /// The first entry of `tagSpecifications` of each volume that has more than one, with the
    /// entries after it.
    pub fn further_tag_specifications(&self) -> Vec<(Node<'d>, Vec<Node<'d>>)> {
        let configurations = field::list::<Node>(self.node(), "volumeConfigurations").items();
        let volumes =
            configurations.filter_map(|one| field::object::<Node>(one, "managedEBSVolume").known()).map(
                |volume| field::list::<Node>(volume.value(), "tagSpecifications").items().collect::<Vec<_>>(),
            );
        volumes.filter_map(|mut entries| (entries.len() > 1).then(|| (entries.remove(0), entries))).collect()
    }
}
