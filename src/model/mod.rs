//! Typed views over the tree, in AWS's own nouns. They know what a value means; whether it is
//! right is for the rules.

mod arn;
mod container;
mod empty;
mod environment;
mod field;
mod firelens;
mod image;
mod lifecycle;
mod logging;
mod measure;
mod network;
mod platform;
mod proxy;
mod reference;
mod role;
mod s3;
mod secret;
mod service;
mod size;
mod tag;
mod task_definition;
mod volume;

pub use arn::{Arn, is_role_name};
pub use container::Container;
pub use environment::{EnvironmentFile, Secret, Variable, repeated, set_by_ecs};
pub use field::{Field, Known, List, View};
pub use firelens::{AWSFIRELENS, FirelensConfiguration, LogRouter, RouterType, is_go_boolean};
pub use image::{Image, ReferenceFault};
pub use lifecycle::{Dependency, DependencyCondition};
pub use logging::{
    AwslogsOption, LogConfiguration, LogGroupFault, awslogs_options, is_awslogs_option, log_group_fault,
    nearest_awslogs_option,
};
pub use measure::{Measured, measure};
pub use network::PortMapping;
pub use platform::{Answer, CpuArchitecture, LaunchType, NetworkMode};
pub use proxy::{ProxyConfiguration, ProxyProperty};
pub use reference::{ScalableResource, TaskDefinitionReference, scaled_resource};
pub use role::{RoleDemand, RoleNeed};
pub use s3::{S3Object, is_access_point};
pub use secret::{SecretArn, SecretSource, is_parameter_name, is_parameter_resource};
pub use service::{Links, LoadBalancer, Service};
pub use size::{CpuUnits, FargateSize, Mebibytes, fargate_sizes, fargate_sizes_with};
pub use tag::Tag;
pub use task_definition::TaskDefinition;
pub(crate) use task_definition::bare_containers;
pub use volume::{MountPoint, Volume};
