//! Files that are not JSON at all: what they look like.

use crate::source::{Cut, Place, Source, Span};

/// The number of lines that are examined.
const LINES: usize = 40;

/// What a file looks like, and what to do.
struct Guess {
    what: &'static str,
    help: &'static str,
}

const fn guess(what: &'static str, help: &'static str) -> Option<Guess> {
    Some(Guess { what, help })
}

/// The starts of first lines that reveal the format.
const STARTS: &[(&[&str], &str, &str)] = &[
    (
        &["#!", "aws ", "cat ", "export ", "docker ", "$ ", "echo ", "set -"],
        "a shell script",
        "keep the JSON in a file of its own",
    ),
    (
        &[
            "resource \"",
            "module \"",
            "variable \"",
            "locals {",
            "data \"",
            "terraform {",
            "provider \"",
            "output \"",
        ],
        "Terraform",
        "name the file `.tf`: then ecs-lint reads it",
    ),
    (
        &["TASKDEFINITION", "CONTAINERDEFINITIONS", "SERVICES"],
        "output of the AWS CLI as text",
        "run the command again with `--output json`",
    ),
    (&["<?php"], "PHP", "print it with `json_encode`, and lint the result: `… | ecs-lint -`"),
    (&["<?xml"], "XML", "ECS takes JSON only"),
    (&["<!DOCTYPE html", "<!doctype html", "<html"], "an HTML page", "download the document itself"),
    (&["<"], "HTML or XML", "download the document itself"),
    (
        &[
            "module.exports",
            "exports.",
            "export default",
            "export const",
            "const ",
            "let ",
            "var ",
            "function ",
            "'use strict'",
            "\"use strict\"",
            "require(",
        ],
        "JavaScript",
        "print it with `JSON.stringify`, and lint the result: `… | ecs-lint -`",
    ),
    (&["local ", "std."], "Jsonnet", "render it and lint the result: `jsonnet file | ecs-lint -`"),
    (
        &["import ", "from ", "def ", "print(", "class "],
        "Python",
        "print it with `json.dumps`, and lint the result: `… | ecs-lint -`",
    ),
    (&["version https://git-lfs"], "a pointer of Git LFS", "run `git lfs pull`"),
];

/// Message, label and help.
pub(super) fn words(source: &Source) -> (String, String, String) {
    let label = "JSON begins with `{` or `[`".to_owned();
    match look(source) {
        Some(Guess { what, help }) => {
            (format!("this is not JSON; it looks like {what}"), label, help.to_owned())
        }
        None => ("this is not JSON".to_owned(), label, "the file must hold one JSON value".to_owned()),
    }
}

fn look(source: &Source) -> Option<Guess> {
    let lines: Vec<&str> =
        source.text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).collect();
    let first = *lines.first()?;
    let most = |is: fn(&str) -> bool| {
        let told = lines.iter().filter(|line| !line.starts_with('#'));
        told.clone().filter(|line| is(line)).count() * 2 >= told.count()
    };
    let start = STARTS.iter().find(|(starts, ..)| starts.iter().any(|start| first.starts_with(start)));
    if let Some((_, what, help)) = start {
        return guess(what, help);
    }
    if lines.len() == 1 && first.ends_with(".json") {
        return guess(
            "the target of a symbolic link",
            "check the link out as a link, or name the file that it points to",
        );
    }
    if most(is_variable) {
        return guess(
            "a file of environment variables",
            "list them as `environment`, or upload the file and name it in `environmentFiles`",
        );
    }
    if most(|line| line.contains(" = ") || line.ends_with('{'))
        && lines.iter().any(|line| line.contains(" = "))
    {
        return guess("HCL, the language of Terraform", "let Terraform write the JSON with `jsonencode`");
    }
    let is_yaml =
        first == "---" || most(|line| line.ends_with(':') || line.contains(": ") || line.starts_with("- "));
    // Terraform reads JSON from a file whatever it is called.
    let is_called_so = [".yml", ".yaml"].iter().any(|ending| source.name.ends_with(ending));
    match is_yaml {
        true if is_called_so => guess("YAML", "convert it to JSON"),
        true => guess("YAML", "name the file `.yml` or `.yaml`, or convert it to JSON"),
        false => None,
    }
}

/// Whether a line is `NAME=value`.
fn is_variable(line: &str) -> bool {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    line.split_once('=').is_some_and(|(name, _)| is_name(name))
}

/// The values of the variables that the first lines set: they may be secrets.
pub(super) fn secrets(source: &Source) -> Vec<Place> {
    let starts = source.line_starts().iter().map(|start| *start as usize);
    let lines =
        starts.take(LINES).map(|start| (start, source.text.cut(start..).lines().next().unwrap_or_default()));
    let values = lines.filter(|(_, line)| is_variable(line.trim_start())).filter_map(|(start, line)| {
        let from = start + line.find('=')? + 1;
        Some(source.place(Span::of(from..start + line.len())))
    });
    values.collect()
}
