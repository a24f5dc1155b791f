//! What is found only with the defaults of parameters, or if a condition is true or false: a warning at most, which
//! says what it rests on.

use ecs_lint::finding::{Finding, Severity};
use ecs_lint::linter::Outcome;

use crate::support::{Texts, linter, report, written};

fn lint(files: &[(&str, &str)]) -> Outcome {
    let outcome = linter(&[]).lint(&Texts::new(files.iter().copied()));
    assert_eq!(outcome.failures, []);
    outcome
}

/// The findings of one rule.
fn found<'o>(outcome: &'o Outcome, rule: &str) -> Vec<&'o Finding> {
    let linter = linter(&[]);
    let of_rule = |finding: &&Finding| linter.registry().get(finding.rule).id == rule;
    outcome.findings.iter().filter(of_rule).collect()
}

/// What each finding of a rule says: how bad it is, its message, what is underlined.
fn told(outcome: &Outcome, rule: &str) -> Vec<(Severity, String, String)> {
    let told = |finding: &&Finding| {
        let at = finding.problem.at.at;
        let token = outcome.sources[&at.source].slice(at.span).to_owned();
        (finding.severity, finding.problem.message.clone(), token)
    };
    found(outcome, rule).iter().map(told).collect()
}

/// What is underlined besides the place of a finding, with its label.
fn also(outcome: &Outcome, finding: &Finding) -> Vec<(String, String)> {
    let labels = finding.problem.also.iter();
    labels
        .map(|label| (outcome.sources[&label.at.source].slice(label.at.span).to_owned(), label.text.clone()))
        .collect()
}

/// A template with a task definition for Fargate. `head` is what is above its resources.
fn template(head: &str, cpu: &str, memory: &str) -> String {
    format!(
        "{head}\nResources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Cpu: {cpu}\n      \
         Memory: {memory}\n      NetworkMode: awsvpc\n      RequiresCompatibilities: [FARGATE]\n      \
         ContainerDefinitions:\n        - Name: app\n          Image: nginx:1.29.3\n"
    )
}

fn sizes(head: &str, cpu: &str, memory: &str) -> Vec<(Severity, String, String)> {
    told(&lint(&[("template.yaml", &template(head, cpu, memory))]), "invalid-fargate-size")
}

const WRONG: &str = "Fargate does not support 256 CPU units with 8192 MiB of memory";

/// Parameters with these defaults.
fn parameters(defaults: &[(&str, &str)]) -> String {
    let each = defaults.iter().map(|(name, rest)| format!("  {name}: {{{rest}}}\n"));
    format!("Parameters:\n{}", each.collect::<String>())
}

#[test]
fn sizes_by_default_are_checked() {
    let head =
        parameters(&[("Cpu", "Type: Number, Default: 256"), ("Memory", "Type: String, Default: '8192'")]);
    let text = template(&head, "!Ref Cpu", "!Ref Memory");
    let outcome = lint(&[("template.yaml", &text)]);
    let expected = format!("with the defaults of `Cpu` and `Memory`, {WRONG}");
    assert_eq!(
        told(&outcome, "invalid-fargate-size"),
        [(Severity::Warning, expected, "!Ref Memory".to_owned())]
    );
    let finding = found(&outcome, "invalid-fargate-size")[0];
    let labels = also(&outcome, finding);
    for (token, label) in [("256", "the default of `Cpu`"), ("'8192'", "the default of `Memory`")] {
        assert!(labels.contains(&(token.to_owned(), label.to_owned())), "{labels:?}");
    }
    assert!(finding.problem.is_conditional);
    assert!(finding.aws_says.as_deref().is_some_and(|reply| reply.contains("256 CPU, 8192 memory")));
}

