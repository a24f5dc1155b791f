//! Lints Amazon ECS task definitions, services and scaling policies.
//!
//! Text becomes one tree with places on it, in the ECS API's own shape; schemas judge its
//! shape, small functions judge its meaning, and each rule's page is its manual and its test.
//!
//! A program gives a [`Linter`] some [`Inputs`] and gets an [`Outcome`]: the findings, with the sources that
//! they point into. [`Texts`] holds texts in memory; `Files` finds them on the disk (feature `cli`); an
//! [`Overlay`] replaces either with unsaved texts.
//!
//! ```
//! use ecs_lint::{Linter, Registry, Settings, Severity, Texts};
//!
//! let task = r#"{
//!     "family": "web",
//!     "requiresCompatibilities": ["FARGATE"],
//!     "networkMode": "awsvpc",
//!     "cpu": "256",
//!     "memory": "4096",
//!     "containerDefinitions": [{ "name": "web", "image": "nginx:1.29.3" }]
//! }"#;
//!
//! let linter = Linter::new(Registry::default(), Settings::default());
//! let outcome = linter.lint(&Texts::new([("task-definition.json", task)]));
//!
//! let error = outcome.findings.iter().find(|finding| finding.severity == Severity::Error).unwrap();
//! assert_eq!(linter.registry().get(error.rule).id, "invalid-fargate-size");
//! let place = error.problem.at.at;
//! let source = &outcome.sources[&place.source];
//! assert_eq!(source.position(place.span.start).line, 6);
//! assert_eq!(source.slice(place.span), "\"4096\"");
//! ```

mod adapt;
mod apply;
#[cfg(feature = "cli")]
pub mod cli;
mod containment;
#[cfg(feature = "cli")]
mod covers;
mod credential;
pub mod date;
mod document;
mod edit;
mod facts;
#[cfg(feature = "cli")]
mod files;
pub mod finding;
pub mod fix;
mod input;
pub mod inputs;
pub mod linter;
mod manual;
mod model;
mod names;
mod parse;
mod placeholder;
mod pointer;
mod project;
pub mod replies;
pub mod report;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod secrecy;
pub mod settings;
pub mod source;
mod spelling;
mod tree;
mod visible;
mod words;

pub use apply::{Changed, apply_fixes};
pub use containment::keep_quiet;
pub use date::Date;
#[cfg(feature = "cli")]
pub use files::Files;
pub use finding::{Category, Finding, Severity};
pub use fix::{Fix, Safety};
pub use inputs::{Inputs, Overlay, Texts};
pub use linter::{Linter, Outcome};
pub use rule::Rule;
pub use rules::Registry;
pub use settings::Settings;
pub use source::Source;

/// What the tests of this crate use. No other program should: it changes without notice.
#[doc(hidden)]
pub mod internals {
    pub use crate::document::{DocumentKind, Form, ServiceForm};
    pub use crate::model::wants;
    pub use crate::parse::parse;
    pub use crate::placeholder::{Wants, find_all, unquoted};
    pub use crate::schema::Schemas;
    pub use crate::source::Cut;
    pub use crate::tree::{Kind, Node, Tree};
}
