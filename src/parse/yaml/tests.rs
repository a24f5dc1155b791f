use std::sync::Arc;

use serde_json::{Value, json};

use crate::parse::{FaultKind, Parsed, parse};
use crate::source::{Cut, Source, SourceId};
use crate::tree::{Kind, Node};

fn read(text: &str) -> Parsed {
    parse(Arc::new(Source::new(SourceId(0), "a.yml", text)))
}

/// What is unknown is `"?"`.
fn value(node: Node) -> Value {
    match node.kind() {
        Kind::Unknown => "?".into(),
        Kind::Null => Value::Null,
        Kind::Bool => node.as_bool().into(),
        Kind::Number => serde_json::from_str(node.text()).expect("a number of JSON"),
        Kind::Text => node.text().into(),
        Kind::List => node.items().map(value).collect(),
        Kind::Object => node.members().map(|(key, member)| (key.text().to_owned(), value(member))).collect(),
    }
}

fn values(text: &str) -> Vec<Value> {
    let parsed = read(text);
    assert_eq!(parsed.faults, [], "{text}");
    parsed.tree.roots().map(value).collect()
}

fn only(text: &str) -> Value {
    let mut values = values(text);
    assert_eq!(values.len(), 1, "{text}");
    values.remove(0)
}

#[test]
fn values_are_those_of_the_text() {
    let text = "a: 1\nb:\n- x # why\n-\n- [z, 'it''s', \"\\u00e9\\n\"]\nc: {d: true, e: , f: ~}\ng: |\n  one\n    two\n\nh: >-\n  three\n  four\n\
                i: five\n  six\nj: !!str 80\nk: !!int \"80\"\nl: yes\nm: \"yes\"\n? n\n: -1.5\n";
    let expected = json!({
        "a": 1, "b": ["x", null, ["z", "it's", "é\n"]], "c": {"d": true, "e": null, "f": null},
        "g": "one\n  two\n", "h": "three four", "i": "five six", "j": "80", "k": 80, "l": "?", "m": "yes",
        "n": -1.5,
    });
    assert_eq!(only(text), expected);
    assert_eq!(only(&text.replace('\n', "\r\n")), expected);
    assert_eq!(only("\u{feff}a: 1"), json!({"a": 1}));
    assert_eq!(values("a: 1\n---\n- b\n--- # nothing\n...\n"), [json!({"a": 1}), json!(["b"])]);
    assert_eq!(values("# only a comment\n"), [] as [Value; 0]);
}

#[test]
fn tags_become_the_keys_of_the_long_form() {
    let text = "a: !Ref On\nb: !GetAtt c.d\ne: !Sub\n  - 'x'\n  - {y: !Ref Z}\nf: !Base64\n  Fn::Sub: g\nh: !Condition 1\n\
                i: !If [a, !Ref AWS::NoValue, ! 2]\n";
    let expected = json!({
        "a": {"Ref": "On"}, "b": {"Fn::GetAtt": "c.d"}, "e": {"Fn::Sub": ["x", {"y": {"Ref": "Z"}}]},
        "f": {"Fn::Base64": {"Fn::Sub": "g"}}, "h": {"Condition": "1"},
        "i": {"Fn::If": ["a", {"Ref": "AWS::NoValue"}, "2"]},
    });
    assert_eq!(only(text), expected);
    let parsed = read(text);
    let root = parsed.tree.roots().next().expect("a root");
    let a = root.get("a").expect("a");
    let (key, name) = a.members().next().expect("the key");
    let slice = |node: Node| text.cut(node.span().range()).to_owned();
    assert_eq!((slice(a), slice(key), slice(name)), ("!Ref On".into(), "!Ref".into(), "On".into()));
    assert!(key.is_implied() && !name.is_implied() && !a.is_implied());
}