#[test]
fn only_what_a_finding_rests_on_is_named() {
    let head = parameters(&[
        ("Cpu", "Type: String, Default: 256"),
        ("Name", "Type: String, Default: web"),
        ("Unused", "Type: String, Default: 256"),
    ]);
    let text = template(&head, "!Ref Cpu", "8192").replace("Name: app", "Name: !Ref Name");
    let expected = format!("with the default of `Cpu`, {WRONG}");
    let outcome = lint(&[("template.yaml", &text)]);
    assert_eq!(told(&outcome, "invalid-fargate-size"), [(Severity::Warning, expected, "8192".to_owned())]);
}

#[test]
fn what_holds_anyway_is_told_once_and_as_before() {
    let head = parameters(&[("Family", "Type: String, Default: web")]);
    let text = template(&head, "'256'", "'8192'").replace("Cpu:", "Family: !Ref Family\n      Cpu:");
    let outcome = lint(&[("template.yaml", &text)]);
    assert_eq!(
        told(&outcome, "invalid-fargate-size"),
        [(Severity::Error, WRONG.to_owned(), "'8192'".to_owned())]
    );
}

#[test]
fn some_defaults_say_nothing() {
    for cpu in [
        "Type: String",
        "Type: String, Default: ''",
        "Type: AWS::SSM::Parameter::Value<String>, Default: '256'",
        "Type: CommaDelimitedList, Default: '256'",
        "Type: Number, Default: 0.25",
        "Type: String, NoEcho: true, Default: '256'",
        "Type: String, Default: '{{resolve:ssm:cpu}}'",
    ] {
        assert_eq!(sizes(&parameters(&[("Cpu", cpu)]), "!Ref Cpu", "8192"), [], "{cpu}");
    }
}

#[test]
fn defaults_are_followed_into_functions() {
    let head = parameters(&[("Size", "Type: String, Default: small"), ("Cpu", "Type: String, Default: 256")])
        + "Mappings:\n  Sizes:\n    small: {cpu: '256', memory: '512'}\n    large: {cpu: '4096', memory: '512'}\n";
    let cases = [
        ("!Sub '${Cpu}'", "`Cpu`"),
        ("!Join ['', ['2', !Ref Five]]", ""),
        ("!Join ['', [!Ref Cpu]]", "`Cpu`"),
        ("!FindInMap [Sizes, !Ref Size, cpu]", "`Size`"),
        ("!FindInMap [Sizes, !Ref 'AWS::Region', cpu]", ""),
    ];
    for (cpu, names) in cases {
        let messages: Vec<String> =
            sizes(&head, cpu, "8192").into_iter().map(|(_, message, _)| message).collect();
        match names {
            "" => assert!(messages.is_empty(), "{cpu}: {messages:?}"),
            names => assert_eq!(messages, [format!("with the default of {names}, {WRONG}")], "{cpu}"),
        }
    }
}

const CONDITIONS: &str = "Parameters:
  Env: {Type: String, Default: dev}
  Certificate: {Type: String, Default: ''}
  Other: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsNotProd: !Not [Condition: IsProd]
  HasCertificate: !Not [!Equals [!Ref Certificate, '']]
  IsBoth: !And [Condition: IsProd, Condition: HasCertificate]
  IsEither: !Or [Condition: IsNotProd, Condition: HasCertificate]
  IsOther: !Equals [!Ref Other, prod]
";

#[test]
fn defaults_decide_conditions() {
    for (cpu, ground) in [
        ("!If [IsProd, 1024, 256]", "with the default of `Env`"),
        ("!If [IsNotProd, 256, 1024]", "with the default of `Env`"),
        ("!If [HasCertificate, 1024, 256]", "with the default of `Certificate`"),
        ("!If [IsEither, 256, 1024]", "with the default of `Env`"),
        // No default decides it, or another branch is taken.
        ("!If [IsOther, 1024, 256]", "if `IsOther` is false"),
        ("!If [IsProd, 256, 1024]", "if `IsProd` is true"),
        ("!If [IsBoth, 256, 1024]", "if `IsBoth` is true"),
    ] {
        let messages: Vec<String> =
            sizes(CONDITIONS, cpu, "8192").into_iter().map(|(_, message, _)| message).collect();
        assert_eq!(messages, [format!("{ground}, {WRONG}")], "{cpu}");
    }
}

