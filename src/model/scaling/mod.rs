//! Documents of Application Auto Scaling.

pub(super) mod instant;
pub(super) mod metric;
pub(super) mod movers;
pub(super) mod policy;
pub(super) mod reference;
pub(super) mod resource_id;
pub(super) mod schedule;
pub(super) mod steps;
pub(super) mod target;
