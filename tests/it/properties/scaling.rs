//! Documents of Application Auto Scaling that AWS takes.

use serde_json::{Value, json};

use super::choices::{Choices, Fields};

/// A scalable target, a policy and a scheduled action for a service.
pub fn scaling(choices: &mut Choices, service: &str) -> [(&'static str, Value); 3] {
    let resource = format!("service/main/{service}");
    let named = || {
        let mut fields = Fields::default();
        fields.set("ServiceNamespace", "ecs");
        fields.set("ResourceId", resource.clone());
        fields.set("ScalableDimension", "ecs:service:DesiredCount");
        fields
    };
    let mut target = named();
    let min = choices.between(0, 5);
    target.set("MinCapacity", min);
    target.set("MaxCapacity", min + choices.between(1, 20));
    if choices.maybe() {
        target.set("SuspendedState", json!({"ScheduledScalingSuspended": false}));
    }

    let mut policy = named();
    policy.set("PolicyName", choices.name());
    let (kind, block, configuration) = configuration(choices);
    policy.set("PolicyType", kind);
    policy.set(block, configuration);

    let mut action = named();
    action.set("ScheduledActionName", choices.name());
    let schedule = choices.pick(&[
        "cron(0 8 ? * MON-FRI *)",
        "cron(15 10 1,15 * ? *)",
        "cron(0/30 8-18 ? * 2-6 *)",
        "cron(0 0 L * ? 2026-2030)",
        "rate(2 hours)",
        "rate(1 day)",
        "at(2031-05-01T08:00:00)",
    ]);
    action.set("Schedule", schedule);
    if choices.maybe() {
        action.set("Timezone", choices.pick(&["Europe/Berlin", "Etc/GMT+9", "UTC"]));
    }
    let from = choices.between(0, 5);
    action.set(
        "ScalableTargetAction",
        choices.pick(&[
            json!({"MinCapacity": from, "MaxCapacity": from + 10}),
            json!({"MaxCapacity": min + 30}),
        ]),
    );
    [
        ("scalable-target.json", target.done()),
        ("scaling-policy.json", policy.done()),
        ("scheduled-action.json", action.done()),
    ]
}

/// The type of a policy, and its configuration under its name.
fn configuration(choices: &mut Choices) -> (&'static str, &'static str, Value) {
    match choices.below(3) {
        0 => ("TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration", tracking(choices)),
        1 => ("StepScaling", "StepScalingPolicyConfiguration", steps(choices)),
        _ => ("PredictiveScaling", "PredictiveScalingPolicyConfiguration", prediction(choices)),
    }
}

fn tracking(choices: &mut Choices) -> Value {
    let mut block = Fields::default();
    let metric = choices.below(4);
    block.set("TargetValue", choices.pick(&[json!(60), json!(42.5), json!(100)]));
    match metric {
        0 | 1 => {
            let name = ["ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization"][metric];
            block.set("PredefinedMetricSpecification", json!({"PredefinedMetricType": name}));
        }
        2 => block.set(
            "PredefinedMetricSpecification",
            json!({"PredefinedMetricType": "ALBRequestCountPerTarget",
                "ResourceLabel": "app/web/0123456789abcdef/targetgroup/web/fedcba9876543210"}),
        ),
        _ => block.set(
            "CustomizedMetricSpecification",
            json!({"MetricName": "Backlog", "Namespace": "Shop", "Statistic": "Average", "Unit": "Count",
                "Dimensions": [{"Name": "Queue", "Value": "orders"}]}),
        ),
    }
    if choices.maybe() {
        block.set("ScaleInCooldown", choices.between(0, 600));
        block.set("ScaleOutCooldown", choices.between(0, 600));
    }
    if choices.maybe() {
        block.set("DisableScaleIn", choices.below(2) == 0);
    }
    block.done()
}

fn steps(choices: &mut Choices) -> Value {
    let mut block = Fields::default();
    let kind = choices.pick(&["ChangeInCapacity", "PercentChangeInCapacity", "ExactCapacity"]);
    block.set("AdjustmentType", kind);
    // From 0 upwards, one step after the other, the last one without an end.
    let count = 1 + choices.below(4) as i64;
    let step = |at: i64| {
        let mut step = Fields::default();
        step.set("MetricIntervalLowerBound", 10 * at);
        if at + 1 < count {
            step.set("MetricIntervalUpperBound", 10 * (at + 1));
        }
        step.set("ScalingAdjustment", at + 1);
        step.done()
    };
    block.set("StepAdjustments", (0..count).map(step).collect::<Vec<_>>());
    if choices.maybe() {
        block.set("Cooldown", choices.between(0, 600));
    }
    if choices.maybe() {
        block.set("MetricAggregationType", choices.pick(&["Average", "Minimum", "Maximum"]));
    }
    if kind == "PercentChangeInCapacity" && choices.maybe() {
        block.set("MinAdjustmentMagnitude", choices.between(1, 5));
    }
    block.done()
}

fn prediction(choices: &mut Choices) -> Value {
    let mut block = Fields::default();
    let pair = choices.pick(&["ECSServiceCPUUtilization", "ECSServiceMemoryUtilization"]);
    block.set(
        "MetricSpecifications",
        json!([{"TargetValue": choices.between(10, 90),
            "PredefinedMetricPairSpecification": {"PredefinedMetricType": pair}}]),
    );
    block.set("Mode", choices.pick(&["ForecastOnly", "ForecastAndScale"]));
    if choices.maybe() {
        block.set("SchedulingBufferTime", choices.between(0, 3600));
    }
    if choices.maybe() {
        block.set("MaxCapacityBreachBehavior", "IncreaseMaxCapacity");
        block.set("MaxCapacityBuffer", choices.between(0, 100));
    }
    block.done()
}
