//! What is in force for a file, and where each of it is set.

use super::file::File;
use super::pattern::Glob;
use super::toml::{self, Table, Value};
use crate::source::{Cut, Place};

/// Something that is set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is set: `profile`, `rules.unpinned-image.severity`.
    pub key: String,
    /// What it is set to, as TOML.
    pub value: String,
    /// Where that is said; None if nothing says otherwise.
    pub at: Option<Place>,
}

/// What is in force for a path, in the order of the settings file; what nobody sets comes first.
pub fn in_force(file: Option<&File>, path: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let table = file.and_then(|file| Some((file, toml::read(&file.source).ok()?)));
    if let Some((file, table)) = &table {
        let listing = Listing { file, path };
        for member in &table.members {
            match member.key.as_str() {
                "override" => {
                    let holds = |entry: &&Table| listing.holds(entry.texts("files"));
                    for entry in table.tables("override").filter(holds) {
                        listing.add_members(entry, "", &["files"], &mut entries);
                    }
                }
                "ignore" => {
                    let holds = |entry: &&Table| {
                        entry.text("path").is_none_or(|path| listing.holds([path].into_iter()))
                    };
                    for entry in table.tables("ignore").filter(holds) {
                        listing.add("ignore", &listing.inline(entry), entry.at, &mut entries);
                    }
                }
                "rules" => {
                    for rule in member.value.table().map_or(&[][..], |rules| &rules.members) {
                        if let Some(own) = rule.value.table() {
                            listing.add_members(own, &format!("rules.{}.", rule.key), &[], &mut entries);
                        }
                    }
                }
                key => listing.add(key, &listing.written(&member.value), member.value.at, &mut entries),
            }
        }
    }
    // The last one wins, except where lists are added up.
    let is_replaced = |at: usize| {
        let key = entries[at].key.as_str();
        matches!(key, "profile" | "only") && entries[at + 1..].iter().any(|later| later.key == key)
    };
    let mut kept: Vec<Entry> =
        (0..entries.len()).filter(|at| !is_replaced(*at)).map(|at| entries[at].clone()).collect();
    for (key, value) in [("fail-on", "\"error\""), ("profile", "\"default\"")] {
        if kept.iter().all(|entry| entry.key != key) {
            kept.insert(0, Entry { key: key.to_owned(), value: value.to_owned(), at: None });
        }
    }
    kept
}

/// Lists what a file says about a path.
struct Listing<'f> {
    file: &'f File,
    path: &'f str,
}

impl Listing<'_> {
    fn holds<'p>(&self, mut patterns: impl Iterator<Item = &'p str>) -> bool {
        patterns.any(|pattern| Glob::new(pattern).is_ok_and(|glob| glob.matches(self.path)))
    }

    fn add_members(&self, table: &Table, before: &str, without: &[&str], entries: &mut Vec<Entry>) {
        for member in table.members.iter().filter(|member| !without.contains(&member.key.as_str())) {
            let key = format!("{before}{}", member.key);
            self.add(&key, &self.written(&member.value), member.value.at, entries);
        }
    }

    fn add(&self, key: &str, value: &str, at: Place, entries: &mut Vec<Entry>) {
        entries.push(Entry { key: key.to_owned(), value: value.to_owned(), at: Some(at) });
    }

    /// A value on one line.
    fn written(&self, value: &Value) -> String {
        let text = self.file.source.text.cut(value.at.span.range());
        text.lines().map(str::trim).collect::<Vec<&str>>().join(" ")
    }

    /// A table on one line.
    fn inline(&self, table: &Table) -> String {
        let members = table.members.iter();
        let members = members.map(|member| format!("{} = {}", member.key, self.written(&member.value)));
        format!("{{ {} }}", members.collect::<Vec<String>>().join(", "))
    }
}
