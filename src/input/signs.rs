//! The keys by which documents are recognized, with a lower-case first letter.

/// Keys of a task definition other than `family` and `containerDefinitions`.
pub(super) const TASK_DEFINITION_KEYS: &[&str] = &[
    "taskRoleArn",
    "executionRoleArn",
    "networkMode",
    "volumes",
    "placementConstraints",
    "requiresCompatibilities",
    "pidMode",
    "ipcMode",
    "proxyConfiguration",
    "inferenceAccelerators",
    "ephemeralStorage",
    "runtimePlatform",
    "enableFaultInjection",
];

/// Keys around a task definition in an API response, as AWS's clients print it.
pub(super) const ANSWER_KEYS: &[&str] =
    &["taskDefinition", "TaskDefinition", "tags", "Tags", "ResponseMetadata", "$metadata"];

/// Keys that identify a service.
pub(super) const SERVICE_WORDS: &[&str] = &[
    "serviceName",
    "desiredCount",
    "launchType",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "deploymentController",
    "loadBalancers",
    "serviceRegistries",
    "networkConfiguration",
    "schedulingStrategy",
    "placementStrategy",
    "placementConstraints",
    "propagateTags",
    "enableExecuteCommand",
    "enableECSManagedTags",
    "healthCheckGracePeriodSeconds",
    "platformVersion",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "availabilityZoneRebalancing",
];

/// Keys of a service that the input of `run-task` does not have.
pub(super) const SERVICE_ONLY_WORDS: &[&str] = &[
    "serviceName",
    "desiredCount",
    "deploymentConfiguration",
    "deploymentController",
    "loadBalancers",
    "serviceRegistries",
    "schedulingStrategy",
    "healthCheckGracePeriodSeconds",
    "serviceConnectConfiguration",
    "availabilityZoneRebalancing",
];

/// Keys that only the description of a service has.
pub(super) const DESCRIBED_SERVICE_KEYS: &[&str] = &[
    "serviceArn",
    "deployments",
    "runningCount",
    "pendingCount",
    "events",
    "createdAt",
    "currentServiceDeployment",
];

/// Keys of the input of `create-service` that do not identify a service.
pub(super) const MORE_CREATE_KEYS: &[&str] =
    &["cluster", "taskDefinition", "role", "clientToken", "tags", "vpcLatticeConfigurations"];

/// Keys of the input of `update-service` that do not identify a service.
pub(super) const MORE_UPDATE_KEYS: &[&str] =
    &["cluster", "taskDefinition", "forceNewDeployment", "vpcLatticeConfigurations"];

/// Keys of the input of `create-task-set` that the input of `update-service` does not have.
pub(super) const TASK_SET_KEYS: &[&str] = &["externalId", "scale", "launchType", "tags", "clientToken"];

/// Those that the input of `create-service` does not have either.
pub(super) const TASK_SET_ONLY_KEYS: &[&str] = &["externalId", "scale"];

/// Keys of a complete service that a task set does not have.
pub(super) const WHOLE_SERVICE_KEYS: &[&str] = &[
    "serviceName",
    "role",
    "schedulingStrategy",
    "desiredCount",
    "deploymentConfiguration",
    "deploymentController",
    "availabilityZoneRebalancing",
    "placementConstraints",
    "placementStrategy",
    "forceNewDeployment",
    "healthCheckGracePeriodSeconds",
    "enableExecuteCommand",
    "enableECSManagedTags",
    "propagateTags",
    "serviceConnectConfiguration",
    "volumeConfigurations",
    "vpcLatticeConfigurations",
    "gatewayConnectors",
    "monitoring",
];

/// The keys under which a scaling policy has its configuration.
pub(super) const POLICY_BLOCKS: &[&str] = &[
    "targetTrackingScalingPolicyConfiguration",
    "stepScalingPolicyConfiguration",
    "predictiveScalingPolicyConfiguration",
];

/// How the types of resources begin that CloudFormation makes of our documents.
pub(super) const TYPES: &[&str] = &["AWS::ECS::", "AWS::ApplicationAutoScaling::"];

/// Words in the spelling of CloudFormation, in documents that are told to have the wrong one.
pub(super) const CAPITALIZED_WORDS: &[&str] =
    &["ContainerDefinitions", "TaskDefinition", "PredefinedMetricPairSpecification"];

/// Words that suggest an ECS document in a text that cannot be parsed, or has not been yet.
pub(super) const TELLING_WORDS: &[&str] = &[
    "containerDefinitions",
    "taskDefinition",
    "requiresCompatibilities",
    "networkMode",
    "executionRoleArn",
    "taskRoleArn",
    "portMappings",
    "logConfiguration",
    "desiredCount",
    "deploymentConfiguration",
    "awsvpcConfiguration",
    "serviceConnectConfiguration",
    "capacityProviderStrategy",
    "ScalableDimension",
    "scalableDimension",
    "PredefinedMetricSpecification",
    "predefinedMetricSpecification",
    "StepAdjustments",
    "AdjustmentType",
];
