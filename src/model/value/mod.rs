//! What values mean in any document: nothing here depends on the tree.

pub(super) mod account_id;
pub(super) mod admin_name;
pub(super) mod arn;
pub(super) mod event_start;
pub(super) mod go_regex;
pub(super) mod image;
pub(super) mod path;
pub(super) mod platform;
pub(super) mod region;
pub(super) mod secret;
pub(super) mod size;
pub(super) mod time_zone;
pub(super) mod wildcard;
