//! What the documents of one folder say together.

use std::collections::{BTreeMap, HashMap};

use crate::document::{Document, DocumentKind, ServiceForm};
use crate::model::linked::links::NO_LINKS;
use crate::model::{ScalingPolicy, ScheduledAction, Service, Variants};
use crate::source::SourceId;
use crate::tree::Node;

/// The services and the scaling documents in one folder, in document order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folder<'d> {
    /// The services.
    pub services: Vec<Service<'d>>,
    /// The scaling policies, without standalone configuration blocks.
    pub scaling_policies: Vec<ScalingPolicy<'d>>,
    /// The scheduled actions.
    pub scheduled_actions: Vec<ScheduledAction<'d>>,
    /// The environments and Regions that the names of their files mention.
    variants: HashMap<SourceId, Variants>,
}

/// If there are more different things of one name than this, others are compared with these alone.
const DIFFERENT: usize = 32;

impl<'d> Folder<'d> {
    /// The folder that contains some documents.
    pub(crate) fn of(documents: impl Iterator<Item = &'d Document>) -> Folder<'d> {
        let mut folder = Folder::default();
        for document in documents {
            let root = document.root();
            let source = &document.tree().source;
            folder.variants.entry(source.id).or_insert_with(|| Variants::of_file(&source.name));
            match document.kind {
                DocumentKind::Service(ServiceForm::TaskSet) => {}
                DocumentKind::Service(_) => folder.services.extend(Service::alone(document)),
                DocumentKind::ScalingPolicy(_) => {
                    folder.scaling_policies.push(ScalingPolicy::new(root, document.kind, &NO_LINKS));
                }
                DocumentKind::ScheduledAction(form) => {
                    folder.scheduled_actions.push(ScheduledAction::new(root, form, &NO_LINKS));
                }
                _ => {}
            }
        }
        folder
    }
    /// The environments and Regions that the name of the file mentions in which a node is.
    fn variants(&self, node: Node) -> &Variants {
        &self.variants[&node.place().source]
    }

    /// Whether two nodes are in files that may be for the same environment and Region.
    pub(crate) fn may_meet(&self, one: Node, other: Node) -> bool {
        !self.variants(one).exclude(self.variants(other))
    }

    /// The things of one name that may be for the same environment and differ, each with the first one that it
    /// contradicts. What is the same as a thing that is in a pair already is left out.
    pub(crate) fn contradictions<K: Ord, T: Copy>(
        &self,
        named: impl Iterator<Item = (K, T)>,
        node: impl Fn(T) -> Node<'d>,
        is_same: impl Fn(T, T) -> bool,
    ) -> Vec<(T, T)> {
        let mut by_name: BTreeMap<K, Vec<Seen<T>>> = BTreeMap::new();
        let mut pairs = Vec::new();
        for (name, thing) in named {
            let seen = by_name.entry(name).or_default();
            let variants = self.variants(node(thing));
            let mut same = seen.iter().filter(|one| is_same(one.thing, thing));
            let is_known = same.clone().any(|one| one.variants == variants);
            if same.any(|one| one.is_paired) {
                continue;
            }
            let contradicts =
                |one: &&mut Seen<T>| !one.variants.exclude(variants) && !is_same(one.thing, thing);
            let first = seen.iter_mut().find(contradicts);
            let is_paired = first.is_some();
            if let Some(first) = first {
                first.is_paired = true;
                pairs.push((first.thing, thing));
            }
            if !is_known && seen.len() < DIFFERENT {
                seen.push(Seen { thing, variants, is_paired });
            }
        }
        pairs
    }
}

/// One of several things of one name.
struct Seen<'f, T> {
    thing: T,
    variants: &'f Variants,
    is_paired: bool,
}
