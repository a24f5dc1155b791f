//! What applies to documents of every kind.

pub(super) mod credentials;
mod letters;
pub(super) mod measure;
pub(super) mod skeleton;
pub(super) mod tag;
pub(super) mod wants;
