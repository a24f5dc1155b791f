//! Whether the shape of a node is right: our schemas, read once into a form that is quick to check.
//!
//! Most documents have no fault of shape, and building the validators of the `jsonschema` crate would take
//! most of a run on one file. So this check runs first, on our nodes as they are; whatever it does not pass
//! goes to the crate (`validator.rs`), which finds the faults. It knows the keywords that our schemas use,
//! which are flat: no references, no branches. Members that are `null` count as unset, as AWS's deployers
//! treat them. A test compares every verdict with that of the crate.

mod part;
mod reduced;
mod sequence;
mod shapes;
mod terraform;

use std::sync::{Arc, OnceLock};

use regex::Regex;
use serde_json::Value;

use crate::document::Door;
use crate::parse::parse;
use crate::source::{Source, SourceId};
use crate::tree::{Kind, Node, Tree, hash};
pub(crate) use part::SchemaPart;
use sequence::Sequences;
pub(crate) use shapes::{ShapeRef, Wanted};

/// A schema, ready to judge.
pub(super) struct Judge {
    /// The schema as it is written.
    tree: Arc<Tree>,
    shape: Shape,
    /// The patterns of its strings, each once.
    patterns: Vec<Pattern>,
}

/// The part of a schema for one node.
#[derive(Default)]
pub(super) struct Shape {
    /// The index of the part in the tree of the schema.
    index: u32,
    /// The JSON types that it allows; empty if any type is allowed.
    types: Vec<Type>,
    limits: Vec<Limit>,
    /// Keys that an object must have.
    required: Vec<Key>,
    /// Keys that an object must have unless another key has a certain value.
    required_unless: Vec<Demand>,
    /// The members that it knows, sorted by the hashes of their keys.
    properties: Vec<(Key, Shape)>,
    others: Others,
    items: Option<Box<Shape>>,
    /// What differs in CloudFormation.
    in_cloudformation: Option<Box<InCloudFormation>>,
}

/// What differs for an object in CloudFormation: `x-cloudformation`.
#[derive(Default)]
struct InCloudFormation {
    /// The keys that are not spelled like the API's with the first letter raised: their names in
    /// CloudFormation, and the API's.
    names: Vec<(Key, Key)>,
    /// Keys that an object need not have.
    optional: Vec<Key>,
    /// Keys that an object must have besides.
    required: Vec<Key>,
    /// Keys that only the API has.
    lacks: Vec<Key>,
    /// Members that only CloudFormation has, or that have another shape there.
    more: Vec<(Key, Shape)>,
}

/// A key, with the hash that it is looked up by.
#[derive(PartialEq)]
struct Key {
    name: Box<str>,
    hash: u32,
}

/// A key, and what makes it optional: another key, and its value.
struct Demand {
    key: Key,
    other: Key,
    value: Value,
}

