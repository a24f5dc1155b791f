//! Tables of AWS facts: `rules/data/*.tsv`, one row a line, cells parted by tabs. Lines that start
//! with `#` say where the facts come from, and of which day they are.

/// A table that is part of the program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    text: &'static str,
}

impl Table {
    /// The table that a text holds.
    pub(crate) const fn new(text: &'static str) -> Table {
        Table { text }
    }

    /// Its rows, each as one text.
    pub(crate) fn lines(self) -> impl Iterator<Item = &'static str> + Clone {
        self.text.lines().filter(|row| !row.is_empty() && !row.starts_with('#'))
    }

    /// Its rows, of two cells each.
    pub(crate) fn pairs(self) -> impl Iterator<Item = (&'static str, &'static str)> + Clone {
        self.rows().map(|[first, second]| (first, second))
    }

    /// Its rows, of a certain number of cells each.
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
        assert_eq!(table.rows().last(), Some(["b", "2"]));
    }
}
