//! Typed views of the tree, in AWS's own terms. They know what a value means; rules decide whether it is
//! right.

mod answer;
mod document;
mod field;
mod linked;
mod scaling;
mod service;
mod task;
mod value;
mod workflow;

pub(crate) use crate::credential::Sign;
pub(crate) use answer::Answer;
pub(crate) use document::credentials::{Evidence, Exposed, credentials};
pub(crate) use document::measure::measure;
pub(crate) use document::skeleton::{blanks, forget_zeros, mark_blanks, names_document, skeleton_marks};
pub(crate) use document::tag::{Tag, own_tags, tag_lists};
pub(crate) use document::wants::mark_placeholders;
pub use document::wants::wants;
pub(crate) use field::presence::{Present, both, doubts, surest};
pub(crate) use field::{Field, Known, List, View, is_same, most_frequent, repeated, repeated_by};
pub(crate) use linked::folder::Folder;
pub(crate) use linked::holder::{FetchedValue, Holder, LogSource};
pub(crate) use linked::links::{Certainty, Linked, Links, ScaledInstead};
pub(crate) use linked::variants::{Variants, differ};
pub(crate) use scaling::metric::{
    CustomizedMetric, MetricQueries, MetricQuery, ids_in, is_query_id, is_resource_label,
    resource_label_meant,
};
pub(crate) use scaling::movers::Movers;
pub(crate) use scaling::policy::{
    ALB_REQUEST_COUNT, ForecastMetricsFault, MetricSpecification, PolicyType, ScalingPolicy, is_ecs_metric,
    is_ecs_metric_pair, metric_meant, metric_pair_meant,
};
pub(crate) use scaling::reference::{
    NamingFault, ScalableResource, TaskDefinitionReference, scaled_resource,
};
pub(crate) use scaling::resource_id::{IdFlaw, ResourceIdFault};
pub(crate) use scaling::schedule::{Schedule, ScheduleFault};
pub(crate) use scaling::steps::{Bound, StepAdjustment, StepFault};
pub(crate) use scaling::target::{
    CapacityBounds, ECS_DIMENSION, ECS_NAMESPACE, ScalableTarget, Scaling, ScheduledAction,
};
pub(crate) use service::app_spec::AppSpec;
pub(crate) use service::capacity::{CapacityProvider, FARGATE_PROVIDERS, is_reserved_provider_name};
pub(crate) use service::connect::Endpoint;
pub(crate) use service::definition::{LoadBalancer, Service};
pub(crate) use service::deployment::{DeploymentConfiguration, Percentages};
pub(crate) use service::network::NetworkIdFault;
pub(crate) use service::placement::{ExpressionFault, PlacementStrategy, ZONE_FIELD};
pub(crate) use service::platform_version::{PlatformVersion, platform_versions, retirement};
pub(crate) use service::quota::TaskQuota;
pub(crate) use service::spot::FARGATE_SPOT;
pub(crate) use service::traffic_shift::LifecycleHook;
pub(crate) use service::volumes::{EbsFault, EbsVolume};
pub(crate) use task::account::AccountUse;
pub(crate) use task::aws_use::{AwsUse, is_region};
pub(crate) use task::command::{
    Command, HealthCheckForm, as_command, in_brackets, is_absolute_path, is_unsplit, join, shell_line,
    stray_operator,
};
pub(crate) use task::container::Container;
pub(crate) use task::environment::{Secret, Variable, set_by_ecs};
pub(crate) use task::field_table::{
    Surroundings, Unsupported, may_be_unfit_for, unfit_for, unsupported_on, volume_may_be_unsupported,
};
pub(crate) use task::firelens::{AWSFIRELENS, FirelensConfiguration, RouterType, is_go_boolean};
pub(crate) use task::heap::HeapLimit;
pub(crate) use task::host_path::Mount;
pub(crate) use task::identity::{CredentialSpecFault, SecurityProfile, UserFault};
pub(crate) use task::isolation::RawDevice;
pub(crate) use task::lifecycle::{
    DEFAULT_HEALTH_CHECK_INTERVAL, DEFAULT_HEALTH_CHECK_TIMEOUT, DependencyCondition, awaited_names,
};
pub(crate) use task::linux_parameters::{
    FARGATE_CAPABILITY, capabilities, capability_meant, is_linux_capability, tmpfs_options,
};
pub(crate) use task::logging::{
    LogConfiguration, LogGroupFault, STREAM_PREFIX, is_awslogs_option, log_group_fault,
    nearest_awslogs_option,
};
pub(crate) use task::network::{
    LOG_ROUTER_PORT, Link, PortMapping, Ports, Protocol, WINDOWS_RESERVED_PORT, is_host_address,
    is_port_name, is_search_domain,
};
pub(crate) use task::pasted::{comma_list, is_program, pasted_list, scattered_list};
pub(crate) use task::probe::{LocalCall, Probe};
pub(crate) use task::proxy::{ProxyConfiguration, app_mesh_end};
pub(crate) use task::region_use::{RegionReader, RegionUse, Regions};
pub(crate) use task::resources::{KernelNamespace, ResourceRequirement, SystemControl, UNLIMITED};
pub(crate) use task::role::{RoleDemand, RoleNeed};
pub(crate) use task::s3::{S3Object, is_access_point};
pub(crate) use task::shell::{ShellCall, never_fails};
pub(crate) use task::task_definition::bare_containers;
pub(crate) use task::task_definition::{PlacementConstraint, TaskDefinition};
pub(crate) use task::volume::{DockerVolume, EfsVolume, MountPoint, Volume};
pub(crate) use value::account_id::account_ids;
pub(crate) use value::admin_name::admin_part;
pub(crate) use value::arn::{Arn, is_role_name};
pub(crate) use value::event_start::{DatetimeFormat, EventStartFault, multiline_pattern_fault};
pub(crate) use value::go_regex::RegexFaultKind;
pub(crate) use value::image::{Image, ReferenceFault};
pub(crate) use value::path::{PathForm, absolute};
pub(crate) use value::platform::{CpuArchitecture, LaunchType, NetworkMode, fargate_runs};
pub(crate) use value::region::{RegionFault, partition_of, region_fault};
pub(crate) use value::secret::{
    PlaceFault, SecretArn, SecretSource, is_parameter_name, is_parameter_resource, parameter_extras,
};
pub(crate) use value::size::{CpuUnits, FargateSize, Mebibytes, fargate_sizes_with, sure_fargate_sizes_with};
pub(crate) use value::time_zone::{is_respelled_time_zone, is_time_zone, time_zone_meant};
pub(crate) use value::wildcard::matches_pattern;
pub(crate) use workflow::Workflow;
pub(crate) use workflow::render::{ContainerName, RenderStep};
pub(crate) use workflow::step::{Action, Effect, Step, TaskFile};
pub(crate) use workflow::workspace::Reads;
