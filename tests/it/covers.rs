//! The checks of other tools that rules answer: the tables, what the README counts of them, and what the program
//! says about them. `UPDATE=1 cargo test --test it covers` counts again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::support::program::Folder;
use crate::support::{repository, updating};
use ecs_lint::rules::Registry;

/// The tools and standards whose checks of ECS are all in the two tables, in the order to show.
const SCANNERS: &[&str] = &[
    "Checkov",
    "Trivy",
    "KICS",
    "Prowler",
    "Security Hub",
    "AWS Config",
    "Control Tower",
    "CIS AWS Compute",
    "cfn-lint",
    "cfn-guard",
    "cdk-nag",
    "cdk-preflight",
    "tflint",
    "Terrascan",
    "Steampipe AWS",
    "Steampipe Terraform",
    "HashiCorp FSBP",
    "CloudSploit",
];

/// Those of which only some checks are known, or that check in passing.
const OTHERS: &[&str] = &[
    "SonarQube",
    "Datadog",
    "Trusted Advisor",
    "CDK Insights",
    "Stave",
    "ecs-eks-security-scanner",
    "ecs-doctor",
    "ecs-task-doctor",
    "fargate-task-definition-validator",
    "ecs-contract",
    "amazon-ecs-exec-checker",
    "ecspresso",
    "Copilot CLI",
    "AWS CDK",
    "moto",
];

/// Those that read files of Kubernetes or Docker: the rules are what comes closest in ECS.
const COUNTERPARTS: &[&str] =
    &["CIS Docker", "kube-linter", "kube-score", "Polaris", "KICS Compose", "Semgrep Compose"];

/// The rows of a table of three columns. An empty first cell is that of the row above.
fn rows(name: &str) -> Vec<[String; 3]> {
    let text = fs::read_to_string(repository("rules/data").join(name)).expect("the table");
    let mut rows: Vec<[String; 3]> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [first, second, third] = cells[..] else { panic!("{name}: {line}") };
        let first = if first.is_empty() { &rows.last().expect("a row above")[0] } else { first };
        rows.push([first.to_owned(), second.to_owned(), third.to_owned()]);
    }
    rows
}

/// The rules that answer each check of each tool.
fn answers() -> BTreeMap<(String, String), Vec<String>> {
    let mut answered: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for [rule, tool, checks] in rows("covers.tsv") {
        for check in checks.split(", ") {
            answered.entry((tool.clone(), check.to_owned())).or_default().push(rule.clone());
        }
    }
    answered
}

#[test]
fn the_tables_name_what_exists_once_and_in_order() {
    let registry = Registry::default();
    let tools: Vec<&str> = [SCANNERS, OTHERS, COUNTERPARTS].concat();
    let place = |tool: &str| tools.iter().position(|one| *one == tool);
    let mut last = None;
    for [rule, tool, checks] in rows("covers.tsv") {
        assert!(registry.find(&rule).is_some(), "there is no rule {rule}");
        let row = Some((rule.clone(), place(&tool).unwrap_or_else(|| panic!("{tool} is not in the list"))));
        assert!(last < row, "{rule}, {tool}: rows go by rule, then by tool");
        last = row;
        for check in checks.split(", ") {
            assert!(!check.is_empty() && check.trim() == check, "{rule}, {tool}: {check:?}");
            assert!(!check.contains(['(', ')', ',', '…']), "{rule}, {tool}: {check} is not a name");
        }
    }
    for (check, rules) in answers() {
        let distinct: BTreeSet<&String> = rules.iter().collect();
        assert_eq!(distinct.len(), rules.len(), "{check:?} is there twice");
    }
    let mut undecided = BTreeSet::new();
    for [tool, check, about] in rows("parity.tsv") {
        assert!(SCANNERS.contains(&tool.as_str()), "{tool} is not in the list");
        assert!(["cluster", "live", "resource"].contains(&about.as_str()), "{tool} {check}: {about}");
        assert!(!answers().contains_key(&(tool.clone(), check.clone())), "{tool} {check} is answered");
        assert!(undecided.insert((tool, check.clone())), "{check} is there twice");
    }
}

#[test]
fn the_readme_counts_the_checks() {
    let mut answered: BTreeMap<String, usize> = BTreeMap::new();
    for (tool, _) in answers().into_keys() {
        *answered.entry(tool).or_default() += 1;
    }
    let undecided = rows("parity.tsv");
    let mut table = String::from(
        "| tool | checks of ECS | answered here | about a cluster or its state | about another resource |\n|---|---|---|---|---|\n",
    );
    for tool in SCANNERS {
        let about = |kinds: &[&str]| {
            let is_meant = |row: &&[String; 3]| row[0] == *tool && kinds.contains(&row[2].as_str());
            undecided.iter().filter(is_meant).count()
        };
        let (here, cluster, resource) = (answered[*tool], about(&["cluster", "live"]), about(&["resource"]));
        let shown = |count: usize| if count == 0 { String::new() } else { count.to_string() };
        table.push_str(&format!(
            "| {tool} | {} | {here} | {} | {} |\n",
            here + cluster + resource,
            shown(cluster),
            shown(resource)
        ));
    }
    let counted = |tools: &[&str]| {
        let named = tools.iter().map(|tool| format!("{tool} ({})", answered[*tool]));
        named.collect::<Vec<String>>().join(", ")
    };
    let text = format!(
        "{table}\nChecks of others that are answered too: {}. Checks of Kubernetes and Docker files with a counterpart here: {}.\n",
        counted(OTHERS),
        counted(COUNTERPARTS)
    );
    let path = repository("README.md");
    let readme = fs::read_to_string(&path).expect("the README");
    let head = "| tool | checks of ECS |";
    let (before, written) = readme.split_once(head).expect("the table");
    let (written, after) = written.split_once("\n**").expect("what follows the table");
    if updating() {
        fs::write(&path, format!("{before}{text}\n**{after}")).expect("the README can be written");
    } else {
        assert!(
            format!("{head}{written}") == text,
            "the README is not what the tables say: UPDATE=1 cargo test --test it covers"
        );
    }
}

