//! Secrets that another item of a list, or of what a function is given, names.

use super::misread::is_name;
use super::name::is_secretive;
use super::named::key_text;
use super::scan::{Secrets, part};
use super::value::{is_open, is_random};
use crate::names::is_field;
use crate::source::Span;
use crate::spelling;
use crate::tree::{Kind, Node, Notation};

/// The words of a command that follow an option with the name of a secret: `["--password", "hunter2"]`. The entry point
/// may end with the option.
pub(super) fn of_flags(list: Node, found: &mut Secrets) {
    let mut is_next = false;
    for item in list.items().chain(rest_of_command(list).into_iter().flat_map(Node::items)) {
        let text = item.text();
        if is_next && (!text.starts_with('-') || is_random(text, 8)) && !is_open(text) {
            found.push(part(item, 0..text.len()));
        }
        is_next = text.starts_with('-') && !text.contains(['=', ' ']) && is_secretive(text);
    }
}

/// The command behind an entry point.
fn rest_of_command(list: Node) -> Option<Node> {
    let is_key = |key: Node, name: &str| spelling::is_respelled(key_text(key), name);
    let container = list.parent().filter(|_| list.key().is_some_and(|key| is_key(key, "entryPoint")))?;
    container.members().find(|(key, _)| is_key(*key, "command")).map(|(_, value)| value)
}

/// What Terraform puts under the names of a list of which one is that of a secret, and what it compares a secret with.
pub(super) fn of_call(node: Node, found: &mut Secrets) {
    let Some((name, parts)) = node.call() else { return };
    let is_comparison = matches!(name, "==" | "!=");
    let is_secret = |part: Node| match is_comparison {
        true => part.kind() == Kind::Unknown && is_secretive(part.text()),
        false => part.items().any(|key| is_secretive(key.text())),
    };
    if (!is_comparison && name != "zipmap") || !parts.clone().any(is_secret) {
        return;
    }
    let texts = parts.flat_map(|part| part.items().chain([part]));
    let texts =
        texts.filter(|text| text.kind() == Kind::Text && !is_open(text.text()) && !is_secretive(text.text()));
    found.extend(texts.map(|text| part(text, 0..text.text().len())));
}

/// The texts in an expression that makes variables, if another of them is the name of a secret:
/// `[for k, v in zipmap(["DB_PASSWORD"], ["hunter2"]) : { name = k, value = v }]`. They are only not shown.
pub(super) fn of_expression(node: Node, found: &mut Secrets) {
    if node.kind() != Kind::Unknown || node.tree().notation != Notation::Hcl {
        return;
    }
    let token = node.token();
    let is_made =
        token.trim_start_matches(['[', '{', ' ', '\n']).starts_with("for ") || token.starts_with("zipmap(");
    let texts = || {
        let mut at = 0;
        let pieces = token.split('"').map(move |piece| {
            let start = at;
            at += piece.len() + 1;
            (start, piece)
        });
        // Every other one is between quotation marks.
        pieces.skip(1).step_by(2)
    };
    if is_made && texts().any(|(_, text)| is_name(text)) {
        let may_be_secret =
            |text: &str| !is_name(text) && !is_field(text) && !is_open(text) && !text.contains("${");
        let start = node.span().start as usize;
        let secret = texts().filter(|(_, text)| may_be_secret(text));
        found.extend(secret.map(|(at, text)| (Span::of(start + at..start + at + text.len()), String::new())));
    }
}

/// The values of items that have no name, behind the name of a secret that has no value: a variable of which a part is in
/// an item of its own.
pub(super) fn of_parted_items(list: Node, found: &mut Secrets) {
    let mut is_behind = false;
    for item in list.items() {
        let [name, value] =
            [["name", "Name"], ["value", "Value"]].map(|keys| keys.iter().find_map(|key| item.get(key)));
        if let Some(value) = value.filter(|value| is_behind && name.is_none() && !is_open(value.text())) {
            found.push(part(value, 0..value.text().len()));
        }
        is_behind = value.is_none() && name.is_some_and(|name| is_secretive(name.text()));
    }
}

/// What follows the name of a secret in a list of pairs, where a sign may be between them.
pub(super) fn of_pair(list: Node, found: &mut Secrets) {
    let is_in_list = list.parent().is_some_and(|around| around.kind() == Kind::List);
    let mut items = list.items();
    if !items.next().is_some_and(|name| is_in_list && is_secretive(name.text())) {
        return;
    }
    let values = items.take(2).filter(|value| value.kind() == Kind::Text && !is_open(value.text()));
    found.extend(values.map(|value| part(value, 0..value.text().len())));
}
