//! Tags.

use super::field::{self, Field, view};

view! {
    /// An entry of `tags`.
    Tag
}

impl<'d> Tag<'d> {
    /// `key`
    pub fn tag_key(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "key")
    }

    /// `value`, which may be empty.
    pub fn value(&self) -> Field<'d, &'d str> {
        field::prose(self.0, "value")
    }
}
