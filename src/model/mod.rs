//! Typed views over the tree, in AWS's own nouns. They know what a value means; whether it is
//! right is for the rules.

mod answer;
mod document;
mod field;
mod linked;
mod scaling;
mod service;
mod task;
mod value;

pub use answer::Answer;
pub use document::measure::measure;
pub use document::skeleton::{blanks, mark_blanks, skeleton_marks};
pub use document::tag::{Tag, tag_lists};
pub use document::wants::{mark_placeholders, wants};
pub use field::presence::{Present, both, doubts, surest};
pub use field::{Field, Known, List, View, is_same, most_frequent, repeated, repeated_by};
pub use linked::folder::Folder;
pub use linked::holder::{FetchedValue, Holder, LogSource};
pub use linked::links::{Certainty, Linked, Links, ScaledInstead};
pub use scaling::metric::{
    CustomizedMetric, MetricQueries, MetricQuery, ids_in, is_query_id, is_resource_label,
    resource_label_meant,
};
pub use scaling::movers::Movers;
pub use scaling::policy::{
    ALB_REQUEST_COUNT, ForecastMetricsFault, MetricSpecification, PolicyType, ScalingPolicy, is_ecs_metric,
    is_ecs_metric_pair, metric_meant, metric_pair_meant,
};
pub use scaling::reference::{NamingFault, ScalableResource, TaskDefinitionReference, scaled_resource};
pub use scaling::resource_id::{IdFlaw, ResourceIdFault};
pub use scaling::scaling::{
    CapacityBounds, ECS_DIMENSION, ECS_NAMESPACE, ScalableTarget, Scaling, ScheduledAction,
};
pub use scaling::schedule::{Schedule, ScheduleFault};
pub use scaling::steps::{Bound, StepAdjustment, StepFault};
pub use service::app_spec::AppSpec;
pub use service::capacity::{
    CapacityProvider, FARGATE_PROVIDERS, PlatformVersion, is_reserved_provider_name, platform_versions,
};
pub use service::connect::Endpoint;
pub use service::deployment::{DeploymentConfiguration, Percentages};
pub use service::network::NetworkIdFault;
pub use service::placement::{ExpressionFault, PlacementStrategy, ZONE_FIELD};
pub use service::service::{LoadBalancer, Service};
pub use service::traffic_shift::LifecycleHook;
pub use service::volumes::{EbsFault, EbsVolume};
pub use task::access_key::access_key_id;
pub use task::account::AccountUse;
pub use task::aws_use::{AwsUse, is_region};
pub use task::command::{
    Command, HealthCheckForm, as_command, in_brackets, is_absolute_path, is_unsplit, join, stray_operator,
};
pub use task::container::Container;
pub use task::environment::{Secret, Variable, set_by_ecs};
pub use task::field_table::{
    Surroundings, Unsupported, unfit_for, unsupported_on, volume_may_be_unsupported,
};
pub use task::firelens::{AWSFIRELENS, FirelensConfiguration, RouterType, is_go_boolean};
pub use task::heap::HeapLimit;
pub use task::identity::{CredentialSpecFault, UserFault};
pub use task::lifecycle::{DEFAULT_HEALTH_CHECK_INTERVAL, DependencyCondition};
pub use task::linux_parameters::{
    FARGATE_CAPABILITY, capabilities, capability_meant, is_linux_capability, tmpfs_options,
};
pub use task::logging::{
    LogConfiguration, LogGroupFault, STREAM_PREFIX, is_awslogs_option, log_group_fault,
    nearest_awslogs_option,
};
pub use task::network::{
    LOG_ROUTER_PORT, Link, PortMapping, Ports, Protocol, WINDOWS_RESERVED_PORT, is_host_address,
    is_port_name, is_search_domain, reserved_host_port,
};
pub use task::pasted::{comma_list, is_program, pasted_list, scattered_list};
pub use task::proxy::ProxyConfiguration;
pub use task::region_use::{RegionReader, RegionUse, region_uses};
pub use task::resources::{KernelNamespace, ResourceRequirement, SystemControl, UNLIMITED};
pub use task::role::{RoleDemand, RoleNeed};
pub use task::s3::{S3Object, is_access_point};
pub use task::shell::{ShellCall, never_fails};
pub(crate) use task::task_definition::bare_containers;
pub use task::task_definition::{PlacementConstraint, TaskDefinition};
pub use task::volume::{DockerVolume, EfsVolume, MountPoint, Volume};
pub use value::arn::{Arn, is_role_name};
pub use value::event_start::{DatetimeFormat, EventStartFault, multiline_pattern_fault};
pub use value::go_regex::RegexFaultKind;
pub use value::image::{Image, ReferenceFault};
pub use value::path::{PathForm, absolute};
pub use value::platform::{CpuArchitecture, LaunchType, NetworkMode, fargate_runs};
pub use value::region::{RegionFault, partition_of, region_fault};
pub use value::secret::{
    PlaceFault, SecretArn, SecretSource, is_parameter_name, is_parameter_resource, parameter_extras,
};
pub use value::size::{CpuUnits, FargateSize, Mebibytes, fargate_sizes_with, sure_fargate_sizes_with};
pub use value::time_zone::{is_respelled_time_zone, is_time_zone, time_zone_meant};
