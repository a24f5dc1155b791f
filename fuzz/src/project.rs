//! Files that belong together, as values and as one text.

use std::path::Path;
use std::sync::Arc;

use ecs_lint::internals::parse;
use ecs_lint::source::{Source, SourceId};

use super::{Dice, Spelling, Value, write};

/// A document under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name, a path.
    pub name: String,
    /// Its values.
    pub value: Value,
}

/// Documents that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project(pub Vec<File>);

impl Project {
    /// The documents of some texts that are JSON, templates included.
    pub fn of<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Project {
        let read = |(name, text): (&str, &str)| {
            let parsed = parse(Arc::new(Source::new(SourceId(0), name, text)));
            let is_sound = parsed.faults.is_empty() && parsed.tree.roots().count() == 1;
            let root = parsed.tree.roots().next().filter(|_| is_sound)?;
            // Nobody writes what Terraform prints.
            if root.get("terraform_version").is_some() {
                return None;
            }
            Some(File { name: name_of_json(name)?, value: Value::of(root) })
        };
        Project(texts.into_iter().filter_map(read).collect())
    }

    /// The names and texts of the files.
    pub fn written(&self, spelling: Spelling, dice: &mut Dice) -> Vec<(String, String)> {
        self.0.iter().map(|file| (file.name.clone(), write(&file.value, spelling, dice))).collect()
    }

    /// How many values it consists of.
    pub fn size(&self) -> usize {
        self.0.iter().map(|file| file.value.size()).sum()
    }
}

/// The name of a file that holds the same as JSON; `None` for Terraform, which is not a value.
fn name_of_json(name: &str) -> Option<String> {
    if [".tf", ".tofu", ".tf.json"].iter().any(|ending| name.ends_with(ending)) {
        return None;
    }
    let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
    Some(stem.map_or_else(|| name.to_owned(), |stem| format!("{stem}.json")))
}

/// The projects that `fuzz/seeds` has written, by name.
pub fn seeds() -> Vec<Project> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeded/project");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let texts = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok());
    let projects = texts.map(|text| {
        let files = split(&text);
        Project::of(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    });
    projects.filter(|project| project.size() > 0).collect()
}

/// What begins a line that is followed by the text of another file, whose name is the rest of the line.
const MARK: &str = "=== ";

/// The name of a text without such a line.
const NAME: &str = "task-definition.json";

/// Takes several files out of one text.
pub fn split(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix(MARK), files.last_mut()) {
            // A name that ends differently would be that of a file of another format.
            (Some(name), _) => files.push((name.trim().to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => files.push((NAME.to_owned(), line.to_owned())),
        }
    }
    // Two files cannot have the same name.
    let mut names = std::collections::BTreeSet::new();
    files.retain(|(name, _)| names.insert(name.clone()));
    files
}

/// Puts several files into one text.
pub fn joined(files: &[(String, String)]) -> String {
    files.iter().map(|(name, text)| format!("{MARK}{name}\n{}\n", text.trim_end_matches('\n'))).collect()
}
