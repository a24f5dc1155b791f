//! CloudFormation macros: what they may rewrite is never certain to be wrong.

use ecs_lint::finding::Severity;
use ecs_lint::linter::Outcome;

use crate::support::{Texts, linter};

fn lint(files: &[(&str, &str)]) -> Outcome {
    let outcome = linter(&[]).lint(&Texts::new(files.iter().copied()));
    assert_eq!(outcome.failures, []);
    outcome
}

fn severities(text: &str) -> Vec<Severity> {
    lint(&[("template.yaml", text)]).findings.iter().map(|finding| finding.severity).collect()
}

/// Whether there are findings in a template, but no errors.
fn is_doubted(text: &str) -> bool {
    let severities = severities(text);
    severities.contains(&Severity::Warning) && !severities.contains(&Severity::Error)
}

/// A template whose macro counts. The arguments are what is in the template, in its resources, in the resource, in its
/// properties and in its container.
fn template([top, resources, resource, properties, container]: [&str; 5]) -> String {
    format!(
        "{top}\nResources:\n{resources}  Task:\n    Type: AWS::ECS::TaskDefinition\n{resource}    Properties:\n\
         {properties}      Family: \"f%d\"\n      ContainerDefinitions:\n        - Name: app\n          \
         Image: nginx:1.29.3\n          Memory: 128\n          Images: nginx\n{container}          PortMappings:\n            \
         - ContainerPort: \"%d\"\n"
    )
}

#[test]
fn a_macro_rewrites_its_whole_template() {
    for transform in [
        "Transform: Count",
        "Transform: 123456789012::Count",
        "Transform: [AWS::Serverless-2016-10-31, Count]",
        "Transform: {Name: Count, Parameters: {A: 1}}",
        "Transform:\n  - Name: Count",
        "Transform: [!Ref Macro]",
        "Fn::Transform: {Name: Count}",
        "Fn::Transform:\n  Name: Count\n  Parameters: {A: 1}",
    ] {
        let text = template([transform, "", "", "", ""]);
        assert!(is_doubted(&text), "{transform}");
        let outcome = lint(&[("template.yaml", &text)]);
        let doubts = |finding: &&ecs_lint::finding::Finding| {
            finding.problem.also.iter().any(|label| label.text == "unless this macro changes it")
        };
        assert!(outcome.findings.iter().any(|finding| doubts(&finding)), "{transform}");
    }
}

#[test]
fn transforms_of_aws_change_nothing() {
    for transform in [
        "AWSTemplateFormatVersion: 2010-09-09",
        "Transform: AWS::Serverless-2016-10-31",
        "Transform: [AWS::LanguageExtensions, AWS::SecretsManager-2020-07-23]",
        "Transform: AWS::CodeDeployBlueGreen",
        "Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/more.yaml}}",
    ] {
        let severities = severities(&template([transform, "", "", "", ""]));
        assert!(severities.contains(&Severity::Error), "{transform}");
    }
}

#[test]
fn a_macro_rewrites_what_is_beside_it() {
    let macros =
        |indentation: &str| format!("{indentation}Fn::Transform: {{Name: Count, Parameters: {{}}}}\n");
    let cases = [
        ["", &macros("  "), "", "", ""],
        ["", "", &macros("    "), "", ""],
        ["", "", "", &macros("      "), ""],
        ["", "", "", "", &macros("          ")],
    ];
    for case in cases {
        assert!(is_doubted(&template(case)), "{case:?}");
    }
    // A value that a macro returns, and what AWS includes, leave the other keys alone.
    let value = "          User: {Fn::Transform: {Name: Count, Parameters: {}}}\n";
    let include =
        "          Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/a.yaml}}\n";
    for container in [value, include] {
        let severities = severities(&template(["", "", "", "", container]));
        assert!(severities.contains(&Severity::Error), "{container}");
    }
}

/// A macro does not take a credential back.
#[test]
fn a_credential_is_published_all_the_same() {
    let secret = "          Environment:\n            - {Name: TOKEN, Value: ghp_16C7e42F292c6912E7710c838347Ae178B4a}\n";
    let text = template(["Transform: Count", "", "", "", secret]);
    let errors = severities(&text).into_iter().filter(|severity| *severity == Severity::Error).count();
    assert_eq!(errors, 1);
}

#[test]
fn what_a_macro_may_add_is_not_missing() {
    let service = "  Web:\n    Type: AWS::ECS::Service\n    Properties:\n      LaunchType: FARGATE\n      \
                   TaskDefinition: !Ref Task\n";
    let text = template(["Transform: Count", "", "", "", ""]) + service;
    assert!(!severities(&text).contains(&Severity::Error));
}
