//! What the user sees: one file for each format, behind one table.

mod concise;
#[cfg(feature = "cli")]
mod diff;
#[cfg(feature = "cli")]
mod excerpt;
mod format;
#[cfg(feature = "cli")]
mod human;
mod json;
mod jsonl;
#[cfg(feature = "cli")]
mod manual;
mod run;
mod style;
mod summary;
#[cfg(feature = "cli")]
mod told;
mod url;

#[cfg(feature = "cli")]
pub use diff::{unified_diff, visible_patch};
pub use format::{FORMATS, Format, Written};
#[cfg(feature = "cli")]
pub use human::Human;
#[cfg(feature = "cli")]
pub use manual::Manual;
pub use run::{Fixed, Run};
pub use style::Style;
pub use summary::{Counts, summary, summary_line};
pub use url::url;
