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
        let says = |item: &T| item.globs().map(|globs| globs.iter().map(parts).collect()).unwrap_or_default();
        ByPath { index: Index::of(&all.iter().map(says).collect::<Vec<_>>()), all }
    }

    /// What holds for a path, in order, with the position of each.
    pub fn on(&self, path: &str) -> impl Iterator<Item = (usize, &T)> {
        let items = self.index.near(path, &[]).into_iter().map(|at| (at, &self.all[at]));
        items.filter(move |(_, item)| item.is_on(path))
    }
}

/// What an item says of what it is about: each of the lists is of one pattern, of which each part has to be there.
pub(super) type Says = Vec<Vec<String>>;

/// The positions of items, by what these say.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// The positions of those that say something, by a part that is said.
    by_part: HashMap<String, Vec<usize>>,
    /// The positions of the others.
    others: Vec<usize>,
    /// How long the beginnings of names are that patterns say.
    beginnings: Vec<usize>,
    /// How long the ends of names are that patterns say.
    ends: Vec<usize>,
}

impl Index {
    pub(super) fn of(all: &[Says]) -> Index {
        // By all of their parts at first.
        let mut by_part: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, says) in all.iter().enumerate() {
            for part in says.iter().flatten() {
                by_part.entry(part).or_default().push(at);
            }
        }
        let mut index = Index::default();
        for (at, says) in all.iter().enumerate() {
            // The part that the fewest items say.
            let rarest =
                |parts: &Vec<String>| parts.iter().min_by_key(|part| by_part[part.as_str()].len()).cloned();
            match says.iter().map(rarest).collect::<Option<Vec<String>>>() {
                Some(parts) if !parts.is_empty() => parts.into_iter().for_each(|part| index.add(part, at)),
                _ => index.others.push(at),
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

    /// The positions of those that may be about a path and about more [parts](part), in order.
    pub(super) fn near(&self, path: &str, more: &[String]) -> Vec<usize> {
        let mut near = self.others.clone();
        if self.by_part.is_empty() {
            return near;
        }
        near.extend(more.iter().filter_map(|part| self.by_part.get(part)).flatten());
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

/// What is said: what of something, and the text.
pub(super) fn part(sign: u8, text: &str) -> String {
    format!("{}{text}", char::from(sign))
}

/// All that a pattern says of its paths.
pub(super) fn parts(glob: &Glob) -> Vec<String> {
    let (known, is_cut) = known(glob.as_str());
    let mut parts = Vec::new();
    let mut names = known.split('/').peekable();
    while let Some(name) = names.next() {
        let is_cut = is_cut && names.peek().is_none();
        let first = name.split(OPEN).next().unwrap_or_default();
        let last = name.rsplit(OPEN).next().unwrap_or_default();
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

/// What stands for any characters of a path: no path has it.
const OPEN: char = '\0';

/// A pattern as far as it is known: [`OPEN`] for each sign that stands for any characters. True if more follows, behind
/// a class of characters.
fn known(pattern: &str) -> (String, bool) {
    let mut known = String::new();
    let mut rest = pattern;
    while let Some(sign) = rest.chars().next() {
        // A sign in brackets stands for itself.
        let escaped = rest.strip_prefix('[').and_then(|inner| {
            let mut inner = inner.chars();
            Some(inner.next()?).filter(|sign| *sign != '!' && inner.next() == Some(']'))
        });
        match (escaped, sign) {
            (Some(letter), _) => {
                known.push(letter);
                rest = rest.get(2 + letter.len_utf8()..).unwrap_or_default();
                continue;
            }
            (None, '[') => return (known, true),
            (None, '*' | '?') => known.push(OPEN),
            (None, letter) => known.push(letter),
        }
        rest = rest.get(sign.len_utf8()..).unwrap_or_default();
    }
    (known, false)
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
            "a/[[]b[]]/t.json",
            "a/[?]b/t.json",
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
            "a/[b]/t.json",
            "a/?b/t.json",
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
