//! The placeholders that the settings describe.

use std::collections::HashMap;

use super::{Found, Kind};

/// How user-defined placeholders begin and end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimiters {
    start: String,
    end: String,
}

impl Delimiters {
    /// Reads the start of a placeholder, `*`, and its end: `@@*@@`.
    pub fn read(text: &str) -> Option<Delimiters> {
        let (start, end) = text.split_once('*')?;
        let is_valid = !start.is_empty() && !end.is_empty() && !end.contains('*');
        is_valid.then(|| Delimiters { start: start.to_owned(), end: end.to_owned() })
    }

    /// The first placeholder in a text.
    pub fn find(&self, text: &str) -> Option<Found> {
        let from = text.find(&self.start)?;
        let inner = from + self.start.len();
        let length = text.get(inner..)?.find(&self.end)?;
        Some(Found { range: from..inner + length + self.end.len(), kind: Kind::Hole })
    }
}

/// All placeholders that some settings describe.
#[derive(Clone, Debug)]
pub struct OwnPlaceholders {
    all: Vec<Delimiters>,
    /// The positions of all, by how they start: there may be thousands, and as many values.
    by_start: HashMap<String, Vec<usize>>,
    /// How long the starts are.
    lengths: Vec<usize>,
}

impl OwnPlaceholders {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The first placeholder in a text, of the one that is described first.
    pub fn find(&self, text: &str) -> Option<Found> {
        let starts = (0..text.len())
            .flat_map(|from| self.lengths.iter().filter_map(move |length| text.get(from..from + length)));
        let begun = starts.filter_map(|start| self.by_start.get(start)).flatten();
        let mut begun: Vec<usize> = begun.copied().collect();
        begun.sort_unstable();
        begun.dedup();
        begun.into_iter().find_map(|at| self.all[at].find(text))
    }
}

impl FromIterator<Delimiters> for OwnPlaceholders {
    fn from_iter<I: IntoIterator<Item = Delimiters>>(all: I) -> OwnPlaceholders {
        let all: Vec<Delimiters> = all.into_iter().collect();
        let mut by_start: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, delimiters) in all.iter().enumerate() {
            by_start.entry(delimiters.start.clone()).or_default().push(at);
        }
        let mut lengths: Vec<usize> = all.iter().map(|delimiters| delimiters.start.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        OwnPlaceholders { all, by_start, lengths }
    }
}
