//! The functions of CloudFormation: what a value of a template is worth.
//!
//! A function is resolved only where no parameter, no condition and no other resource can change the result, save for
//! what is assumed about parameters and conditions.

use std::sync::Arc;

use super::conditions::Facts;
use super::section::Section;
use crate::adapt::assumptions::{DefaultValue, InUse};
use crate::adapt::walk::{Resolve, Value, is_plain_integer};
use crate::schema::ShapeRef;
use crate::tree::{Kind, NAMELESS, Node, Presence, Tree};

/// Resolves the functions of one template.
pub(super) struct Intrinsics<'d> {
    /// The text of the template.
    pub tree: &'d Arc<Tree>,
    /// The `Mappings` of the template.
    pub mappings: Section<'d>,
    /// Its `Parameters`.
    pub parameters: Section<'d>,
    /// Its `Resources`.
    pub resources: Section<'d>,
    /// Its `Conditions`.
    pub conditions: Section<'d>,
    /// What is assumed about them.
    pub assumptions: InUse<'d>,
    /// What follows if a condition is assumed to be true or false.
    pub assumed: Facts<'d>,
    /// What is true because the resource exists that is rebuilt.
    pub premises: Facts<'d>,
}

/// A function of CloudFormation and its argument.
pub(super) fn call(node: Node<'_>) -> Option<(&str, Node<'_>)> {
    let mut members = node.members();
    let (key, argument) = members.next()?;
    let name = key.text();
    let is_call = name == "Ref" || name.starts_with("Fn::");
    (is_call && members.next().is_none()).then_some((name, argument))
}

