use crate::finding::{Category, Problem, Severity};
use crate::model::{Arn, LifecycleHook, Service, View};
use crate::rule::{Check, Profile, Reply, Report, Rule};
use crate::words::listed;

pub(super) const RULE: Rule = Rule {
    id: "invalid-lifecycle-hook",
    summary: "a lifecycle hook lacks a required field, or pauses where it cannot",
    category: Category::Rejected,
    severity: Severity::Error,
    profile: Profile::Default,
    fix: None,
    reply: Reply::Sometimes(&[
        "Invalid lifecycle stage provided for Pause Hook",
        "Invalid targetType. Valid values are: AWS_LAMBDA, PAUSE",
    ]),
    settings: &[],
    sources: &[
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html",
    ],
    check: Check::Service(check),
};

fn check(service: &Service, report: &mut Report) {
    if service.is_described() {
        return;
    }
    for hook in service.lifecycle_hooks() {
        if let Some(problem) = lacking(hook) {
            report.add(problem);
        }
        if let Some(target) = hook.target().known().filter(|_| hook.calls_function().is_yes()) {
            let arn = Arn::read(target.value());
            if !arn.is_some_and(|arn| arn.is_function()) {
                let what = match arn.and_then(|arn| arn.noun()) {
                    _ if arn.is_some_and(|arn| arn.is_role()) => "this is an IAM role".to_owned(),
                    Some("a Lambda function") => "this function ARN is incomplete".to_owned(),
                    Some(noun) => format!("this is {noun}"),
                    None if arn.is_some() => "this is the ARN of something else".to_owned(),
                    None => "not an ARN".to_owned(),
                };
                report.add(
                    Problem::new(
                        "the target of a lifecycle hook is not a Lambda function",
                        target.label(what),
                    )
                    .help("use the ARN of the function: `arn:aws:lambda:<Region>:<account>:function:<name>`"),
                );
            }
        }
        let Some(pause) = hook.pause() else { continue };
        for stage in hook.stages_among(&["TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"]) {
            let problem = Problem::new(
                format!("a deployment cannot pause at {stage}"),
                stage.label("traffic is shifting at this stage"),
            );
            report.add(
                problem
                    .also(pause.label("this hook pauses"))
                    .help(if stage.value() == "TEST_TRAFFIC_SHIFT" { "pause before it, at `POST_SCALE_UP`, or after it, at `POST_TEST_TRAFFIC_SHIFT`" } else { "pause before it, at `PRE_PRODUCTION_TRAFFIC_SHIFT`, or after it, at `POST_PRODUCTION_TRAFFIC_SHIFT`" })
                    .reply(0, &[]),
            );
        }
    }
}

/// The required fields that a hook certainly lacks.
fn lacking(hook: LifecycleHook) -> Option<Problem> {
    let mut lacks = Vec::new();
    if hook.calls_function().is_yes() {
        lacks.extend(hook.target().is_missing().then_some("hookTargetArn"));
        lacks.extend(hook.role().is_missing().then_some("roleArn"));
    }
    lacks.extend(hook.stages().is_missing().then_some("lifecycleStages"));
    let missing = listed(lacks.iter().copied());
    let label = hook.missing_label(lacks.first()?, format!("missing {missing}"));
    let help = match lacks.as_slice() {
        ["lifecycleStages"] => {
            "add the stages at which the hook runs, for example `\"lifecycleStages\": [\"POST_SCALE_UP\"]`"
        }
        _ if hook.target_type().is_missing() => {
            "a hook requires a Lambda function (`hookTargetArn`) and a role that lets ECS call it (`roleArn`), unless it has `\"targetType\": \"PAUSE\"`"
        }
        _ => {
            "a hook that calls a Lambda function requires the function (`hookTargetArn`) and a role that lets ECS call it (`roleArn`)"
        }
    };
    Some(Problem::new(format!("a lifecycle hook is missing {missing}"), label).help(help))
}
