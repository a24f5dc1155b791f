//! Typed views over the tree, in AWS's own nouns. They know what a value means; whether it is
//! right is for the rules.

mod container;
mod field;
mod image;
mod platform;
mod reference;
mod service;
mod size;
mod task_definition;

pub use container::{
    Container, Dependency, DependencyCondition, LogConfiguration, MountPoint, PortMapping, Secret,
};
pub use field::{Field, Known, List, View};
pub use image::Image;
pub use platform::{Answer, LaunchType, NetworkMode};
pub use reference::{ScalableResource, TaskDefinitionReference, scaled_resource};
pub(crate) use task_definition::bare_containers;
pub use service::{Links, LoadBalancer, Service};
pub use size::{CpuUnits, FargateSize, Mebibytes, fargate_sizes};
pub use task_definition::{TaskDefinition, Volume};
