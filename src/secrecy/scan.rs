//! Which parts of a source are secrets.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::misread::{near_names, near_names_in_lines, values_of_lines, with_signs};
use super::name::is_secretive;
use super::nearby::behind_names;
use super::value::{by_form, is_open, is_random};
use super::{commented, marked};
use crate::names::is_field;
use crate::parse::{Parsed, parse};
use crate::source::{Cut, Source, Span};
use crate::spelling;
use crate::tree::{Kind, Node, Notation, Tree};

/// Secrets in a source: where each is, and its value, decoded.
pub(super) type Secrets = Vec<(Span, String)>;

/// Finds the secrets of a source by the names and the forms of its values.
pub(super) fn scan(parsed: &Parsed) -> Secrets {
    let source = &parsed.tree.source;
    let mut found: Vec<(Span, String)> = Vec::new();
    of_tree(&parsed.tree, &mut found);
    marked::add(&parsed.tree, &mut found);
    // Forms are looked for in the text itself: they may also be in a key or in a comment.
    let mut by_text = by_form(&source.text);
    if parsed.faults.is_empty() {
        for comment in &parsed.comments {
            let text = source.slice(*comment);
            let found = assigned(text).into_iter().chain(near_names(text));
            by_text.extend(
                found.map(|range| range.start + comment.start as usize..range.end + comment.start as usize),
            );
        }
    } else {
        found.extend(in_misread(&source.text, parsed.tree.notation));
    }
    if parsed.tree.notation == Notation::Yaml {
        by_text.extend(with_signs(&source.text));
        // They are only not shown: it is not known what their words are.
        found.extend(behind_names(&source.text).into_iter().map(|range| (Span::of(range), String::new())));
    }
    found.extend(
        by_text.into_iter().map(|range| (Span::of(range.clone()), source.text.cut(range).to_owned())),
    );
    of_comments_behind(parsed, &mut found);
    commented::add(parsed, &mut found);
    found
}

/// What may be a secret in a text with faults of syntax. A common word may be as well the value of anything else: it is
/// not shown in its place, but stays in messages.
fn in_misread(text: &str, notation: Notation) -> Secrets {
    let near = match notation {
        Notation::Yaml => [values_of_lines(text), near_names_in_lines(text)].concat(),
        _ => near_names(text),
    };
    let near = near.into_iter().chain(values_in_braces(text)).map(|range| {
        let value = text.cut(range.clone());
        let may_be_common =
            value.len() < 6 || value.len() < 8 && !value.contains(|c: char| c.is_ascii_digit());
        (Span::of(range), if may_be_common { String::new() } else { value.to_owned() })
    });
    let assigned = assigned(text).into_iter();
    near.chain(assigned.map(|range| (Span::of(range.clone()), text.cut(range).to_owned()))).collect()
}

/// Comments behind a secret, which may have been it: `"value": "hunter3" // was hunter2`. They are only not shown,
/// because their words may be any.
fn of_comments_behind(parsed: &Parsed, found: &mut Secrets) {
    let text = &parsed.tree.source.text;
    let mut ends: Vec<usize> = found.iter().map(|(span, _)| span.end as usize).collect();
    ends.sort_unstable();
    for comment in &parsed.comments {
        let start = comment.start as usize;
        let before = ends.partition_point(|end| *end <= start);
        let Some(end) = before.checked_sub(1).map(|last| ends[last]) else { continue };
        if !text.cut(end..start).contains('\n') {
            found.push((*comment, String::new()));
        }
    }
}

fn of_tree(tree: &Tree, found: &mut Secrets) {
    let mut names = SecretNames::default();
    for node in tree.values() {
        node.key().iter().for_each(|key| of_key(*key, found));
        match node.kind() {
            Kind::Null | Kind::Object => {}
            Kind::List => {
                of_flags(node, found);
                of_pair(node, found);
                of_parted_items(node, found);
            }
            _ => {
                of_call(node, found);
                of_value(node, &mut names, found);
                let Some(json) = inner_of(node) else { continue };
                let mut inside = Secrets::new();
                of_tree(&json.tree, &mut inside);
                if !json.faults.is_empty() {
                    let text = &json.tree.source.text;
                    inside.extend(in_misread(text, Notation::Json));
                }
                found.extend(inside.into_iter().map(|(span, value)| (node.part(span.range()).span, value)));
            }
        }
    }
}

