//! Typed views over the tree, in AWS's own nouns. They know what a value means; whether it is
//! right is for the rules.

mod arn;
mod container;
mod environment;
mod field;
mod field_table;
mod identity;
mod image;
mod lifecycle;
mod linux_parameters;
mod logging;
mod network;
mod path;
mod platform;
mod reference;
mod resources;
mod service;
mod size;
mod task_definition;
mod volume;

pub use arn::Arn;
pub use container::Container;
pub use environment::Secret;
pub use field::{Field, Known, List, View, is_same, repeated};
pub use field_table::{Surroundings, Unsupported, UnsupportedField, may_be_unsupported, unsupported_on};
pub use identity::{CredentialSpecFault, UserFault};
pub use image::Image;
pub use lifecycle::{Dependency, DependencyCondition};
pub use linux_parameters::{
    FARGATE_CAPABILITY, LinuxParameters, Tmpfs, capabilities, capability_meant, tmpfs_options,
};
pub use logging::LogConfiguration;
pub use network::PortMapping;
pub use path::{PathForm, absolute};
pub use platform::{Answer, LaunchType, NetworkMode, fargate_runs};
pub use reference::{ScalableResource, TaskDefinitionReference, scaled_resource};
pub use resources::{KernelNamespace, ResourceRequirement, SystemControl, UNLIMITED, Ulimit};
pub use service::{Links, LoadBalancer, Service};
pub use size::{CpuUnits, FargateSize, Mebibytes, fargate_sizes};
pub(crate) use task_definition::bare_containers;
pub use task_definition::{PlacementConstraint, TaskDefinition, TrustedExecution};
pub use volume::{DockerVolume, EfsVolume, MountPoint, S3FilesVolume, Volume, VolumesFrom};
