//! Which parts of a source are secrets.

use std::ops::Range;
use std::sync::Arc;

use super::assigned::{assigned, behind_name, fallbacks, password_of_registry, values_in_braces};
use super::expressions::in_expressions;
use super::lists::{of_call, of_expression, of_flags, of_pair, of_parted_items};
use super::misread::{in_lines, near_names, values_of_lines, with_signs};
use super::name::is_secretive;
use super::named::{Objects, is_environment, is_named_secret};
use super::nearby::behind_names;
use super::value::{by_form, is_open};
use super::{commented, marked};
use crate::credential;
use crate::parse::{Parsed, parse};
use crate::source::{Cut, Source, Span};
use crate::tree::{Kind, Node, Notation, Tree};

/// Secrets in a source: where each is, and its value, decoded.
pub(super) type Secrets = Vec<(Span, String)>;

/// Finds the secrets of a source by the names and the forms of its values.
pub(super) fn scan(parsed: &Parsed) -> Secrets {
    let source = &parsed.tree.source;
    if source.name.ends_with(".toml") {
        return in_settings(&source.text);
    }
    let mut found: Vec<(Span, String)> = Vec::new();
    of_tree(&parsed.tree, &mut found);
    marked::add(&parsed.tree, &mut found);
    // Forms are looked for in the text itself: they may also be in a key or in a comment.
    let mut by_text = by_form(&source.text);
    if parsed.faults.is_empty() {
        // They are only not shown: their words may be any.
        for comment in &parsed.comments {
            let text = source.slice(*comment);
            let of_command = in_lines(text, in_command).into_iter();
            let ranges = assigned(text).into_iter().chain(near_names(text)).chain(of_command);
            let from = comment.start as usize;
            found.extend(ranges.map(|range| (Span::of(from + range.start..from + range.end), String::new())));
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
    found.extend(in_expressions(&source.text).into_iter().map(|range| doubtful(&source.text, range)));
    of_comments_behind(parsed, &mut found);
    commented::add(parsed, &mut found);
    found
}

/// What may be a secret in settings, which no parser has read: what has the form of one, and what a reason says of one.
fn in_settings(text: &str) -> Secrets {
    let told = in_lines(text, commented::tokens_behind_name).into_iter();
    let told = told.map(|range| (Span::of(range), String::new()));
    let formed = by_form(text).into_iter().chain(in_strings(text, password_of_registry));
    formed.map(|range| (Span::of(range.clone()), text.cut(range).to_owned())).chain(told).collect()
}

/// What may be a secret. A common word may be as well the value of anything else: it is not shown in its place, but
/// stays in messages.
fn doubtful(text: &str, range: Range<usize>) -> (Span, String) {
    let value = text.cut(range.clone());
    let may_be_common = value.len() < 6 || value.len() < 8 && !value.contains(|c: char| c.is_ascii_digit());
    (Span::of(range), if may_be_common { String::new() } else { value.to_owned() })
}

/// What may be a secret in a text with faults of syntax.
fn in_misread(text: &str, notation: Notation) -> Secrets {
    let near = match notation {
        Notation::Yaml => [values_of_lines(text), in_lines(text, near_names)].concat(),
        _ => near_names(text),
    };
    let near = near.into_iter().chain(values_in_braces(text)).chain(in_lines(text, in_command));
    let near = near.chain(in_strings(text, password_of_registry));
    let near = near.map(|range| doubtful(text, range));
    let told = if notation == Notation::Json { commented::in_misread(text) } else { Vec::new() };
    let near = near.chain(told.into_iter().map(|range| (Span::of(range), String::new())));
    let assigned = assigned(text).into_iter();
    near.chain(assigned.map(|range| (Span::of(range.clone()), text.cut(range).to_owned()))).collect()
}

/// What is found in what is between quotation marks in a text.
fn in_strings(text: &str, find: fn(&str) -> Option<Range<usize>>) -> Vec<Range<usize>> {
    let mut at = 0;
    let strings = text.split_inclusive(['"', '\'']).map(|string| {
        let start = at;
        at += string.len();
        let found = find(string.trim_end_matches(['"', '\'']));
        found.map(|range| start + range.start..start + range.end)
    });
    strings.flatten().collect()
}

/// The credentials in what may be a command.
fn in_command(text: &str) -> Vec<Range<usize>> {
    let words = text.contains(' ').then(|| credential::in_command(&[text]));
    words.into_iter().flatten().map(|(_, credential)| credential.secret).collect()
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
    let mut objects = Objects::default();
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
                of_expression(node, found);
                of_value(node, &mut objects, found);
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
    // What should be more than a key: a name and a value, a command.
    let in_key =
        behind_name(key.text()).into_iter().chain(in_command(key.text())).chain(fallbacks(key.text()));
    found.extend(in_key.map(|range| part(key, range)));
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

fn of_value<'d>(node: Node<'d>, objects: &mut Objects<'d>, found: &mut Secrets) {
    let text = node.text();
    if is_named_secret(node, objects) {
        if !is_open(text) && !is_traversal(node) {
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
    if node.key().is_some_and(|key| key.text().eq_ignore_ascii_case("name")) {
        ranges.extend(behind_name(text));
    }
    if node.key().is_some_and(|key| key.text().eq_ignore_ascii_case("image")) {
        ranges.extend(password_of_registry(text));
    }
    found.extend(ranges.into_iter().map(|range| part(node, range)));
    of_escapes(node, found);
}

/// Whether a value refers to another one of the module: `var.password`, `aws_secretsmanager_secret.web.arn`.
fn is_traversal(node: Node) -> bool {
    const ROOTS: [&str; 8] = ["var", "local", "data", "module", "each", "count", "path", "self"];
    let text = node.token();
    let is_of_names = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '"');
    let root = text.split_once('.').map_or("", |(root, _)| root);
    node.tree().notation == Notation::Hcl
        && node.kind() == Kind::Unknown
        && (ROOTS.contains(&root) || root.starts_with("aws_"))
        && text.chars().all(is_of_names)
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
            (
                "t.json",
                r#"{"a": [{"name": "DB_PASSWORD", "value": {"x": ["", [{"y": 1}, ["hunter2"]]]}}],, "b": 1}"#,
            ),
            (
                "t.tf",
                "a = [for k, v in zipmap([\"DB_PASSWORD\"], [\"hunter2\"]) : { name = k, value = v }]\n",
            ),
            ("t.tf", "a = [for k in [\"DB_PASSWORD\"] : { name = k, value = \"hunter2\" }]\n"),
            ("ecs-lint.toml", "registries = [\"web:hunter2@registry.example\"]\nx = 1\n"),
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
    fn comments_behind_secrets_and_variables_in_comments_are_not_shown() {
        for (name, text) in [
            ("t.jsonc", "{\"DB_PASSWORD\": \"hunter3\"} // was hunter2"),
            ("t.yaml", "DB_PASSWORD: hunter3 # was hunter2"),
            ("t.yaml", "a: 1\n# - name: DB_PASSWORD\n#   value: hunter2\n"),
            ("t.jsonc", "[1 // {\"name\": \"DB_PASSWORD\", \"value\": \"hunter2\"}\n]"),
            ("t.yaml", "# - name: DB_PASSWORD\n  value: hunter2\n"),
            ("t.yaml", "- name: DB_PASSWORD\n  # value: hunter2\n"),
            ("t.yaml", "# - name: DB_PASSWORD\n#   value: >-\n#     hunter2\n"),
            ("t.yaml", "- name: # DB_PASSWORD\n  value: hunter2\n"),
            ("t.yaml", "# DbPassword:\n#   Type: String\n#   Default: hunter2\n"),
            ("t.yaml", "# k9hunter2 is the password\n"),
            ("t.json", "[\n{\"name\": \"DB_PASSWORD\", \"value\": \"${X}\"}, // hunter2\n{}]"),
            ("t.yaml", "# command: [sh, -c, \"mysql -uroot -phunter2\"]\n"),
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
