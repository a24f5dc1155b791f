//! The expressions of Terraform: what a value of a module is worth.
//!
//! Any value may turn out to be `null`, which is as good as not written. So an expression is there only if it refers
//! to an attribute of a resource.

use super::body::is_unset;
use super::conditions::is_true;
use super::locals::Locals;
use super::{Stage, ignored_in};
use crate::adapt::assumptions::InUse;
use crate::adapt::target_groups;
use crate::adapt::walk::{Resolve, Value};
use crate::schema::ShapeRef;
use crate::source::SourceId;
use crate::tree::{CHOICE, Kind, Node, Presence};

/// A local value refers to others at most so many times.
pub(super) const DEEPEST: usize = 8;

/// Resolves the expressions of one file of a module.
#[derive(Clone, Copy)]
pub(super) struct Expressions<'d> {
    /// The local values and the variables of the module.
    pub locals: &'d Locals,
    /// What is assumed about the variables.
    pub assumptions: &'d InUse<'d>,
    /// The file.
    pub source: SourceId,
    /// Whether values are as they were written, or Terraform has computed them.
    pub stage: Stage,
}

impl<'d> Expressions<'d> {
    /// What a value is worth.
    pub(super) fn value(&self, node: Node<'d>) -> Value<'d> {
        self.worth(node, DEEPEST)
    }

    pub(super) fn worth(&self, node: Node<'d>, depth: usize) -> Value<'d> {
        if self.stage != Stage::Module {
            return computed(node);
        }
        if let Some((name, parts)) = node.call() {
            let parts: Vec<Node<'d>> = parts.collect();
            return self.applied(node, name, &parts, depth);
        }
        match node.kind() {
            Kind::Null => Value::Absent,
            Kind::Unknown => self.referred(node, node.text(), depth),
            Kind::Text if node.text().contains("${") => self.filled(node, depth),
            _ => Value::Written(node),
        }
    }

    /// A function, or a choice between two values.
    fn applied(&self, at: Node<'d>, name: &str, parts: &[Node<'d>], depth: usize) -> Value<'d> {
        match (name, parts) {
            (CHOICE, [one, other, condition]) => {
                match is_true(self, *condition, depth) {
                    Some(true) => return self.worth(*one, depth),
                    Some(false) => return self.worth(*other, depth),
                    None => {}
                }
                let branches = [self.worth(*one, depth), self.worth(*other, depth)];
                let is_certain = |value: &Value| {
                    let may_be_null = matches!(value, Value::Expression { presence: Presence::Doubtful, .. });
                    !may_be_null && !is_unset(value)
                };
                let presence =
                    if branches.iter().all(is_certain) { Presence::Certain } else { Presence::Doubtful };
                Value::Expression { at, name: String::new(), presence }
            }
            ("toset" | "tolist", [only]) => self.worth(*only, depth),
            ("tostring" | "tonumber" | "tobool", [only]) => match self.worth(*only, depth) {
                // It is what is expected.
                Value::Written(node) if is_scalar(node) => Value::Text { at, text: scalar(node) },
                other => other,
            },
            ("jsondecode", [encoded]) => match encoded.call() {
                Some(("jsonencode", mut arguments)) => {
                    arguments.next().map_or_else(|| doubtful(at), |value| self.worth(value, depth))
                }
                _ => doubtful(at),
            },
            ("element", [list, _]) => self.element(at, *list, depth),
            ("concat" | "merge", _) => Value::Parts { at, parts: parts.to_vec() },
            // What they return is not null.
            ("jsonencode" | "file" | "templatefile", _) => certain(at, String::new()),
            _ => doubtful(at),
        }
    }