fn of_key(key: Node, found: &mut Secrets) {
    of_escapes(key, found);
    // `value:hunter2` and `value hunter2` in an object of YAML are keys.
    let value =
        ["value", "Value"].iter().find_map(|word| key.text().strip_prefix(word)?.strip_prefix([':', ' ']));
    let is_yaml = key.tree().notation == Notation::Yaml;
    if let Some(value) = value.filter(|value| is_yaml && !is_open(value)) {
        found.push(part(key, key.text().len() - value.len()..key.text().len()));
    }
    // In YAML, a key may be an object, whose members are not read.
    let token = key.token();
    if token.starts_with('{') {
        let start = key.span().start as usize;
        let in_text = |range: Range<usize>| Span::of(start + range.start..start + range.end);
        found.extend(
            values_in_braces(token)
                .into_iter()
                .map(|range| (in_text(range.clone()), token.cut(range).to_owned())),
        );
    }
}

/// The JSON in a text, as Terraform has it.
pub(super) fn inner(node: Node) -> Option<Arc<Tree>> {
    inner_of(node).filter(|parsed| parsed.faults.is_empty()).map(|parsed| parsed.tree)
}

/// What is meant as JSON in a text.
fn inner_of(node: Node) -> Option<Parsed> {
    let text = node.as_text().filter(|text| text.trim_start().starts_with(['[', '{']))?;
    Some(parse(Arc::new(Source::new(node.tree().source.id, "inner.json", text))))
}

/// The parts of a text that show by themselves that they are secrets.
pub(super) fn by_words(text: &str) -> Vec<Range<usize>> {
    let mut found = by_form(text);
    found.extend(assigned(text));
    found
}

fn of_value<'d>(node: Node<'d>, names: &mut SecretNames<'d>, found: &mut Secrets) {
    let text = node.text();
    if is_named_secret(node, names) {
        if !is_open(text) {
            found.push(part(node, 0..text.len()));
            // A parameter that is a list is told item by item.
            let is_input = node.key().is_some_and(|key| key.text() == "Default");
            let items = text.split(',').filter(|item| is_input && item.len() < text.len());
            found.extend(items.map(|item| (node.part(0..text.len()).span, item.trim().to_owned())));
        }
        found.extend(fallbacks(text).into_iter().map(|range| part(node, range)));
        return;
    }
    let mut ranges = match whole_assignment(node) {
        Some(range) => vec![range],
        None => assigned(text),
    };
    // A quotation mark too late: `name = "DB_PASSWORD, value = hunter2"`.
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if text.contains("alue") && text.split(|c| !is_in_name(c)).any(is_secretive) {
        ranges.extend(values_in_braces(text));
    }
    if node.key().is_some_and(|key| key.text().eq_ignore_ascii_case("image")) {
        ranges.extend(password_of_registry(text));
    }
    found.extend(ranges.into_iter().map(|range| part(node, range)));
    of_escapes(node, found);
}

/// What has escapes is not found in the text itself.
fn of_escapes(node: Node, found: &mut Secrets) {
    if node.text() != node.token() {
        found.extend(by_form(node.text()).into_iter().map(|range| part(node, range)));
    }
}

pub(super) fn part(node: Node, range: Range<usize>) -> (Span, String) {
    (node.part(range.clone()).span, node.text().cut(range).to_owned())
}

/// Whether the name of a value says that it is a secret: its key, the key of the list that it is in, or
/// the name beside it.
fn is_named_secret<'d>(node: Node<'d>, names: &mut SecretNames<'d>) -> bool {
    let Some((key, parent)) = named(node) else { return false };
    // In a list of variables, a key that no field has was meant to be that of the value.
    let is_item = || parent.key().is_none() && parent.parent().is_some_and(|list| list.kind() == Kind::List);
    let may_be_value = || match key.eq_ignore_ascii_case("valueFrom") {
        true => is_no_reference(node.text()),
        false => is_value_key(key) || is_item() && !is_field(key),
    };
    if names.has(parent, key) && (may_be_value() || is_swapped(key, node, parent)) {
        return true;
    }
    if key.eq_ignore_ascii_case("default") || key == "AllowedValues" {
        return is_secret_input(parent);
    }
    if COMPARISONS.contains(&key) {
        let others = member_of(node).into_iter().flat_map(Node::items);
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
            is_variable || names.has(around, outer) && (is_value_key(outer) || !is_field(outer))
        })
    };
    is_secretive(key) || is_misplaced || is_within()
}

