//! Tags.

use crate::document::{Document, DocumentKind, Form, ServiceForm};
use crate::model::Service;
use crate::model::field::{self, Field, List, view};
use crate::tree::Node;

view! {
    /// An entry of `tags`.
    Tag
}

impl<'d> Tag<'d> {
    /// `key`
    pub(crate) fn tag_key(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "key")
    }

    /// Whether AWS set it: users cannot set tags with this prefix.
    pub(crate) fn is_of_aws(&self) -> bool {
        self.tag_key().known().is_some_and(|key| key.to_ascii_lowercase().starts_with("aws:"))
    }

    /// `value`, which may be empty.
    pub(crate) fn value(&self) -> Field<'d, &'d str> {
        field::prose(self.0, "value")
    }
}

/// The tags that a document sets for its own resource; `None` if the document is not one that sets them:
/// `describe-task-definition` returns them separately, and `update-service` does not accept any.
pub(crate) fn own_tags(document: &Document) -> Option<List<'_, Tag<'_>>> {
    let takes_tags = matches!(
        document.kind,
        DocumentKind::TaskDefinition(Form::Input)
            | DocumentKind::Service(ServiceForm::Create | ServiceForm::Ecspresso)
    );
    takes_tags.then(|| field::list(document.root(), "tags"))
}

/// The lists of tags that a document sets: those of a task definition, and those of a service and its
/// volumes, unless the document is API output.
pub(crate) fn tag_lists(document: &Document) -> Vec<List<'_, Tag<'_>>> {
    let root = document.root();
    match document.kind {
        DocumentKind::TaskDefinition(_) => vec![field::list(root, "tags")],
        DocumentKind::Service(ServiceForm::Described) => Vec::new(),
        DocumentKind::Service(form) => {
            let configurations = field::list::<Node>(root, "volumeConfigurations").items();
            let volumes =
                configurations.filter_map(|one| field::object::<Node>(one, "managedEBSVolume").known());
            let specifications =
                volumes.flat_map(|volume| field::list::<Node>(volume.value(), "tagSpecifications").items());
            let of_volumes = specifications.map(|specification| field::list(specification, "tags"));
            // `update-service` does not accept tags.
            let own = (form != ServiceForm::Update).then(|| field::list(root, "tags"));
            own.into_iter().chain(of_volumes).collect()
        }
        _ => Vec::new(),
    }
}

impl<'d> Service<'d> {
    /// For each volume with more than one entry in `tagSpecifications`: the first entry, and the entries
    /// after it.
    pub(crate) fn further_tag_specifications(&self) -> Vec<(Node<'d>, Vec<Node<'d>>)> {
        let configurations = field::list::<Node>(self.node(), "volumeConfigurations").items();
        let volumes = configurations
            .filter_map(|one| field::object::<Node>(one, "managedEBSVolume").known())
            .map(|volume| {
                field::list::<Node>(volume.value(), "tagSpecifications").objects().collect::<Vec<_>>()
            });
        volumes.filter_map(|mut entries| (entries.len() > 1).then(|| (entries.remove(0), entries))).collect()
    }
}
