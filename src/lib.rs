//! Lints Amazon ECS task definitions, services and scaling policies.
//!
//! Text becomes one tree with places on it, in the ECS API's own shape; schemas judge its
//! shape, small functions judge its sense, and each rule's page is its manual and its test.

pub mod apply;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod containment;
pub mod document;
pub mod edit;
pub mod facts;
#[cfg(feature = "cli")]
pub mod files;
pub mod finding;
pub mod fix;
pub mod input;
pub mod inputs;
pub mod linter;
pub mod model;
pub mod parse;
pub mod placeholder;
pub mod pointer;
pub mod project;
pub mod replies;
pub mod report;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod secrecy;
pub mod source;
pub mod spelling;
pub mod tree;
pub mod visible;
pub mod words;
