//! Lints any bytes as a CloudFormation template, and within one.

#![no_main]

use std::sync::LazyLock;

use ecs_lint_fuzz::{Frame, Laws, kept};
use libfuzzer_sys::fuzz_target;

static LAWS: LazyLock<Laws> = LazyLock::new(Laws::default);

const FRAMES: [Frame; 6] = [
    Frame::empty("template.yaml"),
    Frame::empty("template.json"),
    Frame {
        name: "task.yaml",
        before: "Parameters: {Cpu: {Type: Number, Default: 256}}\nConditions: {Is: !Equals [!Ref Cpu, 256]}\n\
                 Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n",
        after: "\n",
    },
    Frame {
        name: "service.yaml",
        before: "Resources: {Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: app}]}}, \
                 Service: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task, ",
        after: "}}}",
    },
    Frame {
        name: "task.json",
        before: r#"{"Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"#,
        after: "}}}}",
    },
    Frame {
        name: "target.yml",
        before: "Resources:\n  Target:\n    Type: AWS::ApplicationAutoScaling::ScalableTarget\n    Properties:\n      \
                 ServiceNamespace: ecs\n",
        after: "\n",
    },
];

fuzz_target!(|bytes: &[u8]| {
    if let Some((name, bytes)) = Frame::filled(&FRAMES, bytes) {
        kept(LAWS.bear_bytes(name, &bytes));
    }
});
