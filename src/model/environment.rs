//! Environment variables and secrets.

use super::Container;
use super::field::{self, Field, List, view};

impl<'d> Container<'d> {
    /// `secrets`
    pub fn secrets(&self) -> List<'d, Secret<'d>> {
        field::list(self.node(), "secrets")
    }
}

view! {
    /// An entry of `secrets` or `secretOptions`.
    Secret
}

impl<'d> Secret<'d> {
    /// `name`
    pub fn name(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "name")
    }
}