#[test]
fn branches_of_one_condition_belong_together() {
    let said = sizes(CONDITIONS, "!If [IsOther, 1024, 256]", "!If [IsOther, 8192, 512]");
    assert_eq!(said, []);
    let said = sizes(CONDITIONS, "!If [IsProd, 1024, 256]", "!If [IsNotProd, 512, 8192]");
    assert_eq!(said, []);
    let text = template(CONDITIONS, "!If [IsOther, 256, 1024]", "8192");
    let outcome = lint(&[("template.yaml", &text)]);
    let labels = also(&outcome, found(&outcome, "invalid-fargate-size")[0]);
    assert!(labels.contains(&("IsOther".to_owned(), "if this is true".to_owned())), "{labels:?}");
}

#[test]
fn what_a_branch_removes_is_missing() {
    let text = template(CONDITIONS, "1024", "2048")
        .replace("        - Name: app", "        - !If\n          - IsOther\n          - Name: app")
        .replace(
            "          Image: nginx:1.29.3",
            "            Image: nginx:1.29.3\n          - !Ref AWS::NoValue",
        );
    let outcome = lint(&[("template.yaml", &text)]);
    let messages: Vec<String> =
        told(&outcome, "missing-field").into_iter().map(|(_, message, _)| message).collect();
    assert_eq!(messages, ["if `IsOther` is false, a task definition must have at least one container"]);
}

#[test]
fn a_resource_that_does_not_exist_has_no_faults() {
    let text = template(CONDITIONS, "!Ref Cpu", "8192")
        .replace("Parameters:", "Parameters:\n  Cpu: {Type: String, Default: 256}")
        .replace("    Properties", "    Condition: IsProd\n    Properties");
    let outcome = lint(&[("template.yaml", &text)]);
    assert_eq!(told(&outcome, "invalid-fargate-size"), []);
}

/// What is said about a size that is wrong for `memory` in one branch, in a resource with a condition.
fn of_branch(conditions: &str, asked: &str, own: &str) -> Vec<String> {
    let head = format!(
        "Parameters:\n  Stage: {{Type: String, AllowedValues: [dev, test, prod]}}\n  Kind: {{Type: String}}\nConditions:\n{conditions}"
    );
    let memory = format!("!If [{asked}, '8192', '512']");
    let text = template(&head, "'256'", &memory)
        .replace("    Properties", &format!("    Condition: {own}\n    Properties"));
    told(&lint(&[("template.yaml", &text)]), "invalid-fargate-size")
        .into_iter()
        .map(|(severity, message, _)| format!("{severity}: {message}"))
        .collect()
}

#[test]
fn conditions_exclude_each_other() {
    let stages = "  Dev: !Equals [!Ref Stage, dev]\n  Prod: !Equals [prod, !Ref Stage]\n";
    for prod in [
        "Wrong: !Condition Prod",
        "Wrong: !And [!Condition Prod, !Equals [!Ref Kind, a]]",
        "Wrong: !Not [!Condition Dev]",
        "Wrong: !Not [!Equals [!Ref Stage, dev]]",
        "Wrong: !Not [!Or [!Condition Dev, !Equals [!Ref Kind, a]]]",
        "Wrong: !Equals [!Ref Stage, nope]",
        "Wrong: !Or [!Equals [!Ref Stage, test], !Equals [!Ref Stage, prod]]",
        "Wrong: !And [!Not [!Equals [!Ref Stage, dev]], !Not [!Equals [!Ref Stage, test]]]",
    ] {
        let conditions = format!("{stages}  {prod}\n");
        assert_eq!(of_branch(&conditions, "Wrong", "Dev"), [""; 0], "{prod}");
    }
    let region =
        "  Here: !Equals [!Ref AWS::Region, eu-west-1]\n  There: !Equals [!Ref AWS::Region, us-east-1]\n";
    assert_eq!(of_branch(region, "There", "Here"), [""; 0]);
    // Only one value is left.
    let rest = format!(
        "{stages}  Rest: !Not [!Or [!Condition Dev, !Condition Prod]]\n  Test: !Equals [!Ref Stage, test]\n"
    );
    assert_eq!(of_branch(&rest, "Test", "Rest"), [format!("error: {WRONG}")]);
}

