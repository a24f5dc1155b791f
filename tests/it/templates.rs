//! What the findings about a CloudFormation template say, and what their fixes write into it.

use ecs_lint::finding::Finding;
use ecs_lint::fix::apply;
use ecs_lint::linter::Outcome;

use crate::support::{Texts, linter};

const TEMPLATE: &str = r#"{"Resources": {
  "Web": {"Type": "AWS::ECS::TaskDefinition", "Properties": {
    "ContainerDefinitions": [
      {"Name": "name", "Image": "nginx:1.29.3", "memory": 512, "HealthCheck": {"Interval": 5}, "Foo": 1,
       "MountPoints": [{"SourceVolume": "d", "ContainerPath": "/d"}]}
    ],
    "TaskDefinitionArn": "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1",
    "Volumes": [{"Name": "d", "EfsVolumeConfiguration": {"FilesystemId": "fs-0a1b2c3d4e5f60718"}}]
  }},
  "Small": {"Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": {
    "ServiceNamespace": "ecs", "ResourceId": "service/main/web", "ScalableDimension": "ecs:service:DesiredCount",
    "MinCapacity": 1
  }}
}}
"#;

fn outcome() -> Outcome {
    linter(&[]).lint(&Texts::new([("template.json", TEMPLATE)]))
}

/// The finding whose message is this.
fn found<'o>(outcome: &'o Outcome, message: &str) -> &'o Finding {
    let all: Vec<&str> = outcome.findings.iter().map(|finding| finding.problem.message.as_str()).collect();
    let found = outcome.findings.iter().find(|finding| finding.problem.message == message);
    found.unwrap_or_else(|| panic!("no `{message}` in {all:#?}"))
}

#[test]
fn findings_say_the_names_and_the_replies_of_cloudformation() {
    let outcome = outcome();
    for (message, reply) in [
        (
            "`memory` is spelled `Memory` in CloudFormation",
            Some("#/ContainerDefinitions/0: extraneous key [memory] is not permitted"),
        ),
        // The handler sends it to the API.
        ("`HealthCheck` must have `Command`", None),
        (
            "unknown field `Foo` in a container definition",
            Some("#/ContainerDefinitions/0: extraneous key [Foo] is not permitted"),
        ),
        (
            "unknown field `TaskDefinitionArn` in a task definition",
            Some("#: extraneous key [TaskDefinitionArn] is not permitted"),
        ),
        (
            "`EfsVolumeConfiguration` is spelled `EFSVolumeConfiguration` in CloudFormation",
            Some("#/Volumes/0: extraneous key [EfsVolumeConfiguration] is not permitted"),
        ),
        ("a scalable target must have `MaxCapacity`", Some("#: required key [MaxCapacity] not found")),
        ("container `name` has no `LogConfiguration`", None),
    ] {
        let finding = found(&outcome, message);
        assert_eq!(finding.aws_says.as_deref(), reply, "{message}");
        assert_eq!(finding.format, Some("cloudformation"));
        let address = if message.contains("scalable target") { "Small" } else { "Web" };
        assert_eq!(finding.address.as_deref(), Some(address), "{message}");
    }
    assert!(outcome.findings.iter().all(|finding| !finding.problem.message.contains("`family`")));
}

#[test]
fn fixes_write_the_names_of_cloudformation() {
    let outcome = outcome();
    let source = &outcome.sources[&outcome.findings[0].problem.at.at.source];
    for (message, written) in [
        ("`memory` is spelled `Memory` in CloudFormation", "\"Memory\": 512"),
        (
            "`EfsVolumeConfiguration` is spelled `EFSVolumeConfiguration` in CloudFormation",
            "\"EFSVolumeConfiguration\": {\"FilesystemId\"",
        ),
        ("volume `d` sends its data to EFS unencrypted", "0718\", \"TransitEncryption\": \"ENABLED\"}"),
    ] {
        let fix = found(&outcome, message).problem.fix.as_ref().expect("it has a fix");
        let (text, _) = apply(source, [fix]);
        assert!(text.contains(written), "{message}: {text}");
    }
}

#[test]
fn what_an_expression_made_is_not_edited() {
    let template = |volumes: &str| {
        let task = format!(
            r#"{{"ContainerDefinitions": [{{"Name": "app", "Image": "nginx:1.29.3", "Memory": 512}}], "Volumes": {volumes}}}"#
        );
        format!(r#"{{"Resources": {{"Web": {{"Type": "AWS::ECS::TaskDefinition", "Properties": {task}}}}}}}"#)
    };
    let fixes = |volumes: &str| {
        let text = template(volumes);
        let outcome = linter(&[]).lint(&Texts::new([("template.json", text.as_str())]));
        let message = "volume `d` sends its data to EFS unencrypted";
        found(&outcome, message).problem.fix.is_some()
    };
    let volumes = r#"[{"Name": "d", "EFSVolumeConfiguration": {"FilesystemId": "fs-0a1b2c3d4e5f60718"}}]"#;
    assert!(fixes(volumes));
    assert!(!fixes(&format!(r#"{{"Fn::If": ["C", {volumes}, {volumes}]}}"#)));
}