/// What a schema requires of members that are not among the properties.
#[derive(Default)]
enum Others {
    /// Nothing.
    #[default]
    Any,
    /// They are not allowed.
    Refused,
    /// Their values have this shape.
    Shaped(Box<Shape>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

/// A limit on a value. It does not apply to values of another type, except for [`Limit::Enum`].
enum Limit {
    Enum(Vec<Scalar>),
    /// The index of the pattern among those of the judge.
    Pattern(usize),
    Minimum(f64),
    Maximum(f64),
    /// In characters.
    MinLength(usize),
    MaxLength(usize),
    MinItems(usize),
    MaxItems(usize),
    MinProperties(usize),
}

/// A value of an enumeration.
enum Scalar {
    Text(Box<str>),
    Number(f64),
}

/// A pattern.
struct Pattern {
    text: String,
    /// What matches a pattern that needs no regular expression.
    sequences: Option<Sequences>,
    /// Compiled when the first string is matched against it: most never are.
    compiled: OnceLock<Regex>,
}

impl Judge {
    /// Reads a schema.
    pub(super) fn read(schema: &str) -> Judge {
        let tree = tree_of(schema);
        let mut patterns = Vec::new();
        let shape = tree.roots().next().map(|root| Shape::read(root, &mut patterns)).unwrap_or_default();
        Judge { tree, shape, patterns }
    }

    /// The shape of the whole document.
    pub(super) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Whether a node matches the schema.
    pub(super) fn accepts(&self, node: Node) -> bool {
        self.passes(&self.shape, node)
    }

    /// Whether a node matches a part of the schema.
    fn passes(&self, shape: &Shape, node: Node) -> bool {
        let is_of_type = || shape.types.is_empty() || shape.types.iter().any(|one| one.holds(node));
        let is_within = || shape.limits.iter().all(|limit| limit.holds(node, &self.patterns));
        is_of_type()
            && is_within()
            && match node.kind() {
                Kind::Object => self.passes_object(shape, node),
                Kind::List => {
                    shape.items.as_ref().is_none_or(|item| node.items().all(|node| self.passes(item, node)))
                }
                _ => true,
            }
    }

    fn passes_object(&self, shape: &Shape, object: Node) -> bool {
        let door = object.tree().door;
        let mut required = shape.required(door).chain(shape.demanded(object));
        let mut members = object.members().filter(|(_, value)| value.kind() != Kind::Null);
        required.all(|key| key.of(object).is_some())
            && members.all(|(key, value)| {
                match (shape.member(key.text(), key.raw().link, door), &shape.others) {
                    (Some(property), _) => self.passes(property, value),
                    (None, Others::Shaped(other)) => self.passes(other, value),
                    (None, Others::Any) => true,
                    (None, Others::Refused) => false,
                }
            })
    }
}

/// A JSON text, read.
pub(super) fn tree_of(json: &str) -> Arc<Tree> {
    parse(Arc::new(Source::new(SourceId(0), "", json))).tree
}

/// A value, as if it had come through a door.
fn tree_through(door: Door, value: &Value) -> Arc<Tree> {
    let mut tree = tree_of(&value.to_string());
    Arc::get_mut(&mut tree).expect("nobody else has it").door = door;
    tree
}

impl Shape {
    fn read(schema: Node, patterns: &mut Vec<Pattern>) -> Shape {
        let mut shape = Shape { index: schema.index(), ..Shape::default() };
        for (keyword, says) in schema.members() {
            let text = says.text();
            let count = || text.parse().expect("a schema counts in whole numbers");
            let number = || says.as_number().expect("a schema has numbers for bounds");
            match keyword.text() {
                "type" => shape.types = one_or_many(says).map(|name| Type::named(name.text())).collect(),
                "enum" => shape.limits.push(Limit::Enum(says.items().map(Scalar::read).collect())),
                "pattern" => shape.limits.push(Limit::Pattern(Pattern::add(text, patterns))),
                "minimum" => shape.limits.push(Limit::Minimum(number())),
                "maximum" => shape.limits.push(Limit::Maximum(number())),
                "minLength" => shape.limits.push(Limit::MinLength(count())),
                "maxLength" => shape.limits.push(Limit::MaxLength(count())),
                "minItems" => shape.limits.push(Limit::MinItems(count())),
                "maxItems" => shape.limits.push(Limit::MaxItems(count())),
                "minProperties" => shape.limits.push(Limit::MinProperties(count())),
                "required" => shape.required = says.items().map(Key::read).collect(),
                "x-required-unless" => shape.required_unless = says.members().map(Demand::read).collect(),
                "properties" => {
                    let property = |(key, schema)| (Key::read(key), Shape::read(schema, patterns));
                    shape.properties = says.members().map(property).collect();
                    shape.properties.sort_unstable_by_key(|(key, _)| key.hash);
                }
                "additionalProperties" if says.as_bool() == Some(false) => shape.others = Others::Refused,
                "additionalProperties" => {
                    shape.others = Others::Shaped(Box::new(Shape::read(says, patterns)));
                }
                "items" => shape.items = Some(Box::new(Shape::read(says, patterns))),
                "x-cloudformation" => {
                    shape.in_cloudformation = Some(Box::new(InCloudFormation::read(says, patterns)));
                }
                annotation => debug_assert!(
                    annotation.starts_with("x-")
                        || ["$schema", "$id", "title", "description"].contains(&annotation),
                    "no schema of ours has `{annotation}`"
                ),
            }
        }
        shape
    }

    /// What differs for an object that comes through a door.
    fn differences(&self, door: Door) -> Option<&InCloudFormation> {
        self.in_cloudformation.as_deref().filter(|_| door == Door::CloudFormation)
    }

    /// The shape of the member with a name, which has this hash, of an object that comes through a door.
    fn member(&self, name: &str, hash: u32, door: Door) -> Option<&Shape> {
        let own = || self.named(name, hash).map(|(_, shape)| shape);
        match self.differences(door) {
            Some(here) if here.lacks.iter().any(|one| *one.name == *name) => None,
            Some(here) => here.more(name).map(|(_, shape)| shape).or_else(own),
            None => own(),
        }
    }

    fn named(&self, name: &str, hash: u32) -> Option<(&Key, &Shape)> {
        let from = self.properties.partition_point(|(key, _)| key.hash < hash);
        let mut alike = self.properties[from..].iter().take_while(|(key, _)| key.hash == hash);
        alike.find(|(key, _)| *key.name == *name).map(|(key, shape)| (key, shape))
    }

    /// The shape of the members that it does not name.
    fn others(&self) -> Option<&Shape> {
        match &self.others {
            Others::Shaped(shape) => Some(shape),
            Others::Any | Others::Refused => None,
        }
    }

    /// The keys that an object must have that comes through a door.
    fn required(&self, door: Door) -> impl Iterator<Item = &Key> {
        let here = self.differences(door);
        let is_required = move |key: &&Key| here.is_none_or(|here| !here.optional.contains(key));
        self.required.iter().filter(is_required).chain(here.into_iter().flat_map(|here| &here.required))
    }

    /// The keys that an object must have because of the value of another one, and need not have otherwise.
    fn demanded(&self, object: Node) -> impl Iterator<Item = &Key> {
        let here = self.differences(object.tree().door);
        let demands = self.required_unless.iter().filter(move |demand| {
            demand.stands(object) && here.is_none_or(|here| !here.required.contains(&demand.key))
        });
        demands.map(|demand| &demand.key)
    }
}

impl InCloudFormation {
    fn read(differences: Node, patterns: &mut Vec<Pattern>) -> InCloudFormation {
        let mut here = InCloudFormation::default();
        for (difference, says) in differences.members() {
            let keys = || says.items().map(Key::read).collect();
            match difference.text() {
                "names" => {
                    here.names =
                        says.members().map(|(api, name)| (Key::read(name), Key::read(api))).collect();
                }
                "optional" => here.optional = keys(),
                "required" => here.required = keys(),
                "lacks" => here.lacks = keys(),
                "unchecked" => {}
                "more" => {
                    let member = |(key, schema)| (Key::read(key), Shape::read(schema, patterns));
                    here.more = says.members().map(member).collect();
                }
                other => debug_assert!(false, "no schema of ours has `x-cloudformation/{other}`"),
            }
        }
        here
    }

    /// A member that only CloudFormation has, or that has another shape there.
    fn more(&self, name: &str) -> Option<(&Key, &Shape)> {
        self.more.iter().find(|(key, _)| *key.name == *name).map(|(key, shape)| (key, shape))
    }
}

/// The items of a list, or the one value that is there instead.
fn one_or_many(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let one = (node.kind() != Kind::List).then_some(node);
    one.into_iter().chain(node.items())
}

impl Key {
    fn read(node: Node) -> Key {
        Key { name: node.text().into(), hash: hash(node.text()) }
    }

    /// The member with this key, unless it is `null`, which counts as unset.
    fn of<'d>(&self, object: Node<'d>) -> Option<Node<'d>> {
        object.get_hashed(&self.name, self.hash).filter(|node| node.kind() != Kind::Null)
    }
}

