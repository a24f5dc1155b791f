//! Lints any bytes as a workflow of GitHub Actions, and within one.

#![no_main]

use std::sync::LazyLock;

use ecs_lint_fuzz::{Frame, Laws, kept};
use libfuzzer_sys::fuzz_target;

static LAWS: LazyLock<Laws> = LazyLock::new(Laws::default);

const FRAMES: [Frame; 3] = [
    Frame::empty(".github/workflows/deploy.yml"),
    Frame {
        name: ".github/workflows/render.yml",
        before: "jobs:\n  deploy:\n    steps:\n      - uses: aws-actions/amazon-ecs-render-task-definition@v1\n        with:\n",
        after: "\n",
    },
    Frame {
        name: ".github/workflows/service.yaml",
        before: "jobs: {deploy: {steps: [{uses: aws-actions/amazon-ecs-deploy-task-definition@v2, with: {",
        after: "}}]}}",
    },
];

fuzz_target!(|bytes: &[u8]| {
    if let Some((name, bytes)) = Frame::filled(&FRAMES, bytes) {
        kept(LAWS.bear_bytes(name, &bytes));
    }
});
