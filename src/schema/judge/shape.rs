//! What a schema requires of the node at one place of a document.

use super::limit::{Limit, Scalar, Type};
use super::tables;
use crate::document::Door;
use crate::tree::{Kind, Node};

/// The part of a schema for one node.
pub(in super::super) struct Shape {
    /// The JSON types that it allows; empty if any type is allowed.
    pub(super) types: &'static [Type],
    pub(super) limits: &'static [Limit],
    /// Keys that an object must have.
    pub(super) required: &'static [Key],
    /// Keys that an object must have unless another key has a certain value.
    pub(super) required_unless: &'static [Demand],
    /// The members that it knows, sorted by the hashes of their keys.
    pub(super) properties: &'static [(Key, &'static Shape)],
    pub(super) others: Others,
    pub(super) items: Option<&'static Shape>,
    /// What differs in CloudFormation.
    pub(super) in_cloudformation: Option<&'static InCloudFormation>,
}

/// What differs for an object in CloudFormation: `x-cloudformation`.
pub(super) struct InCloudFormation {
    /// The keys that are not spelled like the API's with the first letter raised: their names in
    /// CloudFormation, and the API's.
    pub(super) names: &'static [(Key, Key)],
    /// Keys that an object need not have.
    pub(super) optional: &'static [Key],
    /// Keys that an object must have besides.
    pub(super) required: &'static [Key],
    /// Keys that only the API has.
    pub(super) lacks: &'static [Key],
    /// Members that only CloudFormation has, or that have another shape there.
    pub(super) more: &'static [(Key, &'static Shape)],
}

/// A key, with the hash that it is looked up by.
#[derive(PartialEq)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) hash: u32,
}

/// A key, and what makes it optional: another key, and its value.
pub(super) struct Demand {
    pub(super) key: Key,
    pub(super) other: Key,
    pub(super) value: Scalar,
}

/// What a schema requires of members that are not among the properties.
pub(super) enum Others {
    /// Nothing.
    Any,
    /// They are not allowed.
    Refused,
    /// Their values have this shape.
    Shaped(&'static Shape),
}

impl Shape {
    /// The shape that a schema requires of a document; `None` if no schema has this name.
    pub(in super::super) fn of_document(schema: &str) -> Option<&'static Shape> {
        tables::DOCUMENTS.iter().find(|(name, _)| *name == schema).map(|(_, shape)| *shape)
    }

    /// What differs for an object that comes through a door.
    pub(super) fn differences(&self, door: Door) -> Option<&'static InCloudFormation> {
        self.in_cloudformation.filter(|_| door == Door::CloudFormation)
    }

    /// The shape of the member with a name, which has this hash, of an object that comes through a door.
    pub(super) fn member(&self, name: &str, hash: u32, door: Door) -> Option<&'static Shape> {
        let own = || self.named(name, hash).map(|(_, shape)| shape);
        match self.differences(door) {
            Some(here) if here.lacks.iter().any(|one| one.name == name) => None,
            Some(here) => here.more(name).map(|(_, shape)| shape).or_else(own),
            None => own(),
        }
    }

    pub(super) fn named(&self, name: &str, hash: u32) -> Option<(&'static Key, &'static Shape)> {
        let from = self.properties.partition_point(|(key, _)| key.hash < hash);
        let mut alike = self.properties[from..].iter().take_while(|(key, _)| key.hash == hash);
        alike.find(|(key, _)| key.name == name).map(|(key, shape)| (key, *shape))
    }

    /// The shape of the members that it does not name.
    pub(super) fn others(&self) -> Option<&'static Shape> {
        match self.others {
            Others::Shaped(shape) => Some(shape),
            Others::Any | Others::Refused => None,
        }
    }

    /// The keys that an object must have that comes through a door.
    pub(super) fn required(&self, door: Door) -> impl Iterator<Item = &'static Key> {
        let here = self.differences(door);
        let is_required = move |key: &&Key| here.is_none_or(|here| !here.optional.contains(key));
        self.required.iter().filter(is_required).chain(here.into_iter().flat_map(|here| here.required))
    }

    /// The keys that an object must have because of the value of another one, and need not have otherwise.
    pub(super) fn demanded(&self, object: Node) -> impl Iterator<Item = &'static Key> {
        let here = self.differences(object.tree().door);
        let demands = self.required_unless.iter().filter(move |demand| {
            demand.stands(object) && here.is_none_or(|here| !here.required.contains(&demand.key))
        });
        demands.map(|demand| &demand.key)
    }
}

impl InCloudFormation {
    /// A member that only CloudFormation has, or that has another shape there.
    pub(super) fn more(&self, name: &str) -> Option<(&'static Key, &'static Shape)> {
        self.more.iter().find(|(key, _)| key.name == name).map(|(key, shape)| (key, *shape))
    }

    /// The API's key for an irregular name.
    pub(super) fn api_name(&self, written: &str) -> Option<&'static Key> {
        self.names.iter().find(|(name, _)| name.name == written).map(|(_, api)| api)
    }

    /// The irregular name of a key of the API.
    pub(super) fn name_of(&self, api: &str) -> Option<&'static str> {
        self.names.iter().find(|(_, key)| key.name == api).map(|(name, _)| name.name)
    }
}

impl Key {
    /// The member with this key, unless it is `null`, which counts as unset.
    pub(super) fn of<'d>(&self, object: Node<'d>) -> Option<Node<'d>> {
        object.get_hashed(self.name, self.hash).filter(|node| node.kind() != Kind::Null)
    }
}

impl Demand {
    /// Whether the key is required in an object; false if the other key's value is not known.
    fn stands(&self, object: Node) -> bool {
        self.other.of(object).is_none_or(|node| match node.kind() {
            Kind::Unknown => false,
            Kind::Text if !node.is_plain() => false,
            _ => !self.value.is(node),
        })
    }
}
