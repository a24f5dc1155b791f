//! Findings that are ignored, and why.

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

    /// Whether it is about a file.
    pub fn is_in(&self, path: &str) -> bool {
        self.path.as_ref().is_none_or(|glob| glob.matches(path))
    }

    /// Whether its last day has passed.
    pub fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|(last, _)| last < today)
    }

    /// Whether it is about what a rule has found at a site of a document in a file.
    pub fn fits(&self, site: &Site, document: Option<&str>, rule: &Rule, path: &str) -> bool {
        let is_meant = |target: &Target| target.holds(site, document);
        self.is_about(rule) && self.is_in(path) && self.targets.iter().all(is_meant)
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
            Target::Container(name) => {
                let (at, item) = (site.named_pointer.as_str(), pointer::item(name));
                at.starts_with(&item) || at.contains(&format!("containerDefinitions{item}"))
            }
            Target::Document(name) => {
                let document = document.unwrap_or_default();
                document == name || document.split('`').nth(1) == Some(name)
            }
            Target::Pointer(pointer) if pointer.starts_with('/') => is_below(&site.pointer, pointer, &['/']),
            Target::Pointer(pointer) => is_below(&site.named_pointer, pointer, &['.', '[']),
        }
    }
}

/// Whether the name of an item is a position, or a name in quotation marks.
fn is_position(name: &str) -> bool {
    name.starts_with('"') || name.chars().all(|c| c.is_ascii_digit())
}

/// Whether a pointer is another one, or leads further.
fn is_below(pointer: &str, start: &str, steps: &[char]) -> bool {
    pointer.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(steps))
}