#[test]
fn aliases_repeat_and_merge() {
    let text = "base: &base\n  cpu: 1\n  name: base\nlog: &log {driver: x}\na:\n  <<: *base\n  name: a\n  log: *log\n\
                b: {<<: [*base, *log], cpu: 2}\nc:\n- &c 5\n- *c\nd: &d\n  e: *d\nf:\n  <<: *nothing\n";
    let parsed = read(text);
    let root = parsed.tree.roots().next().expect("a root");
    let expected = json!({
        "base": {"cpu": 1, "name": "base"}, "log": {"driver": "x"},
        "a": {"name": "a", "log": {"driver": "x"}, "cpu": 1},
        "b": {"cpu": 2, "name": "base", "driver": "x"}, "c": [5, 5], "d": {"e": "?"}, "f": {},
    });
    assert_eq!(value(root), expected);
    assert_eq!(parsed.faults.iter().map(|fault| fault.kind).collect::<Vec<_>>(), [FaultKind::UnknownAnchor]);
    let cpu = root.descend(["a", "cpu"]).expect("the merged member");
    assert_eq!(text.cut(..cpu.span().start as usize).lines().count(), 2);
    assert!(cpu.is_implied() && cpu.key().is_some_and(Node::is_implied));
    assert!(root.get("f").is_some_and(Node::is_incomplete));
    assert!(parsed.duplicates.is_empty());
}

#[test]
fn aliases_repeat_no_more_than_anyone_needs() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for at in 1..20 {
        let items = vec![format!("*a{}", at - 1); 10].join(", ");
        text.push_str(&format!("a{at}: &a{at} [{items}]\n"));
    }
    let parsed = read(&text);
    assert!(parsed.faults.is_empty() && parsed.tree.nodes.len() < 12_000);
}

#[test]
fn places_are_those_of_the_tokens() {
    let text = "a:\n- b: 1\n  c: \"x\\ty\"\n- |\n  one\n    two\n\nd: [e, {f: }]\n";
    let parsed = read(text);
    let heads: Vec<&str> = parsed.tree.values().map(|node| text.cut(node.head().span.range())).collect();
    let places: Vec<&str> = parsed.tree.values().map(|node| text.cut(node.span().range())).collect();
    assert_eq!(heads, ["", "a", "-", "1", "\"x\\ty\"", "one\n    two", "[", "e", "{", ""]);
    let expected = [
        text.trim_end(),
        "- b: 1\n  c: \"x\\ty\"\n- |\n  one\n    two",
        "b: 1\n  c: \"x\\ty\"",
        "1",
        "\"x\\ty\"",
        "one\n    two",
        "[e, {f: }]",
        "e",
        "{f: }",
        "",
    ];
    assert_eq!(places, expected);
    let part = |at: usize, part: &str| {
        let node = parsed.tree.values().nth(at).expect("the value");
        let start = node.text().find(part).expect("the part");
        text.cut(node.part(start..start + part.len()).span.range())
    };
    assert_eq!(
        (part(4, "y"), part(4, "\ty"), part(5, "two"), part(5, "e\n  t")),
        ("y", "\\ty", "two", "e\n    t")
    );
}

#[test]
fn comments_are_found() {
    let text = "# top\na: b # c\nd: 'e # f'\ng: |\n  # h\ni: #j\n  k#l\n";
    let parsed = read(text);
    let comments: Vec<&str> = parsed.comments.iter().map(|span| text.cut(span.range())).collect();
    assert_eq!(comments, ["# top", "# c", "#j"]);
    assert!(read(&"# x\n".repeat(500)).faults.is_empty());
}

