//! Where the output of containers goes.

use super::field::{self, Field, Known, List, view};
use super::{Container, Secret};
use crate::tree::Node;

impl<'d> Container<'d> {
    /// `logConfiguration`
    pub fn log_configuration(&self) -> Field<'d, LogConfiguration<'d>> {
        field::object(self.node(), "logConfiguration")
    }
}

view! {
    /// `logConfiguration`, of a container or of Service Connect.
    LogConfiguration
}

impl<'d> LogConfiguration<'d> {
    /// `logDriver`
    pub fn log_driver(&self) -> Field<'d, &'d str> {
        field::identifier(self.0, "logDriver")
    }

    /// One of `options`. What `secretOptions` may give is unknown.
    pub fn option(&self, name: &str) -> Field<'d, &'d str> {
        let options = match field::object::<Node>(self.0, "options") {
            Field::Missing => return self.secret_option(name),
            Field::Unknown => return Field::Unknown,
            Field::Known(options) => options.value(),
        };
        match field::prose(options, name) {
            Field::Missing => self.secret_option(name),
            found => found,
        }
    }

    /// The names of the options that are written.
    pub fn option_names(&self) -> impl Iterator<Item = Known<'d, &'d str>> + use<'d> {
        let options = field::object::<Node>(self.0, "options").known();
        let members = options.into_iter().flat_map(|options| options.value().members());
        members.map(|(key, _)| Known::new(key, key.text()))
    }

    fn secret_option(&self, name: &str) -> Field<'d, &'d str> {
        let secrets: List<'d, Secret<'d>> = field::list(self.0, "secretOptions");
        let may_be_it = |secret: Secret<'d>| secret.name().known().is_none_or(|known| known.value() == name);
        if secrets.is_complete() && !secrets.items().any(may_be_it) { Field::Missing } else { Field::Unknown }
    }
}
