//! What holds for the paths of some patterns, found without asking each pattern.
//!
//! Thousands of entries and thousands of files would cost each with each. Most patterns name a folder or a file, or
//! at least begin or end a name: only the entries that say such a part of a path are asked about it.

use std::collections::HashMap;
use std::ops::Deref;

use super::pattern::Glob;

/// Something that holds for some paths.
pub trait OnPaths {
    /// The patterns of its paths; None if it holds for all.
    fn globs(&self) -> Option<&[Glob]>;

    /// Whether it holds for a path.
    fn is_on(&self, path: &str) -> bool {
        self.globs().is_none_or(|globs| globs.iter().any(|glob| glob.matches(path)))
    }
}

impl OnPaths for Glob {
    fn globs(&self) -> Option<&[Glob]> {
        Some(std::slice::from_ref(self))
    }
}

/// A list of what holds for some paths each, in the order in which it is written.
#[derive(Clone, Debug)]
pub struct ByPath<T> {
    all: Vec<T>,
    index: Index,
}

impl<T: OnPaths> ByPath<T> {
    /// Makes one of a list.
    pub fn new(all: Vec<T>) -> ByPath<T> {
        let globs: Vec<Option<&[Glob]>> = all.iter().map(T::globs).collect();
        ByPath { index: Index::of(&globs), all }
    }

    /// What holds for a path, in order, with the position of each.
    pub fn on(&self, path: &str) -> impl Iterator<Item = (usize, &T)> {
        let items = self.index.near(path).into_iter().map(|at| (at, &self.all[at]));
        items.filter(move |(_, item)| item.is_on(path))
    }
}

/// The positions of lists of patterns, by what these say of their paths.
#[derive(Clone, Debug, Default)]
struct Index {
    /// The positions of those with a pattern that says a part of its paths, by that part.
    by_part: HashMap<String, Vec<usize>>,
    /// The positions of the others.
    others: Vec<usize>,
    /// How long the beginnings of names are that patterns say.
    beginnings: Vec<usize>,
    /// How long the ends of names are that patterns say.
    ends: Vec<usize>,
}

impl Index {
    fn of(all: &[Option<&[Glob]>]) -> Index {
        // By all of their parts at first.
        let mut by_part: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, globs) in all.iter().enumerate() {
            for part in globs.iter().copied().flatten().flat_map(parts) {
                by_part.entry(part).or_default().push(at);
            }
        }
        let mut index = Index::default();
        for (at, globs) in all.iter().enumerate() {
            // The part that the fewest patterns say.
            let rarest = |glob: &Glob| parts(glob).into_iter().min_by_key(|part| by_part[part].len());
            match globs.and_then(|globs| globs.iter().map(rarest).collect::<Option<Vec<String>>>()) {
                Some(parts) => parts.into_iter().for_each(|part| index.add(part, at)),
                None => index.others.push(at),
            }
        }
        for lengths in [&mut index.beginnings, &mut index.ends] {
            lengths.sort_unstable();
            lengths.dedup();
        }
        index
    }

    fn add(&mut self, part: String, position: usize) {
        let length = part.len() - 1;
        match part.as_bytes()[0] {
            BEGINNING => self.beginnings.push(length),
            END => self.ends.push(length),
            _ => {}
        }
        self.by_part.entry(part).or_default().push(position);
    }

    /// The positions of those that may hold for a path, in order.
    fn near(&self, path: &str) -> Vec<usize> {
        let mut near = self.others.clone();
        if self.by_part.is_empty() {
            return near;
        }
        let mut add = |sign: u8, text: &str| {
            near.extend(self.by_part.get(&part(sign, text)).into_iter().flatten());
        };
        for name in path.split('/') {
            add(NAME, name);
            for text in self.beginnings.iter().filter_map(|length| name.get(..*length)) {
                add(BEGINNING, text);
            }
            let starts = self.ends.iter().filter_map(|length| name.len().checked_sub(*length));
            for text in starts.filter_map(|start| name.get(start..)) {
                add(END, text);
            }
        }
        near.sort_unstable();
        near.dedup();
        near
    }
}

/// The whole list.
impl<T> Deref for ByPath<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

/// The name of a folder or of a file.
const NAME: u8 = b'=';
/// The beginning of such a name.
const BEGINNING: u8 = b'<';
/// The end of such a name.
const END: u8 = b'>';

/// What a pattern says of its paths: what of them, and the text.
fn part(sign: u8, text: &str) -> String {
    format!("{}{text}", char::from(sign))
}

/// All that a pattern says of its paths.
fn parts(glob: &Glob) -> Vec<String> {
    // What follows a class of characters may belong to it.
    let (known, is_cut) = match glob.as_str().split_once('[') {
        Some((before, _)) => (before, true),
        None => (glob.as_str(), false),
    };
    let mut parts = Vec::new();
    let mut names = known.split('/').peekable();
    while let Some(name) = names.next() {
        let is_cut = is_cut && names.peek().is_none();
        let signs = ['*', '?'];
        let first = name.split(signs).next().unwrap_or_default();
        let last = name.rsplit(signs).next().unwrap_or_default();
        if first.len() == name.len() && !is_cut {
            parts.push(part(NAME, name));
            continue;
        }
        parts.push(part(BEGINNING, first));
        if !is_cut {
            parts.push(part(END, last));
        }
    }
    // Nothing is said by an empty one.
    parts.retain(|part| part.len() > 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_what_matches() {
        let patterns = [
            "legacy",
            "legacy/",
            "a/b/**",
            "**/b/*.json",
            "*/c.json",
            "**",
            "*",
            "web-*",
            "*-task.json",
            "a?b/x",
            "**/*mid*",
            "a/[bc]/t.json",
            "a/b[/]t.json",
            "[[]x]",
            "w[e]b-1",
            "a/b/c.json",
            "**/t.json",
            "é*",
        ];
        let globs: Vec<Glob> = patterns.iter().filter_map(|text| Glob::new(text).ok()).collect();
        let found = ByPath::new(globs.clone());
        for path in [
            "legacy",
            "legacy/x/y.json",
            "a/b/c.json",
            "b/x.json",
            "x/b/y.json",
            "x/c.json",
            "c.json",
            "web-1",
            "web-1/t.json",
            "my-task.json",
            "x/my-task.json/y",
            "acb/x",
            "amidst",
            "a/b/t.json",
            "a/c/t.json",
            "[x]",
            "é/t.json",
            "éa",
            "",
        ] {
            let one_by_one: Vec<usize> = (0..globs.len()).filter(|at| globs[*at].matches(path)).collect();
            assert_eq!(found.on(path).map(|(at, _)| at).collect::<Vec<_>>(), one_by_one, "{path}");
        }
    }
}