#[test]
fn templates_are_read_if_they_fill_in_values() {
    assert_eq!(only("a: {{ b }}\nc: \"{{ d }}\""), json!({"a": "?", "c": "{{ d }}"}));
    assert_eq!(only("a: {{ b }}:{{ c }}\nd: {{ e \"f\" }}"), json!({"a": "{{ b }}:{{ c }}", "d": "?"}));
    assert_eq!(
        only("a: \"${b[\"c\"]}\"\nd: ${e([for f in g : { h = f }])}"),
        json!({"a": "${b[\"c\"]}", "d": "?"})
    );
    assert_eq!(only("a: \"<%= b[\"c\"] %>\"\nd: e"), json!({"a": "<%= b[\"c\"] %>", "d": "e"}));
    for hole in ["@b@", "%b%", "@@b.c@@", "%%b%%", "@{b}", "%{b}", "%(b)s", "#{b}", "#{b.c}#", "{b}", "{ b }"]
    {
        let text = format!("a: {hole}\nc:\n  - {hole}\n  - d\ne: {hole}\n");
        assert_eq!(only(&text), json!({"a": "?", "c": ["?", "d"], "e": "?"}), "{text}");
        let found: Vec<&str> = read(&text).holes.iter().map(|hole| text.cut(hole.range())).collect();
        assert_eq!(found, [hole; 3]);
    }
    assert_eq!(only("a: @b@:@c@\nd: !Ref #{e}\n"), json!({"a": "@b@:@c@", "d": {"Ref": "?"}}));
    assert_eq!(only("a: {repo}/app:{tag}\nb: [[c]]-d"), json!({"a": "{repo}/app:{tag}", "b": "[[c]]-d"}));
    assert_eq!(
        only("a: # {b}\nc: #d}\ne: #{}\nf: [[b]]\ng: {b: c}"),
        json!({"a": null, "c": null, "e": null, "f": [["b"]], "g": {"b": "c"}})
    );
    assert_eq!(read("a: @b\n").faults.len(), 1);
    assert_eq!(only("a: [${b.c}, ${d}]\ne: {f: ${g}}"), json!({"a": ["?", "?"], "e": {"f": "?"}}));
    for text in [
        "a: b\n<% c.each do |d| %>\n<%= d %>:\n  e: f\n<% end %>\n",
        "a: b\n{{- if .c }}\nd: e\n{{- end }}\n",
        "{% for a in b %}\n- c: {{ a }}\n{% endfor %}\n",
        "a: b\n%{ if c ~}\nd: e\n%{~ endif }\n",
        "a: b\n<% if c %>\nd: e\n<% end %>\n",
    ] {
        let parsed = read(text);
        assert!(
            parsed.faults.is_empty() && parsed.tree.nodes.is_empty() && parsed.holes.len() == 1,
            "{text}"
        );
    }
}

#[test]
fn duplicates_are_kept() {
    let parsed = read("a: 1\nb: 2\n\"a\": 3\n");
    assert_eq!(parsed.duplicates.len(), 1);
    assert_eq!(value(parsed.tree.roots().next().expect("a root")), json!({"b": 2, "a": 3}));
}

#[test]
fn each_mistake_is_one_fault() {
    use FaultKind::*;
    for (text, kind, part) in [
        ("a: 1\n\tb: 2\n", YamlTab, "\t"),
        ("a:\n\t- b\n", YamlTab, "\t"),
        ("a: |\n\tb\n", YamlTab, "\t"),
        ("a: b: c\n", YamlColon, ":"),
        ("a: 1\n  b: 2\n", YamlColon, ":"),
        ("a: \"b\nc: d\n", UnclosedString, "\""),
        ("a: 'b\nc: d\n", UnclosedString, "'"),
        ("a: [1, 2\nb: 3\n", Unclosed, "["),
        ("a: {b: [1]\nc: 2\n", Unclosed, "{"),
        ("a: [1, 2\n", Unclosed, "["),
        ("a: !If [1, 2\nb: 3\n", Unclosed, "["),
        ("a: [1}\n", Unclosed, "["),
        ("a:\n  b: 1\n c: 2\n", YamlIndentation, "c"),
        ("a: b\n- c\n", YamlIndentation, "c"),
        ("a: 1\nb c\nd: 2\n", MissingColon, "b c"),
        ("a: @b\n", YamlCharacter, "@"),
        ("a: `b`\n", YamlCharacter, "`"),
        ("a: *\n", YamlCharacter, "*"),
        ("a: *.b\n", UnknownAnchor, "*.b"),
        ("a: - b\n", YamlDash, "-"),
        ("a: \"b\\d\"\n", BadEscape, "\\d"),
        ("a: \"b\" c\n", StrayText, "c"),
        ("a: [b, c,, d]\n", NotYaml, ","),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n", MergeConflict, "<<<<<<< HEAD"),
        ("  \n", Empty, ""),
    ] {
        let parsed = read(text);
        let found: Vec<_> =
            parsed.faults.iter().map(|fault| (fault.kind, text.cut(fault.span.range()))).collect();
        assert_eq!(found, [(kind, part)], "{text:?}");
    }
}

