//! What the user sees: one file for each format, behind one table.

mod checkstyle;
mod concise;
#[cfg(feature = "cli")]
mod diff;
#[cfg(feature = "cli")]
mod excerpt;
mod fingerprint;
mod format;
mod github;
mod gitlab;
#[cfg(feature = "cli")]
mod human;
mod json;
mod jsonl;
mod junit;
#[cfg(feature = "cli")]
mod manual;
mod markdown;
mod rdjsonl;
mod run;
mod sarif;
mod stream;
mod style;
mod summary;
#[cfg(feature = "cli")]
mod table;
#[cfg(feature = "cli")]
mod told;
mod url;
mod xml;

#[cfg(feature = "cli")]
pub use diff::{unified_diff, visible_patch};
pub use format::{FORMATS, Format, Written};
pub use github::step_summary;
#[cfg(feature = "cli")]
pub use human::Human;
#[cfg(feature = "cli")]
pub use manual::Manual;
pub use run::{Fixed, Run};
pub use style::Style;
pub use summary::{Counts, summary, summary_line};
pub use url::url;