#[test]
fn conditions_that_may_both_be_true_are_told() {
    let conditions = "  Dev: !Equals [!Ref Stage, dev]\n  Wrong: !Equals [!Ref Kind, dev]\n";
    assert_eq!(of_branch(conditions, "Wrong", "Dev"), [format!("warning: if `Wrong` is true, {WRONG}")]);
    let conditions = "  NotDev: !Not [!Equals [!Ref Stage, dev]]\n  Prod: !Equals [!Ref Stage, prod]\n";
    assert_eq!(of_branch(conditions, "Prod", "NotDev"), [format!("warning: if `Prod` is true, {WRONG}")]);
}

/// What is certain in a resource that exists is no assumption.
#[test]
fn a_resource_makes_its_condition_true() {
    let conditions = "  Dev: !Equals [!Ref Stage, dev]\n  Big: !Not [!Equals [!Ref Stage, prod]]\n";
    assert_eq!(of_branch(conditions, "Dev", "Dev"), [format!("error: {WRONG}")]);
    assert_eq!(of_branch(conditions, "Big", "Dev"), [format!("error: {WRONG}")]);
}

/// A service that exists only without Fargate runs no tasks of Fargate.
#[test]
fn services_of_other_conditions_are_not_there() {
    let text = "Parameters:\n  LaunchType: {Type: String}\n  Subnets: {Type: 'List<AWS::EC2::Subnet::Id>'}\nConditions:\n  \
                Fargate: !Equals [!Ref LaunchType, Fargate]\n  EC2: !Equals [!Ref LaunchType, EC2]\nResources:\n  Task:\n    \
                Type: AWS::ECS::TaskDefinition\n    Properties:\n      NetworkMode: !If [Fargate, awsvpc, bridge]\n      \
                ContainerDefinitions: [{Name: a, Image: 'nginx:1.29.3', Memory: 128}]\n  OnFargate:\n    Type: \
                AWS::ECS::Service\n    Condition: Fargate\n    Properties:\n      LaunchType: FARGATE\n      \
                TaskDefinition: !Ref Task\n      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: !Ref Subnets}}\n  \
                OnEC2:\n    Type: AWS::ECS::Service\n    Condition: EC2\n    Properties:\n      \
                TaskDefinition: !Ref Task\n";
    let outcome = lint(&[("template.yaml", text)]);
    assert_eq!(told(&outcome, "missing-network-configuration"), []);
    assert_eq!(told(&outcome, "unsupported-network-configuration"), []);
}

#[test]
fn documents_are_checked_together() {
    let head = parameters(&[("LaunchType", "Type: String, Default: FARGATE")]);
    let text = template(&head, "'256'", "'512'")
        .replace("NetworkMode: awsvpc", "NetworkMode: bridge")
        .replace("      RequiresCompatibilities: [FARGATE]\n", "")
        + "  Web:\n    Type: AWS::ECS::Service\n    Properties:\n      LaunchType: !Ref LaunchType\n      \
           TaskDefinition: !Ref Task\n";
    let outcome = lint(&[("template.yaml", &text)]);
    let severities: Vec<Severity> = outcome.findings.iter().map(|finding| finding.severity).collect();
    assert!(!severities.contains(&Severity::Error), "{}", report(&linter(&[]), &outcome));
    let by_default: Vec<&str> = outcome
        .findings
        .iter()
        .map(|finding| finding.problem.message.as_str())
        .filter(|message| message.starts_with("with the default of `LaunchType`, "))
        .collect();
    assert!(by_default.iter().any(|message| message.ends_with("cannot run on Fargate")), "{by_default:?}");
}