    /// One of the resources of a name: `element(aws_lb_target_group.web.*.arn, 0)`
    fn element(&self, at: Node<'d>, list: Node<'d>, depth: usize) -> Value<'d> {
        let text = Some(list.text()).filter(|_| list.kind() == Kind::Unknown);
        let splat = text.and_then(|text| text.split_once(".*.").or_else(|| text.split_once("[*].")));
        match splat {
            Some((address, attribute)) if is_traversal(address) && is_word(attribute) => {
                self.referred(at, &format!("{address}[0].{attribute}"), depth)
            }
            _ => doubtful(at),
        }
    }

    /// An expression that refers to something: `local.image`, `aws_ecs_service.web.name`.
    fn referred(&self, at: Node<'d>, text: &str, depth: usize) -> Value<'d> {
        if let Some(name) = text.strip_prefix("local.").filter(|name| is_word(name)) {
            return self.local(at, name, depth);
        }
        if let Some(name) = text.strip_prefix("var.").filter(|name| is_word(name)) {
            return self.variable(at, name).unwrap_or_else(|| doubtful(at));
        }
        if let Some(name) = self.cluster(text, &["name"], depth) {
            return Value::Text { at, text: name };
        }
        // Outputs of another state may be anything, and a splat may be empty.
        let is_of_resource = text.starts_with("aws_") || text.starts_with("data.aws_");
        let is_attribute = is_of_resource && is_traversal(text);
        if !is_attribute {
            return doubtful(at);
        }
        let is_identity = text.rsplit('.').next().is_some_and(|name| matches!(name, "arn" | "id" | "name"));
        let presence = if is_identity { Presence::NeverEmpty } else { Presence::Certain };
        Value::Expression { at, name: format!("${{{text}}}"), presence }
    }

    /// The name of the cluster that an expression refers to by one of its attributes, if it is known.
    pub(super) fn cluster(&self, expression: &str, attributes: &[&str], depth: usize) -> Option<String> {
        let name = self.locals.cluster(expression, attributes).filter(|_| depth > 0)?;
        let name = match self.worth(name, depth - 1) {
            Value::Written(node) if is_scalar(node) => scalar(node),
            Value::Text { text, .. } => text,
            _ => return None,
        };
        (!name.contains("${")).then_some(name)
    }

    /// The target group of the module that an expression refers to by its ARN, if all of its attributes can be seen.
    pub(super) fn target_group(&self, expression: &str) -> Option<target_groups::Declared<'d>> {
        let (address, attribute) = expression.rsplit_once('.')?;
        let id = address.split('[').next().filter(|_| matches!(attribute, "arn" | "id"))?;
        let body = self.locals.target_group(id)?;
        let field = "target_type";
        let target_type = body.get(field).map(|value| (value, self.value(value)));
        let is_seen = !body.is_incomplete() && ignored_in(body).excludes(field);
        let name = body.key()?;
        is_seen.then(|| target_groups::Declared { id: id.to_owned(), name, field, target_type })
    }

    fn local(&self, at: Node<'d>, name: &str, depth: usize) -> Value<'d> {
        let Some(value) = self.locals.get(name).filter(|_| depth > 0) else { return doubtful(at) };
        let is_here = value.tree().source.id == self.source;
        match self.worth(value, depth - 1) {
            Value::Written(node) if is_here => Value::Written(node),
            // What is in another file has no place in this one.
            Value::Written(node) if is_scalar(node) => Value::Text { at, text: scalar(node) },
            Value::Written(_) => doubtful(at),
            Value::Text { text, .. } => Value::Text { at, text },
            Value::Expression { name, presence, .. } => Value::Expression { at, name, presence },
            Value::Parts { .. } => doubtful(at),
            Value::Absent => Value::Absent,
        }
    }

    /// The value of a variable that is assumed to have its default. An empty text has to be filled in.
    fn variable(&self, at: Node<'d>, name: &str) -> Option<Value<'d>> {
        let default = self.default_of(name)?;
        match default.kind() {
            Kind::Null => Some(Value::Absent),
            Kind::Text if default.text().is_empty() || default.text().contains("${") => None,
            Kind::Text | Kind::Number | Kind::Bool => Some(Value::Text { at, text: scalar(default) }),
            Kind::List | Kind::Object if default.is_absent() => Some(Value::Absent),
            // What is in another file has no place in this one.
            Kind::List | Kind::Object if default.tree().source.id == self.source => {
                Some(Value::Written(default))
            }
            _ => None,
        }
    }

    /// The default of a variable, if it is assumed to have it.
    pub(super) fn default_of(&self, name: &str) -> Option<Node<'d>> {
        let (node, default) = self.locals.default_of(name)?;
        self.assumptions.has_default(name, default).then_some(node)
    }

    /// The local value of the same file that an expression is nothing but a name of.
    pub(super) fn local_here(&self, node: Node<'d>) -> Option<Node<'d>> {
        let name = node.text().strip_prefix("local.").filter(|name| is_word(name));
        let name = name.filter(|_| node.kind() == Kind::Unknown)?;
        self.locals.get(name).filter(|value| value.tree().source.id == self.source)
    }

    /// A text with interpolations, of which those of known local values are filled.
    fn filled(&self, node: Node<'d>, depth: usize) -> Value<'d> {
        match self.filled_text(node, node.text(), depth) {
            Some(text) => Value::Text { at: node, text },
            None => Value::Written(node),
        }
    }

    /// A text of a node, or of a part of it, in which the interpolations of known local values are filled; `None` if
    /// there are none.
    pub(super) fn filled_text(&self, at: Node<'d>, text: &str, depth: usize) -> Option<String> {
        let mut filled = String::new();
        let mut rest = text;
        let mut is_filled = false;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((inner, behind)) = after.split_once('}') else { break };
            filled.push_str(before);
            let inner_text = inner.trim();
            let named = |prefix: &str| inner_text.strip_prefix(prefix).filter(|name| is_word(name));
            let worth = match (named("local."), named("var.")) {
                (Some(local), _) => Some(self.local(at, local, depth)),
                (None, Some(variable)) => self.variable(at, variable),
                (None, None) => {
                    self.cluster(inner_text, &["name"], depth).map(|name| Value::Text { at, text: name })
                }
            };
            let value = match worth {
                Some(Value::Text { text, .. }) => Some(text),
                Some(Value::Written(node)) if is_scalar(node) => Some(scalar(node)),
                _ => None,
            };
            is_filled |= value.is_some();
            filled.push_str(&value.unwrap_or_else(|| format!("${{{inner}}}")));
            rest = behind;
        }
        filled.push_str(rest);
        is_filled.then_some(filled)
    }
}

/// What a value is worth that Terraform has computed, or will compute.
fn computed(node: Node) -> Value {
    match node.kind() {
        Kind::Null => Value::Absent,
        Kind::Unknown if node.is_hole() => certain(node, String::new()),
        Kind::Unknown => doubtful(node),
        _ => Value::Written(node),
    }
}

pub(super) fn is_scalar(node: Node) -> bool {
    matches!(node.kind(), Kind::Text | Kind::Number | Kind::Bool)
}

fn certain<'d>(at: Node<'d>, name: String) -> Value<'d> {
    Value::Expression { at, name, presence: Presence::Certain }
}

