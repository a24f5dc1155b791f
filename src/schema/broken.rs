//! Faults of shape, before they have words.

/// What violates a schema.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// Keys that an object must not have.
    UnknownKeys(Vec<String>),
    /// A key that an object lacks.
    MissingKey(String),
    /// The type of a value.
    Type,
    /// A value, and the keyword that it violates.
    Value(&'static str),
}
