//! Whether the name of a value says that it is a secret: its key, the key of what it is a part of, or the name beside it.

use std::collections::HashMap;

use super::name::is_secretive;
use super::value::is_open;
use crate::names::is_field;
use crate::spelling;
use crate::tree::{Kind, Node};

/// Whether the name of a value says that it is a secret: its key, the key of the list that it is in, or
/// the name beside it.
pub(super) fn is_named_secret<'d>(node: Node<'d>, objects: &mut Objects<'d>) -> bool {
    let Some((key, parent)) = named(node) else { return false };
    // In a list of variables, a key that no field has was meant to be that of the value.
    let is_item = || parent.key().is_none() && parent.parent().is_some_and(|list| list.kind() == Kind::List);
    let may_be_value = || match key.eq_ignore_ascii_case("valueFrom") {
        true => is_no_reference(node.text()),
        false => is_value_key(key) || is_item() && !is_field(key),
    };
    if objects.has(parent, key) && (may_be_value() || is_swapped(key, node, parent, objects)) {
        return true;
    }
    if key.eq_ignore_ascii_case("default") || key == "AllowedValues" {
        return *objects.inputs.entry(parent.index()).or_insert_with(|| is_secret_input(parent));
    }
    if COMPARISONS.contains(&key) {
        // Two are compared.
        let others = member_of(node).into_iter().flat_map(Node::items).take(2);
        return others.filter_map(|other| other.get("Ref")).any(|name| is_secretive(name.text()));
    }
    // An object under `secrets` is only named there; a text is what it should name.
    let is_misplaced =
        node.key().is_some() && HOLD_SECRETS.iter().any(|field| key.eq_ignore_ascii_case(field));
    // `DB_PASSWORD: {value: hunter2}`, and an object or a list in the place of a value.
    let mut is_within = || {
        named(parent).is_some_and(|(outer, around)| {
            let is_in_environment =
                || member_of(around).and_then(Node::key).is_some_and(|key| is_environment(key_text(key)));
            let is_variable = is_secretive(outer) && is_in_environment();
            is_variable || objects.has(around, outer) && (is_value_key(outer) || !is_field(outer))
        })
    };
    is_secretive(key) || is_misplaced || is_within()
}

/// Whether a name may be the value, which has the name of a secret: `{"name": "hunter2", "value": "DB_PASSWORD"}`.
fn is_swapped<'d>(key: &str, node: Node<'d>, parent: Node<'d>, objects: &mut Objects<'d>) -> bool {
    let is_variable = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    key == "name" && !node.text().chars().all(is_variable) && objects.are_under(parent, "value")
}

/// Whether a text cannot be the name or the ARN of a secret or a parameter, which have few kinds of characters.
fn is_no_reference(text: &str) -> bool {
    let is_of_reference = |c: char| c.is_ascii_alphanumeric() || "/_+=.@-:".contains(c);
    !text.chars().all(is_of_reference) && !is_open(text) && !text.contains(['$', '{', '<', '%'])
}

/// The key of the member that a value is a part of, and the object.
fn named<'d>(node: Node<'d>) -> Option<(&'d str, Node<'d>)> {
    let member = member_of(node)?;
    Some((key_text(member.key()?), member.parent()?))
}

/// Functions of CloudFormation that compare what they are given.
const COMPARISONS: &[&str] = &["Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::Equals"];

/// Fields that are objects or lists of what leads to secrets.
const HOLD_SECRETS: &[&str] = &["repositoryCredentials", "secretOptions", "secrets"];

/// A key without the brackets and the quotation marks of Terraform.
pub(super) fn key_text<'d>(key: Node<'d>) -> &'d str {
    key.text().trim_matches(['(', ')', '"'])
}

pub(super) fn is_environment(key: &str) -> bool {
    key.eq_ignore_ascii_case("environment")
}

/// Whether a key is `value`, in whatever case, or was meant to be.
fn is_value_key(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key == "default" || spelling::is_near(&key, "value")
}

/// What objects say about their members. Each object is looked through once, however many members ask.
#[derive(Default)]
pub(super) struct Objects<'d> {
    /// Which members have the name of a secret as their value, whatever their keys are.
    names: HashMap<u32, Vec<&'d str>>,
    /// Whether it is a secret input.
    inputs: HashMap<u32, bool>,
}

impl<'d> Objects<'d> {
    /// Whether an object has the name of a secret beside one of its members.
    pub(super) fn has(&mut self, object: Node<'d>, beside: &str) -> bool {
        self.of(object).iter().any(|key| *key != beside)
    }

    /// Whether the value of a member of an object is such a name.
    fn are_under(&mut self, object: Node<'d>, key: &str) -> bool {
        self.of(object).contains(&key)
    }

    fn of(&mut self, object: Node<'d>) -> &[&'d str] {
        self.names.entry(object.index()).or_insert_with(|| {
            let left_out = object.left_out("name").or_else(|| object.left_out("Name"));
            let left_out = left_out.filter(|name| is_secretive(name.text())).map(|_| "");
            let is_name = |(key, value): &(Node, Node)| {
                // `["DB_PASSWORD"]` was meant to be the name, and so was `{"value": "DB_PASSWORD"}`.
                let value = value.items().next().or_else(|| value.get("value")).unwrap_or(*value);
                let name = value.text();
                let may_be = value.kind() == Kind::Text && !key.text().eq_ignore_ascii_case("valueFrom");
                may_be && !name.contains(char::is_whitespace) && is_secretive(name)
            };
            // Two are enough: one of them is beside any member.
            let members = object.members().filter(is_name).map(|(key, _)| key_text(key));
            left_out.into_iter().chain(members).take(2).collect()
        })
    }
}

/// Whether a parameter of a template, or a variable of a module, is declared to be secret, or has the name of a secret.
fn is_secret_input(declaration: Node) -> bool {
    let is_true = |value: Node| value.as_bool() == Some(true) || value.text().eq_ignore_ascii_case("true");
    let is_set = |flag: &str| declaration.get(flag).is_some_and(is_true);
    is_set("NoEcho") || is_set("sensitive") || declaration.key().is_some_and(|name| is_secretive(name.text()))
}

/// The member that a value is a part of: the items of a list are what the list is, and what a function of
/// CloudFormation is given is what it makes of it.
fn member_of(mut node: Node) -> Option<Node> {
    const FUNCTIONS: &[&str] = &[
        "Fn::Base64",
        "Fn::FindInMap",
        "Fn::If",
        "Fn::Join",
        "Fn::Select",
        "Fn::Split",
        "Fn::Sub",
        "Fn::ToJsonString",
    ];
    loop {
        match node.key() {
            Some(key) if !FUNCTIONS.contains(&key.text()) => return Some(node),
            _ => node = node.parent()?,
        }
    }
}
