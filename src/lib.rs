pub mod parse;
pub mod placeholder;
pub mod source;
pub mod tree;
