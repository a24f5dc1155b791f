//! The `jsonschema` crate reads our nodes through these traits: nothing is copied.
//!
//! Members that are `null` are hidden from it if [`Places`] says so: AWS's deployers treat them
//! as not written.

use std::borrow::Cow;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, JsonNumber, Node as JsonNode, NodeIdentity, Object};
use jsonschema_value::LazyInstance;
use serde_json::Value;

use crate::tree::{Kind, Members, Node, hash};

/// Names our representation to the crate.
pub struct Places<const HIDE_NULLS: bool>;

/// A node of ours, or the text of a key.
#[derive(Clone, Copy)]
pub enum Instance<'a> {
    Node(Node<'a>),
    Key(&'a str),
}

impl<const HIDE_NULLS: bool> Json for Places<HIDE_NULLS> {
    type Node<'a> = Instance<'a>;
    type PreparedKey = (Box<str>, u32);
    type StringBuffer = String;
    // A look-up goes through the members one by one, so one pass over them costs less than many.
    const KEYS_PER_LOOKUP: usize = 8;
    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> (Box<str>, u32) {
        (key.into(), hash(key))
    }

    fn with_string_node<T>(buffer: &mut String, text: &str, f: impl FnOnce(Instance<'_>) -> T) -> T {
        buffer.clear();
        buffer.push_str(text);
        f(Instance::Key(buffer))
    }
}

impl<'a> Instance<'a> {
    fn node(self) -> Option<Node<'a>> {
        if let Instance::Node(node) = self { Some(node) } else { None }
    }

    fn node_of(self, kind: Kind) -> Option<Node<'a>> {
        self.node().filter(|node| node.kind() == kind)
    }

    fn text(self) -> Option<&'a str> {
        match self {
            Instance::Node(node) => node.as_text(),
            Instance::Key(text) => Some(text),
        }
    }

    fn value(self) -> Value {
        match self {
            Instance::Node(node) => value(node),
            Instance::Key(text) => text.into(),
        }
    }
}

impl<'a, const HIDE_NULLS: bool> JsonNode<'a, Places<HIDE_NULLS>> for Instance<'a> {
    type Object = Fields<'a, HIDE_NULLS>;
    type Array = Items<'a>;
    type Number = Digits<'a>;

    fn as_object(&self) -> Option<Fields<'a, HIDE_NULLS>> {
        self.node_of(Kind::Object).map(Fields)
    }

    fn as_array(&self) -> Option<Items<'a>> {
        self.node_of(Kind::List).map(Items)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.text().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Digits<'a>> {
        self.node_of(Kind::Number).map(|node| Digits(node.text()))
    }

    fn as_boolean(&self) -> Option<bool> {
        self.node().and_then(Node::as_bool)
    }

    fn is_null(&self) -> bool {
        self.node_of(Kind::Null).is_some()
    }

    fn is_number(&self) -> bool {
        self.node_of(Kind::Number).is_some()
    }

    fn json_type(&self) -> JsonType {
        match self {
            Instance::Key(_) => JsonType::String,
            Instance::Node(node) => match node.kind() {
                Kind::Null | Kind::Unknown => JsonType::Null,
                Kind::Bool => JsonType::Boolean,
                Kind::Number => JsonType::Number,
                Kind::Text => JsonType::String,
                Kind::List => JsonType::Array,
                Kind::Object => JsonType::Object,
            },
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match expected {
            Value::String(text) => self.text() == Some(text),
            _ => jsonschema_value::cmp::equal(&self.value(), expected),
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(self.value())
    }

    fn lazy_value(&self) -> LazyInstance<'a> {
        // Our messages are made from the tree; nobody reads the value of an error.
        LazyInstance::Ready(Cow::Owned(Value::Null))
    }

    fn identity(&self) -> Option<NodeIdentity> {
        match self {
            Instance::Node(node) => {
                let tree: *const crate::tree::Tree = node.tree();
                Some(NodeIdentity::tagged(tree as usize, node.index()))
            }
            Instance::Key(text) => Some(NodeIdentity::new(text.as_ptr() as usize)),
        }
    }
}

fn value(node: Node) -> Value {
    match node.kind() {
        Kind::Null | Kind::Unknown => Value::Null,
        Kind::Bool => node.as_bool().into(),
        Kind::Number => serde_json::from_str(node.text()).unwrap_or(Value::Null),
        Kind::Text => node.text().into(),
        Kind::List => node.items().map(value).collect(),
        Kind::Object => node.members().map(|(key, member)| (key.text().to_owned(), value(member))).collect(),
    }
}

/// A number, as its digits.
pub struct Digits<'a>(&'a str);

impl JsonNumber for Digits<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|number: &f64| number.is_finite())
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        // A number beyond the range of 64 bits is beyond every limit of a schema too.
        Cow::Owned(serde_json::from_str(self.0).unwrap_or_else(|_| u64::MAX.into()))
    }

    /// AWS's clients refuse `512.0` and `5e2` where they want a whole number.
    fn is_integer(&self) -> bool {
        self.is_written_as_integer()
    }

    fn is_written_as_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E'])
    }
}

/// An object.
pub struct Fields<'a, const HIDE_NULLS: bool>(Node<'a>);

/// The members of [`Fields`].
pub struct FieldsIter<'a, const HIDE_NULLS: bool>(Members<'a>);

impl<'a, const HIDE_NULLS: bool> Iterator for FieldsIter<'a, HIDE_NULLS> {
    type Item = (&'a str, Instance<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, node) = self.0.find(|(_, node)| !(HIDE_NULLS && node.kind() == Kind::Null))?;
        Some((key.text(), Instance::Node(node)))
    }
}

impl<'a, const HIDE_NULLS: bool> Object<'a, Places<HIDE_NULLS>> for Fields<'a, HIDE_NULLS> {
    type Node = Instance<'a>;
    type MemberName = &'a str;
    type MembersIter = FieldsIter<'a, HIDE_NULLS>;

    fn len(&self) -> usize {
        self.members().count()
    }

    fn get(&self, (key, hash): &(Box<str>, u32)) -> Option<Instance<'a>> {
        let node = self.0.get_hashed(key, *hash)?;
        (!(HIDE_NULLS && node.kind() == Kind::Null)).then_some(Instance::Node(node))
    }

    fn members(&self) -> FieldsIter<'a, HIDE_NULLS> {
        FieldsIter(self.0.members())
    }
}

/// A list.
pub struct Items<'a>(Node<'a>);

impl<'a, const HIDE_NULLS: bool> Array<'a, Places<HIDE_NULLS>> for Items<'a> {
    type Node = Instance<'a>;
    type ElementsIter = std::vec::IntoIter<Instance<'a>>;

    fn len(&self) -> usize {
        self.0.items().count()
    }

    fn elements(&self) -> Self::ElementsIter {
        self.0.items().map(Instance::Node).collect::<Vec<_>>().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jsonschema::json::conformance;

    use super::*;
    use crate::parse::parse;
    use crate::source::{Source, SourceId};

    #[test]
    fn the_crate_can_rely_on_our_nodes() {
        let source = Source::new(SourceId(0), "a.json", conformance::document().to_string());
        let parsed = parse(Arc::new(source));
        let root = parsed.tree.roots().next().expect("a root");
        conformance::assert_conformance::<Places<false>>(&Instance::Node(root));
    }
}
