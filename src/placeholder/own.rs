//! The placeholders that the settings describe.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

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
    /// Finds which of them begin in a text, however many there are. None if there are too many to build it.
    starts: Option<AhoCorasick>,
}

impl OwnPlaceholders {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The first placeholder in a text, of the one that is described first.
    pub fn find(&self, text: &str) -> Option<Found> {
        let Some(starts) = &self.starts else {
            return self.all.iter().find_map(|delimiters| delimiters.find(text));
        };
        let mut begun: Vec<usize> =
            starts.find_overlapping_iter(text).map(|begun| begun.pattern().as_usize()).collect();
        begun.sort_unstable();
        begun.dedup();
        begun.into_iter().find_map(|at| self.all[at].find(text))
    }
}

impl FromIterator<Delimiters> for OwnPlaceholders {
    fn from_iter<I: IntoIterator<Item = Delimiters>>(all: I) -> OwnPlaceholders {
        let all: Vec<Delimiters> = all.into_iter().collect();
        let mut builder = AhoCorasick::builder();
        let starts = all.iter().map(|delimiters| &delimiters.start);
        let starts = builder.kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(starts).ok();
        OwnPlaceholders { all, starts }
    }
}