impl Demand {
    /// Reads a key and `{other: value}`.
    fn read((key, unless): (Node, Node)) -> Demand {
        let (other, value) = unless.members().next().expect("it names another key");
        let value = value.as_bool().map_or_else(|| value.text().into(), Value::Bool);
        Demand { key: Key::read(key), other: Key::read(other), value }
    }

    /// Whether the key is required in an object; false if the other key's value is not known.
    fn stands(&self, object: Node) -> bool {
        self.other.of(object).is_none_or(|node| match node.kind() {
            Kind::Unknown => false,
            Kind::Text if !node.is_plain() => false,
            Kind::Bool => node.as_bool() != self.value.as_bool(),
            _ => node.as_text().is_none() || node.as_text() != self.value.as_str(),
        })
    }
}

impl Type {
    fn named(name: &str) -> Type {
        match name {
            "string" => Type::String,
            "number" => Type::Number,
            "integer" => Type::Integer,
            "boolean" => Type::Boolean,
            "array" => Type::Array,
            "object" => Type::Object,
            other => panic!("no schema of ours has the type `{other}`"),
        }
    }

    fn holds(self, node: Node) -> bool {
        match node.kind() {
            Kind::Text => self == Type::String,
            // AWS's clients reject `512.0` and `5e2` if they require a whole number.
            Kind::Number => {
                self == Type::Number || self == Type::Integer && !node.text().contains(['.', 'e', 'E'])
            }
            Kind::Bool => self == Type::Boolean,
            Kind::List => self == Type::Array,
            Kind::Object => self == Type::Object,
            Kind::Null | Kind::Unknown => false,
        }
    }
}