/// A credential is published wherever it is, even if nobody keeps the default; and nobody sees it.
#[test]
fn a_credential_is_an_error_at_the_default() {
    const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    for more in ["", "NoEcho: true, "] {
        let head = parameters(&[("Token", &format!("Type: String, {more}Default: {TOKEN}"))]);
        let text = template(&head, "'256'", "'512'")
            + "          Environment:\n            - {Name: GITHUB_TOKEN, Value: !Ref Token}\n";
        let linter = linter(&[]);
        let outcome = lint(&[("template.yaml", &text)]);
        assert_eq!(
            told(&outcome, "plaintext-secret"),
            [(
                Severity::Error,
                "with the default of `Token`, `GITHUB_TOKEN` of container `app` contains a GitHub token"
                    .to_owned(),
                TOKEN.to_owned()
            )]
        );
        assert_eq!(found(&outcome, "plaintext-secret")[0].pointer, "/Parameters/Token/Default");
        for shown in [report(&linter, &outcome), written("json", &linter, &outcome)] {
            assert!(!shown.contains(TOKEN), "{shown}");
            assert!(shown.contains("Ref Token") || shown.contains("used here"), "{shown}");
        }
    }
}

/// Its value never gets into a sentence.
#[test]
fn what_is_not_echoed_is_not_told() {
    let head = parameters(&[
        ("Cpu", "Type: String, Default: 256"),
        ("Secret", "Type: String, NoEcho: true, Default: hunter2secret"),
    ]);
    let text = template(&head, "!Ref Cpu", "8192").replace("Name: app", "Name: !Ref Secret")
        + "          Essential: !Ref Secret\n";
    let outcome = lint(&[("template.yaml", &text)]);
    assert_eq!(told(&outcome, "invalid-fargate-size").len(), 1);
    let words = format!("{:?}", outcome.findings);
    assert!(!words.contains("hunter2secret"), "{words}");
}

#[test]
fn many_defaults_are_counted() {
    let names = ["A", "B", "C", "D"];
    let defaults = names.map(|name| (name, "Type: String, Default: 8"));
    let said = sizes(&parameters(&defaults), "!Sub '${A}${B}'", "!Sub '${C}${D}'");
    let messages: Vec<String> = said.into_iter().map(|(_, message, _)| message).collect();
    assert!(messages.iter().all(|message| message.starts_with("with 4 defaults, ")), "{messages:?}");
    assert_eq!(messages.len(), 1);
}

/// Neither `--fix` nor anybody else changes what rests on an assumption.
#[test]
fn fixes_are_only_shown() {
    let head =
        parameters(&[("Cpu", "Type: String, Default: 256"), ("Memory", "Type: String, Default: 8192")]);
    for text in [template(&head, "!Ref Cpu", "8192"), template(&head, "256", "!Ref Memory")] {
        let outcome = lint(&[("template.yaml", &text)]);
        let finding = found(&outcome, "invalid-fargate-size")[0];
        let safety = finding.problem.fix.as_ref().map(|fix| fix.safety);
        assert!(matches!(safety, None | Some(ecs_lint::fix::Safety::Shown)), "{safety:?}");
    }
}

/// A task definition of a module.
fn task(cpu: &str, memory: &str) -> String {
    format!(
        "resource \"aws_ecs_task_definition\" \"web\" {{\n  family = \"web\"\n  cpu = {cpu}\n  memory = {memory}\n  \
         network_mode = \"awsvpc\"\n  requires_compatibilities = [\"FARGATE\"]\n  container_definitions = \
         jsonencode([{{ name = \"app\", image = \"nginx:1.29.3\" }}])\n}}\n"
    )
}

/// The messages about sizes in a module of `main.tf` and other files.
fn sizes_of_module(main: &str, others: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(&str, &str)> = std::iter::once(("main.tf", main)).chain(others.iter().copied()).collect();
    told(&lint(&files), "invalid-fargate-size")
        .into_iter()
        .map(|(severity, message, _)| format!("{severity}: {message}"))
        .collect()
}

