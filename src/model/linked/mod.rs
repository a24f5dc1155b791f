//! What documents say about each other.

pub(super) mod folder;
pub(super) mod holder;
pub(super) mod links;
pub(super) mod variants;
