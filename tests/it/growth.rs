//! Twice the input takes about twice the time, whatever it consists of.
//!
//! Each kind of input is linted and reported in one thread, at two sizes. A cost that grows with the square
//! makes four times the input sixteen times as expensive; half of that is refused. What other programs do in the
//! meantime is not counted, and the best of several times is, so that a busy machine fails nothing.

use std::sync::Arc;
use std::time::Duration;

use ecs_lint::apply_fixes;
use ecs_lint::fix::Safety;
use ecs_lint::inputs::SETTINGS_FILE;
use ecs_lint::linter::Linter;
use ecs_lint::report::{Human, Run};
use ecs_lint::rules::Registry;
use ecs_lint::secrecy::Masked;
use ecs_lint::settings::{self, Settings};
use ecs_lint::source::{Source, SourceId};

use crate::support::{Texts, written};

/// How much larger the larger input is.
const TIMES: usize = 4;
/// How many times as long it may take.
const MOST: f64 = 8.0;
/// How often each size is measured before the kind is found too slow.
const ROUNDS: usize = 10;

type Files = Vec<(String, String)>;

/// What is done with an input.
#[derive(Clone, Copy, Debug)]
enum Work {
    /// It is linted and reported in a format.
    Report(&'static str),
    /// It is linted, and each finding is shown with its source.
    Picture,
    /// Its faults are fixed.
    Fix,
}

fn spent(work: Work, files: &Files) -> Duration {
    let registry = Registry::default();
    let start = clock();
    let settings = settings_of(files, &registry);
    let reading = clock() - start;
    let linter = Linter::new(registry, settings);
    let texts = Texts::new(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let start = clock();
    match work {
        Work::Report(format) => drop(written(format, &linter, &linter.lint_with_threads(&texts, 1))),
        Work::Picture => {
            let outcome = Masked::of(linter.lint_with_threads(&texts, 1));
            let pictures = Human::new(&Run::of(&outcome, linter.registry())).findings();
            assert_eq!(pictures.failures, []);
        }
        Work::Fix => drop(apply_fixes(&linter, &texts, Safety::Unsafe)),
    }
    reading + (clock() - start)
}

/// The settings that lie among some files.
fn settings_of(files: &Files, registry: &Registry) -> Settings {
    let mut settings = Settings::default();
    if let Some((_, text)) = files.iter().find(|(name, _)| name == SETTINGS_FILE) {
        let source = Arc::new(Source::new(SourceId(u32::MAX), SETTINGS_FILE, text.as_str()));
        let mut file = settings::read(source, registry).expect("they are valid");
        file.is_whole = true;
        settings.add(SETTINGS_FILE, file);
    }
    settings
}

/// The time that this thread has had.
#[cfg(unix)]
fn clock() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a thread has not run for less than no time")
}

/// The time that has passed.
#[cfg(not(unix))]
fn clock() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGIN.elapsed()
}

/// Fails if the larger input takes too long.
fn grows_in_proportion(work: Work, size: usize, input: impl Fn(usize) -> Files) {
    let (small, large) = (input(size), input(size * TIMES));
    let (mut of_small, mut of_large) = (Duration::MAX, Duration::MAX);
    let ratio = |large: Duration, small: Duration| large.as_secs_f64() / small.as_secs_f64();
    for _ in 0..ROUNDS {
        of_small = of_small.min(spent(work, &small));
        of_large = of_large.min(spent(work, &large));
        if ratio(of_large, of_small) < MOST {
            return;
        }
    }
    panic!("{work:?}: {size} take {of_small:?}, {TIMES} times as many {of_large:?}");
}

fn one(text: String) -> Files {
    vec![("a.json".to_owned(), text)]
}

/// The parts of a text, one for each number.
fn each(size: usize, between: &str, part: impl Fn(usize) -> String) -> String {
    (0..size).map(part).collect::<Vec<_>>().join(between)
}

fn task(family: &str, more: &str) -> String {
    format!(
        r#"{{"family": "{family}", "containerDefinitions": [{{"name": "a", "image": "b:1.2", "memory": 8}}]{more}}}"#
    )
}