#[test]
fn variables_have_their_defaults() {
    const VARIABLES: &str = "variable \"cpu\" {\n  type    = number\n  default = 256\n}\nvariable \"memory\" {\n  \
                             default = \"8192\"\n}\n";
    let expected = format!("warning: with the defaults of `cpu` and `memory`, {WRONG}");
    let main = task("var.cpu", "var.memory");
    assert_eq!(sizes_of_module(&main, &[("variables.tf", VARIABLES)]), [expected.as_str()]);
    assert_eq!(sizes_of_module(&format!("{VARIABLES}{main}"), &[]), [expected.as_str()]);
    let json = r#"{"variable": {"cpu": {"default": 256}, "memory": {"default": "8192"}}}"#;
    assert_eq!(sizes_of_module(&main, &[("variables.tf.json", json)]), [expected.as_str()]);
    let outcome = lint(&[("main.tf", &main), ("variables.tf", VARIABLES)]);
    let finding = found(&outcome, "invalid-fargate-size")[0];
    let labels = also(&outcome, finding);
    assert!(labels.contains(&("256".to_owned(), "the default of `cpu`".to_owned())), "{labels:?}");
    let text = written("json", &linter(&[]), &outcome);
    assert!(text.contains("variables.tf"), "{text}");
}

#[test]
fn defaults_of_variables_are_followed() {
    let variables = "variable \"cpu\" { default = 256 }\nvariable \"env\" { default = \"dev\" }\nvariable \"none\" { default = \
                     null }\nvariable \"on\" { default = true }\nvariable \"empty\" { default = \"\" }\n";
    let others = [("variables.tf", variables), ("locals.tf", "locals {\n  cpu = var.cpu\n}\n")];
    for (cpu, names) in [
        ("local.cpu", "`cpu`"),
        ("\"${var.cpu}\"", "`cpu`"),
        ("var.env == \"prod\" ? 1024 : 256", "`env`"),
        ("var.env != \"dev\" ? 1024 : 256", "`env`"),
        ("var.none == null ? 256 : var.none", "`none`"),
        ("var.empty == \"\" ? 256 : 512", "`empty`"),
        ("var.on ? 256 : 512", "`on`"),
        ("!var.on ? 512 : 256", "`on`"),
        ("(var.on && var.env == \"dev\") ? 256 : 512", "`env` and `on`"),
        ("var.on || var.unknown ? 256 : 512", "`on`"),
        // Nothing is known, or nothing is wrong.
        ("var.unknown ? 256 : 256", ""),
        ("var.on && var.unknown ? 256 : 512", ""),
        ("var.env == \"dev\" ? 1024 : 256", ""),
        ("var.empty", ""),
        ("lookup(var.sizes, var.env)", ""),
    ] {
        let found = sizes_of_module(&task(cpu, "8192"), &others);
        match names {
            "" => assert!(found.is_empty(), "{cpu}: {found:?}"),
            names => {
                let noun = if names.contains(" and ") { "defaults" } else { "default" };
                assert_eq!(found, [format!("warning: with the {noun} of {names}, {WRONG}")], "{cpu}");
            }
        }
    }
}