impl<'d> Resolve<'d> for Intrinsics<'d> {
    fn resolve(&self, node: Node<'d>) -> Value<'d> {
        match node.kind() {
            Kind::Null => Value::Absent,
            Kind::Unknown => Value::Expression { at: node, name: String::new(), presence: presence_of(node) },
            Kind::Object => match call(node) {
                Some((name, argument)) => self.result(node, name, argument),
                None => Value::Written(node),
            },
            _ => Value::Written(node),
        }
    }

    fn member_of(&self, object: ShapeRef, written: &str) -> Option<(&'static str, ShapeRef)> {
        object.member_of_cloudformation(written)
    }

    /// As the linter of CloudFormation takes it: Python writes `True`.
    fn truth(&self, text: &str) -> Option<bool> {
        match text {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    fn adds_members(&self, key: &str) -> bool {
        key.starts_with("Fn::")
    }
}

/// Whether something unknown in the text is certainly there.
fn presence_of(node: Node) -> Presence {
    if node.is_hole() { Presence::Certain } else { Presence::Doubtful }
}

impl<'d> Intrinsics<'d> {
    fn result(&self, at: Node<'d>, function: &str, argument: Node<'d>) -> Value<'d> {
        let found = match function {
            "Ref" => argument.as_text().map(|name| self.reference(at, name)),
            "Fn::GetAtt" => attribute(argument).map(|name| match name.ends_with(".Arn}") {
                true => never_empty(at, name),
                false => expression(at, name),
            }),
            "Fn::Sub" => self.substitution(at, argument),
            "Fn::Join" => self.joined(at, argument),
            "Fn::If" => self.choice(at, argument),
            "Fn::FindInMap" => self.mapped(at, argument),
            _ => None,
        };
        found.unwrap_or_else(|| expression(at, String::new()))
    }

    /// `Fn::Sub`: a text with holes. If it is nothing but one hole, it is what the hole refers to.
    fn substitution(&self, at: Node<'d>, argument: Node<'d>) -> Option<Value<'d>> {
        let (text, variables) = match argument.kind() {
            Kind::Text => (argument, None),
            Kind::List => {
                let mut items = argument.items();
                (items.next()?, Some(items.next()?))
            }
            _ => return None,
        };
        let written = text.as_text()?;
        let variables = Section::at(variables);
        let variable = |name: &str| Some(self.resolve(variables.get(name)?));
        if let Some(name) = only_hole(written) {
            return Some(variable(name).unwrap_or_else(|| self.reference(at, name)));
        }
        let mut is_same = true;
        let result = filled(written, |name| {
            let value = match variable(name) {
                Some(Value::Expression { name, .. }) => Some(name).filter(|name| !name.is_empty()),
                Some(value) => literal(&value),
                None => self.assumed(name),
            };
            is_same &= value.is_none();
            value
        });
        // The text itself has places for its parts.
        Some(if is_same { Value::Written(text) } else { Value::Text { at, text: result } })
    }

    /// `Fn::Join` of literals and of values that leave a hole in the text.
    fn joined(&self, at: Node<'d>, argument: Node<'d>) -> Option<Value<'d>> {
        let mut arguments = argument.items();
        let (delimiter, list) = (arguments.next()?.as_text()?, arguments.next()?);
        if list.kind() != Kind::List || list.is_incomplete() {
            return None;
        }
        let mut parts = Vec::new();
        for item in list.items() {
            match self.resolve(item) {
                Value::Absent => {}
                Value::Expression { presence: Presence::Doubtful, .. } => return None,
                Value::Expression { name, .. } => {
                    parts.push(if name.is_empty() { NAMELESS.into() } else { name })
                }
                value => parts.push(literal(&value)?),
            }
        }
        let text = parts.join(delimiter);
        // A list joined with nothing else is what its only part is.
        match only_hole(&text) {
            Some(name) if text != NAMELESS => Some(self.reference(at, name)),
            Some(_) => None,
            None => Some(Value::Text { at, text }),
        }
    }

    /// `Fn::If`: known only if the condition decides nothing, or is itself decided by what is assumed.
    fn choice(&self, at: Node<'d>, argument: Node<'d>) -> Option<Value<'d>> {
        let mut arguments = argument.items();
        let (condition, one, other) = (arguments.next()?, arguments.next()?, arguments.next()?);
        if is_same(one, other) {
            return Some(self.resolve(one));
        }
        match condition.as_text().and_then(|name| self.holds(name)) {
            Some(true) => return Some(self.resolve(one)),
            Some(false) => return Some(self.resolve(other)),
            None => {}
        }
        let may_be_absent = |value: &Value| {
            matches!(value, Value::Absent | Value::Expression { presence: Presence::Doubtful, .. })
        };
        let branches = [self.resolve(one), self.resolve(other)];
        let is_doubtful = branches.iter().any(may_be_absent);
        let presence = if is_doubtful { Presence::Doubtful } else { Presence::Certain };
        Some(Value::Expression { at, name: String::new(), presence })
    }

    /// `Fn::FindInMap` with keys that are known.
    fn mapped(&self, at: Node<'d>, argument: Node<'d>) -> Option<Value<'d>> {
        let key = |node: Node<'d>| match self.resolve(node) {
            Value::Written(key) => key.as_text().map(str::to_owned),
            Value::Text { text, .. } => Some(text),
            _ => None,
        };
        let keys: Vec<String> = argument.items().map(key).collect::<Option<_>>()?;
        let [map, first, second] = keys.as_slice() else { return None };
        let value = self.mappings.get(map)?.get(first)?.get(second)?;
        match value.kind() {
            Kind::Text | Kind::Number | Kind::Bool => {
                Some(Value::Text { at, text: literal(&Value::Written(value))? })
            }
            Kind::List => Some(Value::Written(value)),
            _ => None,
        }
    }
}

