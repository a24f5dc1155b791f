//! Typed views over the tree, in AWS's own nouns. They know what a value means; whether it is
//! right is for the rules.

mod arn;
mod command;
mod container;
mod environment;
mod field;
mod image;
mod lifecycle;
mod logging;
mod network;
mod order;
mod platform;
mod reference;
mod service;
mod size;
mod task_definition;
mod volume;

pub use arn::Arn;
pub use command::{
    Command, HealthCheckForm, as_command, in_brackets, is_absolute_path, is_unsplit, join, stray_operator,
};
pub use container::Container;
pub use environment::Secret;
pub use field::{Field, Known, List, View};
pub use image::Image;
pub use lifecycle::{
    Awaited, DEFAULT_HEALTH_CHECK_INTERVAL, Dependency, DependencyCondition, HealthCheck, RestartPolicy,
    TimeoutLimits,
};
pub use logging::LogConfiguration;
pub use network::{
    AwsvpcField, HostEntry, LOG_ROUTER_PORT, Link, PortMapping, Ports, Protocol, WINDOWS_RESERVED_PORT,
    awsvpc_fields, is_host_address, is_port_name, is_search_domain, reserved_host_port,
};
pub use order::{Cycle, Wait};
pub use platform::{Answer, LaunchType, NetworkMode};
pub use reference::{ScalableResource, TaskDefinitionReference, scaled_resource};
pub use service::{Links, LoadBalancer, Service};
pub use size::{CpuUnits, FargateSize, Mebibytes, fargate_sizes};
pub use task_definition::TaskDefinition;
pub(crate) use task_definition::bare_containers;
pub use volume::{MountPoint, Volume};
