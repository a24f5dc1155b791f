//! Tables of AWS facts: `rules/data/*.tsv`, one row per line, cells separated by tabs. Lines that start with
//! `#` give the source of the facts and their date.

use std::collections::HashMap;

/// A table that is compiled into the program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    text: &'static str,
}

impl Table {
    /// The table in a text.
    pub(crate) const fn new(text: &'static str) -> Table {
        Table { text }
    }

    /// Its rows, each as one string.
    pub(crate) fn lines(self) -> impl Iterator<Item = &'static str> + Clone {
        self.text.lines().filter(|row| !row.is_empty() && !row.starts_with('#'))
    }

    /// Its rows of two cells.
    pub(crate) fn pairs(self) -> impl Iterator<Item = (&'static str, &'static str)> + Clone {
        self.rows().map(|[first, second]| (first, second))
    }

    /// The second cells of its rows of two, by the first.
    pub(crate) fn grouped(self) -> HashMap<&'static str, Vec<&'static str>> {
        let mut groups: HashMap<_, Vec<_>> = HashMap::new();
        for (kind, cell) in self.pairs() {
            groups.entry(kind).or_default().push(cell);
        }
        groups
    }

    /// Its rows of a given number of cells.
    pub(crate) fn rows<const CELLS: usize>(self) -> impl Iterator<Item = [&'static str; CELLS]> + Clone {
        self.lines().map(|row| {
            let mut cells = row.split('\t');
            let row = std::array::from_fn(|_| cells.next().expect("a cell in every column of the table"));
            assert!(cells.next().is_none(), "a row of the table has more than {CELLS} cells");
            row
        })
    }
}

/// `table!("regions.tsv")`
macro_rules! table {
    ($name:literal) => {
        $crate::facts::Table::new(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/data/", $name)))
    };
}
pub(crate) use table;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_no_rows() {
        let table = Table::new("# source\na\t1\n\nb\t2\n");
        assert_eq!(table.lines().collect::<Vec<_>>(), ["a\t1", "b\t2"]);
        assert_eq!(table.pairs().collect::<Vec<_>>(), [("a", "1"), ("b", "2")]);
        assert_eq!(table.grouped()["b"], ["2"]);
        assert_eq!(table.rows().last(), Some(["b", "2"]));
    }
}