impl<'d> Intrinsics<'d> {
    /// `Ref`, or a hole in a text.
    fn reference(&self, at: Node<'d>, name: &str) -> Value<'d> {
        match name {
            "AWS::NoValue" => Value::Absent,
            "AWS::NotificationARNs" => expression(at, String::new()),
            name if name.starts_with("AWS::") => Value::Text { at, text: format!("${{{name}}}") },
            name => match self.assumed(name) {
                Some(text) => Value::Text { at, text },
                None if self.is_resource(name) => never_empty(at, format!("${{{name}}}")),
                None => expression(at, format!("${{{name}}}")),
            },
        }
    }

    fn is_resource(&self, name: &str) -> bool {
        self.resources.get(name).is_some()
    }

    /// The value of a parameter, if it is assumed to have its default. An empty one has to be filled in, or stands for
    /// none.
    fn assumed(&self, name: &str) -> Option<String> {
        self.default_of(name).filter(|text| !text.is_empty())
    }

    /// The default of a parameter, if it is assumed to have it.
    pub(super) fn default_of(&self, name: &str) -> Option<String> {
        let parameter = self.parameters.get(name)?;
        let written = parameter.get("Default")?;
        let of_type = parameter.get("Type").and_then(Node::as_text).unwrap_or_default();
        // Such a default is a list, or the name of what holds the value.
        if ["CommaDelimitedList", "List<", "AWS::SSM::Parameter::Value<"]
            .iter()
            .any(|list| of_type.starts_with(list))
        {
            return None;
        }
        let text = match written.kind() {
            // How CloudFormation writes `1.10` is not known.
            Kind::Number => Some(written.text().to_owned()).filter(|number| is_plain_integer(number)),
            _ => literal(&Value::Written(written)),
        }?;
        let is_secret = parameter.get("NoEcho").is_some_and(|flag| flag.as_bool() != Some(false));
        let default = DefaultValue { tree: Arc::clone(self.tree), at: written.place(), is_secret };
        self.assumptions.has_default(name, default).then_some(text)
    }
}

fn expression<'d>(at: Node<'d>, name: String) -> Value<'d> {
    Value::Expression { at, name, presence: Presence::Certain }
}

/// What refers to a resource, which has a name and an ARN.
fn never_empty<'d>(at: Node<'d>, name: String) -> Value<'d> {
    Value::Expression { at, name, presence: Presence::NeverEmpty }
}

/// `Fn::GetAtt`, in either notation.
fn attribute(argument: Node) -> Option<String> {
    let name = match argument.kind() {
        Kind::Text => argument.text().to_owned(),
        Kind::List => {
            let parts: Vec<&str> = argument.items().map(|part| part.as_text()).collect::<Option<_>>()?;
            parts.join(".")
        }
        _ => return None,
    };
    Some(format!("${{{name}}}"))
}

/// A literal as `Fn::Join` and `Fn::Sub` write it.
pub(super) fn literal(value: &Value) -> Option<String> {
    match value {
        Value::Text { text, .. } => Some(text.clone()),
        Value::Written(node) => match node.kind() {
            Kind::Text | Kind::Number => Some(node.text().to_owned()),
            Kind::Bool => Some(node.as_bool()?.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// The name in a text that is nothing but one hole.
pub(super) fn only_hole(text: &str) -> Option<&str> {
    let name = text.strip_prefix("${")?.strip_suffix('}')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '_' | '-');
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

/// A text with some of its holes filled; `fill` has no value for the others.
fn filled(text: &str, mut fill: impl FnMut(&str) -> Option<String>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        result.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            result.push_str("${");
            rest = after;
            continue;
        };
        match fill(name.trim()) {
            Some(value) => result.push_str(&value),
            None => {
                result.push_str("${");
                result.push_str(name);
                result.push('}');
            }
        }
        rest = behind;
    }
    result + rest
}

/// Whether two values are written alike.
pub(super) fn is_same(one: Node, other: Node) -> bool {
    if one.kind() != other.kind() || one.is_incomplete() || other.is_incomplete() {
        return false;
    }
    match one.kind() {
        Kind::Null => true,
        Kind::Unknown => false,
        Kind::Bool => one.as_bool() == other.as_bool(),
        Kind::Number | Kind::Text => one.text() == other.text(),
        Kind::List => {
            one.items().count() == other.items().count()
                && one.items().zip(other.items()).all(|(one, other)| is_same(one, other))
        }
        Kind::Object => {
            one.members().count() == other.members().count()
                && one
                    .members()
                    .all(|(key, value)| other.get(key.text()).is_some_and(|other| is_same(value, other)))
        }
    }
}