/// Whether a name may be the value, which has the name of a secret: `{"name": "hunter2", "value": "DB_PASSWORD"}`.
fn is_swapped(key: &str, node: Node, parent: Node) -> bool {
    let is_variable = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let value = parent.get("value").filter(|_| key == "name");
    value.is_some_and(|value| value.text().chars().all(is_variable) && !node.text().chars().all(is_variable))
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
fn key_text<'d>(key: Node<'d>) -> &'d str {
    key.text().trim_matches(['(', ')', '"'])
}

fn is_environment(key: &str) -> bool {
    key.eq_ignore_ascii_case("environment")
}

/// Whether a key is `value`, in whatever case, or was meant to be.
fn is_value_key(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key == "default" || spelling::is_near(&key, "value")
}

/// Which members of objects have the name of a secret as their value, whatever their keys are. Each object is looked
/// through once, however many members ask.
#[derive(Default)]
struct SecretNames<'d>(HashMap<u32, Vec<&'d str>>);

impl<'d> SecretNames<'d> {
    /// Whether an object has the name of a secret beside one of its members.
    fn has(&mut self, object: Node<'d>, beside: &str) -> bool {
        let names = self.0.entry(object.index()).or_insert_with(|| {
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
        });
        names.iter().any(|key| *key != beside)
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

/// The values of `value` in braces that were not read, where other members may come first.
fn values_in_braces(text: &str) -> Vec<Range<usize>> {
    let keys = text.match_indices("value").chain(text.match_indices("Value"));
    let values = keys.filter_map(|(at, key)| {
        let is_key = text.cut(..at).ends_with(['"', '\'', '{', ',', ' ']);
        let value = value_at(text, value_after(text, at + key.len(), key).filter(|_| is_key)?);
        let word = text.cut(value.clone());
        (word.contains(char::is_alphanumeric) && !is_open(word)).then_some(value)
    });
    values.collect()
}

/// What a placeholder stands for if nothing fills it in: `hunter2` of `${DB_PASSWORD:-hunter2}` and of
/// `{{ env `DB_PASSWORD` `hunter2` }}`.
fn fallbacks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("${") {
        let from = at + "${".len();
        let inside = text.cut(from..).split('}').next().unwrap_or_default();
        let name = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inside.len());
        let rest = inside.cut(name..);
        if let Some(fallback) = [":-", ":=", "-", "="].iter().find_map(|sign| rest.strip_prefix(sign)) {
            found.push(from + inside.len() - fallback.len()..from + inside.len());
        }
        // It never ends, and neither do the others in it.
        if from + inside.len() == text.len() {
            break;
        }
    }
    let expressions = [("{{", "}}"), ("<%", "%>")];
    let expressions = expressions.iter().flat_map(|(open, close)| {
        // What is in one is not in another. The last one may have no end.
        let mut next = 0;
        std::iter::from_fn(move || {
            let at = next + text.cut(next..).find(open)?;
            let inside = text.cut(at..).split(close).next().unwrap_or_default();
            next = at + inside.len().max(open.len());
            Some((at, inside))
        })
    });
    for (at, inside) in expressions {
        for quote in ['"', '\'', '`'] {
            let mut from = at;
            for (position, piece) in inside.split(quote).enumerate() {
                if position % 2 == 1 && !is_secretive(piece) {
                    found.push(from..from + piece.len());
                }
                from += piece.len() + 1;
            }
        }
    }
    found.retain(|range| !is_open(text.cut(range.clone())));
    found
}

/// `hunter2` of the image `web:hunter2@registry/app`.
fn password_of_registry(image: &str) -> Option<Range<usize>> {
    let image = image.split("@sha256:").next().unwrap_or(image);
    let (user, rest) = image.rsplit_once('@')?;
    let (name, password) = user.split_once(':')?;
    (rest.contains('/') && !is_open(password)).then(|| name.len() + 1..user.len())
}

