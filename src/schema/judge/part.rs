//! A part of a schema, as it judges documents from one door: what it requires, and its annotations.

use serde_json::Value;

use super::{Shape, ShapeRef, tree_through};
use crate::document::Door;
use crate::spelling::is_respelled;
use crate::tree::{Kind, Node, hash};

/// What a schema says about the value at one place of a document.
#[derive(Clone, Copy)]
pub(crate) struct SchemaPart<'s> {
    shape: &'static Shape,
    /// The part as it is written.
    node: Node<'s>,
    door: Door,
}

impl<'s> SchemaPart<'s> {
    /// What it says about the whole document. `schema` is as it is written.
    pub(in super::super) fn whole(shape: &'static Shape, schema: Node<'s>, door: Door) -> SchemaPart<'s> {
        SchemaPart { shape, node: schema, door }
    }

    /// The part as it is written.
    pub(crate) fn node(self) -> Node<'s> {
        self.node
    }

    /// The value of a keyword.
    pub(crate) fn says(self, keyword: &str) -> Option<Node<'s>> {
        self.node.get(keyword)
    }

    /// Whether a node matches it.
    pub(crate) fn accepts(self, node: Node) -> bool {
        self.shape.accepts(node)
    }

    /// Whether a value, which is not part of the document yet, matches it.
    pub(crate) fn fits(self, value: &Value) -> bool {
        tree_through(self.door, value).roots().next().is_some_and(|root| self.accepts(root))
    }

    fn below(self, shape: Option<&'static Shape>, path: &[&str]) -> Option<SchemaPart<'s>> {
        let shape = shape?;
        Some(SchemaPart { shape, node: self.node.descend(path.iter().copied())?, ..self })
    }

    /// What it says about the items of a list.
    pub(crate) fn items(self) -> Option<SchemaPart<'s>> {
        self.below(self.shape.items, &["items"])
    }

    /// What it says about the values of a map, whose keys the user chooses.
    pub(crate) fn values(self) -> Option<SchemaPart<'s>> {
        self.below(self.shape.others(), &["additionalProperties"])
    }

    /// What it says about a member that it names.
    pub(crate) fn member(self, key: &str) -> Option<SchemaPart<'s>> {
        let shape = self.shape.member(key, hash(key), self.door);
        let here = self.shape.differences(self.door);
        match here.is_some_and(|here| here.more(key).is_some()) {
            true => self.below(shape, &["x-cloudformation", "more", key]),
            false => self.below(shape, &["properties", key]),
        }
    }

    /// What it says about any member of an object.
    pub(crate) fn property(self, key: &str) -> Option<SchemaPart<'s>> {
        self.member(key).or_else(|| self.values())
    }

    /// Whether it names the members of an object.
    pub(crate) fn names_members(self) -> bool {
        self.says("properties").is_some()
    }

    /// The keys that an object may have, in the order of the schema.
    pub(crate) fn keys(self) -> impl Iterator<Item = &'s str> + Clone {
        let named = self.says("properties").into_iter().flat_map(Node::members).map(|(key, _)| key.text());
        let here = self.shape.differences(self.door);
        let more = here.into_iter().flat_map(|here| here.more).map(|(key, _)| key.name);
        let is_there = move |key: &&str| here.is_none() || self.member(key).is_some();
        named.filter(is_there).chain(more.filter(move |key| self.shape.named(key, hash(key)).is_none()))
    }

    /// The keys that an object must have.
    pub(crate) fn required(self) -> impl Iterator<Item = &'s str> {
        self.shape.required(self.door).map(|key| key.name)
    }

    /// The keys that an object must have because of the value of another one, and lacks.
    pub(crate) fn lacking(self, object: Node) -> impl Iterator<Item = &'s str> {
        let demanded = self.shape.demanded(object).filter(move |key| key.of(object).is_none());
        demanded.map(|key| key.name)
    }

    /// Whether only the API has a key of an object.
    pub(crate) fn is_only_in_api(self, key: &str) -> bool {
        self.member(key).is_none() && self.shape.named(key, hash(key)).is_some()
    }

    /// Whether CloudFormation leaves it to the API to require a key of an object.
    pub(crate) fn is_unchecked(self, key: &str) -> bool {
        let unchecked = self.says("x-cloudformation").and_then(|differences| differences.get("unchecked"));
        unchecked.is_some_and(|keys| keys.items().any(|one| one.text() == key))
    }

    /// The name in CloudFormation of a key of an object. In a map, keys keep their spelling.
    pub(crate) fn name_in_cloudformation(self, key: &str) -> String {
        let object = ShapeRef::new(self.shape);
        if object.member(key).is_some() { object.name_of(key) } else { key.to_owned() }
    }

    /// The type that it requires; the first, if it allows several.
    pub(crate) fn wanted(self) -> &'s str {
        let first =
            |types: Node<'s>| if types.kind() == Kind::List { types.items().next() } else { Some(types) };
        self.says("type").and_then(first).map_or("", Node::text)
    }

    /// The number that a keyword has.
    pub(crate) fn number(self, keyword: &str) -> Option<f64> {
        self.says(keyword)?.as_number()
    }

    /// The texts of an annotation, each with the keyword, or the key, that it is about.
    pub(crate) fn notes(self, annotation: &str) -> impl Iterator<Item = (&'s str, &'s str)> {
        let notes = self.says(annotation).into_iter().flat_map(Node::members);
        notes.map(|(of, text)| (of.text(), text.text()))
    }

    /// The text of an annotation about a keyword, or about a key.
    pub(crate) fn note(self, annotation: &str, of: &str) -> Option<&'s str> {
        self.says(annotation)?.get(of)?.as_text()
    }

    /// The text of an annotation about a key, however the key is spelled.
    pub(crate) fn note_on_key(self, annotation: &str, key: &str) -> Option<&'s str> {
        let respelled = || self.notes(annotation).find(|(other, _)| is_respelled(key, other));
        self.note(annotation, key).or_else(|| respelled().map(|(_, text)| text))
    }
}

impl std::fmt::Debug for SchemaPart<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.node.fmt(f)
    }
}
