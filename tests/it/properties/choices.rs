//! Choices that proptest makes and shrinks.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A list of choices. When it ends, the first of everything is chosen, so that fewer and smaller choices make
/// a simpler document.
#[derive(Clone, Debug)]
pub struct Choices {
    made: Vec<u16>,
    next: usize,
}

impl Choices {
    /// Any choices.
    pub fn any() -> impl Strategy<Value = Choices> {
        proptest::collection::vec(any::<u16>(), 0..400).prop_map(|made| Choices { made, next: 0 })
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        let choice = self.made.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        usize::from(choice) % limit.max(1)
    }

    /// A number in a range.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from + 1) as usize) as i64
    }

    /// True once in three times.
    pub fn maybe(&mut self) -> bool {
        self.below(3) == 2
    }

    /// One of some things.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// A name that every field for names allows.
    pub fn name(&mut self) -> String {
        let stem = self.pick(&["web", "api", "worker", "db-migrate", "cache_2", "a", "Sidecar"]);
        format!("{stem}{}", self.pick(&["", "-1", "-blue", "_x"]))
    }

    /// Names, no two of them equal.
    pub fn names(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|at| format!("{}-{at}", self.name())).collect()
    }
}

/// An object that fields are added to.
#[derive(Debug, Default)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Adds a field.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// Adds a list, unless it is empty.
    pub fn list(&mut self, name: &str, items: Vec<Value>) {
        if !items.is_empty() {
            self.set(name, items);
        }
    }

    /// The object.
    pub fn done(self) -> Value {
        json!(self.0)
    }
}
