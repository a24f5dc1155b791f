//! Services, and the task sets of services.

pub(super) mod app_spec;
pub(super) mod capacity;
pub(super) mod connect;
pub(super) mod definition;
pub(super) mod deployment;
pub(super) mod fitness;
pub(super) mod network;
pub(super) mod placement;
pub(super) mod platform_version;
pub(super) mod quota;
pub(super) mod role;
pub(super) mod spot;
pub(super) mod tag_propagation;
pub(super) mod traffic_shift;
pub(super) mod volumes;
pub(super) mod zones;
