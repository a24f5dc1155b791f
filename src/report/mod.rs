//! What the user sees: one file for each format.

mod concise;
#[cfg(feature = "cli")]
mod diff;
#[cfg(feature = "cli")]
mod excerpt;
#[cfg(feature = "cli")]
mod human;
mod json;
#[cfg(feature = "cli")]
mod manual;
mod summary;
#[cfg(feature = "cli")]
mod told;

pub use concise::concise;
#[cfg(feature = "cli")]
pub use diff::{unified_diff, visible_patch};
#[cfg(feature = "cli")]
pub use human::{Human, Style};
pub use json::json;
#[cfg(feature = "cli")]
pub use manual::Manual;
pub use summary::{Counts, summary, table};
