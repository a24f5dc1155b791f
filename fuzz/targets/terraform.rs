//! Lints any bytes as a file of Terraform, and within one: HCL, JSON and a plan.

#![no_main]

use std::sync::LazyLock;

use ecs_lint_fuzz::{Frame, Laws, kept};
use libfuzzer_sys::fuzz_target;

static LAWS: LazyLock<Laws> = LazyLock::new(Laws::default);

const FRAMES: [Frame; 8] = [
    Frame::empty("main.tf"),
    Frame::empty("main.tf.json"),
    Frame::empty("plan.json"),
    Frame {
        name: "task.tf",
        before: "variable \"cpu\" {\n  default = 256\n}\nresource \"aws_ecs_task_definition\" \"app\" {\n",
        after: "\n}\n",
    },
    Frame {
        name: "containers.tf",
        before: "resource \"aws_ecs_task_definition\" \"app\" {\n  container_definitions = jsonencode([{ ",
        after: " }])\n}\n",
    },
    Frame {
        name: "text.tf",
        before: "resource \"aws_ecs_task_definition\" \"app\" {\n  container_definitions = <<-TEXT\n",
        after: "\n  TEXT\n}\n",
    },
    Frame {
        name: "service.tf",
        before: "locals {\n  name = \"app\"\n}\nresource \"aws_ecs_task_definition\" \"app\" {\n  family = local.name\n  \
                 container_definitions = jsonencode([{ name = local.name }])\n}\n\
                 resource \"aws_ecs_service\" \"app\" {\n  task_definition = aws_ecs_task_definition.app.arn\n",
        after: "\n}\n",
    },
    Frame {
        name: "tfplan.json",
        before: r#"{"format_version": "1.2", "planned_values": {"root_module": {"resources": [{"mode": "managed",
            "address": "aws_ecs_task_definition.app", "type": "aws_ecs_task_definition", "name": "app", "values": {"#,
        after: "}}]}}}",
    },
];

fuzz_target!(|bytes: &[u8]| {
    if let Some((name, bytes)) = Frame::filled(&FRAMES, bytes) {
        kept(LAWS.bear_bytes(name, &bytes));
    }
});
