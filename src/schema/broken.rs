//! Faults of shape, before they have words.

/// What breaks a schema.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// Keys of an object that it must not have.
    UnknownKeys(Vec<String>),
    /// A key that an object lacks.
    MissingKey(String),
    /// The type of a value.
    Type,
    /// A value, and the keyword that it breaks.
    Value(&'static str),
}
