//! Task definitions and their containers.

pub(super) mod access_key;
pub(super) mod account;
pub(super) mod aws_use;
pub(super) mod command;
pub(super) mod container;
pub(super) mod empty;
pub(super) mod environment;
pub(super) mod field_table;
pub(super) mod firelens;
pub(super) mod heap;
pub(super) mod identity;
pub(super) mod lifecycle;
pub(super) mod linux_parameters;
pub(super) mod logging;
pub(super) mod network;
pub(super) mod order;
pub(super) mod pasted;
pub(super) mod proxy;
pub(super) mod region_use;
pub(super) mod resources;
pub(super) mod role;
pub(super) mod s3;
pub(super) mod shell;
pub(super) mod task_definition;
pub(super) mod volume;
