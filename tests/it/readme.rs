//! The README is accurate: its picture is the report of the current program, and the options that it
//! describes exist. `UPDATE=1 cargo test --test it readme` draws the picture again.

use std::fs;
use std::process::Command;

use crate::support::{repository, updating};

const PICTURE: &str = "fixtures/projects/web/report.svg";

#[test]
fn the_picture_is_the_report_of_today() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ecs-lint"));
    command.current_dir(repository("")).args(["--color", "always", "fixtures/projects/web"]);
    let output = command.env_remove("NO_COLOR").env("COLUMNS", "100").output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "as the README says");
    let report = String::from_utf8(output.stdout).expect("UTF-8");
    let drawn = draw(&without_time(&report));
    if updating() {
        fs::write(repository(PICTURE), &drawn).expect("the picture can be written");
    }
    assert!(
        fs::read_to_string(repository(PICTURE)).expect("the picture") == drawn,
        "draw it again with UPDATE=1"
    );
}

#[test]
fn every_option_of_the_readme_is_there() {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    let verbs = ["schema", "rules", "ignore", "baseline"].map(|verb| vec![verb, "--help"]);
    let help = std::iter::once(vec!["--help"]).chain(verbs).map(|arguments| {
        let run = Command::new(env!("CARGO_BIN_EXE_ecs-lint")).args(arguments).output().expect("it runs");
        String::from_utf8(run.stdout).expect("UTF-8")
    });
    let help: String = help.collect();
    let words = readme.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let ours = |word: &&str| word.starts_with("--") && word.len() > 3 && !word.starts_with("---");
    let foreign = ["--locked", "--proto", "--rm", "--save-dev", "--task-definition", "--tlsv1", "--volume"];
    let options: Vec<&str> = words.filter(ours).filter(|word| !foreign.contains(word)).collect();
    assert!(options.len() > 8, "{options:?}");
    for option in options {
        assert!(help.contains(option), "--help does not know {option}");
    }
    assert!(readme.contains(PICTURE));
}

/// The report without the elapsed time, which differs on each run.
fn without_time(report: &str) -> String {
    let line = |line: &str| match line.rsplit_once(" (") {
        Some((before, time)) if time.ends_with("ms)") => before.to_owned() + "\n",
        _ => line.to_owned() + "\n",
    };
    report.lines().map(line).collect()
}

/// Draws a terminal: colours in the report are colours in the picture.
fn draw(report: &str) -> String {
    let lines: Vec<&str> = report.lines().collect();
    let (width, height) = (124 * 8, lines.len() * 18 + 32);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n"
    );
    let mut style = String::new();
    for (at, line) in lines.iter().enumerate() {
        let y = at * 18 + 30;
        svg.push_str(&format!("<text x=\"16\" y=\"{y}\" fill=\"#c9d1d9\" xml:space=\"preserve\">"));
        let mut parts = line.split('\u{1b}');
        svg.push_str(&span(&style, parts.next().unwrap_or_default()));
        for part in parts {
            let Some((codes, text)) = part.strip_prefix('[').and_then(|rest| rest.split_once('m')) else {
                continue;
            };
            style = codes.to_owned();
            svg.push_str(&span(&style, text));
        }
        svg.push_str("</text>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

fn span(codes: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let color = codes.split(';').find_map(|code| match code {
        "31" | "91" => Some("#ff7b72"),
        "32" | "92" => Some("#7ee787"),
        "33" | "93" => Some("#e3b341"),
        "34" | "94" => Some("#79c0ff"),
        "35" | "95" => Some("#d2a8ff"),
        "36" | "96" => Some("#56d4dd"),
        "2" => Some("#8b949e"),
        _ => None,
    });
    let weight = if codes.split(';').any(|code| code == "1") { " font-weight=\"bold\"" } else { "" };
    match color {
        Some(color) => format!("<tspan fill=\"{color}\"{weight}>{text}</tspan>"),
        None => text,
    }
}
