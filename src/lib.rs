//! x
pub mod document;
pub mod finding;
pub mod fix;
pub mod parse;
pub mod placeholder;
pub mod source;
pub mod tree;
