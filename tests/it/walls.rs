//! Which room may use which. A cycle or a forbidden import fails here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room of `src/`, and the rooms it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("containment", &[]),
    ("date", &[]),
    ("facts", &[]),
    ("covers", &["facts"]),
    ("source", &[]),
    ("names", &["source"]),
    ("inputs", &["source"]),
    ("placeholder", &[]),
    ("spelling", &[]),
    ("visible", &[]),
    ("words", &["source"]),
    ("credential", &["facts", "placeholder", "source"]),
    ("tree", &["names", "source", "placeholder"]),
    ("pointer", &["credential", "source", "tree"]),
    ("document", &["source", "tree", "words"]),
    ("edit", &["source", "tree"]),
    ("fix", &["source", "tree", "edit"]),
    ("finding", &["source", "fix", "words"]),
    ("parse", &["source", "tree", "placeholder"]),
    ("input", &["source", "tree", "document", "placeholder", "spelling"]),
    (
        "model",
        &[
            "source",
            "tree",
            "credential",
            "date",
            "document",
            "facts",
            "finding",
            "fix",
            "placeholder",
            "spelling",
        ],
    ),
    (
        "schema",
        &[
            "names",
            "source",
            "tree",
            "parse",
            "document",
            "finding",
            "fix",
            "placeholder",
            "spelling",
            "words",
        ],
    ),
    ("adapt", &["source", "tree", "parse", "document", "schema", "spelling"]),
    ("project", &["source", "tree", "document", "input", "inputs", "model", "spelling"]),
    ("manual", &[]),
    ("rule", &["manual", "date", "document", "finding", "fix", "model", "parse"]),
    // Rules know neither the configuration nor the ids and severities of findings.
    (
        "rules",
        &[
            "source",
            "tree",
            "date",
            "document",
            "finding",
            "fix",
            "parse",
            "model",
            "placeholder",
            "rule",
            "spelling",
            "words",
        ],
    ),
    (
        "settings",
        &[
            "date",
            "finding",
            "inputs",
            "placeholder",
            "pointer",
            "rule",
            "rules",
            "source",
            "spelling",
            "words",
        ],
    ),
    (
        "linter",
        &[
            "adapt",
            "containment",
            "document",
            "edit",
            "finding",
            "input",
            "inputs",
            "model",
            "names",
            "parse",
            "placeholder",
            "pointer",
            "project",
            "rule",
            "rules",
            "schema",
            "settings",
            "source",
            "tree",
            "words",
        ],
    ),
    ("apply", &["containment", "fix", "inputs", "linter", "parse", "source"]),
    (
        "secrecy",
        &[
            "credential",
            "facts",
            "finding",
            "linter",
            "names",
            "parse",
            "placeholder",
            "settings",
            "source",
            "spelling",
            "tree",
        ],
    ),
    (
        "report",
        &[
            "containment",
            "finding",
            "fix",
            "input",
            "inputs",
            "linter",
            "rule",
            "rules",
            "secrecy",
            "source",
            "spelling",
            "visible",
        ],
    ),
    ("replies", &["finding", "rules", "spelling"]),
    ("files", &["input", "inputs", "parse", "source"]),
    (
        "cli",
        &[
            "apply",
            "containment",
            "covers",
            "date",
            "files",
            "finding",
            "fix",
            "inputs",
            "linter",
            "replies",
            "report",
            "rule",
            "rules",
            "schema",
            "secrecy",
            "settings",
            "source",
            "spelling",
            "visible",
            "words",
        ],
    ),
];

/// Crates that only one place may use.
const CRATES: &[(&str, &[&str])] = &[
    ("granit_parser", &["src/parse/yaml/"]),
    ("jsonschema", &["src/schema/validator.rs"]),
    ("memchr", &["src/input/unparsed.rs"]),
    ("regex", &["src/credential/pattern.rs", "src/schema/judge"]),
    ("aho_corasick", &["src/credential/format.rs", "src/input/unparsed.rs"]),
    ("data_encoding", &["src/credential/"]),
    ("miniz_oxide", &["src/manual.rs"]),
    ("hcl_edit", &["src/parse/hcl/mod.rs"]),
    ("miette", &["src/report/human.rs"]),
    ("pulldown_cmark", &["src/report/manual.rs"]),
    ("textwrap", &["src/report/human.rs"]),
    ("toml_edit", &["src/settings/toml.rs"]),
    ("clap", &["src/cli/arguments.rs", "src/cli/generated.rs", "src/cli/parse.rs"]),
    ("clap_complete", &["src/cli/generated.rs"]),
    ("clap_mangen", &["src/cli/generated.rs"]),
    ("terminal_size", &["src/cli/terminal.rs"]),
    ("notify", &["src/cli/watch.rs"]),
    ("glob", &["src/files/", "src/settings/pattern.rs"]),
    ("ignore", &["src/files/"]),
    ("strsim", &["src/spelling.rs"]),
    ("imara_diff", &["src/report/diff.rs"]),
    ("mimalloc", &["src/main.rs"]),
    ("tempfile", &["src/files/"]),
    ("rustix", &["src/cli/terminal.rs", "src/files/"]),
];

/// The rooms that know the syntax of a notation: the parsers, the edits, and the rule about syntax faults.
const SYNTAX: &[&str] =
    &["src/parse/", "src/edit/", "src/rules/document/invalid_syntax", "src/settings/toml.rs"];

