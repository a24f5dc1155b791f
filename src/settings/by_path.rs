//! What holds for the paths of some patterns, found without asking each pattern.
//!
//! Thousands of entries and thousands of files would cost each with each. Most patterns name a folder or a file, or
//! at least begin or end a name: only the entries that say such a part of a path are asked about it.

use std::collections::{BTreeSet, HashMap};
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
    /// The positions of those with a pattern that says a part of its paths.
    by_part: HashMap<Part, Vec<usize>>,
    /// The positions of the others.
    others: Vec<usize>,
    /// How long the beginnings and the ends of names are that patterns say.
    lengths: [BTreeSet<usize>; 2],
}

/// What a pattern says of its paths.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// The name of a folder or of the file.
    Name(String),
    /// The beginning of such a name.
    Beginning(String),
    /// The end of such a name.
    End(String),
}

impl<T: OnPaths> ByPath<T> {
    /// Makes one of a list.
    pub fn new(all: Vec<T>) -> ByPath<T> {
        let parts = |item: &T| item.globs().map(|globs| globs.iter().map(parts).collect::<Vec<_>>());
        let parts: Vec<Option<Vec<Vec<Part>>>> = all.iter().map(parts).collect();
        let mut counts: HashMap<&Part, usize> = HashMap::new();
        for part in parts.iter().flatten().flatten().flatten() {
            *counts.entry(part).or_default() += 1;
        }
        let mut found = ByPath {
            by_part: HashMap::new(),
            others: Vec::new(),
            lengths: Default::default(),
            all: Vec::new(),
        };
        for (at, globs) in parts.iter().enumerate() {
            // The part that the fewest patterns say.
            let rarest = |parts: &Vec<Part>| parts.iter().min_by_key(|part| counts[part]).cloned();
            let Some(rarest) =
                globs.as_ref().and_then(|globs| globs.iter().map(rarest).collect::<Option<Vec<_>>>())
            else {
                found.others.push(at);
                continue;
            };
            for part in rarest {
                match &part {
                    Part::Name(_) => {}
                    Part::Beginning(text) => _ = found.lengths[0].insert(text.len()),
                    Part::End(text) => _ = found.lengths[1].insert(text.len()),
                }
                found.by_part.entry(part).or_default().push(at);
            }
        }
        ByPath { all, ..found }
    }

    /// What holds for a path, in order, with the position of each.
    pub fn on(&self, path: &str) -> impl Iterator<Item = (usize, &T)> {
        let mut candidates = self.others.clone();
        if !self.by_part.is_empty() {
            let [beginnings, ends] = &self.lengths;
            for name in path.split('/') {
                let beginnings = beginnings.range(..=name.len()).filter_map(|length| name.get(..*length));
                let ends = ends.range(..=name.len()).filter_map(|length| name.get(name.len() - length..));
                let parts = std::iter::once(Part::Name(name.to_owned()))
                    .chain(beginnings.map(|text| Part::Beginning(text.to_owned())))
                    .chain(ends.map(|text| Part::End(text.to_owned())));
                candidates.extend(parts.filter_map(|part| self.by_part.get(&part)).flatten());
            }
            candidates.sort_unstable();
            candidates.dedup();
        }
        let items = candidates.into_iter().map(|at| (at, &self.all[at]));
        items.filter(move |(_, item)| item.is_on(path))
    }
}

/// The whole list.
impl<T> Deref for ByPath<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

/// What a pattern says of its paths.
fn parts(glob: &Glob) -> Vec<Part> {
    // What follows a class of characters may belong to it.
    let (known, is_whole) = match glob.as_str().split_once('[') {
        Some((before, _)) => (before, false),
        None => (glob.as_str(), true),
    };
    let mut names: Vec<&str> = known.split('/').collect();
    let cut = if is_whole { None } else { names.pop() };
    let of_name = |name: &str| match (name.find(['*', '?']), name.rfind(['*', '?'])) {
        (Some(first), Some(last)) => [
            name.get(..first).map(|text| Part::Beginning(text.to_owned())),
            name.get(last + 1..).map(|text| Part::End(text.to_owned())),
        ],
        _ => [Some(Part::Name(name.to_owned())), None],
    };
    let of_cut =
        cut.and_then(|name| name.split(['*', '?']).next()).map(|text| Part::Beginning(text.to_owned()));
    let says_something = |part: &Part| match part {
        Part::Name(text) | Part::Beginning(text) | Part::End(text) => !text.is_empty(),
    };
    names.into_iter().flat_map(of_name).flatten().chain(of_cut).filter(says_something).collect()
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