#[test]
fn the_readme_compares_rules_that_exist() {
    let readme = fs::read_to_string(repository("README.md")).expect("the README");
    let (_, section) = readme.split_once("\n**Where an answer differs").expect("the differences");
    let (section, _) = section.split_once("\n## ").expect("a section after it");
    let rules: Vec<&str> =
        section.lines().filter_map(|line| line.strip_prefix("- `")?.split('`').next()).collect();
    assert!(rules.len() > 5, "{rules:?}");
    for rule in rules {
        assert!(Registry::default().find(rule).is_some(), "there is no rule {rule}");
    }
}

#[test]
fn the_list_of_rules_shows_the_checks_that_they_answer() {
    let folder = Folder::new("covers-list");
    let all = folder.run(&["rules", "--covers"]);
    assert_eq!(all.status, 0, "{all:?}");
    assert!(all.out.contains("\n    cfn-lint: E3047, E3048\n"), "{}", all.out);
    assert!(!all.out.contains("leftover-null"), "it answers no check: {}", all.out);
    let one = folder.run(&["rules", "--covers", "CFN-Lint", "--category", "rejected"]);
    assert!(one.out.contains("\n    cfn-lint: E3047, E3048\n"), "{}", one.out);
    assert!(!one.out.contains("cdk-preflight") && !one.out.contains("broken:"), "{}", one.out);
    let rules = |arguments: &[&str]| -> Vec<Value> {
        let run = folder.run(&[&["rules", "--format", "json"], arguments].concat());
        serde_json::from_str(&run.out).expect("JSON")
    };
    assert!(rules(&[]).iter().all(|rule| rule.get("covers").is_none()));
    for rule in rules(&["--covers"]) {
        assert!(rule["covers"].as_array().is_some_and(|covers| !covers.is_empty()), "{rule}");
    }
    let of_one = rules(&["--covers", "cfn-lint"]);
    let size = of_one.iter().find(|rule| rule["id"] == "invalid-fargate-size").expect("the rule");
    assert_eq!(size["covers"], serde_json::json!([{ "tool": "cfn-lint", "check": "E3047" }]));
    let unknown = folder.run(&["rules", "--covers", "chekov"]);
    assert_eq!((unknown.status, unknown.out.as_str()), (2, ""));
    assert!(
        unknown.err.contains("no rule answers a check of `chekov`; did you mean `Checkov`?"),
        "{unknown:?}"
    );
}

#[test]
fn a_page_ends_with_the_checks_that_the_rule_answers() {
    let folder = Folder::new("covers-page");
    let lines = |rule: &str| {
        let page = folder.run(&["explain", rule]).out;
        let lines: Vec<String> =
            page.lines().filter(|line| line.starts_with("Also answers: ")).map(str::to_owned).collect();
        assert!(lines.iter().all(|line| line.chars().count() <= 100), "{lines:?}");
        lines
    };
    assert_eq!(lines("leftover-null"), [""; 0]);
    assert_eq!(lines("unsupported-fault-injection"), ["Also answers: AWS CDK OnlyAwsVpcHostNetwork"]);
    let many = lines("missing-log-configuration").concat();
    assert!(many.contains(" Security Hub ECS.9") && many.ends_with(" more"), "{many}");
}

#[test]
fn every_check_leads_to_the_rules_that_answer_it() {
    let folder = Folder::new("covers-lead");
    let page = folder.run(&["explain", "unencrypted-efs-transit"]).out;
    for name in ["CKV_AWS_97", "ckv_aws_97", "Checkov CKV_AWS_97"] {
        let run = folder.run(&["explain", name]);
        assert_eq!(run.status, 0, "{run:?}");
        let checks = "Checkov CKV_AWS_97 is answered by this rule:\n\n";
        assert_eq!(run.out, format!("{checks}{page}"));
    }
    let several = folder.run(&["explain", "E3047"]).out;
    assert!(several.starts_with("cfn-lint E3047 is answered by these rules:\n"), "{several}");
    for rule in ["invalid-fargate-size", "invalid-task-cpu", "invalid-task-memory"] {
        assert!(several.contains(&format!("read on: ecs-lint explain {rule}\n")), "{several}");
    }
    assert_eq!(folder.run(&["why", "e3047"]).out, several);
    let json: Value =
        serde_json::from_str(&folder.run(&["why", "E3047", "--format", "json"]).out).expect("JSON");
    assert_eq!(json[0]["about"], "cfn-lint E3047");
    assert_eq!(json[0]["rules"][0]["rule"], "invalid-fargate-size");
    assert_eq!(json[0]["rules"][0]["aws_says"], Value::Null);
    // The name of a rule is the rule, even if a check of another tool is called the same.
    let near = folder.run(&["explain", "E304"]);
    assert_eq!((near.status, near.out.as_str()), (2, ""));
}

#[test]
fn a_check_is_looked_for_in_files() {
    let folder = Folder::new("covers-files");
    folder.write(
        "task.json",
        r#"{ "family": "web", "containerDefinitions": [{ "name": "app", "image": "app:1", "memory": 128, "essential": false }] }"#,
    );
    let run = folder.run(&["why", "E3042", "task.json"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.starts_with("cfn-lint E3042 is answered by this rule:\n"), "{}", run.out);
    assert!(run.out.contains("task.json:1:"), "{}", run.out);
    assert!(!run.out.contains("missing-log-configuration"), "{}", run.out);
}