#[test]
fn a_variable_that_is_set_does_not_have_its_default() {
    let main = format!("variable \"cpu\" {{ default = 256 }}\n{}", task("var.cpu", "8192"));
    for (name, text) in [
        ("terraform.tfvars", "cpu = 1024\n"),
        ("web.auto.tfvars", "cpu = 1024\n"),
        ("terraform.tfvars.json", r#"{"cpu": 1024}"#),
    ] {
        assert_eq!(sizes_of_module(&main, &[(name, text)]), Vec::<String>::new(), "{name}");
    }
    assert_eq!(sizes_of_module(&main, &[("terraform.tfvars", "memory = 1024\n")]).len(), 1);
}

#[test]
fn a_variable_that_may_be_set_elsewhere_may_have_another_value() {
    let module = format!("variable \"cpu\" {{ default = 256 }}\n{}", task("var.cpu", "8192"));
    let found = |name: &str, text: &str| {
        told(&lint(&[("modules/web/main.tf", &module), (name, text)]), "invalid-fargate-size").len()
    };
    let terragrunt = |source: &str, inputs: &str| {
        format!("terraform {{\n  source = \"{source}\"\n}}\ninputs = {{\n  {inputs}\n}}\n")
    };
    for (name, text) in [
        ("prod.tfvars", "cpu = 1024\n"),
        ("envs/prod/terraform.tfvars", "cpu = 1024\n"),
        ("envs/prod.tfvars.json", r#"{"cpu": 1024}"#),
        ("modules/web/tests/small.tftest.hcl", "variables {\n  cpu = 1024\n}\n"),
        ("live/web/terragrunt.hcl", &terragrunt("../../modules/web", "cpu = 1024")),
        (
            "live/web/terragrunt.hcl",
            &terragrunt("git::https://example.org/m.git//modules/web?ref=v1", "cpu = 1024"),
        ),
        ("live/terragrunt.hcl", "inputs = { cpu = 1024 }\n"),
    ] {
        assert_eq!(found(name, text), 0, "{name}: {text}");
    }
    for (name, text) in [
        ("prod.tfvars", "memory = 1024\ntask_cpu = 1024\n"),
        ("live/web/terragrunt.hcl", &terragrunt("../../modules/web", "memory = 1024")),
        ("live/db/terragrunt.hcl", &terragrunt("../../modules/db", "cpu = 1024")),
        ("image.pkr.hcl", "inputs = { cpu = 1024 }\n"),
    ] {
        assert_eq!(found(name, text), 1, "{name}: {text}");
    }
    // What a module calls gets its variables from there.
    let call = "module \"web\" {\n  source = \"./modules/web\"\n}\n";
    let files =
        [("modules/web/main.tf", module.as_str()), ("main.tf", call), ("prod.tfvars", "cpu = 1024\n")];
    assert_eq!(told(&lint(&files), "invalid-fargate-size").len(), 1);
}

#[test]
fn what_callers_set_does_not_have_its_default() {
    let module = "variable \"cpu\" { default = 256 }\nvariable \"memory\" { default = 8192 }\n".to_owned()
        + &task("var.cpu", "var.memory");
    let found = |callers: &[(&str, &str)]| {
        let files: Vec<(&str, &str)> =
            callers.iter().copied().chain([("modules/web/main.tf", module.as_str())]).collect();
        told(&lint(&files), "invalid-fargate-size").len()
    };
    let call = |source: &str, rest: &str| format!("module \"web\" {{\n  source = \"{source}\"\n{rest}\n}}\n");
    let sets = call("./modules/web", "  memory = 512");
    let leaves = call("./modules/web", "  name = \"web\"");
    assert_eq!(found(&[]), 1);
    assert_eq!(found(&[("main.tf", &sets)]), 0);
    assert_eq!(found(&[("main.tf", &leaves)]), 1);
    assert_eq!(found(&[("a.tf", &sets), ("b.tf", &leaves)]), 1);
    assert_eq!(found(&[("main.tf", &call("./modules/other", "  memory = 512"))]), 1);
    assert_eq!(found(&[("stages/dev/main.tf", &call("../../modules/web/", "  cpu = var.cpu"))]), 0);
    let json = r#"{"module": {"web": {"source": "./modules/web", "memory": 512}}}"#;
    assert_eq!(found(&[("main.tf.json", json)]), 0);
    // A file with resources of its own.
    assert_eq!(found(&[("main.tf", &format!("{sets}{}", task("1024", "2048")))]), 0);
}

#[test]
fn a_name_by_default_makes_no_new_fault() {
    let service = "variable \"name\" { default = \"web\" }\nresource \"aws_ecs_service\" \"web\" {\n  name = var.name\n  \
                   cluster = \"main\"\n  launch_type = \"FARGATE\"\n  task_definition = \"web:1\"\n}\n";
    let messages = |name: &str, text: &str, rule: &str| {
        let told = told(&lint(&[(name, text)]), rule);
        told.into_iter().map(|(severity, ..)| severity).collect::<Vec<_>>()
    };
    assert_eq!(messages("main.tf", service, "missing-network-configuration"), [Severity::Error]);
    let container = "variable \"name\" { default = \"web\" }\n".to_owned()
        + &task("256", "512").replace("{ name = \"app\", image = \"nginx:1.29.3\" }", "{ name = var.name }");
    assert_eq!(messages("main.tf", &container, "missing-image"), [Severity::Error]);
    let template = "Parameters:\n  Name: {Type: String, Default: web}\nResources:\n  Web:\n    Type: AWS::ECS::Service\n    \
                    Properties:\n      ServiceName: !Ref Name\n      LaunchType: FARGATE\n      TaskDefinition: web:1\n";
    assert_eq!(messages("template.yaml", template, "missing-network-configuration"), [Severity::Error]);
}

#[test]
fn a_resource_that_is_counted_away_has_no_faults() {
    let main = "variable \"cpu\" { default = 256 }\nvariable \"on\" { default = false }\n".to_owned()
        + &task("var.cpu", "8192").replace("  family", "  count = var.on ? 1 : 0\n  family");
    assert_eq!(sizes_of_module(&main, &[]), Vec::<String>::new());
    let main = main.replace("\"on\" { default = false }", "\"on\" { default = true }");
    assert_eq!(sizes_of_module(&main, &[]).len(), 1);
}

#[test]
fn a_sensitive_default_is_never_shown() {
    const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    let main = task("256", "512").replace(
        "image = \"nginx:1.29.3\"",
        "image = \"nginx:1.29.3\", environment = [{ name = \"GITHUB_TOKEN\", value = var.token }]",
    );
    let variables = format!("variable \"token\" {{\n  default = \"{TOKEN}\"\n  sensitive = true\n}}\n");
    let linter = linter(&[]);
    let outcome = lint(&[("main.tf", &main), ("variables.tf", &variables)]);
    let said = told(&outcome, "plaintext-secret");
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!((said[0].0, said[0].2.trim_matches('"')), (Severity::Error, TOKEN));
    for shown in [report(&linter, &outcome), written("json", &linter, &outcome)] {
        assert!(!shown.contains(TOKEN), "{shown}");
    }
    let main =
        format!("variable \"cpu\" {{\n  default = 256\n  sensitive = true\n}}\n{}", task("var.cpu", "8192"));
    assert_eq!(sizes_of_module(&main, &[]), Vec::<String>::new());
}

/// What a module lacks is said in the words of the module, at the attribute that is empty.
#[test]
fn a_role_that_is_empty_is_pointed_at() {
    let containers = "[{\"name\": \"app\", \"image\": \"nginx:1.29.3\", \"memory\": 128, \"secrets\": \
                      [{\"name\": \"A\", \"valueFrom\": \"/web/a\"}]}]";
    let module = |role: &str| {
        format!(
            "locals {{\n  role = \"\"\n}}\nresource \"aws_ecs_task_definition\" \"web\" {{\n  family = \"web\"\n{role}  \
             container_definitions = file(\"${{path.module}}/web.json\")\n}}\n"
        )
    };
    for (role, label) in [
        ("  execution_role_arn = local.role\n", Some("execution_role_arn")),
        ("  execution_role_arn = \"\"\n", Some("execution_role_arn")),
        ("", None),
    ] {
        let module = module(role);
        let outcome = lint(&[("main.tf", &module), ("web.json", containers)]);
        let finding = found(&outcome, "missing-execution-role")[0];
        let labels = also(&outcome, finding);
        let empty = labels.iter().find(|(_, text)| text == "an empty string is not a role");
        assert_eq!(empty.map(|(token, _)| token.as_str()), label, "{labels:?}");
        let help = finding.problem.help.as_deref().unwrap_or_default();
        assert!(help.starts_with("set `execution_role_arn` of the task definition"), "{help}");
    }
}
