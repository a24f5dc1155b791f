//! Documents in the API's form, written as a Terraform module.

use std::ops::Range;

use ecs_lint::internals::{Kind, Node};
use ecs_lint::linter::Linter;

use super::template::{Field, Why, documents};
use super::terraform::{Content, Entry, Module, Pair, entries_of, resource_type};

/// How `container_definitions` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Containers {
    /// As an expression.
    Encoded,
    /// As JSON in a heredoc.
    Heredoc,
}

/// Writes the documents of some files as a module. `reader` tells which documents there are.
pub fn module(files: &[(String, String)], reader: &Linter, form: Containers) -> Result<Module, Why> {
    let (trees, parts) = documents(files, reader)?;
    let mut module = Module::default();
    for (file, (name, text)) in files.iter().enumerate() {
        if name == ecs_lint::inputs::SETTINGS_FILE {
            module.files.push((name.clone(), text.clone()));
            module.origins.push(Vec::new());
            continue;
        }
        if form == Containers::Heredoc && (text.contains("${") || text.contains("%{")) {
            return Err(Why::Syntax);
        }
        let mut writer = Writer { text: String::new(), file, form, origins: Vec::new() };
        for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.file == file) {
            let name = resource_type(part.kind).expect("the kind was asked before");
            let root = trees[file].node(part.root);
            let start = writer.text.len();
            writer.text.push_str(&format!("resource \"{name}\" \"r{at}\" {{\n"));
            writer.entries(&entries_of(root, part.kind));
            writer.text.push_str("}\n\n");
            writer.note(start, root);
        }
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        module.files.push((format!("{stem}.tf"), writer.text));
        module.origins.push(writer.origins);
    }
    Ok(module)
}

struct Writer {
    text: String,
    file: usize,
    form: Containers,
    origins: Vec<(Range<usize>, Field)>,
}

impl Writer {
    fn note(&mut self, start: usize, node: Node) {
        self.origins.push((start..self.text.len(), (self.file, node.pointer())));
    }

    fn entries(&mut self, entries: &[Entry]) {
        for Entry { name, value, of } in entries {
            let start = self.text.len();
            match value {
                Content::Blocks(blocks) => {
                    for (block, entries) in blocks {
                        let start = self.text.len();
                        self.text.push_str(&format!("{name} {{\n"));
                        self.entries(entries);
                        self.text.push_str("}\n");
                        self.note(start, *block);
                    }
                }
                Content::Plain(node, _) => {
                    self.text.push_str(&format!("{name} = "));
                    self.value(*node);
                    self.text.push('\n');
                }
                Content::Flag(flag) => self.text.push_str(&format!("{name} = {flag}\n")),
                Content::Containers(list) => self.containers(*list),
                Content::Pairs(pairs) => {
                    self.text.push_str(&format!("{name} = {{\n"));
                    pairs.iter().for_each(|pair| self.pair(pair));
                    self.text.push_str("}\n");
                }
            }
            self.note(start, *of);
        }
    }

    fn pair(&mut self, pair: &Pair) {
        let start = self.text.len();
        for (part, end) in [(pair.key, " = "), (pair.value, "\n")] {
            match part {
                Some(part) => self.value(part),
                None => self.text.push_str("\"\""),
            }
            self.text.push_str(end);
        }
        self.note(start, pair.of);
    }

    fn containers(&mut self, list: Node) {
        self.text.push_str("container_definitions = ");
        match self.form {
            Containers::Encoded => {
                self.text.push_str("jsonencode(");
                self.value(list);
                self.text.push_str(")\n");
            }
            Containers::Heredoc => {
                self.text.push_str("<<JSON\n");
                let (from, to) = (list.span().start as usize, self.text.len());
                self.text.push_str(list.tree().source.slice(list.span()));
                for node in std::iter::once(list).chain(list.descendants()) {
                    let own = node.key().map_or(node.span().start, |key| key.span().start) as usize;
                    let range = own + to - from..node.span().end as usize + to - from;
                    self.origins.push((range, (self.file, node.pointer())));
                }
                self.text.push_str("\nJSON\n");
            }
        }
    }

    /// A value of an attribute.
    fn value(&mut self, node: Node) {
        let start = self.text.len();
        match node.kind() {
            Kind::Object => {
                self.text.push_str("{\n");
                for (key, value) in node.members() {
                    let start = self.text.len();
                    self.text.push_str(&quoted(key.text()));
                    self.text.push_str(" = ");
                    self.value(value);
                    self.note(start, value);
                    self.text.push('\n');
                }
                self.text.push('}');
            }
            Kind::List => {
                self.text.push('[');
                for (at, item) in node.items().enumerate() {
                    self.text.push_str(if at == 0 { "" } else { ", " });
                    self.value(item);
                }
                self.text.push(']');
            }
            Kind::Text => self.text.push_str(&quoted(node.text())),
            _ => self.text.push_str(node.tree().source.slice(node.span())),
        }
        self.note(start, node);
    }
}

/// A text as HCL writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => quoted.push_str(&format!("\\u{:04x}", letter as u32)),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted.replace("${", "$${").replace("%{", "%%{")
}
