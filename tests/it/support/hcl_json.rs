//! Documents in the API's form, written as a Terraform module in JSON: a block is a member, and a string is a template.

use std::ops::Range;

use ecs_lint::internals::{Cut, Kind, Node};
use ecs_lint::linter::Linter;
use serde_json::Value;

use super::template::{Field, Why, documents};
use super::terraform::{Content, Entry, Module, Pair, entries_of, resource_type};

/// Writes the documents of some files as a module in JSON. `reader` tells which documents there are.
pub fn module_in_json(files: &[(String, String)], reader: &Linter) -> Result<Module, Why> {
    let (trees, parts) = documents(files, reader)?;
    let mut module = Module::default();
    for (file, (name, text)) in files.iter().enumerate() {
        if name == ecs_lint::inputs::SETTINGS_FILE {
            module.files.push((name.clone(), text.clone()));
            module.origins.push(Vec::new());
            continue;
        }
        let mut writer = Writer { text: "{\"resource\": [".to_owned(), file, origins: Vec::new() };
        let own = parts.iter().enumerate().filter(|(_, part)| part.file == file);
        for (count, (at, part)) in own.enumerate() {
            let of_type = resource_type(part.kind).expect("the kind was asked before");
            let root = trees[file].node(part.root);
            writer.text.push_str(if count == 0 { "\n" } else { ",\n" });
            let start = writer.text.len();
            writer.text.push_str(&format!("{{\"{of_type}\": {{\"r{at}\": "));
            writer.block(&entries_of(root, part.kind));
            writer.text.push_str("}}");
            writer.note(start, root);
        }
        writer.text.push_str("\n]}\n");
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        module.files.push((format!("{stem}.tf.json"), writer.text));
        module.origins.push(writer.origins);
    }
    Ok(module)
}

struct Writer {
    text: String,
    file: usize,
    origins: Vec<(Range<usize>, Field)>,
}

impl Writer {
    fn note(&mut self, start: usize, node: Node) {
        self.origins.push((start..self.text.len(), (self.file, node.pointer())));
    }

    /// Writes things with commas between them.
    fn each<T>(&mut self, [open, close]: [&str; 2], all: &[T], mut one: impl FnMut(&mut Writer, &T)) {
        self.text.push_str(open);
        for (at, each) in all.iter().enumerate() {
            self.text.push_str(if at == 0 { "" } else { ", " });
            one(self, each);
        }
        self.text.push_str(close);
    }

    fn block(&mut self, entries: &[Entry]) {
        self.each(["{", "}"], entries, |writer, Entry { name, value, of }| {
            let start = writer.text.len();
            writer.text.push_str(&format!("{name:?}: "));
            match value {
                Content::Blocks(blocks) => writer.each(["[", "]"], blocks, |writer, (block, entries)| {
                    let start = writer.text.len();
                    writer.block(entries);
                    writer.note(start, *block);
                }),
                Content::Plain(node, _) => writer.value(*node),
                Content::Flag(flag) => writer.text.push_str(&flag.to_string()),
                Content::Containers(list) => writer.containers(*list),
                Content::Pairs(pairs) => writer.each(["{", "}"], pairs, Writer::pair),
            }
            writer.note(start, *of);
        });
    }

    fn pair(&mut self, pair: &Pair) {
        let start = self.text.len();
        for (part, end) in [(pair.key, ": "), (pair.value, "")] {
            match part {
                Some(part) => self.value(part),
                None => self.text.push_str("\"\""),
            }
            self.text.push_str(end);
        }
        self.note(start, pair.of);
    }

    /// The containers as JSON in a string.
    fn containers(&mut self, list: Node) {
        let written = list.tree().source.slice(list.span());
        let base = list.span().start as usize;
        let start = self.text.len() + 1;
        self.text.push_str(&template(written));
        // The quotation mark behind a part is not counted.
        let place = |at: u32| start + template(written.cut(..(at as usize).saturating_sub(base))).len() - 2;
        for node in std::iter::once(list).chain(list.descendants()) {
            let own = node.key().map_or(node.span().start, |key| key.span().start);
            self.origins.push((place(own)..place(node.span().end), (self.file, node.pointer())));
        }
    }

    /// A value of an attribute.
    fn value(&mut self, node: Node) {
        let start = self.text.len();
        match node.kind() {
            Kind::Object => {
                let members: Vec<(Node, Node)> = node.members().collect();
                self.each(["{", "}"], &members, |writer, (key, value)| {
                    let start = writer.text.len();
                    writer.text.push_str(&format!("{}: ", template(key.text())));
                    writer.value(*value);
                    writer.note(start, *value);
                });
            }
            Kind::List => {
                let items: Vec<Node> = node.items().collect();
                self.each(["[", "]"], &items, |writer, item| writer.value(*item));
            }
            Kind::Text => self.text.push_str(&template(node.text())),
            _ => self.text.push_str(node.tree().source.slice(node.span())),
        }
        self.note(start, node);
    }
}

/// A text that is what a template results in.
fn template(text: &str) -> String {
    Value::from(text).to_string().replace("${", "$${").replace("%{", "%%{")
}