fn task_with_environment(variables: &str) -> String {
    format!(
        r#"{{"family": "w", "containerDefinitions": [{{"name": "a", "image": "b:1.2", "memory": 8, "environment": [{variables}]}}]}}"#
    )
}

fn service(name: usize, task: &str) -> String {
    format!(r#"{{"serviceName": "s{name}", "cluster": "c", "taskDefinition": "{task}", "desiredCount": 2}}"#)
}

fn target(service: &str) -> String {
    format!(
        r#"{{"ServiceNamespace": "ecs", "ResourceId": "service/c/{service}", "ScalableDimension": "ecs:service:DesiredCount", "MinCapacity": 1, "MaxCapacity": 4}}"#
    )
}

fn policy(name: usize, service: &str) -> String {
    format!(
        r#"{{"PolicyName": "p{name}", "ServiceNamespace": "ecs", "ResourceId": "service/c/{service}", "ScalableDimension": "ecs:service:DesiredCount", "PolicyType": "TargetTrackingScaling", "TargetTrackingScalingPolicyConfiguration": {{"TargetValue": 50.0, "PredefinedMetricSpecification": {{"PredefinedMetricType": "ECSServiceAverageCPUUtilization"}}}}}}"#
    )
}

#[test]
fn steps_of_one_workflow() {
    let workflow = |steps: String| {
        let text = format!("jobs:\n  a:\n    steps:\n    - uses: actions/checkout@v4\n{steps}");
        (".github/workflows/a.yml".to_owned(), text)
    };
    let step = |at: usize, file: &str, name: usize| {
        format!(
            "    - run: make {at}\n    - id: s{at}\n      uses: aws-actions/amazon-ecs-render-task-definition@v1\n      with: {{ task-definition: {file}, container-name: c{name}, image: x }}\n    - uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n      with: {{ task-definition: {file}, service: s{at} }}\n"
        )
    };
    let containers = |size: usize| {
        let all = each(size, ",\n", |at| format!(r#"{{"name": "c{at}", "memory": 8, "user": ""}}"#));
        format!(r#"{{"family": "w", "containerDefinitions": [{all}]}}"#)
    };
    // Of one file, each of another, each of what the last one has rendered.
    grows_in_proportion(Work::Report("concise"), 150, |size| {
        let steps = each(size, "", |at| step(at, "a.json", at + 1));
        vec![workflow(steps), ("a.json".to_owned(), containers(size))]
    });
    grows_in_proportion(Work::Report("concise"), 150, |size| {
        let steps = each(size, "", |at| step(at, &format!("{at}.json"), 1));
        let files = (0..size).map(|at| (format!("{at}.json"), task(&format!("f{at}"), "")));
        std::iter::once(workflow(steps)).chain(files).collect()
    });
    grows_in_proportion(Work::Report("concise"), 150, |size| {
        let file = |at: usize| match at {
            0 => "a.json".to_owned(),
            at => format!("\"${{{{ steps.s{}.outputs.task-definition }}}}\"", at - 1),
        };
        let steps = each(size, "", |at| step(at, &file(at), at));
        vec![workflow(steps), ("a.json".to_owned(), containers(size))]
    });
}

#[test]
fn unknown_keys_of_one_object() {
    grows_in_proportion(Work::Report("concise"), 600, |size| {
        one(task("w", &each(size, "", |at| format!(",\n\"zz{at}\": 1"))))
    });
}

#[test]
fn findings_on_one_line() {
    for format in ["concise", "human", "json", "sarif"] {
        grows_in_proportion(Work::Report(format), 150, |size| {
            one(format!("[{}]", each(size, ", ", |at| task(&format!("f{at}"), r#", "taskRoleArn": "w""#))))
        });
    }
}

#[test]
fn fixes_in_one_list() {
    let numbers = |size| each(size, ",\n", |at| format!(r#"{{"name": "A{at}", "value": {at}}}"#));
    grows_in_proportion(Work::Report("human"), 150, |size| one(task_with_environment(&numbers(size))));
    grows_in_proportion(Work::Fix, 250, |size| one(task_with_environment(&numbers(size))));
    grows_in_proportion(Work::Fix, 250, |size| {
        let ports = each(size, ",\n", |_| r#"{"containerPort": 80}"#.to_owned());
        let container =
            format!(r#"{{"name": "a", "image": "b:1.2", "memory": 8, "portMappings": [{ports}]}}"#);
        one(format!(r#"{{"family": "w", "containerDefinitions": [{container}]}}"#))
    });
}

#[test]
fn signs_of_one_value() {
    for sign in ["{", "[[", "((", "${", "#{", "$(", "{{", "'", "<", "__", "%"] {
        grows_in_proportion(Work::Report("concise"), 5_000, |size| {
            let value = sign.repeat(size);
            one(task_with_environment(&format!(r#"{{"name": "A", "value": "{value}"}}"#)))
        });
    }
}

#[test]
fn what_is_no_item_of_one_line() {
    for item in ["'a'", "__a", "<a", "{{x}}"] {
        grows_in_proportion(Work::Report("concise"), 200, |size| {
            one(format!(r#"{{"containerDefinitions": [{}]}}"#, each(size, ",", |_| item.to_owned())))
        });
    }
}

#[test]
fn volumes_of_one_task() {
    grows_in_proportion(Work::Report("concise"), 250, |size| {
        let volumes = each(size, ", ", |at| format!(r#"{{"name": "v{at}"}}"#));
        let mounts =
            each(size, ", ", |at| format!(r#"{{"sourceVolume": "v{at}", "containerPath": "/{at}"}}"#));
        let container =
            format!(r#"{{"name": "a", "image": "b:1.2", "memory": 8, "mountPoints": [{mounts}]}}"#);
        one(format!(r#"{{"family": "w", "containerDefinitions": [{container}], "volumes": [{volumes}]}}"#))
    });
}

/// A task definition of one container, with more of its own.
fn task_with_container(container: &str, more: &str) -> String {
    format!(
        r#"{{"family": "w", "containerDefinitions": [{{"name": "a", "image": "b:1.2", "memory": 8, {container}}}]{more}}}"#
    )
}

#[test]
fn mounts_of_one_task() {
    let mounts = |size, name: &str| {
        let mount = |at| format!(r#"{{"sourceVolume": "{name}{at}", "containerPath": "C:\\m{at}"}}"#);
        format!(r#""mountPoints": [{}]"#, each(size, ", ", mount))
    };
    let volumes = |size| {
        let volume = |at| format!(r#"{{"name": "v{at}", "host": {{"sourcePath": "D:\\s{at}"}}}}"#);
        format!(r#", "volumes": [{}]"#, each(size, ", ", volume))
    };
    let windows = r#", "runtimePlatform": {"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}"#;
    for name in ["v", "x"] {
        grows_in_proportion(Work::Report("concise"), 150, |size| {
            one(task_with_container(&mounts(size, name), &format!("{}{windows}", volumes(size))))
        });
    }
}

#[test]
fn what_fargate_does_not_support() {
    grows_in_proportion(Work::Report("concise"), 150, |size| {
        let volumes = each(size, ", ", |at| {
            format!(
                r#"{{"name": "v{at}", "host": {{"sourcePath": "/s{at}"}}, "dockerVolumeConfiguration": {{}}}}"#
            )
        });
        let fargate = r#", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512""#;
        one(task("w", &format!(r#"{fargate}, "volumes": [{volumes}]"#)))
    });
}

#[test]
fn secrets_of_one_container() {
    let variables = |size, value: &dyn Fn(usize) -> String| {
        each(size, ", ", |at| format!(r#"{{"name": "DB{at}_PASSWORD", "value": "{}"}}"#, value(at)))
    };
    let values: [&dyn Fn(usize) -> String; 4] = [
        &|at| format!("hunter2-{at}"),
        &|at| format!("{}{at}", "Xq9z".repeat(20)),
        &|at| format!("ghp_{}{at:06}", "QZ4XW7KP".repeat(4)),
        &|at| format!("wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzAA{at:06}"),
    ];
    for value in values {
        grows_in_proportion(Work::Report("concise"), 100, |size| {
            one(task_with_environment(&variables(size, value)))
        });
    }
    grows_in_proportion(Work::Report("concise"), 150, |size| {
        let secrets = each(size, ", ", |at| format!(r#"{{"name": "A{at}", "valueFrom": "/p/{at}"}}"#));
        let variables = each(size, ", ", |at| format!(r#"{{"name": "A{at}", "value": "x"}}"#));
        one(task_with_container(&format!(r#""secrets": [{secrets}], "environment": [{variables}]"#), ""))
    });
}

#[test]
fn documents_of_one_file() {
    grows_in_proportion(Work::Report("concise"), 250, |size| {
        one(format!("[{}]", each(size, ", ", |at| task(&format!("f{at}"), ""))))
    });
    grows_in_proportion(Work::Report("concise"), 250, |size| {
        one(format!("[{}]", each(size, ", ", |at| task("w", &format!(r#", "revision": {}"#, at + 1)))))
    });
}

/// One file for each document.
fn files(name: &str, documents: impl Iterator<Item = String>) -> impl Iterator<Item = (String, String)> {
    documents.enumerate().map(move |(at, text)| (format!("{name}{at}.json"), text))
}

#[test]
fn services_that_refer_to_nothing() {
    grows_in_proportion(Work::Report("concise"), 60, |size| {
        let services = files("s", (0..size).map(|at| service(at, &format!("zz{at}:1"))));
        services.chain(files("t", (0..size).map(|at| task(&format!("f{at}"), "")))).collect()
    });
}

#[test]
fn services_of_one_task_definition() {
    grows_in_proportion(Work::Report("concise"), 60, |size| {
        let services = files("s", (0..size).map(|at| service(at, "w")));
        services.chain(files("t", std::iter::once(task("w", "")))).collect()
    });
}

#[test]
fn policies_of_one_service() {
    grows_in_proportion(Work::Report("concise"), 60, |size| {
        let others = [service(0, "w"), target("s0"), task("w", "")];
        files("p", (0..size).map(|at| policy(at, "s0"))).chain(files("o", others.into_iter())).collect()
    });
}

#[test]
fn services_and_what_scales_others() {
    grows_in_proportion(Work::Report("concise"), 30, |size| {
        let services = files("s", (0..size).map(|at| service(at, "w")));
        let targets = files("g", (0..size).map(|at| target(&format!("x{at}"))));
        services.chain(targets).chain(files("p", (0..size).map(|at| policy(at, &format!("x{at}"))))).collect()
    });
}

#[test]
fn projects_of_many_folders() {
    grows_in_proportion(Work::Report("concise"), 20, |size| {
        let folder = |at: usize| {
            let service_name = format!("s{at}");
            let texts = [
                task(&format!("f{at}"), ""),
                service(at, &format!("f{at}")),
                target(&service_name),
                policy(at, &service_name),
            ];
            files(&format!("a{at}/"), texts.into_iter()).collect::<Vec<_>>()
        };
        (0..size).flat_map(folder).collect()
    });
}

/// Some files, and the settings that are in force for them.
fn with_settings(files: impl Iterator<Item = (String, String)>, settings: String) -> Files {
    files.chain([(SETTINGS_FILE.to_owned(), settings)]).collect()
}

#[test]
fn settings_of_many_folders() {
    let parts: [fn(usize) -> String; 6] = [
        |at| format!("[[override]]\nfiles = [\"d{at}-x/**\"]\nskip = [\"unpinned-image\"]\n"),
        |at| format!("[[override]]\nfiles = [\"**/*{at}-x/*\"]\nskip = [\"unpinned-image\"]\n"),
        |at| format!("[[ignore]]\nrule = \"unpinned-image\"\npath = \"d{at}-x/a.json\"\nreason = \"x\"\n"),
        |at| {
            format!(
                "[[ignore]]\nrule = \"unpinned-image\"\npath = \"d{at}-x/a.json\"\ncontainer = \"a\"\nreason = \"x\"\n"
            )
        },
        |at| format!("[[ignore]]\nrule = \"missing-field\"\npath = \"[[]d{at}[]]/a.json\"\nreason = \"x\"\n"),
        |at| format!("[[ignore]]\nrule = \"privileged-container\"\npath = \"d{at}-y*\"\nreason = \"x\"\n"),
    ];
    for part in parts {
        grows_in_proportion(Work::Report("concise"), 100, |size| {
            let folder = |at: usize| (format!("d{at}-x/a.json"), task(&format!("f{at}"), ""));
            with_settings((0..size).map(folder), each(size, "", part))
        });
    }
}

#[test]
fn entries_for_one_file() {
    grows_in_proportion(Work::Report("concise"), 1_000, |size| {
        let text = task_with_environment(&each(size, ", ", |at| {
            format!(r#"{{"name": "DB_PASSWORD{at}", "value": "hunter{at}X"}}"#)
        }));
        let entries = each(size, "", |at| {
            let pointer = format!("containerDefinitions[a].environment[DB_PASSWORD{at}].value");
            format!(
                "[[ignore]]\nrule = \"suspected-secret\"\npath = \"a.json\"\npointer = \"{pointer}\"\nreason = \"x\"\n"
            )
        });
        with_settings(one(text).into_iter(), entries)
    });
}

#[test]
fn own_placeholders_of_one_file() {
    grows_in_proportion(Work::Report("concise"), 1_000, |size| {
        let variables = each(size, ", ", |at| format!(r#"{{"name": "A{at}", "value": "@@X{at}@@ %Y%"}}"#));
        let placeholders = each(size, ", ", |at| format!("\"@{at}@*@@\""));
        let text = task_with_environment(&variables);
        with_settings(one(text).into_iter(), format!("placeholders = [{placeholders}]\n"))
    });
}

#[test]
fn defaults_of_one_template() {
    grows_in_proportion(Work::Report("concise"), 40, |size| {
        let parameters =
            each(size, ", ", |at| format!(r#""P{at}": {{"Type": "String", "Default": "8192"}}"#));
        let conditions =
            each(size, ", ", |at| format!(r#""C{at}": {{"Fn::Equals": [{{"Ref": "P{at}"}}, "512"]}}"#));
        let resources = each(size, ", ", |at| {
            format!(
                r#""T{at}": {{"Type": "AWS::ECS::TaskDefinition", "Properties": {{
                    "Cpu": {{"Fn::If": ["C{at}", "512", "256"]}}, "Memory": {{"Ref": "P{at}"}},
                    "NetworkMode": "awsvpc", "RequiresCompatibilities": ["FARGATE"],
                    "ContainerDefinitions": [{{"Name": "a", "Image": "b:1.2"}}]}}}}"#
            )
        });
        one(format!(
            r#"{{"Parameters": {{{parameters}}}, "Conditions": {{{conditions}}}, "Resources": {{{resources}}}}}"#
        ))
    });
}

#[test]
fn conditions_of_one_template() {
    grows_in_proportion(Work::Report("concise"), 60, |size| {
        let parameters = each(size, ", ", |at| format!(r#""P{at}": {{"Type": "String"}}"#));
        let condition = |at: usize| match at {
            0..10 => format!(r#""C{at}": {{"Fn::Equals": [{{"Ref": "P{at}"}}, "x"]}}"#),
            _ => {
                let others = each(9, ", ", |before| format!(r#"{{"Condition": "C{}"}}"#, at - 1 - before));
                format!(r#""C{at}": {{"Fn::Or": [{others}]}}"#)
            }
        };
        let conditions = each(size, ", ", condition);
        let variables = each(size, ", ", |at| {
            format!(r#"{{"Name": "V{at}", "Value": {{"Fn::If": ["C{at}", "a", "b"]}}}}"#)
        });
        one(format!(
            r#"{{"Parameters": {{{parameters}}}, "Conditions": {{{conditions}}}, "Resources": {{"T": {{
                "Type": "AWS::ECS::TaskDefinition", "Properties": {{"ContainerDefinitions": [
                    {{"Name": "a", "Image": "b:1.2", "Memory": 8, "Environment": [{variables}]}}]}}}}}}}}"#
        ))
    });
}

#[test]
fn secrets_on_one_line() {
    grows_in_proportion(Work::Picture, 100, |size| {
        one(task_with_environment(&each(size, ", ", |at| {
            format!(r#"{{"name": "A{at}_PASSWORD", "value": "kT9x2-vQ{at}"}}, {{"zz": "B{at}"}}"#)
        })))
    });
}

#[test]
fn what_may_be_secret_of_one_object_or_value() {
    let template = |text: String| {
        of("a.json", format!(r#"{{"Resources": {{"T": {{"Type": "AWS::ECS::TaskDefinition"}}}}, {text}}}"#))
    };
    grows_in_proportion(Work::Report("json"), 500, |size| {
        let compared = each(size, ", ", |at| format!(r#""a{at}""#));
        template(format!(r#""Conditions": {{"C": {{"Fn::Equals": [{compared}]}}}}"#))
    });
    grows_in_proportion(Work::Report("json"), 500, |size| {
        let defaults = r#""Default": "x", "#.repeat(size);
        template(format!(r#""Parameters": {{"DbPassword": {{{defaults}"Type": "String"}}}}"#))
    });
    grows_in_proportion(Work::Report("json"), 500, |size| {
        let names = r#""name": "DB_PASSWORD", "#.repeat(size);
        one(task_with_environment(&format!(r#"{{{names}"value": "x"}}"#)))
    });
    grows_in_proportion(Work::Report("json"), 500, |size| {
        one(task_with_environment(&format!(r#"{{"name": "X", "value": "{}"}}"#, "eyJa-".repeat(size))))
    });
}

fn of(name: &str, text: String) -> Files {
    vec![(name.to_owned(), text)]
}

/// A module with local values, of which a container of a task definition has one under a name.
fn module(locals: &str, key: &str, value: &str) -> Files {
    let container = format!(r#"{{ name = "a", image = "b:1.2", memory = 8, {key} = {value} }}"#);
    let task = format!("family = \"w\"\n  container_definitions = jsonencode([{container}])");
    of(
        "main.tf",
        format!(
            "variable \"v\" {{ default = \"a\" }}\nlocals {{\n{locals}\n}}\nresource \"aws_ecs_task_definition\" \"w\" {{\n  {task}\n}}\n"
        ),
    )
}

#[test]
fn values_that_repeat_each_other() {
    let doubled: [(&str, &dyn Fn(usize) -> String); 4] = [
        ("command", &|at| format!("[local.x{at}, local.x{at}]")),
        ("dockerLabels", &|at| format!("{{ a = local.x{at}, b = local.x{at} }}")),
        ("command", &|at| format!("tolist([local.x{at}, local.x{at}])")),
        ("command", &|at| format!("var.v == \"a\" ? [local.x{at}, local.x{at}] : []")),
    ];
    for (key, value) in doubled {
        grows_in_proportion(Work::Report("concise"), 20, |size| {
            let locals = each(size, "\n", |at| format!("x{} = {}", at + 1, value(at)));
            module(&format!("x0 = [\"a\"]\n{locals}"), key, &format!("local.x{size}"))
        });
    }
    // A value that is a part of itself has no end.
    grows_in_proportion(Work::Report("concise"), 20, |size| {
        let locals = each(size, "\n", |at| format!("x{at} = [local.x{}]", (at + 1) % size));
        module(&locals, "command", "local.x0")
    });
    grows_in_proportion(Work::Report("concise"), 20, |size| {
        let found = |at| format!("!FindInMap [M, k{at}, v]");
        let keys = each(size, "", |at| format!("    k{}: {{v: [{}, {}]}}\n", at + 1, found(at), found(at)));
        let containers = format!("Properties: {{Family: w, ContainerDefinitions: {}}}", found(size));
        of(
            "a.yaml",
            format!(
                "Mappings:\n  M:\n    k0: {{v: [a]}}\n{keys}Resources:\n  W:\n    Type: AWS::ECS::TaskDefinition\n    {containers}\n"
            ),
        )
    });
}

#[test]
fn credentials_of_one_command() {
    grows_in_proportion(Work::Report("concise"), 800, |size| {
        let words = each(size, ", ", |at| format!(r#""--password", "Zx2{at}hq9""#));
        one(task_with_container(&format!(r#""command": [{words}]"#), ""))
    });
    for part in
        ["curl -u a:b1c2d3 ", "mysql -pabc1 ", "Authorization: Bearer a1b2c3d4 ", "A_PASSWORD=a1b2c3;"]
    {
        grows_in_proportion(Work::Report("concise"), 800, |size| {
            one(task_with_container(&format!(r#""command": ["sh", "-c", "{}"]"#, part.repeat(size)), ""))
        });
    }
    grows_in_proportion(Work::Report("concise"), 800, |size| {
        let lines = "    start --now DB_PASSWORD=a1b2c3d4\n".repeat(size);
        of(
            "a.yaml",
            format!("family: w\ncontainerDefinitions:\n- name: a\n  command: |\n{lines}  image: b\n"),
        )
    });
}

#[test]
fn what_one_container_repeats() {
    let repeated = [
        ("environment", r#"{"name": "A", "value": "b"}"#),
        ("portMappings", r#"{"containerPort": 80, "hostPort": 80}"#),
        ("ulimits", r#"{"name": "nofile", "softLimit": 1, "hardLimit": 1}"#),
    ];
    for (list, item) in repeated {
        grows_in_proportion(Work::Report("concise"), 800, |size| {
            one(task_with_container(&format!(r#""{list}": [{}]"#, each(size, ",", |_| item.to_owned())), ""))
        });
    }
    grows_in_proportion(Work::Report("concise"), 300, |size| {
        let names = each(size, ",", |at| format!("\"X{at}\""));
        one(task_with_container(
            &format!(r#""linuxParameters": {{"capabilities": {{"drop": [{names}]}}}}"#),
            "",
        ))
    });
}

#[test]
fn containers_in_a_text() {
    grows_in_proportion(Work::Report("concise"), 300, |size| {
        let variables = each(size, ",\n", |at| format!(r#"{{"name": "A{at}", "value": {at}}}"#));
        let containers =
            format!(r#"[{{"name": "a", "image": "b:1.2", "memory": 8, "environment": [{variables}]}}]"#);
        of(
            "main.tf",
            format!(
                "resource \"aws_ecs_task_definition\" \"w\" {{\n  family = \"w\"\n  container_definitions = <<E\n{containers}\nE\n}}\n"
            ),
        )
    });
}

#[test]
fn words_of_one_comment() {
    for word in ["password ", "password k9hUnTeR ", "// ", "// password "] {
        for name in ["a.yaml", "a.json"] {
            grows_in_proportion(Work::Picture, 2_000, |size| {
                let comment = word.repeat(size);
                let text = match name {
                    "a.yaml" => format!("family: w\nfoo: 1 # {comment}\ncontainerDefinitions: []\n"),
                    _ => format!("{{\"family\": \"w\", // {comment}\n\"containerDefinitions\": [,]}}"),
                };
                of(name, text)
            });
        }
    }
}

#[test]
fn comments_below_each_other() {
    for (name, sign, before, after) in [
        ("a.yaml", "#", "family: w\n", "containerDefinitions: [{name: a, image: \"b:1\", memory: 8}]\n"),
        ("a.jsonc", "//", "{\"family\": \"w\",\n", "\"containerDefinitions\": [{\"name\": \"a\"}]}\n"),
    ] {
        grows_in_proportion(Work::Report("concise"), 800, |size| {
            let comments = format!("{sign} ecs-lint-ignore unpinned-image: why\n").repeat(size);
            of(name, format!("{before}{comments}{after}"))
        });
    }
}

#[test]
fn documents_below_each_other() {
    grows_in_proportion(Work::Report("concise"), 200, |size| {
        one(each(size, "\n", |at| task(&format!("f{at}"), r#", "cpu": 256"#)))
    });
}

#[test]
fn objects_that_one_merges() {
    grows_in_proportion(Work::Report("concise"), 1_600, |size| {
        let anchors = each(size, "", |at| format!("x{at}: &x{at} {{a{at}: 1}}\n"));
        let names = each(size, ", ", |at| format!("*x{at}"));
        of("a.yaml", format!("{anchors}family: w\ncontainerDefinitions:\n- {{name: a, <<: [{names}]}}\n"))
    });
}
