//! Measures speed, compared in the same run with well-known code: absolute figures from one machine mean
//! little, ratios mean more.
//!
//! `cargo bench` prints a table. Nothing here is a test: no figure fails anything.

#![allow(clippy::print_stdout, reason = "the table is what it is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ecs_lint::inputs::Texts;
use ecs_lint::internals::{DocumentKind, Form, Schemas, parse};
use ecs_lint::linter::Linter;
use ecs_lint::rules::Registry;
use ecs_lint::settings::Settings;
use ecs_lint::source::{Source, SourceId};

/// How many task definitions the folder of many files contains.
const MANY: usize = 2_000;
/// How many times each thing is measured; the median counts.
const RUNS: usize = 15;

fn main() {
    // Started without `cargo bench`, it does nothing.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let many: Vec<String> = (0..MANY).map(task_definition).collect();
    let bytes: usize = many.iter().map(String::len).sum();
    let ordinary = fs::read_to_string("fixtures/clean/fargate-web/task-definition.json").expect("a fixture");
    let faulty = fs::read_to_string("fixtures/rejected/many-faults/task-definition.json").expect("a fixture");
    let folder = Folder::write(&many, &ordinary, &faulty);
    let large = format!("{{\"family\":\"large\",\"containerDefinitions\":[{}]}}", containers(1_200));

    println!(
        "{MANY} task definitions, {:.1} MB; one of {:.1} MB; one of {:.1} kB",
        megabytes(bytes),
        megabytes(large.len()),
        ordinary.len() as f64 / 1e3
    );
    println!("{:<58} {:>10} {:>10} {:>7}", "", "ours", "yardstick", "ratio");

    let sources: Vec<Arc<Source>> =
        many.iter().map(|text| Arc::new(Source::new(SourceId(0), "a.json", text.as_str()))).collect();
    row(
        "parse with places | serde_json into Value",
        || sources.iter().for_each(|source| drop(parse(Arc::clone(source)))),
        || many.iter().for_each(|text| drop(value(text))),
    );
    let large_source = Arc::new(Source::new(SourceId(0), "a.json", large.as_str()));
    row(
        "parse a large file | serde_json into Value",
        || drop(parse(Arc::clone(&large_source))),
        || drop(value(&large)),
    );
    row(
        "build the schema of task definitions | serde_json reads it",
        || {
            let mut parsed = parse(Arc::new(Source::new(SourceId(0), "a.json", "{}")));
            let tree = Arc::get_mut(&mut parsed.tree).expect("nobody else holds it");
            drop(Schemas::default().check(DocumentKind::TaskDefinition(Form::Input), tree, 0));
        },
        || drop(value(ecs_lint::schema::TEXTS[0].1)),
    );
    let linter = Linter::new(Registry::default(), Settings::default());
    let names: Vec<String> = (0..many.len()).map(|at| format!("{at}.json")).collect();
    let inputs = Texts::new(names.iter().map(String::as_str).zip(many.iter().map(String::as_str)));
    row(
        "lint many files in memory, 2 threads | serde_json, 2 threads",
        || drop(linter.lint_with_threads(&inputs, 2)),
        || in_two_threads(&many),
    );
    row(
        "process: one clean file | a process that reads it",
        || run(&["one.json"], &folder),
        || cat("one.json", &folder),
    );
    row(
        "process: one faulty file, human report | a process that reads it",
        || run(&["faulty.json"], &folder),
        || cat("faulty.json", &folder),
    );
    row(
        "process: a folder of many files | serde_json, 2 threads",
        || run(&["many"], &folder),
        || in_two_threads(&many),
    );
}

fn row(name: &str, mut ours: impl FnMut(), mut yardstick: impl FnMut()) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        left.push(time(&mut ours));
        right.push(time(&mut yardstick));
    }
    let (left, right) = (median(left), median(right));
    println!(
        "{name:<58} {:>10} {:>10} {:>6.2}×",
        shown(left),
        shown(right),
        left.as_secs_f64() / right.as_secs_f64()
    );
}

fn time(work: &mut impl FnMut()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn value(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("the texts are JSON")
}

fn in_two_threads(texts: &[String]) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    drop(value(text));
                }
            });
        }
    });
}

fn run(arguments: &[&str], folder: &Folder) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecs-lint"));
    let status =
        command.args(arguments).current_dir(&folder.0).stdout(Stdio::null()).status().expect("it runs");
    assert!(status.code().is_some_and(|code| code < 2), "{status}");
}

fn cat(name: &str, folder: &Folder) {
    Command::new("cat").arg(name).current_dir(&folder.0).stdout(Stdio::null()).status().expect("cat runs");
}

/// A valid task definition of about ten kilobytes.
fn task_definition(number: usize) -> String {
    let containers = containers(1 + number % 5);
    let text = format!(
        r#"{{"family":"service-{number}","requiresCompatibilities":["FARGATE"],"networkMode":"awsvpc","cpu":"1024","memory":"2048","executionRoleArn":"arn:aws:iam::111122223333:role/start","taskRoleArn":"arn:aws:iam::111122223333:role/service-{number}","containerDefinitions":[{containers}],"tags":[{{"key":"team","value":"shop"}}]}}"#
    );
    format!("{:#}\n", value(&text))
}

fn containers(count: usize) -> String {
    let container = |at: usize| {
        let environment: Vec<String> = (0..24)
            .map(|n| format!(r#"{{"name":"SETTING_{n}","value":"a value of some length, number {n}"}}"#))
            .collect();
        format!(
            r#"{{"name":"container-{at}","image":"registry.example:5000/shop/container-{at}:1.4.2","cpu":10,"memory":128,"essential":true,"portMappings":[{{"containerPort":{},"protocol":"tcp"}}],"environment":[{}],"healthCheck":{{"command":["CMD-SHELL","wget -q -O /dev/null http://localhost/ || exit 1"],"interval":15,"timeout":5,"retries":3}},"logConfiguration":{{"logDriver":"awslogs","options":{{"awslogs-group":"/ecs/shop","awslogs-region":"eu-west-1","awslogs-stream-prefix":"shop"}}}}}}"#,
            1024 + at,
            environment.join(",")
        )
    };
    (0..count).map(container).collect::<Vec<String>>().join(",")
}

/// A folder with the files, inside the build folder.
struct Folder(PathBuf);

impl Folder {
    fn write(many: &[String], ordinary: &str, faulty: &str) -> Folder {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed");
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("many")).expect("a folder can be made");
        for (at, text) in many.iter().enumerate() {
            fs::write(root.join(format!("many/task-{at}.json")), text).expect("a file can be written");
        }
        fs::write(root.join("one.json"), ordinary).expect("a file can be written");
        fs::write(root.join("faulty.json"), faulty).expect("a file can be written");
        Folder(root)
    }
}