fn doubtful<'d>(at: Node<'d>) -> Value<'d> {
    Value::Expression { at, name: String::new(), presence: Presence::Doubtful }
}

/// A whole number that is not written as one, as one.
fn integral(number: Node) -> Option<String> {
    let value = number.as_number().filter(|_| number.text().contains(['.', 'e', 'E']))?;
    (value.fract() == 0.0 && value.abs() < 1e15).then(|| (value as i64).to_string())
}

/// A scalar as a text.
pub(super) fn scalar(node: Node) -> String {
    match node.as_bool() {
        Some(flag) => flag.to_string(),
        None => node.text().to_owned(),
    }
}

pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Whether a text is a name with attributes and indices, and nothing else.
fn is_traversal(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '"'))
}

/// The attributes of a block.
impl<'d> Resolve<'d> for Expressions<'d> {
    fn resolve(&self, node: Node<'d>) -> Value<'d> {
        self.value(node)
    }

    fn member_of(&self, object: ShapeRef, written: &str) -> Option<(&'static str, ShapeRef)> {
        object.member_of_terraform(written)
    }

    fn adds_members(&self, _: &str) -> bool {
        false
    }
}

/// What is inside `container_definitions`: the API's names, in whatever case, because the provider reads JSON as Go
/// does.
#[derive(Clone, Copy)]
pub(super) struct InContainers<'d>(pub Expressions<'d>);

impl<'d> Resolve<'d> for InContainers<'d> {
    fn resolve(&self, node: Node<'d>) -> Value<'d> {
        // What is in a list of one type is converted to that type.
        if node.call().is_some_and(|(name, _)| matches!(name, "tolist" | "toset")) {
            return certain(node, String::new());
        }
        match self.0.value(node) {
            // `jsonencode` writes `256.0` and `2.56e2` as `256`.
            Value::Written(number) if number.kind() == Kind::Number => match integral(number) {
                Some(text) => Value::Text { at: number, text },
                None => Value::Written(number),
            },
            value => value,
        }
    }

    /// `jsonencode` leaves a `null` in a list, and what the provider makes of it depends on the list.
    fn resolve_item(&self, node: Node<'d>) -> Value<'d> {
        match self.resolve(node) {
            Value::Absent => doubtful(node),
            value => value,
        }
    }

    fn member_of(&self, object: ShapeRef, written: &str) -> Option<(&'static str, ShapeRef)> {
        object.member_in_any_case(written)
    }

    /// The provider does not: what is refused must be seen.
    fn converts(&self) -> bool {
        false
    }

    fn adds_members(&self, _: &str) -> bool {
        false
    }
}
