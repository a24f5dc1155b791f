//! Findings that are ignored, and why.

use super::by_path::OnPaths;
use super::pattern::Glob;
use crate::date::Date;
use crate::finding::Site;
use crate::pointer;
use crate::rule::Rule;
use crate::source::Place;

/// An entry of `ignore`. A finding has to fit all that it says.
#[derive(Clone, Debug)]
pub struct Exemption {
    /// Where it says what is ignored: the name of the rule or the category.
    pub at: Place,
    /// Ids of rules, or the name of a category.
    pub names: Vec<String>,
    /// In which files.
    pub path: Option<Glob>,
    /// In which parts of a file.
    pub targets: Vec<Target>,
    /// Why.
    pub reason: String,
    /// The last day on which it counts, and where that is said.
    pub expires: Option<(Date, Place)>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A container, by its name.
    Container(String),
    /// A document, by the name that it gives itself.
    Document(String),
    /// A place and all below it, by its JSON Pointer or its named pointer.
    Pointer(String),
}

impl Exemption {
    /// Whether it is about a rule.
    pub fn is_about(&self, rule: &Rule) -> bool {
        self.names.iter().any(|name| name == rule.id || name == rule.category.name())
    }

    /// Whether its last day has passed.
    pub fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|(last, _)| last < today)
    }

    /// Whether it is about a site of a document in a file, whatever was found there.
    pub fn is_at(&self, site: &Site, document: Option<&str>, path: &str) -> bool {
        self.is_on(path) && self.targets.iter().all(|target| target.holds(site, document))
    }
}

impl OnPaths for Exemption {
    fn globs(&self) -> Option<&[Glob]> {
        self.path.is_some().then_some(self.path.as_slice())
    }
}

impl Target {
    /// What to ignore of what is found at a site: its container, else its place; None if it is about the whole
    /// document.
    pub fn of(site: &Site) -> Option<Target> {
        let pointer = site.named_pointer.as_str();
        // A container is in a list of that name, or at the top of a bare array.
        let container = match pointer.split_once("containerDefinitions[") {
            Some((_, rest)) => Some(rest),
            None => pointer.strip_prefix('['),
        };
        match container.and_then(|rest| rest.split_once(']')) {
            Some((name, _)) if !is_position(name) => Some(Target::Container(name.to_owned())),
            _ if pointer.is_empty() => None,
            _ => Some(Target::Pointer(pointer.to_owned())),
        }
    }

    fn holds(&self, site: &Site, document: Option<&str>) -> bool {
        match self {
            Target::Container(name) => containers(site).any(|item| item == pointer::item(name)),
            Target::Document(name) => names(document).any(|own| own == name),
            Target::Pointer(pointer) => pointers(site).any(|own| own == pointer),
        }
    }
}

/// What may be the container that a site is in, as [items of pointers](pointer::item).
pub(super) fn containers(site: &Site) -> impl Iterator<Item = &str> {
    const LIST: &str = "containerDefinitions[";
    let pointer = site.named_pointer.as_str();
    let of_lists = pointer.match_indices(LIST).map(|(at, list)| at + list.len() - 1);
    // In a bare array they are at the top.
    let begins = of_lists.chain(pointer.starts_with('[').then_some(0));
    let items = begins.filter_map(|begin| pointer.get(begin..));
    items.flat_map(|rest| rest.match_indices(']').filter_map(|(end, _)| rest.get(..=end)))
}

/// What a document is called.
pub(super) fn names(document: Option<&str>) -> impl Iterator<Item = &str> {
    let inner = document.and_then(|name| name.split('`').nth(1));
    [Some(document.unwrap_or_default()), inner].into_iter().flatten()
}

/// The pointers of a site and of all that it is in.
pub(super) fn pointers(site: &Site) -> impl Iterator<Item = &str> {
    // The JSON Pointer of the whole text is as empty as its named one.
    let plain = outer(&site.pointer, &['/']).filter(|pointer| !pointer.is_empty());
    outer(&site.named_pointer, &['.', '[']).chain(plain)
}

/// Whether the name of an item is a position, or a name in quotation marks.
fn is_position(name: &str) -> bool {
    name.starts_with('"') || name.chars().all(|c| c.is_ascii_digit())
}

/// A pointer without its last step, its last two and so on, the longest last.
fn outer<'p>(pointer: &'p str, steps: &'static [char]) -> impl Iterator<Item = &'p str> {
    let ends = pointer.match_indices(steps).map(|(at, _)| at).chain([pointer.len()]);
    ends.filter_map(|end| pointer.get(..end))
}
