//! Services that AWS takes.

use serde_json::{Value, json};

use super::choices::{Choices, Fields};
use super::task_definition::{Target, Task};

/// A service that runs a task definition, and its name.
pub fn service(choices: &mut Choices, task: &Task) -> (Value, String) {
    let mut service = Fields::default();
    let name = choices.name();
    service.set("serviceName", name.clone());
    service.set("cluster", "main");
    service.set("taskDefinition", task.family.clone());
    let is_awsvpc = task.network_mode == Some("awsvpc");
    let is_daemon = task.target != Target::Fargate && task.volume_of_service.is_none() && choices.maybe();
    runs_on(choices, task, is_daemon, &mut service);
    let count = if task.volume_of_service.is_some() { choices.between(1, 4) } else { choices.between(0, 10) };
    if is_daemon {
        service.set("schedulingStrategy", "DAEMON");
    } else {
        service.set("desiredCount", count);
    }
    if is_awsvpc {
        let mut vpc = Fields::default();
        vpc.set("subnets", json!(["subnet-0a1b2c3d4e5f60718", "subnet-0b2c3d4e5f6071829"]));
        vpc.set("securityGroups", json!(["sg-0f1e2d3c4b5a69788"]));
        if task.target == Target::Fargate && choices.maybe() {
            vpc.set("assignPublicIp", choices.pick(&["ENABLED", "DISABLED"]));
        }
        service.set("networkConfiguration", json!({"awsvpcConfiguration": vpc.done()}));
    }
    if let Some(volume) = &task.volume_of_service {
        let mut ebs = Fields::default();
        ebs.set("roleArn", "arn:aws:iam::111122223333:role/ecsInfrastructureRole");
        match choices.below(2) {
            0 => ebs.set("sizeInGiB", choices.between(1, 1000)),
            _ => {
                ebs.set("volumeType", "gp3");
                ebs.set("sizeInGiB", choices.between(10, 1000));
                ebs.set("iops", 3000);
                ebs.set("throughput", choices.between(125, 500));
            }
        }
        if choices.maybe() {
            ebs.set("filesystemType", choices.pick(&["ext4", "xfs"]));
        }
        service.set("volumeConfigurations", json!([{"name": volume, "managedEBSVolume": ebs.done()}]));
    }
    let balanced = task.target != Target::External && balance(choices, task, &mut service);
    deployments(choices, is_daemon, balanced, &mut service);
    let is_reachable =
        task.target != Target::External && matches!(task.network_mode, None | Some("awsvpc" | "bridge"));
    if let (Some(port), false) = (&task.port_name, is_daemon || !is_reachable)
        && choices.maybe()
    {
        service.set(
            "serviceConnectConfiguration",
            json!({"enabled": true, "namespace": "shop",
                "services": [{"portName": port, "clientAliases": [{"port": 80, "dnsName": "web"}]}]}),
        );
    }
    if task.target == Target::Instances && !is_daemon && choices.maybe() {
        service.set(
            "placementStrategy",
            choices.pick(&[
                json!([{"type": "spread", "field": "attribute:ecs.availability-zone"}, {"type": "binpack", "field": "memory"}]),
                json!([{"type": "random"}]),
                json!([{"type": "spread", "field": "instanceId"}]),
            ]),
        );
    }
    if choices.maybe() {
        service.set("enableECSManagedTags", true);
        service.set("propagateTags", choices.pick(&["TASK_DEFINITION", "SERVICE"]));
    }
    if choices.maybe() {
        service.set("tags", json!([{"key": "team", "value": "shop"}]));
    }
    (service.done(), name)
}

fn runs_on(choices: &mut Choices, task: &Task, is_daemon: bool, service: &mut Fields) {
    match task.target {
        Target::Fargate if choices.maybe() => {
            service.set(
                "capacityProviderStrategy",
                json!([{"capacityProvider": "FARGATE", "base": 1, "weight": 1},
                    {"capacityProvider": "FARGATE_SPOT", "weight": choices.between(1, 1000)}]),
            );
        }
        Target::Fargate => {
            service.set("launchType", "FARGATE");
            if choices.maybe() {
                service.set("platformVersion", choices.pick(&["LATEST", "1.4.0"]));
            }
        }
        Target::Instances if !is_daemon && choices.maybe() => {
            service.set("capacityProviderStrategy", json!([{"capacityProvider": "instances", "weight": 1}]));
        }
        Target::Instances => service.set("launchType", "EC2"),
        Target::External => service.set("launchType", "EXTERNAL"),
    }
}

/// Puts the service behind a load balancer, if its task definition listens.
fn balance(choices: &mut Choices, task: &Task, service: &mut Fields) -> bool {
    let Some((container, port)) = task.listens.as_ref().filter(|_| choices.maybe()) else { return false };
    let group = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef";
    service.set(
        "loadBalancers",
        json!([{"targetGroupArn": group, "containerName": container, "containerPort": port}]),
    );
    if choices.maybe() {
        service.set("healthCheckGracePeriodSeconds", choices.between(0, 300));
    }
    true
}

fn deployments(choices: &mut Choices, is_daemon: bool, is_balanced: bool, service: &mut Fields) {
    if choices.maybe() {
        service.set("deploymentController", json!({"type": "ECS"}));
    }
    let mut deployment = Fields::default();
    if is_daemon {
        deployment.set("minimumHealthyPercent", choices.pick(&[0, 50]));
        deployment.set("maximumPercent", 100);
    } else {
        deployment.set("minimumHealthyPercent", choices.pick(&[100, 50, 75]));
        deployment.set("maximumPercent", choices.pick(&[200, 250, 400]));
    }
    if choices.maybe() {
        deployment
            .set("deploymentCircuitBreaker", json!({"enable": true, "rollback": choices.below(2) == 0}));
    }
    if choices.maybe() {
        deployment.set("alarms", json!({"alarmNames": ["web-errors"], "enable": true, "rollback": true}));
    }
    if !is_daemon && !is_balanced && choices.maybe() {
        match choices.below(2) {
            0 => deployment.set("strategy", "ROLLING"),
            _ => {
                deployment.set("strategy", "BLUE_GREEN");
                deployment.set("bakeTimeInMinutes", choices.between(0, 1440));
            }
        }
    }
    service.set("deploymentConfiguration", deployment.done());
}
