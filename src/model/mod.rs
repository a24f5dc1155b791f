//! Typed views over the tree, in AWS's own nouns. They know what a value means; whether it is
//! right is for the rules.

mod access_key;
mod account;
mod answer;
mod app_spec;
mod arn;
mod aws_use;
mod capacity;
mod command;
mod container;
mod deployment;
mod empty;
mod environment;
mod event_start;
mod field;
mod field_table;
mod firelens;
mod folder;
mod go_regex;
mod heap;
mod holder;
mod identity;
mod image;
mod instant;
mod lifecycle;
mod links;
mod linux_parameters;
mod logging;
mod measure;
mod metric;
mod movers;
mod network;
mod order;
mod pasted;
mod path;
mod placement;
mod platform;
mod presence;
mod proxy;
mod reference;
mod region;
mod region_use;
mod resource_id;
mod resources;
mod role;
mod s3;
mod scaling;
mod scaling_policy;
mod schedule;
mod secret;
mod service;
mod service_connect;
mod service_fitness;
mod service_network;
mod service_volume;
mod shell;
mod size;
mod skeleton;
mod step_scaling;
mod tag;
mod task_definition;
mod time_zone;
mod traffic_shift;
mod volume;
mod wants;

pub use access_key::access_key_id;
pub use account::AccountUse;
pub use answer::Answer;
pub use app_spec::AppSpec;
pub use arn::{Arn, is_role_name};
pub use aws_use::{AwsUse, is_region};
pub use capacity::{
    CapacityProvider, FARGATE_PROVIDERS, PlatformVersion, is_reserved_provider_name, platform_versions,
};
pub use command::{
    Command, HealthCheckForm, as_command, in_brackets, is_absolute_path, is_unsplit, join, stray_operator,
};
pub use container::Container;
pub use deployment::{CircuitBreaker, DeploymentAlarms, DeploymentConfiguration, EarlySuccess, Percentages};
pub use environment::{EnvironmentFile, Secret, Variable, set_by_ecs};
pub use event_start::{DatetimeFormat, EventStartFault, multiline_pattern_fault};
pub use field::{Field, Known, List, View, is_same, most_frequent, repeated, repeated_by};
pub use field_table::{
    Surroundings, Unsupported, UnsupportedField, unfit_for, unsupported_on, volume_may_be_unsupported,
};
pub use firelens::{AWSFIRELENS, FirelensConfiguration, LogRouter, RouterType, is_go_boolean};
pub use folder::Folder;
pub use go_regex::RegexFaultKind;
pub use heap::HeapLimit;
pub use holder::{FetchedValue, Holder, LogSource};
pub use identity::{CredentialSpecFault, UserFault};
pub use image::{Image, ReferenceFault};
pub use instant::Instant;
pub use lifecycle::{
    Awaited, DEFAULT_HEALTH_CHECK_INTERVAL, Dependency, DependencyCondition, HealthCheck, RestartPolicy,
    TimeoutLimits,
};
pub use links::{Certainty, Linked, Links, ScaledInstead};
pub use linux_parameters::{
    FARGATE_CAPABILITY, LinuxParameters, Tmpfs, capabilities, capability_meant, is_linux_capability,
    tmpfs_options,
};
pub use logging::{
    AwslogsOption, LogConfiguration, LogGroupFault, STREAM_PREFIX, awslogs_options, is_awslogs_option,
    log_group_fault, nearest_awslogs_option,
};
pub use measure::{Measured, measure};
pub use metric::{
    CustomizedMetric, MetricQueries, MetricQuery, PredefinedMetric, ids_in, is_query_id, is_resource_label,
    resource_label_meant,
};
pub use movers::{CapacityRanges, Movers, Values};
pub use network::{
    HostEntry, LOG_ROUTER_PORT, Link, PortMapping, Ports, Protocol, WINDOWS_RESERVED_PORT, is_host_address,
    is_port_name, is_search_domain, reserved_host_port,
};
pub use order::{Cycle, Wait};
pub use pasted::{comma_list, is_program, pasted_list, scattered_list};
pub use path::{PathForm, absolute};
pub use placement::{ExpressionFault, PlacementStrategy, ZONE_FIELD};
pub use platform::{CpuArchitecture, LaunchType, NetworkMode, fargate_runs};
pub use presence::{Present, both, doubts, surest};
pub use proxy::{ProxyConfiguration, ProxyProperty};
pub use reference::{NamingFault, ScalableResource, TaskDefinitionReference, scaled_resource};
pub use region::{RegionFault, partition_of, region_fault};
pub use region_use::{RegionReader, RegionUse, region_uses};
pub use resource_id::{IdFlaw, ResourceIdFault};
pub use resources::{KernelNamespace, ResourceRequirement, SystemControl, UNLIMITED, Ulimit};
pub use role::{RoleDemand, RoleNeed};
pub use s3::{S3Object, is_access_point};
pub use scaling::{CapacityBounds, ECS_DIMENSION, ECS_NAMESPACE, ScalableTarget, Scaling, ScheduledAction};
pub use scaling_policy::{
    ALB_REQUEST_COUNT, ForecastMetricsFault, MetricSpecification, PolicyType, PredictiveScaling,
    ScalingPolicy, TargetTracking, is_ecs_metric, is_ecs_metric_pair, metric_meant, metric_pair_meant,
};
pub use schedule::{CronField, Schedule, ScheduleFault};
pub use secret::{
    PlaceFault, SecretArn, SecretSource, is_parameter_name, is_parameter_resource, parameter_extras,
};
pub use service::{LoadBalancer, Service};
pub use service_connect::{
    ClientAlias, Endpoint, ServiceConnectConfiguration, ServiceConnectService, WantedPort,
};
pub use service_network::{AwsvpcConfiguration, NetworkIdFault, ServiceRegistry};
pub use service_volume::{EbsFault, EbsVolume, VolumeConfiguration};
pub use shell::{ShellCall, never_fails};
pub use size::{
    CpuUnits, FargateSize, Mebibytes, fargate_sizes, fargate_sizes_with, sure_fargate_sizes_with,
};
pub use skeleton::{blanks, mark_blanks, skeleton_marks};
pub use step_scaling::{Bound, Interval, StepAdjustment, StepFault, StepScaling};
pub use tag::{Tag, tag_lists};
pub(crate) use task_definition::bare_containers;
pub use task_definition::{PlacementConstraint, TaskDefinition, TrustedExecution};
pub use time_zone::{is_respelled_time_zone, is_time_zone, time_zone_meant};
pub use traffic_shift::LifecycleHook;
pub use volume::{DockerVolume, EfsVolume, MountPoint, S3FilesVolume, Volume, VolumesFrom};
pub use wants::{mark_placeholders, wants};