#[test]
fn what_a_mistake_has_touched_is_unknown() {
    for (text, expected) in [
        ("a: 1\nb: nginx:1\n  c: 128\n", json!({"a": 1, "b": "?"})),
        ("a: 1\nb: b: [c]\n", json!({"a": 1, "b": "?"})),
        ("a: 1\nb: \"x\" y\n", json!({"a": 1, "b": "?"})),
        ("a:\n  b: 1\n c: 2\n", json!({"a": {"b": 1}})),
        ("a: \"x\"\n  b: 1\n", json!({"a": "x"})),
    ] {
        let parsed = read(text);
        assert_eq!(parsed.tree.roots().map(value).collect::<Vec<_>>(), [expected], "{text}");
        assert_eq!(parsed.faults.len(), 1, "{text}");
    }
}

/// For every deletion, insertion and cut, parsing ends and leaves spans that are in order.
#[test]
fn no_text_breaks_the_parser() {
    let text = "é: &x !Sub \"a\\u0041\"\nb:\n- c: |\n   d\n  <<: *x\n- [1, 'q', *x] # e\n---\nf: {{ g }}\n? [h]\n: >-\n  i\n  j\n";
    let pieces = [
        "", "{", "}", "[", "]", ",", ":", ": ", "\"", "'", "\\", "\n", "\n  ", "\t", "#", " #", "é", "- ",
        "-", "? ", "|", "&a ", "*x", "!", "!!int ", "!Ref ", "<<: ", "{{", "}}", "{%", "---\n", "...\n", "%",
        "\r", "\u{feff}", "😀", "\u{0}",
    ];
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    for &at in &cuts {
        let next = at + text.cut(at..).chars().next().map_or(0, char::len_utf8);
        for piece in pieces {
            for end in [at, next] {
                check(&format!("{}{piece}{}", text.cut(..at), text.cut(end..)));
            }
        }
        check(text.cut(..at));
    }
    for deep in ["[", "{a: ", "- ", "{", "!Ref [", "? "] {
        check(&deep.repeat(3000));
    }
}

fn check(text: &str) {
    let parsed = read(text);
    for index in 0..parsed.tree.nodes.len() as u32 {
        let node = parsed.tree.node(index);
        for span in
            [node.span(), node.head().span, node.part(0..1).span, node.part(0..node.text().len()).span]
        {
            assert!(text.get(span.range()).is_some(), "{text:?} {node:?} {span:?}");
        }
        let _ = (node.text(), node.token(), node.spelled(), node.pointer());
    }
    for span in parsed
        .faults
        .iter()
        .map(|fault| fault.span)
        .chain(parsed.holes.clone())
        .chain(parsed.comments.clone())
    {
        assert!(text.get(span.range()).is_some(), "{text:?} {span:?}");
    }
    for root in parsed.tree.roots() {
        value(root);
    }
    // Containers hold what is in them.
    for node in parsed.tree.values().filter(|node| !node.is_implied()) {
        if let Some(parent) = node.parent() {
            let (inner, outer) = (node.span(), parent.span());
            assert!(outer.start <= inner.start && inner.end <= outer.end, "{text:?} {node:?} in {parent:?}");
        }
    }
}
