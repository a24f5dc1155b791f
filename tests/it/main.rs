//! The tests from outside, in one program: it is linked once. `cargo test --test it pages` runs
//! those of one file.

#![allow(unreachable_pub, reason = "nobody uses a program as a library")]

mod baseline;
mod cli;
mod covers;
mod credentials;
mod crossed;
#[path = "../../fuzz/src/lib.rs"]
#[allow(dead_code, unused_imports, reason = "the fuzz targets use the rest")]
mod crossing;
mod defaults;
mod fixtures;
mod formats;
mod forms;
mod growth;
mod hostile;
mod laws;
mod macros;
mod manners;
mod oracle;
mod pages;
mod pairs;
mod plans;
mod planted;
mod properties;
mod readme;
mod secrets;
mod settings;
mod standins;
mod support;
mod templates;
mod walls;
mod wording;
mod workflows;
mod yaml;