impl Limit {
    fn holds(&self, node: Node, patterns: &[Pattern]) -> bool {
        let text = |holds: &dyn Fn(&str) -> bool| node.as_text().is_none_or(holds);
        let number = |holds: &dyn Fn(f64) -> bool| {
            // A number too large for `f64` is left to the reader of the document.
            node.as_number().filter(|number| number.is_finite()).is_none_or(holds)
        };
        // No need to count the characters of a text with few bytes.
        let is_longer = |text: &str, most: usize| text.len() > most && text.chars().nth(most).is_some();
        let is_list = node.kind() == Kind::List;
        match self {
            Limit::Enum(values) => values.iter().any(|value| value.is(node)),
            Limit::Pattern(at) => text(&|text| patterns[*at].matches(text)),
            Limit::Minimum(least) => number(&|number| number >= *least),
            Limit::Maximum(most) => number(&|number| number <= *most),
            Limit::MinLength(least) => text(&|text| *least == 0 || is_longer(text, least - 1)),
            Limit::MaxLength(most) => text(&|text| !is_longer(text, *most)),
            Limit::MinItems(least) => !is_list || node.items().take(*least).count() == *least,
            Limit::MaxItems(most) => !is_list || node.items().nth(*most).is_none(),
            Limit::MinProperties(least) => {
                let members = node.members().filter(|(_, value)| value.kind() != Kind::Null);
                node.kind() != Kind::Object || members.take(*least).count() == *least
            }
        }
    }
}

impl Scalar {
    fn read(node: Node) -> Scalar {
        node.as_number().map_or_else(|| Scalar::Text(node.text().into()), Scalar::Number)
    }

    fn is(&self, node: Node) -> bool {
        match self {
            Scalar::Text(text) => node.as_text() == Some(text),
            Scalar::Number(number) => node.as_number() == Some(*number),
        }
    }
}

impl Pattern {
    /// Adds a pattern to the known ones, and returns its index.
    fn add(text: &str, patterns: &mut Vec<Pattern>) -> usize {
        patterns.iter().position(|pattern| pattern.text == text).unwrap_or_else(|| {
            let sequences = Sequences::read(text);
            patterns.push(Pattern { text: text.to_owned(), sequences, compiled: OnceLock::new() });
            patterns.len() - 1
        })
    }

    fn matches(&self, text: &str) -> bool {
        if let Some(sequences) = &self.sequences {
            return sequences.matches(text);
        }
        let compile = || Regex::new(&self.text).expect("the generator lets no pattern pass that is none");
        self.compiled.get_or_init(compile).is_match(text)
    }
}

#[cfg(test)]
mod tests;