/// What reveals that other code reads or writes the syntax by hand, and which files do it for another reason.
/// A [`Node`](ecs_lint::internals::Node) knows where it is and how it is spelled; a
/// [`Change`](ecs_lint::fix::Change) states what to write.
const SYNTAX_BY_HAND: &[(&[&str], &[&str])] = &[
    // Quotation marks that are cut off.
    (
        &[
            "trim_matches('\"'",
            "trim_start_matches('\"'",
            "trim_end_matches('\"'",
            "strip_prefix('\"'",
            "strip_suffix('\"'",
        ],
        &["src/placeholder/"],
    ),
    // The text of a node, with whatever surrounds its value.
    (
        &[".slice("],
        &[
            "src/source.rs",
            "src/tree",
            "src/secrecy/",
            "src/rules/document/unrendered_template.rs",
            // JSON in a string of Terraform.
            "src/adapt/terraform/containers.rs",
        ],
    ),
    // Offsets that are moved past a bracket or a quotation mark.
    (&["span.start +", "span().start +", "span.end -", "span().end -"], &[]),
    // Bytes of a text that are compared with brackets and quotation marks: in templates, regular expressions,
    // placement expressions, file names, and the JSON that AWS measures.
    (
        &["b'{'", "b'}'", "b'['", "b']'", "b'\"'"],
        &[
            "src/placeholder/",
            "src/model/value/go_regex.rs",
            "src/model/service/placement.rs",
            "src/model/document/measure.rs",
            "src/schema/judge/sequence.rs",
            "src/report/diff.rs",
        ],
    ),
    // The whole of a text: to show it, to hide parts of it, to change it, or to recognize its kind.
    (
        &["source.text", "source().text"],
        &[
            "src/source.rs",
            "src/tree",
            "src/fix.rs",
            "src/apply.rs",
            "src/report/",
            "src/secrecy/",
            "src/linter/reading.rs",
            "src/linter/module",
            "src/settings/comment.rs",
            "src/settings/in_force.rs",
            "src/rules/document/leftover_byte_order_mark.rs",
        ],
    ),
    // Bytes that are written unchanged.
    (&["Change::Text("], &["src/rules/document/leftover_byte_order_mark.rs"]),
];

#[test]
fn every_room_uses_only_what_stands_under_it() {
    let rooms: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut faults = Vec::new();
    for (path, text) in sources() {
        let room = room_of(&path);
        if room == "lib" || room == "main" {
            continue;
        }
        let Some(allowed) = rooms.get(room.as_str()) else {
            faults.push(format!("{path} belongs to no room of the table"));
            continue;
        };
        for used in used_rooms(&text) {
            if used != room && !allowed.contains(&used.as_str()) {
                faults.push(format!("{path} must not use {used}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_crate_stays_behind_its_wall() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        for (name, homes) in CRATES {
            let uses =
                [format!("use {name}::"), format!(" {name}::"), format!("({name}::"), format!("<{name}::")];
            let is_home = homes.iter().any(|home| path.starts_with(home));
            if !is_home
                && text.lines().any(|line| {
                    !line.trim_start().starts_with("//") && uses.iter().any(|one| line.contains(one))
                })
            {
                faults.push(format!("{path} must not know the crate {name}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_parsers_and_edits_know_the_syntax() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        for (signs, others) in SYNTAX_BY_HAND {
            if SYNTAX.iter().chain(*others).any(|home| path.starts_with(home)) {
                continue;
            }
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let found = code.filter(|line| signs.iter().any(|sign| line.contains(sign)));
            faults.extend(found.map(|line| format!("{path} knows the syntax: {}", line.trim())));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What a value means does not depend on where it is: these files read texts and numbers.
#[test]
fn values_know_neither_the_tree_nor_the_documents() {
    let views = ["Container", "TaskDefinition", "Service", "View", "Field", "Known"];
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("src/model/value/")) {
        assert!(!text.contains("crate::tree"), "{path} knows the tree");
        for line in text.lines().filter(|line| line.starts_with("use crate::model")) {
            let used = line.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| views.contains(word));
            assert!(used.is_none(), "{path} knows a view: {line}");
        }
    }
}

#[test]
fn the_table_has_no_cycle() {
    let mut above: Vec<&str> = Vec::new();
    for (room, allowed) in ROOMS {
        for used in *allowed {
            assert!(above.contains(used), "{room} stands above {used} in the table");
        }
        above.push(room);
    }
}

/// Only the readers of files, of arguments and of time access the outside world.
#[test]
fn only_the_outer_rooms_touch_the_world() {
    let outer = ["src/files/", "src/cli/", "src/main.rs"];
    for (path, text) in sources() {
        for call in [
            "std::fs",
            "std::env::",
            "std::process",
            "std::net::TcpStream",
            "std::net::UdpSocket",
            "Instant::now",
            "SystemTime",
        ] {
            let is_outer = outer.iter().any(|room| path.starts_with(room));
            assert!(is_outer || !text.contains(call), "{path} uses {call}");
        }
    }
}

/// The files of `src/`, without the parts that only tests see.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("tests.rs") {
                let name = path.strip_prefix(root).expect("below the root").display().to_string();
                let text = fs::read_to_string(&path).expect("a source");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                found.push((name, code));
            }
        }
    }
    found.sort();
    found
}

fn room_of(path: &str) -> String {
    let inside = path.trim_start_matches("src/");
    inside.split(['/', '.']).next().unwrap_or_default().to_owned()
}

/// The rooms that a text names: `crate::room`, also inside `use crate::{…}`.
fn used_rooms(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut rooms = Vec::new();
    for rest in code.split("crate::").skip(1) {
        assert!(!rest.starts_with('{'), "name one room in each use");
        let name = rest.split(|c: char| !c.is_ascii_lowercase() && c != '_').next();
        rooms.extend(name.map(str::to_owned));
    }
    rooms
}
