//! The values of a document, without their places and their spelling.

use ecs_lint::internals::{Kind, Node};

/// A value. Members keep their order, and no two of an object have the same key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The placeholder of a template, as it is written without quotation marks.
    Hole(String),
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The value of a node that has just been parsed.
    pub fn of(node: Node) -> Value {
        match node.kind() {
            Kind::Null => Value::Null,
            Kind::Unknown => Value::Hole(node.tree().source.slice(node.span()).to_owned()),
            Kind::Bool => Value::Bool(node.as_bool() == Some(true)),
            Kind::Number => Value::Number(node.text().to_owned()),
            Kind::Text => Value::Text(node.text().to_owned()),
            Kind::List => Value::List(node.items().map(Value::of).collect()),
            Kind::Object => Value::Object(
                node.members().map(|(key, value)| (key.text().to_owned(), Value::of(value))).collect(),
            ),
        }
    }

    /// How many values it consists of, itself included.
    pub fn size(&self) -> usize {
        match self {
            Value::List(items) => 1 + items.iter().map(Value::size).sum::<usize>(),
            Value::Object(members) => 1 + members.iter().map(|(_, value)| value.size()).sum::<usize>(),
            _ => 1,
        }
    }

    /// The value at a position in the order of the text, with the innermost key above it.
    pub fn at(&mut self, position: usize) -> Option<(&mut Value, String)> {
        fn seek<'v>(value: &'v mut Value, left: &mut usize, key: &str) -> Option<(&'v mut Value, String)> {
            if *left == 0 {
                return Some((value, key.to_owned()));
            }
            *left -= 1;
            match value {
                Value::List(items) => items.iter_mut().find_map(|item| seek(item, left, key)),
                Value::Object(members) => {
                    members.iter_mut().find_map(|(key, member)| seek(member, left, key.as_str()))
                }
                _ => None,
            }
        }
        let mut left = position;
        seek(self, &mut left, "")
    }

    /// Calls a function with every value and the innermost key above it.
    pub fn each(&self, key: &str, call: &mut impl FnMut(&str, &Value)) {
        call(key, self);
        match self {
            Value::List(items) => items.iter().for_each(|item| item.each(key, call)),
            Value::Object(members) => members.iter().for_each(|(key, value)| value.each(key, call)),
            _ => {}
        }
    }
}