/// The value of `NAME=value` in a list of variables, or of `--name=value` in a list of the words of a command: it may
/// have blanks and quotation marks.
fn whole_assignment(node: Node) -> Option<Range<usize>> {
    // A text in the place of a list is what the list should have.
    let key = node.key().or_else(|| node.parent()?.key())?;
    let text = node.text();
    let (name, value) = match is_environment(key.text()) {
        // `DB_PASSWORD -> hunter2`
        true => ["=", ": ", " ", ":"].iter().find_map(|sign| text.split_once(sign))?,
        false if node.key().is_some() => return None,
        false => text.split_once('=').filter(|(name, _)| name.starts_with('-') && !name.contains(' '))?,
    };
    (is_secretive(name) && !is_open(value)).then(|| text.len() - value.len()..text.len())
}

/// The words of a command that follow an option with the name of a secret: `["--password", "hunter2"]`. The entry point
/// may end with the option.
fn of_flags(list: Node, found: &mut Secrets) {
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
fn of_call(node: Node, found: &mut Secrets) {
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

/// The values of items that have no name, behind the name of a secret that has no value: a variable of which a part is in
/// an item of its own.
fn of_parted_items(list: Node, found: &mut Secrets) {
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
fn of_pair(list: Node, found: &mut Secrets) {
    let is_in_list = list.parent().is_some_and(|around| around.kind() == Kind::List);
    let mut items = list.items();
    if !items.next().is_some_and(|name| is_in_list && is_secretive(name.text())) {
        return;
    }
    let values = items.take(2).filter(|value| value.kind() == Kind::Text && !is_open(value.text()));
    found.extend(values.map(|value| part(value, 0..value.text().len())));
}

/// The values that a text assigns to names of secrets: `DB_PASSWORD=hunter2`, `--password hunter2`,
/// `password: hunter2`.
fn assigned(text: &str) -> Vec<Range<usize>> {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.cut(at..).find(is_in_name).map(|from| at + from) {
        let rest = text.cut(start..);
        let name = rest.find(|c| !is_in_name(c)).map_or(rest, |end| rest.cut(..end));
        let end = start + name.len();
        at = end;
        if SCHEMES.iter().any(|scheme| name.eq_ignore_ascii_case(scheme))
            && let Some(token) = token_of_scheme(text, end)
        {
            at = token.end;
            found.push(token);
            continue;
        }
        if !is_secretive(name) {
            continue;
        }
        let Some(from) = value_after(text, end, name).or_else(|| value_behind(text, start, end)) else {
            continue;
        };
        let value = with_scheme(text, value_at(text, from));
        if !value.is_empty() && !is_open(text.cut(value.clone())) {
            at = value.end;
            found.push(value);
        }
    }
    found
}

/// Words in front of a token that say how it is used.
const SCHEMES: &[&str] = &["basic", "bearer", "token"];

/// Where the value of a name begins that ends at an offset, if it has one.
fn value_after(text: &str, end: usize, name: &str) -> Option<usize> {
    let rest = text.cut(end..);
    let after_quote = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    let signs = after_quote.trim_start_matches([' ', '\t']);
    for sign in ["==", "!=", "=>", "=", ":"] {
        let Some(value) = signs.strip_prefix(sign) else { continue };
        // `secret:web` is a part of an ARN, and `token:1` an image.
        if sign != ":" || value.starts_with([' ', '\t', '"', '\'']) {
            return Some(text.len() - value.trim_start_matches([' ', '\t']).len());
        }
    }
    // An option has its value behind a blank.
    let value = rest.trim_start_matches(' ');
    let is_value = || {
        let word = || value.split(char::is_whitespace).next().unwrap_or_default();
        !value.starts_with('-') || is_random(word(), 8) && !word().contains('=')
    };
    let is_option = name.starts_with('-') && value.len() < rest.len() && is_value();
    is_option.then(|| text.len() - value.len())
}

/// The token behind its scheme: `Bearer hunter2`.
fn token_of_scheme(text: &str, end: usize) -> Option<Range<usize>> {
    let token = value_at(text, end + text.cut(end..).starts_with(' ').then_some(1)?);
    is_random(text.cut(token.clone()), 8).then_some(token)
}

/// Where the value of a name begins that is a tag, or a word among others: `<password>hunter2</password>`,
/// `login web password hunter2`.
fn value_behind(text: &str, start: usize, end: usize) -> Option<usize> {
    let (before, rest) = (text.cut(..start), text.cut(end..));
    let is_tag = before.ends_with('<') && rest.starts_with('>');
    let is_of_login = || {
        let mut words = before.rsplit(' ').filter(|word| !word.is_empty());
        rest.starts_with(' ') && words.nth(1) == Some("login")
    };
    (is_tag || is_of_login()).then_some(end + 1)
}

/// A value with the token behind it, if it only says what the token is: `Authorization: Bearer hunter2`.
fn with_scheme(text: &str, value: Range<usize>) -> Range<usize> {
    let is_scheme = SCHEMES.iter().any(|scheme| text.cut(value.clone()).eq_ignore_ascii_case(scheme));
    match text.cut(value.end..).strip_prefix(' ') {
        Some(_) if is_scheme => value_at(text, value.end + 1),
        _ => value,
    }
}

/// The value that begins at an offset: what is between quotation marks, which may have a `$` before them, or a word.
fn value_at(text: &str, from: usize) -> Range<usize> {
    let is_quoted = |rest: &str| rest.starts_with("$'") || rest.starts_with("$\"");
    let from = if is_quoted(text.cut(from..)) { from + 1 } else { from };
    let rest = text.cut(from..);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let inside = rest.cut(1..);
        let length = inside.find([quote, '\n']).unwrap_or(inside.len());
        return from + 1..from + 1 + length;
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '}' | ']' | '<');
    from..from + rest.find(is_end).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    /// The secrets in a text, by the file name that says its notation.
    fn secrets(name: &str, text: &str) -> Vec<String> {
        let parsed = parse(Arc::new(Source::new(SourceId(0), name, text)));
        scan(&parsed).into_iter().map(|(span, _)| parsed.tree.source.slice(span).to_owned()).collect()
    }

    #[test]
    fn values_are_found_by_the_names_around_them() {
        for (name, text) in [
            ("t.json", r#"[{"names": "DB_PASSWORD", "value": "hunter2"}]"#),
            ("t.json", r#"[{"NAME": "DB_PASSWORD", "VALUE": "hunter2"}]"#),
            ("t.json", r#"[{"name": "DB_PASSWORD", "content": "hunter2"}]"#),
            ("t.json", r#"[{"name": "DB_PASSWORD", "values": "hunter2"}]"#),
            ("t.json", r#"{"environment": {"DB_PASSWORD": {"value": "hunter2"}}}"#),
            ("t.json", r#"{"environment": [{"DB_PASSWORD": {"value": "hunter2"}}]}"#),
            ("t.json", r#"[{"name": "DB_PASSWORD", "value": {"a": "hunter2"}}]"#),
            ("t.json", r#"{"environment": [["DB_PASSWORD", "hunter2"]]}"#),
            ("t.json", r#"{"repositoryCredentials": "hunter2"}"#),
            ("t.json", r#"[{"name": "DB_PASSWORD", "value": "${DB_PASSWORD:-hunter2}"}]"#),
            ("t.json", r#"[{"name": "DB_PASSWORD", "value": "{{ env `DB_PASSWORD` `hunter2` }}"}]"#),
            ("t.json", r#"[{"name": "DB_PASSWORD", "value": "<%= ENV['X'] || 'hunter2' %>"}]"#),
            ("t.json", r#"{"image": "web:hunter2@registry.example/app"}"#),
            ("t.json", r#"{"image": "web:hunter2@registry.example/app@sha256:01"}"#),
            ("t.json", r#"[{"name": "DB_PASSWORD, value = hunter2"}]"#),
            ("t.json", r#"[{"name": ["DB_PASSWORD"], "value": "hunter2"}]"#),
            ("t.json", r#"[{"name": "DB_PASSWORD", "x": {"value": "hunter2"}}]"#),
            ("t.json", r#"{"command": ["curl", "-H", "Authorization: Bearer hunter2", "x"]}"#),
            ("t.json", r#"{"command": "run --password 'hunter2'"}"#),
            ("t.json", r#"{"command": "export DB_PASSWORD=$'hunter2' x"}"#),
            ("t.yaml", "- {name: DB_PASSWORD, value:hunter2}\n"),
            ("t.yaml", "- {name: DB_PASSWORD, value hunter2}\n"),
            ("t.yaml", "- name: DB_PASSWORD\n  value: 'a'bhunter2'\n"),
            ("t.yaml", "environment:\n  DB_PASSWORD: *hunter2\n"),
            ("t.yaml", "environment:\n  DB_PASSWORD: !hunter2\n"),
            ("t.json", r#"{"environment": ["DB_PASSWORD hunter2"]}"#),
            ("t.json", r#"{"environment": ["DB_PASSWORD -> hunter2"]}"#),
            ("t.yaml", "e: [{name: DB_PASSWORD, value:] hunter2}]\n"),
            ("t.yaml", "- name: DB_PASSWORD\n  value: ? x\n    : hunter2\n"),
            ("t.json", r#"{"entryPoint": ["web", "--password"], "command": ["hunter2", "serve"]}"#),
            ("t.yaml", "Command: [hunter2]\nEntryPoint: [web, --db-password]\n"),
            ("t.yaml", "X: {Type: CommaDelimitedList, NoEcho: true, Default: \"hunter2\"}"),
            ("t.yaml", "X: {NoEcho: true, Default: x, AllowedValues: [\"hunter2\"]}"),
            ("t.yaml", "a: !Equals [!Ref DbPassword, hunter2]"),
            ("t.yaml", "- name: DB_PASSWORD\n  value: &hunter2\n"),
            ("t.yaml", "- name: DB_PASSWORD\n  value: !hunter2\n"),
            ("t.yaml", "Value: {\"Fn::ToJsonString\": {a: hunter2}}\nName: DB_PASSWORD\n"),
        ] {
            assert!(
                secrets(name, text)
                    .iter()
                    .any(|found| found.trim_start_matches(['-', '>', ' ', 'b']) == "hunter2"),
                "{text}: {:?}",
                secrets(name, text)
            );
        }
    }

    #[test]
    fn passwords_of_registries_and_fallbacks_may_have_any_signs() {
        for image in
            ["web:a@b@registry.example/app", "web:a@b@shared/app", "web:a@b@registry.example/app@sha256:01"]
        {
            assert_eq!(password_of_registry(image).map(|range| image.cut(range)), Some("a@b"), "{image}");
        }
        assert_eq!(password_of_registry("registry.example/app@sha256:01"), None);
        let fallback =
            |text: &'static str| fallbacks(text).into_iter().map(|range| text.cut(range)).collect::<Vec<_>>();
        assert_eq!(fallback("${A:-hunter2} ${B-hunter3}"), ["hunter2", "hunter3"]);
        assert_eq!(fallback("${A:-hunter2"), ["hunter2"]);
    }

    #[test]
    fn comments_behind_secrets_and_variables_in_comments_are_not_shown() {
        for (name, text) in [
            ("t.jsonc", "{\"DB_PASSWORD\": \"hunter3\"} // was hunter2"),
            ("t.yaml", "DB_PASSWORD: hunter3 # was hunter2"),
            ("t.yaml", "a: 1\n# - name: DB_PASSWORD\n#   value: hunter2\n"),
            ("t.jsonc", "[1 // {\"name\": \"DB_PASSWORD\", \"value\": \"hunter2\"}\n]"),
            ("t.yaml", "# - name: DB_PASSWORD\n  value: hunter2\n"),
            ("t.yaml", "- name: DB_PASSWORD\n  # value: hunter2\n"),
            ("t.yaml", "- name: DB_PASSWORD\n  value: #hunter2\n"),
            ("t.yaml", "DB_PASSWORD: # hunter2\n"),
            ("t.yaml", "- Value: hunter2\n  # Name: DB_PASSWORD\n"),
            ("t.tf", "a = [{\n  # name = \"DB_PASSWORD\"\n  value = \"hunter2\"\n}]\n"),
            ("t.jsonc", "[{\n/* \"name\": \"DB_PASSWORD\", */\n  \"value\": \"hunter2\"\n}]\n"),
        ] {
            assert!(secrets(name, text).iter().any(|found| found.contains("hunter2")), "{text}");
        }
        for text in ["LOG_LEVEL: debug # was info", "# - name: LOG_LEVEL\n  value: debug\n"] {
            assert_eq!(secrets("t.yaml", text), [""; 0]);
        }
    }
}
